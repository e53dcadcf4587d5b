import type { Store } from '../../src-main/store/client.ts';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { Keeping, rescueSentence } from '../../src-main/assembly/keeping.ts';
import { DEFAULT_RETENTION, Retention } from '../../src-main/contract/keeping.ts';
import { Profile } from '../../src-main/settings/profile.ts';

const AT = '2026-11-23T12:00:00.000Z';

/** The settings of a new folder, with what an administrator laid down. */
async function profileWith(retention?: Retention): Promise<Profile & { readonly file: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'carrel-keeping-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  const file = join(folder, 'settings.json');
  const policy = retention === undefined ? {} : { retention };
  const profile = await Profile.open(file, policy, () => new Date(AT));
  return Object.assign(profile, { file });
}

function keepingWith(profile: Profile): Keeping {
  const store = {
    journal: {} as Store['journal'],
    journalOpening: { foundVersion: 1, version: 1 },
    damaged: new Promise<void>(() => undefined),
  };
  return new Keeping({ store, profile, events: { publish: () => undefined } });
}

test('the days are saved and hold from then on', async () => {
  const profile = await profileWith();
  const retention = { reduceAfterDays: 3, dropAfterDays: 30 };
  const keeping = keepingWith(profile);
  expect(await keeping.handlers['keeping.saveRetention']({ retention })).toEqual({ ok: true, value: retention });
  expect(profile.state.settings.retention).toEqual(retention);
  expect(JSON.parse(readFileSync(profile.file, 'utf8'))).toMatchObject({ retention });
});

test('days that an administrator has set win and are not changed here', async () => {
  const theirs = { reduceAfterDays: 1, dropAfterDays: 14 };
  const profile = await profileWith(theirs);
  const keeping = keepingWith(profile);
  expect(await keeping.handlers['keeping.saveRetention']({ retention: DEFAULT_RETENTION })).toMatchObject({
    ok: false,
    error: { code: 'refused', mender: 'it' },
  });
  expect(profile.state).toMatchObject({ settings: { retention: theirs }, managed: ['retention'] });
});

test.each([
  [0, 90],
  [366, 400],
  [7, 3651],
  [1.5, 90],
  [8, 7],
])('%s days whole and %s days altogether are out of bounds', (reduceAfterDays, dropAfterDays) => {
  expect(Retention.safeParse({ reduceAfterDays, dropAfterDays }).success).toBe(false);
});

test('a rescue is told with its counts, the place of the damaged file and whose job the rest is', () => {
  const sentence = rescueSentence(
    { at: AT, aside: 'damaged/journal-1.db', backupAt: AT, restored: 30, salvaged: 1, unreadable: 2 },
    'en-GB',
  );
  expect(sentence).toMatch(/was damaged on 23 Nov 2026/);
  expect(sentence).toMatch(/30 records came back from the backup of 23 Nov 2026/);
  expect(sentence).toMatch(/1 record more was read from the damaged file/);
  expect(sentence).toMatch(/2 records could not be read: look for things at this desk that have no line here/);
  expect(sentence).toMatch(/kept as damaged\/journal-1\.db\. Tell IT/);
});

test('a rescue without a sound backup says so, and one that lost nothing says that', () => {
  const sentence = rescueSentence({ at: AT, aside: 'a', restored: 0, salvaged: 5, unreadable: 0 }, 'en-GB');
  expect(sentence).toMatch(/No sound backup was found\. 5 records more were read/);
  expect(sentence).toMatch(/As far as can be told, nothing is missing/);
});

test('damage that is met while the journal is open is told at once, and stays until it is read', async () => {
  const damage = Promise.withResolvers<undefined>();
  const published: unknown[] = [];
  const keeping = new Keeping({
    profile: await profileWith(),
    store: {
      journal: {} as Store['journal'],
      journalOpening: { foundVersion: 1, version: 1 },
      damaged: damage.promise,
    },
    events: { publish: (event) => void published.push(event) },
  });
  expect(keeping.notices).toEqual([]);
  damage.resolve(undefined);
  await damage.promise;
  expect(keeping.notices[0]?.sentence).toMatch(/is damaged\. Close Carrel now and open it again/);
  expect(published).toEqual([{ type: 'keeping', notices: keeping.notices }]);
  expect(await keeping.handlers['keeping.dismiss']({ id: keeping.notices[0]!.id })).toEqual({ ok: true, value: [] });
});
