import AxeBuilder from '@axe-core/playwright';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { ROOT } from '../launch/environment.ts';
import { launchCarrel, practice, scan, settledLine, snapshot, type Carrel } from './support.ts';

/** Alma's lending task list and its print queue, in the built app on the practice Alma. Pictures on request. */
const PICTURES = process.env['CARREL_PICTURES'] === undefined ? undefined : join(ROOT, 'docs', 'pictures');

let carrel: Carrel;
let url: string;
test.beforeAll(async () => {
  if (PICTURES !== undefined) mkdirSync(PICTURES, { recursive: true });
  carrel = await launchCarrel();
  url = (await snapshot(carrel.page)).practiceUrl ?? '';
});
test.afterAll(() => carrel.remove());

async function open(page: Page): Promise<void> {
  await page
    .getByRole('navigation')
    .getByRole('button', { name: /^Two systems/ })
    .click();
  const key = page.getByRole('contentinfo').getByRole('button', { name: 'Alma’s lists' });
  if ((await page.getByRole('heading', { level: 1, name: 'Alma’s lists' }).count()) > 0) return;
  await expect(key).toBeVisible();
  await page.keyboard.press('Shift+F3');
  await expect(page.getByRole('heading', { level: 1, name: 'Alma’s lists' })).toBeVisible();
}

test('both lists with their counts; the arrow keys go through them, and a lending request shows what Alma has', async () => {
  const { page } = carrel;
  await open(page);
  await expect(page.getByRole('heading', { name: 'Slips waiting in Alma 2' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Lending: Shipped physically 1' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Lending: Created lending request 3' })).toBeVisible();
  const detail = page.getByRole('region', { name: 'Resource Sharing Shipping Slip Letter' });
  await expect(detail).toContainText('External ID: EXB-2026-00088');
  for (let turn = 0; turn < 2; turn += 1) await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('region', { name: 'Notes on Harbour Geometry' })).toContainText('Example College B');
  if (PICTURES !== undefined) await page.screenshot({ path: join(PICTURES, 'alma-lists.png') });
  // Alma answered, so its light is good here; among the lights of the desk it has no place while nothing is wrong.
  await expect(page.getByRole('list', { name: 'Systems of the office' })).toContainText('Alma');
  expect((await snapshot(page)).lights.find(({ system }) => system === 'alma')).toMatchObject({ state: 'good' });
});

test('a scan made meanwhile is a scan; a slip the printer did not print still waits', async () => {
  const { page } = carrel;
  await open(page);
  await expect(page.getByRole('heading', { name: 'Slips waiting in Alma 2' })).toBeVisible();
  await page.locator('[id^="task-50"]').first().focus();
  await page.keyboard.press('Home');
  const [first] = (await snapshot(page)).pile;
  await scan(page, first?.barcode ?? '');
  await settledLine(page, first?.barcode ?? '');
  await page.keyboard.press('F8');
  const slip = page.getByRole('region', { name: 'Resource Sharing Shipping Slip Letter' });
  await expect(slip.getByRole('status')).toContainText('No printer here; tell IT. It still waits in Alma.');
  await expect(page.getByRole('heading', { name: 'Slips waiting in Alma 2' })).toBeVisible();
});

test('a slip that was printed elsewhere is ticked off in Alma', async () => {
  const { page } = carrel;
  await open(page);
  await expect(page.getByRole('heading', { name: 'Slips waiting in Alma 2' })).toBeVisible();
  await page.keyboard.press('F10');
  await expect(page.getByRole('heading', { name: 'Slips waiting in Alma 1' })).toBeVisible();
  await expect(page.getByRole('main').getByText('Marked as printed; Alma no longer lists it.')).toBeVisible();
  const effects = (await practice(url, 'ledger')) as readonly { readonly action?: string }[];
  expect(effects.filter(({ action }) => action === 'mark-printed')).toHaveLength(1);
});

test('an Alma in trouble: a sentence in place of each list, its light turns, and the desk is in no outage', async () => {
  const { page } = carrel;
  await open(page);
  await expect(page.getByRole('heading', { name: 'Lending: Created lending request 3' })).toBeVisible();
  await practice(url, 'almaReach', { reached: false });
  await page.keyboard.press('F9');
  await expect(page.getByRole('heading', { name: 'Lending: Created lending request' })).toHaveCount(0);
  await expect(page.getByRole('main').getByText('Alma was not reached', { exact: false })).toHaveCount(1);
  await expect(page.getByRole('main').getByText('Nothing is known of them now.')).toBeVisible();
  await expect
    .poll(async () => (await snapshot(page)).lights.find(({ system }) => system === 'alma')?.state)
    .toBe('down');
  await expect(page.getByRole('banner').getByText('Alma')).toBeVisible();
  await expect(page.getByText('offline cart')).toHaveCount(0);
  await page.screenshot({ path: 'test-results/alma-lists-trouble.png' });
  await practice(url, 'almaReach', { reached: true });
  await page.keyboard.press('F9');
  await expect(page.getByRole('heading', { name: 'Lending: Created lending request 3' })).toBeVisible();
  await expect(page.getByRole('banner').getByText('Alma')).toHaveCount(0);
});

for (const scheme of ['light', 'dark'] as const) {
  test(`the lists in ${scheme}: WCAG 2.2 AA as axe sees it, at 200 % too`, async () => {
    const { page } = carrel;
    await open(page);
    await expect(page.getByRole('heading', { name: 'Lending: Created lending request 3' })).toBeVisible();
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    for (const size of ['100%', '200%']) {
      await page.evaluate((text) => (document.documentElement.style.fontSize = text), size);
      const { violations } = await new AxeBuilder({ page })
        .setLegacyMode(true)
        .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
        .analyze();
      expect(
        violations.map(({ id, nodes }) => `${id} ${nodes.map((node) => node.target.join(' ')).join(', ')}`),
      ).toEqual([]);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(wide).toBeLessThanOrEqual(0);
      await page.screenshot({ path: `test-results/alma-lists-${scheme}-${size.slice(0, -1)}.png` });
    }
    await page.evaluate(() => (document.documentElement.style.fontSize = ''));
    await page.emulateMedia({ colorScheme: null, reducedMotion: null });
  });
}
