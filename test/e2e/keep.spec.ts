import AxeBuilder from '@axe-core/playwright';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type ElectronApplication, type Page } from '@playwright/test';
import type { StoredRecord } from '../../src-main/contract/journal.ts';
import { openSealedFile } from '../../src-main/settings/sealed-file.ts';
import { launchCarrel, scan, settledLine, snapshot, value } from './support.ts';

/** Taking scans out of one Carrel and into another, in the built app on the practice consortium. */

const PASSPHRASE = 'four quiet horses';

/** What the operating system's dialogs answer from now on. */
async function choosing(app: ElectronApplication, path: string): Promise<void> {
  await app.evaluate(({ dialog }, chosen) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: chosen });
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
  }, path);
}

/** To the Keep screen, by keyboard. */
async function openKeep(page: Page): Promise<void> {
  await page.keyboard.press('F6');
  await page.keyboard.press('F9');
  await expect(page.getByRole('heading', { name: 'Keep', exact: true })).toBeVisible();
}

const card = (page: Page, name: string) => page.getByRole('region', { name, exact: true });

let folder: string;
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'carrel-keep-'));
});
test.afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

test('a protected export goes into another Carrel, once, and nothing is done because of it', async () => {
  const first = await launchCarrel();
  await scan(first.page, '39888000000012');
  await scan(first.page, '39888000000020');
  await settledLine(first.page, '39888000000012');
  const told = await settledLine(first.page, '39888000000020');
  const path = join(folder, 'scans.jsonl.carrel');
  await choosing(first.app, path);
  await openKeep(first.page);
  await expect(first.page.getByText('2 scans in that range')).toBeVisible();
  await first.page.keyboard.press('F9');
  await expect(first.page.getByText('Write at least 12 characters.')).toBeVisible();
  await first.page.getByLabel('Passphrase of the new file').fill(PASSPHRASE);
  await first.page.getByLabel('The same again').fill(PASSPHRASE);
  await first.page.keyboard.press('F9');
  await expect(card(first.page, 'Export')).toContainText(`2 scans were written to ${path}`);
  expect(readdirSync(folder)).toEqual(['scans.jsonl.carrel']);
  const file = readFileSync(path);
  expect(file.includes('39888000000012')).toBe(false);
  // Nothing is overwritten, and a scan is taken meanwhile.
  await first.page.getByLabel('Passphrase of the new file').fill(PASSPHRASE);
  await first.page.getByLabel('The same again').fill(PASSPHRASE);
  await first.page.keyboard.press('F9');
  await expect(card(first.page, 'Export')).toContainText('Carrel overwrites none');
  expect(readFileSync(path).equals(file)).toBe(true);
  await scan(first.page, '39888000000038');
  await settledLine(first.page, '39888000000038');
  await first.remove();

  const second = await launchCarrel();
  const { page, app } = second;
  await choosing(app, path);
  await openKeep(page);
  const box = card(page, 'Import');
  const attempt = async (passphrase: string, said: string | RegExp): Promise<void> => {
    await page.getByLabel('Passphrase of the file, if it has one').fill(passphrase);
    await page.keyboard.press('F10');
    await expect(box).toContainText(said);
  };
  await attempt('', 'This file is protected. Type its passphrase');
  await attempt('four quiet horse', 'The passphrase does not open this file');
  writeFileSync(join(folder, 'cut'), file.subarray(0, -40));
  await choosing(app, join(folder, 'cut'));
  await attempt(PASSPHRASE, 'This file was cut short');
  writeFileSync(join(folder, 'foreign.json'), '{"version":1}');
  await choosing(app, join(folder, 'foreign.json'));
  await attempt('', 'This is no export of Carrel’s journal');
  expect(await value(page, 'scan.search', { text: '', limit: 10 })).toEqual([]);
  await choosing(app, path);
  await attempt(PASSPHRASE, /2 scans were taken in\. The file was written on /);
  await attempt(PASSPHRASE, /0 scans were taken in\..* records were here already\./);

  const [imported] = await value(page, 'scan.search', { text: '39888000000020', limit: 10 });
  expect(imported).toMatchObject({ scanId: told.scanId, at: told.at, staff: told.staff, prompt: told.prompt });
  expect(imported?.importedFrom).not.toBe('');
  expect((await snapshot(page)).lines).toEqual([]);
  await page.keyboard.press('F6');
  await expect(page.getByText('Nothing is done because of it here.')).toBeVisible();
  await second.remove();
});

/** What stands in an export after its head. */
async function recordsIn(path: string): Promise<readonly StoredRecord[]> {
  const opened = await openSealedFile(readFileSync(path), PASSPHRASE);
  if (!opened.ok) throw new Error(opened.why);
  const [, ...lines] = opened.content.toString('utf8').trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line) as StoredRecord);
}

test('every record in an export says who, where and when, and each decision what it was based on', async () => {
  const carrel = await launchCarrel();
  const { page, app } = carrel;
  await expect.poll(async () => (await snapshot(page)).cachedRequests, { timeout: 30_000 }).toBeGreaterThan(100);
  const { pile } = await snapshot(page);
  const label = pile.find(({ key }) => key === 'arrival-2')?.barcode ?? '';
  await scan(page, label);
  const line = await settledLine(page, label);
  const path = join(folder, 'scans.jsonl.carrel');
  await choosing(app, path);
  await openKeep(page);
  await page.getByLabel('Passphrase of the new file').fill(PASSPHRASE);
  await page.getByLabel('The same again').fill(PASSPHRASE);
  await page.keyboard.press('F9');
  await expect(card(page, 'Export')).toContainText('1 scan was written');

  const records = await recordsIn(path);
  const { desk } = await snapshot(page);
  for (const one of records) {
    expect(one).toMatchObject({
      scanId: line.scanId,
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      at: expect.stringMatching(/^\d{4}-.*Z$/),
      mono: expect.any(Number),
      serverOffsetMs: expect.any(Number),
      desk: desk.name,
      branch: desk.branch,
      staff: line.staff,
      appVersion: expect.stringMatching(/^\d+\.\d+\.\d+/),
    });
    expect(one.workstation).not.toBe('');
  }
  const seqs = records.map(({ seq }) => seq);
  expect(seqs).toEqual([...new Set(seqs)].toSorted((a, b) => a - b));
  const monos = records.map(({ mono }) => mono);
  expect(monos).toEqual(monos.toSorted((a, b) => a - b));
  expect(records[0]?.body).toMatchObject({ type: 'scan', raw: label, barcode: label, kind: line.kind });
  const requests = [{ id: expect.any(String), state: 'REQ_SHIPPED', seenAt: expect.any(String) }];
  const planned = ['reshare:requesterReceived'];
  const decisions = records.flatMap(({ body }) => (body.type === 'prompt' && body.decision ? [body.decision] : []));
  expect(decisions).toMatchObject([{ rule: expect.any(String), source: 'live', requests, planned }]);
  const steps = records.flatMap(({ body }) => (body.type === 'step' ? [body] : []));
  expect(steps.map(({ state }) => state)).toEqual(['recorded', 'sending', 'done']);
  for (const { evidence } of steps) expect(evidence).toMatchObject({ state: 'REQ_SHIPPED' });

  const table = join(folder, 'scans.csv');
  await choosing(app, table);
  await page.getByRole('radio', { name: /CSV/ }).check();
  await page.getByRole('radio', { name: /None/ }).check();
  await page.keyboard.press('F9');
  await expect(card(page, 'Export')).toContainText(`1 scan was written to ${table}`);
  const [, row = ''] = readFileSync(table, 'utf8').split('\r\n');
  for (const told of [label, line.staff, line.scanId, 'requesterReceived: done', 'REQ_SHIPPED seen ']) {
    expect(row).toContain(told);
  }
  await carrel.remove();
});

test('scans are archived, shown again and deleted for a reason', async () => {
  const carrel = await launchCarrel();
  const { page } = carrel;
  await scan(page, '39888000000012');
  await scan(page, '39888000000020');
  await settledLine(page, '39888000000012');
  await settledLine(page, '39888000000020');
  await openKeep(page);
  const away = card(page, 'Put away');
  await page.keyboard.press('F7');
  await expect(away).toContainText('Tick the scans first.');
  const boxes = page.getByRole('list', { name: 'Scans of that range' }).getByRole('checkbox');
  await boxes.first().focus();
  await page.keyboard.press('Space');
  await expect(boxes.first()).toBeChecked();
  await page.keyboard.press('F7');
  await expect(away).toContainText('1 scan was archived.');
  expect((await snapshot(page)).lines.map(({ barcode }) => barcode)).toEqual(['39888000000012']);
  await expect(page.getByText('1 scan in that range')).toBeVisible();
  expect(await value(page, 'scan.search', { text: '39888', limit: 9 })).toHaveLength(1);
  expect(await value(page, 'scan.search', { text: 'archived', limit: 9 })).toMatchObject([
    { barcode: '39888000000020' },
  ]);
  await page.getByRole('radio', { name: 'Archived' }).check();
  await boxes.first().check();
  await page.keyboard.press('F11');
  await expect(away).toContainText('Write why, in a few words.');
  await page.getByLabel('Why they are deleted').fill('scanned for practice');
  await page.keyboard.press('F11');
  await expect(away).toContainText('1 scan was deleted.');
  expect(await value(page, 'scan.search', { text: 'archived', limit: 9 })).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('list', { name: /shift/i }).getByRole('listitem')).toHaveCount(1);
  await carrel.remove();
});

test('the screen can be read by everybody: light, dark, large', async () => {
  const carrel = await launchCarrel();
  const { page } = carrel;
  for (const label of ['39888000000012', '39888000000020', 'RVR-3184', '29999000000017']) {
    await scan(page, label);
  }
  await settledLine(page, '39888000000020');
  await openKeep(page);
  await page.keyboard.press('F9');
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    const { violations } = await new AxeBuilder({ page })
      .setLegacyMode(true)
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
      .analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
    await page.screenshot({ path: test.info().outputPath(`keep-${scheme}.png`) });
  }
  await page.evaluate(() => (document.documentElement.style.fontSize = '200%'));
  await page.screenshot({ path: test.info().outputPath('keep-200.png'), fullPage: true });
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
  await carrel.remove();
});
