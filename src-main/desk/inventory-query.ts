import type { InventoryQuery } from '../contract/inventory.ts';
import type { SearchBy } from '../contract/place.ts';
import { isbnIn, issnIn, lccnOf, markedOclcNumber, oclcForms, oclcNumberOf } from './bib-numbers.ts';

/** What a search is taken for, and a sentence about it where people should know. */
export interface ReadQuery {
  readonly query: InventoryQuery;
  /** What is searched for, as shown above the results. */
  readonly readAs: string;
  readonly warning?: string;
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Reads what was typed or scanned into the search. With `anything`, text that shows by itself what it is (a UUID, an ISBN, an
 * ISSN, a marked OCLC number) is searched as that. Wrong check digits are said and searched all the same, because catalogues
 * hold wrong numbers too. Undefined for empty text.
 */
export function readQuery(by: SearchBy, text: string): ReadQuery | undefined {
  const typed = text.trim();
  if (typed === '') return undefined;
  switch (by) {
    case 'anything':
      return readAnything(typed);
    case 'isbn':
      return readIsbn(typed);
    case 'issn':
      return readIssn(typed);
    case 'oclc':
      return readOclc(typed);
    case 'lccn':
      return readLccn(typed);
    case 'title':
      return { query: { by: 'title', words: titleWords(typed) }, readAs: `Title: ${typed}` };
    case 'author':
      return { query: { by: 'author', words: typed }, readAs: `Author: ${typed}` };
  }
}

function readAnything(typed: string): ReadQuery {
  if (UUID.test(typed))
    return { query: { by: 'id', id: typed.toLowerCase() }, readAs: `Record ${typed.toLowerCase()}` };
  if (isbnIn(typed) !== undefined && isNumberLike(typed)) return readIsbn(typed);
  if (issnIn(typed) !== undefined && isNumberLike(typed)) return readIssn(typed);
  const oclc = markedOclcNumber(typed);
  if (oclc !== undefined) return readOclc(typed);
  return { query: { by: 'anything', words: typed }, readAs: `Words: ${typed}` };
}

/** A number with what is printed around it, and not a title that has a number in it. */
function isNumberLike(text: string): boolean {
  return !/\p{L}{3,}/u.test(text.replace(/ISBN|ISSN|\(.*?\)/gi, ''));
}

function readIsbn(typed: string): ReadQuery {
  const isbn = isbnIn(typed);
  if (isbn !== undefined) {
    const forms = isbn.isbn10 === undefined ? [isbn.isbn13] : [isbn.isbn13, isbn.isbn10];
    return { query: { by: 'isbn', forms }, readAs: `ISBN ${forms.join(' or ')}` };
  }
  const bare = typed.replace(/[-\s]/g, '');
  return {
    query: { by: 'isbn', forms: [bare] },
    readAs: `ISBN ${bare}`,
    warning: `${bare} is not a right ISBN: its check digit does not fit. It was searched for all the same.`,
  };
}

function readIssn(typed: string): ReadQuery {
  const issn = issnIn(typed);
  const shown = issn ?? typed;
  const query: InventoryQuery = { by: 'issn', forms: [...new Set([shown, shown.replace('-', '')])] };
  const readAs = `ISSN ${shown}`;
  return issn === undefined
    ? {
        query,
        readAs,
        warning: `${typed} is not a right ISSN: its check digit does not fit. It was searched for all the same.`,
      }
    : { query, readAs };
}

function readOclc(typed: string): ReadQuery {
  const number = oclcNumberOf(typed);
  return number === undefined
    ? {
        query: { by: 'oclc', forms: [typed] },
        readAs: `OCLC number ${typed}`,
        warning: `${typed} does not look like an OCLC number. It was searched for all the same.`,
      }
    : { query: { by: 'oclc', forms: oclcForms(number) }, readAs: `OCLC number ${number}` };
}

function readLccn(typed: string): ReadQuery {
  const canonical = lccnOf(typed);
  const forms = [...new Set([canonical ?? typed, typed])];
  const read: ReadQuery = { query: { by: 'lccn', forms }, readAs: `LCCN ${canonical ?? typed}` };
  return canonical === undefined
    ? { ...read, warning: `${typed} does not look like an LCCN. It was searched for all the same.` }
    : read;
}

const ARTICLE = /^(?:the|an?|der|die|das|ein|eine|le|la|les|el|los|las|il|lo|gli|de|het|een)\s+(?=\S)/i;

/** The words of a title worth searching for: without subtitle, statement of responsibility and leading article. */
export function titleWords(title: string): string {
  const main = title.split(/ [/:] /)[0] ?? title;
  const bare = main.replace(/[\s/:.,;=]+$/, '').trim();
  return bare.replace(ARTICLE, '') || title;
}
