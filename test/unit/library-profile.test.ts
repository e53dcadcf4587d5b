import { readFileSync } from 'node:fs';
import { format } from 'prettier';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { LibraryProfile } from '../../src-main/contract/library-profile.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../src-main/contract/settings.ts';
import {
  applyProfile,
  changesBetween,
  checkProfile,
  checkProfileText,
  profileOf,
} from '../../src-main/settings/library-profile.ts';

/** A library's settings in one file: checked field by field, laid over a computer's settings, taken out again. */

const EXAMPLE = readFileSync(new URL('../../docs/library-profile.example.json', import.meta.url), 'utf8');
const example = () => JSON.parse(EXAMPLE) as Record<string, unknown>;

function good(): LibraryProfile {
  const { profile } = checkProfileText(EXAMPLE);
  if (profile === undefined) throw new Error('the example is no profile');
  return profile;
}

/** The example with one thing different; an undefined value takes the field out. */
function changed(path: string, value: unknown): unknown {
  const whole = example();
  const parts = path.split('.');
  const last = parts.pop() ?? '';
  const group = parts.reduce((at, part) => (at[part] ??= {}) as Record<string, unknown>, whole);
  group[last] = value;
  // JSON has no undefined: the field is gone.
  return JSON.parse(JSON.stringify(whole));
}

test('the published schema is the one Carrel checks by', async () => {
  const schema = z.toJSONSchema(LibraryProfile, { io: 'input' });
  const text = await format(JSON.stringify(schema, undefined, 2), { parser: 'json', printWidth: 120 });
  await expect(text).toMatchFileSnapshot('../../docs/library-profile.schema.json');
});

test('the example is a profile without a mistake', () => {
  expect(checkProfileText(EXAMPLE).findings).toEqual([]);
});

describe('each mistake has a sentence of its own, with its field', () => {
  const cases: readonly (readonly [path: string, value: unknown, says: RegExp])[] = [
    ['library', undefined, /“library” is missing/],
    ['version', 2, /“version” has to be 1/],
    ['reshare.okapiUrl', 'okapi.example.org', /address that begins with https/],
    ['reshare.tenant', 'River Side', /lower-case letters, digits and _ only/],
    ['reshare.username', undefined, /“reshare\.username” is missing/],
    ['wms.registryId', 900001, /has to be text in quotes/],
    ['wms.registryId', 'nine', /digits only/],
    ['wms.branches', {}, /has to be a list/],
    ['wms.branches', [{ code: 'A' }], /“wms\.branches\[1\]\.name” is missing/],
    ['wms.scopes', ['WMS_NCIP'], /“WMS_Availability” or “SCIM:read_user”/],
    ['wms.illBranch', 'Nowhere', /none of the branches/],
    ['alma.region', 'mars', /has to be “na”, “eu”/],
    ['alma.library', 'R S', /no blanks/],
    ['retention', { reduceAfterDays: 90, dropAfterDays: 7 }, /Nothing can be dropped before it is reduced/],
    ['lock.afterMinutes', 'ten', /has to be a number without quotes/],
    ['desk.doubleScanSeconds', 0, /at least 1/],
    ['desk.doubleScanSeconds', 1000, /at most 120/],
    ['desk.steps.receive', 'maybe', /“do” or “offer”/],
    ['desk.steps.dance', 'do', /“desk\.steps\.dance”/],
    ['desk.colour', 'green', /“desk\.colour” is no field Carrel knows/],
    ['colour', 'green', /“colour” is no field Carrel knows/],
    ['reshare.tenent', 'x', /“reshare\.tenent” is no field Carrel knows/],
    ['desks.Music desk.wms.branch', 'music', /digits only/],
    ['wms', undefined, /“Music desk” sets something of WMS/],
    ['alma', undefined, /“Music desk” sets something of Alma/],
  ];
  test.each(cases)('%s = %j', (path, value, says) => {
    const { profile, findings } = checkProfile(changed(path, value));
    expect(profile).toBeUndefined();
    const errors = findings.filter(({ level }) => level === 'error');
    expect(errors).toHaveLength(1);
    expect(errors[0]?.sentence).toMatch(says);
    expect(errors[0]?.path).not.toBe('');
  });

  test.each([
    ['reshare.password', 'hunter2'],
    ['wms.wskeySecret', 'hunter2'],
    ['alma.apiKey', 'hunter2'],
    ['reshare.okapiUrl', 'https://desk:hunter2@okapi.example.org'],
  ])('a secret in %s: it is named, and not repeated', (path, value) => {
    const { profile, findings } = checkProfile(changed(path, value));
    expect(profile).toBeUndefined();
    expect(findings.map((one) => one.path)).toEqual([path]);
    expect(JSON.stringify(findings)).not.toContain('hunter2');
  });

  test.each([
    ['no JSON', '{ "kind": "carrel-library-profile",', /not JSON/],
    ['nothing', '', /not JSON/],
    ['a list', '[]', /no library profile/],
    ['a computer’s settings', JSON.stringify(DEFAULT_SETTINGS), /no library profile/],
  ])('a file that is %s', (_what, text, says) => {
    const { profile, findings } = checkProfileText(text);
    expect(profile).toBeUndefined();
    expect(findings).toMatchObject([{ level: 'error', path: '', sentence: expect.stringMatching(says) }]);
  });

  test('several mistakes have several sentences', () => {
    const { findings } = checkProfile({ kind: 'carrel-library-profile', version: 1, reshare: {}, wms: 7 });
    expect(findings.map(({ path }) => path)).toEqual([
      'library',
      'reshare.okapiUrl',
      'reshare.tenant',
      'reshare.username',
      'wms',
    ]);
  });

  test('half a profile is one, and says what it leaves as it is', () => {
    const { profile, findings } = checkProfile({ kind: 'carrel-library-profile', version: 1, library: 'Half' });
    expect(profile).toBeDefined();
    expect(findings).toMatchObject([{ level: 'notice', path: 'reshare' }]);
  });

  test('a byte order mark, as Windows’ editors write it, is no mistake', () => {
    expect(checkProfileText(`\uFEFF${EXAMPLE}`).findings).toEqual([]);
  });
});

describe('brought in', () => {
  const here: Settings = {
    ...DEFAULT_SETTINGS,
    desk: { ...DEFAULT_SETTINGS.desk, name: 'Old', doubleScanSeconds: 9, holdShelfDays: 30 },
  };

  test('for a desk: the library’s settings, then what is the desk’s own', () => {
    const after = applyProfile(good(), 'Music desk', here);
    expect(after.desk).toMatchObject({ name: 'Music desk', branch: 'Music and Arts Library' });
    expect(after.desk.steps).toEqual({ ...here.desk.steps, fill: 'offer', receive: 'offer' });
    expect(after.wms).toMatchObject({ branch: '900103', hereCodes: ['RVRMUS'], registryId: '900001' });
    expect(after.alma?.scanDesk).toEqual({ library: 'MUSIC', desk: 'CIRC' });
  });

  test('for no desk of its own: name and branch of the computer stay', () => {
    const after = applyProfile(good(), undefined, here);
    expect(after.desk).toMatchObject({ name: 'Old', branch: '' });
    expect(after.wms?.branch).toBe('900101');
  });

  test('what it leaves out stays, also where the settings have a usual value', () => {
    const half = checkProfile({
      kind: 'carrel-library-profile',
      version: 1,
      library: 'Half',
      desk: { settleMinutes: 3 },
    }).profile!;
    const after = applyProfile(half, undefined, here);
    expect(after).toEqual({ ...here, desk: { ...here.desk, settleMinutes: 3 } });
    expect(changesBetween(here, after)).toEqual([{ path: 'desk.settleMinutes', from: '10', to: '3' }]);
  });

  test('what changes is said field by field; a second time nothing does', () => {
    const after = applyProfile(good(), 'Music desk', here);
    const changes = changesBetween(here, after);
    expect(changes).toContainEqual({ path: 'reshare.tenant', to: 'riverside' });
    expect(changes).toContainEqual({ path: 'desk.name', from: 'Old', to: 'Music desk' });
    expect(changes).toContainEqual({
      path: 'wms.branches',
      to: 'RVRSTK = Main Library, RVRMUS = Music and Arts Library',
    });
    expect(changesBetween(after, applyProfile(good(), 'Music desk', after))).toEqual([]);
  });
});

test('taken out and brought in again it changes nothing, and other desks keep their own place', () => {
  const settings = applyProfile(good(), 'Music desk', DEFAULT_SETTINGS);
  const text = JSON.stringify(profileOf(settings, 'Riverside University'));
  const { profile, findings } = checkProfileText(text);
  expect(findings).toEqual([]);
  expect(applyProfile(profile!, 'Music desk', settings)).toEqual(settings);
  const other: Settings = {
    ...DEFAULT_SETTINGS,
    desk: { ...DEFAULT_SETTINGS.desk, name: 'Main', branch: 'Main Library' },
  };
  expect(applyProfile(profile!, undefined, other).desk).toMatchObject({ name: 'Main', branch: 'Main Library' });
});
