import type { StateWords } from './place.ts';

/**
 * Borrowing states at the desk. Codes and their meaning: openlibraryenvironment/mod-rs reference data (StatusData,
 * StateModelData, NonreturnablesStateModelData, SLNPStateModelData); what to do with the thing in the hand follows the OCLC
 * Relais D2D integration workflow and the ReShare staff guides.
 */

const STRAY = 'If you are holding an item with this number, give it to the ILL office.';

function noItem(event: string, tag: string, why: string): StateWords {
  return { event, place: 'no-item', kind: 'ill', tag, why: [why, STRAY] };
}

function office(event: string, tag: string, ...why: string[]): StateWords {
  return { event, place: 'ill-office', kind: 'stop', tag, why };
}

function noLonger(event: string, tag: string, why: string): StateWords {
  return { event, place: 'no-longer', kind: 'ill', tag, why: [why, STRAY] };
}

const ON_ITS_WAY: StateWords = {
  event: 'on its way here',
  place: 'ill-office',
  kind: 'ill',
  tag: 'ILL office',
  why: ['{partner} has sent it, but ReShare offers no “received” right now.', 'Give it to the ILL office.'],
};

const WITH_US: StateWords = {
  event: 'received',
  place: 'hold-shelf',
  kind: 'ill',
  tag: 'Hold shelf · ILL',
  why: [
    'It is lent to us by {partner} and waits for its patron. Put the hold slip in it and place it on the hold shelf{pickup}.',
  ],
};

const TO_RETURN: StateWords = {
  event: 'returned by patron',
  place: 'ship-back',
  kind: 'ill',
  tag: 'Ship back',
  why: ['{partner} lent us this and your patron is done with it. Put it on the ILL return shelf.'],
};

const GOING_BACK: StateWords = {
  event: 'on its way back',
  place: 'ship-back',
  kind: 'ill',
  tag: 'Ship back',
  why: ['ReShare already has it on its way to {partner}. If it is still here, put it with the outgoing ILL parcels.'],
};

const COMPLETE: StateWords = {
  event: 'complete',
  place: 'ill-office',
  kind: 'ill',
  tag: 'Complete',
  why: ['{partner} has closed this loan. If the item is still here, give it to the ILL office: it belongs to {partner}.'],
};

const CANCELLED = noLonger('cancelled', 'Cancelled', '{hrid} was cancelled; nothing is due for it.');

const NOT_FILLED = noLonger('not filled', 'Not filled', 'No library could send {hrid}; nothing is due for it.');

const DELIVERED = noLonger('delivered', 'Delivered', '{hrid} was delivered as a document; no item belongs to it.');

export const BORROWING: Readonly<Record<string, StateWords>> = {
  REQ_IDLE: noItem('new', 'New', '{hrid} is new and has not been checked yet. Nothing is due for it.'),
  REQ_VALIDATED: noItem('looking for a lender', 'No item yet', '{hrid} has just been accepted. Nothing has been sent.'),
  REQ_SOURCING_ITEM: noItem('looking for a lender', 'No item yet', 'ReShare is looking for a library that has it.'),
  REQ_SUPPLIER_IDENTIFIED: noItem('looking for a lender', 'No item yet', 'ReShare is about to ask {partner} for it.'),
  REQ_REQUEST_SENT_TO_SUPPLIER: noItem('asked for', 'No item yet', '{partner} has been asked and has not answered yet.'),
  REQ_PENDING: noItem('asked for', 'No item yet', '{partner} is looking into it. Nothing has been sent.'),
  REQ_WILL_SUPPLY: noItem('promised', 'Not sent yet', '{partner} will send it. ReShare does not show it as shipped yet.'),
  REQ_EXPECTS_TO_SUPPLY: noItem('promised', 'Not sent yet', '{partner} is getting it. ReShare does not show it as shipped.'),
  REQ_UNABLE_TO_CONTACT_SUPPLIER: office(
    'lender not reached',
    'ILL office',
    'ReShare could not reach {partner}. The ILL office looks after this request.',
  ),
  REQ_INVALID_PATRON: office(
    'patron not accepted',
    'ILL office',
    'ReShare did not accept the patron of this request. The ILL office decides what happens.',
  ),
  REQ_CONDITIONAL_ANSWER_RECEIVED: office(
    'conditions to answer',
    'ILL office',
    '{partner} will send it only under conditions. The ILL office agrees to them or turns them down.',
  ),
  REQ_LOCAL_REVIEW: office(
    'we may own it',
    'ILL office',
    'ReShare found a copy in this library. The ILL office decides whether to borrow it all the same.',
  ),
  REQ_DUPLICATE_REVIEW: office(
    'perhaps a duplicate',
    'ILL office',
    'The same patron seems to have asked for this before. The ILL office decides.',
  ),
  REQ_BLANK_FORM_REVIEW: office(
    'incomplete request',
    'ILL office',
    'The request was typed without a catalogue record. The ILL office completes it.',
  ),
  REQ_ERROR: office('error', 'ILL office', 'ReShare ran into an error with this request. The ILL office looks after it.'),
  REQ_CANCEL_PENDING: office(
    'being cancelled',
    'ILL office',
    'We asked {partner} to cancel and they have not answered. If the item has come, give it to the ILL office.',
  ),
  REQ_CANCELLED_WITH_SUPPLIER: noItem('cancelled by lender', 'No item yet', '{partner} cancelled; ReShare moves on by itself.'),
  REQ_UNFILLED: noItem('not filled by lender', 'No item yet', '{partner} cannot send it; ReShare moves on by itself.'),
  REQ_SHIPPED: ON_ITS_WAY,
  REQ_BORROWING_LIBRARY_RECEIVED: office(
    'received, no local item',
    'ILL office',
    '{hrid} is received, but your circulation system has no temporary item for it. The ILL office creates it, then it can go out.',
  ),
  REQ_CHECKED_IN: WITH_US,
  REQ_OVERDUE: {
    event: 'overdue',
    place: 'ship-back',
    kind: 'stop',
    tag: 'Overdue',
    why: ['{partner} is waiting for it. Give it to the ILL office.'],
  },
  REQ_RECALLED: {
    event: 'recalled',
    place: 'ship-back',
    kind: 'stop',
    tag: 'Recalled',
    why: [
      '{partner} wants it back now. Put it with the outgoing ILL parcels and tell the ILL office.',
      'ReShare has no step to press for a recalled item: {partner} closes the loan when it arrives.',
    ],
  },
  REQ_AWAITING_RETURN_SHIPPING: TO_RETURN,
  REQ_BORROWER_RETURNED: TO_RETURN,
  REQ_SHIPPED_TO_SUPPLIER: GOING_BACK,
  REQ_REQUEST_COMPLETE: COMPLETE,
  REQ_FILLED_LOCALLY: noLonger('filled locally', 'Filled locally', '{hrid} was filled with a copy of our own.'),
  REQ_OVER_LIMIT: noLonger('over the limit', 'Over limit', '{hrid} was refused: the patron has too many open requests.'),
  REQ_END_OF_ROTA: NOT_FILLED,
  REQ_END_OF_ROTA_REVIEWED: NOT_FILLED,
  REQ_CANCELLED: CANCELLED,
  REQ_REREQUESTED: noLonger('asked for again', 'Replaced', '{hrid} was replaced by a newer request.'),
  REQ_LOANED_DIGITALLY: noItem('lent digitally', 'Digital loan', '{partner} lends it online. No item was sent.'),
  REQ_DOCUMENT_DELIVERED: DELIVERED,

  SLNP_REQ_IDLE: noItem('new', 'New', '{hrid} is open. Nothing has been sent yet.'),
  SLNP_REQ_ABORTED: office('stopped by lender', 'ILL office', '{partner} stopped supplying {hrid}. The ILL office closes it.'),
  SLNP_REQ_SHIPPED: ON_ITS_WAY,
  SLNP_REQ_CHECKED_IN: WITH_US,
  SLNP_REQ_AWAITING_RETURN_SHIPPING: TO_RETURN,
  SLNP_REQ_COMPLETE: {
    ...GOING_BACK,
    event: 'complete',
    why: ['{hrid} is closed and on its way to {partner}. If it is still here, put it with the outgoing ILL parcels.'],
  },
  SLNP_REQ_CANCELLED: CANCELLED,
  SLNP_REQ_ITEM_LOST: office(
    'marked lost',
    'Was lost',
    '{hrid} was closed as lost, and here it is. Give it to the ILL office, who will tell {partner}.',
  ),
  SLNP_REQ_PATRON_INVALID: office(
    'patron not accepted',
    'ILL office',
    'ReShare did not accept the patron of this request. The ILL office tells the patron.',
  ),
  SLNP_REQ_DOCUMENT_AVAILABLE: {
    event: 'document ready',
    place: 'ill-office',
    kind: 'ill',
    tag: 'Document',
    why: ['The document for {hrid} is ready for its patron. The ILL office hands it over.'],
  },
  SLNP_REQ_DOCUMENT_SUPPLIED: DELIVERED,
};
