import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at, readXml, textAt } from '../../src-main/training/wms/xml.ts';
import {
  deskAt,
  item,
  NOON,
  person,
  routingOf,
  sample,
  schemaErrors,
  shape,
  staffMessage,
  type WmsDesk,
} from './training-wms-desk.ts';

const MAIN = '900101';
const SCIENCE = '900102';
const MUSIC = '900103';

describe('staff profile of the practice WMS', () => {
  let desk: WmsDesk;
  const thing = (key: string): string => desk.wms.thing(`wms-${key}`).barcode;
  const status = (barcode: string): string | undefined => desk.wms.store.items.get(barcode)?.status;
  const sampleShape = (name: string): unknown => shape(readXml(sample('ncip', name)));

  beforeAll(async () => {
    desk = await deskAt();
  });
  afterAll(() => desk.wms.stop());

  it('sends a returned book back to the shelf, in the shape of the sample', async () => {
    const book = thing('return-main-1');
    const borrower = desk.wms.store.items.get(book)!.loan!.patron;
    const answer = await desk.checkIn(book);
    expect(routingOf(answer)).toEqual(['Re-shelve', 'RVRSTK', 'GENERAL']);
    expect(textAt(answer.body, 'UserId', 'UserIdentifierValue')).toBe(borrower);
    expect(shape(answer.root)).toEqual(sampleShape('staff-02-checkinitem-response-reshelve.xml'));
    expect([status(book), desk.wms.store.items.get(book)!.loan]).toEqual(['Waiting To Be Reshelved', undefined]);
  });

  it('takes a second check-in for a second check-in, and moves the book on', async () => {
    const book = thing('return-main-2');
    await desk.checkIn(book);
    const again = await desk.checkIn(book);
    expect(again.problem).toBeUndefined();
    expect(at(again.body, 'UserId')).toBeUndefined();
    expect(status(book)).toBe('Available');
    expect(desk.wms.store.items.get(book)!.history.map(({ event, from, to }) => [event, from, to])).toEqual([
      ['CheckInItem', 'On Loan', 'Waiting To Be Reshelved'],
      ['CheckInItem', 'Waiting To Be Reshelved', 'Available'],
    ]);
  });

  it('routes to a hold here, with the codes of its shelf, in the shape of the sample', async () => {
    const book = thing('hold-science-1');
    const hold = [...desk.wms.store.holds.values()].find((one) => one.barcode === book)!;
    const answer = await desk.checkIn(book, SCIENCE);
    expect(routingOf(answer)).toEqual([`Request:${hold.id}`, 'RVRSCI', 'HOLDSHELF']);
    expect(textAt(answer.body, 'RoutingInformation', 'UserId', 'UserIdentifierValue')).toBe(hold.patron);
    const withoutBorrower = readXml(answer.xml.replace(/<ns1:UserId>.*?<\/ns1:UserId>(?=<ns1:Routing)/s, ''));
    expect(shape(withoutBorrower)).toEqual(sampleShape('staff-03-checkinitem-response-request.xml'));
    expect([status(book), hold.status, hold.receipts]).toEqual(['On Hold', 'on shelf', 1]);
    expect(new Date(hold.noticeAt!).toISOString()).toBe('2031-02-10T18:00:00.000Z');
  });

  it('sends a book for a hold to its branch; seen again on the way it is dispatched, at its branch it is on hold', async () => {
    const book = thing('send-main-to-music');
    expect(routingOf(await desk.checkIn(book, MAIN)).slice(1)).toEqual(['RVRMUS', 'HOLDSHELF']);
    expect(status(book)).toBe('In Transit');
    await desk.checkIn(book, SCIENCE);
    expect(status(book)).toBe('Dispatched');
    await desk.checkIn(book, MUSIC);
    expect(status(book)).toBe('On Hold');
  });

  it('gives a book checked in twice on its hold shelf to the next in the queue', async () => {
    const book = thing('queue-of-two');
    const first = routingOf(await desk.checkIn(book));
    const second = routingOf(await desk.checkIn(book));
    expect(first[0]).toMatch(/^Request:/);
    expect(second[0]).toMatch(/^Request:/);
    expect(second[0]).not.toBe(first[0]);
  });

  it('prints the receipt again when nobody else waits', async () => {
    const book = thing('hold-main-2');
    const hold = [...desk.wms.store.holds.values()].find((one) => one.barcode === book)!;
    await desk.checkIn(book);
    await desk.checkIn(book);
    expect([status(book), hold.receipts]).toEqual(['On Hold', 2]);
  });

  it('gives a title hold to the copy that comes first', async () => {
    const [one, two] = [thing('title-copy-1'), thing('title-copy-2')];
    expect(routingOf(await desk.checkIn(one))[0]).toMatch(/^Request:/);
    expect(routingOf(await desk.checkIn(two, SCIENCE))).toEqual(['Re-shelve', 'RVRSCI', 'GENERAL']);
  });

  it('sends a book of another branch home', async () => {
    const book = thing('away-science-at-main');
    expect(routingOf(await desk.checkIn(book))).toEqual(['Re-shelve', 'RVRSCI', 'GENERAL']);
    expect([status(book), desk.wms.store.items.get(book)!.to]).toEqual(['In Transit', SCIENCE]);
  });

  it('asks for staff handling in the words of the library, once', async () => {
    const book = thing('process-bindery');
    const answer = await desk.checkIn(book);
    expect(routingOf(answer)[0]).toBe('Process: Bindery');
    expect(shape(answer.root)).toEqual(sampleShape('staff-04-checkinitem-response-process.xml'));
    expect(routingOf(await desk.checkIn(thing('process-plain')))[0]).toBe('Process');
    expect(routingOf(await desk.checkIn(book))[0]).toBe('Re-shelve');
  });

  it('says withdrawn, and lets it stay so', async () => {
    const answer = await desk.checkIn(thing('withdrawn-1'));
    expect(routingOf(answer)[0]).toBe('Withdrawn');
    expect(shape(answer.root)).toEqual(sampleShape('staff-05-checkinitem-response-withdrawn.xml'));
    expect(status(thing('withdrawn-1'))).toBe('Withdrawn');
  });

  it('bills what comes back late, in whole minor units', async () => {
    const answer = await desk.checkIn(thing('overdue-2'));
    expect(textAt(answer.body, 'FiscalTransactionInformation', 'Amount', 'MonetaryValue')).toBe('150');
    expect(shape(answer.root)).toEqual(sampleShape('staff-06-checkinitem-response-bill.xml'));
    const lost = await desk.checkIn(thing('lost-found'));
    expect(textAt(lost.body, 'FiscalTransactionInformation', 'Amount', 'MonetaryValue')).toBe('1000');
  });

  it('lends by policy and answers the date, in the shape of the sample', async () => {
    const book = thing('shelf-main-1');
    const answer = await desk.checkOut(thing('card-1'), book);
    const loan = desk.wms.store.items.get(book)!.loan!;
    expect(shape(answer.root)).toEqual(sampleShape('staff-08-checkoutitem-response.xml'));
    expect(textAt(answer.body, 'DateDue')).toMatch(/T04:59:59Z$/);
    expect(Date.parse(textAt(answer.body, 'DateDue')!)).toBe(loan.due);
    expect(loan.due).toBeGreaterThan(NOON);
  });

  it('renews when the same card gets the same book twice', async () => {
    const book = thing('shelf-main-2');
    await desk.checkOut(thing('card-1'), book);
    const again = await desk.checkOut(thing('card-1'), book);
    expect(textAt(again.body, 'RenewalCount')).toBe('1');
  });

  it('hands a held book to its card alone', async () => {
    const book = thing('pickup-main');
    const wrong = await desk.checkOut(thing('card-1'), book);
    expect(wrong.problem).toMatchObject({
      type: 'Resource Cannot Be Provided',
      detail: 'ITEM_ON_HOLD_FOR_ANOTHER_USER',
    });
    const right = await desk.checkOut(thing('card-3'), book);
    expect([right.problem, status(book)]).toEqual([undefined, 'On Loan']);
    const hold = [...desk.wms.store.holds.values()].find((one) => one.barcode === book)!;
    expect(hold.status).toBe('done');
  });

  it.each([
    ['card-lapsed', 'UserBlocked', 'PATRON_REQUIRES_MEMBERSHIP'],
    ['card-blocked', 'User Blocked', 'PATRON_BLOCKED'],
    ['card-bills', 'User Blocked', 'PATRON_BILL_LIMIT_EXCEEDED'],
    ['card-full', 'Maximum Check Outs Exceeded', 'MAXIMUM_CHECKOUTS_EXCEEDED'],
  ])('refuses %s', async (card, type, detail) => {
    const answer = await desk.checkOut(thing(card), thing('shelf-main-3'));
    expect([answer.status, answer.problem]).toEqual([200, { type, detail, value: `900001/${thing(card)}` }]);
    expect(status(thing('shelf-main-3'))).toBe('Available');
    if (card === 'card-lapsed') {
      expect(shape(answer.root)).toEqual(sampleShape('staff-09-checkoutitem-response-userblocked.xml'));
    }
  });

  it.each([
    ['reference', 'Resource Cannot Be Provided', 'RESOURCE_CANNOT_BE_PROVIDED'],
    ['out-to-another', 'Resource Cannot Be Provided', 'ITEM_CHECKED_OUT_TO_ANOTHER_USER'],
    ['withdrawn-2', 'Item Does Not Circulate', 'ITEM_DOES_NOT_CIRCULATE'],
    ['unknown-item', 'Unknown Item', 'UNKNOWN_ITEM'],
  ])('does not lend %s', async (key, type, detail) => {
    const { problem } = await desk.checkOut(thing('card-1'), thing(key));
    expect(problem).toMatchObject({ type, detail });
  });

  it('does not know other cards, or other labels', async () => {
    expect((await desk.checkOut('24101009999999', thing('shelf-main-3'))).problem?.type).toBe('Unknown User');
    expect((await desk.checkIn(thing('unknown-item'))).problem).toMatchObject({ type: 'Unknown Item' });
  });

  it('places a hold, once, and cancels it, in the shapes of the samples', async () => {
    const ask = (pickup: string, barcode: string): string =>
      staffMessage(
        'RequestItem',
        MAIN,
        `${person(thing('card-4'))}${item(barcode)}<RequestType>Hold</RequestType><RequestScopeType>Item</RequestScopeType><PickupLocation>${pickup}</PickupLocation>`,
      );
    const book = thing('return-science-2');
    const answer = await desk.ncip('staff', ask(SCIENCE, book));
    expect(shape(answer.root)).toEqual(sampleShape('staff-11-requestitem-response.xml'));
    const id = textAt(answer.body, 'RequestId', 'RequestIdentifierValue')!;
    expect((await desk.ncip('staff', ask(SCIENCE, book))).problem?.type).toBe('Duplicate Request');
    expect((await desk.ncip('staff', ask('900109', thing('shelf-music-1')))).problem?.detail).toBe(
      'INVALID_PICKUP_LOCATION',
    );
    const none = await desk.ncip('staff', ask(MAIN, thing('reference')));
    expect(shape(none.root)).toEqual(sampleShape('staff-12-requestitem-response-no-holdable-items.xml'));
    expect(none.problem?.detail).toBe('NO_HOLDABLE_ITEMS');

    const cancel = staffMessage(
      'CancelRequestItem',
      MAIN,
      `${person(thing('card-4'))}<RequestId><RequestIdentifierValue>${id}</RequestIdentifierValue></RequestId><RequestType>Hold</RequestType>`,
    );
    const cancelled = await desk.ncip('staff', cancel);
    expect(shape(cancelled.root)).toEqual(sampleShape('staff-14-cancelrequestitem-response.xml'));
    expect((await desk.ncip('staff', cancel)).problem?.type).toBe('Request Already Processed');
    expect(routingOf(await desk.checkIn(book, SCIENCE))[0]).toBe('Re-shelve');
  });

  it('holds a title by its OCLC number', async () => {
    const { ocn } = desk.wms.store.items.get(thing('return-music-2'))!;
    const answer = await desk.ncip(
      'staff',
      staffMessage(
        'RequestItem',
        MUSIC,
        `${person(thing('card-5'))}<BibliographicId><BibliographicRecordId><BibliographicRecordIdentifier>${ocn}</BibliographicRecordIdentifier><BibliographicRecordIdentifierCode>OCLC</BibliographicRecordIdentifierCode></BibliographicRecordId></BibliographicId><RequestType>Hold</RequestType><RequestScopeType>Bibliographic Item</RequestScopeType><PickupLocation>${MUSIC}</PickupLocation>`,
      ),
    );
    expect(answer.problem).toBeUndefined();
    expect(routingOf(await desk.checkIn(thing('return-music-2'), MUSIC))[0]).toMatch(/^Request:/);
  });

  it('wants its header complete, from one branch of ours', async () => {
    const good = staffMessage('CheckInItem', MAIN, item(thing('return-main-3')));
    const problem = async (message: string) => (await desk.ncip('staff', message)).problem;
    expect((await problem(good.replace('Version 2011', '2.00')))?.type).toBe('Needed Data Missing');
    expect((await problem(good.replaceAll(MAIN, '900109')))?.type).toBe('Unknown Agency');
    expect((await problem(good.replace(MAIN, SCIENCE)))?.type).toBe(
      'Unauthorized Combination Of Element Values For Agency',
    );
    expect((await problem(good.replace('ncip:version', 'version')))?.type).toBe('Invalid Message Syntax Error');
    expect((await problem(good.replaceAll('CheckInItem', 'LookupItem')))?.type).toBe('Unsupported Service');
    expect((await problem('<NCIPMessage'))?.type).toBe('Invalid Message Syntax Error');
    expect((await problem(`<!DOCTYPE x>${good.slice(good.indexOf('<NCIP'))}`))?.type).toBe(
      'Invalid Message Syntax Error',
    );
    expect(status(thing('return-main-3'))).toBe('On Loan');
  });
});

describe('holds of the practice WMS over time', () => {
  it('lets a hold lapse when nobody came for it, and the book goes back to the shelf', async () => {
    let now = NOON;
    const desk = await deskAt({ practiceNow: () => now });
    try {
      const book = desk.wms.thing('wms-pickup-main').barcode;
      const hold = [...desk.wms.store.holds.values()].find((one) => one.barcode === book)!;
      now = hold.shelfUntil! + 1;
      expect(routingOf(await desk.checkIn(book))).toEqual(['Re-shelve', 'RVRSTK', 'GENERAL']);
      expect([hold.status, desk.wms.store.items.get(book)!.status]).toEqual(['expired', 'Waiting To Be Reshelved']);
    } finally {
      await desk.wms.stop();
    }
  });

  it('finds the schema unforgiving, so that a valid answer means something', () => {
    const good = sample('ncip', 'staff-08-checkoutitem-response.xml');
    expect(schemaErrors(good)).toEqual([]);
    expect(schemaErrors(good.replace('2031-03-03T04:59:59Z', 'soon'))).not.toEqual([]);
    expect(schemaErrors(good.replace('ns1:version', 'version'))).not.toEqual([]);
  });
});
