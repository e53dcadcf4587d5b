import type { AgreementItem, HostSettings } from '../contract/agreement.ts';
import type { AuditLine, RequestView } from '../contract/request.ts';
import { lastWords, toldCalls, type ToldCall } from './agreement-calls.ts';
import { agreementWords, type RequestTrouble, type Trouble } from './agreement-words.ts';
import { hostNotConfigured } from './audit.ts';

/** What the rules may know beside the request itself. */
export interface AgreementScene {
  readonly host: HostSettings;
  /** What staff call the circulation system, such as `WMS`; undefined where none is set up in Carrel. */
  readonly systemName?: string;
}

/** The patron has brought it back, or it is on its way home (mod-rs requester states). */
const BROUGHT_BACK: ReadonlySet<string> = new Set([
  'REQ_AWAITING_RETURN_SHIPPING',
  'REQ_SHIPPED_TO_SUPPLIER',
  'REQ_BORROWER_RETURNED',
  'REQ_REQUEST_COMPLETE',
  'SLNP_REQ_AWAITING_RETURN_SHIPPING',
  'SLNP_REQ_COMPLETE',
]);

const CALLED_OFF = /_(CANCELLED|ABORTED|UNFILLED|NOT_SUPPLIED)$/u;
/** A fill that stands only in the circulation system: mod-rs volume statuses after CheckOutItem. */
const OUT_STATUS: ReadonlySet<string> = new Set(['lms_check_out_complete', 'lms_check_out_(no_integration)']);
/** Volume statuses that say "do it by hand" (mod-rs RequestVolume, `…_(no_integration)`). */
const BY_HAND: Readonly<Record<string, RequestTrouble>> = {
  'temporary_item_creation_(no_integration)': 'create-by-hand',
  'lms_check_out_(no_integration)': 'check-out-by-hand',
  'lms_check_in_(no_integration)': 'check-in-by-hand',
};

/**
 * Where a request and the library's circulation system disagree, or where nobody can tell. Rests on the request's newest
 * history lines, its volumes' statuses and the tenant's settings, and says which. Nothing is guessed: what the sources do
 * not show is in `look`.
 */
export function agreementOf(request: RequestView, scene: AgreementScene): readonly AgreementItem[] {
  const calls = lastWords(toldCalls(request.audit));
  const found = [
    ...refusals(request, calls),
    ...byHand(request, calls, scene.host),
    ...doubtful(calls),
    ...afterCancel(request, calls),
    ...setUp(request),
  ];
  const explained = found.length > 0 || calls.some((call) => call.outcome === 'failed');
  const told = !explained && request.needsAttention && !request.state.terminal ? unexplained(request) : found;
  return told.map((trouble) => agreementWords(request, trouble, scene.systemName));
}

const REFUSED: Readonly<Record<ToldCall['call'], RequestTrouble>> = {
  AcceptItem: 'temporary-item-refused',
  CheckoutItem: 'check-out-refused',
  CheckinItem: 'check-in-refused',
};

function refusals(request: RequestView, calls: readonly ToldCall[]): readonly Trouble[] {
  return calls
    .filter((call) => call.outcome === 'failed' && stillMatters(request, call))
    .map((call) => troubleOf(REFUSED[call.call], call));
}

/** A refusal that the request has since been taken past: received by hand, filled with another item, or called off. */
function stillMatters(request: RequestView, call: ToldCall): boolean {
  const { terminal } = request.state;
  if (call.call === 'CheckinItem') return true;
  if (terminal || movedSince(request, call.line)) return false;
  if (call.call === 'CheckoutItem')
    return request.volumes.every((volume) => volume.status !== 'lms_check_out_complete');
  const volume = request.volumes.find((one) => one.temporaryItemBarcode === call.item || one.itemId === call.item);
  const status = (volume ?? request.volumes[0])?.status;
  return status === undefined || status === 'awaiting_temporary_item_creation';
}

/** The history shows that the request went on after a line: somebody found another way. */
function movedSince(request: RequestView, line: AuditLine): boolean {
  return request.audit.some(({ no, from, to }) => no > line.no && to !== undefined && from !== to);
}

function byHand(request: RequestView, calls: readonly ToldCall[], host: HostSettings): readonly Trouble[] {
  const back = BROUGHT_BACK.has(request.state.code);
  const statuses = request.volumes.flatMap((volume): Trouble[] => {
    const kind = BY_HAND[volume.status ?? ''];
    if (kind === undefined || !stillToDo(request, kind)) return [];
    const item = request.side === 'borrowing' ? (volume.temporaryItemBarcode ?? volume.itemId) : volume.itemId;
    const told = calls.find(
      (call) => call.outcome === 'not-connected' && (call.item ?? volume.itemId) === volume.itemId,
    );
    const lines = told === undefined ? [] : [told.line];
    return [{ kind, item, lines, basis: 'status', since: told?.at ?? sinceOf(request), status: volume.status ?? '' }];
  });
  if (
    request.side !== 'borrowing' ||
    !back ||
    calls.some((call) => call.call === 'CheckinItem' && call.outcome !== 'not-connected')
  ) {
    return statuses;
  }
  return [...statuses, ...silentReturn(request, calls, host)];
}

/** By the time an item is on its way home nobody makes it by hand any more; what has come back need not go out. */
function stillToDo(request: RequestView, kind: RequestTrouble): boolean {
  if (kind === 'check-in-by-hand') return true;
  if (request.state.terminal) return false;
  return kind === 'check-out-by-hand' || !BROUGHT_BACK.has(request.state.code);
}

/**
 * Marked returned, and ReShare told nobody: the history says that it is not connected, or `check_in_item` or
 * `check_in_on_return` is off. mod-rs shows neither on the request (ActionPatronRequestPatronReturnedItemService).
 */
function silentReturn(request: RequestView, calls: readonly ToldCall[], host: HostSettings): readonly Trouble[] {
  const since = returnedAt(request);
  const told = calls.find((call) => call.call === 'CheckinItem');
  if (told !== undefined) return [troubleOf('check-in-by-hand', told)];
  if (!host.known) return [];
  const off =
    host.checkInOnReturn === 'off'
      ? 'check_in_on_return = off'
      : host.checkInItem === 'none' || host.checkInItem === 'off'
        ? `check_in_item = ${host.checkInItem}`
        : undefined;
  return off === undefined ? [] : [{ kind: 'check-in-by-hand', lines: [], basis: 'settings', since, status: off }];
}

function doubtful(calls: readonly ToldCall[]): readonly Trouble[] {
  return calls.filter((call) => call.outcome === 'already-in').map((call) => troubleOf('verify-check-in', call));
}

function afterCancel(request: RequestView, calls: readonly ToldCall[]): readonly Trouble[] {
  if (request.side !== 'lending' || !CALLED_OFF.test(request.state.code)) return [];
  const out = request.volumes.filter((volume) => OUT_STATUS.has(volume.status ?? ''));
  const checkedIn = calls.some((call) => call.call === 'CheckinItem');
  if (checkedIn) return [];
  return out.map((volume) => ({
    kind: 'cancelled-after-fill' as const,
    item: volume.itemId,
    lines: [],
    basis: 'status' as const,
    since: sinceOf(request),
    status: volume.status ?? '',
  }));
}

function setUp(request: RequestView): readonly Trouble[] {
  const line = [...request.audit].sort((a, b) => b.no - a.no).find((one) => hostNotConfigured([one]));
  if (line === undefined || !request.needsAttention) return [];
  return [{ kind: 'no-system', lines: [line], basis: 'history', since: line.at }];
}

function unexplained(request: RequestView): readonly Trouble[] {
  return [{ kind: 'unexplained', lines: request.audit.slice(-1), basis: 'history', since: sinceOf(request) }];
}

function troubleOf(kind: RequestTrouble, call: ToldCall): Trouble {
  return {
    kind,
    lines: [call.line],
    basis: 'history',
    since: call.at,
    ...(call.item === undefined ? {} : { item: call.item }),
    ...(call.words === undefined ? {} : { words: call.words }),
  };
}

function sinceOf(request: RequestView): string {
  return request.lastUpdated ?? request.dateCreated ?? request.seenAt;
}

/** When the history says that the item came back; else the last change. */
function returnedAt(request: RequestView): string {
  const moved = (line: AuditLine): boolean =>
    line.to !== undefined && line.from !== line.to && BROUGHT_BACK.has(line.to);
  return request.audit.find(moved)?.at ?? sinceOf(request);
}

/** Statuses for which a brief record already shows that the whole one is worth reading. */
const WORTH: ReadonlySet<string> = new Set([...Object.keys(BY_HAND), 'failed_lms_check_out']);

/**
 * Whether a request as the cache knows it (brief, without history) may have something to say: it is flagged, a volume is
 * to be handled by hand, or it is in a state into which mod-rs moves even if the check-in failed.
 */
export function worthReading(view: RequestView): boolean {
  if (view.needsAttention) return true;
  if (view.volumes.some((volume) => WORTH.has(volume.status ?? ''))) return true;
  if (view.side === 'borrowing') return BROUGHT_BACK.has(view.state.code);
  return view.volumes.length > 0 && (view.state.code === 'RES_COMPLETE' || CALLED_OFF.test(view.state.code));
}
