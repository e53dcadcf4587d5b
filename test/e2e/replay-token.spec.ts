import { expect, test } from '@playwright/test';
import type { OfflineList } from '../../src-main/contract/offline.ts';
import { launchCarrel, practice, scan, settledLine, snapshot } from './support.ts';

/** The computer slept through the end of an outage, and ReShare's tokens end while the list is being done. */

interface Effect {
  readonly seq: number;
  readonly kind: string;
  readonly action: string;
  readonly result: string;
  readonly requestId?: string;
}

test('after sleep and with tokens that end in the middle, everything on the list is done exactly once', async () => {
  const carrel = await launchCarrel();
  const { page, app } = carrel;
  const { pile, practiceUrl: url = '' } = await snapshot(page);
  await expect.poll(async () => (await snapshot(page)).cachedRequests, { timeout: 30_000 }).toBeGreaterThan(100);
  const keys = ['arrival-2', 'return-by-number', 'ship-back-1', 'complete-1'];
  const labels = keys.map((key) => pile.find((entry) => entry.key === key)?.barcode ?? key);
  await practice(url, 'addFault', { where: 'everything', kind: 'drop-before' });
  for (const label of labels) {
    await scan(page, label);
    expect((await settledLine(page, label, 30_000)).prompt?.destination.to).toMatch(/Offline cart/);
  }
  const ledger = async (): Promise<readonly Effect[]> => (await practice(url, 'ledger')) as readonly Effect[];
  const before = (await ledger()).at(-1)?.seq ?? 0;
  const list = async (): Promise<OfflineList> => {
    const { offline } = await snapshot(page);
    if (offline === undefined) throw new Error('no offline list');
    return offline;
  };

  await app.evaluate(({ powerMonitor }) => powerMonitor.emit('suspend'));
  await practice(url, 'clearFaults');
  await practice(url, 'expireTokens');
  await app.evaluate(({ powerMonitor }) => powerMonitor.emit('resume'));
  await page.keyboard.press('Shift+F12');
  await expect
    .poll(async () => (await list()).lines.map(({ state }) => state), { timeout: 40_000 })
    .toEqual(keys.map(() => 'would-do'));
  await practice(url, 'expireTokens');
  await page.keyboard.press('F10');
  await expect
    .poll(async () => (await list()).lines.some(({ state }) => state === 'done'), { timeout: 40_000 })
    .toBe(true);
  await practice(url, 'expireTokens');
  await expect
    .poll(async () => (await list()).lines.map(({ state }) => state), { timeout: 40_000 })
    .toEqual(keys.map(() => 'done'));

  const acted = (await ledger()).filter(({ seq, kind }) => seq > before && kind === 'action');
  expect(acted.map(({ result }) => result)).toEqual(acted.map(() => 'done'));
  const effects = acted.map(({ requestId, action }) => `${String(requestId)} ${action}`);
  expect(effects.length).toBeGreaterThanOrEqual(keys.length);
  expect(new Set(effects).size).toBe(effects.length);
  await carrel.remove();
});
