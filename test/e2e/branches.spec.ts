import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import type { PileEntry, Snapshot } from '../../src-main/contract/shift.ts';
import { launchCarrel, practice, scan, snapshot, type Carrel } from './support.ts';

/** Desks of one library at three branches, on one practice consortium: each Carrel stands where its settings say. */
type Line = Snapshot['lines'][number];

const MAIN = 'Main Library Desk';
const SCIENCE = 'Science Library';
const MUSIC = 'Music and Arts Library';

let main: Carrel;
let url: string;
let pile: readonly PileEntry[];
test.describe.configure({ mode: 'serial' });
test.beforeAll(async () => {
  main = await launchCarrel();
  const { practiceUrl, pile: things } = await snapshot(main.page);
  if (practiceUrl === undefined) throw new Error('not in training');
  url = practiceUrl;
  pile = things;
});
test.afterAll(() => main.remove());

function label(key: string): string {
  const found = pile.find((entry) => entry.key === key);
  if (found === undefined) throw new Error(`the practice pile has no ${key}`);
  return found.barcode;
}

/** Another desk of the same library, for as long as the work takes. */
async function atDesk(desk: string, work: (page: Page) => Promise<void>): Promise<void> {
  const there = await launchCarrel({ env: { CARREL_PRACTICE: JSON.stringify({ desk, join: url }) } });
  try {
    await work(there.page);
  } finally {
    await there.remove();
  }
}

/** Scans a label and waits for its prompt. Cards are masked in the list, so the newest line is looked for. */
async function scanned(page: Page, text: string): Promise<NonNullable<Line['prompt']>> {
  const before = (await snapshot(page)).lines[0]?.scanId;
  await scan(page, text);
  let prompt: Line['prompt'];
  await expect(async () => {
    const [newest] = (await snapshot(page)).lines;
    expect(newest?.scanId).not.toBe(before);
    prompt = newest?.prompt;
    expect(prompt?.working).toBe(false);
  }).toPass({ timeout: 20_000, intervals: [50] });
  if (prompt === undefined) throw new Error(`no prompt for ${text}`);
  return prompt;
}

/** Whom WMS keeps an item for. */
async function waitingFor(barcode: string): Promise<string> {
  const { holds } = (await practice(url, 'wmsItem', { barcode })) as { holds: readonly { patron: string }[] };
  const [hold] = holds;
  if (hold === undefined) throw new Error(`nobody waits for ${barcode}`);
  return hold.patron;
}

async function statusOf(barcode: string): Promise<unknown> {
  return ((await practice(url, 'wmsItem', { barcode })) as { status: unknown }).status;
}

const strip = (page: Page) => page.getByRole('status', { name: 'The patron you are lending to' });

for (const [branch, short] of [
  [SCIENCE, 'science'],
  [MUSIC, 'music'],
] as const) {
  test(`sent from the main library, held and lent at ${branch}`, async ({}, info) => {
    const sent = label(`wms-send-main-to-${short}`);
    expect((await scanned(main.page, sent)).destination).toEqual({ verb: 'Send to', to: branch });
    expect(await statusOf(sent)).toBe('In Transit');
    await atDesk(branch, async (page) => {
      const held = await scanned(page, sent);
      expect(held.destination.verb).toBe('Hold shelf');
      expect(held.slip?.destination).toBe(branch);
      expect(await statusOf(sent)).toBe('On Hold');
      await info.attach(`held-${short}`, { body: await page.screenshot(), contentType: 'image/png' });

      await scanned(page, await waitingFor(sent));
      // Double scans within seconds do nothing, so that a book is not moved on by a trigger pulled twice.
      await page.waitForTimeout(5_100);
      const lent = await scanned(page, sent);
      expect(lent.destination.verb).toBe('Hand it out');
      expect(lent.why[0]).toMatch(/^Due .+, WMS’s date\.$/);
      await expect(strip(page)).toContainText('1 item ·');
      expect(await statusOf(sent)).toBe('On Loan');
      await info.attach(`lent-${short}`, { body: await page.screenshot(), contentType: 'image/png' });
      await page.keyboard.press('F2');

      expect((await scanned(page, label(`wms-home-to-${short}`))).destination.verb).toBe('Shelve');
      expect((await scanned(page, label(`wms-arrives-for-hold-${short}`))).destination.verb).toBe('Hold shelf');
      const astray = await scanned(page, label(`wms-away-main-at-${short}`));
      expect(astray.destination).toEqual({ verb: 'Send to', to: MAIN });
      expect(astray.slip?.lines).toContainEqual({ label: 'From', value: branch });
      expect((await scanned(page, label(`wms-send-${short}-to-main`))).destination).toEqual({
        verb: 'Send to',
        to: MAIN,
      });
      await info.attach(`sent-on-${short}`, { body: await page.screenshot(), contentType: 'image/png' });
    });
    expect((await scanned(main.page, label(`wms-send-${short}-to-main`))).destination.verb).toBe('Hold shelf');
  });
}

test('a borrowed item waits for its patron at the branch where it is picked up', async () => {
  const arrived = await scanned(main.page, label('arrival-1'));
  expect(arrived.destination).toEqual({ verb: 'Hold shelf', to: SCIENCE });
  const hrid = arrived.rowId;
  await atDesk(SCIENCE, async (page) => {
    const waits = await scanned(page, hrid);
    expect([waits.destination.verb, waits.slip?.destination]).toEqual(['Hold shelf', SCIENCE]);
    await scanned(page, await waitingFor(hrid));
    await page.waitForTimeout(5_100);
    const lent = await scanned(page, hrid);
    expect(['Hand it out', 'Change the date']).toContain(lent.destination.verb);
    expect(await statusOf(hrid)).toBe('On Loan');
  });
});

test('a patron blocked for interlibrary loan alone borrows ours, and nothing of another library', async ({}, info) => {
  const { page } = main;
  expect((await scanned(page, label('wms-card-ill-blocked'))).destination.verb).toBe('Scan the items');
  await expect(strip(page)).toContainText('Interlibrary loan is blocked for this account.');
  const borrowed = await scanned(page, label('wms-temporary-ready-1'));
  expect(borrowed.destination.verb).toBe('Do not hand out');
  expect(borrowed.why[0]).toMatch(/blocks interlibrary loan for this account/);
  expect(await statusOf(label('wms-temporary-ready-1'))).toBe('On Hold');
  await info.attach('ill-blocked', { body: await page.screenshot(), contentType: 'image/png' });
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode(true)
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  expect((await scanned(page, label('wms-shelf-main-3'))).destination.verb).toBe('Hand it out');
  await expect(strip(page)).toContainText('1 item ·');
  await page.keyboard.press('F2');
});
