import type { ScanLine } from '../contract/journal.ts';
import type { AppError } from '../contract/result.ts';
import type { JournalHealth, Light } from '../contract/shift.ts';
import type { EventStream } from '../shell/event-stream.ts';
import type { Store } from '../store/client.ts';
import type { Selection } from '../store/journal-keep.ts';
import { LightKeeper } from './lights.ts';

export interface ShiftViewOptions {
  readonly store: Store;
  readonly events: EventStream;
  readonly now: () => Date;
  readonly mono: () => number;
}

/** Most lines of a shift sent with a snapshot; older ones are found by search. */
const LINES_SHOWN = 300;
/** Changes of the cache's size are told at most this often, milliseconds. */
const TELL_CACHE_MS = 1_000;

/** What the window shows of this shift, kept in step with the journal and told as events. */
export class ShiftView {
  readonly #o: ShiftViewOptions;
  readonly light: LightKeeper;
  readonly wmsLight: LightKeeper;
  readonly almaLight: LightKeeper;
  readonly relaisLight: LightKeeper;
  readonly #shown = new Set<Light['system']>(['reshare']);
  #since = '';
  #lastBefore = 0;
  #saved = 0;
  #failure: AppError | undefined;
  #tellingCache = false;

  constructor(options: ShiftViewOptions) {
    this.#o = options;
    const tell = (light: Light): void => options.events.publish({ type: 'light', light });
    this.light = new LightKeeper('reshare', 'ReShare', tell, options.mono);
    this.wmsLight = new LightKeeper('wms', 'WMS', tell, options.mono);
    this.almaLight = new LightKeeper('alma', 'Alma', tell, options.mono);
    this.relaisLight = new LightKeeper('relais', 'Relais D2D', tell, options.mono);
  }

  /** @param since start of the shift, ISO 8601 UTC */
  async open(since: string): Promise<void> {
    const [newest] = await this.#o.store.journal.lines({ limit: 1 });
    this.#since = since;
    this.#lastBefore = newest?.seq ?? 0;
    this.#saved = await this.#o.store.journal.countSince(since);
  }

  /** A system is set up: its light belongs on the screen. */
  show(system: Light['system']): void {
    this.#shown.add(system);
  }

  get lights(): readonly Light[] {
    const all = [this.light, this.wmsLight, this.almaLight, this.relaisLight].map(({ light }) => light);
    return all.filter(({ system }) => this.#shown.has(system));
  }

  get journal(): JournalHealth {
    return {
      writable: this.#failure === undefined,
      ...(this.#failure === undefined ? {} : { sentence: this.#failure.sentence }),
      saved: this.#saved,
    };
  }

  /** What was scanned since the start of the shift, and in this run whatever the wall clock said then. */
  get selection(): Required<Pick<Selection, 'since' | 'orAfterSeq'>> {
    return { since: this.#since, orAfterSeq: this.#lastBefore };
  }

  /** This shift's lines, newest first. */
  lines(): Promise<readonly ScanLine[]> {
    return this.#o.store.journal.lines({ ...this.selection, limit: LINES_SHOWN });
  }

  lineChanged(line: ScanLine): void {
    this.#o.events.publish({ type: 'line', line });
  }

  /** One more scan is on disk. */
  scanSaved(): void {
    this.#saved += 1;
    this.#o.events.publish({ type: 'journal', journal: this.journal });
  }

  /** Called after each append: undefined when it went well. */
  journalSaid(failure: AppError | undefined): void {
    if (failure?.sentence === this.#failure?.sentence) return;
    this.#failure = failure;
    this.#o.events.publish({ type: 'journal', journal: this.journal });
  }

  async cachedRequests(): Promise<number> {
    const counts = await this.#o.store.cache.counts();
    return counts.total;
  }

  /** Tells the cache's size, not more often than is worth looking at. */
  cacheChanged(): void {
    if (this.#tellingCache) return;
    this.#tellingCache = true;
    setTimeout(() => {
      this.#tellingCache = false;
      void this.cachedRequests().then(
        (cachedRequests) => {
          this.#o.events.publish({ type: 'cache', cachedRequests });
        },
        // The cache is closing or gone; its size is of no interest then.
        () => undefined,
      );
    }, TELL_CACHE_MS).unref();
  }
}
