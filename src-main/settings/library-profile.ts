import {
  LibraryProfile,
  PROFILE_SECTIONS,
  type DeskPart,
  type ProfileChange,
  type ProfileFinding,
} from '../contract/library-profile.ts';
import type { DeskSettings, Settings } from '../contract/settings.ts';
import { issueSentences, pathText, unknownField } from './profile-words.ts';

/** A profile that was checked: usable where there is no error among its findings. */
export interface CheckedProfile {
  readonly profile?: LibraryProfile;
  readonly findings: readonly ProfileFinding[];
}

/** Checks the text of a profile; each field that is wrong, missing or unknown has a sentence of its own. */
export function checkProfileText(text: string): CheckedProfile {
  let given: unknown;
  try {
    given = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return refused('This file is not JSON, or it is cut short. A comma too many or a quote too few is enough.');
  }
  return checkProfile(given);
}

export function checkProfile(given: unknown): CheckedProfile {
  if (!isProfile(given)) {
    return refused(
      'This is no library profile of Carrel: one begins with "kind": "carrel-library-profile". Settings of a single computer (settings.json) are none.',
    );
  }
  const secrets = secretsIn(given).map((path): ProfileFinding => ({
    level: 'error',
    path,
    sentence: `“${path}” looks like a password or key. None belongs in a profile: take it out, and change it, because others may have read it.`,
  }));
  const parsed = LibraryProfile.safeParse(given);
  const named = new Set(secrets.map(({ path }) => path));
  const errors = (
    parsed.success
      ? unknownFields(given, parsed.data).map((path) => unknownField(path))
      : parsed.error.issues.flatMap((issue) => issueSentences(issue, given))
  )
    .filter(({ path }) => !named.has(path))
    .map((found): ProfileFinding => ({ level: 'error', ...found }));
  const own = parsed.success ? ownFindings(parsed.data) : [];
  const findings = [...secrets, ...errors, ...own];
  const usable = parsed.success && findings.every(({ level }) => level === 'notice');
  return { findings, ...(usable ? { profile: parsed.data } : {}) };
}

/** True of what says that it is one, so that a wrong one is not taken for something else. */
export function isProfile(given: unknown): given is Readonly<Record<string, unknown>> {
  return typeof given === 'object' && given !== null && 'kind' in given && given.kind === 'carrel-library-profile';
}

function refused(sentence: string): CheckedProfile {
  return { findings: [{ level: 'error', path: '', sentence }] };
}

/** Fields that are called like a secret and hold text, and addresses with a password in them, wherever they stand. */
export function secretsIn(value: unknown, path: readonly PropertyKey[] = []): readonly string[] {
  if (typeof value === 'string') return /^https?:\/\/[^/\s]*:[^/\s]*@/i.test(value) ? [pathText(path)] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inside]) => {
    const at = [...path, Array.isArray(value) ? Number(name) : name];
    const called = typeof inside === 'string' && /password|passphrase|secret|api_?key/i.test(name);
    return called ? [pathText(at)] : secretsIn(inside, at);
  });
}

/** Fields that were given and that nobody reads. */
function unknownFields(given: unknown, read: unknown, path: readonly PropertyKey[] = []): readonly string[] {
  if (typeof given !== 'object' || given === null || typeof read !== 'object' || read === null) return [];
  return Object.entries(given).flatMap(([name, inside]) => {
    const at = [...path, Array.isArray(given) ? Number(name) : name];
    if (!(name in read)) return [pathText(at)];
    return unknownFields(inside, (read as Readonly<Record<string, unknown>>)[name], at);
  });
}

/** What fits field by field and yet not together, or is worth knowing. */
function ownFindings({ reshare, wms, alma, desks }: LibraryProfile): readonly ProfileFinding[] {
  const findings: ProfileFinding[] = [];
  const say = (level: ProfileFinding['level'], path: string, sentence: string): void => {
    findings.push({ level, path, sentence });
  };
  if (reshare === undefined) {
    say('notice', 'reshare', 'The profile names no ReShare: what is set on the computer stays.');
  }
  if (wms !== undefined) {
    const known = [...wms.hereCodes, ...wms.branches.flatMap(({ code, name }) => [code, name])];
    const { illBranch } = wms;
    if (illBranch !== undefined && !known.some((one) => one.toLowerCase() === illBranch.toLowerCase())) {
      say('error', 'wms.illBranch', `“wms.illBranch” names “${illBranch}”, which is none of the branches.`);
    }
    if (wms.hereCodes.length === 0) {
      say(
        'notice',
        'wms.hereCodes',
        'No holding code means “here”: every item would be sent away. A desk may set its own.',
      );
    }
  }
  for (const [name, { wms: ownWms, alma: ownAlma }] of Object.entries(desks ?? {})) {
    if (ownWms !== undefined && wms === undefined) {
      say('error', `desks.${name}.wms`, `“${name}” sets something of WMS, and the profile names no WMS.`);
    }
    if (ownAlma !== undefined && alma === undefined) {
      say('error', `desks.${name}.alma`, `“${name}” sets something of Alma, and the profile names no Alma.`);
    }
  }
  if (
    reshare?.okapiUrl.startsWith('http://') === true &&
    !/^http:\/\/(localhost|127\.0\.0\.1)\b/.test(reshare.okapiUrl)
  ) {
    say('notice', 'reshare.okapiUrl', 'The Okapi address begins with http://: passwords would travel unencrypted.');
  }
  return findings;
}

/** The settings of a computer once a profile was brought in for one of its desks, or for a desk it does not name. */
export function applyProfile(profile: LibraryProfile, deskName: string | undefined, current: Settings): Settings {
  const { version: _version, desk, ...sections } = current;
  const given = Object.fromEntries(
    PROFILE_SECTIONS.flatMap((name) => (profile[name] === undefined ? [] : [[name, profile[name]]])),
  ) as Partial<typeof sections>;
  const own = deskName === undefined ? undefined : profile.desks?.[deskName];
  const wms = profile.wms === undefined ? undefined : { ...profile.wms, ...present(own?.wms) };
  const alma = profile.alma === undefined ? undefined : { ...profile.alma, ...present(own?.alma) };
  return {
    version: 1,
    ...sections,
    ...given,
    ...(wms === undefined ? {} : { wms }),
    ...(alma === undefined ? {} : { alma }),
    desk: withPart(withPart(deskName === undefined ? desk : { ...desk, name: deskName }, profile.desk), own?.desk),
  };
}

function withPart(desk: DeskSettings, part: DeskPart | undefined): DeskSettings {
  if (part === undefined) return desk;
  const { steps, sounds, ...rest } = part;
  return {
    ...desk,
    ...present(rest),
    steps: { ...desk.steps, ...present(steps) },
    sounds: { ...desk.sounds, ...present(sounds) },
  };
}

type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function present<T extends object>(given: T | undefined): Present<T> {
  return Object.fromEntries(Object.entries(given ?? {}).filter(([, value]) => value !== undefined)) as Present<T>;
}

/** This computer's settings as a profile: what is the library's, and what is this desk's alone. */
export function profileOf(settings: Settings, library: string): LibraryProfile {
  const { version: _version, desk, ...sections } = settings;
  const { name, branch, ...common } = desk;
  const { wms } = settings;
  const scanDesk = settings.alma?.scanDesk;
  return {
    kind: 'carrel-library-profile',
    version: 1,
    library,
    ...sections,
    desk: common,
    desks: {
      [name.trim() === '' ? 'Desk' : name]: {
        desk: { branch },
        ...(wms === undefined ? {} : { wms: { branch: wms.branch, hereCodes: wms.hereCodes } }),
        ...(scanDesk === undefined ? {} : { alma: { scanDesk } }),
      },
    },
  };
}

/** What is different between two settings, field by field, in the words of the file. */
export function changesBetween(
  before: unknown,
  after: unknown,
  path: readonly PropertyKey[] = [],
): readonly ProfileChange[] {
  if (isGroup(before) || isGroup(after)) {
    const [old, now] = [isGroup(before) ? before : {}, isGroup(after) ? after : {}];
    const names = [...new Set([...Object.keys(old), ...Object.keys(now)])];
    return names.flatMap((name) => changesBetween(old[name], now[name], [...path, name]));
  }
  const [from, to] = [inWords(before), inWords(after)];
  if (from === to) return [];
  return [{ path: pathText(path), ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }];
}

function isGroup(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function inWords(value: unknown): string | undefined {
  if (Array.isArray(value)) {
    return value.map((one) => (isGroup(one) ? Object.values(one).join(' = ') : String(one))).join(', ');
  }
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : undefined;
}
