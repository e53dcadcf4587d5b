import type { CheckOutPlan, CheckOutResult } from '../desk/check-out-types.ts';
import { runCirculationStep, type CirculationStepOptions } from './circulation-step.ts';
import { before } from './check-in-step.ts';
import type { ItemLookPort, LendingPort } from './ports.ts';

export interface CheckOutOptions extends Pick<
  CirculationStepOptions<unknown>,
  'scanId' | 'lane' | 'joins' | 'record' | 'newId' | 'now' | 'signal' | 'doubts' | 'requests'
> {
  readonly plan: CheckOutPlan;
  /** The whole number of the patron's card; it is in no record. */
  readonly card: string;
  /** State code of the ILL request whose item it is, if it is on one. */
  readonly requestState: string | undefined;
  readonly lending: LendingPort;
  /** Looks at the item; left out where the system offers none. */
  readonly look?: ItemLookPort;
}

/**
 * One check-out, sent at most once. The record names the session, which is the scan of the card: the card's number is
 * there, encrypted, and nowhere else.
 */
export function runCheckOut(options: CheckOutOptions): Promise<CheckOutResult> {
  const { plan, card, requestState, lending, look, ...step } = options;
  return runCirculationStep({
    ...step,
    system: plan.system,
    action: plan.action,
    params: { barcode: plan.barcode, session: plan.sessionId },
    seen: requestState ?? 'on no request',
    // A temporary item has no OCLC number, so none of its looks shows anything.
    ...before(requestState === undefined ? look : undefined, plan.barcode),
    send: () => lending.checkOut(plan.barcode, card),
    keep: ({ due }) =>
      due === undefined || due.kind === 'words' ? {} : { due: due.kind === 'day' ? due.day : due.utc },
  });
}
