import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { buildParts } from '../../src-main/assembly/parts.ts';
import type { SecretCipher } from '../../src-main/settings/vault.ts';
import { EventStream } from '../../src-main/shell/event-stream.ts';
import { LogFile } from '../../src-main/shell/log-file.ts';
import { practice } from '../e2e/support.ts';
import { ROOT } from '../launch/environment.ts';
import { report, times } from './measure.ts';
import { startPractice } from './practice.ts';

/**
 * Memory over a shift of eight hours: everything that the main process builds behind its window, in plain Node, against
 * the practice consortium in a process of its own. The shift’s clock runs faster than the computer’s, so that what is
 * kept for minutes is also let go. `heapUsed` is read after a full collection, `rss` is the whole process’s with its
 * database workers. Electron’s own memory is not in it.
 */
const SCANS = times(5_000, 600);
const SHIFT_MS = 8 * 3_600_000;
const MOST_GROWTH = 0.05;
/**
 * Scans after which everything has been used once, and the heaps of the workers have the size they settle at; the readings
 * before it are reported too.
 */
const WARM_UP = times(2_500, 300);
const READ_EVERY = times(500, 100);
/** Every so many scans is one of the library’s own items: WMS takes five calls a second at the most. */
const OWN_EVERY = 5;
const AT_ONCE = 6;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const plain: SecretCipher = {
  available: () => Promise.resolve(true),
  encrypt: (text) => Promise.resolve(Buffer.from(text)),
  decrypt: (bytes) => Promise.resolve({ text: Buffer.from(bytes).toString(), again: false }),
};

interface Thing {
  readonly key: string;
  readonly barcode: string;
  readonly what: string;
}

const consortium = await startPractice({ story: 'still', wms: true });
process.env['CARREL_PRACTICE'] = JSON.stringify({ join: consortium.url });
const userData = mkdtempSync(join(tmpdir(), 'carrel-shift-'));
const events = new EventStream();
const began = performance.now();
const startedAt = Date.now();
/** How far the shift is, milliseconds; goes on with each scan. */
let into = 0;
const printed = { outcome: 'printed' } as const;
const parts = await buildParts({
  userData,
  version: '0.0.0',
  rebuild: () => Promise.resolve(),
  events,
  log: new LogFile(join(userData, 'logs')),
  cipher: plain,
  picker: {
    forSaving: () => Promise.resolve(undefined),
    forReading: () => Promise.resolve(undefined),
    open: () => Promise.resolve(false),
  },
  printer: { print: () => Promise.resolve(printed), pdf: () => Promise.resolve(new Uint8Array()) },
  sheetPrinter: { print: () => Promise.resolve(printed), pdf: () => Promise.resolve(new Uint8Array()) },
  session: new Map(),
  programs: join(ROOT, 'out', 'main'),
  clock: { now: () => new Date(startedAt + into), mono: () => began + into },
});

const settled = new Map<string, () => void>();
events.subscribe(({ event }) => {
  if (event.type !== 'line' || event.line.prompt?.working !== false) return;
  settled.get(event.line.scanId)?.();
  settled.delete(event.line.scanId);
});

async function scan(raw: string): Promise<void> {
  const id = randomUUID();
  const done = new Promise<void>((resolve) => settled.set(id, resolve));
  const taken = await parts.handlers['scan.submit']({ id, raw, source: 'wedge' });
  if (!taken.ok) throw new Error(taken.error.sentence);
  await done;
}

interface Reading {
  readonly scans: number;
  readonly heapUsed: number;
  readonly rss: number;
}

async function read(scans: number): Promise<Reading> {
  // A moment for what follows a prompt: follow-up looks, checkpoints.
  await sleep(300);
  collect();
  collect();
  const { heapUsed, rss } = process.memoryUsage();
  return { scans, heapUsed, rss };
}

const mib = (bytes: number): number => Math.round((bytes / 2 ** 20) * 100) / 100;

report({ bench: 'shift' });
const cast = (await practice(consortium.url, 'cast')) as readonly Thing[];
const own = cast.filter(({ what, key }) => what === 'own item' && /^wms-(return|home|away)-/.test(key));
const others = cast.filter(({ what, key }) => what !== 'own item' && what !== 'patron card' && !key.startsWith('wms-'));
const readings: Reading[] = [];
const running = new Set<Promise<void>>();
for (let count = 1; count <= SCANS; count += 1) {
  into = (SHIFT_MS * count) / SCANS;
  const pile = count % OWN_EVERY === 0 ? own : others;
  const label = pile[count % pile.length]?.barcode ?? '';
  const work = scan(label).finally(() => running.delete(work));
  running.add(work);
  if (running.size >= AT_ONCE) await Promise.race(running);
  if (count % READ_EVERY === 0) {
    await Promise.all(running);
    readings.push(await read(count));
  }
}
const tookS = Math.round((performance.now() - began) / 1000);
await parts.close();
consortium.stop();
rmSync(userData, { recursive: true, force: true });

for (const what of ['heapUsed', 'rss'] as const) {
  const all = readings.map((one) => one[what]);
  const first = readings.find(({ scans }) => scans >= WARM_UP)?.[what] ?? Number.NaN;
  const last = all.at(-1) ?? Number.NaN;
  const growth = (last - first) / first;
  report({
    name: `main process ${what} over a shift of 8 h, ${SCANS} scans (parts in plain Node, clock ×${Math.round(SHIFT_MS / 1000 / tookS)})`,
    n: all.length,
    first: mib(first),
    last: mib(last),
    max: mib(Math.max(...all)),
    unit: 'MiB',
    growth: `${(growth * 100).toFixed(2)} %`,
    target: `< ${MOST_GROWTH * 100} % after ${WARM_UP} scans`,
    met: growth < MOST_GROWTH,
    readings: all.map(mib),
  });
}
