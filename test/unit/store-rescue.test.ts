import { cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import type { NewRecord } from '../../src-main/contract/journal.ts';
import { journalFile, openJournal } from '../../src-main/store/databases.ts';
import type { JournalStore } from '../../src-main/store/journal-store.ts';
import { checksum } from '../../src-main/store/migrate.ts';
import { JOURNAL_MIGRATIONS } from '../../src-main/store/migrations/index.ts';
import { salvage } from '../../src-main/store/salvage.ts';
import { openSqlite } from '../../src-main/store/sqlite.ts';
import { newFolder } from '../fixtures/store-folder.ts';
import { prompt, record, scan, stepBody } from '../fixtures/store-records.ts';

const OPTIONS = { appVersion: '0.1.0', now: '2026-11-23T12:00:00.000Z' };
const BACKED_UP = '2026-11-23T08:00:00.000Z';
const PAGE = 4096;

/** A day's records: scans, steps and prompts; some run over into other pages. */
function records(count: number): readonly NewRecord[] {
  return Array.from({ length: count }, (_, n) => {
    const first = scan({ barcode: `39${n}`, raw: n % 9 === 3 ? `${n} `.repeat(3000) : `scan ${n} é` });
    if (n % 3 === 1) return record(stepBody('done', { stepId: `step-${n}` }), { scanId: first.scanId });
    return n % 3 === 2 ? record({ type: 'prompt', prompt: prompt({ rowTitle: `Title ${n}` }) }) : first;
  });
}

async function open(directory: string, now = OPTIONS.now) {
  const opened = await openJournal({ ...OPTIONS, directory, now });
  let closing: Promise<void> | undefined;
  const close = () => (closing ??= opened.journal.close(now));
  onTestFinished(close);
  return { ...opened, close };
}

/**
 * A folder as a computer that stopped leaves it: a backup of the first records, and the later ones in the database
 * (`checkpointed`) or still in its write-ahead log.
 */
async function stopped(before: readonly NewRecord[], after: readonly NewRecord[], checkpointed = false) {
  const folder = newFolder();
  if (before.length > 0) {
    const first = await open(folder, BACKED_UP);
    for (const one of before) first.journal.append(one);
    await first.close();
  }
  const second = await open(folder);
  for (const one of after) second.journal.append(one);
  if (checkpointed) second.journal.checkpoint();
  const left = newFolder();
  cpSync(folder, left, { recursive: true });
  await second.close();
  if (checkpointed) rmSync(`${journalFile(left)}-wal`);
  return left;
}

function missing(journal: JournalStore, all: readonly NewRecord[]): readonly string[] {
  return all.filter(({ id, scanId }) => !journal.recordsOf(scanId).some((one) => one.id === id)).map(({ id }) => id);
}

function orderOf(folder: string): readonly string[] {
  const db = openSqlite(journalFile(folder), { readOnly: true, busyTimeoutMs: 0 });
  const rows = db.read<{ id: string }>('SELECT id FROM record ORDER BY seq').all();
  db.close();
  return rows.map(({ id }) => id);
}

function change(file: string, work: (bytes: Buffer) => void): void {
  const bytes = readFileSync(file);
  work(bytes);
  writeFileSync(file, bytes);
}

/** Changes one bit of what was scanned: the pages still hang together, the JSON is JSON, and a number is another number. */
function flip(bytes: Buffer, { id, scanId, body }: NewRecord): void {
  const row = bytes.indexOf(`${id}${scanId}${body.type}`);
  const at = bytes.indexOf('"raw":"scan ', row) + '"raw":"scan '.length;
  expect([row > 0, at - row < 1000]).toEqual([true, true]);
  bytes[at]! ^= 1;
}

/** How the first version stands in the file’s history. */
const HISTORY = checksum(JOURNAL_MIGRATIONS[0]!);

const BEFORE = records(30);
const AFTER = records(40);

test('salvage alone reads every record of a file, long ones and those in the log too', async () => {
  const folder = await stopped(BEFORE, AFTER);
  const { rows, highestSeq } = salvage(journalFile(folder), () => false);
  expect(rows.map(({ id, seq }) => [seq, id])).toEqual([...BEFORE, ...AFTER].map(({ id }, n) => [n + 1, id]));
  expect(highestSeq).toBe(70);
  const { journal } = await open(folder);
  const stored = journal.recordsOf(AFTER[3]!.scanId)[0]!;
  expect(JSON.parse(rows[33]!.body)).toEqual(stored.body);
});

test.each([
  ['the header is gone', (file: string) => change(file, (bytes) => bytes.fill(0, 0, 100))],
  ['the file identity is flipped', (file: string) => change(file, (bytes) => (bytes[70]! ^= 0x10))],
  ['the version number is flipped', (file: string) => change(file, (bytes) => (bytes[63]! ^= 0x20))],
  ['the schema’s history is flipped', (file: string) => change(file, (bytes) => (bytes[bytes.indexOf(HISTORY)]! ^= 1))],
  ['the schema page is garbage', (file: string) => change(file, (bytes) => bytes.fill(0xa5, 100, PAGE))],
])('when %s, nothing is lost: backup and salvage together', async (_what, damage) => {
  const folder = await stopped(BEFORE, AFTER, true);
  damage(journalFile(folder));
  const damaged = readFileSync(journalFile(folder));
  const { journal, opening, close } = await open(folder);
  expect(opening.rescue).toEqual({
    at: OPTIONS.now,
    aside: join('damaged', 'journal-20261123T120000000Z.db'),
    backupAt: BACKED_UP,
    restored: 30,
    salvaged: 40,
    unreadable: 0,
  });
  expect(missing(journal, [...BEFORE, ...AFTER])).toEqual([]);
  expect(journal.recordsOf(AFTER[0]!.scanId)[0]!.origin).toEqual({ how: 'rescued', seq: 31 });
  expect(journal.append(scan()).record.seq).toBe(71);
  await close();
  expect(orderOf(folder).slice(0, 70)).toEqual([...BEFORE, ...AFTER].map(({ id }) => id));
  expect(readFileSync(join(folder, opening.rescue!.aside)).equals(damaged)).toBe(true);
});

test('a journal cut short gives what is left of it, and says how much is not', async () => {
  const folder = await stopped(BEFORE, AFTER, true);
  truncateSync(journalFile(folder), Math.floor(statSync(journalFile(folder)).size * 0.8));
  const { journal, opening } = await open(folder);
  const { restored, salvaged, unreadable } = opening.rescue!;
  expect(restored).toBe(30);
  expect(salvaged).toBeGreaterThan(0);
  expect(unreadable).toBe(missing(journal, AFTER).length);
  expect(salvaged + unreadable).toBe(40);
  // No number that was given out is given out again.
  expect(journal.append(scan()).record.seq).toBe(71);
});

test('a bit that changed inside a record is noticed: the record comes back from the backup, or is counted as lost', async () => {
  const folder = await stopped(BEFORE, AFTER, true);
  change(journalFile(folder), (bytes) => {
    flip(bytes, BEFORE[6]!);
    flip(bytes, AFTER[6]!);
  });
  const { journal, opening } = await open(folder);
  expect(opening).toMatchObject({
    rescuedFrom: 'corrupted',
    rescue: { restored: 30, salvaged: 39, unreadable: 1 },
  });
  expect(missing(journal, [...BEFORE, ...AFTER])).toEqual([AFTER[6]!.id]);
  expect(journal.recordsOf(BEFORE[6]!.scanId)[0]?.body).toEqual(BEFORE[6]!.body);
});

test.each([
  [18, 'the format it is written in'],
  [19, 'the format it is read in'],
])('a header whose byte %i is another (%s) is damage, not a missing right', async (place) => {
  const folder = await stopped(BEFORE, AFTER, true);
  change(journalFile(folder), (bytes) => (bytes[place]! ^= 1));
  const { journal, opening } = await open(folder);
  expect(opening.rescue).toMatchObject({ restored: 30, salvaged: 40, unreadable: 0 });
  expect(missing(journal, [...BEFORE, ...AFTER])).toEqual([]);
});

test('whichever bit of the file changes, no record says anything else than what was written', async () => {
  const sound = await stopped(BEFORE, AFTER, true);
  await fc.assert(
    fc.asyncProperty(fc.nat(), fc.integer({ min: 0, max: 7 }), async (place, bit) => {
      const folder = newFolder();
      cpSync(sound, folder, { recursive: true });
      change(journalFile(folder), (bytes) => (bytes[place % bytes.length]! ^= 1 << bit));
      const { journal, opening, close } = await open(folder);
      const lost = missing(journal, [...BEFORE, ...AFTER]);
      // A record whose own number changed is found under the other one, and its place counts as one that cannot be read.
      expect(lost.length).toBeLessThanOrEqual(opening.rescue?.unreadable ?? 0);
      for (const { id, scanId, body, at, staff } of [...BEFORE, ...AFTER].filter((one) => !lost.includes(one.id))) {
        const found = journal.recordsOf(scanId).find((one) => one.id === id);
        expect(found).toMatchObject({ id, scanId, at, staff });
        expect(found?.body).toEqual(body);
      }
      await close();
    }),
    { numRuns: 60 },
  );
});

test('bad pages in the middle cost the records on them and no others', async () => {
  const folder = await stopped([], AFTER, true);
  change(journalFile(folder), (bytes) => bytes.fill(0xa5, PAGE * 10, PAGE * 14));
  const { journal, opening } = await open(folder);
  expect(opening.rescue).toMatchObject({ restored: 0, unreadable: missing(journal, AFTER).length });
  expect(opening.rescue).not.toHaveProperty('backupAt');
  expect(opening.rescue!.salvaged).toBeGreaterThan(20);
});

test('a damaged page that stands in the log anew is no damage: the log is read first', async () => {
  const folder = await stopped(BEFORE, AFTER);
  change(journalFile(folder), (bytes) => bytes.fill(0, 0, 100));
  const { journal, opening } = await open(folder);
  expect([opening.rescue, missing(journal, [...BEFORE, ...AFTER])]).toEqual([undefined, []]);
});

test('a log that went bad in the middle is damage, and is set aside with its file; a torn tail is not', async () => {
  const folder = await stopped(BEFORE, AFTER);
  const wal = `${journalFile(folder)}-wal`;
  const torn = newFolder();
  cpSync(folder, torn, { recursive: true });
  truncateSync(`${journalFile(torn)}-wal`, readFileSync(wal).length - 5000);
  expect((await open(torn)).opening.rescue).toBeUndefined();

  change(wal, (bytes) => bytes.fill(0xa5, 32 + (PAGE + 24) * 3 + 200, 32 + (PAGE + 24) * 3 + 300));
  const damaged = readFileSync(wal);
  const { journal, opening } = await open(folder);
  expect(readFileSync(`${join(folder, opening.rescue!.aside)}-wal`).equals(damaged)).toBe(true);
  expect(opening).toMatchObject({ rescuedFrom: 'corrupted', rescue: { restored: 30, unreadable: 0 } });
  expect(missing(journal, AFTER)).toEqual([]);
});

test('a log whose own header went bad is damage too', async () => {
  const folder = await stopped(BEFORE, AFTER);
  change(`${journalFile(folder)}-wal`, (bytes) => (bytes[17]! ^= 1));
  const { journal, opening } = await open(folder);
  expect(opening.rescue).toMatchObject({ restored: 30, salvaged: 40, unreadable: 0 });
  expect(missing(journal, AFTER)).toEqual([]);
});

test.each([
  ['gone', (file: string) => rmSync(file)],
  ['empty', (file: string) => truncateSync(file, 0)],
])('a journal that is %s comes back from its backup', async (_what, damage) => {
  const folder = await stopped(BEFORE, [], true);
  damage(journalFile(folder));
  const { journal, opening } = await open(folder);
  expect(opening.rescue).toMatchObject({ restored: 30, salvaged: 0, unreadable: 0 });
  expect(missing(journal, BEFORE)).toEqual([]);
});

test.each([
  ['in its pages', (bytes: Buffer) => bytes.fill(0xa5, PAGE * 2, PAGE * 9)],
  ['inside one record', (bytes: Buffer, all: readonly NewRecord[]) => flip(bytes, all[9]!)],
])('a backup that is damaged %s is passed over for an older sound one', async (_what, damage) => {
  const folder = newFolder();
  const all = records(40);
  for (const [at, some] of [
    [BACKED_UP, all.slice(0, 20)],
    ['2026-11-23T09:00:00.000Z', all.slice(20)],
  ] as const) {
    const { journal, close } = await open(folder, at);
    journal.appendMany(some);
    await close();
  }
  const [older, newer] = readdirSync(join(folder, 'backup')).sort();
  change(join(folder, 'backup', newer!), (bytes) => damage(bytes, all));
  change(journalFile(folder), (bytes) => bytes.fill(0xa5, 0, PAGE));
  expect(older).toContain('080000');
  const { opening } = await open(folder);
  expect(opening.rescue).toMatchObject({ backupAt: BACKED_UP, restored: 20, salvaged: 20, unreadable: 0 });
});

test('with nothing sound and nothing to read, a new journal begins and says so', async () => {
  const folder = newFolder();
  writeFileSync(journalFile(folder), 'Shopping list\n'.repeat(100));
  const { journal, opening } = await open(folder);
  expect(opening).toMatchObject({ rescuedFrom: 'not-a-database', rescue: { restored: 0, salvaged: 0, unreadable: 0 } });
  expect(journal.append(scan()).record.seq).toBe(1);
  expect(readFileSync(join(folder, opening.rescue!.aside), 'utf8')).toContain('Shopping list');
});

test('the report stays over restarts until it is dismissed, and the rescue happens once', async () => {
  const folder = await stopped(BEFORE, AFTER, true);
  change(journalFile(folder), (bytes) => bytes.fill(0, 0, 100));
  const first = await open(folder);
  await first.close();
  const second = await open(folder);
  expect(second.opening.rescue).toEqual(first.opening.rescue);
  expect(second.opening.rescuedFrom).toBeUndefined();
  second.journal.dismissRescue();
  await second.close();
  expect((await open(folder)).opening.rescue).toBeUndefined();
});

test('a rescue that was interrupted between its moves is finished at the next start', async () => {
  const folder = await stopped(BEFORE, AFTER, true);
  change(journalFile(folder), (bytes) => bytes.fill(0, 0, 100));
  const whole = newFolder();
  cpSync(folder, whole, { recursive: true });
  const { opening, close } = await open(whole);
  await close();
  // As it stood after the new journal had its name and only one of the damaged files was moved.
  cpSync(journalFile(whole), `${journalFile(folder)}.rescued`);
  cpSync(join(whole, 'journal-rescue.json'), join(folder, 'journal-rescue.json'));
  cpSync(join(whole, opening.rescue!.aside), join(folder, opening.rescue!.aside));
  rmSync(journalFile(folder));
  const again = await open(folder, '2026-11-23T13:00:00.000Z');
  expect(missing(again.journal, [...BEFORE, ...AFTER])).toEqual([]);
  expect(again.opening.rescue).toEqual(opening.rescue);
  expect(existsSync(`${journalFile(folder)}.rescued`)).toBe(false);
});

test('steps that were being sent are found as such in what was rescued', async () => {
  const sending = record(stepBody('sending', { stepId: 'under-way' }));
  const folder = await stopped(
    [record(stepBody('recorded', { stepId: 'under-way' }), { scanId: sending.scanId })],
    [sending],
  );
  change(journalFile(folder), (bytes) => bytes.fill(0, 0, 100));
  const { journal } = await open(folder);
  expect(journal.unsettledSteps().map(({ body }) => [body.stepId, body.state])).toEqual([['under-way', 'sending']]);
});
