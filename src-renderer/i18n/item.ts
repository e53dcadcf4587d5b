import type { CallQuota, CopyState } from '../../src-main/contract/item.ts';
import type { PromptKind } from '../../src-main/contract/prompt.ts';

/** The shape and colour by which a copy's state is told beside its words. */
export const copyKinds: Readonly<Record<CopyState, PromptKind>> = {
  available: 'shelve',
  wanted: 'hold',
  out: 'route',
  elsewhere: 'saved',
  'not-told': 'saved',
};

const quotaStates: Readonly<Record<CallQuota['state'], string>> = {
  fine: '',
  near: 'Nearly all are used: look copies up only where it matters.',
  reached: 'None are left, so copies are not looked up. Check-in, check-out and holds are still sent.',
};

/** Words of the item panel. */
export const item = {
  title: 'Item',
  key: 'Item',
  keyAbout: 'What is known of the scan on the screen: its copies, and holds for patrons.',
  noTitle: 'No title known',
  reading: 'Reading what is known',
  stays: (what: string) => `This panel stays with ${what}. Press F5 for the item scanned last.`,
  nextItem: 'Item scanned last',
  stillWorking: 'Carrel is still working on it.',
  requests: 'On requests',
  noRequests: 'On no request kept on this computer.',
  earlier: 'Scanned before',

  copies: 'Copies in the library',
  oclcNumber: 'OCLC number',
  oclcHint: 'Typed, or scanned as ocm… with the cursor here.',
  oclcFromRequest: (number: string) => `OCLC ${number}, from the request.`,
  look: 'Look copies up',
  lookAgain: 'Look again',
  looking: 'Asking WMS',
  oclcMissing: 'No request names the title. Type its OCLC number, then press F5.',
  asOf: (clock: string) => `As of ${clock}.`,
  availableMeans:
    '“Available now” is what WMS says of a copy that may circulate, is not lent and is wanted by nobody at that moment. It may still be in somebody’s hand or out of place.',
  borrowedAbsent: 'A borrowed item is never among them: these are the library’s own copies.',
  inHand: 'in your hand',
  copyKinds,
  noCopies: 'Carrel does not look copies up here. A library administrator can switch it on in Settings.',
  noSystem: 'No circulation system is set up in Carrel, so copies and holds are not shown.',

  quota: (used: string, limit: string) => `${used} of ${limit} WMS calls used today.`,
  quotaStates,
  quotaCounted: 'Counted on this computer over the last 24 hours; OCLC counts every computer that uses the key.',

  hold: 'Hold for a patron',
  holdBy: (system: string) => `Carrel does not place holds in ${system}. Use its own screen.`,
  card: 'Patron’s card',
  toCard: 'To the card',
  scanHere: 'While the cursor is in this field, a library card scanned goes here and begins no lending.',
  scanElsewhere: 'Anything else scanned is taken as always.',
  cardTaken: (end: string) => `Card …${end} is in the field for the hold.`,
  cardMissing: 'Press F7, then scan or type the patron’s card.',
  on: 'What for',
  onCopy: 'This copy',
  onTitle: (number: string) => `Any copy of OCLC ${number}`,
  pickup: 'Pick up at',
  here: (name: string) => `${name} (here)`,
  place: 'Place the hold',
  cancel: 'Cancel the hold',
  cancelTitle: 'Cancel a hold',
  request: 'Id of the hold',
  requestHint: 'WMS shows it with the hold. Cancelling needs the patron’s card as well.',
  requestRouted: 'It is filled in: the check-in sent this item to that hold.',
  requestMissing: 'Type the id of the hold first.',
  samePatron: (end: string) => `Cancelled for card …${end}, which placed it.`,
  itHappened: 'It is done in WMS',
  itDidNot: 'It is not: send it again',
  sending: 'Sending',
  news: 'Holds of this item',
  requestId: (id: string) => `Id ${id}`,
};
