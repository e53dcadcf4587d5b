import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { journalFile, openJournal } from '../../src-main/store/databases.ts';
import { newFolder } from '../fixtures/store-folder.ts';
import { scan } from '../fixtures/store-records.ts';
import { NODE, program } from './child.ts';
import { changes, Disk } from './disk-replay.ts';
import type { DiskEvent, Survives } from './disk-replay.ts';
import { eventsOfTrace } from './disk-trace.ts';

const OPTIONS = { appVersion: '0.1.0', now: '2026-11-23T08:00:00.000Z' };
const SCANS = 8;
/** Of the write-ahead log, bytes. */
const HEADER = 32;

/** Repeatable chance (mulberry32). */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const random = chance(20261123);
/** Nothing that was not synced is there; about half of it; nearly all of it. */
const CUTS: readonly Survives[] = [() => false, () => random() < 0.5, () => random() < 0.95];

/** Cuts the power after each sync and every n-th write, and expects every acknowledged scan of then. */
async function cutOften(events: readonly DiskEvent[], every: number, disk = new Disk()): Promise<number> {
  const acknowledged: string[] = [];
  let cuts = 0;
  let writes = 0;
  for (const event of events) {
    disk.apply(event);
    if (event.type === 'acknowledged') acknowledged.push(event.id);
    if (event.type === 'write' && (writes += 1) % every !== 0) continue;
    for (const survives of event.type === 'write' ? CUTS : CUTS.slice(0, 1)) {
      const folder = newFolder();
      disk.cutPower(folder, survives);
      const { journal, opening } = await openJournal({ ...OPTIONS, directory: folder });
      const lost = acknowledged.filter((id) => journal.lineOf(id) === undefined);
      expect(lost, `after ${cuts} cuts`).toEqual([]);
      // A torn tail is no damage: nobody is alarmed.
      expect(opening.rescue).toBeUndefined();
      // At most the scan under way, which nobody was told of.
      expect(journal.counts().records - acknowledged.length).toBeLessThanOrEqual(1);
      await journal.close(OPTIONS.now);
      rmSync(folder, { recursive: true });
      cuts += 1;
    }
  }
  return cuts;
}

test(
  'a power cut at any write loses no acknowledged scan: the writes SQLite really made',
  { timeout: 120_000 },
  async (context) => {
    if (spawnSync('strace', ['-f', '-e', 'trace=none', 'true']).status !== 0) {
      context.skip('strace is missing or not allowed here; the test below stands for it, by copies of the files');
      return;
    }
    const folder = newFolder();
    const trace = join(newFolder(), 'trace');
    const calls = 'trace=pwrite64,write,fdatasync,fsync,ftruncate,unlink';
    const watched = ['-f', '-y', '-qq', '-xx', '-s', '70000', '-e', calls, '-e', 'signal=none', '-o', trace];
    spawnSync('strace', [...watched, NODE, program('append-and-checkpoint.ts'), folder, String(SCANS)]);
    const events = eventsOfTrace(readFileSync(trace, 'latin1'));
    expect(events.filter(({ type }) => type === 'acknowledged')).toHaveLength(SCANS);
    const wrote = (file: string) => events.some((event) => event.type === 'write' && event.file === file);
    expect([wrote('journal.db'), wrote('journal.db-wal')]).toEqual([true, true]);
    expect(await cutOften(events, 3)).toBeGreaterThan(SCANS * 10);
  },
);

test(
  'a power cut inside any commit or checkpoint loses no acknowledged scan: by copies of the files',
  { timeout: 120_000 },
  async () => {
    const folder = newFolder();
    const { journal } = await openJournal({ ...OPTIONS, directory: folder });
    onTestFinished(() => journal.close(OPTIONS.now));
    const events: DiskEvent[] = [];
    const before = new Map<string, Buffer>();
    /** What changed since the last look, as writes that are then synced: the pragma that makes it so is asserted at opening. */
    const look = (): void => {
      for (const suffix of ['', '-wal']) {
        const name = `journal.db${suffix}`;
        const now = readFileSync(journalFile(folder) + suffix);
        const then = before.get(name) ?? Buffer.alloc(0);
        // The log's header is synced for itself before the first frame of a new round, as the trace above shows.
        const isNewRound = suffix === '-wal' && !now.subarray(0, HEADER).equals(then.subarray(0, HEADER));
        if (isNewRound) {
          const bytes = now.subarray(0, HEADER);
          events.push({ type: 'write', file: name, at: 0, bytes }, { type: 'sync', file: name });
          bytes.copy(then);
        }
        events.push(...changes(name, then, now), { type: 'sync', file: name });
        before.set(name, now);
      }
    };
    const disk = new Disk();
    look();
    for (const event of events.splice(0)) disk.apply(event);
    for (let n = 1; n <= 6; n += 1) {
      const record = scan({ raw: 'x'.repeat((n * 700) % 6000) });
      journal.append(record);
      look();
      events.push({ type: 'acknowledged', id: record.scanId });
      if (n % 3 === 0) {
        journal.checkpoint();
        look();
      }
    }
    expect(await cutOften(events, 15, disk)).toBeGreaterThan(30);
  },
);
