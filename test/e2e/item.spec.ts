import AxeBuilder from '@axe-core/playwright';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { ROOT } from '../launch/environment.ts';
import { launchCarrel, practice, scan, settledLine, snapshot, value, type Carrel } from './support.ts';

/** The item panel in the built app, on the practice WMS: copies, holds, and where a scan goes. Pictures on request. */
const PICTURES = process.env['CARREL_PICTURES'] === undefined ? undefined : join(ROOT, 'docs', 'pictures');

let carrel: Carrel;
let label: (key: string) => string;
let url: string;
test.describe.configure({ mode: 'serial' });
test.beforeAll(async () => {
  if (PICTURES !== undefined) mkdirSync(PICTURES, { recursive: true });
  carrel = await launchCarrel();
  const { pile, practiceUrl } = await snapshot(carrel.page);
  label = (key) => {
    const found = pile.find((entry) => entry.key === key);
    if (found === undefined) throw new Error(`the practice pile has no ${key}`);
    return found.barcode;
  };
  url = practiceUrl ?? '';
});
test.afterAll(() => carrel.remove());

interface PracticeItem {
  readonly ocn: string;
  readonly holds: readonly { readonly id: string; readonly pickup: string; readonly scope: string }[];
}

const wmsItem = async (key: string): Promise<PracticeItem> =>
  (await practice(url, 'wmsItem', { barcode: label(key) })) as PracticeItem;

const main = (page: Page) => page.getByRole('main');
const card = (page: Page) => page.getByRole('textbox', { name: 'Patron’s card' });
const holds = (page: Page) => page.getByRole('list', { name: 'Holds of this item' });
const copies = (page: Page) => page.getByRole('list', { name: 'Copies in the library' }).getByRole('listitem');

async function violations(page: Page): Promise<readonly string[]> {
  const results = await new AxeBuilder({ page })
    .setLegacyMode(true)
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze();
  return results.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(' | ')}`);
}

/** Scans a thing at the desk and opens its panel. */
async function openItem(key: string): Promise<void> {
  const { page } = carrel;
  if (await page.getByRole('heading', { name: 'Copies in the library' }).isVisible())
    await page.keyboard.press('Escape');
  await scan(page, label(key));
  await settledLine(page, label(key));
  await page.keyboard.press('F5');
  await expect(page.getByRole('heading', { name: 'Copies in the library' })).toBeVisible();
  await expect(main(page).getByText(label(key), { exact: true }).first()).toBeVisible();
}

test('every copy of a title by its number, in words, with the calls of the day', async () => {
  const { page } = carrel;
  await openItem('wms-title-copy-2');
  const { ocn } = await wmsItem('wms-title-copy-2');
  await page.getByLabel('OCLC number').fill(ocn);
  await page.keyboard.press('F5');
  await expect(copies(page)).toHaveCount(2);
  await expect(copies(page).first()).toContainText('in your hand');
  await expect(copies(page).first()).toContainText(label('wms-title-copy-2'));
  await expect(copies(page).nth(1)).toContainText(/Out, due/);
  await expect(main(page).getByText(/^\d+ of 50,000 WMS calls used today\.$/)).toBeVisible();
  await expect(page.getByText(/“Available now” is what WMS says/)).toBeVisible();
});

for (const scheme of ['light', 'dark'] as const) {
  test(`the panel in ${scheme}: WCAG 2.2 AA as axe sees it`, async () => {
    const { page } = carrel;
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    expect(await violations(page)).toEqual([]);
    if (PICTURES !== undefined) await page.screenshot({ path: join(PICTURES, `item-${scheme}.png`) });
    await page.emulateMedia({ colorScheme: null, reducedMotion: null });
  });
}

test('the number comes from the request where it names one, and the copies are looked up at once', async () => {
  const { page } = carrel;
  await openItem('pull-slip-1');
  await expect(main(page).getByText(/^OCLC \d+, from the request\.$/)).toBeVisible();
  await expect(main(page).getByText(/^As of \d\d:\d\d:\d\d\.$/)).toBeVisible();
  await expect(main(page).getByText(/ · Lending · /)).toBeVisible();
});

test('a card scanned in its field goes to the hold; F10 places it, once', async () => {
  const { page } = carrel;
  await openItem('wms-shelf-main-1');
  const before = (await snapshot(page)).lines.length;
  await page.keyboard.press('F10');
  await expect(main(page).getByText('Press F7, then scan or type the patron’s card.')).toBeVisible();
  await page.keyboard.press('F7');
  await expect(card(page)).toBeFocused();
  await scan(page, label('wms-card-1'));
  await expect(card(page)).toHaveValue(label('wms-card-1'));
  expect((await snapshot(page)).lines).toHaveLength(before);
  expect((await snapshot(page)).session?.state).not.toBe('open');
  await page.getByRole('radio', { name: /Science/ }).check();
  await page.keyboard.press('Enter');
  await expect(holds(page)).toHaveCount(0);
  await page.keyboard.press('F10');
  await expect(holds(page)).toContainText('Hold placed');
  await expect(card(page)).toHaveValue('');
  const item = await wmsItem('wms-shelf-main-1');
  expect(item.holds.map(({ pickup, scope }) => `${scope} ${pickup}`)).toEqual(['Item 900102']);
  const line = (await snapshot(page)).lines.find((one) => one.barcode === label('wms-shelf-main-1'));
  expect(line?.prompt?.legs.at(-1)).toMatchObject({ system: 'WMS', state: 'done' });
  // The same patron again: WMS says that it is a duplicate.
  await page.keyboard.press('F7');
  await scan(page, label('wms-card-1'));
  await page.keyboard.press('F10');
  await expect(holds(page)).toContainText('This patron has this on hold already');
});

test('a scan made while the panel is open is taken; the panel stays, and F5 goes to the new item', async () => {
  const { page } = carrel;
  await card(page).focus();
  await scan(page, label('wms-title-copy-1'));
  await settledLine(page, label('wms-title-copy-1'));
  await expect(card(page)).not.toHaveValue(label('wms-title-copy-1'));
  await expect(main(page).getByText(/^This panel stays with/)).toBeVisible();
  await expect(main(page).getByText(label('wms-shelf-main-1'), { exact: true }).first()).toBeVisible();
  await page.keyboard.press('F5');
  await expect(main(page).getByText(label('wms-title-copy-1'), { exact: true }).first()).toBeVisible();
  await expect(main(page).getByText(/^This panel stays with/)).toBeHidden();
});

test('the hold is cancelled by its id and the card', async () => {
  const { page } = carrel;
  const { holds: open } = await wmsItem('wms-shelf-main-1');
  await page.getByLabel('Id of the hold').fill(open[0]?.id ?? '');
  await card(page).fill(label('wms-card-1'));
  await page.keyboard.press('F11');
  await expect(holds(page)).toContainText('Hold cancelled');
  expect((await wmsItem('wms-shelf-main-1')).holds).toEqual([]);
});

test('a lost answer is a person’s to settle, and the second press sends nothing', async () => {
  const { page } = carrel;
  await openItem('wms-shelf-main-2');
  await practice(url, 'addWmsFault', { where: 'RequestItem', kind: 'drop-after', times: 1 });
  await card(page).fill(label('wms-card-2'));
  await page.keyboard.press('F10');
  await expect(holds(page)).toContainText('Not known whether the hold was placed', { timeout: 20_000 });
  const line = (await snapshot(page)).lines.find((one) => one.barcode === label('wms-shelf-main-2'));
  expect(line?.prompt?.legs.at(-1)?.state).toBe('unknown');
  await expect(holds(page).getByText('Not known whether the hold was placed')).toBeInViewport();
  const { quota: before } = await value(page, 'item.quota', {});
  await page.keyboard.press('F10');
  await expect(main(page).getByText(/so nothing was sent now/)).toBeVisible();
  expect((await value(page, 'item.quota', {})).quota).toEqual(before);
  expect(await violations(page)).toEqual([]);
  if (PICTURES !== undefined) await page.screenshot({ path: join(PICTURES, 'item-not-known-light.png') });
  await page.keyboard.press('F9');
  await expect(holds(page)).toContainText('Hold placed, staff say');
  await expect(holds(page).getByText('Hold placed, staff say')).toBeInViewport();
  const settled = (await snapshot(page)).lines.find((one) => one.barcode === label('wms-shelf-main-2'));
  expect(settled?.prompt?.legs.filter(({ state }) => state === 'unknown')).toEqual([]);
  expect((await wmsItem('wms-shelf-main-2')).holds).toHaveLength(1);
});

test('at 200 % text everything is there in one column', async () => {
  const { page } = carrel;
  await page.evaluate(() => (document.documentElement.style.fontSize = '200%'));
  await expect(main(page).getByRole('button', { name: /Place the hold/ })).toBeVisible();
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
  expect(wide).toBe(false);
  expect(await violations(page)).toEqual([]);
  if (PICTURES !== undefined) await page.screenshot({ path: join(PICTURES, 'item-200-percent.png'), fullPage: true });
  await page.evaluate(() => (document.documentElement.style.fontSize = ''));
});

test('when the day’s calls are used up it is said in words', async () => {
  const { page } = carrel;
  await openItem('wms-title-copy-1');
  await practice(url, 'wmsQuota', { perDay: 0 });
  await page.getByLabel('OCLC number').fill((await wmsItem('wms-title-copy-1')).ocn);
  await page.keyboard.press('F5');
  await expect(
    main(page)
      .getByText(/calls a day|used up|limit/i)
      .first(),
  ).toBeVisible();
});
