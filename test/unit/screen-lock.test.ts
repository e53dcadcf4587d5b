import { describe, expect, test } from 'vitest';
import type { LockState } from '../../src-main/contract/lock.ts';
import { ScreenLock, veiledEvent, veiledLine } from '../../src-main/assembly/lock.ts';
import { hashPin, isPin } from '../../src-main/settings/pin.ts';
import { prompt } from '../fixtures/store-records.ts';

/** The lock of the screen: what locks it, what opens it, how often may be tried, and what a locked window is told. */

function lockWith(given: { readonly password?: string; readonly training?: boolean } = {}) {
  let clock = Date.parse('2026-11-23T09:00:00Z');
  let hash = '';
  let minutes = 10;
  let online = true;
  const told: LockState[] = [];
  const timers: { readonly ms: number; readonly run: () => void; stopped: boolean }[] = [];
  const lock = new ScreenLock({
    settings: () => ({ afterMinutes: minutes }),
    save: (settings) => {
      minutes = settings.afterMinutes;
      return Promise.resolve();
    },
    pin: {
      get: () => Promise.resolve(hash),
      set: (next) => {
        hash = next;
        return Promise.resolve();
      },
    },
    password: () => Promise.resolve(given.password),
    online: () => online,
    training: given.training ?? false,
    now: () => new Date(clock),
    after: (ms, run) => {
      const timer = { ms, run, stopped: false };
      timers.push(timer);
      return () => {
        timer.stopped = true;
      };
    },
    onChanged: (state) => told.push(state),
    onLocked: () => undefined,
  });
  return {
    lock,
    told,
    pass: (ms: number) => {
      clock += ms;
    },
    /** The idle time runs out. */
    idle: () => {
      timers.findLast((timer) => !timer.stopped)?.run();
    },
    timers,
    cut: () => {
      online = false;
    },
    hash: () => hash,
  };
}

async function opened(lock: ScreenLock, secret: string, staff = 'Ana'): Promise<string | undefined> {
  const answer = await lock.open(staff, secret);
  return answer.ok ? undefined : answer.error.sentence;
}

test('a PIN is kept as a salted scrypt hash, and only it is that PIN', async () => {
  const [one, two] = await Promise.all([hashPin('4711'), hashPin('4711')]);
  expect(one).toMatch(/^scrypt:/u);
  expect(one).not.toBe(two);
  expect(one).not.toContain('4711');
  expect(await isPin('4711', one)).toBe(true);
  expect(await isPin('4712', one)).toBe(false);
  expect(await isPin('4711', '4711')).toBe(false);
});

describe('opening', () => {
  test('takes a name and the PIN, and the name is who is at the desk', async () => {
    const { lock } = lockWith();
    await lock.configure({ afterMinutes: 10, pin: '4711' });
    lock.lock();
    expect(await opened(lock, '4711', '  ')).toContain('who is at the desk');
    expect(await opened(lock, '0000')).toContain('not right');
    expect(lock.locked).toBe(true);
    expect(await opened(lock, '4711', ' Ana ')).toBeUndefined();
    expect([lock.locked, lock.staff]).toEqual([false, 'Ana']);
    lock.lock();
    expect(lock.state.staff).toBeUndefined();
  });

  test('takes the ReShare password while ReShare answers, and only the PIN when it does not', async () => {
    const { lock, cut } = lockWith({ password: 'hunter2' });
    await lock.start();
    lock.lock();
    expect(lock.state.opens).toEqual(['password']);
    expect(await opened(lock, 'hunter2')).toBeUndefined();
    lock.lock();
    cut();
    expect(await opened(lock, 'hunter2')).toContain('Use the PIN');
    expect(lock.locked).toBe(true);
  });

  test('waits longer and longer after three wrong tries, also for the right PIN', async () => {
    const { lock, pass } = lockWith();
    await lock.configure({ afterMinutes: 0, pin: '4711' });
    lock.lock();
    for (const _try of [1, 2]) await opened(lock, '0000');
    expect(await opened(lock, '0000')).toContain('Wait 5 seconds');
    expect(await opened(lock, '4711')).toContain('Wait 5 seconds');
    pass(5_000);
    expect(await opened(lock, '0000')).toContain('Wait 10 seconds');
    pass(10_000);
    expect(await opened(lock, '4711')).toBeUndefined();
    expect(lock.state.waitUntil).toBeUndefined();
  });

  test('takes a name alone where nothing is kept that could open it', async () => {
    const { lock } = lockWith({ training: true });
    lock.lock();
    expect(await opened(lock, '')).toBeUndefined();
  });
});

describe('locking', () => {
  test('comes with idle time, is put off by whoever is there, and never shuts everybody out', async () => {
    const none = lockWith();
    await none.lock.start();
    none.idle();
    expect(none.lock.locked).toBe(false);
    const some = lockWith({ password: 'hunter2' });
    await some.lock.start();
    some.lock.active();
    expect(some.timers.filter((timer) => !timer.stopped).map((timer) => timer.ms)).toEqual([600_000]);
    some.idle();
    expect(some.lock.locked).toBe(true);
    expect(some.told.at(-1)).toMatchObject({ locked: true });
  });

  test('is how Carrel starts where a PIN is set, and off at 0 minutes and in training', async () => {
    const first = lockWith();
    await first.lock.configure({ afterMinutes: 0, pin: '4711' });
    expect(first.timers.every((timer) => timer.stopped)).toBe(true);
    await first.lock.start();
    expect(first.lock.locked).toBe(true);
    const training = lockWith({ training: true });
    await training.lock.start();
    expect(training.timers).toEqual([]);
  });
});

test('a locked window is told that a scan is saved and what kind of place it goes to, and nothing else', () => {
  const line = {
    scanId: 's',
    seq: 7,
    at: '2026-11-23T09:00:00Z',
    barcode: '39999000000017',
    raw: '39999000000017',
    kind: 'item',
    source: 'wedge',
    desk: 'Main desk',
    staff: 'Ana',
    cancelled: false,
    prompt: prompt({ destination: { verb: 'Ship back', to: 'Northfield' }, byline: 'for Klara S.' }),
  } as const;
  const text = JSON.stringify([veiledLine(line), veiledEvent({ type: 'line', line })]);
  for (const word of ['39999000000017', 'Ana', 'Northfield', 'Klara', 'salt road', 'RVR-3184']) {
    expect(text).not.toContain(word);
  }
  expect(veiledLine(line).prompt?.destination).toEqual({ verb: 'Ship back' });
  expect(
    veiledEvent({ type: 'session', session: { state: 'ended', by: 'time', items: 1, at: '2026-11-23T09:00:00Z' } }),
  ).toEqual({ type: 'session' });
  const placed = {
    id: '6a1b7c4e-0d4e-4aaa-b10b-cd605d57a473',
    title: 'The salt road',
    patron: '•••• 0017',
    pickup: 'Main Library Desk',
    step: 'done',
    sentences: [],
    again: false,
    placedAt: line.at,
    changedAt: line.at,
  } as const;
  expect(veiledEvent({ type: 'placed-news', news: [{ ...placed, sentences: [] }] })).toEqual({
    type: 'placed-news',
    news: [],
  });
});
