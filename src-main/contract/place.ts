import { z } from 'zod';
import { Candidate } from './inventory.ts';
import { StepState } from './journal.ts';
import { PLACE_BATCH_METHODS } from './place-batch.ts';

/** By what the Shared Inventory is searched. `anything`: Carrel reads it as an identifier when it is one, else as words. */
export const SearchBy = z.enum(['anything', 'title', 'author', 'isbn', 'issn', 'oclc', 'lccn']);
export type SearchBy = z.infer<typeof SearchBy>;

/** A record as the results show it. */
export const PlaceResult = z.object({
  candidate: Candidate,
  /** `not-known`: its holdings could not be read, which is not the same as nobody lending it. */
  standing: z.enum(['eligible', 'not-lendable', 'not-known']),
  /** Why it stands here, or why it cannot be asked for. */
  why: z.string(),
  warnings: z.array(z.string()),
  /** Records of the same thing in these results, this one included. */
  alike: z.number().int(),
  place: z.number().int(),
  /** The two best of the alike are equal: a person chooses. */
  tied: z.boolean(),
});
export type PlaceResult = Readonly<z.infer<typeof PlaceResult>>;

export const PlacePage = z.object({
  /** What was searched for, as Carrel read it. */
  readAs: z.string(),
  /** From 0. */
  page: z.number().int(),
  pageSize: z.number().int(),
  total: z.number().int(),
  results: z.array(PlaceResult),
  /** What people should know about the search or the answer. */
  notes: z.array(z.string()),
});
export type PlacePage = Readonly<z.infer<typeof PlacePage>>;

/** A pickup location of the library's directory, in the library's own words. */
export const PickupChoice = z.object({
  /** `svc.pickupLocation`; undefined when the directory gives none, and then it cannot be chosen. */
  slug: z.string().optional(),
  name: z.string(),
  /** Why it cannot be chosen. */
  trouble: z.string().optional(),
});
export type PickupChoice = Readonly<z.infer<typeof PickupChoice>>;

/** A request placed through Carrel, folded from its journal records. No patron but the last four characters. */
export const PlacedRequest = z.object({
  /** Chosen before anything was sent. */
  id: z.uuid(),
  /** Its UUID in ReShare, once that is known. */
  request: z.string().optional(),
  /** The number staff see; it comes later than the UUID. */
  number: z.string().optional(),
  title: z.string(),
  author: z.string().optional(),
  /** Masked. */
  patron: z.string(),
  pickup: z.string(),
  neededBy: z.string().optional(),
  /** How the placing itself stands. */
  step: StepState,
  /** The state of the request in ReShare, as last seen. */
  state: z
    .object({ code: z.string(), label: z.string(), terminal: z.boolean(), needsAttention: z.boolean() })
    .optional(),
  /** What happened and what to do, in sentences. */
  sentences: z.array(z.string()),
  /** A look showed, or a refusal said, that it was not created: it may be sent again after one more look. */
  again: z.boolean(),
  /** It ended without the book, or is not in ReShare: what a new one with changes begins from. */
  anew: z.object({ instance: z.string(), pickup: z.string(), neededBy: z.string().optional() }).optional(),
  placedAt: z.string(),
  changedAt: z.string(),
});
export type PlacedRequest = Readonly<z.infer<typeof PlacedRequest>>;

export const PlaceState = z.object({
  /** Why nothing can be searched for, when nothing can. */
  searchTrouble: z.string().optional(),
  /** Why nothing can be placed, when nothing can. */
  placeTrouble: z.string().optional(),
  titleSearch: z.boolean(),
  /** What the door in use does with the date, where that is not plain. */
  dateHint: z.string().optional(),
  /** What it does with the pickup location, where that is not plain. */
  pickupHint: z.string().optional(),
  pickups: z.array(PickupChoice),
  /** Why the pickup locations are not known. */
  pickupTrouble: z.string().optional(),
  /** Newest first. */
  placed: z.array(PlacedRequest),
});
export type PlaceState = Readonly<z.infer<typeof PlaceState>>;

/** What a check before placing said of the patron. */
export const PatronCheck = z.object({
  standing: z.enum(['good', 'stopped', 'unknown', 'not-asked']),
  sentence: z.string(),
});
export type PatronCheck = Readonly<z.infer<typeof PatronCheck>>;

const Patron = z.string().trim().min(1).max(200);

export const PlaceOrder = z.object({
  /** UUID of the Shared Inventory's record. */
  instance: z.string().max(100),
  patron: Patron,
  /** Slug of the pickup location. */
  pickup: z.string().min(1).max(200),
  neededBy: z.iso.date().optional(),
  note: z.string().max(255).optional(),
  /** Id of a placed request that this one replaces: what ReShare did not take is given up with it, after a look. */
  insteadOf: z.uuid().optional(),
});
export type PlaceOrder = Readonly<z.infer<typeof PlaceOrder>>;

export const PLACE_METHODS = {
  ...PLACE_BATCH_METHODS,
  /** What can be done on the screen, and what was placed; reads the directory's pickup locations anew. */
  'place.get': { input: z.object({}), output: PlaceState },
  /** Staff look at what was placed: nothing of it is news any more. */
  'place.looked': { input: z.object({}), output: z.object({}) },
  'place.search': {
    input: z.object({ by: SearchBy, text: z.string().max(500), page: z.number().int().min(0).max(1_000) }),
    output: PlacePage,
  },
  /** One record with everything known of its holdings. */
  'place.detail': { input: z.object({ id: z.string().max(100) }), output: PlaceResult },
  /** Asks the circulation system, else ReShare, about the patron; changes nothing. */
  'place.checkPatron': { input: z.object({ patron: Patron }), output: PatronCheck },
  /** Places a request, once. Answers when the answer is there, or is known to be lost. */
  'place.send': { input: PlaceOrder, output: PlacedRequest },
  /** Looks, and sends once more only when the look shows that it was not created. */
  'place.again': { input: z.object({ id: z.uuid() }), output: PlacedRequest },
} as const;
