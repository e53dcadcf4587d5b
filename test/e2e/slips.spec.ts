import AxeBuilder from '@axe-core/playwright';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import type { ScanLine } from '../../src-main/contract/journal.ts';
import { DEFAULT_SETTINGS } from '../../src-main/contract/settings.ts';
import { DEFAULT_SLIP_SETTINGS, SlipPaper, type SlipSettings } from '../../src-main/contract/slip.ts';
import { isStandIn } from '../electron-standin/target.ts';
import { readPdf, widthsOf } from './slip-pdf.ts';
import { call, launchCarrel, scan, settledLine, snapshot, value, type Carrel } from './support.ts';

/** Slips: previewed on the prompt, printed with F8, and drawn as PDF, which is what can be looked at here. */
/** WCAG 2.2 AA as axe sees it. */
const AA = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** A folder to put pictures and PDFs of the slips in. */
const PICTURES = process.env['CARREL_SLIP_PICTURES'];

let carrel: Carrel;
let label: (key: string) => string;
test.describe.configure({ mode: 'serial' });
test.beforeAll(async () => {
  if (PICTURES !== undefined) mkdirSync(PICTURES, { recursive: true });
  carrel = await launchCarrel();
  const { pile } = await snapshot(carrel.page);
  label = (key) => pile.find((entry) => entry.key === key)?.barcode ?? key;
});
test.afterAll(() => carrel.remove());

async function useSlips(slips: Partial<SlipSettings>): Promise<void> {
  const desk = { ...DEFAULT_SETTINGS.desk, slips: { ...DEFAULT_SLIP_SETTINGS, ...slips } };
  await value(carrel.page, 'settings.saveDesk', { desk });
}

async function promptOf(key: string): Promise<ScanLine> {
  await scan(carrel.page, label(key));
  return settledLine(carrel.page, label(key));
}

const slipLeg = (line: ScanLine | undefined) => line?.prompt?.legs.find((leg) => leg.system === 'Slip');

test('the slip that goes with the thing is on the prompt, and nothing is printed unasked', async () => {
  const line = await promptOf('return-by-number');
  expect(line.prompt?.slip).toMatchObject({ kind: 'routing', heading: 'Interlibrary loan · return to lender' });
  const preview = carrel.page.getByRole('img', { name: /^Slip: Interlibrary loan · return to lender, Northfield/ });
  await expect(preview).toBeVisible();
  await expect(carrel.page.getByRole('main').getByRole('button', { name: 'F8 Print slip' })).toBeVisible();
  expect(slipLeg(line)).toBeUndefined();
});

const SHOWN = {
  light: ['arrival-1', 'wms-hold-main-1', 'wms-home-to-science', 'ship-1'],
  dark: ['arrival-3', 'wms-arrives-for-hold-main', 'wms-home-to-music', 'ship-2'],
} as const;

for (const scheme of ['light', 'dark'] as const) {
  test(`the prompt with its slip in ${scheme}`, async () => {
    await carrel.page.emulateMedia({ colorScheme: scheme });
    for (const key of SHOWN[scheme]) {
      const line = await promptOf(key);
      expect(line.prompt?.slip, key).toBeDefined();
      await expect(carrel.page.getByRole('img', { name: /^Slip: / })).toBeVisible();
      const { violations } = await new AxeBuilder({ page: carrel.page }).setLegacyMode().withTags(AA).analyze();
      expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([]);
      if (PICTURES !== undefined) {
        await carrel.page.screenshot({ path: join(PICTURES, `prompt-${key}-${scheme}.png`) });
      }
    }
    await carrel.page.emulateMedia({ colorScheme: null });
  });
}

const SHEETS: Readonly<Record<SlipPaper, { width: number; height?: number }>> = {
  '80mm': { width: 80 },
  '58mm': { width: 58 },
  a6: { width: 105, height: 148 },
};

for (const paper of SlipPaper.options) {
  for (const key of ['arrival-2', 'ship-back-1', 'fill-item-1', 'wms-hold-main-2', 'wms-send-main-to-science']) {
    test(`${key} on ${paper}: one page of that size, every word, bars that read as the number`, async () => {
      await useSlips({ paper });
      if (key === 'fill-item-1') await promptOf('fill-request-1');
      const known = (await snapshot(carrel.page)).lines.find((one) => one.raw === label(key) && one.prompt?.slip);
      const line = known ?? (await promptOf(key));
      const slip = line.prompt?.slip;
      if (slip === undefined) throw new Error(`${key} has no slip`);
      const { base64 } = await value(carrel.page, 'slip.pdf', { scanId: line.scanId });
      const bytes = Buffer.from(base64, 'base64');
      if (PICTURES !== undefined) writeFileSync(join(PICTURES, `${key}-${paper}.pdf`), bytes);
      const pdf = readPdf(bytes);
      const { width, height } = SHEETS[paper];
      expect(pdf.pages).toHaveLength(1);
      expect(Math.abs((pdf.pages[0]?.width ?? 0) - width)).toBeLessThan(0.5);
      const long = pdf.pages[0]?.height ?? 0;
      if (height === undefined) expect(long).toBeGreaterThan(40);
      else expect(Math.abs(long - height)).toBeLessThan(0.5);
      expect(long).toBeLessThan(200);
      const words = [slip.heading, slip.destination, slip.title ?? '', slip.barcode.text];
      for (const { label: what, value: said } of slip.lines) words.push(what, said);
      for (const word of words) expect(pdf.text).toContain(word.replaceAll(/\s+/g, ''));
      expect(widthsOf(pdf.bars)).toBe(slip.barcode.widths);
    });
  }
}

test('the page that is printed is hidden, without a bridge, and keeps to the content security policy', async () => {
  await useSlips({});
  const { scanId } = await promptOf('ship-back-2');
  await carrel.app.evaluate(({ app }) => {
    const probe = globalThis as { slipPage?: Promise<unknown>; slipComplaints?: string[] };
    const complaints: string[] = [];
    probe.slipComplaints = complaints;
    probe.slipPage = new Promise((resolve, reject) => {
      app.once('browser-window-created', (_event, window) => {
        const { webContents } = window;
        webContents.on('console-message', ({ message }) => complaints.push(message));
        webContents.once('did-finish-load', () => {
          webContents
            .executeJavaScript(
              `({ bridge: 'carrel' in window, node: 'process' in window || 'require' in window,
                  styles: document.querySelectorAll('[style]').length, slips: document.querySelectorAll('[data-slip]').length })`,
            )
            .then((page: object) => resolve({ ...page, visible: window.isVisible() }), reject);
        });
      });
    });
  });
  await value(carrel.page, 'slip.pdf', { scanId });
  const found = await carrel.app.evaluate(async () => {
    const probe = globalThis as { slipPage?: Promise<unknown>; slipComplaints?: string[] };
    return { page: await probe.slipPage, complaints: probe.slipComplaints };
  });
  expect(found).toEqual({
    page: { bridge: false, node: false, styles: 0, slips: 1, visible: false },
    complaints: [],
  });
  // The driver hears of a closed window a moment later.
  await expect.poll(() => carrel.app.windows().length).toBe(1);
});

test('F8 prints; what came of it is a line on the prompt, and scanning never waits', async () => {
  test.skip(!isStandIn(), 'depends on the printers of this computer');
  await useSlips({});
  const { scanId } = await promptOf('return-lender-barcode');
  await carrel.page.keyboard.press('F8');
  const next = await promptOf('return-overdue');
  expect(next.prompt?.destination.verb).toBe('Ship back');
  const failed = carrel.page.getByRole('main').getByText('Not printed: No printer here');
  await expect
    .poll(async () => slipLeg((await snapshot(carrel.page)).lines.find((one) => one.scanId === scanId))?.state)
    .toBe('not-done');
  await expect(failed).toHaveCount(0);
  await carrel.page.keyboard.press('F8');
  await expect(failed).toBeVisible();
  await expect(carrel.page.getByRole('main').getByRole('button', { name: 'F8 Print slip again' })).toBeVisible();
  if (PICTURES !== undefined) await carrel.page.screenshot({ path: join(PICTURES, 'prompt-not-printed.png') });
  const before = slipLeg(await settledLine(carrel.page, label('return-overdue')))?.at ?? '';
  await carrel.page.keyboard.press('F8');
  await expect
    .poll(async () => slipLeg(await settledLine(carrel.page, label('return-overdue')))?.at ?? '')
    .not.toBe(before);
  expect(
    (await settledLine(carrel.page, label('return-overdue'))).prompt?.legs.filter((leg) => leg.system === 'Slip'),
  ).toHaveLength(1);
  await expect(carrel.page.getByText('NOT LISTENING')).toHaveCount(0);
  // The driver hears of a closed window a moment later.
  await expect.poll(() => carrel.app.windows().length).toBe(1);
});

test('a desk that prints by itself does so once, and says so when it could not', async () => {
  test.skip(!isStandIn(), 'depends on the printers of this computer');
  await useSlips({ modes: { hold: 'off', routing: 'print', offline: 'offer' } });
  await promptOf('return-small-letters');
  await expect
    .poll(async () => slipLeg(await settledLine(carrel.page, label('return-small-letters')))?.text)
    .toMatch(/^Not printed: No printer here/);
  const held = await promptOf('arrival-due-soon');
  expect(held.prompt?.slip?.kind).toBe('hold');
  await expect(carrel.page.getByRole('img', { name: /^Slip: / })).toHaveCount(0);
  await expect(carrel.page.getByRole('button', { name: /Print slip/ })).toHaveCount(0);
});

test('the settings show a hold slip on each of the three papers before anything is printed', async () => {
  const { page } = carrel;
  const toSettings = page.getByRole('navigation').getByRole('button', { name: /^Settings/ });
  await toSettings.click();
  const sample = page.getByRole('img', { name: /^A hold slip on / });
  for (const paper of SlipPaper.options) {
    await page.locator(`input[name="slip-paper"][value="${paper}"]`).check();
    await expect(sample.locator('article')).toHaveAttribute('data-paper', paper);
    await sample.scrollIntoViewIfNeeded();
    await expect(sample).toBeVisible();
    const file = `slip-settings-${paper}.png`;
    await page.screenshot({ path: PICTURES === undefined ? test.info().outputPath(file) : join(PICTURES, file) });
  }
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
  expect(wide).toBe(false);
  await page.keyboard.press('Escape');
});

test('a scan without a slip has none to print', async () => {
  await useSlips({});
  const { scanId, prompt } = await promptOf('pull-slip-1');
  expect(prompt?.slip).toBeUndefined();
  expect(await call(carrel.page, 'slip.print', { scanId })).toMatchObject({ ok: false, error: { code: 'refused' } });
  await expect(carrel.page.getByRole('button', { name: /Print slip/ })).toHaveCount(0);
});

test('what came of printing is still there after a restart, and the slip can be printed then', async () => {
  test.skip(!isStandIn(), 'depends on the printers of this computer');
  const { userData } = carrel;
  await carrel.close();
  carrel = await launchCarrel({ userData });
  const line = (await snapshot(carrel.page)).lines.find((one) => one.raw === label('return-overdue'));
  expect(slipLeg(line)?.text).toMatch(/^Not printed: No printer here/);
  if (line === undefined) throw new Error('the line is gone');
  const again = await value(carrel.page, 'slip.print', { scanId: line.scanId });
  expect(slipLeg(again)?.at).not.toBe(slipLeg(line)?.at);
});
