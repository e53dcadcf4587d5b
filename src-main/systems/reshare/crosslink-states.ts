import type { Side } from '../../contract/request.ts';

/** A state of CrossLink in the codes of the request port. */
export interface CrosslinkState {
  /** The port's code: mod-rs's where both systems mean the same at a desk, else CrossLink's own with its side before it. */
  readonly code: string;
  /** CrossLink's own words for it. */
  readonly label: string;
  readonly needsAttention: boolean;
}

type Row = readonly [own: string, code: string, label: string, needsAttention?: true];

/*
 * Names, words and flags: indexdata/crosslink `misc/state-models.yaml` 3.0.0 (model `default`). The same name may stand on
 * both sides and mean different things. A tenant may have other models: a name that is not here stays as it came.
 */
const BORROWING: readonly Row[] = [
  ['NEW', 'REQ_IDLE', 'New'],
  ['INVALID_PATRON', 'REQ_INVALID_PATRON', 'Invalid Patron', true],
  ['VALIDATED', 'REQ_VALIDATED', 'Patron Validated'],
  ['METADATA_UPDATED', 'REQ_VALIDATED', 'Metadata Updated'],
  ['NEEDS_REVIEW', 'CROSSLINK_REQ_NEEDS_REVIEW', 'Needs review', true],
  ['DUPLICATE', 'REQ_DUPLICATE_REVIEW', 'Duplicate', true],
  ['LOCAL_SUPPLY', 'REQ_LOCAL_REVIEW', 'Local Supply', true],
  ['SENT', 'REQ_REQUEST_SENT_TO_SUPPLIER', 'Sent'],
  ['SUPPLIER_LOCATED', 'REQ_PENDING', 'Supplier Located'],
  ['CONDITION_PENDING', 'REQ_CONDITIONAL_ANSWER_RECEIVED', 'Condition Pending', true],
  ['RETRY_PENDING', 'CROSSLINK_REQ_RETRY_PENDING', 'Retry Pending', true],
  ['WILL_SUPPLY', 'REQ_WILL_SUPPLY', 'Will Supply'],
  ['SHIPPED', 'REQ_SHIPPED', 'Shipped'],
  ['RECEIVED', 'REQ_CHECKED_IN', 'Received'],
  ['CHECKED_OUT', 'CROSSLINK_REQ_CHECKED_OUT', 'Checked Out'],
  ['CHECKED_IN', 'REQ_AWAITING_RETURN_SHIPPING', 'Checked In'],
  ['SHIPPED_RETURNED', 'REQ_SHIPPED_TO_SUPPLIER', 'Shipped Returned'],
  ['CANCEL_PENDING', 'REQ_CANCEL_PENDING', 'Cancel Pending'],
  ['COMPLETED', 'REQ_REQUEST_COMPLETE', 'Completed'],
  ['CANCELLED', 'REQ_CANCELLED', 'Cancelled'],
  ['UNFILLED', 'REQ_END_OF_ROTA', 'Unfilled'],
  ['RETRY_ACCEPTED', 'REQ_REREQUESTED', 'Retry Accepted'],
  ['RETRY_REJECTED', 'REQ_END_OF_ROTA', 'Retry Rejected'],
  ['MANUALLY_CLOSED', 'CROSSLINK_REQ_MANUALLY_CLOSED', 'Manually closed'],
  ['CLOSED_DUPLICATE', 'CROSSLINK_REQ_CLOSED_DUPLICATE', 'Closed Duplicate'],
];

const LENDING: readonly Row[] = [
  ['NEW', 'RES_IDLE', 'New'],
  ['VALIDATED', 'RES_IDLE', 'Validated'],
  ['WILL_SUPPLY', 'RES_AWAIT_PICKING', 'Will Supply'],
  ['CONDITION_PENDING', 'RES_PENDING_CONDITIONAL_ANSWER', 'Condition Pending'],
  ['CONDITION_ACCEPTED', 'RES_AWAIT_PICKING', 'Condition Accepted'],
  ['SHIPPED', 'RES_ITEM_SHIPPED', 'Shipped'],
  ['RECEIVED', 'RES_ITEM_SHIPPED', 'Received'],
  ['SHIPPED_RETURN', 'RES_ITEM_RETURNED', 'Shipped Return'],
  ['CANCEL_REQUESTED', 'RES_CANCEL_REQUEST_RECEIVED', 'Cancel Requested', true],
  ['COMPLETED', 'RES_COMPLETE', 'Completed'],
  ['CANCELLED', 'RES_CANCELLED', 'Cancelled'],
  ['UNFILLED', 'RES_UNFILLED', 'Unfilled'],
  ['COMPLETED_WITH_RETRY', 'CROSSLINK_RES_COMPLETED_WITH_RETRY', 'Completed with Retry'],
  ['MANUALLY_CLOSED', 'CROSSLINK_RES_MANUALLY_CLOSED', 'Manually closed'],
];

/** A copy is delivered, not lent: the same state asks something else of the desk. */
const OF_COPIES: Readonly<Record<string, string>> = {
  RES_AWAIT_PICKING: 'RES_COPY_AWAIT_PICKING',
  RES_COMPLETE: 'RES_DOCUMENT_DELIVERED',
  REQ_REQUEST_COMPLETE: 'REQ_DOCUMENT_DELIVERED',
};

function table(rows: readonly Row[]): ReadonlyMap<string, CrosslinkState> {
  return new Map(
    rows.map(([own, code, label, needsAttention]) => [own, { code, label, needsAttention: needsAttention ?? false }]),
  );
}

const BY_SIDE: Readonly<Record<Side, ReadonlyMap<string, CrosslinkState>>> = {
  borrowing: table(BORROWING),
  lending: table(LENDING),
};

/** What CrossLink's state means in the port's codes; undefined for one this table does not name. */
export function crosslinkState(own: string, side: Side, copy: boolean): CrosslinkState | undefined {
  const state = BY_SIDE[side].get(own);
  if (state === undefined || !copy) return state;
  return { ...state, code: OF_COPIES[state.code] ?? state.code };
}
