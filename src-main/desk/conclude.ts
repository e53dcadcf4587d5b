import type { Leg, Offer, Prompt } from '../contract/prompt.ts';
import type { RequestView } from '../contract/request.ts';
import { newestOther } from './audit.ts';
import { undoOffer } from './context.ts';
import { actionWords } from './data/actions.ts';
import type { StateWords } from './data/place.ts';
import { hostLegs, leftUndone, refusedByHost } from './host.ts';
import { requestPrompt, wordsAfter, wordsOfState } from './look.ts';
import { NOT_THIS_ONE, offerId, wordOffers } from './offers.ts';
import { ownAgainOffer } from './own-again.ts';
import type { Scene } from './scene.ts';
import type { Decision, DeskRules, StepPlan, StepResult } from './types.ts';
import { undoAdvice } from './undo.ts';
import { shorten, stateName } from './words.ts';

const UNDONE: StateWords = {
  event: 'fill taken back',
  place: 'own',
  kind: 'ill',
  tag: 'Fill undone',
  why: [
    'The fill was taken back, and ReShare asked your circulation system to check this item in. Put it back in its place.',
    'To fill {hrid} with another item, scan its slip again.',
  ],
};

interface Names {
  readonly doing: string;
  readonly done: string;
  readonly todo: string;
}

function namesOf(plan: StepPlan): Names {
  if (plan.action === 'undo')
    return { doing: 'Taking the fill back', done: 'Took the fill back', todo: 'Undo the fill' };
  const quoted = `“${shorten(plan.action, 60)}”`;
  return actionWords(plan.action, plan.side) ?? { doing: quoted, done: quoted, todo: quoted };
}

function legsOf(result: StepResult, before: RequestView | undefined, { rules, now }: Scene): readonly Leg[] {
  const { plan, state, at, after } = result;
  const names = namesOf(plan);
  const leg = (legState: Leg['state'], text: string): Leg => ({ system: 'ReShare', state: legState, text, at });
  switch (state) {
    case 'done': {
      const stuck = isStuck(result, before);
      const said = after === undefined ? '' : ` · still says ${stateName(after)}`;
      return [
        leg(result.sentence === undefined ? 'done' : 'seen', `${names.done}${stuck ? said : ''}`),
        ...hostLegs(result, {
          ...(rules.host === undefined ? {} : { host: rules.host }),
          ...(rules.circulation === undefined ? {} : { systemName: rules.circulation.name }),
          ...(rules.timeZone === undefined ? {} : { timeZone: rules.timeZone }),
          before,
          now,
        }),
      ];
    }
    case 'confirmed':
      return [leg('seen', `Already: ${names.done.charAt(0).toLowerCase()}${names.done.slice(1)}`)];
    case 'refused':
      return [
        leg('not-done', `Refused: ${names.todo.charAt(0).toLowerCase()}${names.todo.slice(1)}`),
        ...hostLegs(result),
      ];
    case 'not-sent':
      return [leg('waiting', 'Not sent')];
    case 'unknown':
      return [leg('unknown', `${names.doing}: sent, no answer`)];
    case 'needs-person':
      if (result.asks !== undefined) return [leg('unknown', `${names.doing}: not known whether it happened`)];
      return [leg('not-done', `Not done: ${names.todo.charAt(0).toLowerCase()}${names.todo.slice(1)}`)];
    case 'not-done':
      return [leg('not-done', `Did not happen: ${names.todo.charAt(0).toLowerCase()}${names.todo.slice(1)}`)];
    case 'recorded':
    case 'sending':
      return [leg('waiting', names.doing)];
  }
}

/** ReShare said yes, but the request has not moved. Marking an SLNP slip printed rightly leaves the state as it is. */
function isStuck(result: StepResult, before: RequestView | undefined): boolean {
  if (result.after === undefined || before === undefined || result.plan.step === 'pull-slip') return false;
  return result.after.state.code === before.state.code;
}

/** Words for a step that is over: its own, or those of the state the request is in now. */
function wordsDone(decision: Decision, result: StepResult, request: RequestView): StateWords {
  if (result.plan.step === 'undo') return UNDONE;
  if (result.plan.step === 'other') return wordsOfState(request);
  return wordsAfter(result.plan, request, typeof decision.expectation === 'object');
}

function finished(
  decision: Decision,
  result: StepResult,
  request: RequestView,
  legs: readonly Leg[],
  scene: Scene,
): Prompt {
  const words = wordsDone(decision, result, request);
  const stuck = result.state === 'done' && isStuck(result, decision.request);
  const undone = leftUndone(result, scene.rules.host);
  const slow = stuck ? ['ReShare accepted it but does not show it yet. Scan it again in a minute to be sure.'] : [];
  const checkIn = ownAgainOffer(request, decision.reading, scene.rules);
  const offers = [...undoOffer(request), ...(checkIn === undefined ? [] : [checkIn])];
  // What went wrong in this step is said above; the general sentence about trouble would say it twice.
  const told = undone.length > 0 ? { ...request, needsAttention: false } : request;
  const prompt = requestPrompt(told, scene, {
    words,
    more: [...(decision.remarks ?? []), ...undone, ...slow],
    legs,
    offers,
    checkIn,
    sound: undone.length > 0 || stuck ? 'attention' : 'accepted',
    rule: decision.prompt.rule,
  });
  const takenBack = undoOffer(request).length > 0 || result.plan.step === 'undo';
  return {
    ...prompt,
    rowId: decision.prompt.rowId,
    ...(takenBack ? {} : { mistake: undoAdvice(request, result.plan.action) }),
  };
}

/** The step did not end well: the prompt keeps what the thing is and says where it goes instead. */
function instead(
  base: Prompt,
  parts: Pick<Prompt, 'kind' | 'destination' | 'tag' | 'sound'> & {
    why: readonly string[];
    legs: readonly Leg[];
    offers?: readonly Offer[];
    working?: boolean;
  },
): Prompt {
  return {
    ...base,
    kind: parts.kind,
    destination: parts.destination,
    tag: parts.tag,
    sound: parts.sound,
    why: [...parts.why],
    legs: [...parts.legs],
    offers: [...(parts.offers ?? [])],
    working: parts.working ?? false,
  };
}

/** One half of a combined action worked: mod-rs then leaves the request in between. */
function halfDone(result: StepResult): StateWords | undefined {
  const also = actionWords(result.plan.action, result.plan.side)?.also;
  const code = result.after?.state.code;
  const half =
    also === 'ship' ? 'RES_AWAIT_SHIP' : also === 'return-shipped' ? 'REQ_AWAITING_RETURN_SHIPPING' : undefined;
  if (code === undefined || code !== half || result.after === undefined) return undefined;
  const words = wordsOfState(result.after);
  const missing =
    also === 'ship'
      ? 'It is filled, but ReShare did not mark it shipped.'
      : 'It is marked returned, but not as shipped.';
  return { ...words, why: [missing, 'Scan it again when it leaves.'] };
}

function refused(decision: Decision, result: StepResult, legs: readonly Leg[], scene: Scene): Prompt {
  const request = result.after ?? decision.request;
  const half = halfDone(result);
  if (half !== undefined && request !== undefined) {
    return requestPrompt(request, scene, {
      words: half,
      legs,
      offers: undoOffer(request),
      sound: 'attention',
      rule: decision.prompt.rule,
    });
  }
  const host = request === undefined ? undefined : refusedByHost(result, request);
  const fallback = result.sentence ?? 'ReShare refused it without saying why. Give it to the ILL office.';
  const line = newestOther(result.newAudit);
  const history = line === undefined ? [] : [`ReShare’s history says: “${shorten(line.message)}”`];
  return instead(decision.prompt, {
    kind: 'stop',
    destination: { verb: 'ILL office' },
    tag: 'Refused',
    sound: 'refused',
    why: host ?? [fallback, ...history],
    legs,
    offers: request === undefined ? [] : undoOffer(request),
  });
}

function itemsOf(plan: StepPlan): readonly unknown[] {
  const items: unknown = plan.params['itemBarcodes'];
  return Array.isArray(items) ? items : [];
}

/** The key that tries the same thing once more; none where the scan alone cannot bring back what was to be sent. */
function retryOffer(plan: StepPlan): Offer | undefined {
  const { requestId, action } = plan;
  if (itemsOf(plan).length > 1) return undefined;
  const label = 'Try again';
  if (action === 'undo') return { id: offerId({ kind: 'undo', requestId }), key: 'F10', label };
  const answer: unknown = plan.params['cancelResponse'];
  if (answer === 'yes') return { id: offerId({ kind: 'cancel-yes', requestId }), key: 'F10', label };
  if (answer === 'no') return { id: offerId({ kind: 'cancel-no', requestId }), key: 'F10', label };
  return { id: offerId({ kind: 'do', action, requestId }), key: 'F10', label };
}

function notSent(decision: Decision, result: StepResult, legs: readonly Leg[]): Prompt {
  const retry = retryOffer(result.plan);
  const how =
    retry === undefined
      ? 'When ReShare answers again, scan the slip and then the items once more.'
      : 'Keep it here and press F10, or scan it again later.';
  return instead(decision.prompt, {
    kind: 'saved',
    destination: { verb: 'Keep here' },
    tag: 'Keep here',
    sound: 'saved',
    why: [result.sentence ?? 'ReShare could not be reached; nothing was sent.', how],
    legs,
    offers: retry === undefined ? [NOT_THIS_ONE] : [NOT_THIS_ONE, retry],
  });
}

function unknown(decision: Decision, legs: readonly Leg[]): Prompt {
  return instead(decision.prompt, {
    kind: 'saved',
    destination: { verb: 'Keep here' },
    tag: 'Looking',
    sound: 'saved',
    why: [
      'ReShare did not answer in time, so this may or may not have happened.',
      'Keep it here: Carrel is looking, and sends nothing twice.',
    ],
    legs,
    working: true,
  });
}

function needsPerson(decision: Decision, result: StepResult, legs: readonly Leg[]): Prompt {
  return instead(decision.prompt, {
    kind: 'stop',
    destination: { verb: 'Keep here' },
    tag: 'Needs you',
    sound: 'attention',
    why: [result.sentence ?? 'It is not clear what happened. Look at the request in ReShare before doing it again.'],
    legs,
    offers: result.asks === undefined ? [] : [NOT_THIS_ONE, ...wordOffers(result.asks)],
  });
}

/**
 * The prompt after the steps of a decision have run: what was done in which system and when, in the words of the request's
 * newest history where the circulation system had something to say, and what to do with the thing now. With an empty list
 * (nothing could be begun) nothing has been sent.
 */
export function conclude(decision: Decision, results: readonly StepResult[], rules: DeskRules, now: string): Prompt {
  const scene: Scene = { rules, now };
  const legs = results.flatMap((r) => legsOf(r, decision.request, scene));
  const last = results.at(-1);
  if (last === undefined) {
    if (decision.steps.length === 0) return { ...decision.prompt, working: false };
    const [first] = decision.steps;
    return first === undefined
      ? decision.prompt
      : notSent(decision, { plan: first, state: 'not-sent', newAudit: [], at: now }, [
          { system: 'ReShare', state: 'waiting', text: 'Not sent', at: now },
        ]);
  }
  const request = last.after ?? decision.request;
  switch (last.state) {
    case 'done':
    case 'confirmed':
      return request === undefined
        ? { ...decision.prompt, legs: [...legs], working: false }
        : finished(decision, last, request, legs, scene);
    case 'refused':
      return refused(decision, last, legs, scene);
    case 'not-sent':
      return notSent(decision, last, legs);
    case 'unknown':
      return unknown(decision, legs);
    case 'needs-person':
    case 'not-done':
      return needsPerson(decision, last, legs);
    case 'recorded':
    case 'sending':
      return { ...decision.prompt, legs: [...legs], working: true };
  }
}
