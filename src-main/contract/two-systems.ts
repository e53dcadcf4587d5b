import { z } from 'zod';

const Https = z.url({ protocol: /^https$/ }).max(500);

/**
 * What a library sets for work in two systems. Addresses are those of the systems' own screens; `{request}` stands for the
 * request's number. No address with anything of a patron is ever opened.
 */
export const TwoSystems = z.object({
  /** Exported requests older than this may be cleaned up. */
  cleanUpDays: z.number().int().min(1).max(365).default(30),
  /** The library lends and borrows through Relais D2D as well. */
  relais: z
    .object({
      /** The portal, such as `https://consortium.relais-host.com/user/login.html?group=staff&LS=SYMBOL`. */
      portalUrl: Https.optional(),
      /** Origin of the patron-scoped web service, for a look at a request's status; left out: staff look themselves. */
      serviceUrl: z
        .url({ protocol: /^https?$/ })
        .max(500)
        .optional(),
      symbol: z.string().min(1).max(40),
      partnership: z.string().min(1).max(40).default('D2D'),
    })
    .optional(),
  almaUrl: Https.optional(),
  worldshareUrl: Https.optional(),
  wmsUrl: Https.optional(),
  /** Where temporary items live in WMS (its ILL settings), for those made by hand. */
  temporaryItems: z.object({ holding: z.string().min(1).max(60), shelving: z.string().min(1).max(60) }).optional(),
});
export type TwoSystems = Readonly<z.infer<typeof TwoSystems>>;
