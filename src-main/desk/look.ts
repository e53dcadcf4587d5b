import type { Leg, Offer, Prompt, Sound } from '../contract/prompt.ts';
import type { RequestView } from '../contract/request.ts';
import { AFTERWARDS } from './data/afterwards.ts';
import { actionWords } from './data/actions.ts';
import type { Place, StateWords } from './data/place.ts';
import { stateWords } from './data/states.ts';
import { extras } from './extras.ts';
import { homeElsewhere, sentHome } from './ill-home.ts';
import { withNextStep } from './own-again.ts';
import type { Scene } from './scene.ts';
import { withRequestSlip } from './slips.ts';
import type { DeskRules, Reading, StepPlan } from './types.ts';
import {
  byline,
  given,
  partner,
  partnerName,
  pickup,
  requestName,
  sentence,
  shorten,
  shownBarcode,
  stateName,
} from './words.ts';

function destination(place: Place, request: RequestView, rules: DeskRules): Prompt['destination'] {
  const at = (verb: string, to: string | undefined): Prompt['destination'] =>
    to === undefined ? { verb } : { verb, to };
  switch (place) {
    case 'hold-shelf': {
      const where = pickup(request);
      return at('Hold shelf', where?.toLowerCase() === rules.desk.branch.trim().toLowerCase() ? undefined : where);
    }
    case 'ship-back':
      return at('Ship back', partnerName(request));
    case 'home-branch':
      return at('Send to', homeElsewhere(rules));
    case 'ship-to':
      return at('Ship to', partnerName(request) ?? partner(request));
    case 'fetch':
      return at('Get it from', shelf(request));
    case 'scan-item':
      return at('Scan the item', undefined);
    case 'sequester':
      return at('Keep aside', undefined);
    case 'shelve':
      return at('Shelve', undefined);
    case 'own':
    case 'no-longer':
      return at('No longer ILL', undefined);
    case 'no-item':
      return at('No item yet', undefined);
    case 'ask':
      return at('Which step?', undefined);
    case 'keep':
      return at('Keep here', undefined);
    case 'ill-office':
      return at('ILL office', undefined);
  }
}

/** Where an item of ours stands: location, then shelving location; `the shelf` when ReShare names neither. */
function shelf(request: RequestView): string {
  const parts = [given(request.pickLocation, 60), given(request.shelvingLocation, 60)].filter((p) => p !== undefined);
  return parts.length === 0 ? 'the shelf' : shorten(parts.join(', '), 60);
}

/** Fills in the other library, the request number and the pickup place. */
function fillIn(text: string, request: RequestView): string {
  const where = pickup(request);
  return text.replace(/\{(partner|hrid|pickup)\}/g, (_, name: string) => {
    if (name === 'partner') return partner(request);
    if (name === 'hrid') return requestName(request);
    return where === undefined ? '' : ` at ${where}`;
  });
}

/** Words for a state no table names: the code is shown as the system writes it. */
function unknownState(request: RequestView): StateWords {
  const said = stateName(request);
  return {
    event: said,
    place: request.state.terminal ? 'no-longer' : 'ill-office',
    kind: request.state.needsAttention ? 'stop' : 'ill',
    tag: request.state.terminal ? 'Closed' : 'ILL office',
    why: [`ReShare says “${said}” for {hrid}, a state Carrel does not know. The ILL office can look it up.`],
  };
}

export function wordsOfState(request: RequestView): StateWords {
  const { code } = request.state;
  // SLNP has one state for pulling items and copies alike; only the model tells them apart.
  const meant = code === 'SLNP_RES_AWAIT_PICKING' && isCopy(request) ? 'RES_COPY_AWAIT_PICKING' : code;
  return stateWords(meant) ?? unknownState(request);
}

/**
 * Words for the moment after an action has been done, or the state's own where the action has none. `itemInHand`: the scan
 * was the item itself, so there is nothing to fetch.
 */
export function wordsAfter(plan: StepPlan, request: RequestView, itemInHand = false): StateWords {
  const action = actionWords(plan.action, plan.side);
  if (action === undefined || action.step === 'other') return wordsOfState(request);
  if (action.step === 'returned' && action.also === 'return-shipped') return AFTERWARDS['returned+return-shipped'];
  if (action.step === 'fill' && action.also === 'ship') return AFTERWARDS['fill+ship'];
  if (action.step === 'fill' && request.stateModel === 'CDLResponder') return AFTERWARDS['fill-sequestered'];
  if (action.step === 'pull-slip' && isCopy(request)) return AFTERWARDS['pull-copy'];
  if (action.step === 'pull-slip' && itemInHand) return AFTERWARDS['pull-in-hand'];
  return AFTERWARDS[action.step];
}

function isCopy(request: RequestView): boolean {
  return /nonreturnable/i.test(request.stateModel ?? '') || request.serviceType?.toLowerCase() === 'copy';
}

/** What a prompt about one request adds to the words of its state. */
export interface PromptParts {
  readonly words: StateWords;
  /** Instead of the words' own sentences. */
  readonly why?: readonly string[];
  /** After the words' own sentences, before the general ones. */
  readonly more?: readonly string[];
  readonly legs: readonly Leg[];
  readonly offers?: readonly Offer[];
  readonly sound?: Sound;
  readonly rule: string;
  readonly working?: boolean;
  /** A barcode for the list where the request has no number. */
  readonly reading?: Reading;
  /** The key that checks an item of ours in, so that its next place is known. */
  readonly checkIn?: Offer | undefined;
}

/** A prompt about one request. */
export function requestPrompt(request: RequestView, scene: Scene, parts: PromptParts): Prompt {
  const words = withNextStep(sentHome(parts.words, request, scene.rules), parts.checkIn);
  const why = [...(parts.why ?? words.why), ...(parts.more ?? [])].map((text) => sentence(fillIn(text, request)));
  const side = request.side === 'borrowing' ? 'Interlibrary loan' : 'Interlibrary lending';
  const title = given(request.title, 200);
  const line = byline(request, scene.now, scene.rules.timeZone);
  const scanned = parts.reading === undefined ? undefined : shownBarcode(parts.reading);
  const prompt: Prompt = {
    kind: words.kind,
    kindText: `${side} · ${fillIn(words.event, request)}`,
    destination: destination(words.place, request, scene.rules),
    ...(title === undefined ? {} : { title }),
    ...(line === '' ? {} : { byline: line }),
    why: [...why, ...extras(request, words.place, scene)],
    legs: [...parts.legs],
    offers: [...(parts.offers ?? [])],
    tag: words.tag,
    rowTitle: title ?? sentence(requestName(request)),
    rowId: given(request.hrid, 40) ?? scanned ?? shorten(request.id, 40),
    sound: parts.sound ?? (words.kind === 'stop' ? 'attention' : 'accepted'),
    rule: parts.rule,
    working: parts.working ?? false,
  };
  return withRequestSlip(prompt, request, words.place, scene);
}

/** Large words for cases that are about no request. */
export interface PlainParts {
  readonly kind: Prompt['kind'];
  readonly kindText: string;
  readonly verb: string;
  readonly to?: string;
  readonly title?: string;
  readonly why: readonly string[];
  readonly tag: string;
  readonly rowTitle: string;
  readonly sound: Sound;
  readonly rule: string;
  readonly legs?: readonly Leg[];
  readonly offers?: readonly Offer[];
}

export function plainPrompt(reading: Reading, parts: PlainParts): Prompt {
  return {
    kind: parts.kind,
    kindText: parts.kindText,
    destination: parts.to === undefined ? { verb: parts.verb } : { verb: parts.verb, to: parts.to },
    ...(parts.title === undefined ? {} : { title: parts.title }),
    why: [...parts.why],
    legs: [...(parts.legs ?? [])],
    offers: [...(parts.offers ?? [])],
    tag: parts.tag,
    rowTitle: parts.rowTitle,
    rowId: shownBarcode(reading),
    sound: parts.sound,
    rule: parts.rule,
    working: false,
  };
}

/** The line for ReShare when nothing was done: what it says and when it was read. */
export function seenLeg(request: RequestView): Leg {
  return { system: 'ReShare', state: 'seen', text: `Says: ${stateName(request)}`, at: request.seenAt };
}

/** Where a rule about a state comes from. */
export function stateRule(request: RequestView, more = ''): string {
  const { code, own } = request.state;
  if (own === undefined) return `mod-rs state model ${shorten(code, 60)}${more}`;
  return `CrossLink state model ${shorten(own, 60)}, as ${shorten(code, 60)}${more}`;
}
