import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { rebuildDerived } from '../../src-main/store/journal-derived.ts';
import { CONTEXT, prompt, record, scan, stepBody } from '../fixtures/store-records.ts';
import { newJournal } from '../fixtures/store-stores.ts';

test('an appended record comes back as it was, with its place', async () => {
  const { journal } = await newJournal();
  const first = scan();
  const second = scan({}, { serverOffsetMs: -250 });
  expect(journal.append(first)).toEqual({ record: { ...first, seq: 1 }, repeated: false });
  expect(journal.append(second)).toEqual({ record: { ...second, seq: 2 }, repeated: false });
  expect(journal.recordsOf(second.scanId)).toEqual([{ ...second, seq: 2 }]);
});

test('the same id again adds nothing and gives the earlier record', async () => {
  const { journal } = await newJournal();
  const first = scan();
  journal.append(first);
  const again = journal.append({ ...first, at: '2027-01-01T00:00:00.000Z' });
  expect(again).toEqual({ record: { ...first, seq: 1 }, repeated: true });
  expect(journal.counts()).toEqual({ records: 1, scans: 1 });
});

test('a malformed record is refused, and with it the whole batch', async () => {
  const { journal } = await newJournal();
  const good = scan();
  expect(() => journal.appendMany([good, { ...good, id: 'not a uuid' }])).toThrow();
  expect(journal.counts()).toEqual({ records: 0, scans: 0 });
});

test('records can neither be changed nor deleted nor replaced, not even by SQL', async () => {
  const { journal, db } = await newJournal();
  journal.append(scan());
  expect(() => db.write("UPDATE record SET at = ''").run()).toThrow(/never changed/);
  expect(() => db.write('DELETE FROM record').run()).toThrow(/never deleted/);
  expect(() => db.write('REPLACE INTO record SELECT * FROM record').run()).toThrow(/never replaced/);
});

test('a line folds its records: the newest prompt, cancelled or not', async () => {
  const { journal } = await newJournal();
  const one = scan();
  journal.append(one);
  const bare = journal.lineOf(one.scanId);
  expect(bare).toEqual({
    scanId: one.scanId,
    seq: 1,
    at: CONTEXT.at,
    barcode: '39999000000017',
    raw: '39999000000017',
    kind: 'item',
    source: 'wedge',
    desk: CONTEXT.desk,
    staff: CONTEXT.staff,
    cancelled: false,
  });
  journal.append(record({ type: 'prompt', prompt: prompt({ tag: 'looking' }) }, { scanId: one.scanId }));
  journal.append(record({ type: 'prompt', prompt: prompt() }, { scanId: one.scanId }));
  journal.append(record({ type: 'choice', offerId: 'cancel' }, { scanId: one.scanId }));
  journal.append(record({ type: 'cancelled', reason: 'not this one' }, { scanId: one.scanId }));
  expect(journal.lineOf(one.scanId)).toEqual({ ...bare, prompt: prompt(), cancelled: true });
  expect(journal.lineOf(randomUUID())).toBeUndefined();
});

test('lines are listed newest first, since a time, after a number, up to a limit', async () => {
  const { journal } = await newJournal();
  for (const hour of ['07', '08', '09', '10']) {
    journal.append(scan({ barcode: hour }, { at: `2026-11-23T${hour}:00:00.000Z` }));
  }
  const barcodes = (query: Parameters<typeof journal.lines>[0]) => journal.lines(query).map((line) => line.barcode);
  expect(barcodes({ limit: 10 })).toEqual(['10', '09', '08', '07']);
  expect(barcodes({ limit: 2 })).toEqual(['10', '09']);
  expect(barcodes({ since: '2026-11-23T09:00:00.000Z', limit: 10 })).toEqual(['10', '09']);
  expect(barcodes({ afterSeq: 3, limit: 10 })).toEqual(['10']);
  expect(barcodes({ since: '2026-11-23T09:00:00.000Z', afterSeq: 3, limit: 10 })).toEqual(['10']);
  expect(journal.countSince('2026-11-23T08:00:00.000Z')).toBe(3);
});

test.each([
  ['the barcode', '39000000111111'],
  ['a part of it', '111111'],
  ['the label as scanned', '*39000000111111*'],
  ['the title in any case', 'SALT road'],
  ['words in any order', 'road salt'],
  ['the request number', 'rvr-3184'],
  ['an accented name', 'łódź'],
  ['nothing at all', '  '],
])('a line is found by %s', async (_what, text) => {
  const { journal } = await newJournal();
  const one = scan({ raw: '*39000000111111*', barcode: '39000000111111' });
  journal.append(one);
  journal.append(record({ type: 'prompt', prompt: prompt({ byline: 'Biblioteka Łódź' }) }, { scanId: one.scanId }));
  expect(journal.searchLines({ text, limit: 5 }).map((line) => line.scanId)).toEqual([one.scanId]);
});

test('every character of a search means itself', async () => {
  const { journal } = await newJournal();
  journal.append(scan({ barcode: '100%' }));
  journal.append(scan({ barcode: '1_00' }));
  journal.append(scan({ barcode: '1000' }));
  const found = (text: string) => journal.searchLines({ text, limit: 9 }).map((line) => line.barcode);
  expect(found('100%')).toEqual(['100%']);
  expect(found('1_00')).toEqual(['1_00']);
  expect(found('100')).toEqual(['1000', '100%']);
  expect(found("'; DROP TABLE record; --")).toEqual([]);
});

test('a search keeps to its days, and finds cancelled scans too', async () => {
  const { journal } = await newJournal();
  for (const day of ['20', '21', '22']) journal.append(scan({}, { at: `2026-11-${day}T12:00:00.000Z` }));
  const [, middle] = journal.lines({ limit: 3 });
  journal.append(record({ type: 'cancelled', reason: '' }, { scanId: middle!.scanId }));
  const found = journal.searchLines({
    text: '39999',
    from: '2026-11-21T00:00:00.000Z',
    to: '2026-11-22T00:00:00.000Z',
    limit: 9,
  });
  expect(found.map((line) => [line.at, line.cancelled])).toEqual([['2026-11-21T12:00:00.000Z', true]]);
  const since = journal.searchLines({ text: '', from: '2026-11-21T12:00:00.000Z', limit: 9 });
  expect(since.map((line) => line.at.slice(8, 10))).toEqual(['22', '21']);
  const until = journal.searchLines({ text: '', to: '2026-11-21T12:00:00.000Z', limit: 9 });
  expect(until.map((line) => line.at.slice(8, 10))).toEqual(['20']);
});

test('at start what was being sent becomes unknown, once; the rest stays as it is', async () => {
  const { journal } = await newJournal();
  const at = (stepId: string, ...states: readonly Parameters<typeof stepBody>[0][]) => {
    for (const state of states) journal.append(record(stepBody(state, { stepId })));
  };
  at('only recorded', 'recorded');
  at('being sent', 'recorded', 'sending');
  at('settled', 'recorded', 'sending', 'done');
  at('in doubt', 'recorded', 'sending', 'unknown');
  const states = () => journal.unsettledSteps().map(({ body }) => [body.stepId, body.state]);
  expect(states()).toEqual([
    ['only recorded', 'recorded'],
    ['being sent', 'sending'],
    ['in doubt', 'unknown'],
  ]);

  const recovered = journal.recover({ ...CONTEXT, mono: 5, staff: 'next' });
  expect(recovered.map(({ body }) => [body.stepId, body.state])).toEqual([['being sent', 'unknown']]);
  expect(recovered[0]).toMatchObject({ staff: 'next', mono: 5, seq: 10, body: { evidence: { state: 'REQ_SHIPPED' } } });
  expect(recovered[0]?.body.sentence).toMatch(/may or may not/);
  expect(journal.recover(CONTEXT)).toEqual([]);
  expect(states()).toEqual([
    ['only recorded', 'recorded'],
    ['being sent', 'unknown'],
    ['in doubt', 'unknown'],
  ]);
});

test('the number of a scan that is held anew is the highest given, also after the tables are made anew', async () => {
  const { journal, db } = await newJournal();
  const day = '2026-11-23';
  const one = scan();
  journal.append(one);
  for (const no of [1, 2]) {
    const body = { type: 'held', no, day, mode: 'look', system: 'reshare', plan: { kind: 'look' }, basis: {} } as const;
    journal.append(record(body, { scanId: one.scanId }));
  }
  expect(journal.heldNumber({ day, desk: CONTEXT.desk })).toBe(2);
  expect(journal.held()).toHaveLength(1);
  rebuildDerived(db);
  expect(journal.heldNumber({ day, desk: CONTEXT.desk })).toBe(2);
});
