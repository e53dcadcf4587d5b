import type { Leg, Offer } from '../contract/prompt.ts';
import type { RequestView } from '../contract/request.ts';
import { about, act, doOffer, offerStep, undoOffer } from './context.ts';
import type { Context } from './context.ts';
import { actionWords } from './data/actions.ts';
import type { ActionWords } from './data/actions.ts';
import { AFTERWARDS } from './data/afterwards.ts';
import { askForItem, expectItem, fillAction, itemForFill } from './fill.ts';
import { enteredAt } from './history.ts';
import { homeElsewhere } from './ill-home.ts';
import { requestPrompt, seenLeg, stateRule, wordsOfState } from './look.ts';
import type { StateWords } from './data/place.ts';
import type { Match } from './matching.ts';
import { NOT_THIS_ONE, TRY_AGAIN, offerId } from './offers.ts';
import { ownAgainOffer, withNextStep } from './own-again.ts';
import { settledSentence } from './readings.ts';
import {
  doesByItself,
  isValid,
  isWaitingForNetwork,
  nextStep,
  offeredOthers,
  officeActions,
  strangeActions,
} from './steps.ts';
import type { Decision, StepBefore } from './types.ts';
import { askWhetherFetched, mayBeUnfetched } from './unfetched.ts';
import { ago, either, list, minutesAgo, partner, sentence, shorten, stateName } from './words.ts';

const KEYS = ['F10', 'F11', 'F8'] as const;

/** ReShare is sending word to the other library and takes no action meanwhile. */
export function networkBusy(ctx: Context, request: RequestView): Decision {
  const prompt = requestPrompt(request, ctx, {
    words: { event: 'one moment', place: 'keep', kind: 'saved', tag: 'Scan again', why: [] },
    why: [
      `ReShare is still telling ${partner(request)} about the last step and takes no other.`,
      'Scan it again in a minute.',
    ],
    legs: [
      { system: 'ReShare', state: 'waiting', text: `Network: ${request.networkStatus ?? ''}`, at: request.seenAt },
    ],
    sound: 'attention',
    rule: 'mod-rs: no action is valid while networkStatus is Waiting or Retry',
    reading: ctx.evidence.reading,
  });
  return about(request, prompt);
}

/** ReShare did not answer; this is what was known before. */
export function fromCache(ctx: Context, match: Match): Decision {
  const { request } = match;
  const known = wordsOfState(request);
  const when = ago(request.seenAt, ctx.now);
  const prompt = requestPrompt(request, ctx, {
    words: { ...known, place: 'keep', kind: 'saved', tag: 'Keep here' },
    why: [
      `${ctx.evidence.outage ?? 'ReShare could not be asked.'} The scan is saved and nothing was done.`,
      `${when === 'just now' ? 'A moment ago' : sentence(when)} ReShare had it as “${stateName(request)}”. Keep it here and scan it again when ReShare answers.`,
    ],
    legs: [{ system: 'ReShare', state: 'waiting', text: 'Nothing sent; this is from memory', at: request.seenAt }],
    offers: [NOT_THIS_ONE, TRY_AGAIN],
    sound: 'saved',
    rule: stateRule(request, ', as last seen; outage: no system was changed'),
    reading: ctx.evidence.reading,
  });
  return about(request, prompt, { expectation: 'keep' });
}

/** The borrower asks to cancel: the answer is yes or no, and only a person gives it. */
function cancelAsked(ctx: Context, request: RequestView): Decision {
  const offers: readonly Offer[] = [
    NOT_THIS_ONE,
    {
      id: offerId({ kind: 'cancel-yes', requestId: request.id }),
      key: 'F10',
      label: 'Agree: do not send it',
      caution: 'Cancels the request for good',
    },
    {
      id: offerId({ kind: 'cancel-no', requestId: request.id }),
      key: 'F11',
      label: 'Refuse: send it all the same',
      caution: 'The other library is told at once',
    },
  ];
  const prompt = requestPrompt(request, ctx, {
    words: wordsOfState(request),
    why: ['{partner} no longer wants it. Do not send it.', 'Give it to the ILL office, or answer here.'],
    legs: [seenLeg(request)],
    offers,
    sound: 'attention',
    rule: stateRule(request, ' → supplierRespondToCancel'),
    reading: ctx.evidence.reading,
  });
  return about(request, prompt);
}

/** The moment when the thing came into this state, if the history was read and says so. */
function minutesInState(request: RequestView, now: string): number | undefined {
  const since = enteredAt(request);
  const minutes = since === undefined ? Number.NaN : (Date.parse(now) - Date.parse(since)) / 60_000;
  return Number.isNaN(minutes) ? undefined : Math.max(0, minutes);
}

/** What this desk has just done to this very request. */
function doneTo(ctx: Context, request: RequestView): StepBefore | undefined {
  return ctx.evidence.justDone?.find(({ requestId }) => requestId === request.id);
}

/**
 * Why an obvious step is asked for rather than done: this desk has only just handled the thing, or somebody received it so
 * short a while ago that its patron can hardly have had it.
 */
function tooSoon(ctx: Context, request: RequestView, action: ActionWords): string | undefined {
  const rescan = ctx.evidence.rescans?.findLast(({ requestId }) => requestId === request.id);
  if (rescan !== undefined && rescan.action !== action.code) {
    // The thing waited on the offline list for an earlier step, so this scan is not yet about the next one.
    const done = actionWords(rescan.action, request.side)?.done ?? 'Handled';
    return `It was No. ${String(rescan.no)} on the offline list. ${done}: that is settled.`;
  }
  const justDone = doneTo(ctx, request);
  const window = ctx.rules.desk.settleMinutes;
  if (justDone !== undefined && justDone.minutesAgo < window) {
    const done = actionWords(justDone.action, request.side)?.done ?? 'Handled';
    return settledSentence(done, justDone.minutesAgo);
  }
  if (action.step !== 'returned') return undefined;
  const lent = ctx.evidence.lentBefore;
  if (lent?.state === 'done') return settledSentence('Lent', lent.minutesAgo);
  const minutes = minutesInState(request, ctx.now);
  return minutes !== undefined && minutes < window ? `It was received ${minutesAgo(minutes)}.` : undefined;
}

/** Items for an action that wants barcodes although none was asked for: the scanned one, else those on the request. */
function itemsOf(ctx: Context, match: Match): readonly string[] {
  const onRequest = match.request.volumes.map((v) => v.itemId);
  return match.by === 'item-barcode' || onRequest.length === 0 ? [ctx.evidence.reading.barcode] : onRequest;
}

function filling(ctx: Context, match: Match, action: ActionWords): Decision {
  const { request } = match;
  return match.by === 'item-barcode' ? itemForFill(ctx, request, action) : askForItem(ctx, request);
}

/** Parameters of a step that is not a fill. */
export function paramsOf(ctx: Context, match: Match, action: ActionWords): Readonly<Record<string, unknown>> {
  return action.needs === 'items' ? { itemBarcodes: itemsOf(ctx, match).map((itemId) => ({ itemId })) } : {};
}

function oneStep(ctx: Context, match: Match, action: ActionWords): Decision {
  const { request } = match;
  if (action.step === 'fill') return filling(ctx, match, action);
  // The item itself lies here already: printing the slip is only a formality before the fill.
  const inHand = action.step === 'pull-slip' && match.by === 'item-barcode';
  const expectation = inHand ? expectItem(request, ctx) : undefined;
  // The desk of the branch where borrowed items live sends it back; until then it travels inside the library.
  if (action.step === 'return-shipped' && homeElsewhere(ctx.rules) !== undefined) return nothingToDo(ctx, match);
  const soon = tooSoon(ctx, request, action);
  if (soon !== undefined) return offerStep(ctx, request, action, { settled: soon }, { expectation });
  if (mayBeUnfetched(ctx, request, action)) return askWhetherFetched(ctx, request, action);
  if (!doesByItself(action, ctx.rules)) return offerStep(ctx, request, action, undefined, { expectation });
  return act(ctx, request, action, paramsOf(ctx, match, action), { expectation });
}

/** More than one step could be meant: each gets a key. */
function askSteps(ctx: Context, match: Match, actions: readonly ActionWords[]): Decision {
  const { request } = match;
  const fill = fillAction(request, ctx);
  if (fill !== undefined && match.by === 'item-barcode') return itemForFill(ctx, request, fill);
  const offers = actions.flatMap((action, i) => {
    const key = KEYS[i];
    return key === undefined || action.step === 'fill' ? [] : [doOffer(request, action, key)];
  });
  const fillIt = fill === undefined ? [] : ['To fill it, scan the item now.'];
  const only = offers[0];
  const press =
    only === undefined
      ? []
      : [
          offers.length === 1
            ? `Press ${only.key} if that is what happens now.`
            : 'Press the key for what has happened.',
        ];
  const prompt = requestPrompt(request, ctx, {
    words: offers.length > 1 ? { ...wordsOfState(request), place: 'ask', tag: 'Which step?' } : wordsOfState(request),
    more: [...press, ...fillIt],
    legs: [seenLeg(request)],
    offers: [NOT_THIS_ONE, ...undoOffer(request), ...offers],
    sound: 'attention',
    rule: stateRule(request, `; ReShare allows ${actions.map((a) => a.code).join(', ')}`),
    reading: ctx.evidence.reading,
  });
  return about(request, prompt, { expectation: fill === undefined ? undefined : expectItem(request, ctx) });
}

/** What can be done with the request, but not from here. */
function inReshareOnly(request: RequestView): readonly string[] {
  const office = officeActions(request).map((label) => label.charAt(0).toLowerCase() + label.slice(1));
  const strange = strangeActions(request).map((code) => `“${shorten(code, 40)}”`);
  return [
    ...(office.length === 0 ? [] : [`In ReShare itself the ILL office can ${either(office.slice(0, 3))}.`]),
    ...(strange.length === 0
      ? []
      : [
          `ReShare also offers ${list(strange.slice(0, 3))}, which Carrel does not know: that is done in ReShare itself.`,
        ]),
  ];
}

/** No desk step is valid: where the thing is, where it goes, and what else ReShare would allow. */
export function nothingToDo(ctx: Context, match: Match, first: readonly string[] = []): Decision {
  const { request } = match;
  const checkIn = ownAgainOffer(request, ctx.evidence.reading, ctx.rules);
  const words = withNextStep(idleWords(ctx, request), checkIn);
  const offers = offeredOthers(request)
    .slice(0, KEYS.length)
    .flatMap((action, i) => {
      const key = KEYS[i];
      return key === undefined ? [] : [doOffer(request, action, key)];
    });
  const hints = offeredOthers(request).flatMap(({ hint, code }) => {
    const key = offers.find(({ id }) => id === offerId({ kind: 'do', action: code, requestId: request.id }))?.key;
    return hint === undefined || key === undefined || checkIn !== undefined ? [] : [hint.replace('{key}', key)];
  });
  const keys = [...undoOffer(request), ...(checkIn === undefined ? offers : [checkIn])];
  const prompt = requestPrompt(request, ctx, {
    words,
    why: [...first, ...words.why],
    more: [...hints, ...inReshareOnly(request)],
    legs: [seenLeg(request)],
    offers: keys.length === 0 ? [] : [NOT_THIS_ONE, ...keys],
    ...(keys.length > 0 ? { sound: 'attention' } : {}),
    rule: stateRule(request),
    reading: ctx.evidence.reading,
  });
  return about(request, prompt);
}

/**
 * Words when nothing can be pressed. An item this desk has just sent off is going out, not coming back unannounced; and
 * nobody is asked to scan an item for a fill that ReShare does not allow.
 */
function idleWords(ctx: Context, request: RequestView): StateWords {
  const justDone = doneTo(ctx, request);
  const words = wordsOfState(request);
  if (words.place === 'scan-item') {
    const why = ['ReShare does not allow {hrid} to be filled right now. Give it to the ILL office.'];
    return { ...words, place: 'ill-office', kind: 'stop', tag: 'ILL office', why };
  }
  const shipped = request.state.code === 'RES_ITEM_SHIPPED' || request.state.code === 'SLNP_RES_ITEM_SHIPPED';
  const mine = justDone === undefined ? undefined : actionWords(justDone.action, request.side);
  return shipped && (mine?.step === 'ship' || mine?.also === 'ship') ? AFTERWARDS.ship : words;
}

/** The record came without what ReShare allows now, so nothing can be decided on it. */
function unreadActions(ctx: Context, request: RequestView): Decision {
  const leg: Leg = {
    system: 'ReShare',
    state: 'not-done',
    text: 'Did not say what is allowed now',
    at: request.seenAt,
  };
  const prompt = requestPrompt(request, ctx, {
    words: wordsOfState(request),
    more: ['ReShare did not say which steps are allowed now. Try again with F10.'],
    legs: [leg],
    offers: [NOT_THIS_ONE, TRY_AGAIN],
    sound: 'attention',
    rule: stateRule(request, ', read in brief'),
    reading: ctx.evidence.reading,
  });
  return about(request, prompt);
}

/** The scan is about this one request. */
export function oneRequest(ctx: Context, match: Match): Decision {
  const { request } = match;
  if (ctx.evidence.source !== 'live') return fromCache(ctx, match);
  if (request.state.terminal) return nothingToDo(ctx, match);
  if (isWaitingForNetwork(request)) return networkBusy(ctx, request);
  if (request.validActions === undefined) return unreadActions(ctx, request);
  if (isValid(request, 'supplierRespondToCancel')) return cancelAsked(ctx, request);
  const next = nextStep(request, ctx.rules);
  if (next.kind === 'step') return oneStep(ctx, match, next.action);
  if (next.kind === 'ask') return askSteps(ctx, match, next.actions);
  return nothingToDo(ctx, match);
}
