import { lend, thing, type CastPlan } from './cast-types.ts';

/** Our own books on their way to and from other libraries. */
export const LENDING: readonly CastPlan[] = [
  lend('NFD-1301', 'REQ_REQUEST_SENT_TO_SUPPLIER', 'RES_IDLE', [
    thing(
      'new-request',
      'other',
      'number',
      'A new request nobody has answered: the ILL office says whether we supply.',
    ),
  ]),
  lend('NFD-1302', 'REQ_EXPECTS_TO_SUPPLY', 'RES_NEW_AWAIT_PULL_SLIP', [
    thing('pull-slip-1', 'pull slip', 'number', 'Its pull slip is not marked printed: mark it, then fetch the book.'),
  ]),
  lend(
    'EPT-1303',
    'REQ_EXPECTS_TO_SUPPLY',
    'RES_NEW_AWAIT_PULL_SLIP',
    [thing('pull-slip-2', 'pull slip', 'number', 'Its pull slip is not marked printed: mark it, then fetch the book.')],
    { partner: 'eastport' },
  ),
  lend('NFD-1304', 'REQ_EXPECTS_TO_SUPPLY', 'RES_AWAIT_PICKING', [
    thing(
      'fill-request-1',
      'fill request',
      'number',
      'The book was fetched: scan its barcode next to fill the request.',
    ),
    thing(
      'fill-item-1',
      'fill item',
      'item',
      'Fills NFD-1304: the book is checked out to Northfield, then it is to be shipped.',
    ),
  ]),
  lend(
    'EPT-1305',
    'REQ_EXPECTS_TO_SUPPLY',
    'RES_AWAIT_PICKING',
    [
      thing(
        'fill-request-2',
        'fill request',
        'number',
        'The book was fetched: scan its barcode next to fill the request.',
      ),
      thing(
        'fill-item-2',
        'fill item',
        'item',
        'Fills EPT-1305: the book is checked out to Eastport, then it is to be shipped.',
      ),
    ],
    { partner: 'eastport' },
  ),
  lend(
    'NFD-1306',
    'REQ_EXPECTS_TO_SUPPLY',
    'RES_AWAIT_PICKING',
    [
      thing(
        'fill-request-fails',
        'fill request',
        'number',
        'The book was fetched: scan its barcode next to fill the request.',
      ),
      thing(
        'fill-item-fails',
        'fill item',
        'item',
        'ReShare answers 500 {}: the circulation system refused the check-out ("Item is not loanable"). Keep the book; the reason is in the audit.',
      ),
    ],
    { breaks: { barcode: 'item', operation: 'checkOutItem', problem: 'Item is not loanable' } },
  ),
  lend(
    'NFD-1307',
    'REQ_EXPECTS_TO_SUPPLY',
    'RES_AWAIT_PICKING',
    [
      thing('fill-request-multi', 'fill request', 'number', 'Two volumes are wanted: scan both barcodes next.'),
      thing('fill-item-multi-1', 'fill item', 'item', 'Volume 1 for NFD-1307.', { volume: 0 }),
      thing('fill-item-multi-2', 'fill item', 'item', 'Volume 2 for NFD-1307.', { volume: 1 }),
    ],
    { volumes: 2 },
  ),
  lend('NFD-1308', 'REQ_EXPECTS_TO_SUPPLY', 'RES_AWAIT_SHIP', [
    thing(
      'ship-1',
      'ship',
      'item',
      'Filled: mark it shipped and pack it for Northfield. The fill can still be undone.',
    ),
  ]),
  lend(
    'EPT-1309',
    'REQ_EXPECTS_TO_SUPPLY',
    'RES_AWAIT_SHIP',
    [thing('ship-2', 'ship', 'number', 'Filled: mark it shipped and pack it for Eastport.')],
    { partner: 'eastport' },
  ),
  lend('NFD-1310', 'REQ_SHIPPED_TO_SUPPLIER', 'RES_ITEM_RETURNED', [
    thing('complete-1', 'complete', 'item', 'Our book came home: complete the request, then shelve it.'),
  ]),
  lend(
    'EPT-1311',
    'REQ_SHIPPED_TO_SUPPLIER',
    'RES_ITEM_RETURNED',
    [thing('complete-2', 'complete', 'number', 'Our book came home: complete the request, then shelve it.')],
    { partner: 'eastport' },
  ),
  lend(
    'NFD-1312',
    'REQ_OVERDUE',
    'RES_OVERDUE',
    [thing('complete-overdue', 'complete', 'item', 'Came home nine days late: complete the request, then shelve it.')],
    { dueInDays: -9 },
  ),
  lend(
    'NFD-1313',
    'REQ_SHIPPED_TO_SUPPLIER',
    'RES_ITEM_RETURNED',
    [
      thing(
        'complete-checkin-fails',
        'complete',
        'item',
        'ReShare answers 400: the circulation system refused the check-in. The request stays open; keep the book at the desk.',
      ),
    ],
    { breaks: { barcode: 'item', operation: 'checkInItem', problem: 'Item Not Checked Out' } },
  ),
  lend('NFD-1314', 'REQ_CANCEL_PENDING', 'RES_CANCEL_REQUEST_RECEIVED', [
    thing(
      'cancel-received',
      'other',
      'number',
      'Northfield asks to cancel: the ILL office answers yes or no. Do not ship.',
    ),
  ]),
  lend(
    'NFD-1315',
    'REQ_CONDITIONAL_ANSWER_RECEIVED',
    'RES_PENDING_CONDITIONAL_ANSWER',
    [thing('conditions-sent', 'other', 'number', 'We set conditions and wait for Northfield. Nothing to do yet.')],
    { terms: { code: 'signaturerequired', note: 'Please sign on receipt' } },
  ),
  lend(
    'EPT-1316',
    'REQ_CHECKED_IN',
    'RES_ITEM_SHIPPED',
    [
      thing(
        'lent-and-out',
        'other',
        'item',
        'Out to Eastport as far as ReShare knows, yet it is in your hand: ILL office.',
      ),
    ],
    { partner: 'eastport' },
  ),
  lend('NFD-1317', 'REQ_REQUEST_COMPLETE', 'RES_COMPLETE', [
    thing('closed-lent', 'other', 'item', 'Lent once, long back: the request is closed, so it is an own book again.'),
  ]),
  lend(
    'NFD-1318',
    'REQ_EXPECTS_TO_SUPPLY',
    'RES_COPY_AWAIT_PICKING',
    [thing('copy-to-make', 'other', 'number', 'A chapter to be scanned and sent as a link: the ILL office does that.')],
    { copy: true },
  ),
];
