import type { DecisionEvidence } from '../contract/journal.ts';
import type { RequestView } from '../contract/request.ts';
import type { Decision, Evidence } from '../desk/types.ts';

/** A decision with what it was based on, for the journal: which rule, which requests in which state, and when they were seen. */
export function decisionRecord(evidence: Evidence, decision: Decision): DecisionEvidence {
  const { source, outage } = evidence;
  const seen = new Map<string, RequestView>();
  for (const view of [...(evidence.named ?? []), ...evidence.hits]) seen.set(view.id, view);
  return {
    rule: decision.prompt.rule,
    source,
    ...(outage === undefined ? {} : { outage }),
    requests: [...seen.values()].map(({ id, hrid, state, seenAt }) => ({
      id,
      ...(hrid === undefined ? {} : { hrid }),
      state: state.code,
      seenAt,
    })),
    facts: decision.facts.map(({ what, source: from }) => ({ what, source: from })),
    planned: [...decision.steps, decision.checkIn, decision.checkOut]
      .filter((step) => step !== undefined)
      .map((step) => `${step.system}:${step.action}`),
  };
}
