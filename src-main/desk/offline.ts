import type { HeldBasis, HeldBody, HeldPlan, HeldSystem, OfflineAction, OfflineMode } from '../contract/offline.ts';
import type { RequestView } from '../contract/request.ts';
import { actionWords } from './data/actions.ts';
import { decide } from './decide.ts';
import { NOT_THIS_ONE } from './offers.ts';
import { supposed } from './outlook.ts';
import type { Decision, DeskRules, Evidence, Expectation, StepPlan } from './types.ts';
import { given, partnerName } from './words.ts';

/** What a scan comes to while a system is not reached. Pure: from what the cache remembers and what the desk allows. */

/** A system that is not reached now. */
export interface DownSystem {
  readonly system: HeldSystem;
  readonly name: string;
  /** ISO 8601 UTC. */
  readonly since?: string;
}

/** A scan to be written down for later. */
export interface Hold {
  readonly mode: HeldBody['mode'];
  readonly system: HeldSystem;
  readonly plan: HeldPlan;
  readonly basis: HeldBasis;
  readonly request?: RequestView;
  /** Why the system could not be asked, in its own sentence. */
  readonly said?: string;
  /** What the desk waits for afterwards, as it would be if the system had answered. */
  readonly expectation: Expectation | undefined | 'keep';
}

const LOOK: HeldPlan = { kind: 'look' };

/** What a scan comes to in an outage: something is written down, or the desk is asked for the next thing. */
export type InOutage =
  { readonly kind: 'hold'; readonly hold: Hold } | { readonly kind: 'ask'; readonly decision: Decision };

/**
 * What is made of a scan that ReShare could not be asked about, or undefined where that is left to the usual rules: the
 * label settles the matter by itself, or the desk has switched it off. What the step would be is asked of the same rules
 * that decide online, on the cached request with the actions its state usually allows.
 */
export function decideInOutage(evidence: Evidence, rules: DeskRules): InOutage | undefined {
  if (evidence.source !== 'cache' || evidence.doubleOf !== undefined) return undefined;
  const guess = decide(
    {
      ...evidence,
      source: 'live',
      hits: evidence.hits.map(supposed),
      ...(evidence.named === undefined ? {} : { named: evidence.named.map(supposed) }),
    },
    rules,
  );
  if (!concernsThing(guess, evidence)) return undefined;
  const plan = planOf(guess);
  const request = guess.request === undefined ? undefined : evidenceOf(evidence, guess.request.id);
  if (plan.kind === 'look' && typeof guess.expectation === 'object') {
    return rules.desk.offline.actions.fill === 'off'
      ? undefined
      : { kind: 'ask', decision: fromMemory(guess, request) };
  }
  const hold = held(plan, 'reshare', request, guess.expectation, rules);
  const { outage } = evidence;
  return hold === undefined
    ? undefined
    : { kind: 'hold', hold: { ...hold, ...(outage === undefined ? {} : { said: outage }) } };
}

/** A pull slip: its item is asked for as ever, and what the prompt says is said to be from memory. */
function fromMemory(guess: Decision, request: RequestView | undefined): Decision {
  const said = 'ReShare is not reached: the fill is only noted, and the item stays at the desk.';
  return {
    ...guess,
    prompt: {
      ...guess.prompt,
      why: [...guess.prompt.why, said],
      legs: [
        {
          system: 'ReShare',
          state: 'waiting',
          text: 'Not asked; this is from memory',
          ...(request === undefined ? {} : { at: request.seenAt }),
        },
      ],
      offers: guess.prompt.offers.filter((offer) => offer.id === NOT_THIS_ONE.id),
      sound: 'saved',
    },
  };
}

/** A step that turned out not to be sendable: the same, with what is known of it already. */
export function holdUnsent(
  plan: HeldPlan,
  system: HeldSystem,
  request: RequestView | undefined,
  rules: DeskRules,
): Hold | undefined {
  return held(plan, system, request, 'keep', rules);
}

/** A step of ReShare's as it is kept for later; undefined for one that no desk does by a scan alone. */
export function heldStep(step: StepPlan): HeldPlan {
  const { step: name, action, requestId, side, params } = step;
  if (name === 'undo' || name === 'other') return LOOK;
  return { kind: 'step', step: name, action, requestId, side, params: { ...params } };
}

/** Which setting a plan falls under. */
export function actionOf(plan: HeldPlan): OfflineAction | undefined {
  switch (plan.kind) {
    case 'step':
      return plan.step;
    case 'check-in':
    case 'check-out':
      return plan.kind;
    case 'look':
      return undefined;
  }
}

function held(
  plan: HeldPlan,
  system: HeldSystem,
  request: RequestView | undefined,
  expectation: Hold['expectation'],
  rules: DeskRules,
): Hold | undefined {
  const action = actionOf(plan);
  const mode = action === undefined ? 'look' : modeOf(plan, action, rules);
  if (mode === 'off') return undefined;
  return {
    mode,
    system,
    plan,
    basis: request === undefined ? {} : basisOf(request),
    ...(request === undefined ? {} : { request }),
    expectation,
  };
}

/** Two steps in one are recorded only where each of them is. */
function modeOf(plan: HeldPlan, action: OfflineAction, rules: DeskRules): OfflineMode {
  const { actions } = rules.desk.offline;
  const also = plan.kind === 'step' ? actionWords(plan.action, plan.side)?.also : undefined;
  const modes = [actions[action], ...(also === undefined ? [] : [actions[also]])];
  if (modes.includes('off')) return 'off';
  return modes.includes('intent') ? 'intent' : 'record';
}

/** A label that is no thing of the library's, or one that must be read again, waits for nobody. */
function concernsThing(guess: Decision, { reading }: Evidence): boolean {
  if (guess.split !== undefined || guess.session !== undefined) return false;
  if (guess.steps.length > 0 || guess.checkIn !== undefined || guess.checkOut !== undefined) return true;
  if (guess.request !== undefined) return true;
  return (
    reading.candidates.length > 0 &&
    (reading.kind === 'item' || reading.kind === 'request' || reading.kind === 'temporary-item')
  );
}

function planOf(guess: Decision): HeldPlan {
  const [first] = guess.steps;
  if (first !== undefined) return heldStep(first);
  if (guess.checkIn !== undefined) return { kind: 'check-in', barcode: guess.checkIn.barcode };
  if (guess.checkOut !== undefined) {
    return { kind: 'check-out', barcode: guess.checkOut.barcode, session: guess.checkOut.sessionId };
  }
  return LOOK;
}

/** The request as it was cached, without the actions supposed of it. */
function evidenceOf(evidence: Evidence, id: string): RequestView | undefined {
  return [...evidence.hits, ...(evidence.named ?? [])].find((request) => request.id === id);
}

function basisOf(request: RequestView): HeldBasis {
  const hrid = given(request.hrid, 40);
  const title = given(request.title, 200);
  const partner = partnerName(request);
  return {
    requestId: request.id,
    ...(hrid === undefined ? {} : { hrid }),
    ...(title === undefined ? {} : { title }),
    ...(partner === undefined ? {} : { partner }),
    state: request.state.code,
    stateLabel: request.state.label,
    seenAt: request.seenAt,
  };
}
