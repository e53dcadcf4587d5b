import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import type { LedgerEntry } from '../../src-main/training/consortium.ts';
import { launchCarrel, practice, scan, snapshot, type Carrel } from './support.ts';

/** The screen of one request where ReShare is CrossLink, in the built app, by keyboard alone. */
let carrel: Carrel;
let url: string;
let cast: readonly { readonly key: string; readonly hrid?: string; readonly requestId?: string }[];

test.describe.configure({ mode: 'serial' });
test.beforeAll(async () => {
  carrel = await launchCarrel({ env: { CARREL_PRACTICE: JSON.stringify({ story: 'still', requests: 'crosslink' }) } });
  const { page } = carrel;
  url = (await snapshot(page)).practiceUrl ?? '';
  cast = (await practice(url, 'cast')) as typeof cast;
  await expect.poll(async () => (await snapshot(page)).cachedRequests, { timeout: 30_000 }).toBeGreaterThan(20);
});
test.afterAll(() => carrel.remove());

const bar = (page: Page) => page.getByRole('region', { name: 'What can be done' });
const drawn = (page: Page) => page.getByRole('figure', { name: 'Where it is on its way' });
const thread = (page: Page) => page.getByRole('region', { name: 'Messages' });

/** What was really done to a request, in CrossLink's own words for it. */
async function done(number: string): Promise<readonly string[]> {
  const ledger = (await practice(url, 'ledger')) as LedgerEntry[];
  return ledger
    .filter(({ kind, hrid }) => kind === 'action' && hrid === number)
    .map(({ action, result }) => `${action} ${result}`);
}

function numberOf(key: string): string {
  return cast.find((one) => one.key === key)?.hrid ?? key;
}

async function open(key: string): Promise<void> {
  const { page } = carrel;
  const number = numberOf(key);
  if (!(await page.getByRole('heading', { level: 1, name: 'Requests' }).isVisible())) await page.keyboard.press('F4');
  await page.locator('main input[type="search"]').fill(number);
  const row = page.locator(`[id="request-${cast.find((one) => one.key === key)?.requestId ?? ''}"]`);
  await expect(row).toBeVisible();
  await row.focus();
  await page.keyboard.press('Home');
  await expect(drawn(page)).toBeVisible();
}

async function looks(name: string): Promise<void> {
  const { page } = carrel;
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const { violations } = await new AxeBuilder({ page })
      .setLegacyMode(true)
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
      .analyze();
    expect(violations.map(({ id }) => id)).toEqual([]);
    await page.screenshot({ path: test.info().outputPath(`${name}-${colorScheme}.png`) });
  }
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
}

test('conditions of the lender: shown with their cost, in the thread, and agreed to in place', async () => {
  const { page } = carrel;
  const number = numberOf('conditional-answer');
  await practice(url, 'brokerMessage', {
    request: number,
    event: 'will-supply-conditional',
    note: 'Insured parcel, please',
    condition: 'SignatureRequired',
    cost: 12.5,
    currency: 'USD',
  });
  await open('conditional-answer');
  await expect(page.getByText('Conditions to answer')).toBeVisible();
  await expect(page.getByText('Signature needed, “Insured parcel, please”')).toBeVisible();
  await expect(thread(page)).toContainText('Insured parcel, please');
  await looks('crosslink-conditions');
  await page.keyboard.press('Shift+F4');
  await page.evaluate(() => {
    document.documentElement.style.fontSize = '200%';
  });
  await expect(page.getByText('Conditions to answer')).toBeVisible();
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(wide).toBeLessThanOrEqual(0);
  await page.screenshot({ path: test.info().outputPath('crosslink-conditions-200.png') });
  await page.evaluate(() => {
    document.documentElement.style.fontSize = '';
  });
  await page.keyboard.press('Shift+F4');
  await page.keyboard.press('F10');
  await expect(page.getByRole('region', { name: 'What happened' })).toContainText('Agree to the conditions');
  expect(await done(number)).toEqual(['accept-condition done']);
  await expect(page.getByText('Conditions to answer')).toBeHidden();
});

test('a message goes out once and stands in the thread; what came in is marked as read', async () => {
  const { page } = carrel;
  const number = numberOf('arrival-1');
  await practice(url, 'brokerMessage', { request: number, event: 'notification', note: 'The spine is fragile' });
  await open('arrival-1');
  await expect(thread(page)).toContainText('The spine is fragile');
  await page.keyboard.press('F3');
  await page.keyboard.insertText('Thank you, we take care');
  await page.keyboard.press('F10');
  await expect(thread(page)).toContainText('Thank you, we take care');
  await looks('crosslink-thread');
  expect(await done(number)).toEqual(['notification done']);
});

test('an action with parameters is a form of what CrossLink says it takes; a failure inside HTTP 200 is told as one', async () => {
  const { page } = carrel;
  await open('fill-request-1');
  await page.keyboard.press('F5');
  await page.getByRole('button', { name: /Answer “cannot supply”/ }).click();
  await expect(page.getByLabel('Reason')).toBeVisible();
  await looks('crosslink-form');
  await page.keyboard.press('Escape');
  await open('arrival-accept-fails');
  await page.keyboard.press('F10');
  await expect(page.getByRole('region', { name: 'What happened' })).toContainText('Item already exists');
  expect(await done(numberOf('arrival-accept-fails'))).toEqual(['receive failed']);
  await expect(bar(page)).toContainText('Mark received');
});

test('a request is placed into CrossLink, once, also where its answer is lost', async () => {
  const { page } = carrel;
  const { pile } = await snapshot(page);
  await page.keyboard.press('Escape');
  await page.keyboard.press('F4');
  if (!(await page.getByRole('heading', { name: 'Place a request' }).isVisible())) await page.keyboard.press('F4');
  await expect(page.getByRole('heading', { name: 'Place a request' })).toBeVisible();
  await scan(page, '9780000810014');
  await expect(page.getByText('1 of 3 alike')).toBeVisible();
  await page.keyboard.press('F7');
  await scan(page, pile.find(({ what }) => what === 'patron card')?.barcode ?? '');
  await page.getByRole('radio').first().check();
  await expect(page.getByText(/puts the item on hold where its own settings say/)).toBeVisible();
  await practice(url, 'addFault', { where: '/^POST .broker.patron_requests$/', kind: 'drop-after', times: 1 });
  await page.keyboard.press('F10');
  const placed = page.getByRole('list', { name: 'Placed' }).getByRole('listitem').first();
  await expect(placed).toContainText('Tide tables of the northern estuary');
  await expect(placed).toContainText(/CRL-[0-9A-Z]{12}/, { timeout: 20_000 });
  await looks('crosslink-placed');
  const ledger = (await practice(url, 'ledger')) as LedgerEntry[];
  expect(ledger.filter(({ kind }) => kind === 'create')).toHaveLength(1);
});
