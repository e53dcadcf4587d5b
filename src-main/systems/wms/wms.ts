import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { createHttpClient, type HttpClient, type HttpClientOptions } from '../http/client.ts';
import { createHmacAuthorizer } from './auth/hmac.ts';
import type { Authorizer, OclcKey } from './auth/key.ts';
import { createTokenAuthorizer } from './auth/tokens.ts';
import { createAvailability } from './availability/client.ts';
import { AVAILABILITY_MAX_BYTES } from './availability/read.ts';
import { ok, type CallReport, type Result } from './base.ts';
import { createNcipCirculation } from './circulation.ts';
import type { CapabilityModes, CirculationSystem, PatronView } from './circulation-system.ts';
import { defined } from './defined.ts';
import { createIdentity } from './identity/client.ts';
import type { ScimPatron } from './identity/read.ts';
import { notByApi, notOffered } from './modes.ts';
import { createNcipClient, type NcipSecrets } from './ncip/client.ts';
import type { NcipHostSettings } from './ncip/host-settings.ts';
import { resolveHost, SCHEMES, type NcipHost } from './ncip/hosts.ts';
import { createPacer } from '../http/pace.ts';
import { createMemoryCounter, createQuota, type CallCounter } from './quota.ts';
import type { WmsSettings } from './wms-settings.ts';

/** One HTTP client for each of OCLC's services; each made for the origin of its address. */
export interface WmsHttp {
  readonly token: HttpClient;
  readonly ncip: HttpClient;
  readonly availability: HttpClient;
  readonly identity: HttpClient;
}

/** Everything from outside that time and chance bring in. */
export interface Surroundings {
  /** Wall clock, epoch milliseconds. */
  readonly now: () => number;
  /** Monotonic clock, milliseconds. */
  readonly mono?: () => number;
  readonly sleep?: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** From 0 up to 1. */
  readonly random?: () => number;
  /** For HMAC: new text for each call. */
  readonly nonce?: () => string;
  /** Feeds the system's light. */
  readonly onCall?: (report: CallReport) => void;
}

export interface WmsParts extends Surroundings {
  readonly settings: WmsSettings;
  readonly http: WmsHttp;
  /** The library's WSKey; undefined while none was entered. Asked for with every use, so a new one counts at once. */
  readonly key: () => OclcKey | undefined;
  /** Keeps the count of calls over a restart; in memory when left out. */
  readonly counter?: CallCounter;
}

/** WMS, with what its key has used up. */
export interface Wms extends CirculationSystem {
  quota(): { readonly used: number; readonly limit: number };
}

/** What WMS's staff profile and the services beside it offer; renewals and single items are not among it. */
function modesOf(settings: WmsSettings): CapabilityModes {
  const ncip = settings.scopes.includes('WMS_NCIP') ? 'api' : 'guided';
  return {
    'check-in': ncip,
    'check-out': ncip,
    hold: ncip,
    'cancel-hold': ncip,
    renew: 'guided',
    item: 'none',
    title: settings.scopes.includes('WMS_Availability') ? 'api' : 'none',
    patron: settings.scopes.includes('SCIM:read_user') ? 'api' : 'none',
    ...defined(settings.modes),
  };
}

/** The NCIP host behind the settings: OCLC's staff profile, acting for the desk's branch. */
export function wmsHost(settings: WmsSettings): Result<NcipHost> {
  const institution = { value: settings.registryId, scheme: SCHEMES.staffAgency };
  const host = resolveHost({
    kind: 'wms-staff',
    fromAgency: { value: settings.branch },
    itemId: { agency: institution },
    userId: { agency: institution },
    requestId: { agency: institution },
    auth: settings.auth === 'token' ? 'oclc-token' : 'oclc-hmac',
    ...settings.ncip,
  });
  if (!host.ok || settings.principal === undefined || settings.auth === 'hmac') return host;
  // With a token the principal goes into the query; a signature carries it in its header.
  const address = new URL(host.value.address);
  address.searchParams.set('principalID', settings.principal.id);
  address.searchParams.set('principalIDNS', settings.principal.namespace);
  return ok({ ...host.value, address: address.href });
}

/** Where patrons are looked up. */
export function identityAddress(settings: WmsSettings): string {
  return settings.identityAddress ?? `https://${settings.registryId}.share.worldcat.org/idaas/scim/v2/Users/.search`;
}

/** The four clients with the time-outs and limits of the settings. Close them with their owner. */
export function createWmsHttp(
  settings: WmsSettings,
  options: Pick<HttpClientOptions, 'onCall'> & { readonly ca?: string } = {},
): Result<WmsHttp> {
  const host = wmsHost(settings);
  if (!host.ok) return host;
  const own = (address: string, maxResponseBytes: number): HttpClient =>
    createHttpClient(new URL(address).origin, {
      settings: {
        connectTimeoutMs: host.value.connectMs,
        headersTimeoutMs: host.value.lookupMs,
        maxResponseBytes,
        ...(options.ca === undefined ? {} : { ca: options.ca }),
      },
      ...(options.onCall === undefined ? {} : { onCall: options.onCall }),
    });
  return ok({
    token: own(settings.tokenAddress, 64 * 1024),
    ncip: own(host.value.address, host.value.maxBytes),
    availability: own(settings.availabilityAddress, AVAILABILITY_MAX_BYTES),
    identity: own(identityAddress(settings), 1024 * 1024),
  });
}

/** WMS as a circulation system: NCIP in the staff profile, Availability for titles, SCIM for patrons. */
export function createWms(parts: WmsParts): Result<Wms> {
  const { settings, now } = parts;
  const mono = parts.mono ?? (() => performance.now());
  const host = wmsHost(settings);
  if (!host.ok) return host;
  const quota = createQuota({ limit: settings.callsPerDay, counter: parts.counter ?? createMemoryCounter(), now });
  const authorizer = authorizerOf(parts, quota.counting(parts.http.token), mono);
  const modes = modesOf(settings);
  const ncip = createNcipCirculation({
    modes,
    client: createNcipClient(
      defined({
        host: host.value,
        http: quota.counting(parts.http.ncip),
        authorizer,
        pacer: pacerOf(host.value, parts, mono),
        now,
        onCall: parts.onCall,
      }),
    ),
  });
  const availability = createAvailability({
    http: quota.counting(parts.http.availability),
    address: settings.availabilityAddress,
    registryId: settings.registryId,
    group: settings.groupAvailability,
    authorizer,
    quota,
    now,
  });
  const identity = createIdentity({
    http: quota.counting(parts.http.identity),
    address: identityAddress(settings),
    authorizer,
    quota,
  });
  return ok({
    ...ncip,
    async titleAvailability(titleNumber, signal) {
      return notByApi(ncip.name, modes, 'title') ?? (await availability.byOclcNumber(titleNumber, signal));
    },
    async lookUpPatron(barcode, signal) {
      const refusal = notByApi(ncip.name, modes, 'patron');
      if (refusal !== undefined) return refusal;
      const found = await identity.byBarcode(barcode, signal);
      return found.ok ? ok(found.value === undefined ? undefined : viewOf(barcode, found.value)) : found;
    },
    quota: () => ({ used: quota.used(), limit: quota.limit }),
  });
}

/** Any NCIP 2 host over HTTP that is no OCLC service, as a circulation system. */
export function createNcipHost(
  parts: Surroundings & {
    readonly settings: NcipHostSettings;
    /** For the origin of the address. */
    readonly http: HttpClient;
    readonly secrets?: () => NcipSecrets;
    /** What the library uses; everything a host may offer when left out. Titles are never asked for. */
    readonly modes?: Partial<Omit<CapabilityModes, 'title'>>;
    /** For hosts that want OCLC's sign-in, such as WMS resource sharing. */
    readonly authorizer?: Authorizer;
  },
): Result<CirculationSystem> {
  const host = resolveHost(parts.settings);
  if (!host.ok) return host;
  const mono = parts.mono ?? (() => performance.now());
  const api = 'api' as const;
  const name = host.value.name;
  return ok({
    ...createNcipCirculation({
      modes: {
        'check-in': api,
        'check-out': api,
        hold: api,
        'cancel-hold': api,
        renew: api,
        item: api,
        patron: api,
        ...parts.modes,
        title: 'none',
      },
      client: createNcipClient(
        defined({
          host: host.value,
          http: parts.http,
          authorizer: parts.authorizer,
          secrets: parts.secrets,
          pacer: pacerOf(host.value, parts, mono),
          now: parts.now,
          onCall: parts.onCall,
        }),
      ),
    }),
    titleAvailability: () => Promise.resolve(notOffered(name, 'none', 'title')),
  });
}

function authorizerOf(parts: WmsParts, http: HttpClient, mono: () => number): Authorizer {
  const { settings } = parts;
  return settings.auth === 'hmac'
    ? createHmacAuthorizer(
        defined({
          key: parts.key,
          principal: settings.principal,
          now: parts.now,
          nonce: parts.nonce ?? (() => randomBytes(4).toString('hex')),
        }),
      )
    : createTokenAuthorizer(
        defined({
          http,
          path: new URL(settings.tokenAddress).pathname,
          key: parts.key,
          scopes: settings.scopes,
          context: settings.context ? settings.registryId : undefined,
          mono,
        }),
      );
}

function pacerOf(host: NcipHost, around: Surroundings, mono: () => number) {
  return createPacer({
    concurrent: host.concurrent,
    perSecond: host.perSecond,
    mono,
    random: around.random ?? Math.random,
    sleep: around.sleep ?? sleep,
  });
}

async function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  try {
    await delay(ms, undefined, signal === undefined ? {} : { signal });
  } catch (error) {
    // The signal ended it; whoever waited looks at the signal.
    if (signal?.aborted !== true) throw error;
  }
}

function viewOf(barcode: string, patron: ScimPatron): PatronView {
  const blocks = [
    ...(patron.circulationBlocked === true ? ['Circulation'] : []),
    ...(patron.illBlocked === true ? ['Interlibrary loan'] : []),
  ];
  return defined({
    barcode: patron.barcode ?? barcode,
    id: patron.id,
    name: patron.name,
    email: patron.email,
    category: patron.category,
    homeBranch: patron.homeBranch,
    expires: patron.expires,
    blocked: patron.circulationBlocked,
    blocks,
    illBlocked: patron.illBlocked,
  });
}
