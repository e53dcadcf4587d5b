import type { LegStanding, Task, TaskLeg, TaskStanding } from '../contract/tasks.ts';

/** Nothing more is to be done for the leg. */
const CLOSED: ReadonlySet<LegStanding> = new Set<LegStanding>([
  'done-by-api',
  'verified',
  'confirmed-by-staff',
  'skipped',
]);

/** Something was sent, and nobody knows what became of it. */
const IN_DOUBT: ReadonlySet<LegStanding> = new Set<LegStanding>(['sending', 'unknown']);

export function isClosed({ state }: TaskLeg): boolean {
  return CLOSED.has(state);
}

export function isInDoubt({ state }: TaskLeg): boolean {
  return IN_DOUBT.has(state);
}

/** It was done, by whomever; what does not apply was not. */
export function isDone(leg: TaskLeg): boolean {
  return isClosed(leg) && leg.state !== 'skipped';
}

/** Nothing more is to come of the task. */
export function isOver({ overall }: Pick<Task, 'overall'>): boolean {
  return overall === 'done' || overall === 'abandoned';
}

/** The leg that is to be done now: what is in doubt first, then in order. */
export function nextLeg({ legs, overall }: Task): TaskLeg | undefined {
  if (overall === 'abandoned') return undefined;
  return legs.find(isInDoubt) ?? legs.find((leg) => !isClosed(leg));
}

/**
 * How a task stands, from its legs alone. *Half-done* is told for each part by itself: a loan that was received in both
 * systems and is out to its patron is not half done because its return is still to come.
 */
export function standingOf({ legs, abandoned }: Pick<Task, 'legs' | 'abandoned'>): TaskStanding {
  if (abandoned !== undefined) return 'abandoned';
  const open = legs.filter((leg) => !isClosed(leg));
  const [next] = open;
  if (next === undefined) return 'done';
  const parts = new Set(open.map(({ part }) => part));
  if ([...parts].some((part) => isHalf(legs.filter((leg) => leg.part === part)))) return 'half-done';
  if (next.step === 'lender-answer') return 'waiting-on-lender';
  // An exported request waits for its item; once it is here it waits for the patron to bring it back.
  if (next.part === 'receive') return 'waiting-on-lender';
  return next.part === 'return' && legs.some(({ part }) => part === 'receive') ? 'waiting-on-patron' : 'open';
}

/** Since when the oldest half-done task is (ISO 8601 UTC): when the first leg of the half part was done, or sent. */
export function halfDoneSince(tasks: readonly Task[]): string | undefined {
  return tasks
    .filter(({ overall }) => overall === 'half-done')
    .map(({ legs, changedAt }) => {
      const half = legs.filter(({ part }) => isHalf(legs.filter((leg) => leg.part === part)));
      const begun = half.flatMap((leg) => ((isDone(leg) || isInDoubt(leg)) && leg.at !== undefined ? [leg.at] : []));
      return begun.toSorted(compare)[0] ?? changedAt;
    })
    .toSorted(compare)[0];
}

function isHalf(legs: readonly TaskLeg[]): boolean {
  if (legs.some(isInDoubt)) return true;
  const next = legs.find((leg) => !isClosed(leg));
  // To have asked changes nothing yet: it is the lender's turn.
  return next !== undefined && next.step !== 'lender-answer' && legs.some(isDone);
}

const RANK: Readonly<Record<TaskStanding, number>> = {
  'half-done': 0,
  open: 1,
  'waiting-on-lender': 2,
  'waiting-on-patron': 3,
  done: 4,
  abandoned: 4,
};

/** Half-done first and the oldest of them at the top; what is over last, the newest of it first. */
export function inOrder<T extends Pick<Task, 'overall' | 'openedAt' | 'changedAt'>>(tasks: readonly T[]): readonly T[] {
  return tasks.toSorted((a, b) => {
    const rank = RANK[a.overall] - RANK[b.overall];
    if (rank !== 0) return rank;
    return isOver(a) ? compare(b.changedAt, a.changedAt) : compare(a.openedAt, b.openedAt);
  });
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
