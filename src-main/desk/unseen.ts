import type { Leg } from '../contract/prompt.ts';
import { CIRCULATION as SYSTEM } from './agreement-legs.ts';
import type { HostCall } from './audit.ts';
import type { StepPlan } from './types.ts';

/** What else a call should have brought about, by the step (OCLC Relais D2D integration workflow). */
interface Unseen {
  readonly call: HostCall['call'];
  readonly what: string;
}

/**
 * ReShare hears only "done". WMS has no LookupItem and no look at an account's loans in any profile, and its Availability
 * search goes by OCLC number, which neither a temporary item nor a request has (OCLC developer pages). A loan that is closed
 * leaves nothing unseen: the prompt says to check the item in for what comes next.
 */
const UNSEEN: Readonly<Partial<Record<StepPlan['step'], Unseen>>> = {
  receive: { call: 'AcceptItem', what: 'Its hold:' },
  returned: { call: 'CheckinItem', what: 'Whether it is Unavailable:' },
  fill: { call: 'CheckoutItem', what: 'On whose account:' },
};

/** Steps of which ReShare tells the circulation system (mod-rs action services). */
const TOLD: ReadonlySet<StepPlan['step']> = new Set<StepPlan['step']>(['receive', 'returned', 'fill', 'complete']);

export function tellsHost(step: StepPlan['step']): boolean {
  return TOLD.has(step);
}

/**
 * The quiet line about what nobody can look at from here, once the circulation system has done its part. Where it has
 * not, other lines say what is to be done, and this one would only distract.
 */
export function unseenLeg(
  step: StepPlan['step'],
  calls: readonly HostCall[],
  systemName: string | undefined,
): readonly Leg[] {
  const unseen = UNSEEN[step];
  if (unseen === undefined) return [];
  const mine = calls.filter((one) => one.call === unseen.call);
  if (mine.length === 0 || mine.some((one) => one.outcome !== 'ok')) return [];
  const screen = systemName === undefined ? 'its own screen alone' : `${systemName}’s screen alone`;
  return [{ system: SYSTEM, state: 'none', text: `${unseen.what} ${screen} tells` }];
}
