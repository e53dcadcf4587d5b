import type { HoldNews } from '../contract/item.ts';
import type { StepBody, StepState } from '../contract/journal.ts';
import type { Leg, LegState } from '../contract/prompt.ts';
import { fail, ok, type Result } from '../contract/result.ts';
import type { DeskSettings } from '../contract/settings.ts';
import { readScan } from './barcodes.ts';
import { HOLD_ACTIONS, type HoldAction, type HoldStep } from './hold-types.ts';
import { shorten } from './words.ts';

/** Holds placed and cancelled from the item panel: whose card it is, and what came of it, in words. */

/** States in which a person must look and say how it ended. */
const OPEN: ReadonlySet<StepState> = new Set<StepState>(['sending', 'unknown', 'needs-person']);

/** The number of a card as the circulation system knows it, or why the label cannot be taken for one. */
export function readCard(raw: string, desk: DeskSettings): Result<string> {
  const reading = readScan(raw, desk);
  if (reading.notes.includes('check-digit-wrong')) {
    return wrong('The check digit of this card is wrong, so it may be another patron’s number. Scan the card again.');
  }
  if (reading.kind === 'patron-card') return ok(reading.barcode);
  // Some libraries' cards follow no rule Carrel knows; what is plainly something else is no card.
  const item = /^\d{14}$/.test(reading.barcode);
  return reading.kind === 'item' && !item
    ? ok(reading.barcode)
    : wrong('This is not a library card. Scan or type the patron’s card.');
}

function wrong(sentence: string): Result<never> {
  return fail('bad-input', sentence, { mender: 'desk', retry: 'now' });
}

/** A journal step that placed or cancelled a hold; undefined for any other. */
export function stepOfHold(body: StepBody, at: string): HoldStep | undefined {
  const action = (['place', 'cancel'] as const).find((one) => HOLD_ACTIONS[one] === body.action);
  const { card, request, pickupName } = body.params;
  if (action === undefined || typeof card !== 'string') return undefined;
  return {
    stepId: body.stepId,
    action,
    state: body.state,
    card,
    ...(typeof request === 'string' ? { request } : {}),
    ...(typeof pickupName === 'string' ? { pickup: pickupName } : {}),
    ...(body.sentence === undefined ? {} : { sentence: body.sentence }),
    ...(body.looked === undefined ? {} : { looked: body.looked.showed }),
    at,
  };
}

/** Whether nobody knows yet how a hold ended. */
export function isOpenHold(state: StepState): boolean {
  return OPEN.has(state);
}

const WHAT: Readonly<Record<HoldAction, { readonly noun: string; readonly done: string; readonly undone: string }>> = {
  place: { noun: 'hold', done: 'Hold placed', undone: 'placed' },
  cancel: { noun: 'cancellation', done: 'Hold cancelled', undone: 'cancelled' },
};

/** What came of a hold, for the item panel. */
export function holdNews(step: HoldStep, system: string): HoldNews {
  const { stepId, action, state, request, at } = step;
  return {
    stepId,
    action,
    state,
    ...told(step, system),
    ...(request === undefined ? {} : { request }),
    at,
    open: isOpenHold(state),
  };
}

function told(step: HoldStep, system: string): Pick<HoldNews, 'heading' | 'sentences'> {
  const { action, state, card, pickup, request, sentence, looked } = step;
  const { noun, done, undone } = WHAT[action];
  const whose = `For card ${card}${action === 'place' && pickup !== undefined ? `, to be picked up at ${pickup}` : ''}.`;
  const why = sentence === undefined ? [] : [shorten(sentence, 400)];
  if (state === 'done') {
    const id = request === undefined ? `${system} gave it no id, so it can only be cancelled there.` : undefined;
    return { heading: done, sentences: [whose, ...(action === 'place' && id !== undefined ? [id] : [])] };
  }
  if (state === 'confirmed') return { heading: `${done}, staff say`, sentences: [whose, ...why] };
  if (state === 'refused') return { heading: `${system} refused the ${noun}`, sentences: [whose, ...why] };
  if (state === 'sending') return { heading: `Sent to ${system}, no answer yet`, sentences: [whose] };
  if (isOpenHold(state)) {
    return {
      heading: `Not known whether the hold was ${undone}`,
      sentences: [
        whose,
        `It was sent to ${system} and no answer came. Nothing is sent again by itself: look at the holds in ${system}.`,
        ...(looked === undefined ? [] : [looked]),
      ],
    };
  }
  return { heading: `The ${noun} was not sent`, sentences: [whose, ...why, 'Nothing was changed.'] };
}

const LEGS: Readonly<Partial<Record<StepState, LegState>>> = { done: 'done', confirmed: 'confirmed' };

/** The lines of a scan's prompt with the hold's own; one that was in doubt gives way to how it ended. */
export function withHold(legs: readonly Leg[], step: HoldStep, system: string): readonly Leg[] {
  const doubtful = holdLeg({ ...step, state: 'unknown' }, system).text;
  const known = legs.filter((leg) => !(leg.system === system && leg.state === 'unknown' && leg.text === doubtful));
  return [...known, holdLeg(step, system)];
}

/** The line on the scan's prompt; it names nobody. */
export function holdLeg(step: HoldStep, system: string): Leg {
  const { action, state, pickup, at } = step;
  const { noun, done, undone } = WHAT[action];
  const where = action === 'place' && pickup !== undefined ? `, pick up at ${pickup}` : '';
  const open = isOpenHold(state);
  const ended: LegState = LEGS[state] ?? (open ? 'unknown' : 'not-done');
  const text =
    ended === 'done' || ended === 'confirmed'
      ? `${done}${where}`
      : open
        ? `Not known whether the hold was ${undone}`
        : state === 'refused'
          ? `Refused the ${noun}`
          : `The ${noun} was not sent`;
  return { system, state: ended, text, at };
}
