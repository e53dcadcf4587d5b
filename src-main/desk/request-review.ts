import type { ActionForm, RequestDetail } from '../contract/request-detail.ts';
import type { RequestRecord } from '../contract/request-record.ts';
import type { RequestView } from '../contract/request.ts';
import { KNOWN_STATES } from './data/states.ts';
import { day, shorten } from './words.ts';

export interface ReviewScene {
  /** Other requests of the same patron, newest first; undefined where they were not asked for or could not be read. */
  readonly samePatron?: readonly RequestView[];
  /** ISO 8601 UTC. */
  readonly now: string;
  readonly timeZone?: string;
}

type Fact = NonNullable<RequestDetail['review']>['facts'][number];

interface Review {
  readonly heading: string;
  readonly sentences: readonly string[];
  /** What decides it, in the order it is offered. */
  readonly actions: readonly string[];
  /** What it is judged by. */
  readonly facts?: (record: RequestRecord) => readonly Fact[];
  /** Which of the patron's requests it has to be compared with. */
  readonly compared?: (other: RequestView, record: RequestRecord) => boolean;
  /** Said where there are none of those. */
  readonly alone?: string;
  /** Whose request it is matters for this decision. */
  readonly ofPatron?: true;
}

const KNOWN: ReadonlySet<string> = new Set(KNOWN_STATES);

/** Most other requests named. */
const NAMED = 20;

/** What the states in which ReShare stops and asks are about (mod-rs `NewRequestService`, `ActionEventData`). */
const REVIEWS: Readonly<Record<string, Review>> = {
  REQ_DUPLICATE_REVIEW: {
    heading: 'Perhaps asked for twice',
    sentences: [
      'The same patron placed a request for the same title a short while ago.',
      'Look at the other one first. Approve this one if both are meant, else cancel it.',
    ],
    actions: ['requesterBypassValidation', 'requesterCancel'],
    compared: (other, { view }) => plain(other.title) === plain(view.title),
    alone: 'No other request of this patron for this title was found; it may have been changed since.',
    ofPatron: true,
  },
  REQ_BLANK_FORM_REVIEW: {
    heading: 'Typed without a catalogue record',
    sentences: [
      'ReShare cannot look for a lender without the record’s id.',
      'Fill in what is missing and resubmit it, or approve it as it is to have it routed all the same.',
    ],
    actions: ['requesterRetryValidation', 'requesterBypassValidation', 'requesterCancel'],
    facts: typed,
  },
  REQ_LOCAL_REVIEW: {
    heading: 'We may own it',
    sentences: [
      'ReShare found a copy of this library.',
      'Fill it locally if the copy is to be had; otherwise answer “cannot supply” and another library is asked.',
    ],
    actions: ['fillLocally', 'localSupplierCannotSupply', 'cancelLocal'],
    facts: ownCopy,
  },
  REQ_OVER_LIMIT: {
    heading: 'Over the patron’s limit',
    sentences: [
      'The patron has as many requests open as the library allows, so this one was closed.',
      'Tell the patron. It can be placed again when another one has ended.',
    ],
    actions: [],
    compared: ({ state }) => !state.terminal,
    alone: 'None of the patron’s other requests is open any more: this one can be placed again.',
    ofPatron: true,
  },
  REQ_INVALID_PATRON: {
    heading: 'Patron not accepted',
    sentences: [
      'Your circulation system did not accept the patron.',
      'Mend it there and resubmit the request, or approve it as it is, or cancel it.',
    ],
    actions: ['requesterRetryValidation', 'requesterBypassValidation', 'requesterCancel'],
    ofPatron: true,
  },
  REQ_END_OF_ROTA: {
    heading: 'Nobody lends it',
    sentences: [
      'Every library was asked.',
      'Place a changed request, or mark this one reviewed to take it off the list.',
    ],
    actions: ['rerequest', 'requesterMarkEndOfRotaReviewed'],
  },
  REQ_CONDITIONAL_ANSWER_RECEIVED: {
    heading: 'Conditions to answer',
    sentences: [
      'The lender supplies it only under the conditions below.',
      'Agree, and it goes on; reject, and they are asked to cancel.',
    ],
    // Answered beside the conditions themselves.
    actions: [],
  },
  RES_CANCEL_REQUEST_RECEIVED: {
    heading: 'The borrower wants to cancel',
    sentences: ['Say yes if it has not left yet, no if it has.'],
    actions: ['supplierRespondToCancel'],
  },
  REQ_ERROR: {
    heading: 'ReShare met an error',
    sentences: ['The history below says what it was about.'],
    actions: [],
  },
  RES_ERROR: {
    heading: 'ReShare met an error',
    sentences: ['The history below says what it was about.'],
    actions: [],
  },
};

/** States whose review compares the request with others of the same patron. */
export function isAboutPatron(state: string): boolean {
  return REVIEWS[state]?.compared !== undefined;
}

/** A tenant may have states of its own (mod-rs `/rs/stateModel/import`). */
function ofTheTenant({ state }: RequestView): Review | undefined {
  if (state.terminal || KNOWN.has(state.code)) return undefined;
  const named = state.label === state.code ? state.code : `${state.label} (${state.code})`;
  return {
    heading: 'A state of your tenant’s own',
    sentences: [
      `Carrel does not know what “${named}” means.`,
      'What ReShare allows now is offered below as ReShare names it. Look in ReShare if you are not sure what it does.',
    ],
    actions: [],
  };
}

/** What ReShare wants a person to decide, with what it is judged by. */
export function reviewOf(
  record: RequestRecord,
  scene: ReviewScene,
  forms: readonly ActionForm[],
): RequestDetail['review'] {
  const { view, patronEnding } = record;
  const review = REVIEWS[view.state.code] ?? ofTheTenant(view);
  if (review === undefined) return undefined;
  const { compared, alone } = review;
  const others =
    compared === undefined ? undefined : scene.samePatron?.filter((other) => compared(other, record)).slice(0, NAMED);
  return {
    heading: review.heading,
    sentences: [
      ...review.sentences,
      // The end of the number is enough to find the patron in ReShare.
      ...(review.ofPatron === true && view.side === 'borrowing' && patronEnding !== undefined
        ? [`The patron’s number ends in ${patronEnding}.`]
        : []),
      ...(others?.length === 0 && alone !== undefined ? [alone] : []),
    ],
    facts: [...(review.facts?.(record) ?? [])],
    others: (others ?? []).map((other) => ({ id: other.id, said: said(other, scene) })),
    actions: review.actions.filter((code) => forms.some(({ action }) => action === code)),
  };
}

function said({ hrid, title, state, dateCreated }: RequestView, { now, timeZone }: ReviewScene): string {
  const placed = day(dateCreated, now, timeZone);
  return [hrid, title && shorten(title, 80), state.label, placed && `placed ${placed}`].filter(Boolean).join(' · ');
}

/** As mod-rs compares titles, but for capitals and spaces, which people type differently. */
function plain(title: string | undefined): string {
  return (title ?? '').replace(/\s+/g, ' ').trim().toLowerCase();
}

/** By what a record is found; the first of them that are missing are named, so that they can be filled in. */
const TYPED: readonly (readonly [name: string, label: string])[] = [
  ['title', 'Title'],
  ['author', 'Author'],
  ['isbn', 'ISBN'],
  ['issn', 'ISSN'],
  ['oclcNumber', 'OCLC number'],
  ['publisher', 'Publisher'],
  ['publicationDate', 'Year'],
  ['edition', 'Edition'],
  ['volume', 'Volume'],
];

function typed({ editable }: RequestRecord): readonly Fact[] {
  const isGiven = (name: string): boolean => (editable[name] ?? '') !== '';
  const missing = TYPED.filter(([name]) => !isGiven(name)).map(([, label]) => label);
  return [
    ...TYPED.filter(([name]) => isGiven(name)).map(([name, label]) => ({ name: label, value: editable[name] ?? '' })),
    ...(missing.length === 0 ? [] : [{ name: 'Not given', value: missing.join(', ') }]),
  ];
}

function ownCopy({ view, rota }: RequestRecord): readonly Fact[] {
  const copy = rota.find(({ current }) => current);
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['Copy', copy?.library],
    ['Availability, as ReShare saw it', copy?.availability],
    ['Call number', copy?.shelfmark ?? view.callNumber],
    ['Location', view.pickLocation],
  ];
  return facts.flatMap(([name, value]) => (value === undefined ? [] : [{ name, value }]));
}
