import type { RecordBody, StepBody } from '../contract/journal.ts';
import type { HeldBody, HeldPlan } from '../contract/offline.ts';
import type { Task } from '../contract/tasks.ts';

/**
 * What is left of a record when its details have served their time: request or item, action, time and staff. Titles, all of
 * a library card, pickup places, due dates, which session a loan belonged to, what was said on screen and printed, free text
 * and whatever a step carried along are gone.
 * @param isCard the record belongs to the scan of a library card
 */
export function reduced(body: RecordBody, isCard: boolean): RecordBody {
  switch (body.type) {
    case 'scan': {
      const barcode = isCard || !IS_THING.has(body.kind) ? '' : body.barcode;
      return { type: 'scan', raw: barcode, barcode, kind: body.kind, source: body.source, reduced: true };
    }
    case 'step': {
      const { sentence: _said, looked: _looked, params, evidence, ...rest } = body;
      const { copy: _copy, ...seen } = evidence;
      return { ...rest, evidence: seen, params: labelOf(params) };
    }
    case 'prompt': {
      const { kind, kindText, destination, tag, rowId, sound, rule } = body.prompt;
      const prompt = { kind, kindText, sound, rule, destination: { verb: destination.verb } };
      return {
        type: 'prompt',
        prompt: {
          ...prompt,
          why: [DETAILS_GONE],
          legs: [],
          offers: [],
          // With a figure in it, it is a due date or the number on an offline slip.
          tag: /\d/.test(tag) ? '' : tag,
          rowTitle: kindText,
          rowId: isCard ? '' : rowId,
          working: false,
        },
      };
    }
    case 'choice':
      return { type: 'choice', offerId: body.offerId.replace(NOT_OF_A_REQUEST, '$1') };
    case 'cancelled':
      return { type: 'cancelled', reason: '' };
    case 'held':
      return { ...body, plan: reducedPlan(body.plan), basis: reducedBasis(body.basis) };
    case 'released':
      return body.how.kind === 'dismissed' ? { ...body, how: { kind: 'dismissed', reason: DETAILS_GONE } } : body;
    case 'task':
      return { type: 'task', task: reducedTask(body.task) };
    case 'archived':
    case 'erased':
    case 'deleted':
      // Carrel's own notes, and a person's reason for a deletion, which stays.
      return body;
  }
}

/** A step without the whole number of a library card, which is only needed while something may still be sent for it. */
export function withoutCard(body: StepBody): StepBody {
  const { sealed: _sealed, ...params } = body.params;
  return { ...body, params };
}

const DETAILS_GONE = 'The details were removed after the time set for keeping them.';

/** Readings that name a thing or a request. Two labels in one burst may hold a card. */
const IS_THING: ReadonlySet<string> = new Set(['item', 'request', 'temporary-item', 'isbn']);

/** Choices that speak of a due date or of a patron's session, see `desk/offers.ts`; all others of a request or a step. */
const NOT_OF_A_REQUEST = /^(due|due-changed|lend):.*$/s;

function labelOf(params: StepBody['params']): StepBody['params'] {
  const { barcode } = params;
  return typeof barcode === 'string' ? { barcode } : {};
}

/** Which systems, which legs, when and by whom; nothing of the title, the patron or what was typed. */
function reducedTask({ subject, legs, lenderDate: _lender, patronDate: _patron, ...rest }: Task): Task {
  return {
    ...rest,
    subject: { label: subject.label, refs: subject.refs },
    legs: legs.map(({ typed: _typed, sentence: _said, seen: _seen, ...leg }) => leg),
  };
}

function reducedPlan(plan: HeldPlan): HeldPlan {
  switch (plan.kind) {
    case 'step':
      return { ...plan, params: labelOf(plan.params) };
    case 'check-out':
      return { ...plan, session: '' };
    case 'check-in':
    case 'look':
      return plan;
  }
}

function reducedBasis({ requestId, hrid, state }: HeldBody['basis']): HeldBody['basis'] {
  return {
    ...(requestId === undefined ? {} : { requestId }),
    ...(hrid === undefined ? {} : { hrid }),
    ...(state === undefined ? {} : { state }),
  };
}
