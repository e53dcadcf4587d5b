import type { WordsFound } from '../../contract/outcome.ts';
import { ok, type Result } from '../../contract/result.ts';
import type { Api } from './api.ts';
import { readPage } from './lists.ts';
import type { QueryPart } from './query.ts';

/** mod-rs gives no longer page of requests. */
const PAGE = 100;

/**
 * What the staff interface searches by default (ui-rs `PatronRequests.js`), without the fields that name a patron, and
 * with other systems' identifiers.
 */
const PROPERTIES = [
  'hrid',
  'title',
  'author',
  'isbn',
  'issn',
  'oclcNumber',
  'volumes.itemId',
  'selectedItemBarcode',
  'requestIdentifiers.identifier',
] as const;

/** Requests that have every word somewhere in what is searched, newest change first, in brief form; one page. */
export async function searchByWords(api: Api, text: string, signal?: AbortSignal): Promise<Result<WordsFound>> {
  const term = text.replaceAll(/[\p{C}"]+/gu, ' ').trim();
  if (!/[\p{L}\p{N}]/u.test(term)) return ok({ views: [], more: false });
  const parts: readonly QueryPart[] = [
    ['term', term],
    ...PROPERTIES.map((property): QueryPart => ['match', property]),
    ['sort', 'lastUpdated;desc'],
    ['perPage', String(PAGE)],
  ];
  const got = await readPage(api, parts, signal);
  return got.ok ? ok({ views: got.value, more: got.value.length === PAGE }) : got;
}
