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
  subject,
  userIdOf,
  type ItemId,
  type RequestId,
  type Scoped,
  type Subject,
  type UserId,
} from '../blocks/ids.ts';
import { mandated, mandatedOf } from '../blocks/wanted.ts';
import { child, textOf } from '../../xml/find.ts';
import type { XmlElement } from '../../xml/parse.ts';
import { dateTime, element, NotWritable, type XmlNode } from '../write.ts';
import { inOrder, type NcipService } from './service.ts';

/**
 * `UpdateRequestItem`: InitiationHeader? MandatedAction? ((UserId | AuthenticationInput+) ItemId RequestType |
 * RequestId) DeleteRequestFields? AddRequestFields? ItemElementType* UserElementType* Ext?. What is deleted goes first.
 */
export interface UpdateRequestItem {
  readonly by:
    { readonly request: RequestId } | { readonly who: Subject; readonly item: ItemId; readonly type: Scoped };
  readonly remove?: RequestFields;
  readonly add?: RequestFields;
  readonly mandatedAt?: string;
}

/** Of `DeleteRequestFields` and `AddRequestFields`: … NeedBeforeDate? PickupLocation? PickupExpiryDate? … */
export interface RequestFields {
  readonly needBefore?: string;
  readonly pickupLocation?: Scoped;
  readonly pickupExpires?: string;
}

/**
 * `UpdateRequestItemResponse`: ResponseHeader? (Problem+ RequiredFeeAmount? RequiredItemUseRestrictionType* | ItemId
 * UserId RequestType RequestScopeType DateAvailable? HoldPickupDate? FiscalTransactionInformation? ItemOptionalFields?
 * UserOptionalFields?) Ext?. OCLC has answered it as a `RequestItemResponse`.
 */
export interface UpdateRequestItemResponse {
  readonly item?: ItemId;
  /** Outside the schema, but what a host may echo. */
  readonly request?: RequestId;
  readonly user?: UserId;
  readonly type?: string;
  readonly scope?: string;
  readonly available?: NcipDate;
  readonly pickup?: NcipDate;
}

export const updateRequestItem: NcipService<UpdateRequestItem, UpdateRequestItemResponse> = {
  name: 'UpdateRequestItem',
  changes: true,
  build(ask) {
    if (ask.remove === undefined && ask.add === undefined) throw new NotWritable('nothing is changed');
    return inOrder(
      mandated(ask.mandatedAt),
      'request' in ask.by
        ? requestId(ask.by.request)
        : inOrder(subject(ask.by.who), itemId(ask.by.item), scoped('RequestType', ask.by.type)),
      requestFields('DeleteRequestFields', ask.remove),
      requestFields('AddRequestFields', ask.add),
    );
  },
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
    return defined({
      by,
      remove: readFields(child(message, 'DeleteRequestFields')),
      add: readFields(child(message, 'AddRequestFields')),
      mandatedAt: mandatedOf(message),
    });
  },
  readResponse: (message) =>
    defined({
      item: itemIdOf(message),
      request: requestIdOf(message),
      user: userIdOf(message),
      type: textOf(message, 'RequestType'),
      scope: textOf(message, 'RequestScopeType'),
      available: dateOf(message, 'DateAvailable'),
      pickup: dateOf(message, 'HoldPickupDate'),
    }),
  echo: (ask, answer) =>
    'request' in ask.by
      ? [{ what: 'request', asked: ask.by.request.value, answered: answer.request?.value, compulsory: false }]
      : [{ what: 'item', asked: ask.by.item.value, answered: answer.item?.value, compulsory: true }],
};

function requestFields(name: string, fields: RequestFields | undefined): XmlNode | undefined {
  if (fields === undefined) return undefined;
  return element(
    name,
    dateTime('NeedBeforeDate', fields.needBefore),
    scoped('PickupLocation', fields.pickupLocation),
    dateTime('PickupExpiryDate', fields.pickupExpires),
  );
}

function readFields(found: XmlElement | undefined): RequestFields | undefined {
  if (found === undefined) return undefined;
  return defined({
    needBefore: textOf(found, 'NeedBeforeDate'),
    pickupLocation: scopedOf(found, 'PickupLocation'),
    pickupExpires: textOf(found, 'PickupExpiryDate'),
  });
}
