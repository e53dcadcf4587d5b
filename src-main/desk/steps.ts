import type { RequestView } from '../contract/request.ts';
import type { DeskStep } from '../contract/settings.ts';
import { EVERYWHERE, NEXT, actionWords } from './data/actions.ts';
import type { ActionWords } from './data/actions.ts';
import { homeElsewhere } from './ill-home.ts';
import type { DeskRules, StepPlan } from './types.ts';

/** What the scan of a request asks for, before desk settings and what just happened are weighed. */
export type Next =
  /** One step is the obvious one. */
  | { readonly kind: 'step'; readonly action: ActionWords }
  /** Steps are possible, but which is right only staff know. */
  | { readonly kind: 'ask'; readonly actions: readonly ActionWords[] }
  /** No desk step is valid. */
  | { readonly kind: 'none' };

/** Valid action codes; empty while ReShare talks to the other library, and for records read in brief. */
export function validCodes(request: RequestView): readonly string[] {
  return (request.validActions ?? []).map((a) => a.code);
}

export function isValid(request: RequestView, action: string): boolean {
  return validCodes(request).includes(action);
}

/** mod-rs refuses every action while a message to the other library is under way. */
export function isWaitingForNetwork(request: RequestView): boolean {
  return request.networkStatus === 'Waiting' || request.networkStatus === 'Retry';
}

/** Both halves of a combined action must be this desk's to do by itself, and the tenant must combine them. */
function combinedWanted(action: ActionWords, rules: DeskRules): boolean {
  if (action.also === undefined) return true;
  // SLNP has no plain fill: filling and shipping are one action there whatever the settings say.
  // The same in CrossLink, whose one step ships.
  if (action.code.startsWith('slnp') || action.ownItems === true) return true;
  // It is sent back from the branch where borrowed items live, not from here.
  if (action.also === 'return-shipped' && homeElsewhere(rules) !== undefined) return false;
  const combines = action.also === 'ship' ? rules.combineFillAndShip : rules.combineReturnedAndShipped;
  const { steps } = rules.desk;
  return combines && action.step !== 'other' && steps[action.step] === steps[action.also];
}

function pick(request: RequestView, codes: readonly string[], rules: DeskRules): ActionWords | undefined {
  return codes
    .filter((code) => isValid(request, code))
    .map((code) => actionWords(code, request.side))
    .find((action) => action !== undefined && combinedWanted(action, rules));
}

const RETURNED = ['patronReturnedItemAndShippedReturn', 'patronReturnedItem'] as const;

/**
 * An overdue item may be at any point of its stay: not yet arrived, with the patron, or already back. The history tells
 * from which state it became overdue; failing that, whether the temporary item was ever created.
 */
function overdueStep(request: RequestView, rules: DeskRules): Next {
  const from = [...request.audit].sort((a, b) => a.no - b.no).findLast((a) => a.to === 'REQ_OVERDUE')?.from;
  const statuses = request.volumes.map((v) => v.status ?? '');
  const awaited = statuses.length > 0 && statuses.every((s) => s === 'awaiting_temporary_item_creation');
  const obvious = (codes: readonly string[]): Next => {
    const action = pick(request, codes, rules);
    return action === undefined ? { kind: 'none' } : { kind: 'step', action };
  };
  if (from === 'REQ_SHIPPED') return obvious(['requesterReceived']);
  if (from === 'REQ_AWAITING_RETURN_SHIPPING') return obvious(['shippedReturn']);
  if (from === 'REQ_CHECKED_IN' || (from === undefined && !awaited)) return obvious(RETURNED);
  const choices = [RETURNED, ['requesterReceived'], ['shippedReturn']]
    .map((codes) => pick(request, codes, rules))
    .filter((a) => a !== undefined);
  return choices.length === 0 ? { kind: 'none' } : { kind: 'ask', actions: choices };
}

/** Valid actions that move a thing along, the system's main button first. */
function knownDeskSteps(request: RequestView, rules: DeskRules): readonly ActionWords[] {
  const known = [...(request.validActions ?? [])]
    .sort((a, b) => Number(b.primary) - Number(a.primary))
    .map((a) => actionWords(a.code, request.side))
    .filter((a) => a !== undefined)
    .filter((a) => a.step !== 'other');
  const wanted = known.filter((a) => combinedWanted(a, rules));
  return wanted.length > 0 ? wanted : known;
}

/**
 * The next step of a request from its state and what the system allows now. The table of states gives the obvious one; in a
 * state it does not name, known steps are only offered, since a tenant's own model may mean something else by them.
 */
export function nextStep(request: RequestView, rules: DeskRules): Next {
  if (request.state.terminal || isWaitingForNetwork(request)) return { kind: 'none' };
  if (request.state.code === 'REQ_OVERDUE') return overdueStep(request, rules);
  const obvious = pick(request, NEXT[request.state.code] ?? [], rules);
  if (obvious !== undefined) return { kind: 'step', action: obvious };
  const known = knownDeskSteps(request, rules);
  return known.length === 0 ? { kind: 'none' } : { kind: 'ask', actions: known.slice(0, 2) };
}

/** Valid actions without parameters that may be put on a key although no scan ever does them. */
export function offeredOthers(request: RequestView): readonly ActionWords[] {
  if (isWaitingForNetwork(request)) return [];
  return (request.validActions ?? []).flatMap((a) => {
    const action = actionWords(a.code, request.side);
    if (action?.step !== 'other' || action.needs !== 'nothing') return [];
    return a.primary || action.offered === true ? [action] : [];
  });
}

/** Valid actions that are decided or typed in ReShare itself, by label; told only where the state wants a person. */
export function officeActions(request: RequestView): readonly string[] {
  if (!request.state.needsAttention) return [];
  return (request.validActions ?? []).flatMap((a) => {
    const action = actionWords(a.code, request.side);
    return action?.needs === 'form' ? [action.todo] : [];
  });
}

/** Valid actions that no table names, by code: another version of ReShare, or a model of the tenant's own. */
export function strangeActions(request: RequestView): readonly string[] {
  return validCodes(request).filter((code) => !EVERYWHERE.has(code) && actionWords(code, request.side) === undefined);
}

/** Whether this desk does the step by itself; a combined action only when it does both halves. */
export function doesByItself(action: ActionWords, rules: DeskRules): boolean {
  const mode = (step: DeskStep): boolean => rules.desk.steps[step] === 'do';
  return action.step !== 'other' && mode(action.step) && (action.also === undefined || mode(action.also));
}

export function plan(request: RequestView, action: ActionWords, params: StepPlan['params'] = {}): StepPlan {
  return {
    system: 'reshare',
    step: action.step,
    action: action.code,
    requestId: request.id,
    side: request.side,
    params,
  };
}
