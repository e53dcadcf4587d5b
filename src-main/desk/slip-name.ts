import type { SlipName } from '../contract/slip.ts';

/** The first letter or digit of a word, in upper case. */
function initial(word: string): string | undefined {
  return /[\p{L}\p{N}]/u.exec(word)?.[0].toUpperCase();
}

/**
 * A patron's name as paper on an open shelf may show it; undefined where nothing may or can be shown. Takes `Given Family`
 * and `Family, Given`. A name of one word gives its initial only, whatever the rule: it may be the family name.
 */
export function slipName(name: string, rule: SlipName): string | undefined {
  if (rule === 'none') return undefined;
  const [before = '', after] = name.split(',', 2);
  const words = (after === undefined ? before : `${after} ${before}`)
    .split(/[\s.]+/)
    .filter((word) => initial(word) !== undefined);
  const [first] = words;
  const last = words.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const initials = words.length === 1 ? [first] : [first, last];
  if (rule === 'initials' || words.length === 1 || first.length === 1)
    return initials.map((word) => `${initial(word) ?? ''}.`).join(' ');
  return `${first} ${initial(last) ?? ''}.`;
}
