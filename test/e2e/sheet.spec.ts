import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { isStandIn } from '../electron-standin/target.ts';
import { readPdf, readSymbol } from './slip-pdf.ts';
import { call, launchCarrel, scan, settledLine, snapshot, value } from './support.ts';

/** The printed list of scans whose bars are scanned instead of the labels. */

/** A folder to put the PDF in. */
const PICTURES = process.env['CARREL_SLIP_PICTURES'];
const CARD = '21234000099928';

test('a sheet has every scan with bars that scan as its label, over pages, and nothing of a card', async () => {
  const carrel = await launchCarrel();
  const { page } = carrel;
  const { pile } = await snapshot(page);
  const keys = ['return-by-number', 'arrival-1', 'pull-slip-1', 'ship-back-1'];
  const labels = [
    ...keys.map((key) => pile.find((entry) => entry.key === key)?.barcode ?? key),
    ...Array.from({ length: 10 }, (_, n) => `3988800000${String(1000 + n)}`),
    'Ödegård-77',
  ];
  for (const label of labels) await scan(page, label);
  await scan(page, CARD);
  await scan(page, `${labels[0] ?? ''}${labels[1] ?? ''}`);
  for (const label of labels) await settledLine(page, label);
  const lines = (await snapshot(page)).lines.toReversed();
  const asked = { range: { range: 'shift' } } as const;

  const { base64 } = await value(page, 'keep.sheetPdf', asked);
  const bytes = Buffer.from(base64, 'base64');
  if (PICTURES !== undefined) {
    mkdirSync(PICTURES, { recursive: true });
    writeFileSync(join(PICTURES, 'sheet.pdf'), bytes);
  }
  const pdf = readPdf(bytes);
  expect(pdf.pages).toHaveLength(2);
  for (const { width, height } of pdf.pages) {
    expect(Math.abs(width - 210)).toBeLessThan(0.5);
    expect(Math.abs(height - 297)).toBeLessThan(0.5);
  }
  expect(pdf.text).toContain('Page2of2');
  for (const label of labels) expect(pdf.text).toContain(label);
  for (const secret of [CARD, CARD.slice(-4), '••••']) expect(pdf.text).not.toContain(secret);
  const things = lines.filter(({ kind }) => kind !== 'patron-card' && kind !== 'run-together');
  expect(lines.length - things.length).toBe(2);
  const scanned = pdf.symbols.map(readSymbol);
  // In the order scanned; the label with letters beyond ASCII is there to be typed.
  expect(scanned).toEqual(things.map(({ barcode }) => barcode).filter((barcode) => barcode !== 'Ödegård-77'));

  // From the paper into the scan box: taken as that thing's label.
  const first = things[1];
  await scan(page, scanned[1] ?? '');
  await expect.poll(async () => (await snapshot(page)).lines[0]?.scanId).not.toBe(lines.at(-1)?.scanId);
  const again = await settledLine(page, scanned[1] ?? '');
  expect(again.scanId).not.toBe(first?.scanId);
  expect(again).toMatchObject({ barcode: first?.barcode, kind: first?.kind });

  // Only what was ticked.
  const range = { range: 'chosen' as const, scanIds: [first?.scanId ?? ''] };
  const one = readPdf(Buffer.from((await value(page, 'keep.sheetPdf', { range })).base64, 'base64'));
  expect([one.pages.length, one.symbols.map(readSymbol)]).toEqual([1, [first?.barcode]]);
  expect(await call(page, 'keep.sheetPdf', { range: { range: 'archived' } })).toMatchObject({
    ok: false,
    error: { code: 'not-found' },
  });
  await carrel.remove();
});

test('F8 prints it; where there is no printer that is said beside the key, and a scan is taken meanwhile', async () => {
  test.skip(!isStandIn(), 'depends on the printers of this computer');
  const carrel = await launchCarrel();
  const { page } = carrel;
  await scan(page, '39888000000012');
  await settledLine(page, '39888000000012');
  await page.keyboard.press('F6');
  await page.keyboard.press('F9');
  await page.keyboard.press('F8');
  await expect(page.getByRole('region', { name: 'Sheet', exact: true })).toContainText(
    'Not printed: No printer here; tell IT.',
  );
  await scan(page, '39888000000020');
  await settledLine(page, '39888000000020');
  // The driver hears of a closed window a moment later.
  await expect.poll(() => carrel.app.windows().length).toBe(1);
  await carrel.remove();
});
