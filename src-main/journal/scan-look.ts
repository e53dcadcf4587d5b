import type { RequestView } from '../contract/request.ts';
import { namedRequests } from '../desk/offers.ts';
import type { Evidence, Expectation, Reading } from '../desk/types.ts';
import type { DeskFlowOptions } from './desk-flow-options.ts';

/** What is known of a scanned label: from the system, or from the cache where the system could not be asked. */
export type Found = Pick<Evidence, 'hits' | 'source' | 'outage'>;

export const NOTHING_FOUND: Found = { hits: [], source: 'none' };

type LookPorts = Pick<DeskFlowOptions, 'cache' | 'system'>;

/**
 * Asks the cache for a first prompt, and the system for the truth.
 * @param onCached told what the cache knows, if it knows anything before the system has answered
 */
export async function lookUp(
  { cache, system }: LookPorts,
  reading: Reading,
  onCached: (hits: readonly RequestView[]) => void,
): Promise<Found> {
  if (reading.candidates.length === 0) return NOTHING_FOUND;
  if (system === undefined) {
    const cached = await cache.findByIdentifier(reading.candidates);
    return { hits: cached, source: 'cache', outage: 'No ReShare is set up on this computer yet.' };
  }
  // Both are asked at once; what the cache knows is shown until the system has answered.
  let answered = false;
  const [live, cached] = await Promise.all([
    system.findByScan(reading.candidates).finally(() => {
      answered = true;
    }),
    cache.findByIdentifier(reading.candidates).then((hits) => {
      if (hits.length > 0 && !answered) onCached(hits);
      return hits;
    }),
  ]);
  if (!live.ok) return { hits: cached, source: 'cache', outage: live.error.sentence };
  await cache.upsert(live.value);
  return { hits: live.value, source: 'live' };
}

/** Reads the requests that a choice or the desk's expectation names; they need not carry the scanned label. */
export async function readNamed(
  { cache, system }: LookPorts,
  choice: string | undefined,
  expectation: Expectation | undefined,
  { hits, source }: Found,
): Promise<readonly RequestView[]> {
  const ids = namedRequests(choice, expectation);
  if (source === 'cache' && expectation !== undefined) {
    const cached = await cache.findByIdentifier([expectation.hrid]);
    return [...hits, ...cached].filter((view) => ids.includes(view.id));
  }
  const found = await Promise.all(
    ids.map(async (id) => {
      const hit = hits.find((view) => view.id === id);
      if (hit !== undefined) return hit;
      const read = await system?.get(id);
      return read?.ok === true ? read.value : undefined;
    }),
  );
  return found.filter((view) => view !== undefined);
}
