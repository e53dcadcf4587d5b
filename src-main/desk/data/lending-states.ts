import type { StateWords } from './place.ts';

/**
 * Lending states at the desk. Codes and their meaning: openlibraryenvironment/mod-rs reference data (StatusData,
 * StateModelData, NonreturnablesStateModelData, SLNPStateModelData).
 */

function office(event: string, tag: string, ...why: string[]): StateWords {
  return { event, place: 'ill-office', kind: 'stop', tag, why };
}

/** The request is over for us; the item is an ordinary one of ours again. */
function over(event: string, tag: string, why: string): StateWords {
  return {
    event,
    place: 'own',
    kind: 'shelve',
    tag,
    why: [why, '{checkIn}: that tells whether somebody waits for it.'],
  };
}

/** The other library has its copy; the item it was made from goes home. */
function delivered(): StateWords {
  return {
    event: 'delivered',
    place: 'own',
    kind: 'shelve',
    tag: 'Delivered',
    why: ['{hrid} was delivered as a document. Put the item it came from back in its place.'],
  };
}

const TO_PULL: StateWords = {
  event: 'to be pulled',
  place: 'fetch',
  kind: 'ill',
  tag: 'Pull',
  why: ['{partner} asks for it. Get it from the shelf and scan this slip again when you have it.'],
};

const TO_FILL: StateWords = {
  event: 'to be filled',
  place: 'scan-item',
  kind: 'ill',
  tag: 'Scan the item',
  why: ['Now scan the barcode of the item that goes to {partner}.'],
};

const TO_SHIP: StateWords = {
  event: 'filled',
  place: 'ship-to',
  kind: 'ill',
  tag: 'To ship',
  why: ['It is checked out to {partner}. Pack it with its slip and scan the slip again when it leaves.'],
};

const SHIPPED: StateWords = {
  event: 'lent out',
  place: 'ill-office',
  kind: 'stop',
  tag: 'Not sent back yet',
  why: [
    'ReShare still has it at {partner}: they have not marked it as sent back, so the loan cannot be closed yet.',
    'Keep it in the ILL office and scan it again tomorrow.',
  ],
};

const RETURNED: StateWords = {
  event: 'back from {partner}',
  place: 'ill-office',
  kind: 'ill',
  tag: 'ILL office',
  why: ['{partner} has sent it back. Give it to the ILL office to close the loan.'],
};

const NOT_SUPPLIED = over('not supplied', 'Not supplied', '{hrid} was answered “cannot supply”; the item stays here.');

const CANCELLED = over('cancelled', 'Cancelled', '{hrid} was cancelled by {partner}; the item stays here.');

export const LENDING: Readonly<Record<string, StateWords>> = {
  RES_IDLE: office('new', 'To answer', '{partner} asks for this and has no answer yet. The ILL office answers in ReShare.'),
  RES_PENDING_CONDITIONAL_ANSWER: office(
    'waiting for an answer',
    'Wait',
    '{partner} has not answered our conditions yet. Keep the item in the ILL office until they do.',
  ),
  RES_NEW_AWAIT_PULL_SLIP: TO_PULL,
  RES_AWAIT_PICKING: TO_FILL,
  RES_AWAIT_SHIP: TO_SHIP,
  RES_HOLD_PLACED: office('hold placed', 'ILL office', 'A hold was placed on it for {partner}. Give it to the ILL office.'),
  RES_UNFILLED: NOT_SUPPLIED,
  RES_NOT_SUPPLIED: NOT_SUPPLIED,
  RES_ITEM_SHIPPED: SHIPPED,
  RES_ITEM_RETURNED: RETURNED,
  RES_OVERDUE: {
    ...RETURNED,
    event: 'overdue',
    why: ['{partner} is late with it. If it is back, give it to the ILL office to close the loan.'],
  },
  RES_COMPLETE: over('complete', 'Complete', '{hrid} is complete: the loan to {partner} is closed.'),
  RES_CANCEL_REQUEST_RECEIVED: office(
    'to be cancelled?',
    'Cancel asked',
    '{partner} no longer wants it. Do not send it; the ILL office answers.',
  ),
  RES_CANCELLED: CANCELLED,
  RES_ERROR: office('error', 'ILL office', 'ReShare ran into an error with this request. The ILL office looks after it.'),
  RES_SEQUESTERED: {
    event: 'sequestered',
    place: 'sequester',
    kind: 'ill',
    tag: 'Sequester',
    why: ['It is lent online to {partner}, so it must not circulate. Keep it with the sequestered items.'],
  },
  RES_LOANED_DIGITALLY: {
    event: 'lent digitally',
    place: 'sequester',
    kind: 'ill',
    tag: 'Sequester',
    why: ['{partner} is reading it online, so it must not circulate. Keep it with the sequestered items.'],
  },
  RES_AWAIT_DESEQUESTRATION: {
    event: 'digital loan over',
    place: 'ill-office',
    kind: 'ill',
    tag: 'ILL office',
    why: ['The digital loan to {partner} is over. Give it to the ILL office to close the loan.'],
  },
  RES_DOCUMENT_DELIVERED: delivered(),
  RES_COPY_AWAIT_PICKING: office(
    'to be copied',
    'Copy',
    'A copy from it goes to {partner}. The ILL office makes it and adds it in ReShare; no item is lent.',
  ),

  SLNP_RES_IDLE: office('new', 'To answer', '{partner} asks for this and has no answer yet. The ILL office answers in ReShare.'),
  SLNP_RES_UNFILLED: NOT_SUPPLIED,
  SLNP_RES_ABORTED: over('stopped', 'Stopped', 'We stopped supplying {hrid}; the item stays here.'),
  SLNP_RES_NEW_AWAIT_PULL_SLIP: TO_PULL,
  SLNP_RES_AWAIT_PICKING: TO_FILL,
  SLNP_RES_ITEM_SHIPPED: SHIPPED,
  SLNP_RES_COMPLETE: over('complete', 'Complete', '{hrid} is complete: the loan to {partner} is closed.'),
  SLNP_RES_DOCUMENT_SUPPLIED: delivered(),
};
