import type { WmsConnection } from '../contract/settings.ts';
import type { CheckInAnswer, CirculationRules, RoutingAnswer } from '../desk/circulation-types.ts';
import type { CirculationPort } from '../journal/ports.ts';
import { createWms, createWmsHttp } from '../systems/wms/wms.ts';
import { WmsSettings, type WmsSettingsInput } from '../systems/wms/wms-settings.ts';
import type { CheckedIn } from '../systems/wms/circulation-system.ts';
import type { Routing } from '../systems/wms/ncip/blocks/routing.ts';
import type { LogFile } from '../shell/log-file.ts';
import { logCall } from './call-log.ts';
import { amountOf, lendingThrough } from './lending.ts';
import type { LightKeeper } from './lights.ts';

export interface CirculationOptions {
  /** Undefined where the library's own items are not checked in through Carrel. */
  readonly settings: WmsConnection | undefined;
  /** The WSKey's secret, when one is kept. */
  readonly secret: string | undefined;
  readonly light: LightKeeper;
  readonly log: LogFile;
  readonly now: () => Date;
}

/** The library's circulation system as the desk uses it. */
export interface Circulation {
  readonly port: CirculationPort | undefined;
  readonly rules: CirculationRules | undefined;
  close(): Promise<void>;
}

const WITHOUT: Circulation = { port: undefined, rules: undefined, close: () => Promise.resolve() };

export function createCirculation(options: CirculationOptions): Circulation {
  const { settings, secret, light, log } = options;
  if (settings === undefined) return WITHOUT;
  const wmsSettings = WmsSettings.parse(inputOf(settings));
  const http = createWmsHttp(wmsSettings, { onCall: (line) => logCall(log, line) });
  const wms = http.ok
    ? createWms({
        settings: wmsSettings,
        http: http.value,
        key: () => (secret === undefined ? undefined : { key: settings.keyId, secret }),
        now: () => options.now().getTime(),
        onCall: (report) => light.report(report),
      })
    : http;
  if (!http.ok || !wms.ok) {
    light.set('down', wms.ok ? 'WMS is not set up rightly.' : wms.error.sentence);
    return WITHOUT;
  }
  const system = wms.value;
  const lending = lendingThrough(system);
  return {
    port: {
      checkIn: async (barcode) => {
        const outcome = await system.checkIn({ barcode });
        return outcome.outcome === 'done' ? { outcome: 'done', value: answerOf(outcome.value) } : outcome;
      },
      ...(lending === undefined ? {} : { lending }),
    },
    rules: {
      name: 'WMS',
      hereCodes: settings.hereCodes,
      branches: settings.branches,
      ...(settings.illBranch === undefined ? {} : { illBranch: settings.illBranch }),
      lends: lending !== undefined,
    },
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

function routingOf({ kind, raw, text, destination }: Routing): RoutingAnswer {
  return {
    kind,
    raw,
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

/** As the WMS client wants it. */
export function inputOf(settings: WmsConnection): WmsSettingsInput {
  const { tokenAddress, availabilityAddress, identityAddress, ncipAddress, scopes } = settings;
  return {
    registryId: settings.registryId,
    branch: settings.branch,
    ...(tokenAddress === undefined ? {} : { tokenAddress }),
    ...(availabilityAddress === undefined ? {} : { availabilityAddress }),
    ...(identityAddress === undefined ? {} : { identityAddress }),
    ...(ncipAddress === undefined ? {} : { ncip: { address: ncipAddress } }),
    ...(scopes === undefined ? {} : { scopes: ['WMS_NCIP' as const, ...scopes] }),
  };
}
