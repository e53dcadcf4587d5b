import type { ScanLine, StepBody, StepState } from '../contract/journal.ts';

/** A step that was sent in an earlier run, as it stands now. */
export interface EarlierStep {
  readonly body: StepBody;
  /** The scan it came from. */
  readonly line: ScanLine | undefined;
  /** How long ago, counting only time in which Carrel ran: a changed wall clock does not bend it. */
  readonly minutesAgo: number;
}

/** The step has happened; every other state of a step that was sent leaves that open, or says that it has not. */
export function isSure({ state }: { readonly state: StepState }): boolean {
  return state === 'done' || state === 'confirmed';
}
