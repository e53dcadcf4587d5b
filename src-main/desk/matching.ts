import type { RequestView } from '../contract/request.ts';
import type { Reading } from './types.ts';

/** Which identifier of a request the scan is. `item` is always the lender's own barcode. */
export type MatchedBy = 'request-number' | 'temporary-barcode' | 'item-barcode' | 'other-identifier';

export interface Match {
  readonly request: RequestView;
  readonly by: MatchedBy;
}

function same(a: string | undefined, lowered: string): boolean {
  return a?.trim().toLowerCase() === lowered;
}

function matchedBy(request: RequestView, form: string): MatchedBy | undefined {
  const lowered = form.toLowerCase();
  if (same(request.hrid, lowered)) return 'request-number';
  if (same(request.selectedItemBarcode, lowered) || request.volumes.some((v) => same(v.itemId, lowered))) {
    return 'item-barcode';
  }
  if (request.volumes.some((v) => same(v.temporaryItemBarcode, lowered))) return 'temporary-barcode';
  return request.otherIdentifiers.some((id) => same(id, lowered)) ? 'other-identifier' : undefined;
}

/**
 * Keeps the requests that really carry the label, since mod-rs may drop a filter it cannot use and answer with unrelated
 * requests. A weaker form of the label (the request number inside a temporary one) counts only where no stronger one fits.
 */
export function matches(hits: readonly RequestView[], reading: Reading): readonly Match[] {
  const unique = [...new Map(hits.map((h) => [h.id, h])).values()];
  for (const form of reading.candidates.length > 0 ? reading.candidates : [reading.barcode]) {
    if (form === '') continue;
    const found = unique.flatMap((request) => {
      const by = matchedBy(request, form);
      return by === undefined ? [] : [{ request, by }];
    });
    if (found.length > 0) return found;
  }
  return [];
}

/** The requests a scan may be about, likeliest first: those with a step for the desk before others, then the newest. */
export function ranked(found: readonly Match[], hasStep: (m: Match) => boolean): readonly Match[] {
  const newest = (m: Match): string => m.request.lastUpdated ?? m.request.dateCreated ?? '';
  return [...found].sort(
    (a, b) =>
      Number(hasStep(b)) - Number(hasStep(a)) ||
      newest(b).localeCompare(newest(a)) ||
      a.request.id.localeCompare(b.request.id),
  );
}
