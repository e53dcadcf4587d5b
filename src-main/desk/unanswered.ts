import type { StepBody } from '../contract/journal.ts';
import { HOLD_ACTIONS } from './hold-types.ts';

/** Messages about a patron's hold: the NCIP services RequestItem and CancelRequestItem. */
const HOLD_MESSAGES: ReadonlySet<string> = new Set(Object.values(HOLD_ACTIONS));

/**
 * Whether an unanswered message holds back what follows for the same thing. One about a hold does not: it changes nothing
 * about where the item is, a check-in after it is right either way and its answer says whether a hold waits, and an item
 * that may not be checked in until somebody looked would wait for nothing. It only holds back the same wish of the same
 * patron.
 */
export function keepsLane({ action }: Pick<StepBody, 'action'>): boolean {
  return !HOLD_MESSAGES.has(action);
}

/** True of a hold placed or cancelled whose answer was lost: nobody knows how it ended until a person has said so. */
export function isOpenHoldStep({ action, state }: Pick<StepBody, 'action' | 'state'>): boolean {
  return state === 'needs-person' && HOLD_MESSAGES.has(action);
}

/** True of a step that waits for a person's word and holds back everything else about its thing until then. */
export function asksForWord(body: Pick<StepBody, 'action' | 'held' | 'state'>): boolean {
  return body.state === 'needs-person' && body.held === true && keepsLane(body);
}
