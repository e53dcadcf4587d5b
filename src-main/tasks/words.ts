import type { PeerId, Task, TaskFlow, TaskKind, TaskLeg, TaskStep } from '../contract/tasks.ts';
import { SYSTEM_NAMES } from './modes.ts';
import type { TaskSettings } from './ports.ts';
import { isDone, nextLeg } from './standing.ts';

const KINDS: Readonly<Record<TaskKind, string>> = {
  renewal: 'Renewal',
  exported: 'Exported request',
  loan: 'Loan',
  return: 'Return',
  'temporary-item': 'Temporary item by hand',
  'home-again': 'Home again',
  tidy: 'Temporary item to tidy',
};

const FLOWS: Readonly<Record<TaskFlow, string>> = {
  'reshare-wms': 'ReShare and WMS',
  'alma-worldshare': 'Alma and WorldShare ILL',
  'relais-wms': 'Relais D2D and WMS',
};

/** What a leg is called, as something to do. */
const STEPS: Readonly<Record<TaskStep, string>> = {
  'ask-lender': 'Ask the lender for more time',
  'lender-answer': 'Write down the lender’s answer',
  'record-renewal': 'Record the renewal on the request',
  'patron-date': 'Change the patron’s due date',
  'tell-patron': 'Tell the patron that the old date stands',
  'see-exported': 'See that it was exported',
  receive: 'Receive the item',
  'mark-received': 'Mark it received',
  'check-in': 'Check the item in',
  'mark-returned': 'Mark the request Returned',
  'look-up-status': 'Look the request up',
  'cancel-quietly': 'Cancel it; the patron is not told',
  'continue-by-hand': 'Go on without the temporary item',
  'see-temporary-item': 'See that the temporary item and its hold are there',
  'make-temporary-item': 'Make the temporary item',
  'place-hold': 'Place the hold for the patron',
  complete: 'Complete the request',
  'see-closed': 'See that the loan is closed',
  'delete-temporary-item': 'Delete the temporary item',
};

export function kindName(kind: TaskKind): string {
  return KINDS[kind];
}

export function flowName(flow: TaskFlow): string {
  return FLOWS[flow];
}

export function stepName({ step, system, mode }: Pick<TaskLeg, 'step' | 'system' | 'mode'>): string {
  if (step === 'ask-lender' && system === 'reshare' && mode === 'api') return 'Write to the lender';
  return STEPS[step];
}

/** What a system is called here: a library whose lending and borrowing is done in Tipasa knows no WorldShare ILL. */
export function systemName(system: PeerId, { tipasa }: Pick<TaskSettings, 'tipasa'>): string {
  return system === 'worldshare-ill' && tipasa !== undefined ? 'Tipasa' : SYSTEM_NAMES[system];
}

/** What is the matter with a task, in one sentence. */
export function taskSentence(task: Task, settings: Pick<TaskSettings, 'tipasa'>): string {
  const next = nextLeg(task);
  switch (task.overall) {
    case 'abandoned':
      return `Ended by ${task.abandoned?.by ?? 'staff'} before anything was done: ${task.abandoned?.reason ?? ''}`;
    case 'done':
      return doneSentence(task);
    case 'waiting-on-lender':
      if (task.kind === 'renewal') return 'Asked. It is the lender’s turn.';
      return task.kind === 'loan' ? 'On its way. Nothing came yet.' : 'Exported. Nothing came yet.';
    case 'waiting-on-patron':
      return 'Received in both systems. The patron has it.';
    case 'half-done':
      return halfSentence(task, next, (system) => systemName(system, settings));
    case 'open':
      return next === undefined ? '' : openSentence(task, `${stepName(next)} (${systemName(next.system, settings)}).`);
  }
}

/** How it ended: with both halves done, or with the one answer after which there is nothing to have in both. */
function doneSentence({ legs }: Task): string {
  if (isRefused(legs)) return 'The lender said no, so the old date stands. The patron knows.';
  if (legs.some((leg) => leg.step === 'cancel-quietly' && isDone(leg)))
    return 'Closed in both systems, without a loan.';
  return 'Both systems have it.';
}

function openSentence({ legs }: Task, todo: string): string {
  if (isRefused(legs)) return `The lender said no. Still to do: ${todo}`;
  return legs.some(isDone) ? `Next: ${todo}` : `Nothing is done yet. First: ${todo}`;
}

function isRefused(legs: readonly TaskLeg[]): boolean {
  return legs.some(({ step, typed }) => step === 'lender-answer' && typed?.['outcome'] === 'refused');
}

function halfSentence(task: Task, next: TaskLeg | undefined, nameOf: (system: PeerId) => string): string {
  if (next === undefined) return 'Half done.';
  if (next.state === 'unknown' || next.state === 'sending') {
    return `${nameOf(next.system)} was asked and did not answer: nobody knows yet whether it happened.`;
  }
  const last = task.legs.findLast((leg) => leg.part === next.part && isDone(leg));
  const done = last === undefined ? 'one system' : nameOf(last.system);
  return last?.system === next.system
    ? `Half done in ${done}: still to do is “${stepName(next)}”.`
    : `Done in ${done}, not yet in ${nameOf(next.system)}: ${stepName(next).toLowerCase()}.`;
}
