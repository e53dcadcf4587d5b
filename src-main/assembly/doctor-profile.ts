import { DEFAULT_SETTINGS, Settings, type ReshareSettings } from '../contract/settings.ts';
import { readJson } from '../settings/json-file.ts';
import { applyProfile, checkProfile, isProfile, secretsIn } from '../settings/library-profile.ts';
import { issueSentences } from '../settings/profile-words.ts';

/** A reason not to begin, in sentences. */
export class NotBegun extends Error {}

/** Settings that name a ReShare. */
export type ConnectedSettings = Settings & { readonly reshare: ReshareSettings };

/**
 * Reads a library profile, or the settings of one computer.
 * @param desk one of the profile's desks
 * @throws NotBegun with a sentence for each field that is wrong
 */
export async function readProfile(path: string, desk: string | undefined): Promise<ConnectedSettings> {
  const read = await readJson(path);
  if (!read.found) throw new NotBegun(read.why === 'missing' ? `There is no profile ${path}.` : read.sentence);
  const settings = isProfile(read.value) ? ofProfile(path, read.value, desk) : ofComputer(path, read.value);
  const { reshare, ...rest } = settings;
  if (reshare === undefined) {
    throw new NotBegun(`The profile ${path} names no ReShare (reshare, with okapiUrl, tenant and username).`);
  }
  return { ...rest, reshare };
}

function ofProfile(path: string, value: unknown, desk: string | undefined): Settings {
  const { profile, findings } = checkProfile(value);
  if (profile === undefined) {
    const errors = findings.filter(({ level }) => level === 'error').map(({ sentence }) => sentence);
    throw new NotBegun(unfit(path, errors));
  }
  const desks = Object.keys(profile.desks ?? {});
  if (desk !== undefined && !desks.includes(desk)) {
    throw new NotBegun(`The profile ${path} names no desk “${desk}”. It has: ${desks.join(', ') || 'none'}.`);
  }
  return applyProfile(profile, desk, DEFAULT_SETTINGS);
}

function ofComputer(path: string, value: unknown): Settings {
  const [secret] = secretsIn(value);
  if (secret !== undefined) {
    throw new NotBegun(
      `The profile ${path} holds “${secret}”. Passwords do not belong in a profile: take it out, change that password, and give it in the environment (--help names the variables).`,
    );
  }
  const parsed = Settings.safeParse(value);
  if (parsed.success) return parsed.data;
  const sentences = parsed.error.issues
    .flatMap((issue) => issueSentences(issue, value))
    .map(({ sentence }) => sentence);
  throw new NotBegun(unfit(path, sentences));
}

function unfit(path: string, sentences: readonly string[]): string {
  return [`The profile ${path} does not fit:`, ...sentences.map((sentence) => `  ${sentence}`)].join('\n');
}
