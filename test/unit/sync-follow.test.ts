import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { RequestView } from '../../src-main/contract/request.ts';
import { fail, ok } from '../../src-main/contract/result.ts';
import type { Result } from '../../src-main/contract/result.ts';
import { createFollower } from '../../src-main/sync/follow.ts';
import { view } from '../fixtures/store-records.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function setUp(answers: Result<RequestView>[]) {
  const asked: number[] = [];
  const kept: string[] = [];
  const troubles: unknown[] = [];
  const start = Date.now();
  const follower = createFollower({
    system: {
      get: () => {
        asked.push((Date.now() - start) / 1000);
        return Promise.resolve(answers.shift() ?? fail('not-sent', 'down'));
      },
    },
    cache: {
      upsertMany: (views) => {
        kept.push(...views.map(({ state }) => state.code));
        return Promise.resolve(views.length);
      },
    },
    schedule: (ms, callback) => {
      const timer = setTimeout(callback, ms);
      return () => {
        clearTimeout(timer);
      };
    },
    onTrouble: (error) => troubles.push(error),
  });
  return { follower, asked, kept, troubles };
}

const inState = (code: string, seenAt: string) =>
  ok(view({ seenAt, state: { code, label: code, terminal: false, needsAttention: false } }));

test('a request is read again 15, 45 and 90 seconds after the step’s own look; changes are told, repeats are not', async () => {
  const { follower, asked, kept } = setUp([inState('A', '1'), inState('A', '2'), inState('B', '3')]);
  const told: string[] = [];
  follower.follow('request-1', ({ state }) => told.push(state.code));
  await vi.advanceTimersByTimeAsync(120_000);
  expect(asked).toEqual([15, 45, 90]);
  expect(kept).toEqual(['A', 'A', 'B']);
  expect(told).toEqual(['A', 'B']);
  expect(vi.getTimerCount()).toBe(0);
});

test('following again begins anew in place of the earlier; another request is followed beside it', async () => {
  const { follower, asked } = setUp([]);
  const told: string[] = [];
  follower.follow('request-1', () => told.push('first'));
  await vi.advanceTimersByTimeAsync(10_000);
  follower.follow('request-1', () => told.push('second'));
  await vi.advanceTimersByTimeAsync(10_000);
  follower.follow('request-2', () => told.push('other'));
  await vi.advanceTimersByTimeAsync(200_000);
  expect(asked).toEqual([25, 35, 55, 65, 100, 110]);
});

test('whoever stops following hears nothing more', async () => {
  const { follower, asked, kept } = setUp([inState('A', '1'), inState('B', '2')]);
  const stop = follower.follow('request-1', () => undefined);
  await vi.advanceTimersByTimeAsync(16_000);
  stop();
  follower.follow('request-2', () => undefined);
  follower.stop();
  await vi.advanceTimersByTimeAsync(200_000);
  expect(asked).toEqual([15]);
  expect(kept).toEqual(['A']);
});

test('a reading that fails is left out, and the next one still comes', async () => {
  const { follower, asked, kept } = setUp([fail('not-sent', 'down'), inState('A', '2')]);
  follower.follow('request-1', () => undefined);
  await vi.advanceTimersByTimeAsync(50_000);
  expect(asked).toEqual([15, 45]);
  expect(kept).toEqual(['A']);
});

test('a fault while following is reported, and the next reading still comes', async () => {
  const { follower, asked, troubles } = setUp([inState('A', '1'), inState('B', '2')]);
  follower.follow('request-1', () => {
    throw new Error('fault');
  });
  await vi.advanceTimersByTimeAsync(45_000);
  expect(asked).toEqual([15, 45]);
  expect(troubles).toHaveLength(2);
});
