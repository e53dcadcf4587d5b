import type { StepBody } from '../contract/journal.ts';
import type { RequestView } from '../contract/request.ts';
import type { Failure } from '../contract/result.ts';
import { actionLabel } from './actions.ts';
import { nameOf } from './look.ts';

/** Sentences about a step for the person at the desk. Each says what happened and what to do with the thing. */

export const STOPPED = 'Carrel was closed before this was sent. Nothing was sent: scan the item again.';

export function unknownSentence(action: string): string {
  return `“${actionLabel(action)}” was sent, but ReShare did not answer. It may or may not have happened: keep the item here while Carrel looks.`;
}

export function seenSentence(action: string, view: RequestView): string {
  return `“${actionLabel(action)}” got no clear answer, but has happened: ${nameOf(view)} is “${view.state.label}”.`;
}

/** The history says that it was tried; what the system said of it stands there too. */
export function failedSentence(action: string, view: RequestView): string {
  return `“${actionLabel(action)}” got no clear answer, but the history shows that ReShare tried and failed: ${nameOf(view)} is still “${view.state.label}”. Give the item to the ILL office.`;
}

export function doubtSentence(earlier: StepBody): string {
  return `“${actionLabel(earlier.action)}” for this request was sent earlier and its outcome is not known yet. Nothing more is sent until it is: keep the item here and scan it again in two minutes.`;
}

/** The looks are over and showed nothing: only a person can say what became of the earlier step. */
export function heldSentence(earlier: StepBody): string {
  return `“${actionLabel(earlier.action)}” for this ${earlier.system === 'reshare' ? 'request' : 'item'} was sent earlier and nothing shows whether it happened. Nothing more is sent until you say: look in ${systemName(earlier)}, then press the key for what you find.`;
}

export function notHappenedSentence(earlier: StepBody, view: RequestView): string {
  return `“${actionLabel(earlier.action)}” got no answer, and has not happened: ${nameOf(view)} is still “${view.state.label}”.`;
}

/** No call of the system tells what became of another (NCIP). */
export function cannotAskSentence(earlier: StepBody): string {
  return `${systemName(earlier)} did not answer and cannot be asked what became of “${actionLabel(earlier.action)}”. A person must look.`;
}

/** A look was made, or could not be, and settled nothing. */
export function cannotTellSentence(earlier: StepBody, showed: string): string {
  return `${systemName(earlier)} did not answer “${actionLabel(earlier.action)}”. ${showed} A person must look.`;
}

export function saidSentence(earlier: StepBody, happened: boolean): string {
  return `Staff looked in ${systemName(earlier)}: “${actionLabel(earlier.action)}” ${happened ? 'happened' : 'did not happen'}.`;
}

function systemName({ system }: StepBody): string {
  return system === 'reshare' ? 'ReShare' : system.toUpperCase();
}

export function lookFailedSentence(action: string, failure: Failure): string {
  const { code, sentence } = failure.error;
  if (code === 'not-found') {
    return `The request is not in ReShare any more, so “${actionLabel(action)}” was not sent. Give the item to the ILL office.`;
  }
  return `“${actionLabel(action)}” was not sent, because the request could not be looked at first. ${sentence}`;
}

/** No look showed it: `view` is what the last look saw, undefined when it failed. */
export function unsettledSentence(action: string, view: RequestView | undefined): string {
  const label = actionLabel(action);
  return view === undefined
    ? `“${label}” was sent without an answer, and ReShare could not be asked since. Keep the item here, and look at the request in ReShare before doing it again.`
    : `“${label}” was sent without an answer, and ${nameOf(view)} is still “${view.state.label}”. It seems not to have happened: scan the item again, or ask the ILL office.`;
}
