import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import type { OfflineLine, OfflineList } from '../../src-main/contract/offline.ts';
import { ROOT } from '../launch/environment.ts';
import { launchCarrel, practice, scan, settledLine, snapshot, type Carrel } from './support.ts';

/** Outages in the built app, on the practice consortium: cut, scan on, start anew, come back, work the list off. */
const PICTURES = process.env['CARREL_PICTURES'] === undefined ? undefined : join(ROOT, 'docs', 'pictures');

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

async function picture(page: Page, name: string): Promise<void> {
  if (PICTURES !== undefined) await page.screenshot({ path: join(PICTURES, `${name}.png`) });
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
  await picture(page, 'offline-done');
  await page.keyboard.press('Escape');
  const rescanned = await scanned('wms-return-main-1');
  // The check-in was sent from the list: the scan only says where the thing goes.
  expect(rescanned.prompt?.destination.verb).toBe('Shelve');
  expect(rescanned.prompt?.legs).toContainEqual(expect.objectContaining({ system: 'WMS', text: 'Not told again' }));
  await scanned('wms-return-main-2');
  await expect.poll(async () => (await list()).lines.length).toBe(0);
});
