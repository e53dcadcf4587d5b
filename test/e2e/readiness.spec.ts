import AxeBuilder from '@axe-core/playwright';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { ROOT } from '../launch/environment.ts';
import { launchCarrel, scan, settledLine, snapshot, value, type Carrel } from './support.ts';

/** The readiness list in the built app, on the practice library, by keyboard alone. Pictures on request. */
const PICTURES = process.env['CARREL_PICTURES'] === undefined ? undefined : join(ROOT, 'docs', 'pictures');

let carrel: Carrel;
test.beforeAll(async () => {
  if (PICTURES !== undefined) mkdirSync(PICTURES, { recursive: true });
  carrel = await launchCarrel();
});
test.afterAll(() => carrel.remove());

/** Settings has a key for it; a look begins by itself. */
async function openReadiness(page: Page): Promise<void> {
  await page.getByRole('navigation').getByRole('button', { name: 'Settings' }).focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('F9');
  await expect(page.getByText(/lines are open\./)).toBeVisible({ timeout: 20_000 });
}

/** Goes down the list with the arrow keys to the line with these words. */
async function goTo(page: Page, words: RegExp): Promise<void> {
  const rows = page.locator('main ol button');
  const asks = await rows.allTextContents();
  await page.locator('main ol button[tabindex="0"]').focus();
  await page.keyboard.press('Home');
  for (let at = asks.findIndex((text) => words.test(text)); at > 0; at -= 1) await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('button', { name: words })).toBeFocused();
}

const detail = (page: Page) => page.getByRole('region', { name: /./ }).filter({ hasText: 'Who can mend it' });

test('what is looked up is green, in the order of the guides; what only a person can tell is open', async () => {
  const { page } = carrel;
  await openReadiness(page);
  const list = await value(page, 'readiness.get', {});
  const by = (outcome: string) => list.lines.filter((line) => line.outcome === outcome).map(({ id }) => id);
  expect(by('missing')).toEqual([]);
  expect(by('not-looked')).toEqual([]);
  expect(by('not-permitted')).toEqual(['shared-index', 'lms-address']);
  expect(by('found')).toEqual(
    expect.arrayContaining([
      'wskey-circulation',
      'request-prefix',
      'institution-patron',
      'openurl',
      'shared-inventory',
    ]),
  );
  const wms = list.lines.filter(({ group }) => ['before', 'borrowing', 'lending', 'enable'].includes(group));
  expect([wms[0]?.id, wms.at(-1)?.id]).toEqual(['authorization-form', 'enabled']);
  expect(list.lines.filter(({ outcome }) => !['found', 'not-needed'].includes(outcome))).toHaveLength(list.open);
});

for (const scheme of ['light', 'dark'] as const) {
  test(`the screen in ${scheme}: WCAG 2.2 AA as axe sees it`, async () => {
    const { page } = carrel;
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    const { violations } = await new AxeBuilder({ page })
      .setLegacyMode(true)
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
      .analyze();
    expect(violations.map(({ id, nodes }) => `${id} ${nodes.map((node) => node.target.join(' ')).join(', ')}`)).toEqual(
      [],
    );
    if (PICTURES !== undefined) await page.screenshot({ path: join(PICTURES, `readiness-${scheme}.png`) });
    await page.emulateMedia({ colorScheme: null, reducedMotion: null });
  });
}

test('the last step confirmed before its turn is warned about, and can be taken back', async () => {
  const { page } = carrel;
  await goTo(page, /Last of all/);
  await page.keyboard.press('F10');
  await expect(detail(page)).toContainText('Confirmed by desk');
  await expect(detail(page)).toContainText('This is to come last');
  await page.keyboard.press('F11');
  await expect(detail(page)).toContainText('Not confirmed yet');
});

test('a line is confirmed with a name and a note, and is still so after a restart', async () => {
  const { page } = carrel;
  await goTo(page, /holding location and the shelving location/);
  await page.getByLabel('Name', { exact: true }).fill('');
  await page.keyboard.press('F10');
  await expect(page.getByText('Write the name of the person who confirms it.')).toBeVisible();
  await page.getByLabel('Name', { exact: true }).fill('R. Osei');
  await page.getByLabel('Note (optional)').fill('ILLTEMP, shelf ILL');
  await page.keyboard.press('F10');
  await expect(detail(page)).toContainText('Confirmed by R. Osei');
  await expect(detail(page)).toContainText('signed in as desk');

  const { userData } = carrel;
  await carrel.close();
  carrel = await launchCarrel({ userData });
  await openReadiness(carrel.page);
  await goTo(carrel.page, /holding location and the shelving location/);
  await expect(detail(carrel.page)).toContainText('Confirmed by R. Osei');
  await expect(detail(carrel.page)).toContainText('ILLTEMP, shelf ILL');
});

test('at 200 % text nothing is cut off or beside the window', async () => {
  const { page } = carrel;
  await openReadiness(page);
  await page.evaluate(() => (document.documentElement.style.fontSize = '200%'));
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(wide).toBeLessThanOrEqual(0);
  await goTo(page, /Mutual Customer Access/);
  await expect(detail(page)).toContainText('legal@oclc.org');
  await page.keyboard.press('Space');
  await expect(page.getByRole('heading', { name: /Mutual Customer Access/ })).toBeInViewport();
  if (PICTURES !== undefined) await page.screenshot({ path: join(PICTURES, 'readiness-200-percent.png') });
  await page.evaluate(() => (document.documentElement.style.fontSize = ''));
});

test('a scan is taken while a name is being typed, and stays out of the field', async () => {
  const { page } = carrel;
  await openReadiness(page);
  await goTo(page, /Mutual Customer Access/);
  const name = page.getByLabel('Name', { exact: true });
  await name.fill('R. Osei');
  await name.focus();
  const barcode = (await snapshot(page)).pile[0]!.barcode;
  await scan(page, barcode);
  await settledLine(page, barcode);
  await expect(name).toHaveValue('R. Osei');
});
