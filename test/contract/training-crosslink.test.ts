import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { crosslinkDesk } from './crosslink-desk.ts';

/** The practice broker against the published shapes, asked as any client may ask it. */
const SAMPLE = JSON.parse(
  readFileSync(new URL('../fixtures/crosslink/patron-requests.json', import.meta.url), 'utf8'),
) as Readonly<Record<string, Readonly<Record<string, unknown>>>>;

async function client() {
  const { at, practice } = await crosslinkDesk();
  const ask = async (method: 'GET' | 'POST', path: string, body?: object) => {
    const answer = await at.session.call({
      method,
      path,
      template: path,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    if (answer.kind === 'failed') throw new Error(answer.error.sentence);
    return answer;
  };
  const json = async (...asked: Parameters<typeof ask>) =>
    JSON.parse((await ask(...asked)).text) as Readonly<Record<string, unknown>>;
  return { ask, json, practice };
}

const keys = (value: unknown) => Object.keys(value as object);

test('a list, a record, actions and the answers to one have the published fields', async () => {
  const { json } = await client();
  const list = await json('GET', '/broker/patron_requests?limit=1');
  const [one] = list['items'] as readonly object[];
  const [sample] = SAMPLE['list']?.['items'] as readonly Readonly<Record<string, unknown>>[];
  const never = ['lastAction', 'lastActionOutcome'];
  expect(keys(one)).toEqual(expect.arrayContaining(keys(sample).filter((key) => !never.includes(key))));
  const record = await json('GET', '/broker/patron_requests/RVR-1201');
  expect(keys((record['items'] as readonly object[])[0])).toEqual(
    expect.arrayContaining(['id', 'barcode', 'createdAt']),
  );
  expect(await json('GET', '/broker/patron_requests/RVR-1201/actions')).toEqual(SAMPLE['actions']);
  const done = await json('POST', '/broker/patron_requests/RVR-1201/action', { action: 'receive' });
  expect(done).toEqual(SAMPLE['actionOk']);
  const failed = await json('POST', '/broker/patron_requests/RVR-1205/action', { action: 'receive' });
  expect(failed).toEqual({ ...SAMPLE['actionFailed'], message: 'LMS AcceptItem failed' });
});

test('what was done is on the record and in its events', async () => {
  const { json } = await client();
  await json('POST', '/broker/patron_requests/RVR-1201/action', { action: 'receive' });
  const record = await json('GET', '/broker/patron_requests/RVR-1201');
  expect(record).toMatchObject({ lastAction: 'receive', lastActionOutcome: 'success', lastActionResult: 'SUCCESS' });
  const { items } = await json('GET', '/broker/patron_requests/RVR-1201/events');
  expect((items as readonly { readonly eventName: string }[]).map(({ eventName }) => eventName).slice(-2)).toEqual([
    'invoke-action',
    'lms-requester-message',
  ]);
});

test('an empty list is null; a query it cannot read, a field it does not have and a lost side are 400 with words', async () => {
  const { ask, json } = await client();
  const cql = (query: string) => `/broker/patron_requests?${new URLSearchParams({ cql: query }).toString()}`;
  expect(await json('GET', cql('requester_req_id = "none"'))).toEqual({ about: { count: 0 }, items: null });
  for (const path of [cql('barcode = "39"'), cql('updated_at >= "yesterday"'), cql('(')]) {
    const answer = await ask('GET', path);
    expect([answer.status, keys(JSON.parse(answer.text))]).toEqual([400, ['error']]);
  }
  const events = await ask('GET', '/broker/sse/events');
  expect([events.status, events.text]).toEqual([400, "query parameter 'side' must be specified"]);
});

test('what is not there is 404, and mod-rs is not there either', async () => {
  const { ask } = await client();
  expect((await ask('GET', '/broker/patron_requests/RVR-0')).text).toBe(JSON.stringify(SAMPLE['error']));
  expect((await ask('GET', '/rs/patronrequests?perPage=1')).status).toBe(404);
});

test('a message of the other library is taken only where the state model has it', async () => {
  const { practice } = await client();
  practice('brokerMessage', { request: 'RVR-1208', event: 'loaned' });
  expect(practice('broker', { request: 'RVR-1208' })).toEqual({ listening: 0, state: 'SHIPPED' });
  expect(() => practice('brokerMessage', { request: 'RVR-1208', event: 'loaned' })).toThrow(RangeError);
});

test('what the story tells of a loan’s past has its calls to the circulation system, so that nothing is left to do by hand', async () => {
  const { at } = await crosslinkDesk({ size: 400 });
  const requests = [...(at.consortium.controls.broker?.requests.values() ?? [])];
  const past = requests.flatMap(({ events, items }) =>
    events.flatMap((event) => (event.kind === 'action' ? [{ ...event, items: items.length }] : [])),
  );
  const calling = past.filter(({ action }) => ['receive', 'check-out', 'check-in', 'ship'].includes(action));
  expect(calling.length).toBeGreaterThan(20);
  expect(calling.filter(({ calls, items }) => calls.length !== items)).toEqual([]);
});
