/**
 * What each good sample says, written by hand from the sample's text. Dates are as read: see {@link at}. A message without
 * problems has an empty list, left out here.
 */
export interface Expected {
  readonly name: string;
  readonly header?: object;
  readonly problems?: readonly object[];
  readonly terms?: object;
  readonly body?: object;
}

const NISO = 'http://www.niso.org/ncip/v1_0/imp1/schemes';
const OCLC = 'http://oclc.org/ncip/schemes';
const at = (raw: string, utc = raw.replace('Z', '.000Z')) => ({ kind: 'instant', utc, raw });

const ITEM_TYPE = { value: 'Barcode', scheme: `${NISO}/visibleitemidentifiertype/visibleitemidentifiertype.scm` };
const USER_TYPE = { value: 'Barcode', scheme: `${NISO}/visibleuseridentifiertype/visibleuseridentifiertype.scm` };
const ILL_TYPE = {
  value: 'ILL Request Id',
  scheme: `${OCLC}/requestidentifiertype/circillrequestidentifiertype.scm`,
};
const barcode = (value: string) => ({ type: ITEM_TYPE, value });
const card = (value: string) => ({ type: USER_TYPE, value });

// Headers of the four families of samples.
const HOST = { value: 'HOSTLMS' };
const DESK = { value: 'DESK1' };
const TO_HOST = { fromAgency: DESK, toAgency: HOST };
const FROM_HOST = { fromAgency: HOST, toAgency: DESK };
const system = (value: string) => ({ value, scheme: `${OCLC}/systemid/oclcsystemid.scm` });
const institution = { value: '900001', scheme: `${OCLC}/agencyid/institutionid.scm` };
const symbol = (value: string) => ({ value, scheme: `${OCLC}/agencyid/symbol.scm` });
const PROFILE_2 = {
  value: '2.00',
  scheme: `${OCLC}/applicationprofiletype/circillapplicationprofiletype.scm`,
};
const RESHARE_ASKS = {
  fromSystem: system('ReShare'),
  fromAgency: institution,
  toSystem: system('WMS Circ'),
  toAgency: institution,
  profile: PROFILE_2,
};
const WMS_ANSWERS = {
  fromSystem: system('WMS Circ'),
  fromAgency: institution,
  toSystem: system('ReShare'),
  toAgency: institution,
};
const asks = (who: string, agency: string) => ({
  fromSystem: system(who),
  fromAgency: symbol(agency),
  toSystem: system('WMS Circ'),
  toAgency: symbol(agency),
  profile: PROFILE_2,
});
const agency = (value: string) => ({ value, scheme: `${OCLC}/agencyid.scm` });
const STAFF_ASKS = {
  fromAgency: agency('900101'),
  toAgency: agency('900101'),
  profile: { value: 'Version 2011', scheme: `${OCLC}/application-profile/platform.scm` },
};
const staffAnswers = (branch = '900101') => ({ fromAgency: agency(branch), toAgency: agency(branch) });
const PATRON_ASKS = {
  fromAgency: agency('900001'),
  toAgency: agency('900001'),
  profile: { value: 'Version 2011', scheme: `${OCLC}/application-profile/wcl.scm` },
};
const PATRON_ANSWERS = { fromAgency: agency('900001'), toAgency: agency('900001') };
const ours = (value: string) => ({ agency: agency('900001'), value });
const EIDM = {
  agency: agency('900001'),
  type: { value: 'EIDM', scheme: 'http://worldcat.org/ncip/schemes/v2/extensions/useridentifiertype.scm' },
  value: '11111111-2222-3333-4444-555555555555',
};

const processing = (service: string) =>
  `http://www.niso.org/ncip/v1_0/schemes/processingerrortype/${service}processingerror.scm`;

const HOLD = { value: 'Hold', scheme: `${NISO}/requesttype/requesttype.scm` };
const SCOPE_ITEM = { value: 'Item', scheme: `${NISO}/requestscopetype/requestscopetype.scm` };
const place = (holding: string, shelving: string) => ({
  holdingCode: holding,
  shelvingLocation: shelving,
  location: {
    type: 'Current',
    levels: [
      { level: 1, value: holding },
      { level: 2, value: shelving },
    ],
  },
});
const named = (given: string, surname: string) => ({
  user: { value: '29999000123456' },
  userFields: { name: { display: `${given} ${surname}`, given, surname } },
});
const RENEE = {
  name: { display: 'Renée Łuczak', given: 'Renée', surname: 'Łuczak' },
  electronic: [{ type: 'mailto', value: 'patron@example.org' }],
  privileges: [{ agency: 'HOSTLMS', type: 'STATUS', status: 'ACTIVE' }],
};
const FINE = { action: 'Assess', type: 'Fine', amount: { currency: 'USD', minorUnits: 250 } };
const TIDAL = { author: 'Okonjo, A.', title: 'Tidal gardens' };
const CALL_NUMBER = 'QK9.2 .O56 2011';

export const EXPECTED: Readonly<Record<string, Expected>> = {
  'enc-01-utf8-bom.xml': { name: 'LookupUserResponse', header: FROM_HOST, body: named('Žofie', 'Müller') },
  'enc-02-iso-8859-1.xml': { name: 'LookupUserResponse', header: FROM_HOST, body: named('Renée', 'Müller') },
  'enc-03-utf16le-bom.xml': { name: 'LookupUserResponse', header: FROM_HOST, body: named('Žofie', '山田') },
  'enc-04-decomposed-diacritics.xml': {
    name: 'LookupUserResponse',
    header: FROM_HOST,
    body: named('Ren\u00e9e', 'M\u00fcller'),
  },
  'enc-05-odd-prefix.xml': { name: 'LookupUserResponse', header: FROM_HOST, body: named('Ana', 'Silva') },
  'enc-06-cdata-and-entities.xml': {
    name: 'LookupUserResponse',
    header: FROM_HOST,
    body: named('Ana', "O'Neill & Sons <dept>"),
  },

  'gen-01-lookupuser.xml': {
    name: 'LookupUser',
    header: TO_HOST,
    body: {
      who: { user: card('29999000123456') },
      userElements: ['Name Information', 'User Address Information', 'User Privilege', 'Block Or Trap', 'User Id'],
    },
  },
  'gen-02-lookupuser-pin.xml': {
    name: 'LookupUser',
    header: { ...TO_HOST, fromAgencyAuthentication: 'not-a-real-secret' },
    body: {
      who: {
        authentication: [
          { data: '29999000123456', format: { value: 'text' }, type: { value: 'Barcode Id' } },
          { data: '0000', format: { value: 'text' }, type: { value: 'PIN' } },
        ],
      },
    },
  },
  'gen-03-lookupuser-response.xml': {
    name: 'LookupUserResponse',
    header: FROM_HOST,
    body: { user: card('29999000123456'), userFields: RENEE },
  },
  'gen-04-lookupuser-response-blocked.xml': {
    name: 'LookupUserResponse',
    header: FROM_HOST,
    body: {
      user: card('29999000123456'),
      userFields: {
        ...RENEE,
        blocks: [
          { agency: 'HOSTLMS', type: 'Block Check Out' },
          { agency: 'HOSTLMS', type: 'Block Request Item' },
        ],
      },
    },
  },
  'gen-05-lookupuser-response-unstructured-name.xml': {
    name: 'LookupUserResponse',
    header: FROM_HOST,
    body: {
      user: { value: '29999000123456' },
      userFields: { name: { display: 'LUCZAK, RENEE M', unstructured: 'LUCZAK, RENEE M' } },
    },
  },
  'gen-06-lookupitem.xml': {
    name: 'LookupItem',
    header: TO_HOST,
    body: {
      item: barcode('39999001234567'),
      itemElements: ['Circulation Status', 'Location'],
      currentBorrower: true,
    },
  },
  'gen-07-lookupitem-response.xml': {
    name: 'LookupItemResponse',
    header: FROM_HOST,
    body: {
      item: barcode('39999001234567'),
      borrower: { value: '29999000123456' },
      itemFields: {
        bibliographic: TIDAL,
        status: 'On Loan',
        holdQueue: 2,
        locations: [
          { type: 'Permanent Location', levels: [{ level: 1, value: 'Main stacks' }] },
          { type: 'Temporary Location', levels: [{ level: 1, value: 'Reserve' }] },
        ],
        due: at('2031-03-03T23:59:59-05:00', '2031-03-04T04:59:59.000Z'),
      },
    },
  },
  'gen-08-lookupitemset.xml': {
    name: 'LookupItemSet',
    header: TO_HOST,
    body: {
      titles: [{ kind: 'record', value: '000000042', code: { value: 'OCLC' } }],
      itemElements: ['Circulation Status'],
      maximum: 10,
    },
  },
  'gen-09-lookupitemset-response-paged.xml': {
    name: 'LookupItemSetResponse',
    header: FROM_HOST,
    body: {
      titles: [
        {
          title: { kind: 'record', value: '000000042', code: { value: 'OCLC' } },
          holdQueue: 1,
          holdings: [
            {
              location: { type: 'Permanent Location', levels: [{ level: 1, value: 'Main stacks' }] },
              callNumber: CALL_NUMBER,
              items: [
                { item: barcode('39999001234567'), fields: { status: 'Available On Shelf' } },
                {
                  item: barcode('39999007654321'),
                  problems: [{ meaning: 'item-denied', type: 'Item Access Denied', scheme: processing('lookupitem') }],
                },
              ],
            },
          ],
        },
      ],
      nextToken: 'opaque-2',
    },
  },
  'gen-10-lookuprequest.xml': {
    name: 'LookupRequest',
    header: TO_HOST,
    body: { by: { request: { agency: HOST, value: 'ZZB-10472' } }, requestElements: ['Request Status Type'] },
  },
  'gen-11-lookuprequest-response.xml': {
    name: 'LookupRequestResponse',
    header: FROM_HOST,
    body: {
      request: { agency: HOST, value: 'ZZB-10472' },
      item: barcode('39999001234567'),
      user: { value: '29999000123456' },
      type: 'Hold',
      scope: 'Item',
      status: 'Available For Pickup',
      queuePosition: 1,
      pickupLocation: { value: 'EAST' },
      pickupExpires: at('2031-02-21T23:59:59Z'),
    },
  },
  'gen-12-requestitem-bib.xml': {
    name: 'RequestItem',
    header: TO_HOST,
    body: {
      who: { user: { value: '29999000123456' } },
      titles: [{ kind: 'record', value: '1234567', agency: HOST }],
      request: { agency: DESK, value: 'ZZB-10472' },
      type: { value: 'Hold' },
      scope: { value: 'Bibliographic Item' },
      pickupLocation: { value: 'EAST' },
    },
  },
  'gen-13-requestitem-response.xml': {
    name: 'RequestItemResponse',
    header: FROM_HOST,
    body: {
      request: { agency: HOST, value: '88123' },
      item: { value: '39999001234567' },
      user: { value: '29999000123456' },
      type: 'Hold',
      scope: 'Item',
      itemFields: { description: { callNumber: CALL_NUMBER } },
    },
  },
  'gen-14-createitem.xml': {
    name: 'CreateItem',
    header: TO_HOST,
    body: {
      item: barcode('ZZB-10472'),
      request: { agency: DESK, value: 'ZZB-10472' },
      about: TIDAL,
      description: { callNumber: CALL_NUMBER },
    },
  },
  'gen-15-createitem-response.xml': {
    name: 'CreateItemResponse',
    header: FROM_HOST,
    body: { item: barcode('ZZB-10472') },
  },
  'gen-16-deleteitem.xml': { name: 'DeleteItem', header: TO_HOST, body: { item: barcode('ZZB-10472') } },
  'gen-17-deleteitem-response.xml': {
    name: 'DeleteItemResponse',
    header: FROM_HOST,
    body: { item: barcode('ZZB-10472') },
  },
  'gen-18-undocheckoutitem.xml': {
    name: 'UndoCheckOutItem',
    header: TO_HOST,
    body: { item: barcode('39999001234567'), who: { user: { value: 'ILL-ZZLND-1' } } },
  },
  'gen-19-renewitem-response-pending.xml': {
    name: 'RenewItemResponse',
    header: FROM_HOST,
    body: { pending: true, replyExpected: at('2031-03-01T12:00:00Z') },
  },
  'gen-20-checkinitem-response-two-problems.xml': {
    name: 'CheckInItemResponse',
    header: FROM_HOST,
    problems: [
      {
        meaning: 'item-not-checked-out',
        type: 'Item Not Checked Out',
        scheme: processing('checkinitem'),
        detail: 'Item is not on loan',
        element: 'ItemId',
        value: '39999001234567',
      },
      {
        meaning: 'temporary-failure',
        type: 'Temporary Processing Failure',
        scheme: processing('general'),
        detail: 'Record busy',
      },
    ],
    body: {},
  },
  'gen-21-checkoutitem-response-indeterminate.xml': {
    name: 'CheckOutItemResponse',
    header: FROM_HOST,
    body: { item: { value: '39999001234567' }, user: { value: '29999000123456' }, indeterminate: true },
  },
  'gen-22-checkinitem-response-free-text-problem.xml': {
    name: 'CheckInItemResponse',
    problems: [
      {
        meaning: 'unrecognised',
        type: 'Check in problem',
        scheme: 'Scheme',
        detail: 'Unable to find item',
        element: 'ItemIdentifierValue',
        value: '39999001234567',
      },
    ],
    body: {},
  },
  'gen-23-checkinitem-response-code-problem.xml': {
    name: 'CheckInItemResponse',
    header: FROM_HOST,
    problems: [
      {
        meaning: 'item-not-checked-out',
        type: '9022',
        detail: 'Item is not on loan',
        element: 'ItemIdentifierValue',
        value: '39999001234567',
      },
    ],
    body: {},
  },
  'gen-24-deleterequestfields-update.xml': {
    name: 'UpdateRequestItem',
    header: TO_HOST,
    body: {
      by: { request: { agency: HOST, value: '88123' } },
      remove: { pickupLocation: { value: 'EAST' } },
      add: { pickupLocation: { value: 'MAIN' } },
    },
  },
  'gen-25-cancelrequestitem-response-problem.xml': {
    name: 'CancelRequestItemResponse',
    header: FROM_HOST,
    problems: [
      {
        meaning: 'request-processed',
        type: 'Request Already Processed',
        scheme: processing('cancelrequestitem'),
        element: '//RequestIdentifierValue',
        value: '88123',
      },
    ],
    body: {},
  },

  'patron-01-lookupuser.xml': {
    name: 'LookupUser',
    header: PATRON_ASKS,
    body: { who: { user: EIDM }, loans: true, requests: true, account: true },
  },
  'patron-02-lookupuser-response.xml': {
    name: 'LookupUserResponse',
    header: PATRON_ANSWERS,
    body: {
      user: EIDM,
      accounts: [{ balance: { currency: 'USD', minorUnits: 250 }, transactions: [FINE] }],
      loanCounts: [{ of: 'On Loan', count: 1 }],
      loans: [
        {
          item: ours('39999001234567'),
          due: at('2031-03-03T04:59:59Z'),
          title: 'Maps of quiet places',
          renewals: 1,
          checkedOut: at('2031-02-01T16:20:00Z'),
        },
      ],
      requests: [
        {
          request: ours('0f8fad5b-d9cb-469f-a165-70867728950e'),
          type: 'Hold',
          status: 'Available For Pickup',
          placed: at('2031-02-11T09:00:00Z'),
          pickupLocation: agency('900102'),
          pickupExpires: at('2031-02-21T23:59:59Z'),
          queuePosition: 1,
          title: 'Tidal gardens',
        },
      ],
    },
  },
  'patron-03-lookupuser-response-membership-block.xml': {
    name: 'LookupUserResponse',
    header: PATRON_ANSWERS,
    body: {
      user: EIDM,
      userFields: {
        blocks: [{ agency: '900001', type: 'Patron Requires Membership', validTo: at('2031-06-30T23:59:59Z') }],
      },
    },
  },
  'patron-04-renewitem.xml': {
    name: 'RenewItem',
    header: PATRON_ASKS,
    body: { who: { user: EIDM }, item: ours('39999001234567') },
  },
  'patron-05-renewitem-response.xml': {
    name: 'RenewItemResponse',
    header: PATRON_ANSWERS,
    body: { item: ours('39999001234567'), due: at('2031-03-24T03:59:59Z'), renewals: 2 },
  },
  'patron-06-renewitem-response-maximum-renewals.xml': {
    name: 'RenewItemResponse',
    header: PATRON_ANSWERS,
    problems: [
      {
        meaning: 'maximum-renewals',
        type: 'Maximum Renewals Exceeded',
        scheme: processing('renewitem'),
        detail: 'MAXIMUM_RENEWALS_EXCEEDED',
        element: '//ItemId',
        value: '39999001234567',
      },
    ],
    body: {},
  },
  'patron-07-updaterequestitem.xml': {
    name: 'UpdateRequestItem',
    header: PATRON_ASKS,
    body: {
      by: { request: ours('0f8fad5b-d9cb-469f-a165-70867728950e') },
      add: { pickupLocation: agency('900101') },
    },
  },
  'patron-08-updaterequestitem-answered-as-requestitemresponse.xml': {
    name: 'RequestItemResponse',
    header: PATRON_ANSWERS,
    problems: [
      {
        meaning: 'no-holdable-items',
        type: 'Element Rule Violated',
        scheme: processing('requestitem'),
        detail: 'NO_HOLDABLE_ITEMS',
      },
    ],
    body: {},
  },
  'patron-09-lookupuser-response-unknown-user.xml': {
    name: 'LookupUserResponse',
    header: PATRON_ANSWERS,
    problems: [
      {
        meaning: 'user-unknown',
        type: 'Unknown User',
        scheme: processing('lookupuser'),
        detail: 'UNKNOWN_USER',
        element: '//UserIdentifierValue',
        value: '00000000-0000-0000-0000-000000000000',
      },
    ],
    body: {},
  },

  'rs-01-acceptitem-reshare.xml': {
    name: 'AcceptItem',
    header: RESHARE_ASKS,
    body: {
      request: { type: ILL_TYPE, value: 'ReShareRequestZZB-10472' },
      action: {
        value: 'Hold For Fulfillment',
        scheme: 'http://www.oclc.org/ncip/schemes/ws-illv1_0requestedactiontype/requestedactiontype.scm',
      },
      user: card('29999000123456'),
      item: { agency: institution, ...barcode('ZZB-10472') },
      itemFields: { bibliographic: TIDAL, description: { callNumber: CALL_NUMBER } },
      pickupLocation: { value: '900102', scheme: `${OCLC}/pickuplocation/branchid.scm` },
    },
  },
  'rs-02-acceptitem-response.xml': {
    name: 'AcceptItemResponse',
    header: WMS_ANSWERS,
    body: {
      request: { type: ILL_TYPE, value: 'ReShareRequestZZB-10472' },
      item: { agency: institution, ...barcode('ZZB-10472') },
    },
  },
  'rs-03-acceptitem-d2d-with-dateforreturn.xml': {
    name: 'AcceptItem',
    header: asks('Relais D2D', 'ZZBRW'),
    body: {
      request: { type: ILL_TYPE, value: 'D2D-00042317' },
      action: { value: 'Circulate', scheme: `${NISO}/requestedactiontype/requestedactiontype.scm` },
      user: card('29999000123456'),
      item: { agency: symbol('ZZLND'), ...barcode('39999001234567') },
      dateForReturn: '2031-03-14T23:59:59Z',
      itemFields: { bibliographic: TIDAL },
      pickupExpires: '2031-02-28T23:59:59Z',
    },
  },
  'rs-04-acceptitem-response-unknown-user.xml': {
    name: 'AcceptItemResponse',
    header: WMS_ANSWERS,
    problems: [
      {
        meaning: 'user-unknown',
        type: 'Unknown User',
        scheme: processing('acceptitem'),
        detail: 'UNKNOWN_USER',
        element: '//UserId',
        value: '900001/29999000123456',
      },
    ],
    body: {},
  },
  'rs-05-acceptitem-response-cannot-accept.xml': {
    name: 'AcceptItemResponse',
    header: WMS_ANSWERS,
    problems: [
      {
        meaning: 'cannot-accept-item',
        type: 'Cannot Accept Item',
        scheme: processing('acceptitem'),
        detail: 'An item with this barcode already exists',
        element: '//ItemIdentifierValue',
        value: 'ZZB-10472',
      },
    ],
    body: {},
  },
  'rs-06-checkoutitem-reshare.xml': {
    name: 'CheckOutItem',
    header: RESHARE_ASKS,
    body: {
      who: { user: card('ILL-ZZLND-1') },
      item: barcode('39999001234567'),
      request: { type: ILL_TYPE, value: 'ReShareRequestZZB-10511' },
    },
  },
  'rs-07-checkoutitem-mandated.xml': {
    name: 'CheckOutItem',
    header: asks('WSILL', 'ZZLND'),
    body: {
      mandatedAt: '2031-02-10T15:04:05Z',
      who: {
        user: { type: { value: 'OCLC Institution Symbol', scheme: `${OCLC}/userid/oclcids.scm` }, value: 'ZZBRW' },
      },
      item: { agency: symbol('ZZLND'), ...barcode('39999001234567') },
      request: { type: ILL_TYPE, value: '184467' },
      desiredDue: '2031-03-14T23:59:59Z',
    },
  },
  'rs-08-checkoutitem-response.xml': {
    name: 'CheckOutItemResponse',
    header: WMS_ANSWERS,
    body: { item: barcode('39999001234567'), user: card('ILL-ZZLND-1'), due: at('2031-03-11T04:59:59Z') },
  },
  'rs-09-checkoutitem-response-unknown-user.xml': {
    name: 'CheckOutItemResponse',
    header: WMS_ANSWERS,
    problems: [
      {
        meaning: 'user-unknown',
        type: 'Unknown User',
        scheme: processing('checkoutitem'),
        detail: 'UNKNOWN_USER',
        element: '//UserId',
        value: '900001/ILL-ZZLND-1',
      },
    ],
    body: {},
  },
  'rs-10-checkoutitem-response-unknown-item-odd-scheme.xml': {
    name: 'CheckOutItemResponse',
    header: WMS_ANSWERS,
    problems: [
      {
        meaning: 'item-unknown',
        type: 'Unknown Item',
        scheme: processing('checkinitem'),
        detail: 'UNKNOWN_ITEM',
        element: '//ItemId',
        value: '900001/39999001234567',
      },
    ],
    body: {},
  },
  'rs-11-checkoutitem-response-resource-cannot-be-provided.xml': {
    name: 'CheckOutItemResponse',
    header: WMS_ANSWERS,
    problems: [
      {
        meaning: 'terms-required',
        type: 'Resource Cannot Be Provided',
        scheme: processing('checkoutitem'),
        detail: 'RESOURCE_CANNOT_BE_PROVIDED',
        element: '//ItemId',
        value: '900001/39999001234567',
      },
    ],
    terms: { fee: { currency: 'USD', minorUnits: 1500 }, restrictions: ['In Library Use Only'] },
    body: {},
  },
  'rs-12-checkinitem-by-barcode.xml': {
    name: 'CheckInItem',
    header: RESHARE_ASKS,
    body: { item: barcode('ZZB-10472'), itemElements: ['Bibliographic Description'] },
  },
  'rs-13-checkinitem-by-ill-request-id.xml': {
    name: 'CheckInItem',
    header: asks('WSILL', 'ZZBRW'),
    body: {
      mandatedAt: '2031-03-15T10:00:00Z',
      item: { agency: symbol('ZZBRW'), type: ILL_TYPE, value: '184467' },
    },
  },
  'rs-14-checkinitem-response.xml': {
    name: 'CheckInItemResponse',
    header: WMS_ANSWERS,
    body: { item: barcode('ZZB-10472') },
  },
  'rs-15-checkinitem-response-not-checked-out.xml': {
    name: 'CheckInItemResponse',
    header: WMS_ANSWERS,
    problems: [
      {
        meaning: 'item-not-checked-out',
        type: 'Item Not Checked Out',
        scheme: processing('checkinitem'),
        detail: 'ITEM_NOT_CHECKED_OUT',
        element: '//ItemId',
        value: '900001/ZZB-10472',
      },
    ],
    body: {},
  },
  'rs-16-checkinitem-response-unknown-item.xml': {
    name: 'CheckInItemResponse',
    header: WMS_ANSWERS,
    problems: [
      {
        meaning: 'item-unknown',
        type: 'Unknown Item',
        scheme: processing('checkinitem'),
        detail: 'UNKNOWN_ITEM',
        element: '//ItemId',
        value: '900001/ZZB-10472',
      },
    ],
    body: {},
  },
  'rs-17-createuserfiscaltransaction.xml': {
    name: 'CreateUserFiscalTransaction',
    header: asks('WSILL', 'ZZBRW'),
    body: {
      who: { user: { agency: symbol('ZZBRW'), ...card('29999000123456') } },
      fiscal: {
        action: 'Assess',
        type: 'Interlibrary Loan Fee',
        amount: { currency: 'USD', minorUnits: 1234 },
        request: { agency: symbol('ZZBRW'), type: ILL_TYPE, value: '184467' },
      },
    },
  },
  'rs-18-createuserfiscaltransaction-response.xml': {
    name: 'CreateUserFiscalTransactionResponse',
    header: {
      fromSystem: system('WMS Circ'),
      fromAgency: symbol('ZZBRW'),
      toSystem: system('WSILL'),
      toAgency: symbol('ZZBRW'),
    },
    body: { user: { agency: symbol('ZZBRW'), ...card('29999000123456') }, reference: '77001' },
  },
  'rs-19-problem-needed-data-missing.xml': {
    name: 'AcceptItemResponse',
    header: WMS_ANSWERS,
    problems: [
      {
        meaning: 'needed-data-missing',
        type: 'Needed Data Missing',
        scheme: processing('general'),
        element: '//ApplicationProfileType',
      },
    ],
    body: {},
  },
  'rs-20-top-level-problem.xml': {
    name: 'Problem',
    problems: [
      {
        meaning: 'service-unsupported',
        type: 'Unsupported Service',
        scheme: processing('general'),
        detail: 'Service not supported',
        element: 'NCIPMessage',
      },
    ],
  },

  'staff-01-checkinitem.xml': { name: 'CheckInItem', header: STAFF_ASKS, body: { item: ours('39999001234567') } },
  'staff-02-checkinitem-response-reshelve.xml': {
    name: 'CheckInItemResponse',
    header: staffAnswers(),
    body: {
      item: ours('39999001234567'),
      user: ours('29999000123456'),
      routing: { kind: 'reshelve', raw: 'Re-shelve', destination: place('ZZMN', 'STACKS') },
    },
  },
  'staff-03-checkinitem-response-request.xml': {
    name: 'CheckInItemResponse',
    header: staffAnswers(),
    body: {
      item: ours('ZZB-10472'),
      routing: {
        kind: 'request',
        raw: 'Request:0f8fad5b-d9cb-469f-a165-70867728950e',
        requestId: '0f8fad5b-d9cb-469f-a165-70867728950e',
        destination: place('ZZMN', 'HOLDSHELF'),
        requestType: 'Hold',
        requester: ours('29999000987654'),
      },
    },
  },
  'staff-04-checkinitem-response-process.xml': {
    name: 'CheckInItemResponse',
    header: staffAnswers('900102'),
    body: {
      item: ours('ZZB-10472'),
      user: ours('29999000123456'),
      routing: {
        kind: 'process',
        raw: 'Process: Return to resource sharing office',
        text: 'Return to resource sharing office',
        destination: place('ZZMN', 'ILL-TEMP'),
      },
    },
  },
  'staff-05-checkinitem-response-withdrawn.xml': {
    name: 'CheckInItemResponse',
    header: staffAnswers(),
    body: {
      item: ours('39999001234567'),
      routing: { kind: 'withdrawn', raw: 'Withdrawn', destination: place('ZZMN', 'STACKS') },
    },
  },
  'staff-06-checkinitem-response-bill.xml': {
    name: 'CheckInItemResponse',
    header: staffAnswers(),
    body: {
      item: ours('39999001234567'),
      user: ours('29999000123456'),
      routing: { kind: 'reshelve', raw: 'Re-shelve', destination: place('ZZMN', 'STACKS') },
      fiscal: FINE,
    },
  },
  'staff-07-checkoutitem.xml': {
    name: 'CheckOutItem',
    header: STAFF_ASKS,
    body: { who: { user: ours('29999000123456') }, item: ours('39999001234567') },
  },
  'staff-08-checkoutitem-response.xml': {
    name: 'CheckOutItemResponse',
    header: staffAnswers(),
    body: { item: ours('39999001234567'), user: ours('29999000123456'), due: at('2031-03-03T04:59:59Z') },
  },
  'staff-09-checkoutitem-response-userblocked.xml': {
    name: 'CheckOutItemResponse',
    header: staffAnswers(),
    problems: [
      {
        meaning: 'membership-lapsed',
        type: 'UserBlocked',
        scheme: processing('checkoutitem'),
        detail: 'PATRON_REQUIRES_MEMBERSHIP',
        element: '//UserId',
        value: '900001/29999000123456',
      },
    ],
    body: {},
  },
  'staff-10-requestitem.xml': {
    name: 'RequestItem',
    header: STAFF_ASKS,
    body: {
      who: { user: ours('29999000123456') },
      items: [ours('39999001234567')],
      type: HOLD,
      scope: SCOPE_ITEM,
      pickupLocation: { value: '900102' },
    },
  },
  'staff-11-requestitem-response.xml': {
    name: 'RequestItemResponse',
    header: staffAnswers(),
    body: {
      request: ours('7c9e6679-7425-40de-944b-e07fc1f90ae7'),
      user: ours('29999000123456'),
      type: 'Hold',
      scope: 'Item',
    },
  },
  'staff-12-requestitem-response-no-holdable-items.xml': {
    name: 'RequestItemResponse',
    header: staffAnswers(),
    problems: [
      {
        meaning: 'no-holdable-items',
        type: 'Element Rule Violated',
        scheme: processing('requestitem'),
        detail: 'NO_HOLDABLE_ITEMS',
      },
    ],
    body: {},
  },
  'staff-13-cancelrequestitem.xml': {
    name: 'CancelRequestItem',
    header: STAFF_ASKS,
    body: {
      who: { user: ours('29999000123456') },
      request: ours('7c9e6679-7425-40de-944b-e07fc1f90ae7'),
      type: HOLD,
    },
  },
  'staff-14-cancelrequestitem-response.xml': {
    name: 'CancelRequestItemResponse',
    header: staffAnswers(),
    body: { request: ours('7c9e6679-7425-40de-944b-e07fc1f90ae7'), user: ours('29999000123456') },
  },
};
