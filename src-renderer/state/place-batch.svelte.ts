import { f, t } from '../i18n/index.ts';
import { BATCH_CHARACTERS, type BatchRow, type PlaceBatch } from './contract.ts';
import type { DeskClient } from './desk-client.svelte.ts';

const STATES: readonly BatchRow['state'][] = ['placed', 'ready', 'waiting', 'choose', 'stopped', 'not-placed'];

/** A file of requests: looked at row by row as soon as it is open, placed only when somebody says so. */
export class PlaceBatchView {
  batch = $state.raw<PlaceBatch | undefined>();
  /** What is going on, row by row; it can be stopped between two rows. */
  doing = $state<'check' | 'place' | undefined>();
  trouble = $state<string | undefined>();
  fileField: HTMLInputElement | undefined;
  private stopping = false;
  private readonly client: DeskClient;
  private readonly status: (sentence: string) => void;

  constructor(client: DeskClient, status: (sentence: string) => void) {
    this.client = client;
    this.status = status;
  }

  readonly ready: number = $derived.by(() => this.count('ready'));
  readonly waiting: number = $derived.by(() => this.count('waiting'));

  /** How the file stands, in one sentence. */
  readonly summary: string | undefined = $derived.by(() => {
    if (this.batch === undefined) return undefined;
    const parts = STATES.flatMap((state) => {
      const count = this.count(state);
      return count === 0 ? [] : [t.place.batch.count(state, f.number(count))];
    });
    const tried = this.count('placed') + this.count('not-placed') > 0;
    return tried ? t.place.batch.summary(parts) : t.place.batch.dryRun(parts);
  });

  /** What the key does now. */
  readonly keyLabel: string = $derived.by(() => {
    const words = t.place.batch;
    if (this.doing !== undefined) return words.stop;
    if (this.waiting > 0) return words.goOn;
    return this.ready > 0 ? f.plural(this.ready, words.place)(f.number(this.ready)) : words.open;
  });

  key(): void {
    if (this.doing !== undefined) this.stopping = true;
    else if (this.waiting > 0) void this.run('check');
    else if (this.ready > 0) void this.run('place');
    else this.fileField?.click();
  }

  /** The screen was opened. */
  async begin(): Promise<void> {
    const answer = await this.client.call('place.batch', {});
    if (answer.ok && this.doing === undefined) this.batch = answer.value.batch;
  }

  async open(file: File): Promise<void> {
    if (this.doing !== undefined) return;
    this.trouble = undefined;
    const text = file.size > BATCH_CHARACTERS ? undefined : await file.text();
    if (text === undefined) {
      this.said(t.place.batch.tooLarge);
      return;
    }
    const answer = await this.client.call('place.batchRead', { name: file.name, text });
    if (!answer.ok) {
      this.said(answer.error.sentence);
      return;
    }
    this.batch = answer.value.batch;
    await this.run('check');
  }

  async clear(): Promise<void> {
    if (this.doing !== undefined) return;
    const answer = await this.client.call('place.batchClear', {});
    if (answer.ok) this.batch = answer.value.batch;
    this.trouble = undefined;
  }

  private async run(doing: 'check' | 'place'): Promise<void> {
    this.stopping = false;
    this.doing = doing;
    const method = doing === 'check' ? 'place.batchCheck' : 'place.batchPlace';
    while (!this.isStopping() && (doing === 'check' ? this.waiting : this.ready) > 0) {
      const answer = await this.client.call(method, {});
      if (!answer.ok) {
        this.said(answer.error.sentence);
        break;
      }
      this.batch = answer.value.batch;
    }
    this.doing = undefined;
    if (this.summary !== undefined) this.status(this.summary);
  }

  private isStopping(): boolean {
    return this.stopping;
  }

  private count(state: BatchRow['state']): number {
    return this.batch?.rows.filter((row) => row.state === state).length ?? 0;
  }

  private said(sentence: string): void {
    this.trouble = sentence;
    this.status(sentence);
  }
}
