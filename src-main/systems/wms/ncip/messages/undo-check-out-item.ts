import { defined } from '../../defined.ts';
import { itemIdOf, readSubject, requestIdOf, type ItemId, type RequestId, type Subject } from '../blocks/ids.ts';
import type { XmlElement } from '../../xml/parse.ts';

/**
 * `UndoCheckOutItem`: InitiationHeader? MandatedAction? ItemId (UserId | AuthenticationInput+)? RequestId? Ext?. Read only:
 * WMS offers no such service, and a loan made by mistake is ended by a person.
 */
export interface UndoCheckOutItem {
  readonly item?: ItemId;
  readonly who?: Subject;
  readonly request?: RequestId;
}

export function readUndoCheckOutItem(message: XmlElement): UndoCheckOutItem {
  return defined({ item: itemIdOf(message), who: readSubject(message), request: requestIdOf(message) });
}
