import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { launchCarrel, scan, settledLine, snapshot, value, type Carrel } from './support.ts';

/** A borrowed item that was received at this desk and is scanned again later, in the built app: fetched, or not? */
let carrel: Carrel;
let label: (key: string) => string;
test.beforeAll(async () => {
  carrel = await launchCarrel();
  const { page } = carrel;
  const { pile } = await snapshot(page);
  label = (key) => pile.find((entry) => entry.key === key)?.barcode ?? key;
  // Nothing counts as just handled: the scan after the next is one of another day.
  const { settings } = await value(page, 'settings.get', {});
  await value(page, 'settings.saveDesk', { desk: { ...settings.desk, settleMinutes: 0, doubleScanSeconds: 1 } });
});
test.afterAll(() => carrel.remove());

type Prompt = NonNullable<Awaited<ReturnType<typeof settledLine>>['prompt']>;

/** The prompt of a scan that is not taken for the scanner reading the same label twice. */
async function later(barcode: string): Promise<Prompt> {
  let prompt: Prompt | undefined;
  await expect(async () => {
    const before = (await snapshot(carrel.page)).lines.length;
    await scan(carrel.page, barcode);
    await expect.poll(async () => (await snapshot(carrel.page)).lines.length).toBe(before + 1);
    ({ prompt } = await settledLine(carrel.page, barcode));
    expect(prompt?.destination.verb).not.toBe('Already scanned');
  }).toPass({ timeout: 30_000 });
  if (prompt === undefined) throw new Error('no prompt');
  return prompt;
}

test('what was received here and not lent is asked about; the key for “never fetched” sends it back and tells of its hold', async () => {
  const { page } = carrel;
  await scan(page, label('arrival-1'));
  const received = await settledLine(page, label('arrival-1'));
  expect(received.prompt?.destination.verb).toBe('Hold shelf');
  const asked = await later(label('arrival-1'));
  expect(asked.offers.map(({ key }) => key)).toEqual(['F7', 'F10', 'F11']);
  expect(asked.destination.verb).toBe('Hold shelf');
  await expect(page.getByRole('button', { name: 'F11 Never fetched: send it back', exact: true })).toBeVisible();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const { violations } = await new AxeBuilder({ page })
      .setLegacyMode(true)
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
      .analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
    await page.screenshot({ path: test.info().outputPath(`unfetched-${colorScheme}.png`) });
  }
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
  await page.keyboard.press('F11');
  await expect
    .poll(async () => (await settledLine(page, label('arrival-1'))).prompt?.destination.verb)
    .toBe('Ship back');
  const { prompt } = await settledLine(page, label('arrival-1'));
  expect(prompt?.why.join(' ')).toContain('cancel its hold in WMS');
});

test('what another desk received comes back without a question', async () => {
  const { page } = carrel;
  await scan(page, label('return-by-number'));
  const { prompt } = await settledLine(page, label('return-by-number'));
  expect(prompt?.destination.verb).toBe('Ship back');
  expect(prompt?.legs.some(({ system, state }) => system === 'ReShare' && state === 'done')).toBe(true);
});
