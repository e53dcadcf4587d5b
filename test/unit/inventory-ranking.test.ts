import { expect, test } from 'vitest';
import type { Candidate } from '../../src-main/contract/inventory.ts';
import { judge } from '../../src-main/desk/eligibility.ts';
import { choose, rankResults } from '../../src-main/desk/ranking.ts';
import { readInstance } from '../../src-main/systems/inventory/folio-record.ts';
import type { Json } from '../../src-main/systems/http/tolerant.ts';
import { fixture } from '../contract/training-desk.ts';

/** What may be asked for, and which of several records first, by worked examples. */
interface Examples {
  readonly instances: readonly Json[];
  readonly expected: readonly {
    readonly id: string;
    readonly eligible: boolean;
    readonly lendableHoldings?: number;
    readonly lenders?: readonly string[];
    readonly usableItems?: number;
    readonly warning?: string;
  }[];
  readonly expectedRanking: readonly string[];
}
const EXAMPLES = fixture('okapi', '15-eligibility-and-ranking.json') as Examples;
const read = (id: string): Candidate => {
  const instance = EXAMPLES.instances.find((one) => one['id'] === id);
  return readInstance(instance!, { limit: 100, broken: false })!;
};

test.each(EXAMPLES.expected)('$id: eligible is $eligible', (wanted) => {
  const { eligible, lendableHoldings, lenders, usableItems, warning, reason } = judge(read(wanted.id), 'folio');
  expect(eligible).toBe(wanted.eligible);
  if (!wanted.eligible) {
    expect(reason).not.toBe('');
    return;
  }
  expect({ lendableHoldings, lenders, usableItems }).toEqual({
    lendableHoldings: wanted.lendableHoldings,
    lenders: wanted.lenders,
    usableItems: wanted.usableItems,
  });
  expect(warning !== undefined).toBe(wanted.warning !== undefined);
});

test('only a policy of exactly “Will lend” counts', () => {
  const holding = (policy: string) => ({ id: policy, locationCode: 'A/A/A/S', statements: [], items: [], policy });
  for (const policy of ['Will lend hard copy only', 'will lend', 'Will lend ', 'Will not lend']) {
    expect(judge({ ...read('inst-4'), holdings: [holding(policy)] }, 'folio').eligible).toBe(false);
  }
  expect(judge({ ...read('inst-4'), holdings: [holding('Will lend')] }, 'folio').eligible).toBe(true);
});

test('records of one thing are ranked by lending libraries, usable items and lendable holdings, with the reason', () => {
  const ranked = rankResults(
    EXAMPLES.instances.map((one) => ({ ...read(String(one['id'])), title: 'Same work' })),
    'folio',
  );
  expect(ranked.map(({ candidate }) => candidate.id).slice(0, 4)).toEqual(EXAMPLES.expectedRanking);
  expect(ranked[0]?.why).toContain('Most lending libraries.');
  expect(ranked.map(({ place }) => place)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
});

test('another year, edition or form is another thing', () => {
  const one = { ...read('inst-1'), title: 'The Odyssey', year: '1970' };
  const groups = rankResults(
    [
      one,
      { ...one, id: 'b', year: '1971' },
      { ...one, id: 'c', electronic: true },
      { ...one, id: 'd', title: 'Odyssey /' },
    ],
    'folio',
  );
  expect(groups.map(({ candidate, alike }) => `${candidate.id} ${alike}`)).toEqual(['d 2', 'inst-1 2', 'b 1', 'c 1']);
});

test('two that lend equally are left to a person, and so are two different things', () => {
  const one = read('inst-1');
  const tie = rankResults([one, { ...one, id: 'twin' }], 'folio');
  expect(tie.map(({ tied }) => tied)).toEqual([true, true]);
  expect(choose(tie)).toEqual({ kind: 'several', count: 2 });
  expect(choose(rankResults([one, { ...read('inst-2'), title: 'Another' }], 'folio')).kind).toBe('several');
  expect(choose(rankResults([one, read('inst-3')], 'folio'))).toMatchObject({ kind: 'one' });
  expect(choose(rankResults([read('inst-3')], 'folio')).kind).toBe('not-lendable');
  expect(choose([])).toEqual({ kind: 'none' });
});

test('holdings that could not be read say nothing about whether it is lent', () => {
  const unread = readInstance({ id: 'x', title: 'X', holdingsRecords2: null }, { limit: 100, broken: true })!;
  expect(judge(unread, 'folio').eligible).toBeUndefined();
  expect(choose(rankResults([unread], 'folio')).kind).toBe('not-known');
});
