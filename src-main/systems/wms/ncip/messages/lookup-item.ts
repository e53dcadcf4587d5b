import { defined, some } from '../../defined.ts';
import { dateOf, type NcipDate } from '../dates.ts';
import {
  itemId,
  itemIdOf,
  requestId,
  requestIdOf,
  userIdOf,
  type ItemId,
  type RequestId,
  type UserId,
} from '../blocks/ids.ts';
import { itemFieldsOf, type ItemFields } from '../blocks/item-fields.ts';
import { itemElements, readWanted } from '../blocks/wanted.ts';
import { child, children, flag } from '../../xml/find.ts';
import { marker, NotWritable } from '../write.ts';
import { inOrder, type NcipService } from './service.ts';

/** `LookupItem`: InitiationHeader? (ItemId | RequestId) ItemElementType* CurrentBorrowerDesired? CurrentRequestersDesired? Ext? */
export interface LookupItem {
  readonly item?: ItemId;
  readonly request?: RequestId;
  readonly itemElements?: readonly string[];
  readonly currentBorrower?: boolean;
  readonly currentRequesters?: boolean;
}

/**
 * `LookupItemResponse`: ResponseHeader? (Problem+ | (ItemId | RequestId ItemId?) HoldPickupDate? DateRecalled?
 * ItemTransaction? ItemOptionalFields?) Ext?, with `ItemTransaction`: CurrentBorrower? CurrentRequester* Ext?
 */
export interface LookupItemResponse {
  readonly item?: ItemId;
  readonly request?: RequestId;
  readonly holdPickup?: NcipDate;
  readonly recalled?: NcipDate;
  readonly borrower?: UserId;
  readonly requesters?: readonly UserId[];
  readonly itemFields?: ItemFields;
}

export const lookupItem: NcipService<LookupItem, LookupItemResponse> = {
  name: 'LookupItem',
  changes: false,
  build(ask) {
    if ((ask.item === undefined) === (ask.request === undefined)) {
      throw new NotWritable('an item is looked up by its id or by a request’s id');
    }
    return inOrder(
      itemId(ask.item),
      requestId(ask.request),
      itemElements(ask.itemElements),
      marker('CurrentBorrowerDesired', ask.currentBorrower),
      marker('CurrentRequestersDesired', ask.currentRequesters),
    );
  },
  readRequest: (message) =>
    defined({
      item: itemIdOf(message),
      request: requestIdOf(message),
      itemElements: readWanted(message).itemElements,
      currentBorrower: flag(message, 'CurrentBorrowerDesired'),
      currentRequesters: flag(message, 'CurrentRequestersDesired'),
    }),
  readResponse(message) {
    const transaction = child(message, 'ItemTransaction');
    return defined({
      item: itemIdOf(message),
      request: requestIdOf(message),
      holdPickup: dateOf(message, 'HoldPickupDate'),
      recalled: dateOf(message, 'DateRecalled'),
      borrower: userIdOf(child(transaction, 'CurrentBorrower')),
      requesters: some(children(transaction, 'CurrentRequester').flatMap((who) => userIdOf(who) ?? [])),
      itemFields: itemFieldsOf(message),
    });
  },
  echo: (ask, answer) => [
    { what: 'item', asked: ask.item?.value, answered: answer.item?.value, compulsory: answer.request === undefined },
  ],
};
