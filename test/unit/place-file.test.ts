import { describe, expect, test } from 'vitest';
import { readPlaceFile } from '../../src-main/desk/place-file.ts';
import { readSeparated } from '../../src-main/desk/separated.ts';
import { Sealer } from '../../src-main/settings/seal.ts';

/** Files of requests as offices and spreadsheets write them. */
const cells = (text: string) => readSeparated(text).map((row) => row.cells);

describe('separated values', () => {
  test('quotes, separators and line ends inside them, a mark before the first byte, empty lines', () => {
    const text = '\uFEFFtitle,note\r\n"Rope, ""walks""","two\nlines"\r\n\r\n , \nplain,"x"\n';
    expect(readSeparated(text)).toEqual([
      { line: 1, cells: ['title', 'note'] },
      { line: 2, cells: ['Rope, "walks"', 'two\nlines'] },
      { line: 6, cells: ['plain', 'x'] },
    ]);
  });

  test('semicolons and tabs, as spreadsheets of other countries save them', () => {
    expect(cells('a;b\n1,5;2')).toEqual([
      ['a', 'b'],
      ['1,5', '2'],
    ]);
    expect(cells('a\tb\n1\t2')).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ]);
  });
});

const rows = (text: string) => {
  const file = readPlaceFile(text);
  if (!file.ok) throw new Error(file.sentence);
  return file.rows;
};

describe('a file of requests', () => {
  test('columns by any of their names, in any order; what means nothing here is named', () => {
    const file = readPlaceFile(
      'Needed-By,ISBN 13,Patron ID,Pickup Location,Shelf\n2026-12-24,9780000810014,24101,main,A3\n',
    );
    expect(file).toMatchObject({ ok: true, notes: ['Columns that mean nothing here were left out: Shelf.'] });
    expect(file.ok && file.rows).toEqual([
      {
        line: 2,
        asked: 'ISBN 9780000810014 or 0000810010',
        query: { by: 'isbn', forms: ['9780000810014', '0000810010'] },
        patron: '24101',
        pickup: 'main',
        neededBy: '2026-12-24',
      },
    ]);
  });

  test('the surest number is searched by; without one, title and author', () => {
    const head = 'id,oclc,isbn,title,author,patron,pickup\n';
    const end = ',24101,main\n';
    const asked = [
      `0b7c3a52-51a8-4d43-9a0c-2f6e6f0f9a11,810000161,9780000810014,T,A${end}`,
      `no id,810000161,9780000810014,T,A${end}`,
      `,,9780000810014,T,A${end}`,
      `,,,The tide tables,Haverkamp${end}`,
      `,,,The tide tables,${end}`,
    ].join('');
    expect(rows(head + asked).map(({ query }) => query?.by)).toEqual([
      'id',
      'oclc',
      'isbn',
      'title-and-author',
      'title',
    ]);
  });

  test.each([
    ['nothing to search by', 'isbn,patron,pickup\n,24101,main', 'It says nothing to search by.'],
    ['no patron', 'isbn,patron,pickup\n9780000810014,,main', 'It names no patron.'],
    ['no pickup location', 'isbn,patron,pickup\n9780000810014,24101,', 'It names no pickup location.'],
    [
      'no day',
      'isbn,patron,pickup,needed by\n9780000810014,24101,main,24.12.2026',
      '“24.12.2026” is no day as 2026-12-24.',
    ],
    [
      'a day that is none',
      'isbn,patron,pickup,needed by\n9780000810014,24101,main,2026-02-30',
      '“2026-02-30” is no day as 2026-12-24.',
    ],
  ])('a row with %s says so', (_what, text, trouble) => {
    expect(rows(text)[0]?.trouble).toBe(trouble);
  });

  test.each([
    ['empty', '', /no requests in it/],
    ['only names', 'isbn,patron,pickup', /no requests in it/],
    ['no patrons', 'isbn,pickup\n1,2', /no column “patron”/],
    ['nothing to search by', 'patron,pickup\n1,2', /nothing to search by/],
    ['too long', `isbn,patron,pickup\n${'9780000810014,24101,main\n'.repeat(201)}`, /201 requests; 200 can be placed/],
  ])('a file that is %s is refused in words', (_what, text, sentence) => {
    const file = readPlaceFile(text);
    expect(file.ok ? '' : file.sentence).toMatch(sentence);
  });
});

test('a mark is the same for the same text and key, and tells nothing of the text', () => {
  const [key, other] = [Sealer.newKey(), Sealer.newKey()];
  expect(new Sealer(key).mark('24101000000017')).toBe(new Sealer(key).mark('24101000000017'));
  expect(new Sealer(key).mark('24101000000017')).not.toBe(new Sealer(other).mark('24101000000017'));
  expect(new Sealer(key).mark('24101000000017')).not.toContain('24101');
});
