import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { riversideInstitution } from '../../src-main/training/wms/branches.ts';
import type { Hold } from '../../src-main/training/wms/model.ts';
import { reshareCalls } from '../../src-main/training/wms/reshare.ts';
import { readXml, textAt } from '../../src-main/training/wms/xml.ts';
import { deskAt, routingOf, sample, schemaErrors, shape, type WmsDesk } from './training-wms-desk.ts';

const SCIENCE = '900102';

describe('resource sharing profile of the practice WMS', () => {
  let desk: WmsDesk;
  let card: string;
  beforeEach(async () => {
    desk = await deskAt();
    card = desk.wms.thing('wms-card-1').barcode;
  });
  afterEach(() => desk.wms.stop());

  /** A sample request with our people and things in place of its own. */
  const send = async (name: string, values: Readonly<Record<string, string>> = {}) => {
    let message = sample('ncip', name).replaceAll('29999000123456', card);
    for (const [from, to] of Object.entries(values)) message = message.replaceAll(from, to);
    return desk.ncip('sharing', message);
  };
  const sampleShape = (name: string): unknown => shape(readXml(sample('ncip', name)));
  const holdOf = (barcode: string): Hold => [...desk.wms.store.holds.values()].find((one) => one.barcode === barcode)!;
  const temporary = (barcode = 'ZZB-10472') => desk.wms.store.items.get(barcode)!;

  it('accepts an item: a temporary item at its configured place, and a hold for the patron', async () => {
    const answer = await send('rs-01-acceptitem-reshare.xml');
    expect(shape(answer.root)).toEqual(sampleShape('rs-02-acceptitem-response.xml'));
    expect(temporary()).toMatchObject({
      title: 'Tidal gardens',
      holding: 'RVRSTK',
      shelving: 'ILL-TEMP',
      status: 'Unavailable',
      temporary: { requestId: 'ReShareRequestZZB-10472' },
    });
    expect(holdOf('ZZB-10472')).toMatchObject({ patron: card, pickup: SCIENCE, status: 'waiting' });
  });

  it('takes a temporary item through a whole loan at the desks', async () => {
    await send('rs-01-acceptitem-reshare.xml');
    expect(routingOf(await desk.checkIn('ZZB-10472'))).toEqual([
      `Request:${holdOf('ZZB-10472').id}`,
      'RVRSCI',
      'HOLDSHELF',
    ]);
    await desk.checkIn('ZZB-10472', SCIENCE);
    expect(temporary().status).toBe('On Hold');
    await desk.checkOut(card, 'ZZB-10472', SCIENCE);
    expect([temporary().status, holdOf('ZZB-10472').status]).toEqual(['On Loan', 'done']);
    expect(routingOf(await desk.checkIn('ZZB-10472', SCIENCE))).toEqual([
      'Process: Return to resource sharing office',
      'RVRSTK',
      'ILL-TEMP',
    ]);
    expect(temporary().status).toBe('In Transit');
    await desk.checkIn('ZZB-10472');
    expect([temporary().status, temporary().lastIssuedTo]).toEqual(['Unavailable', card]);
  });

  it('keeps to the stricter date where the lender told its own', async () => {
    const values = { ZZBRW: 'RVR', '2031-03-14T23:59:59Z': '2031-02-14T23:59:59Z' };
    await send('rs-03-acceptitem-d2d-with-dateforreturn.xml', values);
    const { pickup } = holdOf('39999001234567');
    expect(pickup).toBe(desk.wms.store.patrons.get(card)!.homeBranch);
    await desk.checkIn('39999001234567', pickup);
    const answer = await desk.checkOut(card, '39999001234567', pickup);
    expect(textAt(answer.body, 'DateDue')).toBe('2031-02-14T23:59:59Z');
  });

  it('does not accept the same barcode twice, nor for nobody', async () => {
    await send('rs-01-acceptitem-reshare.xml');
    const again = await send('rs-01-acceptitem-reshare.xml');
    expect(shape(again.root)).toEqual(sampleShape('rs-05-acceptitem-response-cannot-accept.xml'));
    expect(again.problem?.type).toBe('Cannot Accept Item');
    const nobody = await send('rs-01-acceptitem-reshare.xml', { [card]: '24101009999999', 'ZZB-10472': 'ZZB-1' });
    expect(shape(nobody.root)).toEqual(sampleShape('rs-04-acceptitem-response-unknown-user.xml'));
    expect(temporary('ZZB-1')).toBeUndefined();
    expect([...desk.wms.store.holds.values()].filter((one) => one.illRequestId !== undefined)).toHaveLength(1);
  });

  it('lends to a library by the loan policy, and echoes ids as they came', async () => {
    const book = desk.wms.thing('wms-shelf-main-1').barcode;
    const values = { 'ILL-ZZLND-1': 'NFD-ILL', '39999001234567': book };
    const answer = await send('rs-06-checkoutitem-reshare.xml', values);
    expect(shape(answer.root)).toEqual(sampleShape('rs-08-checkoutitem-response.xml'));
    const item = desk.wms.store.items.get(book)!;
    expect(item).toMatchObject({
      status: 'On Loan',
      loan: { patron: 'NFD-ILL' },
      lent: { requestId: 'ReShareRequestZZB-10511', account: 'NFD-ILL' },
    });
    expect(textAt(answer.body, 'DateDue')).toBe('2031-03-25T04:59:59Z');
    await desk.checkIn(book);
    expect([item.lent, item.loan]).toEqual([undefined, undefined]);
  });

  it('knows libraries by symbol too, and no others', async () => {
    const book = desk.wms.thing('wms-shelf-main-2').barcode;
    const known = await send('rs-07-checkoutitem-mandated.xml', { ZZLND: 'RVR', ZZBRW: 'EPT', '39999001234567': book });
    expect([known.problem, desk.wms.store.items.get(book)!.loan?.patron]).toEqual([undefined, 'EPT-ILL']);
    const unknown = await send('rs-06-checkoutitem-reshare.xml', { '39999001234567': book });
    expect(shape(unknown.root)).toEqual(sampleShape('rs-09-checkoutitem-response-unknown-user.xml'));
    const noItem = await send('rs-06-checkoutitem-reshare.xml', { 'ILL-ZZLND-1': 'NFD-ILL' });
    expect(shape(noItem.root)).toEqual(sampleShape('rs-10-checkoutitem-response-unknown-item-odd-scheme.xml'));
  });

  it('names the fee and the restriction that stand in the way', async () => {
    const book = desk.wms.thing('wms-loan-fee').barcode;
    const answer = await send('rs-06-checkoutitem-reshare.xml', { 'ILL-ZZLND-1': 'NFD-ILL', '39999001234567': book });
    expect(shape(answer.root)).toEqual(sampleShape('rs-11-checkoutitem-response-resource-cannot-be-provided.xml'));
    expect(textAt(answer.body, 'RequiredFeeAmount', 'MonetaryValue')).toBe('1500');
  });

  it('checks in once by barcode, and says so the second time', async () => {
    const book = desk.wms.thing('wms-return-main-1').barcode;
    const values = { 'ZZB-10472': book };
    const first = await send('rs-12-checkinitem-by-barcode.xml', values);
    expect(shape(first.root)).toEqual(sampleShape('rs-14-checkinitem-response.xml'));
    const second = await send('rs-12-checkinitem-by-barcode.xml', values);
    expect(shape(second.root)).toEqual(sampleShape('rs-15-checkinitem-response-not-checked-out.xml'));
    const unknown = await send('rs-12-checkinitem-by-barcode.xml');
    expect(shape(unknown.root)).toEqual(sampleShape('rs-16-checkinitem-response-unknown-item.xml'));
  });

  it('checks in by request id as often as one likes', async () => {
    await send('rs-01-acceptitem-reshare.xml');
    await desk.checkOut(card, 'ZZB-10472', SCIENCE);
    const byId = { ZZBRW: 'RVR', '184467': 'ReShareRequestZZB-10472' };
    for (let n = 0; n < 2; n += 1) {
      expect((await send('rs-13-checkinitem-by-ill-request-id.xml', byId)).problem).toBeUndefined();
      expect([temporary().status, temporary().loan]).toEqual(['Unavailable', undefined]);
    }
    expect((await send('rs-13-checkinitem-by-ill-request-id.xml', { ZZBRW: 'RVR' })).problem).toBeUndefined();
  });

  it('charges a fee', async () => {
    const answer = await send('rs-17-createuserfiscaltransaction.xml', { ZZBRW: 'RVR' });
    expect(answer.problem).toBeUndefined();
    expect(desk.wms.store.bills.at(-1)).toMatchObject({ patron: card, type: 'Interlibrary Loan Fee', amount: 1234 });
  });

  it('names what is missing in the header, and what it does not offer', async () => {
    const other = await send('rs-01-acceptitem-reshare.xml', { '>2.00<': '>1.00<' });
    expect(shape(other.root)).toEqual(sampleShape('rs-19-problem-needed-data-missing.xml'));
    const unserved = await send('gen-16-deleteitem.xml');
    expect(shape(unserved.root)).toEqual(sampleShape('rs-20-top-level-problem.xml'));
  });

  it('is told by ReShare in messages that are valid themselves', () => {
    const sent: string[] = [];
    const { reshare } = desk.wms;
    const before = desk.wms.store.items.size;
    expect(
      reshare.acceptItem('RVR-9', { hrid: 'RVR-9', title: 'A & <B>', pickup: 'riverside-science', patron: card }),
    ).toEqual({ ok: true });
    expect(desk.wms.store.items.size).toBe(before + 1);
    expect(holdOf('RVR-9').pickup).toBe(SCIENCE);
    const spy = reshareCalls((message) => {
      sent.push(message);
      return '<NCIPMessage xmlns="http://www.niso.org/2008/ncip"><Problem><ProblemType>X</ProblemType></Problem></NCIPMessage>';
    }, riversideInstitution());
    expect(spy.acceptItem('B', { hrid: 'RVR-9', title: 'T', pickup: 'riverside-science', patron: card })).toEqual({
      ok: false,
      problem: 'X',
    });
    spy.checkOutItem('B', 'NFD-ILL', 'RVR-9');
    spy.checkInItem('B', 'RVR-9');
    expect(sent.map(schemaErrors)).toEqual([[], [], []]);
    const shapes = sent.map((message) => shape(readXml(message)));
    expect(shapes[1]).toEqual(sampleShape('rs-06-checkoutitem-reshare.xml'));
    expect(shapes[2]).toEqual(sampleShape('rs-12-checkinitem-by-barcode.xml'));
  });
});
