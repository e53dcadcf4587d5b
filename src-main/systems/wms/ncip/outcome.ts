import type { AppError } from '../base.ts';
import type { RequiredTerms } from './blocks/money.ts';
import type { NcipProblem } from './problem.ts';
import type { XmlElement, XmlNote } from '../xml/parse.ts';

/**
 * How a message that changes something ended. NCIP has no idempotency key, so no message is ever sent again here:
 * - `done`: the host answered this service, about this item, without a problem;
 * - `refused`: the host, or the gateway in front of it, said no; nothing was changed;
 * - `not-sent`: no byte of it left, or Carrel itself held it back;
 * - `unknown`: it may or may not have happened. Look before anything else.
 */
export type NcipOutcome<A> = Done<A> | Refused | NotSent | Unknown;

export interface Done<A> {
  readonly outcome: 'done';
  readonly answer: A;
  /** Vendors' own content, as it came. */
  readonly ext?: XmlElement;
  readonly notes: readonly XmlNote[];
}
export interface Refused {
  readonly outcome: 'refused';
  readonly error: AppError;
  /** Empty when the gateway refused. */
  readonly problems: readonly NcipProblem[];
  readonly terms?: RequiredTerms;
}
export interface NotSent {
  readonly outcome: 'not-sent';
  readonly error: AppError;
}
export interface Unknown {
  readonly outcome: 'unknown';
  readonly error: AppError;
}

/** How a look-up ended: it changes nothing, so nothing about it is unknown. */
export type LookUp<A> = Exclude<NcipOutcome<A>, Unknown>;
