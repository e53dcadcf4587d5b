import AxeBuilder from '@axe-core/playwright';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { ROOT } from '../launch/environment.ts';
import { launchCarrel, scan, settledLine, snapshot, type Carrel } from './support.ts';

/** Every screen in each state: WCAG 2.2 AA as axe sees it, and no room lost at 200 % text. Pictures on request. */
const PICTURES = process.env['CARREL_PICTURES'] === undefined ? undefined : join(ROOT, 'docs', 'pictures');

let carrel: Carrel;
let label: (key: string) => string;
test.beforeAll(async () => {
  if (PICTURES !== undefined) mkdirSync(PICTURES, { recursive: true });
  carrel = await launchCarrel();
  const { pile } = await snapshot(carrel.page);
  label = (key) => pile.find((entry) => entry.key === key)?.barcode ?? key;
  for (const key of ['own-item-1', 'isbn-unknown', 'complete-1', 'recalled', 'arrival-accept-fails', 'arrival-1']) {
    await scan(carrel.page, label(key));
    await settledLine(carrel.page, label(key));
  }
});
test.afterAll(() => carrel.remove());

// Legacy mode: axe’s other way opens a page of its own, which an Electron window has no place for.
interface Scene {
  readonly name: string;
  readonly show: (page: Page) => Promise<void>;
}

async function open(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation').getByRole('button', { name, exact: true }).click();
}

async function promptOf(page: Page, key: string): Promise<void> {
  await open(page, 'Desk');
  await page.keyboard.press('Escape');
  await scan(page, label(key));
  await settledLine(page, label(key));
}

const SCENES: readonly Scene[] = [
  { name: 'desk', show: (page) => promptOf(page, 'return-by-number') },
  { name: 'desk-needs-you', show: (page) => promptOf(page, 'complete-checkin-fails') },
  { name: 'desk-which-one', show: (page) => promptOf(page, 'both-sides') },
  { name: 'desk-wrong-label', show: (page) => promptOf(page, 'isbn-of-arrival') },
  {
    name: 'pile',
    show: async (page) => {
      await open(page, 'Desk');
      await page.keyboard.press('F3');
    },
  },
  {
    name: 'requests',
    show: async (page) => {
      await page.keyboard.press('F4');
      await page.keyboard.type('the', { delay: 120 });
      await page.waitForTimeout(400);
    },
  },
  {
    name: 'all-days',
    show: async (page) => {
      await page.keyboard.press('F6');
      await page.waitForTimeout(400);
    },
  },
  { name: 'settings', show: (page) => open(page, 'Settings') },
  {
    name: 'keys',
    show: async (page) => {
      await open(page, 'Desk');
      await page.keyboard.press('F1');
    },
  },
];

for (const scheme of ['light', 'dark'] as const) {
  test(`every screen in ${scheme}`, async () => {
    test.setTimeout(120_000);
    const { page } = carrel;
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    for (const { name, show } of SCENES) {
      await show(page);
      const found = await new AxeBuilder({ page })
        .setLegacyMode(true)
        .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
        .analyze();
      expect(
        found.violations.map(
          ({ id, nodes }) => `${name}: ${id} ${nodes.map((node) => node.target.join(' ')).join(', ')}`,
        ),
      ).toEqual([]);
      if (PICTURES !== undefined) await page.screenshot({ path: join(PICTURES, `${name}-${scheme}.png`) });
      if (name === 'keys') await page.keyboard.press('F1');
      if (name === 'pile') await page.keyboard.press('F3');
    }
    await page.emulateMedia({ colorScheme: null, reducedMotion: null });
  });
}

test('at 200 % text the desk is one column, prompt first, and nothing is cut off sideways', async () => {
  const { page } = carrel;
  await promptOf(page, 'ship-back-1');
  await page.evaluate(() => {
    document.documentElement.style.fontSize = '200%';
  });
  await page.waitForTimeout(200);
  if (PICTURES !== undefined) await page.screenshot({ path: join(PICTURES, 'desk-200-percent.png') });
  const prompt = await page.getByRole('region', { name: 'What to do' }).boundingBox();
  const list = await page.getByRole('list', { name: 'This shift' }).boundingBox();
  expect(prompt!.y).toBeLessThan(list!.y);
  expect(prompt!.width).toBeGreaterThan(1000);
  for (const { name, show } of SCENES.filter(({ name: scene }) => !scene.startsWith('desk-'))) {
    await show(page);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(wide, name).toBeLessThanOrEqual(0);
    if (name === 'keys') await page.keyboard.press('F1');
    if (name === 'pile') await page.keyboard.press('F3');
  }
  await page.evaluate(() => {
    document.documentElement.style.fontSize = '';
  });
});

test('with forced colours everything is still told by word and shape', async () => {
  const { page } = carrel;
  await page.emulateMedia({ forcedColors: 'active' });
  await promptOf(page, 'ship-back-2');
  if (PICTURES !== undefined) await page.screenshot({ path: join(PICTURES, 'desk-forced-colours.png') });
  await expect(page.getByRole('region', { name: 'What to do' })).toContainText('Interlibrary loan');
  await page.emulateMedia({ forcedColors: null });
});

test('the destination is readable at arm’s length', async () => {
  const { page } = carrel;
  await promptOf(page, 'return-lender-barcode');
  const size = await page
    .getByRole('region', { name: 'What to do' })
    .getByText('Ship back')
    .first()
    .evaluate((element) => Number.parseFloat(getComputedStyle(element).fontSize));
  expect(size).toBeGreaterThanOrEqual(40);
});
