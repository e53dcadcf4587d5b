import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DEFAULT_SETTINGS, type ReshareSettings, type WmsConnection } from '../contract/settings.ts';
import type { DeskRules } from '../desk/types.ts';
import { policyPath, readPolicy } from '../settings/managed.ts';
import { Profile } from '../settings/profile.ts';
import { Sealer } from '../settings/seal.ts';
import { Vault } from '../settings/vault.ts';
import { openStore, type Store } from '../store/client.ts';
import type { BuildOptions } from './build-options.ts';
import { openPractice, PracticePlace, type Practice } from './practice.ts';
import { refusalToStart } from './store-ports.ts';

/** What everything else stands on: the files of this user, and which library they are about. */
export interface Base {
  readonly now: () => Date;
  /** Monotonic milliseconds. */
  readonly mono: () => number;
  readonly profile: Profile;
  /** What is wrong now with the settings or with the administrator's, in sentences. */
  notices(): readonly string[];
  /** Nothing is configured: the library is the practice consortium's. */
  readonly training: boolean;
  /** Where journal and cache lie. */
  readonly directory: string;
  readonly store: Store;
  readonly vault: Vault;
  readonly practice: Practice | undefined;
  readonly sealer: Sealer | undefined;
  readonly desk: () => DeskRules['desk'];
  readonly reshare: ReshareSettings | undefined;
  readonly wms: WmsConnection | undefined;
}

/** Opens settings, journal, cache and secrets, and the practice consortium where nothing is configured. */
export async function openBase(options: BuildOptions): Promise<Base> {
  const { userData, version, log, cipher, programs } = options;
  const { now, mono } = options.clock ?? { now: () => new Date(), mono: () => performance.now() };

  const { policy, trouble: policyTrouble } = await readPolicy(
    policyPath(process.platform, process.env['ProgramData']),
    process.platform,
  );
  const profile = await Profile.open(join(userData, 'settings.json'), policy, now);
  const training = profile.state.unconfigured;
  const directory = training ? join(userData, 'training') : userData;
  mkdirSync(directory, { recursive: true });
  // The practice story begins anew with each start; what an earlier one left in the cache would contradict it.
  if (training)
    for (const name of ['cache.db', 'cache.db-wal', 'cache.db-shm']) rmSync(join(directory, name), { force: true });

  const asked = training ? askedOfPractice() : {};
  const [store, vault, practice] = await Promise.all([
    openStore({
      directory,
      appVersion: version,
      workerFile: join(programs, 'store-worker.cjs'),
      log: (entry) => {
        log.write('info', entry.what, { area: entry.detail, ...(entry.ms === undefined ? {} : { ms: entry.ms }) });
      },
    }).catch((error: unknown) => {
      throw refusalToStart(error);
    }),
    Vault.open({
      path: join(userData, 'secrets.json'),
      cipher,
      platform: process.platform,
      allowWeak: policy.allowWeakSecretStorage === true,
      appVersion: version,
      now,
      session: options.session,
    }),
    training
      ? openPractice(join(programs, 'training-worker.cjs'), PracticePlace.parse(asked), {
          story: 'moving',
          wms: true,
          alma: true,
          relais: true,
          ...asked,
        })
      : Promise.resolve<Practice | undefined>(undefined),
  ]);

  const sealer = await openSealer(vault);
  // In training the desk is called what the practice library calls it, whatever is typed in the settings.
  const desk = (): DeskRules['desk'] =>
    practice === undefined
      ? profile.state.settings.desk
      : { ...profile.state.settings.desk, name: DEFAULT_SETTINGS.desk.name, branch: practice.branch };
  return {
    now,
    mono,
    profile,
    notices: () => [profile.state.trouble, policyTrouble].filter((sentence) => sentence !== undefined),
    training,
    directory,
    store,
    vault,
    practice,
    sealer,
    desk,
    reshare: practice === undefined ? profile.state.settings.reshare : practiceSettings(practice),
    wms: practice === undefined ? profile.state.settings.wms : practice.wms,
  };
}

/**
 * What `CARREL_PRACTICE` asks for, a JSON object: options of the practice consortium, and at which of its desks Carrel
 * stands. People see the story move; a program that plays a fixed one asks for it to stand still.
 */
function askedOfPractice(): object {
  const given: unknown = practiceAsked() ? JSON.parse(process.env['CARREL_PRACTICE'] ?? '') : {};
  return typeof given === 'object' && given !== null ? given : {};
}

/** Somebody wants training, and no set-up: empty counts as not said. */
export function practiceAsked(): boolean {
  return (process.env['CARREL_PRACTICE'] ?? '') !== '';
}

function practiceSettings(practice: Practice): ReshareSettings {
  return { okapiUrl: practice.url, tenant: practice.tenant.id, username: practice.tenant.username };
}

/** A key for fields that name a patron; without a place to keep it such fields are only masked, and not stored whole. */
async function openSealer(vault: Vault): Promise<Sealer | undefined> {
  const kept = await vault.get('journal-key');
  if (kept !== undefined) return new Sealer(kept);
  if (!vault.keeps) return undefined;
  const key = Sealer.newKey();
  await vault.set('journal-key', key);
  return new Sealer(key);
}
