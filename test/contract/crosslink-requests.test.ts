import { describe, expect, test } from 'vitest';
import type { Watch } from '../../src-main/contract/outcome.ts';
import { detectBackend } from '../../src-main/systems/reshare/backend.ts';
import { watchCrosslink } from '../../src-main/systems/reshare/crosslink-push.ts';
import { crosslinkDesk } from './crosslink-desk.ts';
import { codeOf, desk, value } from './systems-desk.ts';

/** CrossLink's adapter against the practice broker, over real sockets. */

describe('which of both it is', () => {
  test('by the interfaces the gateway lists', async () => {
    const [modRs, crosslink] = await Promise.all([desk(), crosslinkDesk()]);
    expect(value(await detectBackend(modRs.session))).toEqual({
      kind: 'mod-rs',
      both: false,
      versions: { 'mod-rs': '2.19' },
    });
    expect(value(await detectBackend(crosslink.at.session))).toEqual({
      kind: 'crosslink',
      both: false,
      versions: { crosslink: '1.0' },
    });
  });

  test('by the module that answers, where the account may not see the list', async () => {
    const { at } = await crosslinkDesk();
    at.consortium.faults.add({ where: /interfaces/, kind: 'wrong-types' });
    expect(value(await detectBackend(at.session))).toMatchObject({ kind: 'crosslink' });
  });

  test.each(['status-503-html', 'html-200', 'truncated-json', 'empty', 'drop-before'] as const)(
    'an answer that is not the gateway’s (%s) decides nothing',
    async (kind) => {
      const { at } = await crosslinkDesk();
      at.consortium.faults.add({ where: /interfaces/, kind, times: 1 });
      expect((await detectBackend(at.session)).ok).toBe(false);
      expect(value(await detectBackend(at.session))).toMatchObject({ kind: 'crosslink' });
    },
  );
});

describe('reading', () => {
  test('every open request, and each in full with what may be done and the history', async () => {
    const { at, crosslink } = await crosslinkDesk();
    const open = value(await crosslink.listOpen());
    expect(open.length).toBeGreaterThan(20);
    expect(open.every(({ state, seenAt }) => !state.terminal && seenAt !== '')).toBe(true);
    const arrival = at.consortium.thing('arrival-1');
    const view = value(await crosslink.get(arrival.requestId ?? ''));
    expect(view).toMatchObject({
      id: 'RVR-1201',
      hrid: 'RVR-1201',
      side: 'borrowing',
      state: { code: 'REQ_SHIPPED', own: 'SHIPPED', label: 'Shipped', terminal: false },
      stateModel: 'crosslink:default',
      validActions: [
        { code: 'requesterReceived', primary: true, primaryOnly: false, parameters: [] },
        { code: 'message', primary: false, primaryOnly: false },
        { code: 'manualClose', primary: false, primaryOnly: false },
      ],
      networkStatus: 'Idle',
      volumes: [{ itemId: arrival.barcode }],
      partner: { name: 'Northfield College Library' },
      serviceType: 'loan',
    });
    expect(JSON.stringify(view)).not.toContain('patron"');
  });

  test('all pages of a list, however many requests have one and the same moment', async () => {
    const { at, crosslink } = await crosslinkDesk({ size: 900 });
    const { broker } = at.consortium.controls;
    const mine = [...(broker?.requests.values() ?? [])];
    const open = value(await crosslink.listOpen());
    const closed = value(await crosslink.listClosedLoans('2000-01-01T00:00:00Z'));
    expect(open.length).toBeGreaterThan(100);
    expect(new Set(open.map(({ id }) => id)).size).toBe(open.length);
    const shut = ['COMPLETED', 'CANCELLED', 'UNFILLED'];
    expect(open).toHaveLength(mine.filter(({ state }) => !shut.includes(state)).length);
    expect(closed).toHaveLength(mine.filter(({ side, state }) => side === 'borrowing' && shut.includes(state)).length);
  });

  test('a request by its number in any case, and by the barcode of an item, which the server cannot search', async () => {
    const { at, crosslink } = await crosslinkDesk();
    const arrival = at.consortium.thing('arrival-1');
    expect(value(await crosslink.findByScan(['rvr-1201'])).map(({ id }) => id)).toEqual(['RVR-1201']);
    expect(value(await crosslink.findByScan([arrival.barcode])).map(({ id }) => id)).toEqual(['RVR-1201']);
    const own = at.consortium.thing('own-item-1');
    expect(value(await crosslink.findByScan([own.barcode]))).toEqual([]);
    expect(value(await crosslink.findByScan(['NFD "1*?^\\']))).toEqual([]);
    expect(at.lines.some(({ template }) => template.includes(arrival.barcode))).toBe(false);
  });

  test('a label is on no request only when what changed could be asked for', async () => {
    const { at, crosslink } = await crosslinkDesk();
    const own = at.consortium.thing('own-item-1').barcode;
    value(await crosslink.findByScan([own]));
    at.consortium.faults.add({ where: /updated_at/, kind: 'status-503-html', times: 1 });
    expect(codeOf(await crosslink.findByScan([own]))).toBe('not-sent');
    expect(value(await crosslink.findByScan([own]))).toEqual([]);
  });

  test('a request that is shipped between two scans is found by its barcode at the second', async () => {
    const { at, crosslink, practice } = await crosslinkDesk();
    value(await crosslink.findByScan([at.consortium.thing('own-item-1').barcode]));
    const { broker } = at.consortium.controls;
    const sent = broker?.find('RVR-1208');
    if (sent === undefined) throw new Error('the practice library has no RVR-1208');
    sent.items = [{ id: 'new', barcode: '39111009999999', title: '', createdAt: 0 }];
    practice('brokerMessage', { request: 'RVR-1208', event: 'loaned' });
    expect(value(await crosslink.findByScan(['39111009999999']))).toMatchObject([
      { id: 'RVR-1208', state: { code: 'REQ_SHIPPED' } },
    ]);
  });

  test('words of a title, and pull slips as a PDF', async () => {
    const { at, crosslink } = await crosslinkDesk();
    const slip = at.consortium.thing('fill-request-1');
    const word = slip.title.split(' ').find((one) => one.length > 4) ?? slip.title;
    expect(value(await crosslink.searchWords(word)).views.map(({ hrid }) => hrid)).toContain(slip.hrid);
    expect(Buffer.from(value(await crosslink.pullSlips([slip.requestId ?? ''])).subarray(0, 4)).toString()).toBe(
      '%PDF',
    );
    expect(codeOf(await crosslink.pullSlips(['../x']))).toBe('bad-input');
  });

  test('a request that is gone, and an id that is none', async () => {
    const { crosslink } = await crosslinkDesk();
    expect(codeOf(await crosslink.get('RVR-0000'))).toBe('not-found');
    expect(codeOf(await crosslink.get('../patron_requests'))).toBe('bad-input');
  });

  test('an account that may not read events works without the history', async () => {
    const { crosslink, practice } = await crosslinkDesk();
    const revoke = 'broker.patron_requests.item.events.get';
    practice('permission', { tenant: 'riverside', username: 'desk', revoke });
    expect(value(await crosslink.get('RVR-1201'))).toMatchObject({ audit: [], state: { code: 'REQ_SHIPPED' } });
  });
});

describe('acting', () => {
  test('a loan goes its way by the actions of the port, each once', async () => {
    const { at, crosslink } = await crosslinkDesk();
    const id = 'RVR-1201';
    for (const [action, code] of [
      ['requesterReceived', 'REQ_CHECKED_IN'],
      ['check-out', 'CROSSLINK_REQ_CHECKED_OUT'],
      ['patronReturnedItem', 'REQ_AWAITING_RETURN_SHIPPING'],
      ['shippedReturn', 'REQ_SHIPPED_TO_SUPPLIER'],
    ] as const) {
      expect(await crosslink.act(id, action, {})).toEqual({ outcome: 'done' });
      expect(value(await crosslink.get(id)).state.code).toBe(code);
    }
    const { audit } = value(await crosslink.get(id));
    expect(audit.flatMap(({ to }) => to ?? []).slice(-4)).toEqual([
      'REQ_CHECKED_IN',
      'CROSSLINK_REQ_CHECKED_OUT',
      'REQ_AWAITING_RETURN_SHIPPING',
      'REQ_SHIPPED_TO_SUPPLIER',
    ]);
    const done = at.consortium.ledger().filter(({ kind, hrid }) => kind === 'action' && hrid === id);
    expect(done.map(({ action, result }) => [action, result])).toEqual([
      ['receive', 'done'],
      ['check-out', 'done'],
      ['check-in', 'done'],
      ['ship-return', 'done'],
    ]);
  });

  test('an item of ours is shipped, and closed when it is back; a cancellation is answered', async () => {
    const { at, crosslink, practice } = await crosslinkDesk();
    const id = at.consortium.thing('fill-request-1').requestId ?? '';
    const items = { itemBarcodes: [{ itemId: at.consortium.thing('fill-item-1').barcode }] };
    expect(await crosslink.act(id, 'ship', items)).toEqual({ outcome: 'done' });
    const shipped = value(await crosslink.get(id));
    expect(shipped).toMatchObject({ state: { code: 'RES_ITEM_SHIPPED', own: 'SHIPPED' } });
    expect(shipped.validActions?.map(({ code }) => code)).toEqual(['message', 'manualClose']);
    expect(shipped.dueDate).toMatch(/^\d{4}-/);
    for (const event of ['received', 'shipped-return']) practice('brokerMessage', { request: id, event });
    expect(await crosslink.act(id, 'supplierCheckOutOfReshare', {})).toEqual({ outcome: 'done' });
    expect(value(await crosslink.get(id))).toMatchObject({ state: { code: 'RES_COMPLETE', terminal: true } });

    const cancel = at.consortium.thing('cancel-received').requestId ?? '';
    expect(value(await crosslink.get(cancel)).validActions?.[0]).toEqual({
      code: 'supplierRespondToCancel',
      primary: true,
      primaryOnly: false,
      parameters: [],
    });
    expect(await crosslink.act(cancel, 'supplierRespondToCancel', { cancelResponse: 'yes' })).toEqual({
      outcome: 'done',
    });
    expect(value(await crosslink.get(cancel)).state.code).toBe('RES_CANCELLED');
  });

  test('HTTP 200 with `outcome: failure` is a refusal in CrossLink’s own words, and the request has not moved', async () => {
    const { at, crosslink } = await crosslinkDesk();
    const { requestId = '' } = at.consortium.thing('arrival-accept-fails');
    expect(await crosslink.act(requestId, 'requesterReceived', {})).toMatchObject({
      outcome: 'refused',
      error: { theirWords: 'LMS AcceptItem failed', mender: 'ill-office', retry: 'never' },
    });
    const view = value(await crosslink.get(requestId));
    expect(view).toMatchObject({ state: { code: 'REQ_SHIPPED' }, needsAttention: true });
    expect(view.audit.map(({ message }) => message).slice(-2)).toEqual([
      'receive: failure. LMS AcceptItem failed',
      expect.stringMatching(/^NCIP AcceptItem call failed for item: \d+\. .* Item already exists$/),
    ]);
    expect(at.reports.at(-1)).toMatchObject({ ok: true });
  });

  test('a message to the other library is a notification, sent once; without words it is refused', async () => {
    const { at, crosslink } = await crosslinkDesk();
    expect(await crosslink.act('RVR-1201', 'message', { note: 'May we keep it two weeks longer?' })).toEqual({
      outcome: 'done',
    });
    expect(await crosslink.act('RVR-1201', 'message', { note: ' ' })).toMatchObject({
      outcome: 'refused',
      error: { theirWords: 'note is required' },
    });
    at.consortium.faults.add({ where: /notifications/, kind: 'truncated-json', times: 1 });
    expect(await crosslink.act('RVR-1201', 'message', { note: 'Thank you' })).toMatchObject({ outcome: 'unknown' });
    expect(at.consortium.ledger().filter(({ action }) => action === 'notification')).toHaveLength(2);
  });

  test('what the state does not allow is refused as done already', async () => {
    const { crosslink } = await crosslinkDesk();
    expect(await crosslink.act('RVR-1201', 'shippedReturn', {})).toMatchObject({
      outcome: 'refused',
      error: { mender: 'desk', theirWords: expect.stringContaining('is not allowed for patron request RVR-1201') },
    });
  });

  test.each(['drop-after', 'half-close', 'status-500-after', 'truncated-json', 'empty', 'wrong-types'] as const)(
    'an answer that is lost or spoilt after it acted (%s) is unknown, and a look shows what became of it',
    async (kind) => {
      const { at, crosslink } = await crosslinkDesk();
      at.consortium.faults.add({ where: 'performAction', kind, times: 1 });
      expect(await crosslink.act('RVR-1201', 'requesterReceived', {})).toMatchObject({ outcome: 'unknown' });
      expect(value(await crosslink.get('RVR-1201')).state.code).toBe('REQ_CHECKED_IN');
    },
  );

  test('what never reached it was not sent', async () => {
    const { at, crosslink } = await crosslinkDesk();
    at.consortium.faults.add({ where: /interfaces|authn/, kind: 'drop-before' });
    expect(await crosslink.act('RVR-1201', 'requesterReceived', {})).toMatchObject({ outcome: 'not-sent' });
    expect(at.consortium.ledger().filter(({ kind }) => kind === 'action')).toEqual([]);
  });
});

describe('being told', () => {
  /** Listens, and answers promises for the next thing told and for the end. */
  function listening({ watch }: { readonly watch?: Watch }) {
    const stop = new AbortController();
    const opened = Promise.withResolvers<undefined>();
    const changed = Promise.withResolvers<undefined>();
    if (watch === undefined) throw new Error('CrossLink tells of changes');
    const end = watch({
      opened: () => {
        opened.resolve(undefined);
      },
      changed: () => {
        changed.resolve(undefined);
      },
      signal: stop.signal,
    });
    return { stop, opened: opened.promise, changed: changed.promise, end };
  }

  test('of each message of the other libraries, until the server hangs up', async () => {
    const { crosslink, practice } = await crosslinkDesk();
    const told = listening(crosslink);
    await told.opened;
    expect(practice('broker')).toEqual({ listening: 2 });
    practice('brokerMessage', { request: 'RVR-1208', event: 'loaned' });
    await told.changed;
    practice('brokerHangUp');
    expect(await told.end).toEqual({ end: 'closed' });
  });

  test.each([
    ['no JSON', '{"event":"message-requ'],
    ['JSON of another shape', '[1,2,3]'],
    ['a request that is not here', '{"event":"message-requester","data":{"requestingAgencyRequestId":"XXX-1"}}'],
    ['nothing at all', ''],
    ['control characters', '\u0000\u0007\uFFFD'],
  ])('an event that is %s only means that it is worth asking, and what is asked is as it was', async (_what, data) => {
    const { crosslink, practice } = await crosslinkDesk();
    const all = async () => value(await crosslink.listOpen()).map(({ seenAt: _seenAt, ...rest }) => rest);
    const before = await all();
    const told = listening(crosslink);
    await told.opened;
    practice('brokerSays', { side: 'borrowing', data });
    await told.changed;
    expect(await all()).toEqual(before);
    // It goes on listening.
    expect(practice('broker')).toEqual({ listening: 2 });
    told.stop.abort();
    expect(await told.end).toEqual({ end: 'closed' });
  });

  test('a connection that stands open and brings nothing any more is taken for dead, and may be taken up again', async () => {
    const { at } = await crosslinkDesk();
    const watch = watchCrosslink(at.session, 40);
    for (const _again of [1, 2]) {
      const told = listening({ watch });
      await told.opened;
      expect(await told.end).toEqual({ end: 'closed' });
    }
  });

  test('a web page in place of the stream, or a connection that breaks before it begins, is tried again later', async () => {
    const { at, crosslink } = await crosslinkDesk();
    at.consortium.faults.add({ where: 'brokerEvents', kind: 'html-200', times: 2 });
    expect(await listening(crosslink).end).toMatchObject({ end: expect.stringMatching(/^(closed|refused)$/) });
    at.consortium.faults.add({ where: 'brokerEvents', kind: 'drop-before', times: 2 });
    expect(await listening(crosslink).end).toEqual({ end: 'closed' });
  });

  test('listening takes no place from other calls, and ends when asked to', async () => {
    const { crosslink, practice } = await crosslinkDesk();
    const told = [listening(crosslink), listening(crosslink)];
    await Promise.all(told.map(({ opened }) => opened));
    expect(value(await crosslink.get('RVR-1201')).id).toBe('RVR-1201');
    for (const { stop } of told) stop.abort();
    expect(await Promise.all(told.map(({ end }) => end))).toEqual([{ end: 'closed' }, { end: 'closed' }]);
    await expect.poll(() => practice('broker')).toEqual({ listening: 0 });
  });

  test('an account that may not listen is refused; a server in trouble is tried again', async () => {
    const { at, crosslink, practice } = await crosslinkDesk();
    at.consortium.faults.add({ where: 'brokerEvents', kind: 'status-503-html', times: 2 });
    expect(await listening(crosslink).end).toEqual({ end: 'closed' });
    practice('clearFaults');
    practice('permission', { tenant: 'riverside', username: 'desk', revoke: 'broker.sse.events.get' });
    expect(await listening(crosslink).end).toMatchObject({
      end: 'refused',
      error: { code: 'no-permission', sentence: expect.stringContaining('broker.sse.events.get') },
    });
  });
});
