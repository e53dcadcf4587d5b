import type { LegState, PromptKind } from '../../src-main/contract/prompt.ts';
import type { Side } from '../../src-main/contract/request.ts';
import type { Light } from '../../src-main/contract/shift.ts';
import { agreement } from './agreement.ts';
import { history } from './history.ts';
import { keys } from './keys.ts';
import { settings } from './settings.ts';
import { slip } from './slip.ts';
import { lock } from './lock.ts';
import { keep } from './keep.ts';
import { keeping } from './keeping.ts';
import { almaLists } from './alma-lists.ts';
import { alma } from './alma.ts';
import { profile } from './profile.ts';
import { readiness } from './readiness.ts';
import { setup } from './setup.ts';
import { due } from './due.ts';
import { request } from './request.ts';
import { item } from './item.ts';
import { piles } from './piles.ts';
import { sheet } from './sheet.ts';
import { worklists } from './worklists.ts';
import { offline } from './offline.ts';
import { place } from './place.ts';
import { tasks } from './tasks.ts';

const kinds: Readonly<Record<PromptKind, string>> = {
  shelve: 'Shelve',
  hold: 'Hold',
  ill: 'Interlibrary loan',
  route: 'Send on',
  stop: 'Needs you',
  saved: 'Saved, waiting',
};

const legStates: Readonly<Record<LegState, string>> = {
  done: 'done',
  seen: 'seen done',
  confirmed: 'confirmed by staff',
  waiting: 'waiting',
  unknown: 'not known yet',
  'not-done': 'not done',
  'by-hand': 'by hand',
  none: 'nothing to do',
};

const lightStates: Readonly<Record<Light['state'], string>> = {
  good: 'good',
  slow: 'slow',
  down: 'not reached',
  unknown: 'not asked yet',
  'needs-login': 'sign-in refused',
};

const sides: Readonly<Record<Side, string>> = { borrowing: 'Borrowing', lending: 'Lending' };

/** English. */
export const en = {
  languageTag: 'en',
  product: 'Carrel',
  productStart: 'Car',
  productEnd: 'rel',
  separator: ' · ',
  arrow: '→',
  kinds,
  legStates,
  due,
  item,
  request,

  offline,

  screens: {
    desk: 'Desk',
    requests: 'Requests',
    offline: 'Offline',
    place: 'Place',
    tasks: 'Two systems',
    agreement: 'Agreement',
    history: 'All days',
    settings: 'Settings',
    readiness: 'Readiness',
    setup: 'Set-up guide',
    keep: 'Keep',
  },
  screensLabel: 'Screens',
  statusLabel: 'Systems and saving',
  training: 'TRAINING · nothing here is real',

  light(state: Light['state'], age: string | undefined): string {
    if (state === 'good') return age ?? lightStates.good;
    return age === undefined ? lightStates[state] : `${lightStates[state]} · ${age}`;
  },
  saved: 'Saved',
  savedOf: (saved: string, all: string) => `${saved} of ${all}`,

  scanBox: {
    area: 'Scanning',
    label: 'Scan box',
    ready: 'Ready to scan',
    notSaving: 'Scans cannot be saved',
    hint: 'item, slip, request or library card',
    typing: 'Enter to submit',
    saving: (count: string) => `${count} being saved`,
    notListening: 'NOT LISTENING',
    clickHere: 'Click here to go on scanning',
  },
  counts: {
    scans: { one: 'scan this shift', other: 'scans this shift' },
    needYou: { one: 'needs you', other: 'need you' },
  },

  prompt: {
    label: 'What to do',
    working: 'still working',
    looking: 'Looking it up',
    lookingWhy: 'The scan is saved. Keep the item in your hand for a moment.',
    notSaved: 'Not saved',
    notSavedKind: 'Scan not saved',
    notSavedHint: 'Keep this item aside. The scan stays in the list until it is saved.',
    handOver: {
      one: (_count: string) => 'Try to save again',
      other: (count: string) => `Try to save all ${count} again`,
    },
    welcome: 'Scan something',
    welcomeWhy: 'Put any item, slip or request label under the scanner. Carrel says what it is and where it goes.',
    legsLabel: 'What was done where',
    offersLabel: 'What you can do',
    cancelled: 'Cancelled. Nothing further is done for this scan.',
    olderScan: (clock: string) => `Scanned at ${clock}`,
    openAtDesk: 'Open at the desk',
    latest: 'Latest scan',
  },
  slip,
  session: {
    label: 'The patron you are lending to',
    lendingTo: (name: string) => `Lending to ${name}`,
    lending: 'Lending',
    card: (end: string) => `card …${end}`,
    asking: 'Looking the account up',
    stopped: 'Do not lend',
    items: { one: (count: string) => `${count} item`, other: (count: string) => `${count} items` },
    ends: (clock: string) => `ends ${clock}`,
    end: 'End this patron',
    ended: {
      staff: 'The session with that patron was ended.',
      time: 'The session with that patron ended by itself after five minutes.',
      card: 'The session ended because a card was scanned that may have been misread.',
    },
    since: (count: string, clock: string) => `${count} lent · ${clock}`,
    nowCheckIn: 'Items scanned now are checked in.',
  },
  row: {
    recorded: 'Recorded',
    cancelled: 'Cancelled',
    notSaved: 'Not saved',
    whileLocked: 'while locked',
  },
  list: {
    title: 'This shift',
    hint: 'newest first · F6 search all days',
    empty: 'Every scan of this shift appears here, newest first.',
    more: (count: string) => `Show ${count} older scans`,
  },
  pile: {
    title: 'Practice pile',
    intro: 'Scan one of these labels, type it, or press it here. Nothing you do leaves this computer.',
    expects: 'Expect',
    done: 'scanned this shift',
    count: { one: (count: string) => `${count} thing to scan`, other: (count: string) => `${count} things to scan` },
  },

  keys,

  history,

  requests: {
    title: 'Look up a request',
    field: 'Request number, title, author or barcode',
    results: 'Requests found',
    none: 'Nothing found among the requests kept here.',
    start: (count: string) => `Searches the ${count} requests kept on this computer.`,
    pick: 'Choose a request to see where it stands.',
    seen: (age: string) => `as of ${age}`,
    readNow: 'Read just now',
    readEarlier: (age: string) => `As Carrel last saw it, ${age}`,
    reading: 'Reading it anew',
    notRead: 'It could not be read anew.',
    noTitle: 'No title',
    noNumber: 'no number yet',
    partner: { borrowing: 'Lender', lending: 'Borrower' } satisfies Record<Side, string>,
    unknownPartner: 'not known yet',
    dueDate: 'Due at the lender',
    neededBy: 'Needed by',
    callNumber: 'Call number',
    location: 'Shelved at',
    pickup: 'Pick-up place',
    volumes: 'Volumes',
    overdue: 'overdue',
    needsAttention: 'needs attention',
    unread: 'unread message',
    conditions: 'Loan conditions',
    accepted: 'accepted',
    notAccepted: 'not accepted yet',
    lastWords: 'Last entries',
    lastChanged: 'Last changed',
    sides,
  },

  agreement,

  readiness,
  setup,
  alma,
  almaLists,
  profile,
  worklists,
  piles,
  keep,

  settings,

  keeping,
  sheet,
  lock,

  place,
  tasks,

  trouble: {
    unreadable:
      'Carrel’s two halves did not understand each other. Close Carrel and open it again; tell IT if it stays.',
    noPicture: 'Carrel is starting.',
    theirWords: (words: string) => `They said: ${words}`,
  },
};
