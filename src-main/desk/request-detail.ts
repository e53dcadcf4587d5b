import type { RequestDetail } from '../contract/request-detail.ts';
import type { RequestRecord } from '../contract/request-record.ts';
import { dueDatesOf, type DueScene } from './request-due.ts';
import { formsOf, type FormScene } from './request-forms.ts';
import { reviewOf, type ReviewScene } from './request-review.ts';
import { historyOf, threadOf } from './request-history.ts';
import { timelineOf } from './request-timeline.ts';
import { condition, day, sentence, shorten } from './words.ts';

export interface DetailScene extends Omit<FormScene, 'record'>, DueScene, ReviewScene {
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
  const timeline = timelineOf(record, {
    due,
    ours: scene.ours,
    now: scene.now,
    day: (iso) => day(iso, scene.now, iso.length === 10 ? 'UTC' : scene.timeZone) ?? iso,
  });
  const actions = formsOf({ ...scene, record });
  const review = reviewOf(record, scene, actions);
  return {
    request: view,
    byline: bylineOf(record),
    timeline,
    due: [...due],
    ...(review === undefined ? {} : { review }),
    actions: [...actions],
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
