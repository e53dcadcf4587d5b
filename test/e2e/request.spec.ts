import AxeBuilder from '@axe-core/playwright';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { ROOT } from '../launch/environment.ts';
import { launchCarrel, scan, snapshot, value, type Carrel } from './support.ts';

/** One request on its own screen in the built app, by keyboard alone. Pictures on request. */
const PICTURES = process.env['CARREL_PICTURES'] === undefined ? undefined : join(ROOT, 'docs', 'pictures');

let carrel: Carrel;
let label: (key: string) => string;
let requestOf: (key: string) => Promise<string>;
test.describe.configure({ mode: 'serial' });
test.beforeAll(async () => {
  if (PICTURES !== undefined) mkdirSync(PICTURES, { recursive: true });
  carrel = await launchCarrel();
  const { pile } = await snapshot(carrel.page);
  label = (key) => {
    const found = pile.find((entry) => entry.key === key);
    if (found === undefined) throw new Error(`the practice pile has no ${key}`);
    return found.barcode;
  };
  requestOf = async (key) => {
    const found = await value(carrel.page, 'request.search', { text: label(key), limit: 5 });
    const [request] = found;
    if (request === undefined) throw new Error(`nothing is kept under ${label(key)}`);
    return request.id;
  };
  await expect.poll(async () => (await snapshot(carrel.page)).cachedRequests).toBeGreaterThan(20);
});
test.afterAll(() => carrel.remove());

const bar = (page: Page) => page.getByRole('region', { name: 'What can be done' });
const drawn = (page: Page) => page.getByRole('figure', { name: 'Where it is on its way' });

async function violations(page: Page): Promise<readonly string[]> {
  const results = await new AxeBuilder({ page })
    .setLegacyMode(true)
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze();
  return results.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(' | ')}`);
}

/** Opens a request of the pile by keyboard. */
async function open(key: string): Promise<void> {
  const { page } = carrel;
  const id = await requestOf(key);
  const [request] = (await value(page, 'request.search', { text: label(key), limit: 5 })).filter(
    (one) => one.id === id,
  );
  await show(id, request?.hrid ?? label(key));
}

async function show(id: string, number: string): Promise<void> {
  const { page } = carrel;
  if (!(await page.getByRole('heading', { level: 1, name: 'Requests' }).isVisible())) await page.keyboard.press('F4');
  await page.locator('main input[type="search"]').fill(number);
  const row = page.locator(`#request-${id}`);
  await expect(row).toBeVisible();
  await row.focus();
  await page.keyboard.press('Home');
  await expect(drawn(page)).toBeVisible();
}

test('a request on its way: drawn, with its due dates, and received by F10 through the journal', async () => {
  const { page } = carrel;
  await open('arrival-1');
  await expect(drawn(page).getByText(/^Next: Receive, at /)).toBeAttached();
  await expect(page.getByText('At the lender by', { exact: true })).toBeVisible();
  await expect(bar(page)).toContainText('It cannot be taken back.');
  const before = (await snapshot(page)).lines.length;
  await page.keyboard.press('Enter');
  expect((await snapshot(page)).lines).toHaveLength(before);
  await page.keyboard.press('F10');
  await expect(page.getByRole('region', { name: 'What happened' })).toContainText('Mark received');
  await expect(page.getByRole('region', { name: 'What happened' })).toContainText('Temporary item created');
  const [line] = (await snapshot(page)).lines;
  expect(line).toMatchObject({ source: 'screen', prompt: { working: false } });
  await expect(drawn(page).getByText(/^Received, at /)).toBeAttached();
});

for (const scheme of ['light', 'dark'] as const) {
  test(`a request in ${scheme}: WCAG 2.2 AA as axe sees it`, async () => {
    const { page } = carrel;
    await open('arrival-2');
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('F3');
    await expect(page.getByLabel(/^Message to the other library/)).toBeFocused();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Shift+F4');
    await expect(page.locator('main input[type="search"]')).toBeHidden();
    expect(await violations(page)).toEqual([]);
    if (PICTURES !== undefined) await page.screenshot({ path: join(PICTURES, `request-${scheme}.png`) });
    await page.keyboard.press('Shift+F4');
    await expect(page.locator('main input[type="search"]')).toBeVisible();
    await page.emulateMedia({ colorScheme: null, reducedMotion: null });
  });
}

for (const [state, heading, judged, action] of [
  ['REQ_BLANK_FORM_REVIEW', 'Typed without a catalogue record', 'Not given', 'Change the request and send it again'],
  ['REQ_LOCAL_REVIEW', 'We may own it', 'found a copy of this library', '[Ff]illed locally'],
  ['REQ_DUPLICATE_REVIEW', 'Perhaps asked for twice', 'The patron’s number ends in', 'Approve the request as it is'],
] as const) {
  test(`a review (${state}) shows what it is judged by, and decides it with a form`, async ({}, info) => {
    const { page } = carrel;
    const asked = { filter: { state }, text: '', sort: 'oldest', offset: 0, limit: 1 } as const;
    const [row] = (await value(page, 'worklist.rows', asked)).rows;
    await show(row?.id ?? '', row?.hrid ?? '');
    const review = page.getByRole('region', { name: heading });
    await expect(review).toContainText(judged);
    expect(await violations(page)).toEqual([]);
    await page.screenshot({ path: info.outputPath(`review-${state}.png`) });
    await review.getByRole('button', { name: new RegExp(action) }).click();
    await expect(page.locator('#request-form')).toBeVisible();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
  });
}

test('at twice the text size a request reads in one column, beside its list and whole', async ({}, info) => {
  const { page } = carrel;
  await open('arrival-2');
  await page.evaluate(() => (document.documentElement.style.fontSize = '200%'));
  const fits = () => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);
  for (const size of ['beside', 'whole']) {
    await expect.poll(fits).toBe(true);
    await expect(bar(page).getByRole('button', { name: /^Mark received/ })).toBeVisible();
    expect(await violations(page)).toEqual([]);
    await page.screenshot({ path: info.outputPath(`request-200-${size}.png`), fullPage: true });
    await page.keyboard.press('F5');
    await expect(page.getByRole('list', { name: /^All that ReShare allows/ })).toBeVisible();
    await page.keyboard.press('F3');
    await expect(page.getByLabel(/^Message to the other library/)).toBeFocused();
    await expect.poll(fits).toBe(true);
    expect(await violations(page)).toEqual([]);
    await page.screenshot({ path: info.outputPath(`request-200-${size}-form.png`), fullPage: true });
    await page.keyboard.press('Escape');
    await page.keyboard.press('Shift+F4');
  }
  await page.evaluate(() => (document.documentElement.style.fontSize = ''));
});

test('a scan made while a form field has the focus is a scan, and its Enter sends nothing', async () => {
  const { page } = carrel;
  await open('arrival-2');
  await page.keyboard.press('F3');
  const field = page.getByLabel(/^Message to the other library/);
  await expect(field).toBeFocused();
  await scan(page, label('own-item-1'));
  await expect.poll(async () => (await snapshot(page)).lines[0]?.barcode).toBe(label('own-item-1'));
  await expect(field).toHaveValue('');
  await expect(bar(page).getByRole('button', { name: /^Message: send/ })).toBeVisible();
});

test('a scan’s request opens from the desk’s prompt by a key, over the whole screen', async () => {
  const { page } = carrel;
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Desk', exact: true }).click();
  await scan(page, label('arrival-3'));
  await expect.poll(async () => (await snapshot(page)).lines[0]?.prompt?.working).toBe(false);
  await page.keyboard.press('Shift+F4');
  await expect(drawn(page)).toBeVisible();
  await expect(page.getByRole('region', { name: 'Messages' })).toBeVisible();
  await expect(page.locator('main input[type="search"]')).toBeHidden();
});
