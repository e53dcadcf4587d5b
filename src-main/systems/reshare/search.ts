import type { RequestView } from '../../contract/request.ts';
import { fail, ok, type Result } from '../../contract/result.ts';
import type { Api } from './api.ts';
import { readPage } from './lists.ts';
import {
  cleanCandidates,
  containsTerm,
  LOOKUP_GROUPS,
  LOOKUP_PROPERTIES,
  lookupFilters,
  type QueryPart,
} from './query.ts';

const PAGE = 20;
const PAGE_LIMIT = 5;

type Hits =
  | { readonly end: 'hits'; readonly views: readonly RequestView[] }
  /** The server did not apply the filter, or stumbled over a property it does not have. */
  | { readonly end: 'unusable' }
  | { readonly end: 'failed'; readonly result: Result<never> };

/**
 * Requests one of whose identifiers equals one of the candidates, in full, likeliest first. Exact questions run side by
 * side; where the server cannot use one, a contains search takes its place. Every hit is compared with the scan, because
 * mod-rs drops a filter it cannot use without a word and then lists unrelated requests.
 */
export async function findByScan(
  api: Api,
  candidates: readonly string[],
  signal?: AbortSignal,
): Promise<Result<readonly RequestView[]>> {
  const wanted = cleanCandidates(candidates);
  const keys = new Set(wanted.map((candidate) => candidate.toLowerCase()));
  const filters = LOOKUP_GROUPS.flatMap((group) => lookupFilters(group, wanted));
  const exact = await Promise.all(filters.map((filter) => ask(api, [['filters', filter]], keys, 'exact', signal)));
  const failed = exact.find((hits) => hits.end === 'failed');
  if (failed !== undefined) return failed.result;

  const found = exact.flatMap((hits) => (hits.end === 'hits' ? hits.views : []));
  if (exact.some((hits) => hits.end === 'unusable')) {
    for (const candidate of wanted) {
      const hits = await ask(api, containsParts(candidate), keys, 'contains', signal);
      if (hits.end === 'failed') return hits.result;
      if (hits.end === 'unusable' && found.length === 0) return tooWide(api.session.system);
      if (hits.end === 'hits') found.push(...hits.views);
    }
  }
  return ok(ranked([...new Map(found.map((view) => [view.id, view])).values()]));
}

function containsParts(candidate: string): readonly QueryPart[] {
  return [['term', containsTerm(candidate)], ...LOOKUP_PROPERTIES.map((property): QueryPart => ['match', property])];
}

/** Asks one question, page after page, and keeps what equals the scan. */
async function ask(
  api: Api,
  question: readonly QueryPart[],
  keys: ReadonlySet<string>,
  how: 'exact' | 'contains',
  signal: AbortSignal | undefined,
): Promise<Hits> {
  const kept: RequestView[] = [];
  for (let page = 1; page <= PAGE_LIMIT; page += 1) {
    const parts: readonly QueryPart[] = [
      ...question,
      ['sort', 'lastUpdated;desc'],
      ['perPage', String(PAGE)],
      ['page', String(page)],
      ['fullRecord', 'true'],
    ];
    const got = await readPage(api, parts, signal);
    if (!got.ok) {
      // An older mod-rs without one of the properties answers 500 to a filter on it; its contains search ignores it.
      const stumbled = how === 'exact' && got.status === 500;
      return stumbled ? { end: 'unusable' } : { end: 'failed', result: got };
    }
    const equal = got.value.filter((view) => isNamedBy(view, keys));
    kept.push(...equal);
    if (got.value.length < PAGE) return { end: 'hits', views: kept };
    if (how === 'exact' && equal.length < got.value.length) return { end: 'unusable' };
  }
  return kept.length > 0 ? { end: 'hits', views: kept } : { end: 'unusable' };
}

/** Whether one of the request's identifiers is one of the keys, which are in lower case. */
export function isNamedBy(view: RequestView, keys: ReadonlySet<string>): boolean {
  const names = [
    view.hrid,
    view.selectedItemBarcode,
    ...view.volumes.flatMap((volume) => [volume.itemId, volume.temporaryItemBarcode]),
    ...view.otherIdentifiers,
  ];
  return names.some((name) => name !== undefined && keys.has(name.trim().toLowerCase()));
}

/** Open before closed, then what has a next step, then the newest. */
export function ranked(views: readonly RequestView[]): readonly RequestView[] {
  const hasNextStep = (view: RequestView): boolean => view.validActions?.some((action) => action.primary) ?? false;
  return [...views].sort(
    (a, b) =>
      Number(a.state.terminal) - Number(b.state.terminal) ||
      Number(hasNextStep(b)) - Number(hasNextStep(a)) ||
      (b.lastUpdated ?? '').localeCompare(a.lastUpdated ?? ''),
  );
}

function tooWide(system: string) {
  return fail(
    'unreadable-answer',
    `${system} could not search for exactly this label, so Carrel cannot say whether it is on a request. Look it up in ${system} itself.`,
    { mender: 'host', retry: 'later' },
  );
}
