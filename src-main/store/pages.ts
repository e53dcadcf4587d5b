/**
 * Reads rows out of single pages of a SQLite file, without the tree that leads to them
 * (https://sqlite.org/fileformat2.html, "B-tree Pages" and "Record Format"). For files that SQLite itself refuses.
 */

/** What a column may hold; a journal has no BLOBs and no REALs, so rows with those are somebody else's. */
export type Cell = string | number | null;

export interface RawRow {
  readonly rowid: number;
  readonly cells: readonly Cell[];
}

/** The content of a page, by its number (from 1), for rows that run over into other pages. */
export type PageReader = (page: number) => Buffer | undefined;

const TABLE_LEAF = 0x0d;
/** Page 1 begins with the file header. */
const FILE_HEADER = 100;
/** No row of a journal is longer, bytes; a damaged length is not followed further. */
const LONGEST_ROW = 4 * 1024 * 1024;

/** A sign that bytes are not what they should be: the row is passed over. */
class Unreadable extends Error {}

/**
 * All rows of a table's leaf page that can be read; rows that cannot are passed over. A page of another sort has none.
 * @param isFirst whether it is page 1
 */
export function rowsOfPage(page: Buffer, isFirst: boolean, read: PageReader): readonly RawRow[] {
  const start = isFirst ? FILE_HEADER : 0;
  if (page.length < start + 8 || page[start] !== TABLE_LEAF) return [];
  const rows: RawRow[] = [];
  const pointers = start + 8;
  const count = Math.min(page.readUInt16BE(start + 3), Math.floor((page.length - pointers) / 2));
  for (let n = 0; n < count; n += 1) {
    try {
      rows.push(rowAt(page, page.readUInt16BE(pointers + 2 * n), read));
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
    }
  }
  return rows;
}

function rowAt(page: Buffer, offset: number, read: PageReader): RawRow {
  const cursor = { bytes: page, at: offset };
  const length = varint(cursor);
  const rowid = varint(cursor);
  if (length > LONGEST_ROW) throw new Unreadable();
  return { rowid, cells: cellsOf(payload(page, cursor.at, length, read)) };
}

/** The row's bytes: what lies in the page, and the rest from its chain of overflow pages. */
function payload(page: Buffer, at: number, length: number, read: PageReader): Buffer {
  const usable = page.length;
  const most = usable - 35;
  if (length <= most) return slice(page, at, length);
  const least = Math.floor(((usable - 12) * 32) / 255) - 23;
  const wanted = least + ((length - least) % (usable - 4));
  const local = wanted <= most ? wanted : least;
  const parts = [slice(page, at, local)];
  let next = slice(page, at + local, 4).readUInt32BE(0);
  for (let left = length - local; left > 0;) {
    const overflow = next === 0 ? undefined : read(next);
    if (overflow === undefined) throw new Unreadable();
    const part = slice(overflow, 4, Math.min(left, usable - 4));
    parts.push(part);
    left -= part.length;
    next = overflow.readUInt32BE(0);
  }
  return Buffer.concat(parts);
}

/** Big-endian integers by their serial type. */
const INTEGER_BYTES: Readonly<Record<number, number>> = { 1: 1, 2: 2, 3: 3, 4: 4, 5: 6 };

function cellsOf(row: Buffer): readonly Cell[] {
  const header = { bytes: row, at: 0 };
  const end = varint(header);
  const cells: Cell[] = [];
  let at = end;
  while (header.at < end) {
    const type = varint(header);
    const bytes = INTEGER_BYTES[type];
    if (type === 0) cells.push(null);
    else if (type === 8 || type === 9) cells.push(type - 8);
    else if (bytes !== undefined) {
      cells.push(slice(row, at, bytes).readIntBE(0, bytes));
      at += bytes;
    } else if (type >= 13 && type % 2 === 1) {
      const length = (type - 13) / 2;
      cells.push(slice(row, at, length).toString('utf8'));
      at += length;
    } else throw new Unreadable();
  }
  return cells;
}

/** SQLite's variable-length integer: seven bits a byte, the ninth byte whole. More than 2^53 is no length or seq of ours. */
function varint(cursor: { readonly bytes: Buffer; at: number }): number {
  let value = 0;
  for (let n = 0; n < 8; n += 1) {
    const byte = cursor.bytes[cursor.at];
    if (byte === undefined) throw new Unreadable();
    cursor.at += 1;
    value = value * 128 + (byte & 0x7f);
    if (byte < 0x80) return value;
    if (!Number.isSafeInteger(value)) throw new Unreadable();
  }
  throw new Unreadable();
}

function slice(bytes: Buffer, at: number, length: number): Buffer {
  if (at + length > bytes.length) throw new Unreadable();
  return bytes.subarray(at, at + length);
}
