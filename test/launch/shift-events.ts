import { otherDesk, practice, value } from '../e2e/support.ts';
import type { PileEntry } from '../../src-main/contract/shift.ts';
import type { Stage } from './shift-script.ts';

/** OCLC’s sign-in breaks off once. */
export async function signInFailsOnce({ practiceUrl }: Stage): Promise<void> {
  await practice(practiceUrl, 'addWmsFault', { where: 'token', kind: 'drop-before', times: 1 });
}

/** The next check-in in WMS goes wrong in this way; `slow` takes so many milliseconds. */
export function wmsFault(kind: string, ms?: number): (stage: Stage) => Promise<void> {
  return async ({ practiceUrl }) => {
    await practice(practiceUrl, 'addWmsFault', {
      where: 'CheckInItem',
      kind,
      times: 1,
      ...(ms === undefined ? {} : { ms }),
    });
  };
}

/** The answer to the next action is thrown away after it has taken effect. */
export async function loseTheAnswer({ practiceUrl }: Stage): Promise<void> {
  await practice(practiceUrl, 'addFault', { where: 'performAction', kind: 'drop-after', times: 1 });
}

/** Reading the request before acting takes a while, and in that while another desk does what this scan is about to do. */
export async function upstairsIsFaster({ page, practiceUrl }: Stage, thing: PileEntry): Promise<void> {
  const found = await value(page, 'request.search', { text: thing.barcode, limit: 5 });
  const request = found.find((candidate) => candidate.hrid === thing.barcode);
  if (request === undefined) throw new Error(`${thing.barcode} is not in the cache`);
  // Of this request alone: the agreement list reads others in between.
  const where = `/^GET \\/rs\\/patronrequests\\/${request.id}/`;
  await practice(practiceUrl, 'addFault', { where, kind: 'slow', ms: 1500, times: 1 });
  setTimeout(() => {
    void otherDesk(practiceUrl, request.id, 'supplierCheckOutOfReshare');
  }, 500);
}
