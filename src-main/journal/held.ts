import type { StepBody } from '../contract/journal.ts';
import type { RequestSystem } from '../contract/outcome.ts';
import type { Doubt, Doubts } from './doubts.ts';
import { canBeSeen, hasFailed, hasHappened, hasNotHappened } from './look.ts';
import {
  doubtSentence,
  heldSentence,
  lookFailedSentence,
  notHappenedSentence,
  saidSentence,
  seenSentence,
} from './step-sentences.ts';
import type { RecordStep } from './ports.ts';

/** Why a step may not begin yet: an earlier one of its lanes was sent and nobody knows what became of it. */
export interface Held {
  readonly state: 'needs-person' | 'not-sent';
  readonly sentence: string;
  /** The earlier step, when only staff can say. */
  readonly asks?: string;
}

export interface PassOptions {
  readonly lane: string;
  readonly joins?: readonly string[];
  readonly doubts?: Doubts;
  readonly record: RecordStep;
  /** Left out where the request system cannot be asked: then a held step waits for staff. */
  readonly system?: Pick<RequestSystem, 'get'>;
  readonly signal: AbortSignal;
}

/**
 * Settles what earlier steps left open in the lanes of a step about to be sent, by a look at each. Undefined when nothing
 * stands in the way any more.
 */
export async function passDoubts(options: PassOptions): Promise<Held | undefined> {
  const { doubts, lane, joins = [] } = options;
  for (let doubt = doubts?.of(lane, ...joins); doubt !== undefined; doubt = doubts?.of(lane, ...joins)) {
    const held = await settleHeld(options, doubt);
    if (held !== undefined) return held;
  }
  return undefined;
}

/** One held step: a look that shows how it ended frees its lanes; anything else leaves it to staff. */
async function settleHeld({ system, record, doubts, signal }: PassOptions, doubt: Doubt): Promise<Held | undefined> {
  const { body } = doubt;
  if (body.state === 'unknown') return { state: 'needs-person', sentence: doubtSentence(body) };
  const ask: Held = { state: 'needs-person', sentence: heldSentence(body), asks: body.stepId };
  if (system === undefined || !canBeSeen(body)) return ask;
  const looked = await system.get(body.requestId, signal);
  if (!looked.ok) {
    if (looked.error.code === 'not-found') return ask;
    return { state: 'not-sent', sentence: lookFailedSentence(body.action, looked) };
  }
  const view = looked.value;
  const end = hasHappened(view, body)
    ? settled(body, 'done', 'look', seenSentence(body.action, view))
    : hasNotHappened(view, body) || hasFailed(view, body)
      ? settled(body, 'not-done', 'look', notHappenedSentence(body, view))
      : undefined;
  if (end === undefined) return ask;
  const recorded = await record(end, doubt.scanId);
  if (!recorded.ok) return { state: 'not-sent', sentence: recorded.error.sentence };
  doubts?.remove(body.stepId);
  return undefined;
}

/** Staff looked and say what became of a step; its lanes are free once that is on disk. */
export function wordOf(doubt: Doubt, happened: boolean): StepBody {
  return settled(doubt.body, happened ? 'done' : 'not-done', 'staff', saidSentence(doubt.body, happened));
}

function settled(
  { held: _held, ...body }: StepBody,
  state: 'done' | 'not-done',
  settledBy: 'look' | 'staff',
  sentence: string,
): StepBody {
  return { ...body, state, settledBy, sentence };
}
