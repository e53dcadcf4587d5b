import { buildSchema, parse, validate } from 'graphql';
import { describe, expect, test } from 'vitest';
import { isbnIn, issnIn, lccnOf, oclcNumberOf } from '../../src-main/desk/bib-numbers.ts';
import { readQuery } from '../../src-main/desk/inventory-query.ts';
import { cqlOf, quoteCql } from '../../src-main/systems/inventory/cql.ts';
import {
  DETAIL,
  DETAIL_WITHOUT_LIMITS,
  SEARCH,
  SEARCH_WITHOUT_LIMITS,
} from '../../src-main/systems/inventory/queries.ts';
import { SHARED_INVENTORY_SDL } from '../../src-main/training/inventory/sdl.ts';
import { fixture } from '../contract/training-desk.ts';

/** How the Shared Inventory is asked: numbers, CQL and GraphQL, by recorded and computed vectors. */
interface Vectors {
  readonly isbn: readonly {
    readonly input: string;
    readonly valid: boolean;
    readonly isbn13: string | null;
    readonly isbn10: string | null;
  }[];
  readonly issn: readonly { readonly input: string; readonly valid: boolean; readonly issn: string | null }[];
  readonly lccn: readonly { readonly input: string; readonly normalized: string | null }[];
  readonly oclc: readonly { readonly input: string; readonly number: string | null }[];
}
const VECTORS = fixture('okapi', '14-identifier-vectors.json') as Vectors;
const QUOTED = fixture('okapi', '13-cql-encoding.json') as {
  readonly cases: readonly { readonly term: string; readonly quoted: string }[];
};
const QUERIES = Object.entries({ SEARCH, DETAIL, SEARCH_WITHOUT_LIMITS, DETAIL_WITHOUT_LIMITS });
const SCHEMA = buildSchema(SHARED_INVENTORY_SDL);

describe('numbers of books', () => {
  test.each(VECTORS.isbn)('ISBN in “$input”', ({ input, valid, isbn13, isbn10 }) => {
    const found = isbnIn(input);
    expect(found !== undefined).toBe(valid);
    if (valid) expect([found?.isbn13, found?.isbn10 ?? null]).toEqual([isbn13, isbn10]);
  });
  test.each(VECTORS.issn)('ISSN in “$input”', ({ input, valid, issn }) => {
    expect(issnIn(input)).toBe(valid ? issn : undefined);
  });
  test.each(VECTORS.lccn)('LCCN “$input”', ({ input, normalized }) => {
    expect(lccnOf(input) ?? null).toBe(normalized);
  });
  test.each(VECTORS.oclc)('OCLC number “$input”', ({ input, number }) => {
    expect(oclcNumberOf(input)).toBe(number ?? undefined);
  });
});

describe('CQL', () => {
  test.each(QUOTED.cases)('a term is quoted as the server wants it: $term', ({ term, quoted }) => {
    expect(quoteCql(term)).toBe(quoted);
  });

  test('an ISBN is asked for with thirteen and with ten digits, also among those filed as wrong', () => {
    const read = readQuery('isbn', '0-00-081001-0');
    expect(read?.query).toEqual({ by: 'isbn', forms: ['9780000810014', '0000810010'] });
    expect(cqlOf(read!.query)).toBe(
      'isbn="9780000810014" or invalidIsbn="9780000810014" or isbn="0000810010" or invalidIsbn="0000810010"',
    );
  });

  test('words of the query language are words of a title', () => {
    expect(cqlOf({ by: 'title', words: 'War and "Peace" or not?' })).toBe('title all "War and \\"Peace\\" or not\\?"');
  });

  test.each([
    ['anything', '9780000810014', 'isbn'],
    ['anything', '2049-3630', 'issn'],
    ['anything', '(OCoLC)810000161', 'oclc'],
    ['anything', '0b7c3a52-51a8-4d43-9a0c-2f6e6f0f9a11', 'id'],
    ['anything', 'Tide tables of 1984', 'anything'],
    ['title', 'The tide tables / by Haverkamp', 'title'],
    ['author', 'Haverkamp', 'author'],
    ['issn', '2049-3630', 'issn'],
    ['oclc', 'ocn810000161', 'oclc'],
    ['lccn', '69-12345', 'lccn'],
  ] as const)('by %s, “%s” is asked for by %s', (by, text, as) => {
    expect(readQuery(by, text)?.query.by).toBe(as);
  });

  test('a wrong check digit is said and searched for all the same', () => {
    const read = readQuery('isbn', '9780000810015');
    expect(read?.query).toEqual({ by: 'isbn', forms: ['9780000810015'] });
    expect(read?.warning).toContain('check digit');
  });
});

describe('GraphQL', () => {
  test.each(QUERIES)('the query %s is valid in the published schema', (_name, query) => {
    expect(validate(SCHEMA, parse(query))).toEqual([]);
  });

  test('every list of linked records is asked for with a limit, since it stops at ten without one', () => {
    for (const query of [SEARCH, DETAIL]) {
      const lists = query.match(/(?:holdingsRecords2|bareHoldingsItems)(?:\(\w+: \$\w+\))?/g) ?? [];
      expect(lists.length).toBeGreaterThan(0);
      expect(lists.filter((list) => !list.includes('limit'))).toEqual([]);
    }
  });
});
