import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RequestView } from '../../src-main/contract/request.ts';
import type { CacheQuery } from '../../src-main/contract/worklists.ts';
import { KNOWN_STATES } from '../../src-main/desk/data/states.ts';
import { WORKLISTS, worklistParts } from '../../src-main/desk/worklists.ts';
import { openStore } from '../../src-main/store/client.ts';
import { report, summarise, timed, times } from './measure.ts';

/** The office's screen from a full cache, through the same worker as in the app: tiles, and what is found while typing. */
const SIZE = times(100_000, 5_000);
const NOW = new Date('2026-11-23T09:00:00Z');
const directory = mkdtempSync(join(tmpdir(), 'carrel-bench-'));
const store = await openStore({
  directory,
  appVersion: 'bench',
  workerFile: new URL('../../src-main/store/worker.ts', import.meta.url),
  log: () => undefined,
});

const WORDS =
  'soil physics heavens mapping ecology fjords letters collected lichens statistical inference bridges world salt road merchants northern sea garden history modern poetry river valley cities stone iron glass winter summer birds'.split(
    ' ',
  );
const word = (index: number, step: number): string => WORDS[(index * step + step) % WORDS.length] ?? '';

/** One in five is open, in every state there is; a library with so many requests has most of them behind it. */
function request(index: number): RequestView {
  const open = index % 5 === 0;
  const code = open ? (KNOWN_STATES[(index / 5) % KNOWN_STATES.length] ?? '') : 'REQ_REQUEST_COMPLETE';
  const changed = new Date(NOW.getTime() - (SIZE - index) * 60_000).toISOString();
  return {
    id: randomUUID(),
    hrid: `RVR-${String(index)}`,
    side: index % 2 === 0 ? 'borrowing' : 'lending',
    state: { code, label: code.toLowerCase().replaceAll('_', ' '), terminal: !open, needsAttention: index % 50 === 0 },
    needsAttention: index % 100 === 0,
    title: `${word(index, 7)} ${word(index, 11)} ${word(index, 3)} ${String(index % 977)}`,
    author: `${word(index, 5)}, ${word(index, 13)}`,
    partner: { symbol: 'RESHARE:NFD', name: `Library ${String(index % 40)}` },
    volumes: [{ id: randomUUID(), itemId: String(30_234_000_000_000 + index) }],
    callNumber: `QA ${String(index % 900)}.${String(index % 7)} .D${String(index % 99)}`,
    pickLocation: ['Main', 'Annex', 'Law'][index % 3] ?? 'Main',
    dueDate: new Date(NOW.getTime() + ((index % 60) - 20) * 24 * 60 * 60_000).toISOString(),
    overdue: index % 70 === 0,
    unreadMessages: index % 90 === 0,
    conditions: [],
    otherIdentifiers: [],
    audit: [],
    lastUpdated: changed,
    seenAt: NOW.toISOString(),
  };
}

async function tiles(): Promise<void> {
  const parts = WORKLISTS.map((id) => worklistParts(id, NOW));
  const samples: number[] = [];
  for (let index = 0; index < times(200, 20); index += 1) {
    samples.push(await timed(() => Promise.all([store.cache.worklists(parts), store.cache.counts()])));
  }
  report(summarise(`worklist tiles, ${String(SIZE)} requests`, samples));
}

/** Words as they are typed, letter by letter: each keystroke asks for the first window. */
async function typing(): Promise<void> {
  const typed = ['river valley', 'RVR-4711', 'library 3', '3023400001', 'req shipped', '2026-11'];
  const texts = typed.flatMap((text) => Array.from(text, (_, at) => text.slice(0, at + 1)));
  const samples: number[] = [];
  for (let round = 0; round < times(5, 1); round += 1) {
    for (const text of texts) {
      const query: CacheQuery = { text, sort: 'best', ...(round % 2 === 0 ? {} : { side: 'lending' }) };
      samples.push(await timed(() => store.cache.rows(query, 0, 100)));
    }
  }
  report(summarise(`first results while typing, ${String(SIZE)} requests`, samples));
}

/** A list opened anew, and a window from its middle. */
async function lists(): Promise<void> {
  const opened: number[] = [];
  const scrolled: number[] = [];
  for (let index = 0; index < times(20, 4); index += 1) {
    const sort = (['oldest', 'shelf', 'due', 'title'] as const)[index % 4] ?? 'oldest';
    const query: CacheQuery = { text: '', sort, sinceBefore: new Date(NOW.getTime() - index).toISOString() };
    opened.push(await timed(() => store.cache.rows(query, 0, 100)));
    scrolled.push(await timed(() => store.cache.rows(query, Math.floor(SIZE / 10), 100)));
  }
  report(summarise(`a list of all open opened, ${String(SIZE)} requests`, opened));
  report(summarise('a window from its middle', scrolled));
}

report({ bench: 'office' });
for (let from = 0; from < SIZE; from += 1000) {
  await store.cache.upsertMany(Array.from({ length: Math.min(1000, SIZE - from) }, (_, at) => request(from + at)));
}
await tiles();
await typing();
await lists();
await store.close();
rmSync(directory, { recursive: true, force: true });
