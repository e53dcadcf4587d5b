import { defined } from '../../defined.ts';
import { child, displayOf, textOf, wholeOf } from '../../xml/find.ts';
import type { XmlElement } from '../../xml/parse.ts';
import { requestIdOf, type RequestId } from './ids.ts';

/** `Amount` and its relatives: CurrencyCode MonetaryValue. The value is in whole minor units: 1234 means 12.34. */
export interface Money {
  readonly currency: string;
  readonly minorUnits: number;
}

/**
 * `FiscalTransactionInformation`: FiscalActionType FiscalTransactionReferenceId? RelatedFiscalTransactionReferenceId*
 * FiscalTransactionType ValidFromDate? ValidToDate? Amount PaymentMethodType? FiscalTransactionDescription? RequestId?
 * ItemDetails? Ext?
 */
export interface FiscalTransaction {
  /** E.g. `Assess`. */
  readonly action?: string;
  /** E.g. `Fine`, `Interlibrary Loan Fee`. */
  readonly type?: string;
  readonly amount?: Money;
  readonly reference?: string;
  readonly description?: string;
  readonly request?: RequestId;
}

/** An amount; undefined when the number or the currency is missing or unreadable: money is never guessed. */
export function moneyOf(parent: XmlElement | undefined, name: string): Money | undefined {
  const found = child(parent, name);
  const minorUnits = wholeOf(found, 'MonetaryValue');
  const currency = textOf(found, 'CurrencyCode');
  return minorUnits === undefined || currency === undefined ? undefined : { currency, minorUnits };
}

export function readFiscal(found: XmlElement): FiscalTransaction {
  return defined({
    action: textOf(found, 'FiscalActionType'),
    type: textOf(found, 'FiscalTransactionType'),
    amount: moneyOf(found, 'Amount'),
    reference: referenceOf(found),
    description: displayOf(found, 'FiscalTransactionDescription'),
    request: requestIdOf(found),
  });
}

export function fiscalOf(parent: XmlElement | undefined): FiscalTransaction | undefined {
  const found = child(parent, 'FiscalTransactionInformation');
  return found === undefined ? undefined : readFiscal(found);
}

/** The number a host gave to a fee: FiscalTransactionReferenceId/FiscalTransactionIdentifierValue. */
export function referenceOf(parent: XmlElement | undefined): string | undefined {
  return textOf(child(parent, 'FiscalTransactionReferenceId'), 'FiscalTransactionIdentifierValue');
}

/** `RequiredFeeAmount` and `RequiredItemUseRestrictionType` behind a problem: "not unless the patron pays, or accepts". */
export interface RequiredTerms {
  readonly fee?: Money;
  readonly restrictions?: readonly string[];
}

export function requiredTermsOf(message: XmlElement): RequiredTerms | undefined {
  const restrictions = message.children
    .filter((c) => c.name === 'RequiredItemUseRestrictionType' && c.text !== '')
    .map((c) => c.text);
  const fee = moneyOf(message, 'RequiredFeeAmount');
  if (fee === undefined && restrictions.length === 0) return undefined;
  return defined({ fee, restrictions: restrictions.length === 0 ? undefined : restrictions });
}
