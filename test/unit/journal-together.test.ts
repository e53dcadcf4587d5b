import { expect, test } from 'vitest';
import type { ActOutcome, BulkOutcome, RequestSystem } from '../../src-main/contract/outcome.ts';
import { fail, ok } from '../../src-main/contract/result.ts';
import { actingTogether } from '../../src-main/journal/together.ts';

const DONE: ActOutcome = { outcome: 'done' };
const REFUSED: ActOutcome = { outcome: 'refused', error: fail('refused', 'No.').error };

/** A system that notes its calls, and a clock that is moved by hand. */
function office(many: (ids: readonly string[], action: string) => BulkOutcome, active = true) {
  const calls: string[] = [];
  let waiting: (() => void)[] = [];
  const nothing = () => Promise.resolve(ok([]));
  const system: RequestSystem = {
    findByScan: nothing,
    listChanged: nothing,
    listOpen: nothing,
    get: () => Promise.resolve(fail('not-found', 'No.')),
    tenantRules: () => Promise.resolve(fail('not-found', 'No.')),
    act: (id) => {
      calls.push(id);
      return Promise.resolve(DONE);
    },
  };
  const together = actingTogether({
    system,
    actOnMany: (ids, action) => {
      calls.push(`${action}: ${ids.join(' ')}`);
      return Promise.resolve(many(ids, action));
    },
    isOffered: (action) => action === 'ship' || action === 'print',
    active: () => active,
    after: (_ms, run) => void waiting.push(run),
  });
  const pause = (): void => {
    const due = waiting;
    waiting = [];
    for (const run of due) run();
  };
  return { act: (id: string, action = 'ship', params = {}) => together.act(id, action, params), calls, pause };
}

test('what comes at the same time goes in one call, and each is told its own outcome', async () => {
  const { act, calls, pause } = office((ids) => new Map(ids.map((id) => [id, id === 'b' ? REFUSED : DONE])));
  const outcomes = Promise.all([act('a'), act('b'), act('c', 'fill'), act('d', 'ship', { note: 'x' })]);
  pause();
  expect((await outcomes).map(({ outcome }) => outcome)).toEqual(['done', 'refused', 'done', 'done']);
  expect(calls).toEqual(['c', 'd', 'ship: a b']);
});

test('eight go without waiting for more; one that stays alone goes by itself', async () => {
  const { act, calls, pause } = office((ids) => new Map(ids.map((id) => [id, DONE])));
  const outcomes = Promise.all(Array.from({ length: 9 }, (_, at) => act(String(at))));
  expect(calls).toEqual(['ship: 0 1 2 3 4 5 6 7']);
  pause();
  await outcomes;
  expect(calls.slice(1)).toEqual(['8']);
});

test('a system that offers no such call is asked once; each goes by itself then, and from then on', async () => {
  const { act, calls, pause } = office(() => 'not-offered');
  const first = Promise.all([act('a'), act('b')]);
  pause();
  expect((await first).map(({ outcome }) => outcome)).toEqual(['done', 'done']);
  await act('c');
  expect(calls).toEqual(['ship: a b', 'a', 'b', 'c']);
});

test('leave is a matter of each action: one that is not offered says nothing about another', async () => {
  const { act, calls, pause } = office((ids, action) =>
    action === 'ship' ? 'not-offered' : new Map(ids.map((id) => [id, DONE])),
  );
  const shipped = Promise.all([act('a'), act('b')]);
  pause();
  await shipped;
  const printed = Promise.all([act('c', 'print'), act('d', 'print')]);
  pause();
  await printed;
  expect(calls).toEqual(['ship: a b', 'a', 'b', 'print: c d']);
});

test('an answer that leaves one out is a fault for that one alone; while nothing is worked through, all go alone', async () => {
  const { act, pause } = office(() => new Map([['a', DONE]]));
  const both = Promise.allSettled([act('a'), act('b')]);
  pause();
  expect((await both).map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  const idle = office(() => 'not-offered', false);
  await idle.act('a');
  expect(idle.calls).toEqual(['a']);
});
