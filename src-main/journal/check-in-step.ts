import type { StepBody, StepState } from '../contract/journal.ts';
import type { CheckInPlan, CheckInResult } from '../desk/circulation-types.ts';
import type { CirculationPort } from './ports.ts';
import type { RecordStep } from './steps.ts';

export interface CheckInOptions {
  readonly plan: CheckInPlan;
  readonly lane: string;
  readonly record: RecordStep;
  readonly newId: () => string;
  readonly circulation: CirculationPort;
  readonly now: () => Date;
  /** Aborted: nothing is begun. A check-in already sent is waited for. */
  readonly signal: AbortSignal;
}

const STOPPED = 'Carrel was closed before this was sent. Scan it again.';

/**
 * One staff check-in, from its record to its outcome. NCIP has no way to recognise a repeat and no way to look (staff
 * profile: there is no LookupItem), so it is sent at most once and a lost answer is a person's to settle.
 */
export async function runCheckIn(options: CheckInOptions): Promise<CheckInResult> {
  const { plan, record, circulation, signal } = options;
  const at = (): string => options.now().toISOString();
  const body: StepBody = {
    type: 'step',
    stepId: options.newId(),
    state: 'recorded',
    lane: options.lane,
    system: plan.system,
    action: plan.action,
    requestId: options.lane,
    params: { barcode: plan.barcode },
    evidence: { state: 'on no request', seenAt: at() },
  };
  const end = async (state: StepState, sentence: string): Promise<void> => {
    await record({ ...body, state, sentence });
  };

  const recorded = await record(body);
  if (!recorded.ok) return { state: 'not-sent', sentence: recorded.error.sentence, at: at() };
  if (signal.aborted) {
    await end('not-sent', STOPPED);
    return { state: 'not-sent', sentence: STOPPED, at: at() };
  }
  const sending = await record({ ...body, state: 'sending' });
  if (!sending.ok) return { state: 'not-sent', sentence: sending.error.sentence, at: at() };

  const outcome = await circulation.checkIn(plan.barcode);
  if (outcome.outcome === 'done') {
    await record({ ...body, state: 'done' });
    return { state: 'done', answer: outcome.value, at: at() };
  }
  const { sentence, theirWords } = outcome.error;
  const said = theirWords === undefined ? sentence : `${sentence} “${theirWords}”`;
  await end(outcome.outcome, said);
  return { state: outcome.outcome, sentence: said, at: at() };
}
