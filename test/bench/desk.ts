import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { DEFAULT_SETTINGS } from '../../src-main/contract/settings.ts';
import { useStandIn } from '../electron-standin/target.ts';
import { launchCarrel, practice, scanAndTime, snapshot } from '../e2e/support.ts';
import { report, reportRatio, summarise, timed, times } from './measure.ts';

/**
 * The built app with one of the library’s own items: from the terminator key to the painted prompt that says where it
 * goes. In between lie the scan on disk, the look-up in ReShare (at 0 ms, and counted), two synced records of the step,
 * WMS’s CheckInItem, its outcome and the prompt on disk. The practice WMS answers after a set delay; beside each scan
 * the same message goes to it from a bare HTTP client, and half of those take longer than what is taken off the scans.
 */
useStandIn();

/** Overhead beyond the server’s own time, milliseconds, that the desk may not exceed at p95. */
const TARGET_MS = 25;

/** Milliseconds from the terminator key to the painted row, and to the first painted prompt that is not being worked on. */
interface Taken {
  readonly row: number;
  readonly prompt: number;
}

async function toSettledPrompt(page: Page): Promise<Taken> {
  const took = await page.waitForFunction(() => {
    const marks = performance.getEntriesByType('mark');
    const key = marks.find(({ name }) => name.startsWith('carrel:terminator:'));
    const painted = marks.find((mark) => {
      const { working } = ((mark as PerformanceMark).detail ?? {}) as { readonly working?: boolean };
      return mark.name.startsWith('carrel:prompt:') && working === false;
    });
    const row = marks.find(({ name }) => name.startsWith('carrel:row:'));
    if (key === undefined || row === undefined || painted === undefined) return undefined;
    return { row: row.startTime - key.startTime, prompt: painted.startTime - key.startTime };
  });
  return (await took.jsonValue()) ?? { row: Number.NaN, prompt: Number.NaN };
}

/** Access to the practice WMS as its controls tell it. */
interface WmsAccess {
  readonly urls: { readonly token: string; readonly staff: string };
  readonly keys: { readonly full: { readonly key: string; readonly secret: string } };
}

const CHECK_IN = readFileSync(new URL('../fixtures/ncip/staff-01-checkinitem.xml', import.meta.url), 'utf8');

/** Checks an item in from a bare HTTP client with its token ready: milliseconds until the whole answer is there. */
async function bareCheckIn(url: string): Promise<(barcode: string) => Promise<number>> {
  const { urls, keys } = (await practice(url, 'wms')) as WmsAccess;
  const basic = Buffer.from(`${keys.full.key}:${keys.full.secret}`).toString('base64');
  const signedIn = await fetch(`${urls.token}?grant_type=client_credentials&scope=WMS_NCIP`, {
    method: 'POST',
    headers: { authorization: `Basic ${basic}`, accept: 'application/json' },
  });
  const { access_token: token } = (await signedIn.json()) as { access_token: string };
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/xml; charset=utf-8' };
  return (barcode) =>
    timed(async () => {
      const body = CHECK_IN.replace(/(<ItemIdentifierValue>)[^<]*/, `$1${barcode}`);
      const answer = await fetch(urls.staff, { method: 'POST', headers, body });
      const text = await answer.text();
      if (!text.includes('RoutingInstructions')) throw new Error(`the practice WMS did not check in: ${text}`);
    });
}

/** Scans follow each other at this pace at the most, milliseconds: the WMS client’s own bound is five calls a second. */
const PACE_MS = 250;

async function ownItems(page: Page, url: string, delayMs: number): Promise<void> {
  await practice(url, 'clearWmsFaults', {});
  if (delayMs > 0) await practice(url, 'addWmsFault', { where: 'CheckInItem', kind: 'slow', ms: delayMs });
  const { pile } = await snapshot(page);
  const own = pile.filter(({ key, what }) => what === 'own item' && /^wms-(return|shelf|home|away)-/.test(key));
  const [apart, ...items] = own.map(({ barcode }) => barcode);
  if (apart === undefined) throw new Error('the practice pile has no items of the library’s own');
  const checkIn = await bareCheckIn(url);
  const bare: number[] = [];
  const taken: Taken[] = [];
  // The first of each warms up: log-in, token, connections, and what is compiled on first use.
  const warm = times(10, 3);
  for (let index = 0; index < warm + times(200, 15); index += 1) {
    const began = performance.now();
    const plain = await checkIn(apart);
    await page.evaluate(() => {
      performance.clearMarks();
    });
    await scanAndTime(page, items[index % items.length] ?? apart);
    const scanned = await toSettledPrompt(page);
    if (index >= warm) {
      bare.push(plain);
      taken.push(scanned);
    }
    await page.waitForTimeout(Math.max(0, PACE_MS - (performance.now() - began)));
  }
  const at = `practice WMS at ${delayMs} ms`;
  const prompts = taken.map(({ prompt }) => prompt);
  const row = summarise(
    `of it, scan to painted row: on disk and shown, before anything is asked, ${at}`,
    taken.map((one) => one.row),
  );
  const measured = summarise(`scan to settled prompt, own item, ${at}`, prompts);
  const baseline = summarise(`baseline: the same CheckInItem from a bare HTTP client, ${at}`, bare);
  const over = summarise(
    `overhead: scan to settled prompt less the baseline’s p50, ${at}`,
    prompts.map((ms) => ms - baseline.p50),
  );
  report(measured);
  report(row);
  report(baseline);
  reportRatio('scan to settled prompt against the bare call', measured, baseline);
  report({ ...over, target: `p95 ≤ ${TARGET_MS}`, met: over.p95 <= TARGET_MS });
}

report({ bench: 'desk' });
// The same items come round again: each time is to be a check-in, and not "checked in a moment ago".
const userData = mkdtempSync(join(tmpdir(), 'carrel-desk-'));
const desk = { ...DEFAULT_SETTINGS.desk, settleMinutes: 0, doubleScanSeconds: 1 };
writeFileSync(join(userData, 'settings.json'), JSON.stringify({ ...DEFAULT_SETTINGS, desk }));
const carrel = await launchCarrel({ userData });
try {
  const { practiceUrl } = await snapshot(carrel.page);
  if (practiceUrl === undefined) throw new Error('Carrel did not open in training');
  for (const delayMs of [0, 200]) await ownItems(carrel.page, practiceUrl, delayMs);
} finally {
  await carrel.remove();
}
