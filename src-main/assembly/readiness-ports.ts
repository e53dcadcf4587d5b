import { ok, type ErrorCode, type Result } from '../contract/result.ts';
import type { CheckLine, PickupName, WmsConnection } from '../contract/settings.ts';
import type { KeyUse, KeyUses, LendingAccount, ReadinessPorts } from '../readiness/ports.ts';
import { ownPermissions } from '../systems/okapi/probe.ts';
import { createHttpClient } from '../systems/http/client.ts';
import { reservoirAnswers } from '../systems/inventory/reservoir-sru.ts';
import { createOkapiSession, type OkapiSession } from '../systems/okapi/session.ts';
import { resolverKnows } from '../systems/openurl/resolver.ts';
import { createApi } from '../systems/reshare/api.ts';
import { backendSentence, detectBackend } from '../systems/reshare/backend.ts';
import { readManagedEntries, readSetUp } from '../systems/reshare/set-up.ts';
import { testWms } from '../systems/wms/probe.ts';
import { createWms, createWmsHttp } from '../systems/wms/wms.ts';
import { WmsSettings } from '../systems/wms/wms-settings.ts';
import { inputOf } from './circulation.ts';

/** The library's WMS as far as readiness needs it. */
export interface WmsAccess {
  readonly settings: WmsConnection;
  readonly secret: () => Promise<string | undefined>;
  /** OCLC does not know the key or its secret. */
  readonly onRejected: () => void;
}

/** The systems a library has; one that is not set up is left out. */
export interface ReadinessSystems {
  readonly reshare?: OkapiSession;
  readonly inventory?: InventoryAccess;
  readonly wms?: WmsAccess;
  readonly openUrlAddress?: string;
  readonly pickupNames?: readonly PickupName[];
}

/** The Shared Inventory's own tenant and account. Reservoir needs the tenant alone. */
export interface InventoryAccess {
  readonly kind: 'folio-graphql' | 'reservoir-sru';
  readonly okapiUrl: string;
  readonly tenant: string;
  readonly username: string;
  readonly password: () => Promise<string | undefined>;
  /** The password was refused before: it is not sent again. */
  readonly rejected: () => boolean;
  readonly onRejected: () => void;
}

/** Readiness looks through the real clients; they only read. */
export function readinessPorts(systems: ReadinessSystems): ReadinessPorts {
  const { reshare, inventory, wms, openUrlAddress, pickupNames } = systems;
  return {
    ...(pickupNames === undefined ? {} : { pickupNames }),
    ...(reshare === undefined ? {} : { reshare: resharePort(reshare) }),
    ...(inventory === undefined ? {} : { inventory: { logIn: () => logInto(inventory) } }),
    ...(wms === undefined ? {} : { wms: wmsPort(wms) }),
    ...(openUrlAddress === undefined
      ? {}
      : { openUrl: { knows: (symbol) => knownToResolver(openUrlAddress, symbol) } }),
  };
}

async function logInto({ okapiUrl, rejected, kind, ...account }: InventoryAccess): Promise<Result<unknown>> {
  const http = createHttpClient(okapiUrl);
  try {
    // It is open to everybody, so that there is nothing to log in to.
    if (kind === 'reservoir-sru') return await reservoirAnswers(http, account.tenant);
    const session = createOkapiSession({ http, system: 'the Shared Inventory', rejected: rejected(), ...account });
    const entered = await session.ensure();
    await session.logout();
    return entered;
  } finally {
    await http.close();
  }
}

async function knownToResolver(address: string, symbol: string): Promise<Result<boolean>> {
  const http = createHttpClient(address);
  try {
    return await resolverKnows(http, symbol);
  } finally {
    await http.close();
  }
}

function resharePort(session: OkapiSession): NonNullable<ReadinessPorts['reshare']> {
  const api = createApi({ session });
  return {
    logIn: () => session.ensure(),
    backend: async () => {
      const detected = await detectBackend(session);
      if (!detected.ok) return detected;
      return ok({ kind: detected.value.kind, sentence: backendSentence(detected.value) });
    },
    permissions: () => ownPermissions(session),
    settings: (section, keys) => readSetUp(api, section, keys),
    directory: () => readManagedEntries(api),
  };
}

function wmsPort({ settings, secret, onRejected }: WmsAccess): NonNullable<ReadinessPorts['wms']> {
  const whole = WmsSettings.parse(inputOf(settings));
  const key = async () => {
    const kept = await secret();
    return kept === undefined ? undefined : { key: settings.keyId, secret: kept };
  };
  return {
    keyUses: async () => usesOf(await testWms({ settings: whole, key: await key(), onRejected })),
    account: async (barcode) => {
      const kept = await key();
      // OCLC refuses who asks for more than the key may do, so only the one scope is asked for.
      return lookUpAccount({ ...whole, scopes: ['SCIM:read_user'] }, kept, barcode);
    },
  };
}

async function lookUpAccount(
  settings: WmsSettings,
  key: { readonly key: string; readonly secret: string } | undefined,
  barcode: string,
): Promise<Result<LendingAccount | undefined>> {
  const http = createWmsHttp(settings);
  if (!http.ok) return http;
  try {
    const wms = createWms({ settings, http: http.value, key: () => key, now: Date.now });
    if (!wms.ok) return wms;
    const found = await wms.value.lookUpPatron(barcode);
    if (!found.ok) return found;
    if (found.value === undefined) return ok(undefined);
    const { category, homeBranch, blocked } = found.value;
    return ok({
      blocked: blocked === true,
      ...(category === undefined ? {} : { patronType: category }),
      ...(homeBranch === undefined ? {} : { homeBranch }),
    });
  } finally {
    const { token, ncip, availability, identity } = http.value;
    await Promise.all([token, ncip, availability, identity].map((client) => client.close()));
  }
}

/** The lines of "Test WMS", by what they are about. */
function usesOf(lines: readonly CheckLine[]): KeyUses {
  const use = (what: string): KeyUse | undefined => {
    const line = lines.find((one) => one.what === what);
    return line === undefined ? undefined : { outcome: outcomeOf(line), sentence: line.sentence };
  };
  const [circulation, copies, patrons] = [use('Circulation'), use('Copies'), use('Patron look-up')];
  const addresses = use('Addresses');
  return {
    key: use('WSKey') ?? addresses ?? { outcome: 'fails', sentence: 'OCLC was not asked about the WSKey.' },
    ...(circulation === undefined ? {} : { WMS_NCIP: circulation }),
    ...(copies === undefined ? {} : { WMS_Availability: copies }),
    ...(patrons === undefined ? {} : { 'SCIM:read_user': patrons }),
  };
}

/** Failures that say nothing about the key: the answer did not come, or was none. */
const NO_ANSWER: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'not-sent',
  'unknown-outcome',
  'unreadable-answer',
  'internal',
]);

/** A service that answers, and says no to a test that means nothing, works. */
function outcomeOf({ outcome, code }: CheckLine): KeyUse['outcome'] {
  switch (outcome) {
    case 'ok':
    case 'warning':
      return 'works';
    case 'skipped':
      return 'unused';
    case 'failed':
      return code !== undefined && NO_ANSWER.has(code) ? 'unreached' : 'fails';
  }
}
