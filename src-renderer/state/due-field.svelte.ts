import { tick } from 'svelte';
import { f, t } from '../i18n/index.ts';
import { shiftDay, startOf, today } from './days.ts';
import type { DeskClient } from './desk-client.svelte.ts';

export interface DuePort {
  /** Something to be read out. */
  status(sentence: string): void;
  /** Something to be read out at once, with the sound of a refusal. */
  refused(sentence: string): void;
  /** The field is gone: the scan box is ready again. */
  closed(): void;
}

/** The field for another due date, on the prompt of one scan. No dialog: scans go on, and only a function key sets it. */
export class DueField {
  /** The scan whose prompt shows the field. */
  scanId = $state<string | undefined>();
  text = $state('');
  busy = $state(false);
  /** Why the date was not taken. */
  trouble = $state<string | undefined>();
  input: HTMLInputElement | undefined;

  /** What a date typed as `2026-12-04` is in words. */
  readonly words: string | undefined = $derived.by(() => {
    const start = startOf(this.text);
    return start && f.fullDay(start.toISOString());
  });

  private from = today();
  private readonly client: DeskClient;
  private readonly port: DuePort;

  constructor(client: DeskClient, port: DuePort) {
    this.client = client;
    this.port = port;
  }

  /** @param day the date that counts now, to step from */
  open(scanId: string, day: string | undefined): void {
    this.scanId = scanId;
    this.from = day ?? today();
    this.text = this.from;
    this.trouble = undefined;
    void tick().then(() => {
      this.input?.focus();
      this.input?.select();
    });
  }

  close(): void {
    if (this.scanId === undefined) return;
    this.scanId = undefined;
    this.port.closed();
  }

  /** So many days later than what stands in the field, or earlier; never before today. */
  step(days: number): void {
    const next = shiftDay(this.text, days) ?? shiftDay(this.from, days) ?? this.from;
    this.text = next < today() ? today() : next;
    this.trouble = undefined;
    if (this.words !== undefined) this.port.status(this.words);
  }

  async set(): Promise<void> {
    const { scanId } = this;
    if (scanId === undefined || this.busy) return;
    this.busy = true;
    const answer = await this.client.call('due.set', { scanId, date: this.text });
    this.busy = false;
    if (!answer.ok) {
      this.trouble = answer.error.sentence;
      this.port.refused(answer.error.sentence);
      return;
    }
    if (this.scanId === scanId) this.close();
    this.port.status(t.due.taken(answer.value.prompt?.why.join(' ') ?? ''));
  }
}
