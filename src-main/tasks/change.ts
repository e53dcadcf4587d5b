import type { SeenDate, Task, TaskLeg } from '../contract/tasks.ts';
import type { StepBody } from '../contract/journal.ts';
import { isClosed, standingOf } from './standing.ts';
import { tellPatronLeg } from './plans.ts';

/** Who did something, and when (ISO 8601 UTC). */
export interface Doer {
  readonly by: string;
  readonly at: string;
}

/** The task with one leg changed, and what follows from it for the others. */
export function withLeg(task: Task, seq: number, change: Partial<TaskLeg>, at: string): Task {
  const legs = task.legs.map((leg) => (leg.seq === seq ? { ...leg, ...change } : leg));
  const changed = legs.find((leg) => leg.seq === seq);
  const next = { ...task, legs, changedAt: at };
  return restanding(changed === undefined || !isClosed(changed) ? next : followed(next, changed, at));
}

/** The task after legs were added. */
export function withLegs(task: Task, more: readonly TaskLeg[], at: string): Task {
  return restanding({ ...task, legs: [...task.legs, ...more], changedAt: at });
}

/** Ended by a person before anything was done. */
export function abandoned(task: Task, { by, at }: Doer, reason: string): Task {
  return restanding({ ...task, changedAt: at, abandoned: { by, at, reason } });
}

/** Words of WorldShare ILL's screens after which a request may be cancelled in Alma; *Unfilled* may still be sent again. */
export const CLOSED_IN_WORLDSHARE = [
  'Closed: Unfilled',
  'Closed: Expired',
  'Closed: Cancelled',
  'Returned',
  'Returned/Complete',
] as const;

export const OPEN_IN_WORLDSHARE = [
  'Not Reviewed',
  'Reviewed',
  'Submitted',
  'Considering',
  'Conditional',
  'In Transit',
  'Received/In Use',
  'Overdue',
  'Unfilled',
  'Lost',
] as const;

/** Whether what staff saw in WorldShare ILL means that the request is over there. */
export function isClosedThere(status: string | undefined): boolean {
  return CLOSED_IN_WORLDSHARE.some((one) => one === status);
}

/** What an ended leg means for the rest. */
function followed(task: Task, leg: TaskLeg, at: string): Task {
  if (leg.state === 'skipped') return task;
  switch (leg.step) {
    case 'lender-answer':
      return afterAnswer(task, leg, at);
    case 'receive':
    case 'mark-received':
      return afterReceiving(task, leg, at);
    case 'patron-date':
      return leg.typed?.['date'] === undefined
        ? task
        : { ...task, patronDate: { date: leg.typed['date'], source: dateSource(leg), at } };
    case 'look-up-status':
      return isClosedThere(leg.typed?.['status'])
        ? task
        : skipping(task, (one) => one.part === leg.part, 'Still open there, so it was left alone.', leg, at);
    case 'cancel-quietly':
      return skipping(task, () => true, 'The request was cancelled.', leg, at);
    default:
      return task;
  }
}

/** Granted: the lender's new date is known. Refused: the old one stands, and somebody tells the patron. */
function afterAnswer(task: Task, leg: TaskLeg, at: string): Task {
  const { outcome, date } = leg.typed ?? {};
  if (outcome === 'granted' && date !== undefined) {
    const source = leg.by === undefined ? 'typed by staff' : `the lender, typed by ${leg.by}`;
    return { ...task, lenderDate: { date, source, at } satisfies SeenDate };
  }
  if (outcome !== 'refused') return task;
  const left = skipping(task, () => true, 'The lender refused: the old date stands.', leg, at);
  return { ...left, legs: [...left.legs, tellPatronLeg(left)] };
}

/** Received: the temporary barcode is the item's name from now on, and the lender's date is what came with it. */
function afterReceiving(task: Task, { typed = {}, by }: TaskLeg, at: string): Task {
  const { barcode, date } = typed;
  return {
    ...task,
    ...(barcode === undefined ? {} : { subject: { ...task.subject, label: barcode } }),
    ...(date === undefined ? {} : { lenderDate: { date, source: `the lender, typed by ${by ?? 'staff'}`, at } }),
  };
}

function dateSource(leg: TaskLeg): string {
  const system = leg.system === 'alma' ? 'Alma' : 'WMS';
  if (leg.state === 'verified') return `${system}, seen there`;
  return leg.state === 'done-by-api' ? system : `${system}, says ${leg.by ?? 'staff'}`;
}

function skipping(task: Task, which: (leg: TaskLeg) => boolean, sentence: string, by: TaskLeg, at: string): Task {
  const legs = task.legs.map((leg) =>
    leg.seq === by.seq || isClosed(leg) || !which(leg) ? leg : { ...leg, state: 'skipped' as const, sentence, at },
  );
  return { ...task, legs };
}

/** With its new standing. What is over needs its patron no more: only the last characters stay. */
function restanding(task: Task): Task {
  const overall = standingOf(task);
  const { patron, ...subject } = task.subject;
  if (patron === undefined || (overall !== 'done' && overall !== 'abandoned')) return { ...task, overall };
  return { ...task, overall, subject: { ...subject, patron: { masked: patron.masked } } };
}

/** What the last record of a leg's call makes of the leg; undefined while nothing is known but that it was recorded. */
export function legAfter({ state, sentence, settledBy, params }: StepBody): Partial<TaskLeg> | undefined {
  const said = sentence === undefined ? {} : { sentence };
  const wanted = params['date'];
  const typed = typeof wanted === 'string' ? { typed: { date: wanted } } : {};
  switch (state) {
    case 'recorded':
      return undefined;
    case 'sending':
      return { state: 'sending', ...said };
    case 'unknown':
    case 'needs-person':
      return { state: 'unknown', ...said };
    case 'done':
      if (settledBy === 'staff') return { state: 'confirmed-by-staff', ...typed, ...said };
      return { state: settledBy === 'look' ? 'verified' : 'done-by-api', ...typed, ...said };
    case 'confirmed':
      return { state: 'verified', ...typed, ...said };
    case 'refused':
      return { state: 'refused', ...said };
    case 'not-sent':
    case 'not-done':
      return { state: 'todo', ...said };
  }
}
