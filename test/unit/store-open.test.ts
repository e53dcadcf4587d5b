import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { WritableDb } from '../../src-main/store/db.ts';
import { cacheFile, journalFile, openCache, openJournal } from '../../src-main/store/databases.ts';
import { JournalStore } from '../../src-main/store/journal-store.ts';
import { CACHE_MIGRATIONS, JOURNAL_MIGRATIONS } from '../../src-main/store/migrations/index.ts';
import { APPLICATION_IDS } from '../../src-main/store/open.ts';
import { applyPragmas } from '../../src-main/store/pragmas.ts';
import { openSqlite } from '../../src-main/store/sqlite.ts';
import { newFolder } from '../fixtures/store-folder.ts';
import { scan } from '../fixtures/store-records.ts';
import { newCache, newJournal, openJournalDb } from '../fixtures/store-stores.ts';

const OPTIONS = { appVersion: '0.1.0', now: '2026-11-23T08:00:00.000Z' };
const NOW_AT = JOURNAL_MIGRATIONS.length;
const CACHE_AT = CACHE_MIGRATIONS.length;
const NEXT = { version: NOW_AT + 1, name: 'next-note', sql: 'ALTER TABLE line ADD COLUMN note TEXT;' };

const sha256 = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex');

test('the journal syncs every commit, and both files have their settings', async () => {
  const { db: journal } = await newJournal();
  const { db: cache } = await newCache();
  const read = (db: WritableDb) =>
    Object.fromEntries(
      ['journal_mode', 'synchronous', 'foreign_keys', 'busy_timeout', 'temp_store', 'trusted_schema', 'cell_size_check']
        .concat('wal_autocheckpoint', 'application_id', 'user_version')
        .map((name) => [name, db.pragma(name)]),
    );
  const common = {
    journal_mode: 'wal',
    foreign_keys: 1,
    busy_timeout: 5000,
    temp_store: 2,
    trusted_schema: 0,
    cell_size_check: 1,
    wal_autocheckpoint: 4000,
  };
  expect(read(journal)).toEqual({
    ...common,
    synchronous: 2,
    user_version: NOW_AT,
    application_id: APPLICATION_IDS.journal,
  });
  expect(read(cache)).toEqual({
    ...common,
    synchronous: 1,
    user_version: CACHE_AT,
    application_id: APPLICATION_IDS.cache,
  });
});

test('on a Mac the drive itself is told to write, at every commit of the journal', async () => {
  const { db: journal } = await newJournal();
  const { db: cache } = await newCache();
  applyPragmas(journal, 'journal', 'darwin');
  applyPragmas(cache, 'cache', 'darwin');
  expect([journal.pragma('fullfsync'), journal.pragma('checkpoint_fullfsync')]).toEqual([1, 1]);
  expect([cache.pragma('fullfsync'), cache.pragma('checkpoint_fullfsync')]).toEqual([0, 1]);
});

test('a setting that does not take hold is an error', () => {
  const stubborn = openSqlite(':memory:', { busyTimeoutMs: 0 });
  expect(() => applyPragmas(stubborn, 'journal')).toThrow(/journal_mode = wal did not take hold: it reads memory/);
  stubborn.close();
});

test('what only reads cannot be made to write', async () => {
  const { db } = await newJournal();
  expect(() => db.read("INSERT INTO schema_log VALUES (9, '', '', '')")).toThrow(/Not a reading statement/);
  expect(() => db.write('SELECT 1')).toThrow(/Not a writing statement/);
});

test('a slow statement is told by its text, never by its values', () => {
  const told: unknown[] = [];
  const db = openSqlite(':memory:', { busyTimeoutMs: 0, onSlow: (statement) => told.push(statement) });
  const sql = `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?) SELECT count(*) AS c FROM n`;
  db.read(sql).get(10);
  expect(told).toEqual([]);
  db.read(sql).get(3_000_000);
  expect(told).toEqual([{ sql, ms: expect.any(Number) }]);
  expect(JSON.stringify(told)).not.toContain('3000000');
  db.close();
});

test('the history of the schema is written down', async () => {
  const { db } = await newJournal();
  expect(db.read('SELECT version, app_version, at, length(sha256) AS digits FROM schema_log').all()).toEqual([
    ...JOURNAL_MIGRATIONS.map(({ version }) => ({ version, app_version: '0.1.0', at: OPTIONS.now, digits: 64 })),
  ]);
});

test('before a schema changes, the file is backed up', async () => {
  const folder = newFolder();
  const { journal } = await openJournal({ ...OPTIONS, directory: folder });
  journal.append(scan());
  await journal.close('2026-11-23T08:00:01.000Z');
  const { db, report } = await openJournalDb(folder, [...JOURNAL_MIGRATIONS, NEXT]);
  expect(report).toMatchObject({ foundVersion: NOW_AT, version: NOW_AT + 1 });
  expect(report.backup).toMatch(new RegExp(`journal-v${NOW_AT}-20261123T080000000Z\\.db$`));
  expect(db.pragma('user_version')).toBe(NOW_AT + 1);
  const copy = openSqlite(report.backup!, { readOnly: true, busyTimeoutMs: 0 });
  expect([copy.pragma('user_version'), copy.read('SELECT count(*) AS n FROM record').get()]).toEqual([
    NOW_AT,
    { n: 1 },
  ]);
  copy.close();
});

test('closing backs the journal up when something was added', async () => {
  const folder = newFolder();
  for (const hour of ['08', '09', '10', '11', '12']) {
    const { journal } = await openJournal({ ...OPTIONS, directory: folder });
    if (hour !== '11') journal.append(scan());
    await journal.close(`2026-11-23T${hour}:00:00.000Z`);
  }
  expect(readdirSync(join(folder, 'backup')).sort()).toEqual(
    ['08', '09', '10', '12'].map((hour) => `journal-close-20261123T${hour}0000000Z.db`),
  );
});

test('a migration that fails leaves the old version, whole', async () => {
  const folder = newFolder();
  const { db: first } = await openJournalDb(folder);
  new JournalStore(first).append(scan());
  const broken = { version: NOW_AT + 1, name: 'broken', sql: 'CREATE TABLE half (a); SELECT no_such_function();' };
  await expect(openJournalDb(folder, [...JOURNAL_MIGRATIONS, broken])).rejects.toThrow(/no_such_function/);
  const { db } = await openJournalDb(folder);
  expect(db.pragma('user_version')).toBe(NOW_AT);
  expect(db.read("SELECT name FROM sqlite_schema WHERE name = 'half'").get()).toBeUndefined();
  expect(new JournalStore(db).counts()).toEqual({ records: 1, scans: 1 });
});

test.each([
  ['newer', [...JOURNAL_MIGRATIONS, NEXT]],
  [
    'of another history',
    [{ ...JOURNAL_MIGRATIONS[0]!, sql: `${JOURNAL_MIGRATIONS[0]!.sql} -- changed` }, ...JOURNAL_MIGRATIONS.slice(1)],
  ],
])('a file that is %s is refused and not touched', async (_what, migrations) => {
  const folder = newFolder();
  const { db } = await openJournalDb(folder, migrations);
  db.setPragma('wal_checkpoint', 'TRUNCATE');
  const before = sha256(journalFile(folder));
  await expect(openJournal({ ...OPTIONS, directory: folder })).rejects.toMatchObject({ kind: 'newer-version' });
  expect(sha256(journalFile(folder))).toBe(before);
});

test("a journal file that is somebody else's is set aside whole, and a new one begins", async () => {
  const folder = newFolder();
  const theirs = openSqlite(journalFile(folder), { busyTimeoutMs: 0 });
  theirs.script('CREATE TABLE theirs (a)');
  theirs.close();
  const before = sha256(journalFile(folder));
  const { journal, opening } = await openJournal({ ...OPTIONS, directory: folder });
  await journal.close(OPTIONS.now);
  expect(opening.rescuedFrom).toBe('not-a-database');
  expect(sha256(join(folder, opening.rescue!.aside))).toBe(before);
});

/** Overwrites the middle of a file, leaving its header as it was. */
function damage(file: string): void {
  const bytes = readFileSync(file);
  bytes.fill(0xa5, 4096 + 100, Math.min(bytes.length, 4096 * 6));
  writeFileSync(file, bytes);
}

test('a damaged cache is thrown away and begun anew, and says so', async () => {
  const folder = newFolder();
  const { cache } = await openCache({ ...OPTIONS, directory: folder });
  cache.setFact('sync.listedAt', 'once');
  cache.close();
  damage(cacheFile(folder));
  const again = await openCache({ ...OPTIONS, directory: folder });
  expect(again.opening).toMatchObject({ remade: 'corrupted', foundVersion: 0, version: CACHE_AT });
  expect(again.cache.fact('sync.listedAt')).toBeUndefined();
  again.cache.close();
});

test('a file that never got past its creation is filled, not refused', async () => {
  const folder = newFolder();
  writeFileSync(journalFile(folder), '');
  const empty = await openJournal({ ...OPTIONS, directory: folder });
  await empty.journal.close(OPTIONS.now);
  const other = newFolder();
  const bare = openSqlite(journalFile(other), { busyTimeoutMs: 0 });
  bare.setPragma('journal_mode', 'wal');
  bare.close();
  const filled = await openJournal({ ...OPTIONS, directory: other });
  expect(filled.opening).toEqual({ foundVersion: 0, version: NOW_AT, checked: true });
  await filled.journal.close(OPTIONS.now);
});

test('a folder that cannot be made is said to be the matter', async () => {
  const folder = newFolder();
  writeFileSync(join(folder, 'file'), '');
  await expect(openJournal({ ...OPTIONS, directory: join(folder, 'file', 'store') })).rejects.toMatchObject({
    kind: 'io',
  });
  expect(existsSync(join(folder, 'file', 'store'))).toBe(false);
});

test('a full file is told as full, and nothing of the append stays', async () => {
  const { journal, db } = await newJournal();
  journal.append(scan());
  db.setPragma('max_page_count', Number(db.pragma('page_count')));
  const big = scan({ raw: 'x'.repeat(10_000) });
  expect(() => journal.append(big)).toThrow(expect.objectContaining({ kind: 'full' }));
  expect(journal.recordsOf(big.scanId)).toEqual([]);
  db.setPragma('max_page_count', 1_000_000);
  expect(journal.append(big).repeated).toBe(false);
});

test('a file another process writes to is told as locked', async () => {
  const folder = newFolder();
  const { db } = await openJournalDb(folder);
  const other = openSqlite(journalFile(folder), { busyTimeoutMs: 0 });
  other.script('BEGIN IMMEDIATE');
  db.setPragma('busy_timeout', 1);
  expect(() => new JournalStore(db).append(scan())).toThrow(expect.objectContaining({ kind: 'locked' }));
  other.script('ROLLBACK');
  other.close();
});
