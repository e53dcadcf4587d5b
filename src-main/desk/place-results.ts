import type { PlaceResult } from '../contract/place.ts';
import type { Ranked } from './ranking.ts';

/** Said of a record that looks like an electronic copy. */
export const ELECTRONIC = 'This looks like an electronic copy. Those are seldom lent: look for the printed one.';

/** A ranked record as the screen shows it. */
export function resultOf({ candidate, judgement, alike, place, tied, why }: Ranked): PlaceResult {
  const { eligible, warning } = judgement;
  return {
    candidate,
    standing: eligible === undefined ? 'not-known' : eligible ? 'eligible' : 'not-lendable',
    why,
    warnings: [...(warning === undefined ? [] : [warning]), ...(candidate.electronic ? [ELECTRONIC] : [])],
    alike,
    place,
    tied,
  };
}
