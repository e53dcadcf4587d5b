import type { PracticeLibrary, PracticeStaff } from './practice-staff.ts';

/** A request that was placed, as the story of its way needs it. */
export interface Underway {
  readonly id: string;
  readonly number: string;
}

/** The way of one placed request: who does what, and where it ends. */
export interface Way {
  readonly story: string;
  /** The state in which the day leaves it. */
  readonly end: string;
  /** The library that is asked first lends alone. */
  readonly alone?: true;
  readonly go: (staff: PracticeStaff, request: Underway, office: Office) => Promise<void>;
}

/** What the office does with Carrel on the way. */
export interface Office {
  /** Scans the number of what arrived, and waits until it is received. */
  readonly receive: (number: string) => Promise<void>;
}

const NORTH: PracticeLibrary = 'northfield';
const EAST: PracticeLibrary = 'eastport';
const US: PracticeLibrary = 'riverside';

async function willSupply(staff: PracticeStaff, { number }: Underway): Promise<string> {
  const copy = await staff.copyOf(NORTH, number);
  await staff.act(NORTH, copy, 'respondYes', { pickLocation: await staff.pickLocation(NORTH) });
  return copy;
}

async function send(staff: PracticeStaff, copy: string): Promise<void> {
  await staff.act(NORTH, copy, 'supplierPrintPullSlip');
  await staff.act(NORTH, copy, 'supplierCheckInToReshare', {
    itemBarcodes: [{ itemId: await staff.fetchBook(NORTH) }],
  });
  await staff.act(NORTH, copy, 'supplierMarkShipped');
}

async function sendBack(staff: PracticeStaff, { id }: Underway): Promise<void> {
  await staff.act(US, id, 'patronReturnedItem');
  await staff.act(US, id, 'shippedReturn');
}

const CONDITION = { loanCondition: 'libraryuseonly', holdingState: 'yes', note: 'To be read in the library only.' };

async function condition(staff: PracticeStaff, { number }: Underway): Promise<string> {
  const copy = await staff.copyOf(NORTH, number);
  const pickLocation = await staff.pickLocation(NORTH);
  await staff.act(NORTH, copy, 'supplierConditionalSupply', { pickLocation, ...CONDITION });
  return copy;
}

/** Ten requests and what becomes of them, in the order in which they were placed. */
export const WAYS: readonly Way[] = [
  {
    story: 'Sent, read, sent back and checked in by its lender.',
    end: 'REQ_REQUEST_COMPLETE',
    go: async (staff, request, office) => {
      const copy = await willSupply(staff, request);
      await send(staff, copy);
      await office.receive(request.number);
      await sendBack(staff, request);
      await staff.act(NORTH, copy, 'supplierCheckOutOfReshare');
    },
  },
  {
    story: 'Read and on its way home.',
    end: 'REQ_SHIPPED_TO_SUPPLIER',
    go: async (staff, request, office) => {
      await send(staff, await willSupply(staff, request));
      await office.receive(request.number);
      await sendBack(staff, request);
    },
  },
  {
    story: 'Lent for use in the library only; we agree, it comes, and it waits for its patron.',
    end: 'REQ_CHECKED_IN',
    go: async (staff, request, office) => {
      const copy = await condition(staff, request);
      await staff.act(US, request.id, 'requesterAgreeConditions');
      await send(staff, copy);
      await office.receive(request.number);
    },
  },
  {
    story: 'The patron changes her mind too late: the lender refuses the cancelling and sends it.',
    end: 'REQ_SHIPPED',
    go: async (staff, request) => {
      const copy = await willSupply(staff, request);
      await staff.act(US, request.id, 'requesterCancel', { reason: 'PATRON_CANCELLED' });
      await staff.act(NORTH, copy, 'supplierRespondToCancel', { cancelResponse: 'no' });
      await send(staff, copy);
    },
  },
  {
    story: 'Another changes his mind in time: cancelled, and the lender agrees.',
    end: 'REQ_CANCELLED',
    go: async (staff, request) => {
      const copy = await willSupply(staff, request);
      await staff.act(US, request.id, 'requesterCancel', { reason: 'PATRON_CANCELLED' });
      await staff.act(NORTH, copy, 'supplierRespondToCancel', { cancelResponse: 'yes' });
    },
  },
  {
    story: 'Northfield cannot find it, and nobody else has it.',
    end: 'REQ_END_OF_ROTA',
    alone: true,
    go: async (staff, { number }) => {
      await staff.act(NORTH, await staff.copyOf(NORTH, number), 'supplierCannotSupply', { reason: 'missing' });
    },
  },
  {
    story: 'Northfield will send it and asks which volume; we answer.',
    end: 'REQ_EXPECTS_TO_SUPPLY',
    go: async (staff, request) => {
      const copy = await willSupply(staff, request);
      await staff.act(NORTH, copy, 'message', { note: 'There are two bindings of this one. Does it matter?' });
      await staff.act(US, request.id, 'message', { note: 'It does not. Thank you.' });
    },
  },
  {
    story: 'Northfield’s conditions are too hard for its patron: we reject them, and that is the end of it.',
    end: 'REQ_CANCELLED',
    go: async (staff, request) => {
      const copy = await condition(staff, request);
      await staff.act(US, request.id, 'requesterRejectConditions');
      await staff.act(NORTH, copy, 'supplierRespondToCancel', { cancelResponse: 'yes' });
    },
  },
  {
    story: 'It turns up on our own shelves: closed by hand as filled locally.',
    end: 'REQ_FILLED_LOCALLY',
    go: async (staff, request) => {
      await willSupply(staff, request);
      await staff.act(US, request.id, 'manualClose', { terminalState: 'REQ_FILLED_LOCALLY' });
    },
  },
  {
    story: 'Northfield lends it to nobody this week; Eastport steps in.',
    end: 'REQ_EXPECTS_TO_SUPPLY',
    go: async (staff, { number }) => {
      await staff.act(NORTH, await staff.copyOf(NORTH, number), 'supplierCannotSupply', { reason: 'inuse' });
      const copy = await staff.copyOf(EAST, number);
      await staff.act(EAST, copy, 'respondYes', { pickLocation: await staff.pickLocation(EAST) });
    },
  },
];
