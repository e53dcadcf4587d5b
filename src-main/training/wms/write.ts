import type { Routing } from './circulation.ts';
import type { Bill } from './model.ts';
import { CURRENCY } from './policy.ts';
import type { Problem } from './refusal.ts';
import { NCIP_NAMESPACE, problemScheme, SCHEMES } from './schemes.ts';
import { escapeXml, type XmlElement } from './xml.ts';

/** A piece of a message, already escaped. */
export type Xml = string;

/** An element with elements inside. Everything carries the prefix `ns1`, as OCLC's answers do. */
export function el(name: string, ...content: readonly Xml[]): Xml {
  const inner = content.join('');
  return inner === '' ? `<ns1:${name}/>` : `<ns1:${name}>${inner}</ns1:${name}>`;
}

/** An element with text inside, and the list its value comes from. */
export function value(name: string, text: string, scheme?: string): Xml {
  const attribute = scheme === undefined ? '' : ` ns1:Scheme="${escapeXml(scheme)}"`;
  return `<ns1:${name}${attribute}>${escapeXml(text)}</ns1:${name}>`;
}

/** An element written back exactly as it came, names and schemes included. */
export function echo(element: XmlElement | undefined): Xml {
  if (element === undefined) return '';
  const scheme = element.attributes.get(`{${NCIP_NAMESPACE}}Scheme`);
  return element.children.length === 0
    ? value(element.name, element.text, scheme)
    : el(element.name, ...element.children.map(echo));
}

export function message(version: string, ...content: readonly Xml[]): Xml {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<ns1:NCIPMessage xmlns:ns1="${NCIP_NAMESPACE}" ns1:version="${version}">${content.join('')}</ns1:NCIPMessage>\n`;
}

/** NCIP writes moments as xs:dateTime; WMS in UTC to the second. */
export function dateTime(name: string, ms: number): Xml {
  return value(name, `${new Date(ms).toISOString().slice(0, 19)}Z`);
}

export function agency(id: string): Xml {
  return value('AgencyId', id, SCHEMES.agency);
}

export function itemId(institution: string, barcode: string): Xml {
  return el('ItemId', agency(institution), value('ItemIdentifierValue', barcode));
}

export function userId(institution: string, user: string, kind?: string): Xml {
  return el(
    'UserId',
    agency(institution),
    kind === undefined ? '' : value('UserIdentifierType', kind, SCHEMES.eidm),
    value('UserIdentifierValue', user),
  );
}

export function requestId(institution: string, id: string): Xml {
  return el('RequestId', agency(institution), value('RequestIdentifierValue', id));
}

export function money(name: string, amount: number): Xml {
  return el(name, value('CurrencyCode', CURRENCY, SCHEMES.currency), value('MonetaryValue', String(amount)));
}

export function fiscal(bill: Bill): Xml {
  return el(
    'FiscalTransactionInformation',
    value('FiscalActionType', 'Assess', SCHEMES.fiscalAction),
    value('FiscalTransactionType', bill.type, SCHEMES.fiscalType),
    money('Amount', bill.amount),
  );
}

const level = (number: number, name: string): Xml =>
  el('LocationNameInstance', value('LocationNameLevel', String(number)), value('LocationNameValue', name));

export function routing(institution: string, route: Routing): Xml {
  return el(
    'RoutingInformation',
    value('RoutingInstructions', route.instruction),
    el(
      'Destination',
      el(
        'Location',
        value('LocationType', 'Current', SCHEMES.location),
        el('LocationName', level(1, route.holding), level(2, route.shelving)),
      ),
    ),
    ...(route.requester === undefined
      ? []
      : [value('RequestType', 'Hold', SCHEMES.requestType), userId(institution, route.requester)]),
  );
}

/** A Problem, and after it what would have to be paid or accepted. */
export function problem(service: string, { type, scheme, detail, element, value: about, ...required }: Problem): Xml {
  return [
    el(
      'Problem',
      value('ProblemType', type, problemScheme(scheme ?? service)),
      detail === undefined ? '' : value('ProblemDetail', detail),
      element === undefined ? '' : value('ProblemElement', element),
      about === undefined ? '' : value('ProblemValue', about),
    ),
    required.requiredFee === undefined ? '' : money('RequiredFeeAmount', required.requiredFee),
    required.requiredRestriction === undefined
      ? ''
      : value('RequiredItemUseRestrictionType', required.requiredRestriction),
  ].join('');
}
