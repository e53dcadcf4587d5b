/** No other key this long before and after, milliseconds; a scanner's keys lie closer together, a hand's shortcut does not. */
const QUIET_MS = 200;

/**
 * Shortcuts with Ctrl. A scanner sends control characters as Ctrl and a letter, among the other characters of a label; so
 * one acts only if no key came just before it and none comes just after.
 */
export class Shortcuts {
  private before = Number.NEGATIVE_INFINITY;
  private last = Number.NEGATIVE_INFINITY;
  private stop: (() => void) | undefined;
  private readonly after: (ms: number, callback: () => void) => () => void;

  constructor(after: (ms: number, callback: () => void) => () => void) {
    this.after = after;
  }

  /** Told of every key that a scanner may send, before anything else happens with it. `at` in milliseconds. */
  heard(at: number): void {
    this.stop?.();
    this.stop = undefined;
    this.before = this.last;
    this.last = at;
  }

  /** The shortcut whose key was just heard. */
  pressed(run: () => void): void {
    if (this.last - this.before < QUIET_MS) return;
    this.stop = this.after(QUIET_MS, () => {
      this.stop = undefined;
      run();
    });
  }
}
