/** A physical thing that can be put under the scanner at Riverside's desk. */
export interface CastMember {
  /** Stable name for tests and demonstrations. */
  readonly key: string;
  /** What the scanner reads. */
  readonly barcode: string;
  readonly what:
    | 'arrival'
    | 'return'
    | 'ship-back'
    | 'fill request'
    | 'fill item'
    | 'pull slip'
    | 'ship'
    | 'complete'
    | 'own item'
    | 'patron card'
    | 'temporary item'
    | 'isbn'
    | 'wrong label'
    | 'other';
  readonly title: string;
  readonly hrid?: string;
  /** Id of the request in Riverside's tenant. */
  readonly requestId?: string;
  /** What should happen, in a plain sentence. */
  readonly expects: string;
}

/** One thing of a request: what is scanned, and what should come of it. */
export interface CastThing {
  readonly key: string;
  readonly what: CastMember['what'];
  /** What the scanner reads: the item's label, the label of the temporary item, or the request number (or `text`). */
  readonly scan: 'item' | 'temporary' | 'number';
  readonly volume?: number;
  readonly text?: string;
  readonly expects: string;
}

/** One request of the cast and the things that belong to it. */
export interface CastPlan {
  readonly side: 'borrow' | 'lend';
  readonly hrid: string;
  readonly borrowerState: string;
  readonly lenderState: string;
  readonly copy?: true;
  readonly partner?: 'northfield' | 'eastport';
  readonly volumes?: number;
  /** Last four digits of the items' barcodes, where they matter. */
  readonly endings?: readonly string[];
  readonly hoursAgo?: number;
  readonly dueInDays?: number;
  readonly message?: string;
  readonly terms?: { readonly code: string; readonly note: string; readonly cost?: number };
  /** The circulation system refuses this item until it is mended. */
  readonly breaks?: {
    readonly barcode: 'hrid' | 'item';
    readonly operation: 'acceptItem' | 'checkOutItem' | 'checkInItem';
    readonly problem: string;
  };
  readonly things: readonly CastThing[];
}

type Extras = Omit<CastPlan, 'side' | 'hrid' | 'borrowerState' | 'lenderState' | 'things'>;

function plan(side: CastPlan['side']) {
  return (
    hrid: string,
    borrowerState: string,
    lenderState: string,
    things: readonly CastThing[],
    extras: Extras = {},
  ): CastPlan => ({ side, hrid, borrowerState, lenderState, things, ...extras });
}

/** A request Riverside borrows on: its number, its state here, its state at the lender. */
export const borrow = plan('borrow');
/** A request Riverside lends on: its number, its state at the borrower, its state here. */
export const lend = plan('lend');

export function thing(
  key: string,
  what: CastThing['what'],
  scan: CastThing['scan'],
  expects: string,
  extras: Pick<CastThing, 'volume' | 'text'> = {},
): CastThing {
  return { key, what, scan, expects, ...extras };
}
