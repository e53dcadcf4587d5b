import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { startPracticeAlma, type PracticeAlma } from '../../src-main/training/alma/practice-alma.ts';
import { launchCarrel, value, type Carrel } from './support.ts';

/** A library sets its Alma up; here it is the practice Alma, in this process, at an address of its own. */
let carrel: Carrel;
let alma: PracticeAlma;
test.beforeEach(async () => {
  alma = await startPracticeAlma();
  carrel = await launchCarrel();
});
test.afterEach(async () => {
  await carrel.remove();
  await alma.stop();
});

test('asked for only where the library uses it; entered, tested line by line, saved without the key, removed', async ({}, info) => {
  const { page } = carrel;
  await page.getByRole('button', { name: 'Settings' }).click();
  await expect(page.getByLabel('API key')).toBeHidden();
  await page.getByRole('button', { name: 'This library uses Alma' }).click();
  const { address, keys, library, partner, cancelReason, scanDesk } = alma.access;
  await page.getByLabel('API key').fill(keys.readOnly);
  await page.getByLabel('Resource sharing library').fill(library);
  await page.getByLabel('Partner for WorldShare ILL').fill('NOBODY');
  await page.getByLabel('Usual reason for cancelling').fill(cancelReason);
  await page.getByLabel('Scan-in library').fill(scanDesk.library);
  await page.getByText('Through a proxy').click();
  await page.getByLabel('Another address than the region’s').fill(address);

  await page.getByRole('button', { name: 'Test Alma' }).click();
  await expect(page.getByText('Write both codes, or neither.')).toBeVisible();
  await page.getByLabel('Scan-in desk').fill(scanDesk.desk);
  await page.getByRole('button', { name: 'Test Alma' }).click();
  await expect(page.getByText('Users and requests: Failed')).toBeVisible({ timeout: 20_000 });
  await expect(page.getByText(/It has: WSILL \(WorldShareILL\)/)).toBeVisible();
  await expect(page.getByText('Scan-in: Not tried')).toBeVisible();

  await page.getByLabel('API key').fill(keys.full);
  await page.getByLabel('Partner for WorldShare ILL').fill(partner);
  await page.getByRole('button', { name: 'Test Alma' }).click();
  await expect(page.getByText('Users and requests: Works')).toBeVisible({ timeout: 20_000 });
  await expect(page.getByText('WorldShare partner: Works')).toBeVisible();
  expect(alma.effects).toEqual([]);
  for (const [name, seen] of [
    ['alma-settings', page.getByRole('heading', { name: 'Alma' })],
    ['alma-test', page.getByText('Calls left today')],
  ] as const) {
    await seen.scrollIntoViewIfNeeded();
    await info.attach(name, {
      body: await page.screenshot(),
      contentType: 'image/png',
    });
  }
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode(true)
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);

  await page.getByRole('button', { name: 'Save Alma' }).click();
  await expect(page.getByText('Alma is saved.')).toBeVisible();
  const { settings, secrets } = await value(page, 'settings.get', {});
  expect(settings.alma).toMatchObject({ library, partner, scanDesk });
  expect(JSON.stringify(settings)).not.toContain(keys.full);
  expect(secrets['alma-key']).toMatch(/^(kept|session)$/);

  await page.getByRole('button', { name: 'Remove Alma' }).click();
  await expect(page.getByText('Alma is removed.')).toBeVisible();
  expect((await value(page, 'settings.get', {})).settings.alma).toBeUndefined();
});

test('in training the law library’s practice Alma is there', async () => {
  const { page } = carrel;
  expect((await value(page, 'alma.calls', {})).calls).toMatchObject({ state: 'fine' });
});
