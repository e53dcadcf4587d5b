import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { newFolder } from '../fixtures/store-folder.ts';
import { NODE, program, start } from './child.ts';

const SCANS = 25;

/** Whether system calls can be watched here: strace exists, and the kernel allows it. */
function canTrace(): boolean {
  return spawnSync('strace', ['-f', '-e', 'trace=none', 'true']).status === 0;
}

test('each acknowledged scan was synced to disk before it was acknowledged', { timeout: 60_000 }, async (context) => {
  if (!canTrace()) {
    context.skip('strace is missing or not allowed here, so syncs cannot be counted');
    return;
  }
  const folder = newFolder();
  const trace = join(newFolder(), 'trace');
  const watched = [
    '-f',
    '-y',
    '-qq',
    '-s',
    '80',
    '-e',
    'trace=fdatasync,fsync,write',
    '-e',
    'signal=none',
    '-o',
    trace,
  ];
  const child = start('strace', [...watched, NODE, program('append-scans.ts'), folder, String(SCANS)]);
  await child.ended;
  const acknowledged = child.lines.filter((line) => line !== 'open');
  expect(acknowledged).toHaveLength(SCANS);

  const syncs = syncsBetween(acknowledged, readFileSync(trace, 'utf8').split('\n'));
  expect(syncs).toHaveLength(SCANS);
  expect(Math.min(...syncs)).toBeGreaterThanOrEqual(1);
});

/** From each acknowledgement to the next: how often the journal's write-ahead log was synced with success. */
function syncsBetween(acknowledged: readonly string[], trace: readonly string[]): readonly number[] {
  const counts: number[] = [];
  /** Threads whose sync of the log strace showed in two lines, because another thread came between. */
  const unfinished = new Set<string>();
  let since = 0;
  for (const line of trace) {
    const thread = /^\d+/.exec(line)?.[0] ?? '';
    const ofLog = /\b(fdatasync|fsync)\(\d+<[^>]*journal\.db-wal>/.test(line);
    if (ofLog && line.endsWith('<unfinished ...>')) unfinished.add(thread);
    const resumed = /<\.\.\. (fdatasync|fsync) resumed>/.test(line) && unfinished.delete(thread);
    if ((ofLog || resumed) && line.endsWith('= 0')) since += 1;
    if (line.includes('write(1<') && acknowledged.some((id) => line.includes(id))) {
      counts.push(since);
      since = 0;
    }
  }
  return counts;
}
