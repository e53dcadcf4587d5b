import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { at, readXml, textAt } from '../../src-main/training/wms/xml.ts';
import { deskAt, sample, shape, type WmsDesk } from './training-wms-desk.ts';

const EXAMPLE = '11111111-2222-3333-4444-555555555555';

describe('patron profile of the practice WMS', () => {
  let desk: WmsDesk;
  beforeEach(async () => {
    desk = await deskAt();
  });
  afterEach(() => desk.wms.stop());

  const patron = (key: string) => desk.wms.store.patrons.get(desk.wms.thing(`wms-${key}`).barcode)!;
  const send = (name: string, values: Readonly<Record<string, string>>) => {
    let message = sample('ncip', name);
    for (const [from, to] of Object.entries(values)) message = message.replaceAll(from, to);
    return desk.ncip('patron', message);
  };
  const sampleShape = (name: string): unknown => shape(readXml(sample('ncip', name)));

  it('shows loans, holds and bills, and no name or address', async () => {
    const who = patron('card-small-bill');
    await desk.checkOut(who.barcode, desk.wms.thing('wms-shelf-main-1').barcode);
    const book = desk.wms.thing('wms-shelf-main-2').barcode;
    const hold = desk.wms.circulation.holds.place(who, { scope: 'Item', barcode: book, pickup: '900101' });
    await desk.checkIn(book);
    const answer = await send('patron-01-lookupuser.xml', { [EXAMPLE]: who.id });
    const wanted = readXml(
      sample('ncip', 'patron-02-lookupuser-response.xml').replace(/<ns1:HoldQueuePosition>.*?>\s*/, ''),
    );
    expect(shape(answer.root)).toEqual(shape(wanted));
    expect(textAt(answer.body, 'UserFiscalAccount', 'AccountBalance', 'MonetaryValue')).toBe('250');
    expect(textAt(answer.body, 'RequestedItem', 'RequestId', 'RequestIdentifierValue')).toBe(hold.id);
    expect(answer.xml).not.toContain(who.familyName);
  });

  it('tells of a membership that has run out, and does not know others', async () => {
    const lapsed = await send('patron-01-lookupuser.xml', { [EXAMPLE]: patron('card-lapsed').id });
    expect(textAt(lapsed.body, 'UserOptionalFields', 'BlockOrTrap', 'BlockOrTrapType')).toBe(
      'Patron Requires Membership',
    );
    const nobody = await send('patron-01-lookupuser.xml', {});
    expect(shape(nobody.root)).toEqual(sampleShape('patron-09-lookupuser-response-unknown-user.xml'));
  });

  it('renews until it is enough', async () => {
    const who = patron('card-1');
    const book = desk.wms.thing('wms-shelf-main-1').barcode;
    await desk.checkOut(who.barcode, book);
    const renew = () => send('patron-04-renewitem.xml', { [EXAMPLE]: who.id, '39999001234567': book });
    const first = await renew();
    expect(shape(first.root)).toEqual(sampleShape('patron-05-renewitem-response.xml'));
    await renew();
    expect(textAt((await renew()).body, 'RenewalCount')).toBe('3');
    const last = await renew();
    expect(shape(last.root)).toEqual(sampleShape('patron-06-renewitem-response-maximum-renewals.xml'));
    expect(last.problem?.type).toBe('Maximum Renewals Exceeded');
  });

  it('does not renew what somebody waits for, or what is not lent to the patron', async () => {
    const who = patron('card-1');
    const book = desk.wms.thing('wms-shelf-main-1').barcode;
    const renew = () => send('patron-04-renewitem.xml', { [EXAMPLE]: who.id, '39999001234567': book });
    expect((await renew()).problem?.type).toBe('Item Not Checked Out');
    await desk.checkOut(who.barcode, book);
    desk.wms.circulation.holds.place(patron('card-2'), { scope: 'Item', barcode: book, pickup: '900101' });
    expect((await renew()).problem?.type).toBe('Renewal Not Allowed - Item Has Outstanding Requests');
  });

  it('moves the pickup of a hold', async () => {
    const who = patron('card-1');
    const book = desk.wms.thing('wms-shelf-main-1').barcode;
    const hold = desk.wms.circulation.holds.place(who, { scope: 'Item', barcode: book, pickup: '900103' });
    const values = { '0f8fad5b-d9cb-469f-a165-70867728950e': hold.id };
    const answer = await send('patron-07-updaterequestitem.xml', values);
    expect([answer.problem, hold.pickup]).toEqual([undefined, '900101']);
    expect(at(answer.body, 'RequestScopeType')?.text).toBe('Item');
    expect((await send('patron-07-updaterequestitem.xml', {})).problem?.type).toBe('Unknown Request');
  });
});
