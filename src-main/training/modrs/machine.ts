import raw from '../data/state-model.json' with { type: 'json' };

/** A state as StatusData seeds it. */
export interface StateData {
  readonly label: string | null;
  readonly stage: string;
  readonly terminal: boolean;
  readonly needsAttention: boolean;
  readonly visible: boolean | null;
  readonly tags: readonly string[];
  readonly presSeq: string | null;
  readonly terminalSequence: number | null;
}

export interface Outcome {
  readonly success: boolean;
  readonly qualifier: string | null;
  /** Target state; null: the state stays as it is. */
  readonly to: string | null;
  readonly saveRestore: string | null;
}

export interface Transition {
  readonly from: string;
  readonly action: string;
  readonly trigger: string;
  readonly isPrimary: boolean;
  readonly primaryOnly: boolean;
  readonly outcomes: readonly Outcome[];
}

interface ModelData {
  readonly initialState: string;
  readonly overdueState: string | null;
  readonly inherits: readonly string[];
  readonly states: readonly { readonly code: string; readonly isTerminal: boolean }[];
  readonly transitions: readonly Transition[];
}

interface ActionData {
  readonly isUserAction: boolean;
  readonly bulkEnabled: boolean;
  readonly undo: string;
  readonly showInAuditTrail: boolean;
}

const DATA = raw as unknown as {
  readonly states: Readonly<Record<string, StateData>>;
  readonly models: Readonly<Record<string, ModelData>>;
  readonly actions: Readonly<Record<string, ActionData>>;
};

/** `stateModel.shortcode` values of the ten models mod-rs seeds. */
export type ModelCode =
  | 'PatronRequest'
  | 'DigitalReturnableRequester'
  | 'NonreturnableRequester'
  | 'Responder'
  | 'CDLResponder'
  | 'NonreturnableResponder'
  | 'SLNPRequester'
  | 'SLNPResponder'
  | 'SLNPNonReturnableRequester'
  | 'SLNPNonReturnableResponder';

/** The display names StateModelData gives the models. */
export const MODEL_NAMES: Readonly<Record<ModelCode, string>> = {
  PatronRequest: 'Requester',
  DigitalReturnableRequester: 'Digital Returnable Requester',
  NonreturnableRequester: 'Nonreturnable Requester',
  Responder: 'Responder',
  CDLResponder: 'CDL Responder',
  NonreturnableResponder: 'Nonreturnable Responder',
  SLNPRequester: 'SLNP Requester',
  SLNPResponder: 'SLNP Responder',
  SLNPNonReturnableRequester: 'SLNP Non Returnable Requester',
  SLNPNonReturnableResponder: 'SLNP Non Returnable Responder',
};

/** Actions that are valid in every state and never listed (AvailableActionData: messages' read marks). */
export const SYSTEM_ACTIONS: readonly string[] = ['messagesAllSeen', 'messageSeen'];

/** Offered at the end of the list, in this order, whatever the state offers first. */
const LAST: readonly string[] = ['localNote', 'message', 'manualClose'];

export function stateCodes(): readonly string[] {
  return Object.keys(DATA.states);
}

export function stateData(code: string): StateData {
  const state = DATA.states[code];
  if (state === undefined) throw new RangeError(`Unknown state ${code}`);
  return state;
}

export function modelData(model: ModelCode): ModelData {
  const found = DATA.models[model];
  if (found === undefined) throw new RangeError(`Unknown state model ${model}`);
  return found;
}

export function actionData(code: string): ActionData | undefined {
  return DATA.actions[code];
}

/** Terminal in the model, which decides where manualClose is offered (it can differ from the state's own flag). */
export function isTerminalIn(model: ModelCode, state: string): boolean {
  return modelData(model).states.some((one) => one.code === state && one.isTerminal);
}

const cache = new Map<string, readonly Transition[]>();

/** Transitions out of a state: the model's own, then inherited ones for actions it does not define itself. */
export function transitions(model: ModelCode, state: string): readonly Transition[] {
  const key = `${model}:${state}`;
  let found = cache.get(key);
  if (found === undefined) {
    const data = modelData(model);
    const own = data.transitions.filter((one) => one.from === state);
    const inherited = data.states.some((one) => one.code === state)
      ? data.inherits.flatMap((parent) =>
          modelData(parent as ModelCode).transitions.filter(
            (one) => one.from === state && !own.some((mine) => mine.action === one.action) && reachable(data, one),
          ),
        )
      : [];
    found = [...own, ...inherited];
    cache.set(key, found);
  }
  return found;
}

/** An inherited action is of use only where the model knows at least one of its target states. */
function reachable(data: ModelData, transition: Transition): boolean {
  const targets = transition.outcomes.filter((one) => one.success && one.to !== null && one.saveRestore !== 'restore');
  return targets.length === 0 || targets.some((one) => data.states.some((state) => state.code === one.to));
}

/** What staff may do in this state, in the order the server lists it. `undo` is not decided here. */
export function manualTransitions(model: ModelCode, state: string): readonly Transition[] {
  const manual = transitions(model, state).filter((one) => one.trigger === 'manual');
  const rank = (one: Transition): number => LAST.indexOf(one.action);
  return [
    ...manual.filter((one) => rank(one) < 0),
    ...manual.filter((one) => rank(one) >= 0).sort((a, b) => rank(a) - rank(b)),
  ];
}

/** The outcome the model gives for this result; the unqualified one when the qualifier has none of its own. */
export function outcomeOf(
  model: ModelCode,
  state: string,
  action: string,
  success: boolean,
  qualifier: string | undefined,
): Outcome | undefined {
  const outcomes = transitions(model, state).find((one) => one.action === action)?.outcomes ?? [];
  return (
    outcomes.find((one) => one.success === success && one.qualifier === (qualifier ?? null)) ??
    outcomes.find((one) => one.success === success && one.qualifier === null)
  );
}

/** States `manualClose` may end in: visible and terminal in the model, by their terminal sequence. */
export function closableStates(model: ModelCode): readonly string[] {
  return modelData(model)
    .states.filter((one) => one.isTerminal && stateData(one.code).visible === true)
    .map((one) => one.code)
    .sort((a, b) => (stateData(a).terminalSequence ?? 99) - (stateData(b).terminalSequence ?? 99));
}
