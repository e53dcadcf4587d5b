import { defined } from '../../defined.ts';
import { dateOf, type NcipDate } from '../dates.ts';
import {
  itemId,
  itemIdOf,
  readSubject,
  requestId,
  requestIdOf,
  subject,
  userIdOf,
  type ItemId,
  type RequestId,
  type Subject,
  type UserId,
} from '../blocks/ids.ts';
import { itemFieldsOf, type ItemFields } from '../blocks/item-fields.ts';
import { fiscalOf, type FiscalTransaction } from '../blocks/money.ts';
import { userFieldsOf, type UserFields } from '../blocks/user-fields.ts';
import { itemElements, mandated, mandatedOf, readWanted, userElements, type Wanted } from '../blocks/wanted.ts';
import { flag, textOf, wholeOf } from '../../xml/find.ts';
import { dateTime } from '../write.ts';
import { inOrder, type NcipService } from './service.ts';

/**
 * `CheckOutItem`: InitiationHeader? MandatedAction? (UserId | AuthenticationInput+) ItemId RequestId?
 * AcknowledgedFeeAmount? PaidFeeAmount? AcknowledgedItemUseRestrictionType* ShippingInformation? ResourceDesired?
 * DesiredDateDue? ItemElementType* UserElementType* Ext?
 */
export interface CheckOutItem extends Wanted {
  readonly who: Subject;
  readonly item: ItemId;
  readonly request?: RequestId;
  readonly mandatedAt?: string;
  /** ISO 8601 with zone. The host may answer an earlier date: policy decides. */
  readonly desiredDue?: string;
}

/**
 * `CheckOutItemResponse`: ResponseHeader? (Problem+ RequiredFeeAmount? RequiredItemUseRestrictionType* | ItemId UserId
 * (DateDue | IndeterminateLoanPeriodFlag | NonReturnableFlag) RenewalCount? ElectronicResource?
 * FiscalTransactionInformation? ItemOptionalFields? UserOptionalFields?) Ext?
 */
export interface CheckOutItemResponse {
  readonly item?: ItemId;
  readonly user?: UserId;
  /** As the host's policy made it. */
  readonly due?: NcipDate;
  readonly indeterminate?: true;
  readonly nonReturnable?: true;
  readonly renewals?: number;
  readonly fiscal?: FiscalTransaction;
  readonly itemFields?: ItemFields;
  readonly userFields?: UserFields;
}

export const checkOutItem: NcipService<CheckOutItem, CheckOutItemResponse> = {
  name: 'CheckOutItem',
  changes: true,
  build: (ask) =>
    inOrder(
      mandated(ask.mandatedAt),
      subject(ask.who),
      itemId(ask.item),
      requestId(ask.request),
      dateTime('DesiredDateDue', ask.desiredDue),
      itemElements(ask.itemElements),
      userElements(ask.userElements),
    ),
  readRequest(message) {
    const who = readSubject(message);
    const item = itemIdOf(message);
    if (who === undefined || item === undefined) return undefined;
    return defined({
      who,
      item,
      request: requestIdOf(message),
      mandatedAt: mandatedOf(message),
      desiredDue: textOf(message, 'DesiredDateDue'),
      ...readWanted(message),
    });
  },
  readResponse: (message) =>
    defined({
      item: itemIdOf(message),
      user: userIdOf(message),
      due: dateOf(message, 'DateDue'),
      indeterminate: flag(message, 'IndeterminateLoanPeriodFlag'),
      nonReturnable: flag(message, 'NonReturnableFlag'),
      renewals: wholeOf(message, 'RenewalCount'),
      fiscal: fiscalOf(message),
      itemFields: itemFieldsOf(message),
      userFields: userFieldsOf(message),
    }),
  echo: (ask, answer) => [
    { what: 'item', asked: ask.item.value, answered: answer.item?.value, compulsory: true },
    {
      what: 'user',
      asked: 'user' in ask.who ? ask.who.user.value : undefined,
      answered: answer.user?.value,
      compulsory: false,
    },
  ],
};
