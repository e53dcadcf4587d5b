import type { Circulation } from './circulation.ts';
import type { IllDesk } from './ill.ts';
import { itemOf, requestOf, userOf, type NcipRequest } from './message.ts';
import type { WmsContext } from './model.ts';
import { knownAgency, needed, sameAgency, type Profile } from './profile.ts';
import { Refusal } from './refusal.ts';
import { SCHEMES, VERSIONS } from './schemes.ts';
import { dateTime, echo, el, value } from './write.ts';
import { at, textAt } from './xml.ts';

/** NCIP for resource sharing, profile 2.00: what ReShare, Relais D2D and WorldShare ILL use. It echoes ids and says little else. */
export function sharingProfile(context: WmsContext, circulation: Circulation, ill: IllDesk): Profile {
  const { institution } = context.store;
  const optional = (key: string, text: string | undefined): Record<string, string> =>
    text === undefined ? {} : { [key]: text };
  const date = (text: string | undefined): number | undefined => {
    if (text === undefined) return undefined;
    const ms = Date.parse(text);
    if (Number.isNaN(ms)) throw new Refusal({ type: 'Invalid Date', scheme: 'general', value: text });
    return ms;
  };
  const accept = (request: NcipRequest): void => {
    const { body } = request;
    const lender = textAt(body, 'ItemId', 'AgencyId');
    const due = date(textAt(body, 'DateForReturn'));
    const fields = ['ItemOptionalFields', 'BibliographicDescription'];
    ill.accept({
      requestId: needed(requestOf(request), 'RequestId'),
      patron: needed(userOf(request), 'UserId'),
      barcode: needed(itemOf(request), 'ItemId'),
      title: textAt(body, ...fields, 'Title') ?? '',
      ...optional('author', textAt(body, ...fields, 'Author')),
      ...optional('callNumber', textAt(body, 'ItemOptionalFields', 'ItemDescription', 'CallNumber')),
      ...optional('pickup', textAt(body, 'PickupLocation')),
      ...(lender === undefined || lender === institution.registryId ? {} : { lender }),
      ...(due === undefined ? {} : { due }),
    });
  };

  return {
    version: VERSIONS.sharing,
    profileTypes: ['2.00'],
    checkAgencies: (from, to) => {
      sameAgency(from, to);
      knownAgency(from, [institution.registryId, institution.symbol, institution.branches[0]?.id ?? '']);
    },
    responseHeader: ({ header, fromAgency, toAgency }) => [
      value('FromSystemId', textAt(header, 'ToSystemId') ?? 'WMS Circ', SCHEMES.system),
      el('FromAgencyId', echoAgency(header, 'ToAgencyId', toAgency ?? institution.registryId)),
      value('ToSystemId', textAt(header, 'FromSystemId') ?? 'ReShare', SCHEMES.system),
      el('ToAgencyId', echoAgency(header, 'FromAgencyId', fromAgency ?? institution.registryId)),
    ],
    services: {
      AcceptItem: (request) => {
        accept(request);
        return [echo(at(request.body, 'RequestId')), echo(at(request.body, 'ItemId'))];
      },
      CheckOutItem: (request) => {
        const item = ill.checkOut({
          barcode: needed(itemOf(request), 'ItemId'),
          user: needed(userOf(request), 'UserId'),
          bySymbol: textAt(request.body, 'UserId', 'UserIdentifierType') === 'OCLC Institution Symbol',
          ...optional('requestId', requestOf(request)),
        });
        return [
          echo(at(request.body, 'ItemId')),
          echo(at(request.body, 'UserId')),
          dateTime('DateDue', item.loan?.due ?? 0),
        ];
      },
      CheckInItem: (request) => {
        const id = needed(itemOf(request), 'ItemId');
        if (textAt(request.body, 'ItemId', 'ItemIdentifierType') === 'ILL Request Id') ill.checkInRequest(id);
        else ill.checkIn(id);
        return [echo(at(request.body, 'ItemId'))];
      },
      CreateUserFiscalTransaction: (request) => {
        const information = at(request.body, 'FiscalTransactionInformation');
        const amount = Number(needed(textAt(information, 'Amount', 'MonetaryValue'), 'MonetaryValue'));
        if (!Number.isInteger(amount)) throw new Refusal({ type: 'Invalid Amount', scheme: 'general' });
        const bill = ill.charge(
          circulation.patron(needed(userOf(request), 'UserId')),
          textAt(information, 'FiscalTransactionType') ?? '',
          amount,
        );
        return [
          echo(at(request.body, 'UserId')),
          el(
            'FiscalTransactionReferenceId',
            value('AgencyId', institution.registryId, SCHEMES.institutionId),
            value('FiscalTransactionIdentifierValue', bill.id),
          ),
        ];
      },
    },
  };
}

function echoAgency(header: NcipRequest['header'], name: string, otherwise: string): string {
  const sent = at(header, name, 'AgencyId');
  return sent === undefined ? value('AgencyId', otherwise, SCHEMES.institutionId) : echo(sent);
}
