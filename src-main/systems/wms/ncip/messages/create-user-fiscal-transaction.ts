import { defined } from '../../defined.ts';
import { readSubject, userIdOf, type Subject, type UserId } from '../blocks/ids.ts';
import { fiscalOf, referenceOf, type FiscalTransaction } from '../blocks/money.ts';
import type { XmlElement } from '../../xml/parse.ts';

/**
 * `CreateUserFiscalTransaction`: InitiationHeader? MandatedAction? (UserId | AuthenticationInput+)
 * FiscalTransactionInformation Ext?. Read only: Carrel charges nobody.
 */
export interface CreateUserFiscalTransaction {
  readonly who?: Subject;
  readonly fiscal?: FiscalTransaction;
}

/** `CreateUserFiscalTransactionResponse`: ResponseHeader? (Problem+ | UserId FiscalTransactionReferenceId) Ext? */
export interface CreateUserFiscalTransactionResponse {
  readonly user?: UserId;
  readonly reference?: string;
}

export function readCreateUserFiscalTransaction(message: XmlElement): CreateUserFiscalTransaction {
  return defined({ who: readSubject(message), fiscal: fiscalOf(message) });
}

export function readCreateUserFiscalTransactionResponse(message: XmlElement): CreateUserFiscalTransactionResponse {
  return defined({ user: userIdOf(message), reference: referenceOf(message) });
}
