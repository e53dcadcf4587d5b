import AxeBuilder from '@axe-core/playwright';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import type { OfflineLine, OfflineList } from '../../src-main/contract/offline.ts';
import { ROOT } from '../launch/environment.ts';
import { launchCarrel, practice, scan, settledLine, snapshot, type Carrel } from './support.ts';

/** Outages in the built app, on the practice consortium: cut, scan on, start anew, come back, work the list off. */
const PICTURES = process.env['CARREL_PICTURES'] === undefined ? undefined : join(ROOT, 'docs', 'pictures');

// Each look at a screen is four pictures and four examinations, which a busy machine draws out.
test.describe.configure({ timeout: 240_000 });

let carrel: Carrel;
let url: string;
let label: (key: string) => string;

async function open(userData?: string): Promise<void> {
  carrel = await launchCarrel(userData === undefined ? {} : { userData });
  const { pile, practiceUrl } = await snapshot(carrel.page);
  label = (key) => pile.find((entry) => entry.key === key)?.barcode ?? key;
  url = practiceUrl ?? '';
  await expect.poll(async () => (await snapshot(carrel.page)).cachedRequests, { timeout: 30_000 }).toBeGreaterThan(100);
}

test.beforeAll(async () => {
  if (PICTURES !== undefined) mkdirSync(PICTURES, { recursive: true });
  await open();
});
test.afterAll(() => carrel.remove());

const list = async (): Promise<OfflineList> => {
  const { offline } = await snapshot(carrel.page);
  if (offline === undefined) throw new Error('no offline list');
  return offline;
};

async function line(key: string): Promise<OfflineLine> {
  const found = (await list()).lines.find((one) => one.barcode === label(key));
  if (found === undefined) throw new Error(`${key} is not on the list`);
  return found;
}

async function scanned(key: string): Promise<Awaited<ReturnType<typeof settledLine>>> {
  await scan(carrel.page, label(key));
  return settledLine(carrel.page, label(key), 30_000);
}

async function state(system: 'reshare' | 'wms'): Promise<string | undefined> {
  return (await snapshot(carrel.page)).lights.find((light) => light.system === system)?.state;
}

/** In both schemes and at 200 % text: a picture of each, and WCAG 2.2 AA as axe sees it. */
async function look(page: Page, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    for (const size of ['100%', '200%']) {
      await page.evaluate((percent) => (document.documentElement.style.fontSize = percent), size);
      const { violations } = await new AxeBuilder({ page })
        .setLegacyMode(true)
        .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
        .analyze();
      expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(wide, `${name} at ${size} fits the width`).toBeLessThanOrEqual(0);
      const file = `${name}-${colorScheme}-${size.replace('%', '')}.png`;
      await page.screenshot({ path: PICTURES === undefined ? test.info().outputPath(file) : join(PICTURES, file) });
    }
  }
  await page.evaluate(() => (document.documentElement.style.fontSize = ''));
  await page.emulateMedia({ colorScheme: null });
}

test('WMS away, ReShare there: own items go on the offline cart with a number, interlibrary loans go on', async () => {
  const { page } = carrel;
  await practice(url, 'wmsReach', { reached: false });
  const first = await scanned('wms-return-main-1');
  expect(first.prompt).toMatchObject({
    kind: 'saved',
    destination: { verb: 'Saved', to: 'Offline cart, No. 1' },
    slip: { kind: 'offline', destination: 'No. 1', barcode: { text: label('wms-return-main-1') } },
  });
  expect(first.prompt?.why.join(' ')).toContain('Holds and routing are unknown until WMS is back.');
  await expect(page.locator('.amber b').getByText('WMS is not reached')).toBeVisible();
  await expect(page.getByText(/ReShare works: interlibrary loans go on/)).toBeVisible();
  const received = await scanned('arrival-1');
  expect(received.prompt?.destination.verb).toBe('Hold shelf');
  const second = await scanned('wms-return-main-2');
  expect(second.prompt?.destination.to).toBe('Offline cart, No. 2');
  const again = await scanned('wms-return-main-1');
  expect(again.prompt?.destination.to).toBe('Offline cart, No. 1');
  expect((await list()).lines).toHaveLength(2);
});

test('back again: looked at, done, and each line goes when its thing is scanned', async () => {
  const { page } = carrel;
  await practice(url, 'wmsReach', { reached: true });
  await expect.poll(() => state('wms'), { timeout: 30_000 }).toBe('good');
  await expect(page.getByText('2 things wait')).toBeVisible();
  await page.keyboard.press('Shift+F12');
  await expect.poll(async () => (await line('wms-return-main-1')).state).toBe('would-do');
  await page.keyboard.press('F10');
  await expect.poll(async () => (await line('wms-return-main-2')).state, { timeout: 20_000 }).toBe('done');
  const done = await line('wms-return-main-1');
  expect(done).toMatchObject({ state: 'done', todo: 'rescan' });
  expect(done.todoSentence).toContain('Shelve');
  await page.keyboard.press('Escape');
  const rescanned = await scanned('wms-return-main-1');
  // The check-in was sent from the list: the scan only says where the thing goes.
  expect(rescanned.prompt?.destination.verb).toBe('Shelve');
  expect(rescanned.prompt?.legs).toContainEqual(expect.objectContaining({ system: 'WMS', text: 'Not told again' }));
  await scanned('wms-return-main-2');
  await expect.poll(async () => (await list()).lines.length).toBe(0);
});

test('ReShare away: things of every kind get a number and a place, and nothing is sent', async () => {
  const { page } = carrel;
  const before = ((await practice(url, 'ledger')) as readonly unknown[]).length;
  await practice(url, 'addFault', { where: 'everything', kind: 'drop-before' });
  const places: [key: string, to: RegExp][] = [
    ['arrival-2', /Offline cart, No\. \d+/],
    ['return-by-number', /Offline cart, No\. \d+/],
    ['ship-back-1', /Offline cart, No\. \d+/],
    ['complete-1', /Offline cart, No\. \d+/],
    ['wms-shelf-main-1', /Offline cart, No\. \d+/],
    ['pull-slip-1', /Offline cart, No\. \d+/],
    ['unknown-request', /Offline cart, No\. \d+/],
    ['ship-1', /^No\. \d+/],
  ];
  for (const [key, to] of places) {
    const { prompt } = await scanned(key);
    expect([key, prompt?.kind, prompt?.destination.to]).toEqual([key, 'saved', expect.stringMatching(to)]);
    expect(prompt?.legs.some(({ state: leg }) => leg === 'done')).toBe(false);
  }
  expect((await scanned('fill-request-1')).prompt?.destination.verb).toBe('Scan the item');
  expect((await scanned('fill-item-1')).prompt?.destination.verb).toBe('Keep at the desk');
  await scanned('arrival-3');
  const { lines } = await list();
  expect(lines.length).toBeGreaterThanOrEqual(places.length);
  expect(new Set(lines.map(({ no }) => no)).size).toBe(lines.length);
  expect(lines.find(({ barcode }) => barcode === label('ship-1'))).toMatchObject({
    mode: 'intent',
    place: 'At the desk',
  });
  expect((await practice(url, 'ledger')) as readonly unknown[]).toHaveLength(before);
  await expect(page.locator('.amber b').getByText('ReShare is not reached')).toBeVisible();
  await look(page, 'outage-desk');
  await page.keyboard.press('Shift+F12');
  await look(page, 'outage-list-waiting');
  await page.keyboard.press('Escape');
});

test('started anew, the list is there with its numbers; a person takes a line off with a reason', async () => {
  const numbers = (await list()).lines.map(({ no, barcode }) => [no, barcode]);
  await carrel.close();
  // The practice consortium begins anew with Carrel: everything is reached again.
  await open(carrel.userData);
  const { page } = carrel;
  expect((await list()).lines.map(({ no, barcode }) => [no, barcode])).toEqual(numbers);
  await expect(page.getByText(`${String(numbers.length)} things wait`)).toBeVisible({ timeout: 30_000 });
  await look(page, 'outage-back');
  await page.keyboard.press('Shift+F12');
  await expect.poll(async () => (await list()).lines.some(({ state: now }) => now === 'waiting')).toBe(false);
  await look(page, 'outage-list-preview');

  await page.locator(`#offline-${(await line('unknown-request')).scanId}`).click();
  await page.keyboard.press('F11');
  const reason = page.getByLabel('Reason');
  await expect(reason).toBeFocused();
  await page.keyboard.type('label of a bookmark', { delay: 80 });
  await look(page, 'outage-list-dismissing');
  await page.keyboard.press('F11');
  await expect.poll(async () => (await list()).lines.length).toBe(numbers.length - 1);

  await page.keyboard.press('F10');
  await expect.poll(async () => (await line('arrival-2')).state, { timeout: 30_000 }).toBe('done');
  await expect.poll(async () => (await list()).busy, { timeout: 30_000 }).toBeUndefined();
  expect(await line('ship-1')).toMatchObject({ state: 'again', todo: 'rescan' });
  expect((await list()).lines.filter(({ todo }) => todo === 'slip').length).toBeGreaterThan(0);
  await page.keyboard.press('Shift+F8');
  await expect(page.getByRole('main').getByText(/^Not printed: No printer here/)).toBeVisible();
  await look(page, 'outage-list-done');
});
