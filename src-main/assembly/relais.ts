import type { Handlers } from '../contract/methods.ts';
import type { TWO_SYSTEMS_METHODS } from '../contract/two-systems-methods.ts';
import type { TwoSystems } from '../contract/two-systems.ts';
import type { Profile } from '../settings/profile.ts';
import type { Vault } from '../settings/vault.ts';
import type { LogFile } from '../shell/log-file.ts';
import { createRelais, type Relais } from '../systems/relais/relais.ts';
import { logCall } from './call-log.ts';
import type { LightKeeper } from './lights.ts';
import { saving } from './saving.ts';

/** Saving what is set for work in two systems, with Relais' key. */
export function twoSystemsHandlers({
  profile,
  vault,
}: {
  readonly profile: Profile;
  readonly vault: Vault;
}): Pick<Handlers, keyof typeof TWO_SYSTEMS_METHODS> {
  return {
    'settings.saveTwoSystems': ({ twoSystems, relaisKey }) =>
      saving(async () => {
        if (relaisKey !== undefined && relaisKey !== '') await vault.set('relais-key', relaisKey);
        const settings = await profile.save(({ twoSystems: _old, ...rest }) =>
          twoSystems === undefined ? rest : { ...rest, twoSystems },
        );
        return { settings, restartNeeded: true };
      }),
  };
}

export interface RelaisAccess {
  /** Undefined where the library looks in Relais D2D itself. */
  readonly system: Relais | undefined;
  close(): Promise<void>;
}

/** Relais D2D as far as Carrel may look: off until the library gives the address of the web service and its key. */
export function openRelais(options: {
  readonly settings: TwoSystems['relais'];
  readonly key: () => Promise<string | undefined>;
  readonly log: LogFile;
  readonly light: Pick<LightKeeper, 'report'>;
  readonly now: () => Date;
}): RelaisAccess {
  const { settings, key, log, light, now } = options;
  if (settings?.serviceUrl === undefined) return { system: undefined, close: () => Promise.resolve() };
  const system = createRelais({
    address: settings.serviceUrl,
    symbol: settings.symbol,
    partnership: settings.partnership,
    key,
    onCall: (line) => logCall(log, line),
    onReport: (report) => {
      light.report(report);
    },
    now: () => now().getTime(),
  });
  return { system, close: () => system.close() };
}
