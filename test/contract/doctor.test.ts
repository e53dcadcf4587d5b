import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { doctor } from '../../src-main/assembly/doctor.ts';
import type { ReadinessList } from '../../src-main/contract/readiness.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../src-main/contract/settings.ts';
import { EVERY_WORD, library, wmsOf, type Library } from './readiness-library.ts';

/** `npm run doctor` against the practice library: what it prints, its exit status, and what it says of wrong profiles. */

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'carrel-doctor-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function write(name: string, value: unknown): string {
  writeFileSync(join(folder, name), typeof value === 'string' ? value : JSON.stringify(value));
  return name;
}

const SECRETS = { CARREL_RESHARE_PASSWORD: 'practice-administrator', CARREL_INVENTORY_PASSWORD: 'practice-inventory' };

interface Said {
  readonly status: number;
  readonly printed: string;
  readonly complained: string;
}

async function run(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Said> {
  const printed: string[] = [];
  const complained: string[] = [];
  const status = await doctor(args, {
    env,
    cwd: folder,
    print: (text) => printed.push(text),
    complain: (text) => complained.push(text),
    now: () => new Date('2026-11-23T09:00:00Z'),
  });
  return { status, printed: printed.join('\n'), complained: complained.join('\n') };
}

function profileOf({ at, wms }: Library): Settings {
  return {
    ...DEFAULT_SETTINGS,
    reshare: {
      okapiUrl: at.consortium.url,
      tenant: 'riverside',
      username: 'administrator',
      inventoryTenant: 'consortium',
      inventoryUsername: 'inventory',
      openUrlAddress: at.consortium.resolverUrl,
    },
    wms: wmsOf(wms, wms.keys.full.key),
  };
}

describe('the practice library', () => {
  test('is all green: exit status 0, and every line is printed', async () => {
    const at = await library();
    write('library.json', profileOf(at));
    write('readiness.json', { version: 1, words: EVERY_WORD });
    const said = await run(['--profile', 'library.json'], { ...SECRETS, CARREL_WMS_SECRET: at.wms.keys.full.secret });
    expect(said).toMatchObject({ status: 0, complained: '' });
    expect(said.printed).toMatch(/All \d+ lines are green\.$/);
    expect(said.printed).toContain('Confirmed by R. Osei');
    expect(said.printed).not.toContain('[ ]');
    for (const secret of [...Object.values(SECRETS), at.wms.keys.full.secret])
      expect(said.printed).not.toContain(secret);
  });

  test('with one thing missing: exit status 1, the line, and who can mend it; the same as JSON', async () => {
    const at = await library();
    at.practice('setting', { key: 'request_id_prefix', value: 'RVR' });
    write('library.json', profileOf(at));
    write('said.json', { version: 1, words: EVERY_WORD });
    const args = ['--profile', 'library.json', '--confirmations', 'said.json'];
    const env = { ...SECRETS, CARREL_WMS_SECRET: at.wms.keys.full.secret };
    const words = await run(args, env);
    expect(words.status).toBe(1);
    expect(words.printed).toContain('The prefix “RVR” does not end in a dash.');
    expect(words.printed).toContain('Who can mend it: The library administrator. In ReShare’s Settings');
    expect(words.printed).toMatch(/^1 of \d+ lines is open\.$/m);
    const json = await run([...args, '--json'], env);
    const list = JSON.parse(json.printed) as ReadinessList;
    expect(json.status).toBe(1);
    expect(list.lines.filter(({ outcome }) => outcome === 'missing').map(({ id }) => id)).toEqual(['request-prefix']);
  });

  test('confirmations that cannot be read are not counted, and left as they are', async () => {
    const at = await library();
    write('library.json', profileOf(at));
    write('readiness.json', '{ not json');
    const said = await run(['--profile', 'library.json'], { ...SECRETS, CARREL_WMS_SECRET: at.wms.keys.full.secret });
    expect(said.status).toBe(1);
    expect(said.printed).toMatch(/^The file .*readiness\.json is damaged.*not counted\./);
  });

  test('a system that is down is said in a sentence each', async () => {
    const at = await library();
    const profile = profileOf(at);
    await at.at.consortium.stop();
    write('library.json', profile);
    const said = await run(['--profile', 'library.json'], { ...SECRETS, CARREL_WMS_SECRET: at.wms.keys.full.secret });
    expect(said.status).toBe(1);
    expect(said.printed).toContain('ReShare was not reached');
  });
});

describe('a library profile', () => {
  const PROFILE = {
    kind: 'carrel-library-profile',
    version: 1,
    library: 'Riverside',
    reshare: { okapiUrl: 'http://127.0.0.1:9', tenant: 'riverside', username: 'desk' },
    desks: { Music: { desk: { branch: 'Music' } } },
  };

  test('is looked at as one of its desks', async () => {
    write('library.json', PROFILE);
    const said = await run(['--profile', 'library.json', '--desk', 'Music'], SECRETS);
    expect(said).toMatchObject({ status: 1, complained: '' });
    expect(said.printed).toContain('ReShare was not reached');
    const other = await run(['--profile', 'library.json', '--desk', 'Law'], SECRETS);
    expect(other).toMatchObject({ status: 2, printed: '' });
    expect(other.complained).toMatch(/no desk “Law”\. It has: Music/);
  });

  test('with mistakes is refused, a sentence for each', async () => {
    write('library.json', { ...PROFILE, reshare: { okapiUrl: 'okapi', tenant: 'Riverside' }, colour: 'green' });
    const said = await run(['--profile', 'library.json'], SECRETS);
    expect(said).toMatchObject({ status: 2, printed: '' });
    for (const field of ['reshare.okapiUrl', 'reshare.tenant', 'reshare.username', 'colour']) {
      expect(said.complained).toContain(`“${field}”`);
    }
  });
});

describe('a profile that is wrong or half', () => {
  const RESHARE = { okapiUrl: 'http://127.0.0.1:9', tenant: 'riverside', username: 'desk' };
  const cases: readonly (readonly [what: string, profile: unknown, sentence: RegExp])[] = [
    ['is no JSON', '{ "version": 1,', /damaged: it is not JSON/],
    ['is a list', [], /does not fit:\n {2}The profile has to be a group of fields/],
    ['names no ReShare', DEFAULT_SETTINGS, /names no ReShare/],
    [
      'has half a connection',
      { ...DEFAULT_SETTINGS, reshare: { okapiUrl: 'http://127.0.0.1:9' } },
      /“reshare\.tenant” is missing[^]*“reshare\.username” is missing/,
    ],
    [
      'has an address that is none',
      { ...DEFAULT_SETTINGS, reshare: { ...RESHARE, okapiUrl: 'okapi' } },
      /reshare\.okapiUrl/,
    ],
    ['has no desk', { version: 1, reshare: RESHARE }, /does not fit:\n {2}“desk” is missing/],
    ['is of another version', { ...DEFAULT_SETTINGS, version: 2 }, /does not fit:\n {2}“version” has to be 1/],
    [
      'holds a password',
      { ...DEFAULT_SETTINGS, reshare: { ...RESHARE, password: 'hunter2' } },
      /“reshare\.password”.*do not belong/,
    ],
  ];
  test.each(cases)('that %s is refused in a clear sentence', async (_what, profile, sentence) => {
    write('library.json', profile);
    const said = await run(['--profile', 'library.json'], SECRETS);
    expect(said).toMatchObject({ status: 2, printed: '' });
    expect(said.complained).toMatch(sentence);
    expect(said.complained).not.toContain('hunter2');
  });

  test('that is not there, not named, or comes with an option nobody knows', async () => {
    expect((await run(['--profile', 'nowhere.json'])).complained).toMatch(/There is no profile .*nowhere\.json/);
    expect((await run([])).complained).toMatch(/--profile FILE/);
    expect(await run(['--fix'])).toMatchObject({ status: 2 });
  });

  test('without a password in the environment, none is asked for anywhere else', async () => {
    write('library.json', { ...DEFAULT_SETTINGS, reshare: RESHARE });
    expect(await run(['--profile', 'library.json'])).toMatchObject({
      status: 2,
      complained: 'Set CARREL_RESHARE_PASSWORD to the password of ReShare’s account “desk”.',
    });
  });
});

test('the command itself says how it is used', () => {
  const file = join(import.meta.dirname, '..', 'launch', 'run.js');
  const help = spawnSync(process.execPath, [file, 'doctor', '--help'], { encoding: 'utf8' });
  expect(help.status).toBe(0);
  for (const name of ['CARREL_RESHARE_PASSWORD', 'CARREL_INVENTORY_PASSWORD', 'CARREL_WMS_SECRET', 'Exit status'])
    expect(help.stdout).toContain(name);
  const wrong = spawnSync(process.execPath, [file, 'doctor'], { encoding: 'utf8' });
  expect(wrong.status).toBe(2);
});
