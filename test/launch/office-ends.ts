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
  readonly go: (lenders: PracticeStaff, request: Underway, office: Office) => Promise<void>;
}

/** What the office does with Carrel on the way, each by keyboard and until it has settled. */
export interface Office {
  /** Scans the number of what arrived. */
  readonly receive: (request: Underway) => Promise<void>;
  /** Opens the request and does its main action. @param label what the key says */
  readonly press: (request: Underway, label: string) => Promise<void>;
  /** Opens the request and does something from the list of what is allowed, with one field chosen. */
  readonly choose: (
    request: Underway,
    label: string,
    choice?: readonly [string, string],
    picture?: string,
  ) => Promise<void>;
  /** Opens the request, says that its messages were read, and answers. */
  readonly answer: (request: Underway, text: string, picture?: string) => Promise<void>;
  /** Opens the request to look at it. */
  readonly look: (request: Underway, picture: string) => Promise<void>;
  /** What somebody else did, in words. */
  readonly tell: (deed: string) => void;
}

const NORTH: PracticeLibrary = 'northfield';
const EAST: PracticeLibrary = 'eastport';

async function willSupply(lenders: PracticeStaff, { number }: Underway, library = NORTH): Promise<string> {
  const copy = await lenders.copyOf(library, number);
  await lenders.act(library, copy, 'respondYes', { pickLocation: await lenders.pickLocation(library) });
  return copy;
}

async function send(lenders: PracticeStaff, copy: string, library = NORTH): Promise<void> {
  await lenders.act(library, copy, 'supplierPrintPullSlip');
  await lenders.act(library, copy, 'supplierCheckInToReshare', {
    itemBarcodes: [{ itemId: await lenders.fetchBook(library) }],
  });
  await lenders.act(library, copy, 'supplierMarkShipped');
}

async function sendBack(office: Office, request: Underway): Promise<void> {
  await office.press(request, 'Mark returned by patron');
  await office.press(request, 'Mark return shipped');
}

const CONDITION = { loanCondition: 'libraryuseonly', holdingState: 'yes', note: 'To be read in the library only.' };

async function condition(lenders: PracticeStaff, { number }: Underway, office: Office): Promise<string> {
  const copy = await lenders.copyOf(NORTH, number);
  const pickLocation = await lenders.pickLocation(NORTH);
  await lenders.act(NORTH, copy, 'supplierConditionalSupply', { pickLocation, ...CONDITION });
  office.tell('Northfield offers it under a condition: library use only.');
  return copy;
}

async function cancel(office: Office, request: Underway, picture?: string): Promise<void> {
  await office.choose(request, 'Cancel the request', ['Reason', 'User requested cancellation'], picture);
}

/** Ten requests and what becomes of them, in the order in which they were placed. */
export const WAYS: readonly Way[] = [
  {
    story: 'Sent, read, sent back, and checked in by its lender.',
    end: 'REQ_REQUEST_COMPLETE',
    go: async (lenders, request, office) => {
      const copy = await willSupply(lenders, request);
      await send(lenders, copy);
      office.tell('Northfield sends it.');
      await office.receive(request);
      await sendBack(office, request);
      await lenders.act(NORTH, copy, 'supplierCheckOutOfReshare');
      office.tell('Northfield has it back.');
    },
  },
  {
    story: 'Read, and on its way home.',
    end: 'REQ_SHIPPED_TO_SUPPLIER',
    go: async (lenders, request, office) => {
      await send(lenders, await willSupply(lenders, request));
      office.tell('Northfield sends it.');
      await office.receive(request);
      await sendBack(office, request);
    },
  },
  {
    story: 'Lent for use in the library only: the office agrees, it comes, and it waits for its patron.',
    end: 'REQ_CHECKED_IN',
    go: async (lenders, request, office) => {
      const copy = await condition(lenders, request, office);
      await office.look(request, 'office-conditions');
      await office.press(request, 'Agree to the conditions');
      await send(lenders, copy);
      office.tell('Northfield sends it.');
      await office.receive(request);
    },
  },
  {
    story: 'A patron’s mind is changed too late: the lender does not agree to cancel, and sends it.',
    end: 'REQ_SHIPPED',
    go: async (lenders, request, office) => {
      const copy = await willSupply(lenders, request);
      await cancel(office, request, 'office-cancel');
      await lenders.act(NORTH, copy, 'supplierRespondToCancel', { cancelResponse: 'no' });
      office.tell('Northfield does not agree: it is packed already.');
      await send(lenders, copy);
      office.tell('Northfield sends it.');
    },
  },
  {
    story: 'Another’s is changed in time: cancelled, and the lender agrees.',
    end: 'REQ_CANCELLED',
    go: async (lenders, request, office) => {
      const copy = await willSupply(lenders, request);
      await cancel(office, request);
      await lenders.act(NORTH, copy, 'supplierRespondToCancel', { cancelResponse: 'yes' });
      office.tell('Northfield agrees.');
    },
  },
  {
    story: 'Northfield cannot find it, and nobody else has it.',
    end: 'REQ_END_OF_ROTA',
    alone: true,
    go: async (lenders, { number }, office) => {
      await lenders.act(NORTH, await lenders.copyOf(NORTH, number), 'supplierCannotSupply', { reason: 'missing' });
      office.tell('Northfield: missing from its shelf.');
    },
  },
  {
    story: 'Northfield will send it and asks something first: the office reads it and answers.',
    end: 'REQ_EXPECTS_TO_SUPPLY',
    go: async (lenders, request, office) => {
      const copy = await willSupply(lenders, request);
      const note = 'There are two bindings of this one. Does it matter?';
      await lenders.act(NORTH, copy, 'message', { note });
      office.tell(`Northfield writes: “${note}”`);
      await office.answer(request, 'Either will do, thank you.', 'office-message');
    },
  },
  {
    story:
      'Northfield’s condition is too hard for its patron: rejected, and Eastport is asked, which lends it without any.',
    end: 'REQ_SHIPPED',
    go: async (lenders, request, office) => {
      const copy = await condition(lenders, request, office);
      await office.choose(request, 'Reject the conditions');
      await lenders.act(NORTH, copy, 'supplierRespondToCancel', { cancelResponse: 'yes' });
      office.tell('Northfield is out of it; ReShare asks Eastport.');
      await send(lenders, await willSupply(lenders, request, EAST), EAST);
      office.tell('Eastport sends it.');
    },
  },
  {
    story: 'It turns up on the library’s own shelves: closed by hand as filled locally.',
    end: 'REQ_FILLED_LOCALLY',
    go: async (lenders, request, office) => {
      await willSupply(lenders, request);
      await office.choose(request, 'Close by hand', ['Close as', 'Filled locally'], 'office-close');
    },
  },
  {
    story: 'Northfield lends it to nobody this week, and Eastport steps in.',
    end: 'REQ_EXPECTS_TO_SUPPLY',
    go: async (lenders, request, office) => {
      const copy = await lenders.copyOf(NORTH, request.number);
      await lenders.act(NORTH, copy, 'supplierCannotSupply', { reason: 'unavailable' });
      await willSupply(lenders, request, EAST);
      office.tell('Northfield cannot supply it; Eastport will.');
    },
  },
];
