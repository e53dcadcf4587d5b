import { TIMING } from './intake-timing.ts';

/** One scan of the test label, as it came in. */
export interface LabelScan {
  readonly raw: string;
  /** The key after it; undefined where there was none. */
  readonly ending: 'Enter' | 'Tab' | undefined;
  /** Usual time between two keys, milliseconds; undefined where it came so slowly that it was taken for typing. */
  readonly gapMs: number | undefined;
}

/** A keyboard language that scanner and computer do not share: the one the computer has, or the one the scanner has. */
export type Layout = 'german' | 'swiss' | 'french' | 'nordic' | 'southern' | 'scanner-german' | 'caps-lock';

export interface ScannerFindings {
  readonly raw: string;
  readonly ending: LabelScan['ending'];
  readonly gapMs: number | undefined;
  /** Slower than Carrel takes for a machine at once. */
  readonly slow: boolean;
  /** What the scanner sends before and after the label, which stands on no label. */
  readonly prefix: string;
  readonly suffix: string;
  /** The languages that explain what came instead; several are alike in the label's characters. */
  readonly layout: Layout | undefined;
  /** Characters that came as another one, each once, in the order of the label. */
  readonly changed: readonly { readonly sent: string; readonly came: string }[];
  /** Characters of the label that did not come at all. */
  readonly dropped: readonly string[];
  /** Characters inside the label that do not belong there. */
  readonly added: readonly string[];
  /** Nothing has to be done. */
  readonly good: boolean;
}

/** Sent with a US keyboard's keys (but `scanner-german`), what a computer of that language makes of the label's characters. */
const LAYOUTS: Readonly<Record<Exclude<Layout, 'caps-lock'>, Readonly<Record<string, string>>>> = {
  german: { '-': 'ß', _: '?', '/': '-', y: 'z', z: 'y', Y: 'Z', Z: 'Y' },
  swiss: { '-': "'", _: '?', '/': '-', y: 'z', z: 'y', Y: 'Z', Z: 'Y' },
  french: {
    ...{ '-': ')', _: '°', '/': '!', m: ',', M: '?', q: 'a', a: 'q', z: 'w', w: 'z', Q: 'A', A: 'Q', Z: 'W', W: 'Z' },
    ...{ '0': 'à', '1': '&', '2': 'é', '3': '"', '4': "'", '5': '(', '6': '-', '7': 'è', '8': '_', '9': 'ç' },
  },
  nordic: { '-': '+', _: '?', '/': '-' },
  southern: { '-': "'", _: '?', '/': '-' },
  'scanner-german': { '-': '/', _: '?', '/': '&', y: 'z', z: 'y', Y: 'Z', Z: 'Y' },
};

/** Only this share of the label or more is taken for it: a label of digits alone, such as an item's, never reaches it. */
const ALIKE = 0.5;

/** What the label becomes on the way, under each language that could be at fault; undefined: as it is. */
function readings(label: string): readonly { readonly layout: Layout | undefined; readonly text: string }[] {
  const mapped = Object.entries(LAYOUTS).map(([layout, map]) => ({
    layout: layout as Layout,
    text: Array.from(label, (one) => map[one] ?? one).join(''),
  }));
  const inverted = Array.from(label, (one) => (one === one.toUpperCase() ? one.toLowerCase() : one.toUpperCase()));
  return [{ layout: undefined, text: label }, ...mapped, { layout: 'caps-lock', text: inverted.join('') }];
}

/** A scan is of the test label, whatever became of it on the way; anything else is a scan like every other. */
export function isLabel(raw: string, label: string): boolean {
  return readings(label).some(({ text }) => shared(text, raw).length >= ALIKE * label.length);
}

/** What a scan of the test label shows of the scanner, its settings and this computer's keyboard. */
export function readLabel(scan: LabelScan, label: string): ScannerFindings {
  const { raw, ending, gapMs } = scan;
  const best = readings(label)
    .map((one) => ({ ...one, places: shared(one.text, raw) }))
    // The first of equals wins: no language is blamed where the label came as it is.
    .reduce((most, one) => (one.places.length > most.places.length ? one : most));
  const { prefix, suffix, changed, dropped, added } = compare(label, best.text, raw, best.places);
  const slow = gapMs === undefined || gapMs > TIMING.machineGapCeiling;
  const whole = dropped.length === 0 && added.length === 0 && changed.length === 0;
  return {
    raw,
    ending,
    gapMs,
    slow,
    prefix,
    suffix,
    layout: best.layout,
    changed,
    dropped,
    added,
    good: whole && !slow && prefix === '' && suffix === '' && ending !== undefined,
  };
}

/** A character of one text and the place of the same one in the other. */
type Pair = readonly [at: number, inRaw: number];

function compare(label: string, expected: string, raw: string, places: readonly Pair[]) {
  const lost: string[] = [];
  const added: string[] = [];
  const changed = new Map<string, string>();
  for (const [at] of places) {
    const sent = label[at] ?? '';
    if (expected[at] !== sent) changed.set(sent, expected[at] ?? '');
  }
  const last = places.at(-1) ?? [-1, -1];
  const ends: readonly Pair[] = [...places, [label.length, raw.length]];
  let before: Pair = [-1, -1];
  for (const pair of ends) {
    const missing = label.slice(before[0] + 1, pair[0]);
    const extra = raw.slice(before[1] + 1, pair[1]);
    // Outside the label itself nothing stands in another's place, unless something of the label is missing there.
    const outside = before[0] === -1 || before[0] === last[0];
    const pairs = Math.min(missing.length, extra.length);
    const head = outside && before[0] === -1 ? extra.length - pairs : 0;
    for (let index = 0; index < pairs; index += 1) {
      changed.set(missing[index] ?? '', extra[head + index] ?? '');
    }
    lost.push(...Array.from(missing.slice(pairs)));
    if (!outside) added.push(...Array.from(extra.slice(pairs)));
    before = pair;
  }
  const [first] = places;
  const prefixEnd = (first?.[1] ?? 0) - (first?.[0] ?? 0);
  const suffixStart = last[1] + 1 + (label.length - 1 - last[0]);
  return {
    prefix: raw.slice(0, Math.max(0, prefixEnd)),
    suffix: raw.slice(suffixStart),
    changed: [...changed].map(([sent, came]) => ({ sent, came })),
    dropped: lost,
    added,
  };
}

/**
 * The longest common subsequence of two texts, as pairs of places. Both are short. Of several the latest places count, so
 * that a prefix takes no character from the label; a text that is there whole is taken as it stands.
 */
function shared(one: string, other: string): readonly Pair[] {
  const whole = other.lastIndexOf(one);
  if (whole >= 0) return Array.from(one, (_, place) => [place, whole + place]);
  const rows = Array.from({ length: one.length + 1 }, () => new Array<number>(other.length + 1).fill(0));
  /** How much the first `row` and `column` characters of the two have in common. */
  const at = (row: number, column: number): number => rows[row]?.[column] ?? 0;
  for (let row = 1; row <= one.length; row += 1) {
    const cells = rows[row] ?? [];
    for (let column = 1; column <= other.length; column += 1) {
      const same = one[row - 1] === other[column - 1];
      cells[column] = same ? at(row - 1, column - 1) + 1 : Math.max(at(row - 1, column), at(row, column - 1));
    }
  }
  const pairs: Pair[] = [];
  let row = one.length;
  let column = other.length;
  while (row > 0 && column > 0) {
    if (one[row - 1] === other[column - 1]) {
      row -= 1;
      column -= 1;
      pairs.push([row, column]);
    } else if (at(row - 1, column) >= at(row, column - 1)) row -= 1;
    else column -= 1;
  }
  return pairs.reverse();
}
