import type { StepBody } from '../contract/journal.ts';
import type { PlacedRequest } from '../contract/place.ts';
import type { RequestView } from '../contract/request.ts';

/** `system` of a placing's steps in the journal. */
export const PLACING_SYSTEM = 'openurl';
const LANE = 'place:';

/** The lane of a placing: everything about one chosen id runs in order. */
export function placingLane(id: string): string {
  return LANE + id;
}
export const PLACING_LANES = LANE;

/** A request is numbered within seconds; after this long something is wrong at the host, milliseconds. */
export const NUMBER_LATE_MS = 90_000;

/** The parts of a placing that may stand in the journal in the clear. */
export interface PlacingParams {
  readonly title: string;
  readonly author?: string;
  readonly instance: string;
  readonly pickup: string;
  readonly pickupName: string;
  readonly neededBy?: string;
  /** Carrel's own identifier of the request. */
  readonly identifier: string;
  readonly door: string;
  /** The door keeps the id that was chosen, so that the request can be looked up by it. */
  readonly keepsId: boolean;
  /** The id the request has where the door makes one of the chosen UUID (CrossLink). */
  readonly asked?: string;
  /** ISO 8601 UTC. */
  readonly placedAt: string;
  /** Masked. */
  readonly card: string;
  /** Patron and note, encrypted, where a key can be kept. */
  readonly sealed?: string;
}

/** What was last seen of the request in ReShare, kept beside the parameters. */
interface SeenParams {
  readonly number?: string;
  readonly label?: string;
  readonly terminal?: boolean;
  readonly attention?: boolean;
}

/** The parameters of a placing's step; only this room writes them. */
export function paramsOf(body: StepBody): PlacingParams & SeenParams {
  return body.params as unknown as PlacingParams & SeenParams;
}

/** A placing's step with what a reading of the request shows. */
export function withSeen(body: StepBody, view: RequestView): StepBody {
  const lastAuditNo = view.audit.reduce((last, line) => Math.max(last, line.no), body.evidence.lastAuditNo ?? 0);
  return {
    ...body,
    requestId: view.id,
    params: {
      ...body.params,
      ...(view.hrid === undefined ? {} : { number: view.hrid }),
      label: view.state.label,
      terminal: view.state.terminal,
      attention: view.state.needsAttention,
    },
    evidence: { state: view.state.code, seenAt: view.seenAt, lastAuditNo },
  };
}

/** Whether a reading tells something new of a placed request; one that is older than what is known does not. */
export function tellsNews(body: StepBody, view: RequestView): boolean {
  if (view.seenAt < body.evidence.seenAt) return false;
  return view.state.code !== body.evidence.state || (view.hrid !== undefined && view.hrid !== body.params['number']);
}

/** States of a request before a library is asked for it (mod-rs requester model); REQ_IDLE waits only until it is checked. */
export const IN_PREPARATION: ReadonlySet<string> = new Set([
  'REQ_IDLE',
  'REQ_VALIDATED',
  'REQ_SOURCING_ITEM',
  'REQ_SUPPLIER_IDENTIFIED',
  'REQ_REQUEST_SENT_TO_SUPPLIER',
]);

/** The request is there, as far as is known. */
export function isPlaced({ state }: Pick<StepBody, 'state'>): boolean {
  return state === 'done' || state === 'confirmed';
}

/** Nothing more is expected of it. */
export function isOver(body: StepBody): boolean {
  return isPlaced(body) && body.params['terminal'] === true;
}

/** It may be sent again after a look: it was refused, never sent, or looks did not find it. */
export function mayGoAgain({ state }: Pick<StepBody, 'state'>): boolean {
  return state === 'refused' || state === 'not-sent' || state === 'needs-person';
}

/** A refusal or a call that was never made: nothing of it is in ReShare, as far as is known. */
export function isTurnedAway({ state }: Pick<StepBody, 'state'>): boolean {
  return state === 'refused' || state === 'not-sent';
}

/** States in which a request has ended without the book (mod-rs requester model). */
export const ENDED_WITHOUT: ReadonlySet<string> = new Set([
  'REQ_OVER_LIMIT',
  'REQ_END_OF_ROTA',
  'REQ_END_OF_ROTA_REVIEWED',
  'REQ_CANCELLED',
]);

/** Whether a new one with changes can take its place. */
export function canBeReplaced(body: StepBody): boolean {
  return isTurnedAway(body) || (isPlaced(body) && ENDED_WITHOUT.has(body.evidence.state));
}

/** A placing as the list shows it. */
export function placedOf(id: string, body: StepBody, changedAt: string, now: Date): PlacedRequest {
  const params = paramsOf(body);
  const placedAt = params.placedAt;
  const seen = body.evidence.state !== '' && isPlaced(body);
  return {
    id,
    title: params.title,
    patron: params.card,
    pickup: params.pickupName,
    step: body.state,
    sentences: [...sentencesOf(body, placedAt, now)],
    again: mayGoAgain(body),
    ...(canBeReplaced(body)
      ? {
          anew: {
            instance: params.instance,
            pickup: params.pickup,
            ...(params.neededBy === undefined ? {} : { neededBy: params.neededBy }),
          },
        }
      : {}),
    placedAt,
    changedAt,
    ...(isPlaced(body) ? { request: body.requestId } : {}),
    ...(params.number === undefined ? {} : { number: params.number }),
    ...(params.author === undefined ? {} : { author: params.author }),
    ...(params.neededBy === undefined ? {} : { neededBy: params.neededBy }),
    ...(seen
      ? {
          state: {
            code: body.evidence.state,
            label: params.label ?? body.evidence.state,
            terminal: params.terminal === true,
            needsAttention: params.attention === true,
          },
        }
      : {}),
  };
}

function sentencesOf(body: StepBody, placedAt: string, now: Date): readonly string[] {
  const said = body.sentence === undefined ? [] : [body.sentence];
  if (!isPlaced(body)) return body.state === 'sending' ? ['It is being sent.'] : said;
  const hint = STATE_HINTS[body.evidence.state];
  const late = body.params['number'] === undefined && now.getTime() - Date.parse(placedAt) >= NUMBER_LATE_MS;
  return [...said, ...(late ? [NUMBERLESS] : []), ...(hint === undefined ? [] : [hint])];
}

const NUMBERLESS =
  'ReShare took the request but has given it no number yet. Do not place it again; if it stays so, tell your ReShare support desk the id below.';

/** States in which a new request waits for a person instead of going on its way (mod-rs requester states). */
const STATE_HINTS: Readonly<Record<string, string>> = {
  REQ_INVALID_PATRON: 'ReShare does not know this patron. Correct the patron in ReShare, or cancel the request there.',
  REQ_BLANK_FORM_REVIEW:
    'ReShare found no such record in the Shared Inventory and wants a person to look at the request.',
  REQ_DUPLICATE_REVIEW: 'ReShare thinks this was asked for before. Look at both in ReShare and cancel one.',
  REQ_OVER_LIMIT:
    'ReShare refused it: the patron has as many open requests as the library allows. This one is over; it can be placed anew for another patron, or once one of theirs has ended.',
  REQ_ERROR: 'ReShare met an error with this request. Tell your ReShare support desk.',
  REQ_END_OF_ROTA: 'No library could be found that supplies it. The request is over; the patron has to be told.',
};
