import { defined } from '../../defined.ts';
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
import { itemFieldsOf, type ItemFields } from '../blocks/item-fields.ts';
import { fiscalOf, type FiscalTransaction } from '../blocks/money.ts';
import { itemElements, mandated, mandatedOf, readWanted, userElements, type Wanted } from '../blocks/wanted.ts';
import { NotWritable } from '../write.ts';
import { inOrder, type NcipService } from './service.ts';

/**
 * `CancelRequestItem`: InitiationHeader? MandatedAction? (UserId | AuthenticationInput+) (ItemId | RequestId ItemId?)
 * RequestType RequestScopeType? AcknowledgedFeeAmount? PaidFeeAmount? ItemElementType* UserElementType* Ext?
 */
export interface CancelRequestItem extends Wanted {
  readonly who: Subject;
  readonly request?: RequestId;
  readonly item?: ItemId;
  readonly type: Scoped;
  readonly scope?: Scoped;
  readonly mandatedAt?: string;
}

/**
 * `CancelRequestItemResponse`: ResponseHeader? (Problem+ | (ItemId | RequestId ItemId?) UserId
 * FiscalTransactionInformation? ItemOptionalFields? UserOptionalFields?) Ext?
 */
export interface CancelRequestItemResponse {
  readonly request?: RequestId;
  readonly item?: ItemId;
  readonly user?: UserId;
  readonly fiscal?: FiscalTransaction;
  readonly itemFields?: ItemFields;
}

export const cancelRequestItem: NcipService<CancelRequestItem, CancelRequestItemResponse> = {
  name: 'CancelRequestItem',
  changes: true,
  build(ask) {
    if (ask.request === undefined && ask.item === undefined) throw new NotWritable('nothing is cancelled');
    return inOrder(
      mandated(ask.mandatedAt),
      subject(ask.who),
      requestId(ask.request),
      itemId(ask.item),
      scoped('RequestType', ask.type),
      scoped('RequestScopeType', ask.scope),
      itemElements(ask.itemElements),
      userElements(ask.userElements),
    );
  },
  readRequest(message) {
    const who = readSubject(message);
    const type = scopedOf(message, 'RequestType');
    if (who === undefined || type === undefined) return undefined;
    return defined({
      who,
      request: requestIdOf(message),
      item: itemIdOf(message),
      type,
      scope: scopedOf(message, 'RequestScopeType'),
      mandatedAt: mandatedOf(message),
      ...readWanted(message),
    });
  },
  readResponse: (message) =>
    defined({
      request: requestIdOf(message),
      item: itemIdOf(message),
      user: userIdOf(message),
      fiscal: fiscalOf(message),
      itemFields: itemFieldsOf(message),
    }),
  echo: (ask, answer) => [
    {
      what: 'request',
      asked: ask.request?.value,
      answered: answer.request?.value,
      compulsory: answer.item === undefined,
    },
    { what: 'item', asked: ask.item?.value, answered: answer.item?.value, compulsory: answer.request === undefined },
  ],
};
