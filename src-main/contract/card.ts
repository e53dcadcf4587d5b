import type { DeskSettings } from './settings.ts';

/** The prefixes that tell this library's cards from its items. */
export type Prefixes = Pick<DeskSettings, 'itemPrefixes' | 'patronPrefixes'>;

/** Length of the longest prefix the text begins with, ignoring case; 0 for none. */
export function longestPrefix(text: string, prefixes: readonly string[]): number {
  const upper = text.toUpperCase();
  return Math.max(0, ...prefixes.map((p) => (upper.startsWith(p.toUpperCase()) ? p.length : 0)));
}

/**
 * True when a cleaned label carries one of the desk's card prefixes. A one- or two-digit prefix alone says too little, so
 * it counts only on the 14-digit scheme in which the first digit tells cards (2) from items (3).
 */
export function isPatronCard(text: string, desk: Prefixes): boolean {
  if (text.length < 5 || text.length > 20) return false;
  const card = longestPrefix(text, desk.patronPrefixes);
  if (card === 0 || longestPrefix(text, desk.itemPrefixes) >= card) return false;
  const prefix = text.slice(0, card);
  if (!/^\d+$/.test(text.slice(card))) return false;
  return /^\d{14}$/.test(text) || prefix.length >= 3 || /[A-Za-z]/.test(prefix);
}
