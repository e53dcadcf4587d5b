import type { AlmaOutcome } from '../contract/alma.ts';
import type { Task, TaskLeg } from '../contract/tasks.ts';
import { fail, ok, type Failure, type Result } from '../contract/result.ts';
import { momentOf } from './days.ts';
import type { LookScene } from './looks.ts';
import type { CallOutcome } from './ports.ts';

/** A call that was looked at and may be sent once. */
export interface ReadyCall {
  /** The newest line of the request's history before the call (ReShare's audit number), to know its traces by. */
  readonly lastAuditNo?: number;
  readonly send: () => Promise<CallOutcome>;
}

export type Readiness =
  | { readonly ready: 'send'; readonly call: ReadyCall }
  /** A look shows that it is so already: nothing is sent. */
  | { readonly ready: 'there-already'; readonly sentence: string };

/** Whether a leg of this installation is carried out by a call. */
export function isCall(leg: TaskLeg): boolean {
  if (leg.mode !== 'api') return false;
  return (
    (leg.system === 'reshare' && leg.step === 'ask-lender') ||
    (leg.system === 'alma' && ['patron-date', 'cancel-quietly', 'check-in'].includes(leg.step))
  );
}

/**
 * Looks at the systems right before the call: whether it may be sent, is not needed any more, or must not be. Sends nothing.
 * @returns a failure where it cannot be sent now
 */
export async function readyCall(
  task: Task,
  leg: TaskLeg,
  typed: Readonly<Record<string, string>>,
  scene: LookScene,
): Promise<Result<Readiness>> {
  if (leg.system === 'reshare') return readyMessage(task, typed, scene);
  if (leg.step === 'patron-date') return readyDate(task, typed['date'] ?? '', scene);
  if (leg.step === 'cancel-quietly') return readyCancel(task, typed['reason'] ?? '', scene);
  return readyScanIn(task, scene);
}

async function readyMessage(
  task: Task,
  typed: Readonly<Record<string, string>>,
  { systems }: LookScene,
): Promise<Result<Readiness>> {
  const id = task.subject.refs.reshareRequest;
  const { reshare } = systems;
  if (reshare === undefined || id === undefined) return notSetUp('ReShare');
  const request = await reshare.get(id);
  if (!request.ok) return request;
  const { validActions, state, audit } = request.value;
  if (validActions !== undefined && !validActions.some(({ code }) => code === 'message')) {
    return refuse(`ReShare takes no message to the lender while the request is “${state.label}”.`);
  }
  const lastAuditNo = audit.reduce((last, { no }) => Math.max(last, no), 0);
  const send = () => reshare.act(id, 'message', { note: typed['message'] ?? '' });
  return ok({ ready: 'send', call: { send, lastAuditNo } });
}

async function readyDate(task: Task, day: string, { systems, timeZone }: LookScene): Promise<Result<Readiness>> {
  const { alma } = systems;
  if (alma === undefined) return notSetUp('Alma');
  const loan = await alma.loanOf(task.subject.label);
  if (!loan.ok) return loan;
  if (loan.value === undefined) return refuse('Alma has no loan of this item, so there is no date to change.');
  const found = loan.value;
  const due = momentOf(day, found.due, timeZone);
  if (found.due?.slice(0, 16) === due.slice(0, 16)) {
    return ok({ ready: 'there-already', sentence: 'Alma has that date already, so nothing was sent.' });
  }
  return sending(() => alma.setDueDate(found, due));
}

async function readyCancel(task: Task, reason: string, { systems, patron }: LookScene): Promise<Result<Readiness>> {
  const { alma } = systems;
  const requestId = task.subject.refs.almaRequest;
  if (alma === undefined) return notSetUp('Alma');
  if (requestId === undefined || patron === undefined) {
    return refuse(
      'Carrel does not have the request’s number and its patron’s id, which Alma asks for. Cancel it in Alma.',
    );
  }
  const read = await alma.borrowingRequest(patron, requestId);
  if (!read.ok) return read;
  const request = read.value;
  if (request === undefined) {
    return ok({ ready: 'there-already', sentence: 'Alma no longer lists the request, so nothing was sent.' });
  }
  const { label } = request.status;
  if (/^cancell?ed/i.test(label)) {
    return ok({ ready: 'there-already', sentence: `Alma says “${label}” already, so nothing was sent.` });
  }
  if ((request.barcode ?? '') !== '' || /received|loaned|returned|renew/i.test(label)) {
    return refuse(`Alma says “${label}”: the item was received, so the request is not cancelled.`);
  }
  return sending(() => alma.cancelQuietly({ user: patron, requestId, reason }));
}

async function readyScanIn(task: Task, { systems }: LookScene): Promise<Result<Readiness>> {
  const { alma } = systems;
  if (alma === undefined) return notSetUp('Alma');
  const loan = await alma.loanOf(task.subject.label);
  if (!loan.ok) return loan;
  if (loan.value === undefined) {
    return ok({ ready: 'there-already', sentence: 'Alma has no loan of it any more, so nothing was sent.' });
  }
  return sending(() => alma.scanIn(task.subject.label));
}

function sending(send: () => Promise<CallOutcome | AlmaOutcome<unknown>>): Result<Readiness> {
  return ok({ ready: 'send', call: { send } });
}

function notSetUp(system: string): Failure {
  return fail(
    'configuration',
    `${system} is not set up in Carrel. Do it on ${system}’s own screen and confirm it here.`,
    {
      mender: 'library-administrator',
    },
  );
}

function refuse(sentence: string): Failure {
  return fail('refused', sentence, { mender: 'ill-office' });
}
