import type { FilePicker } from '../contract/keep.ts';
import type { PROFILE_METHODS, LibraryProfile, ProfilePreview } from '../contract/library-profile.ts';
import type { Handlers } from '../contract/methods.ts';
import { fail, ok, type Failure, type Result } from '../contract/result.ts';
import type { DeskSettings, Settings } from '../contract/settings.ts';
import { applyProfile, changesBetween, checkProfileText, profileOf } from '../settings/library-profile.ts';
import { writeNewFile } from '../settings/new-file.ts';
import type { Profile } from '../settings/profile.ts';
import type { EventStream } from '../shell/event-stream.ts';
import { EXPORT_TROUBLE, fileTrouble } from './keep-words.ts';
import { saving } from './saving.ts';

export interface LibraryProfileParts {
  /** This computer's settings. */
  readonly profile: Profile;
  readonly picker: FilePicker;
  readonly events: EventStream;
  readonly desk: () => DeskSettings;
}

/** The library's settings as one file: taken out, looked at, brought in. */
export function libraryProfileHandlers(parts: LibraryProfileParts): Pick<Handlers, keyof typeof PROFILE_METHODS> {
  const { profile, picker, events } = parts;
  return {
    'profile.export': async ({ library }) => {
      const path = await picker.forSaving('carrel-profile.json');
      if (path === undefined) return ok({});
      const content = `${JSON.stringify(profileOf(profile.state.settings, library), undefined, 2)}\n`;
      try {
        await writeNewFile(path, Buffer.from(content, 'utf8'));
      } catch (error) {
        return fileTrouble(error, EXPORT_TROUBLE);
      }
      return ok({ path });
    },

    'profile.preview': ({ text, desk }) => Promise.resolve(ok(preview(text, desk, profile))),

    'profile.import': async ({ text, desk }) => {
      const checked = usable(text, desk);
      if (!checked.ok) return checked;
      const before = profile.state.settings;
      return saving(async () => {
        const settings = await profile.save((old) => applyProfile(checked.value, desk, old));
        events.publish({ type: 'desk', desk: parts.desk() });
        return { settings, restartNeeded: needsRestart(before, settings) };
      });
    },
  };
}

function preview(text: string, desk: string | undefined, { state }: Profile): ProfilePreview {
  const { profile, findings } = checkProfileText(text);
  const desks = Object.keys(profile?.desks ?? {});
  const known = desk === undefined || desks.includes(desk) ? desk : undefined;
  const next = profile === undefined ? undefined : applyProfile(profile, known, state.settings);
  const all = next === undefined ? [] : changesBetween(state.settings, next);
  const isManaged = (path: string): boolean => state.managed.some((one) => path === one || path.startsWith(`${one}.`));
  return {
    ...(profile === undefined ? {} : { library: profile.library }),
    findings: [...findings],
    desks,
    changes: all.filter(({ path }) => !isManaged(path)),
    managed: state.managed.filter((one) => all.some(({ path }) => path === one || path.startsWith(`${one}.`))),
  };
}

function usable(text: string, desk: string | undefined): Result<LibraryProfile> | Failure {
  const { profile, findings } = checkProfileText(text);
  if (profile === undefined) {
    const first = findings.find(({ level }) => level === 'error');
    return fail('bad-input', first?.sentence ?? 'This profile cannot be used.', { mender: 'library-administrator' });
  }
  if (desk !== undefined && profile.desks?.[desk] === undefined) {
    return fail('bad-input', `The profile names no desk “${desk}”. Choose one of its desks.`, { mender: 'desk' });
  }
  return ok(profile);
}

/** The desk's own settings, the lock's and the retention take hold at once; connections are made at a start. */
function needsRestart(before: Settings, after: Settings): boolean {
  const connections = ({ desk: _desk, lock: _lock, retention: _retention, ...rest }: Settings): unknown => rest;
  return changesBetween(connections(before), connections(after)).length > 0;
}
