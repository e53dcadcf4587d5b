import { defined } from '../../defined.ts';
import { itemId, itemIdOf, type ItemId } from '../blocks/ids.ts';
import { mandated, mandatedOf } from '../blocks/wanted.ts';
import { inOrder, type NcipService } from './service.ts';

/** `DeleteItem`: InitiationHeader? MandatedAction? ItemId Ext?. WMS offers no such service; other hosts do. */
export interface DeleteItem {
  readonly item: ItemId;
  readonly mandatedAt?: string;
}

/** `DeleteItemResponse`: ResponseHeader? (Problem+ | ItemId) Ext? */
export interface DeleteItemResponse {
  readonly item?: ItemId;
}

export const deleteItem: NcipService<DeleteItem, DeleteItemResponse> = {
  name: 'DeleteItem',
  changes: true,
  build: (ask) => inOrder(mandated(ask.mandatedAt), itemId(ask.item)),
  readRequest(message) {
    const item = itemIdOf(message);
    return item === undefined ? undefined : defined({ item, mandatedAt: mandatedOf(message) });
  },
  readResponse: (message) => defined({ item: itemIdOf(message) }),
  echo: (ask, answer) => [{ what: 'item', asked: ask.item.value, answered: answer.item?.value, compulsory: true }],
};
