import type { CopySeen, StepBody, StepState } from '../contract/journal.ts';
import type { RequestSystem } from '../contract/outcome.ts';
import { keepsLane } from '../desk/unanswered.ts';
import type { Doubts } from './doubts.ts';
import { passDoubts, type Held } from './held.ts';
import type { CirculationOutcome } from './ports.ts';
import { cannotAskSentence } from './step-sentences.ts';
import type { RecordStep } from './ports.ts';

export interface CirculationStepOptions<T> {
  readonly system: string;
  /** The message's name, e.g. `CheckInItem`. */
  readonly action: string;
  readonly scanId: string;
  readonly lane: string;
  /** Further lanes: other labels of the item, and the request it is on. */
  readonly joins?: readonly string[];
  readonly params: StepBody['params'];
  /** What was seen that made it right, in a word. */
  readonly seen: string;
  readonly record: RecordStep;
  readonly newId: () => string;
  readonly send: () => Promise<CirculationOutcome<T>>;
  /** A look at the item just before, where one is possible: what changes after it was this message's doing. */
  readonly before?: () => Promise<CopySeen | undefined>;
  /** What of the answer stays in the record of a step that is done, such as the id of a request. */
  readonly keep?: (answer: T) => StepBody['params'];
  readonly now: () => Date;
  /** Aborted: nothing is begun. What was already sent is waited for. */
  readonly signal: AbortSignal;
  /** Steps that were sent without an answer; while there is one in its lanes, nothing further is sent. */
  readonly doubts?: Doubts;
  /** Where a step that holds the item's lane for a request can be looked at. */
  readonly requests?: Pick<RequestSystem, 'get'>;
}

/** How a message to the circulation system ended. */
export type CirculationStepResult<T> =
  | { readonly state: 'done'; readonly answer: T; readonly at: string }
  | {
      readonly state: 'refused' | 'not-sent' | 'unknown';
      readonly sentence: string;
      readonly at: string;
      /** The step, this one or an earlier one, of which only staff can say whether it happened. */
      readonly asks?: string;
    };

const STOPPED = 'Carrel was closed before this was sent. Scan it again.';

/**
 * One message to the circulation system, from its record to its outcome. NCIP has no way to recognise a repeat and the
 * staff profile no message that only looks (there is no LookupItem), so it is sent at most once. A lost answer is a person's
 * to settle, or that of a look at the item's title (`item-looks.ts`): until then it holds its lanes.
 */
export async function runCirculationStep<T>(options: CirculationStepOptions<T>): Promise<CirculationStepResult<T>> {
  const { record, signal, doubts, scanId } = options;
  const at = (): string => options.now().toISOString();
  let body = firstBody(options, at());
  const end = async (state: StepState, sentence: string): Promise<void> => {
    await record({ ...body, state, sentence });
  };

  const open = doubts?.of(options.lane, ...(options.joins ?? [])) !== undefined;
  if (signal.aborted || open) {
    const recorded = await record(body);
    if (!recorded.ok) return { state: 'not-sent', sentence: recorded.error.sentence, at: at() };
    const held: Held | undefined = signal.aborted
      ? { state: 'not-sent', sentence: STOPPED }
      : await passEarlier(options);
    if (held !== undefined) {
      await end(held.state, held.sentence);
      const asks = held.asks === undefined ? {} : { asks: held.asks };
      return { state: 'not-sent', sentence: held.sentence, at: at(), ...asks };
    }
  }
  const copy = await options.before?.();
  if (copy !== undefined) body = { ...body, evidence: { ...body.evidence, copy } };
  if (isStopped(signal)) {
    await end('not-sent', STOPPED);
    return { state: 'not-sent', sentence: STOPPED, at: at() };
  }
  // Both go to disk in one sync; nothing leaves before both are there.
  const begun = await Promise.all([...(open ? [] : [record(body)]), record({ ...body, state: 'sending' })]);
  const refused = begun.find((one) => !one.ok);
  if (refused?.ok === false) {
    // Whatever of the two is on disk, nothing was sent.
    if (open || begun.some(({ ok }) => ok)) await end('not-sent', refused.error.sentence);
    return { state: 'not-sent', sentence: refused.error.sentence, at: at() };
  }

  const outcome = await options.send();
  if (outcome.outcome === 'done') {
    await record({ ...body, state: 'done', params: { ...body.params, ...options.keep?.(outcome.value) } });
    return { state: 'done', answer: outcome.value, at: at() };
  }
  const { sentence, theirWords } = outcome.error;
  const said = theirWords === undefined ? sentence : `${sentence} “${theirWords}”`;
  await end(outcome.outcome, said);
  if (outcome.outcome !== 'unknown') return { state: outcome.outcome, sentence: said, at: at() };
  if (doubts === undefined) {
    // Whoever sends it keeps its lane by other means, and asks staff in their own way.
    await end('needs-person', said);
    return { state: 'unknown', sentence: said, at: at() };
  }
  const waiting = needsWord(body);
  await record(waiting);
  doubts.add({ scanId, body: waiting });
  return { state: 'unknown', sentence: said, at: at(), asks: body.stepId };
}

/** Settles what earlier steps of its lanes left open, as far as a look at ReShare can. */
function passEarlier<T>({ system: _name, requests, ...options }: CirculationStepOptions<T>): Promise<Held | undefined> {
  return passDoubts({ ...options, ...(requests === undefined ? {} : { system: requests }) });
}

/**
 * A message without an answer is in front of a person at once: no call of the system tells of messages, and a look at the
 * item rarely proves anything. What it keeps back until that person has spoken is its lane; see `unanswered.ts`.
 */
export function needsWord(body: StepBody): StepBody {
  const waiting: StepBody = { ...body, state: 'needs-person', sentence: cannotAskSentence(body) };
  return keepsLane(body) ? { ...waiting, held: true } : waiting;
}

function firstBody<T>(options: CirculationStepOptions<T>, at: string): StepBody {
  const { joins = [] } = options;
  return {
    type: 'step',
    stepId: options.newId(),
    state: 'recorded',
    lane: options.lane,
    ...(joins.length === 0 ? {} : { joins: [...joins] }),
    system: options.system,
    action: options.action,
    requestId: options.lane,
    params: options.params,
    evidence: { state: options.seen, seenAt: at },
  };
}

/** Asked anew each time: the signal changes while the item is looked at. */
function isStopped(signal: AbortSignal): boolean {
  return signal.aborted;
}
