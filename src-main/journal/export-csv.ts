import type { DecisionEvidence, StoredRecord } from '../contract/journal.ts';
import type { Prompt } from '../contract/prompt.ts';

const COLUMNS = [
  'scanned (UTC)',
  'workstation',
  'desk',
  'branch',
  'staff',
  'while locked',
  'barcode',
  'kind',
  'number',
  'title',
  'destination',
  'what happened',
  'steps',
  'cancelled',
  'scan id',
  'as read',
  'decided on',
  'clock against the server’s',
  'Carrel',
] as const;

/** As RFC 4180 wants lines to end. */
const END = '\r\n';

/** Tells a spreadsheet that it is UTF-8. */
const BYTE_ORDER_MARK = '\uFEFF';

interface Row {
  readonly scan: StoredRecord;
  prompt: Prompt | undefined;
  /** The newest. */
  decision: DecisionEvidence | undefined;
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
      this.#rows.set(scanId, {
        scan: record,
        prompt: undefined,
        decision: undefined,
        cancelled: false,
        steps: new Map(),
      });
    }
    const row = this.#rows.get(scanId);
    if (row === undefined) return;
    if (body.type === 'prompt') {
      row.prompt = body.prompt;
      row.decision = body.decision ?? row.decision;
    }
    if (body.type === 'cancelled') row.cancelled = true;
    if (body.type === 'step') row.steps.set(body.stepId, `${body.system} ${body.action}: ${body.state}`);
  }

  toString(): string {
    const rows = [...this.#rows.values()].map(cellsOf);
    return BYTE_ORDER_MARK + [COLUMNS, ...rows].map((row) => row.map(cell).join(',') + END).join('');
  }
}

function cellsOf({ scan, prompt, decision, cancelled, steps }: Row): readonly string[] {
  const { body } = scan;
  const { verb = '', to } = prompt?.destination ?? {};
  return [
    scan.at,
    scan.workstation,
    scan.desk,
    scan.branch,
    scan.staff,
    scan.locked === true ? 'yes' : '',
    body.type === 'scan' ? body.barcode : '',
    body.type === 'scan' ? body.kind : '',
    prompt?.rowId ?? '',
    prompt?.title ?? prompt?.rowTitle ?? '',
    to === undefined ? verb : `${verb} → ${to}`,
    prompt?.legs.map(({ system, text }) => `${system}: ${text}`).join('; ') ?? '',
    [...steps.values()].join('; '),
    cancelled ? 'yes' : '',
    scan.scanId,
    body.type === 'scan' ? body.raw : '',
    decision === undefined ? '' : decided(decision),
    scan.serverOffsetMs === undefined ? '' : clock(scan.serverOffsetMs),
    scan.appVersion,
  ];
}

/** How far this computer's clock was from the server's, milliseconds; in words, because a spreadsheet takes `-` for a formula. */
function clock(serverOffsetMs: number): string {
  const seconds = Math.round(serverOffsetMs / 1000);
  return seconds === 0 ? 'right' : `${String(Math.abs(seconds))} s ${seconds > 0 ? 'behind' : 'ahead'}`;
}

/** The rule that decided, and each request that was seen, with its state and when. */
function decided({ rule, source, requests }: DecisionEvidence): string {
  const seen = requests.map(({ id, hrid, state, seenAt }) => `${hrid ?? id} ${state} seen ${seenAt}`);
  return [`${rule} (${source})`, ...seen].join('; ');
}

/** What a spreadsheet would take for a formula is made text: labels and titles come from outside. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
