import type { Random } from '../../src-main/training/random.ts';

/** A thing that can be scanned, as the practice consortium tells it. */
export interface Thing {
  readonly key: string;
  readonly barcode: string;
  readonly what: string;
  readonly requestId?: string;
  readonly branch?: string;
}

export type Move =
  /** Something is scanned. All labels of one errand are one thing a person means to do. */
  | { readonly do: 'scan'; readonly label: string; readonly errand: number }
  /** A function key on the newest prompt that offers one. */
  | { readonly do: 'choose'; readonly which: number }
  | { readonly do: 'end-session' }
  /** Somebody at another desk does the next step of the request that label is on. */
  | { readonly do: 'colleague'; readonly label: string }
  | { readonly do: 'wait'; readonly ms: number }
  /** Nothing more is scanned until everything has come to rest. */
  | { readonly do: 'rest' }
  /** The wall clock jumps: it is now so far from the real time. */
  | { readonly do: 'clock'; readonly offMs: number }
  /** A system refuses connections for a while. */
  | { readonly do: 'outage'; readonly system: 'reshare' | 'wms'; readonly ms: number }
  /** Every token given out is void. */
  | { readonly do: 'expire' }
  /** Carrel is killed after so many milliseconds. */
  | { readonly do: 'kill'; readonly afterMs: number }
  /** Carrel is killed when the next call that changes something is at this point of its way. */
  | { readonly do: 'kill-at'; readonly moment: 'arrived' | 'acted' | 'answered' };

export interface DayOptions {
  readonly random: Random;
  readonly things: readonly Thing[];
  readonly kills: boolean;
  /** Others work in ReShare too. */
  readonly colleague: boolean;
}

const ERRANDS = { least: 8, most: 16 } as const;

/** A day of scans, the same for the same random numbers. */
export function planDay({ random, things, kills, colleague }: DayOptions): readonly Move[] {
  const pile = pileOf(things);
  const moves: Move[] = [];
  const count = random.between(ERRANDS.least, ERRANDS.most);
  const used = new Set<string>();
  for (let errand = 0; errand < count; errand += 1) {
    const chosen = choose(random, pile, used);
    if (chosen === undefined) continue;
    for (const label of chosen.labels) {
      // Begun before the scan, and at its end about when Carrel acts.
      if (colleague && random.chance(0.25)) moves.push({ do: 'colleague', label });
      moves.push({ do: 'scan', label, errand });
      if (random.chance(0.15)) moves.push({ do: 'scan', label, errand });
      moves.push(...between(random, kills));
    }
    if (chosen.session) moves.push({ do: 'end-session' });
  }
  return moves;
}

interface Errand {
  readonly labels: readonly string[];
  /** It begins with a card; the session ends after it. */
  readonly session: boolean;
  /** What no other errand of the day may touch. */
  readonly holds: string;
}

interface Pile {
  readonly requests: readonly Errand[];
  readonly own: readonly Errand[];
  readonly cards: readonly string[];
  readonly shelf: readonly Errand[];
  readonly other: readonly Errand[];
}

/** Which errands the pile allows: a slip goes before its item, volumes of one request belong together. */
function pileOf(things: readonly Thing[]): Pile {
  const single = (thing: Thing): Errand => ({ labels: [thing.barcode], session: false, holds: thing.barcode });
  const byRequest = Map.groupBy(
    things.filter((thing) => thing.requestId !== undefined),
    (thing) => thing.requestId ?? '',
  );
  const loose = things.filter((thing) => thing.requestId === undefined && thing.barcode !== '');
  const here = loose.find((thing) => thing.branch !== undefined)?.branch;
  const isShelf = (thing: Thing): boolean => /^wms-(shelf|reference|loan-fee|out-to-another)/.test(thing.key);
  const isOwn = (thing: Thing): boolean => thing.what === 'own item' && (thing.branch ?? here) === here;
  return {
    requests: [...byRequest].map(([holds, members]) => ({
      labels: members.map((thing) => thing.barcode),
      session: false,
      holds,
    })),
    own: loose.filter((thing) => isOwn(thing) && !isShelf(thing)).map(single),
    cards: loose.filter((thing) => thing.what === 'patron card').map((thing) => thing.barcode),
    shelf: loose.filter(isShelf).map(single),
    other: loose.filter((thing) => !['own item', 'patron card'].includes(thing.what)).map(single),
  };
}

function choose(random: Random, pile: Pile, used: Set<string>): Errand | undefined {
  const take = (errands: readonly Errand[]): Errand | undefined => {
    const free = errands.filter(({ holds }) => !used.has(holds));
    const chosen = free.length === 0 ? undefined : random.pick(free);
    if (chosen !== undefined) used.add(chosen.holds);
    return chosen;
  };
  const dice = random.int(100);
  if (dice < 55) return take(pile.requests);
  if (dice < 80) return take(pile.own);
  if (dice < 90) return take(pile.other);
  const lent = take(pile.shelf);
  return lent === undefined ? undefined : { ...lent, labels: [random.pick(pile.cards), ...lent.labels], session: true };
}

/** What happens between two scans: mostly nothing, or a short pause. */
function between(random: Random, kills: boolean): readonly Move[] {
  const dice = random.int(100);
  if (dice < 30) return [];
  if (dice < 60) return [{ do: 'wait', ms: random.between(1, 60) }];
  if (dice < 72) return [{ do: 'rest' }];
  if (dice < 80)
    return [
      { do: 'wait', ms: 40 },
      { do: 'choose', which: random.int(4) },
    ];
  if (dice < 84) return [{ do: 'clock', offMs: random.between(-10, 10) * 3_600_000 }];
  if (dice < 88) return [{ do: 'outage', system: random.chance(0.6) ? 'reshare' : 'wms', ms: random.between(20, 250) }];
  if (dice < 91) return [{ do: 'expire' }];
  if (!kills) return [];
  if (random.chance(0.5)) return [{ do: 'kill', afterMs: random.between(0, 80) }];
  return [{ do: 'kill-at', moment: random.pick(['arrived', 'acted', 'answered'] as const) }];
}
