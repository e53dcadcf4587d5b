import type { CastMember } from './cast.ts';

/** One request of the cast and the things that belong to it. */
export interface CastPlan {
  readonly side: 'borrow' | 'lend';
  readonly hrid: string;
  readonly borrowerState: string;
  readonly lenderState: string;
  readonly copy?: true;
  readonly partner?: 'northfield' | 'eastport';
  readonly volumes?: number;
  /** Last four digits of the items' barcodes, where they matter. */
  readonly endings?: readonly string[];
  readonly hoursAgo?: number;
  readonly dueInDays?: number;
  readonly message?: string;
  readonly terms?: { readonly code: string; readonly note: string; readonly cost?: number };
  /** The circulation system refuses this item until it is mended. */
  readonly breaks?: {
    readonly barcode: 'hrid' | 'item';
    readonly operation: 'acceptItem' | 'checkOutItem' | 'checkInItem';
    readonly problem: string;
  };
  readonly things: readonly {
    readonly key: string;
    readonly what: CastMember['what'];
    /** What the scanner reads: the item's label, the label of the temporary item, or the request number (or `text`). */
    readonly scan: 'item' | 'temporary' | 'number';
    readonly volume?: number;
    readonly text?: string;
    readonly expects: string;
  }[];
}

const RECEIVE = 'Arrived from another library: mark it received in ReShare, then put it on the hold shelf.';
const RETURN =
  'Brought back by its patron: mark it returned in ReShare, then send it to the ILL office for the way back.';
const SHIP_BACK = 'Ready to go home: mark the return shipped in ReShare and pack it for the lender.';

/** Borrowed things that come in the morning's delivery. */
export const ARRIVALS: readonly CastPlan[] = [
  {
    side: 'borrow',
    hrid: 'RVR-1201',
    borrowerState: 'REQ_SHIPPED',
    lenderState: 'RES_ITEM_SHIPPED',
    message: 'Shipped by courier today',
    things: [{ key: 'arrival-1', what: 'arrival', scan: 'item', expects: RECEIVE }],
  },
  {
    side: 'borrow',
    hrid: 'RVR-1202',
    borrowerState: 'REQ_SHIPPED',
    lenderState: 'RES_ITEM_SHIPPED',
    things: [{ key: 'arrival-2', what: 'arrival', scan: 'number', expects: RECEIVE }],
  },
  {
    side: 'borrow',
    hrid: 'RVR-1203',
    borrowerState: 'REQ_SHIPPED',
    lenderState: 'RES_ITEM_SHIPPED',
    partner: 'eastport',
    things: [{ key: 'arrival-3', what: 'arrival', scan: 'item', expects: RECEIVE }],
  },
  {
    side: 'borrow',
    hrid: 'RVR-1204',
    borrowerState: 'REQ_SHIPPED',
    lenderState: 'RES_ITEM_SHIPPED',
    things: [
      {
        key: 'arrival-code39',
        what: 'arrival',
        scan: 'number',
        text: '*RVR-1204*',
        expects: `The slip's Code 39 comes with its stars. ${RECEIVE}`,
      },
    ],
  },
  {
    side: 'borrow',
    hrid: 'RVR-1205',
    borrowerState: 'REQ_SHIPPED',
    lenderState: 'RES_ITEM_SHIPPED',
    breaks: { barcode: 'hrid', operation: 'acceptItem', problem: 'Item already exists' },
    things: [
      {
        key: 'arrival-accept-fails',
        what: 'arrival',
        scan: 'item',
        expects:
          'ReShare answers 400: the circulation system refused AcceptItem ("Item already exists"). Nothing is received; it goes to the ILL office.',
      },
    ],
  },
  {
    side: 'borrow',
    hrid: 'RVR-1206',
    borrowerState: 'REQ_SHIPPED',
    lenderState: 'RES_ITEM_SHIPPED',
    volumes: 3,
    things: [
      {
        key: 'arrival-multi-1',
        what: 'arrival',
        scan: 'item',
        volume: 0,
        expects:
          'The first of three volumes of one request. One "received" takes in all three: check that all three are there.',
      },
      {
        key: 'arrival-multi-2',
        what: 'arrival',
        scan: 'item',
        volume: 1,
        expects: 'The second of the three volumes: already received with the first.',
      },
      {
        key: 'arrival-multi-3',
        what: 'arrival',
        scan: 'item',
        volume: 2,
        expects: 'The third of the three volumes: already received with the first.',
      },
    ],
  },
  {
    side: 'borrow',
    hrid: 'RVR-1207',
    borrowerState: 'REQ_SHIPPED',
    lenderState: 'RES_ITEM_SHIPPED',
    partner: 'eastport',
    dueInDays: 3,
    things: [
      {
        key: 'arrival-due-soon',
        what: 'arrival',
        scan: 'item',
        expects: `Due at the lender in three days. ${RECEIVE}`,
      },
    ],
  },
  {
    side: 'borrow',
    hrid: 'RVR-1208',
    borrowerState: 'REQ_EXPECTS_TO_SUPPLY',
    lenderState: 'RES_AWAIT_SHIP',
    things: [
      {
        key: 'arrival-not-yet-shipped',
        what: 'arrival',
        scan: 'number',
        expects: 'The book is here but the lender has not marked it shipped. Nothing can be received yet: ILL office.',
      },
    ],
  },
  {
    side: 'borrow',
    hrid: 'RVR-1209',
    borrowerState: 'REQ_CONDITIONAL_ANSWER_RECEIVED',
    lenderState: 'RES_PENDING_CONDITIONAL_ANSWER',
    terms: { code: 'libraryuseonly', note: 'Reading room only', cost: 15 },
    things: [
      {
        key: 'conditional-answer',
        what: 'other',
        scan: 'number',
        expects: 'The lender set conditions and waits for an answer: the ILL office decides.',
      },
    ],
  },
];

/** Borrowed things that come back over the desk, and those on their way home. */
export const RETURNS: readonly CastPlan[] = [
  {
    side: 'borrow',
    hrid: 'RVR-1221',
    borrowerState: 'REQ_CHECKED_IN',
    lenderState: 'RES_ITEM_SHIPPED',
    things: [{ key: 'return-by-number', what: 'return', scan: 'number', expects: RETURN }],
  },
  {
    side: 'borrow',
    hrid: 'RVR-1234',
    borrowerState: 'REQ_CHECKED_IN',
    lenderState: 'RES_ITEM_SHIPPED',
    endings: ['5678', '5683'],
    things: [
      {
        key: 'return-by-temporary',
        what: 'return',
        scan: 'temporary',
        volume: 0,
        expects: `One of two volumes, by our own label RVR-1234-5678. ${RETURN} See that both are there.`,
      },
      {
        key: 'return-by-temporary-2',
        what: 'return',
        scan: 'temporary',
        volume: 1,
        expects: 'The other volume of RVR-1234: already returned with the first.',
      },
    ],
  },
  {
    side: 'borrow',
    hrid: 'RVR-1223',
    borrowerState: 'REQ_CHECKED_IN',
    lenderState: 'RES_ITEM_SHIPPED',
    partner: 'eastport',
    things: [
      {
        key: 'return-lender-barcode',
        what: 'return',
        scan: 'item',
        expects: `Scanned by the lender's own label. ${RETURN}`,
      },
    ],
  },
  {
    side: 'borrow',
    hrid: 'RVR-1224',
    borrowerState: 'REQ_OVERDUE',
    lenderState: 'RES_OVERDUE',
    dueInDays: -6,
    things: [
      {
        key: 'return-overdue',
        what: 'return',
        scan: 'number',
        expects: `Six days over its date at the lender. ${RETURN}`,
      },
    ],
  },
  {
    side: 'borrow',
    hrid: 'RVR-1225',
    borrowerState: 'REQ_CHECKED_IN',
    lenderState: 'RES_ITEM_SHIPPED',
    things: [
      {
        key: 'return-small-letters',
        what: 'return',
        scan: 'number',
        text: 'rvr-1225',
        expects: `Typed in small letters. ${RETURN}`,
      },
    ],
  },
  {
    side: 'borrow',
    hrid: 'RVR-1226',
    borrowerState: 'REQ_CHECKED_IN',
    lenderState: 'RES_ITEM_SHIPPED',
    breaks: { barcode: 'hrid', operation: 'checkInItem', problem: 'Item Not Checked Out' },
    things: [
      {
        key: 'return-checkin-fails',
        what: 'return',
        scan: 'number',
        expects:
          'ReShare says success, but the audit says the circulation system refused the check-in: say so, and check it in there by hand.',
      },
    ],
  },
  {
    side: 'borrow',
    hrid: 'RVR-1227',
    borrowerState: 'REQ_RECALLED',
    lenderState: 'RES_ITEM_SHIPPED',
    things: [
      {
        key: 'recalled',
        what: 'return',
        scan: 'number',
        expects: 'Recalled by the lender. ReShare offers no return step here: ILL office.',
      },
    ],
  },
  {
    side: 'borrow',
    hrid: 'RVR-1231',
    borrowerState: 'REQ_AWAITING_RETURN_SHIPPING',
    lenderState: 'RES_ITEM_SHIPPED',
    things: [{ key: 'ship-back-1', what: 'ship-back', scan: 'number', expects: SHIP_BACK }],
  },
  {
    side: 'borrow',
    hrid: 'RVR-1232',
    borrowerState: 'REQ_AWAITING_RETURN_SHIPPING',
    lenderState: 'RES_ITEM_SHIPPED',
    partner: 'eastport',
    things: [{ key: 'ship-back-2', what: 'ship-back', scan: 'item', expects: SHIP_BACK }],
  },
  {
    side: 'borrow',
    hrid: 'RVR-1233',
    borrowerState: 'REQ_AWAITING_RETURN_SHIPPING',
    lenderState: 'RES_ITEM_SHIPPED',
    things: [{ key: 'ship-back-3', what: 'ship-back', scan: 'item', expects: SHIP_BACK }],
  },
  {
    side: 'borrow',
    hrid: 'RVR-1235',
    borrowerState: 'REQ_SHIPPED_TO_SUPPLIER',
    lenderState: 'RES_ITEM_RETURNED',
    things: [
      {
        key: 'already-shipped-back',
        what: 'other',
        scan: 'number',
        expects: 'Already marked as shipped back: it only has to leave the house.',
      },
    ],
  },
  {
    side: 'borrow',
    hrid: 'RVR-1236',
    borrowerState: 'REQ_REQUEST_COMPLETE',
    lenderState: 'RES_COMPLETE',
    things: [
      {
        key: 'closed-borrowed',
        what: 'other',
        scan: 'number',
        expects: 'A closed request. Nothing to do in ReShare: ILL office if the book is in your hand.',
      },
    ],
  },
];

/** Our own books on their way to and from other libraries. */
export const LENDING: readonly CastPlan[] = [
  {
    side: 'lend',
    hrid: 'NFD-1301',
    borrowerState: 'REQ_REQUEST_SENT_TO_SUPPLIER',
    lenderState: 'RES_IDLE',
    things: [
      {
        key: 'new-request',
        what: 'other',
        scan: 'number',
        expects: 'A new request nobody has answered: the ILL office says whether we supply.',
      },
    ],
  },
  {
    side: 'lend',
    hrid: 'NFD-1302',
    borrowerState: 'REQ_EXPECTS_TO_SUPPLY',
    lenderState: 'RES_NEW_AWAIT_PULL_SLIP',
    things: [
      {
        key: 'pull-slip-1',
        what: 'pull slip',
        scan: 'number',
        expects: 'Its pull slip is not marked printed: mark it, then fetch the book.',
      },
    ],
  },
  {
    side: 'lend',
    hrid: 'EPT-1303',
    borrowerState: 'REQ_EXPECTS_TO_SUPPLY',
    lenderState: 'RES_NEW_AWAIT_PULL_SLIP',
    partner: 'eastport',
    things: [
      {
        key: 'pull-slip-2',
        what: 'pull slip',
        scan: 'number',
        expects: 'Its pull slip is not marked printed: mark it, then fetch the book.',
      },
    ],
  },
  {
    side: 'lend',
    hrid: 'NFD-1304',
    borrowerState: 'REQ_EXPECTS_TO_SUPPLY',
    lenderState: 'RES_AWAIT_PICKING',
    things: [
      {
        key: 'fill-request-1',
        what: 'fill request',
        scan: 'number',
        expects: 'The book was fetched: scan its barcode next to fill the request.',
      },
      {
        key: 'fill-item-1',
        what: 'fill item',
        scan: 'item',
        expects: 'Fills NFD-1304: the book is checked out to Northfield, then it is to be shipped.',
      },
    ],
  },
  {
    side: 'lend',
    hrid: 'EPT-1305',
    borrowerState: 'REQ_EXPECTS_TO_SUPPLY',
    lenderState: 'RES_AWAIT_PICKING',
    partner: 'eastport',
    things: [
      {
        key: 'fill-request-2',
        what: 'fill request',
        scan: 'number',
        expects: 'The book was fetched: scan its barcode next to fill the request.',
      },
      {
        key: 'fill-item-2',
        what: 'fill item',
        scan: 'item',
        expects: 'Fills EPT-1305: the book is checked out to Eastport, then it is to be shipped.',
      },
    ],
  },
  {
    side: 'lend',
    hrid: 'NFD-1306',
    borrowerState: 'REQ_EXPECTS_TO_SUPPLY',
    lenderState: 'RES_AWAIT_PICKING',
    breaks: { barcode: 'item', operation: 'checkOutItem', problem: 'Item is not loanable' },
    things: [
      {
        key: 'fill-request-fails',
        what: 'fill request',
        scan: 'number',
        expects: 'The book was fetched: scan its barcode next to fill the request.',
      },
      {
        key: 'fill-item-fails',
        what: 'fill item',
        scan: 'item',
        expects:
          'ReShare answers 500 {}: the circulation system refused the check-out ("Item is not loanable"). Keep the book; the reason is in the audit.',
      },
    ],
  },
  {
    side: 'lend',
    hrid: 'NFD-1307',
    borrowerState: 'REQ_EXPECTS_TO_SUPPLY',
    lenderState: 'RES_AWAIT_PICKING',
    volumes: 2,
    things: [
      {
        key: 'fill-request-multi',
        what: 'fill request',
        scan: 'number',
        expects: 'Two volumes are wanted: scan both barcodes next.',
      },
      { key: 'fill-item-multi-1', what: 'fill item', scan: 'item', volume: 0, expects: 'Volume 1 for NFD-1307.' },
      { key: 'fill-item-multi-2', what: 'fill item', scan: 'item', volume: 1, expects: 'Volume 2 for NFD-1307.' },
    ],
  },
  {
    side: 'lend',
    hrid: 'NFD-1308',
    borrowerState: 'REQ_EXPECTS_TO_SUPPLY',
    lenderState: 'RES_AWAIT_SHIP',
    things: [
      {
        key: 'ship-1',
        what: 'ship',
        scan: 'item',
        expects: 'Filled: mark it shipped and pack it for Northfield. The fill can still be undone.',
      },
    ],
  },
  {
    side: 'lend',
    hrid: 'EPT-1309',
    borrowerState: 'REQ_EXPECTS_TO_SUPPLY',
    lenderState: 'RES_AWAIT_SHIP',
    partner: 'eastport',
    things: [
      { key: 'ship-2', what: 'ship', scan: 'number', expects: 'Filled: mark it shipped and pack it for Eastport.' },
    ],
  },
  {
    side: 'lend',
    hrid: 'NFD-1310',
    borrowerState: 'REQ_SHIPPED_TO_SUPPLIER',
    lenderState: 'RES_ITEM_RETURNED',
    things: [
      {
        key: 'complete-1',
        what: 'complete',
        scan: 'item',
        expects: 'Our book came home: complete the request, then shelve it.',
      },
    ],
  },
  {
    side: 'lend',
    hrid: 'EPT-1311',
    borrowerState: 'REQ_SHIPPED_TO_SUPPLIER',
    lenderState: 'RES_ITEM_RETURNED',
    partner: 'eastport',
    things: [
      {
        key: 'complete-2',
        what: 'complete',
        scan: 'number',
        expects: 'Our book came home: complete the request, then shelve it.',
      },
    ],
  },
  {
    side: 'lend',
    hrid: 'NFD-1312',
    borrowerState: 'REQ_OVERDUE',
    lenderState: 'RES_OVERDUE',
    dueInDays: -9,
    things: [
      {
        key: 'complete-overdue',
        what: 'complete',
        scan: 'item',
        expects: 'Came home nine days late: complete the request, then shelve it.',
      },
    ],
  },
  {
    side: 'lend',
    hrid: 'NFD-1313',
    borrowerState: 'REQ_SHIPPED_TO_SUPPLIER',
    lenderState: 'RES_ITEM_RETURNED',
    breaks: { barcode: 'item', operation: 'checkInItem', problem: 'Item Not Checked Out' },
    things: [
      {
        key: 'complete-checkin-fails',
        what: 'complete',
        scan: 'item',
        expects:
          'ReShare answers 400: the circulation system refused the check-in. The request stays open; keep the book at the desk.',
      },
    ],
  },
  {
    side: 'lend',
    hrid: 'NFD-1314',
    borrowerState: 'REQ_CANCEL_PENDING',
    lenderState: 'RES_CANCEL_REQUEST_RECEIVED',
    things: [
      {
        key: 'cancel-received',
        what: 'other',
        scan: 'number',
        expects: 'Northfield asks to cancel: the ILL office answers yes or no. Do not ship.',
      },
    ],
  },
  {
    side: 'lend',
    hrid: 'NFD-1315',
    borrowerState: 'REQ_CONDITIONAL_ANSWER_RECEIVED',
    lenderState: 'RES_PENDING_CONDITIONAL_ANSWER',
    terms: { code: 'signaturerequired', note: 'Please sign on receipt' },
    things: [
      {
        key: 'conditions-sent',
        what: 'other',
        scan: 'number',
        expects: 'We set conditions and wait for Northfield. Nothing to do yet.',
      },
    ],
  },
  {
    side: 'lend',
    hrid: 'EPT-1316',
    borrowerState: 'REQ_CHECKED_IN',
    lenderState: 'RES_ITEM_SHIPPED',
    partner: 'eastport',
    things: [
      {
        key: 'lent-and-out',
        what: 'other',
        scan: 'item',
        expects: 'Out to Eastport as far as ReShare knows, yet it is in your hand: ILL office.',
      },
    ],
  },
  {
    side: 'lend',
    hrid: 'NFD-1317',
    borrowerState: 'REQ_REQUEST_COMPLETE',
    lenderState: 'RES_COMPLETE',
    things: [
      {
        key: 'closed-lent',
        what: 'other',
        scan: 'item',
        expects: 'Lent once, long back: the request is closed, so it is an own book again.',
      },
    ],
  },
  {
    side: 'lend',
    hrid: 'NFD-1318',
    borrowerState: 'REQ_EXPECTS_TO_SUPPLY',
    lenderState: 'RES_COPY_AWAIT_PICKING',
    copy: true,
    things: [
      {
        key: 'copy-to-make',
        what: 'other',
        scan: 'number',
        expects: 'A chapter to be scanned and sent as a link: the ILL office does that.',
      },
    ],
  },
];
