import { chmodSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../src-main/contract/settings.ts';
import { policyPath, readPolicy } from '../../src-main/settings/managed.ts';
import { Profile } from '../../src-main/settings/profile.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'carrel-settings-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const now = () => new Date('2026-11-23T09:00:00Z');
const reshare = { okapiUrl: 'https://okapi.example.edu', tenant: 'riverside', username: 'desk' };

describe('the library profile', () => {
  it('is unconfigured, and only then, when there is no file', async () => {
    const profile = await Profile.open(join(folder, 'settings.json'), {}, now);
    expect(profile.state).toMatchObject({ unconfigured: true, managed: [], settings: DEFAULT_SETTINGS });
  });

  it('keeps what was saved', async () => {
    const path = join(folder, 'settings.json');
    await (await Profile.open(path, {}, now)).save((old) => ({ ...old, reshare }));
    const again = await Profile.open(path, {}, now);
    expect(again.state).toMatchObject({ unconfigured: false, settings: { reshare } });
    expect(readdirSync(folder)).toEqual(['settings.json']);
  });

  it.each([
    ['not JSON', '{"version":1,'],
    ['another shape', '{"version":1,"desk":{"name":7}}'],
    ['a later version', '{"version":2}'],
    ['empty', ''],
  ])('sets a file aside that is %s, says so, and does not play training', async (_what, text) => {
    const path = join(folder, 'settings.json');
    writeFileSync(path, text);
    const { state } = await Profile.open(path, {}, now);
    expect(state.unconfigured).toBe(false);
    expect(state.trouble).toMatch(/kept as .*set-aside-2026-11-23/);
    const [aside] = readdirSync(folder);
    expect(readFileSync(join(folder, aside!), 'utf8')).toBe(text);
  });

  it('lets the administrator’s connection win over the user’s', async () => {
    const path = join(folder, 'settings.json');
    const theirs = { ...reshare, tenant: 'theirs' };
    const profile = await Profile.open(path, { reshare: theirs }, now);
    await profile.save((old) => ({ ...old, reshare }));
    expect(profile.state).toMatchObject({ settings: { reshare: theirs }, managed: ['reshare'] });
  });

  it('lets the administrator’s WMS win over the user’s, by itself', async () => {
    const theirs = { registryId: '900001', branch: '900101', hereCodes: ['STK'], branches: [], keyId: 'theirs' };
    const profile = await Profile.open(join(folder, 'settings.json'), { wms: theirs }, now);
    await profile.save((old) => ({ ...old, reshare, wms: { ...theirs, keyId: 'ours' } }));
    expect(profile.state).toMatchObject({ settings: { reshare, wms: theirs }, managed: ['wms'] });
  });

  it('lets the administrator’s Alma win over the user’s', async () => {
    const theirs = { region: 'eu' as const, library: 'THEIRS' };
    const profile = await Profile.open(join(folder, 'settings.json'), { alma: theirs }, now);
    await profile.save((old) => ({ ...old, alma: { ...theirs, library: 'OURS' } }));
    expect(profile.state).toMatchObject({ settings: { alma: theirs }, managed: ['alma'] });
  });
});

describe('managed settings', () => {
  const me = process.getuid?.() ?? 0;

  it('are none where there is no file', async () => {
    expect(await readPolicy(join(folder, 'none.json'), 'linux', me)).toEqual({ policy: {} });
  });

  it('are read from a file that only its owner may write', async () => {
    const path = join(folder, 'managed.json');
    writeFileSync(path, JSON.stringify({ allowWeakSecretStorage: true }), { mode: 0o644 });
    expect(await readPolicy(path, 'linux', me)).toEqual({ policy: { allowWeakSecretStorage: true } });
  });

  it('are refused when others may write them, with a sentence', async () => {
    const path = join(folder, 'managed.json');
    writeFileSync(path, '{}');
    chmodSync(path, 0o666);
    expect(await readPolicy(path, 'linux', me)).toMatchObject({
      policy: {},
      trouble: expect.stringContaining('written by others'),
    });
  });

  it('are refused when another user owns them', async () => {
    const path = join(folder, 'managed.json');
    writeFileSync(path, '{}', { mode: 0o644 });
    expect((await readPolicy(path, 'linux', me + 1)).trouble).toContain('written by others');
  });

  it('are refused through a symbolic link', async () => {
    writeFileSync(join(folder, 'real.json'), '{}', { mode: 0o644 });
    symlinkSync(join(folder, 'real.json'), join(folder, 'link.json'));
    expect((await readPolicy(join(folder, 'link.json'), 'linux', me)).trouble).toContain('cannot be read');
  });

  it.each([
    ['an unknown key', '{"passwort":"x"}'],
    ['not JSON', '{'],
    ['a folder in its place', undefined],
  ])('are not used with %s', async (_what, text) => {
    const path = text === undefined ? folder : join(folder, 'managed.json');
    if (text !== undefined) writeFileSync(path, text, { mode: 0o644 });
    const read = await readPolicy(path, 'linux', me);
    expect(read.policy).toEqual({});
    expect(read.trouble).toContain('not used');
  });

  it('have a place on each platform', () => {
    expect(policyPath('linux', undefined)).toBe('/etc/carrel/managed-settings.json');
    expect(policyPath('win32', 'D:\\Data')).toBe('D:\\Data\\Carrel\\managed-settings.json');
    expect(policyPath('darwin', undefined)).toContain('/Library/Application Support/');
  });
});
