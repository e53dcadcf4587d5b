import { tick } from 'svelte';
import type { OfflineLine, OfflineList } from '../../src-main/contract/offline.ts';
import type { DeskClient } from './desk-client.svelte.ts';
import { toDoOf, type ToDo } from './offline-to-do.ts';

const NOTHING: OfflineList = { lines: [], down: [] };

/** Id in the document of the button that opens a line. */
export function offlineElementId(scanId: string): string {
  return `offline-${scanId}`;
}

/** The offline list as the window shows it: main's lines, which is open, and the reason that is being typed. */
export class OfflineView {
  /** The line that was opened; undefined shows the first. */
  openId = $state<string | undefined>();
  /** The line that is being taken off the list, while its reason is typed. */
  dismissing = $state<string | undefined>();
  reason = $state('');
  trouble = $state<string | undefined>();
  printing = $state<string | undefined>();

  /** Things whose slip came out since this window is open. */
  private printed = $state.raw<readonly string[]>([]);
  private readonly client: DeskClient;
  private readonly alert: (sentence: string) => void;

  constructor(client: DeskClient, alert: (sentence: string) => void) {
    this.client = client;
    this.alert = alert;
  }

  readonly list: OfflineList = $derived.by(() => this.client.state?.offline ?? NOTHING);

  readonly chosen: OfflineLine | undefined = $derived.by(
    () => this.list.lines.find((line) => line.scanId === this.openId) ?? this.list.lines[0],
  );

  /** What is left for hands and telephone, most urgent kinds as the list names them. */
  readonly toDo: readonly ToDo[] = $derived.by(() => toDoOf(this.list.lines));

  /** Things that go on with a slip of their own, which was not printed yet. */
  readonly slips: readonly OfflineLine[] = $derived.by(() =>
    this.list.lines.filter(({ scanId, todo }) => todo === 'slip' && !this.printed.includes(scanId)),
  );

  /** A reason worth keeping. */
  readonly hasReason: boolean = $derived(this.reason.trim().length >= 3);

  open(scanId: string): void {
    this.openId = scanId;
    this.trouble = undefined;
    this.dismissing = undefined;
  }

  /** Opens the line so many places further down the list and gives it the focus. */
  move(step: number): void {
    const { lines } = this.list;
    const at = lines.findIndex((line) => line.scanId === this.chosen?.scanId);
    const line = lines[Math.min(lines.length - 1, Math.max(0, at + step))];
    if (line === undefined) return;
    this.open(line.scanId);
    void tick().then(() => document.getElementById(offlineElementId(line.scanId))?.focus());
  }

  async ask(method: 'offline.preview' | 'offline.run' | 'offline.stop'): Promise<void> {
    const answer = await this.client.call(method, {});
    this.trouble = answer.ok ? undefined : answer.error.sentence;
  }

  /** First asks for the reason, then takes the line off. */
  async dismiss(): Promise<void> {
    const line = this.chosen;
    if (line === undefined) return;
    if (this.dismissing !== line.scanId) {
      this.dismissing = line.scanId;
      this.reason = '';
      void tick().then(() => document.querySelector<HTMLInputElement>('#offline-dismiss input')?.focus());
      return;
    }
    if (!this.hasReason) return;
    const answer = await this.client.call('offline.dismiss', { scanId: line.scanId, reason: this.reason.trim() });
    this.trouble = answer.ok ? undefined : answer.error.sentence;
    if (answer.ok) this.dismissing = undefined;
    else this.alert(answer.error.sentence);
  }

  keep(): void {
    this.dismissing = undefined;
  }

  /** The slip of the line on the screen, again if need be. */
  async printSlip(): Promise<void> {
    const scanId = this.chosen?.scanId;
    if (scanId !== undefined && this.printing === undefined) await this.print(scanId);
  }

  /** Every slip that is still to be printed, in the order of the list; ends with the first that is not. */
  async printSlips(): Promise<void> {
    if (this.printing !== undefined) return;
    for (const { scanId } of this.slips) if (!(await this.print(scanId))) return;
  }

  private async print(scanId: string): Promise<boolean> {
    this.printing = scanId;
    const answer = await this.client.call('slip.print', { scanId });
    this.printing = undefined;
    const came = answer.ok ? answer.value.prompt?.legs.findLast(({ system }) => system === 'Slip') : undefined;
    const printed = came?.state === 'done';
    this.trouble = answer.ok ? (printed ? undefined : came?.text) : answer.error.sentence;
    if (printed) this.printed = [...this.printed, scanId];
    else if (this.trouble !== undefined) this.alert(this.trouble);
    return printed;
  }
}
