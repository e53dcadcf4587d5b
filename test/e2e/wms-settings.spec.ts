import { expect, test, type Page } from '@playwright/test';
import { startConsortium, type Consortium } from '../../src-main/training/consortium.ts';
import type { PracticeWms } from '../../src-main/training/wms/practice-wms.ts';
import { launchCarrel, scan, settledLine, snapshot, value, type Carrel } from './support.ts';

/** A library sets its WMS up by hand; here it is the practice WMS, in this process, at addresses of its own. */
let carrel: Carrel;
let library: Consortium;
let wms: PracticeWms;
test.beforeEach(async () => {
  library = await startConsortium({ wms: true });
  if (library.wms === undefined) throw new Error('no practice WMS');
  wms = library.wms;
  carrel = await launchCarrel();
});
test.afterEach(async () => {
  await carrel.remove();
  await library.stop();
});

async function openSettings(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Settings' }).click();
}

async function enterReshare(page: Page): Promise<void> {
  const [tenant] = library.tenants;
  await page.getByLabel('Okapi address').fill(library.url);
  await page.getByLabel('Tenant', { exact: true }).fill(tenant!.id);
  await page.getByLabel('User name', { exact: true }).fill(tenant!.username);
  await page.getByLabel('Password', { exact: true }).fill(tenant!.password);
  await page.getByRole('button', { name: 'Save connection' }).click();
  await expect(page.getByText('The connection is saved.')).toBeVisible();
}

async function enterWms(page: Page, key = wms.keys.full): Promise<void> {
  const branches = wms.branches.flatMap(({ holdings, name }) => holdings.map((code) => `${code} = ${name}`));
  await page.getByLabel('Registry id of the institution').fill(wms.institution.registryId);
  await page.getByLabel('Registry id of this branch').fill(wms.branches[0]!.id);
  await page.getByLabel('Holding codes that mean “here”').fill(wms.branches[0]!.holdings.join(' '));
  await page.getByLabel('Branches', { exact: true }).fill(branches.join('\n'));
  await page.getByLabel('WSKey', { exact: true }).fill(key.key);
  await page.getByLabel('WSKey secret').fill(key.secret);
  if (!(await page.getByLabel('Sign-in address').isVisible()))
    await page.getByText('Addresses other than OCLC’s').click();
  await page.getByLabel('Sign-in address').fill(wms.urls.token);
  await page.getByLabel('Circulation (NCIP) address').fill(wms.urls.staff);
  await page.getByLabel('Availability address').fill(wms.urls.availability);
  await page.getByLabel('Patron look-up address').fill(wms.urls.identity);
}

async function restart(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Restart Carrel' }).click();
  await expect
    .poll(async () => (await snapshot(page).catch(() => ({ lines: ['not yet'] }))).lines, { timeout: 20_000 })
    .toEqual([]);
  await page.locator('html[data-ready="true"]').waitFor();
}

/** What happened in WMS, as the server tells it. */
const effects = (action: string) => library.ledger().filter((one) => one.kind === 'wms' && one.action === action);

test('entered, tested, saved: after the restart the library’s own items are checked in, until WMS is removed', async ({}, info) => {
  const { page } = carrel;
  await openSettings(page);
  await enterReshare(page);
  await enterWms(page);
  await page.getByRole('button', { name: 'Test WMS' }).click();
  await expect(page.getByText('Circulation: Works')).toBeVisible({ timeout: 20_000 });
  await expect(page.getByText('Check-in: Not tried')).toBeVisible();
  await expect(page.getByText('Patron look-up: Works')).toBeVisible();
  expect(effects('CheckInItem')).toEqual([]);
  await info.attach('wms-settings', { body: await page.screenshot(), contentType: 'image/png' });

  await page.getByRole('button', { name: 'Save WMS' }).click();
  await expect(page.getByText('WMS is saved.')).toBeVisible();
  await restart(page);
  const first = wms.thing('wms-send-main-to-science').barcode;
  await scan(page, first);
  expect((await settledLine(page, first)).prompt).toMatchObject({
    destination: { verb: 'Send to', to: 'Science Library' },
  });
  expect(effects('CheckInItem')).toMatchObject([{ result: 'done', items: [first] }]);
  const { settings, secrets } = await value(page, 'settings.get', {});
  expect(JSON.stringify(settings)).not.toContain(wms.keys.full.secret);
  expect(secrets['wms-secret']).toMatch(/^(kept|session)$/);

  await openSettings(page);
  await page.getByRole('button', { name: 'Remove WMS' }).click();
  await expect(page.getByText('WMS is removed.')).toBeVisible();
  await page.getByRole('button', { name: 'Restart Carrel' }).click();
  const second = wms.thing('wms-return-main-1').barcode;
  await expect(page.getByRole('heading', { name: 'WMS' })).toBeHidden({ timeout: 20_000 });
  await page.locator('html[data-ready="true"]').waitFor();
  await scan(page, second);
  const without = (await settledLine(page, second)).prompt;
  expect(without?.why.join(' ')).toMatch(/circulation system/);
  expect(effects('CheckInItem')).toHaveLength(1);
});

test('a wrong secret is tried once, and the line says whose job it is', async () => {
  const { page } = carrel;
  await openSettings(page);
  await enterWms(page, { ...wms.keys.full, secret: 'not the secret' });
  await page.getByRole('button', { name: 'Test WMS' }).click();
  await expect(page.getByText('WSKey: Failed')).toBeVisible({ timeout: 20_000 });
  await expect(page.getByText(/does not know this library’s WSKey or its secret/)).toBeVisible();
  expect(effects('token')).toMatchObject([{ result: 'refused' }]);
});

test('a form that is not whole says which fields, and nothing is sent or saved', async () => {
  const { page } = carrel;
  await openSettings(page);
  await page.getByLabel('Registry id of the institution').fill('nine');
  await page.getByLabel('Branches', { exact: true }).fill('MAINSTK Main Library');
  await page.getByRole('button', { name: 'Save WMS' }).click();
  await expect(page.getByText('Digits only, at most 12.')).toHaveCount(2);
  await expect(page.getByText(/Each line needs a code/)).toBeVisible();
  await expect(page.getByText(/without one every item would be sent away/)).toBeVisible();
  await expect(page.getByText('Write the WSKey.')).toBeVisible();
  expect((await value(page, 'settings.get', {})).settings.wms).toBeUndefined();
});
