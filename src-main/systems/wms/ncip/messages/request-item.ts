import { defined, some } from '../../defined.ts';
import { dateOf, type NcipDate } from '../dates.ts';
import {
  bibliographicId,
  itemId,
  readBibliographicId,
  readItemId,
  readSubject,
  requestId,
  requestIdOf,
  itemIdOf,
  scoped,
  scopedOf,
  subject,
  userIdOf,
  type BibliographicId,
  type ItemId,
  type RequestId,
  type Scoped,
  type Subject,
  type UserId,
} from '../blocks/ids.ts';
import { itemFieldsOf, type ItemFields } from '../blocks/item-fields.ts';
import { fiscalOf, type FiscalTransaction } from '../blocks/money.ts';
import { userFieldsOf, type UserFields } from '../blocks/user-fields.ts';
import { itemElements, mandated, mandatedOf, readWanted, userElements, type Wanted } from '../blocks/wanted.ts';
import { children, textOf } from '../../xml/find.ts';
import { dateTime, NotWritable } from '../write.ts';
import { inOrder, type NcipService } from './service.ts';

/**
 * `RequestItem`: InitiationHeader? MandatedAction? (UserId | AuthenticationInput+) (ItemId+ | BibliographicId+ ItemId*)
 * RequestId? RequestType RequestScopeType ItemOptionalFields? ShippingInformation? EarliestDateNeeded? NeedBeforeDate?
 * PickupLocation? PickupExpiryDate? AcknowledgedFeeAmount? PaidFeeAmount? AcknowledgedItemUseRestrictionType*
 * ItemElementType* UserElementType* Ext?
 */
export interface RequestItem extends Wanted {
  readonly who: Subject;
  readonly items?: readonly ItemId[];
  readonly titles?: readonly BibliographicId[];
  readonly request?: RequestId;
  /** E.g. `Hold`. */
  readonly type: Scoped;
  /** `Item` or `Bibliographic Item`; other words on some hosts. */
  readonly scope: Scoped;
  readonly pickupLocation?: Scoped;
  readonly needBefore?: string;
  readonly pickupExpires?: string;
  readonly mandatedAt?: string;
}

/**
 * `RequestItemResponse`: ResponseHeader? (Problem+ RequiredFeeAmount? RequiredItemUseRestrictionType* | (ItemId |
 * RequestId ItemId?) UserId RequestType RequestScopeType ShippingInformation? DateAvailable? HoldPickupDate?
 * FiscalTransactionInformation? ItemOptionalFields? UserOptionalFields?) Ext?
 */
export interface RequestItemResponse {
  /** The id to cancel it by; a UUID in WMS. */
  readonly request?: RequestId;
  readonly item?: ItemId;
  readonly user?: UserId;
  readonly type?: string;
  readonly scope?: string;
  readonly available?: NcipDate;
  readonly pickup?: NcipDate;
  readonly fiscal?: FiscalTransaction;
  readonly itemFields?: ItemFields;
  readonly userFields?: UserFields;
}

export const requestItem: NcipService<RequestItem, RequestItemResponse> = {
  name: 'RequestItem',
  changes: true,
  build(ask) {
    if ((ask.items ?? []).length + (ask.titles ?? []).length === 0) throw new NotWritable('nothing is requested');
    return inOrder(
      mandated(ask.mandatedAt),
      subject(ask.who),
      (ask.titles ?? []).map(bibliographicId),
      (ask.items ?? []).map(itemId).filter((node) => node !== undefined),
      requestId(ask.request),
      scoped('RequestType', ask.type),
      scoped('RequestScopeType', ask.scope),
      dateTime('NeedBeforeDate', ask.needBefore),
      scoped('PickupLocation', ask.pickupLocation),
      dateTime('PickupExpiryDate', ask.pickupExpires),
      itemElements(ask.itemElements),
      userElements(ask.userElements),
    );
  },
  readRequest(message) {
    const who = readSubject(message);
    const type = scopedOf(message, 'RequestType');
    const scope = scopedOf(message, 'RequestScopeType');
    if (who === undefined || type === undefined || scope === undefined) return undefined;
    return defined({
      who,
      items: some(children(message, 'ItemId').flatMap((id) => readItemId(id) ?? [])),
      titles: some(children(message, 'BibliographicId').flatMap((id) => readBibliographicId(id) ?? [])),
      request: requestIdOf(message),
      type,
      scope,
      pickupLocation: scopedOf(message, 'PickupLocation'),
      needBefore: textOf(message, 'NeedBeforeDate'),
      pickupExpires: textOf(message, 'PickupExpiryDate'),
      mandatedAt: mandatedOf(message),
      ...readWanted(message),
    });
  },
  readResponse: (message) =>
    defined({
      request: requestIdOf(message),
      item: itemIdOf(message),
      user: userIdOf(message),
      type: textOf(message, 'RequestType'),
      scope: textOf(message, 'RequestScopeType'),
      available: dateOf(message, 'DateAvailable'),
      pickup: dateOf(message, 'HoldPickupDate'),
      fiscal: fiscalOf(message),
      itemFields: itemFieldsOf(message),
      userFields: userFieldsOf(message),
    }),
  echo: (ask, answer) => [
    {
      what: 'item',
      // Asked for a title, the host picks the item.
      asked: ask.titles === undefined && ask.items?.length === 1 ? ask.items[0]?.value : undefined,
      answered: answer.item?.value,
      compulsory: answer.request === undefined,
    },
    {
      what: 'user',
      asked: 'user' in ask.who ? ask.who.user.value : undefined,
      answered: answer.user?.value,
      compulsory: false,
    },
  ],
};
