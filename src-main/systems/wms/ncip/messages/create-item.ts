import { defined } from '../../defined.ts';
import { itemId, itemIdOf, requestId, requestIdOf, type ItemId, type RequestId } from '../blocks/ids.ts';
import {
  bibliographic,
  bibliographicOf,
  itemDescription,
  itemDescriptionOf,
  type Bibliographic,
  type ItemDescription,
} from '../blocks/item-fields.ts';
import { mandated, mandatedOf } from '../blocks/wanted.ts';
import { inOrder, type NcipService } from './service.ts';

/**
 * `CreateItem`: InitiationHeader? MandatedAction? ItemId? RequestId? BibliographicDescription ItemUseRestrictionType*
 * CirculationStatus? ItemDescription? Location* PhysicalCondition? SecurityMarker? SensitizationFlag? Ext?. WMS offers no
 * such service; other hosts do.
 */
export interface CreateItem {
  readonly item?: ItemId;
  readonly request?: RequestId;
  readonly about: Bibliographic;
  readonly description?: ItemDescription;
  readonly mandatedAt?: string;
}

/** `CreateItemResponse`: ResponseHeader? (Problem+ | ItemId) Ext? */
export interface CreateItemResponse {
  readonly item?: ItemId;
}

export const createItem: NcipService<CreateItem, CreateItemResponse> = {
  name: 'CreateItem',
  changes: true,
  build: (ask) =>
    inOrder(
      mandated(ask.mandatedAt),
      itemId(ask.item),
      requestId(ask.request),
      bibliographic(ask.about),
      itemDescription(ask.description),
    ),
  readRequest(message) {
    const about = bibliographicOf(message);
    if (about === undefined) return undefined;
    return defined({
      item: itemIdOf(message),
      request: requestIdOf(message),
      about,
      description: itemDescriptionOf(message),
      mandatedAt: mandatedOf(message),
    });
  },
  readResponse: (message) => defined({ item: itemIdOf(message) }),
  echo: (ask, answer) => [{ what: 'item', asked: ask.item?.value, answered: answer.item?.value, compulsory: true }],
};
