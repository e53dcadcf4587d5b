import type { SlipPaper } from '../../src-main/contract/slip.ts';

/** Width that is printed on, in millimetres: usual printers leave the rest of a roll white. */
export const PRINTED_MM: Readonly<Record<SlipPaper, number>> = { '80mm': 72, '58mm': 48, a6: 91 };

/** Thermal printers have 203 dots to the inch: eight to the millimetre. */
const DOT_MM = 0.125;
/** Widest module, in dots: wider symbols are no easier to scan. */
const MOST_DOTS = 3;
/** Narrowest module of whole dots. */
const LEAST_DOTS = 2;
/** Free space that Code 128 asks for on each side, in modules (ISO/IEC 15417). */
const QUIET = 10;

export interface Bars {
  /** Modules from the first bar's beginning to the last one's end. */
  readonly modules: number;
  /** Width of the whole in millimetres. */
  readonly widthMm: number;
  /** SVG path in units of one module, one unit high. */
  readonly path: string;
}

/** A Code 128 symbol as large as a slip's paper allows. */
export function barsOf(widths: string, paper: SlipPaper): Bars {
  return barsWithin(widths, PRINTED_MM[paper]);
}

/**
 * A Code 128 symbol as large as the room allows: whole printer dots to a module, so that no bar is blurred, and only
 * where the symbol is too long for that as wide as fits.
 * @param widths of bars and spaces in modules, one digit each, bar first
 * @param roomMm millimetres, with the quiet zones
 */
export function barsWithin(widths: string, roomMm: number): Bars {
  let at = 0;
  let path = '';
  for (const [place, digit] of Array.from(widths, Number).entries()) {
    if (place % 2 === 0) path += `M${at} 0h${digit}v1h-${digit}z`;
    at += digit;
  }
  const room = roomMm / (at + 2 * QUIET);
  const dots = Math.min(MOST_DOTS, Math.floor(room / DOT_MM));
  return { modules: at, widthMm: at * (dots >= LEAST_DOTS ? dots * DOT_MM : room), path };
}
