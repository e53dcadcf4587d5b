import { basename } from 'node:path';
import type { DiskEvent } from './disk-replay.ts';

/**
 * Reads the output of `strace -f -y -xx`: what was written where, what was synced, and what was said on standard output.
 * A write counts from the moment it is asked for, a sync from the moment it has returned.
 */
export function eventsOfTrace(trace: string): readonly DiskEvent[] {
  const events: DiskEvent[] = [];
  const syncing = new Map<string, string>();
  for (const line of trace.split('\n')) {
    const thread = /^\d+/.exec(line)?.[0] ?? '';
    const call = /^\d+\s+(\w+)\((.*)/.exec(line);
    const resumed = /<\.\.\. (?:fsync|fdatasync) resumed>.*= 0$/.test(line) ? syncing.get(thread) : undefined;
    if (resumed !== undefined) events.push({ type: 'sync', file: resumed });
    if (call === null) continue;
    const [, name = '', rest = ''] = call;
    const file = fileOf(rest);
    if (name === 'write' && rest.startsWith('1<')) {
      const id = stringsOf(rest)[0]?.toString('utf8').trim() ?? '';
      events.push({ type: 'acknowledged', id });
    }
    if (name === 'unlink') {
      const path = stringsOf(rest)[0]?.toString('utf8') ?? '';
      if (isJournal(basename(path))) events.push({ type: 'removed', file: basename(path) });
    }
    if (!isJournal(file)) continue;
    if (name === 'pwrite64') {
      const bytes = stringsOf(rest)[0] ?? Buffer.alloc(0);
      const at = /", \d+, (\d+)/.exec(rest)?.[1];
      if (at === undefined) throw new Error(`A write that cannot be read: ${line.slice(0, 200)}`);
      events.push({ type: 'write', file, at: Number(at), bytes });
    } else if (name === 'ftruncate') {
      events.push({ type: 'truncate', file, length: Number(/>, (\d+)/.exec(rest)?.[1]) });
    } else if (name === 'fsync' || name === 'fdatasync') {
      if (rest.endsWith('<unfinished ...>')) syncing.set(thread, file);
      else events.push({ type: 'sync', file });
    }
  }
  return events;
}

/** The shared memory is memory: with the power it is gone. */
function isJournal(file: string): boolean {
  return /^journal\.db(-wal|-journal)?$/.test(file);
}

function fileOf(rest: string): string {
  return basename(unescaped(/^\d+<([^>]*)>/.exec(rest)?.[1] ?? '').toString('utf8'));
}

function stringsOf(rest: string): readonly Buffer[] {
  return [...rest.matchAll(/"((?:\\x[0-9a-f]{2})*)"/g)].map(([, text = '']) => unescaped(text));
}

function unescaped(text: string): Buffer {
  return Buffer.from(text.replaceAll('\\x', ''), 'hex');
}
