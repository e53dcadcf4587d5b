import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { Bridge } from '../../src-main/contract/methods.ts';
import { useStandIn } from '../electron-standin/target.ts';
import { launchCarrel, scan, scanAndTime, value } from '../e2e/support.ts';
import { report, summarise, times } from './measure.ts';

/** The built app from the terminator key to the painted row, and whether anything is lost in long streams of scans. */
useStandIn();

/** Pairs of the page’s own performance marks by scan id: how long from one to the other, milliseconds. */
function between(page: Page, from: string, to: string): Promise<number[]> {
  return page.evaluate(
    ([first, second]) => {
      const taken = new Map<string, number>();
      const starts = new Map<string, number>();
      for (const { name, startTime } of performance.getEntriesByType('mark')) {
        if (name.startsWith(first)) starts.set(name.slice(first.length), startTime);
        const scanId = name.startsWith(second) ? name.slice(second.length) : undefined;
        const start = scanId === undefined ? undefined : starts.get(scanId);
        // The first painting counts; a prompt is painted again when its system has answered.
        if (scanId !== undefined && start !== undefined && !taken.has(scanId)) taken.set(scanId, startTime - start);
      }
      return [...taken.values()];
    },
    [`carrel:${from}:`, `carrel:${to}:`] as const,
  );
}

/** A valid 14-digit item barcode that is on no request: digits, then the mod-10 check digit. */
function barcode(index: number): string {
  const body = `3023499${String(index).padStart(6, '0')}`;
  const sum = Array.from(body).reduce((total, digit, place) => {
    const doubled = place % 2 === 0 ? Number(digit) * 2 : Number(digit);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return `${body}${(10 - (sum % 10)) % 10}`;
}

async function coldStarts(): Promise<void> {
  const samples: number[] = [];
  for (let run = 0; run < times(10, 2); run += 1) {
    const userData = mkdtempSync(join(tmpdir(), 'carrel-cold-'));
    const from = performance.now();
    const carrel = await launchCarrel({ userData });
    await value(carrel.page, 'scan.submit', { id: randomUUID(), raw: barcode(run), source: 'typed' });
    samples.push(performance.now() - from);
    await carrel.remove();
  }
  report(summarise('cold start to the first journaled scan', samples));
}

async function roundTrips(page: Page): Promise<void> {
  const samples = await page.evaluate(
    async (count) => {
      const bridge = (window as unknown as { carrel: Bridge }).carrel;
      const taken: number[] = [];
      for (let index = 0; index < count; index += 1) {
        const from = performance.now();
        await bridge.call('settings.get', {});
        taken.push(performance.now() - from);
      }
      return taken;
    },
    times(500, 50),
  );
  report(summarise('IPC round trip (settings.get)', samples));
}

/** States in which a scan only tells where the thing goes, so that scanning changes nothing. */
const QUIET = new Set([
  'RES_ITEM_SHIPPED',
  'REQ_SHIPPED_TO_SUPPLIER',
  'REQ_EXPECTS_TO_SUPPLY',
  'REQ_REQUEST_SENT_TO_SUPPLIER',
]);

async function keyToRow(page: Page): Promise<void> {
  await page.evaluate(() => {
    performance.clearMarks();
  });
  const cached = await Promise.all(
    ['RVR', 'NFD', 'EPT'].map((text) => value(page, 'request.search', { text, limit: 200 })),
  );
  const labels = cached
    .flat()
    .flatMap(({ hrid, state }) => (hrid !== undefined && QUIET.has(state.code) ? [hrid] : []));
  const count = Math.min(labels.length, times(100, 10));
  for (const label of labels.slice(0, count)) {
    await scanAndTime(page, label);
    await page.waitForTimeout(120);
  }
  await page.waitForTimeout(1000);
  report(summarise('terminator key to row painted', await between(page, 'terminator', 'row')));
  report(summarise('terminator key to cached prompt painted', await between(page, 'terminator', 'prompt')));
}

/** Sends scans at a given pace and compares what was sent with what is in the journal and what is shown. */
async function stream(page: Page, name: string, count: number, everyMs: number, base: number): Promise<void> {
  const labels = Array.from({ length: count }, (_, index) => barcode(base + index));
  const began = performance.now();
  for (const [index, label] of labels.entries()) {
    const due = began + index * everyMs;
    const wait = due - performance.now();
    if (wait > 0) await page.waitForTimeout(wait);
    await scan(page, label);
  }
  const took = performance.now() - began;
  await page.waitForTimeout(2000);
  const found = await Promise.all(
    labels.map(
      async (label) =>
        (await value(page, 'scan.search', { text: label, limit: 3 })).filter((line) => line.barcode === label).length,
    ),
  );
  const rows = await page.evaluate(
    () => performance.getEntriesByType('mark').filter(({ name: mark }) => mark.startsWith('carrel:row:')).length,
  );
  const journaled = found.filter((hits) => hits === 1).length;
  report({
    name,
    sent: count,
    journaled,
    twice: found.filter((hits) => hits > 1).length,
    shown: rows,
    lost: count - journaled,
    tookMs: Math.round(took),
  });
  if (journaled !== count || rows < count) process.exitCode = 1;
}

report({ bench: 'app' });
await coldStarts();
const carrel = await launchCarrel();
try {
  await roundTrips(carrel.page);
  await keyToRow(carrel.page);
  for (const [name, count, everyMs, base] of [
    ['30 scans in 3 s', 30, 100, 10_000],
    ['4 scans/s for 60 s', times(240, 20), 250, 20_000],
  ] as const) {
    await carrel.page.evaluate(() => {
      performance.clearMarks();
    });
    await stream(carrel.page, name, count, everyMs, base);
  }
} finally {
  await carrel.remove();
}
