import type { InventoryQuery } from '../contract/inventory.ts';
import type { SearchBy } from '../contract/place.ts';
import { readQuery, titleWords } from './inventory-query.ts';
import { readSeparated } from './separated.ts';

/** Requests placed from one file at most; each is several calls to three systems. */
const MOST = 200;

/** A row of a file of requests, read and not yet looked up. */
export interface FileRow {
  readonly line: number;
  /** What it asks for, in words. */
  readonly asked: string;
  readonly query?: InventoryQuery;
  readonly patron: string;
  /** Slug or name of a pickup location. */
  readonly pickup: string;
  /** `YYYY-MM-DD`. */
  readonly neededBy?: string;
  readonly note?: string;
  /** Why it cannot be looked up. */
  readonly trouble?: string;
}

export type PlaceFile =
  | { readonly ok: true; readonly rows: readonly FileRow[]; readonly notes: readonly string[] }
  | { readonly ok: false; readonly sentence: string };

/** Columns and what else they may be called, without case, blanks, `-` and `_`. */
const COLUMNS = {
  id: ['id', 'uuid', 'instance', 'instanceid', 'record'],
  oclc: ['oclc', 'oclcnumber', 'ocn'],
  isbn: ['isbn', 'isbn13', 'isbn10'],
  lccn: ['lccn'],
  issn: ['issn'],
  title: ['title'],
  author: ['author'],
  patron: ['patron', 'patronid', 'patronidentifier', 'patronbarcode', 'card', 'barcode'],
  pickup: ['pickup', 'pickuplocation', 'pickupslug', 'slug'],
  neededBy: ['neededby', 'needby', 'needbefore', 'needbydate'],
  note: ['note', 'notes', 'patronnote'],
} as const;
type Column = keyof typeof COLUMNS;

/** Numbers by which a record is looked for, the surest first. */
const NUMBERS = ['id', 'oclc', 'isbn', 'lccn', 'issn'] as const;

/** Reads a file of requests: a first line of column names, then one request a line. */
export function readPlaceFile(text: string): PlaceFile {
  const [head, ...lines] = readSeparated(text);
  if (head === undefined || lines.length === 0) {
    return bad('The file has no requests in it: it needs a line of column names and one line for each request.');
  }
  const columns = head.cells.map(columnOf);
  const missing = (['patron', 'pickup'] as const).filter((one) => !columns.includes(one));
  if (missing.length > 0) {
    return bad(`The first line names no column “${missing.join('” and no “')}”. Every request needs both.`);
  }
  if (![...NUMBERS, 'title'].some((one) => columns.includes(one as Column))) {
    return bad('The first line names nothing to search by. It needs one of: id, oclc, isbn, lccn, issn, title.');
  }
  if (lines.length > MOST) {
    return bad(`The file has ${lines.length} requests; ${MOST} can be placed together. Split it.`);
  }
  const rest = head.cells.filter((name, at) => columns[at] === undefined && name !== '');
  const rows = lines.map(({ line, cells }) => rowOf(line, (column) => cells[columns.indexOf(column)] ?? ''));
  const notes = rest.length === 0 ? [] : [`Columns that mean nothing here were left out: ${rest.join(', ')}.`];
  return { ok: true, rows, notes };
}

function bad(sentence: string): PlaceFile {
  return { ok: false, sentence };
}

function columnOf(name: string): Column | undefined {
  const bare = name.toLowerCase().replace(/[\s_-]/g, '');
  return (Object.keys(COLUMNS) as Column[]).find((column) => (COLUMNS[column] as readonly string[]).includes(bare));
}

function rowOf(line: number, cell: (column: Column) => string): FileRow {
  const searched = searchOf(cell);
  const neededBy = cell('neededBy');
  const note = cell('note').slice(0, 255);
  const trouble =
    searched === undefined
      ? 'It says nothing to search by.'
      : cell('patron') === ''
        ? 'It names no patron.'
        : cell('pickup') === ''
          ? 'It names no pickup location.'
          : neededBy !== '' && !isDay(neededBy)
            ? `“${neededBy}” is no day as 2026-12-24.`
            : undefined;
  return {
    line,
    asked: searched?.readAs ?? '',
    patron: cell('patron'),
    pickup: cell('pickup'),
    ...(searched === undefined ? {} : { query: searched.query }),
    ...(neededBy === '' ? {} : { neededBy }),
    ...(note === '' ? {} : { note }),
    ...(trouble === undefined ? {} : { trouble }),
  };
}

function searchOf(cell: (column: Column) => string): { query: InventoryQuery; readAs: string } | undefined {
  for (const column of NUMBERS) {
    const by: SearchBy = column === 'id' ? 'anything' : column;
    const read = readQuery(by, cell(column));
    // An id that is none would be searched for as words.
    if (read !== undefined && (column !== 'id' || read.query.by === 'id')) return read;
  }
  const [title, author] = [cell('title'), cell('author')];
  if (title === '') return undefined;
  if (author === '') return readQuery('title', title);
  return { query: { by: 'title-and-author', title: titleWords(title), author }, readAs: `${title} / ${author}` };
}

function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && new Date(`${text}T00:00:00Z`).toISOString().startsWith(text);
}
