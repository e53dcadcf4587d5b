import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { openStore } from '../../src-main/store/client.ts';
import type { Store, StoreLog } from '../../src-main/store/client.ts';
import { cacheFile, journalFile } from '../../src-main/store/databases.ts';
import { CACHE_MIGRATIONS, JOURNAL_MIGRATIONS } from '../../src-main/store/migrations/index.ts';
import { newFolder } from '../fixtures/store-folder.ts';
import { CONTEXT, scan, view } from '../fixtures/store-records.ts';

const WORKER = new URL('../../src-main/store/worker.ts', import.meta.url);
const stores: Store[] = [];

afterEach(async () => {
  for (const store of stores.splice(0)) await store.close();
});

async function open(directory: string, log: StoreLog = () => undefined): Promise<Store> {
  const store = await openStore({ directory, appVersion: '0.1.0', workerFile: WORKER, log });
  stores.push(store);
  return store;
}

test('both databases answer through their workers, and remember', async () => {
  const folder = newFolder();
  const first = await open(folder);
  expect([first.journalOpening, await first.cacheOpening]).toEqual([
    { foundVersion: 0, version: JOURNAL_MIGRATIONS.length },
    { foundVersion: 0, version: CACHE_MIGRATIONS.length },
  ]);
  const one = scan({ raw: '\0\ud800' });
  expect(await first.journal.append(one)).toEqual({ record: { ...one, seq: 1 }, repeated: false });
  expect(await first.cache.upsertMany([view()])).toBe(1);
  await first.close();
  expect(readdirSync(join(folder, 'backup'))).toHaveLength(1);

  const second = await open(folder);
  expect(second.journalOpening.foundVersion).toBe(JOURNAL_MIGRATIONS.length);
  expect(await second.journal.lineOf(one.scanId)).toMatchObject({ raw: '\0\ud800' });
  expect(await second.journal.recover(CONTEXT)).toEqual([]);
  expect((await second.cache.search('salt', 5)).map(({ id }) => id)).toEqual(['request-1']);
});

test('calls are answered in the order they were made, and errors reach the one who asked', async () => {
  const { journal } = await open(newFolder());
  const order: string[] = [];
  const note = (what: string) => () => order.push(what);
  const bad = { ...scan(), id: 'not a uuid' };
  await Promise.all([
    journal.append(scan()).then(note('1')),
    journal.append(bad).then(note('never'), note('2 refused')),
    journal.appendMany([scan(), scan()]).then(note('3')),
    journal.counts().then((counts) => note(`4 ${counts.records}`)()),
  ]);
  expect(order).toEqual(['1', '2 refused', '3', '4 3']);
});

test('what was asked before closing is answered; what is asked after is refused', async () => {
  const store = await open(newFolder());
  const asked = store.journal.append(scan());
  const closed = store.close();
  await expect(store.journal.counts()).rejects.toMatchObject({ name: 'StoreError', kind: 'closed' });
  await expect(asked).resolves.toMatchObject({ repeated: false });
  await closed;
  await store.close();
});

test('a damaged cache is made anew while the journal stays as it was', async () => {
  const folder = newFolder();
  const first = await open(folder);
  await first.journal.append(scan());
  await first.close();
  writeFileSync(cacheFile(folder), 'not a database at all '.repeat(50));
  const entries: unknown[] = [];
  const second = await open(folder, (entry) => entries.push(entry));
  expect(await second.cacheOpening).toMatchObject({ remade: 'not-a-database' });
  expect(entries).toEqual([{ what: 'cache-remade', detail: 'not-a-database' }]);
  expect(await second.journal.counts()).toEqual({ records: 1, scans: 1 });
});

test('a journal that cannot be opened fails with its kind and is left alone', async () => {
  const folder = newFolder();
  mkdirSync(journalFile(folder));
  await expect(open(folder)).rejects.toMatchObject({ name: 'StoreError', kind: 'io' });
  expect(readdirSync(folder)).toContain('journal.db');
});

test('a damaged journal is set aside and made anew, told without what is in it', async () => {
  const folder = newFolder();
  const first = await open(folder);
  const one = scan();
  await first.journal.append(one);
  await first.close();
  writeFileSync(journalFile(folder), 'not a database at all '.repeat(50));
  const entries: { what: string; detail: string }[] = [];
  const second = await open(folder, (entry) => entries.push(entry));
  expect(second.journalOpening).toMatchObject({
    rescuedFrom: 'not-a-database',
    rescue: { restored: 1, unreadable: 0 },
  });
  expect(await second.journal.lineOf(one.scanId)).toBeDefined();
  expect(entries.map(({ what }) => what)).toEqual(['journal-rescued']);
  expect(entries[0]!.detail).not.toContain('39999000000017');
  await second.journal.dismissRescue();
});

test('scans are taken even when the cache cannot be opened', async () => {
  const folder = newFolder();
  const first = await open(folder);
  await first.close();
  // A folder in the place of the file: nothing that deleting the file would mend.
  rmSync(cacheFile(folder));
  mkdirSync(cacheFile(folder));
  const store = await open(folder);
  await expect(store.cacheOpening).rejects.toMatchObject({ kind: 'io' });
  await expect(store.cache.counts()).rejects.toMatchObject({ kind: 'io' });
  expect(await store.journal.append(scan())).toMatchObject({ repeated: false });
});

test('a worker file that does not exist is a closed store, not a hang', async () => {
  const missing = new URL('./no-such-worker.ts', import.meta.url);
  const opening = openStore({ directory: newFolder(), appVersion: '0', workerFile: missing, log: () => undefined });
  await expect(opening).rejects.toMatchObject({ kind: 'closed' });
});

test('damage that is met while the journal is open is told at once, and mended by the next start', async () => {
  const folder = newFolder();
  const before = await open(folder);
  await before.journal.appendMany(Array.from({ length: 200 }, () => scan({ raw: 'x'.repeat(500) })));
  await before.close();

  const logged: string[] = [];
  const store = await open(folder, ({ what }) => logged.push(what));
  expect(store.journalOpening.checked).toBeUndefined();
  const file = journalFile(folder);
  const bytes = readFileSync(file);
  writeFileSync(file, bytes.fill(0xa5, 4096));
  await expect(store.journal.searchLines({ text: '', limit: 500 })).rejects.toMatchObject({ kind: 'corrupted' });
  await store.damaged;
  expect(logged).toContain('journal-damaged');
  await store.close().catch((error: unknown) => {
    expect(error).toMatchObject({ kind: 'corrupted' });
  });

  const after = await open(folder);
  expect(after.journalOpening).toMatchObject({ rescuedFrom: 'corrupted', rescue: { restored: 200, unreadable: 0 } });
});
