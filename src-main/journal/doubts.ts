import type { StepBody } from '../contract/journal.ts';

/**
 * A step that was sent without an answer and is not settled yet. While its state is `unknown` Carrel is still looking;
 * `needs-person` when the looks are over and a later look, or a person, must say what became of it.
 */
export interface Doubt {
  readonly scanId: string;
  readonly body: StepBody;
}

/** The unsettled steps of all lanes. Filled by running steps, and at start from the journal. */
export interface Doubts {
  /** Adds a doubt, or says how one that is there stands now. */
  add(doubt: Doubt): void;
  remove(stepId: string): void;
  /**
   * Whoever is about to write down how a step ended takes it first: true for one of them only. Staff may speak while a look
   * is under way.
   */
  claim(stepId: string): boolean;
  /** The end could not be written: the step is open to others again. */
  release(stepId: string): void;
  isClaimed(stepId: string): boolean;
  /** The oldest doubt that holds one of the lanes. */
  of(...lanes: readonly string[]): Doubt | undefined;
  step(stepId: string): Doubt | undefined;
  all(): readonly Doubt[];
}

export function createDoubts(doubts: Iterable<Doubt> = []): Doubts {
  const byStep = new Map<string, Doubt>();
  const claimed = new Set<string>();
  for (const doubt of doubts) byStep.set(doubt.body.stepId, doubt);
  return {
    add: (doubt) => {
      byStep.set(doubt.body.stepId, doubt);
    },
    remove: (stepId) => {
      byStep.delete(stepId);
      claimed.delete(stepId);
    },
    claim: (stepId) => {
      if (!byStep.has(stepId) || claimed.has(stepId)) return false;
      claimed.add(stepId);
      return true;
    },
    release: (stepId) => {
      claimed.delete(stepId);
    },
    isClaimed: (stepId) => claimed.has(stepId),
    of: (...lanes) =>
      [...byStep.values()].find(({ body }) => [body.lane, ...(body.joins ?? [])].some((lane) => lanes.includes(lane))),
    step: (stepId) => byStep.get(stepId),
    all: () => [...byStep.values()],
  };
}
