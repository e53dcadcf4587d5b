import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { startConsortium, type Consortium } from '../../src-main/training/consortium.ts';
import { launchCarrel, snapshot, value, type Carrel } from './support.ts';

/** The set-up guide for libraries with other systems, from the first step to the last with Tab, Space and the function keys. */
const NEW = { CARREL_PRACTICE: '' };

let library: Consortium;
test.beforeAll(async () => {
  library = await startConsortium({ wms: true, alma: true });
});
test.afterAll(() => library.stop());

async function atStep(page: Page, name: string): Promise<void> {
  await expect(page.getByRole('heading', { level: 2, name, exact: true })).toBeFocused();
}

/** Most fields of a step, and what else Tab comes by on the way. */
const MOST_TABS = 60;

/** Goes on with Tab until the field of that name has the focus. */
async function to(page: Page, label: string): Promise<void> {
  const field = page.getByLabel(label, { exact: true });
  for (let tabs = 0; tabs < MOST_TABS; tabs += 1) {
    if (await field.evaluate((one) => one === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not come to “${label}”`);
}

/** Goes to a field with Tab and puts text into it, as one pastes. */
async function enter(page: Page, label: string, text: string): Promise<void> {
  await to(page, label);
  await page.keyboard.press('Control+A');
  await page.keyboard.insertText(text);
}

/** WCAG 2.2 AA as axe sees it in both colour schemes, and nothing beside the window at twice the size of text. */
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
    await page.screenshot({ path: `test-results/setup/${name}-${scheme}.png` });
  }
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
  await page.evaluate(() => (document.documentElement.style.fontSize = '200%'));
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  await page.screenshot({ path: `test-results/setup/${name}-200.png` });
  await page.evaluate(() => (document.documentElement.style.fontSize = ''));
  expect(wide).toBeLessThanOrEqual(0);
}

test('a library with ReShare alone: what it leaves empty is asked for no more, and each step can be tried', async () => {
  test.setTimeout(180_000);
  const carrel = await launchCarrel({ env: NEW });
  try {
    const { page } = carrel;
    const main = page.locator('main');
    await atStep(page, 'Systems');
    await enter(page, 'Okapi address', library.url);
    await enter(page, 'Tenant', 'riverside');
    await page.keyboard.press('F9');
    await expect(main.getByText('Tenant: Works')).toBeVisible();
    await looksRight(page, 'alone-1-systems');
    await page.keyboard.press('F10');
    await atStep(page, 'Accounts and keys');
    await expect(page.getByLabel('API key', { exact: true })).toHaveCount(0);
    await enter(page, 'User name', 'administrator');
    await enter(page, 'Password', 'practice-administrator');
    await page.keyboard.press('F9');
    await expect(main.getByText('Log-in: Works')).toBeVisible({ timeout: 20_000 });
    await looksRight(page, 'alone-2-accounts');
    await page.keyboard.press('F10');
    await atStep(page, 'Locations');
    await enter(page, 'Pickup locations by your own names', 'riverside-science = Science');
    await page.keyboard.press('F9');
    await expect(main.getByText('Pickup at Science: Works')).toBeVisible({ timeout: 20_000 });
    await looksRight(page, 'alone-3-locations');
    await page.keyboard.press('F10');
    await atStep(page, 'Branches');
    await page.keyboard.press('F9');
    await expect(main.getByText('Without WMS there is nothing to test for branches.')).toBeVisible();
    await looksRight(page, 'alone-4-branches');
    await page.keyboard.press('F10');
    await atStep(page, 'This desk');
    await enter(page, 'Desk name', 'Front desk');
    await looksRight(page, 'alone-5-desk');
    await page.keyboard.press('F10');
    await atStep(page, 'Scanner test');
    await looksRight(page, 'alone-6-scanner');
    await page.keyboard.press('F11');
    await atStep(page, 'Test print');
    await page.keyboard.press('F9');
    await expect(main.getByText(/The printer took the test slip|It was not printed/)).toBeVisible();
    await looksRight(page, 'alone-7-print');
    await page.keyboard.press('F10');
    await expect(main.getByText('The set-up guide is done.', { exact: false })).toBeVisible();
    const { settings } = await value(page, 'settings.get', {});
    expect(settings).toMatchObject({ reshare: { tenant: 'riverside' }, desk: { name: 'Front desk' } });
    expect(settings.wms).toBeUndefined();
    expect(settings.alma).toBeUndefined();
  } finally {
    await carrel.remove();
  }
});

test('a library with ReShare, WMS and Alma: Alma is asked for where it says so, tried area by area, and resumed', async () => {
  test.setTimeout(240_000);
  const { wms, alma } = library;
  if (wms === undefined || alma === undefined) throw new Error('no practice WMS, or no practice Alma');
  const { access } = alma;
  let carrel: Carrel = await launchCarrel({ env: NEW });
  try {
    let { page } = carrel;
    await atStep(page, 'Systems');
    await enter(page, 'Okapi address', library.url);
    await enter(page, 'Tenant', 'riverside');
    await enter(page, 'Registry id of the institution', wms.institution.registryId);
    await enter(page, 'Registry id of this branch', wms.branches[0]!.id);
    await page.getByText('Addresses other than OCLC’s').focus();
    await page.keyboard.press('Space');
    await enter(page, 'Sign-in address', wms.urls.token);
    await enter(page, 'Circulation (NCIP) address', wms.urls.staff);
    await enter(page, 'Availability address', wms.urls.availability);
    await enter(page, 'Patron look-up address', wms.urls.identity);
    await to(page, 'This library uses Alma');
    await page.keyboard.press('Space');
    // Said to use Alma and nothing entered: the guide stays, at the field that is missing.
    await page.keyboard.press('F10');
    await expect(page.getByLabel('Resource sharing library', { exact: true })).toBeFocused();
    await enter(page, 'Resource sharing library', access.library);
    await page.getByText('Through a proxy').focus();
    await page.keyboard.press('Space');
    await enter(page, 'Another address than the region’s', access.address);
    await looksRight(page, 'alma-1-systems');
    await page.keyboard.press('F10');
    await atStep(page, 'Accounts and keys');

    // Closed here, the guide goes on where it was, with Alma's fields as they stood and nothing saved.
    const { userData } = carrel;
    await carrel.close();
    carrel = await launchCarrel({ userData, env: NEW });
    ({ page } = carrel);
    await atStep(page, 'Accounts and keys');
    expect((await value(page, 'settings.get', {})).settings.alma).toBeUndefined();
    await enter(page, 'User name', 'administrator');
    await enter(page, 'Password', 'practice-administrator');
    await enter(page, 'WSKey', wms.keys.full.key);
    await enter(page, 'WSKey secret', wms.keys.full.secret);
    await enter(page, 'API key', access.keys.usersOnly);
    const main = page.locator('main');
    await page.keyboard.press('F9');
    await expect(main.getByText('Task lists: Failed')).toBeVisible({ timeout: 30_000 });
    await enter(page, 'API key', access.keys.full);
    await page.keyboard.press('F9');
    await expect(main.getByText('Task lists: Works')).toBeVisible({ timeout: 30_000 });
    await looksRight(page, 'alma-2-accounts');
    await page.keyboard.press('F10');
    await atStep(page, 'Locations');
    await enter(page, 'Holding codes that mean “here”', wms.branches[0]!.holdings.join(' '));
    await enter(page, 'Partner for WorldShare ILL', 'NOBODY');
    await enter(page, 'Usual reason for cancelling', access.cancelReason);
    await enter(page, 'Scan-in library', access.scanDesk.library);
    await page.keyboard.press('F10');
    await expect(page.getByLabel('Scan-in desk', { exact: true })).toBeFocused();
    await enter(page, 'Scan-in desk', access.scanDesk.desk);
    await page.keyboard.press('F9');
    await expect(main.getByText('Alma has no code “NOBODY” here.', { exact: false })).toBeVisible({ timeout: 30_000 });
    await enter(page, 'Partner for WorldShare ILL', access.partner);
    await page.keyboard.press('F9');
    await expect(main.getByText('WorldShare partner: Works')).toBeVisible({ timeout: 30_000 });
    await looksRight(page, 'alma-3-locations');
    await page.keyboard.press('F10');
    await atStep(page, 'Branches');
    const { settings, secrets } = await value(page, 'settings.get', {});
    expect(settings.alma).toMatchObject({
      library: access.library,
      partner: access.partner,
      cancelReason: access.cancelReason,
      scanDesk: access.scanDesk,
      address: access.address,
    });
    expect(secrets['alma-key']).not.toBe('none');
    await page.keyboard.press('F8');
    await expect
      .poll(async () => (await snapshot(page).catch(() => ({ training: true }))).training, { timeout: 20_000 })
      .toBe(false);
    await page.locator('html[data-ready="true"]').waitFor();
    await atStep(page, 'Branches');
    await page.keyboard.press('F9');
    await expect(page.getByText('What readiness says of it')).toBeVisible({ timeout: 20_000 });
    await looksRight(page, 'alma-4-branches');
    expect((await snapshot(page)).lights.map(({ system }) => system)).toContain('alma');
  } finally {
    await carrel.remove();
  }
});
