import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { NewRecord, RecordBody, ScanLine, StepBody } from '../../src-main/contract/journal.ts';
import { ok } from '../../src-main/contract/result.ts';
import { recoverShift } from '../../src-main/assembly/recovery.ts';
import { createDoubts } from '../../src-main/journal/doubts.ts';
import { openStore, type Store } from '../../src-main/store/client.ts';
import { plainPrompt } from '../../src-main/desk/look.ts';
import { ROOT } from '../launch/environment.ts';
import { readScan } from '../../src-main/desk/barcodes.ts';
import { DEFAULT_SETTINGS } from '../../src-main/contract/settings.ts';
import { report, summarise, times } from './measure.ts';

/**
 * Start with a journal of a year or so: from opening the databases until what an earlier run left open is settled or said,
 * so that scans can be taken. Each round begins after a crash (a process of its own is killed): the newest scan was being
 * sent, and one was in between. Where only Carrel went down, or was closed, the journal’s pages are known to be sound;
 * after a power cut every page is read first, which takes as long as the disk and the processor take for the file. That is
 * measured too: the target is for the crash.
 */
const RECORDS = 100_000;
const TARGET_MS = 500;
const WORKER = join(ROOT, 'out', 'main', 'store-worker.cjs');

const crashIn = process.argv[2] === 'crash' ? process.argv[3] : undefined;
const directory = crashIn ?? mkdtempSync(join(tmpdir(), 'carrel-recovery-'));
const open = (): Promise<Store> =>
  openStore({ directory, appVersion: 'bench', workerFile: WORKER, log: () => undefined });
const context = (at: Date) => ({
  at: at.toISOString(),
  mono: performance.now(),
  workstation: 'bench',
  desk: 'Main desk',
  branch: 'Riverside',
  staff: 'desk',
  appVersion: 'bench',
});

/** One scan of an item and what was recorded of it: the scan, its step in four states, its prompt. */
function scanOf(index: number, at: Date, until: 'sending' | 'recorded' | 'done' = 'done'): readonly NewRecord[] {
  const scanId = randomUUID();
  const raw = String(30_234_000_000_000 + index);
  const prompt = plainPrompt(readScan(raw, DEFAULT_SETTINGS.desk), {
    kind: 'shelve',
    kindText: 'Ours · nobody waiting',
    verb: 'Shelve',
    to: 'GENERAL',
    why: ['Put it on the shelving cart.'],
    tag: 'Shelve',
    rowTitle: `Item ${raw}`,
    sound: 'accepted',
    rule: 'bench',
  });
  const step: StepBody = {
    type: 'step',
    stepId: randomUUID(),
    state: 'recorded',
    lane: `item:${raw}`,
    system: 'wms',
    action: 'CheckInItem',
    requestId: `item:${raw}`,
    params: { barcode: raw },
    evidence: { state: 'on no request', seenAt: at.toISOString() },
  };
  const bodies: readonly RecordBody[] = [
    { type: 'scan', raw, barcode: raw, kind: 'item', source: 'wedge' },
    { type: 'prompt', prompt: { ...prompt, working: true } },
    step,
    ...(until === 'recorded' ? [] : [{ ...step, state: 'sending' as const }]),
    ...(until === 'done'
      ? [
          { ...step, state: 'done' as const },
          { type: 'prompt' as const, prompt },
        ]
      : []),
  ];
  return bodies.map((body, place) => ({ ...context(at), id: place === 0 ? scanId : randomUUID(), scanId, body }));
}

async function fill(): Promise<void> {
  const store = await open();
  const now = Date.now();
  const scans = RECORDS / scanOf(0, new Date()).length;
  for (let first = 0; first < scans; first += 500) {
    const some = Array.from({ length: Math.min(500, Math.ceil(scans - first)) }, (_, index) =>
      // A minute from one to the next, the newest of them now.
      scanOf(first + index, new Date(now - (scans - first - index) * 60_000)),
    );
    await store.journal.appendMany(some.flat());
  }
  report({ name: 'records in the journal', n: (await store.journal.counts()).records });
  await store.close();
}

/** Milliseconds until the journal was open, its pages checked, and until everything was settled or said. */
interface Start {
  readonly opened: number;
  readonly all: number;
  /** What of it this process and its workers really computed: other work of the machine does not stretch it. */
  readonly cpu: number;
}

/** In a process of its own: two scans that are under way, and the end. */
async function crash(): Promise<never> {
  const store = await open();
  const at = new Date();
  await store.journal.appendMany([...scanOf(900_000, at, 'sending'), ...scanOf(900_001, at, 'recorded')]);
  process.kill(process.pid, 'SIGKILL');
  return new Promise(() => undefined);
}

/** Everything a start does before the first scan can be taken, but for the network. */
async function recovered(power: 'stays' | 'goes'): Promise<Start> {
  const child = fork(fileURLToPath(import.meta.url), ['crash', directory]);
  const [, signal] = (await once(child, 'exit')) as [number | null, string | null];
  if (signal !== 'SIGKILL') throw new Error('the process before did not crash as it should');
  // Nothing is known any more of the file, as after a new start of the computer.
  if (power === 'goes') rmSync(join(directory, 'journal-sound.json'));

  const from = performance.now();
  const cpuBefore = process.cpuUsage();
  const store = await open();
  const opened = performance.now() - from;
  const told: ScanLine[] = [];
  await recoverShift({
    store,
    flow: {
      remember: () => undefined,
      recall: () => undefined,
      hold: () => undefined,
      present: async (line, prompt) => {
        await store.journal.append({
          ...context(new Date()),
          id: randomUUID(),
          scanId: line.scanId,
          body: { type: 'prompt', prompt },
        });
        told.push(line);
      },
    },
    doubts: createDoubts(),
    settler: undefined,
    record: async (scanId, body) =>
      ok((await store.journal.append({ ...context(new Date()), id: randomUUID(), scanId, body })).record),
    context: () => context(new Date()),
    now: () => new Date(),
    settleMinutes: DEFAULT_SETTINGS.desk.settleMinutes,
    onFault: (error) => {
      throw error;
    },
  });
  const all = performance.now() - from;
  const { user, system } = process.cpuUsage(cpuBefore);
  if (told.length < 2) throw new Error(`${told.length} of 2 open scans were told`);
  await store.close();
  return { opened, all, cpu: (user + system) / 1000 };
}

async function measure(name: string, power: 'stays' | 'goes', rounds: number): Promise<void> {
  const samples: Start[] = [];
  for (let round = 0; round < rounds; round += 1) samples.push(await recovered(power));
  const of = (what: keyof Start, words: string): void => {
    report(
      summarise(
        `${name}, of it ${words}`,
        samples.map((one) => one[what]),
      ),
    );
  };
  of('opened', 'until the journal was open');
  of('cpu', 'CPU time of all threads');
  const all = summarise(
    `${name}, ${RECORDS} journal records`,
    samples.map(({ all }) => all),
  );
  report(power === 'goes' ? all : { ...all, target: `≤ ${TARGET_MS}`, met: all.max <= TARGET_MS });
}

if (crashIn !== undefined) await crash();
report({ bench: 'recovery' });
await fill();
report({ name: 'the journal’s file', n: statSync(join(directory, 'journal.db')).size, unit: 'bytes' });
await measure('recovery at start after a crash', 'stays', times(20, 3));
await measure('recovery at start after a power cut', 'goes', times(10, 2));
rmSync(directory, { recursive: true, force: true });
