import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Watch, WatchEnd } from '../../src-main/contract/outcome.ts';
import { fail } from '../../src-main/contract/result.ts';
import { createListening } from '../../src-main/sync/listening.ts';
import { createSync } from '../../src-main/sync/sync.ts';
import { relistenAfter, TIMING } from '../../src-main/sync/timing.ts';
import { ok } from '../../src-main/contract/result.ts';
import { view } from '../fixtures/store-records.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse('2026-11-23T08:00:00.000Z') });
});
afterEach(() => {
  vi.useRealTimers();
});

const schedule = (ms: number, callback: () => void) => {
  const timer = setTimeout(callback, ms);
  return () => {
    clearTimeout(timer);
  };
};

/** A system that tells what a test lets it tell. */
function teller() {
  const calls: { told: Parameters<Watch>[0]; end: (end: WatchEnd) => void }[] = [];
  const watch: Watch = (told) =>
    new Promise((resolve) => {
      told.signal.addEventListener('abort', () => {
        resolve({ end: 'closed' });
      });
      calls.push({ told, end: resolve });
    });
  const last = () => {
    const call = calls.at(-1);
    if (call === undefined) throw new Error('nobody listens');
    return call;
  };
  return { watch, calls, last };
}

function listening(random = 0.5) {
  const system = teller();
  const heard: string[] = [];
  const it = createListening({
    watch: system.watch,
    schedule,
    random: () => random,
    onOpened: () => heard.push('opened'),
    onChanged: () => heard.push('changed'),
    onLost: () => heard.push('lost'),
    onRefused: (error) => heard.push(`refused ${error.code}`),
    onTrouble: (error) => heard.push(String(error)),
  });
  return { ...system, heard, it };
}

test('a lost connection is taken up again, later with every loss, and soon again after a good one', async () => {
  const { it, calls, last, heard } = listening();
  it.start();
  for (let losses = 0; losses < 4; losses += 1) {
    last().told.opened();
    expect(it.open).toBe(true);
    last().end({ end: 'closed' });
    await vi.advanceTimersByTimeAsync(relistenAfter(losses, 0.5) - 1);
    expect([it.open, calls.length]).toEqual([false, losses + 1]);
    await vi.advanceTimersByTimeAsync(1);
    expect(calls).toHaveLength(losses + 2);
  }
  expect(relistenAfter(30, 0.5)).toBe(TIMING.longestPause);
  last().told.opened();
  await vi.advanceTimersByTimeAsync(TIMING.steady);
  last().end({ end: 'closed' });
  await vi.advanceTimersByTimeAsync(relistenAfter(0, 0.5));
  expect(calls).toHaveLength(6);
  expect(heard.filter((one) => one === 'lost')).toHaveLength(5);
  await it.stop();
});

test('a system that refuses is not asked again soon, and one that never tells not at all', async () => {
  const refusing = listening();
  refusing.it.start();
  refusing.last().end({ end: 'refused', error: fail('no-permission', 'No.').error });
  await vi.advanceTimersByTimeAsync(TIMING.refusedPause - 1);
  expect([refusing.heard, refusing.calls.length]).toEqual([['refused no-permission'], 1]);
  await vi.advanceTimersByTimeAsync(1);
  expect(refusing.calls).toHaveLength(2);
  await refusing.it.stop();

  const silent = listening();
  silent.it.start();
  silent.last().end({ end: 'none' });
  await vi.advanceTimersByTimeAsync(24 * 60 * 60_000);
  expect(silent.calls).toHaveLength(1);
});

test('stopping ends the connection, and an old connection’s end says nothing about a new one', async () => {
  const { it, calls, last, heard } = listening();
  it.start();
  last().told.opened();
  const stopped = it.stop();
  it.start();
  last().told.opened();
  await stopped;
  await vi.advanceTimersByTimeAsync(0);
  expect([it.open, calls.length, calls[0]?.told.signal.aborted]).toEqual([true, 2, true]);
  expect(heard).toEqual(['opened', 'lost', 'opened']);
  await it.stop();
  await vi.advanceTimersByTimeAsync(60 * 60_000);
  expect(calls).toHaveLength(2);
});

/** Syncing with a system that tells; every round is written down. */
function telling() {
  const system = teller();
  const rounds: number[] = [];
  const facts = new Map<string, string>();
  const began = Date.now();
  const sync = createSync({
    system: {
      watch: system.watch,
      get: () => Promise.resolve(fail('not-sent', 'Not asked.')),
      listOpen: () => Promise.resolve(ok([view()])),
      listChanged: () => {
        rounds.push(Date.now() - began);
        return Promise.resolve(ok([]));
      },
    },
    cache: {
      upsertMany: () => Promise.resolve(0),
      removeMissing: () => Promise.resolve([]),
      fact: (key) => Promise.resolve(facts.get(key)),
      setFact: (key, value) => {
        facts.set(key, value);
        return Promise.resolve();
      },
    },
    now: () => new Date(),
    schedule,
    random: () => 0.5,
    onTrouble: (error) => {
      throw error;
    },
  });
  return { ...system, rounds, sync };
}

test('while the system tells, it is asked seldom; what it tells is asked for at once, and a burst only once', async () => {
  const { sync, last, rounds } = telling();
  sync.start();
  await vi.advanceTimersByTimeAsync(0);
  last().told.opened();
  await vi.advanceTimersByTimeAsync(TIMING.nudge);
  expect(rounds).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(TIMING.poll * 3);
  expect(rounds).toHaveLength(1);
  for (let n = 0; n < 50; n += 1) last().told.changed();
  await vi.advanceTimersByTimeAsync(TIMING.nudge);
  expect(rounds).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(TIMING.toldPoll);
  expect(rounds).toHaveLength(3);
  await sync.stop();
});

test('when the system no longer tells, it is asked at once and then as often as one that never does', async () => {
  const { sync, last, rounds } = telling();
  sync.start();
  await vi.advanceTimersByTimeAsync(0);
  last().told.opened();
  await vi.advanceTimersByTimeAsync(TIMING.nudge);
  last().end({ end: 'refused', error: fail('no-permission', 'No.').error });
  await vi.advanceTimersByTimeAsync(TIMING.nudge);
  expect(rounds).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(TIMING.poll * 2);
  expect(rounds).toHaveLength(4);
  await sync.stop();
  await vi.advanceTimersByTimeAsync(60 * 60_000);
  expect(rounds).toHaveLength(4);
});
