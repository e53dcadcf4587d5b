import type { Prompt } from '../contract/prompt.ts';
import type { RequestView } from '../contract/request.ts';
import { NEXT } from './data/actions.ts';
import { decide } from './decide.ts';
import { requestPrompt, seenLeg, stateRule, wordsOfState } from './look.ts';
import type { DeskRules, Evidence } from './types.ts';

/**
 * What a request looks like when it is read again later, with nothing to press: the other library has moved it on, or the
 * list is being brought up to date.
 */
export function outlook(request: RequestView, rules: DeskRules, now: string): Prompt {
  return requestPrompt(
    request,
    { rules, now },
    { words: wordsOfState(request), legs: [seenLeg(request)], rule: stateRule(request, ', read again') },
  );
}

/** A cached request with the actions its state usually allows; records read in brief do not carry them. */
export function supposed(request: RequestView): RequestView {
  if (request.validActions !== undefined) return request;
  const usual = (NEXT[request.state.code] ?? []).map((code) => ({ code, primary: true, primaryOnly: false }));
  return { ...request, validActions: usual };
}

/**
 * A first glance from memory while the system is being asked: the prompt the scan will most likely get. Only to be shown;
 * its steps are never carried out.
 */
export function glance(evidence: Omit<Evidence, 'source' | 'outage'>, rules: DeskRules): Prompt {
  const named = evidence.named?.map(supposed);
  const guess: Evidence = {
    ...evidence,
    hits: evidence.hits.map(supposed),
    source: 'live',
    ...(named === undefined ? {} : { named }),
  };
  return { ...decide(guess, rules).prompt, offers: [], working: true };
}
