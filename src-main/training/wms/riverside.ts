import type { World } from '../world.ts';
import { startPracticeWms, type PracticeWms, type PracticeWmsOptions } from './practice-wms.ts';

/** What may be chosen when the practice WMS is part of the consortium; plain data. */
export type WmsChoices = Pick<PracticeWmsOptions, 'tokenSeconds' | 'availabilityPerDay' | 'quotaRefusal'>;

/**
 * Gives Riverside of the practice consortium a WMS: it takes over that library's items and patrons, and from then on ReShare's calls to
 * its circulation system change items there. What happens is in the consortium's ledger under `wms`.
 */
export async function startRiversideWms(
  world: World,
  seed: number,
  choices: WmsChoices,
  now: () => number,
): Promise<PracticeWms> {
  const library = world.tenants.get('riverside');
  if (library === undefined) throw new RangeError('The story has no Riverside');
  const wms = await startPracticeWms({
    ...choices,
    seed,
    now,
    practiceNow: () => world.clock.now(),
    story: { library, reserved: world.reserved },
    record: ({ from, to, ...effect }) => {
      world.ledger.record({
        tenant: library.id,
        kind: 'wms',
        ...effect,
        ...(from === undefined ? {} : { fromState: from }),
        ...(to === undefined ? {} : { toState: to }),
      });
    },
  });
  library.lms.attach(wms.reshare);
  return wms;
}
