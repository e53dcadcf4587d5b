import type { RequestDetail } from '../contract/request-detail.ts';
import type { RequestRecord } from '../contract/request-record.ts';
import { dueDatesOf, type DueScene } from './request-due.ts';
import { formsOf, type FormScene } from './request-forms.ts';
import { historyOf, threadOf } from './request-history.ts';
import { timelineOf } from './request-timeline.ts';
import { condition, day, sentence, shorten } from './words.ts';

export interface DetailScene extends Omit<FormScene, 'record'>, DueScene {
  /** Our library's name. */
  readonly ours: string;
  /** A step of this request that was sent without an answer, in a sentence. */
  readonly doubt?: string;
  /** What could not be read beside the record. */
  readonly notes?: readonly string[];
}

/** Volume status (mod-rs reference data `RequestVolume.Status`) in words, as the staff interface has them. */
const VOLUME_STATUS: Readonly<Record<string, string>> = {
  awaiting_lms_check_out: 'Filled; not checked out yet',
  lms_check_out_complete: 'Filled and checked out',
  'lms_check_out_(no_integration)': 'Filled; check it out by hand',
  awaiting_lms_check_in: 'On its way back; not checked in yet',
  completed: 'Complete',
  'lms_check_in_(no_integration)': 'Check it in by hand',
  awaiting_temporary_item_creation: 'Not received yet',
  temporary_item_created_in_host_lms: 'Temporary item created',
  'temporary_item_creation_(no_integration)': 'Create the temporary item by hand',
  requested_from_the_ils: 'Asked for in the circulation system',
  ils_request_cancelled: 'Another item was checked out instead',
  failed_lms_check_out: 'Not found in the circulation system',
};

/** Everything the screen of one request shows, from the record as just read. */
export function detailOf(record: RequestRecord, scene: DetailScene): RequestDetail {
  const { view } = record;
  const due = dueDatesOf(record, scene);
  const messages = threadOf(record, scene.ours);
  const review = reviewOf(record);
  const timeline = timelineOf(record, {
    due,
    ours: scene.ours,
    now: scene.now,
    day: (iso) => day(iso, scene.now, iso.length === 10 ? 'UTC' : scene.timeZone) ?? iso,
  });
  return {
    request: view,
    byline: bylineOf(record),
    timeline,
    due: [...due],
    ...(review === undefined ? {} : { review }),
    actions: [...formsOf({ ...scene, record })],
    messages: [...messages],
    unread: messages.filter(({ seen }) => !seen).length,
    rota: record.rota.map(({ position, library, state, availability, current }) => ({
      position,
      library: library ?? `Library ${String(position + 1)}`,
      answer: current ? `Asked now: ${view.state.label}` : (state ?? earlierOrLater(record, position)),
      ...(availability === undefined ? {} : { availability }),
      current,
    })),
    volumes: view.volumes.map(({ id, name, itemId, temporaryItemBarcode, status }) => ({
      id,
      name: name ?? '',
      barcodes: [...new Set([itemId, temporaryItemBarcode].filter((code) => code !== undefined))],
      status: VOLUME_STATUS[status?.toLowerCase() ?? ''] ?? status ?? '',
    })),
    conditions: view.conditions.map((one) => {
      const { cost: _cost, currency: _currency, ...plain } = one;
      const cost = money(one.cost, one.currency);
      const said = one.rejected === true ? `${condition(plain)}, turned down` : condition(plain);
      return { said: sentence(said), ...(cost === undefined ? {} : { cost }), accepted: one.accepted };
    }),
    ...optional('cost', money(record.cost, record.currency)),
    ...optional('localNote', record.localNote),
    history: historyOf(record),
    ...optional('precededBy', record.precededBy),
    ...optional('succeededBy', record.succeededBy),
    notes: [...scene.choices.notes, ...(scene.notes ?? [])],
    ...optional('doubt', scene.doubt),
  };
}

function optional<Name extends string>(name: Name, value: string | undefined): { readonly [N in Name]?: string } {
  return value === undefined ? {} : ({ [name]: value } as { readonly [N in Name]: string });
}

function earlierOrLater({ rota }: RequestRecord, position: number): string {
  const now = rota.find(({ current }) => current)?.position;
  if (now === undefined) return 'Not asked';
  return position < now ? 'Could not lend' : 'Not asked yet';
}

function bylineOf({ view, publicationDate }: RequestRecord): string {
  const other = view.partner.name ?? view.partner.symbol;
  const way = view.side === 'borrowing' ? 'from' : 'for';
  return [view.author, publicationDate, other === undefined ? undefined : `${way} ${other}`]
    .filter((part) => part !== undefined)
    .map((part) => shorten(part, 120))
    .join(' · ');
}

function money(amount: number | undefined, currency: string | undefined): string | undefined {
  return amount === undefined ? undefined : [amount.toFixed(2), currency?.toUpperCase()].filter(Boolean).join(' ');
}

/** What the states in which ReShare stops and asks are about (mod-rs `NewRequestService`). */
const REVIEWS: Readonly<Record<string, readonly [heading: string, ...sentences: string[]]>> = {
  REQ_DUPLICATE_REVIEW: [
    'Perhaps asked for twice',
    'The same patron placed a request for the same title a short while ago.',
    'Look at the other one first. Approve this one if both are meant, else cancel it.',
  ],
  REQ_BLANK_FORM_REVIEW: [
    'Typed without a catalogue record',
    'ReShare cannot look for a lender without the record’s id.',
    'Fill in what is missing and resubmit it, or approve it as it is to have it routed all the same.',
  ],
  REQ_LOCAL_REVIEW: [
    'We may own it',
    'ReShare found a copy of this library.',
    'Fill it locally if the copy is to be had; otherwise answer “cannot supply” and another library is asked.',
  ],
  CROSSLINK_REQ_NEEDS_REVIEW: [
    'Title not found',
    'ReShare’s catalogue does not know the title as it was asked for.',
    'Change the request if something is missing, then send it; or close it.',
  ],
  CROSSLINK_REQ_RETRY_PENDING: [
    'Asked to ask anew',
    'The lender does not supply it like this and names another record.',
    'Accept, and a new request is made for it; reject, and this one is over.',
  ],
  REQ_OVER_LIMIT: [
    'Over the patron’s limit',
    'The patron has as many requests open as the library allows, so this one was closed.',
    'Tell the patron. It can be placed again when another one has ended.',
  ],
  REQ_INVALID_PATRON: [
    'Patron not accepted',
    'Your circulation system did not accept the patron.',
    'Mend it there and resubmit the request, or approve it as it is, or cancel it.',
  ],
  REQ_END_OF_ROTA: [
    'Nobody lends it',
    'Every library was asked.',
    'Place a changed request, or mark this one reviewed to take it off the list.',
  ],
  REQ_CONDITIONAL_ANSWER_RECEIVED: [
    'Conditions to answer',
    'The lender supplies it only under the conditions below.',
    'Agree, and it goes on; reject, and they are asked to cancel.',
  ],
  RES_CANCEL_REQUEST_RECEIVED: ['The borrower wants to cancel', 'Say yes if it has not left yet, no if it has.'],
  REQ_ERROR: ['ReShare met an error', 'The history below says what it was about.'],
  RES_ERROR: ['ReShare met an error', 'The history below says what it was about.'],
};

function reviewOf({ view, patronEnding }: RequestRecord): RequestDetail['review'] {
  const words = REVIEWS[view.state.code];
  if (words === undefined) return undefined;
  const [heading, ...sentences] = words;
  // Whose request it is matters for these decisions alone; the end of the number is enough to find it in ReShare.
  const patron =
    view.side === 'borrowing' && patronEnding !== undefined && NEEDS_PATRON.has(view.state.code)
      ? [`The patron’s number ends in ${patronEnding}.`]
      : [];
  return { heading, sentences: [...sentences, ...patron] };
}

const NEEDS_PATRON: ReadonlySet<string> = new Set(['REQ_DUPLICATE_REVIEW', 'REQ_OVER_LIMIT', 'REQ_INVALID_PATRON']);
