import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Task } from '../../src-main/contract/tasks.ts';
import type { TaskOrder } from '../../src-main/tasks/order.ts';
import { isClosed, isDone, isInDoubt, isOver, nextLeg } from '../../src-main/tasks/standing.ts';
import {
  ALMA_RENEWAL,
  engineOver,
  EXPORTED,
  memoryJournal,
  peers,
  RENEWAL,
  type Fate,
} from '../fixtures/tasks-world.ts';

const ORDERS: readonly TaskOrder[] = [
  RENEWAL,
  ALMA_RENEWAL,
  EXPORTED,
  { kind: 'return', flow: 'relais-wms', label: 'T1', refs: { relaisRequest: 'R1' } },
  { kind: 'temporary-item', flow: 'relais-wms', label: 'T2', refs: { relaisRequest: 'R2' } },
];

const TYPED = [
  {
    message: 'More time?',
    outcome: 'granted',
    date: '2027-02-01',
    barcode: 'EXA-1',
    status: 'Closed: Expired',
    reason: 'A',
  },
  { message: 'More time?', outcome: 'refused', status: 'Considering' },
  {},
] as const;

const fate = fc.constantFrom<Fate>('well', 'refused', 'not-sent', 'lost-after', 'lost-before');

/** What a person, the systems and the computer do to tasks, in any order. */
const deed = fc.oneof(
  fc.record({ what: fc.constant('act' as const), at: fc.nat(4), typed: fc.nat(2), fate }),
  fc.record({
    what: fc.constantFrom('settle' as const, 'skip' as const, 'abandon' as const),
    at: fc.nat(4),
    yes: fc.boolean(),
  }),
  fc.record({ what: fc.constantFrom('look' as const, 'clean-up' as const, 'wait' as const), at: fc.nat(4) }),
  fc.record({ what: fc.constant('crash' as const), at: fc.nat(4), after: fc.nat(4), fate }),
);

/** Of one part something is done, or may be, and something is open: the lender's turn alone is none. */
function mustShow(task: Task): boolean {
  if (task.abandoned !== undefined) return false;
  return task.legs.some((leg) => {
    const part = task.legs.filter((one) => one.part === leg.part);
    if (isInDoubt(leg)) return true;
    const next = part.find((one) => !isClosed(one));
    return isDone(leg) && next !== undefined && next.step !== 'lender-answer';
  });
}

test('whatever happens, no task is lost, half-done ones stand first, and nothing is sent twice without a look or a word', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(deed, { maxLength: 40 }), async (deeds) => {
      const journal = memoryJournal();
      const world = peers();
      world.loans.set('EXA-1', { loanId: 'l1', user: 'D', barcode: 'EXA-1', due: '2026-11-28T22:59:00Z' });
      world.requests.set('a1', { requestId: 'a1', status: { code: 'S', label: 'Request sent to partner' } });
      let run = engineOver(journal, world);
      const begun: string[] = [];
      for (const order of ORDERS) {
        const task = await run.engine.start(order);
        if (task.ok) begun.push(task.value.id);
      }
      const doubted = new Set<string>();
      for (const one of deeds) {
        const id = begun[one.at] ?? '';
        const task = run.engine.get(id);
        const leg = task === undefined ? undefined : nextLeg(task);
        const before = world.sent.length;
        if (one.what === 'act' || one.what === 'crash') {
          world.fates.splice(0, world.fates.length, one.fate);
          if (one.what === 'crash') journal.crash.in = one.after;
          await run.engine.act(id, leg?.seq ?? 0, one.what === 'act' ? (TYPED[one.typed] ?? {}) : TYPED[0]);
          // What is in doubt is sent again only after a look or a person settled it.
          if (world.sent.length > before) expect(doubted.has(`${id} ${String(leg?.seq)}`)).toBe(false);
        }
        if (one.what === 'crash') {
          run.engine.stop();
          journal.restart();
          run = engineOver(journal, world);
          await run.engine.recover();
        }
        if (one.what === 'settle') await run.engine.settle(id, leg?.seq ?? 0, one.yes);
        if (one.what === 'skip') await run.engine.skip(id, leg?.seq ?? 0, one.yes ? 'Does not apply' : '');
        if (one.what === 'abandon') await run.engine.abandon(id, one.yes ? 'A mistake' : '');
        if (one.what === 'look') await run.engine.look(id);
        if (one.what === 'clean-up') await run.engine.cleanUp(id);
        if (one.what === 'wait') await run.wait();

        doubted.clear();
        for (const known of run.engine.list) {
          for (const seen of known.legs) if (isInDoubt(seen)) doubted.add(`${known.id} ${String(seen.seq)}`);
        }
        expect(run.engine.list.map((known) => known.id).toSorted()).toEqual(begun.toSorted());
        const half = run.engine.list.map(({ overall }) => overall === 'half-done');
        expect(half).toEqual(half.toSorted((a, b) => Number(b) - Number(a)));
        for (const known of run.engine.list) {
          if (mustShow(known)) expect(known.overall).toBe('half-done');
          if (known.overall === 'half-done') expect(isOver(known)).toBe(false);
        }
      }
      expect(run.faults).toEqual([]);
      run.engine.stop();
    }),
    { numRuns: 150 },
  );
});
