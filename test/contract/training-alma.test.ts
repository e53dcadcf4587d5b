import { describe, expect, onTestFinished, test } from 'vitest';
import { startConsortium } from '../../src-main/training/consortium.ts';
import { command } from '../../src-main/training/control.ts';
import { startPracticeAlma, type PracticeAlmaOptions } from '../../src-main/training/alma/practice-alma.ts';
import { fixture } from '../unit/systems-loopback.ts';

/** The practice Alma held against the published shapes, by plain HTTP. */

type Body = Readonly<Record<string, unknown>>;

async function institution(options: PracticeAlmaOptions = {}) {
  const practice = await startPracticeAlma(options);
  onTestFinished(() => practice.stop());
  const call = async (path: string, more: RequestInit = {}, key = practice.access.keys.full) => {
    const response = await fetch(`${practice.access.address}/almaws/v1${path}`, {
      ...more,
      redirect: 'manual',
      headers: { authorization: `apikey ${key}`, accept: 'application/json' },
    });
    const text = await response.text();
    const json = text.startsWith('{') ? (JSON.parse(text) as Body) : {};
    return { status: response.status, headers: response.headers, json };
  };
  return { practice, call };
}

/** Names of all fields, with those inside. */
function names(value: unknown, at = ''): readonly string[] {
  if (Array.isArray(value)) return value.slice(0, 1).flatMap((one) => names(one, `${at}[]`));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inside]) => [`${at}.${name}`, ...names(inside, `${at}.${name}`)]);
}

describe('every field it writes is one of the published shape', () => {
  test.each([
    ['a request that was exported', 'rs-borrowing-get.exported', 'stale'],
    ['a request that was received', 'rs-borrowing-get.received', 'received'],
  ] as const)('%s', async (_what, name, which) => {
    const { practice, call } = await institution();
    const { stale, received } = practice.access.things;
    const { user, requestId } = which === 'stale' ? stale[0]! : received;
    const { json } = await call(`/users/${user}/resource-sharing-requests/${requestId}`);
    expect(names(json)).toEqual(names(json).filter((field) => names(fixture(`alma/${name}.json`)).includes(field)));
    expect(names(json).length).toBeGreaterThan(20);
  });

  test.each([
    ['a patron’s loans', 'user-loans.list', '/users/D0001234/loans'],
    ['a patron’s requests', 'user-requests.list', '/users/D0001234/requests'],
    ['lending work', 'tasklist-lending-requests', '/task-lists/rs/lending-requests?library=RSLIB'],
    ['reasons', 'code-table.RequestCancellationReasons', '/conf/code-tables/RequestCancellationReasons'],
  ])('%s', async (_what, name, path) => {
    const { call } = await institution();
    const { status, json } = await call(path);
    expect(status).toBe(200);
    const published = names(fixture(`alma/${name}.json`));
    expect(names(json).filter((field) => !published.includes(field))).toEqual([]);
    expect(names(json).length).toBeGreaterThan(5);
  });

  test('an item, at the address its barcode leads to', async () => {
    const { practice, call } = await institution();
    const found = await call(`/items?item_barcode=${practice.access.things.loans[0]!.barcode}`);
    expect(found.status).toBe(302);
    const { json } = await call(new URL(found.headers.get('location')!).pathname.replace('/almaws/v1', ''));
    const published = names(fixture('alma/item-by-barcode.json'));
    expect(names(json).filter((field) => !published.includes(field))).toEqual([]);
  });

  test('an error', async () => {
    const { call } = await institution();
    const { status, json } = await call('/users/D0001234/resource-sharing-requests/1');
    expect(status).toBe(400);
    expect(names(json)).toEqual(names({ ...(fixture('alma/error.401694.json') as Body), result: null }));
  });
});

describe('what the interface does not have', () => {
  test.each([
    ['a list of borrowing requests', 'GET', '/users/D0001234/resource-sharing-requests'],
    ['a change of one', 'PUT', '/users/D0001234/resource-sharing-requests/1'],
    ['a lending request’s shipment', 'POST', '/partners/EXB/lending-requests/1?op=ship'],
  ])('%s is not there', async (_what, method, path) => {
    const { call } = await institution();
    expect((await call(path, { method })).status).not.toBe(200);
  });
});

test('a key does what its areas are, and no answer comes without the number of calls left', async () => {
  const { practice, call } = await institution({ allowance: { perDay: 10 } });
  expect((await call('/users/D0001234', {}, 'no key')).status).toBe(403);
  expect((await call('/conf/test', {}, practice.access.keys.usersOnly)).status).toBe(403);
  expect((await call('/users/operation/test', { method: 'POST' }, practice.access.keys.readOnly)).status).toBe(403);
  const fine = await call('/users/operation/test', { method: 'POST' });
  expect([fine.status, fine.headers.get('x-exl-api-remaining')]).toEqual([200, '6']);
});

test('the limits: by the second, by the day, and new with midnight', async () => {
  const clock = { now: Date.parse('2026-11-23T23:59:58Z') };
  const { call } = await institution({ allowance: { perSecond: 2, perDay: 4 }, now: () => clock.now });
  const codes = async (count: number) => {
    const seen: unknown[] = [];
    for (let index = 0; index < count; index += 1) {
      const { status, json } = await call('/conf/test');
      const [error] = (json['errorList'] as { error: Body[] } | undefined)?.error ?? [];
      seen.push(status === 200 ? 200 : error?.['errorCode']);
    }
    return seen;
  };
  expect(await codes(3)).toEqual([200, 200, 'PER_SECOND_THRESHOLD']);
  clock.now += 1_000;
  expect(await codes(2)).toEqual([200, 'DAILY_THRESHOLD']);
  clock.now += 2_000;
  expect(await codes(1)).toEqual([200]);
});

test('cancelling tells the patron unless it is told not to', async () => {
  const { practice, call } = await institution();
  const [first, second] = practice.access.things.stale;
  await call(`/users/${first!.user}/resource-sharing-requests/${first!.requestId}`, { method: 'DELETE' });
  await call(`/users/${second!.user}/resource-sharing-requests/${second!.requestId}?notify_user=false`, {
    method: 'DELETE',
  });
  expect(practice.effects.map(({ told }) => told)).toEqual([true, false]);
});

test('in the consortium: steered by its controls, and what happens is in its ledger', async () => {
  const consortium = await startConsortium({ alma: true });
  onTestFinished(() => consortium.stop());
  const { alma, controls } = consortium;
  const { user, requestId } = alma!.access.things.stale[0]!;
  command(controls, { name: 'addAlmaFault', args: { where: '/^GET \\/conf/', kind: 'html-500', times: '1' } });
  const call = (path: string, method = 'GET') =>
    fetch(`${alma!.access.address}/almaws/v1${path}`, {
      method,
      headers: { authorization: `apikey ${alma!.access.keys.full}` },
    });
  expect((await call('/conf/test')).status).toBe(500);
  expect((await call('/conf/test')).status).toBe(200);
  await call(`/users/${user}/resource-sharing-requests/${requestId}`, 'DELETE');
  expect(consortium.ledger().filter(({ kind }) => kind === 'alma')).toMatchObject([
    { action: 'cancel, patron told', requestId, toState: 'CANCELED_BY_STAFF' },
  ]);
  expect(command(controls, { name: 'almaRequest', args: { requestId } })).toMatchObject({
    status: { desc: 'Canceled by staff' },
  });
  expect(command(controls, { name: 'almaLimits', args: { perDay: '9' } })).toMatchObject({ remaining: 7 });
});
