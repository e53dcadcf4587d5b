import { expect, test } from 'vitest';
import type { LegStanding, Task, TaskLeg } from '../../src-main/contract/tasks.ts';
import { halfDoneSince, standingOf } from '../../src-main/tasks/standing.ts';

/** Since when work in two systems is half done: what the office's tile says. */

const at = (hour: number): string => `2026-11-23T${String(hour).padStart(2, '0')}:00:00.000Z`;

/** A task whose legs stand like this, each done at its hour; `part` as in the definitions of work. */
function task(
  legs: readonly (readonly [state: LegStanding, hour?: number | undefined, part?: TaskLeg['part']])[],
): Task {
  const made = legs.map(([state, hour, part = 'return'], seq): TaskLeg => ({
    seq,
    part,
    system: seq === 0 ? 'relais' : 'wms',
    step: 'check-in',
    mode: 'guided',
    state,
    ...(hour === undefined ? {} : { at: at(hour) }),
  }));
  const overall = standingOf({ legs: made });
  return {
    id: '00000000-0000-4000-8000-000000000001',
    kind: 'return',
    flow: 'relais-wms',
    subject: { label: '39888000000012', refs: {} },
    legs: made,
    overall,
    openedAt: at(1),
    openedBy: 'desk',
    changedAt: at(20),
  };
}

test('since the first of its halves was done or sent, and the oldest of all counts', () => {
  const early = task([['done-by-api', 9], ['confirmed-by-staff', 11], ['todo']]);
  const late = task([
    ['done-by-api', 14],
    ['refused', 15],
  ]);
  expect([early.overall, late.overall]).toEqual(['half-done', 'half-done']);
  expect(halfDoneSince([late, early])).toBe(at(9));
  expect(halfDoneSince([late])).toBe(at(14));
});

test('what was sent without an answer is half done since then', () => {
  expect(halfDoneSince([task([['unknown', 10], ['todo']])])).toBe(at(10));
});

test('a part that is whole, work that is only to do and work that is over say nothing', () => {
  const received = task([
    ['done-by-api', 8, 'receive'],
    ['todo', undefined, 'return'],
    ['todo', undefined, 'return'],
  ]);
  const over = task([
    ['done-by-api', 8],
    ['skipped', 9],
  ]);
  const fresh = task([['todo'], ['todo']]);
  expect(halfDoneSince([received, over, fresh])).toBeUndefined();
});

test('of several parts only the half one counts; without a time of its own, when it last changed', () => {
  const later = task([
    ['done-by-api', 3, 'receive'],
    ['done-by-api', 12, 'return'],
    ['todo', undefined, 'return'],
  ]);
  expect(halfDoneSince([later])).toBe(at(12));
  expect(halfDoneSince([task([['done-by-api'], ['todo']])])).toBe(at(20));
});
