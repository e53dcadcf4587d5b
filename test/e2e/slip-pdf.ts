import { inflateSync } from 'node:zlib';
import { code128 } from '../../src-main/desk/slip-code128.ts';

/** What a test wants to know of a PDF that Chromium made: its pages, its words, and the bars drawn on it. */
export interface ReadPdf {
  /** Size of each page in millimetres. */
  readonly pages: readonly { readonly width: number; readonly height: number }[];
  /** All text in drawing order, without the spaces that lines and words are set apart by. */
  readonly text: string;
  /** Edges of the bars of the first symbol, in modules from its left end. */
  readonly bars: Symbol;
  /** The same of every symbol, in the order of the pages. */
  readonly symbols: readonly Symbol[];
}

type Symbol = readonly (readonly [from: number, to: number])[];

const MM_PER_POINT = 25.4 / 72;

/** Objects by number: the dictionary as text, and the inflated stream where there is one. */
function objectsOf(pdf: Buffer): Map<string, { readonly dictionary: string; readonly stream: string }> {
  const text = pdf.toString('latin1');
  const objects = new Map<string, { dictionary: string; stream: string }>();
  for (const match of text.matchAll(/(\d+) 0 obj\s(.*?)(?:stream\r?\n|endobj)/gs)) {
    const [whole, number = '', dictionary = ''] = match;
    const length = /\/Length (\d+)/.exec(dictionary)?.[1];
    let stream = '';
    if (!whole.endsWith('endobj') && length !== undefined) {
      const start = match.index + whole.length;
      const bytes = pdf.subarray(start, start + Number(length));
      stream = (dictionary.includes('/FlateDecode') ? inflateSync(bytes) : bytes).toString('latin1');
    }
    objects.set(number, { dictionary, stream });
  }
  return objects;
}

/** Glyph → characters, as a font's ToUnicode map says. */
function charactersOf(cmap: string): Map<number, string> {
  const characters = new Map<number, string>();
  const unicode = (hex: string): string => Buffer.from(hex, 'hex').swap16().toString('utf16le');
  for (const [, block = ''] of cmap.matchAll(/beginbfchar(.*?)endbfchar/gs)) {
    for (const [, glyph = '', to = ''] of block.matchAll(/<(\w+)>\s*<(\w+)>/g)) {
      characters.set(Number.parseInt(glyph, 16), unicode(to));
    }
  }
  for (const [, block = ''] of cmap.matchAll(/beginbfrange(.*?)endbfrange/gs)) {
    for (const [, from = '', end = '', to = ''] of block.matchAll(/<(\w+)>\s*<(\w+)>\s*<(\w+)>/g)) {
      const first = Number.parseInt(from, 16);
      const start = unicode(to).codePointAt(0) ?? 0;
      for (let glyph = first; glyph <= Number.parseInt(end, 16); glyph++) {
        characters.set(glyph, String.fromCodePoint(start + glyph - first));
      }
    }
  }
  return characters;
}

export function readPdf(pdf: Buffer): ReadPdf {
  const objects = objectsOf(pdf);
  const all = [...objects.values()];
  const fonts = new Map<string, { readonly characters: Map<number, string>; readonly digits: number }>();
  for (const { dictionary } of all) {
    for (const [, name = '', number = ''] of dictionary.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
      const font = objects.get(number)?.dictionary ?? '';
      const map = /\/ToUnicode (\d+) 0 R/.exec(font)?.[1] ?? '';
      const digits = font.includes('/Type0') ? 4 : 2;
      fonts.set(name, { characters: charactersOf(objects.get(map)?.stream ?? ''), digits });
    }
  }
  const order = all.find(({ dictionary }) => /\/Type ?\/Pages\b/.test(dictionary))?.dictionary ?? '';
  const drawn = [...(/\/Kids ?\[(.*?)\]/s.exec(order)?.[1]?.matchAll(/(\d+) 0 R/g) ?? [])].map(
    ([, number = '']) => objects.get(number)?.dictionary ?? '',
  );
  const drawing = drawn
    .map((page) => objects.get(/\/Contents (\d+) 0 R/.exec(page)?.[1] ?? '')?.stream ?? '')
    .join('\n');
  let text = '';
  let font = fonts.get('');
  for (const [, name, glyphs] of drawing.matchAll(/\/(F\d+) [\d.]+ Tf|<([\dA-F]+)> ?Tj/gi)) {
    if (name !== undefined) font = fonts.get(name);
    for (const glyph of glyphs?.match(new RegExp(`.{${font?.digits ?? 2}}`, 'g')) ?? []) {
      text += font?.characters.get(Number.parseInt(glyph, 16)) ?? '\uFFFD';
    }
  }
  const bars = [...drawing.matchAll(/(\d+) 0 m\s+(\d+) 0 l\s+\2 1 l\s+\1 1 l/g)].map(
    ([, from = '', to = '']): readonly [number, number] => [Number(from), Number(to)],
  );
  const symbols: (readonly [number, number])[][] = [];
  for (const bar of bars) {
    if (bar[0] === 0) symbols.push([]);
    symbols.at(-1)?.push(bar);
  }
  const pages = drawn.map((dictionary) => {
    const [, , , width = '', height = ''] =
      /\/MediaBox ?\[([\d.]+) ([\d.]+) ([\d.]+) ([\d.]+)\]/.exec(dictionary) ?? [];
    return { width: Number(width) * MM_PER_POINT, height: Number(height) * MM_PER_POINT };
  });
  return { pages, text: text.replaceAll(/\s+/g, ''), bars: symbols[0] ?? [], symbols };
}

/** Widths of bars and spaces as `Slip.barcode.widths` gives them. */
export function widthsOf(bars: ReadPdf['bars']): string {
  return bars
    .map(([from, to], place) => `${place === 0 ? '' : from - (bars[place - 1]?.[1] ?? 0)}${to - from}`)
    .join('');
}

/** What a scanner reads from a symbol: Code 128, sets B and C (ISO/IEC 15417). Throws where it is no such symbol. */
export function readSymbol(symbol: Symbol): string {
  const values = (widthsOf(symbol).slice(0, -7).match(/.{6}/g) ?? []).map((pattern) => {
    const value = VALUES.get(pattern);
    if (value === undefined) throw new Error(`no symbol character has the widths ${pattern}`);
    return value;
  });
  const check = values.slice(0, -1).reduce((sum, value, place) => sum + value * Math.max(1, place), 0) % 103;
  if (check !== values.at(-1)) throw new Error('the check character is wrong');
  let inC = values[0] === START_C;
  let text = '';
  for (const value of values.slice(1, -1)) {
    if (inC && value === TO_B) inC = false;
    else if (!inC && value === TO_C) inC = true;
    else text += inC ? String(value).padStart(2, '0') : String.fromCharCode(value + 32);
  }
  return text;
}

const TO_C = 99;
const TO_B = 100;
const START_C = 105;

/** Patterns by their values, from symbols whose characters are known; another implementation's agree with them. */
const VALUES: ReadonlyMap<string, number> = new Map([
  ...Array.from({ length: 100 }, (_, value): [string, number] => [
    (code128(String(value).padStart(2, '0')) ?? '').slice(6, 12),
    value,
  ]),
  // "1234A": start C, 12, 34, to set B.
  [(code128('1234A') ?? '').slice(18, 24), TO_B],
  // Only check characters have these here: (105 + 1 + 2 × 49) mod 103 and (105 + 0 + 2 × 50) mod 103.
  [(code128('0149') ?? '').slice(18, 24), 101],
  [(code128('0050') ?? '').slice(18, 24), 102],
  [(code128('A') ?? '').slice(0, 6), 104],
  [(code128('12') ?? '').slice(0, 6), START_C],
]);
