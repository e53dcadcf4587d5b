import { RAW_LIMIT } from '../../src-main/contract/scan.ts';
import { median, ScannerHabits, TIMING, type Timing } from './intake-timing.ts';

/**
 * A key as the intake sees it. `char`: one character for a field. `control`: Ctrl and a character, which a scanner uses
 * for control characters inside a label. `end`: Enter or Tab. `other`: anything else that acts (arrows, function keys,
 * Backspace, shortcuts, input methods).
 */
export interface IntakeKey<Target> {
  readonly kind: 'char' | 'control' | 'end' | 'other';
  readonly text: string;
  /** When the key went down: milliseconds of a clock that only rises. */
  readonly at: number;
  /** Repeated by the keyboard because it is held down; no scanner does that. */
  readonly repeat: boolean;
  /** What the key was aimed at. */
  readonly target: Target;
}

/** How a scan came: for the scanner test. */
export interface Burst {
  /** The key that ended it. */
  readonly ending?: 'Enter' | 'Tab';
  /** The usual time between two keys, milliseconds. */
  readonly gapMs: number;
}

/** The outside world of the intake: the fields of the window, the scans that come out, and a timer. */
export interface IntakePort<Target> {
  /** A burst became a scan. `endedAt` is when its Enter or Tab, or else its last character, went down. */
  scan(raw: string, endedAt: number, how: Burst): void;
  /** Puts characters that were held back into the place they were aimed at, as typing. */
  replay(target: Target, text: string): void;
  /** Takes characters that were replayed a moment ago out again, because they were the head of a burst. */
  retract(target: Target, text: string): void;
  /** Calls back after the given milliseconds; returns the function that stops it. */
  after(ms: number, callback: () => void): () => void;
}

/** `swallow`: the key must do nothing by itself. `pass`: it acts as if the intake were not there. */
export type Verdict = 'swallow' | 'pass';

interface Held<Target> {
  readonly text: string;
  readonly at: number;
  readonly target: Target;
  /** Already replayed into its field. */
  shown: boolean;
}

/**
 * Tells a scanner from a hand. Characters are held back until it is clear what they are: a hand's go into their field a
 * moment later, a scanner's become one scan and reach no field, button or shortcut. It knows nothing of the DOM.
 */
export class ScanIntake<Target> {
  private keys: Held<Target>[] = [];
  /** When the newest character came, kept or not. */
  private lastAt = Number.NEGATIVE_INFINITY;
  private stopTimer: (() => void) | undefined;
  /** Enter and Tab up to this moment belong to the scan before. */
  private trailingUntil = Number.NEGATIVE_INFINITY;
  private readonly port: IntakePort<Target>;
  private readonly habits: ScannerHabits;
  private readonly timing: Timing;

  constructor(port: IntakePort<Target>, habits: ScannerHabits = new ScannerHabits(), timing: Timing = TIMING) {
    this.port = port;
    this.habits = habits;
    this.timing = timing;
  }

  /** Judges one key. Effects on fields happen before this returns, so that a passed key finds them done. */
  key(key: IntakeKey<Target>): Verdict {
    if (key.at - this.lastAt > this.timing.slowGap) this.settle();

    if (key.repeat) {
      this.settle();
      return 'pass';
    }
    switch (key.kind) {
      case 'char':
        return this.hold(key);
      case 'control':
        if (this.isMachine(this.burst(), 3)) return this.hold(key);
        this.settle();
        return 'pass';
      case 'end':
        return this.end(key);
      case 'other':
        this.settle();
        return 'pass';
    }
  }

  /** Decides now about everything held back: a complete burst becomes a scan, anything else goes where it was aimed. */
  settle(): void {
    if (this.isMachine(this.burst(), this.timing.minWithoutSuffix)) this.commit(undefined);
    else this.release();
    this.keys = [];
  }

  private hold(key: IntakeKey<Target>): Verdict {
    const paused = this.keys.length > 0 && key.at - this.lastAt > this.timing.hold;
    this.lastAt = key.at;
    // What runs past the longest label that is kept is swallowed with it.
    if (this.keys.length <= RAW_LIMIT) this.keys.push({ ...key, shown: false });
    // More pauses than a scanner makes: this is a hand, and it has waited long enough to see its letters.
    if (paused) {
      const held = this.keys.filter((one) => !one.shown);
      if (this.pausesIn(held) > Math.max(1, held.length / this.timing.keysPerPause)) this.release();
    }
    this.arm(this.timing.hold);
    return 'swallow';
  }

  private end(key: IntakeKey<Target>): Verdict {
    if (this.keys.length === 0) return key.at <= this.trailingUntil ? 'swallow' : 'pass';
    this.habits.line(gapsOf(this.keys));
    const burst = this.burst();
    const endGap = key.at - this.lastAt;
    const gaps = [...gapsOf(burst), endGap];
    const certain = gaps.length > 1 && gaps.every((gap) => gap <= this.timing.certainGap);
    const quick = endGap <= this.timing.hold || burst.length >= this.timing.minWithPause;
    if (certain || (quick && this.isMachine(burst, this.timing.minWithSuffix))) {
      this.commit(key.at, key.text === 'Tab' ? 'Tab' : 'Enter');
      return 'swallow';
    }
    this.settle();
    return 'pass';
  }

  /** Waits for the next key: briefly at first, until the burst would be complete once it is clear that it is one. */
  private arm(ms: number, again = true): void {
    this.stopTimer?.();
    this.stopTimer = this.port.after(ms, () => {
      this.stopTimer = undefined;
      if (again && this.isMachine(this.burst(), this.timing.minWithSuffix)) {
        this.arm(this.habits.idle - this.timing.hold, false);
      } else if (this.isMachine(this.burst(), this.timing.minWithoutSuffix)) {
        this.commit(undefined);
      } else {
        this.release();
      }
    });
  }

  /**
   * The newest keys that can be one burst: back over quick runs and the few pauses a busy computer puts between them.
   * One or two keys before a pause belong to it only if nothing was typed before them and the pause is not long.
   */
  private burst(): readonly Held<Target>[] {
    const starts: number[] = [];
    let end = this.keys.length;
    while (end > 0) {
      const start = this.runStart(end - 1);
      if (starts.length > 0 && end - start < 3 && (start > 0 || this.gapBefore(end) > this.timing.loneGap)) break;
      starts.push(start);
      end = start;
    }
    const allowed = (start: number) => Math.max(1, Math.floor((this.keys.length - start) / this.timing.keysPerPause));
    while (starts.length - 1 > allowed(starts.at(-1) ?? 0)) starts.pop();
    return this.keys.slice(starts.at(-1) ?? 0);
  }

  /** Index of the first key of the quick run that ends at `end`. */
  private runStart(end: number): number {
    let index = end;
    while (index > 0 && this.gapBefore(index) <= this.timing.hold) index -= 1;
    return index;
  }

  private gapBefore(index: number): number {
    return (this.keys[index]?.at ?? 0) - (this.keys[index - 1]?.at ?? 0);
  }

  private pausesIn(keys: readonly Held<Target>[]): number {
    return gapsOf(keys).filter((gap) => gap > this.timing.hold).length;
  }

  private isMachine(burst: readonly Held<Target>[], atLeast: number): boolean {
    const needed = this.pausesIn(burst) > 0 ? Math.max(atLeast, this.timing.minWithPause) : atLeast;
    return burst.length >= needed && median(gapsOf(burst)) <= this.habits.machineGap;
  }

  private commit(endAt: number | undefined, ending?: 'Enter' | 'Tab'): void {
    const burst = this.burst();
    this.release(this.keys.slice(0, this.keys.length - burst.length));
    for (const [target, text] of runsByTarget(burst.filter((key) => key.shown)).reverse())
      this.port.retract(target, text);
    this.habits.met(gapsOf(burst), endAt !== undefined);
    this.keys = [];
    this.stopTimer?.();
    this.stopTimer = undefined;
    this.trailingUntil = endAt === undefined ? this.lastAt + this.timing.trailingIdle : endAt + this.timing.trailing;
    const raw = burst.map((key) => key.text).join('');
    this.port.scan(raw.slice(0, RAW_LIMIT), endAt ?? this.lastAt, {
      gapMs: median(gapsOf(burst)),
      ...(ending === undefined ? {} : { ending }),
    });
  }

  /** Hands held characters to the places they were aimed at, and remembers them as shown. */
  private release(keys: readonly Held<Target>[] = this.keys): void {
    const hidden = keys.filter((key) => !key.shown);
    if (hidden.length === 0) return;
    for (const key of hidden) key.shown = true;
    for (const [target, text] of runsByTarget(hidden)) this.port.replay(target, text);
  }
}

function gapsOf(keys: readonly { readonly at: number }[]): number[] {
  return keys.slice(1).map((key, index) => key.at - (keys[index]?.at ?? key.at));
}

function runsByTarget<Target>(keys: readonly Held<Target>[]): [Target, string][] {
  const runs: [Target, string][] = [];
  for (const key of keys) {
    const last = runs.at(-1);
    if (last && last[0] === key.target) last[1] += key.text;
    else runs.push([key.target, key.text]);
  }
  return runs;
}
