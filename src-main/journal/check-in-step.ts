import type { CheckInPlan, CheckInResult } from '../desk/circulation-types.ts';
import { runCirculationStep, type CirculationStepOptions } from './circulation-step.ts';
import type { CirculationPort, ItemLookPort } from './ports.ts';

export interface CheckInOptions extends Pick<
  CirculationStepOptions<unknown>,
  'scanId' | 'lane' | 'joins' | 'record' | 'newId' | 'now' | 'signal' | 'doubts' | 'requests'
> {
  readonly plan: CheckInPlan;
  readonly circulation: CirculationPort;
}

/** One staff check-in, sent at most once: a second one would move the item on. */
export function runCheckIn({ plan, circulation, ...step }: CheckInOptions): Promise<CheckInResult> {
  return runCirculationStep({
    ...step,
    system: plan.system,
    action: plan.action,
    params: { barcode: plan.barcode },
    seen: 'on no request',
    ...before(circulation.look, plan.barcode),
    send: () => circulation.checkIn(plan.barcode),
    keep: ({ routing }) => (routing?.requestId === undefined ? {} : { request: routing.requestId }),
  });
}

/** The look before a message about an item. */
export function before(
  look: ItemLookPort | undefined,
  barcode: string,
): Pick<CirculationStepOptions<unknown>, 'before'> {
  return look === undefined ? {} : { before: () => look.before(barcode) };
}
