import { defined } from '../../defined.ts';
import { dateOf, type NcipDate } from '../dates.ts';
import {
  itemId,
  itemIdOf,
  readSubject,
  requestId,
  requestIdOf,
  scoped,
  scopedOf,
  scopedValues,
  subject,
  userIdOf,
  type ItemId,
  type RequestId,
  type Scoped,
  type Subject,
  type UserId,
} from '../blocks/ids.ts';
import { itemFieldsOf, type ItemFields } from '../blocks/item-fields.ts';
import { userFieldsOf, type UserFields } from '../blocks/user-fields.ts';
import { itemElements, readWanted, requestElements, userElements, type Wanted } from '../blocks/wanted.ts';
import { textOf, wholeOf } from '../../xml/find.ts';
import { inOrder, type NcipService } from './service.ts';

/**
 * `LookupRequest`: InitiationHeader? ((UserId | AuthenticationInput+) ItemId RequestType | RequestId) RequestElementType*
 * ItemElementType* UserElementType* Ext?
 */
export interface LookupRequest extends Wanted {
  readonly by:
    { readonly request: RequestId } | { readonly who: Subject; readonly item: ItemId; readonly type: Scoped };
  readonly requestElements?: readonly string[];
}

/**
 * `LookupRequestResponse`: ResponseHeader? (Problem+ | (ItemId | RequestId ItemId?) UserId? RequestType?
 * RequestScopeType? RequestStatusType? HoldQueuePosition? ShippingInformation? EarliestDateNeeded? NeedBeforeDate?
 * PickupDate? PickupLocation? PickupExpiryDate? DateOfUserRequest? DateAvailable? AcknowledgedFeeAmount? PaidFeeAmount?
 * ItemOptionalFields? UserOptionalFields?) Ext?
 */
export interface LookupRequestResponse {
  readonly request?: RequestId;
  readonly item?: ItemId;
  readonly user?: UserId;
  readonly type?: string;
  readonly scope?: string;
  /** Open list: Available For Pickup, Cannot Fulfill Request, Expired, In Process, … */
  readonly status?: string;
  readonly queuePosition?: number;
  readonly needBefore?: NcipDate;
  readonly pickup?: NcipDate;
  readonly pickupLocation?: Scoped;
  readonly pickupExpires?: NcipDate;
  readonly available?: NcipDate;
  readonly itemFields?: ItemFields;
  readonly userFields?: UserFields;
}

export const lookupRequest: NcipService<LookupRequest, LookupRequestResponse> = {
  name: 'LookupRequest',
  changes: false,
  build: (ask) =>
    inOrder(
      'request' in ask.by
        ? requestId(ask.by.request)
        : inOrder(subject(ask.by.who), itemId(ask.by.item), scoped('RequestType', ask.by.type)),
      requestElements(ask.requestElements),
      itemElements(ask.itemElements),
      userElements(ask.userElements),
    ),
  readRequest(message) {
    const request = requestIdOf(message);
    const who = readSubject(message);
    const item = itemIdOf(message);
    const type = scopedOf(message, 'RequestType');
    const by =
      request !== undefined
        ? { request }
        : who !== undefined && item !== undefined && type !== undefined
          ? { who, item, type }
          : undefined;
    if (by === undefined) return undefined;
    return defined({ by, requestElements: scopedValues(message, 'RequestElementType'), ...readWanted(message) });
  },
  readResponse: (message) =>
    defined({
      request: requestIdOf(message),
      item: itemIdOf(message),
      user: userIdOf(message),
      type: textOf(message, 'RequestType'),
      scope: textOf(message, 'RequestScopeType'),
      status: textOf(message, 'RequestStatusType'),
      queuePosition: wholeOf(message, 'HoldQueuePosition'),
      needBefore: dateOf(message, 'NeedBeforeDate'),
      pickup: dateOf(message, 'PickupDate'),
      pickupLocation: scopedOf(message, 'PickupLocation'),
      pickupExpires: dateOf(message, 'PickupExpiryDate'),
      available: dateOf(message, 'DateAvailable'),
      itemFields: itemFieldsOf(message),
      userFields: userFieldsOf(message),
    }),
  echo: (ask, answer) =>
    'request' in ask.by
      ? [
          {
            what: 'request',
            asked: ask.by.request.value,
            answered: answer.request?.value,
            compulsory: answer.item === undefined,
          },
        ]
      : [
          {
            what: 'item',
            asked: ask.by.item.value,
            answered: answer.item?.value,
            compulsory: answer.request === undefined,
          },
        ],
};
