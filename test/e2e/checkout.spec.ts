import AxeBuilder from '@axe-core/playwright';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { ROOT } from '../launch/environment.ts';
import { launchCarrel, practice, scan, snapshot, type Carrel } from './support.ts';

/** Lending at the desk through the practice WMS: a card, its items, refusals, the end of the session. */
const PICTURES = process.env['CARREL_PICTURES'] === undefined ? undefined : join(ROOT, 'docs', 'pictures');

let carrel: Carrel;
let label: (key: string) => string;
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
});
test.afterAll(() => carrel.remove());

/** Scans a label and waits for its prompt. Cards are masked in the list, so the newest line is looked for. */
async function scanned(page: Page, text: string) {
  const before = (await snapshot(page)).lines[0]?.scanId;
  await scan(page, text);
  let prompt: Awaited<ReturnType<typeof snapshot>>['lines'][number]['prompt'];
  await expect(async () => {
    const [newest] = (await snapshot(page)).lines;
    expect(newest?.scanId).not.toBe(before);
    prompt = newest?.prompt;
    expect(prompt?.working).toBe(false);
  }).toPass({ timeout: 20_000, intervals: [50] });
  if (prompt === undefined) throw new Error(`no prompt for ${text}`);
  return prompt;
}

const thing = (key: string) => scanned(carrel.page, label(key));
const strip = () => carrel.page.getByRole('status', { name: 'The patron you are lending to' });

/** The card of the patron for whom ReShare borrowed something, as the ILL office would read it there. */
async function patronOf(hrid: string): Promise<string> {
  const { practiceUrl = '' } = await snapshot(carrel.page);
  const [library] = (await practice(practiceUrl, 'tenants')) as { id: string; username: string; password: string }[];
  if (library === undefined) throw new Error('the practice consortium has no library');
  const headers = { 'x-okapi-tenant': library.id, 'content-type': 'application/json' };
  const login = await fetch(`${practiceUrl}/authn/login`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ username: library.username, password: library.password }),
  });
  const token = login.headers.get('x-okapi-token') ?? '';
  const found = await fetch(`${practiceUrl}/rs/patronrequests?match=hrid&term=${hrid}&perPage=1`, {
    headers: { ...headers, 'x-okapi-token': token },
  });
  const [request] = (await found.json()) as { patronIdentifier: string }[];
  if (request === undefined) throw new Error(`ReShare has no ${hrid}`);
  return request.patronIdentifier;
}

/** Axe in the scheme of the test, and pictures of both where they are asked for. */
async function look(name: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page: carrel.page })
    .setLegacyMode(true)
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze();
  expect(violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(' | ')}`)).toEqual([]);
  for (const theme of ['light', 'dark'] as const) {
    await carrel.page.evaluate((to) => (document.documentElement.dataset['theme'] = to), theme);
    await carrel.page.screenshot({ path: test.info().outputPath(`${name}-${theme}.png`) });
  }
  await carrel.page.evaluate(() => delete document.documentElement.dataset['theme']);
}

test('a card begins a session, and items scanned in it are lent once', async () => {
  const { page } = carrel;
  expect((await thing('wms-card-1')).destination.verb).toBe('Scan the items');
  await expect(strip()).toContainText(/Lending to \S+ \S\. · card …2003 · 0 items · ends \d\d:\d\d/);
  const lent = await thing('wms-shelf-main-1');
  expect(lent.destination.verb).toBe('Hand it out');
  expect(lent.why[0]).toMatch(/^Due .+, WMS’s date\.$/);
  await expect(strip()).toContainText('1 item ·');
  expect((await thing('wms-shelf-main-1')).destination.verb).toBe('Already scanned');
  await page.reload();
  await page.locator('html[data-ready="true"]').waitFor();
  await expect(strip()).toContainText('1 item ·');
});

test('what WMS does not lend is kept, with its reasons', async () => {
  for (const [key, said] of [
    ['wms-reference', 'In Library Use Only'],
    ['wms-loan-fee', 'a fee of 15.00 USD'],
    ['wms-out-to-another', ''],
    ['wms-pickup-main', ''],
  ] as const) {
    const prompt = await thing(key);
    expect(prompt.destination.verb, key).toBe('Do not hand out');
    expect(prompt.why.join(' '), key).toContain(said);
    expect(prompt.why[0], key).toMatch(/“.+”/);
  }
  await expect(strip()).toContainText('1 item ·');
});

test('another card takes over, and gets what waited for it', async () => {
  await thing('wms-card-3');
  await expect(strip()).toContainText('card …2748 · 0 items');
  expect((await thing('wms-pickup-main')).destination.verb).toBe('Hand it out');
});

test('a borrowed item shows both dates, and ReShare is not pressed', async () => {
  const label1 = label('wms-temporary-ready-1');
  const mistaken = await scanned(carrel.page, label1);
  expect(mistaken.destination.verb).toBe('Do not hand out');
  await scanned(carrel.page, await patronOf(label1));
  const prompt = await scanned(carrel.page, label1);
  expect(['Hand it out', 'Change the date']).toContain(prompt.destination.verb);
  expect(prompt.why.join(' ')).toMatch(/WMS’s date/);
  expect(prompt.why.join(' ')).toMatch(/Lender’s date: .+, less 5 days|does not say when|wants it back on/);
  expect(prompt.legs.find((leg) => leg.system === 'ReShare')?.state).toBe('seen');
  expect(prompt.legs.find((leg) => leg.system === 'WMS')?.state).toBe('done');
  const results = await new AxeBuilder({ page: carrel.page })
    .setLegacyMode(true)
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze();
  expect(results.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(' | ')}`)).toEqual([]);
  if (PICTURES === undefined) return;
  for (const theme of ['light', 'dark'] as const) {
    await carrel.page.evaluate((name) => (document.documentElement.dataset['theme'] = name), theme);
    await carrel.page.screenshot({ path: join(PICTURES, `check-out-${theme}.png`) });
  }
  await carrel.page.evaluate(() => delete document.documentElement.dataset['theme']);
});

test('staff set another date: by function keys alone, said with what to type, until they say it is changed', async () => {
  const { page } = carrel;
  await thing('wms-card-1');
  const first = await thing('wms-shelf-main-3');
  expect(first.destination.verb).toBe('Hand it out');
  await page.keyboard.press('F9');
  const field = page.getByRole('textbox', { name: 'Due date for this loan' });
  await expect(field).toBeFocused();
  const before = await field.inputValue();
  expect(before).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('PageDown');
  const wanted = new Date(Date.parse(before) - 8 * 86_400_000).toISOString().slice(0, 10);
  await expect(field).toHaveValue(wanted);
  // A scanner's Enter presses nothing here.
  await page.keyboard.press('Enter');
  await expect(field).toBeFocused();
  await field.fill('2020-01-01');
  await page.keyboard.press('F10');
  const panel = page.getByRole('region', { name: 'What to do' });
  await expect(panel).toContainText('1 January 2020 has passed. A loan cannot be due before today.');
  await field.fill(wanted);
  await look('due-field');
  await page.keyboard.press('F10');
  await expect(field).toHaveCount(0);
  const typed = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
  await expect(panel).toContainText(`Change it in WMS: type ${typed.format(Date.parse(wanted))}.`);
  const changed = (await snapshot(page)).lines[0]?.prompt;
  expect(changed?.legs.filter(({ state }) => state === 'by-hand')).toHaveLength(1);
  await look('due-by-hand');
  await page.keyboard.press('F11');
  await expect(panel).toContainText('Hand it out');
  await expect(panel).toContainText('Due date changed to');
});

test('a scan is taken while the field is open, and a date set on the card stands for all of its session', async () => {
  const { page } = carrel;
  await thing('wms-card-3');
  await page.keyboard.press('F9');
  const field = page.getByRole('textbox', { name: 'Due date for this loan' });
  await field.fill('+10');
  await page.keyboard.press('F10');
  await expect(strip()).toContainText(/· due \S+/);
  const lent = await thing('wms-shelf-main-4');
  expect(lent.destination.verb).toBe('Change the date');
  expect(lent.legs.map(({ text }) => text).join(' ')).toMatch(/Due .+, set by/);
  await page.keyboard.press('F9');
  await expect(field).toBeFocused();
  const other = await thing('wms-shelf-main-1');
  expect(other.destination.verb).toBe('Already lent');
  await expect(field).toHaveCount(0);
  await expect(page.getByRole('textbox', { name: 'Scan box' })).toBeFocused();
});

test('an account that may not borrow is told before anything is lent', async () => {
  for (const [key, said] of [
    ['wms-card-blocked', 'The account is blocked in WMS.'],
    ['wms-card-lapsed', 'The membership ended on'],
  ] as const) {
    expect((await thing(key)).destination.verb, key).toBe('Do not lend');
    await expect(strip(), key).toContainText(said);
    expect((await thing('wms-shelf-main-2')).destination.verb, key).toBe('Do not hand out');
  }
  // Bills and too many loans are known to WMS alone.
  for (const key of ['wms-card-bills', 'wms-card-full']) {
    expect((await thing(key)).destination.verb, key).toBe('Scan the items');
    expect((await thing('wms-shelf-main-2')).destination.verb, key).toBe('Do not hand out');
  }
  await thing('wms-card-small-bill');
  expect((await thing('wms-shelf-main-2')).destination.verb).toBe('Hand it out');
});

test('F2 ends the session: it is said, and items are checked in again', async () => {
  const { page } = carrel;
  await page.keyboard.press('F2');
  await expect(strip()).toContainText('The session with that patron was ended.');
  await expect(strip()).toContainText('Items scanned now are checked in.');
  await expect(page.getByRole('button', { name: /End this patron/ })).toHaveCount(0);
  expect((await thing('wms-return-main-1')).destination.verb).toBe('Shelve');
  await expect(strip()).toBeEmpty();
});

test('no card number and no patron’s name is in any file of this computer', async () => {
  const { lines } = await snapshot(carrel.page);
  expect(lines.some((line) => line.kind === 'patron-card')).toBe(true);
  const folder = join(carrel.userData, 'training');
  const files = [folder, carrel.userData].flatMap((at) =>
    readdirSync(at, { withFileTypes: true }).flatMap((entry) => (entry.isFile() ? [join(at, entry.name)] : [])),
  );
  const kept = files.map((file) => readFileSync(file).toString('latin1')).join('\n');
  expect(kept).toContain(label('wms-shelf-main-1'));
  for (const key of ['wms-card-1', 'wms-card-3', 'wms-card-blocked']) expect(kept, key).not.toContain(label(key));
});
