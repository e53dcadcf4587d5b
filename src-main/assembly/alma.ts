import type { AlmaConnection } from '../contract/alma-connection.ts';
import type { ALMA_METHODS } from '../contract/alma-methods.ts';
import type { Handlers } from '../contract/methods.ts';
import { ok } from '../contract/result.ts';
import { readJson } from '../settings/json-file.ts';
import type { Profile } from '../settings/profile.ts';
import type { Vault } from '../settings/vault.ts';
import type { LogFile } from '../shell/log-file.ts';
import { createAlma, type AlmaSystem } from '../systems/alma/alma.ts';
import { CallBook, createCallCount } from '../systems/alma/calls.ts';
import { testAlma } from '../systems/alma/probe.ts';
import { logCall } from './call-log.ts';
import { createLateFile } from './late-file.ts';
import type { LightKeeper } from './lights.ts';
import { saving } from './saving.ts';

/** The library's Alma while Carrel is open. */
export interface AlmaAccess {
  /** Undefined where the library has none. */
  readonly system: AlmaSystem | undefined;
  close(): Promise<void>;
}

export interface AlmaOptions {
  readonly settings: AlmaConnection | undefined;
  readonly key: () => Promise<string | undefined>;
  /** Where the day's calls are counted, so that they outlive a restart. */
  readonly path: string;
  readonly log: LogFile;
  readonly light: Pick<LightKeeper, 'report'>;
  readonly now: () => Date;
  readonly mono: () => number;
}

export async function openAlma({ settings, key, path, log, light, now, mono }: AlmaOptions): Promise<AlmaAccess> {
  if (settings === undefined) return { system: undefined, close: () => Promise.resolve() };
  const read = await readJson(path);
  const kept = CallBook.safeParse(read.found ? read.value : undefined);
  const count = createCallCount({
    kept: kept.data,
    now: () => now().getTime(),
    onChange: () => {
      file.changed();
    },
  });
  const file = createLateFile({
    path,
    content: () => count.book,
    onFault: (error) => {
      log.fault('alma-calls', error);
    },
  });
  const system = createAlma({
    connection: settings,
    key,
    count,
    now: () => now().getTime(),
    mono,
    onLine: (line) => logCall(log, line),
    onCall: (report) => {
      light.report(report);
    },
  });
  return {
    system,
    close: async () => {
      await system.close();
      await file.close();
    },
  };
}

export function almaHandlers(parts: {
  readonly alma: AlmaAccess;
  readonly profile: Profile;
  readonly vault: Vault;
}): Pick<Handlers, keyof typeof ALMA_METHODS> {
  const { alma, profile, vault } = parts;
  return {
    'settings.saveAlma': ({ alma: connection, key }) =>
      saving(async () => {
        if (key !== undefined && key !== '') await vault.set('alma-key', key);
        const settings = await profile.save(({ alma: _old, ...rest }) =>
          connection === undefined ? rest : { ...rest, alma: connection },
        );
        return { settings, restartNeeded: true };
      }),

    'settings.testAlma': async ({ alma: connection, key }) => {
      const typed = key === undefined || key === '' ? undefined : key;
      const lines = await testAlma({ connection, key: async () => typed ?? (await vault.get('alma-key')) });
      return ok([...lines]);
    },

    'alma.calls': () => Promise.resolve(ok(alma.system === undefined ? {} : { calls: alma.system.calls() })),
  };
}
