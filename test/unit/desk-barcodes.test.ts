import { describe, expect, it } from 'vitest';
import { RAW_LIMIT } from '../../src-main/contract/scan.ts';
import { eanHolds, isbn10Holds, luhnHolds, upcHolds } from '../../src-main/desk/checkdigits.ts';
import { DESK, reading } from './desk-cases.ts';

describe('check digits', () => {
  it('of 14-digit library labels', () => {
    expect(['30234000517861', '33191000105864'].every(luhnHolds)).toBe(true);
    // A published school sample that fails the sum; its last digit should be 6.
    expect(luhnHolds('35555000012349')).toBe(false);
    expect(luhnHolds('35555000012346')).toBe(true);
    expect(luhnHolds('3023400051786X')).toBe(false);
  });

  it('of ISBN, EAN and UPC', () => {
    expect(isbn10Holds('080442957X')).toBe(true);
    expect(isbn10Holds('0804429570')).toBe(false);
    expect(eanHolds('9780571364879')).toBe(true);
    expect(eanHolds('9780571364878')).toBe(false);
    expect(upcHolds('036000291452')).toBe(true);
    expect(upcHolds('036000291453')).toBe(false);
  });
});

// prettier-ignore
const READ: readonly [what: string, raw: string, barcode: string, kind: string, note?: string][] = [
  ['an item label',                          '30234000517861',             '30234000517861', 'item'],
  ['a label with Enter after it',            ' 30234000517861\r\n',        '30234000517861', 'item'],
  ['control characters inside',              '3023\u00024000517861',       '30234000517861', 'item', 'control-characters'],
  ['a zero-width space',                     'RVR\u200b-3184',             'RVR-3184',       'request', 'control-characters'],
  ['Code 39 stars',                          '*RVR-3184*',                 'RVR-3184',       'request', 'code39-delimiters'],
  ['Codabar letters',                        'A30234000517861B',           '30234000517861', 'item', 'codabar-delimiters'],
  ['Codabar letters, small',                 'd30234000517861d',           '30234000517861', 'item', 'codabar-delimiters'],
  ['Codabar letters of the other kind',      't30234000517861n',           '30234000517861', 'item', 'codabar-delimiters'],
  ['letters that are part of the label',     'A12B45C',                    'A12B45C',        'item'],
  ['too few digits for Codabar',             'A12B',                       'A12B',           'item'],
  ['CLSI spaces',                            '3 0234 00051 7861',          '30234000517861', 'item', 'clsi-spaces'],
  ['an AIM identifier',                      ']C0RVR-3184',                'RVR-3184',       'request', 'aim-identifier'],
  ['an AIM identifier around Codabar',       ']F0a30234000517861b',        '30234000517861', 'item', 'codabar-delimiters'],
  ['a bracket that is no AIM identifier',    ']j0123',                     ']j0123',         'item'],
  ['a request number in small letters',      'rvr-3184',                   'RVR-3184',       'request', 'caps-lock'],
  ['a request number under Caps Lock',       'rVR-3184',                   'RVR-3184',       'request', 'caps-lock'],
  ['small letters that are no request',      'b1234567x',                  'b1234567x',      'item'],
  ['a temporary label',                      'EAST-322-9157',              'EAST-322-9157',  'temporary-item'],
  ['a wrong check digit',                    '30234000517862',             '30234000517862', 'item', 'check-digit-wrong'],
  ['14 digits of another scheme',            '10234000517862',             '10234000517862', 'item'],
  ['a library card',                         '20234000517863',             '20234000517863', 'patron-card'],
  ['a short number beginning with 2',        '2000123',                    '2000123',        'item'],
  ['an EAN',                                 '9780571364879',              '9780571364879',  'isbn'],
  ['an EAN with a price beside it',          '978057136487951995',         '9780571364879',  'isbn'],
  ['an EAN with a space and a price',        '9780571364879 51995',        '9780571364879',  'isbn'],
  ['a serial with its issue',                '977147401200405',            '9771474012004',  'isbn'],
  ['an ISBN with hyphens',                   '978-0-571-36487-9',          '9780571364879',  'isbn'],
  ['an old ISBN with hyphens and X',         '0-8044-2957-X',              '080442957X',     'isbn'],
  ['an ISBN with the word',                  'ISBN: 9780571364879',        '9780571364879',  'isbn'],
  ['an ISBN typed wrongly',                  '978-0-571-36487-8',          '978-0-571-36487-8', 'isbn', 'check-digit-wrong'],
  ['13 digits that are no EAN',              '9780571364878',              '9780571364878',  'item'],
  ['a product label, told by the scanner',   ']E0036000291452',            '036000291452',   'isbn', 'aim-identifier'],
  ['the same digits without that',           '036000291452',               '036000291452',   'item'],
  ['one label read twice',                   '3023400051786130234000517861', '30234000517861', 'item', 'read-twice'],
  ['one slip read twice',                    'RVR-3184RVR-3184',           'RVR-3184',       'request', 'read-twice'],
  ['a short number with equal halves',       '12341234',                   '12341234',       'item'],
  ['nothing',                                '',                           '',               'unreadable'],
  ['only stars and dashes',                  '*--*',                       '',               'unreadable'],
  ['only control characters',                '\u0000\u001d\u007f',         '',               'unreadable'],
  ['a lone surrogate',                       '\ud800',                     '',               'unreadable'],
  ['a picture',                              '📚',                          '',               'unreadable'],
  ['letters of another script',              'Книга-12',                   'Книга-12',       'item'],
];

describe('reading a label', () => {
  it.each(READ)('%s', (_, raw, barcode, kind, note) => {
    const read = reading(raw);
    expect({ barcode: read.barcode, kind: read.kind }).toEqual({ barcode, kind });
    if (note === undefined) expect(read.notes).not.toContain('check-digit-wrong');
    else expect(read.notes).toContain(note);
  });

  it('says the symbology where the scanner sends it', () => {
    expect(reading(']C0RVR-3184').symbology).toBe('Code 128');
    expect(reading('RVR-3184').symbology).toBeUndefined();
  });

  it('looks up the request number inside a temporary label after the label itself', () => {
    expect(reading('east-322-9157').candidates).toEqual(['EAST-322-9157', 'EAST-322']);
  });

  it('looks up a label both with and without the letters it took for Codabar’s', () => {
    expect(reading('A12345B').candidates).toEqual(['12345', 'A12345B']);
  });

  it.each(['9780571364879', '', '3023400051786133191000105864', 'x'.repeat(200)])('asks no system about %j', (raw) => {
    expect(reading(raw).candidates).toEqual([]);
  });

  it('still asks about ten digits that only happen to be an ISBN', () => {
    expect(reading('0306406152')).toMatchObject({ kind: 'isbn', candidates: ['0306406152'] });
  });

  it('cuts what is longer than the limit and says so', () => {
    const read = reading(`${'a'.repeat(RAW_LIMIT - 1)}📚tail`);
    expect(read.raw).toBe('a'.repeat(RAW_LIMIT - 1));
    expect(read.notes).toContain('cut-short');
    expect(reading('a'.repeat(RAW_LIMIT)).notes).not.toContain('cut-short');
  });
});

describe('two scans in one burst', () => {
  // prettier-ignore
  const SPLITS: readonly [raw: string, first: string, second: string, sure: boolean][] = [
    ['3023400051786133191000105864',          '30234000517861', '33191000105864', true],
    ['30234000517861 33191000105864',         '30234000517861', '33191000105864', true],
    ['30234000517861\r\n33191000105864',      '30234000517861', '33191000105864', true],
    ['302340005178619780571364879',           '30234000517861', '9780571364879',  true],
    ['978057136487930234000517861',           '9780571364879',  '30234000517861', true],
    ['RVR-318430234000517861',                'RVR-3184',       '30234000517861', true],
    ['30234000517861rvr-3184',                '30234000517861', 'rvr-3184',       true],
    ['EAST-322-915730234000517861',           'EAST-322-9157',  '30234000517861', true],
    ['RVR-3184NFD-77',                        'RVR-3184',       'NFD-77',         false],
    ['3023400051786233191000105864',          '30234000517862', '33191000105864', false],
  ];
  it.each(SPLITS)('%j', (raw, first, second, sure) => {
    const read = reading(raw);
    expect(read.kind).toBe('run-together');
    expect(read.halves).toEqual([first, second]);
    expect(read.sureSplit ?? false).toBe(sure);
  });

  it('28 digits that are no two library labels have no seam, and may still be one odd label', () => {
    const read = reading('1023400051786299191000105865');
    expect(read).toMatchObject({ kind: 'run-together', candidates: ['1023400051786299191000105865'] });
    expect(read.halves).toBeUndefined();
  });
});

describe('prefixes of the desk', () => {
  it('tell cards of a longer prefix from items', () => {
    const desk = { ...DESK, patronPrefixes: ['77'], itemPrefixes: ['771'] };
    expect(reading('77000000000001', desk).kind).toBe('patron-card');
    expect(reading('77100000000001', desk).kind).toBe('item');
    expect(reading('770001', desk).kind).toBe('item');
  });

  it('of three characters or with a letter count at any length', () => {
    expect(reading('7700011', { ...DESK, patronPrefixes: ['770'] }).kind).toBe('patron-card');
    expect(reading('p700011', { ...DESK, patronPrefixes: ['P'] }).kind).toBe('patron-card');
  });

  it('make an item of a number that would else read as an ISBN', () => {
    expect(reading('0306406152', { ...DESK, itemPrefixes: ['0306'] }).kind).toBe('item');
  });
});
