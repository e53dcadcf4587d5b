import type { Reply } from '../http.ts';
import { json } from '../http.ts';
import { resolve, valuesOf, type Entity, type Path, type Primitive } from './entity.ts';
import { compileFilter, convert, NullPointer } from './filter.ts';

/** A list of one kind of thing with the query language of every mod-rs and mod-directory list. */
export interface Listing<T> {
  readonly entity: Entity;
  readonly rows: Iterable<T>;
  /** Hard cap on the page size: 100 for requests and reference data, 1000 elsewhere. */
  readonly cap: number;
  readonly view: (row: T) => unknown;
}

const repeated = (query: URLSearchParams, name: string): readonly string[] => [
  ...query.getAll(name),
  ...query.getAll(`${name}[]`),
];

/**
 * Everything that fits the query, unpaged.
 * @throws NullPointer where the real server fails with HTTP 500.
 */
export function search<T>(entity: Entity, rows: Iterable<T>, query: URLSearchParams): readonly T[] {
  const tests = repeated(query, 'filters')
    .map((source) => compileFilter(entity, source))
    .filter((test) => test !== undefined);
  const term = termTest(entity, query.get('term'), repeated(query, 'match'));
  if (term !== undefined) tests.push(term);
  const found: T[] = [];
  for (const row of rows) if (tests.every((test) => test(row))) found.push(row);
  return sorted(entity, found, repeated(query, 'sort'));
}

/** Answers a list call: bare array, or the envelope when `stats=true`. */
export function list<T>(listing: Listing<T>, query: URLSearchParams): Reply {
  let found: readonly T[];
  try {
    found = search(listing.entity, listing.rows, query);
  } catch (error) {
    if (!(error instanceof NullPointer)) throw error;
    return nullPointer();
  }
  const pageSize = Math.min(listing.cap, whole(query.get('perPage') ?? query.get('max')) ?? 10);
  const offset = whole(query.get('offset'), 0);
  const page = whole(query.get('page')) ?? (offset === undefined ? 1 : Math.floor(offset / pageSize) + 1);
  const results = found.slice((page - 1) * pageSize, page * pageSize).map((row) => listing.view(row));
  if (query.get('stats') !== 'true') return json(200, results);
  return json(200, {
    results,
    pageSize,
    page,
    totalPages: Math.ceil(found.length / pageSize),
    meta: {},
    totalRecords: found.length,
    total: found.length,
  });
}

/** The error view of mod-rs for an exception (views/error.gson). */
export function nullPointer(): Reply {
  return json(500, {
    error: 500,
    message: 'java.lang.NullPointerException: Cannot invoke method on null object',
    stackTrace: ['com.k_int.web.toolkit.grammar.SimpleLookupServiceListenerWtk.exitOperatorExpr'],
  });
}

function whole(raw: string | null, least = 1): number | undefined {
  if (raw === null || !/^\d+$/.test(raw)) return undefined;
  const value = Number(raw);
  return value >= least ? value : undefined;
}

/** `term` is split on white space outside quotes; pieces are AND-ed within a property, properties are OR-ed, with left joins. */
function termTest(
  entity: Entity,
  term: string | null,
  match: readonly string[],
): ((candidate: unknown) => boolean) | undefined {
  if (term === null || term.trim() === '') return undefined;
  const pieces = [...term.matchAll(/"([^"]*)"|(\S+)/g)].map((found) => found[1] ?? found[2] ?? '');
  const paths = match.map((name) => resolve(entity, name)).filter((path) => path !== undefined);
  if (paths.length === 0) return undefined;
  const tests = paths.map((path) => ({ path, holds: holdsAll(path, pieces) }));
  return (candidate) => tests.some(({ path, holds }) => valuesOf(path, candidate).some(holds));
}

/** What is searched for is prepared once, not for each of thousands of requests. */
function holdsAll({ property: { type } }: Path, pieces: readonly string[]): (value: Primitive | undefined) => boolean {
  if (type === 'text') {
    const wanted = pieces.map((piece) => piece.toLowerCase());
    return (value) => {
      if (value === undefined) return false;
      const lower = String(value).toLowerCase();
      return wanted.every((piece) => lower.includes(piece));
    };
  }
  const wanted = pieces.map((piece) => convert(type, piece));
  return (value) => value !== undefined && wanted.every((piece) => piece === value);
}

/** `property` or `property;desc`; unknown names are ignored. Without a value: last when ascending, first when descending (PostgreSQL). */
function sorted<T>(entity: Entity, rows: readonly T[], sorts: readonly string[]): readonly T[] {
  const keys = sorts
    .map((sort) => {
      const [name = '', direction = 'asc'] = sort.split(';');
      const path = resolve(entity, name);
      return path === undefined ? undefined : { path, sign: direction.toLowerCase() === 'desc' ? -1 : 1 };
    })
    .filter((key) => key !== undefined);
  if (keys.length === 0) return rows;
  const keyed = rows.map((row) => ({ row, values: keys.map(({ path }) => valuesOf(path, row)[0]) }));
  keyed.sort((a, b) => {
    for (const [at, { sign }] of keys.entries()) {
      const order = sign * compare(a.values[at], b.values[at]);
      if (order !== 0) return order;
    }
    return 0;
  });
  return keyed.map(({ row }) => row);
}

function compare(a: Primitive | undefined, b: Primitive | undefined): number {
  if (a === b) return 0;
  if (a === undefined) return 1;
  if (b === undefined) return -1;
  return a < b ? -1 : 1;
}
