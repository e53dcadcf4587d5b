import type { StepBody, StepState } from '../contract/journal.ts';
import type { RequestSystem } from '../contract/outcome.ts';
import type { RequestView } from '../contract/request.ts';
import type { Doubt, Doubts } from './doubts.ts';
import { hasFailed, hasHappened } from './look.ts';
import { failedSentence, seenSentence, STOPPED, unsettledSentence } from './step-sentences.ts';
import type { RecordStep } from './ports.ts';

/**
 * When to look again after an unanswered action, seconds after sending. stripes-reshare re-reads a request at the same
 * times after every action, because actions "do not always block until fully complete".
 */
export const LOOK_AFTER_SECONDS = [15, 45, 90] as const;

export interface SettleOptions {
  readonly doubt: Doubt;
  readonly record: RecordStep;
  readonly system: RequestSystem;
  readonly doubts?: Doubts;
  /** After this look no other follows: what it cannot settle goes to a person. */
  readonly last: boolean;
  readonly signal?: AbortSignal;
}

export interface Settled {
  readonly state: Extract<StepState, 'done' | 'refused' | 'unknown' | 'needs-person'>;
  readonly sentence?: string;
  /** The request as this look saw it. */
  readonly after?: RequestView;
}

/**
 * One look at a step that was sent without an answer, by this run or by one that ended in the middle. Only looks, never
 * sends. Shown to have happened: appends `done`; shown to have failed: `refused`. Not shown: stays `unknown`, or after the last look `needs-person`.
 */
export async function settleUnknown(options: SettleOptions): Promise<Settled> {
  const { doubt, system, last } = options;
  const looked = await system.get(doubt.body.requestId, options.signal);
  const view = looked.ok ? looked.value : undefined;
  const seen = view === undefined ? {} : { after: view };
  if (view !== undefined && hasHappened(view, doubt.body)) {
    return { ...(await settle(options, 'done', seenSentence(doubt.body.action, view))), ...seen };
  }
  if (view !== undefined && hasFailed(view, doubt.body)) {
    return { ...(await settle(options, 'refused', failedSentence(doubt.body.action, view))), ...seen };
  }
  if (!last) return { state: 'unknown', ...seen };
  return { ...(await settle(options, 'needs-person', unsettledSentence(doubt.body.action, view))), ...seen };
}

/**
 * The doubt goes only when its end is on disk; otherwise the lane stays held. What goes to a person stays held too, until
 * the person or a later look says what became of it.
 */
async function settle(
  options: SettleOptions,
  state: 'done' | 'refused' | 'needs-person',
  sentence: string,
): Promise<Settled> {
  const { doubt, record, doubts } = options;
  const end: StepBody =
    state === 'needs-person'
      ? { ...doubt.body, state, sentence, held: true }
      : { ...doubt.body, state, sentence, settledBy: 'look' };
  const recorded = await record(end);
  if (!recorded.ok) return { state: 'unknown', sentence: recorded.error.sentence };
  if (state === 'needs-person') doubts?.add({ scanId: doubt.scanId, body: end });
  else doubts?.remove(doubt.body.stepId);
  return { state, sentence };
}

/** The end of a step that was recorded by a run which stopped before sending: nothing was sent, and that is written down. */
export function neverSent(body: StepBody): StepBody {
  return { ...body, state: 'not-sent', sentence: STOPPED };
}
