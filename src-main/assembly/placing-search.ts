import type { Candidate } from '../contract/inventory.ts';
import type { PlacePage, PlaceResult, SearchBy } from '../contract/place.ts';
import { fail, ok, type Result } from '../contract/result.ts';
import { readQuery } from '../desk/inventory-query.ts';
import { resultOf } from '../desk/place-results.ts';
import { likenessOf, rankResults, type Ranked } from '../desk/ranking.ts';
import type { SharedInventory } from '../systems/inventory/port.ts';

/** Results on one page; enough for the duplicates of a title to stand together. */
export const PAGE_SIZE = 20;

/** Records of one page whose holdings are read in full, so that duplicates can be compared. */
const COMPARED = 12;

interface Found {
  readonly ranked: readonly Ranked[];
  readonly total: number;
  readonly notes: readonly string[];
}

/** Searches, reads duplicates in full, and ranks. */
export async function searchPage(
  inventory: SharedInventory,
  by: SearchBy,
  text: string,
  page: number,
): Promise<Result<PlacePage>> {
  const read = readQuery(by, text);
  if (read === undefined) return fail('bad-input', 'Type or scan what to look for.', { mender: 'desk' });
  const found = await findRanked(inventory, read.query, page);
  if (!found.ok) return found;
  const { ranked, total, notes } = found.value;
  return ok({
    readAs: read.readAs,
    page,
    pageSize: PAGE_SIZE,
    total,
    results: ranked.map(resultOf),
    notes: [...(read.warning === undefined ? [] : [read.warning]), ...notes],
  });
}

/** One page of what a query finds, ranked. */
export async function findRanked(
  inventory: SharedInventory,
  query: Parameters<SharedInventory['search']>[0],
  page: number,
): Promise<Result<Found>> {
  const found = await inventory.search(query, page, PAGE_SIZE);
  if (!found.ok) return found;
  const { candidates, total, incomplete } = found.value;
  const compared = await compareAlike(inventory, candidates);
  return ok({
    ranked: rankResults(compared, inventory.capabilities.rota),
    total,
    notes: incomplete === undefined ? [] : [incomplete],
  });
}

export async function detailOf(inventory: SharedInventory, id: string): Promise<Result<PlaceResult>> {
  const got = await inventory.detail(id);
  if (!got.ok) return got;
  const [ranked] = rankResults([got.value], inventory.capabilities.rota);
  return ranked === undefined ? fail('not-found', 'There is no such record.') : ok(resultOf(ranked));
}

/** Reads in full what has to be compared: results name only ids of places and policies. */
async function compareAlike(
  inventory: SharedInventory,
  candidates: readonly Candidate[],
): Promise<readonly Candidate[]> {
  const count = new Map<string, number>();
  for (const one of candidates) count.set(likenessOf(one), (count.get(likenessOf(one)) ?? 0) + 1);
  const alike = candidates.filter((one) => (count.get(likenessOf(one)) ?? 0) > 1 || candidates.length === 1);
  const whole = new Map<string, Candidate>();
  await Promise.all(
    alike.slice(0, COMPARED).map(async ({ id }) => {
      const got = await inventory.detail(id);
      if (got.ok) whole.set(id, got.value);
    }),
  );
  return candidates.map((one) => whole.get(one.id) ?? one);
}
