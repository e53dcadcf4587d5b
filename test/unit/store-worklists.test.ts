import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { CacheQuery } from '../../src-main/contract/worklists.ts';
import { cacheFile, openCache } from '../../src-main/store/databases.ts';
import { shelfOrder } from '../../src-main/store/shelf-order.ts';
import { newFolder } from '../fixtures/store-folder.ts';
import { view } from '../fixtures/store-records.ts';
import { newCache } from '../fixtures/store-stores.ts';

type View = ReturnType<typeof view>;

const state = (code: string, more: Partial<View['state']> = {}): View['state'] => ({
  code,
  label: code,
  terminal: false,
  needsAttention: false,
  ...more,
});

const ask = (more: Partial<CacheQuery> = {}): CacheQuery => ({ text: '', sort: 'oldest', ...more });

test('a worklist counts each of its requests once and knows the oldest', async () => {
  const { cache } = await newCache();
  cache.upsertMany([
    view({ id: 'a', state: state('RES_AWAIT_SHIP'), lastUpdated: '2026-11-20T00:00:00.000Z' }),
    view({ id: 'b', state: state('RES_AWAIT_SHIP'), lastUpdated: '2026-11-18T00:00:00.000Z' }),
    view({ id: 'c', state: state('REQ_SHIPPED'), lastUpdated: '2026-11-01T00:00:00.000Z' }),
    view({ id: 'd', state: state('RES_AWAIT_SHIP', { terminal: true }), lastUpdated: '2026-11-01T00:00:00.000Z' }),
  ]);
  const parts = [{ states: ['RES_AWAIT_SHIP'] }, { states: ['RES_AWAIT_SHIP', 'RES_X'] }];
  expect(cache.worklists([parts, [{ states: ['RES_X'] }]])).toEqual([
    { count: 2, first: '2026-11-18T00:00:00.000Z' },
    { count: 0 },
  ]);
  expect(cache.rows(ask({ parts }), 0, 10).rows.map((row) => row.view.id)).toEqual(['b', 'a']);
});

test('flags, due dates and states nobody knows are counted; over and done with is left out', async () => {
  const { cache } = await newCache();
  cache.upsertMany([
    view({ id: 'a', state: state('REQ_CHECKED_IN'), dueDate: '2026-11-10T00:00:00.000Z', unreadMessages: true }),
    view({ id: 'b', state: state('REQ_CHECKED_IN'), dueDate: '2026-12-10T00:00:00.000Z', needsAttention: true }),
    view({ id: 'c', state: state('NJ_SPECIAL', { needsAttention: true }), overdue: true }),
    view({ id: 'd', state: state('REQ_SHIPPED', { terminal: true }), needsAttention: true, overdue: true }),
  ]);
  const counts = cache.worklists([
    [{ flag: 'unread' }],
    [{ flag: 'trouble' }],
    [{ flag: 'attention' }],
    [{ flag: 'overdue' }, { states: ['REQ_CHECKED_IN'], dueBefore: '2026-11-23' }],
    [{ states: ['REQ_CHECKED_IN'], dueFrom: '2026-11-23', dueBefore: '2026-12-31' }],
    [{ exceptStates: ['REQ_CHECKED_IN', 'REQ_SHIPPED'] }],
  ]);
  expect(counts.map(({ count }) => count)).toEqual([1, 1, 1, 2, 1, 1]);
  expect(counts[4]?.first).toBe('2026-12-10T00:00:00.000Z');
});

test('since when a request is in its state survives changes that leave the state alone', async () => {
  const { cache } = await newCache();
  const at = (day: string) => `2026-11-${day}T00:00:00.000Z`;
  const read = (lastUpdated: string, seenAt: string, more: Partial<View> = {}) =>
    cache.upsertMany([view({ lastUpdated, seenAt, ...more })]);
  const since = () => cache.rows(ask(), 0, 1).rows[0]?.since;
  read(at('01'), at('02'));
  read(at('05'), at('06'), { unreadMessages: true });
  expect(since()).toBe(at('01'));
  read(at('08'), at('09'), { state: state('REQ_CHECKED_IN') });
  expect(since()).toBe(at('08'));
  const entered = [{ no: 7, at: at('07'), from: 'REQ_SHIPPED', to: 'REQ_CHECKED_IN', message: 'Received' }];
  read(at('10'), at('11'), { state: state('REQ_CHECKED_IN'), audit: entered });
  expect(since()).toBe(at('07'));
});

test('a list is filtered, sorted and shown in windows', async () => {
  const { cache } = await newCache();
  const call = (id: string, callNumber: string, more: Partial<View> = {}) =>
    view({ id, callNumber, pickLocation: 'Main', shelvingLocation: 'Stacks', ...more });
  cache.upsertMany([
    call('a', 'QA 76.9 .D35', { partner: { name: 'Eastport' } }),
    call('b', 'QA76.9 .D3'),
    call('c', 'QA 9 .A1', { side: 'lending' }),
    call('d', 'B 105', { pickLocation: 'Annex' }),
    call('e', 'ZZ 1', { state: state('REQ_CANCELLED', { terminal: true }) }),
  ]);
  const ids = (query: CacheQuery) => cache.rows(query, 0, 10).rows.map((row) => row.view.id);
  expect(ids(ask({ sort: 'shelf' }))).toEqual(['d', 'c', 'b', 'a']);
  expect(ids(ask({ side: 'lending' }))).toEqual(['c']);
  expect(ids(ask({ partner: 'Eastport' }))).toEqual(['a']);
  expect(ids(ask({ location: 'Annex' }))).toEqual(['d']);
  expect(ids(ask({ closed: true, state: 'REQ_CANCELLED' }))).toEqual(['e']);
  const window = cache.rows(ask({ sort: 'shelf' }), 2, 1);
  expect([window.total, window.rows.map((row) => row.view.id)]).toEqual([4, ['b']]);
  cache.upsertMany([call('f', 'QA 1')]);
  expect(cache.rows(ask({ sort: 'shelf' }), 0, 10).total).toBe(5);
});

test('typed words find what is over as well, within the filters, best first', async () => {
  const { cache } = await newCache();
  cache.upsertMany([
    view({ id: 'a', title: 'A map of rivers' }),
    view({ id: 'b', title: 'Rivers', state: state('REQ_CANCELLED', { terminal: true }) }),
    view({ id: 'c', title: 'Rivers of the north', side: 'lending' }),
  ]);
  const ids = (query: CacheQuery) => cache.rows(query, 0, 10).rows.map((row) => row.view.id);
  expect(ids(ask({ text: 'rivers', sort: 'best' }))).toEqual(['c', 'b', 'a']);
  expect(ids(ask({ text: 'rivers', sort: 'best', side: 'borrowing' }))).toEqual(['b', 'a']);
});

test('a cache of the version before is counted at once', async () => {
  const directory = newFolder();
  copyFileSync(join(import.meta.dirname, '../fixtures/db/cache-v1.db'), cacheFile(directory));
  const { cache } = await openCache({ directory, appVersion: '9.9.9', now: '2030-01-01T00:00:00.000Z' });
  onTestFinished(() => {
    cache.close();
  });
  expect(cache.worklists([[{ states: ['REQ_SHIPPED'] }]])).toMatchObject([{ count: 2 }]);
  expect(cache.rows(ask(), 0, 10).rows.map((row) => row.view.partner)).toHaveLength(2);
});

test.each([
  ['QA 9', 'QA 76.9'],
  ['QA76.9 .D3', 'QA 76.9 .D35'],
  ['QA 76.9 .D35', 'QB 1'],
  ['005.1 KNU', '306 ABC'],
])('%s stands before %s', (first, second) => {
  expect(shelfOrder(first) < shelfOrder(second)).toBe(true);
});

test('a search knows the words and the code of a state, and days and months', async () => {
  const { cache } = await newCache();
  cache.upsertMany([
    view({ id: 'a', title: 'Rivers', state: state('RES_AWAIT_SHIP', { label: 'Awaiting shipping' }) }),
    view({ id: 'b', title: 'Lakes', dueDate: '2026-12-04T23:59:59.000Z' }),
    view({ id: 'c', title: 'Lakes of ice', dueDate: '2026-12-05T00:00:00.000Z' }),
  ]);
  const ids = (text: string) => cache.rows(ask({ text, sort: 'best' }), 0, 10).rows.map((row) => row.view.id);
  expect(ids('awaiting ship')).toEqual(['a']);
  expect(ids('RES_AWAIT_SHIP')).toEqual(['a']);
  expect(ids('2026-12-04')).toEqual(['b']);
  expect(ids('lakes 2026-12').toSorted()).toEqual(['b', 'c']);
  expect(ids('ice 2026-12')).toEqual(['c']);
  expect(ids('2026-13-40')).toEqual([]);
});

test('what lists can be narrowed to is what open requests have', async () => {
  const { cache } = await newCache();
  cache.upsertMany([
    view({ id: 'a', partner: { name: 'Westmoor' }, pickLocation: 'Annex' }),
    view({ id: 'b', partner: { symbol: 'RESHARE:EPT' }, state: state('NJ_X', { label: 'NJ_X' }) }),
    view({ id: 'c', partner: { name: 'Closed' }, state: state('REQ_CANCELLED', { terminal: true }) }),
  ]);
  expect(cache.choices()).toEqual({
    states: [
      { code: 'NJ_X', label: 'NJ_X' },
      { code: 'REQ_SHIPPED', label: 'Shipped' },
    ],
    partners: ['RESHARE:EPT', 'Westmoor'],
    locations: ['Annex'],
  });
  expect(cache.countQueries([ask({ partner: 'Westmoor' }), ask({ text: 'no such word' })])).toMatchObject([
    { count: 1 },
    { count: 0 },
  ]);
});
