import { randomUUID } from 'node:crypto';
import { DEFAULT_PARALLEL, type WmsConnection } from '../contract/settings.ts';
import type { CheckInAnswer, CirculationRules, RoutingAnswer } from '../desk/circulation-types.ts';
import type { CirculationPort } from '../journal/ports.ts';
import { createWms, createWmsHttp } from '../systems/wms/wms.ts';
import { WmsSettings, type WmsSettingsInput } from '../systems/wms/wms-settings.ts';
import type { CheckedIn } from '../systems/wms/circulation-system.ts';
import type { Routing } from '../systems/wms/ncip/blocks/routing.ts';
import { SCHEMES } from '../systems/wms/ncip/hosts.ts';
import type { LogFile } from '../shell/log-file.ts';
import type { RequestView } from '../contract/request.ts';
import type { Result } from '../contract/result.ts';
import type { CallCounter } from '../systems/wms/quota.ts';
import { logCall } from './call-log.ts';
import { holdsThrough, titleThrough, type TitleFacts } from './holds.ts';
import { amountOf, lendingThrough } from './lending.ts';
import { HoldNames } from './hold-names.ts';
import { createItemLook } from './item-look.ts';
import type { LightKeeper } from './lights.ts';

export interface CirculationOptions {
  /** Undefined where the library's own items are not checked in through Carrel. */
  readonly settings: WmsConnection | undefined;
  /** The WSKey's secret, when one is kept. */
  readonly secret: string | undefined;
  /** Keeps the count of the WSKey's calls. */
  readonly counter: CallCounter | undefined;
  /** The requests a label is on, as far as they are known here. Never rejects. */
  readonly requestsOf: (barcode: string) => Promise<readonly RequestView[]>;
  /** WMS checked an item in and says in words what staff do with it. */
  readonly onCheckedIn: (barcode: string, words: string | undefined) => void;
  readonly light: LightKeeper;
  readonly log: LogFile;
  readonly now: () => Date;
  /** Monotonic milliseconds. */
  readonly mono: () => number;
  /** Other times than the settings', milliseconds. */
  readonly timeouts?: WmsTimeouts | undefined;
}

/** How long WMS may take for a change, and for a look. */
export interface WmsTimeouts {
  readonly updateMs: number;
  readonly lookupMs: number;
}

/** Where a hold may be picked up. */
export interface PickupPlace {
  /** As the system names it. */
  readonly id: string;
  readonly name: string;
  /** It is this desk's own branch. */
  readonly here: boolean;
}

/** The library's circulation system as the desk uses it. */
export interface Circulation {
  readonly port: CirculationPort | undefined;
  readonly rules: CirculationRules | undefined;
  /** The copies of a title; undefined where they are not looked up through Carrel. */
  readonly titles?: (oclcNumber: string) => Promise<Result<TitleFacts>>;
  /** Calls of the last 24 hours, and how many are allowed. */
  readonly quota?: () => { readonly used: number; readonly limit: number };
  readonly pickups: readonly PickupPlace[];
  /** For whom an item waits that was checked in a moment ago, for its hold slip; undefined where nothing says so. */
  readonly waiting?: (barcode: string) => Promise<string | undefined>;
  /** A call that changes nothing, to see whether the system answers. */
  probe(): Promise<unknown>;
  close(): Promise<void>;
}

const WITHOUT: Circulation = {
  port: undefined,
  rules: undefined,
  pickups: [],
  probe: () => Promise.resolve(),
  close: () => Promise.resolve(),
};

/** A card nobody has: WMS has no call that only asks, so a probe cancels a hold that does not exist. */
const NOBODY = '0';

export function createCirculation(options: CirculationOptions): Circulation {
  const { settings, secret, light, log } = options;
  if (settings === undefined) return WITHOUT;
  const input = inputOf(settings);
  const { timeouts } = options;
  const wmsSettings = WmsSettings.parse(
    timeouts === undefined ? input : { ...input, ncip: { ...input.ncip, timeouts } },
  );
  const http = createWmsHttp(wmsSettings, { onCall: (line) => logCall(log, line) });
  const wms = http.ok
    ? createWms({
        settings: wmsSettings,
        http: http.value,
        key: () => (secret === undefined ? undefined : { key: settings.keyId, secret }),
        now: () => options.now().getTime(),
        onCall: (report) => light.report(report),
        ...(options.counter === undefined ? {} : { counter: options.counter }),
      })
    : http;
  if (!http.ok || !wms.ok) {
    light.set('down', wms.ok ? 'WMS is not set up rightly.' : wms.error.sentence);
    return WITHOUT;
  }
  const system = wms.value;
  const lending = lendingThrough(system);
  const holds = holdsThrough(system);
  const titles =
    system.modes.title === 'api'
      ? (oclcNumber: string, signal?: AbortSignal) => titleThrough(system, oclcNumber, signal)
      : undefined;
  const look = createItemLook({
    titles,
    requestsOf: options.requestsOf,
    quota: () => system.quota(),
    now: options.now,
    mono: options.mono,
  });
  const names = new HoldNames({
    mono: options.mono,
    ...(system.modes.patron === 'api' ? { lookUp: (card) => system.lookUpPatron(card) } : {}),
  });
  return {
    port: {
      checkIn: async (barcode) => {
        const outcome = await system.checkIn({ barcode });
        if (outcome.outcome !== 'done') return outcome;
        names.checkedIn(barcode, outcome.value.routing);
        options.onCheckedIn(barcode, outcome.value.routing?.text);
        return { outcome: 'done', value: answerOf(outcome.value) };
      },
      ...(lending === undefined ? {} : { lending }),
      ...(holds === undefined ? {} : { holds }),
      look,
    },
    rules: {
      name: 'WMS',
      hereCodes: settings.hereCodes,
      branches: settings.branches,
      ...(settings.illBranch === undefined ? {} : { illBranch: settings.illBranch }),
      lends: lending !== undefined,
    },
    ...(titles === undefined
      ? {}
      : {
          titles: async (oclcNumber: string) => {
            const found = await titles(oclcNumber);
            if (found.ok) look.learn(found.value);
            return found;
          },
        }),
    quota: () => system.quota(),
    pickups: pickupsOf(settings),
    waiting: (barcode) => names.of(barcode),
    probe: () => system.cancelHold({ patron: NOBODY, requestId: randomUUID() }),
    close: async () => {
      const { token, ncip, availability, identity } = http.value;
      await Promise.all([token.close(), ncip.close(), availability.close(), identity.close()]);
    },
  };
}

/** What the desk may know of a check-in: everything but who had it and who waits for it. */
function answerOf({ routing, bill, title }: CheckedIn): CheckInAnswer {
  return {
    ...(routing === undefined ? {} : { routing: routingOf(routing) }),
    ...(bill === undefined ? {} : { bill: amountOf(bill.amount) }),
    ...(title === undefined ? {} : { title }),
  };
}

function routingOf({ kind, raw, requestId, text, destination }: Routing): RoutingAnswer {
  return {
    kind,
    raw,
    ...(requestId === undefined ? {} : { requestId }),
    ...(text === undefined ? {} : { text }),
    ...(destination === undefined
      ? {}
      : {
          destination: {
            ...(destination.holdingCode === undefined ? {} : { holdingCode: destination.holdingCode }),
            ...(destination.shelvingLocation === undefined ? {} : { shelvingLocation: destination.shelvingLocation }),
          },
        }),
  };
}

/** The pickup branches of the settings; without any, this desk's own branch is the only one known. */
function pickupsOf({ branch, branches, hereCodes, pickups }: WmsConnection): readonly PickupPlace[] {
  const named = branches.find(({ code }) => hereCodes.some((here) => here.toLowerCase() === code.toLowerCase()));
  const places = pickups ?? [{ id: branch, name: named?.name ?? 'This branch' }];
  return places.map(({ id, name }) => ({ id, name, here: id === branch }));
}

/** As the WMS client wants it. */
export function inputOf(settings: WmsConnection): WmsSettingsInput {
  const { tokenAddress, availabilityAddress, identityAddress, scopes, callsPerDay } = settings;
  const { signIn, context, principalId: id, principalNamespace: namespace } = settings;
  return {
    registryId: settings.registryId,
    branch: settings.branch,
    ...(tokenAddress === undefined ? {} : { tokenAddress }),
    ...(availabilityAddress === undefined ? {} : { availabilityAddress }),
    ...(identityAddress === undefined ? {} : { identityAddress }),
    ncip: ncipOf(settings),
    ...(signIn === undefined ? {} : { auth: signIn }),
    ...(context === undefined ? {} : { context }),
    ...(id === undefined || namespace === undefined ? {} : { principal: { id, namespace } }),
    ...(callsPerDay === undefined ? {} : { callsPerDay }),
    ...(scopes === undefined ? {} : { scopes: ['WMS_NCIP' as const, ...scopes] }),
  };
}

/** What OCLC's documents have as `ApplicationProfileType` of the staff profile. */
const STAFF_PROFILE = 'Version 2011';

/** What differs from OCLC's staff profile. */
function ncipOf(settings: WmsConnection): NonNullable<WmsSettingsInput['ncip']> {
  const { ncipAddress, parallel, perSecond, updateSeconds, lookupSeconds } = settings;
  const { branch, registryId, toAgency, agencyScheme, profile, profileScheme } = settings;
  const scheme = agencyScheme === undefined ? {} : { scheme: agencyScheme };
  const institution = { agency: { value: registryId, ...scheme } };
  return {
    ...(ncipAddress === undefined ? {} : { address: ncipAddress }),
    ...(agencyScheme === undefined
      ? {}
      : { fromAgency: { value: branch, ...scheme }, itemId: institution, userId: institution, requestId: institution }),
    ...(toAgency === undefined ? {} : { toAgency: { value: toAgency, ...scheme } }),
    ...(profile === undefined && profileScheme === undefined
      ? {}
      : { profile: { value: profile ?? STAFF_PROFILE, scheme: profileScheme ?? SCHEMES.staffProfile } }),
    pace: { concurrent: parallel ?? DEFAULT_PARALLEL.wms, ...(perSecond === undefined ? {} : { perSecond }) },
    timeouts: {
      ...(updateSeconds === undefined ? {} : { updateMs: updateSeconds * 1000 }),
      ...(lookupSeconds === undefined ? {} : { lookupMs: lookupSeconds * 1000 }),
    },
  };
}
