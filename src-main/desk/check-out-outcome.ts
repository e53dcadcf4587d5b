import type { DueChoice, Leg, LegState, Offer, Prompt } from '../contract/prompt.ts';
import type { RequestView } from '../contract/request.ts';
import { LENDING, requestLeg } from './check-out.ts';
import { borrowedDue, dayWords, dueDay } from './check-out-due.ts';
import type { CheckOutAnswer, CheckOutPlan, CheckOutResult, SetDue } from './check-out-types.ts';
import { byHand, changedOffer, mayChooseDue, withDue } from './due-choice.ts';
import { plainPrompt } from './look.ts';
import { NOT_THIS_ONE, offerId, wordOffers } from './offers.ts';
import type { DeskRules, Reading } from './types.ts';
import { byline, count, dayWithYear, given, partner, sentence, shorten, shownBarcode } from './words.ts';

interface Said {
  readonly kind: Prompt['kind'];
  readonly kindText: string;
  readonly verb: string;
  readonly to?: string;
  readonly why: readonly string[];
  readonly tag: string;
  readonly sound: Prompt['sound'];
  readonly leg: { readonly state: LegState; readonly text: string };
  /** What is left to do in the circulation system. */
  readonly left?: Leg;
  readonly due?: DueChoice;
  readonly offers?: readonly Offer[];
}

export interface CheckOutEnd {
  readonly reading: Reading;
  readonly plan: CheckOutPlan;
  readonly result: CheckOutResult;
  /** The ILL request whose temporary item it is. */
  readonly request: RequestView | undefined;
  /** What staff call the circulation system. */
  readonly system: string;
  /** The date staff set for everything lent in the session. */
  readonly chosen?: SetDue | undefined;
  /** ISO 8601 UTC. */
  readonly now: string;
}

/** The final prompt of a check-out. */
export function concludeCheckOut(end: CheckOutEnd, rules: DeskRules): Prompt {
  const { reading, request, result, system, now } = end;
  const said = result.state === 'done' ? lent(end, result.answer, rules) : notLent(end, result);
  const title = given(request?.title ?? (result.state === 'done' ? result.answer.title : undefined), 200);
  const line = request === undefined ? '' : byline(request, now, rules.timeZone);
  const told: Leg = { system, ...said.leg, at: result.at };
  const { left, due, ...parts } = said;
  const prompt = plainPrompt(reading, {
    ...parts,
    ...(title === undefined ? {} : { title }),
    rowTitle: title ?? `Item ${shownBarcode(reading)}`,
    rule: LENDING,
    legs: [requestLeg(request), told, ...(left === undefined ? [] : [left])],
    offers: said.offers ?? [],
  });
  const about = { ...prompt, ...(line === '' ? {} : { byline: line }), ...(due === undefined ? {} : { due }) };
  if (end.chosen === undefined || !mayChooseDue(about)) return about;
  return withDue(about, end.chosen.day, { system, by: end.chosen.by, at: now, timeZone: rules.timeZone });
}

function lent(end: CheckOutEnd, answer: CheckOutAnswer, rules: DeskRules): Said {
  const charge = answer.bill === undefined ? [] : [`A charge of ${answer.bill} arose for it.`];
  const said = end.request === undefined ? ownLent(end, answer, rules) : borrowedLent(end, end.request, answer, rules);
  const { due = { also: [] } } = said;
  return { ...said, why: [...said.why, ...charge], due: { ...due, also: [...due.also, ...charge] } };
}

/** WMS's date in words, as far as it can be read. */
function theirDate(end: CheckOutEnd, answer: CheckOutAnswer, rules: DeskRules): string | undefined {
  if (answer.due?.kind === 'words') return shorten(answer.due.words, 40);
  const known = dueDay(answer.due, rules.timeZone);
  return known === undefined ? undefined : dayWords(known, end.now, rules.timeZone);
}

function ownLent(end: CheckOutEnd, answer: CheckOutAnswer, rules: DeskRules): Said {
  const { system } = end;
  const due = theirDate(end, answer, rules);
  const day = dueDay(answer.due, rules.timeZone);
  return {
    due: { ...(day === undefined ? {} : { day, system: day }), also: [] },
    kind: 'shelve',
    kindText: 'Ours · lent to the patron',
    verb: 'Hand it out',
    ...(due === undefined ? {} : { to: `due ${due}` }),
    why: [
      due === undefined
        ? `${system} gave no due date. Look at its screen before handing it out.`
        : `Due ${due}, ${system}’s date.`,
    ],
    tag: due === undefined ? 'Lent' : `Due ${shorten(due, 18)}`,
    sound: due === undefined ? 'attention' : 'accepted',
    leg: { state: 'done', text: due === undefined ? 'Checked out' : `Checked out, due ${due}` },
  };
}

function borrowedLent(end: CheckOutEnd, request: RequestView, answer: CheckOutAnswer, rules: DeskRules): Said {
  const { system, now } = end;
  const { timeZone } = rules;
  const margin = rules.desk.returnMarginDays;
  const theirs = theirDate(end, answer, rules);
  const words = (date: string): string => dayWords(date, now, timeZone);
  const due = borrowedDue(request.dueDate, dueDay(answer.due, timeZone), margin, now, timeZone);
  const leg = { state: 'done', text: theirs === undefined ? 'Checked out' : `Checked out, due ${theirs}` } as const;
  const lender = partner(request);
  if (due === undefined) {
    return {
      ...ownLent(end, answer, rules),
      kind: 'ill',
      kindText: 'Interlibrary loan · lent to its patron',
      why: [
        theirs === undefined ? `${system} gave no due date.` : `Due ${theirs}, ${system}’s date.`,
        `ReShare does not say when ${lender} wants it back; ask the ILL office before handing it out.`,
      ],
      sound: 'attention',
    };
  }
  const ours = words(due.due);
  const lenders = due.tight
    ? `${sentence(lender)} wants it back on ${words(due.lender)}, sooner than our ${count(margin, 'day', 'days')} for the way back allow: tell the patron and the ILL office.`
    : `Lender’s date: ${words(due.lender)}, less ${count(margin, 'day', 'days')} for the way back.`;
  const theirDay = dueDay(answer.due, timeZone);
  const common = {
    kindText: 'Interlibrary loan · lent to its patron',
    leg,
    due: {
      day: due.due,
      lender: due.lender,
      latest: due.latest,
      ...(theirDay === undefined ? {} : { system: theirDay }),
      also: [lenders],
    },
  } satisfies Partial<Said>;
  if (!due.change) {
    return {
      ...common,
      kind: 'ill',
      verb: 'Hand it out',
      to: `due ${ours}`,
      why: [`Due ${ours}, ${system}’s date.`, lenders],
      tag: `Due ${shorten(ours, 18)}`,
      sound: 'accepted',
    };
  }
  return {
    ...common,
    kind: 'ill',
    verb: 'Change the date',
    to: ours,
    why: [
      `Due ${ours}. ${lenders}`,
      `${system}’s date: ${theirs ?? 'none'}. Change it in ${system}: type ${dayWithYear(due.due)}. Then hand it out.`,
    ],
    tag: `Change to ${shorten(ours, 18)}`,
    sound: 'attention',
    left: byHand(system, due.due, now),
    offers: [changedOffer(system, due.due)],
  };
}

function notLent(end: CheckOutEnd, result: Extract<CheckOutResult, { sentence: string }>): Said {
  const { plan, reading, system } = end;
  const { state, sentence: words, asks } = result;
  const asked = asks === undefined ? [] : wordOffers(asks);
  const lend = offerId({ kind: 'lend', sessionId: plan.sessionId });
  switch (state) {
    case 'refused':
      return {
        kind: 'stop',
        kindText: `${system} does not lend it`,
        verb: 'Do not hand out',
        why: [words, `When it is settled in ${system}, scan the item again while this patron’s session is open.`],
        tag: 'Do not hand out',
        sound: 'refused',
        leg: { state: 'not-done', text: 'Refused the check-out' },
      };
    case 'not-sent':
      return {
        kind: 'saved',
        kindText: `Waiting for ${system}`,
        verb: 'Keep here',
        why: [words, 'The scan is saved and nothing was sent. Keep the item here, or press F10 to try again.'],
        tag: 'Keep here',
        sound: 'saved',
        leg: { state: 'waiting', text: 'Not told yet' },
        offers: [
          NOT_THIS_ONE,
          ...(asks === undefined ? [{ id: lend, key: 'F10', label: 'Try again' } as const] : asked),
        ],
      };
    case 'unknown':
      return {
        kind: 'stop',
        kindText: 'Not known whether it was lent',
        verb: 'Keep here',
        why: [
          `${system} did not answer in time, so ${shownBarcode(reading)} may or may not be on loan.`,
          `Look at the item in ${system}. Press the key for what you find; if it is on loan there, hand it out.`,
        ],
        tag: 'Not known',
        sound: 'attention',
        leg: { state: 'unknown', text: 'Told; no answer came' },
        offers: [NOT_THIS_ONE, ...asked],
      };
  }
}
