import { tick } from 'svelte';
import type { AlmaLists } from '../../src-main/contract/alma-lists.ts';
import { groupsOf, troublesOf, type AlmaRow, type StatusGroup } from './alma-rows.ts';
import type { DeskClient } from './desk-client.svelte.ts';

/** Alma's lending task list and its print queue as the window shows them; nothing of them is kept. */
export class AlmaListsView {
  lists = $state.raw<AlmaLists | undefined>();
  openKey = $state<string | undefined>();
  busy = $state(false);
  /** What came of the last key. */
  news = $state.raw<string | undefined>();

  private readonly client: DeskClient;
  private readonly say: (sentence: string) => void;

  constructor(client: DeskClient, say: (sentence: string) => void) {
    this.client = client;
    this.say = say;
  }

  readonly groups: readonly StatusGroup[] = $derived.by(() => groupsOf(this.lists));

  readonly slips: readonly AlmaRow[] = $derived.by(() =>
    (this.lists?.slips.rows ?? []).map((row) => ({ key: row.id, what: 'slip' as const, row })),
  );

  readonly troubles: readonly string[] = $derived.by(() => troublesOf(this.lists));

  /** Every row in the order of the screen: what waits to be printed first. */
  readonly rows: readonly AlmaRow[] = $derived.by(() => [...this.slips, ...this.groups.flatMap(({ rows }) => rows)]);

  readonly chosen: AlmaRow | undefined = $derived.by(
    () => this.rows.find(({ key }) => key === this.openKey) ?? this.rows[0],
  );

  async load(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    const answer = await this.client.call('alma.lists', {});
    this.busy = false;
    if (answer.ok) this.lists = answer.value;
    this.news = answer.ok ? undefined : answer.error.sentence;
    if (!answer.ok) this.say(answer.error.sentence);
  }

  open(key: string): void {
    if (key !== this.openKey) this.news = undefined;
    this.openKey = key;
  }

  /** Opens the row so many places further down and gives it the focus. @param idOf a row's id in the document */
  move(step: number, idOf: (key: string) => string): void {
    const at = this.rows.findIndex(({ key }) => key === this.chosen?.key);
    const key = this.rows[Math.min(this.rows.length - 1, Math.max(0, at + step))]?.key;
    if (key === undefined) return;
    this.open(key);
    void tick().then(() => document.getElementById(idOf(key))?.focus());
  }

  /** Prints the chosen slip here; what came out is no longer listed in Alma. */
  print(): Promise<void> {
    return this.done('alma.printSlip');
  }

  /** The chosen slip was printed elsewhere. */
  mark(): Promise<void> {
    return this.done('alma.markSlip');
  }

  private async done(method: 'alma.printSlip' | 'alma.markSlip'): Promise<void> {
    const { chosen } = this;
    if (chosen?.what !== 'slip' || this.busy) return;
    this.busy = true;
    const answer = await this.client.call(method, { id: chosen.key });
    this.busy = false;
    const sentence = answer.ok ? answer.value.sentence : answer.error.sentence;
    if (answer.ok && answer.value.marked) {
      this.openKey = undefined;
      await this.load();
    }
    this.news = sentence;
    this.say(sentence);
  }
}
