import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Consortium } from '../../src-main/training/consortium.ts';
import type { PracticeWms, WmsAccess } from '../../src-main/training/wms/practice-wms.ts';
import { deskAt as reshareAt, standing, type Desk } from './training-desk.ts';
import { deskOf, routingOf, tokenOf, type WmsDesk } from './training-wms-desk.ts';

describe('ReShare and the practice WMS tell one story', () => {
  let consortium: Consortium;
  let wms: PracticeWms;
  let desk: WmsDesk;
  let reshare: Desk;
  beforeEach(async () => {
    consortium = await standing({ wms: true });
    wms = consortium.wms!;
    desk = await deskOf(wms);
    reshare = await reshareAt(consortium);
  });
  afterEach(() => consortium.stop());

  const requestOf = (key: string): string => consortium.thing(key).requestId!;
  const barcodeOf = (key: string): string => consortium.thing(key).barcode;
  const item = (barcode: string) => wms.store.items.get(barcode)!;
  const holdsOn = (barcode: string) => [...wms.store.holds.values()].filter((one) => one.barcode === barcode);
  const lastAudit = async (key: string): Promise<string> => {
    const { audit } = (await reshare.record(requestOf(key))) as { audit: readonly { message: string }[] };
    return audit.at(-1)!.message;
  };

  it('receiving makes the temporary item and the hold of its patron at the pickup branch', async () => {
    expect(item('RVR-1201')).toBeUndefined();
    expect((await reshare.act(requestOf('arrival-1'), 'requesterReceived')).status).toBe(200);
    const { patronIdentifier, pickupLocationSlug } = consortium.controls.world.tenants
      .get('riverside')!
      .requests.get(requestOf('arrival-1'))!;
    expect(item('RVR-1201')).toMatchObject({
      status: 'Unavailable',
      shelving: 'ILL-TEMP',
      temporary: { requestId: 'ReShareRequestRVR-1201' },
    });
    const [hold] = holdsOn('RVR-1201');
    const pickup = wms.branches.find((one) => one.slug === pickupLocationSlug)!;
    expect(hold).toMatchObject({ patron: patronIdentifier, pickup: pickup.id, status: 'waiting' });
    expect(routingOf(await desk.checkIn('RVR-1201', pickup.id))[0]).toBe(`Request:${hold!.id}`);
    expect((await desk.checkOut(patronIdentifier!, 'RVR-1201', pickup.id)).problem).toBeUndefined();
  });

  it('receiving a volume twice is refused by WMS, and ReShare says so', async () => {
    wms.ill.temporaryItem({ requestId: 'x', patron: '', barcode: 'RVR-1202', title: 'In the way' });
    expect((await reshare.act(requestOf('arrival-2'), 'requesterReceived')).status).toBe(400);
    expect(await lastAudit('arrival-2')).toContain('Cannot Accept Item');
    expect(holdsOn('RVR-1202')).toEqual([]);
  });

  it('filling lends the book to the library, and WMS sets the date ReShare shows', async () => {
    const book = barcodeOf('fill-item-1');
    expect(item(book).status).toBe('Available');
    const id = requestOf('fill-request-1');
    await reshare.act(id, 'supplierCheckInToReshare', { itemBarcodes: [{ itemId: book }] });
    expect(item(book)).toMatchObject({
      status: 'On Loan',
      loan: { patron: 'NFD-ILL' },
      lent: { requestId: 'ReShareRequestNFD-1304' },
    });
    const { dueDateRS } = consortium.controls.world.tenants.get('riverside')!.requests.get(id)!;
    expect(dueDateRS).toBe(item(book).loan!.due);
    await reshare.act(id, 'undo');
    expect(item(book)).toMatchObject({ status: 'Available' });
  });

  it('a book out to somebody else cannot fill a request', async () => {
    const book = barcodeOf('own-item-1');
    expect(item(book).status).toBe('On Loan');
    const fill = { itemBarcodes: [{ itemId: book }] };
    expect((await reshare.act(requestOf('fill-request-2'), 'supplierCheckInToReshare', fill)).status).toBe(500);
    expect(await lastAudit('fill-request-2')).toContain('Resource Cannot Be Provided');
  });

  it('a patron’s return checks the temporary item in, and it is unavailable', async () => {
    const temporary = 'RVR-1221';
    expect(item(temporary).status).toBe('On Loan');
    await reshare.act(requestOf('return-by-number'), 'patronReturnedItem');
    expect([item(temporary).status, item(temporary).loan]).toEqual(['Unavailable', undefined]);
    const again = await desk.checkIn(temporary);
    expect(again.problem).toBeUndefined();
    expect(item(temporary).history.map((line) => line.event)).toEqual(['CheckInItem', 'CheckInItem']);
  });

  it('a return that WMS saw first is no failure', async () => {
    await desk.checkIn('RVR-1221');
    await reshare.act(requestOf('return-by-number'), 'patronReturnedItem');
    expect(await lastAudit('return-by-number')).toContain('CheckinItem call succeeded');
  });

  it('completing brings our book back, and its hold comes with the next check-in', async () => {
    const book = barcodeOf('complete-1');
    wms.circulation.holds.place(wms.store.patrons.get(barcodeOf('wms-card-1'))!, {
      scope: 'Item',
      barcode: book,
      pickup: '900101',
    });
    await reshare.act(requestOf('complete-1'), 'supplierCheckOutOfReshare');
    expect(item(book).status).toBe('Available');
    expect(routingOf(await desk.checkIn(book))[0]).toMatch(/^Request:/);
  });

  it('fails on demand, and WMS is as it was', async () => {
    consortium.faults.add({ where: 'acceptItem', kind: 'lms-failure', times: 1 });
    expect((await reshare.act(requestOf('arrival-1'), 'requesterReceived')).status).toBe(400);
    expect(item('RVR-1201')).toBeUndefined();
    const book = barcodeOf('complete-checkin-fails');
    expect((await reshare.act(requestOf('complete-checkin-fails'), 'supplierCheckOutOfReshare')).status).toBe(400);
    expect(item(book).status).toBe('On Loan');
  });

  it('writes down every effect on both sides, in order', async () => {
    const before = consortium.ledger().length;
    await reshare.act(requestOf('arrival-1'), 'requesterReceived');
    await desk.checkIn('RVR-1201');
    const seen = consortium.ledger(before).map(({ kind, action, result, toState }) => [kind, action, result, toState]);
    expect(seen.slice(0, 3)).toEqual([
      ['wms', 'AcceptItem', 'done', 'Unavailable'],
      ['lms', 'acceptItem', 'done', undefined],
      ['action', 'requesterReceived', 'done', 'REQ_CHECKED_IN'],
    ]);
    expect(seen.at(-1)![1]).toBe('CheckInItem');
  });

  it('has a pile for a whole day at three desks, with no barcode twice among its own things', () => {
    const pile = wms.pile.filter((one) => one.what === 'own item');
    expect(pile.length).toBeGreaterThanOrEqual(60);
    expect(new Set(wms.pile.map((one) => one.barcode)).size).toBe(wms.pile.length);
    expect(new Set(consortium.cast.map((one) => one.key)).size).toBe(consortium.cast.length);
    for (const branch of wms.branches) {
      expect(wms.pile.filter((one) => one.branch === branch.id).length).toBeGreaterThanOrEqual(8);
    }
    for (const thing of pile) expect(item(thing.barcode).title).toBe(thing.title);
  });

  it('has borrowed books waiting for their patrons, and finished ones nobody deleted', async () => {
    const large = await standing({ wms: true, size: 400 });
    try {
      const things = large.wms!.pile.filter((one) => one.what === 'temporary item');
      expect(things.map((one) => one.key)).toEqual(
        expect.arrayContaining(['wms-temporary-arrived-1', 'wms-temporary-ready-1']),
      );
      const statuses = things.map((one) => large.wms!.store.items.get(one.barcode)!.status);
      expect(new Set(statuses)).toEqual(new Set(['Unavailable', 'On Hold']));
      const closed = large.controls.world.tenants
        .get('riverside')!
        .requests.get(large.thing('closed-borrowed').requestId!)!;
      expect(large.wms!.store.items.get(closed.hrid!)!.status).toBe('Unavailable');
    } finally {
      await large.stop();
    }
  });

  it('is steered by the same controls', async () => {
    const control = async (name: string, args: object = {}): Promise<unknown> =>
      (await fetch(`${consortium.url}/_practice/${name}`, { method: 'POST', body: JSON.stringify(args) })).json();
    expect(await control('wms')).toEqual(wms.access);
    expect(await control('addWmsFault', { where: 'CheckInItem', kind: 'status-500', times: 1 })).toEqual({
      armed: [{ where: 'CheckInItem', kind: 'status-500', left: 1 }],
      struck: 0,
    });
    expect(await control('addWmsFault', { where: 'staff', kind: 'rain' })).toEqual({ error: 'No fault rain' });
    expect(await control('clearWmsFaults')).toEqual({ armed: [], struck: 0 });
    expect(await control('wmsQuota', { perDay: 0 })).toEqual({ used: 0 });
    const headers = { authorization: `Bearer ${desk.token}` };
    const look = await fetch(`${wms.urls.availability}?x-registryId=900001&query=no:1`, { headers });
    expect(look.status).toBe(429);
    expect(await control('wmsPatron', { barcode: barcodeOf('wms-card-2'), blocked: true })).toMatchObject({
      blocked: true,
    });
    const waiting = barcodeOf('wms-hold-main-1');
    expect(await control('wmsItem', { barcode: waiting })).toMatchObject({
      barcode: waiting,
      holds: [{ status: 'waiting' }],
    });
    await control('revokeWmsTokens');
    expect((await fetch(wms.urls.availability, { headers })).status).toBe(401);
  });
});

describe('the worker', () => {
  it('says where the practice WMS is, and how to get in', async () => {
    const entry = new URL('../../src-main/training/worker.ts', import.meta.url);
    const worker = new Worker(entry, { workerData: { size: 60, time: 'stands', wms: { tokenSeconds: 5 } } });
    try {
      const { ready } = await new Promise<{ ready: { wms: WmsAccess; cast: readonly { key: string }[] } }>(
        (resolve, reject) => {
          worker.once('message', resolve);
          worker.once('error', reject);
        },
      );
      expect(ready.cast.map((one) => one.key)).toContain('wms-return-main-1');
      const answer = (await (await tokenOf(ready.wms)).json()) as { expires_in: string };
      expect(answer.expires_in).toBe('5');
    } finally {
      await worker.terminate();
    }
  });
});
