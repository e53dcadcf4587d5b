import type { JsonObject } from '../http.ts';

/** An OpenURL 1.0 query as listener-openurl takes it apart: keys with `_` and keys with `.`, by their first separator. */
export interface ContextObject {
  readonly admindata: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly metadata: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export function contextObject(query: URLSearchParams): ContextObject {
  const admindata: Record<string, Record<string, string>> = {};
  const metadata: Record<string, Record<string, string>> = {};
  for (const [key, value] of query) {
    const at = key.search(/[._]/);
    if (at < 0) continue;
    const part = key[at] === '_' ? admindata : metadata;
    const group = (part[key.slice(0, at)] ??= {});
    group[key.slice(at + 1)] = value;
  }
  return { admindata, metadata };
}

/** `rft.` keys and the request's fields of the same name or of another. */
const FIELDS: readonly (readonly [field: string, ...keys: readonly string[]])[] = [
  ['title', 'title', 'btitle', 'atitle', 'jtitle'],
  ['author', 'au', 'creator', 'aulast', 'aufirst'],
  ['publisher', 'pub'],
  ['placeOfPublication', 'place'],
  ['publicationDate', 'date'],
  ['edition', 'edition'],
  ['volume', 'volume'],
  ['issue', 'issue'],
  ['isbn', 'isbn'],
  ['issn', 'issn'],
  ['oclcNumber', 'oclc'],
  ['subtitle', 'subtitle'],
  ['titleOfComponent', 'titleOfComponent'],
  ['authorOfComponent', 'authorOfComponent'],
  ['pagesRequested', 'pagesRequested'],
  ['copyrightType', 'copyrightType'],
  ['startPage', 'spage'],
  ['numberOfPages', 'pages'],
];

/**
 * The request a query maps to (listener-openurl, ReshareRequest.js). `svc_id` is both the service type and the switch for
 * the kind of answer, so asking for JSON sends `json` as the service type: the real one does so too.
 */
export function reshareRequest(context: ContextObject, symbol: string, id: string): JsonObject {
  const { admindata, metadata } = context;
  const { rft = {}, svc = {}, req = {} } = metadata;
  const mapped: Record<string, unknown> = { id };
  const set = (field: string, value: string | undefined): void => {
    if (value !== undefined && value !== '') mapped[field] = value;
  };
  set('systemInstanceIdentifier', admindata['rft']?.['id']);
  for (const [field, ...keys] of FIELDS)
    set(
      field,
      keys.map((key) => rft[key]).find((value) => value !== undefined),
    );
  set('patronIdentifier', admindata['req']?.['id']);
  set('patronEmail', req['emailAddress']);
  set('pickupLocationSlug', svc['pickupLocation']);
  set('neededBy', svc['neededBy']);
  set('patronNote', svc['note']?.slice(0, 255));
  set('serviceLevel', svc['level']);
  set('serviceType', admindata['svc']?.['id']);
  // The documentation writes a second dot; the code reads an underscore.
  const illiad = rft['identifier_illiad'];
  if (illiad !== undefined) {
    mapped['requestIdentifiers'] = [{ identifierType: 'illiad', identifier: illiad }];
  }
  return { ...mapped, isRequester: true, requestingInstitutionSymbol: symbol };
}

/** Enough to make a request of: a record or a title and an author, and somewhere to pick it up. */
export function isEnough(request: JsonObject, context: ContextObject): boolean {
  const named = request['systemInstanceIdentifier'] !== undefined;
  const described = request['title'] !== undefined && request['author'] !== undefined;
  const copy = request['serviceType'] === 'copy';
  const elsewhere = copy || context.metadata['svc']?.['noPickupLocation'] !== undefined;
  return (named || described) && (elsewhere || request['pickupLocationSlug'] !== undefined);
}
