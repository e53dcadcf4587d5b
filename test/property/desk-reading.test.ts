import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RAW_LIMIT, ReadingKind } from '../../src-main/contract/scan.ts';
import { readScan } from '../../src-main/desk/barcodes.ts';
import { DESK } from '../unit/desk-cases.ts';

const PIECES = [
  '30234000517861',
  '33191000105864',
  '20234000517863',
  '30234000517862',
  '9780571364879',
  '978-0-571-36487-9',
  'RVR-3184',
  'rvr-3184',
  'EAST-322-9157',
  ']C0',
  ']E0',
  '*',
  'A',
  'b',
  ' ',
  '\r\n',
  '\u001d',
  '51995',
  'ISBN',
  '-',
  '7',
];

/** Strings of any kind, and strings glued together from what scanners really send. */
const raws = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.string({ unit: 'grapheme', maxLength: 80 }),
  fc.string({ unit: fc.constantFrom(...Array.from('0123456789ABCDabcdXx-* ]/')), maxLength: 40 }),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 6 }).map((parts) => parts.join('')),
);

/** True when the letters and digits of `small` occur in `big` in this order, ignoring case. */
function isDrawnFrom(small: string, big: string): boolean {
  const rest = big.toUpperCase();
  let at = 0;
  for (const char of small.toUpperCase()) {
    const found = rest.indexOf(char, at);
    if (found < 0) return false;
    at = found + char.length;
  }
  return true;
}

describe('reading any string', () => {
  it('gives a kind, invents nothing, and reads its own barcode as the same barcode', () => {
    fc.assert(
      fc.property(raws, (raw) => {
        const read = readScan(raw, DESK);
        expect(ReadingKind.options).toContain(read.kind);
        expect(isDrawnFrom(read.barcode, raw)).toBe(true);
        expect(readScan(read.barcode, DESK).barcode).toBe(read.barcode);
        expect(read.barcode === '').toBe(read.kind === 'unreadable');
        expect(read.halves === undefined || read.halves.join('') === read.barcode).toBe(true);
        for (const candidate of read.candidates) expect(isDrawnFrom(candidate, raw)).toBe(true);
        if (read.candidates.length > 0) expect(read.candidates[0]).toBe(read.barcode);
      }),
      { numRuns: 3000 },
    );
  });

  it('is the same whatever stands around the label: stars, spaces, control characters, an AIM identifier', () => {
    const label = fc.constantFrom('30234000517861', 'RVR-3184', 'EAST-322-9157', '9780571364879', 'b1234567x');
    const around = fc.constantFrom(
      (l: string) => `*${l}*`,
      (l: string) => ` ${l}\r\n`,
      (l: string) => `]C0${l}`,
      (l: string) => `\u0002${l}\u0003`,
      (l: string) => l.split('').join('\u200b'),
    );
    fc.assert(
      fc.property(label, fc.array(around, { maxLength: 4 }), (l, wraps) => {
        const raw = wraps.reduce<string>((text, wrap) => wrap(text), l);
        const plain = readScan(l, DESK);
        expect(readScan(raw, DESK)).toMatchObject({ barcode: plain.barcode, kind: plain.kind });
      }),
    );
  });

  it('never throws at ten kilobytes of anything, and keeps no more than the limit', () => {
    const big = fc
      .tuple(raws, fc.integer({ min: 1, max: RAW_LIMIT }))
      .map(([piece, length]) => (piece === '' ? 'x' : piece).repeat(Math.ceil(length / Math.max(1, piece.length))));
    fc.assert(
      fc.property(big, (raw) => {
        const read = readScan(raw, DESK);
        expect(read.raw.length).toBeLessThanOrEqual(RAW_LIMIT);
        expect(read.candidates.every((c) => c.length <= 64)).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  it('tells any two library labels in one burst apart', () => {
    const label = fc.tuple(fc.constantFrom('2', '3'), fc.integer({ min: 0, max: 999_999_999_999 })).map(([kind, n]) => {
      const body = `${kind}${String(n).padStart(12, '0')}`;
      const sum = Array.from(body).reduce((total, digit, i) => {
        const weighted = Number(digit) * (i % 2 === 0 ? 2 : 1);
        return total + (weighted > 9 ? weighted - 9 : weighted);
      }, 0);
      return `${body}${String((10 - (sum % 10)) % 10)}`;
    });
    fc.assert(
      fc.property(label, label, (a, b) => {
        const read = readScan(a + b, DESK);
        if (a === b) expect(read.barcode).toBe(a);
        else expect(read).toMatchObject({ halves: [a, b], sureSplit: true });
      }),
    );
  });
});
