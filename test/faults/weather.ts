import { createHash } from 'node:crypto';
import type { Mishap, Passing } from './proxy.ts';

/** Mishaps that may strike any call but a log-in. */
const ANY: readonly Mishap[] = [
  'drop-before',
  'sign-in-page',
  'stale-token',
  'drop-after',
  'half-close',
  'reset',
  'failed-after',
  'bad-gateway-after',
  'slow',
];

/**
 * A log-in that fails darkly is not repeated for seconds, so that no account is locked. The first one goes well, or the day
 * would be over before it began.
 */
const AT_LOGIN: readonly Mishap[] = ['slow', 'drop-before'];

/** Which mishap strikes which call. The n-th call to the same address fares the same whenever the day is played again. */
export class Weather {
  readonly #seed: number;
  readonly #rate: number;
  readonly #seen = new Map<string, number>();
  #over = false;

  /** @param rate share of calls that fare badly, 0 to 1 */
  constructor(seed: number, rate: number) {
    this.#seed = seed;
    this.#rate = rate;
  }

  /** From now on nothing goes wrong any more. */
  clear(): void {
    this.#over = true;
  }

  mishap({ method, path, body }: Passing): Mishap | undefined {
    const login = /\/(authn|bl-users|token)\b/.test(path);
    const key = `${method} ${path} ${login ? '' : body}`;
    const nth = (this.#seen.get(key) ?? 0) + 1;
    this.#seen.set(key, nth);
    if (this.#over || (login && nth === 1)) return undefined;
    const dice = createHash('sha256').update(`${this.#seed} ${nth} ${key}`).digest();
    if (dice.readUInt32BE(0) / 2 ** 32 >= this.#rate * (login ? 0.2 : 1)) return undefined;
    const kinds = login ? AT_LOGIN : ANY;
    return kinds[dice.readUInt32BE(4) % kinds.length];
  }
}
