import { borrow, thing, type CastPlan } from './cast-types.ts';

const RECEIVE = 'Arrived from another library: mark it received in ReShare, then put it on the hold shelf.';
const RETURN =
  'Brought back by its patron: mark it returned in ReShare, then send it to the ILL office for the way back.';
const SHIP_BACK = 'Ready to go home: mark the return shipped in ReShare and pack it for the lender.';

/** Borrowed things that come in the morning's delivery. */
export const ARRIVALS: readonly CastPlan[] = [
  borrow('RVR-1201', 'REQ_SHIPPED', 'RES_ITEM_SHIPPED', [thing('arrival-1', 'arrival', 'item', RECEIVE)], {
    message: 'Shipped by courier today',
  }),
  borrow('RVR-1202', 'REQ_SHIPPED', 'RES_ITEM_SHIPPED', [thing('arrival-2', 'arrival', 'number', RECEIVE)]),
  borrow('RVR-1203', 'REQ_SHIPPED', 'RES_ITEM_SHIPPED', [thing('arrival-3', 'arrival', 'item', RECEIVE)], {
    partner: 'eastport',
  }),
  borrow('RVR-1204', 'REQ_SHIPPED', 'RES_ITEM_SHIPPED', [
    thing('arrival-code39', 'arrival', 'number', `The slip’s Code 39 comes with its stars. ${RECEIVE}`, {
      text: '*RVR-1204*',
    }),
  ]),
  borrow(
    'RVR-1205',
    'REQ_SHIPPED',
    'RES_ITEM_SHIPPED',
    [
      thing(
        'arrival-accept-fails',
        'arrival',
        'item',
        'ReShare answers 400: the circulation system refused AcceptItem ("Item already exists"). Nothing is received; it goes to the ILL office.',
      ),
    ],
    { breaks: { barcode: 'hrid', operation: 'acceptItem', problem: 'Item already exists' } },
  ),
  borrow(
    'RVR-1206',
    'REQ_SHIPPED',
    'RES_ITEM_SHIPPED',
    [
      thing(
        'arrival-multi-1',
        'arrival',
        'item',
        'The first of three volumes of one request. One "received" takes in all three: check that all three are there.',
        { volume: 0 },
      ),
      thing('arrival-multi-2', 'arrival', 'item', 'The second of the three volumes: already received with the first.', {
        volume: 1,
      }),
      thing('arrival-multi-3', 'arrival', 'item', 'The third of the three volumes: already received with the first.', {
        volume: 2,
      }),
    ],
    { volumes: 3 },
  ),
  borrow(
    'RVR-1207',
    'REQ_SHIPPED',
    'RES_ITEM_SHIPPED',
    [thing('arrival-due-soon', 'arrival', 'item', `Due at the lender in three days. ${RECEIVE}`)],
    { partner: 'eastport', dueInDays: 3 },
  ),
  borrow('RVR-1208', 'REQ_EXPECTS_TO_SUPPLY', 'RES_AWAIT_SHIP', [
    thing(
      'arrival-not-yet-shipped',
      'arrival',
      'number',
      'The book is here but the lender has not marked it shipped. Nothing can be received yet: ILL office.',
    ),
  ]),
  borrow(
    'RVR-1209',
    'REQ_CONDITIONAL_ANSWER_RECEIVED',
    'RES_PENDING_CONDITIONAL_ANSWER',
    [
      thing(
        'conditional-answer',
        'other',
        'number',
        'The lender set conditions and waits for an answer: the ILL office decides.',
      ),
    ],
    { terms: { code: 'libraryuseonly', note: 'Reading room only', cost: 15 } },
  ),
];

/** Borrowed things that come back over the desk, and those on their way home. */
export const RETURNS: readonly CastPlan[] = [
  borrow('RVR-1221', 'REQ_CHECKED_IN', 'RES_ITEM_SHIPPED', [thing('return-by-number', 'return', 'number', RETURN)]),
  borrow(
    'RVR-1234',
    'REQ_CHECKED_IN',
    'RES_ITEM_SHIPPED',
    [
      thing(
        'return-by-temporary',
        'return',
        'temporary',
        `One of two volumes, by our own label RVR-1234-5678. ${RETURN} See that both are there.`,
        { volume: 0 },
      ),
      thing(
        'return-by-temporary-2',
        'return',
        'temporary',
        'The other volume of RVR-1234: already returned with the first.',
        { volume: 1 },
      ),
    ],
    { endings: ['5678', '5683'] },
  ),
  borrow(
    'RVR-1223',
    'REQ_CHECKED_IN',
    'RES_ITEM_SHIPPED',
    [thing('return-lender-barcode', 'return', 'item', `Scanned by the lender’s own label. ${RETURN}`)],
    { partner: 'eastport' },
  ),
  borrow(
    'RVR-1224',
    'REQ_OVERDUE',
    'RES_OVERDUE',
    [thing('return-overdue', 'return', 'number', `Six days over its date at the lender. ${RETURN}`)],
    { dueInDays: -6 },
  ),
  borrow('RVR-1225', 'REQ_CHECKED_IN', 'RES_ITEM_SHIPPED', [
    thing('return-small-letters', 'return', 'number', `Typed in small letters. ${RETURN}`, { text: 'rvr-1225' }),
  ]),
  borrow(
    'RVR-1226',
    'REQ_CHECKED_IN',
    'RES_ITEM_SHIPPED',
    [
      thing(
        'return-checkin-fails',
        'return',
        'number',
        'ReShare says success, but the audit says the circulation system refused the check-in: say so, and check it in there by hand.',
      ),
    ],
    { breaks: { barcode: 'hrid', operation: 'checkInItem', problem: 'Item Not Checked Out' } },
  ),
  borrow('RVR-1227', 'REQ_RECALLED', 'RES_ITEM_SHIPPED', [
    thing('recalled', 'return', 'number', 'Recalled by the lender. ReShare offers no return step here: ILL office.'),
  ]),
  borrow('RVR-1231', 'REQ_AWAITING_RETURN_SHIPPING', 'RES_ITEM_SHIPPED', [
    thing('ship-back-1', 'ship-back', 'number', SHIP_BACK),
  ]),
  borrow(
    'RVR-1232',
    'REQ_AWAITING_RETURN_SHIPPING',
    'RES_ITEM_SHIPPED',
    [thing('ship-back-2', 'ship-back', 'item', SHIP_BACK)],
    { partner: 'eastport' },
  ),
  borrow('RVR-1233', 'REQ_AWAITING_RETURN_SHIPPING', 'RES_ITEM_SHIPPED', [
    thing('ship-back-3', 'ship-back', 'item', SHIP_BACK),
  ]),
  borrow('RVR-1235', 'REQ_SHIPPED_TO_SUPPLIER', 'RES_ITEM_RETURNED', [
    thing('already-shipped-back', 'other', 'number', 'Already marked as shipped back: it only has to leave the house.'),
  ]),
  borrow('RVR-1236', 'REQ_REQUEST_COMPLETE', 'RES_COMPLETE', [
    thing(
      'closed-borrowed',
      'other',
      'number',
      'A closed request. Nothing to do in ReShare: ILL office if the book is in your hand.',
    ),
  ]),
];
