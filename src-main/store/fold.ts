/**
 * The form in which labels and identifiers are compared: without regard to case, surrounding space or the way accents
 * are composed. Never shown. NUL and lone surrogates, which SQLite's text cannot carry, become U+FFFD.
 */
export function fold(text: string): string {
  return text.normalize('NFC').trim().toLowerCase().replaceAll('\0', '\uFFFD').toWellFormed();
}

/** Letters that Unicode does not take apart, as people type them on a keyboard without them. */
const PLAIN: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
};
const PLAIN_LETTERS = new RegExp(`[${Object.keys(PLAIN).join('')}]`, 'gu');
const MARKS = /\p{Mn}/gu;
/** Scripts written without spaces: each character is a word of its own. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu;
const WORD = /[\p{L}\p{N}\p{Mc}\p{Co}]+/gu;

/**
 * The words of a text as the cache's search compares them: lower case, without accents, split at everything that is
 * neither letter nor digit (`RVR-3184` is `rvr`, `3184`). Used for what is stored and for what is typed.
 */
export function wordsOf(text: string): readonly string[] {
  const folded = text
    .normalize('NFKD')
    .toLowerCase()
    .replace(MARKS, '')
    .replace(PLAIN_LETTERS, (letter) => PLAIN[letter] ?? letter)
    .replace(UNSPACED, ' $& ');
  return folded.match(WORD) ?? [];
}
