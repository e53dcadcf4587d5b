import AxeBuilder from '@axe-core/playwright';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { ROOT } from '../launch/environment.ts';
import { call, launchCarrel, practice, scan, settledLine, snapshot, value, type Carrel } from './support.ts';

/** Answers of WMS that get lost, in the built app: a person looks and says what happened, here or there, now or tomorrow. */
const PICTURES = process.env['CARREL_PICTURES'] === undefined ? undefined : join(ROOT, 'docs', 'pictures');
const OPEN = { working: false, destination: { verb: 'Keep here' }, tag: 'Not known' } as const;

let carrel: Carrel;
let url: string;
let label: (key: string) => string;

async function open(userData?: string): Promise<void> {
  carrel = await launchCarrel(userData === undefined ? {} : { userData });
  const { pile, practiceUrl } = await snapshot(carrel.page);
  label = (key) => pile.find((entry) => entry.key === key)?.barcode ?? key;
  url = practiceUrl ?? '';
}

test.beforeAll(async () => {
  if (PICTURES !== undefined) mkdirSync(PICTURES, { recursive: true });
  await open();
});
test.afterAll(() => carrel.remove());

type Line = Awaited<ReturnType<typeof settledLine>>;

async function scanned(key: string): Promise<Line> {
  const before = (await snapshot(carrel.page)).lines.length;
  await scan(carrel.page, label(key));
  await expect.poll(async () => (await snapshot(carrel.page)).lines.length).toBe(before + 1);
  return settledLine(carrel.page, label(key), 30_000);
}

/** How often WMS was told to check an item in; its own count, not Carrel's. */
async function checkIns(key: string): Promise<number> {
  const { history } = (await practice(url, 'wmsItem', { barcode: label(key) })) as { history: { event: string }[] };
  return history.filter(({ event }) => event === 'CheckInItem').length;
}

const loseNext = (kind: 'drop-before' | 'drop-after'): Promise<unknown> =>
  practice(url, 'addWmsFault', { where: 'CheckInItem', kind, times: 1 });

const keys = ({ prompt }: Line): readonly string[] => prompt?.offers.map(({ key }) => key) ?? [];

test('the prompt says that somebody has to look, and nothing more is sent until somebody has', async () => {
  await loseNext('drop-after');
  const first = await scanned('wms-return-main-1');
  expect(first.prompt).toMatchObject(OPEN);
  expect(first.prompt?.legs).toContainEqual(expect.objectContaining({ system: 'WMS', state: 'unknown' }));
  expect(first.prompt?.why.join(' ')).toContain('Look at its status in WMS');
  await expect(carrel.page.getByText(/^No look is possible: WMS shows copies only by the OCLC number/)).toBeVisible();
  const again = await scanned('wms-return-main-1');
  expect(again.prompt).toMatchObject(OPEN);
  expect(keys(again)).toEqual(['F7', 'F10', 'F11']);
  expect(await checkIns('wms-return-main-1')).toBe(1);
});

test('the word given at the prompt settles it: the next scan sends nothing and says who knows where it goes', async () => {
  await carrel.page.keyboard.press('F11');
  await expect
    .poll(async () => (await settledLine(carrel.page, label('wms-return-main-1'))).prompt?.tag)
    .toBe('Done, says staff');
  const next = await scanned('wms-return-main-1');
  expect(next.prompt?.destination.verb).toBe('Look in WMS');
  expect(await checkIns('wms-return-main-1')).toBe(1);
});

test('started anew, another item still waits; the agreement list asks, and its word frees the item', async () => {
  await loseNext('drop-before');
  expect((await scanned('wms-return-main-2')).prompt).toMatchObject(OPEN);
  await carrel.close();
  await open(carrel.userData);
  const { page } = carrel;
  const waiting = await scanned('wms-return-main-2');
  expect(waiting.prompt).toMatchObject(OPEN);
  expect(keys(waiting)).toEqual(['F7', 'F10', 'F11']);
  expect(await checkIns('wms-return-main-2')).toBe(0);

  await value(page, 'agreement.look', { whole: true });
  const item = async () =>
    (await snapshot(page)).agreement?.items.find(({ label: number }) => number === label('wms-return-main-2'));
  await expect.poll(async () => (await item())?.action, { timeout: 40_000 }).toBe('say');
  await page
    .getByRole('navigation')
    .getByRole('button', { name: /^Agreement/ })
    .click();
  await page.getByRole('button', { name: new RegExp(label('wms-return-main-2')) }).click();
  await expect(page.getByText(/Nothing more is sent for it until somebody says whether it happened/)).toBeVisible();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const { violations } = await new AxeBuilder({ page })
      .setLegacyMode(true)
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
      .analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
    const file = `agreement-say-${colorScheme}.png`;
    await page.screenshot({ path: PICTURES === undefined ? test.info().outputPath(file) : join(PICTURES, file) });
  }
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
  // Enter, which a scanner sends, presses neither.
  await page.keyboard.press('Enter');
  expect((await item())?.confirmed).toBeUndefined();
  await page.keyboard.press('F10');
  await expect.poll(async () => (await item())?.confirmed?.by).toBe('desk');

  await page.keyboard.press('Escape');
  const next = await scanned('wms-return-main-2');
  expect(next.prompt?.destination.verb).toBe('Shelve');
  expect(await checkIns('wms-return-main-2')).toBe(1);
});

/** Its title's OCLC number, typed in the item panel. */
async function typeNumber(key: string): Promise<void> {
  const { page } = carrel;
  const { ocn } = (await practice(url, 'wmsItem', { barcode: label(key) })) as { ocn: string };
  await page.keyboard.press('F5');
  await page.getByLabel('OCLC number').first().fill(ocn);
  await page.keyboard.press('F5');
  await expect(page.getByRole('list', { name: 'Copies in the library' }).getByRole('listitem').first()).toBeVisible();
  await page.keyboard.press('Escape');
}

test('once staff give the OCLC number, the prompt that asks says what WMS Availability shows, and when', async () => {
  const { page } = carrel;
  await loseNext('drop-before');
  const line = await scanned('wms-return-main-3');
  await typeNumber('wms-return-main-3');
  const legs = async () => (await settledLine(page, label('wms-return-main-3'))).prompt?.legs;
  await expect
    .poll(async () => (await legs())?.at(-1))
    .toMatchObject({
      system: 'WMS Availability',
      state: 'unknown',
      text: expect.stringMatching(/^Out, due /),
      at: expect.any(String),
    });
  await expect(page.getByText(/showed it out, due .* so it seems not to be checked in/).first()).toBeVisible();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const file = `check-in-looked-${colorScheme}.png`;
    await page.screenshot({ path: PICTURES === undefined ? test.info().outputPath(file) : join(PICTURES, file) });
  }
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
  expect(keys(line)).toEqual(['F7', 'F10', 'F11']);
  await page.keyboard.press('F10');
  await expect.poll(async () => (await settledLine(page, label('wms-return-main-3'))).prompt?.tag).toBe('Scan again');
  expect((await scanned('wms-return-main-3')).prompt?.destination.verb).toBe('Shelve');
});

test('an item whose number is known: the look before and the look after settle a lost answer by themselves', async () => {
  const { page } = carrel;
  await loseNext('drop-before');
  await scanned('wms-return-main-4');
  await typeNumber('wms-return-main-4');
  await page.keyboard.press('F10');
  await expect.poll(async () => (await settledLine(page, label('wms-return-main-4'))).prompt?.tag).toBe('Scan again');
  await loseNext('drop-after');
  await scanned('wms-return-main-4');
  await expect
    .poll(async () => (await settledLine(page, label('wms-return-main-4'))).prompt, { timeout: 20_000 })
    .toMatchObject({ destination: { verb: 'Shelve' }, offers: [] });
  const { prompt } = await settledLine(page, label('wms-return-main-4'));
  expect(prompt?.legs.at(-1)).toMatchObject({ system: 'WMS', state: 'seen', text: 'Seen to be checked in' });
  expect(await checkIns('wms-return-main-4')).toBe(1);
  const file = 'check-in-seen-light.png';
  await page.screenshot({ path: PICTURES === undefined ? test.info().outputPath(file) : join(PICTURES, file) });
});

test('a hold whose answer was lost does not keep the item from being checked in, not even after a crash', async () => {
  const { page } = carrel;
  const { scanId } = await scanned('wms-shelf-main-2');
  await practice(url, 'addWmsFault', { where: 'RequestItem', kind: 'slow', ms: 20_000 });
  const { branches } = (await practice(url, 'wms')) as { branches: { id: string }[] };
  const wish = { scanId, card: label('wms-card-2'), pickup: branches[0]?.id ?? '', insisted: false };
  const hold = call(page, 'item.hold', wish).catch(() => undefined);
  await expect
    .poll(async () => ((await practice(url, 'wmsFaults')) as { struck: number }).struck, { timeout: 20_000 })
    .toBeGreaterThan(0);
  carrel.app.process().kill('SIGKILL');
  await hold;
  await open(carrel.userData);
  // It was checked in a moment ago, so staff insist; nothing says that somebody has to look first.
  const line = await scanned('wms-shelf-main-2');
  expect(line.prompt).not.toMatchObject(OPEN);
  await carrel.page.keyboard.press('F10');
  await expect.poll(() => checkIns('wms-shelf-main-2')).toBe(1);
  expect((await settledLine(carrel.page, label('wms-shelf-main-2'))).prompt).not.toMatchObject(OPEN);
});
