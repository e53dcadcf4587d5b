import { defined } from '../../defined.ts';
import {
  itemId,
  itemIdOf,
  requestId,
  requestIdOf,
  scoped,
  scopedOf,
  userId,
  userIdOf,
  type ItemId,
  type RequestId,
  type Scoped,
  type UserId,
} from '../blocks/ids.ts';
import { itemFields, itemFieldsOf, type ItemFields } from '../blocks/item-fields.ts';
import { mandated, mandatedOf } from '../blocks/wanted.ts';
import { flag, textOf } from '../../xml/find.ts';
import { dateTime, marker } from '../write.ts';
import { inOrder, type NcipService } from './service.ts';

/**
 * `AcceptItem`: InitiationHeader? MandatedAction? RequestId RequestedActionType UserId? ItemId? (DateForReturn |
 * IndeterminateLoanPeriodFlag | NonReturnableFlag)? RenewalNotPermitted? FiscalTransactionInformation?
 * ItemOptionalFields? UserOptionalFields? PickupLocation? PickupExpiryDate? Ext?. Makes a temporary item and a hold. For
 * an item on a ReShare request ReShare sends it; Carrel then must not.
 */
export interface AcceptItem {
  readonly request: RequestId;
  /** E.g. `Circulate`, `Hold For Pickup`. */
  readonly action: Scoped;
  readonly user?: UserId;
  readonly item?: ItemId;
  /** The lender's due date, ISO 8601 with zone. */
  readonly dateForReturn?: string;
  readonly renewalNotPermitted?: boolean;
  readonly itemFields?: ItemFields;
  readonly pickupLocation?: Scoped;
  readonly pickupExpires?: string;
  readonly mandatedAt?: string;
}

/** `AcceptItemResponse`: ResponseHeader? (Problem+ | RequestId ItemId?) Ext?. Says nothing about the hold. */
export interface AcceptItemResponse {
  readonly request?: RequestId;
  readonly item?: ItemId;
}

export const acceptItem: NcipService<AcceptItem, AcceptItemResponse> = {
  name: 'AcceptItem',
  changes: true,
  build: (ask) =>
    inOrder(
      mandated(ask.mandatedAt),
      requestId(ask.request),
      scoped('RequestedActionType', ask.action),
      userId(ask.user),
      itemId(ask.item),
      dateTime('DateForReturn', ask.dateForReturn),
      marker('RenewalNotPermitted', ask.renewalNotPermitted),
      itemFields(ask.itemFields),
      scoped('PickupLocation', ask.pickupLocation),
      dateTime('PickupExpiryDate', ask.pickupExpires),
    ),
  readRequest(message) {
    const request = requestIdOf(message);
    const action = scopedOf(message, 'RequestedActionType');
    if (request === undefined || action === undefined) return undefined;
    return defined({
      request,
      action,
      user: userIdOf(message),
      item: itemIdOf(message),
      dateForReturn: textOf(message, 'DateForReturn'),
      renewalNotPermitted: flag(message, 'RenewalNotPermitted'),
      itemFields: itemFieldsOf(message),
      pickupLocation: scopedOf(message, 'PickupLocation'),
      pickupExpires: textOf(message, 'PickupExpiryDate'),
      mandatedAt: mandatedOf(message),
    });
  },
  readResponse: (message) => defined({ request: requestIdOf(message), item: itemIdOf(message) }),
  echo: (ask, answer) => [
    { what: 'request', asked: ask.request.value, answered: answer.request?.value, compulsory: true },
    { what: 'item', asked: ask.item?.value, answered: answer.item?.value, compulsory: false },
  ],
};
