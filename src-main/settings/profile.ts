import { rename } from 'node:fs/promises';
import { DEFAULT_SETTINGS, Settings } from '../contract/settings.ts';
import type { ManagedPolicy } from './managed.ts';
import { readJson, writeJson } from './json-file.ts';

/** The settings in force, and what an administrator or a damaged file has to say about them. */
export interface ProfileState {
  readonly settings: Settings;
  /** True when there is no configured system at all and nothing was lost: Carrel then opens for training. */
  readonly unconfigured: boolean;
  /** Dotted paths an administrator has set. */
  readonly managed: readonly string[];
  /** Said on screen when the file could not be used; it is then set aside, never overwritten. */
  readonly trouble?: string;
}

function applyPolicy(settings: Settings, policy: ManagedPolicy): { settings: Settings; managed: string[] } {
  const { reshare, wms, alma, retention } = policy;
  return {
    settings: {
      ...settings,
      ...(reshare === undefined ? {} : { reshare }),
      ...(wms === undefined ? {} : { wms }),
      ...(alma === undefined ? {} : { alma }),
      ...(retention === undefined ? {} : { retention }),
    },
    managed: Object.entries({ reshare, wms, alma, retention }).flatMap(([path, set]) =>
      set === undefined ? [] : [path],
    ),
  };
}

/**
 * The library profile: one JSON file without secrets. A file that cannot be understood is set aside under a new name and
 * reported; Carrel then runs unconnected rather than pretending to be in training.
 */
export class Profile {
  readonly #path: string;
  readonly #policy: ManagedPolicy;
  #state: ProfileState;

  private constructor(path: string, policy: ManagedPolicy, state: ProfileState) {
    this.#path = path;
    this.#policy = policy;
    this.#state = state;
  }

  static async open(path: string, policy: ManagedPolicy, now: () => Date): Promise<Profile> {
    const read = await readJson(path);
    let trouble: string | undefined;
    let settings: Settings = DEFAULT_SETTINGS;
    if (read.found) {
      const parsed = Settings.safeParse(read.value);
      if (parsed.success) settings = parsed.data;
      else {
        const issue = parsed.error.issues[0];
        trouble = `The settings do not fit this version of Carrel (${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'unknown'}).`;
      }
    } else if (read.why === 'unreadable') trouble = read.sentence;
    if (trouble !== undefined) {
      const aside = `${path}.set-aside-${now().toISOString().replaceAll(':', '-')}`;
      await rename(path, aside);
      trouble += ` The file was kept as ${aside}. Enter the connection again in Settings, or ask whoever set Carrel up.`;
    }
    const { settings: inForce, managed } = applyPolicy(settings, policy);
    return new Profile(path, policy, {
      settings: inForce,
      unconfigured: inForce.reshare === undefined && trouble === undefined,
      managed,
      ...(trouble === undefined ? {} : { trouble }),
    });
  }

  get state(): ProfileState {
    return this.#state;
  }

  /** Saves and puts in force what was changed; managed values stay as the administrator set them. */
  async save(change: (settings: Settings) => Settings): Promise<Settings> {
    const { settings, managed } = applyPolicy(change(this.#state.settings), this.#policy);
    await writeJson(this.#path, settings);
    this.#state = { settings, managed, unconfigured: settings.reshare === undefined };
    return settings;
  }
}
