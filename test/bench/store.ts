import { randomUUID } from 'node:crypto';
import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NewRecord } from '../../src-main/contract/journal.ts';
import type { RequestView } from '../../src-main/contract/request.ts';
import { openStore } from '../../src-main/store/client.ts';
import { report, reportRatio, summarise, timed, times } from './measure.ts';

/** Journal appends and cached search, through the same workers as in the app. */
const directory = mkdtempSync(join(tmpdir(), 'carrel-bench-'));
const store = await openStore({
  directory,
  appVersion: 'bench',
  workerFile: new URL('../../src-main/store/worker.ts', import.meta.url),
  log: () => undefined,
});

function scanRecord(index: number): NewRecord {
  const id = randomUUID();
  const barcode = String(30_234_000_000_000 + index);
  return {
    id,
    scanId: id,
    at: new Date().toISOString(),
    mono: performance.now(),
    workstation: 'bench',
    desk: 'Main desk',
    branch: 'Riverside',
    staff: 'desk',
    appVersion: 'bench',
    body: { type: 'scan', raw: barcode, barcode, kind: 'item', source: 'wedge' },
  };
}

async function appends(): Promise<void> {
  const count = times(3000, 200);
  const samples: number[] = [];
  for (let index = 0; index < count; index += 1) {
    const record = scanRecord(index);
    samples.push(await timed(() => store.journal.append(record)));
  }
  const measured = summarise('journal append (FULL), through the worker', samples);
  report(measured);

  // The baseline: the disk’s own price of one synced append of the same size, in this same run.
  const file = openSync(join(directory, 'baseline'), 'a');
  const bytes = Buffer.from(JSON.stringify(scanRecord(0)));
  const plain = samples.map(() => {
    const from = performance.now();
    writeSync(file, bytes);
    fdatasyncSync(file);
    return performance.now() - from;
  });
  closeSync(file);
  const baseline = summarise('baseline: append and fdatasync of a plain file', plain);
  report(baseline);
  reportRatio('journal append against a plain synced append', measured, baseline);
}

const WORDS =
  'soil physics heavens mapping ecology fjords letters collected lichens statistical inference bridges world salt road merchants northern sea garden history modern poetry river valley cities stone iron glass winter summer birds'.split(
    ' ',
  );

function word(index: number, step: number): string {
  return WORDS[(index * step + step) % WORDS.length] ?? '';
}

function request(index: number): RequestView {
  const hrid = `RVR-${index}`;
  return {
    id: randomUUID(),
    hrid,
    side: index % 2 === 0 ? 'borrowing' : 'lending',
    state: { code: 'REQ_SHIPPED', label: 'Shipped', terminal: false, needsAttention: false },
    needsAttention: false,
    title: `${word(index, 7)} ${word(index, 11)} ${word(index, 3)} ${index % 977}`,
    author: `${word(index, 5)}, ${word(index, 13)}`,
    partner: { symbol: 'RESHARE:NFD', name: 'Northfield' },
    volumes: [{ id: randomUUID(), itemId: String(30_234_000_000_000 + index), temporaryItemBarcode: hrid }],
    overdue: false,
    unreadMessages: false,
    conditions: [],
    otherIdentifiers: [],
    audit: [],
    lastUpdated: new Date(Date.UTC(2026, 0, 1) + index * 60_000).toISOString(),
    seenAt: new Date().toISOString(),
  };
}

async function searches(): Promise<void> {
  let filled = 0;
  for (const size of [1_000, 10_000, times(100_000, 10_000)]) {
    for (; filled < size; filled += 1000) {
      await store.cache.upsertMany(
        Array.from({ length: Math.min(1000, size - filled) }, (_, index) => request(filled + index)),
      );
    }
    const samples: number[] = [];
    const count = times(300, 30);
    for (let index = 0; index < count; index += 1) {
      const text =
        [
          `${word(index, 7)} ${word(index, 11).slice(0, 3)}`,
          `RVR-${(index * 331) % size}`,
          word(index, 13).slice(0, 2),
          String(30_234_000_000_000 + ((index * 97) % size)),
        ][index % 4] ?? '';
      samples.push(await timed(() => store.cache.search(text, 50)));
    }
    report(summarise(`cached search, ${size} requests`, samples));
  }
}

report({ bench: 'store' });
await appends();
await searches();
await store.close();
rmSync(directory, { recursive: true, force: true });
