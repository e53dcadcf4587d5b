/**
 * A letter of Alma's as lines of plain text. Alma renders its letters as HTML pages of a library's own making; of those the
 * words count on a slip, and no markup, style or picture of another host is ever drawn here.
 */

/** More than this is no slip. */
const MOST_LINES = 80;

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

/** What a library reads on the letter, line by line; cells of a table row stand on one line. */
export function letterWords(html: string): readonly string[] {
  const text = html
    .replace(/<!--[\s\S]*?-->/g, ' ')
    .replace(/<(script|style|head|title)\b[\s\S]*?<\/\1\s*>/gi, ' ')
    // In HTML a line break in the source is a blank.
    .replace(/\s+/g, ' ')
    .replace(/<\/?(td|th)\b[^>]*>/gi, ' ')
    .replace(/<\/?(p|div|tr|table|h[1-6]|li|ul|ol|br|hr|section|article|blockquote)\b[^>]*>/gi, '\n')
    .replace(/<[^>]*>/g, '');
  return text
    .split('\n')
    .map((line) =>
      decoded(line)
        .replace(/\p{Cc}+/gu, ' ')
        .replace(/\s+/g, ' ')
        .trim(),
    )
    .filter((line) => line !== '')
    .slice(0, MOST_LINES);
}

function decoded(text: string): string {
  return text.replace(/&(#x[\da-f]{1,6}|#\d{1,7}|[a-z]{2,6});/gi, (whole, name: string) => {
    const point = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    if (!name.startsWith('#')) return ENTITIES[name.toLowerCase()] ?? whole;
    return point > 0 && point <= 0x10_ff_ff ? String.fromCodePoint(point) : whole;
  });
}
