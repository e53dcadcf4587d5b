import type { ModelCode } from '../modrs/machine.ts';

/** One kind of transaction of the story: where it stands on both sides, and how many there shall be of it. */
export interface PlanRow {
  readonly borrowing?: ModelCode;
  readonly lending?: ModelCode;
  readonly borrowerState?: string;
  readonly lenderState?: string;
  /** How many our library borrows, and how many it lends. */
  readonly weBorrow: number;
  readonly weLend: number;
  /** How many pass between the other two. */
  readonly others: number;
}

const loan = (
  borrowerState: string,
  lenderState: string | undefined,
  weBorrow: number,
  weLend: number,
  others = 0,
): PlanRow => ({
  borrowing: 'PatronRequest',
  borrowerState,
  ...(lenderState === undefined ? {} : { lending: 'Responder' as const, lenderState }),
  weBorrow,
  weLend,
  others,
});

const copy = (borrowerState: string, lenderState: string | undefined, weBorrow: number, weLend: number): PlanRow => ({
  borrowing: 'NonreturnableRequester',
  borrowerState,
  ...(lenderState === undefined ? {} : { lending: 'NonreturnableResponder' as const, lenderState }),
  weBorrow,
  weLend,
  others: 0,
});

const digital = (borrowerState: string, lenderState: string): PlanRow => ({
  borrowing: 'DigitalReturnableRequester',
  lending: 'CDLResponder',
  borrowerState,
  lenderState,
  weBorrow: 0,
  weLend: 0,
  others: 1,
});

const slnp = (model: ModelCode, state: string): PlanRow => ({
  ...(model.includes('Requester')
    ? { borrowing: model, borrowerState: state }
    : { lending: model, lenderState: state }),
  weBorrow: 0,
  weLend: 0,
  others: 1,
});

/** The story in figures. Every state that any model has is in some row; what is missing is in {@link ABSENT}. */
export const PLAN: readonly PlanRow[] = [
  loan('REQ_IDLE', undefined, 3, 0),
  loan('REQ_VALIDATED', undefined, 3, 0),
  loan('REQ_INVALID_PATRON', undefined, 2, 0),
  loan('REQ_SOURCING_ITEM', undefined, 2, 0),
  loan('REQ_SUPPLIER_IDENTIFIED', undefined, 2, 0),
  loan('REQ_UNABLE_TO_CONTACT_SUPPLIER', undefined, 1, 0),
  loan('REQ_PENDING', undefined, 1, 0),
  loan('REQ_WILL_SUPPLY', undefined, 1, 0),
  loan('REQ_LOCAL_REVIEW', undefined, 3, 0),
  loan('REQ_FILLED_LOCALLY', undefined, 2, 0),
  loan('REQ_DUPLICATE_REVIEW', undefined, 2, 0),
  loan('REQ_BLANK_FORM_REVIEW', undefined, 2, 0),
  loan('REQ_OVER_LIMIT', undefined, 2, 0),
  loan('REQ_ERROR', undefined, 1, 0),
  loan('REQ_REQUEST_SENT_TO_SUPPLIER', 'RES_IDLE', 5, 7, 2),
  loan('REQ_CONDITIONAL_ANSWER_RECEIVED', 'RES_PENDING_CONDITIONAL_ANSWER', 3, 3),
  loan('REQ_EXPECTS_TO_SUPPLY', 'RES_NEW_AWAIT_PULL_SLIP', 5, 12, 2),
  loan('REQ_EXPECTS_TO_SUPPLY', 'RES_AWAIT_PICKING', 5, 10, 2),
  loan('REQ_EXPECTS_TO_SUPPLY', 'RES_AWAIT_SHIP', 4, 7, 2),
  loan('REQ_CANCEL_PENDING', 'RES_CANCEL_REQUEST_RECEIVED', 2, 3),
  loan('REQ_CANCELLED_WITH_SUPPLIER', 'RES_CANCELLED', 1, 0),
  loan('REQ_SHIPPED', 'RES_ITEM_SHIPPED', 14, 6, 3),
  loan('REQ_BORROWING_LIBRARY_RECEIVED', 'RES_ITEM_SHIPPED', 1, 0),
  loan('REQ_CHECKED_IN', 'RES_ITEM_SHIPPED', 16, 10, 4),
  loan('REQ_OVERDUE', 'RES_OVERDUE', 5, 4, 1),
  loan('REQ_RECALLED', 'RES_ITEM_SHIPPED', 2, 1),
  loan('REQ_AWAITING_RETURN_SHIPPING', 'RES_ITEM_SHIPPED', 7, 3, 1),
  loan('REQ_BORROWER_RETURNED', 'RES_ITEM_SHIPPED', 1, 0),
  loan('REQ_SHIPPED_TO_SUPPLIER', 'RES_ITEM_RETURNED', 6, 8, 2),
  loan('REQ_REQUEST_COMPLETE', 'RES_COMPLETE', 10, 8, 3),
  loan('REQ_UNFILLED', 'RES_UNFILLED', 1, 2),
  loan('REQ_END_OF_ROTA', 'RES_UNFILLED', 3, 2),
  loan('REQ_END_OF_ROTA', 'RES_NOT_SUPPLIED', 0, 2),
  loan('REQ_END_OF_ROTA_REVIEWED', 'RES_UNFILLED', 2, 1),
  loan('REQ_REREQUESTED', 'RES_UNFILLED', 1, 0),
  loan('REQ_CANCELLED', 'RES_CANCELLED', 3, 2),
  copy('REQ_IDLE', undefined, 1, 0),
  copy('REQ_REQUEST_SENT_TO_SUPPLIER', 'RES_IDLE', 2, 2),
  copy('REQ_EXPECTS_TO_SUPPLY', 'RES_NEW_AWAIT_PULL_SLIP', 2, 2),
  copy('REQ_EXPECTS_TO_SUPPLY', 'RES_COPY_AWAIT_PICKING', 2, 3),
  copy('REQ_CONDITIONAL_ANSWER_RECEIVED', 'RES_PENDING_CONDITIONAL_ANSWER', 1, 1),
  copy('REQ_CANCEL_PENDING', 'RES_CANCEL_REQUEST_RECEIVED', 1, 1),
  copy('REQ_DOCUMENT_DELIVERED', 'RES_DOCUMENT_DELIVERED', 4, 3),
  copy('REQ_CANCELLED', 'RES_CANCELLED', 1, 0),
  copy('REQ_END_OF_ROTA', 'RES_UNFILLED', 1, 1),
  digital('REQ_EXPECTS_TO_SUPPLY', 'RES_AWAIT_PICKING'),
  digital('REQ_EXPECTS_TO_SUPPLY', 'RES_SEQUESTERED'),
  digital('REQ_LOANED_DIGITALLY', 'RES_LOANED_DIGITALLY'),
  digital('REQ_REQUEST_COMPLETE', 'RES_AWAIT_DESEQUESTRATION'),
  slnp('SLNPRequester', 'SLNP_REQ_IDLE'),
  slnp('SLNPRequester', 'SLNP_REQ_ABORTED'),
  slnp('SLNPRequester', 'SLNP_REQ_SHIPPED'),
  slnp('SLNPRequester', 'SLNP_REQ_CHECKED_IN'),
  slnp('SLNPRequester', 'SLNP_REQ_AWAITING_RETURN_SHIPPING'),
  slnp('SLNPRequester', 'SLNP_REQ_COMPLETE'),
  slnp('SLNPRequester', 'SLNP_REQ_ITEM_LOST'),
  slnp('SLNPRequester', 'SLNP_REQ_PATRON_INVALID'),
  slnp('SLNPRequester', 'SLNP_REQ_CANCELLED'),
  slnp('SLNPNonReturnableRequester', 'SLNP_REQ_DOCUMENT_AVAILABLE'),
  slnp('SLNPNonReturnableRequester', 'SLNP_REQ_DOCUMENT_SUPPLIED'),
  slnp('SLNPResponder', 'SLNP_RES_IDLE'),
  slnp('SLNPResponder', 'SLNP_RES_UNFILLED'),
  slnp('SLNPResponder', 'SLNP_RES_ABORTED'),
  slnp('SLNPResponder', 'SLNP_RES_AWAIT_PICKING'),
  slnp('SLNPResponder', 'SLNP_RES_ITEM_SHIPPED'),
  slnp('SLNPResponder', 'SLNP_RES_COMPLETE'),
  slnp('SLNPNonReturnableResponder', 'SLNP_RES_NEW_AWAIT_PULL_SLIP'),
  slnp('SLNPNonReturnableResponder', 'SLNP_RES_DOCUMENT_SUPPLIED'),
];

/** States no request of the story is in, and why. */
export const ABSENT: Readonly<Record<string, string>> = {
  RES_HOLD_PLACED: 'seeded as a state, but no model has it',
  RES_ERROR: 'seeded as a state, but no model has it',
};
