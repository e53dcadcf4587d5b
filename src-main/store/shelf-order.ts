import { fold } from './fold.ts';

/** Digits of the longest class number that is ordered as a number. */
const CLASS_DIGITS = 8;

/**
 * The order of a call number on the shelf, as text to sort by: letters, then the class number as a number (`QA 9` before
 * `QA 76`, `QA76.9` like `QA 76.9`), then the rest as written, where cutters order as decimals (`.D3` before `.D35`).
 * Serves Library of Congress and Dewey numbers; other schemes order as text.
 */
export function shelfOrder(callNumber: string): string {
  const parts = /^([\p{L}]*)\s*(\d*)(.*)$/su.exec(fold(callNumber));
  if (parts === null) return fold(callNumber);
  const [, letters = '', digits = '', rest = ''] = parts;
  const spaced = rest.replaceAll(/\s*([./-])\s*/gu, '$1').replaceAll(/\s+/gu, ' ');
  return `${letters} ${digits === '' ? '' : digits.padStart(CLASS_DIGITS, '0')}${spaced}`.trim();
}
