import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { NewRecord, StepState, StoredRecord } from '../../src-main/contract/journal.ts';
import { openJournal } from '../../src-main/store/databases.ts';
import { rebuildDerived } from '../../src-main/store/journal-derived.ts';
import { newFolder } from '../fixtures/store-folder.ts';
import { CONTEXT, prompt, record, scan, stepBody } from '../fixtures/store-records.ts';
import { newJournal } from '../fixtures/store-stores.ts';

const NOW = '2026-11-23T12:00:00.000Z';

/** A scan with a step and a prompt, as another workstation recorded it. */
function group(state: StepState = 'done', more: Partial<NewRecord> = {}): readonly NewRecord[] {
  const first = scan({ barcode: '39001' }, more);
  const { scanId } = first;
  return [
    first,
    record(stepBody(state, { stepId: scanId }), { ...more, scanId }),
    record({ type: 'prompt', prompt: prompt() }, { ...more, scanId }),
  ];
}

function exported(...groups: readonly (readonly NewRecord[])[]): StoredRecord[] {
  return groups.flat().map((one, index) => ({ ...one, seq: 1000 + index }));
}

test('an import adds what is not here, keeps whose it was, and a second one adds nothing', async () => {
  const { journal, db } = await newJournal();
  const [own] = journal.appendMany(group());
  const records = exported(group('sending', { workstation: 'desk-pc-9', staff: 'jdoe' }), [own!.record]);
  expect(journal.importRecords(records)).toEqual({ scans: 1, added: 3, known: 1, deletedHere: 0 });
  const { scanId } = records[0]!;
  const line = journal.lineOf(scanId);
  expect(line).toMatchObject({ importedFrom: 'desk-pc-9', staff: 'jdoe', at: records[0]!.at });
  expect(journal.recordsOf(scanId)[0]).toMatchObject({
    workstation: 'desk-pc-9',
    origin: { how: 'imported', seq: 1000 },
  });
  expect(journal.importRecords(records)).toEqual({ scans: 0, added: 0, known: 4, deletedHere: 0 });
  rebuildDerived(db);
  expect(journal.lineOf(scanId)).toEqual(line);
});

test('overlapping exports of one workstation, each taken in twice and in any order, come to the same as one whole export', async () => {
  const groups = [group(), group('needs-person'), group(), group()];
  const all = exported(...groups);
  const whole = await newJournal();
  whole.journal.importRecords(all);
  // The third scan was first exported before it had a prompt.
  const early = [...all.slice(3, 6), ...all.slice(6, 8)];
  const parts = [early, all.slice(0, 9), early, all.slice(3), all.slice(0, 9), all];
  const pieces = await newJournal();
  let added = 0;
  for (const part of parts) added += pieces.journal.importRecords(part).added;
  expect(added).toBe(all.length);
  expect(pieces.journal.counts()).toEqual(whole.journal.counts());
  const told = ({ journal }: typeof whole) =>
    groups.map(([first]) => {
      const { seq: _seq, ...line } = journal.lineOf(first!.scanId)!;
      return [
        line,
        journal
          .recordsOf(first!.scanId)
          .map(({ id, body, origin }) => [id, body, origin])
          .toSorted(),
      ];
    });
  expect(told(pieces)).toEqual(told(whole));
  // Taken out there and brought in once more, they are known by the same ids.
  const again = groups.flatMap(([first]) => [...pieces.journal.recordsOf(first!.scanId)]);
  expect(whole.journal.importRecords(again)).toMatchObject({ added: 0, known: all.length });
});

test('what was imported is found by a search, and is nothing the desk acts on', async () => {
  const { journal } = await newJournal();
  const records = exported(group('sending', { workstation: 'desk-pc-9' }), group('needs-person'));
  journal.importRecords(records);
  expect(journal.searchLines({ text: 'imported desk-pc-9', limit: 5 })).toHaveLength(1);
  expect(journal.lines({ limit: 5 })).toEqual([]);
  expect(journal.countSince('')).toBe(0);
  expect(journal.recover(CONTEXT)).toEqual([]);
  expect(journal.unsettledSteps()).toEqual([]);
  expect(journal.steps({ states: ['sending', 'needs-person'], since: '', limit: 5 })).toEqual([]);
  expect(journal.scansOf({ selection: { pending: true }, limit: 5 })).toEqual({ lines: [], scans: 0, pending: [] });
});

test('records of an import do not change what a scan of this journal says', async () => {
  const { journal } = await newJournal();
  const [first, ...rest] = group();
  journal.append(first!);
  const before = journal.lineOf(first!.scanId);
  expect(journal.importRecords(exported(rest))).toMatchObject({ added: 2 });
  expect(journal.lineOf(first!.scanId)).toEqual(before);
});

test('a record that does not fit leaves nothing of the import behind', async () => {
  const { journal } = await newJournal();
  const records = exported(group(), group());
  expect(() => journal.importRecords([...records, { ...records[0]!, id: 'no uuid' }])).toThrow();
  expect(journal.counts()).toEqual({ records: 0, scans: 0 });
});

test('scans are selected by time, run, state and id, and their records come page by page in order', async () => {
  const { journal } = await newJournal();
  const [early, open, late] = [
    group('done', { at: '2026-11-20T08:00:00.000Z' }),
    group('unknown'),
    group('done', { at: '2026-11-19T08:00:00.000Z' }),
  ];
  journal.appendMany([...early, ...open, ...late]);
  const of = (selection: Parameters<typeof journal.scansOf>[0]['selection']) =>
    journal.scansOf({ selection, limit: 10 }).lines.map(({ scanId }) => scanId);
  const [a, b, c] = [early, open, late].map((records) => records[0]!.scanId);
  expect(of({})).toEqual([c, b, a]);
  expect(of({ since: '2026-11-20', to: '2026-11-21' })).toEqual([a]);
  expect(of({ since: '2026-11-23', orAfterSeq: 6 })).toEqual([c, b]);
  expect(of({ pending: true })).toEqual([b]);
  expect(of({ scanIds: [a!, 'none'] })).toEqual([a]);
  const page = journal.recordsOfScans({ selection: { scanIds: [a!, c!] }, afterSeq: 0, limit: 4 });
  expect(page.map(({ seq }) => seq)).toEqual([1, 2, 3, 7]);
  expect(journal.recordsOfScans({ selection: {}, afterSeq: 7, limit: 9 }).map(({ seq }) => seq)).toEqual([8, 9]);
});

test('archived scans are in no list, are found by the word, and come back', async () => {
  const { journal, db } = await newJournal();
  const [mine, other] = [group(), group()];
  journal.appendMany([...mine, ...other]);
  const { scanId } = mine[0]!;
  const archive = (archived: boolean) => journal.archiveScans({ scanIds: [scanId], archived, context: CONTEXT });
  expect(archive(true)).toEqual({ scans: 1 });
  for (const look of [() => undefined, () => rebuildDerived(db)]) {
    look();
    expect(journal.lines({ limit: 5 }).map((line) => line.scanId)).toEqual([other[0]!.scanId]);
    expect(journal.searchLines({ text: '39001', limit: 5 })).toHaveLength(1);
    expect(journal.searchLines({ text: 'Archived 39001', limit: 5 })).toMatchObject([{ scanId, archived: true }]);
  }
  expect(archive(false)).toEqual({ scans: 1 });
  expect(journal.lines({ limit: 5 })).toHaveLength(2);
  expect(journal.searchLines({ text: 'archived', limit: 5 })).toEqual([]);
});

test.each([
  ['recorded', {}],
  ['sending', {}],
  ['unknown', {}],
  ['needs-person', { held: true }],
] as const)('a scan with a step that is %s can be neither archived nor deleted', async (state, more) => {
  const { journal } = await newJournal();
  const first = scan();
  const { scanId } = first;
  const done = group();
  journal.appendMany([...done, first, record(stepBody(state, { stepId: 'open', ...more }), { scanId })]);
  const scanIds = [done[0]!.scanId, scanId];
  const before = journal.counts();
  expect(journal.archiveScans({ scanIds, archived: true, context: CONTEXT })).toEqual({ pending: [scanId] });
  expect(journal.deleteScans({ scanIds, reason: 'tidy', context: CONTEXT })).toEqual({ pending: [scanId] });
  expect(journal.counts()).toEqual(before);
});

test('a scan that waits for a system can be neither archived nor deleted until it is released', async () => {
  const { journal } = await newJournal();
  const first = scan();
  const { scanId } = first;
  const look = { no: 1, day: '2026-11-23', mode: 'look', system: 'wms', plan: { kind: 'look' }, basis: {} } as const;
  journal.appendMany([first, record({ type: 'held', ...look }, { scanId })]);
  const order = { scanIds: [scanId], archived: true, reason: 'tidy', context: CONTEXT };
  expect(journal.scansOf({ selection: { pending: true }, limit: 5 })).toMatchObject({ scans: 1, pending: [scanId] });
  expect(journal.archiveScans(order)).toEqual({ pending: [scanId] });
  expect(journal.deleteScans(order)).toEqual({ pending: [scanId] });
  journal.append(record({ type: 'released', how: { kind: 'dismissed', reason: 'shelved by hand' } }, { scanId }));
  expect(journal.deleteScans(order)).toEqual({ scans: 1 });
});

test('a clock set back past midnight takes no scan of this run off the list', async () => {
  const { journal } = await newJournal();
  const at = (time: string) => scan({}, { at: time });
  const [yesterday, today, setBack] = ['2026-11-22T08:00:00Z', '2026-11-23T00:10:00Z', '2026-11-22T23:50:00Z'].map(at);
  journal.appendMany([yesterday!, today!, setBack!]);
  const shown = journal.lines({ since: '2026-11-23T00:00:00Z', orAfterSeq: 1, limit: 9 });
  expect(shown.map(({ scanId }) => scanId)).toEqual([setBack!.scanId, today!.scanId]);
});

test('a deletion reaches the journal, its log and its backups, says who and why, and survives an import', async () => {
  const directory = newFolder();
  const { journal } = await openJournal({ directory, appVersion: '0.1.0', now: NOW });
  onTestFinished(() => journal.close(NOW));
  const open = scan({ barcode: 'goneforgood' });
  const { scanId } = open;
  const told = prompt({ title: 'goneforgood' });
  journal.appendMany([open, record(stepBody('unknown', { stepId: 'x' }), { scanId }), ...group()]);
  // When this copy was made, something was open.
  await journal.backUpIfBehind('hourly', NOW);
  journal.append(record(stepBody('done', { stepId: 'x' }), { scanId }));
  journal.append(record({ type: 'prompt', prompt: told }, { scanId }));
  await journal.backUpIfBehind('hourly', '2026-11-23T13:00:00.000Z');
  const records = [...journal.recordsOf(scanId)];
  const found = () =>
    readdirSync(directory, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .filter((entry) => readFileSync(join(entry.parentPath, entry.name)).includes('goneforgood'));
  expect(found().length).toBeGreaterThanOrEqual(3);

  expect(journal.deleteScans({ scanIds: [scanId], reason: 'a mistaken card', context: CONTEXT })).toEqual({ scans: 1 });
  for (const copy of journal.copies()) journal.deleteInCopy({ copy, scanIds: [scanId] });
  expect(found()).toEqual([]);
  expect(journal.copies()).toHaveLength(2);
  expect(journal.counts()).toEqual({ records: 4, scans: 1 });
  expect(journal.importRecords(records)).toEqual({ scans: 0, added: 0, known: 0, deletedHere: 4 });
  expect(journal.lineOf(scanId)).toBeUndefined();
  // The note stays when its time would have come.
  const rules = { dropBefore: '2027-01-01', reduceBefore: '2027-01-01', reduceCardsBefore: '2027-01-01' };
  journal.erase({ rules, context: CONTEXT });
  expect(journal.counts().scans).toBe(0);
  expect(journal.importRecords(records)).toMatchObject({ deletedHere: 4 });
});
