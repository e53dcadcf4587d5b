import { defined } from '../../defined.ts';
import { itemId, itemIdOf, userIdOf, type ItemId, type UserId } from '../blocks/ids.ts';
import { itemFieldsOf, type ItemFields } from '../blocks/item-fields.ts';
import { fiscalOf, type FiscalTransaction } from '../blocks/money.ts';
import { routingOf, type Routing } from '../blocks/routing.ts';
import { userFieldsOf, type UserFields } from '../blocks/user-fields.ts';
import { itemElements, mandated, mandatedOf, readWanted, userElements, type Wanted } from '../blocks/wanted.ts';
import { inOrder, type NcipService } from './service.ts';

/** `CheckInItem`: InitiationHeader? MandatedAction? ItemId ItemElementType* UserElementType* Ext? */
export interface CheckInItem extends Wanted {
  readonly item: ItemId;
  readonly mandatedAt?: string;
}

/**
 * `CheckInItemResponse`: ResponseHeader? (Problem+ | ItemId UserId? RoutingInformation? FiscalTransactionInformation?
 * ItemOptionalFields? UserOptionalFields?) Ext?. The resource sharing profile answers the item's id alone; WMS's staff
 * profile always says where the item goes.
 */
export interface CheckInItemResponse {
  readonly item?: ItemId;
  /** The previous borrower. Personal: not kept longer than the screen needs it. */
  readonly user?: UserId;
  readonly routing?: Routing;
  /** A bill that arose with this check-in. */
  readonly fiscal?: FiscalTransaction;
  readonly itemFields?: ItemFields;
  readonly userFields?: UserFields;
}

export const checkInItem: NcipService<CheckInItem, CheckInItemResponse> = {
  name: 'CheckInItem',
  changes: true,
  build: (ask) =>
    inOrder(mandated(ask.mandatedAt), itemId(ask.item), itemElements(ask.itemElements), userElements(ask.userElements)),
  readRequest(message) {
    const item = itemIdOf(message);
    return item === undefined ? undefined : defined({ item, mandatedAt: mandatedOf(message), ...readWanted(message) });
  },
  readResponse: (message) =>
    defined({
      item: itemIdOf(message),
      user: userIdOf(message),
      routing: routingOf(message),
      fiscal: fiscalOf(message),
      itemFields: itemFieldsOf(message),
      userFields: userFieldsOf(message),
    }),
  echo: (ask, answer) => [{ what: 'item', asked: ask.item.value, answered: answer.item?.value, compulsory: true }],
};
