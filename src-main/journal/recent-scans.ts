import type { ScanLine } from '../contract/journal.ts';
import type { Evidence, Reading } from '../desk/types.ts';
import { forgetOld, renew } from './forget.ts';

export interface RecentScansOptions {
  /** Monotonic milliseconds. */
  readonly mono: () => number;
  /** The same label within this many seconds is a double scan. */
  readonly windowSeconds: () => number;
  /** Calls back once after so many milliseconds. */
  readonly after: (ms: number, run: () => void) => void;
}

/** Which labels were scanned a moment ago, to tell a second reading of the same label from a second scan. */
export class RecentScans {
  readonly #o: RecentScansOptions;
  readonly #scans = new Map<string, { readonly scanId: string; readonly mono: number; readonly card: boolean }>();

  constructor(options: RecentScansOptions) {
    this.#o = options;
  }

  /** The scan of which this is a double; otherwise it is remembered as the newest of its label. */
  double({ scanId }: Pick<ScanLine, 'scanId'>, reading: Reading): Evidence['doubleOf'] {
    if (reading.barcode === '') return undefined;
    const key = fold(reading.barcode);
    const before = this.#scans.get(key);
    const mono = this.#o.mono();
    const seconds = this.#o.windowSeconds();
    const secondsAgo = before === undefined ? Number.POSITIVE_INFINITY : (mono - before.mono) / 1000;
    if (before !== undefined && secondsAgo <= seconds) return { scanId: before.scanId, secondsAgo };
    const card = reading.kind === 'patron-card';
    // Another card took the desk over since: the first one scanned again means that patron again.
    if (card) this.forgetCards();
    renew(this.#scans, key, { scanId, mono, card });
    const longAgo = mono - seconds * 1000;
    forgetOld(this.#scans, (entry) => entry.mono < longAgo);
    // Nothing of a patron stays longer than it is needed.
    if (card) this.#o.after(seconds * 1000, () => this.#scans.delete(key));
    return undefined;
  }

  /** The label may be scanned again at once; with a scan, only if it was the newest of its label. */
  forget(barcode: string, scanId?: string): void {
    const key = fold(barcode);
    if (scanId === undefined || this.#scans.get(key)?.scanId === scanId) this.#scans.delete(key);
  }

  /** Every library card may be scanned again at once: the session one of them began is over. */
  forgetCards(): void {
    for (const [key, { card }] of this.#scans) if (card) this.#scans.delete(key);
  }
}

function fold(barcode: string): string {
  return barcode.toUpperCase();
}
