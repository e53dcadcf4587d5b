import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { call, launchCarrel, scan, settledLine, snapshot, value, type Carrel } from './support.ts';

/** The locked screen: it shows nothing personal, takes scans, and is opened by a person and never by a scanner. */

const PIN = '4711';
let carrel: Carrel;

test.beforeAll(async () => {
  carrel = await launchCarrel();
  await value(carrel.page, 'lock.configure', { afterMinutes: 10, pin: PIN });
});
test.afterAll(async () => {
  await carrel.remove();
});

/** How many scans are on disk; the labels themselves a locked window is not told. */
async function saved(): Promise<number> {
  return (await snapshot(carrel.page)).journal.saved;
}

test('F12 locks; nothing of the shift is on the screen or in what main tells, also after a reload', async () => {
  const { page } = carrel;
  await scan(page, '39888000000012');
  const before = await settledLine(page, '39888000000012');
  await page.keyboard.press('F12');
  await expect(page.getByRole('heading', { name: 'Locked' })).toBeVisible();
  for (const reload of [false, true]) {
    if (reload) {
      await page.reload();
      await page.locator('html[data-ready="true"]').waitFor();
    }
    await expect(page.getByRole('heading', { name: 'Locked' })).toBeVisible();
    const told = JSON.stringify([await snapshot(page), await page.content()]);
    for (const word of ['39888000000012', before.prompt?.title, before.prompt?.rowId]) {
      if (word !== undefined) expect(told).not.toContain(word);
    }
  }
  for (const refused of [
    await call(page, 'scan.search', { text: '', limit: 10 }),
    await call(page, 'lock.configure', { afterMinutes: 0, pin: '' }),
  ]) {
    expect(refused.ok).toBe(false);
  }
});

test('a scan is taken, wherever the cursor is, and never gets into the PIN field or opens anything', async () => {
  const { page } = carrel;
  const pin = page.getByLabel('PIN', { exact: true });
  await page.getByLabel('Who is at the desk').fill('Ana');
  await pin.focus();
  const count = await saved();
  await scan(page, '39888000000020');
  await expect.poll(saved).toBe(count + 1);
  await expect(pin).toHaveValue('');
  await pin.fill(PIN);
  await page.keyboard.press('Enter');
  await scan(page, '39888000000038');
  await expect.poll(saved).toBe(count + 2);
  await expect(page.getByRole('heading', { name: 'Locked' })).toBeVisible();
  expect((await snapshot(page)).lock?.locked).toBe(true);
});

for (const scheme of ['light', 'dark'] as const) {
  test(`in ${scheme}: WCAG 2.2 AA as axe sees it, also at 200 % text`, async () => {
    const { page } = carrel;
    await page.emulateMedia({ colorScheme: scheme });
    for (const size of ['100%', '200%']) {
      await page.evaluate((text) => (document.documentElement.style.fontSize = text), size);
      const { violations } = await new AxeBuilder({ page })
        .setLegacyMode(true)
        .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
        .analyze();
      expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
      await page.screenshot({ path: test.info().outputPath(`lock-${scheme}-${size}.png`), fullPage: true });
    }
    await page.evaluate(() => (document.documentElement.style.fontSize = ''));
  });
}

test('a wrong PIN is said, F12 opens it with the right one, and who opened it is in every record', async () => {
  const { page } = carrel;
  await page.getByLabel('Who is at the desk').fill('Ana');
  await page.getByLabel('PIN', { exact: true }).fill('0000');
  await page.keyboard.press('F12');
  await expect(page.getByRole('alert').filter({ hasText: 'not right' })).toBeVisible();
  await page.getByLabel('PIN', { exact: true }).fill(PIN);
  await page.keyboard.press('F12');
  await expect(page.getByRole('heading', { name: 'Locked' })).toBeHidden();
  await scan(page, '39888000000046');
  expect((await settledLine(page, '39888000000046')).staff).toBe('Ana');
  const { lines } = await snapshot(page);
  const open = lines.find(({ raw }) => raw === '39888000000046');
  const locked = lines.find(({ raw }) => raw === '39888000000038');
  expect([open?.locked, locked?.locked]).toEqual([undefined, true]);
  const row = page.getByRole('list', { name: /shift/i }).getByRole('listitem');
  await expect(row.filter({ hasText: '39888000000038' })).toContainText('while locked');
  await expect(row.filter({ hasText: '39888000000046' })).not.toContainText('while locked');
  await page.screenshot({ path: test.info().outputPath('opened.png') });
});

test('locking ends the patron’s session, and nothing scanned meanwhile is lent to that patron', async () => {
  const { page } = carrel;
  const { pile } = await snapshot(page);
  const label = (key: string): string => pile.find((entry) => entry.key === key)?.barcode ?? `no ${key} in the pile`;
  await scan(page, label('wms-card-1'));
  await expect.poll(async () => (await snapshot(page)).session?.state).toBe('open');
  await page.keyboard.press('F12');
  await expect(page.getByRole('heading', { name: 'Locked' })).toBeVisible();
  await scan(page, label('wms-shelf-main-1'));
  await page.getByLabel('Who is at the desk').fill('Ben');
  await page.getByLabel('PIN', { exact: true }).fill(PIN);
  await page.keyboard.press('F12');
  await expect(page.getByRole('heading', { name: 'Locked' })).toBeHidden();
  expect((await snapshot(page)).session?.state).not.toBe('open');
  expect((await settledLine(page, label('wms-shelf-main-1'))).prompt?.destination.verb).not.toBe('Hand it out');
});

for (const scheme of ['light', 'dark'] as const) {
  test(`in ${scheme}: the settings say when it locks and whether a PIN is set, also at 200 % text`, async () => {
    const { page } = carrel;
    await page.emulateMedia({ colorScheme: scheme });
    await page.getByRole('button', { name: 'Settings' }).first().click();
    const section = page.getByRole('region', { name: 'Lock', exact: true });
    await expect(section.getByLabel('Lock after so many idle minutes')).toHaveValue('10');
    await expect(section).toContainText('A PIN is set');
    for (const size of ['100%', '200%']) {
      await page.evaluate((text) => (document.documentElement.style.fontSize = text), size);
      const { violations } = await new AxeBuilder({ page })
        .setLegacyMode(true)
        .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
        .include('section:has(> #lock-title)')
        .analyze();
      expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
      await section.scrollIntoViewIfNeeded();
      await page.screenshot({ path: test.info().outputPath(`lock-settings-${scheme}-${size}.png`) });
    }
    await page.evaluate(() => (document.documentElement.style.fontSize = ''));
  });
}
