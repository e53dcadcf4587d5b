import { z } from 'zod';
import { defined } from '../defined.ts';
import type { Scoped } from './blocks/ids.ts';
import { isProblemMeaning, type ProblemMeaning } from './problem-meanings.ts';

/** A value with the URI of the list it comes from. */
const ScopedSetting = z
  .strictObject({ value: z.string().min(1).max(200), scheme: z.string().max(300).optional() })
  .transform((pair): Scoped => defined(pair));

/** What kind of host answers; chooses the defaults of everything else. */
export const HostKind = z.enum([
  'wms-staff',
  'wms-resource-sharing',
  'alma',
  'sierra',
  'koha',
  'evergreen',
  'folio',
  'symphony',
  'other',
]);
export type HostKind = z.infer<typeof HostKind>;

/** How ids of one kind are dressed: whose they are and what they are called, where the host wants to be told. */
export interface IdDress {
  readonly agency?: Scoped;
  readonly type?: Scoped;
}
const IdDressSetting = z
  .strictObject({ agency: ScopedSetting.optional(), type: ScopedSetting.optional() })
  .transform((dress): IdDress => defined(dress));

/** How a capability of a system is carried out; the screen never shows one as another. */
export const CapabilityMode = z.enum(['api', 'guided', 'none']);
export type CapabilityMode = z.infer<typeof CapabilityMode>;

/**
 * Settings of one NCIP 2 host over HTTP. Everything but the kind may be left out: {@link resolveHost} fills in what is
 * safe for the kind and says what has no safe value. Secrets are never part of it: `{secret}` in the address stands for
 * one (FOLIO's API key, Koha's token), put in when a call is made.
 */
export const NcipHostSettings = z.strictObject({
  kind: HostKind,
  /** What staff call the system. */
  name: z.string().min(1).max(80).optional(),
  address: z
    .string()
    .max(500)
    .refine((text) => /^https?:\/\//i.test(text) && URL.canParse(text), 'an address beginning with https://')
    .optional(),
  contentType: z
    .enum(['application/xml; charset=utf-8', 'application/xml', 'text/xml; charset=utf-8', 'text/xml'])
    .optional(),
  /** How calls are authorised. The secrets behind it are kept elsewhere. */
  auth: z.enum(['oclc-token', 'oclc-hmac', 'none']).optional(),
  /** True when `FromAgencyAuthentication` is sent, from the secret of that name. */
  agencyPassword: z.boolean().optional(),
  xml: z
    .strictObject({
      prefix: z
        .string()
        .regex(/^([A-Za-z_][\w.-]{0,15})?$/)
        .optional(),
      namespaced: z.boolean().optional(),
      qualifiedAttributes: z.boolean().optional(),
    })
    .optional(),
  /** The `version` attribute. */
  version: z.string().min(1).max(200).optional(),
  fromAgency: ScopedSetting.optional(),
  toAgency: ScopedSetting.optional(),
  fromSystem: ScopedSetting.optional(),
  toSystem: ScopedSetting.optional(),
  profile: ScopedSetting.optional(),
  itemId: IdDressSetting.optional(),
  userId: IdDressSetting.optional(),
  requestId: IdDressSetting.optional(),
  /** How a title's number is dressed: its agency, or (`type`) the code of its list. */
  titleId: IdDressSetting.optional(),
  requestType: ScopedSetting.optional(),
  itemScope: ScopedSetting.optional(),
  titleScope: ScopedSetting.optional(),
  /** Scheme of `PickupLocation`; its value comes with each hold. */
  pickupScheme: z.string().max(300).optional(),
  /** Zone of dates the host sends without one, e.g. `America/Chicago`. */
  timeZone: z
    .string()
    .refine((zone) => isTimeZone(zone), 'a time zone such as America/Chicago')
    .optional(),
  pace: z
    .strictObject({
      /** Calls under way at once. */
      concurrent: z.number().int().min(1).max(8).optional(),
      perSecond: z.number().min(0.1).max(50).optional(),
    })
    .optional(),
  /**
   * Milliseconds. An update is given long, because a cut-off update is worse than a wait; how little a library may give it, its
   * own settings say.
   */
  timeouts: z
    .strictObject({
      connectMs: z.number().int().min(100).max(60_000).optional(),
      updateMs: z.number().int().min(100).max(300_000).optional(),
      lookupMs: z.number().int().min(100).max(120_000).optional(),
    })
    .optional(),
  /** Largest answer read, bytes. */
  maxBytes: z
    .number()
    .int()
    .min(10_000)
    .max(16 * 1024 * 1024)
    .optional(),
  /** The host's own problem types, lower case without spaces, and what they mean. */
  problemAliases: z.record(z.string(), z.custom<ProblemMeaning>(isProblemMeaning, 'a problem meaning')).optional(),
});
export type NcipHostSettings = Readonly<z.infer<typeof NcipHostSettings>>;

function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
