import type { StepBody, StepState } from '../contract/journal.ts';
import type { CirculationOutcome } from './ports.ts';
import type { RecordStep } from './steps.ts';

export interface CirculationStepOptions<T> {
  readonly system: string;
  /** The message's name, e.g. `CheckInItem`. */
  readonly action: string;
  readonly lane: string;
  readonly params: StepBody['params'];
  /** What was seen that made it right, in a word. */
  readonly seen: string;
  readonly record: RecordStep;
  readonly newId: () => string;
  readonly send: () => Promise<CirculationOutcome<T>>;
  /** What of the answer stays in the record of a step that is done, such as the id of a request. */
  readonly keep?: (answer: T) => StepBody['params'];
  readonly now: () => Date;
  /** Aborted: nothing is begun. What was already sent is waited for. */
  readonly signal: AbortSignal;
}

/** How a message to the circulation system ended. */
export type CirculationStepResult<T> =
  | { readonly state: 'done'; readonly answer: T; readonly at: string }
  | { readonly state: 'refused' | 'not-sent' | 'unknown'; readonly sentence: string; readonly at: string };

const STOPPED = 'Carrel was closed before this was sent. Scan it again.';

/**
 * One message to the circulation system, from its record to its outcome. NCIP has no way to recognise a repeat and the
 * staff profile no way to look (there is no LookupItem), so it is sent at most once and a lost answer is a person's to
 * settle.
 */
export async function runCirculationStep<T>(options: CirculationStepOptions<T>): Promise<CirculationStepResult<T>> {
  const { record, signal } = options;
  const at = (): string => options.now().toISOString();
  const body: StepBody = {
    type: 'step',
    stepId: options.newId(),
    state: 'recorded',
    lane: options.lane,
    system: options.system,
    action: options.action,
    requestId: options.lane,
    params: options.params,
    evidence: { state: options.seen, seenAt: at() },
  };
  const end = async (state: StepState, sentence: string): Promise<void> => {
    await record({ ...body, state, sentence });
  };

  if (signal.aborted) {
    const recorded = await record(body);
    if (recorded.ok) await end('not-sent', STOPPED);
    return { state: 'not-sent', sentence: recorded.ok ? STOPPED : recorded.error.sentence, at: at() };
  }
  // Nothing is looked up in between, so both go to disk in one sync; nothing leaves before both are there.
  const begun = await Promise.all([record(body), record({ ...body, state: 'sending' })]);
  const refused = begun.find((one) => !one.ok);
  if (refused?.ok === false) {
    // Whatever of the two is on disk, nothing was sent.
    if (begun.some(({ ok }) => ok)) await end('not-sent', refused.error.sentence);
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
  // No look can tell what became of it.
  if (outcome.outcome === 'unknown') await end('needs-person', said);
  return { state: outcome.outcome, sentence: said, at: at() };
}
