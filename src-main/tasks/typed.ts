import type { Task, TaskLeg } from '../contract/tasks.ts';
import { fail, ok, type Failure, type Result } from '../contract/result.ts';
import { readNewDay, patronDay, type Clock } from './days.ts';

type Typed = Readonly<Record<string, string>>;

/** The lender's answers to a wish for more time. */
export const ANSWERS = ['granted', 'refused'] as const;

/** Most characters of a message to the lender (mod-rs keeps notes of ISO 18626 messages whole; this keeps them readable). */
const MESSAGE_LENGTH = 300;

/**
 * What staff typed for a leg, checked: the days as `YYYY-MM-DD`. A new date is never before today, nor before the one it
 * replaces.
 */
export function readTyped(
  task: Task,
  leg: TaskLeg,
  typed: Typed,
  scene: Clock & { readonly returnMarginDays: number },
): Result<Typed> {
  switch (leg.step) {
    case 'ask-lender':
      return readMessage(leg, typed);
    case 'lender-answer':
      return readAnswer(task, typed, scene);
    case 'patron-date':
      return readPatronDay(task, typed, scene);
    case 'receive':
      return readReceived(task, typed, scene);
    case 'mark-received':
      return leg.system === 'relais' ? readReceived(task, typed, scene) : ok({});
    case 'look-up-status': {
      const status = (typed['status'] ?? '').trim();
      return status === '' ? missing('Choose what it says there.') : ok({ status });
    }
    case 'cancel-quietly': {
      const reason = (typed['reason'] ?? '').trim();
      return reason === '' ? missing('Choose a reason first.') : ok({ reason });
    }
    default:
      return ok({});
  }
}

function readMessage(leg: TaskLeg, typed: Typed): Result<Typed> {
  if (leg.mode !== 'api') return ok({});
  const message = (typed['message'] ?? '').trim();
  return message === '' ? missing('Type what the lender is asked.') : ok({ message: message.slice(0, MESSAGE_LENGTH) });
}

function readAnswer(task: Task, typed: Typed, clock: Clock): Result<Typed> {
  const { outcome } = typed;
  if (outcome === 'refused') return ok({ outcome });
  if (outcome !== 'granted') return missing('Choose what the lender answered.');
  const date = readNewDay(typed['date'] ?? '', task.lenderDate?.date, clock);
  return date.ok ? ok({ outcome, date: date.value }) : date;
}

function readPatronDay(task: Task, typed: Typed, scene: Clock & { readonly returnMarginDays: number }): Result<Typed> {
  const wanted = (typed['date'] ?? '').trim();
  const text = wanted === '' ? patronDay(task, scene.returnMarginDays, scene) : wanted;
  if (text === undefined) return missing('Type the patron’s new date.');
  const date = readNewDay(text, task.patronDate?.date, scene);
  return date.ok ? ok({ date: date.value }) : date;
}

function readReceived(task: Task, typed: Typed, clock: Clock): Result<Typed> {
  const barcode = (typed['barcode'] ?? '').trim();
  if (barcode === '' && task.subject.label === '') return missing('Type the temporary barcode the item got.');
  const date = readNewDay(typed['date'] ?? '', undefined, clock);
  if (!date.ok) return date;
  return ok({ date: date.value, ...(barcode === '' ? {} : { barcode }) });
}

function missing(sentence: string): Failure {
  return fail('bad-input', sentence, { mender: 'desk', retry: 'now' });
}
