import type { Offer } from '../contract/prompt.ts';
import type { Expectation } from './types.ts';

/**
 * What staff can choose on a prompt. The id of an offer says all that is needed to carry it out later, so a choice can be
 * journaled and decided again after a restart:
 *
 * - `do:<action>:<requestId>`: perform the action, by its ReShare code, on the request.
 * - `as:<requestId>`: the scan is about this request (asked when several requests carry the label).
 * - `fill:<requestId>`: fill the request with the scanned item, or with all volumes collected so far.
 * - `several:<requestId>`: several volumes go out on this request; collect them first.
 * - `cancel-yes:<requestId>`, `cancel-no:<requestId>`: answer the other library's wish to cancel.
 * - `undo:<requestId>`: take the fill back.
 * - `unfetched:<requestId>`: nobody fetched the borrowed item; it goes back.
 * - `split`: the burst was two labels; read each as a scan of its own.
 * - `again`: look the label up again.
 * - `check-in`: check the item in although this desk has just done so, or may have.
 * - `lend:<sessionId>`: lend the item to the patron of that session although something speaks against it.
 * - `happened:<stepId>`, `not-happened:<stepId>`: staff looked and say what became of a step that got no answer.
 * - `due:<day>`: another due date was set for the loan, or on a card's prompt for its session; pressed on no key but typed.
 * - `due-changed:<day>`: staff changed the due date in the circulation system.
 * - `cancel`: not this one; nothing further is done for this scan.
 */
export type Choice =
  | { readonly kind: 'do'; readonly action: string; readonly requestId: string }
  | { readonly kind: RequestChoice; readonly requestId: string }
  | { readonly kind: 'lend'; readonly sessionId: string }
  | { readonly kind: 'happened' | 'not-happened'; readonly stepId: string }
  | { readonly kind: 'due' | 'due-changed'; readonly day: string }
  | { readonly kind: 'split' | 'again' | 'cancel' | 'check-in' };

const REQUEST_CHOICES = ['as', 'fill', 'several', 'cancel-yes', 'cancel-no', 'undo', 'unfetched'] as const;
type RequestChoice = (typeof REQUEST_CHOICES)[number];

export function offerId(choice: Choice): string {
  if (choice.kind === 'do') return `do:${choice.action}:${choice.requestId}`;
  if (choice.kind === 'lend') return `lend:${choice.sessionId}`;
  if ('day' in choice) return `${choice.kind}:${choice.day}`;
  if ('stepId' in choice) return `${choice.kind}:${choice.stepId}`;
  return 'requestId' in choice ? `${choice.kind}:${choice.requestId}` : choice.kind;
}

/** Reads an offer id; undefined when it is none of ours. Request ids may themselves contain colons. */
export function parseOfferId(id: string): Choice | undefined {
  if (id === 'split' || id === 'again' || id === 'cancel' || id === 'check-in') return { kind: id };
  const colon = id.indexOf(':');
  if (colon < 0) return undefined;
  const kind = id.slice(0, colon);
  const rest = id.slice(colon + 1);
  if (kind === 'do') {
    const next = rest.indexOf(':');
    return next < 1 || next === rest.length - 1
      ? undefined
      : { kind, action: rest.slice(0, next), requestId: rest.slice(next + 1) };
  }
  if (kind === 'lend') return rest === '' ? undefined : { kind, sessionId: rest };
  if (kind === 'happened' || kind === 'not-happened') return rest === '' ? undefined : { kind, stepId: rest };
  if (kind === 'due' || kind === 'due-changed') return rest === '' ? undefined : { kind, day: rest };
  const known = REQUEST_CHOICES.find((k) => k === kind);
  return known === undefined || rest === '' ? undefined : { kind: known, requestId: rest };
}

/**
 * Ids of the requests that must be read and given as `Evidence.named` before deciding: the one a choice is about, and the
 * one the desk is waiting for an item for.
 */
export function namedRequests(choice: string | undefined, expectation: Expectation | undefined): readonly string[] {
  const chosen = choice === undefined ? undefined : parseOfferId(choice);
  const ids = [chosen !== undefined && 'requestId' in chosen ? chosen.requestId : undefined, expectation?.requestId];
  return [...new Set(ids.filter((id) => id !== undefined))];
}

/** F7 is the same everywhere: nothing further is done and the line stays in the list. */
export const NOT_THIS_ONE: Offer = { id: 'cancel', key: 'F7', label: 'Not this one' };

/** F10 to look the label up again after a system did not answer. */
export const TRY_AGAIN: Offer = { id: 'again', key: 'F10', label: 'Try again' };

/** What staff found when they looked after a step that no look of Carrel's can settle. */
export function wordOffers(stepId: string): readonly Offer[] {
  return [
    { id: offerId({ kind: 'not-happened', stepId }), key: 'F10', label: 'It did not happen' },
    { id: offerId({ kind: 'happened', stepId }), key: 'F11', label: 'It happened' },
  ];
}
