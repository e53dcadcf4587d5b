import { expect, test } from '@playwright/test';
import { launchCarrel, practice, scan, settledLine, snapshot, type Carrel } from './support.ts';

/** Two desks of one library: borrowed items live at the main library, and a patron brings one back to another branch. */

const MAIN = 'Main Library Desk';
const SCIENCE = 'Science Library';

let home: Carrel;
let there: Carrel;
let url: string;
test.beforeAll(async () => {
  home = await launchCarrel();
  url = (await snapshot(home.page)).practiceUrl ?? '';
  there = await launchCarrel({ env: { CARREL_PRACTICE: JSON.stringify({ desk: SCIENCE, join: url }) } });
});
test.afterAll(async () => {
  await there.remove();
  await home.remove();
});

async function done(action: string): Promise<number> {
  const acts = (await practice(url, 'ledger')) as { action?: string; result?: string }[];
  return acts.filter((one) => one.action === action && one.result === 'done').length;
}

test('a borrowed book brought back at another branch is sent home, and only its home sends it on', async ({}, info) => {
  const { page } = there;
  const { pile } = await snapshot(page);
  const label = (key: string): string => pile.find((entry) => entry.key === key)?.barcode ?? key;
  const book = label('return-by-number');
  await scan(page, book);
  const { prompt } = await settledLine(page, book);
  expect(prompt).toMatchObject({ kind: 'route', destination: { verb: 'Send to', to: MAIN } });
  expect(prompt?.slip).toMatchObject({ kind: 'routing', destination: MAIN });
  expect(prompt?.legs.slice(0, 2).map(({ system, state }) => `${system} ${state}`)).toEqual([
    'ReShare done',
    'Circulation done',
  ]);
  await expect(page.locator('main')).toContainText(`Borrowed items live at ${MAIN}`);
  await info.attach('send-home', { body: await page.screenshot(), contentType: 'image/png' });
  expect(await practice(url, 'wmsItem', { barcode: book })).toMatchObject({ status: 'Unavailable' });

  // One that was marked returned before is not marked shipped from here either.
  const waiting = label('ship-back-1');
  const shipped = await done('shippedReturn');
  await scan(page, waiting);
  const { prompt: still } = await settledLine(page, waiting);
  expect(still?.destination).toEqual({ verb: 'Send to', to: MAIN });
  expect(still?.offers).toEqual([]);
  expect(await done('shippedReturn')).toBe(shipped);

  await scan(home.page, book);
  const { prompt: back } = await settledLine(home.page, book);
  expect(back?.destination.verb).toBe('Ship back');
  expect(await done('shippedReturn')).toBe(shipped + 1);
});
