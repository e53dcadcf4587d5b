import { describe, expect, it } from 'vitest';
import type { NewRecord } from '../../src-main/contract/journal.ts';
import { StoreError } from '../../src-main/store/errors.ts';
import { groupedAppends } from '../../src-main/store/grouped.ts';

/** Records that come while one is being synced share the next sync, and each hears its own outcome. */

const record = (id: string): NewRecord => ({
  id,
  scanId: id,
  at: '2026-11-23T14:02:00Z',
  mono: 0,
  workstation: '',
  desk: '',
  branch: '',
  staff: '',
  appVersion: '',
  body: { type: 'choice', offerId: id },
});

/** A journal that answers when told to; `bad` records are refused, and a group that has one is refused whole. */
function journal(bad: ReadonlySet<string> = new Set()) {
  const syncs: string[][] = [];
  const disk: string[] = [];
  const turns: (() => void)[] = [];
  const take = async (records: readonly NewRecord[]) => {
    syncs.push(records.map(({ id }) => id));
    await new Promise<void>((resolve) => turns.push(resolve));
    if (records.some(({ id }) => bad.has(id))) throw new StoreError('full', 'no room');
    return records.map((one) => ({ record: { ...one, seq: disk.push(one.id) }, repeated: false }));
  };
  const append = groupedAppends({
    append: async (one) => {
      const [appended] = await take([one]);
      if (appended === undefined) throw new Error('nothing was appended');
      return appended;
    },
    appendMany: take,
  });
  const turn = async () => {
    turns.shift()?.();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { append, syncs, disk, turn };
}

describe('group commit', () => {
  it('syncs what comes in one turn together, and what comes meanwhile with the next, in order', async () => {
    const { append, syncs, disk, turn } = journal();
    const answered: string[] = [];
    const add = (id: string) => void append(record(id)).then(({ record: { id: its } }) => answered.push(its));
    for (const id of ['a', 'b']) add(id);
    await turn();
    expect([syncs, answered]).toEqual([[['a', 'b']], []]);
    for (const id of ['c', 'd']) add(id);
    await turn();
    expect([syncs, answered]).toEqual([
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
      ['a', 'b'],
    ]);
    await turn();
    expect([answered, disk]).toEqual([
      ['a', 'b', 'c', 'd'],
      ['a', 'b', 'c', 'd'],
    ]);
  });

  it('tries each alone when the group is refused, so that only the refused one hears of it', async () => {
    const { append, syncs, disk, turn } = journal(new Set(['c']));
    const outcomes = ['a', 'b', 'c', 'd'].map((id) =>
      append(record(id)).then(
        ({ record: stored }) => stored.seq,
        (error: unknown) => (error instanceof StoreError ? error.kind : 'another'),
      ),
    );
    for (let turns = 0; turns < 6; turns += 1) await turn();
    expect(syncs).toEqual([['a', 'b', 'c', 'd'], ['a'], ['b'], ['c'], ['d']]);
    expect(await Promise.all(outcomes)).toEqual([1, 2, 'full', 3]);
    expect(disk).toEqual(['a', 'b', 'd']);
  });

  it('goes on after a failure', async () => {
    const { append, turn } = journal(new Set(['a']));
    const first = append(record('a')).catch((error: unknown) => error);
    for (let turns = 0; turns < 2; turns += 1) await turn();
    expect(await first).toBeInstanceOf(StoreError);
    const second = append(record('b'));
    for (let turns = 0; turns < 2; turns += 1) await turn();
    expect((await second).record.id).toBe('b');
  });
});
