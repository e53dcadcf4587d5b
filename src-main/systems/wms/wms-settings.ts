import { z } from 'zod';
import { CapabilityMode, NcipHostSettings } from './ncip/host-settings.ts';

const RegistryId = z.string().regex(/^\d{1,12}$/, 'an OCLC registry id: digits only');
const Address = z.url({ protocol: /^https?$/ });

/**
 * A library's WMS. Secrets (the WSKey) are never part of it. Addresses are OCLC's published ones; a test or a region of
 * OCLC's may need others.
 */
export const WmsSettings = z.strictObject({
  /** Of the institution: whose items and patrons they are. */
  registryId: RegistryId,
  /** Of the branch where this desk stands: who acts. */
  branch: RegistryId,
  auth: z.enum(['token', 'hmac']).default('token'),
  /** What the WSKey may do. `SCIM:read_user` only where the library was given it. */
  scopes: z
    .array(z.enum(['WMS_NCIP', 'WMS_Availability', 'SCIM:read_user']))
    .min(1)
    .default(['WMS_NCIP', 'WMS_Availability']),
  /** True when one key serves several institutions: the token is then asked for in the name of this one. */
  context: z.boolean().default(false),
  principal: z.strictObject({ id: z.string().min(1).max(100), namespace: z.string().min(1).max(100) }).optional(),
  tokenAddress: Address.default('https://oauth.oclc.org/token'),
  availabilityAddress: Address.default('https://worldcat.org/circ/availability/sru/service'),
  /** Holdings of the library's group as well. */
  groupAvailability: z.boolean().default(false),
  /** Undefined: the institution's own address at OCLC. */
  identityAddress: Address.optional(),
  /** OCLC's general rule for a WSKey. */
  callsPerDay: z.number().int().min(1).max(10_000_000).default(50_000),
  /** What differs from OCLC's staff profile: pace, time-outs, address, time zone. */
  ncip: NcipHostSettings.omit({ kind: true }).default({}),
  /** Set to `guided` or `none` what the library does not want Carrel to do. */
  modes: z
    .partialRecord(
      z.enum(['check-in', 'check-out', 'hold', 'cancel-hold', 'renew', 'item', 'title', 'patron']),
      CapabilityMode,
    )
    .default({}),
});
export type WmsSettings = Readonly<z.infer<typeof WmsSettings>>;
/** As written down: everything with a default may be missing. */
export type WmsSettingsInput = z.input<typeof WmsSettings>;
