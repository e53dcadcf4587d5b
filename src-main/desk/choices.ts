import type { Offer } from '../contract/prompt.ts';
import type { RequestView } from '../contract/request.ts';
import { about, act, decided, waitingLeg } from './context.ts';
import type { Context } from './context.ts';
import { actionWords } from './data/actions.ts';
import type { ActionWords } from './data/actions.ts';
import { collect, expectItem, fillAction, fillNow } from './fill.ts';
import { plainPrompt, requestPrompt, stateRule, wordsOfState } from './look.ts';
import { matches } from './matching.ts';
import type { Match } from './matching.ts';
import { NOT_THIS_ONE, TRY_AGAIN, offerId } from './offers.ts';
import type { Choice } from './offers.ts';
import { fromCache, networkBusy, nothingToDo, oneRequest, paramsOf } from './onehit.ts';
import { isValid, isWaitingForNetwork, nextStep, plan } from './steps.ts';
import type { Decision } from './types.ts';
import { sendUnfetched } from './unfetched.ts';
import { given, partnerName, requestName, stateName } from './words.ts';

const ASK_KEYS = ['F10', 'F11', 'F8', 'F9'] as const;

function label(request: RequestView, others: readonly Match[]): string {
  const name = partnerName(request) ?? 'another library';
  const bothSides = others.some((m) => m.request.side !== request.side);
  const role = request.side === 'borrowing' ? `Borrowed from ${name}` : `Lent to ${name}`;
  return bothSides ? role : `${requestName(request)}: ${stateName(request)}`;
}

/** Several requests carry the label. Both parts of one request are asked about by role, others by number and state. */
export function askWhich(ctx: Context, found: readonly Match[]): Decision {
  const shown = found.slice(0, ASK_KEYS.length);
  const offers: readonly Offer[] = shown.flatMap((m, i) => {
    const key = ASK_KEYS[i];
    return key === undefined
      ? []
      : [{ id: offerId({ kind: 'as', requestId: m.request.id }), key, label: label(m.request, found) }];
  });
  const bothSides = new Set(found.map((m) => m.request.side)).size > 1;
  const rest = found.length - shown.length;
  const best = found[0]?.request;
  const title = given(best?.title, 200);
  const prompt = plainPrompt(ctx.evidence.reading, {
    kind: 'stop',
    kindText: bothSides ? 'Both sides of one request' : 'On several requests',
    verb: 'Which one?',
    ...(title === undefined ? {} : { title }),
    why: [
      bothSides
        ? 'This library is both the borrower and the lender here. Press the key for what this thing is to you.'
        : `${String(found.length)} requests carry this label. Press the key for the right one.`,
      ...(rest > 0 ? [`${String(rest)} more are not shown; the ILL office can find them.`] : []),
    ],
    tag: 'Which one?',
    rowTitle: title ?? 'On several requests',
    sound: 'attention',
    rule: 'mod-rs: one request number on both sides; several requests on one item',
    offers: [NOT_THIS_ONE, ...offers],
    legs: [{ system: 'ReShare', state: 'none', text: 'Nothing done yet' }],
  });
  return decided(prompt);
}

/** The request a choice names, whether or not the scan carries its label. */
function chosenMatch(ctx: Context, requestId: string): Match | undefined {
  const { evidence } = ctx;
  const carrying = matches(evidence.hits, evidence.reading).find((m) => m.request.id === requestId);
  if (carrying !== undefined) return carrying;
  const request = [...(evidence.named ?? []), ...evidence.hits].find((r) => r.id === requestId);
  return request === undefined ? undefined : { request, by: 'request-number' };
}

function missing(ctx: Context): Decision {
  const prompt = plainPrompt(ctx.evidence.reading, {
    kind: 'stop',
    kindText: 'Request not read',
    verb: 'Try again',
    why: ['ReShare did not give the request this key was for, so nothing was done. Press F10 or scan again.'],
    tag: 'Try again',
    rowTitle: 'Request not read',
    sound: 'refused',
    rule: 'A choice is carried out only on a request that was read anew',
    offers: [NOT_THIS_ONE, TRY_AGAIN],
  });
  return decided(prompt, { expectation: 'keep' });
}

/** What staff chose is no longer allowed; nothing else is done in its place. */
function tooLate(ctx: Context, match: Match, wanted: string): Decision {
  const state = stateName(match.request);
  return nothingToDo(ctx, match, [`ReShare does not allow “${wanted}” now: it says “${state}”. Nothing was done.`]);
}

function answerCancel(ctx: Context, match: Match, yes: boolean): Decision {
  const { request } = match;
  const action = actionWords('supplierRespondToCancel', request.side);
  if (action === undefined || !isValid(request, action.code)) return tooLate(ctx, match, 'Answer the cancellation');
  const step = plan(request, action, { cancelResponse: yes ? 'yes' : 'no' });
  const prompt = requestPrompt(request, ctx, {
    words: wordsOfState(request),
    why: [
      yes
        ? 'Do not send it. Check it in in your circulation system if it was already filled.'
        : '{partner} is told that it will be sent all the same. Scan it again to go on.',
    ],
    legs: [waitingLeg(action.doing)],
    rule: stateRule(request, ' → supplierRespondToCancel'),
    working: true,
    reading: ctx.evidence.reading,
  });
  return about(request, prompt, { steps: [step] });
}

function undo(ctx: Context, match: Match): Decision {
  const { request } = match;
  if (!isValid(request, 'undo')) return tooLate(ctx, match, 'Undo the fill');
  const prompt = requestPrompt(request, ctx, {
    words: wordsOfState(request),
    why: ['Taking the fill back. Keep the item here until that is done.'],
    legs: [waitingLeg('Taking the fill back')],
    rule: stateRule(request, ' → undo (mod-rs: offered while the last action was a fill)'),
    working: true,
    reading: ctx.evidence.reading,
  });
  return about(request, prompt, {
    steps: [{ system: 'reshare', step: 'undo', action: 'undo', requestId: request.id, side: request.side, params: {} }],
  });
}

/** The scanned label as an item to lend, unless it is the request's own number. */
function scannedItem(ctx: Context, request: RequestView): string | undefined {
  const { reading } = ctx.evidence;
  const own = reading.barcode.toLowerCase() === request.hrid?.toLowerCase();
  return own || reading.barcode === '' || reading.kind === 'run-together' ? undefined : reading.barcode;
}

function fillChosen(ctx: Context, match: Match): Decision {
  const { request } = match;
  const action = fillAction(request, ctx);
  if (action === undefined) return tooLate(ctx, match, 'Fill');
  const { expectation } = ctx.evidence;
  const pile = expectation?.requestId === request.id && expectation.several ? expectation.collected : [];
  const one = scannedItem(ctx, request);
  if (pile.length > 0) return fillNow(ctx, request, action, pile, true);
  if (one === undefined) return oneRequest(ctx, match);
  return fillNow(ctx, request, action, [one]);
}

function doChosen(ctx: Context, match: Match, action: ActionWords | undefined, code: string): Decision {
  if (action === undefined || action.needs === 'form' || !isValid(match.request, code)) {
    return tooLate(ctx, match, action?.todo ?? code);
  }
  if (action.step === 'fill') return fillChosen(ctx, match);
  return act(ctx, match.request, action, paramsOf(ctx, match, action));
}

function unfetchedChosen(ctx: Context, match: Match): Decision {
  const next = nextStep(match.request, ctx.rules);
  if (next.kind !== 'step' || next.action.step !== 'returned') return tooLate(ctx, match, 'Send it back');
  return sendUnfetched(ctx, match.request, next.action, paramsOf(ctx, match, next.action));
}

/**
 * Carries out what staff chose. The choice stands for exactly what its key said: when that is not possible any more, nothing
 * else is done in its place.
 */
export function decideChoice(ctx: Context, choice: Extract<Choice, { requestId: string }>): Decision {
  const match = chosenMatch(ctx, choice.requestId);
  if (match === undefined) return missing(ctx);
  if (ctx.evidence.source !== 'live') return fromCache(ctx, match);
  const { request } = match;
  if (isWaitingForNetwork(request)) return networkBusy(ctx, request);
  switch (choice.kind) {
    case 'as':
      return oneRequest(ctx, match);
    case 'do':
      return doChosen(ctx, match, actionWords(choice.action, request.side), choice.action);
    case 'fill':
      return fillChosen(ctx, match);
    case 'several': {
      if (fillAction(request, ctx) === undefined) return tooLate(ctx, match, 'Fill');
      const { expectation } = ctx.evidence;
      const known = expectation?.requestId === request.id ? expectation : expectItem(request, ctx, true);
      return collect(ctx, request, known, undefined);
    }
    case 'cancel-yes':
    case 'cancel-no':
      return answerCancel(ctx, match, choice.kind === 'cancel-yes');
    case 'undo':
      return undo(ctx, match);
    case 'unfetched':
      return unfetchedChosen(ctx, match);
  }
}
