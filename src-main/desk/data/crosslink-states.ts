import type { RequestView } from '../../contract/request.ts';
import type { StateWords } from './place.ts';

/**
 * States of CrossLink that no state of mod-rs equals, with their side before their own name. Meaning: indexdata/crosslink
 * `misc/state-models.yaml` 3.0.0; what to do with the thing in the hand follows the same sources as the other tables.
 */

const STRAY = 'If you are holding an item with this number, give it to the ILL office.';

function office(event: string, why: string): StateWords {
  return { event, place: 'ill-office', kind: 'stop', tag: 'ILL office', why: [why] };
}

function closed(event: string, tag: string, why: string): StateWords {
  return { event, place: 'no-longer', kind: 'ill', tag, why: [why, STRAY] };
}

function over(event: string, tag: string, why: string): StateWords {
  return {
    event,
    place: 'own',
    kind: 'shelve',
    tag,
    why: [why, '{checkIn}: that tells whether somebody waits for it.'],
  };
}

export const CROSSLINK: Readonly<Record<string, StateWords>> = {
  CROSSLINK_REQ_NEEDS_REVIEW: office(
    'to be looked at',
    'ReShare does not know which record {hrid} means. The ILL office looks at it before it is sent.',
  ),
  CROSSLINK_REQ_RETRY_PENDING: office(
    'asked to try again',
    '{partner} asks for {hrid} in another form. The ILL office accepts that or turns it down.',
  ),
  CROSSLINK_REQ_CHECKED_OUT: {
    event: 'lent to your patron',
    place: 'hold-shelf',
    kind: 'ill',
    tag: 'With its patron',
    why: ['It is lent to us by {partner} and checked out to your patron, but ReShare offers no “returned” right now.'],
  },
  CROSSLINK_REQ_MANUALLY_CLOSED: closed('closed by hand', 'Closed', 'Staff closed {hrid}; nothing is due for it.'),
  CROSSLINK_REQ_CLOSED_DUPLICATE: closed(
    'closed as a duplicate',
    'Closed',
    '{hrid} was closed because the same was asked for before.',
  ),
  CROSSLINK_RES_COMPLETED_WITH_RETRY: over(
    'asked to try again',
    'Not supplied',
    'We asked {partner} to try {hrid} again in another form; the item stays here.',
  ),
  CROSSLINK_RES_MANUALLY_CLOSED: over('closed by hand', 'Closed', 'Staff closed {hrid}; the item stays here.'),
};

/** Whether a request is CrossLink's: then its state has that system's own name beside the port's code. */
export function isCrosslink({ state }: Pick<RequestView, 'state'>): boolean {
  return state.own !== undefined;
}
