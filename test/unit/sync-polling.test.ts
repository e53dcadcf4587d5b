import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { RequestView } from '../../src-main/contract/request.ts';
import { fail, ok } from '../../src-main/contract/result.ts';
import type { Result } from '../../src-main/contract/result.ts';
import { createSync } from '../../src-main/sync/sync.ts';
import type { SyncOptions } from '../../src-main/sync/sync.ts';
import type { OpenList, SyncCachePort } from '../../src-main/sync/ports.ts';
import { pauseAfter, TIMING } from '../../src-main/sync/timing.ts';
import { view } from '../fixtures/store-records.ts';

const START = Date.parse('2026-11-23T08:00:00.000Z');
const DOWN = fail('not-sent', 'ReShare was not reached.', { retry: 'later' });

beforeEach(() => {
  vi.useFakeTimers({ now: START });
});
afterEach(() => {
  vi.useRealTimers();
});

function memoryCache() {
  const views = new Map<string, RequestView>();
  const facts = new Map<string, string>();
  const lists: OpenList[] = [];
  const port: SyncCachePort = {
    upsertMany: (read) => {
      for (const one of read) views.set(one.id, one);
      return Promise.resolve(read.length);
    },
    removeMissing: (list) => {
      lists.push(list);
      const gone = [...views.keys()].filter((id) => !list.openIds.includes(id));
      for (const id of gone) views.delete(id);
      return Promise.resolve(gone);
    },
    fact: (key) => Promise.resolve(facts.get(key)),
    setFact: (key, value) => {
      facts.set(key, value);
      return Promise.resolve();
    },
  };
  return { views, facts, lists, port };
}

function setUp(more: Partial<SyncOptions> = {}) {
  const cache = memoryCache();
  const asked: string[] = [];
  const server = {
    open: ok([view()]) as Result<readonly RequestView[]>,
    changed: ok([]) as Result<readonly RequestView[]>,
  };
  const heard: string[] = [];
  const sync = createSync({
    system: {
      get: () => Promise.resolve(DOWN),
      listOpen: () => {
        asked.push('open');
        return Promise.resolve(server.open);
      },
      listChanged: (since) => {
        asked.push(`changed since ${since}`);
        return Promise.resolve(server.changed);
      },
    },
    cache: cache.port,
    now: () => new Date(),
    schedule: (ms, callback) => {
      const timer = setTimeout(callback, ms);
      return () => {
        clearTimeout(timer);
      };
    },
    random: () => 0.5,
    onChanged: () => heard.push('changed'),
    onFailure: (error) => heard.push(error.sentence),
    onTrouble: (error) => heard.push(String(error)),
    ...more,
  });
  return { sync, cache, asked, server, heard };
}

test('an empty cache is filled with everything open; then changes are asked for every half minute', async () => {
  const { sync, cache, asked, heard } = setUp();
  sync.start();
  await vi.advanceTimersByTimeAsync(0);
  expect(asked).toEqual(['open']);
  expect([...cache.views.keys()]).toEqual(['request-1']);
  expect(heard).toEqual(['changed']);
  await vi.advanceTimersByTimeAsync(TIMING.poll);
  // A minute before the newest change ever seen, by the server's clock.
  expect(asked).toEqual(['open', 'changed since 2026-11-20T18:44:09.000Z']);
  await vi.advanceTimersByTimeAsync(2 * TIMING.poll);
  expect(asked).toHaveLength(4);
  await sync.stop();
});

test('changes move the time from which the next are asked', async () => {
  const { sync, asked, server, cache } = setUp();
  sync.start();
  await vi.advanceTimersByTimeAsync(0);
  server.changed = ok([view({ id: 'new', lastUpdated: '2026-11-23T08:00:20Z' })]);
  await vi.advanceTimersByTimeAsync(TIMING.poll);
  server.changed = ok([view({ id: 'older', lastUpdated: '2026-11-23T07:00:00Z' })]);
  await vi.advanceTimersByTimeAsync(TIMING.poll);
  await vi.advanceTimersByTimeAsync(TIMING.poll);
  expect(asked.slice(2)).toEqual(Array(2).fill('changed since 2026-11-23T07:59:20.000Z'));
  expect([...cache.views.keys()]).toEqual(['request-1', 'new', 'older']);
  await sync.stop();
});

test('a library without any request is asked from a day ago', async () => {
  const { sync, asked, server } = setUp();
  server.open = ok([]);
  sync.start();
  await vi.advanceTimersByTimeAsync(TIMING.poll);
  expect(asked).toEqual(['open', 'changed since 2026-11-22T08:00:30.000Z']);
  await sync.stop();
});

test('every hour everything open is listed again, and what is missing goes', async () => {
  const { sync, cache, asked, server, heard } = setUp();
  server.open = ok([view(), view({ id: 'to be deleted' })]);
  sync.start();
  await vi.advanceTimersByTimeAsync(0);
  server.open = ok([view()]);
  await vi.advanceTimersByTimeAsync(TIMING.listing - 1000);
  expect(asked.filter((what) => what === 'open')).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(TIMING.poll);
  expect(asked.slice(-2).map((what) => what.slice(0, 7))).toEqual(['changed', 'open']);
  expect([...cache.views.keys()]).toEqual(['request-1']);
  expect(cache.lists.at(-1)).toEqual({ openIds: ['request-1'], listedAt: '2026-11-23T09:00:00.000Z' });
  expect(heard.at(-1)).toBe('changed');
  await sync.stop();
});

test('after a restart within the hour only changes are asked for', async () => {
  const { sync, cache, asked } = setUp();
  cache.facts.set('sync.listedAt', '2026-11-23T07:30:00.000Z');
  cache.facts.set('sync.newestChange', '2026-11-23T07:40:00.000Z');
  sync.start();
  await vi.advanceTimersByTimeAsync(0);
  expect(asked).toEqual(['changed since 2026-11-23T07:39:00.000Z']);
  await sync.stop();
});

test('failures are reported and make the pauses longer; the first answer makes them short again', async () => {
  const { sync, asked, server, heard } = setUp();
  server.open = DOWN;
  sync.start();
  await vi.advanceTimersByTimeAsync(0);
  await vi.advanceTimersByTimeAsync(60_000);
  await vi.advanceTimersByTimeAsync(119_999);
  expect(asked).toHaveLength(2);
  expect(heard).toEqual(Array(2).fill('ReShare was not reached.'));
  server.open = ok([view()]);
  await vi.advanceTimersByTimeAsync(1);
  expect(asked).toHaveLength(3);
  await vi.advanceTimersByTimeAsync(TIMING.poll);
  expect(asked).toHaveLength(4);
  await sync.stop();
});

test('after failures an answer to somebody else ends the long pause: the next question is asked at once', async () => {
  const { sync, asked, server } = setUp();
  server.open = DOWN;
  sync.start();
  await vi.advanceTimersByTimeAsync(0);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked).toHaveLength(2);
  server.open = ok([view()]);
  sync.answered();
  await vi.advanceTimersByTimeAsync(0);
  expect(asked).toHaveLength(3);
  // While all is well, answers to others change nothing.
  sync.answered();
  await vi.advanceTimersByTimeAsync(TIMING.poll - 1);
  expect(asked).toHaveLength(3);
  await vi.advanceTimersByTimeAsync(1);
  expect(asked).toHaveLength(4);
  sync.pause();
  sync.answered();
  await vi.advanceTimersByTimeAsync(10 * TIMING.poll);
  expect(asked).toHaveLength(4);
  await sync.stop();
});

test('a failing cache is reported, and syncing goes on', async () => {
  const broken = memoryCache().port;
  const { sync, heard, asked } = setUp({
    cache: { ...broken, upsertMany: () => Promise.reject(new Error('disk full')) },
  });
  sync.start();
  await vi.advanceTimersByTimeAsync(0);
  expect(heard).toEqual(['Error: disk full']);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked).toEqual(['open', 'open']);
  await sync.stop();
});

test('nothing is asked while paused; resuming asks at once', async () => {
  const { sync, asked } = setUp();
  sync.start();
  await vi.advanceTimersByTimeAsync(0);
  sync.pause();
  await vi.advanceTimersByTimeAsync(10 * TIMING.poll);
  expect(asked).toHaveLength(1);
  sync.resume();
  await vi.advanceTimersByTimeAsync(0);
  expect(asked).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(TIMING.poll);
  expect(asked).toHaveLength(3);
  await sync.stop();
});

test('stopping aborts the question under way, waits for it, and is for good', async () => {
  let seen: AbortSignal | undefined;
  const { sync, asked, heard } = setUp({
    system: {
      get: () => Promise.resolve(DOWN),
      listChanged: () => Promise.resolve(DOWN),
      listOpen: (signal) => {
        seen = signal;
        return new Promise((resolve) => {
          signal?.addEventListener('abort', () => {
            resolve(DOWN);
          });
        });
      },
    },
  });
  sync.start();
  await vi.advanceTimersByTimeAsync(0);
  await sync.stop();
  expect(seen?.aborted).toBe(true);
  sync.start();
  sync.resume();
  await vi.advanceTimersByTimeAsync(10 * TIMING.poll);
  expect([asked, heard]).toEqual([[], []]);
  expect(vi.getTimerCount()).toBe(0);
});

test('pauses double with each failure up to a limit, and vary by a fifth', () => {
  expect([0, 1, 2, 3, 4, 50].map((failures) => pauseAfter(failures, 0.5))).toEqual([
    30_000, 60_000, 120_000, 240_000, 300_000, 300_000,
  ]);
  expect([pauseAfter(0, 0), pauseAfter(0, 0.999_999)]).toEqual([24_000, 36_000]);
});
