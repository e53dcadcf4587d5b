import { defined } from '../../defined.ts';
import { dateOf, type NcipDate } from '../dates.ts';
import {
  itemId,
  itemIdOf,
  readSubject,
  subject,
  userIdOf,
  type ItemId,
  type Subject,
  type UserId,
} from '../blocks/ids.ts';
import { itemFieldsOf, type ItemFields } from '../blocks/item-fields.ts';
import { fiscalOf, type FiscalTransaction } from '../blocks/money.ts';
import { itemElements, mandated, mandatedOf, readWanted, userElements, type Wanted } from '../blocks/wanted.ts';
import { child, flag, textOf, wholeOf } from '../../xml/find.ts';
import { dateTime } from '../write.ts';
import { inOrder, type NcipService } from './service.ts';

/**
 * `RenewItem`: InitiationHeader? MandatedAction? (UserId | AuthenticationInput+) ItemId ItemElementType*
 * UserElementType* DesiredDateDue? DesiredDateForReturn? AcknowledgedFeeAmount? PaidFeeAmount?
 * AcknowledgedItemUseRestrictionType* Ext?. A repeat renews again and eats a renewal.
 */
export interface RenewItem extends Wanted {
  readonly who: Subject;
  readonly item: ItemId;
  readonly desiredDue?: string;
  readonly mandatedAt?: string;
}

/**
 * `RenewItemResponse`: ResponseHeader? (Problem+ RequiredFeeAmount? RequiredItemUseRestrictionType* | Pending | ItemId
 * UserId? DateDue? DateForReturn? RenewalCount? FiscalTransactionInformation? ItemOptionalFields? UserOptionalFields?)
 * Ext?, with `Pending`: DateOfExpectedReply? Ext?
 */
export interface RenewItemResponse {
  readonly item?: ItemId;
  readonly user?: UserId;
  readonly due?: NcipDate;
  readonly dateForReturn?: NcipDate;
  readonly renewals?: number;
  readonly fiscal?: FiscalTransaction;
  readonly itemFields?: ItemFields;
  /** The host answers later: nothing is renewed yet. */
  readonly pending?: true;
  readonly replyExpected?: NcipDate;
}

export const renewItem: NcipService<RenewItem, RenewItemResponse> = {
  name: 'RenewItem',
  changes: true,
  build: (ask) =>
    inOrder(
      mandated(ask.mandatedAt),
      subject(ask.who),
      itemId(ask.item),
      itemElements(ask.itemElements),
      userElements(ask.userElements),
      dateTime('DesiredDateDue', ask.desiredDue),
    ),
  readRequest(message) {
    const who = readSubject(message);
    const item = itemIdOf(message);
    if (who === undefined || item === undefined) return undefined;
    return defined({
      who,
      item,
      desiredDue: textOf(message, 'DesiredDateDue'),
      mandatedAt: mandatedOf(message),
      ...readWanted(message),
    });
  },
  readResponse: (message) =>
    defined({
      item: itemIdOf(message),
      user: userIdOf(message),
      due: dateOf(message, 'DateDue'),
      dateForReturn: dateOf(message, 'DateForReturn'),
      renewals: wholeOf(message, 'RenewalCount'),
      fiscal: fiscalOf(message),
      itemFields: itemFieldsOf(message),
      pending: flag(message, 'Pending'),
      replyExpected: dateOf(child(message, 'Pending'), 'DateOfExpectedReply'),
    }),
  echo: (ask, answer) => [
    { what: 'item', asked: ask.item.value, answered: answer.item?.value, compulsory: answer.pending === undefined },
  ],
};
