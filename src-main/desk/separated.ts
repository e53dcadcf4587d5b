/** A row of a file of separated values, with the line it begins on. */
export interface SeparatedRow {
  readonly line: number;
  readonly cells: readonly string[];
}

const SEPARATORS = [',', ';', '\t'] as const;

/**
 * Reads comma-separated values (RFC 4180), also with semicolons or tabs, as spreadsheets of other countries save them: the
 * separator is the one the first line has most of. Quoted cells may hold separators, doubled quotes and line ends. Empty
 * lines are left out.
 */
export function readSeparated(text: string): readonly SeparatedRow[] {
  const clean = text.replace(/^\uFEFF/, '');
  const separator = separatorOf(clean.slice(0, clean.search(/\r|\n|$/)));
  const rows: SeparatedRow[] = [];
  let cells: string[] = [];
  let cell = '';
  let quoted = false;
  let line = 1;
  let begins = 1;
  const endRow = (): void => {
    cells.push(cell.trim());
    if (cells.some((one) => one !== '')) rows.push({ line: begins, cells });
    cells = [];
    cell = '';
    begins = line;
  };
  for (let at = 0; at < clean.length; at += 1) {
    const here = clean.charAt(at);
    if (here === '\n') line += 1;
    if (quoted) {
      if (here !== '"') cell += here;
      else if (clean.charAt(at + 1) === '"') {
        cell += '"';
        at += 1;
      } else quoted = false;
    } else if (here === '"' && cell.trim() === '') {
      quoted = true;
      cell = '';
    } else if (here === separator) {
      cells.push(cell.trim());
      cell = '';
    } else if (here === '\n') endRow();
    else if (here !== '\r') cell += here;
  }
  endRow();
  return rows;
}

function separatorOf(first: string): string {
  const counts = SEPARATORS.map((one) => first.split(one).length);
  return SEPARATORS[counts.indexOf(Math.max(...counts))] ?? ',';
}
