import type { StepBody } from '../contract/journal.ts';

/** A step that was sent without an answer and is not settled yet. */
export interface Doubt {
  readonly scanId: string;
  readonly body: StepBody;
}

/** The unsettled steps of all lanes. Filled by running steps, and at start from the journal. */
export interface Doubts {
  add(doubt: Doubt): void;
  remove(stepId: string): void;
  /** The oldest doubt of a lane. */
  of(lane: string): Doubt | undefined;
  all(): readonly Doubt[];
}

export function createDoubts(doubts: Iterable<Doubt> = []): Doubts {
  const byStep = new Map<string, Doubt>();
  for (const doubt of doubts) byStep.set(doubt.body.stepId, doubt);
  return {
    add: (doubt) => {
      byStep.set(doubt.body.stepId, doubt);
    },
    remove: (stepId) => {
      byStep.delete(stepId);
    },
    of: (lane) => [...byStep.values()].find((doubt) => doubt.body.lane === lane),
    all: () => [...byStep.values()],
  };
}
