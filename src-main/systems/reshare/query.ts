/*
 * The query language of mod-rs lists (web-toolkit `SimpleLookupWtk.g4`): `property OP value` in a `filters` parameter;
 * several parameters are AND-ed, `||` inside one is OR. `==` compares exactly and takes the value as written, backslashes
 * included; `=i=` ignores case, goes through SQL LIKE and so takes a backslash as its escape.
 */

/** Properties a scan is looked up in. One group, one request: nested properties use inner joins, so they stay alone. */
export const LOOKUP_GROUPS = [
  ['hrid', 'selectedItemBarcode'],
  ['volumes.itemId'],
  ['volumes.temporaryItemBarcode'],
  ['requestIdentifiers.identifier'],
] as const;

/** The same properties for the contains search. */
export const LOOKUP_PROPERTIES: readonly string[] = LOOKUP_GROUPS.flat();

/** Longest text looked up; no identifier is longer, and gateways refuse long request lines. */
const CANDIDATE_LIMIT = 100;

/** Most characters of filter text in one request, after percent-encoding; Okapi before 6.1.1 takes 4096 bytes in all. */
const FILTER_LIMIT = 2_000;

/**
 * Candidates fit to be sent: without control characters, trimmed, once each ignoring case. Text without any letter or
 * digit, or longer than any identifier, is left out: it can match nothing, and the server drops what it cannot use.
 */
export function cleanCandidates(candidates: readonly string[]): readonly string[] {
  const seen = new Map<string, string>();
  for (const candidate of candidates) {
    const clean = candidate.replace(/\p{C}+/gu, '').trim();
    const usable = /[\p{L}\p{N}]/u.test(clean) && clean.length <= CANDIDATE_LIMIT;
    if (usable && !seen.has(clean.toLowerCase())) seen.set(clean.toLowerCase(), clean);
  }
  return [...seen.values()];
}

/** One condition. Digits go by `==`, which can use an index; anything whose case or characters matter goes by `=i=`. */
export function equalsCondition(property: string, value: string): string {
  const exact = /^[0-9 ._:/+-]+$/.test(value);
  return exact ? `${property}==${value}` : `${property}=i=${escapeValue(value)}`;
}

/** Characters that would end a value, kept as part of it by a backslash that LIKE then takes away. */
function escapeValue(value: string): string {
  return value.replace(/[!()<>=\\&|]/g, '\\$&');
}

/** Filter texts that together ask for any of the properties equal to any of the candidates. */
export function lookupFilters(properties: readonly string[], candidates: readonly string[]): readonly string[] {
  const filters: string[] = [];
  let current = '';
  for (const candidate of candidates) {
    const piece = properties.map((property) => equalsCondition(property, candidate)).join('||');
    const joined = current === '' ? piece : `${current}||${piece}`;
    if (current !== '' && encodeURIComponent(joined).length > FILTER_LIMIT) {
      filters.push(current);
      current = piece;
    } else {
      current = joined;
    }
  }
  return current === '' ? filters : [...filters, current];
}

/** The contains search; each piece of `term` between spaces would count alone, so one with spaces is quoted. */
export function containsTerm(candidate: string): string {
  const bare = candidate.replaceAll('"', ' ').trim();
  return /\s/.test(bare) ? `"${bare}"` : bare;
}

export type QueryPart = readonly [name: string, value: string];

/** Path and query of a list. */
export function listPath(parts: readonly QueryPart[]): string {
  return `/rs/patronrequests?${new URLSearchParams(parts.map(([name, value]): [string, string] => [name, value])).toString()}`;
}

/** Moment as mod-rs's data binder reads it, to the whole second and never later than asked. */
export function filterInstant(iso: string): string {
  const ms = Math.floor(Date.parse(iso) / 1000) * 1000;
  return new Date(ms).toISOString().replace('.000Z', 'Z');
}
