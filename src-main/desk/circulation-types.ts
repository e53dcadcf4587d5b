import type { Prompt } from '../contract/prompt.ts';

/** What a circulation system's check-in says to do with the item (WMS staff profile, `RoutingInstructions`). */
export interface RoutingAnswer {
  /** `Re-shelve`, `Request:<id>`, `Process…`, `Withdrawn`, or words nobody knows. */
  readonly kind: 'reshelve' | 'request' | 'process' | 'withdrawn' | 'unknown';
  /** As it came. */
  readonly raw: string;
  /** Of `request`: the id of the hold it goes to. */
  readonly requestId?: string;
  /** Of `process`: the library's own text. */
  readonly text?: string;
  readonly destination?: {
    /** Of a branch; a setting says which. */
    readonly holdingCode?: string;
    readonly shelvingLocation?: string;
  };
}

/** A check-in that happened. No patron in it: the desk does not need one to route an item. */
export interface CheckInAnswer {
  readonly routing?: RoutingAnswer;
  /** A bill arose: the amount in words, such as `2.50 USD`. */
  readonly bill?: string;
  readonly title?: string;
}

/** One check-in of one item at the desk's branch. Sent once: a second one moves the item on. */
export interface CheckInPlan {
  readonly system: 'wms';
  readonly action: 'CheckInItem';
  readonly barcode: string;
}

/** How a check-in ended. */
export type CheckInResult =
  | { readonly state: 'done'; readonly answer: CheckInAnswer; readonly at: string }
  | {
      readonly state: 'refused' | 'not-sent' | 'unknown';
      readonly sentence: string;
      readonly at: string;
      /** Id of the step, this one or an earlier one, of which only staff can say whether it happened. */
      readonly asks?: string;
    };

/** What the rules need to know of the library's circulation system. */
export interface CirculationRules {
  /** What staff call it, e.g. `WMS`. */
  readonly name: string;
  /** Holding codes that mean this desk's branch. */
  readonly hereCodes: readonly string[];
  readonly branches: readonly { readonly code: string; readonly name: string }[];
  /** Where borrowed items live while they are here, by holding code or name; undefined where that is nobody's business. */
  readonly illBranch?: string;
  /** Items are lent through Carrel: a library card begins a session. */
  readonly lends?: boolean;
}

/** An earlier check-in of the same item at this desk: what it said then, or that its answer was lost. */
export type CheckedInBefore =
  | {
      readonly minutesAgo: number;
      readonly prompt: Pick<Prompt, 'kind' | 'destination' | 'tag' | 'rowTitle' | 'slip' | 'legs'>;
    }
  | {
      readonly minutesAgo: number;
      readonly unknown: true;
      /** The step of which staff can say what became of it. */
      readonly asks?: string;
    };
