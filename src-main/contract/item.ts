import { z } from 'zod';
import { StepState } from './journal.ts';
import { RequestView } from './request.ts';

/** How a copy stands: on its shelf, wanted by somebody, lent, elsewhere, or not told. */
export const CopyState = z.enum(['available', 'wanted', 'out', 'elsewhere', 'not-told']);
export type CopyState = z.infer<typeof CopyState>;

/** One copy of a title, in words for the desk. */
export const Copy = z.object({
  barcode: z.string().optional(),
  /** Branch and shelf in the library's words. */
  place: z.string(),
  /** Copy, volume and call number. */
  what: z.string().optional(),
  state: CopyState,
  /** "Available now", "Out, due 12 December". */
  says: z.string(),
  details: z.array(z.string()),
  /** It is the thing that was scanned. */
  inHand: z.boolean(),
});
export type Copy = Readonly<z.infer<typeof Copy>>;

/** The copies of a title as the circulation system told them at a moment. */
export const TitleCopies = z.object({
  oclcNumber: z.string(),
  summary: z.string(),
  copies: z.array(Copy),
  /** ISO 8601 UTC: it is true for that moment. */
  at: z.string(),
});
export type TitleCopies = Readonly<z.infer<typeof TitleCopies>>;

/** Calls Carrel made with the library's WSKey in the last 24 hours, and how many OCLC allows. */
export const CallQuota = z.object({
  used: z.number().int(),
  limit: z.number().int(),
  /** `near`: nine tenths are used. `reached`: looks are refused before they are sent; changes are still tried. */
  state: z.enum(['fine', 'near', 'reached']),
});
export type CallQuota = Readonly<z.infer<typeof CallQuota>>;

/** A hold placed or cancelled for a scan, in words. */
export const HoldNews = z.object({
  stepId: z.string(),
  action: z.enum(['place', 'cancel']),
  state: StepState,
  heading: z.string(),
  sentences: z.array(z.string()),
  /** What the system calls the hold: what to cancel it by. */
  request: z.string().optional(),
  /** ISO 8601 UTC. */
  at: z.string(),
  /** Sent without an answer: a person must look and say how it ended. */
  open: z.boolean(),
});
export type HoldNews = Readonly<z.infer<typeof HoldNews>>;

/** What is known of the thing in the hand without asking anybody. */
export const ItemKnown = z.object({
  scanId: z.uuid(),
  barcode: z.string(),
  title: z.string().optional(),
  requests: z.array(RequestView),
  /** The title's number, where a request names it. */
  oclcNumber: z.string().optional(),
  /** The label is a copy's own, so a hold may be for this copy. */
  copy: z.boolean(),
  /** What was said for earlier scans of the same label, newest first. */
  earlier: z.array(z.object({ at: z.string(), said: z.string() })),
  /** The hold the item was sent to when it was checked in. */
  routedTo: z.string().optional(),
  /** Newest first. */
  holds: z.array(HoldNews),
  /** The circulation system; undefined where none is set up. */
  system: z
    .object({
      name: z.string(),
      titles: z.boolean(),
      holds: z.boolean(),
      pickups: z.array(z.object({ id: z.string(), name: z.string(), here: z.boolean() })),
    })
    .optional(),
});
export type ItemKnown = Readonly<z.infer<typeof ItemKnown>>;

const Scan = { scanId: z.uuid() };
const Card = z.string().min(1).max(200);
const RequestId = z.string().trim().min(1).max(100);

/** What the item panel asks for. */
export const ITEM_METHODS = {
  'item.get': { input: z.object(Scan), output: ItemKnown },
  /** Looks the copies of a title up; counts against the daily number of calls. */
  'item.copies': { input: z.object({ ...Scan, oclcNumber: z.string().max(60) }), output: TitleCopies },
  /** Undefined where no WMS is set up. */
  'item.quota': { input: z.object({}), output: z.object({ quota: CallQuota.optional() }) },
  /** Places a hold, at most once. `insisted`: a person looked after a lost answer and found it was not placed. */
  'item.hold': {
    input: z.object({
      ...Scan,
      /** Any copy of the title by its number; this copy when left out. */
      oclcNumber: z.string().max(60).optional(),
      card: Card,
      pickup: z.string().max(60),
      insisted: z.boolean(),
    }),
    output: HoldNews,
  },
  'item.cancelHold': {
    input: z.object({ ...Scan, request: RequestId, card: Card, insisted: z.boolean() }),
    output: HoldNews,
  },
  /** A person looked after a lost answer and says that it happened. */
  'item.confirmHold': { input: z.object({ ...Scan, stepId: z.string().max(100) }), output: HoldNews },
} as const satisfies Record<string, { input: z.ZodType; output: z.ZodType }>;
