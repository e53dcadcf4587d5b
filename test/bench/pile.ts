import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { WorklistId } from '../../src-main/contract/worklists.ts';
import { useStandIn } from '../electron-standin/target.ts';
import { launchCarrel, practice, snapshot, value } from '../e2e/support.ts';
import { report, times } from './measure.ts';

/**
 * The built app with a pile of mixed scans: arrivals, slips, parcels to ship and loans that came back. The practice
 * servers take a set time for every answer. Once as a pile, scanned one right after the other, and once with each scan
 * waiting for the prompt of the one before; each on files and a consortium of its own.
 */
useStandIn();

const DELAY_MS = 200;
const SIZE = times(60, 8);
/** A quick hand with a scanner, milliseconds from label to label. */
const PACE_MS = 250;
const MIX: readonly WorklistId[] = ['arriving', 'to-ship', 'came-back', 'to-print'];

/** Numbers of requests, one of each kind after the other, as a pile lies. */
async function mixed(page: Page): Promise<readonly string[]> {
  const lists = await Promise.all(
    MIX.map((worklist) =>
      value(page, 'worklist.rows', { filter: { worklist }, text: '', sort: 'oldest', offset: 0, limit: 60 }),
    ),
  );
  const labels = lists.map(({ rows }) => rows.flatMap((row) => row.hrid ?? []));
  const most = Math.max(...labels.map((one) => one.length));
  const turns = Array.from({ length: most }, (_, at) => labels.flatMap((one) => one[at] ?? []));
  return [...new Set(turns.flat())].slice(0, SIZE);
}

async function settled(page: Page, ids: ReadonlySet<string>): Promise<void> {
  for (;;) {
    const { lines } = await snapshot(page);
    const done = lines.filter(({ scanId, prompt }) => ids.has(scanId) && prompt !== undefined && !prompt.working);
    if (done.length === ids.size) return;
    await page.waitForTimeout(20);
  }
}

/** Milliseconds from the first scan to the last settled prompt. */
async function play(together: boolean): Promise<{ readonly ms: number; readonly scans: number }> {
  const userData = mkdtempSync(join(tmpdir(), 'carrel-pile-'));
  const carrel = await launchCarrel({ userData });
  try {
    const { page } = carrel;
    const { practiceUrl } = await snapshot(page);
    if (practiceUrl === undefined) throw new Error('Carrel did not open in training');
    await page.keyboard.press('F4');
    while ((await mixed(page)).length < SIZE) await page.waitForTimeout(100);
    const labels = await mixed(page);
    await practice(practiceUrl, 'addFault', { where: 'everything', kind: 'slow', ms: DELAY_MS });
    await value(page, 'pile.start', {});
    const all = new Set<string>();
    const began = performance.now();
    for (const raw of labels) {
      const due = performance.now() + PACE_MS;
      const id = randomUUID();
      all.add(id);
      await value(page, 'scan.submit', { id, raw, source: 'wedge' });
      if (together) await page.waitForTimeout(Math.max(0, due - performance.now()));
      else await settled(page, new Set([id]));
    }
    await settled(page, all);
    return { ms: Math.round(performance.now() - began), scans: labels.length };
  } finally {
    await carrel.remove();
  }
}

report({ bench: 'pile' });
const pile = await play(true);
const single = await play(false);
const at = `practice servers at ${String(DELAY_MS)} ms`;
const what = `${String(pile.scans)} mixed scans, first scan to last settled prompt, ${at}`;
report({ name: `a pile: ${what}, a scan each ${String(PACE_MS)} ms`, ms: pile.ms });
report({ name: `one at a time: ${what}`, ms: single.ms });
report({ name: 'a pile against one at a time', ratio: Math.round((pile.ms / single.ms) * 100) / 100 });
