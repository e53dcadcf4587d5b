import { tick } from 'svelte';
import type { AppEvent } from '../../src-main/contract/events.ts';
import type { ActionForm, RequestDetail, ScanLine } from './contract.ts';
import type { DeskClient } from './desk-client.svelte.ts';

export interface RequestPanelPort {
  /** Something to be read out. */
  status(sentence: string): void;
  /** Something to be read out at once, with the sound of a refusal. */
  refused(sentence: string): void;
}

/** After an action ReShare and the other library go on for a while; what changes then is read again, milliseconds. */
const FOLLOWED_MS = 120_000;

/** The screen of one request: what is known of it, the form that is open, and what came of the last action. */
export class RequestPanel {
  id = $state<string | undefined>();
  detail = $state.raw<RequestDetail | undefined>();
  /** Why it could not be read. */
  trouble = $state<string | undefined>();
  reading = $state(false);
  /** The action whose form is open. */
  action = $state<string | undefined>();
  values = $state<Record<string, string>>({});
  /** All actions are listed. */
  listed = $state(false);
  busy = $state(false);
  /** Why the last action was not begun, or what is missing. */
  actTrouble = $state<string | undefined>();
  /** The line of the shift that keeps the last action from here. */
  actedLine = $state<string | undefined>();

  private readonly client: DeskClient;
  private readonly port: RequestPanelPort;
  private followedUntil = 0;
  private number = 0;

  constructor(client: DeskClient, port: RequestPanelPort) {
    this.client = client;
    this.port = port;
  }

  /** The form that is open, as ReShare's newest answer has it. */
  readonly form: ActionForm | undefined = $derived.by(() =>
    this.detail?.actions.find(({ action }) => action === this.action),
  );

  readonly main: ActionForm | undefined = $derived.by(() => this.detail?.actions.find(({ main }) => main));

  /** The line of the last action, as it stands now. */
  readonly acted: ScanLine | undefined = $derived.by(() =>
    this.client.state?.lines.find(({ scanId }) => scanId === this.actedLine),
  );

  /** Shows a request; what belongs to the one before goes. */
  async open(id: string): Promise<void> {
    if (this.id === id) return;
    this.id = id;
    this.detail = undefined;
    this.trouble = undefined;
    this.actedLine = undefined;
    this.followedUntil = 0;
    this.closeForm();
    await this.read();
  }

  async read(): Promise<void> {
    const { id } = this;
    if (id === undefined) return;
    this.number += 1;
    const { number } = this;
    this.reading = true;
    const answer = await this.client.call('request.detail', { id });
    if (number !== this.number) return;
    this.reading = false;
    if (answer.ok) this.detail = answer.value;
    this.trouble = answer.ok ? undefined : answer.error.sentence;
    // What is not allowed any more cannot be sent: its form goes with it.
    if (answer.ok && this.action !== undefined && this.form === undefined) this.closeForm();
  }

  /** Something changed elsewhere: what was acted on a short while ago, or the line of the last action. */
  heard(event: AppEvent): void {
    if (event.type === 'line' && event.line.scanId === this.actedLine && event.line.prompt?.working === false) {
      void this.read();
    }
    if (event.type === 'cache' && performance.now() < this.followedUntil && !this.busy) void this.read();
  }

  /** F10: sends the open form; without one, begins with the main action. */
  async go(): Promise<void> {
    if (this.form !== undefined) await this.send();
    else if (this.main !== undefined) await this.choose(this.main);
  }

  /** An action without anything to fill in is sent, since its caution stands beside it; any other opens its form. */
  async choose(form: ActionForm): Promise<void> {
    const plain = form.fields.every(({ required }) => !required);
    if (plain && form.main) {
      this.fill(form);
      await this.send();
      return;
    }
    await this.openForm(form.action);
  }

  /** Opens a form, with the cursor in its first field. */
  async openForm(action: string): Promise<void> {
    const form = this.detail?.actions.find((one) => one.action === action);
    if (form === undefined) return;
    this.fill(form);
    this.listed = false;
    await tick();
    const panel = document.getElementById('request-form');
    const field = panel?.querySelector<HTMLElement>('input, textarea, select');
    (field ?? panel)?.focus();
    panel?.scrollIntoView({ block: 'nearest' });
  }

  closeForm(): void {
    this.action = undefined;
    this.values = {};
    this.actTrouble = undefined;
    this.listed = false;
  }

  /** Esc: closes what is open; false when nothing was. */
  back(): boolean {
    if (this.action === undefined && !this.listed) return false;
    this.closeForm();
    return true;
  }

  toggleList(): void {
    const { listed } = this;
    this.closeForm();
    this.listed = !listed;
  }

  async markSeen(message?: string): Promise<void> {
    const action = message === undefined ? 'messagesAllSeen' : 'messageSeen';
    await this.act(action, message === undefined ? {} : { id: message });
  }

  private fill(form: ActionForm): void {
    this.action = form.action;
    this.actTrouble = form.obstacle;
    this.values = Object.fromEntries(form.fields.map(({ name, value }) => [name, value]));
  }

  private async send(): Promise<void> {
    const { form } = this;
    if (form === undefined) return;
    if (form.obstacle !== undefined) {
      this.port.refused(form.obstacle);
      return;
    }
    await this.act(form.action, { ...this.values });
  }

  private async act(action: string, values: Record<string, string>): Promise<void> {
    const { id } = this;
    if (id === undefined || this.busy) return;
    this.busy = true;
    this.actTrouble = undefined;
    const scanId = crypto.randomUUID();
    const answer = await this.client.call('request.act', { scanId, id, action, values });
    this.busy = false;
    if (this.id !== id) return;
    if (!answer.ok) {
      this.actTrouble = answer.error.sentence;
      this.port.refused(answer.error.sentence);
      return;
    }
    this.actedLine = scanId;
    this.followedUntil = performance.now() + FOLLOWED_MS;
    this.closeForm();
    await this.read();
  }
}
