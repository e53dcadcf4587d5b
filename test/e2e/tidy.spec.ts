import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { launchCarrel, snapshot, value, type Carrel } from './support.ts';

/**
 * What is to be tidied up, in the built app. The story began six days ago: what was received the day before has a hold that
 * runs out.
 */
const DAYS_6 = 6 * 24 * 60 * 60_000;

let carrel: Carrel;
let userData: string;
const env = { CARREL_PRACTICE: JSON.stringify({ story: 'still', startAt: Date.now() - DAYS_6 }) };
test.beforeAll(async () => {
  carrel = await launchCarrel({ env });
  ({ userData } = carrel);
});
test.afterAll(() => carrel.remove());

async function openAgreement(page: Page): Promise<void> {
  await page
    .getByRole('navigation')
    .getByRole('button', { name: /^Agreement/ })
    .click();
}

async function look(page: Page): Promise<NonNullable<Awaited<ReturnType<typeof snapshot>>['agreement']>> {
  await expect.poll(async () => (await snapshot(page)).agreement?.looking, { timeout: 60_000 }).toBe(false);
  const before = (await snapshot(page)).agreement?.lookedAt;
  await value(page, 'agreement.look', { whole: true });
  await expect.poll(async () => (await snapshot(page)).agreement?.lookedAt, { timeout: 60_000 }).not.toBe(before);
  const { agreement } = await snapshot(page);
  if (agreement === undefined) throw new Error('no agreement list');
  return agreement;
}

const DELETE = 'RVR-1236';
const HOLD = 'RVR-1221';

test('closed loans and holds that run out are listed beside the disagreements', async () => {
  const { page } = carrel;
  const { tidy, toTidy } = await look(page);
  expect(toTidy).toBe(tidy.length);
  const kinds = new Map(tidy.map(({ label, kind }) => [label, kind]));
  expect(kinds.get(DELETE)).toBe('delete-temporary-item');
  expect(kinds.get(HOLD)).toBe('hold-expiring');
  await openAgreement(page);
  const rows = page.getByRole('list', { name: 'To tidy up' }).getByRole('listitem');
  await expect(rows).toHaveCount(tidy.length);
  await expect(page.getByRole('heading', { name: /To tidy up/ })).toContainText(`${String(toTidy)} left`);
});

for (const scheme of ['light', 'dark'] as const) {
  test(`the list in ${scheme}: WCAG 2.2 AA as axe sees it`, async ({}, info) => {
    const { page } = carrel;
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await openAgreement(page);
    await page
      .getByRole('button', { name: scheme === 'light' ? /Hold runs out.*RVR-1221/ : /Delete it.*RVR-1236/ })
      .click();
    const { violations } = await new AxeBuilder({ page })
      .setLegacyMode(true)
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
      .analyze();
    expect(violations.map(({ id, nodes }) => `${id} ${nodes.map((node) => node.target.join(' ')).join(', ')}`)).toEqual(
      [],
    );
    await page.screenshot({ path: info.outputPath(`tidy-${scheme}.png`) });
    await page.evaluate(() => (document.documentElement.style.fontSize = '200%'));
    await page.screenshot({ path: info.outputPath(`tidy-${scheme}-200.png`) });
    await page.evaluate(() => document.documentElement.style.removeProperty('font-size'));
    await page.emulateMedia({ colorScheme: null, reducedMotion: null });
  });
}

test('by keyboard: from the disagreements into the list, and F10 says by whom and when', async () => {
  const { page } = carrel;
  await openAgreement(page);
  const wanted = page.getByRole('button', { name: new RegExp(`Delete it.*${DELETE}`) });
  await page.getByRole('list', { name: 'Where they disagree' }).getByRole('button').first().focus();
  await page.keyboard.press('Home');
  for (let step = 0; step < 80 && !(await wanted.evaluate((row) => row === document.activeElement)); step += 1) {
    await page.keyboard.press('ArrowDown');
  }
  await expect(wanted).toBeFocused();
  const { toTidy, open } = (await snapshot(page)).agreement ?? { toTidy: 0, open: 0 };
  await page.keyboard.press('F10');
  await expect(page.getByText('Confirmed by desk at Main desk')).toBeVisible();
  const after = (await snapshot(page)).agreement;
  expect([after?.toTidy, after?.open]).toEqual([toTidy - 1, open]);
});

test('what was confirmed stays confirmed after a restart', async () => {
  await carrel.close();
  carrel = await launchCarrel({ env, userData });
  const { tidy } = await look(carrel.page);
  const said = tidy.find(({ label }) => label === DELETE);
  expect(said?.confirmed).toMatchObject({ by: 'desk', desk: 'Main desk' });
});
