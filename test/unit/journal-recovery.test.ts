import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { StepBody } from '../../src-main/contract/journal.ts';
import { ok } from '../../src-main/contract/result.ts';
import { recoverShift } from '../../src-main/assembly/recovery.ts';
import { DeskFlow } from '../../src-main/journal/desk-flow.ts';
import { createDoubts } from '../../src-main/journal/doubts.ts';
import { JustDone } from '../../src-main/journal/just-done.ts';
import { createLanes } from '../../src-main/journal/lanes.ts';
import { rulesWith } from './desk-cases.ts';
import { OUTCOMES, scriptedSystem } from '../fixtures/journal-model.ts';
import { CONTEXT, prompt, record, scan, stepBody } from '../fixtures/store-records.ts';
import { memoryJournal } from '../fixtures/store-stores.ts';

/** What a start makes of what an earlier run left open. */

const ITEM = '34101009014610';

/** One run of Carrel on a journal: started, and then scanned at. */
async function start(journal: ReturnType<typeof memoryJournal>['journal'], sent: string[]) {
  const doubts = createDoubts();
  const append = (made: Parameters<typeof journal.append>[0]) => Promise.resolve(ok(journal.append(made).record));
  const flow = new DeskFlow({
    journal: { append, line: (scanId) => Promise.resolve(journal.lineOf(scanId)) },
    cache: { findByIdentifier: () => Promise.resolve([]), upsert: () => Promise.resolve() },
    system: scriptedSystem([], OUTCOMES.done),
    circulation: {
      checkIn: (barcode) => {
        sent.push(barcode);
        return Promise.resolve({ outcome: 'done', value: { routing: { kind: 'reshelve', raw: 'Re-shelve' } } });
      },
    },
    lanes: createLanes(),
    doubts,
    justDone: new JustDone(() => 0),
    settler: undefined,
    rules: () => rulesWith({ circulation: { name: 'WMS', hereCodes: ['RVRM'], branches: [] } }),
    identity: () => CONTEXT,
    now: () => new Date('2026-11-23T10:00:00Z'),
    mono: () => 0,
    newId: randomUUID,
    protect: (text) => ({ masked: text }),
    after: () => () => undefined,
    onSession: () => undefined,
    onRecorded: () => undefined,
    onLine: () => undefined,
    onActed: () => undefined,
    onFault: (error) => {
      throw error instanceof Error ? error : new Error(JSON.stringify(error));
    },
  });
  await recoverShift({
    store: {
      journal: {
        recover: (context) => Promise.resolve(journal.recover(context)),
        unsettledSteps: () => Promise.resolve(journal.unsettledSteps()),
        steps: (query) => Promise.resolve(journal.steps(query)),
        lines: (query) => Promise.resolve(journal.lines(query)),
        lineOf: (scanId) => Promise.resolve(journal.lineOf(scanId)),
        recordsOf: (scanId) => Promise.resolve(journal.recordsOf(scanId)),
      },
    },
    flow,
    doubts,
    settler: undefined,
    record: (scanId, body) => append(record(body, { scanId })),
    context: () => CONTEXT,
    now: () => new Date('2026-11-23T10:00:00Z'),
    settleMinutes: 0,
    onFault: (error) => {
      throw error instanceof Error ? error : new Error(JSON.stringify(error));
    },
  });
  const scanned = async () => {
    const line = await flow.submit({ id: randomUUID(), raw: ITEM, source: 'wedge' });
    if (!line.ok) throw new Error(line.error.sentence);
    await flow.idle();
    return journal.lineOf(line.value.scanId)?.prompt;
  };
  return { flow, doubts, scanned };
}

const LOST: Partial<StepBody> = {
  lane: `item:${ITEM}`,
  requestId: `item:${ITEM}`,
  system: 'wms',
  action: 'CheckInItem',
  params: { barcode: ITEM },
};

test('a check-in whose answer was lost is not sent again after any number of starts, until a person says', async () => {
  const { journal } = memoryJournal();
  const first = scan({ raw: ITEM, barcode: ITEM });
  journal.append(first);
  journal.append(record({ type: 'prompt', prompt: prompt({ working: true }) }, { scanId: first.scanId }));
  for (const state of ['recorded', 'sending'] as const) {
    journal.append(record(stepBody(state, LOST), { scanId: first.scanId }));
  }
  const sent: string[] = [];
  for (let run = 1; run <= 3; run++) {
    const { scanned } = await start(journal, sent);
    expect(
      (await scanned())?.offers.map((offer) => offer.label),
      `run ${run}`,
    ).toContain('It did not happen');
  }
  expect(sent).toEqual([]);
  const open = journal.lineOf(first.scanId)?.prompt;
  expect(open).toMatchObject({ destination: { verb: 'Keep here' }, working: false });

  const last = await start(journal, sent);
  const offer = open?.offers.find(({ key }) => key === 'F10');
  expect((await last.flow.choose(first.scanId, offer?.id ?? '')).ok).toBe(true);
  expect((await last.scanned())?.kindText).not.toContain('Not known');
  expect(sent).toEqual([ITEM]);
  const steps = journal.recordsOf(first.scanId).flatMap(({ body }) => (body.type === 'step' ? [body] : []));
  expect(steps.map(({ state }) => state)).toEqual(['recorded', 'sending', 'unknown', 'needs-person', 'not-done']);
  expect(steps.at(-1)).toMatchObject({ settledBy: 'staff' });
  expect((await start(journal, sent)).doubts.all()).toEqual([]);
});

test('a step that was only recorded is closed as not sent, and holds nothing', async () => {
  const { journal } = memoryJournal();
  const first = scan({ raw: ITEM, barcode: ITEM });
  journal.append(first);
  journal.append(record(stepBody('recorded', LOST), { scanId: first.scanId }));
  const sent: string[] = [];
  const { doubts, scanned } = await start(journal, sent);
  expect(doubts.all()).toEqual([]);
  await scanned();
  expect(sent).toEqual([ITEM]);
  expect(journal.lineOf(first.scanId)?.prompt?.tag).toBe('Scan again');
});
