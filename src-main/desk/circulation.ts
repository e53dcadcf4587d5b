import type { Leg, LegState, Offer, Prompt } from '../contract/prompt.ts';
import type {
  CheckedInBefore,
  CheckInAnswer,
  CheckInPlan,
  CheckInResult,
  CirculationRules,
  RoutingAnswer,
} from './circulation-types.ts';
import type { Context } from './context.ts';
import { decided } from './context.ts';
import { plainPrompt } from './look.ts';
import { NOT_THIS_ONE, TRY_AGAIN, offerId, wordOffers } from './offers.ts';
import { withItemSlip } from './slips.ts';
import type { Decision, Reading } from './types.ts';
import { minutesAgo, shorten, shownBarcode } from './words.ts';

/** The library's own items: on no request, so the circulation system alone is told, once, and says where they go. */

const ROUTING = 'WMS NCIP staff profile: CheckInItem, RoutingInformation';

const NOT_ILL: Leg = { system: 'ReShare', state: 'none', text: 'On no ILL request' };

function checkInPlan(reading: Reading): CheckInPlan {
  return { system: 'wms', action: 'CheckInItem', barcode: reading.barcode };
}

/**
 * An item on no request, where Carrel tells the circulation system: checked in, unless the label is doubtful or this desk
 * has just done it. Undefined where the library does not check its own items in through Carrel.
 */
export function ownItem(ctx: Context): Decision | undefined {
  const { evidence, rules } = ctx;
  const { circulation } = rules;
  if (circulation === undefined) return undefined;
  const insisted = evidence.choice === 'check-in';
  if (insisted) return checkIn(ctx, circulation);
  if (evidence.reading.notes.includes('check-digit-wrong')) return doubtful(ctx, circulation);
  if (evidence.checkedIn !== undefined) return checkedInBefore(ctx, circulation, evidence.checkedIn);
  if (evidence.lentBefore?.state === 'done') return lentBefore(ctx, circulation, evidence.lentBefore.minutesAgo);
  return checkIn(ctx, circulation);
}

/** The check digit is wrong: some libraries print such labels, so staff may insist. */
function doubtful(ctx: Context, circulation: CirculationRules): Decision {
  const { reading } = ctx.evidence;
  const prompt = plainPrompt(reading, {
    kind: 'stop',
    kindText: 'Perhaps misread',
    verb: 'Scan again',
    why: [
      `The check digit of ${shownBarcode(reading)} is wrong, so the label was probably misread.`,
      `If it reads the same again, press F10 to check it in in ${circulation.name} as it is.`,
    ],
    tag: 'Check digit',
    rowTitle: 'Check digit is wrong',
    sound: 'attention',
    rule: 'Library barcode labels: 14 digits with a mod-10 check digit',
    legs: [NOT_ILL],
    offers: [NOT_THIS_ONE, { id: offerId({ kind: 'check-in' }), key: 'F10', label: 'Check in as it is' }],
  });
  return decided(prompt);
}

/** Checks the item in now. */
function checkIn(ctx: Context, circulation: CirculationRules): Decision {
  const { reading } = ctx.evidence;
  const prompt = plainPrompt(reading, {
    kind: 'saved',
    kindText: 'Ours · on no ILL request',
    verb: 'Checking in',
    why: [`${circulation.name} is being told and says where it goes.`],
    tag: 'Checking in',
    rowTitle: 'Being checked in',
    sound: 'accepted',
    rule: ROUTING,
    legs: [NOT_ILL, { system: circulation.name, state: 'waiting', text: 'Checking in' }],
  });
  return decided({ ...prompt, working: true }, { checkIn: checkInPlan(reading) });
}

const AGAIN: Offer = {
  id: offerId({ kind: 'check-in' }),
  key: 'F10',
  label: 'Check in again',
  caution: 'A second check-in moves it on',
};

/** Checked in at this desk a short while ago: a second check-in would move it on, so only staff may ask for one. */
function checkedInBefore(ctx: Context, circulation: CirculationRules, before: CheckedInBefore): Decision {
  if ('unknown' in before) {
    // Told, and no answer: only a person can know, and a second check-in would move it on.
    const { asks } = before;
    const result = { state: 'unknown', sentence: '', at: ctx.now, ...(asks === undefined ? {} : { asks }) } as const;
    return decided(concludeCheckIn(ctx.evidence.reading, result, circulation));
  }
  const said = before.prompt.legs.some(({ state }) => state === 'confirmed');
  const prompt = plainPrompt(ctx.evidence.reading, {
    kind: before.prompt.kind,
    kindText: 'Ours · checked in before',
    verb: before.prompt.destination.verb,
    ...(before.prompt.destination.to === undefined ? {} : { to: before.prompt.destination.to }),
    why: [
      said
        ? `Staff said ${minutesAgo(before.minutesAgo)} that it is checked in; ${circulation.name}’s answer was lost. Its screen says where it goes.`
        : `Checked in at this desk ${minutesAgo(before.minutesAgo)}; this is what ${circulation.name} said then.`,
      'Nothing was sent again.',
    ],
    tag: before.prompt.tag,
    rowTitle: before.prompt.rowTitle,
    sound: 'attention',
    rule: 'OCLC help: a second check-in of an item in transit dispatches it',
    legs: [NOT_ILL, { system: circulation.name, state: 'none', text: 'Not told again' }],
    offers: [NOT_THIS_ONE, AGAIN],
  });
  const { slip } = before.prompt;
  return decided(slip === undefined ? prompt : { ...prompt, slip });
}

/**
 * Lent at this desk a short while ago: scanned once more to be sure, or after Carrel closed and the patron's session with it,
 * a check-in by itself would take the loan off a patron who walks away with the item.
 */
function lentBefore(ctx: Context, circulation: CirculationRules, minutes: number): Decision {
  const prompt = plainPrompt(ctx.evidence.reading, {
    kind: 'shelve',
    kindText: 'Ours · lent before',
    verb: 'Already lent',
    why: [
      `It was lent at this desk ${minutesAgo(minutes)}; the line of that scan says when it is due. Nothing was sent.`,
      'If it comes back already, press F10.',
    ],
    tag: 'Already lent',
    rowTitle: `Item ${shownBarcode(ctx.evidence.reading)}`,
    sound: 'attention',
    rule: 'A scan by itself does not undo what this desk did a short while ago',
    legs: [NOT_ILL, { system: circulation.name, state: 'none', text: 'Not told again' }],
    offers: [NOT_THIS_ONE, { id: offerId({ kind: 'check-in' }), key: 'F10', label: 'It comes back: check in' }],
  });
  return decided(prompt);
}

interface Place {
  readonly kind: Prompt['kind'];
  readonly kindText: string;
  readonly verb: string;
  readonly to?: string;
  readonly why: readonly string[];
  readonly tag: string;
  readonly sound: Prompt['sound'];
}

/** The final prompt of a check-in. */
export function concludeCheckIn(reading: Reading, result: CheckInResult, circulation: CirculationRules): Prompt {
  const place = result.state === 'done' ? placeOf(result.answer, circulation) : failed(result, circulation, reading);
  const leg = (state: LegState, text: string): Leg => ({ system: circulation.name, state, text, at: result.at });
  const title = result.state === 'done' ? result.answer.title : undefined;
  const prompt = plainPrompt(reading, {
    ...place,
    why: [...place.why, ...billOf(result)],
    rowTitle: title ?? `Item ${shownBarcode(reading)}`,
    rule: ROUTING,
    legs: [NOT_ILL, LEGS[result.state](leg, circulation)],
    offers: offersAfter(result),
  });
  return withItemSlip(title === undefined ? prompt : { ...prompt, title }, reading, result, circulation);
}

/** Of a lost answer staff say what became of it; only then may the item be told of again. */
function offersAfter(result: CheckInResult): readonly Offer[] {
  if (result.state === 'done' || result.state === 'refused') return [];
  if (result.asks !== undefined) return [NOT_THIS_ONE, ...wordOffers(result.asks)];
  return result.state === 'not-sent' ? [NOT_THIS_ONE, TRY_AGAIN] : [NOT_THIS_ONE];
}

const LEGS: Readonly<
  Record<CheckInResult['state'], (leg: (state: LegState, text: string) => Leg, circulation: CirculationRules) => Leg>
> = {
  done: (leg) => leg('done', 'Checked in'),
  refused: (leg) => leg('not-done', 'Refused the check-in'),
  'not-sent': (leg) => leg('waiting', 'Not told yet'),
  unknown: (leg) => leg('unknown', 'Told; no answer came'),
};

function billOf(result: CheckInResult): readonly string[] {
  if (result.state !== 'done' || result.answer.bill === undefined) return [];
  return [`A bill of ${result.answer.bill} arose for its last borrower.`];
}

function failed(
  result: Extract<CheckInResult, { sentence: string }>,
  circulation: CirculationRules,
  reading: Reading,
): Place {
  switch (result.state) {
    case 'refused':
      return {
        kind: 'stop',
        kindText: `Refused by ${circulation.name}`,
        verb: 'Keep here',
        why: [result.sentence, `Put it aside and look it up in ${circulation.name}.`],
        tag: 'Refused',
        sound: 'refused',
      };
    case 'not-sent':
      return {
        kind: 'saved',
        kindText: `Waiting for ${circulation.name}`,
        verb: 'Keep here',
        why: [result.sentence, 'The scan is saved and nothing was sent. Keep it here, or press F10 to try again.'],
        tag: 'Keep here',
        sound: 'saved',
      };
    case 'unknown':
      return {
        kind: 'stop',
        kindText: 'Not known whether it was checked in',
        verb: 'Keep here',
        why: [
          `${circulation.name} did not answer in time, so ${shownBarcode(reading)} may or may not be checked in.`,
          `Look at its status in ${circulation.name}. Press F10 only if it is not checked in: a second check-in moves it on.`,
        ],
        tag: 'Not known',
        sound: 'attention',
      };
  }
}

/** Where a holding code sends an item. */
interface Branch {
  /** The branch's name; the code itself where no branch of the settings has it. */
  readonly name: string;
  readonly known: boolean;
}

function branchOf(code: string | undefined, circulation: CirculationRules): Branch {
  const branch = circulation.branches.find((one) => one.code.toLowerCase() === code?.toLowerCase());
  return { name: branch?.name ?? code ?? '', known: branch !== undefined };
}

/** Whether a holding code means this desk's own branch; none is taken for it. */
export function isHere(code: string | undefined, circulation: CirculationRules): boolean {
  return code === undefined || circulation.hereCodes.some((here) => here.toLowerCase() === code.toLowerCase());
}

function placeOf(answer: CheckInAnswer, circulation: CirculationRules): Place {
  const { routing } = answer;
  if (routing === undefined) {
    return {
      kind: 'stop',
      kindText: 'Ours · checked in',
      verb: `Look in ${circulation.name}`,
      why: [`${circulation.name} checked it in but did not say where it goes. Look at its screen.`],
      tag: 'Look it up',
      sound: 'attention',
    };
  }
  const code = routing.destination?.holdingCode;
  const here = isHere(code, circulation);
  const branch = branchOf(code, circulation);
  switch (routing.kind) {
    case 'reshelve':
      return here ? shelve(routing) : sendTo(branch, 'It belongs there; nobody is waiting for it.', circulation);
    case 'request':
      return here ? hold() : sendTo(branch, 'A patron is waiting for it there.', circulation);
    case 'process':
      return {
        kind: 'stop',
        kindText: 'Ours · for staff',
        verb: 'Staff',
        why: [
          routing.text === undefined
            ? `${circulation.name} wants staff to handle it. Put it on the processing shelf.`
            : `${circulation.name} says: “${shorten(routing.text)}”. Put it on the processing shelf.`,
        ],
        tag: 'Staff',
        sound: 'attention',
      };
    case 'withdrawn':
      return {
        kind: 'stop',
        kindText: 'Ours · withdrawn',
        verb: 'Withdrawn',
        why: ['It is no longer in the collection. Set it aside for technical services; do not shelve it.'],
        tag: 'Withdrawn',
        sound: 'attention',
      };
    case 'unknown':
      return {
        kind: 'stop',
        kindText: 'Ours · checked in',
        verb: `“${shorten(routing.raw, 40)}”`,
        why: [
          `These are ${circulation.name}’s own words, which Carrel does not know. Check on its screen where it goes.`,
        ],
        tag: 'Look it up',
        sound: 'attention',
      };
  }
}

function shelve(routing: RoutingAnswer): Place {
  const shelf = routing.destination?.shelvingLocation;
  return {
    kind: 'shelve',
    kindText: 'Ours · nobody waiting',
    verb: 'Shelve',
    ...(shelf === undefined ? {} : { to: shelf }),
    why: ['Put it on the shelving cart.'],
    tag: 'Shelve',
    sound: 'accepted',
  };
}

function hold(): Place {
  return {
    kind: 'hold',
    kindText: 'Ours · a patron is waiting',
    verb: 'Hold shelf',
    why: ['A patron picks it up here. Put the hold slip in it and place it on the hold shelf.'],
    tag: 'Hold shelf',
    sound: 'attention',
  };
}

function sendTo({ name, known }: Branch, why: string, circulation: CirculationRules): Place {
  // Perhaps it is this very branch, so nothing is said of a crate.
  const lost = [
    `“${shorten(name, 40)}” is a holding code of ${circulation.name}’s that no branch in Carrel’s settings has; it may even be here. Look at ${circulation.name}’s screen where it goes.`,
    'A library administrator adds the code in Settings, under WMS.',
  ];
  return {
    kind: known ? 'route' : 'stop',
    kindText: known ? 'Ours · goes to another branch' : 'Ours · checked in, branch not known',
    verb: 'Send to',
    to: name,
    why: known ? [why, 'Put the routing slip in it and place it in the courier crate.'] : [why, ...lost],
    tag: `To ${shorten(name, 24)}`,
    sound: 'attention',
  };
}
