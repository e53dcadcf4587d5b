import AxeBuilder from '@axe-core/playwright';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { ROOT } from '../launch/environment.ts';
import { PracticeStaff } from '../launch/practice-staff.ts';
import { launchCarrel, practice, scan, snapshot, value, type Carrel } from './support.ts';

/** A request placed in the built app, on the practice consortium, by scanner and keyboard alone. Pictures on request. */
const PICTURES = process.env['CARREL_PICTURES'] === undefined ? undefined : join(ROOT, 'docs', 'pictures');

let carrel: Carrel;
test.beforeAll(async () => {
  if (PICTURES !== undefined) mkdirSync(PICTURES, { recursive: true });
  carrel = await launchCarrel();
});
test.afterAll(() => carrel.remove());

async function openPlace(page: Page): Promise<void> {
  await page.keyboard.press('F4');
  await page.keyboard.press('F4');
  await expect(page.getByRole('heading', { name: 'Place a request' })).toBeVisible();
  await expect.poll(async () => page.getByRole('list', { name: 'Placed' }).count()).toBe(1);
}

/** Requests that came through the resolver; the other libraries' patrons ask for books too. */
async function created(url: string): Promise<number> {
  const ledger = (await practice(url, 'ledger')) as { kind: string; user?: string }[];
  return ledger.filter(({ kind, user }) => kind === 'create' && user === 'openurl-resolver').length;
}

test('a scanned ISBN label is searched for, and the best of the duplicates stands first with the reason', async () => {
  const { page } = carrel;
  const before = (await snapshot(page)).lines.length;
  await openPlace(page);
  await scan(page, '9780000810014');
  await expect(page.getByText('ISBN 9780000810014 or 0000810010: 1 to 3 of 3')).toBeVisible();
  await expect(page.getByText(/Most lending libraries\./)).toBeVisible();
  await expect(page.getByText('1 of 3 alike')).toBeVisible();
  // The label went into the search; it is no scan of the shift.
  expect((await snapshot(page)).lines).toHaveLength(before);
});

test('placed with a function key: confirmed with its id at once, its number follows', async () => {
  const { page } = carrel;
  const { practiceUrl, pile } = await snapshot(page);
  const card = pile.find(({ what }) => what === 'patron card')!.barcode;
  await page.keyboard.press('F7');
  await scan(page, card);
  await expect(page.getByText('The circulation system knows the patron.')).toBeVisible();
  await page.getByRole('radio').first().check();
  await page.keyboard.press('F10');
  const placed = page.getByRole('list', { name: 'Placed' }).getByRole('listitem').first();
  await expect(placed).toContainText('Tide tables of the northern estuary');
  await expect(placed).not.toContainText(card);
  await expect(page.getByRole('status').getByText('Placed. Its number comes in a moment.').first()).toBeVisible();
  expect(await created(practiceUrl!)).toBe(1);
  const [row] = (await value(page, 'place.get', {})).placed;
  expect(row?.request).toBe(row?.id);
  await practice(practiceUrl!, 'clock', { advanceMs: 5_000 });
  await expect(placed).toContainText(/RVR-\d+/, { timeout: 20_000 });
});

test('a change is told wherever staff are, takes no focus and no key of a scanner’s, and goes when somebody looks', async () => {
  const { page } = carrel;
  const { practiceUrl } = await snapshot(page);
  const [row] = (await value(page, 'place.get', {})).placed;
  const staff = new PracticeStaff(practiceUrl!);
  await staff.pass();
  await staff.pass();
  const copy = await staff.copyOf('northfield', row?.number ?? '');
  await staff.act('northfield', copy, 'respondYes', { pickLocation: await staff.pickLocation('northfield') });
  while ((await page.getByRole('heading', { name: 'Place a request' }).count()) > 0)
    await page.keyboard.press('Escape');
  await expect(page.getByRole('textbox', { name: 'Scan' })).toBeFocused();
  // The next poll, now.
  await value(page, 'worklist.refresh', {});
  const notice = page.getByRole('region', { name: 'A placed request changed' });
  await expect(notice).toContainText('Expects to supply');
  await expect(notice).toContainText(row?.number ?? '');
  await expect(page.getByRole('textbox', { name: 'Scan' })).toBeFocused();
  if (PICTURES !== undefined) await page.screenshot({ path: join(PICTURES, 'place-notice.png') });
  const before = (await snapshot(page)).lines.length;
  await page.keyboard.press('Enter');
  await scan(page, 'NOBODYS-LABEL-1');
  await expect.poll(async () => (await snapshot(page)).lines.length).toBe(before + 1);
  await expect(notice).toBeVisible();
  await page.keyboard.press('Shift+F7');
  await expect(page.getByRole('heading', { name: 'Place a request' })).toBeVisible();
  await expect(notice).toHaveCount(0);
  const placed = page.getByRole('list', { name: 'Placed' }).getByRole('listitem').first();
  await expect(placed).toContainText('Expects to supply');
  await expect(placed).toContainText('New');
  await expect(placed).toBeInViewport();
  await expect.poll(async () => (await snapshot(page)).placedNews).toEqual([]);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(notice).toHaveCount(0);
});

test('what the resolver turned away is placed anew with another pickup location, once', async ({}, info) => {
  const { page } = carrel;
  const { practiceUrl, pile } = await snapshot(page);
  const card = pile.find(({ what }) => what === 'patron card')!.barcode;
  const before = await created(practiceUrl!);
  await openPlace(page);
  await page.getByRole('searchbox', { name: 'Search the Shared Inventory' }).fill('');
  await scan(page, '9780000810014');
  await expect(page.getByRole('searchbox', { name: 'Search the Shared Inventory' })).toHaveValue('9780000810014');
  await expect(page.getByRole('button', { name: 'F9 Search', exact: true })).toBeEnabled();
  await page.keyboard.press('F7');
  await scan(page, card);
  await expect(page.getByLabel('Patron’s number')).toHaveValue(card);
  await page.getByRole('radio').first().check();
  await practice(practiceUrl!, 'addFault', { where: 'resolver', kind: 'html-200', times: 1 });
  await page.keyboard.press('F10');
  const list = page.getByRole('list', { name: 'Placed' }).getByRole('listitem');
  await expect(list.first()).toContainText('web form instead of placing the request');
  expect(await created(practiceUrl!)).toBe(before);
  await page.keyboard.press('F5');
  const form = page.getByRole('region', { name: 'Request it' });
  await expect(form).toContainText('In place of Tide tables of the northern estuary');
  await expect(page.getByLabel('Patron’s number')).toBeFocused();
  await scan(page, card);
  await expect(page.getByText('The circulation system knows the patron.')).toBeVisible();
  await page.getByRole('radio').nth(1).check();
  await page.screenshot({ path: info.outputPath('place-anew.png') });
  await page.keyboard.press('F10');
  await expect(form).toContainText('Placed');
  expect(await created(practiceUrl!)).toBe(before + 1);
  await expect(list.nth(1)).toContainText('given up for another one with changes');
  await expect(list.nth(1).getByRole('button')).toHaveCount(0);
});

test('a file of requests: a dry run first, and then what is ready is placed, once, by a function key', async () => {
  const { page } = carrel;
  const { practiceUrl, pile } = await snapshot(page);
  const card = pile.find(({ what }) => what === 'patron card')!.barcode;
  const before = await created(practiceUrl!);
  const text = [
    'issn,isbn,title,author,patron,pickup',
    `2049-3630,,,,${card},riverside-main-desk`,
    `,,Winter wheat and its weather,Okafor,${card},riverside-main-desk`,
    `,9780000820013,,,${card},riverside-main-desk`,
  ].join('\n');
  await openPlace(page);
  await page.getByLabel('File of requests').setInputFiles({
    name: 'monday.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(text),
  });
  const rows = page.getByRole('list', { name: 'Requests of the file' }).getByRole('listitem');
  const panel = page.getByRole('region', { name: 'From a file' });
  await expect(panel.getByText('Nothing was placed yet: 2 ready, 1 not as it stands.')).toBeVisible();
  await expect(rows.nth(2)).toContainText('No holding says exactly “Will lend”');
  expect(await created(practiceUrl!)).toBe(before);
  // Enter, as a scanner sends it, places nothing.
  await page.keyboard.press('Enter');
  await page.keyboard.press('F11');
  await expect(panel.getByText('2 placed, 1 not as it stands.')).toBeVisible();
  expect(await created(practiceUrl!)).toBe(before + 2);
  await expect(rows.first()).not.toContainText(card);
});

for (const scheme of ['light', 'dark'] as const) {
  test(`the screen in ${scheme}: WCAG 2.2 AA as axe sees it`, async () => {
    const { page } = carrel;
    await openPlace(page);
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    const { violations } = await new AxeBuilder({ page })
      .setLegacyMode(true)
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
      .analyze();
    expect(violations.map(({ id, nodes }) => `${id} ${nodes.map((node) => node.target.join(' ')).join(', ')}`)).toEqual(
      [],
    );
    if (PICTURES !== undefined) await page.screenshot({ path: join(PICTURES, `place-${scheme}.png`) });
    await page.emulateMedia({ colorScheme: null, reducedMotion: null });
  });
}
