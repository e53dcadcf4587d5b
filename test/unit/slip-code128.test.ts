import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { code128, code128Values } from '../../src-main/desk/slip-code128.ts';
import { barsOf, PRINTED_MM } from '../../src-renderer/parts/slip-bars.ts';
import { sampleSlip } from '../../src-renderer/state/slip-sample.ts';

/** Reads symbol characters back by the rules of ISO/IEC 15417, without the encoder's choices. */
function decode(values: readonly number[]): string {
  let inC = values[0] === 105;
  let text = '';
  for (const value of values.slice(1, -2)) {
    if (inC && value === 100) inC = false;
    else if (!inC && value === 99) inC = true;
    else text += inC ? String(value).padStart(2, '0') : String.fromCharCode(value + 32);
  }
  return text;
}

const printable = fc.string({
  unit: fc.integer({ min: 32, max: 126 }).map((c) => String.fromCharCode(c)),
  minLength: 1,
  maxLength: 32,
});
const labels = fc.oneof(
  printable,
  fc.stringMatching(/^[A-Z]{0,6}-?\d{1,16}[A-Z]?$/).filter((text) => text !== ''),
);

/** Widths of bars and spaces as bwip-js 4.11.4 gives them. */
const ELSEWHERE = {
  'RVR-3184': '2112142311313111232311311221321131412123211241121242112331112',
  '31234000123456': '2112322123213121312311132122221122321311233311212123212331112',
  AB123456C: '2112141113231311231131411122321311233311211141311313211341112331112',
};

describe('Code 128', () => {
  it('begins with the start character of its set and ends with check and stop', () => {
    // Start B is 104, `A` is 33: (104 + 1 × 33) mod 103 = 34.
    expect(code128Values('A')).toEqual([104, 33, 34, 106]);
    // Start C is 105, the pairs are 12 and 34: (105 + 1 × 12 + 2 × 34) mod 103 = 82.
    expect(code128Values('1234')).toEqual([105, 12, 34, 82, 106]);
  });

  it.each(Object.entries(ELSEWHERE))('draws %s as another implementation does', (text, widths) => {
    expect(code128(text)).toBe(widths);
  });

  it('changes to pairs of digits only where that is shorter', () => {
    expect(code128Values('AB123')).toHaveLength(1 + 5 + 2);
    expect(code128Values('AB1234')).toHaveLength(1 + 2 + 1 + 2 + 2);
    expect(code128Values('AB1234C')).toHaveLength(1 + 7 + 2);
    expect(code128Values('AB123456C')).toHaveLength(1 + 2 + 1 + 3 + 1 + 1 + 2);
  });

  it('reads back as what was written, with the right check character', () => {
    fc.assert(
      fc.property(labels, (text) => {
        const values = code128Values(text);
        if (values === undefined) throw new Error(`no symbol for ${text}`);
        expect(decode(values)).toBe(text);
        const check = values.slice(0, -2).reduce((sum, value, place) => sum + value * Math.max(1, place), 0) % 103;
        expect(values.at(-2)).toBe(check);
      }),
    );
  });

  it('keeps the parity that scanners check: eleven modules and an even number of bar modules to a character', () => {
    fc.assert(
      fc.property(labels, (text) => {
        const widths = code128(text) ?? '';
        const characters = widths.slice(0, -7).match(/.{6}/g) ?? [];
        expect(characters.join('') + widths.slice(-7)).toBe(widths);
        for (const character of characters) {
          const sizes = Array.from(character, Number);
          expect(sizes.reduce((a, b) => a + b)).toBe(11);
          expect(sizes.filter((_, i) => i % 2 === 0).reduce((a, b) => a + b) % 2).toBe(0);
        }
        expect(widths.slice(-7)).toBe('2331112');
      }),
    );
  });

  it.each(['', 'Ödegård-1', 'tab\there', 'x'.repeat(33), '１２３'])('makes no symbol of %j', (text) => {
    expect(code128(text)).toBeUndefined();
  });
});

describe('the symbol on paper', () => {
  it('uses whole printer dots, so that no bar is blurred, where the paper is wide enough', () => {
    const wide = barsOf(code128('RVR-3184') ?? '', '80mm');
    expect(wide.widthMm / wide.modules).toBe(0.375);
    const narrow = barsOf(code128('RVR-3184') ?? '', '58mm');
    expect(narrow.widthMm / narrow.modules).toBe(0.25);
    // Too long for two dots to a module on 48 mm: as wide as fits.
    const long = barsOf(code128('ABCDEFGHIJKLMNOPQRSTUVWXYZ') ?? '', '58mm');
    expect(long.widthMm / long.modules).toBeCloseTo(48 / (long.modules + 20));
  });

  it('always leaves the quiet zones on the printed width', () => {
    fc.assert(
      fc.property(labels, fc.constantFrom('80mm', '58mm', 'a6'), (text, paper) => {
        const { modules, widthMm } = barsOf(code128(text) ?? '', paper);
        expect(widthMm + 20 * (widthMm / modules)).toBeLessThanOrEqual(PRINTED_MM[paper] + 1e-9);
      }),
    );
  });

  it('draws each bar where the widths say', () => {
    expect(barsOf('211214', '80mm')).toMatchObject({ modules: 11, path: 'M0 0h2v1h-2zM3 0h1v1h-1zM6 0h1v1h-1z' });
  });
});

test('the sample slip of the settings carries the bars of its own number', () => {
  const { barcode } = sampleSlip('2026-11-23T14:00:00Z');
  expect(barcode.widths).toBe(code128(barcode.text));
});
