import type { Leg, Offer, Prompt } from '../contract/prompt.ts';
import type { RequestView } from '../contract/request.ts';
import type { ActionWords } from './data/actions.ts';
import { OFFERED, AND_NOW } from './data/offered.ts';
import type { StateWords } from './data/place.ts';
import { requestPrompt, seenLeg, stateRule, wordsAfter, wordsOfState } from './look.ts';
import { NOT_THIS_ONE, offerId } from './offers.ts';
import type { Scene } from './scene.ts';
import { isValid, plan } from './steps.ts';
import type { Decision, DeskRules, Evidence, Fact, StepPlan } from './types.ts';
import { shorten } from './words.ts';

/** One decision under way: what is known and the rules of the desk. */
export interface Context extends Scene {
  readonly evidence: Evidence;
}

export function contextOf(evidence: Evidence, rules: DeskRules): Context {
  return { evidence, rules, now: evidence.now };
}

/** A decision without steps that forgets what the desk was waiting for, unless `more` says otherwise. */
export function decided(prompt: Prompt, more: Partial<Decision> = {}): Decision {
  return { facts: [], steps: [], prompt, expectation: undefined, ...more };
}

export function requestFact(request: RequestView): Fact {
  return {
    what: `${request.hrid ?? request.id} (${request.side}) is ${shorten(request.state.code, 60)}`,
    source: `ReShare, read ${request.seenAt}`,
  };
}

/** Adds what every decision about one request carries. */
export function about(request: RequestView, prompt: Prompt, more: Partial<Decision> = {}): Decision {
  return decided(prompt, { request, ...more, facts: [requestFact(request), ...(more.facts ?? [])] });
}

/** What ReShare cannot take back; `undo` exists for a plain fill only (mod-rs ActionEventData). */
export function cautionFor(action: ActionWords): string | undefined {
  const harmless = action.step === 'pull-slip' || action.code === 'supplierCheckInToReshare';
  return harmless ? undefined : 'ReShare cannot take it back';
}

export function doOffer(request: RequestView, action: ActionWords, key: Offer['key']): Offer {
  const caution = cautionFor(action);
  return {
    id: offerId({ kind: 'do', action: action.code, requestId: request.id }),
    key,
    label: action.todo,
    ...(caution === undefined ? {} : { caution }),
  };
}

/** F9 where ReShare really offers to take a fill back. */
export function undoOffer(request: RequestView): readonly Offer[] {
  if (!isValid(request, 'undo')) return [];
  return [{ id: offerId({ kind: 'undo', requestId: request.id }), key: 'F9', label: 'Undo the fill' }];
}

export function waitingLeg(text: string): Leg {
  return { system: 'ReShare', state: 'waiting', text };
}

/** Does the step now. The prompt already says where the thing goes; its line waits for ReShare's answer. */
export function act(
  ctx: Context,
  request: RequestView,
  action: ActionWords,
  params: StepPlan['params'] = {},
  more: Partial<Decision> = {},
): Decision {
  const step = plan(request, action, params);
  const prompt = requestPrompt(request, ctx, {
    words: wordsAfter(step, request, typeof more.expectation === 'object'),
    more: more.remarks ?? [],
    legs: [waitingLeg(action.doing)],
    rule: stateRule(request, ` → ${action.code}${RULE_OF[action.code] ?? ''}`),
    working: true,
    reading: ctx.evidence.reading,
  });
  return about(request, prompt, { ...more, steps: [step], reading: ctx.evidence.reading });
}

/** Public descriptions of the same step outside mod-rs. */
const RULE_OF: Readonly<Record<string, string>> = {
  requesterReceived: '; OCLC Relais D2D integration workflow: mark received, temporary item and hold',
  patronReturnedItem: '; OCLC Relais D2D integration workflow: patron returns item',
  patronReturnedItemAndShippedReturn: '; OCLC Relais D2D integration workflow: patron returns item',
  supplierCheckOutOfReshare: '; OCLC Relais D2D integration workflow: receive the item from the borrowing institution',
};

/** Offers one step with F10 and says why it was not simply done. */
export function offerStep(
  ctx: Context,
  request: RequestView,
  action: ActionWords,
  reason: { readonly settled: string } | undefined,
  decision: Partial<Decision> = {},
): Decision {
  const step = action.step === 'other' ? undefined : action.step;
  const words: StateWords = reason !== undefined || step === undefined ? wordsOfState(request) : OFFERED[step];
  const asked = reason === undefined || step === undefined ? undefined : [reason.settled, AND_NOW[step]];
  const why = (asked ?? words.why).map((text) => text.replaceAll('{key}', 'F10'));
  const prompt = requestPrompt(request, ctx, {
    words: { ...words, why },
    legs: [seenLeg(request)],
    offers: [NOT_THIS_ONE, ...undoOffer(request), doOffer(request, action, 'F10')],
    sound: 'attention',
    rule: stateRule(request, `; this desk offers ${action.code}`),
    reading: ctx.evidence.reading,
  });
  return about(request, prompt, decision);
}
