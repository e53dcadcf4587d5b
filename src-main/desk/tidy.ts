import type { AgreementItem } from '../contract/agreement.ts';
import type { RequestView } from '../contract/request.ts';
import { enteredAt } from './history.ts';
import { count, day, list, partner, requestName, sentence, shorten } from './words.ts';

/** What the rules may know beside the request itself. */
export interface TidyScene {
  /** What staff call the circulation system, such as `WMS`; undefined where none is set up in Carrel. */
  readonly systemName?: string;
  /** How long a borrowed item waits on the hold shelf, in days: the library's hold fulfillment policy. */
  readonly holdShelfDays: number;
  /** Barcodes, in capitals, of items that were lent through Carrel on this computer. */
  readonly lent: ReadonlySet<string>;
  /** ISO 8601 UTC. */
  readonly now: string;
  /** IANA name; UTC where it is not known. */
  readonly timeZone?: string;
}

const DAY_MS = 24 * 60 * 60_000;
/** A closed loan is listed for so long. */
const CLOSED_DAYS = 30;
/** A hold is listed so long before the end of its time on the shelf, and so long after it. */
const BEFORE_DAYS = 2;
const AFTER_DAYS = 7;

/** The lender has the item back and has closed the loan (mod-rs requester states). */
const CLOSED: ReadonlySet<string> = new Set(['REQ_REQUEST_COMPLETE', 'SLNP_REQ_COMPLETE']);
/** Received and not yet returned: on the hold shelf or with its patron, ReShare cannot tell (mod-rs requester states). */
const HERE: ReadonlySet<string> = new Set(['REQ_CHECKED_IN', 'SLNP_REQ_CHECKED_IN']);
const NEVER_MADE = 'awaiting_temporary_item_creation';

/**
 * What is left to tidy up in the circulation system for one request: its temporary item once the lender has closed the loan
 * ("You may consider deleting the temporary item … once the request is closed by the lender", OCLC Relais D2D integration
 * workflow), and its hold when its time on the shelf runs out ("Circulation will not notify ReShare if a borrowing hold
 * expires", OCLC ReShare integration). No look can tell whether either has been seen to, so a person says so.
 */
export function tidyOf(request: RequestView, scene: TidyScene): readonly AgreementItem[] {
  if (request.side !== 'borrowing') return [];
  return [...leftOver(request, scene), ...runningOut(request, scene)];
}

/** Whether a request as the cache knows it must be read in full, because only its history tells since when it is here. */
export function worthTidying(view: RequestView, scene: Pick<TidyScene, 'holdShelfDays' | 'now'>): boolean {
  if (!HERE.has(view.state.code)) return false;
  const latest = Date.parse(scene.now) - (scene.holdShelfDays - BEFORE_DAYS) * DAY_MS;
  return view.dateCreated === undefined || Date.parse(view.dateCreated) <= latest;
}

function temporaryBarcodes(request: RequestView): readonly string[] {
  const named = request.volumes.map((volume) => volume.temporaryItemBarcode).filter((one) => one !== undefined);
  return named.length > 0 ? named : request.hrid === undefined ? [] : [request.hrid];
}

function leftOver(request: RequestView, scene: TidyScene): readonly AgreementItem[] {
  if (!CLOSED.has(request.state.code)) return [];
  if (request.volumes.length > 0 && request.volumes.every(({ status }) => status === NEVER_MADE)) return [];
  const since = enteredAt(request) ?? request.lastUpdated ?? request.seenAt;
  if (Date.parse(scene.now) - Date.parse(since) > CLOSED_DAYS * DAY_MS) return [];
  const barcodes = temporaryBarcodes(request).map((one) => shorten(one, 40));
  const things = `the temporary ${barcodes.length > 1 ? 'items' : 'item'} ${list(barcodes)}`.trimEnd();
  const [stay, them] = barcodes.length > 1 ? ['stay', 'them'] : ['stays', 'it'];
  const system = scene.systemName;
  return [
    {
      ...common(request, 'delete-temporary-item', since),
      reason:
        system === undefined
          ? `${sentence(partner(request))} has closed this loan. ${sentence(things)} may still be in your circulation system.`
          : `${sentence(partner(request))} has closed this loan. ${sentence(things)} ${stay} in ${system} until somebody deletes ${them} there.`,
      todo: `Delete ${things} in ${system ?? 'your circulation system'}, then confirm it here.`,
      look: `${sentence(system ?? 'your circulation system')} gives no way to look whether that was done; check on its screen, under temporary items.`,
      basis: 'status',
      mender: 'ill-office',
    },
  ];
}

function runningOut(request: RequestView, scene: TidyScene): readonly AgreementItem[] {
  if (!HERE.has(request.state.code)) return [];
  const since = enteredAt(request);
  if (since === undefined) return [];
  const ends = Date.parse(since) + scene.holdShelfDays * DAY_MS;
  const left = ends - Date.parse(scene.now);
  if (left > BEFORE_DAYS * DAY_MS || left < -AFTER_DAYS * DAY_MS) return [];
  const labels = [...temporaryBarcodes(request), ...request.volumes.map(({ itemId }) => itemId), request.hrid ?? ''];
  if (labels.some((label) => scene.lent.has(label.toUpperCase()))) return [];
  const system = scene.systemName ?? 'your circulation system';
  const on = (iso: string): string => day(iso, scene.now, scene.timeZone) ?? iso;
  return [
    {
      ...common(request, 'hold-expiring', since),
      reason: `Received on ${on(since)}: after ${count(scene.holdShelfDays, 'day', 'days')} on the hold shelf its hold ${left < 0 ? 'ended' : 'ends'} on ${on(new Date(ends).toISOString())}. ReShare is never told of that, and no check-out of it is known here.`,
      todo: `If it still lies on the hold shelf and nobody comes for it, cancel its hold in ${system} and scan it: it goes back. If its patron has it, or may still come, confirm that here.`,
      look: `${sentence(system)} gives no way to look whether it was picked up; look on the hold shelf, or at its screen.`,
      basis: 'history',
      mender: 'desk',
    },
  ];
}

function common(request: RequestView, kind: 'delete-temporary-item' | 'hold-expiring', since: string) {
  return {
    // A loan is closed once, whenever that was read; another stay on the shelf is another thing to see to.
    key: [request.id, kind, kind === 'hold-expiring' ? since : ''].join('|'),
    kind,
    requestId: request.id,
    label: requestName(request),
    side: request.side,
    since,
    evidence: request.volumes.flatMap(({ status }) => (status === undefined ? [] : [`Item status: ${status}`])),
    seenAt: request.seenAt,
    action: 'confirm' as const,
    ...(request.title === undefined ? {} : { title: request.title }),
  };
}
