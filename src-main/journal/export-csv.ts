import type { StoredRecord } from '../contract/journal.ts';
import type { Prompt } from '../contract/prompt.ts';

const COLUMNS = [
  'scanned (UTC)',
  'workstation',
  'desk',
  'branch',
  'staff',
  'barcode',
  'kind',
  'number',
  'title',
  'destination',
  'what happened',
  'steps',
  'cancelled',
  'scan id',
] as const;

/** As RFC 4180 wants lines to end. */
const END = '\r\n';

/** Tells a spreadsheet that it is UTF-8. */
const BYTE_ORDER_MARK = '\uFEFF';

interface Row {
  readonly scan: StoredRecord;
  prompt: Prompt | undefined;
  cancelled: boolean;
  /** The newest state of each step. */
  readonly steps: Map<string, string>;
}

/** Scans as a table, one row each, gathered from their records in the journal's order. */
export class CsvTable {
  readonly #rows = new Map<string, Row>();

  add(record: StoredRecord): void {
    const { body, scanId } = record;
    if (body.type === 'scan' && !this.#rows.has(scanId)) {
      this.#rows.set(scanId, { scan: record, prompt: undefined, cancelled: false, steps: new Map() });
    }
    const row = this.#rows.get(scanId);
    if (row === undefined) return;
    if (body.type === 'prompt') row.prompt = body.prompt;
    if (body.type === 'cancelled') row.cancelled = true;
    if (body.type === 'step') row.steps.set(body.stepId, `${body.system} ${body.action}: ${body.state}`);
  }

  toString(): string {
    const rows = [...this.#rows.values()].map(cellsOf);
    return BYTE_ORDER_MARK + [COLUMNS, ...rows].map((row) => row.map(cell).join(',') + END).join('');
  }
}

function cellsOf({ scan, prompt, cancelled, steps }: Row): readonly string[] {
  const { body } = scan;
  const { verb = '', to } = prompt?.destination ?? {};
  return [
    scan.at,
    scan.workstation,
    scan.desk,
    scan.branch,
    scan.staff,
    body.type === 'scan' ? body.barcode : '',
    body.type === 'scan' ? body.kind : '',
    prompt?.rowId ?? '',
    prompt?.title ?? prompt?.rowTitle ?? '',
    to === undefined ? verb : `${verb} → ${to}`,
    prompt?.legs.map(({ system, text }) => `${system}: ${text}`).join('; ') ?? '',
    [...steps.values()].join('; '),
    cancelled ? 'yes' : '',
    scan.scanId,
  ];
}

/** What a spreadsheet would take for a formula is made text: labels and titles come from outside. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
