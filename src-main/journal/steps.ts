import type { StepBody, StepState } from '../contract/journal.ts';
import type { ActOutcome, RequestSystem } from '../contract/outcome.ts';
import type { RequestView } from '../contract/request.ts';
import type { Failure } from '../contract/result.ts';
import type { StepPlan, StepResult } from '../desk/types.ts';
import type { Doubts } from './doubts.ts';
import { passDoubts } from './held.ts';
import type { JustDone } from './just-done.ts';
import { evidenceOf, hasFailed, hasHappened, judge, newerAudit } from './look.ts';
import type { RecordStep } from './ports.ts';
import { failedSentence, lookFailedSentence, seenSentence, STOPPED, unknownSentence } from './step-sentences.ts';

export interface StepOptions {
  readonly plan: StepPlan;
  readonly scanId: string;
  /** `reshare:<request id>`. The caller runs the step inside this lane and those it joins. */
  readonly lane: string;
  /** Lanes of the things it is about. */
  readonly joins?: readonly string[];
  readonly record: RecordStep;
  readonly newId: () => string;
  readonly system: RequestSystem;
  readonly now: () => Date;
  /** Aborted: nothing more is begun. An action already sent is waited for, since dropping it would hide its outcome. */
  readonly signal: AbortSignal;
  /** What the decision was based on, for the first record. */
  readonly seen?: RequestView;
  /** Steps of this lane that were sent without an answer; while there is one, nothing further is sent. */
  readonly doubts?: Doubts;
  /** Learns of the step as it is sent, so that no scan meanwhile takes the next one by itself. */
  readonly justDone: JustDone;
  /** Judges the look before sending; {@link judge} when left out. */
  readonly judge?: typeof judge;
}

/**
 * One step from its record to its outcome: record, look, durable `sending`, act once, record the outcome, look again.
 * Never sends without a `sending` on disk, and never sends twice.
 * @returns how it ended. When the journal cannot be written before sending, that is `not-sent` with the journal's
 * sentence. Rejects only on a fault in Carrel.
 */
export async function runStep(options: StepOptions): Promise<StepResult> {
  const { plan, record, system, signal, justDone } = options;
  const first = firstBody(options);
  const recorded = await record(first);
  if (!recorded.ok) return unrecorded(options, recorded);

  if (isStopped(signal)) return finish(options, first, 'not-sent', STOPPED);
  const held = await passDoubts(options);
  if (held !== undefined) return { ...(await finish(options, first, held.state, held.sentence)), ...asking(held) };
  const looked = await system.get(plan.requestId, signal);
  if (!looked.ok) {
    const gone = looked.error.code === 'not-found';
    return finish(options, first, gone ? 'needs-person' : 'not-sent', lookFailedSentence(plan.action, looked));
  }
  const before = looked.value;
  const body: StepBody = { ...first, evidence: evidenceOf(before) };
  const verdict = (options.judge ?? judge)(before, plan.action, plan.params);
  if (verdict.verdict === 'confirmed') justDone.note(plan.requestId, plan.action, true);
  if (verdict.verdict !== 'send') return finish(options, body, verdict.verdict, verdict.sentence, before);
  if (isStopped(signal)) return finish(options, body, 'not-sent', STOPPED, before);

  const sending = await record({ ...body, state: 'sending' });
  if (!sending.ok) return unrecorded(options, sending);
  const over = justDone.sending(plan.requestId, plan.action);
  // A fault in Carrel says nothing about what was sent.
  let state: StepState = 'unknown';
  try {
    const result = await send(options, body);
    ({ state } = result);
    return result;
  } finally {
    over(state);
  }
}

/** From here on the action may have happened, whatever comes. */
async function send(options: StepOptions, body: StepBody): Promise<StepResult> {
  const { plan, record, system } = options;
  let outcome: ActOutcome;
  try {
    outcome = await system.act(plan.requestId, plan.action, plan.params);
  } catch (fault) {
    // The port answers with values; a throw is a fault in Carrel, and says nothing about what was sent.
    await record({ ...body, state: 'unknown', sentence: unknownSentence(plan.action) });
    throw fault;
  }
  const answered = outcomeOf(plan.action, outcome);
  const outcomeBody = withSentence({ ...body, state: answered.state }, answered.sentence);
  // A failure to record leaves `sending` on disk, which becomes `unknown` at the next start and is then looked up.
  await record(outcomeBody);
  if (answered.state === 'unknown') options.doubts?.add({ scanId: options.scanId, body: outcomeBody });

  const looked = await system.get(plan.requestId);
  const after = looked.ok ? looked.value : undefined;
  const inDoubt = answered.state === 'unknown' || answered.state === 'refused';
  if (inDoubt && after !== undefined && hasHappened(after, body)) {
    const sentence = seenSentence(plan.action, after);
    await record({ ...body, state: 'done', sentence, settledBy: 'look' });
    options.doubts?.remove(body.stepId);
    return resultOf(options, body, 'done', sentence, after);
  }
  if (answered.state === 'unknown' && after !== undefined && hasFailed(after, body)) {
    const sentence = failedSentence(plan.action, after);
    await record({ ...body, state: 'refused', sentence, settledBy: 'look' });
    options.doubts?.remove(body.stepId);
    return resultOf(options, body, 'refused', sentence, after);
  }
  return resultOf(options, body, answered.state, answered.sentence, after);
}

async function finish(
  options: StepOptions,
  body: StepBody,
  state: StepState,
  sentence: string,
  after?: RequestView,
): Promise<StepResult> {
  await options.record({ ...body, state, sentence });
  return resultOf(options, body, state, sentence, after);
}

/** The journal refused, so nothing was sent. There is no record to write it into. */
function unrecorded(options: StepOptions, failure: Failure): StepResult {
  return {
    plan: options.plan,
    state: 'not-sent',
    sentence: failure.error.sentence,
    newAudit: [],
    at: options.now().toISOString(),
  };
}

function resultOf(
  options: StepOptions,
  body: StepBody,
  state: StepState,
  sentence: string | undefined,
  after: RequestView | undefined,
): StepResult {
  return {
    plan: options.plan,
    state,
    ...(sentence === undefined ? {} : { sentence }),
    ...(after === undefined ? {} : { after }),
    newAudit: after === undefined ? [] : newerAudit(after, body.evidence.lastAuditNo),
    at: options.now().toISOString(),
  };
}

function firstBody(options: StepOptions): StepBody {
  const { plan, seen } = options;
  return {
    type: 'step',
    stepId: options.newId(),
    state: 'recorded',
    lane: options.lane,
    ...(options.joins === undefined || options.joins.length === 0 ? {} : { joins: [...options.joins] }),
    system: plan.system,
    action: plan.action,
    requestId: plan.requestId,
    params: { ...plan.params },
    evidence: seen === undefined ? { state: '', seenAt: options.now().toISOString() } : evidenceOf(seen),
  };
}

function asking({ asks }: { readonly asks?: string }): Pick<StepResult, 'asks'> {
  return asks === undefined ? {} : { asks };
}

interface Answered {
  readonly state: StepState;
  readonly sentence: string | undefined;
}

function outcomeOf(action: string, outcome: ActOutcome): Answered {
  if (outcome.outcome === 'done') return { state: 'done', sentence: undefined };
  if (outcome.outcome === 'unknown') return { state: 'unknown', sentence: unknownSentence(action) };
  const { sentence, theirWords } = outcome.error;
  return { state: outcome.outcome, sentence: theirWords === undefined ? sentence : `${sentence} “${theirWords}”` };
}

function withSentence(body: StepBody, sentence: string | undefined): StepBody {
  return sentence === undefined ? body : { ...body, sentence };
}

/** Asked anew each time: the signal changes while a step waits. */
function isStopped(signal: AbortSignal): boolean {
  return signal.aborted;
}
