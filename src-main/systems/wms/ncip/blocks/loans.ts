import { defined } from '../../defined.ts';
import { dateOf, type NcipDate } from '../dates.ts';
import { child, displayOf, flag, textOf, wholeOf } from '../../xml/find.ts';
import type { XmlElement } from '../../xml/parse.ts';
import { itemIdOf, requestIdOf, scopedOf, type ItemId, type RequestId, type Scoped } from './ids.ts';
import { moneyOf, type Money } from './money.ts';

/**
 * `LoanedItem`: ItemId BibliographicId* ReminderLevel? (DateDue | IndeterminateLoanPeriodFlag) Amount? Title? MediumType?
 * Ext?. OCLC's patron profile puts RenewalCount and DateCheckedOut into Ext.
 */
export interface LoanedItem {
  readonly item?: ItemId;
  readonly due?: NcipDate;
  readonly indeterminate?: true;
  readonly amount?: Money;
  readonly title?: string;
  readonly renewals?: number;
  readonly checkedOut?: NcipDate;
}

/**
 * `RequestedItem`: (ItemId | RequestId ItemId?) BibliographicId* RequestType RequestStatusType DatePlaced PickupDate?
 * PickupLocation? PickupExpiryDate? ReminderLevel? HoldQueuePosition? Title? MediumType? Ext?
 */
export interface RequestedItem {
  readonly request?: RequestId;
  readonly item?: ItemId;
  readonly type?: string;
  readonly status?: string;
  readonly placed?: NcipDate;
  readonly pickupLocation?: Scoped;
  readonly pickupExpires?: NcipDate;
  readonly queuePosition?: number;
  readonly title?: string;
}

export function readLoan(found: XmlElement): LoanedItem {
  const ext = child(found, 'Ext');
  return defined({
    item: itemIdOf(found),
    due: dateOf(found, 'DateDue'),
    indeterminate: flag(found, 'IndeterminateLoanPeriodFlag'),
    amount: moneyOf(found, 'Amount'),
    title: displayOf(found, 'Title'),
    renewals: wholeOf(ext, 'RenewalCount'),
    checkedOut: dateOf(ext, 'DateCheckedOut'),
  });
}

export function readRequested(found: XmlElement): RequestedItem {
  return defined({
    request: requestIdOf(found),
    item: itemIdOf(found),
    type: textOf(found, 'RequestType'),
    status: textOf(found, 'RequestStatusType'),
    placed: dateOf(found, 'DatePlaced'),
    pickupLocation: scopedOf(found, 'PickupLocation'),
    pickupExpires: dateOf(found, 'PickupExpiryDate'),
    queuePosition: wholeOf(found, 'HoldQueuePosition'),
    title: displayOf(found, 'Title'),
  });
}
