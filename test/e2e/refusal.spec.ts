import AxeBuilder from '@axe-core/playwright';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { journalFile, openJournal } from '../../src-main/store/databases.ts';
import { prompt, record, scan as scanRecord } from '../fixtures/store-records.ts';
import { launchCarrel, scan, settledLine, snapshot, value, type Carrel } from './support.ts';

/** What is seen and heard when the journal does not take a scan, while Carrel is open. */

const SAVED = '39888000000012';
const REFUSED = '39888000000020';
const NEXT = '39888000000038';

/** Pitches played from now on, hertz. */
async function listen(page: Page): Promise<() => Promise<number[]>> {
  await page.evaluate(() => {
    const heard: number[] = [];
    (window as unknown as { heard: number[] }).heard = heard;
    const start = Reflect.get<OscillatorNode, 'start'>(OscillatorNode.prototype, 'start');
    OscillatorNode.prototype.start = function (when) {
      heard.push(Math.round(this.frequency.value));
      start.call(this, when);
    };
  });
  return () => page.evaluate(() => (window as unknown as { heard: number[] }).heard.splice(0));
}

/** The three low buzzes; see the sounds of the desk. */
const REFUSAL = [196, 196, 165];

async function expectLoud(page: Page, sentence: string): Promise<void> {
  const main = page.getByRole('main');
  await expect(main.getByText('Scan not saved')).toBeVisible();
  await expect(main.getByText('Not saved', { exact: true }).first()).toBeVisible();
  await expect(main.getByText(sentence)).toBeVisible();
  await expect(page.locator('.box.closed')).toContainText('Scans cannot be saved');
  await expect(page.locator('#scan-notice')).toContainText(sentence);
}

async function expectReadable(page: Page, name: string): Promise<void> {
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    const { violations } = await new AxeBuilder({ page })
      .setLegacyMode(true)
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
      .analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
    await page.screenshot({ path: test.info().outputPath(`${name}-${scheme}.png`) });
  }
  await page.evaluate(() => (document.documentElement.style.fontSize = '200%'));
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
  await page.screenshot({ path: test.info().outputPath(`${name}-200.png`), fullPage: true });
  await page.evaluate(() => (document.documentElement.style.fontSize = ''));
}

/** How large the files of Carrel's main process may get from now on, in bytes; the disk then takes nothing beyond. */
async function limitFiles({ app }: Carrel, size: string): Promise<void> {
  const pid = await app.evaluate(() => process.pid);
  execFileSync('prlimit', ['--pid', String(pid), `--fsize=${size}:`]);
}

test('a disk that takes no more: red, the refusal sounds, nothing is called saved; and when it takes again all is saved once', async () => {
  test.skip(process.platform !== 'linux', 'only Linux lets a test limit the files of another process');
  const carrel = await launchCarrel();
  const { page } = carrel;
  await scan(page, SAVED);
  await settledLine(page, SAVED);
  const heard = await listen(page);
  await limitFiles(carrel, '16');
  await scan(page, REFUSED);
  await expectLoud(page, 'The disk does not take what Carrel writes, so scans cannot be saved.');
  expect(await heard()).toEqual(REFUSAL);
  const during = await snapshot(page);
  expect(during.journal.writable).toBe(false);
  expect(during.lines.map(({ barcode }) => barcode)).toEqual([SAVED]);
  await expectReadable(page, 'disk');
  await page.keyboard.press('Escape');
  await scan(page, NEXT);
  await expect.poll(heard).toEqual(REFUSAL);

  // By keyboard alone: while the disk is full it is said once more and aloud, and then all are saved.
  await page.keyboard.press('F10');
  await expect.poll(heard).toEqual(REFUSAL);
  await expect(page.getByRole('main').getByRole('button', { name: 'Try to save all 2 again' })).toBeVisible();
  await limitFiles(carrel, 'unlimited');
  await page.keyboard.press('F10');
  for (const label of [REFUSED, NEXT]) await settledLine(page, label);
  await expect(page.locator('.box.closed')).toHaveCount(0);
  const { userData } = carrel;
  await carrel.close();
  const again = await launchCarrel({ userData });
  const labels = (await snapshot(again.page)).lines.map(({ barcode }) => barcode);
  expect(labels).toEqual([NEXT, REFUSED, SAVED]);
  await again.remove();
});

test('muted, the refusal of a journal that takes nothing sounds all the same, also on a locked screen, where F10 saves', async () => {
  test.skip(process.platform !== 'linux', 'only Linux lets a test limit the files of another process');
  const carrel = await launchCarrel();
  const { page } = carrel;
  const { desk } = await snapshot(page);
  const sounds = { accepted: false, attention: false, refused: false, saved: false };
  await value(page, 'settings.saveDesk', { desk: { ...desk, sounds } });
  await expect.poll(async () => (await snapshot(page)).desk.sounds.refused).toBe(false);
  const heard = await listen(page);
  await scan(page, SAVED);
  await settledLine(page, SAVED);
  expect(await heard()).toEqual([]);
  await limitFiles(carrel, '16');
  await scan(page, REFUSED);
  await expectLoud(page, 'The disk does not take what Carrel writes, so scans cannot be saved.');
  expect(await heard()).toEqual(REFUSAL);
  await page.keyboard.press('F12');
  await expect(page.getByRole('heading', { name: 'Locked' })).toBeVisible();
  await scan(page, NEXT);
  await expect.poll(heard).toEqual(REFUSAL);
  await expect(page.getByText('Not saved', { exact: true })).toBeVisible();
  await expect(page.locator('.box.closed')).toContainText('Scans cannot be saved');
  await page.screenshot({ path: test.info().outputPath('locked.png') });
  await limitFiles(carrel, 'unlimited');
  await page.keyboard.press('F10');
  await expect.poll(async () => (await snapshot(page)).journal.saved).toBe(3);
  await page.keyboard.press('F12');
  await carrel.remove();
});

test('a journal that goes bad while it is open: the scan is refused in red and aloud, and the next start brings all back', async () => {
  const first = await launchCarrel();
  const { userData } = first;
  await scan(first.page, SAVED);
  await settledLine(first.page, SAVED);
  await first.close();
  const directory = join(userData, 'training');
  // Of an earlier day, and large enough that SQLite has not read all of it when it goes bad.
  const { journal } = await openJournal({ directory, appVersion: '0.1.0', now: new Date().toISOString() });
  const at = '2026-01-05T08:00:00.000Z';
  for (let n = 0; n < 20; n += 1) {
    const scans = Array.from({ length: 200 }, () => scanRecord({ raw: 'x'.repeat(1800) }, { at }));
    const told = scans.map(({ scanId }) => record({ type: 'prompt', prompt: prompt() }, { scanId, at }));
    journal.appendMany([...scans, ...told]);
  }
  await journal.close(new Date().toISOString());

  const second = await launchCarrel({ userData });
  const { page } = second;
  const heard = await listen(page);
  const file = journalFile(directory);
  writeFileSync(file, readFileSync(file).fill(0xa5, 4096));
  await scan(page, REFUSED);
  await expectLoud(page, 'The journal is damaged, so scans cannot be saved.');
  expect((await heard()).slice(-3)).toEqual(REFUSAL);
  await expect(page.getByRole('alert', { name: 'What happened to the journal' })).toContainText('Close Carrel now');
  await expectReadable(page, 'damaged');
  await second.close();

  const third = await launchCarrel({ userData });
  const news = third.page.getByRole('alert', { name: 'What happened to the journal' });
  await expect(news).toContainText(/80\d\d records came back/);
  expect(readdirSync(join(directory, 'damaged')).length).toBeGreaterThan(0);
  expect((await snapshot(third.page)).lines.map(({ barcode }) => barcode)).toContain(SAVED);
  await scan(third.page, NEXT);
  await settledLine(third.page, NEXT);
  await third.remove();
});
