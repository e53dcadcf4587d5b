import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { buildParts } from '../../src-main/assembly/parts.ts';
import type { OfflineList } from '../../src-main/contract/offline.ts';
import { EventStream } from '../../src-main/shell/event-stream.ts';
import { LogFile } from '../../src-main/shell/log-file.ts';
import { withChange } from '../../src-renderer/state/feed.ts';
import { practice } from '../e2e/support.ts';
import { plainCipher } from '../faults/plain-cipher.ts';
import { ROOT } from '../launch/environment.ts';
import { report, times } from './measure.ts';
import { startPractice } from './practice.ts';

/**
 * The offline list of a long outage, done: scans that were written down while ReShare was away are replayed against the
 * practice ReShare, which takes 200 ms for every call, by everything that the main process builds behind its window, in
 * plain Node. First one thing at a time, on a sample whose time is scaled up; then side by side.
 */
const THINGS = times(1_000, 40);
const SAMPLE = times(100, 8);
const SERVER_MS = 200;
const LANES = 4;
/** One-at-a-time must take at least so many times as long. */
const LEAST_RATIO = 3.5;
/** Share of the things that must have been sent, or nothing was measured: about one in seven of the story's is only noted. */
const LEAST_SENT = 0.8;
/** Of the practice story's requests about one in nine is of a kind that is recorded in an outage. */
const STORY = (THINGS + SAMPLE) * 10;
/** What stands in these states is received, returned, sent back or completed by one scan, and only recorded in an outage. */
const STATES = ['REQ_SHIPPED', 'REQ_CHECKED_IN', 'REQ_OVERDUE', 'REQ_AWAITING_RETURN_SHIPPING', 'RES_ITEM_RETURNED'];

const consortium = await startPractice({ story: 'still', size: STORY, wms: true });
process.env['CARREL_PRACTICE'] = JSON.stringify({ join: consortium.url });

type Parts = Awaited<ReturnType<typeof buildParts>>;

interface Desk {
  readonly parts: Parts;
  /** What was sent to the window of the offline list so far: messages and their characters. */
  readonly told: { messages: number; chars: number; most: number };
  /** Scans whose prompt is there. */
  readonly prompted: ReadonlySet<string>;
  /** The offline list as the window knows it. */
  list(): OfflineList;
  close(): Promise<void>;
}

async function open(replayLanes: number): Promise<Desk> {
  const userData = mkdtempSync(join(tmpdir(), 'carrel-replay-'));
  const events = new EventStream();
  const told = { messages: 0, chars: 0, most: 0 };
  const prompted = new Set<string>();
  let list: OfflineList = { lines: [], down: [] };
  events.subscribe(({ event }) => {
    if (event.type === 'line' && event.line.prompt?.working === false) prompted.add(event.line.scanId);
    if (event.type !== 'offline') return;
    list = withChange(list.lines, event.change);
    const { length } = JSON.stringify(event);
    told.messages += 1;
    told.chars += length;
    told.most = Math.max(told.most, length);
  });
  const parts = await buildParts({
    userData,
    version: '0.0.0',
    rebuild: () => Promise.reject(new Error('Nothing here builds the parts anew')),
    events,
    log: new LogFile(join(userData, 'logs')),
    cipher: plainCipher,
    picker: {
      forSaving: () => Promise.resolve(undefined),
      forReading: () => Promise.resolve(undefined),
      open: () => Promise.resolve(false),
    },
    printer: {
      print: () => Promise.resolve({ outcome: 'printed' }),
      pdf: () => Promise.resolve(new Uint8Array()),
    },
    sheetPrinter: {
      print: () => Promise.resolve({ outcome: 'printed' }),
      pdf: () => Promise.resolve(new Uint8Array()),
    },
    session: new Map(),
    programs: join(ROOT, 'out', 'main'),
    replayLanes,
  });
  return {
    parts,
    told,
    prompted,
    list: () => list,
    close: async () => {
      await parts.close();
      rmSync(userData, { recursive: true, force: true });
    },
  };
}

async function until(what: string, holds: () => boolean | Promise<boolean>, seconds: number): Promise<void> {
  const end = performance.now() + seconds * 1000;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`${what}: not within ${String(seconds)} s`);
    await sleep(20);
  }
}

/** Labels of requests that one scan moves on, as the cache knows them. */
async function labels({ handlers }: Parts): Promise<readonly string[]> {
  const found: string[] = [];
  for (const state of STATES) {
    for (let offset = 0, total = 1; offset < total; offset += 200) {
      const filter = { state };
      const page = await handlers['worklist.rows']({ filter, text: '', sort: 'oldest', offset, limit: 200 });
      if (!page.ok) throw new Error(page.error.sentence);
      ({ total } = page.value);
      found.push(...page.value.rows.flatMap(({ hrid }) => (hrid === undefined ? [] : [hrid])));
    }
  }
  return found;
}

interface Replayed {
  readonly tookMs: number;
  /** Done, or refused by the circulation system behind ReShare, which takes the same calls. */
  readonly sent: number;
  /** How many lines ended in which state. */
  readonly ends: Readonly<Record<string, number>>;
}

/** An outage in which things are scanned, its end, and their replay. */
async function outage(desk: Desk, from: number, count: number): Promise<Replayed> {
  const { parts } = desk;
  await until('the cache is filled', async () => (await labels(parts)).length >= THINGS + SAMPLE, 180);
  const some = (await labels(parts)).slice(from, from + count);
  await practice(consortium.url, 'addFault', { where: 'everything', kind: 'drop-before' });
  for (const raw of some) {
    const id = randomUUID();
    const taken = await parts.handlers['scan.submit']({ id, raw, source: 'wedge' });
    if (!taken.ok) throw new Error(taken.error.sentence);
    await until('its prompt', () => desk.prompted.has(id), 120);
  }
  await until('the list is told', () => desk.list().down.length > 0, 10);
  await practice(consortium.url, 'clearFaults', {});
  await until('ReShare is back', () => desk.list().down.length === 0, 120);
  await practice(consortium.url, 'addFault', { where: 'everything', kind: 'slow', ms: SERVER_MS });
  const began = performance.now();
  await parts.handlers['offline.run']({});
  await until('it begins', () => desk.list().busy !== undefined, 10);
  await until('all are done', () => desk.list().busy === undefined, 3_600);
  const tookMs = performance.now() - began;
  await practice(consortium.url, 'clearFaults', {});
  const ends: Record<string, number> = {};
  for (const { state } of desk.list().lines) ends[state] = (ends[state] ?? 0) + 1;
  const sent = (ends['done'] ?? 0) + (ends['refused'] ?? 0);
  // What is left to people, such as a thing that is to be looked at again, takes no calls here.
  if (sent < count * LEAST_SENT) {
    const left = desk.list().lines.filter(({ state }) => state !== 'done' && state !== 'refused');
    const why = new Set(left.map(({ state, sentence = '' }) => `${state}: ${sentence.replaceAll(/[A-Z]+-\d+/g, '…')}`));
    throw new Error(`only ${String(sent)} of ${String(count)} were sent\n${[...why].slice(0, 20).join('\n')}`);
  }
  return { tookMs, sent, ends };
}

report({ bench: 'replay' });
const alone = await open(1);
const one = await outage(alone, 0, SAMPLE);
await alone.close();
const desk = await open(LANES);
const all = await outage(desk, SAMPLE, THINGS);
const { told } = desk;
await desk.close();
consortium.stop();

/** One-at-a-time for as many things as were sent side by side. */
const aloneMs = (one.tookMs * all.sent) / one.sent;
const ratio = aloneMs / all.tookMs;
report({
  name: `replay of ${String(THINGS)} offline scans, ${String(LANES)} lanes, practice ReShare at ${String(SERVER_MS)} ms`,
  n: THINGS,
  ...all.ends,
  tookMs: Math.round(all.tookMs),
  oneAtATimeMs: Math.round(aloneMs),
  oneAtATimeSample: SAMPLE,
  ratio: `1/${ratio.toFixed(2)}`,
  target: `≤ 1/${String(LEAST_RATIO)}`,
  met: ratio >= LEAST_RATIO,
});
report({
  name: 'told to the window of the list, from the first scan on',
  n: told.messages,
  meanChars: Math.round(told.chars / told.messages),
  mostChars: told.most,
});
