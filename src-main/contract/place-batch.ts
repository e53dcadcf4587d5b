import { z } from 'zod';

/** One row of a file of requests, with what a look at it showed or what became of it. */
export const BatchRow = z.object({
  /** Line of the file, as an editor counts them. */
  line: z.number().int(),
  /** What it asks for: what is searched, in words. */
  asked: z.string(),
  /** Masked. */
  patron: z.string(),
  /**
   * `waiting`: not looked at yet. `ready`: can be placed. `choose`: a person has to choose a record. `stopped`: cannot be
   * placed as it stands. `placed`: it is in ReShare. `not-placed`: it was tried, and the sentence says how it ended.
   */
  state: z.enum(['waiting', 'ready', 'choose', 'stopped', 'placed', 'not-placed']),
  /** What would happen, what happened, or what is in the way. */
  sentence: z.string(),
});
export type BatchRow = Readonly<z.infer<typeof BatchRow>>;

/** A file of requests. Lives until Carrel ends: patrons' numbers of a file are not kept on disk. */
export const PlaceBatch = z.object({
  /** Name of the file. */
  name: z.string(),
  rows: z.array(BatchRow),
  /** What people should know about the file, for example columns that mean nothing here. */
  notes: z.array(z.string()),
});
export type PlaceBatch = Readonly<z.infer<typeof PlaceBatch>>;

const Nothing = z.object({});
const Now = z.object({ batch: PlaceBatch.optional() });

/** Characters of a file that is read; two hundred requests with long notes are a tenth of it. */
export const BATCH_CHARACTERS = 500_000;

export const PLACE_BATCH_METHODS = {
  'place.batch': { input: Nothing, output: Now },
  /** Takes a file in place of the one before. Nothing is looked up yet. */
  'place.batchRead': {
    input: z.object({ name: z.string().max(255), text: z.string().max(BATCH_CHARACTERS) }),
    output: Now,
  },
  /** The dry run of the next row that was not looked at: it changes nothing anywhere. */
  'place.batchCheck': { input: Nothing, output: Now },
  /** Places the next row that is ready, once, after looking at everything it names anew. */
  'place.batchPlace': { input: Nothing, output: Now },
  /** Forgets the file; what was placed stays on the list of placed requests. */
  'place.batchClear': { input: Nothing, output: Now },
} as const;
