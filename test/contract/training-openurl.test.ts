import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Consortium } from '../../src-main/training/consortium.ts';
import { namedUuid } from '../../src-main/training/random.ts';
import { deskAt, fixture, standing, type Desk } from './training-desk.ts';

/** The practice resolver and mod-rs's own OpenURL door against the recorded answers. */
const ID = '6a1b7c4e-0d4e-4aaa-b10b-cd605d57a473';
const QUERY = {
  ctx_id: ID,
  rft_id: namedUuid('instance:duplicate-2'),
  req_id: '24101000000017',
  'rft.title': 'Tide tables',
  'rft.identifier_illiad': 'CRL-1',
  'svc.pickupLocation': 'riverside-main-desk',
};

let consortium: Consortium;
let desk: Desk;
beforeEach(async () => {
  consortium = await standing();
  desk = await deskAt(consortium);
});
afterEach(() => consortium.stop());

async function resolve(parameters: Record<string, string>, symbol = 'RVR') {
  const url = `${consortium.resolverUrl}/${symbol}?${new URLSearchParams(parameters).toString()}`;
  const response = await fetch(url);
  return { status: response.status, type: response.headers.get('content-type'), text: await response.text() };
}

const created = (): number => consortium.ledger().filter((entry) => entry.kind === 'create').length;

describe('the resolver', () => {
  it('creates the request with the id that was chosen, and wraps the answer as recorded', async () => {
    const answer = await resolve({ ...QUERY, svc_id: 'json' });
    expect([answer.status, answer.type]).toEqual([200, 'text/json']);
    const wrapped = JSON.parse(answer.text) as Record<string, unknown>;
    const recorded = fixture('reshare', '18-openurl-listener-json.json') as { readonly body: object };
    expect(Object.keys(wrapped)).toEqual(Object.keys(recorded.body));
    expect(wrapped['status']).toBe(201);
    expect((JSON.parse(String(wrapped['message'])) as { readonly id: string }).id).toBe(ID);
    expect((wrapped['reshareRequest'] as Record<string, unknown>)['serviceType']).toBe('json');
    const request = consortium.controls.world.tenants.get('riverside')?.requests.get(ID);
    expect(request?.identifiers.map(({ type, value }) => [type, value])).toEqual([['illiad', 'CRL-1']]);
    expect(request?.rota).toEqual(['RESHARE:NFD', 'RESHARE:EPT']);
    expect(request?.hrid).toBeUndefined();
    consortium.clock.advance(2_500);
    expect((await desk.record(ID)).hrid).toMatch(/^RVR-\d+$/);
  });

  it('maps without creating', async () => {
    const before = created();
    const answer = await resolve({ ...QUERY, svc_id: 'reshareRequest' });
    expect(JSON.parse(answer.text)).toMatchObject({ id: ID, pickupLocationSlug: 'riverside-main-desk' });
    expect(created()).toBe(before);
  });

  it.each([
    ['no pickup location', { 'svc.pickupLocation': '' }],
    ['neither a record nor title and author', { rft_id: '' }],
  ])('shows a form, also where JSON was asked for: %s', async (_what, change) => {
    const before = created();
    const answer = await resolve({ ...QUERY, svc_id: 'json', ...change });
    expect([answer.status, answer.type]).toEqual([200, 'text/html']);
    expect(created()).toBe(before);
  });

  it('says inside HTTP 200 that an id was used before', async () => {
    await resolve({ ...QUERY, svc_id: 'json' });
    const again = JSON.parse((await resolve({ ...QUERY, svc_id: 'json' })).text) as { readonly status: number };
    expect(again.status).toBe(422);
    expect(created()).toBe(1);
  });

  it('knows no other libraries', async () => {
    expect((await resolve(QUERY, 'NOPE')).status).toBe(404);
  });

  it('may lose its answer after the request was created', async () => {
    consortium.faults.add({ where: 'resolver', kind: 'drop-after', times: 1 });
    await expect(resolve({ ...QUERY, svc_id: 'json' })).rejects.toThrow();
    expect(created()).toBe(1);
  });
});

describe('mod-rs', () => {
  const path = (parameters: Record<string, string>): string =>
    `/rs/patronrequests/openURL?${new URLSearchParams(parameters).toString()}`;
  const recorded = fixture('reshare', '19-openurl-mod-rs.json') as {
    readonly ok: object;
    readonly 'bad pickup': object;
  };
  const good = {
    'rft.id': QUERY.rft_id,
    'rft.title': 'Tide tables',
    'req.id': QUERY.req_id,
    'svc.pickupLocation': 'riverside-main-desk',
  };

  it('creates a request with an id of its own', async () => {
    const answer = (await desk.get(path(good))).json as { readonly id: string };
    expect({ ...answer, id: 'x' }).toEqual({ ...recorded.ok, id: 'x' });
    expect((await desk.record(answer.id)).title).toBe('Tide tables');
  });

  it('refuses a slug it does not know, as recorded', async () => {
    const answer = await desk.get(path({ ...good, 'svc.pickupLocation': 'the-moon' }));
    expect([answer.status, answer.json]).toEqual([200, recorded['bad pickup']]);
    expect(created()).toBe(0);
  });

  it('fails on a date, as its code does', async () => {
    expect((await desk.get(path({ ...good, 'svc.neededBy': '2026-12-24' }))).status).toBe(500);
  });
});
