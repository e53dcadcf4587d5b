export interface ClockOptions {
  /** Where practice time begins, epoch milliseconds. */
  readonly startAt: number;
  /** `flows`: with real time, and what is due happens by itself. `stands`: only {@link PracticeClock.advance} moves it. */
  readonly time: 'flows' | 'stands';
}

interface Due {
  readonly at: number;
  readonly order: number;
  readonly run: () => void;
}

/**
 * The time of the practice consortium. Everything that happens later (the other library's answer, a due date passing) waits
 * here, so that a test or a trainer can move a whole day on in one step and always gets the same events in the same order.
 */
export class PracticeClock {
  readonly #startAt: number;
  readonly #flows: boolean;
  readonly #realStart = performance.now();
  #moved = 0;
  #order = 0;
  #queue: Due[] = [];
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(options: ClockOptions) {
    this.#startAt = options.startAt;
    this.#flows = options.time === 'flows';
  }

  /** Practice time now, epoch milliseconds. */
  now(): number {
    const elapsed = this.#flows ? Math.floor(performance.now() - this.#realStart) : 0;
    return this.#startAt + elapsed + this.#moved;
  }

  /** Runs `run` when practice time has moved `delayMs` on. */
  after(delayMs: number, run: () => void): void {
    if (this.#stopped) return;
    const due: Due = { at: this.now() + delayMs, order: this.#order++, run };
    const before = this.#queue.findIndex((other) => other.at > due.at);
    if (before < 0) this.#queue.push(due);
    else this.#queue.splice(before, 0, due);
    this.#arm();
  }

  /** Moves practice time on by `ms`; what falls due on the way happens in order, each at its own moment. */
  advance(ms: number): void {
    const target = this.now() + Math.max(0, ms);
    this.#runUntil(target);
    this.#moved += Math.max(0, target - this.now());
    this.#arm();
  }

  /** How many things still wait. */
  get waiting(): number {
    return this.#queue.length;
  }

  stop(): void {
    this.#stopped = true;
    this.#queue = [];
    clearTimeout(this.#timer);
  }

  #runUntil(target: number): void {
    for (let next = this.#queue[0]; next !== undefined && next.at <= target; next = this.#queue[0]) {
      this.#queue.shift();
      this.#moved += Math.max(0, next.at - this.now());
      next.run();
    }
  }

  #arm(): void {
    clearTimeout(this.#timer);
    const next = this.#queue[0];
    if (!this.#flows || next === undefined || this.#stopped) return;
    const wait = Math.min(Math.max(0, next.at - this.now()), 60_000);
    this.#timer = setTimeout(() => {
      this.#runUntil(this.now());
      this.#arm();
    }, wait);
    // A waiting story must not keep a test run or the app alive.
    this.#timer.unref();
  }
}
