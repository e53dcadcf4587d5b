import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Consortium, FaultKind, LedgerEntry } from '../../src-main/training/consortium.ts';
import { call, deskAt, JSON_HEADERS, standing, tokenFor, type Answer, type Desk } from './training-desk.ts';

const nowIn = (answer: Answer): number => Date.parse((answer.json as { readonly now: string }).now);

describe('faults do what they say', () => {
  let consortium: Consortium;
  let desk: Desk;
  let id: string;

  beforeEach(async () => {
    consortium = await standing();
    desk = await deskAt(consortium);
    id = consortium.thing('arrival-1').requestId!;
  });
  afterEach(() => consortium.stop());

  const received = (): readonly LedgerEntry[] =>
    consortium.ledger().filter((one) => one.action === 'requesterReceived');
  const receiveWith = async (kind: FaultKind, ms?: number) => {
    consortium.faults.add({ where: 'performAction', kind, times: 1, ...(ms === undefined ? {} : { ms }) });
    return desk.act(id, 'requesterReceived').catch((error: unknown) => error as Error);
  };

  it('drop-before: no answer, no effect; the next call goes through', async () => {
    expect(await receiveWith('drop-before')).toBeInstanceOf(Error);
    expect(received()).toEqual([]);
    expect((await desk.act(id, 'requesterReceived')).status).toBe(200);
  });

  it.each(['drop-after', 'half-close'] as const)(
    '%s: no whole answer, but the effect is in the ledger',
    async (kind) => {
      expect(await receiveWith(kind)).toBeInstanceOf(Error);
      expect(received()).toMatchObject([
        { result: 'done', fromState: 'REQ_SHIPPED', toState: 'REQ_CHECKED_IN', user: 'desk' },
      ]);
      expect((await desk.record(id)).state.code).toBe('REQ_CHECKED_IN');
    },
  );

  it.each([
    ['status-500', 500, /proxyClient failure/],
    ['status-401', 401, /^Invalid token$/],
    ['status-503-html', 503, /^<html>/],
    ['html-200', 200, /^<html>/],
  ] as const)('%s answers instead of the server: no effect', async (kind, status, body) => {
    const answer = await receiveWith(kind);
    expect(answer).toMatchObject({ status, text: expect.stringMatching(body) });
    expect(received()).toEqual([]);
  });

  it.each([
    ['status-500-after', 500, /proxyClient failure/],
    ['empty', 200, /^$/],
  ] as const)('%s spoils the answer, not the effect', async (kind, status, body) => {
    expect(await receiveWith(kind)).toMatchObject({ status, text: expect.stringMatching(body) });
    expect(received()).toHaveLength(1);
  });

  it('truncated-json is not JSON, wrong-types is JSON of other types', async () => {
    consortium.faults.add({ where: 'record', kind: 'truncated-json', times: 1 });
    await expect(desk.get(`/rs/patronrequests/${id}`)).rejects.toThrow(SyntaxError);
    consortium.faults.add({ where: 'record', kind: 'wrong-types', times: 1 });
    const odd: { hrid: unknown; audit: unknown; isRequester: unknown } = await desk.record(id);
    expect([typeof odd.hrid, Array.isArray(odd.audit), odd.isRequester]).toEqual(['number', false, 'yes']);
    consortium.faults.add({ where: 'patronrequests', kind: 'wrong-types', times: 1 });
    expect((await desk.get('/rs/patronrequests?perPage=1')).json).toMatchObject([{ title: 17 }]);
    expect((await desk.record(id)).hrid).toBe('RVR-1201');
  });

  it('slow waits and then answers as ever', async () => {
    expect(await receiveWith('slow', 20)).toMatchObject({ status: 200 });
  });

  it('lms-failure makes the circulation system refuse', async () => {
    consortium.faults.add({ where: 'acceptItem', kind: 'lms-failure', times: 1 });
    expect(await desk.act(id, 'requesterReceived')).toMatchObject({ status: 400, json: { code: -3 } });
    expect((await desk.record(id)).audit.at(-1)!.message).toContain('Temporary Processing Failure');
    expect((await desk.act(id, 'requesterReceived')).status).toBe(200);
  });

  it('strikes where the expression fits, in one tenant, as often as said', async () => {
    consortium.faults.add({ where: /filters=hrid/, kind: 'status-500', times: 2, tenant: 'riverside' });
    const northfield = await deskAt(consortium, 'northfield');
    expect((await northfield.get('/rs/patronrequests?filters=hrid==A')).status).toBe(200);
    expect((await desk.get('/rs/patronrequests')).status).toBe(200);
    const statuses = [];
    for (let i = 0; i < 3; i += 1) statuses.push((await desk.get('/rs/patronrequests?filters=hrid==A')).status);
    expect(statuses).toEqual([500, 500, 200]);
    consortium.faults.add({ where: 'everything', kind: 'status-401' });
    expect((await desk.get('/directory/entry')).status).toBe(401);
    consortium.faults.clear();
    expect((await desk.get('/directory/entry')).status).toBe(200);
  });

  it('steers over HTTP from another process', async () => {
    const control = (method: string, name: string, body?: unknown) =>
      call(
        consortium,
        method,
        `/_practice/${name}`,
        JSON_HEADERS,
        body === undefined ? undefined : JSON.stringify(body),
      );
    expect((await control('GET', 'cast')).json).toEqual(consortium.cast);
    expect((await control('GET', 'counts')).json).toEqual(consortium.counts());
    const armed = await control('POST', 'addFault', { where: '/performAction/i', kind: 'drop-before', times: 1 });
    expect(armed.json).toMatchObject({ armed: [{ where: '/performAction/i', kind: 'drop-before', left: 1 }] });
    await expect(desk.act(id, 'requesterReceived')).rejects.toThrow();
    expect((await control('GET', 'faults')).json).toEqual({ armed: [], struck: 1 });
    const before = nowIn(await control('GET', 'clock'));
    const after = nowIn(await control('POST', 'clock', { advanceMs: 60_000 }));
    expect(after - before).toBe(60_000);
    await control('POST', 'setting', { tenant: 'riverside', key: 'combine_fill_and_ship', value: 'yes' });
    const settings = await desk.get('/rs/settings/appSettings?filters=key==combine_fill_and_ship');
    expect(settings.json).toMatchObject([{ value: 'yes' }]);
    await desk.act(id, 'requesterReceived');
    const ledger = (await control('GET', 'ledger?after=1')).json as readonly LedgerEntry[];
    expect(ledger.at(-1)).toMatchObject({ action: 'requesterReceived', result: 'done' });
    await control('POST', 'mendItem', { tenant: 'riverside', barcode: 'RVR-1205' });
    const mended = await desk.act(consortium.thing('arrival-accept-fails').requestId!, 'requesterReceived');
    expect(mended.status).toBe(200);
    await control('POST', 'expireTokens', {});
    expect((await desk.get('/rs/patronrequests')).status).toBe(401);
    expect(await tokenFor(consortium, 'riverside')).toMatch(/\./);
    expect((await control('GET', 'nothing')).status).toBe(404);
    expect((await control('POST', 'addFault', { kind: 'slow' })).status).toBe(400);
  });
});
