import { expect, test } from '@playwright/test';
import { playTwoSystems } from '../launch/shift-two-systems.ts';
import { launchCarrel, practice, snapshot, value } from './support.ts';

test('the office’s hour with two systems: the half-done tile is right throughout, and nothing is sent twice', async () => {
  test.setTimeout(120_000);
  const carrel = await launchCarrel();
  try {
    const { page } = carrel;
    await expect.poll(async () => (await snapshot(page)).cachedRequests).toBeGreaterThan(5);
    const { practiceUrl = '' } = await snapshot(page);
    const moments = await playTwoSystems({ page, practiceUrl }, () => undefined);
    expect(moments.flatMap(({ story, wrong }) => wrong.map((text) => `${story} ${text}`))).toEqual([]);
    const { tasks, halfDone, open } = await value(page, 'tasks.list', {});
    const kinds = (kind: string): number =>
      tasks.filter((task) => task.kind === kind && task.overall === 'done').length;
    expect([kinds('renewal'), kinds('exported'), kinds('return'), kinds('temporary-item')]).toEqual([6, 12, 3, 2]);
    expect({ halfDone, open }).toEqual({ halfDone: 0, open: 0 });
    // The servers' own book: each lender was written to once, and each request cancelled once.
    const effects = (await practice(practiceUrl, 'ledger')) as readonly {
      readonly kind?: string;
      readonly action?: string;
      readonly requestId?: string;
    }[];
    const sent = effects.filter(({ kind, action }) => (kind === 'action' && action === 'message') || kind === 'alma');
    const names = sent.map(({ kind, action, requestId }) => [kind, action, requestId].join(' '));
    expect(names.filter((name) => name.startsWith('action'))).toHaveLength(3);
    expect(new Set(names.filter((name) => name.startsWith('action'))).size).toBe(3);
  } finally {
    await carrel.remove();
  }
});
