import { describe, expect, it } from 'vitest';
import { Breaker } from '../../src-main/assembly/breaker.ts';
import type { CallReport } from '../../src-main/contract/outcome.ts';
import { fail } from '../../src-main/contract/result.ts';

const AT = '2026-11-23T14:02:00.000Z';
const good: CallReport = { at: AT, ok: true, ms: 20 };
const lost: CallReport = { at: AT, ok: false, ms: 20, error: fail('not-sent', 'not reached').error };
const refused: CallReport = { at: AT, ok: false, ms: 20, error: fail('refused', 'no').error };

/** A breaker with a clock of its own: `waits` are the pauses it asked for, `next()` ends the newest. */
function breakerWith(probe: () => CallReport) {
  const waits: number[] = [];
  let due: (() => void) | undefined;
  let probes = 0;
  let openings = 0;
  const breaker: Breaker = new Breaker({
    name: 'ReShare',
    probe: () => {
      probes += 1;
      breaker.report(probe());
      return Promise.resolve();
    },
    schedule: (ms, run) => {
      waits.push(ms);
      due = run;
      return () => {
        due = undefined;
      };
    },
    random: () => 0.5,
    now: () => new Date(AT),
    onOpen: () => {
      openings += 1;
    },
    onFault: (error) => {
      throw error;
    },
  });
  return {
    breaker,
    waits,
    probes: () => probes,
    openings: () => openings,
    next: async () => {
      const run = due;
      due = undefined;
      run?.();
      await new Promise((resolve) => setImmediate(resolve));
    },
    waiting: () => due !== undefined,
  };
}

describe('the breaker', () => {
  it('opens after three failures in a row, and one good answer closes it', () => {
    const { breaker } = breakerWith(() => lost);
    breaker.report(good);
    breaker.report(lost);
    breaker.report(lost);
    expect(breaker.refusal()).toBeUndefined();
    breaker.report(lost);
    expect(breaker.refusal()?.error).toMatchObject({ code: 'not-sent' });
    expect(breaker.refusal()?.error.sentence).toMatch(/ReShare is not reached, last at .*nothing was sent/);
    breaker.report(good);
    expect(breaker.open).toBe(false);
  });

  it('says once that it opens, each time it does', () => {
    const { breaker, openings } = breakerWith(() => lost);
    for (let n = 0; n < 5; n += 1) breaker.report(lost);
    expect(openings()).toBe(1);
    breaker.report(good);
    for (let n = 0; n < 3; n += 1) breaker.report(lost);
    expect(openings()).toBe(2);
  });

  it('does not count a refusal: who says no is there', () => {
    const { breaker, waiting } = breakerWith(() => lost);
    for (let n = 0; n < 5; n += 1) breaker.report(refused);
    expect(breaker.open).toBe(false);
    expect(waiting()).toBe(false);
  });

  it('knocks after 5, 10, 20, 40, 60 and 60 seconds, and no more once it is answered', async () => {
    let answer = lost;
    const { breaker, waits, next, waiting, probes } = breakerWith(() => answer);
    breaker.report(lost);
    for (let n = 0; n < 5; n += 1) await next();
    expect(waits).toEqual([5_000, 10_000, 20_000, 40_000, 60_000, 60_000]);
    answer = good;
    await next();
    expect(probes()).toBe(6);
    expect(breaker.open).toBe(false);
    expect(waiting()).toBe(false);
  });

  it('forgets what it counted when the computer wakes, and knocks at once', () => {
    const { breaker, probes } = breakerWith(() => good);
    for (let n = 0; n < 3; n += 1) breaker.report(lost);
    breaker.wake();
    expect(probes()).toBe(1);
    expect(breaker.open).toBe(false);
  });
});
