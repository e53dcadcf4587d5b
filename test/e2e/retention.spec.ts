import AxeBuilder from '@axe-core/playwright';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { CALL_CHANNEL } from '../../src-main/contract/channels.ts';
import { launchCarrel, scan, settledLine, value } from './support.ts';

/** How long scans are kept, on the settings screen. */

const section = (page: Page) => page.getByRole('region', { name: 'How long scans are kept' });

async function openSettings(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Settings' }).first().click();
  await expect(section(page)).toBeVisible();
}

test('the days are shown, checked, saved and still there after a restart; a scan is taken meanwhile', async () => {
  let carrel = await launchCarrel();
  let { page } = carrel;
  await openSettings(page);
  const whole = () => section(page).getByLabel('Days in which everything is kept');
  const all = () => section(page).getByLabel('Days after which a scan is dropped');
  await expect(whole()).toHaveValue('7');
  await expect(all()).toHaveValue('90');
  await whole().fill('30');
  await all().fill('20');
  await section(page).getByRole('button', { name: 'Save the days' }).click();
  await expect(section(page)).toContainText('and no fewer than the days in which everything is kept.');
  expect((await value(page, 'settings.get', {})).settings.retention).toBeUndefined();
  await all().fill('40');
  await scan(page, '39888000000012');
  await settledLine(page, '39888000000012');
  await expect(all()).toHaveValue('40');
  await section(page).getByRole('button', { name: 'Save the days' }).click();
  await expect(section(page)).toContainText('Saved. Carrel goes by it within a day.');
  const file = JSON.parse(readFileSync(join(carrel.userData, 'settings.json'), 'utf8')) as object;
  expect(file).toMatchObject({ retention: { reduceAfterDays: 30, dropAfterDays: 40 } });
  const { userData } = carrel;
  await carrel.close();
  carrel = await launchCarrel({ userData });
  ({ page } = carrel);
  await openSettings(page);
  await expect(whole()).toHaveValue('30');
  await expect(all()).toHaveValue('40');
  await carrel.remove();
});

test('what an administrator has set is shown as such and cannot be typed over', async () => {
  const carrel = await launchCarrel();
  const { page, app } = carrel;
  const answer = await value(page, 'settings.get', {});
  const settings = { ...answer.settings, retention: { reduceAfterDays: 1, dropAfterDays: 14 } };
  // Managed settings lie in a folder of the whole computer, which a test leaves alone; this is what main tells of them.
  await app.evaluate(
    ({ ipcMain }, { channel, told }) => {
      ipcMain.removeHandler(channel);
      ipcMain.handle(channel, (_event, method: string) =>
        method === 'settings.get'
          ? { ok: true, value: told }
          : { ok: false, error: { code: 'internal', sentence: 'Nothing else is asked here.' } },
      );
    },
    { channel: CALL_CHANNEL, told: { ...answer, settings, managed: ['retention'] } },
  );
  await openSettings(page);
  const fields = section(page).getByRole('textbox');
  await expect(fields.first()).toHaveValue('1');
  await expect(fields.last()).toHaveValue('14');
  for (const field of await fields.all()) await expect(field).not.toBeEditable();
  await expect(section(page).getByText('Set by your administrator')).toHaveCount(2);
  await expect(section(page).getByRole('button')).toHaveCount(0);
  await section(page).scrollIntoViewIfNeeded();
  await page.screenshot({ path: test.info().outputPath('retention-managed.png') });
  await carrel.remove();
});

test('light, dark and at 200 % text', async () => {
  const carrel = await launchCarrel();
  const { page } = carrel;
  await openSettings(page);
  await section(page).getByLabel('Days after which a scan is dropped').fill('3');
  await section(page).getByRole('button', { name: 'Save the days' }).click();
  await expect(section(page).getByText('A whole number from 1 to 3650')).toBeVisible();
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    for (const size of ['100%', '200%']) {
      await page.evaluate((text) => (document.documentElement.style.fontSize = text), size);
      const { violations } = await new AxeBuilder({ page })
        .setLegacyMode(true)
        .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
        .include('section:has(> #retention-title)')
        .analyze();
      expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
      await section(page).scrollIntoViewIfNeeded();
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
      await page.screenshot({ path: test.info().outputPath(`retention-${scheme}-${size}.png`) });
    }
  }
  await carrel.remove();
});
