/** How many calls an institution has. */
export interface AlmaAllowance {
  /** Documented in 2016. */
  perSecond: number;
  /** 1,000 for each licensed user. */
  perDay: number;
}

/** Counts calls as Alma does: by the second, and by the day until midnight UTC, for the institution as a whole. */
export class AlmaLimits {
  readonly allowance: AlmaAllowance;
  #second = 0;
  #inSecond = 0;
  #day = '';
  #inDay = 0;

  constructor(allowance: AlmaAllowance) {
    this.allowance = allowance;
  }

  /** Counts a call; what it is over, if anything. A call that is turned away counts as well. @param now epoch ms */
  take(now: number): 'per-second' | 'daily' | undefined {
    const second = Math.floor(now / 1000);
    const day = new Date(now).toISOString().slice(0, 10);
    if (second !== this.#second) [this.#second, this.#inSecond] = [second, 0];
    if (day !== this.#day) [this.#day, this.#inDay] = [day, 0];
    this.#inSecond += 1;
    this.#inDay += 1;
    if (this.#inDay > this.allowance.perDay) return 'daily';
    return this.#inSecond > this.allowance.perSecond ? 'per-second' : undefined;
  }

  /** What `X-Exl-Api-Remaining` says. */
  get remaining(): number {
    return Math.max(0, this.allowance.perDay - this.#inDay);
  }

  /** Calls of the day, those that were turned away included. */
  get made(): number {
    return this.#inDay;
  }
}
