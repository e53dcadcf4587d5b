import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { rulesAt, RetentionJob } from '../../src-main/assembly/retention.ts';
import { DEFAULT_RETENTION } from '../../src-main/contract/keeping.ts';
import { NewRecord } from '../../src-main/contract/journal.ts';
import type { StepState } from '../../src-main/contract/journal.ts';
import { cacheFile, openCache, openJournal } from '../../src-main/store/databases.ts';
import { rebuildDerived } from '../../src-main/store/journal-derived.ts';
import type { JournalStore } from '../../src-main/store/journal-store.ts';
import { newFolder } from '../fixtures/store-folder.ts';
import { CONTEXT, prompt, record, scan, stepBody, view } from '../fixtures/store-records.ts';
import { newJournal } from '../fixtures/store-stores.ts';

const NOW = new Date('2026-11-23T12:00:00.000Z');
const daysAgo = (days: number): string => new Date(NOW.getTime() - days * 86_400_000).toISOString();
const RULES = rulesAt(NOW, NOW.toISOString(), DEFAULT_RETENTION);

/** Words that appear nowhere else, one for each field that may not stay. */
const SECRETS = [
  'rawsecret',
  'sealedsecret',
  'lookedsecret',
  'copysecret',
  'titlesecret',
  'bylinesecret',
  'saidsecret',
  'paramsecret',
  'reasonsecret',
  'lastsecret',
  'pickupsecret',
  'partnersecret',
  'stepsecret',
  'duesecret',
  'sessionsecret',
  'wordsecret',
];

/** The job, with the journal it has in the app behind a worker. */
function jobOf(journal: JournalStore): RetentionJob {
  const remote = {
    erase: (...input: Parameters<typeof journal.erase>) => Promise.resolve(journal.erase(...input)),
    copies: () => Promise.resolve(journal.copies()),
    eraseCopy: (...input: Parameters<typeof journal.eraseCopy>) => {
      journal.eraseCopy(...input);
      return Promise.resolve();
    },
    scansOf: (...input: Parameters<typeof journal.scansOf>) => Promise.resolve(journal.scansOf(...input)),
  };
  return new RetentionJob({
    journal: remote,
    retention: () => DEFAULT_RETENTION,
    context: () => CONTEXT,
    now: () => NOW,
    onFault: (error) => {
      throw error;
    },
  });
}

/** A scan with everything that can be recorded of it. */
function whole(at: string, has: { card?: boolean; state?: StepState; action?: string } = {}): readonly NewRecord[] {
  const kind = has.card === true ? 'patron-card' : 'item';
  const first = scan({ raw: 'rawsecret', barcode: '39001', sealed: 'sealedsecret', kind }, { at });
  const { scanId } = first;
  const said = {
    sentence: 'saidsecret',
    params: { barcode: '39001', note: 'paramsecret' },
    looked: { at, showed: 'lookedsecret' },
    evidence: { state: 'REQ_SHIPPED', seenAt: at, copy: { at, due: 'copysecret' } },
  };
  const waits = has.action === undefined ? (has.state === 'needs-person' ? { held: true as const } : {}) : has;
  const told = prompt({ title: 'titlesecret', rowTitle: 'titlesecret', byline: 'bylinesecret' });
  return [
    first,
    record(stepBody(has.state ?? 'done', { stepId: scanId, ...said, ...waits }), { scanId, at }),
    record({ type: 'prompt', prompt: told }, { scanId, at }),
    record({ type: 'cancelled', reason: 'reasonsecret' }, { scanId, at }),
  ];
}

/** A hold, a due date that was set, and a wait for a system, as they are recorded of one scan. */
function more(at: string): readonly NewRecord[] {
  const first = scan({ barcode: '39002' }, { at });
  const { scanId } = first;
  const step = { stepId: randomUUID(), lane: 'item:39002', requestId: 'item:39002', system: 'wms' };
  const params = { barcode: '39002', card: '•••• lastsecret', sealed: 'sealedsecret', pickupName: 'pickupsecret' };
  const due = prompt({ tag: 'Due duesecret 3', rowId: '39002', due: { day: 'duesecret', also: ['duesecret'] } });
  const basis = { requestId: 'request-1', hrid: 'RVR-3184', title: 'titlesecret', partner: 'partnersecret' };
  const held = { type: 'held', no: 3, day: '2026-11-15', mode: 'record', system: 'reshare' } as const;
  const receive = { step: 'receive', action: 'requesterReceived', requestId: 'request-1', side: 'borrowing' } as const;
  return [
    first,
    record(stepBody('sending', { ...step, action: 'RequestItem', params }), { scanId, at }),
    record(stepBody('done', { ...step, action: 'RequestItem', params: { ...params, request: '77' } }), { scanId, at }),
    record({ type: 'choice', offerId: 'due:duesecret' }, { scanId, at }),
    record({ type: 'choice', offerId: 'due-changed:duesecret' }, { scanId, at }),
    record({ type: 'choice', offerId: 'lend:sessionsecret' }, { scanId, at }),
    record({ type: 'choice', offerId: 'as:request-1' }, { scanId, at }),
    record({ type: 'prompt', prompt: due }, { scanId, at }),
    record({ ...held, plan: { kind: 'step', ...receive, params: { note: 'stepsecret' } }, basis }, { scanId, at }),
    record({ ...held, plan: { kind: 'check-out', barcode: '39002', session: 'sessionsecret' }, basis }, { scanId, at }),
    record({ type: 'released', how: { kind: 'dismissed', reason: 'wordsecret' } }, { scanId, at }),
  ];
}

/** A library card: what is kept of its number stands in its label and on its prompt. */
function card(at: string): readonly NewRecord[] {
  const label = '•••• lastsecret';
  const first = scan({ raw: label, barcode: label, sealed: 'sealedsecret', kind: 'patron-card' }, { at });
  const told = prompt({ rowId: 'card …lastsecret', due: { day: 'duesecret', also: [] } });
  const rest = record({ type: 'prompt', prompt: told }, { scanId: first.scanId, at });
  return [first, rest, record({ type: 'choice', offerId: 'due:duesecret' }, { scanId: first.scanId, at })];
}

async function filled(...groups: readonly (readonly NewRecord[])[]) {
  const { journal, db } = await newJournal();
  journal.appendMany([...groups.flat(), scan({}, { at: NOW.toISOString() })]);
  return { journal, db };
}

test('a scan of eight days ago is reduced to request or item, action, time and staff, and stays in its place', async () => {
  const old = whole(daysAgo(8));
  const { journal, db } = await filled(old);
  expect(journal.erase({ rules: RULES, context: CONTEXT })).toEqual([
    { rule: 'reduced', day: daysAgo(8).slice(0, 10), scans: 1, records: 4 },
  ]);
  const left = journal.recordsOf(old[0]!.scanId);
  expect(left.map(({ seq, id, at, staff }) => [seq, id, at, staff])).toEqual(
    old.map(({ id, at, staff }, n) => [n + 1, id, at, staff]),
  );
  expect(left[0]!.body).toEqual({
    type: 'scan',
    raw: '39001',
    barcode: '39001',
    kind: 'item',
    source: 'wedge',
    reduced: true,
  });
  expect(left[1]!.body).toMatchObject({
    action: 'requesterReceived',
    requestId: 'request-1',
    params: { barcode: '39001' },
  });
  expect(journal.lineOf(old[0]!.scanId)).toMatchObject({ cancelled: true, prompt: { rowId: 'RVR-3184' } });
  const lines = journal.lines({ limit: 10 });
  rebuildDerived(db);
  expect(journal.lines({ limit: 10 })).toEqual(lines);
  expect(journal.erase({ rules: RULES, context: CONTEXT })).toEqual([]);
});

test('of holds, chosen due dates and what waited for a system stay the request or item, the action, the time and who', async () => {
  const old = more(daysAgo(8));
  const { journal, db } = await filled(old);
  journal.erase({ rules: RULES, context: CONTEXT });
  const left = journal.recordsOf(old[0]!.scanId);
  expect(left.map(({ id, at, staff, scanId }) => [id, at, staff, scanId])).toEqual(
    old.map(({ id, at, staff, scanId }) => [id, at, staff, scanId]),
  );
  expect(SECRETS.filter((secret) => JSON.stringify(left).includes(secret))).toEqual([]);
  expect(left[2]!.body).toMatchObject({ action: 'RequestItem', state: 'done', params: { barcode: '39002' } });
  const choices = left.flatMap(({ body }) => (body.type === 'choice' ? [body.offerId] : []));
  expect(choices).toEqual(['due', 'due-changed', 'lend', 'as:request-1']);
  const basis = { requestId: 'request-1', hrid: 'RVR-3184' };
  expect(left[8]!.body).toMatchObject({ no: 3, plan: { action: 'requesterReceived', params: {} }, basis });
  expect(left[9]!.body).toMatchObject({ plan: { kind: 'check-out', barcode: '39002', session: '' }, basis });
  // What is left is still a record like any other: it can be exported, imported and rescued.
  for (const { seq: _seq, ...one } of left) expect(NewRecord.parse(one)).toEqual(one);
  const line = journal.lineOf(old[0]!.scanId);
  expect(line).toMatchObject({ barcode: '39002', prompt: { rowId: '39002', tag: '' } });
  rebuildDerived(db);
  expect(journal.lineOf(old[0]!.scanId)).toEqual(line);
  expect(journal.held()).toEqual([]);
  expect(journal.heldNumber({ day: '2026-11-15', desk: CONTEXT.desk })).toBe(3);
});

test('the last four characters of a card are gone with the whole number, from its line and from what finds it', async () => {
  const old = card(daysAgo(2));
  const { journal } = await filled(old);
  journal.erase({ rules: RULES, context: CONTEXT });
  expect(journal.lineOf(old[0]!.scanId)).toMatchObject({ barcode: '', raw: '', prompt: { rowId: '' } });
  expect(SECRETS.filter((secret) => JSON.stringify(journal.recordsOf(old[0]!.scanId)).includes(secret))).toEqual([]);
  expect(journal.searchLines({ text: 'lastsecret', limit: 5 })).toEqual([]);
});

test('two labels read in one burst may hold a card, so nothing is left of them', async () => {
  const burst = scan({ raw: 'rawsecret', barcode: 'rawsecret', kind: 'run-together' }, { at: daysAgo(8) });
  const { journal } = await filled([burst]);
  journal.erase({ rules: RULES, context: CONTEXT });
  expect(JSON.stringify(journal.recordsOf(burst.scanId))).not.toContain('rawsecret');
});

test('the whole number of a card goes from a hold after a day, and the rest of the hold stays its time', async () => {
  const old = more(daysAgo(2));
  const { journal } = await filled(old);
  expect(journal.erase({ rules: RULES, context: CONTEXT })).toEqual([
    { rule: 'reduced', day: daysAgo(2).slice(0, 10), scans: 1, records: 2 },
  ]);
  const left = journal.recordsOf(old[0]!.scanId);
  expect(JSON.stringify(left)).not.toContain('sealedsecret');
  expect(left[2]!.body).toMatchObject({ params: { card: '•••• lastsecret', pickupName: 'pickupsecret' } });
  expect(journal.erase({ rules: RULES, context: CONTEXT })).toEqual([]);
});

test('after ninety days a scan is dropped, and a note of how many stays', async () => {
  const old = whole(daysAgo(91));
  const { journal, db } = await filled(old, whole(daysAgo(91)));
  const erased = { rule: 'dropped', day: daysAgo(91).slice(0, 10), scans: 2, records: 8 };
  expect(journal.erase({ rules: RULES, context: CONTEXT })).toEqual([erased]);
  expect(journal.lineOf(old[0]!.scanId)).toBeUndefined();
  expect(journal.counts()).toEqual({ records: 2, scans: 1 });
  expect(db.read("SELECT body FROM record WHERE type = 'erased'").get()).toEqual({
    body: JSON.stringify({ type: 'erased', ...erased }),
  });
});

test.each([
  ['a step without a known end', whole(daysAgo(400), { state: 'unknown' })],
  ['a card that something open speaks of', cardInUse()],
  ['a step that waits for a person’s word', whole(daysAgo(400), { state: 'needs-person' })],
  ['a hold without an answer', whole(daysAgo(400), { state: 'needs-person', action: 'RequestItem' })],
])('%s is kept whole whatever its age', async (_what, records) => {
  const { journal } = await filled(records);
  expect(journal.erase({ rules: RULES, context: CONTEXT })).toEqual([]);
  expect(JSON.stringify(journal.recordsOf(records[0]!.scanId))).toContain('sealedsecret');
});

function cardInUse(): readonly NewRecord[] {
  const card = whole(daysAgo(3), { card: true });
  const open = stepBody('unknown', { stepId: 'open', params: { session: card[0]!.scanId } });
  const item = scan({}, { at: daysAgo(3) });
  return [...card, item, record(open, { scanId: item.scanId, at: daysAgo(3) })];
}

test('the sealed number of a library card goes after a day', async () => {
  const card = whole(daysAgo(2), { card: true });
  const { journal } = await filled(card, whole(daysAgo(2)));
  expect(journal.erase({ rules: RULES, context: CONTEXT })).toMatchObject([{ rule: 'reduced', scans: 1 }]);
  expect(JSON.stringify(journal.recordsOf(card[0]!.scanId))).not.toContain('sealedsecret');
});

test('outside the rules nothing can be changed, deleted or replaced, and what is open never', async () => {
  const open = whole(daysAgo(400), { state: 'unknown' });
  const { db } = await filled(open, whole(daysAgo(1)));
  const run = (sql: string) => () => db.write(sql).run();
  expect(run("UPDATE record SET body = '{}' WHERE seq = 5")).toThrow('never changed');
  expect(run('DELETE FROM record WHERE seq = 5')).toThrow('never deleted');
  expect(run(`INSERT INTO erasing VALUES ('${open[0]!.scanId}', 'drop')`)).toThrow('never erased');
  const other = db.read<{ scan_id: string }>('SELECT scan_id FROM record WHERE seq = 5').get()!.scan_id;
  run(`INSERT INTO erasing VALUES ('${other}', 'reduce')`)();
  expect(run('DELETE FROM record WHERE seq = 5')).toThrow('never deleted');
  expect(run("UPDATE record SET at = '2020' WHERE seq = 5")).toThrow('never changed');
});

test('a clock that is years ahead erases nothing that is not old', () => {
  const ahead = rulesAt(new Date('2031-01-01T00:00:00.000Z'), NOW.toISOString(), DEFAULT_RETENTION);
  expect(ahead.dropBefore < daysAgo(88)).toBe(true);
  expect(rulesAt(NOW, NOW.toISOString(), DEFAULT_RETENTION)).toEqual({
    dropBefore: daysAgo(90),
    reduceBefore: daysAgo(7),
    reduceCardsBefore: daysAgo(1),
  });
});

test('an import of scans that were reduced or dropped here brings nothing back for longer than the next look', async () => {
  const [reduced, dropped] = [more(daysAgo(8)), whole(daysAgo(95))];
  const { journal } = await filled(reduced, dropped);
  const exported = [...reduced, ...dropped].map(({ scanId }) => scanId).filter((id, at, all) => all.indexOf(id) === at);
  const records = exported.flatMap((scanId) => journal.recordsOf(scanId));
  const job = jobOf(journal);
  await job.run();
  expect(journal.recordsOf(dropped[0]!.scanId)).toEqual([]);
  const kept = journal.recordsOf(reduced[0]!.scanId);
  for (let time = 0; time < 2; time += 1) {
    expect(journal.importRecords(records)).toEqual({ scans: 1, added: 4, known: 11, deletedHere: 0 });
    expect(journal.recordsOf(reduced[0]!.scanId)).toEqual(kept);
    await job.run();
    expect(journal.recordsOf(dropped[0]!.scanId)).toEqual([]);
  }
});

test('a computer on which nothing was ever scanned keeps what it imported no longer than others', async () => {
  const { journal } = await newJournal();
  const records = [...whole(daysAgo(95)), ...whole(daysAgo(10)), ...whole(daysAgo(1))];
  journal.importRecords(records.map((one, index) => ({ ...one, seq: index + 1 })));
  await jobOf(journal).run();
  expect(journal.counts().scans).toBe(2);
  expect(JSON.stringify(journal.recordsOf(records[4]!.scanId))).not.toContain('titlesecret');
  expect(JSON.stringify(journal.recordsOf(records[8]!.scanId))).toContain('titlesecret');
});

test('after the job the fields are in no file: journal, log, shared memory, backups, cache', async () => {
  const directory = newFolder();
  const options = { directory, appVersion: '0.1.0', now: daysAgo(8) };
  const { cache } = await openCache(options);
  cache.upsertMany([view()]);
  cache.close();
  const { journal } = await openJournal(options);
  onTestFinished(() => journal.close(NOW.toISOString()));
  for (let n = 0; n < 30; n += 1) {
    const at = daysAgo(n % 2 === 0 ? 8 : 95);
    journal.appendMany([...whole(at), ...more(at), ...card(at)]);
  }
  await journal.backUpIfBehind('hourly', daysAgo(7.5));
  mkdirSync(join(directory, 'damaged'));
  writeFileSync(join(directory, 'damaged', 'journal-20260101T000000000Z.db'), 'rawsecret');
  journal.append(scan({}, { at: NOW.toISOString() }));
  const found = () =>
    readdirSync(directory, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => SECRETS.some((secret) => readFileSync(path).includes(secret)));
  expect(found().length).toBeGreaterThanOrEqual(3);

  const job = jobOf(journal);
  await job.run();
  expect(found()).toEqual([]);
  expect(journal.lines({ limit: 100 })).toHaveLength(46);
  expect(readFileSync(cacheFile(directory)).includes('salt')).toBe(true);
});
