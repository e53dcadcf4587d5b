import type { ScanLine } from '../contract/journal.ts';
import type { Retention } from '../contract/keeping.ts';
import type { EraseRules } from '../store/erase.ts';
import type { RemoteJournal } from '../store/calls.ts';
import type { Selection } from '../store/journal-keep.ts';
import type { RecordContext } from '../store/journal-store.ts';

export interface RetentionParts {
  readonly journal: Pick<RemoteJournal, 'erase' | 'copies' | 'eraseCopy' | 'scansOf'>;
  readonly retention: () => Retention;
  readonly context: () => RecordContext;
  readonly now: () => Date;
  readonly onFault: (error: unknown) => void;
}

const DAY_MS = 24 * 60 * 60 * 1000;
/** The first look comes when the desk is open and its first scans are not kept waiting. */
const FIRST_MS = 15_000;

/**
 * What is due when. A clock that is far ahead must not erase what is not old: time goes on for the rules no further than
 * a day past the newest scan.
 * @param newest when the newest scan was made, ISO 8601 UTC
 */
export function rulesAt(now: Date, newest: string, retention: Retention): EraseRules {
  const until = Math.min(now.getTime(), Date.parse(newest) + DAY_MS);
  const before = (days: number): string => new Date(until - days * DAY_MS).toISOString();
  return {
    dropBefore: before(retention.dropAfterDays),
    reduceBefore: before(retention.reduceAfterDays),
    reduceCardsBefore: before(1),
  };
}

/** Removes what has been kept long enough: soon after the start, and once a day. */
export class RetentionJob {
  readonly #o: RetentionParts;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(parts: RetentionParts) {
    this.#o = parts;
  }

  start(): void {
    this.#next(FIRST_MS);
  }

  /** Waits for the look under way, which ends at its next step. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#running;
  }

  /** One look: the journal first, then every copy of it. */
  async run(): Promise<void> {
    const newest = (await this.#newest({ imported: false })) ?? (await this.#newest({}));
    if (newest === undefined) return;
    const rules = rulesAt(this.#o.now(), newest.at, this.#o.retention());
    while (!this.#stopped && (await this.#o.journal.erase({ rules, context: this.#o.context() })).length > 0);
    for (const copy of await this.#o.journal.copies()) {
      if (this.#stopped) return;
      await this.#o.journal.eraseCopy({ copy, rules });
    }
  }

  /** Scans came in from elsewhere, some perhaps long due. */
  soon(): void {
    clearTimeout(this.#timer);
    if (!this.#stopped) this.#next(0);
  }

  async #newest(selection: Selection): Promise<ScanLine | undefined> {
    return (await this.#o.journal.scansOf({ selection, limit: 1 })).lines[0];
  }

  #next(ms: number): void {
    this.#timer = setTimeout(() => {
      this.#running = this.run()
        .catch(this.#o.onFault)
        .finally(() => {
          if (!this.#stopped) this.#next(DAY_MS);
        });
    }, ms).unref();
  }
}
