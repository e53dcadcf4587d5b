import { z } from 'zod';

/** Ex Libris' data centres; each has an API host of its own. */
export const AlmaRegion = z.enum(['na', 'eu', 'ap', 'aps', 'ca', 'cn']);
export type AlmaRegion = z.infer<typeof AlmaRegion>;

const Code = z.string().regex(/^[^\s/?#]{1,50}$/, 'a code of Alma: no blanks');

/**
 * The library's Alma, and how its interlibrary loans go on to OCLC. The API key is a secret of its own. Codes are Alma's own,
 * as its configuration shows them.
 */
export const AlmaConnection = z.strictObject({
  region: AlmaRegion,
  /** Base address in place of the region's, for a proxy or a practice server; without `/almaws/v1`. */
  address: z.url({ protocol: /^https?$/ }).optional(),
  /** The resource sharing library. */
  library: Code,
  /** Code of the partner that stands for WorldShare ILL; how an exported request is known. */
  partner: Code.optional(),
  /** Where items are scanned in: Alma asks for both. Without it scanning in is done on Alma's own screen. */
  scanDesk: z.strictObject({ library: Code, desk: Code }).optional(),
  /** Code of `RequestCancellationReasons` that is offered first when a request is cancelled quietly. */
  cancelReason: Code.optional(),
  /** Where the lender's half is done. */
  lenderSystem: z.enum(['worldshare-ill', 'tipasa']).optional(),
  /** With Tipasa: its NCIP integration with Alma is on, so receiving and returning are done in Tipasa. */
  tipasaNcip: z.boolean().optional(),
  /** Whether the patron's name travels to WorldShare with an exported request; libraries differ. Left out: not known. */
  patronTravels: z.boolean().optional(),
  /**
   * Calls whose effect on a borrowing request Ex Libris does not document, and which this library has proved in its sandbox.
   * Carrel makes no such call before.
   */
  proved: z.array(z.enum(['scan-in'])).optional(),
});
export type AlmaConnection = Readonly<z.infer<typeof AlmaConnection>>;

/** What is known of the institution's daily number of calls. */
export const AlmaCalls = z.object({
  /** Calls this computer made on this day. */
  made: z.number().int().min(0),
  /** What Alma last said is left for the whole institution until midnight (`X-Exl-Api-Remaining`), and when. */
  remaining: z.object({ count: z.number().int().min(0), at: z.iso.datetime() }).optional(),
  /** `low`: nothing is looked up in the background any more. `used-up`: Alma refused a call for it. */
  state: z.enum(['fine', 'low', 'used-up']),
});
export type AlmaCalls = Readonly<z.infer<typeof AlmaCalls>>;
