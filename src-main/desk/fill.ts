import type { RequestView } from '../contract/request.ts';
import type { Offer } from '../contract/prompt.ts';
import { isCrosslink } from './data/crosslink-states.ts';
import { about, act, decided } from './context.ts';
import type { Context } from './context.ts';
import type { ActionWords } from './data/actions.ts';
import { plainPrompt, requestPrompt, seenLeg, stateRule, wordsOfState } from './look.ts';
import { NOT_THIS_ONE, offerId } from './offers.ts';
import { doesByItself, nextStep } from './steps.ts';
import type { Decision, Expectation, StepPlan } from './types.ts';
import { count, given, requestName, shorten, shownBarcode } from './words.ts';

/** Volumes in this state are checked out in the circulation system and cannot be replaced any more (mod-rs RequestVolume). */
const CHECKED_OUT = new Set(['lms_check_out_complete', 'lms_check_out_(no_integration)']);

/** The valid action that fills the request, or undefined. */
export function fillAction(request: RequestView, ctx: Context): ActionWords | undefined {
  const next = nextStep(request, ctx.rules);
  if (next.kind === 'step' && next.action.step === 'fill') return next.action;
  return next.kind === 'ask' ? next.actions.find((a) => a.step === 'fill') : undefined;
}

/**
 * Parameters of a fill (mod-rs: `itemBarcodes` of `{itemId, _delete?}`). A single other barcode left over from a fill that
 * failed is taken off, else mod-rs would try it again together with this one.
 */
export function fillParams(request: RequestView, items: readonly string[], several: boolean): StepPlan['params'] {
  const wanted = new Set(items.map((i) => i.toLowerCase()));
  const left = request.volumes.filter((v) => !CHECKED_OUT.has(v.status ?? '') && !wanted.has(v.itemId.toLowerCase()));
  const known = request.volumes.some((v) => wanted.has(v.itemId.toLowerCase()));
  const stale = !several && !known && request.volumes.length === 1 ? left : [];
  return {
    itemBarcodes: [...items.map((itemId) => ({ itemId })), ...stale.map((v) => ({ itemId: v.itemId, _delete: true }))],
  };
}

/** The desk waits for the item of this request. */
export function expectItem(request: RequestView, ctx: Context, several = false): Expectation {
  return {
    kind: 'item-for-fill',
    requestId: request.id,
    hrid: requestName(request),
    title: request.title ?? '',
    collected: [],
    several,
    scanId: ctx.evidence.scanId ?? '',
  };
}

function severalOffer(request: RequestView): Offer {
  return { id: offerId({ kind: 'several', requestId: request.id }), key: 'F11', label: 'Several volumes' };
}

/** Items that the request names already: mod-rs's after a fill that failed, CrossLink's because it chooses the item itself. */
function namedItems(request: RequestView): readonly string[] {
  const named = request.volumes.filter((v) => !CHECKED_OUT.has(v.status ?? '')).map((v) => v.itemId);
  if (named.length === 0) return [];
  const labels = shorten(named.join(', '), 60);
  return [isCrosslink(request) ? `ReShare has chosen ${labels}.` : `A fill with ${labels} did not go through before.`];
}

/** The slip has been scanned: the next scan is the item. */
export function askForItem(ctx: Context, request: RequestView, more: readonly string[] = []): Decision {
  const prompt = requestPrompt(request, ctx, {
    words: wordsOfState(request),
    more: [...namedItems(request), ...more],
    legs: [seenLeg(request)],
    offers: [NOT_THIS_ONE, severalOffer(request)],
    sound: 'accepted',
    rule: stateRule(request, '; ReShare staff guide: fill request'),
    reading: ctx.evidence.reading,
  });
  return about(request, prompt, { expectation: expectItem(request, ctx) });
}

/** Fills with these items now, whatever the desk does by itself: staff scanned for it or pressed the key. */
export function fillNow(
  ctx: Context,
  request: RequestView,
  action: ActionWords,
  items: readonly string[],
  several = false,
): Decision {
  const picked = request.selectedItemBarcode?.toLowerCase();
  const another =
    picked !== undefined && picked !== '' && !several && items.every((i) => i.toLowerCase() !== picked)
      ? [`ReShare had picked another copy, ${shorten(request.selectedItemBarcode ?? '', 40)}; this one goes instead.`]
      : [];
  const many = items.length > 1 ? [`${count(items.length, 'volume', 'volumes')} go out together.`] : [];
  return act(ctx, request, action, fillParams(request, items, several), { remarks: [...another, ...many] });
}

/** Offers the fill with F10 instead of doing it, and keeps waiting so that another item can still be scanned. */
export function offerFill(ctx: Context, request: RequestView, why: readonly string[]): Decision {
  const kept = ctx.evidence.expectation?.requestId === request.id ? 'keep' : expectItem(request, ctx);
  const prompt = requestPrompt(request, ctx, {
    words: { ...wordsOfState(request), tag: 'Fill?' },
    why,
    legs: [seenLeg(request)],
    offers: [
      NOT_THIS_ONE,
      { id: offerId({ kind: 'fill', requestId: request.id }), key: 'F10', label: 'Fill with this item' },
    ],
    sound: 'attention',
    rule: stateRule(request, '; the item is confirmed before the fill'),
    reading: ctx.evidence.reading,
  });
  return about(request, prompt, { expectation: kept });
}

/** An item has been scanned for a request that waits for one. */
export function itemForFill(ctx: Context, request: RequestView, action: ActionWords): Decision {
  const { reading } = ctx.evidence;
  const item = shownBarcode(reading);
  if (reading.notes.includes('check-digit-wrong')) {
    return offerFill(ctx, request, [
      `The check digit of ${item} is wrong, so it may have been misread.`,
      'Scan the item again. If the label really reads so, press F10 to fill with it.',
    ]);
  }
  const own = request.volumes.map(({ itemId }) => itemId.toLowerCase());
  if (action.ownItems === true && own.length > 0 && !own.includes(reading.barcode.toLowerCase())) {
    const chosen = shorten(request.volumes.map(({ itemId }) => itemId).join(', '), 60);
    return offerFill(ctx, request, [
      `ReShare has chosen another copy, ${chosen}, and would lend that one, not ${item}.`,
      'Fetch the chosen copy and scan it. F10 marks it shipped all the same.',
    ]);
  }
  const { itemPrefixes } = ctx.rules.desk;
  const upper = reading.barcode.toUpperCase();
  if (itemPrefixes.length > 0 && !itemPrefixes.some((p) => upper.startsWith(p.toUpperCase()))) {
    return offerFill(ctx, request, [
      `${item} does not begin like our item labels.`,
      'Scan our own barcode on the item. If this is the right one, press F10 to fill with it.',
    ]);
  }
  if (!doesByItself(action, ctx.rules)) {
    return offerFill(ctx, request, [`Press F10 to lend ${item} to {partner}, or scan another item.`]);
  }
  return fillNow(ctx, request, action, [reading.barcode]);
}

/** Several volumes go out on one request: this starts the collection, and each further scan adds to it. */
export function collect(
  ctx: Context,
  request: RequestView,
  expectation: Expectation,
  item: string | undefined,
): Decision {
  const already = expectation.collected.some((c) => c.toLowerCase() === item?.toLowerCase());
  const collected = item === undefined || already ? expectation.collected : [...expectation.collected, item];
  const n = collected.length;
  const volumes = count(n, 'volume', 'volumes');
  const fill: Offer = {
    id: offerId({ kind: 'fill', requestId: request.id }),
    key: 'F10',
    label: `Fill with ${volumes}`,
  };
  const soFar = already
    ? `${shorten(item ?? '', 40)} is in the pile already: ${volumes} so far.`
    : n === 0
      ? 'Scan the volumes one after the other.'
      : `${volumes} so far.`;
  const doubt =
    item !== undefined && ctx.evidence.reading.notes.includes('check-digit-wrong')
      ? [`The check digit of ${shorten(item, 40)} is wrong: look whether it was read right.`]
      : [];
  const prompt = requestPrompt(request, ctx, {
    words: { ...wordsOfState(request), event: 'several volumes', tag: n === 0 ? 'Scan the item' : volumes },
    why: [
      soFar,
      ...doubt,
      n === 0 ? 'When all are scanned, press F10.' : 'Scan the next volume, or press F10 when that was the last.',
    ],
    legs: [{ system: 'ReShare', state: 'waiting', text: 'Nothing sent until F10' }],
    offers: n === 0 ? [NOT_THIS_ONE] : [NOT_THIS_ONE, fill],
    sound: already ? 'attention' : 'accepted',
    rule: stateRule(request, '; ReShare staff guide: multi-volume requests'),
    reading: ctx.evidence.reading,
  });
  const asked = { ...prompt, destination: { verb: n === 0 ? 'Scan the first volume' : 'Scan the next volume' } };
  return about(request, asked, { expectation: { ...expectation, several: true, collected } });
}

/** The scan cannot be an item to lend; the desk goes on waiting for one. */
export function stillWaiting(
  ctx: Context,
  expectation: Expectation,
  why: readonly string[],
  offers: readonly Offer[] = [],
): Decision {
  const title = given(expectation.title, 200);
  const prompt = plainPrompt(ctx.evidence.reading, {
    kind: 'stop',
    kindText: `Waiting for the item of ${shorten(expectation.hrid, 40)}`,
    verb: 'Scan the item',
    ...(title === undefined ? {} : { title }),
    why,
    tag: 'Scan the item',
    rowTitle: title ?? 'Waiting for an item',
    sound: 'attention',
    rule: 'ReShare staff guide: fill request by the item barcode',
    offers: [NOT_THIS_ONE, ...offers],
  });
  return decided(prompt, { expectation: 'keep' });
}
