import { describe, expect, it } from 'vitest';
import { createPacer } from '../../src-main/systems/http/pace.ts';
import { retryAfterS } from '../../src-main/systems/wms/ncip/client.ts';
import { createMemoryCounter, createQuota } from '../../src-main/systems/wms/quota.ts';
import { scriptedHttp } from './wms-samples.ts';

function pacer(concurrent: number, perSecond: number) {
  const clock = { ms: 0 };
  const slept: number[] = [];
  const made = createPacer({
    concurrent,
    perSecond,
    mono: () => clock.ms,
    random: () => 0.5,
    sleep(ms) {
      slept.push(ms);
      clock.ms += ms;
      return Promise.resolve();
    },
  });
  return { ...made, clock, slept };
}

/** A task that ends when told. */
function held() {
  let end = (): void => undefined;
  const promise = new Promise<void>((resolve) => (end = resolve));
  return { promise, end };
}

describe('the pace', () => {
  it('lets so many run at once, the others in order of arrival', async () => {
    const pace = pacer(2, 1000);
    const begun: number[] = [];
    const tasks = [held(), held(), held(), held()];
    const all = tasks.map((task, index) =>
      pace.run(async () => {
        begun.push(index);
        await task.promise;
        return index;
      }),
    );
    await Promise.resolve();
    expect(begun).toEqual([0, 1]);
    tasks[1]?.end();
    await all[1];
    expect(begun).toEqual([0, 1, 2]);
    for (const task of tasks) task.end();
    expect(await Promise.all(all)).toEqual([0, 1, 2, 3]);
  });

  it('gives a place back when a task fails', async () => {
    const pace = pacer(1, 1000);
    await expect(pace.run(() => Promise.reject(new Error('x')))).rejects.toThrow('x');
    expect(await pace.run(() => Promise.resolve('next'))).toBe('next');
  });

  it('takes a burst at once and then keeps the rate', async () => {
    const pace = pacer(1, 2);
    for (let i = 0; i < 4; i += 1) await pace.run(() => Promise.resolve());
    expect(pace.slept).toEqual([500, 500]);
    pace.clock.ms += 10_000;
    await pace.run(() => Promise.resolve());
    await pace.run(() => Promise.resolve());
    expect(pace.slept).toEqual([500, 500]);
  });

  it('a cancelled wait runs nothing and takes no place', async () => {
    const pace = pacer(1, 1000);
    const first = held();
    const running = pace.run(() => first.promise);
    const abort = new AbortController();
    let ran = false;
    const waiting = pace.run(() => Promise.resolve((ran = true)), abort.signal);
    const next = pace.run(() => Promise.resolve('next'));
    abort.abort();
    expect(await waiting).toBeUndefined();
    first.end();
    await running;
    expect(await next).toBe('next');
    expect(await pace.run(() => Promise.resolve(1), abort.signal)).toBeUndefined();
    expect(ran).toBe(false);
  });

  it('leaves a host alone as long as it asks, else from half a minute on, longer each time', () => {
    const pace = pacer(1, 1);
    expect(pace.heldMs()).toBe(0);
    pace.backOff(7);
    expect(pace.heldMs()).toBe(7_000);
    pace.clock.ms += 7_000;
    expect(pace.heldMs()).toBe(0);
    pace.recovered();
    pace.backOff();
    expect(pace.heldMs()).toBe(37_500);
    pace.backOff();
    expect(pace.heldMs()).toBe(75_000);
    pace.recovered();
    pace.backOff();
    expect(pace.heldMs()).toBe(37_500);
    for (let i = 0; i < 20; i += 1) pace.backOff();
    expect(pace.heldMs()).toBe(750_000);
    pace.backOff(99_999);
    expect(pace.heldMs()).toBe(600_000);
  });

  it('reads Retry-After in seconds and leaves dates alone', () => {
    expect(retryAfterS('120')).toBe(120);
    expect(retryAfterS(' 3 ')).toBe(3);
    expect(retryAfterS('Wed, 21 Oct 2031 07:28:00 GMT')).toBeUndefined();
    expect(retryAfterS('-1')).toBeUndefined();
    expect(retryAfterS(undefined)).toBeUndefined();
  });
});

describe('the quota of a key', () => {
  const HOUR = 3_600_000;

  it('counts what left, over the last 24 hours', async () => {
    const clock = { ms: 100 * HOUR };
    const quota = createQuota({ limit: 3, counter: createMemoryCounter(), now: () => clock.ms });
    const faults = ['not-sent', 'cancelled', 'unknown-outcome'] as const;
    const http = quota.counting(
      scriptedHttp((_, nth) =>
        nth <= 3 ? { kind: faults[nth - 1]!, cause: 'other', host: 'x', ms: 0 } : { status: 200 },
      ),
    );
    const request = { method: 'GET', path: '/', template: '/' } as const;
    for (let i = 0; i < 5; i += 1) await http.send(request);
    expect(quota.used()).toBe(3);
    expect(quota.exhausted()).toMatchObject({
      ok: false,
      error: { code: 'not-sent', retry: 'later', sentence: expect.stringContaining('3 calls a day') },
    });
    clock.ms += 24 * HOUR;
    expect(quota.used()).toBe(3);
    clock.ms += HOUR;
    expect(quota.used()).toBe(0);
    expect(quota.exhausted()).toBeUndefined();
  });

  it('forgets hours that count no more', () => {
    const counter = createMemoryCounter();
    counter.add(0);
    counter.add(40 * HOUR);
    expect(counter.since(0)).toBe(1);
  });
});
