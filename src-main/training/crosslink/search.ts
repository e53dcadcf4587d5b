import { CqlError, fits, parseCql, type Clause } from '../inventory/cql.ts';
import { askedOf, ownerOf, unreadOf, type BrokerRequest } from './request.ts';
import { stateOf } from './state-model.ts';

/** What one of the broker's fields says of a request (`prcql.go`). Dates are epoch milliseconds. */
const FIELDS: Readonly<Record<string, (request: BrokerRequest) => string | number | boolean>> = {
  id: ({ id }) => id,
  state: ({ state }) => state,
  side: ({ side }) => side,
  requester_symbol: ({ requester }) => requester,
  supplier_symbol: ({ supplier }) => supplier,
  requester_req_id: ({ number }) => number,
  requester_name: ({ requesterName }) => requesterName,
  supplier_name: ({ supplierName }) => supplierName,
  needs_attention: ({ needsAttention }) => needsAttention,
  has_cost: ({ notifications }) => notifications.some(({ cost }) => cost !== undefined),
  has_notification: ({ notifications }) => notifications.length > 0,
  has_internal_note: ({ internalNote }) => internalNote !== undefined,
  has_unread_notification: (request) => unreadOf(request) > 0,
  terminal_state: ({ side, state }) => stateOf(side, state).terminal === true,
  service_type: (request) => askedOf(request).serviceType,
  created_at: ({ createdAt }) => createdAt,
  updated_at: ({ updatedAt }) => updatedAt,
  title: (request) => askedOf(request).title,
  author: (request) => askedOf(request).author ?? '',
};

/** Compared in lower case (`WithLower`). */
const ANY_CASE = new Set([
  'requester_req_id',
  'requester_symbol',
  'supplier_symbol',
  'requester_name',
  'supplier_name',
]);
const WORDS = new Set(['title', 'author']);

/** @throws CqlError for a field or term the broker does not take; it answers 400 with its words. There is no field of barcodes. */
export function searchRequests(
  requests: Iterable<BrokerRequest>,
  cql: string | null,
  symbol: string,
): readonly BrokerRequest[] {
  const query = cql === null || cql === '' ? undefined : parseCql(cql);
  return [...requests]
    .filter((request) => ownerOf(request) === symbol)
    .filter((request) => query === undefined || fits(query, request, judge))
    .sort((a, b) => a.createdAt - b.createdAt || a.id.localeCompare(b.id));
}

function judge({ index, relation, term: written }: Clause, request: BrokerRequest): boolean {
  const term = written.replace(/\\(.)/gu, '$1');
  if (index === 'cql.serverChoice') return hasWords(searched(request), term);
  const field = FIELDS[index];
  if (field === undefined) throw new CqlError(`unknown field ${index}`);
  const value = field(request);
  if (typeof value === 'boolean') return String(value) === term;
  if (typeof value === 'number') return compare(value, Date.parse(term), relation);
  if (WORDS.has(index)) return hasWords(value, term);
  return ANY_CASE.has(index) ? value.toLowerCase() === term.toLowerCase() : value === term;
}

function compare(value: number, wanted: number, relation: string): boolean {
  if (Number.isNaN(wanted)) throw new CqlError('invalid date');
  switch (relation) {
    case '>=':
      return value >= wanted;
    case '>':
      return value > wanted;
    case '<=':
      return value <= wanted;
    case '<':
      return value < wanted;
    default:
      return value === wanted;
  }
}

function searched(request: BrokerRequest): string {
  const { title, author = '' } = askedOf(request);
  return [request.number, title, author, request.requesterName, request.supplierName].join(' ');
}

/** Every word of the term is one of the text, as a search vector sees them. */
function hasWords(text: string, term: string): boolean {
  const words = new Set(split(text));
  return split(term).every((word) => words.has(word));
}

function split(text: string): readonly string[] {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}
