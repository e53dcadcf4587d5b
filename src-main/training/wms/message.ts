import { Refusal } from './refusal.ts';
import { NCIP_NAMESPACE } from './schemes.ts';
import { at, readXml, textAt, XmlError, type XmlElement } from './xml.ts';

/** A request as it arrived. */
export interface NcipRequest {
  /** Name of the message: `CheckInItem`. */
  readonly service: string;
  readonly body: XmlElement;
  readonly header?: XmlElement;
  readonly fromAgency?: string;
  readonly toAgency?: string;
  readonly profile?: string;
}

const WHO = ['UserId', 'AuthenticationInput'];
const WANTED = ['ItemElementType', 'UserElementType'];
const FEES = ['AcknowledgedFeeAmount', 'PaidFeeAmount'];

/** Children of each request in the order of ncip_v2_02.xsd, after the header; what is not named here is not allowed. */
const CONTENT: Readonly<Record<string, readonly string[]>> = {
  CheckInItem: ['MandatedAction', 'ItemId', ...WANTED],
  CheckOutItem: [
    'MandatedAction',
    ...WHO,
    'ItemId',
    'RequestId',
    ...FEES,
    'AcknowledgedItemUseRestrictionType',
    'ShippingInformation',
    'ResourceDesired',
    'DesiredDateDue',
    ...WANTED,
  ],
  RequestItem: [
    'MandatedAction',
    ...WHO,
    'BibliographicId',
    'ItemId',
    'RequestId',
    'RequestType',
    'RequestScopeType',
    'ItemOptionalFields',
    'ShippingInformation',
    'EarliestDateNeeded',
    'NeedBeforeDate',
    'PickupLocation',
    'PickupExpiryDate',
    ...FEES,
    'AcknowledgedItemUseRestrictionType',
    ...WANTED,
  ],
  CancelRequestItem: [
    'MandatedAction',
    ...WHO,
    'RequestId',
    'ItemId',
    'RequestType',
    'RequestScopeType',
    ...FEES,
    ...WANTED,
  ],
  UpdateRequestItem: [
    'MandatedAction',
    ...WHO,
    'ItemId',
    'RequestType',
    'RequestId',
    'DeleteRequestFields',
    'AddRequestFields',
    ...WANTED,
  ],
  RenewItem: [
    'MandatedAction',
    ...WHO,
    'ItemId',
    ...WANTED,
    'DesiredDateDue',
    'DesiredDateForReturn',
    ...FEES,
    'AcknowledgedItemUseRestrictionType',
  ],
  LookupUser: [...WHO, 'UserElementType', 'LoanedItemsDesired', 'RequestedItemsDesired', 'UserFiscalAccountDesired'],
  AcceptItem: [
    'MandatedAction',
    'RequestId',
    'RequestedActionType',
    'UserId',
    'ItemId',
    'DateForReturn',
    'IndeterminateLoanPeriodFlag',
    'NonReturnableFlag',
    'RenewalNotPermitted',
    'FiscalTransactionInformation',
    'ItemOptionalFields',
    'UserOptionalFields',
    'PickupLocation',
    'PickupExpiryDate',
  ],
  CreateUserFiscalTransaction: ['MandatedAction', ...WHO, 'FiscalTransactionInformation'],
};

const syntax = (detail: string, element: string): Refusal =>
  new Refusal({ type: 'Invalid Message Syntax Error', scheme: 'messaging', detail, element });

/**
 * Reads one NCIP message the strict way: the right namespace, a qualified version attribute, children in the schema's order. What a
 * real host would forgive is not forgiven here, so that a client's slips show in practice.
 *
 * @throws Refusal with a messaging problem, to be answered straight under NCIPMessage.
 */
export function readRequest(text: string): NcipRequest {
  const root = parse(text);
  if (root.name !== 'NCIPMessage' || root.uri !== NCIP_NAMESPACE) {
    throw syntax('The root is no NCIPMessage of NCIP 2', root.name);
  }
  if (!root.attributes.has(`{${NCIP_NAMESPACE}}version`)) throw syntax('There is no ncip:version', 'NCIPMessage');
  const [body, ...others] = root.children;
  if (body === undefined || others.length > 0) throw syntax('One message is expected', 'NCIPMessage');
  checkOrder(body);
  const header = at(body, 'InitiationHeader');
  const fromAgency = textAt(header, 'FromAgencyId', 'AgencyId');
  const toAgency = textAt(header, 'ToAgencyId', 'AgencyId');
  const profile = textAt(header, 'ApplicationProfileType');
  return {
    service: body.name,
    body,
    ...(header === undefined ? {} : { header }),
    ...(fromAgency === undefined ? {} : { fromAgency }),
    ...(toAgency === undefined ? {} : { toAgency }),
    ...(profile === undefined ? {} : { profile }),
  };
}

function parse(text: string): XmlElement {
  try {
    return readXml(text);
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
    throw syntax(error.message, 'NCIPMessage');
  }
}

function checkOrder(body: XmlElement): void {
  const known = CONTENT[body.name];
  // A message nobody here serves is refused as such later, whatever is in it.
  if (known === undefined) return;
  const order = ['InitiationHeader', ...known, 'Ext'];
  let reached = 0;
  for (const child of body.children) {
    const place = child.uri === NCIP_NAMESPACE ? order.indexOf(child.name) : -1;
    if (place < 0) throw syntax(`${child.name} does not belong into ${body.name}`, child.name);
    if (place < reached) throw syntax(`${child.name} comes too late in ${body.name}`, child.name);
    reached = place;
  }
}

/** The barcode or other value of the message's ItemId. */
export function itemOf({ body }: NcipRequest): string | undefined {
  return textAt(body, 'ItemId', 'ItemIdentifierValue');
}

export function userOf({ body }: NcipRequest): string | undefined {
  return textAt(body, 'UserId', 'UserIdentifierValue');
}

export function requestOf({ body }: NcipRequest): string | undefined {
  return textAt(body, 'RequestId', 'RequestIdentifierValue');
}
