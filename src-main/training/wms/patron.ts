import type { Circulation } from './circulation.ts';
import { itemOf, requestOf, type NcipRequest } from './message.ts';
import type { Bill, Hold, WmsContext, WmsItem, WmsPatron } from './model.ts';
import { balance, loansOf } from './policy.ts';
import { knownAgency, needed, sameAgency, type Profile } from './profile.ts';
import { unknownUser } from './refusal.ts';
import { SCHEMES, VERSIONS } from './schemes.ts';
import { itemsOf, placed, wishOf } from './staff.ts';
import { agency, dateTime, el, fiscal, itemId, money, requestId, userId, value, type Xml } from './write.ts';
import { at, textAt } from './xml.ts';

/** The patron profile: account screens. Users are named by EIDM or PPID, and no contact data is ever answered. */
export function patronProfile(context: WmsContext, circulation: Circulation): Profile {
  const { institution } = context.store;
  const us = institution.registryId;

  const userOfAccount = (
    request: NcipRequest,
  ): { readonly patron: WmsPatron; readonly id: string; readonly kind: string } => {
    const id = needed(textAt(request.body, 'UserId', 'UserIdentifierValue'), 'UserIdentifierValue');
    const kind = textAt(request.body, 'UserId', 'UserIdentifierType') ?? 'EIDM';
    const patron = [...context.store.patrons.values()].find((one) => (kind === 'PPID' ? one.ppid : one.id) === id);
    if (patron === undefined) throw unknownUser(us, id);
    return { patron, id, kind };
  };

  return {
    version: VERSIONS.patron,
    profileTypes: ['Version 2011', 'Version 2017'],
    checkAgencies: (from, to) => {
      sameAgency(from, to);
      knownAgency(from, [us]);
    },
    responseHeader: ({ fromAgency, toAgency }) => [
      el('FromAgencyId', agency(toAgency ?? us)),
      el('ToAgencyId', agency(fromAgency ?? us)),
    ],
    services: {
      LookupUser: (request) => {
        const { patron, id, kind } = userOfAccount(request);
        const wants = (name: string): boolean => at(request.body, name) !== undefined;
        const loans = loansOf(context.store, patron.barcode);
        const holds = circulation.holds.openOf(patron.barcode);
        const bills = context.store.bills.filter((bill) => bill.patron === patron.barcode);
        return [
          userId(us, id, kind),
          wants('UserFiscalAccountDesired') ? account(balance(context.store, patron.barcode), bills) : '',
          ...(wants('LoanedItemsDesired')
            ? [
                el(
                  'LoanedItemsCount',
                  value('CirculationStatus', 'On Loan'),
                  value('LoanedItemCountValue', String(loans.length)),
                ),
                ...loans.map((item) => loaned(us, item)),
              ]
            : []),
          ...(wants('RequestedItemsDesired') ? holds.map((hold) => requested(us, hold, context, circulation)) : []),
          patron.expires <= context.now() ? lapsed(us, patron) : '',
        ];
      },
      RenewItem: (request) => {
        const { patron } = userOfAccount(request);
        const item = circulation.renew(patron.barcode, needed(itemOf(request), 'ItemId'));
        return [
          itemId(us, item.barcode),
          dateTime('DateDue', item.loan?.due ?? 0),
          value('RenewalCount', String(item.loan?.renewals ?? 0)),
        ];
      },
      RequestItem: (request) => {
        const { patron, id, kind } = userOfAccount(request);
        const hold = circulation.holds.place(patron, wishOf(request, circulation));
        context.record({ action: 'RequestItem', result: 'done', requestId: hold.id, ...itemsOf(hold) });
        return placed(us, hold, id, kind);
      },
      CancelRequestItem: (request) => {
        const { patron, id, kind } = userOfAccount(request);
        const hold = circulation.holds.cancel(needed(requestOf(request), 'RequestId'), patron.barcode);
        context.record({ action: 'CancelRequestItem', result: 'done', requestId: hold.id, ...itemsOf(hold) });
        return [requestId(us, hold.id), userId(us, id, kind)];
      },
      UpdateRequestItem: (request) => {
        const pickup = needed(textAt(request.body, 'AddRequestFields', 'PickupLocation'), 'PickupLocation');
        const hold = circulation.holds.movePickup(needed(requestOf(request), 'RequestId'), pickup);
        const owner = circulation.patron(hold.patron);
        const barcode = hold.barcode ?? hold.item ?? itemOfTitle(context, hold);
        context.record({ action: 'UpdateRequestItem', result: 'done', requestId: hold.id, ...itemsOf(hold) });
        return [
          itemId(us, barcode),
          userId(us, owner.id, 'EIDM'),
          value('RequestType', 'Hold', SCHEMES.patronRequestType),
          value('RequestScopeType', hold.scope, SCHEMES.requestScope),
        ];
      },
    },
  };
}

function itemOfTitle(context: WmsContext, hold: Hold): string {
  return (
    [...context.store.items.values()].find((item) => item.ocn !== undefined && item.ocn === hold.ocn)?.barcode ?? ''
  );
}

function account(total: number, bills: readonly Bill[]): Xml {
  return el(
    'UserFiscalAccount',
    money('AccountBalance', total),
    ...bills.map((bill) => el('AccountDetails', dateTime('AccrualDate', bill.at), fiscal(bill))),
  );
}

function loaned(us: string, item: WmsItem): Xml {
  const { loan } = item;
  if (loan === undefined) return '';
  return el(
    'LoanedItem',
    itemId(us, item.barcode),
    dateTime('DateDue', loan.due),
    value('Title', item.title),
    el('Ext', value('RenewalCount', String(loan.renewals)), dateTime('DateCheckedOut', loan.since)),
  );
}

function requested(us: string, hold: Hold, context: WmsContext, circulation: Circulation): Xml {
  const ready = hold.status === 'on shelf';
  const barcode = hold.barcode ?? hold.item ?? itemOfTitle(context, hold);
  const position = circulation.holds.position(hold);
  return el(
    'RequestedItem',
    requestId(us, hold.id),
    value('RequestType', 'Hold', SCHEMES.patronRequestType),
    value('RequestStatusType', ready ? 'Available For Pickup' : 'In Process', SCHEMES.requestStatus),
    dateTime('DatePlaced', hold.placed),
    value('PickupLocation', hold.pickup, SCHEMES.agency),
    hold.shelfUntil === undefined ? '' : dateTime('PickupExpiryDate', hold.shelfUntil),
    position === 0 ? '' : value('HoldQueuePosition', String(position)),
    value('Title', context.store.items.get(barcode)?.title ?? ''),
  );
}

function lapsed(us: string, patron: WmsPatron): Xml {
  return el(
    'UserOptionalFields',
    el(
      'BlockOrTrap',
      agency(us),
      value('BlockOrTrapType', 'Patron Requires Membership', SCHEMES.blockOrTrap),
      dateTime('ValidToDate', patron.expires),
    ),
  );
}
