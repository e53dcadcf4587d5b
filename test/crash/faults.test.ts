import { describe, expect, test } from 'vitest';
import { findingsOf, isClean, playProgramme } from '../faults/programme.ts';

const SEED = 20_261_123;
const KEPT = { lost: 0, twice: 0, outOfOrder: 0, unsettled: 0, untrue: 0 };

describe('days on which calls go astray and Carrel is killed', { timeout: 300_000 }, () => {
  test('30 days: nothing lost, twice, out of order, left open or told wrongly', async () => {
    const found: string[] = [];
    const each = { seed: SEED, kills: true };
    const score = await playProgramme({
      runs: 30,
      ...each,
      abreast: 2,
      onRun: (report) => found.push(...findingsOf(report, each)),
    });
    expect(found).toEqual([]);
    expect(score).toMatchObject({ runs: 30, ...KEPT });
    expect(score.acknowledged).toBeGreaterThan(300);
    expect(score.kills).toBeGreaterThan(10);
  });

  test('8 days on CrossLink: the same', async () => {
    const found: string[] = [];
    const each = { seed: SEED, kills: true, requests: 'crosslink' as const };
    const score = await playProgramme({
      runs: 8,
      ...each,
      abreast: 2,
      onRun: (report) => found.push(...findingsOf(report, each)),
    });
    expect(found).toEqual([]);
    expect(score).toMatchObject({ runs: 8, ...KEPT });
    expect(score.acknowledged).toBeGreaterThan(80);
    expect(score.kills).toBeGreaterThan(2);
  });

  test.each([{}, { requests: 'crosslink' as const }])(
    'the books notice calls that are sent twice: %j',
    async (which) => {
      const score = await playProgramme({
        runs: 4,
        seed: SEED,
        kills: false,
        abreast: 2,
        broken: 'sends-twice',
        ...which,
      });
      expect(score.twice).toBeGreaterThan(0);
      expect(isClean(score)).toBe(false);
    },
  );

  test('the books notice scans that are acknowledged and forgotten', async () => {
    const score = await playProgramme({ runs: 1, seed: SEED, kills: false, abreast: 1, broken: 'forgets' });
    expect(score.lost).toBeGreaterThan(0);
    expect(isClean(score)).toBe(false);
  });
});
