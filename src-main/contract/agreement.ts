import { z } from 'zod';
import { Side } from './request.ts';
import { Mender } from './result.ts';

/**
 * What ReShare does by itself in the library's circulation system: `ncip` it tells it; `none` and `off` it does not, and
 * reports success all the same (mod-rs HostLMSService, "No host LMS integration configured").
 */
export const HostMode = z.enum(['ncip', 'none', 'off']);
export type HostMode = z.infer<typeof HostMode>;

/**
 * mod-rs settings, section `hostLMSIntegration`. A mode that is missing is not known; `known: false` where the account may
 * not read the section at all.
 */
export type HostSettings =
  | {
      readonly known: false;
      /** The system shows nobody such settings, and fails a step whose call was refused (CrossLink): nothing is missed. */
      readonly elsewhere?: true;
    }
  | {
      readonly known: true;
      readonly borrowerCheck?: HostMode;
      readonly acceptItem?: HostMode;
      readonly checkOutItem?: HostMode;
      readonly checkInItem?: HostMode;
      /** `check_in_on_return`: whether a borrowed item is checked in when it is marked returned. */
      readonly checkInOnReturn?: 'on' | 'off';
    };

/** What is the matter between ReShare and the circulation system. */
export const AgreementKind = z.enum([
  /** AcceptItem was refused: arrived here, but not received in ReShare and without its temporary item. */
  'temporary-item-refused',
  /** CheckOutItem was refused: the request is not filled. */
  'check-out-refused',
  /** CheckInItem was refused: still out there, whatever ReShare says. */
  'check-in-refused',
  /** ReShare does not tell the circulation system of this step: a person has to. */
  'create-by-hand',
  'check-out-by-hand',
  'check-in-by-hand',
  /** Counted as checked in although it was not out there, or is not known there. */
  'verify-check-in',
  /** Called off after the item had been checked out. */
  'cancelled-after-fill',
  /** ReShare is told to use a circulation system, and none is chosen. */
  'no-system',
  /** ReShare flags trouble and its newest history does not say which. */
  'unexplained',
  /** A step of Carrel that was sent without an answer. */
  'step-unknown',
  /** A step of Carrel that ended with a question for a person. */
  'step-needs-person',
  /** A step of Carrel that was refused and not done since. */
  'step-refused',
  /** To tidy up: the lender closed the loan, and the temporary item is still there unless somebody deleted it. */
  'delete-temporary-item',
  /** To tidy up: a borrowed item whose time on the hold shelf runs out, or has just run out. */
  'hold-expiring',
]);
export type AgreementKind = z.infer<typeof AgreementKind>;

/** What the statement rests on. */
export const AgreementBasis = z.enum(['history', 'status', 'settings', 'carrel']);
export type AgreementBasis = z.infer<typeof AgreementBasis>;

/**
 * The one thing to do from the list: `confirm` that a person mended it, or `again`, scan its number once more. `say`: an
 * unanswered step holds back everything else about the thing until a person says whether it happened.
 */
export const AgreementAction = z.enum(['confirm', 'again', 'say']);
export type AgreementAction = z.infer<typeof AgreementAction>;

/** One disagreement, or one thing that could not be looked at. It names no patron. */
export const AgreementItem = z.object({
  /** The same for the same trouble; new trouble of the same kind has another. */
  key: z.string(),
  kind: AgreementKind,
  requestId: z.string().optional(),
  /** What to scan or type to get at it again. */
  label: z.string(),
  title: z.string().optional(),
  side: Side.optional(),
  /** Since when, ISO 8601 UTC. */
  since: z.string(),
  /** What is the matter. */
  reason: z.string(),
  /** What to do about it. */
  todo: z.string(),
  /** What cannot be seen from here, and where to look instead. */
  look: z.string(),
  /** The lines it rests on, as they came. */
  evidence: z.array(z.string()),
  basis: AgreementBasis,
  /** When that was last read, ISO 8601 UTC. */
  seenAt: z.string(),
  mender: Mender,
  action: AgreementAction,
  /** A person said that it is mended. Never shown as done by a system. */
  confirmed: z.object({ by: z.string(), desk: z.string(), at: z.string() }).optional(),
});
export type AgreementItem = Readonly<z.infer<typeof AgreementItem>>;

export const AgreementList = z.object({
  /** Open ones first, newest trouble first; then what was confirmed a short while ago. */
  items: z.array(AgreementItem),
  /** How many are open. */
  open: z.number().int(),
  /** What is to be tidied up, in the same order: no disagreement, and nobody can look whether it was done. */
  tidy: z.array(AgreementItem),
  /** How much of that is open. */
  toTidy: z.number().int(),
  /** End of the last whole look, ISO 8601 UTC; undefined before the first. */
  lookedAt: z.string().optional(),
  /** A look is under way. */
  looking: z.boolean(),
  /** Requests read in full by the last look. */
  looked: z.number().int(),
  /** What limits the list, in sentences: settings that may not be read, a system that did not answer. */
  notes: z.array(z.string()),
});
export type AgreementList = Readonly<z.infer<typeof AgreementList>>;
