import { expect, test } from 'vitest';
import type { ScanLine } from '../../src-main/contract/journal.ts';
import type { Pile, PileOrder } from '../../src-main/contract/pile.ts';
import { fail, ok } from '../../src-main/contract/result.ts';
import { PileRun } from '../../src-main/journal/pile-run.ts';
import { prompt } from '../fixtures/store-records.ts';

const line = (scanId: string, working: boolean): ScanLine => ({
  scanId,
  seq: 1,
  at: '2026-11-23T08:00:00.000Z',
  barcode: 'RVR-1',
  raw: 'RVR-1',
  kind: 'request',
  source: 'screen',
  desk: 'Main desk',
  staff: 'desk',
  cancelled: false,
  prompt: prompt({ working }),
});

const wanted = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ requestId: `r${String(at)}`, label: `RVR-${String(at)}`, action: 'x' }));

/** A run whose orders end when the test says so. */
function office(kept?: Pile, refuseAfter = Number.POSITIVE_INFINITY) {
  const handed: PileOrder[] = [];
  const saved: (Pile | undefined)[] = [];
  let ids = 0;
  const run = new PileRun(
    {
      order: (order) => {
        if (handed.length >= refuseAfter) return Promise.resolve(fail('journal-closed', 'The disk is full.'));
        handed.push(order);
        return Promise.resolve(ok(line(order.scanId, true)));
      },
      save: (pile) => {
        saved.push(pile);
        return Promise.resolve();
      },
      onChanged: () => undefined,
      onFault: (error) => {
        throw error;
      },
      newId: () => `id-${String((ids += 1))}`,
      now: () => new Date('2026-11-23T08:00:00.000Z'),
    },
    kept,
  );
  const turns = async () => {
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  };
  const end = async (order: PileOrder | undefined) => {
    run.lineChanged(line(order?.scanId ?? '', false));
    await turns();
  };
  return { run, handed, saved, end, turns };
}

test('a few are worked on side by side, and each end begins the next, until all are done', async () => {
  const { run, handed, end, turns } = office();
  await run.order(wanted(6));
  await turns();
  expect(handed.map((order) => order.requestId)).toEqual(['r0', 'r1', 'r2', 'r3']);
  await end(handed[1]);
  expect(handed).toHaveLength(5);
  for (let at = 0; at < 6; at += 1) if (at !== 1) await end(handed[at]);
  expect(handed).toHaveLength(6);
  expect(run.pile).toMatchObject({ running: false, endedAt: '2026-11-23T08:00:00.000Z' });
});

test('stopped, what is on its way comes to its end and the rest is not sent; going on sends just that', async () => {
  const { run, handed, end, turns } = office();
  await run.order(wanted(6));
  await turns();
  await run.end();
  for (const order of handed.slice()) await end(order);
  expect(handed).toHaveLength(4);
  expect(run.pile).toMatchObject({ running: false });
  expect(run.pile?.endedAt).toBeUndefined();
  expect(run.pile?.orders.filter((order) => !order.sent).map((order) => order.requestId)).toEqual(['r4', 'r5']);
  run.resume();
  await turns();
  expect(handed.slice(4).map((order) => order.requestId)).toEqual(['r4', 'r5']);
});

test('after a restart nothing goes on by itself, and the same orders go under the same ids', async () => {
  const first = office();
  await first.run.order(wanted(6));
  await first.turns();
  const kept = first.saved.at(-1);
  const second = office(kept);
  await second.turns();
  expect(second.handed).toEqual([]);
  expect(second.run.pile).toMatchObject({ running: false });
  second.run.resume();
  await second.turns();
  expect(second.handed.map((order) => order.scanId)).toEqual(
    kept?.orders.filter((order) => !order.sent).map((order) => order.scanId),
  );
});

test('an order that cannot be written down stops the pile: nothing further is tried', async () => {
  const { run, handed, end, turns } = office(undefined, 2);
  await run.order(wanted(6));
  await turns();
  for (const order of handed.slice()) await end(order);
  expect(handed).toHaveLength(2);
  expect(run.pile?.orders.filter((order) => !order.sent)).toHaveLength(4);
});

test('a pile of scans has a beginning and an end, and is not begun while orders are sent', async () => {
  const { run, turns } = office();
  await run.start();
  expect(run.pile).toMatchObject({ kind: 'scans' });
  await run.end();
  expect(run.pile?.endedAt).toBeDefined();
  await run.order(wanted(1));
  await turns();
  await run.start();
  expect(run.pile?.kind).toBe('orders');
});

test('while a pile is worked through no other begins, and it is said that nothing was ordered', async () => {
  const { run, handed, end, turns } = office();
  expect(await run.order(wanted(1))).toBe(true);
  await turns();
  expect([run.busy, await run.order(wanted(2))]).toEqual([true, false]);
  expect(run.pile?.orders).toHaveLength(1);
  await end(handed[0]);
  expect([run.busy, await run.order(wanted(2))]).toEqual([false, true]);
});
