/** A due date as a circulation system gave it. */
export type LoanDue =
  /** ISO 8601 UTC: a moment, shown as the calendar day at the desk. */
  | { readonly kind: 'instant'; readonly utc: string }
  /** `YYYY-MM-DD`. */
  | { readonly kind: 'day'; readonly day: string }
  /** Not a date Carrel can read: shown as it came. */
  | { readonly kind: 'words'; readonly words: string };

/** A check-out that happened. No patron in it. */
export interface CheckOutAnswer {
  /** As the system's policy made it; absent from systems that do not say, and for loans without end. */
  readonly due?: LoanDue;
  readonly title?: string;
  /** A charge for the loan: the amount in words, such as `2.50 USD`. */
  readonly bill?: string;
}

/** One check-out of one item to the patron of a session. Sent once: what a second one does is the system's affair. */
export interface CheckOutPlan {
  readonly system: 'wms';
  readonly action: 'CheckOutItem';
  readonly barcode: string;
  /** Whose card it was is known to the session alone. */
  readonly sessionId: string;
}

/** A due date that staff set, and who did. */
export interface SetDue {
  /** `YYYY-MM-DD`. */
  readonly day: string;
  readonly by: string;
}

/** How a check-out ended. */
export type CheckOutResult =
  | { readonly state: 'done'; readonly answer: CheckOutAnswer; readonly at: string }
  | {
      readonly state: 'refused' | 'not-sent' | 'unknown';
      readonly sentence: string;
      readonly at: string;
      /** Id of the step, this one or an earlier one, of which only staff can say whether it happened. */
      readonly asks?: string;
    };

/** What a circulation system tells of a patron, as far as a desk needs it. Personal: kept in memory for the session. */
export interface PatronFacts {
  readonly name?: string;
  readonly blocked?: boolean;
  readonly illBlocked?: boolean;
  /** ISO 8601 UTC. */
  readonly expires?: string;
}

/** Whether the patron of a session may borrow, as far as a look-up could tell before anything is lent. */
export interface PatronStanding {
  /** `not-asked`: no look-up is set up, or it failed; the circulation system decides with each item. */
  readonly state: 'good' | 'stopped' | 'not-asked';
  /** First name and initial. */
  readonly name?: string;
  /** What staff should know. */
  readonly sentence?: string;
  /** It may borrow, but nothing that came from another library. */
  readonly illBlocked?: true;
}

/** The session a scan belongs to, as the rules see it: without the patron. */
export interface Lending {
  readonly sessionId: string;
  /** A look-up said that this account may not borrow. */
  readonly stopped: boolean;
  /** A look-up said that interlibrary loan is blocked for this account. */
  readonly illBlocked?: true;
}

/** An earlier check-out of the same item at this desk. */
export interface LentBefore {
  readonly minutesAgo: number;
  readonly state: 'sending' | 'done' | 'unknown';
  /** Of `unknown`: the step of which staff can say what became of it. */
  readonly asks?: string;
}
