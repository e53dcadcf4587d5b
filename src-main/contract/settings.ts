import { z } from 'zod';
import { AlmaConnection } from './alma-connection.ts';
import { Retention } from './keeping.ts';
import { ErrorCode } from './result.ts';
import { DEFAULT_OFFLINE, OfflineSettings } from './offline.ts';
import { LockSettings } from './lock.ts';
import { TwoSystems } from './two-systems.ts';
import { DEFAULT_SLIP_SETTINGS, SlipSettings } from './slip.ts';

/** Steps a desk may do by itself when a scan makes them the obvious next one. */
export const DeskStep = z.enum(['receive', 'returned', 'return-shipped', 'pull-slip', 'fill', 'ship', 'complete']);
export type DeskStep = z.infer<typeof DeskStep>;

/** `do`: the scan does it. `offer`: the prompt offers it with a function key. */
export const StepMode = z.enum(['do', 'offer']);
export type StepMode = z.infer<typeof StepMode>;

export const Sounds = z.object({
  accepted: z.boolean(),
  attention: z.boolean(),
  refused: z.boolean(),
  saved: z.boolean(),
});

export const DeskSettings = z.object({
  name: z.string().max(80),
  branch: z.string().max(80),
  /** What each obvious step does at this desk. */
  steps: z.record(DeskStep, StepMode),
  /** The same label again within this many seconds is a double scan and does nothing. */
  doubleScanSeconds: z.number().int().min(1).max(120),
  /** A second step on a thing this desk has just handled is offered, not done, for this many minutes. */
  settleMinutes: z.number().int().min(0).max(240),
  /** A borrowed item is due here this many days before its lender wants it back. */
  returnMarginDays: z.number().int().min(0).max(60).default(5),
  /** A borrowed item waits for its patron this many days on the hold shelf: WMS's hold fulfillment policy. */
  holdShelfDays: z.number().int().min(1).max(365).default(7),
  /** Item and card labels of this library begin with these digits; empty means any. */
  itemPrefixes: z.array(z.string().regex(/^[A-Za-z0-9]{1,14}$/)),
  patronPrefixes: z.array(z.string().regex(/^[A-Za-z0-9]{1,14}$/)),
  sounds: Sounds,
  /** Settings written before there were slips have none of their own. */
  slips: SlipSettings.default(DEFAULT_SLIP_SETTINGS),
  offline: OfflineSettings.default(DEFAULT_OFFLINE),
});
export type DeskSettings = Readonly<z.infer<typeof DeskSettings>>;

/**
 * How many calls of the lanes a system gets at once. One is strictly one after the other; more than eight would take
 * from the system what its other users need.
 */
export const Parallel = z.number().int().min(1).max(8);
/** Calls at once where nothing is set: ReShare takes four well, and OCLC's NCIP is asked by two. */
export const DEFAULT_PARALLEL = { reshare: 4, wms: 2 } as const;

const Tenant = z.string().regex(/^[a-z][a-z0-9_]{0,62}$/, 'lower-case letters, digits and _ only');

/** A pickup location as the library calls it, by its slug in the directory: what `svc.pickupLocation` of a request says. */
export const PickupName = z.object({ slug: z.string().min(1).max(200), name: z.string().min(1).max(120) });
export type PickupName = Readonly<z.infer<typeof PickupName>>;

/** The library's ReShare as reached through Okapi. Passwords are never part of it: they are secrets of their own. */
export const ReshareSettings = z.object({
  okapiUrl: z.url({ protocol: /^https?$/ }),
  tenant: Tenant,
  username: z.string().min(1).max(200),
  /** The consortium's Shared Inventory has a tenant, and usually an account, of its own. */
  inventoryTenant: Tenant.optional(),
  inventoryUsername: z.string().min(1).max(200).optional(),
  /** The consortium's OpenURL resolver; a library's symbol follows it. */
  openUrlAddress: z.url({ protocol: /^https?$/ }).optional(),
  /** How the Shared Inventory is asked; GraphQL where left out. */
  inventoryKind: z.enum(['folio-graphql', 'reservoir-sru']).optional(),
  /** Through which front door requests are placed; the resolver where left out. */
  openUrlDoor: z.enum(['resolver', 'mod-rs']).optional(),
  /** The library's own names of the directory's pickup locations. */
  pickupNames: z.array(PickupName).optional(),
  /** {@link DEFAULT_PARALLEL} when left out. */
  parallel: Parallel.optional(),
});
export type ReshareSettings = Readonly<z.infer<typeof ReshareSettings>>;

const RegistryId = z.string().regex(/^\d{1,12}$/, 'digits only');

/** A branch as WMS names its items’ home: the holding code of a routing answer, told in the library’s own words. */
export const WmsBranch = z.object({
  /** `LocationNameValue` of level 1 in WMS’s routing answers. */
  code: z.string().min(1).max(60),
  name: z.string().min(1).max(80),
});
export type WmsBranch = Readonly<z.infer<typeof WmsBranch>>;

/** Where patrons may pick up what they have on hold: `PickupLocation` of WMS's RequestItem, told in the library's own words. */
export const WmsPickup = z.object({
  /** Registry id of the branch in OCLC's pages; some hosts want a code such as `MAIN`. */
  id: z.string().min(1).max(60),
  name: z.string().min(1).max(80),
});
export type WmsPickup = Readonly<z.infer<typeof WmsPickup>>;

/**
 * The library's WMS. The WSKey's secret is a secret of its own. Addresses are OCLC's published ones unless given; the
 * practice library gives its own.
 */
export const WmsConnection = z.object({
  /** OCLC registry id of the institution: whose items and patrons they are. */
  registryId: RegistryId,
  /** Registry id of the branch where this desk stands: who acts. */
  branch: RegistryId,
  /** Holding codes of this desk's branch: a routing answer with one of them means "here". */
  hereCodes: z.array(z.string().min(1).max(60)),
  branches: z.array(WmsBranch),
  /**
   * Where borrowed items live while they are here: the branch of the "Temporary Item Holding Location" in WMS's ILL
   * settings, by holding code or name. Without it they are sent back from whichever desk they come to.
   */
  illBranch: z.string().min(1).max(80).optional(),
  /** Pickup branches for holds; this desk's own branch alone when left out. */
  pickups: z.array(WmsPickup).optional(),
  /** How many calls a day OCLC allows the WSKey; OCLC's general rule when left out. */
  callsPerDay: z.number().int().min(1).max(10_000_000).optional(),
  /** {@link DEFAULT_PARALLEL} when left out. */
  parallel: Parallel.optional(),
  /** The public half of the WSKey. */
  keyId: z.string().min(1).max(200),
  tokenAddress: z.url({ protocol: /^https?$/ }).optional(),
  ncipAddress: z.url({ protocol: /^https?$/ }).optional(),
  availabilityAddress: z.url({ protocol: /^https?$/ }).optional(),
  identityAddress: z.url({ protocol: /^https?$/ }).optional(),
  /** What the WSKey may be used for besides circulation; availability alone when left out. */
  scopes: z.array(z.enum(['WMS_Availability', 'SCIM:read_user'])).optional(),
  /** `token`: OAuth 2 client credentials. `hmac`: each call is signed with the WSKey, for keys without tokens. `token` when left out. */
  signIn: z.enum(['token', 'hmac']).optional(),
  /** The key serves several institutions: the token is asked for in the name of this one. */
  context: z.boolean().optional(),
  /** The user OCLC shall take the calls for; most keys need none. Both or neither. */
  principalId: z.string().min(1).max(100).optional(),
  principalNamespace: z.string().min(1).max(100).optional(),
  /** NCIP header, where OCLC gave a library other values than its documents: agency and profile with their schemes. */
  toAgency: z.string().min(1).max(100).optional(),
  agencyScheme: z.string().min(1).max(300).optional(),
  profile: z.string().min(1).max(100).optional(),
  profileScheme: z.string().min(1).max(300).optional(),
  /** NCIP calls a second; 5 when left out. */
  perSecond: z.number().min(0.1).max(50).optional(),
  /** How long an answer is waited for, seconds: to a change (60 when left out) and to a look-up (20). */
  updateSeconds: z.number().int().min(5).max(300).optional(),
  lookupSeconds: z.number().int().min(1).max(120).optional(),
});
export type WmsConnection = Readonly<z.infer<typeof WmsConnection>>;

/** Everything a library sets, without secrets. One JSON file. */
export const Settings = z.object({
  version: z.literal(1),
  /** Undefined while nothing is configured: Carrel then opens on the practice consortium. */
  reshare: ReshareSettings.optional(),
  /** Undefined where the library's own items are not checked in through Carrel. */
  wms: WmsConnection.optional(),
  /** Undefined where the library has no Alma. */
  alma: AlmaConnection.optional(),
  desk: DeskSettings,
  /** The defaults hold where it is left out. */
  retention: Retention.optional(),
  /** Left out until somebody changes it: {@link DEFAULT_LOCK} then. */
  lock: LockSettings.optional(),
  /** Work between two systems; what only needs ReShare and WMS goes without it. */
  twoSystems: TwoSystems.optional(),
});
export type Settings = Readonly<z.infer<typeof Settings>>;

/** Public desks are left alone for a minute or two at a time, seldom for ten. */
export const DEFAULT_LOCK: LockSettings = { afterMinutes: 10 };

export const DEFAULT_SETTINGS: Settings = {
  version: 1,
  desk: {
    name: 'Main desk',
    branch: '',
    steps: {
      receive: 'do',
      returned: 'do',
      'return-shipped': 'do',
      'pull-slip': 'do',
      fill: 'do',
      ship: 'do',
      complete: 'do',
    },
    doubleScanSeconds: 5,
    settleMinutes: 10,
    returnMarginDays: 5,
    holdShelfDays: 7,
    itemPrefixes: [],
    patronPrefixes: ['2'],
    sounds: { accepted: true, attention: true, refused: true, saved: true },
    slips: DEFAULT_SLIP_SETTINGS,
    offline: DEFAULT_OFFLINE,
  },
};

/** A secret by name; values go in and never come out. */
export const SecretName = z.enum(['reshare-password', 'inventory-password', 'wms-secret', 'alma-key', 'relais-key']);
export type SecretName = z.infer<typeof SecretName>;

/**
 * Where a secret is: `kept` protected by the operating system, `session` in memory until Carrel closes (because the
 * computer offers no protected place), `none`, or `rejected` by the server and not sent again until it is typed anew.
 */
export const SecretState = z.enum(['kept', 'session', 'none', 'rejected']);
export type SecretState = z.infer<typeof SecretState>;

/** One line of "Test connection": what was tried, what came of it, and whose job it is when it failed. */
export const CheckLine = z.object({
  what: z.string(),
  outcome: z.enum(['ok', 'failed', 'skipped', 'warning']),
  sentence: z.string(),
  /** Why it failed, where a call did. */
  code: ErrorCode.optional(),
});
export type CheckLine = Readonly<z.infer<typeof CheckLine>>;
