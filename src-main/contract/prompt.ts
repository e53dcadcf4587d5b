import { z } from 'zod';
import { Slip } from './slip.ts';

/**
 * What kind of thing to do, told on screen by word, shape and colour in that order: shelve ● · hold ◆ · ill ▲ · route ➜ ·
 * stop ! (needs you, refused) · saved ◔ (waiting).
 */
export const PromptKind = z.enum(['shelve', 'hold', 'ill', 'route', 'stop', 'saved']);
export type PromptKind = z.infer<typeof PromptKind>;

/** The four sounds; each plays only after the fact it reports. */
export const Sound = z.enum(['accepted', 'attention', 'refused', 'saved']);
export type Sound = z.infer<typeof Sound>;

/**
 * How sure a line is: `done` by the system's answer, `seen` by a later look, `confirmed` by staff, `waiting` not yet,
 * `unknown` sent without an answer, `not-done` refused or failed, `by-hand` for staff to do elsewhere, `none` nothing to do.
 */
export const LegState = z.enum(['done', 'seen', 'confirmed', 'waiting', 'unknown', 'not-done', 'by-hand', 'none']);
export type LegState = z.infer<typeof LegState>;

/** One line per system: what was done there, when, and how sure. */
export const Leg = z.object({
  system: z.string(),
  state: LegState,
  text: z.string(),
  /** ISO 8601 UTC. */
  at: z.string().optional(),
});
export type Leg = Readonly<z.infer<typeof Leg>>;

/** Something staff may do now with a function key; never with Enter, never with a letter. */
export const Offer = z.object({
  id: z.string(),
  key: z.enum(['F7', 'F8', 'F9', 'F10', 'F11']),
  label: z.string(),
  /** Said beside the label when it cannot be taken back. */
  caution: z.string().optional(),
});
export type Offer = Readonly<z.infer<typeof Offer>>;

/** A loan for which staff may set another due date, or on a card's prompt all loans of its session. Days: `YYYY-MM-DD`. */
export const DueChoice = z.object({
  /** The date that counts now. */
  day: z.string().optional(),
  /** The date the circulation system has. */
  system: z.string().optional(),
  /** When the lender of a borrowed item wants it back. */
  lender: z.string().optional(),
  /** The last day that leaves the library its time for the way back to the lender. */
  latest: z.string().optional(),
  /** Sentences that stay whatever date is set. */
  also: z.array(z.string()),
});
export type DueChoice = Readonly<z.infer<typeof DueChoice>>;

/** What is shown for a scan: destination first, then what it is, why, and what was done in which system. */
export const Prompt = z.object({
  kind: PromptKind,
  /** "Interlibrary loan · returned by patron". */
  kindText: z.string(),
  /** "Ship back" and "Northfield", or only the first. Readable at arm's length. */
  destination: z.object({ verb: z.string(), to: z.string().optional() }),
  title: z.string().optional(),
  byline: z.string().optional(),
  /** One or two sentences on what to do with the thing in the hand. */
  why: z.array(z.string()),
  legs: z.array(Leg),
  offers: z.array(Offer),
  /** What to do if this was a mistake and nothing can be taken back; told when F9 is pressed. */
  mistake: z.string().optional(),
  /** Two or three words for the list. */
  tag: z.string(),
  /** Title or sentence for the list row. */
  rowTitle: z.string(),
  /** Request number or barcode for the list row. */
  rowId: z.string(),
  sound: Sound,
  /** Where the rule comes from: a state code, a document section, a standard. */
  rule: z.string(),
  /** Still being worked on: the prompt will change by itself. */
  working: z.boolean(),
  /** What goes with the thing on paper; F8 prints it. */
  slip: Slip.optional(),
  /** Staff may set another due date. */
  due: DueChoice.optional(),
});
export type Prompt = Readonly<z.infer<typeof Prompt>>;
