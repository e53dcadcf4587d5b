import AxeBuilder from '@axe-core/playwright';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { ROOT } from '../launch/environment.ts';
import { launchCarrel, snapshot, value, type Carrel } from './support.ts';

/** Work in two systems in the built app, on the practice consortium. Pictures on request. */
const PICTURES = process.env['CARREL_PICTURES'] === undefined ? undefined : join(ROOT, 'docs', 'pictures');

let carrel: Carrel;
test.beforeAll(async () => {
  if (PICTURES !== undefined) mkdirSync(PICTURES, { recursive: true });
  carrel = await launchCarrel();
});
test.afterAll(() => carrel.remove());

async function openTasks(page: Page): Promise<void> {
  await page
    .getByRole('navigation')
    .getByRole('button', { name: /^Two systems/ })
    .click();
}

async function picture(page: Page, name: string): Promise<void> {
  if (PICTURES !== undefined) await page.screenshot({ path: join(PICTURES, `tasks-${name}.png`) });
}

/** A day so many days from now, `YYYY-MM-DD`. */
function day(later: number): string {
  return new Date(Date.now() + later * 86_400_000).toISOString().slice(0, 10);
}

test('every loan stands with both its dates, the soonest first, and its renewal begins there', async () => {
  const { page } = carrel;
  await expect.poll(async () => (await snapshot(page)).cachedRequests).toBeGreaterThan(5);
  await openTasks(page);
  await expect(page.getByText('Nothing is half done')).toBeVisible();
  await page.keyboard.press('F3');
  const rows = page.getByRole('list', { name: 'Loans and their dates' }).getByRole('button');
  await expect(rows.first()).toBeVisible();
  const loans = await value(page, 'tasks.loans', {});
  const lender = loans.map((loan) => loan.lender?.date ?? '9999');
  expect(lender).toEqual([...lender].sort());
  await picture(page, 'loans');
  await page.keyboard.press('F10');
  await expect(page.getByRole('region', { name: loans[0]?.title ?? '' })).toContainText('Write to the lender');
});

test('a renewal: the lender is written to, the answer is written down, WMS is changed by hand and it says by whom', async () => {
  const { page } = carrel;
  const now = page.getByRole('group', { name: 'Now' });
  await expect(now.getByLabel('Message to the lender')).toHaveValue(/May we renew it\?/);
  await page.keyboard.press('F10');
  await expect(now).toContainText('Write down the lender’s answer');
  const legs = page.getByRole('list', { name: 'What belongs together' }).getByRole('listitem');
  await expect(legs.nth(0)).toContainText('seen there');
  // It is the lender's turn: nothing is half done.
  expect((await snapshot(page)).tasks).toMatchObject({ halfDone: 0, open: 1 });

  await now.getByLabel('The lender’s answer').selectOption('granted');
  await now.getByLabel('The lender’s new date').fill('2020-01-01');
  await page.keyboard.press('F10');
  await expect(page.getByText(/has passed/).first()).toBeVisible();
  const granted = day(120);
  await now.getByLabel('The lender’s new date').fill(granted);
  await page.keyboard.press('F10');
  await expect(now).toContainText('Change Due Date');
  await expect(legs.nth(1)).toContainText('confirmed by staff');
  expect((await snapshot(page)).tasks).toMatchObject({ halfDone: 1, open: 1 });
  await expect(page.getByRole('navigation').getByRole('button', { name: /^Two systems/ })).toContainText('1 half done');
  await picture(page, 'half-done');

  // The office sees it among what waits, with its age, and comes from there to it.
  await page.keyboard.press('F4');
  const tile = page.getByRole('list', { name: 'Worklists' }).getByRole('button', { name: /^Half done/ });
  await expect(tile).toHaveAccessibleName(/^Half done 1 oldest \d+ min$/);
  await tile.focus();
  await page.keyboard.press('Space');
  await expect(now).toContainText('Change Due Date');
  await expect(page.locator('[id^="task-"]:focus')).toContainText('Half done');

  // What is half done is not ended: a leg may only be said not to apply, with a reason.
  await page.keyboard.press('F11');
  await page.keyboard.press('F11');
  await expect(page.getByText('Type why').first()).toBeVisible();
  await expect(now.getByLabel('Patron’s new date')).toHaveValue(day(115));
  await page.keyboard.press('F10');
  await expect(legs.nth(2)).toContainText('confirmed by staff');
  expect((await snapshot(page)).tasks).toMatchObject({ halfDone: 0, open: 0 });
  const [task] = (await value(page, 'tasks.list', {})).tasks;
  expect(task).toMatchObject({ overall: 'done', lenderDate: { date: granted }, patronDate: { date: day(115) } });
});

for (const scheme of ['light', 'dark'] as const) {
  test(`the screen in ${scheme}: WCAG 2.2 AA as axe sees it, at 200 % too`, async () => {
    const { page } = carrel;
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    for (const zoom of ['100%', '200%']) {
      await page.evaluate((size) => {
        document.documentElement.style.fontSize = size;
      }, zoom);
      for (const name of ['tasks', 'loans', 'form']) {
        if (name === 'loans') await page.keyboard.press('F3');
        if (name === 'form') await page.keyboard.press('F7');
        const { violations } = await new AxeBuilder({ page })
          .setLegacyMode(true)
          .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
          .analyze();
        expect(
          violations.map(({ id, nodes }) => `${name} ${id} ${nodes.map((node) => node.target.join(' ')).join(', ')}`),
        ).toEqual([]);
        await picture(page, `${name}-${scheme}-${zoom.replace('%', '')}`);
      }
      await page.keyboard.press('F7');
      await page.keyboard.press('F3');
    }
    await page.evaluate(() => {
      document.documentElement.style.fontSize = '';
    });
    await page.emulateMedia({ colorScheme: null, reducedMotion: null });
  });
}

test('the settings of two systems: asked for only where wanted, a wrong address is marked, what is saved stays', async () => {
  const { page } = carrel;
  await page.getByRole('navigation').getByRole('button', { name: 'Settings' }).click();
  const section = page.getByRole('region', { name: 'Two systems' });
  await expect(section.getByLabel('Address of WorldShare')).toBeHidden();
  await section.getByRole('button', { name: 'Set it up' }).click();
  await section.getByLabel('Address of WorldShare').fill('http://share.worldcat.org');
  await section.getByRole('button', { name: 'Save two systems' }).click();
  await expect(section.getByText('Not saved: look at the marked fields.')).toBeVisible();
  await section.getByLabel('Address of WorldShare').fill('https://exa.share.worldcat.org/wms/cmnd/{request}');
  await section.getByLabel('Key of Relais D2D').fill('a secret key');
  await section.getByRole('button', { name: 'Save two systems' }).click();
  await expect(section.getByText('Saved. It is used after a restart.')).toBeVisible();
  await expect(section.getByLabel('Key of Relais D2D')).toHaveValue('');
  const { settings, secrets } = await value(page, 'settings.get', {});
  expect(settings.twoSystems).toMatchObject({ worldshareUrl: 'https://exa.share.worldcat.org/wms/cmnd/{request}' });
  expect(JSON.stringify(settings)).not.toContain('a secret key');
  expect(secrets['relais-key']).not.toBe('none');
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode(true)
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze();
  expect(violations.map(({ id, nodes }) => `${id} ${nodes.map((node) => node.target.join(' ')).join(', ')}`)).toEqual(
    [],
  );
  await picture(page, 'settings');
});
