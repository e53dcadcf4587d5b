import type { Leg, Offer } from '../contract/prompt.ts';
import type { RequestView } from '../contract/request.ts';
import type { CheckOutPlan, Lending, LentBefore } from './check-out-types.ts';
import type { CirculationRules } from './circulation-types.ts';
import { about, decided } from './context.ts';
import type { Context } from './context.ts';
import { plainPrompt, seenLeg } from './look.ts';
import type { Match } from './matching.ts';
import { NOT_THIS_ONE, offerId, wordOffers } from './offers.ts';
import { isValid } from './steps.ts';
import type { Decision } from './types.ts';
import { byline, given, minutesAgo, shorten, shownBarcode } from './words.ts';

/** Items scanned while a patron's session is open: lent to that patron, once. */

export const LENDING = 'WMS NCIP staff profile: CheckOutItem';

/** A received item that waits for its patron (mod-rs PatronRequest and SLNP models). */
const FOR_ITS_PATRON: ReadonlySet<string> = new Set(['REQ_CHECKED_IN', 'SLNP_REQ_CHECKED_IN']);

/** The item itself is in the hand, and not only the request's number: the temporary item may bear that very number. */
function isTheItem(ctx: Context, { request, by }: Match): boolean {
  if (by === 'item-barcode' || by === 'temporary-barcode') return true;
  const scanned = ctx.evidence.reading.barcode.toLowerCase();
  return request.volumes.some((volume) => volume.temporaryItemBarcode?.trim().toLowerCase() === scanned);
}

function handedOver(ctx: Context, match: Match): boolean {
  const { request } = match;
  if (isValid(request, OWN_CHECK_OUT)) return false;
  return request.side === 'borrowing' && FOR_ITS_PATRON.has(request.state.code) && isTheItem(ctx, match);
}

/** CrossLink lends a borrowed item itself, to the patron who asked for it, and tells the circulation system. */
const OWN_CHECK_OUT = 'check-out';

/** The item was scanned in a patron's session, but it is lent in ReShare: the prompt has the key for it and says so. */
export function lentInReshare(decision: Decision): Decision {
  const { request, prompt } = decision;
  if (request === undefined || !isValid(request, OWN_CHECK_OUT)) return decision;
  const said = 'ReShare lends it, to the patron who asked for it, whatever card was scanned: see that it is theirs.';
  return { ...decision, prompt: { ...prompt, why: [...prompt.why, said] } };
}

/** What WMS knows the borrowed item by: the temporary item's barcode, also where the lender's own label was scanned. */
function temporaryBarcode(request: RequestView, scanned: string): string {
  const same = (text: string | undefined): boolean => text?.trim().toLowerCase() === scanned.toLowerCase();
  const volume = request.volumes.find((one) => same(one.temporaryItemBarcode) || same(one.itemId));
  const only = request.volumes.length === 1 ? request.volumes[0] : undefined;
  return (volume ?? only)?.temporaryItemBarcode ?? scanned;
}

/**
 * What a scan means while a session is open, or undefined when it means what it always means: a slip, a request's number,
 * an item that is on its way between libraries.
 */
export function lendIt(ctx: Context, lending: Lending, found: readonly Match[]): Decision | undefined {
  const { circulation } = ctx.rules;
  const { kind } = ctx.evidence.reading;
  if (circulation === undefined) return undefined;
  const borrowed = found.find((match) => handedOver(ctx, match))?.request;
  if (borrowed !== undefined) return lend(ctx, circulation, lending, borrowed);
  const ours = found.every(({ request, by }) => {
    return request.state.terminal && request.side === 'lending' && by === 'item-barcode';
  });
  const isItem = kind === 'item' || kind === 'isbn' || kind === 'run-together';
  return ours && isItem ? lend(ctx, circulation, lending, undefined) : undefined;
}

/** Staff chose to lend although something spoke against it. The choice stands for that patron and for nothing else. */
export function lendChosen(ctx: Context, sessionId: string, found: readonly Match[]): Decision {
  const { lending } = ctx.evidence;
  if (lending?.sessionId !== sessionId) return sessionOver(ctx);
  return lendIt(ctx, lending, found) ?? notAsLent(ctx, ['It cannot be lent now: ReShare says something else of it.']);
}

/** Staff chose something for an item that was scanned in a session which is over. */
export function sessionOver(ctx: Context): Decision {
  return notAsLent(ctx, ['The item was scanned for a patron whose session has ended. Nothing was sent.']);
}

function notAsLent(ctx: Context, why: readonly string[]): Decision {
  const prompt = plainPrompt(ctx.evidence.reading, {
    kind: 'stop',
    kindText: 'Not lent',
    verb: 'Scan it again',
    why: [...why, 'To lend it, scan the card, then the item.'],
    tag: 'Not lent',
    rowTitle: 'Not lent',
    sound: 'attention',
    rule: LENDING,
  });
  return decided(prompt, { expectation: 'keep' });
}

/** The desk was waiting for an item for a request: that comes before lending, and the prompt says so. */
export function notLentButUsed(ctx: Context, decision: Decision): Decision {
  const awaited = ctx.evidence.expectation?.hrid ?? 'a request';
  const said = `It was taken for ${shorten(awaited, 40)}, which waits for an item, and not lent to the patron.`;
  const { prompt, remarks = [] } = decision;
  return { ...decision, prompt: { ...prompt, why: [...prompt.why, said] }, remarks: [...remarks, said] };
}

function lendOffer(lending: Lending, label: string, caution?: string): Offer {
  return {
    id: offerId({ kind: 'lend', sessionId: lending.sessionId }),
    key: 'F10',
    label,
    ...(caution === undefined ? {} : { caution }),
  };
}

interface Held {
  readonly kind?: 'stop' | 'saved' | 'shelve';
  readonly kindText: string;
  readonly verb: string;
  readonly why: readonly string[];
  readonly tag: string;
  readonly sound: 'attention' | 'refused' | 'saved' | 'accepted';
  readonly leg: string;
  readonly offers?: readonly Offer[];
}

/** Nothing is sent, and why. */
function hold(ctx: Context, circulation: CirculationRules, request: RequestView | undefined, held: Held): Decision {
  const title = given(request?.title, 200);
  const prompt = plainPrompt(ctx.evidence.reading, {
    kind: held.kind ?? 'stop',
    kindText: held.kindText,
    verb: held.verb,
    ...(title === undefined ? {} : { title }),
    why: held.why,
    tag: held.tag,
    rowTitle: title ?? `Item ${shownBarcode(ctx.evidence.reading)}`,
    sound: held.sound,
    rule: LENDING,
    legs: [requestLeg(request), { system: circulation.name, state: 'none', text: held.leg }],
    offers: held.offers ?? [],
  });
  return request === undefined ? decided(prompt) : about(request, prompt);
}

/** What ReShare has to say to a check-out: nothing is pressed there. */
export function requestLeg(request: RequestView | undefined): Leg {
  return request === undefined ? { system: 'ReShare', state: 'none', text: 'On no ILL request' } : seenLeg(request);
}

function lend(
  ctx: Context,
  circulation: CirculationRules,
  lending: Lending,
  request: RequestView | undefined,
): Decision {
  const { evidence } = ctx;
  const insisted = evidence.choice === offerId({ kind: 'lend', sessionId: lending.sessionId });
  const obstacle = insisted ? undefined : obstacleOf(ctx, circulation, lending, request);
  if (obstacle !== undefined) return hold(ctx, circulation, request, obstacle);
  if (evidence.lentBefore?.state === 'sending') return hold(ctx, circulation, request, underWay(circulation));
  const title = given(request?.title, 200);
  const plan: CheckOutPlan = {
    system: 'wms',
    action: 'CheckOutItem',
    barcode: request === undefined ? evidence.reading.barcode : temporaryBarcode(request, evidence.reading.barcode),
    sessionId: lending.sessionId,
  };
  const prompt = plainPrompt(evidence.reading, {
    kind: 'saved',
    kindText: request === undefined ? 'Ours · for the patron' : 'Interlibrary loan · for its patron',
    verb: 'Checking out',
    ...(title === undefined ? {} : { title }),
    why: [`Keep it in your hand: ${circulation.name} is being told and says when it is due.`],
    tag: 'Checking out',
    rowTitle: title ?? 'Being checked out',
    sound: 'accepted',
    rule: LENDING,
    legs: [requestLeg(request), { system: circulation.name, state: 'waiting', text: 'Checking out' }],
  });
  const shown = { ...prompt, ...bylineOf(ctx, request), working: true };
  return request === undefined ? decided(shown, { checkOut: plan }) : about(request, shown, { checkOut: plan });
}

function bylineOf(ctx: Context, request: RequestView | undefined): { readonly byline?: string } {
  const line = request === undefined ? '' : byline(request, ctx.now, ctx.rules.timeZone);
  return line === '' ? {} : { byline: line };
}

/** What stands in the way of lending by itself; staff may insist on each of these with F10. */
function obstacleOf(
  ctx: Context,
  circulation: CirculationRules,
  lending: Lending,
  request: RequestView | undefined,
): Held | undefined {
  const { evidence } = ctx;
  const { name: system } = circulation;
  if (lending.stopped) {
    return {
      kindText: 'The account may not borrow',
      verb: 'Do not hand out',
      why: [`${system} says that this account may not borrow now; the line above says why. Nothing was sent.`],
      tag: 'Do not hand out',
      sound: 'refused',
      leg: 'Not asked to lend it',
      offers: [NOT_THIS_ONE, lendOffer(lending, `Ask ${system} all the same`)],
    };
  }
  if (request !== undefined && lending.illBlocked === true) {
    return {
      kindText: 'Interlibrary loan is blocked for this account',
      verb: 'Do not hand out',
      why: [
        `${system} blocks interlibrary loan for this account, and this item came from another library. Nothing was sent.`,
        `Keep it here and ask the ILL office. If they agree, press F10 to ask ${system}.`,
      ],
      tag: 'ILL blocked',
      sound: 'refused',
      leg: 'Not asked to lend it',
      offers: [NOT_THIS_ONE, lendOffer(lending, `Ask ${system} all the same`)],
    };
  }
  if (evidence.lentBefore !== undefined) return lentAlready(circulation, lending, evidence.lentBefore);
  if (evidence.source !== 'live') {
    return {
      kind: 'saved',
      kindText: 'Waiting for ReShare',
      verb: 'Keep here',
      why: [
        evidence.outage ?? 'ReShare could not be asked.',
        'So it is not known whether another library waits for this item. Nothing was sent. Press F10 to lend it all the same.',
      ],
      tag: 'Keep here',
      sound: 'saved',
      leg: 'Not told yet',
      offers: [NOT_THIS_ONE, lendOffer(lending, 'Lend it all the same')],
    };
  }
  if (request === undefined && evidence.reading.notes.includes('check-digit-wrong')) {
    return {
      kindText: 'Perhaps misread',
      verb: 'Scan again',
      why: [
        `The check digit of ${shownBarcode(evidence.reading)} is wrong, so the label was probably misread.`,
        'If it reads the same again, press F10 to lend it as it is.',
      ],
      tag: 'Check digit',
      sound: 'attention',
      leg: 'Not told',
      offers: [NOT_THIS_ONE, lendOffer(lending, 'Lend it as it is')],
    };
  }
  return undefined;
}

function underWay({ name: system }: CirculationRules): Held {
  return {
    kind: 'saved',
    kindText: 'Being lent already',
    verb: 'One moment',
    why: [`${system} has been told and has not answered yet. The line of the first scan says how it ended.`],
    tag: 'Being lent',
    sound: 'accepted',
    leg: 'Not told again',
  };
}

/** Lent at this desk a short while ago: a second check-out may renew it or be refused, so only staff may ask for one. */
function lentAlready(circulation: CirculationRules, lending: Lending, before: LentBefore): Held {
  const { name: system } = circulation;
  const when = minutesAgo(before.minutesAgo);
  const again = lendOffer(lending, 'Check out again', 'It may be renewed or refused');
  switch (before.state) {
    case 'sending':
      return underWay(circulation);
    case 'done':
      return {
        kind: 'shelve',
        kindText: 'Lent before',
        verb: 'Already lent',
        why: [`It was lent at this desk ${when}. Nothing was sent again; the line of that scan says when it is due.`],
        tag: 'Already lent',
        sound: 'attention',
        leg: 'Not told again',
        offers: [NOT_THIS_ONE, again],
      };
    case 'unknown':
      return {
        kindText: 'Not known whether it was lent',
        verb: 'Keep here',
        why: [
          `${system} was told ${when} and did not answer, so it may or may not be lent. Nothing was sent again.`,
          `Look at the item in ${system}, then press the key for what you find.`,
        ],
        tag: 'Not known',
        sound: 'attention',
        leg: 'Not told again',
        offers: [NOT_THIS_ONE, ...(before.asks === undefined ? [] : wordOffers(before.asks))],
      };
  }
}
