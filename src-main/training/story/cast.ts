import { isbn13, itemBarcodeEnding, libraryBarcode } from '../barcodes.ts';
import type { PracticeRequest } from '../modrs/request.ts';
import type { World } from '../world.ts';
import { ARRIVALS, RETURNS } from './cast-borrowing.ts';
import { LENDING } from './cast-lending.ts';
import type { CastMember, CastPlan } from './cast-types.ts';
import { library } from './libraries.ts';
import { condition, incoming } from './tell.ts';
import type { Transaction, Writer } from './write.ts';

/** Builds the named things of the desk shift; the story leaves them alone. */
export function buildCast(world: World, writer: Writer): readonly CastMember[] {
  const cast: CastMember[] = [];
  for (const plan of [...ARRIVALS, ...RETURNS, ...LENDING]) cast.push(...play(world, writer, plan));
  cast.push(...bothSides(world, writer), ...loose(writer, cast));
  return cast;
}

function play(world: World, writer: Writer, plan: CastPlan): readonly CastMember[] {
  const weBorrow = plan.side === 'borrow';
  const lender = weBorrow ? (plan.partner ?? 'northfield') : 'riverside';
  const borrower = weBorrow ? 'riverside' : (plan.partner ?? 'northfield');
  const items = plan.endings?.map((ending) => itemBarcodeEnding(library(lender).barcodeCode, ending));
  const told = writer.transaction({
    borrower,
    lender,
    borrowing: plan.copy === true ? 'NonreturnableRequester' : 'PatronRequest',
    borrowerState: plan.borrowerState,
    lending: plan.copy === true ? 'NonreturnableResponder' : 'Responder',
    lenderState: plan.lenderState,
    hrid: plan.hrid,
    ...(items === undefined ? { volumeCount: plan.volumes ?? 1 } : { items }),
    hoursAgo: plan.hoursAgo ?? 20,
    dueInDays: plan.dueInDays ?? 35,
  });
  for (const request of [told.borrower, told.lender]) if (request !== undefined) world.reserved.add(request.id);
  const ours = weBorrow ? told.borrower : told.lender;
  if (ours === undefined) throw new RangeError(`${plan.hrid} has no copy at Riverside`);
  dress(world, plan, ours, told);
  return plan.things.map((thing) => {
    const item = told.items[thing.volume ?? 0] ?? '';
    return {
      key: thing.key,
      barcode:
        thing.scan === 'item'
          ? item
          : thing.scan === 'temporary'
            ? `${plan.hrid}-${item.slice(-4)}`
            : (thing.text ?? plan.hrid),
      what: thing.what,
      title: told.work.title,
      hrid: plan.hrid,
      requestId: ours.id,
      expects: thing.expects,
    };
  });
}

/** Messages, conditions, and things that go wrong. */
function dress(world: World, plan: CastPlan, ours: PracticeRequest, told: Transaction): void {
  const tenant = world.tenants.get('riverside');
  if (plan.message !== undefined) {
    incoming(world, ours, { content: plan.message, status: 'Loaned', hoursAgo: plan.hoursAgo ?? 20 });
  }
  if (plan.terms !== undefined) {
    for (const request of [told.borrower, told.lender]) {
      if (request !== undefined) condition(world, request, plan.terms);
    }
    incoming(world, ours, {
      content: `#ReShareAddLoanCondition# ${plan.terms.note}`,
      status: 'Conditional',
      data: plan.terms.code,
      hoursAgo: 3,
    });
  }
  if (plan.breaks !== undefined) {
    const barcode = plan.breaks.barcode === 'hrid' ? plan.hrid : (told.items[0] ?? '');
    tenant?.lms.breakItem(barcode, plan.breaks.operation, plan.breaks.problem);
  }
}

/** A request our own tenant plays both parts of, as happens in a shared tenant: one number, two records. */
function bothSides(world: World, writer: Writer): readonly CastMember[] {
  const told = writer.transaction({
    borrower: 'riverside',
    lender: 'riverside',
    borrowing: 'PatronRequest',
    borrowerState: 'REQ_SHIPPED',
    lending: 'Responder',
    lenderState: 'RES_ITEM_SHIPPED',
    hrid: 'RVR-1290',
    hoursAgo: 6,
    dueInDays: 30,
  });
  for (const request of [told.borrower, told.lender]) if (request !== undefined) world.reserved.add(request.id);
  return [
    {
      key: 'both-sides',
      barcode: 'RVR-1290',
      what: 'other',
      title: told.work.title,
      hrid: 'RVR-1290',
      expects: 'One number, two requests: we borrow it and we lend it. Ask which side is meant before doing anything.',
    },
  ];
}

/** Things on no request: our own books, cards, labels that are not barcodes of items, and misreadings. */
function loose(writer: Writer, cast: readonly CastMember[]): readonly CastMember[] {
  const riverside = writer.tenant('riverside');
  const home = library('riverside').branches;
  const own = [0, 1, 2].map((n): CastMember => {
    const work = writer.work();
    const barcode = writer.barcode('riverside');
    riverside.lms.add({
      barcode,
      title: work.title,
      callNumber: work.callNumber,
      home: home[n]?.code ?? '',
      status: 'checked out',
    });
    return {
      key: `own-item-${n + 1}`,
      barcode,
      what: 'own item',
      title: work.title,
      expects: 'Our own book, on no request. Not an interlibrary loan: it goes through the library’s own check-in.',
    };
  });
  const cards = riverside.patrons.slice(0, 2).map((patron, n): CastMember => ({
    key: `patron-card-${n + 1}`,
    barcode: patron.barcode,
    what: 'patron card',
    title: 'Library card',
    expects: 'A patron’s card, not a thing to route. Nothing is looked up in the requests by it.',
  }));
  const arrival = cast.find((one) => one.key === 'arrival-1');
  const request = arrival?.requestId === undefined ? undefined : riverside.requests.get(arrival.requestId);
  const elsewhere = libraryBarcode(3, library('northfield').barcodeCode, 39_111);
  const good = own[0]?.barcode ?? '';
  const twisted = `${good.slice(0, 6)}${good[7] ?? ''}${good[6] ?? ''}${good.slice(8)}`;
  const misread = good.slice(0, 13) + String((Number(good.slice(13)) + 3) % 10);
  const arrivalItem = arrival?.barcode ?? '';
  const returned = cast.find((one) => one.key === 'return-lender-barcode')?.barcode ?? '';
  return [
    ...own,
    ...cards,
    {
      key: 'isbn-of-arrival',
      barcode: request?.bib.isbn ?? '',
      what: 'isbn',
      title: arrival?.title ?? '',
      expects: 'The ISBN printed on the back. Look for the library barcode instead.',
    },
    {
      key: 'isbn-unknown',
      barcode: isbn13('978014031912'),
      what: 'isbn',
      title: 'Some other book',
      expects: 'An ISBN of no request. Look for the library barcode instead.',
    },
    {
      key: 'wrong-check-digit',
      barcode: misread,
      what: 'wrong label',
      title: own[0]?.title ?? '',
      expects: 'The check digit is wrong: a worn label read badly. Warn, keep the scan, scan again.',
    },
    {
      key: 'wrong-label-twisted',
      barcode: twisted === good ? misread : twisted,
      what: 'wrong label',
      title: own[0]?.title ?? '',
      expects: 'Two digits changed places: typed, not scanned. Warn, keep the scan, scan again.',
    },
    {
      key: 'foreign-item',
      barcode: elsewhere,
      what: 'other',
      title: 'A Northfield book',
      expects: 'A good barcode of Northfield College on none of our requests. It goes to the ILL office.',
    },
    {
      key: 'unknown-request',
      barcode: 'RVR-98765',
      what: 'other',
      title: '',
      expects: 'A request number that does not exist here. It goes to the ILL office.',
    },
    {
      key: 'run-together',
      barcode: arrivalItem + returned,
      what: 'other',
      title: '',
      expects: 'Two barcodes read as one. Both halves have good check digits: take them as two scans.',
    },
  ];
}
