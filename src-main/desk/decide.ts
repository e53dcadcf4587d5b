import { lendChosen, lendIt, lentInReshare, notLentButUsed, sessionOver } from './check-out.ts';
import { ownItem } from './circulation.ts';
import { askWhich, decideChoice } from './choices.ts';
import { contextOf } from './context.ts';
import type { Context } from './context.ts';
import { decideExpected } from './expected.ts';
import { matches, ranked } from './matching.ts';
import type { Match } from './matching.ts';
import { parseOfferId } from './offers.ts';
import { oneRequest } from './onehit.ts';
import { isOwnAgain } from './own-again.ts';
import {
  doubleScan,
  libraryCard,
  notAsked,
  notListed,
  publisherLabel,
  runTogether,
  setAside,
  unreadable,
} from './readings.ts';
import { nextStep } from './steps.ts';
import type { Decision, DeskRules, Evidence, Fact } from './types.ts';

/** The label alone settles the matter, or undefined when a system must be asked. */
function byLabelAlone(ctx: Context, found: readonly Match[], split: boolean): Decision | undefined {
  if (found.length > 0) return undefined;
  const { kind, candidates } = ctx.evidence.reading;
  const mayBeItem = candidates.length > 0;
  switch (kind) {
    case 'unreadable':
      return unreadable(ctx);
    case 'isbn':
      // Ten digits that happen to satisfy the ISBN check may be an item number of ours, above all when one is awaited.
      return ctx.evidence.expectation !== undefined && mayBeItem ? undefined : publisherLabel(ctx);
    case 'patron-card':
      return libraryCard(ctx);
    case 'run-together':
      return runTogether(ctx, split);
    case 'item':
    case 'request':
    case 'temporary-item':
      return undefined;
  }
}

function decideWith(ctx: Context, found: readonly Match[]): Decision {
  const { evidence } = ctx;
  const choice = evidence.choice === undefined ? undefined : parseOfferId(evidence.choice);
  if (choice?.kind === 'cancel') return setAside(ctx);
  if (evidence.lendingOver === true && (choice?.kind === 'again' || choice?.kind === 'as')) return sessionOver(ctx);
  if (choice?.kind === 'lend') return lendChosen(ctx, choice.sessionId, found);
  if (choice !== undefined && 'requestId' in choice) return decideChoice(ctx, choice);
  if (evidence.doubleOf !== undefined && choice === undefined) return doubleScan(ctx, evidence.doubleOf.secondsAgo);
  const label = byLabelAlone(ctx, found, choice?.kind === 'split');
  if (label !== undefined) return label;
  // Its loan is over: what staff check in now is an item of ours, on no open request.
  if (choice?.kind === 'check-in' && isOwnAgain(found)) {
    const own = ownItem(ctx);
    if (own !== undefined) return own;
  }
  const expected = evidence.expectation === undefined ? undefined : decideExpected(ctx, evidence.expectation, found);
  if (expected !== undefined) return evidence.lending === undefined ? expected : notLentButUsed(ctx, expected);
  const lent = evidence.lending === undefined ? undefined : lendIt(ctx, evidence.lending, found);
  if (lent !== undefined) return lent;
  const order = ranked(found, (m) => nextStep(m.request, ctx.rules).kind !== 'none');
  const [first] = order;
  if (first === undefined) return evidence.source === 'live' ? notListed(ctx) : notAsked(ctx);
  const open = order.filter((m) => !m.request.state.terminal);
  // Finished requests are history: the newest one speaks for them all.
  if (open.length <= 1) {
    const decision = oneRequest(ctx, open[0] ?? first);
    return evidence.lending === undefined ? decision : lentInReshare(decision);
  }
  return askWhich(ctx, open);
}

/** What the label itself and the comparison of the hits with it say. */
function facts(evidence: Evidence, found: readonly Match[]): readonly Fact[] {
  const { reading } = evidence;
  const strangers = new Set(evidence.hits.map((h) => h.id)).size - found.length;
  return [
    {
      what: `Label read as ${reading.kind}${reading.notes.length > 0 ? ` (${reading.notes.join(', ')})` : ''}`,
      source: 'the label',
    },
    ...(strangers > 0
      ? [{ what: `${String(strangers)} answers left aside: they do not carry the label`, source: 'ReShare' }]
      : []),
  ];
}

/**
 * From what is known of a scan to the next step and the prompt. Pure. A step is planned only when the request was read live
 * and lists the action as valid; never for a double scan, in an outage, or while ReShare talks to the other library.
 */
export function decide(evidence: Evidence, rules: DeskRules): Decision {
  const ctx = contextOf(evidence, rules);
  const found = matches(evidence.hits, evidence.reading);
  const decision = decideWith(ctx, found);
  return { ...decision, facts: [...facts(evidence, found), ...decision.facts] };
}
