import { defined, some } from '../../defined.ts';
import { readSubject, subject, userIdOf, type Subject, type UserId } from '../blocks/ids.ts';
import { readLoan, readRequested, type LoanedItem, type RequestedItem } from '../blocks/loans.ts';
import { moneyOf, readFiscal, type FiscalTransaction, type Money } from '../blocks/money.ts';
import { userFieldsOf, type UserFields } from '../blocks/user-fields.ts';
import { readWanted, userElements } from '../blocks/wanted.ts';
import { child, children, flag, textOf, wholeOf } from '../../xml/find.ts';
import type { XmlElement } from '../../xml/parse.ts';
import { marker } from '../write.ts';
import { inOrder, type NcipService } from './service.ts';

/**
 * `LookupUser`: InitiationHeader? (UserId | AuthenticationInput+) UserElementType* LoanedItemsDesired?
 * RequestedItemsDesired? UserFiscalAccountDesired? Ext?
 */
export interface LookupUser {
  readonly who: Subject;
  readonly userElements?: readonly string[];
  readonly loans?: boolean;
  readonly requests?: boolean;
  readonly account?: boolean;
}

/**
 * `LookupUserResponse`: ResponseHeader? (Problem+ | UserId UserFiscalAccount* LoanedItemsCount* LoanedItem*
 * RequestedItemsCount* RequestedItem* UserOptionalFields?) Ext?. All of it is personal.
 */
export interface LookupUserResponse {
  readonly user?: UserId;
  readonly accounts?: readonly FiscalAccount[];
  readonly loanCounts?: readonly ItemCount[];
  readonly loans?: readonly LoanedItem[];
  readonly requests?: readonly RequestedItem[];
  readonly userFields?: UserFields;
}

/** `UserFiscalAccount`: AccountBalance AccountDetails* Ext? */
export interface FiscalAccount {
  readonly balance?: Money;
  readonly transactions?: readonly FiscalTransaction[];
}

/** `LoanedItemsCount`: (CirculationStatus | ItemUseRestrictionType) LoanedItemCountValue */
export interface ItemCount {
  readonly of: string;
  readonly count: number;
}

export const lookupUser: NcipService<LookupUser, LookupUserResponse> = {
  name: 'LookupUser',
  changes: false,
  build: (ask) =>
    inOrder(
      subject(ask.who),
      userElements(ask.userElements),
      marker('LoanedItemsDesired', ask.loans),
      marker('RequestedItemsDesired', ask.requests),
      marker('UserFiscalAccountDesired', ask.account),
    ),
  readRequest(message) {
    const who = readSubject(message);
    if (who === undefined) return undefined;
    return defined({
      who,
      userElements: readWanted(message).userElements,
      loans: flag(message, 'LoanedItemsDesired'),
      requests: flag(message, 'RequestedItemsDesired'),
      account: flag(message, 'UserFiscalAccountDesired'),
    });
  },
  readResponse: (message) =>
    defined({
      user: userIdOf(message),
      accounts: some(children(message, 'UserFiscalAccount').map(readAccount)),
      loanCounts: some(children(message, 'LoanedItemsCount').flatMap(readCount)),
      loans: some(children(message, 'LoanedItem').map(readLoan)),
      requests: some(children(message, 'RequestedItem').map(readRequested)),
      userFields: userFieldsOf(message),
    }),
  echo(ask, answer) {
    const asked = 'user' in ask.who ? ask.who.user : undefined;
    const others = answer.userFields?.otherIds ?? [];
    const named = [answer.user, ...others].find((id) => id !== undefined && isSame(id, asked)) ?? answer.user;
    return [
      {
        what: 'user',
        // A host may answer with an id of the kind it prefers; of the same kind it must be the same one.
        asked: asked?.type?.value === named?.type?.value ? asked?.value : undefined,
        answered: named?.value,
        compulsory: asked !== undefined,
      },
    ];
  },
};

function isSame(id: UserId, asked: UserId | undefined): boolean {
  return id.value.trim().toLowerCase() === asked?.value.trim().toLowerCase();
}

function readAccount(found: XmlElement): FiscalAccount {
  const transactions = children(found, 'AccountDetails').flatMap((details) => {
    const fiscal = child(details, 'FiscalTransactionInformation');
    return fiscal === undefined ? [] : [readFiscal(fiscal)];
  });
  return defined({ balance: moneyOf(found, 'AccountBalance'), transactions: some(transactions) });
}

function readCount(found: XmlElement): readonly ItemCount[] {
  const of = textOf(found, 'CirculationStatus') ?? textOf(found, 'ItemUseRestrictionType');
  const count = wholeOf(found, 'LoanedItemCountValue');
  return of === undefined || count === undefined ? [] : [{ of, count }];
}
