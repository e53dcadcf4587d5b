/** Code 128 (ISO/IEC 15417), code sets B and C. */

/** The 107 symbol characters: widths of three bars and three spaces, bar first; the last is the stop with its end bar. */
const PATTERNS: readonly string[] = (
  '212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222 ' +
  '123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321 ' +
  '232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 ' +
  '313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 ' +
  '111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 ' +
  '111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 ' +
  '114311 411113 411311 113141 114131 311141 411131 211412 211214 211232 2331112'
).split(' ');

const TO_C = 99;
const TO_B = 100;
const START_B = 104;
const START_C = 105;
const STOP = 106;

/** Longer symbols are wider than any paper a desk uses at a width that a hand scanner reads. */
const MOST_CHARACTERS = 32;

/** How many digits stand at this place and after it without a break. */
function digitsAt(text: string, at: number): number {
  return /^\d*/.exec(text.slice(at))?.[0].length ?? 0;
}

/** Whether set C is worth changing to: four digits at either end, six between (ISO/IEC 15417, annex on shortest symbols). */
function worthC(text: string, at: number): boolean {
  const run = digitsAt(text, at);
  const atEnd = at + run === text.length;
  return run >= (at === 0 || atEnd ? 4 : 6) || (at === 0 && atEnd && run === 2);
}

/**
 * The symbol characters of a text with start, check and stop character: pairs of digits in set C where that is shorter,
 * all else in set B. Undefined for an empty or too long text and for anything but printable ASCII.
 */
export function code128Values(text: string): readonly number[] | undefined {
  if (!/^[ -~]+$/.test(text) || text.length > MOST_CHARACTERS) return undefined;
  let inC = worthC(text, 0);
  const values = [inC ? START_C : START_B];
  let at = 0;
  while (at < text.length) {
    const run = digitsAt(text, at);
    if (inC && run >= 2) {
      values.push(Number(text.slice(at, at + 2)));
      at += 2;
    } else if (inC) {
      values.push(TO_B);
      inC = false;
    } else if (at > 0 && run % 2 === 0 && worthC(text, at)) {
      values.push(TO_C);
      inC = true;
    } else {
      values.push(text.charCodeAt(at) - 32);
      at += 1;
    }
  }
  return [...values, checkCharacter(values), STOP];
}

/** The start character plus each following value times its place, modulo 103. */
function checkCharacter(values: readonly number[]): number {
  return values.reduce((sum, value, place) => sum + value * Math.max(1, place), 0) % 103;
}

/** Widths of bars and spaces in modules, one digit each, bar first and last, without quiet zones. */
export function code128(text: string): string | undefined {
  return code128Values(text)
    ?.map((value) => PATTERNS[value] ?? '')
    .join('');
}
