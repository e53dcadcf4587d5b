import type { LmsCalls, LmsResult } from '../lms.ts';
import type { WmsInstitution } from './branches.ts';
import { SCHEMES, VERSIONS } from './schemes.ts';
import { el, message, value, type Xml } from './write.ts';
import { at, readXml, textAt } from './xml.ts';

/** The id of a request as ReShare writes it to WMS (lib-ncip-client NCIP2WMS2Client). */
export function illRequestId(hrid: string): string {
  return `ReShareRequest${hrid}`;
}

/** mod-rs counts a check-in with one of these as its only problem as done. */
const AS_GOOD_AS_IN: readonly string[] = ['Item Not Checked Out', '9022', 'Not On Loan', 'Unknown Item'];

/** ReShare's WMS2 adapter: writes the messages it writes, and takes the answers as mod-rs takes them. */
export function reshareCalls(send: (message: string) => string, institution: WmsInstitution): LmsCalls {
  const ask = (service: string, ...content: readonly Xml[]): LmsResult =>
    outcome(send(message(VERSIONS.sharing, el(service, header(institution.registryId), ...content))));
  return {
    acceptItem: (barcode, item) => {
      const branch = institution.branches.find((one) => one.slug === item.pickup);
      return ask(
        'AcceptItem',
        requestId(item.hrid),
        value('RequestedActionType', 'Hold For Fulfillment', SCHEMES.fulfillmentAction),
        user(item.patron ?? ''),
        el('ItemId', value('AgencyId', institution.registryId, SCHEMES.institutionId), ...barcodeOf(barcode)),
        el(
          'ItemOptionalFields',
          el(
            'BibliographicDescription',
            item.author === undefined ? '' : value('Author', item.author),
            value('Title', item.title),
          ),
          item.callNumber === undefined ? '' : el('ItemDescription', value('CallNumber', item.callNumber)),
        ),
        branch === undefined ? '' : value('PickupLocation', branch.id, SCHEMES.branchId),
      );
    },
    checkOutItem: (barcode, account, hrid) =>
      ask('CheckOutItem', user(account), el('ItemId', ...barcodeOf(barcode)), requestId(hrid)),
    checkInItem: (barcode) => {
      const result = ask(
        'CheckInItem',
        el('ItemId', ...barcodeOf(barcode)),
        value('ItemElementType', 'Bibliographic Description', SCHEMES.itemElement),
      );
      return !result.ok && AS_GOOD_AS_IN.includes(result.problem) ? { ok: true } : result;
    },
  };
}

function header(registryId: string): Xml {
  const agency = value('AgencyId', registryId, SCHEMES.institutionId);
  return el(
    'InitiationHeader',
    value('FromSystemId', 'ReShare', SCHEMES.system),
    el('FromAgencyId', agency),
    value('ToSystemId', 'WMS Circ', SCHEMES.system),
    el('ToAgencyId', agency),
    value('ApplicationProfileType', '2.00', SCHEMES.sharingProfile),
  );
}

function requestId(hrid: string): Xml {
  return el(
    'RequestId',
    value('RequestIdentifierType', 'ILL Request Id', SCHEMES.illRequestId),
    value('RequestIdentifierValue', illRequestId(hrid)),
  );
}

function user(barcode: string): Xml {
  return el(
    'UserId',
    value('UserIdentifierType', 'Barcode', SCHEMES.userIdentifier),
    value('UserIdentifierValue', barcode),
  );
}

function barcodeOf(barcode: string): readonly Xml[] {
  return [value('ItemIdentifierType', 'Barcode', SCHEMES.itemIdentifier), value('ItemIdentifierValue', barcode)];
}

function outcome(answer: string): LmsResult {
  const root = readXml(answer);
  const response = root.children[0];
  const problem = response?.name === 'Problem' ? response : at(response, 'Problem');
  if (problem !== undefined) return { ok: false, problem: textAt(problem, 'ProblemType') ?? '' };
  const due = textAt(response, 'DateDue');
  return due === undefined ? { ok: true } : { ok: true, due: Date.parse(due) };
}
