import { expect, test } from 'vitest';
import { printSheet, sheetPdf, type KeepSheetParts } from '../../src-main/assembly/keep-sheet.ts';
import type { ScanLine } from '../../src-main/contract/journal.ts';
import { DEFAULT_SETTINGS } from '../../src-main/contract/settings.ts';
import type { SheetJob } from '../../src-main/contract/sheet.ts';
import type { PrintOutcome } from '../../src-main/contract/slip.ts';
import { sheetLine } from '../../src-main/desk/sheet.ts';
import { code128 } from '../../src-main/desk/slip-code128.ts';
import { CONTEXT } from '../fixtures/store-records.ts';
import { line, prompt } from './renderer-samples.ts';

const DESK = { ...DEFAULT_SETTINGS.desk, patronPrefixes: ['2123'], itemPrefixes: ['3'] };
const CHOSEN = { range: 'pending' } as const;

function sheet(more: Partial<ScanLine>) {
  return sheetLine(line(1, more), { no: 1, open: false, desk: DESK });
}

test('a thing stands on the sheet with its label as text and as bars, and where it went', () => {
  const shown = prompt({ title: 'The salt road', destination: { verb: 'Ship back', to: 'Northfield' } });
  expect(sheet({ barcode: 'RVR-3184', kind: 'request', prompt: shown })).toMatchObject({
    title: 'The salt road',
    destination: 'Ship back → Northfield',
    barcode: { text: 'RVR-3184', widths: code128('RVR-3184') },
  });
  expect(sheet({ barcode: 'Ödegård', kind: 'item' }).barcode).toEqual({ text: 'Ödegård' });
});

test.each<[string, Partial<ScanLine>]>([
  ['a library card', { kind: 'patron-card', barcode: '•••• 9928' }],
  ['a label that is a card by the prefixes set since', { kind: 'item', barcode: '21234000099928' }],
  ['two labels in one burst', { kind: 'run-together', barcode: '2123400009992830234000517861' }],
  ['a scan whose label was removed', { kind: 'item', barcode: '' }],
])('%s stands there without label and title', (_what, scan) => {
  const shown = prompt({ kindText: 'Said of it', title: 'card 9928', rowTitle: '9928', rowId: 'card …9928' });
  const row = sheet({ ...scan, raw: scan.barcode ?? '', prompt: shown });
  expect(row).toMatchObject({ title: 'Said of it' });
  expect(JSON.stringify(row)).not.toContain('9928');
  expect(row.barcode).toBeUndefined();
});

function parts(scans: number, answer: () => Promise<PrintOutcome> = () => Promise.resolve({ outcome: 'printed' })) {
  const jobs: SheetJob[] = [];
  const faults: unknown[] = [];
  // Newest first, as the store lists them.
  const lines = Array.from({ length: Math.min(scans, 3) }, (_, n) => line(3 - n, { barcode: `3988${String(3 - n)}` }));
  const made: KeepSheetParts = {
    journal: {
      scansOf: ({ selection }) => {
        expect(selection).toEqual({ pending: true });
        return Promise.resolve({ lines, scans, pending: [lines[0]?.scanId ?? ''] });
      },
    },
    paper: {
      print: (job) => {
        jobs.push(job);
        return answer();
      },
      pdf: () => Promise.resolve(new TextEncoder().encode('PDF')),
    },
    desk: () => DESK,
    shift: () => ({}),
    context: () => CONTEXT,
    now: () => new Date('2026-11-23T12:00:00.000Z'),
    onFault: (error) => faults.push(error),
  };
  return { made, jobs, faults };
}

test('the sheet lists the scans in the order scanned, says which are open and where it was printed', async () => {
  const { made, jobs } = parts(3);
  expect(await printSheet(made, CHOSEN)).toEqual({ ok: true, value: { scans: 3 } });
  expect(jobs[0]?.sheet).toMatchObject({ desk: CONTEXT.desk, workstation: CONTEXT.workstation });
  const rows = jobs[0]?.sheet.lines.map(({ no, barcode, open }) => [no, barcode?.text, open]);
  expect(rows).toEqual([
    [1, '39881', false],
    [2, '39882', false],
    [3, '39883', true],
  ]);
  expect(await sheetPdf(made, CHOSEN)).toMatchObject({ ok: true });
});

test('nothing is printed of an empty range or of more than a sheet takes, and that is said', async () => {
  for (const [scans, said] of [
    [0, 'There is no scan to print there. Choose another range.'],
    [501, 'Those are 501 scans, and a sheet takes 500. Choose a day, or tick the scans.'],
  ] as const) {
    const { made, jobs } = parts(scans);
    expect(await printSheet(made, CHOSEN)).toMatchObject({ ok: false, error: { sentence: said } });
    expect(await sheetPdf(made, CHOSEN)).toMatchObject({ ok: false });
    expect(jobs).toEqual([]);
  }
});

test('what the printer answered is said, and a fault is logged and said', async () => {
  const failed = parts(1, () => Promise.resolve({ outcome: 'failed', reason: 'out of paper' }));
  expect(await printSheet(failed.made, CHOSEN)).toMatchObject({ error: { sentence: 'Not printed: out of paper' } });
  const silent = parts(1, () => Promise.resolve({ outcome: 'unknown', reason: 'no answer.' }));
  expect(await printSheet(silent.made, CHOSEN)).toMatchObject({
    error: { sentence: 'Not known whether it was printed: no answer.' },
  });
  const broken = parts(1, () => Promise.reject(new Error('the page did not load')));
  expect(await printSheet(broken.made, CHOSEN)).toMatchObject({
    error: { sentence: 'Not printed: Carrel could not draw it; tell IT.' },
  });
  expect(broken.faults).toHaveLength(1);
});
