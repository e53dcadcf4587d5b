import AxeBuilder from '@axe-core/playwright';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { SCANNER_LABEL } from '../../src-main/contract/setup.ts';
import { startConsortium, type Consortium } from '../../src-main/training/consortium.ts';
import type { PracticeWms } from '../../src-main/training/wms/practice-wms.ts';
import { ROOT } from '../launch/environment.ts';
import { launchCarrel, scan, settledLine, snapshot, value, type Carrel } from './support.ts';

/** The set-up guide in the built app, by keyboard alone: a new library enters the practice library's systems as its own. */
const PICTURES = process.env['CARREL_PICTURES'] === undefined ? undefined : join(ROOT, 'docs', 'pictures');
/** Nobody asked for training, and nothing is configured: as a new library starts. */
const NEW = { CARREL_PRACTICE: '' };

// One library goes through the guide from its beginning to its end.
test.describe.configure({ mode: 'serial' });

let carrel: Carrel;
let library: Consortium;
let wms: PracticeWms;
test.beforeAll(async () => {
  if (PICTURES !== undefined) mkdirSync(PICTURES, { recursive: true });
  library = await startConsortium({ wms: true });
  if (library.wms === undefined) throw new Error('no practice WMS');
  wms = library.wms;
  carrel = await launchCarrel({ env: NEW });
});
test.afterAll(async () => {
  await carrel.remove();
  await library.stop();
});

const heading = (page: Page, name: string): Locator => page.getByRole('heading', { level: 2, name, exact: true });

/** The step is open, and its heading has the focus: Tab goes to its first field. */
async function atStep(page: Page, name: string): Promise<void> {
  await expect(heading(page, name)).toBeFocused();
}

async function type(page: Page, label: string, text: string): Promise<void> {
  await page.getByLabel(label, { exact: true }).fill(text);
}

async function restarted(page: Page): Promise<void> {
  await expect
    .poll(async () => (await snapshot(page).catch(() => ({ training: true }))).training, { timeout: 20_000 })
    .toBe(false);
  await page.locator('html[data-ready="true"]').waitFor();
}

async function looksRight(page: Page, name: string): Promise<void> {
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    const { violations } = await new AxeBuilder({ page })
      .setLegacyMode(true)
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
      .analyze();
    expect(violations.map(({ id, nodes }) => `${id} ${nodes.map((node) => node.target.join(' ')).join(', ')}`)).toEqual(
      [],
    );
    if (PICTURES !== undefined) await page.screenshot({ path: join(PICTURES, `setup-${name}-${scheme}.png`) });
  }
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
}

test('a new library’s first start opens the guide by itself; Enter presses nothing in it', async () => {
  const { page } = carrel;
  await atStep(page, 'Systems');
  await page.keyboard.press('Enter');
  await atStep(page, 'Systems');
  await page.keyboard.press('F10');
  await expect(page.getByText('Write the whole address, beginning with https://').first()).toBeVisible();
  await expect(page.getByLabel('Okapi address')).toBeFocused();
  await expect(heading(page, 'Systems')).toBeVisible();
});

test('systems: the address is tried without a password, and says what is wrong', async () => {
  const { page } = carrel;
  await type(page, 'Okapi address', library.url);
  await type(page, 'Tenant', 'nowhere');
  await page.keyboard.press('F9');
  await expect(page.getByText('Address: Works')).toBeInViewport();
  await expect(page.getByText('Tenant: Failed')).toBeVisible();
  await type(page, 'Tenant', 'riverside');
  await type(page, 'Registry id of the institution', wms.institution.registryId);
  await type(page, 'Registry id of this branch', wms.branches[0]!.id);
  await page.getByText('Addresses other than OCLC’s').focus();
  await page.keyboard.press('Space');
  await type(page, 'Sign-in address', wms.urls.token);
  await type(page, 'Circulation (NCIP) address', wms.urls.staff);
  await type(page, 'Availability address', wms.urls.availability);
  await type(page, 'Patron look-up address', wms.urls.identity);
  await page.keyboard.press('F9');
  await expect(page.getByText('Tenant: Works')).toBeVisible();
  expect(library.ledger().filter(({ kind }) => kind === 'session')).toEqual([]);
  await looksRight(page, 'systems');
  await page.keyboard.press('F10');
  await atStep(page, 'Accounts and keys');
});

test('what was typed is there again after Carrel was closed, and nothing was saved yet', async () => {
  const { userData } = carrel;
  expect((await value(carrel.page, 'settings.get', {})).settings.reshare).toBeUndefined();
  await carrel.close();
  carrel = await launchCarrel({ userData, env: NEW });
  const { page } = carrel;
  await atStep(page, 'Accounts and keys');
  await page.keyboard.press('F7');
  await atStep(page, 'Systems');
  await expect(page.getByLabel('Okapi address')).toHaveValue(library.url);
  await expect(page.getByLabel('Registry id of the institution')).toHaveValue(wms.institution.registryId);
  await page.keyboard.press('F11');
  await atStep(page, 'Accounts and keys');
  await expect(page.getByRole('button', { name: 'Systems Left out' })).toBeVisible();
});

test('accounts: tested, saved, and after the restart the guide goes on with the library’s own systems', async () => {
  const { page } = carrel;
  await type(page, 'User name', 'administrator');
  await type(page, 'Password', 'practice-administrator');
  await type(page, 'WSKey', wms.keys.full.key);
  await type(page, 'WSKey secret', wms.keys.full.secret);
  await page.keyboard.press('F9');
  await expect(page.getByText('Log-in: Works')).toBeVisible({ timeout: 20_000 });
  await expect(page.getByText('Circulation: Works')).toBeVisible();
  await page.keyboard.press('F10');
  await atStep(page, 'Locations');
  await type(page, 'Holding codes that mean “here”', wms.branches[0]!.holdings.join(' '));
  await page.getByLabel('Pickup locations by your own names').fill('riverside-science = Science');
  await page.keyboard.press('F9');
  await expect(page.getByText('Pickup at Science: Works')).toBeVisible({ timeout: 20_000 });
  await page.keyboard.press('F10');
  await atStep(page, 'Branches');
  await expect(
    page.getByText('After the restart Carrel looks at your own systems here.', { exact: false }),
  ).toBeVisible();
  await page.keyboard.press('F8');
  await restarted(page);
  await atStep(page, 'Branches');
  const { settings } = await value(page, 'settings.get', {});
  expect(settings).toMatchObject({ reshare: { tenant: 'riverside' }, wms: { hereCodes: wms.branches[0]!.holdings } });
});

test('branches: the readiness lines about them stand there, with who can mend what is open', async () => {
  const { page } = carrel;
  await page.keyboard.press('F9');
  await expect(page.getByText('What readiness says of it')).toBeVisible({ timeout: 20_000 });
  await expect(page.getByText(/Found: At least one branch entry is a pickup location/)).toBeVisible();
  await expect(page.getByText('Circulation: Works')).toBeVisible();
  await looksRight(page, 'branches');
  await page.keyboard.press('F10');
  await atStep(page, 'This desk');
  await type(page, 'Desk name', 'North desk');
  await page.keyboard.press('F10');
  await atStep(page, 'Scanner test');
  expect((await value(page, 'settings.get', {})).settings.desk.name).toBe('North desk');
});

test('the scanner test says what came, and its label is no scan of the shift', async () => {
  const { page } = carrel;
  await scan(page, SCANNER_LABEL);
  await expect(page.getByText('The scanner is set rightly.').last()).toBeVisible();
  await looksRight(page, 'scanner');
  await scan(page, `]C0${SCANNER_LABEL.replaceAll('-', 'ß')}`, 'Tab');
  await expect(page.getByText('- came as ß', { exact: false })).toBeVisible();
  await expect(page.getByText('Before it came ]C0', { exact: false })).toBeVisible();
  await expect(page.getByText('Tab. That is right too.')).toBeVisible();
  await scan(page, SCANNER_LABEL.replace('56', ''), '');
  await expect(page.getByText('Missing: 5 6', { exact: false })).toBeVisible();
  await expect(page.getByText('set the scanner to send Enter', { exact: false })).toBeVisible();
  await page.keyboard.press('F9');
  await expect(page.getByText('No scan of the label yet.')).toBeVisible();
  expect((await snapshot(page)).lines).toEqual([]);
});

test('a real scan made while the guide is open is recorded as always', async () => {
  const { page } = carrel;
  const { barcode } = wms.thing('wms-send-main-to-science');
  await scan(page, barcode);
  expect((await settledLine(page, barcode)).prompt).toMatchObject({ destination: { verb: 'Send to', to: 'RVRSCI' } });
  await expect(page.getByText('Something else was scanned, and recorded as always', { exact: false })).toBeVisible();
  await expect(heading(page, 'Scanner test')).toBeVisible();
});

test('at 200 % text nothing is cut off or beside the window', async () => {
  const { page } = carrel;
  await page.evaluate(() => (document.documentElement.style.fontSize = '200%'));
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(wide).toBeLessThanOrEqual(0);
  await page.getByRole('img', { name: 'Test label' }).scrollIntoViewIfNeeded();
  await expect(page.getByRole('img', { name: 'Test label' })).toBeInViewport({ ratio: 1 });
  if (PICTURES !== undefined) await page.screenshot({ path: join(PICTURES, 'setup-200-percent.png') });
  await page.evaluate(() => (document.documentElement.style.fontSize = ''));
});

test('the test print says what the printer said; then the guide ends, and does not open by itself again', async () => {
  const { page } = carrel;
  await page.keyboard.press('F10');
  await atStep(page, 'Test print');
  await page.keyboard.press('F9');
  await expect(page.locator('main').getByText(/The printer took the test slip|It was not printed/)).toBeVisible();
  await looksRight(page, 'print');
  await page.keyboard.press('F10');
  await expect(page.locator('main').getByText('The set-up guide is done.', { exact: false })).toBeVisible();

  const { userData } = carrel;
  await carrel.close();
  carrel = await launchCarrel({ userData, env: NEW });
  await expect(carrel.page.getByRole('navigation').getByRole('button', { name: 'Desk' })).toHaveAttribute(
    'aria-current',
    'page',
  );
  await carrel.page.getByRole('navigation').getByRole('button', { name: 'Settings' }).focus();
  await carrel.page.keyboard.press('Space');
  await carrel.page.keyboard.press('F10');
  await atStep(carrel.page, 'Systems');
  await expect(carrel.page.getByLabel('Okapi address')).toHaveValue(library.url);
  await carrel.page.keyboard.press('F3');
  await expect(heading(carrel.page, 'Systems')).toBeHidden();
});
