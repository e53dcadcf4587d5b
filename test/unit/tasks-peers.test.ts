import { expect, test } from 'vitest';
import type { RequestRecord } from '../../src-main/contract/request-record.ts';
import type { RequestView } from '../../src-main/contract/request.ts';
import { ok } from '../../src-main/contract/result.ts';
import type { Task } from '../../src-main/contract/tasks.ts';
import { loanDates } from '../../src-main/tasks/loans.ts';
import type { TaskEngine } from '../../src-main/tasks/engine.ts';
import type { TaskSettings } from '../../src-main/tasks/ports.ts';
import { nextLeg } from '../../src-main/tasks/standing.ts';
import { viewOf } from '../../src-main/tasks/view.ts';
import { engineOver, EXPORTED, good, memoryJournal, NOW, peers, RENEWAL, type Peers } from '../fixtures/tasks-world.ts';

const SETTINGS: TaskSettings = { returnMarginDays: 5, cleanUpDays: 30, links: {} };
const REASONS = [
  { code: 'GONE', label: 'Patron is not interested' },
  { code: 'OCLC', label: 'Completed outside Alma' },
];

function view(task: Task, settings: Partial<TaskSettings> = {}) {
  return viewOf(task, { now: NOW, timeZone: 'UTC', settings: { ...SETTINGS, ...settings }, reasons: REASONS });
}

function next(engine: TaskEngine, id: string, typed: Record<string, string> = {}): Promise<Task> {
  const task = engine.get(id);
  return good(engine.act(id, (task === undefined ? undefined : nextLeg(task))?.seq ?? 0, typed));
}

/** The peers with a ReShare whose records can be read whole: the thread of messages is what was sent. */
function withThread(world: Peers, thread: readonly string[], dueDate = '2026-12-01T22:59:00Z'): Peers {
  const request = {
    id: 'r1',
    state: { label: 'Received' },
    dueDate,
    audit: [{ no: 4, at: '2026-11-20T08:00:00Z' }],
  } as unknown as RequestView;
  const record = (): Promise<ReturnType<typeof ok<RequestRecord>>> =>
    Promise.resolve(
      ok({
        view: request,
        history: [
          { no: 4, at: '2026-11-20T08:00:00Z' },
          { no: 5, at: '2026-11-23T11:59:00Z' },
        ],
        messages: thread.map((text, index) => ({
          id: String(index),
          at: '2026-11-23T11:59:00Z',
          mine: true,
          seen: true,
          failed: false,
          text,
        })),
      } as unknown as RequestRecord),
    );
  return {
    ...world,
    systems: {
      ...world.systems,
      reshare: { ...world.systems.reshare, get: () => Promise.resolve(ok(request)), record },
    } as Peers['systems'],
  };
}

test('the library’s usual reason for cancelling is chosen already, where Alma still has it', async () => {
  const world = peers();
  const { engine } = engineOver(memoryJournal(), world);
  const { id } = await good(engine.start(EXPORTED));
  await good(engine.cleanUp(id));
  const looked = await next(engine, id, { status: 'Closed: Expired' });
  expect(view(looked, { cancelReason: 'OCLC' }).guide?.fields[0]).toMatchObject({ name: 'reason', suggested: 'OCLC' });
  expect(view(looked, { cancelReason: 'OLD' }).guide?.fields[0]).not.toHaveProperty('suggested');
  expect(view(looked).guide?.fields[0]).not.toHaveProperty('suggested');
});

test('where the lender’s half is done in Tipasa its steps say so, and what Tipasa does in Alma is only looked at', async () => {
  const world = peers();
  const settings = { ...SETTINGS, tipasa: { circulates: true } };
  const { engine } = engineOver(memoryJournal(), world, { settings });
  world.requests.set('a1', { requestId: 'a1', status: { code: 'S', label: 'Exported to third party' } });
  const { id } = await good(engine.start(EXPORTED));
  const seen = await good(engine.look(id));
  expect(seen.legs.map(({ system, step, mode }) => `${system} ${step} ${mode}`)).toEqual([
    'alma see-exported api',
    'worldshare-ill mark-received guided',
    'alma receive guided',
    'worldshare-ill mark-returned guided',
    'alma check-in guided',
  ]);
  const now = view(seen, settings);
  expect(now.legs[1]?.systemName).toBe('Tipasa');
  expect(now.guide?.steps.join(' ')).toContain('In Tipasa, open the request and mark it received.');
  expect(now.guide?.steps.join(' ')).toContain('Tipasa then makes the item in Alma by itself');
  expect(await next(engine, id)).toMatchObject({ overall: 'half-done' });
});

test.each([
  [true, 'WorldShare ILL names the patron'],
  [false, 'WorldShare ILL does not name the patron'],
  [undefined, 'WorldShare ILL may not name the patron'],
])('whether the patron’s name travels (%s) is said while the item is received', async (patronTravels, words) => {
  const { engine } = engineOver(memoryJournal(), peers());
  const { id } = await good(engine.start(EXPORTED));
  const task = await good(engine.skip(id, 1, 'Seen in Alma'));
  const settings = patronTravels === undefined ? {} : { patronTravels };
  expect(view(task, settings).guide?.notes.join(' ')).toContain(words);
});

test('the message to the lender is verified in ReShare’s thread; the lender’s new date too, where ReShare has it', async () => {
  const world = withThread(peers(), ['May we?'], '2027-01-10T22:59:00Z');
  const { engine } = engineOver(memoryJournal(), world);
  const { id } = await good(engine.start(RENEWAL));
  const asked = await next(engine, id, { message: 'May we?' });
  expect(asked.legs[0]).toMatchObject({ state: 'verified', sentence: 'ReShare shows the message on the request.' });
  const answered = await next(engine, id, { outcome: 'granted', date: '2027-01-10' });
  expect(answered.legs[1]).toMatchObject({ state: 'verified', sentence: 'ReShare shows 10 January 2027.' });
});

test('a new date that ReShare does not show yet counts on the word of staff, and says what ReShare shows', async () => {
  const { engine } = engineOver(memoryJournal(), withThread(peers(), []));
  const { id } = await good(engine.start(RENEWAL));
  const asked = await next(engine, id, { message: 'May we?' });
  // The answer was yes, and the thread shows nothing yet: that is no "no".
  expect(asked.legs[0]).toMatchObject({ state: 'done-by-api' });
  const answered = await next(engine, id, { outcome: 'granted', date: '2027-01-10' });
  expect(answered.legs[1]).toMatchObject({
    state: 'confirmed-by-staff',
    by: 'jo',
    sentence: 'ReShare still shows 1 December 2026.',
  });
});

test.each([
  [['May we?'], 'verified', 1],
  [[], 'todo', 1],
])('a message whose answer was lost is looked for in the thread %j: %s', async (thread, state, sent) => {
  const world = withThread(peers(), thread);
  const { engine, wait } = engineOver(memoryJournal(), world);
  const { id } = await good(engine.start(RENEWAL));
  world.fates.push(thread.length === 0 ? 'lost-before' : 'lost-after');
  await next(engine, id, { message: 'May we?' });
  for (let turn = 0; turn < 3; turn += 1) await wait();
  expect(engine.get(id)?.legs[0]).toMatchObject({ state });
  expect(world.sent).toHaveLength(sent);
});

test('an item Alma shows as received gives its barcode, and the lender’s date is still asked for', async () => {
  const world = peers();
  const { engine } = engineOver(memoryJournal(), world);
  const { id } = await good(engine.start(EXPORTED));
  await good(engine.skip(id, 1, 'Seen in Alma'));
  const status = { code: 'R', label: 'Physically received by library' };
  world.requests.set('a1', { requestId: 'a1', status, barcode: 'TMP-9' });
  const looked = await good(engine.look(id));
  expect(looked).toMatchObject({ overall: 'waiting-on-lender', subject: { label: 'TMP-9' } });
  expect(nextLeg(looked)).toMatchObject({ step: 'receive', state: 'todo' });
  expect(view(looked).guide?.fields[0]).toMatchObject({ name: 'barcode', suggested: 'TMP-9' });
  const half = await next(engine, id, { date: '2027-01-10' });
  expect(half).toMatchObject({ overall: 'half-done', lenderDate: { date: '2027-01-10' } });
  expect(half.legs[1]).toMatchObject({ state: 'verified' });
});

test('a loan of Relais stands among the loans with both dates from its receipt to its return', async () => {
  const { engine } = engineOver(memoryJournal(), peers());
  const order = { flow: 'relais-wms', label: 'T1', title: 'Rivers', refs: { relaisRequest: 'R1' } } as const;
  const { id } = await good(engine.start({ ...order, kind: 'loan' }));
  const loans = () =>
    loanDates({
      now: NOW,
      timeZone: 'UTC',
      requests: [],
      lent: new Map([['T1', { due: '2027-01-20', at: NOW }]]),
      tasks: engine.list,
      alma: new Map(),
    });
  expect(loans()).toEqual([]);
  expect(await next(engine, id, { date: '2027-01-10' })).toMatchObject({ overall: 'half-done' });
  expect(await next(engine, id)).toMatchObject({ overall: 'waiting-on-patron' });
  expect(loans()).toMatchObject([
    {
      key: id,
      flow: 'relais-wms',
      lender: { date: '2027-01-10', source: 'the lender, typed by jo' },
      patron: { date: '2027-01-20', source: 'WMS, at check-out' },
      warning: expect.stringContaining('The patron has it until') as string,
    },
  ]);
  const renewal = await good(engine.start({ ...order, kind: 'renewal', from: id }));
  await next(engine, renewal.id);
  await next(engine, renewal.id, { outcome: 'granted', date: '2027-03-01' });
  expect(loans()).toMatchObject([{ key: id, taskId: renewal.id, lender: { date: '2027-03-01' } }]);
  await next(engine, id);
  await next(engine, id);
  expect(loans()).toMatchObject([{ key: renewal.id, lender: { date: '2027-03-01' } }]);
});
