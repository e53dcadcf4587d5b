import type { RecordBody, StepBody, StoredRecord } from '../contract/journal.ts';
import type { AppError, Result } from '../contract/result.ts';
import type { Readiness } from './calls.ts';
import type { Look } from './ports.ts';

/** Lanes of work in two systems: one for each task. */
export const TASK_LANES = 'task:';

export function taskLane(id: string): string {
  return `${TASK_LANES}${id}`;
}

/** Whether a step is a call of a task, which has looks of its own. */
export function isTaskStep({ lane }: Pick<StepBody, 'lane'>): boolean {
  return lane.startsWith(TASK_LANES);
}

export interface CallStepOptions {
  /** The step before its first record, without a state. */
  readonly body: Omit<StepBody, 'state'>;
  readonly record: (body: RecordBody) => Promise<Result<StoredRecord>>;
  /** Looks right before sending. */
  readonly ready: () => Promise<Result<Readiness>>;
  /** Looks afterwards whether it shows. @param step the record of how it was answered */
  readonly look: (step: StepBody) => Promise<Look>;
  readonly signal: AbortSignal;
}

const STOPPED = 'Carrel was closed before this was sent. Nothing was sent.';
const LOOK_THERE = 'Look there before you try again.';
const NO_ANSWER = 'It was sent and no answer came. Carrel looks whether it happened and sends nothing again by itself.';

/**
 * One call of a task: recorded, looked at, durable `sending`, sent once, outcome recorded, and looked at again. Never sent
 * without `sending` on disk.
 * @returns the last record of the step; an error only where the journal took nothing, and then nothing was sent
 */
export async function runCallStep(options: CallStepOptions): Promise<Result<StepBody>> {
  const { record, signal } = options;
  let { body } = options;
  const put = async (state: StepBody['state'], more: Partial<StepBody> = {}): Promise<Result<StepBody>> => {
    const next: StepBody = { ...body, ...more, state };
    const stored = await record(next);
    return stored.ok ? { ok: true, value: next } : stored;
  };

  const recorded = await put('recorded');
  if (!recorded.ok) return recorded;
  const ready = await options.ready();
  if (!ready.ok) return put('not-sent', { sentence: said(ready.error) });
  if (ready.value.ready === 'there-already') return put('confirmed', { sentence: ready.value.sentence });
  if (signal.aborted) return put('not-sent', { sentence: STOPPED });

  const seen = ready.value.call.lastAuditNo;
  if (seen !== undefined) body = { ...body, evidence: { ...body.evidence, lastAuditNo: seen } };
  const durable = await put('sending');
  if (!durable.ok) return durable;
  const outcome = await ready.value.call.send();
  if (outcome.outcome !== 'done') {
    const sentence = outcome.outcome === 'unknown' ? `${said(outcome.error)} ${NO_ANSWER}` : said(outcome.error);
    const ended = await put(outcome.outcome, { sentence });
    if (!ended.ok || outcome.outcome !== 'unknown') return ended;
    return settled(put, ended, await options.look(ended.value));
  }
  const done = await put('done');
  if (!done.ok) return done;
  const after = await options.look(done.value);
  // It said yes, and a look right after says otherwise: the two do not agree, so it is not over.
  if (after.look === 'no')
    return put('refused', { sentence: `The answer was yes. ${after.sentence ?? ''} ${LOOK_THERE}` });
  if (after.look === 'unknown') return done;
  return put('done', { settledBy: 'look', ...(after.sentence === undefined ? {} : { sentence: after.sentence }) });
}

async function settled(
  put: (state: StepBody['state'], more: Partial<StepBody>) => Promise<Result<StepBody>>,
  ended: Result<StepBody>,
  { look, sentence }: Look,
): Promise<Result<StepBody>> {
  if (look !== 'yes') return ended;
  return put('done', { settledBy: 'look', ...(sentence === undefined ? {} : { sentence }) });
}

function said({ sentence, theirWords }: AppError): string {
  return theirWords === undefined ? sentence : `${sentence} “${theirWords}”`;
}
