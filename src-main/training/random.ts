import { createHash } from 'node:crypto';

/** A small seeded generator (mulberry32): the same seed tells the same story on every machine. Not for secrets. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** A whole number from 0 to 2³²−1. */
  uint32(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return (t ^ (t >>> 14)) >>> 0;
  }

  /** A whole number from 0 up to, not including, `below`. */
  int(below: number): number {
    return Math.floor((this.uint32() / 4294967296) * below);
  }

  /** A whole number in [`low`, `high`]. */
  between(low: number, high: number): number {
    return low + this.int(high - low + 1);
  }

  chance(probability: number): boolean {
    return this.uint32() / 4294967296 < probability;
  }

  /** One of the list; throws on an empty list, because that is a mistake in the story. */
  pick<T>(list: readonly T[]): T {
    const chosen = list[this.int(list.length)];
    if (chosen === undefined) throw new RangeError('Nothing to pick from');
    return chosen;
  }

  digits(count: number): string {
    let out = '';
    while (out.length < count) out += String(this.int(10));
    return out;
  }

  /** A version-4-shaped UUID drawn from this generator. */
  uuid(): string {
    const hex = (n: number): string => n.toString(16).padStart(8, '0');
    const [a, b, c, d] = [hex(this.uint32()), hex(this.uint32()), hex(this.uint32()), hex(this.uint32())];
    return `${a}-${b.slice(0, 4)}-4${b.slice(5)}-a${c.slice(1, 4)}-${c.slice(4)}${d}`;
  }
}

const named = new Map<string, string>();

/** A stable UUID for something that has a name (a state, an action, a library): the same in every story. */
export function namedUuid(name: string): string {
  let id = named.get(name);
  if (id === undefined) {
    const h = createHash('sha1').update(`practice-consortium:${name}`).digest('hex');
    id = `${h.slice(0, 8)}-${h.slice(8, 12)}-5${h.slice(13, 16)}-a${h.slice(17, 20)}-${h.slice(20, 32)}`;
    named.set(name, id);
  }
  return id;
}

/** Reference data keys are 32 hexadecimal digits without dashes in mod-rs and mod-directory. */
export function refdataKey(category: string, value: string): string {
  return namedUuid(`refdata:${category}:${value}`).replaceAll('-', '');
}
