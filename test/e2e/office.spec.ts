import AxeBuilder from '@axe-core/playwright';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { ROOT } from '../launch/environment.ts';
import { launchCarrel, practice, scan, settledLine, snapshot, value, type Carrel } from './support.ts';

/** The office's requests screen in the built app, on the practice consortium. Pictures on request. */
const PICTURES = process.env['CARREL_PICTURES'] === undefined ? undefined : join(ROOT, 'docs', 'pictures');

let carrel: Carrel;
test.describe.configure({ mode: 'serial' });
test.beforeAll(async () => {
  if (PICTURES !== undefined) mkdirSync(PICTURES, { recursive: true });
  carrel = await launchCarrel();
});
test.afterAll(() => carrel.remove());

const tile = (page: Page, name: string) =>
  page.getByRole('list', { name: 'Worklists' }).getByRole('button', { name: new RegExp(`^${name} `) });
const rows = (page: Page) => page.getByRole('list', { name: 'Requests' }).getByRole('listitem');
const rowBoxes = (page: Page) => rows(page).getByRole('checkbox');
const search = (page: Page) => page.getByRole('searchbox', { name: 'Search requests' });

async function violations(page: Page): Promise<readonly string[]> {
  const results = await new AxeBuilder({ page })
    .setLegacyMode(true)
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze();
  return results.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(' | ')}`);
}

test('tiles say what waits, and a tile lists just that', async () => {
  const { page } = carrel;
  await page.keyboard.press('F4');
  await expect.poll(async () => (await snapshot(page)).cachedRequests).toBeGreaterThan(100);
  const { tiles, open } = await value(page, 'worklist.tiles', {});
  const arriving = tiles.find(({ id }) => id === 'arriving')?.count ?? 0;
  expect(arriving).toBeGreaterThan(5);
  await expect(tile(page, 'Arriving')).toContainText(String(arriving));
  await expect(page.getByText(`All open ${String(open)}`)).toBeVisible();
  await tile(page, 'Arriving').click();
  await expect(page.getByText(`Arriving ${String(arriving)}`).last()).toBeVisible();
  await expect(rows(page).first()).toContainText('Scan to receive');
  await tile(page, 'Arriving').click();
  await expect(page.getByText(`All open ${String(open)}`)).toBeVisible();
});

test('the arrow keys go through all of it, and each request is read anew', async () => {
  const { page } = carrel;
  await rows(page).first().getByRole('button').click();
  for (let step = 0; step < 3; step += 1) await page.keyboard.press('ArrowDown');
  await expect(rowBoxes(page).nth(3)).toBeFocused();
  await expect(page.getByText('Read just now')).toBeVisible();
  await page.keyboard.press('End');
  const { open } = await value(page, 'worklist.tiles', {});
  await expect(page.locator(':focus').locator('xpath=ancestor::li')).toHaveAttribute('aria-posinset', String(open));
  await page.keyboard.press('Home');
  await expect(rowBoxes(page).first()).toBeFocused();
});

test('the tiles are one stop of the Tab key, and the arrow keys go through them', async () => {
  const { page } = carrel;
  await tile(page, 'Arriving').focus();
  await page.keyboard.press('ArrowRight');
  await expect(tile(page, 'To answer')).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(tile(page, 'Needs you')).toBeFocused();
  await page.keyboard.press('End');
  await expect(tile(page, 'Half done')).toBeFocused();
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Tab');
  await expect(tile(page, 'Half done')).toBeFocused();
  await page.keyboard.press('Home');
  await page.keyboard.press('Space');
  await expect(tile(page, 'Arriving')).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('Space');
  await expect(tile(page, 'Arriving')).toHaveAttribute('aria-pressed', 'false');
});

test('Ctrl F goes to the search; typed words find at once; Esc empties it', async () => {
  const { page } = carrel;
  const [wanted] = (await value(page, 'worklist.rows', { filter: {}, text: '', sort: 'title', offset: 20, limit: 1 }))
    .rows;
  // A shortcut so soon after another key could be a scanner's, and is not taken: a person presses it again.
  await expect(async () => {
    await page.keyboard.press('Control+f');
    await expect(search(page)).toBeFocused({ timeout: 1000 });
  }).toPass();
  await page.keyboard.type(wanted?.hrid ?? '', { delay: 90 });
  await expect(rows(page).first()).toContainText(wanted?.title ?? 'no such title');
  await page.keyboard.press('Escape');
  await expect(search(page)).toHaveValue('');
  await search(page).fill('awaiting pull slip');
  await expect(rows(page).first()).toContainText('Awaiting pull slip printing');
  await search(page).fill('');
});

test('what is not kept here is asked of ReShare with a key, and kept from then on', async () => {
  const { page } = carrel;
  await search(page).fill('the');
  const before = (await snapshot(page)).cachedRequests;
  await page.keyboard.press('F9');
  await expect(page.getByText(/ReShare found \d+/)).toBeVisible();
  await expect.poll(async () => (await snapshot(page)).cachedRequests).toBeGreaterThan(before);
  await search(page).fill('');
});

test('a narrowed list has a name, is a tile, and is there after a restart', async () => {
  const { page, userData } = carrel;
  await page.getByRole('button', { name: 'Filter' }).click();
  await page.getByRole('combobox', { name: /^Side/ }).selectOption('lending');
  await page.getByRole('combobox', { name: /^State/ }).selectOption('RES_AWAIT_SHIP');
  await expect(page.getByRole('button', { name: 'Without “Lending”' })).toBeVisible();
  await expect(rows(page).first()).toContainText('Scan to ship');
  await page.getByRole('textbox', { name: 'Name for this list' }).fill('Parcels out');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.screenshot({ path: test.info().outputPath('office-filter.png') });
  await expect(tile(page, 'Parcels out')).toHaveAttribute('aria-pressed', 'true');
  expect(await violations(page)).toEqual([]);
  await carrel.close();
  carrel = await launchCarrel({ userData });
  await carrel.page.keyboard.press('F4');
  await expect(tile(carrel.page, 'Parcels out')).toBeVisible();
  await tile(carrel.page, 'Parcels out').click();
  await expect(rows(carrel.page).first()).toContainText('Scan to ship');
  await carrel.page.getByRole('button', { name: 'Filter' }).click();
  await carrel.page.getByRole('button', { name: 'Forget “Parcels out”' }).click();
  await expect(tile(carrel.page, 'Parcels out')).toBeHidden();
  for (const chip of ['Without “Lending”', 'Without “Awaiting shipping”']) {
    await carrel.page.getByRole('button', { name: chip }).click();
  }
  await carrel.page.getByRole('button', { name: 'Filter' }).click();
});

test('selected rows get their plain step, after a key pressed twice; each is a line of the shift', async () => {
  const { page } = carrel;
  await tile(page, 'Arriving').click();
  const before = (await value(page, 'worklist.tiles', {})).tiles.find(({ id }) => id === 'arriving')?.count ?? 0;
  await rows(page).first().getByText('Scan to receive').click();
  await page.keyboard.press('Home');
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Space');
  await expect(page.getByText('2 selected')).toBeVisible();
  await page.keyboard.press('F11');
  await expect(page.getByText('Mark received: 2')).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await page.screenshot({ path: test.info().outputPath('office-selected.png') });
  expect((await value(page, 'pile.get', {})).pile).toBeUndefined();
  await page.keyboard.press('F11');
  await expect(page.getByText(/^2 done$/)).toBeVisible({ timeout: 20_000 });
  const { lines } = await snapshot(page);
  expect(lines.filter((line) => line.source === 'screen')).toHaveLength(2);
  // Each took effect once, whichever way it went.
  const { practiceUrl } = await snapshot(page);
  const ledger = (await practice(practiceUrl!, 'ledger')) as { action?: string; result?: string; requestId?: string }[];
  const received = ledger.filter(({ action, result }) => action === 'requesterReceived' && result === 'done');
  expect(new Set(received.map(({ requestId }) => requestId)).size).toBe(received.length);
  expect(received).toHaveLength(2);
  await expect(tile(page, 'Arriving')).toContainText(String(before - 2));
  await page.getByRole('button', { name: 'Close the pile' }).click();
  await tile(page, 'Arriving').click();
});

test('a pile in any mix of states is sorted into what each needs', async () => {
  const { page } = carrel;
  const { pile } = await snapshot(page);
  await page.keyboard.press('F7');
  await expect(page.getByText('Scan everything on the pile')).toBeVisible();
  const keys = ['receive-1', 'ship-back-1', 'complete-checkin-fails', 'both-sides', 'isbn-of-arrival'];
  for (const key of keys) {
    const thing = pile.find((entry) => entry.key === key);
    if (thing !== undefined) {
      await scan(page, thing.barcode);
      await settledLine(page, thing.barcode);
    }
  }
  await expect(page.getByRole('heading', { name: /^Needs you/ }).first()).toBeVisible();
  await expect(page.getByRole('heading', { name: /^Done/ }).first()).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await page.screenshot({ path: test.info().outputPath('office-pile.png') });
  await page.keyboard.press('F7');
  await page.getByRole('button', { name: 'Close the pile' }).click();
});

test('pull slips: Carrel’s own are not marked when no printer takes them; the library’s own are saved, opened and marked', async () => {
  const { page, app } = carrel;
  const folder = mkdtempSync(join(tmpdir(), 'carrel-slips-'));
  const path = join(folder, 'slips.pdf');
  await tile(page, 'To print').click();
  await expect(rows(page).first()).toContainText('Print slip');
  await page.getByRole('button', { name: 'Select all' }).click();
  await expect(page.getByText(/^\d+ selected$/)).toBeVisible();
  await page.keyboard.press('F8');
  await expect(page.getByText(/Not printed, and not marked/).first()).toBeVisible({ timeout: 40_000 });
  // The dialog closed without a file: nothing is marked.
  await page.keyboard.press('Shift+F8');
  await expect(page.getByText('Not saved, so nothing was marked printed.')).toBeVisible();
  const waiting = async () =>
    (await value(page, 'worklist.tiles', {})).tiles.find(({ id }) => id === 'to-print')?.count;
  const before = (await waiting()) ?? 0;
  expect(before).toBeGreaterThan(2);
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, path);
  await page.keyboard.press('Shift+F8');
  await expect(page.getByText(`${String(before)} slips are in ${path}.`)).toBeVisible();
  await expect(page.getByText('The file is open: print it now.')).toBeVisible();
  expect(readFileSync(path).subarray(0, 5).toString()).toBe('%PDF-');
  await expect(page.getByText(`${String(before)} done`)).toBeVisible({ timeout: 40_000 });
  await expect.poll(waiting).toBe(0);
  // Many were marked in one call, and each once.
  const { practiceUrl } = await snapshot(page);
  const ledger = (await practice(practiceUrl!, 'ledger')) as { action?: string; result?: string; requestId?: string }[];
  const marked = ledger.filter(({ action, result }) => action === 'supplierPrintPullSlip' && result === 'done');
  expect(marked).toHaveLength(before);
  expect(new Set(marked.map(({ requestId }) => requestId)).size).toBe(before);
  expect(await violations(page)).toEqual([]);
  await page.screenshot({ path: test.info().outputPath('office-slips.png') });
  await page.getByRole('button', { name: 'Select none' }).click();
  await page.getByRole('button', { name: 'Close the pile' }).click();
  await tile(page, 'To print').click();
  rmSync(folder, { recursive: true, force: true });
});

for (const scheme of ['light', 'dark'] as const) {
  test(`the office in ${scheme}: WCAG 2.2 AA as axe sees it`, async ({}, info) => {
    const { page } = carrel;
    await page.emulateMedia({ colorScheme: scheme });
    await tile(page, 'Arriving').click();
    await rows(page).first().getByRole('button').click();
    await expect(page.getByText('Read just now')).toBeVisible();
    expect(await violations(page)).toEqual([]);
    await page.screenshot({ path: info.outputPath(`office-${scheme}.png`) });
    await page.keyboard.press('Shift+F4');
    await page.screenshot({ path: info.outputPath(`request-${scheme}.png`) });
    await page.keyboard.press('Shift+F4');
    if (PICTURES !== undefined) await page.screenshot({ path: join(PICTURES, `office-${scheme}.png`) });
    await tile(page, 'Arriving').click();
  });
}

test('at twice the text size everything is in one column', async ({}, info) => {
  const { page } = carrel;
  await page.emulateMedia({ colorScheme: 'light' });
  await page.evaluate(() => (document.documentElement.style.fontSize = '200%'));
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  expect(await violations(page)).toEqual([]);
  await page.screenshot({ path: info.outputPath('office-200-percent.png'), fullPage: true });
  await page.evaluate(() => (document.documentElement.style.fontSize = ''));
});
