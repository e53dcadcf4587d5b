import type { Circulation } from './circulation.ts';
import type { HoldWish } from './holds.ts';
import { itemOf, requestOf, userOf, type NcipRequest } from './message.ts';
import type { Hold, WmsContext } from './model.ts';
import { knownAgency, needed, sameAgency, type Profile } from './profile.ts';
import { missing, Refusal } from './refusal.ts';
import { SCHEMES, VERSIONS } from './schemes.ts';
import { agency, dateTime, el, fiscal, itemId, requestId, routing, userId, value, type Xml } from './write.ts';
import { at, textAt, type XmlElement } from './xml.ts';

/** The staff profile: what desk machines and sorters use. The branch that acts is the agency of the header. */
export function staffProfile(context: WmsContext, circulation: Circulation): Profile {
  const { institution } = context.store;
  const us = institution.registryId;
  const branches = institution.branches.map((branch) => branch.id);
  const ourItem = (request: NcipRequest): string => {
    knownAgency(textAt(request.body, 'ItemId', 'AgencyId') ?? us, [us], 'ItemId/AgencyId');
    return needed(itemOf(request), 'ItemId');
  };
  const ourUser = (request: NcipRequest): string => {
    knownAgency(textAt(request.body, 'UserId', 'AgencyId') ?? us, [us], 'UserId/AgencyId');
    return needed(userOf(request), 'UserId');
  };

  return {
    version: VERSIONS.staff,
    profileTypes: ['Version 2011'],
    checkAgencies: (from, to) => {
      sameAgency(from, to);
      knownAgency(from, branches);
    },
    responseHeader: ({ fromAgency, toAgency }) => [
      el('FromAgencyId', agency(toAgency ?? us)),
      el('ToAgencyId', agency(fromAgency ?? us)),
    ],
    services: {
      CheckInItem: (request) => {
        const done = circulation.checkIn(ourItem(request), request.fromAgency ?? us);
        return [
          itemId(us, done.item.barcode),
          done.previousBorrower === undefined ? '' : userId(us, done.previousBorrower),
          routing(us, done.routing),
          done.bill === undefined ? '' : fiscal(done.bill),
        ];
      },
      CheckOutItem: (request) => {
        const item = circulation.checkOut(ourUser(request), ourItem(request), request.fromAgency);
        return [
          itemId(us, item.barcode),
          userId(us, item.loan?.patron ?? ''),
          dateTime('DateDue', item.loan?.due ?? 0),
          item.loan?.renewals === 0 ? '' : value('RenewalCount', String(item.loan?.renewals)),
        ];
      },
      RequestItem: (request) => {
        const patron = circulation.patron(ourUser(request));
        const hold = circulation.holds.place(patron, wishOf(request, circulation));
        context.record({ action: 'RequestItem', result: 'done', requestId: hold.id, ...itemsOf(hold) });
        return placed(us, hold, patron.barcode);
      },
      CancelRequestItem: (request) => {
        const user = ourUser(request);
        const hold = circulation.holds.cancel(needed(requestOf(request), 'RequestId'), user);
        context.record({ action: 'CancelRequestItem', result: 'done', requestId: hold.id, ...itemsOf(hold) });
        return [requestId(us, hold.id), userId(us, user)];
      },
    },
  };
}

export function itemsOf(hold: Hold): { readonly items?: readonly string[] } {
  return hold.barcode === undefined ? {} : { items: [hold.barcode] };
}

/** The answer to a hold that was placed. `kind` is the kind of user id to answer with. */
export function placed(institution: string, hold: Hold, user: string, kind?: string): readonly Xml[] {
  return [
    requestId(institution, hold.id),
    userId(institution, user, kind),
    value('RequestType', 'Hold', kind === undefined ? SCHEMES.requestType : SCHEMES.patronRequestType),
    value('RequestScopeType', hold.scope, SCHEMES.requestScope),
  ];
}

/** What a RequestItem asks for. A title is named by its OCLC number, or by one of its items. */
export function wishOf(request: NcipRequest, circulation: Circulation): HoldWish {
  const { body } = request;
  const type = textAt(body, 'RequestType');
  if (type !== 'Hold') {
    throw new Refusal({
      type: 'Element Rule Violated',
      detail: 'UNSUPPORTED_REQUEST_TYPE',
      element: '//RequestType',
      value: type ?? '',
    });
  }
  const pickup = needed(textAt(body, 'PickupLocation'), 'PickupLocation');
  const barcode = itemOf(request);
  if (textAt(body, 'RequestScopeType') === 'Item') {
    return { scope: 'Item', barcode: circulation.item(needed(barcode, 'ItemId')).barcode, pickup };
  }
  const ocn =
    oclcNumber(at(body, 'BibliographicId')) ?? (barcode === undefined ? undefined : circulation.item(barcode).ocn);
  if (ocn === undefined) throw missing('BibliographicId');
  return { scope: 'Bibliographic Item', ocn, pickup };
}

function oclcNumber(title: XmlElement | undefined): string | undefined {
  const record = textAt(title, 'BibliographicRecordId', 'BibliographicRecordIdentifier');
  const text = record ?? textAt(title, 'BibliographicItemId', 'BibliographicItemIdentifier');
  return text?.replace(/^(ocm|ocn|on)?0*/i, '');
}
