import { expect, test } from 'vitest';
import type { Task } from '../../src-main/contract/tasks.ts';
import type { TaskEngine } from '../../src-main/tasks/engine.ts';
import { nextLeg } from '../../src-main/tasks/standing.ts';
import { engineOver, good, memoryJournal, NOW, peers, type Peers } from '../fixtures/tasks-world.ts';
import { almaDesk, got, type AlmaDesk } from './alma-desk.ts';

/** Work between Alma and WorldShare ILL, with the real client and the practice Alma: nothing twice, nothing lost. */

const CLOCK = () => Date.parse(NOW);

async function office(): Promise<{
  readonly desk: AlmaDesk;
  readonly engine: TaskEngine;
  readonly wait: () => Promise<void>;
}> {
  const desk = await almaDesk({ practiceNow: CLOCK }, {}, 'full', CLOCK);
  const world: Peers = { ...peers(), systems: { ...peers().systems, alma: desk.alma } };
  return {
    desk,
    ...engineOver(memoryJournal(), world, {
      settings: { returnMarginDays: 5, cleanUpDays: 30, worldsharePartner: 'WSILL', links: {} },
    }),
  };
}

/** Ends the leg whose turn it is. */
async function next(engine: TaskEngine, id: string, typed: Readonly<Record<string, string>> = {}): Promise<Task> {
  const leg = nextLeg(engine.get(id)!);
  if (leg === undefined) throw new Error('nothing is left to do');
  return good(engine.act(id, leg.seq, typed));
}

function renewal({ barcode, requestId, user }: AlmaDesk['practice']['access']['things']['loans'][number]) {
  return {
    kind: 'renewal',
    flow: 'alma-worldshare',
    label: barcode,
    refs: { almaRequest: requestId, worldshareRequest: `w-${requestId}` },
    patron: user,
    lenderDate: '2026-12-01',
  } as const;
}

test('six renewals: granted in WorldShare, the date changed in Alma once each and seen there', async () => {
  const { desk, engine } = await office();
  for (const loan of desk.practice.access.things.loans.slice(0, 6)) {
    const { id } = await good(engine.start(renewal(loan)));
    await next(engine, id);
    await next(engine, id, { outcome: 'granted', date: '2027-02-12' });
    // Alma's interface cannot mark the request renewed: staff say that they did, and its label does not say otherwise yet.
    for (let turn = 0; turn < 2 && nextLeg(engine.get(id)!)?.step === 'record-renewal'; turn += 1)
      await next(engine, id);
    const done = await next(engine, id);
    expect(done).toMatchObject({ overall: 'done' });
    expect(done.legs.at(-1)).toMatchObject({ step: 'patron-date', state: 'verified' });
    expect(got(await desk.alma.loanOf(loan.barcode))?.due?.slice(0, 10)).toBe('2027-02-07');
  }
  expect(desk.practice.effects.map(({ action }) => action)).toEqual(Array.from({ length: 6 }, () => 'due-date'));
});

test('a renewal whose answer is lost is half done until Alma shows the date, and is sent once', async () => {
  const { desk, engine } = await office();
  const { id } = await good(engine.start(renewal(desk.practice.access.things.loans[0]!)));
  await next(engine, id);
  await next(engine, id, { outcome: 'granted', date: '2027-02-12' });
  for (let turn = 0; turn < 2 && nextLeg(engine.get(id)!)?.step === 'record-renewal'; turn += 1) await next(engine, id);
  desk.practice.faults.add({ where: /^PUT /, kind: 'per-second', times: 1 });
  const busy = await engine.act(id, nextLeg(engine.get(id)!)!.seq, {});
  expect(desk.practice.effects).toEqual([]);
  if (busy.ok) expect(busy.value.overall).toBe('half-done');
  desk.practice.faults.add({ where: /^PUT /, kind: 'html-500-after', times: 1 });
  expect(await next(engine, id)).toMatchObject({ overall: 'done' });
  expect(desk.practice.effects).toHaveLength(1);
});

test('twelve clean-ups: closed in WorldShare, cancelled in Alma one after the other, and no patron is told', async () => {
  const { desk, engine } = await office();
  const stale = desk.practice.access.things.stale.slice(0, 12);
  const ids: string[] = [];
  for (const { requestId, user, title } of stale) {
    const { id } = await good(
      engine.start({
        kind: 'exported',
        flow: 'alma-worldshare',
        label: '',
        title,
        refs: { almaRequest: requestId },
        patron: user,
      }),
    );
    await good(engine.cleanUp(id));
    expect(await next(engine, id, { status: 'Closed: Expired' })).toMatchObject({ overall: 'half-done' });
    ids.push(id);
  }
  desk.practice.faults.add({ where: /^DELETE /, kind: 'drop-after', times: 1 });
  const rows = await engine.cancelQuietly(ids, desk.practice.access.cancelReason);
  expect(rows.filter(({ done }) => !done)).toEqual([]);
  expect(desk.practice.effects).toHaveLength(12);
  expect(desk.practice.effects.every(({ action, told }) => action === 'cancel' && told === false)).toBe(true);
  expect(new Set(desk.practice.effects.map(({ requestId }) => requestId)).size).toBe(12);
  expect(ids.map((id) => engine.get(id)?.overall)).toEqual(ids.map(() => 'done'));
});

test('an exported request is seen with the partner that stands for WorldShare', async () => {
  const { desk, engine } = await office();
  const [fresh] = desk.practice.access.things.fresh;
  const { id } = await good(
    engine.start({
      kind: 'exported',
      flow: 'alma-worldshare',
      label: '',
      title: fresh!.title,
      refs: { almaRequest: fresh!.requestId },
      patron: fresh!.user,
    }),
  );
  expect(await good(engine.look(id))).toMatchObject({ overall: 'waiting-on-lender' });
  desk.practice.faults.add({ where: 'everything', kind: 'html-500' });
  const blind = await good(engine.look(id));
  expect(blind.legs).toEqual(engine.get(id)?.legs);
  expect(blind.overall).toBe('waiting-on-lender');
});
