import { expect, test } from 'vitest';
import { view } from '../fixtures/store-records.ts';
import { newCache } from '../fixtures/store-stores.ts';

const OPEN = { code: 'REQ_SHIPPED', label: 'Shipped', terminal: false, needsAttention: false };
const CLOSED = { code: 'REQ_REQUEST_COMPLETE', label: 'Complete', terminal: true, needsAttention: false };

test('a request comes back as it was read, without its history', async () => {
  const { cache } = await newCache();
  const read = view({ audit: [{ no: 1, at: '2026-11-20T00:00:00Z', message: 'Receive succeeded' }] });
  expect(cache.upsertMany([read])).toBe(1);
  expect(cache.get('request-1')).toEqual({ ...read, audit: [] });
  expect(cache.get('nothing')).toBeUndefined();
});

test.each([
  ['its number, in any case', 'rvr-3184'],
  ['the item barcode of a volume', '39000000111111'],
  ['the barcode of a temporary item', 'RVR-3184-1111'],
  ['the item barcode the supplier told', '39000000222222'],
  ['an identifier of another system', 'ILLIAD-77'],
])('a request is found by %s', async (_what, label) => {
  const { cache } = await newCache();
  cache.upsertMany([
    view({
      volumes: [{ id: 'v', itemId: '39000000111111', temporaryItemBarcode: 'RVR-3184-1111' }],
      selectedItemBarcode: '39000000222222',
      otherIdentifiers: ['illiad-77'],
    }),
    view({ id: 'other', hrid: 'RVR-318', volumes: [], selectedItemBarcode: '3900000011111' }),
  ]);
  expect(cache.findByIdentifier(['unknown', label]).map(({ id }) => id)).toEqual(['request-1']);
});

test('several hits come once each, open ones first, then the newest', async () => {
  const { cache } = await newCache();
  cache.upsertMany([
    view({ id: 'closed', state: CLOSED, lastUpdated: '2026-11-23T00:00:00Z' }),
    view({ id: 'old', lastUpdated: '2026-11-01T00:00:00Z' }),
    view({ id: 'new', lastUpdated: '2026-11-22T00:00:00Z' }),
  ]);
  const found = cache.findByIdentifier(['RVR-3184', '39000000111111']).map(({ id }) => id);
  expect(found).toEqual(['new', 'old', 'closed']);
});

test('identifiers and words that a later reading no longer has do not find it any more', async () => {
  const { cache } = await newCache();
  cache.upsertMany([view({ title: 'Tides' })]);
  cache.upsertMany([view({ title: 'Currents', selectedItemBarcode: 'B2', volumes: [] })]);
  expect(cache.findByIdentifier(['39000000111111'])).toEqual([]);
  expect(cache.search('tides', 5)).toEqual([]);
  expect(cache.findByIdentifier(['b2'])).toHaveLength(1);
  expect(cache.search('curr', 5)).toHaveLength(1);
});

test('an older reading that comes late is passed over', async () => {
  const { cache } = await newCache();
  const newer = view({ seenAt: '2026-11-23T08:00:05.000Z', state: CLOSED });
  cache.upsertMany([newer]);
  expect(cache.upsertMany([view({ seenAt: '2026-11-23T08:00:01.000Z' })])).toBe(0);
  expect(cache.get('request-1')?.state.code).toBe('REQ_REQUEST_COMPLETE');
});

/** The same request as a list gives it. */
function brief(more: Parameters<typeof view>[0] = {}) {
  const { validActions: _v, networkStatus: _n, stateModel: _m, ...rest } = view(more);
  return { ...rest, seenAt: '2026-11-23T09:00:00.000Z' };
}

test('a brief reading keeps what a full one told as long as the request has not moved', async () => {
  const { cache } = await newCache();
  const conditions = [{ code: 'libraryuseonly', accepted: true }];
  const full = view({ otherIdentifiers: ['illiad-77'], conditions });
  cache.upsertMany([full]);
  cache.upsertMany([brief()]);
  expect(cache.get('request-1')).toEqual({ ...full, seenAt: '2026-11-23T09:00:00.000Z' });
});

test('a brief reading of a request that has moved drops what may no longer hold', async () => {
  const { cache } = await newCache();
  cache.upsertMany([view({ otherIdentifiers: ['illiad-77'], conditions: [{ code: 'other', accepted: true }] })]);
  cache.upsertMany([brief({ state: { ...OPEN, code: 'REQ_CHECKED_IN' }, lastUpdated: '2026-11-23T08:30:00Z' })]);
  const kept = cache.get('request-1');
  expect(kept).toMatchObject({ stateModel: 'PatronRequest', otherIdentifiers: ['illiad-77'], conditions: [] });
  expect(kept).not.toHaveProperty('validActions');
  expect(kept).not.toHaveProperty('networkStatus');
});

test('requests missing from a complete list of open ones go, but not those seen after it began', async () => {
  const { cache } = await newCache();
  cache.upsertMany([
    view({ id: 'listed' }),
    view({ id: 'deleted', title: 'Deleted' }),
    view({ id: 'closed', state: CLOSED }),
    view({ id: 'just made', seenAt: '2026-11-23T10:00:01.000Z' }),
  ]);
  const gone = cache.removeMissing({ openIds: ['listed'], listedAt: '2026-11-23T10:00:00.000Z' });
  expect(gone).toEqual(['deleted']);
  expect(cache.counts()).toEqual({ total: 3, open: 2 });
  expect(cache.search('deleted', 5)).toEqual([]);
});

test('facts are kept and replaced', async () => {
  const { cache } = await newCache();
  expect(cache.fact('since')).toBeUndefined();
  cache.setFact('since', 'a');
  cache.setFact('since', 'b');
  expect(cache.fact('since')).toBe('b');
});

test.each([
  ['beginnings of words, in any order', 'merch sal'],
  ['without accents', 'ostergard'],
  ['letters typed plainly', 'lodz'],
  ['the number in parts', 'rvr 3184'],
  ['the number as written', 'RVR-3184'],
  ['the first digits of a barcode', '390000001'],
  ['the other library', 'cedar coll'],
  ['a word inside a text without spaces', '書館'],
])('a search finds by %s', async (_what, text) => {
  const { cache } = await newCache();
  cache.upsertMany([
    view({
      author: 'Østergård, Mårta',
      partner: { symbol: 'CEDAR', name: 'Cedar College Łódź' },
      title: 'The salt road : merchants of the north 図書館',
    }),
    view({
      id: 'other',
      hrid: 'X-1',
      title: 'Other',
      author: 'Nobody',
      partner: {},
      volumes: [],
      selectedItemBarcode: 'x',
    }),
  ]);
  expect(cache.search(text, 5).map(({ id }) => id)).toEqual(['request-1']);
});

test('search ranks the number typed in full, then titles that begin so, then open before closed, then the newest', async () => {
  const { cache } = await newCache();
  cache.upsertMany([
    view({ id: 'inside, old', hrid: 'A-1', title: 'A history of rivers', lastUpdated: '2026-01-01T00:00:00Z' }),
    view({ id: 'inside, new', hrid: 'A-2', title: 'A history of rivers', lastUpdated: '2026-02-01T00:00:00Z' }),
    view({ id: 'inside, closed', hrid: 'A-3', title: 'A history of rivers', state: CLOSED }),
    view({ id: 'begins', hrid: 'A-4', title: 'Rivers', state: CLOSED }),
    view({ id: 'number', hrid: 'rivers', title: 'Zebra', state: CLOSED }),
  ]);
  const ids = cache.search('rivers', 9).map(({ id }) => id);
  expect(ids).toEqual(['number', 'begins', 'inside, new', 'inside, old', 'inside, closed']);
  expect(cache.search('rivers', 2)).toHaveLength(2);
  expect(cache.search('  -- ', 9)).toEqual([]);
});

test('a number typed in part finds the numbers that begin so, and only them; a title with a dash is still found', async () => {
  const { cache } = await newCache();
  const plain = { volumes: [], title: 'Untitled' };
  cache.upsertMany([
    view({ ...plain, id: 'a', hrid: 'RVR-3184', selectedItemBarcode: 'x1' }),
    view({ ...plain, id: 'b', hrid: 'RVR-3190', selectedItemBarcode: 'x2' }),
    view({ ...plain, id: 'c', hrid: 'RVR-418', selectedItemBarcode: '31' }),
    view({ ...plain, id: 'd', hrid: 'OAK-1', title: 'Catch 22', selectedItemBarcode: 'x4' }),
  ]);
  const ids = (text: string) =>
    cache
      .search(text, 9)
      .map(({ id }) => id)
      .sort();
  expect(ids('rvr-31')).toEqual(['a', 'b']);
  expect(ids('RVR 31')).toEqual(['a', 'b', 'c']);
  expect(ids('catch-22')).toEqual(['d']);
});

test('no column and no index holds the history of a request', async () => {
  const { cache, db } = await newCache();
  cache.upsertMany([view({ audit: [{ no: 1, at: '', message: 'checked out to Ana Osei' }] })]);
  expect(JSON.stringify(db.read('SELECT * FROM request JOIN request_view USING (n)').all())).not.toContain('Osei');
  expect(cache.search('osei', 5)).toEqual([]);
});
