import { SvelteSet } from 'svelte/reactivity';
import {
  SHORTEST_PASSPHRASE,
  type ExportFormat,
  type KeepList,
  type KeepRange,
  type Protection,
} from '../../src-main/contract/keep.ts';
import type { Result } from '../../src-main/contract/result.ts';
import { f, t } from '../i18n/index.ts';
import { rangeOf, today } from './days.ts';
import type { DeskClient } from './desk-client.svelte.ts';

export type RangeName = Exclude<KeepRange['range'], 'chosen'>;
/** Where something is said: beside what was pressed. */
export type KeepPart = 'export' | 'sheet' | 'import' | 'away';

/** Lines listed; more can be meant. */
export const LISTED = 200;

/** The Keep screen: which scans are meant, what is typed, and what came of it. */
export class KeepView {
  range = $state<RangeName>('shift');
  day = $state(today());
  format = $state<ExportFormat>('jsonl');
  protection = $state<Protection['kind']>('passphrase');
  passphrase = $state('');
  passphraseAgain = $state('');
  importPassphrase = $state('');
  reason = $state('');
  list = $state.raw<KeepList | undefined>();
  trouble = $state<string | undefined>();
  readonly ticked = new SvelteSet<string>();
  busy = $state(false);
  /** Something was pressed that needs more typing first. */
  asked = $state<KeepPart | undefined>();
  news = $state.raw<{ readonly part: KeepPart; readonly sentence: string } | undefined>();

  private readonly client: DeskClient;
  private readonly status: (sentence: string) => void;

  constructor(client: DeskClient, status: (sentence: string) => void) {
    this.client = client;
    this.status = status;
  }

  readonly dayMistake: string | undefined = $derived.by(() =>
    this.range === 'day' && rangeOf(this.day) === undefined ? t.history.dayWrong : undefined,
  );

  readonly passphraseMistake: string | undefined = $derived.by(() => {
    if (this.asked !== 'export' || this.protection === 'none') return undefined;
    return this.passphrase.length < SHORTEST_PASSPHRASE
      ? t.keep.passphraseShort(f.number(SHORTEST_PASSPHRASE))
      : undefined;
  });

  readonly againMistake: string | undefined = $derived.by(() => {
    if (this.asked !== 'export' || this.protection === 'none') return undefined;
    return this.passphrase === this.passphraseAgain ? undefined : t.keep.passphraseDiffers;
  });

  readonly reasonMistake: string | undefined = $derived.by(() =>
    this.asked === 'away' && this.reason.trim().length < 3 ? t.keep.reasonMissing : undefined,
  );

  async load(): Promise<void> {
    const range = this.named();
    if (range === undefined) return;
    const answer = await this.client.call('keep.list', { range, limit: LISTED });
    this.trouble = answer.ok ? undefined : answer.error.sentence;
    if (!answer.ok) return;
    this.list = answer.value;
    const { lines } = answer.value;
    for (const id of [...this.ticked]) if (!lines.some(({ scanId }) => scanId === id)) this.ticked.delete(id);
  }

  /** The screen was left, or locked: nobody finds there what was typed. */
  leave(): void {
    this.passphrase = '';
    this.passphraseAgain = '';
    this.importPassphrase = '';
    this.asked = undefined;
    this.news = undefined;
    this.ticked.clear();
  }

  /** Another range was chosen. */
  async choose(range: RangeName): Promise<void> {
    this.range = range;
    this.ticked.clear();
    await this.load();
  }

  async chooseDay(day: string): Promise<void> {
    this.day = day;
    await this.load();
  }

  toggle(scanId: string): void {
    if (!this.ticked.delete(scanId)) this.ticked.add(scanId);
  }

  async export(): Promise<void> {
    this.asked = 'export';
    const range = this.meant();
    if (range === undefined || this.passphraseMistake !== undefined || this.againMistake !== undefined) return;
    const protection: Protection =
      this.protection === 'none' ? { kind: 'none' } : { kind: 'passphrase', passphrase: this.passphrase };
    await this.run(
      'export',
      () => this.client.call('keep.export', { range, format: this.format, protection }),
      (done) => {
        if (done.path === undefined) return t.keep.notExported;
        this.passphrase = '';
        this.passphraseAgain = '';
        this.asked = undefined;
        return f.plural(done.scans, t.keep.exported)(f.number(done.scans), done.path);
      },
    );
  }

  async printSheet(): Promise<void> {
    const range = this.meant();
    if (range === undefined) return;
    await this.run(
      'sheet',
      () => this.client.call('keep.sheet', { range }),
      ({ scans }) => f.plural(scans, t.keep.sheetPrinted)(f.number(scans)),
    );
  }

  async import(): Promise<void> {
    const passphrase = this.importPassphrase;
    const input = passphrase === '' ? {} : { passphrase };
    await this.run(
      'import',
      () => this.client.call('keep.import', input),
      (done) => {
        if (done.path === undefined) return t.keep.notImported;
        this.importPassphrase = '';
        const { scans, known, deletedHere, workstation = '', exportedAt = '' } = done;
        return [
          f.plural(scans, t.keep.imported)(f.number(scans)),
          t.keep.importedWhence(workstation, f.dayAndClock(exportedAt)),
          ...(known > 0 ? [f.plural(known, t.keep.importedKnown)(f.number(known))] : []),
          ...(deletedHere > 0 ? [f.plural(deletedHere, t.keep.importedDeleted)(f.number(deletedHere))] : []),
        ].join(' ');
      },
    );
    await this.load();
  }

  /** Archives the ticked scans, or shows them again where the archive is looked at. */
  async archive(): Promise<void> {
    const archived = this.range !== 'archived';
    const scanIds = this.tickedIds();
    if (scanIds === undefined) return;
    await this.run(
      'away',
      () => this.client.call('keep.archive', { scanIds, archived }),
      ({ scans }) => f.plural(scans, archived ? t.keep.archived : t.keep.unarchived)(f.number(scans)),
    );
    await this.load();
  }

  async delete(): Promise<void> {
    const scanIds = this.tickedIds();
    if (scanIds === undefined) return;
    this.asked = 'away';
    if (this.reasonMistake !== undefined) return;
    const reason = this.reason.trim();
    await this.run(
      'away',
      () => this.client.call('keep.delete', { scanIds, reason }),
      ({ scans }) => {
        this.reason = '';
        this.asked = undefined;
        return f.plural(scans, t.keep.deleted)(f.number(scans));
      },
    );
    await this.load();
  }

  private named(): KeepRange | undefined {
    if (this.range !== 'day') return { range: this.range };
    const day = rangeOf(this.day);
    return day === undefined ? undefined : { range: 'day', ...day };
  }

  /** What is ticked, or else the whole range. */
  private meant(): KeepRange | undefined {
    return this.ticked.size > 0 ? { range: 'chosen', scanIds: [...this.ticked] } : this.named();
  }

  private tickedIds(): string[] | undefined {
    if (this.ticked.size > 0) return [...this.ticked];
    this.say('away', t.keep.tickFirst);
    return undefined;
  }

  private async run<T>(part: KeepPart, send: () => Promise<Result<T>>, words: (done: T) => string): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.news = undefined;
    const answer = await send();
    this.busy = false;
    this.say(part, answer.ok ? words(answer.value) : answer.error.sentence);
  }

  private say(part: KeepPart, sentence: string): void {
    this.news = { part, sentence };
    this.status(sentence);
  }
}
