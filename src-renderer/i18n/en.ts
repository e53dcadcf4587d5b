import type { AgreementAction, AgreementBasis, AgreementKind } from '../../src-main/contract/agreement.ts';
import type { LegState, PromptKind, Sound } from '../../src-main/contract/prompt.ts';
import type { Side } from '../../src-main/contract/request.ts';
import type { Mender } from '../../src-main/contract/result.ts';
import type { CheckLine, DeskStep, SecretState } from '../../src-main/contract/settings.ts';
import type { Light } from '../../src-main/contract/shift.ts';
import type { SlipKind, SlipMode, SlipName, SlipPaper } from '../../src-main/contract/slip.ts';
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

const steps: Readonly<Record<DeskStep, { readonly name: string; readonly what: string }>> = {
  receive: { name: 'Receive', what: 'A borrowed item arrives from its lender' },
  returned: { name: 'Returned by patron', what: 'A patron brings a borrowed item back' },
  'return-shipped': { name: 'Ship back', what: 'A borrowed item goes back to its lender' },
  'pull-slip': { name: 'Pull slip', what: 'The slip of a lending request is scanned' },
  fill: { name: 'Fill', what: 'An item is found for a lending request' },
  ship: { name: 'Ship', what: 'A lent item leaves for the borrower' },
  complete: { name: 'Complete', what: 'A lent item comes home' },
};

const sounds: Readonly<Record<Sound, { readonly name: string; readonly what: string }>> = {
  accepted: { name: 'Accepted', what: 'one short tick: the scan is written down' },
  attention: { name: 'Act now', what: 'long and short, rising: something is yours to do' },
  refused: { name: 'Refused', what: 'three low buzzes: it did not happen' },
  saved: { name: 'Saved for later', what: 'two soft taps: written down, will be done later' },
};

const sides: Readonly<Record<Side, string>> = { borrowing: 'Borrowing', lending: 'Lending' };

const secretStates: Readonly<Record<SecretState, string>> = {
  kept: 'A password is kept, protected by this computer. Leave this empty to keep it.',
  session: 'A password is kept until Carrel closes. Leave this empty to keep it.',
  none: 'No password yet.',
  rejected: 'The password that was kept was refused. Type it anew.',
};

const checks: Readonly<Record<CheckLine['outcome'], string>> = {
  ok: 'Works',
  failed: 'Failed',
  skipped: 'Not tried',
  warning: 'Look at this',
};

const slipKinds: Readonly<Record<SlipKind, { readonly name: string; readonly what: string }>> = {
  hold: { name: 'Hold slip', what: 'Goes with an item to the hold shelf' },
  routing: { name: 'Routing slip', what: 'Goes with an item to a branch, a lender or a borrower' },
  offline: { name: 'Offline slip', what: 'Carries the number of a thing that waits for a system' },
};

const slipModes: Readonly<Record<SlipMode, string>> = { print: 'Print it', offer: 'Offer it with F8', off: 'None' };

const slipPapers: Readonly<Record<SlipPaper, string>> = {
  '80mm': 'Roll, 80 mm',
  '58mm': 'Roll, 58 mm',
  a6: 'Sheet, A6',
};

const slipNames: Readonly<Record<SlipName, string>> = {
  none: 'Not at all',
  initials: 'Initials, “M. S.”',
  'first-name-initial': 'First name and initial, “Maria S.”',
};

const agreementKinds: Readonly<Record<AgreementKind, string>> = {
  'temporary-item-refused': 'Temporary item refused',
  'check-out-refused': 'Check-out refused',
  'check-in-refused': 'Check-in refused',
  'create-by-hand': 'Make it by hand',
  'check-out-by-hand': 'Check out by hand',
  'check-in-by-hand': 'Check in by hand',
  'verify-check-in': 'Look it up',
  'cancelled-after-fill': 'Cancelled after fill',
  'no-system': 'No system chosen',
  unexplained: 'Needs attention',
  'step-unknown': 'No answer',
  'step-needs-person': 'Needs you',
  'step-refused': 'Refused',
  'delete-temporary-item': 'Delete it',
  'hold-expiring': 'Hold runs out',
};

const agreementMenders: Readonly<Record<Mender, string>> = {
  desk: 'This desk',
  'ill-office': 'The ILL office',
  'library-administrator': 'The library administrator',
  it: 'IT',
  host: 'The host of the system',
  nobody: 'Nobody',
};

const agreementBases: Readonly<Record<AgreementBasis, string>> = {
  history: 'ReShare’s history',
  status: 'The item’s status in ReShare',
  settings: 'ReShare’s settings',
  carrel: 'Carrel’s own journal',
};

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
  slip: {
    forPatron: (name: string) => `For ${name}`,
    preview: (heading: string, destination: string, code: string) => `Slip: ${heading}, ${destination}, ${code}`,
    print: 'Print slip',
    printAgain: 'Print slip again',
    printing: 'Printing slip',
    news: (outcome: string) => `Slip. ${outcome}`,
    title: 'Slips',
    intro: 'Paper that goes with the item. Everybody can read it, so it names nobody unless you choose otherwise.',
    kinds: slipKinds,
    modes: slipModes,
    paper: 'Paper',
    papers: slipPapers,
    printer: 'Printer',
    printerHint: 'Its name on this computer. Empty: the computer’s default printer.',
    printerWrong: 'At most 200 characters.',
    name: 'Name of the patron on hold slips',
    nameHint:
      'For the library’s own items, where the WSKey may look patrons up. ReShare’s requests name nobody to this desk.',
    names: slipNames,
    sampleLabel: (paper: string) => `A hold slip on ${paper}, as it will be printed`,
    sample: {
      heading: 'Interlibrary loan · for a patron here',
      destination: 'Hold shelf',
      title: 'Chalk streams: a natural history',
      lines: [
        { label: 'Request', value: 'RVR-3184' },
        { label: 'From', value: 'Northfield' },
        { label: 'Due back', value: '4 December' },
      ],
      patron: { initials: 'A. O.', 'first-name-initial': 'Ana O.' },
    },
  },
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

  keys: {
    barLabel: 'Keys that work now',
    title: 'All keys',
    help: 'All keys',
    closeHelp: 'Close',
    desk: 'Desk',
    pile: 'Practice pile',
    hidePile: 'Hide the pile',
    lookUp: 'Look up',
    searchAll: 'All days',
    rows: 'Earlier scans',
    mistake: 'Was that wrong?',
    backToBox: 'Back to scanning',
    names: { up: '↑', down: '↓', escape: 'Esc', enter: 'Enter', space: 'Space', tab: 'Tab' },
    about: {
      enter: 'Submits what was typed into the scan box. It never presses anything.',
      space: 'Presses the button that has the focus.',
      tab: 'Moves to the next part of the screen.',
      rows: 'From the scan box or the list: opens an earlier or a later scan.',
      escape: 'Back to the scan box and the newest scan. In the scan box: clears what was typed.',
      help: 'Shows or hides this list.',
      endPatron: 'Ends the session with the patron whose card was scanned: items are checked in again.',
      pile: 'Shows or hides the practice pile, in training.',
      lookUp: 'Looks up an interlibrary request, also while ReShare cannot be reached.',
      searchAll: 'Finds any scan of any day, cancelled and refused ones too.',
      mistake:
        'On a lent item or its card: another due date. Otherwise undoes the last step where ReShare can, or says what to do.',
      offers: 'Does what the prompt on the screen offers beside that key.',
    },
    anywhere: 'A scan is taken wherever the cursor stands, as long as this window is in front.',
    version: (version: string) => `Carrel ${version}`,
  },

  history: {
    title: 'Did I scan this?',
    field: 'Barcode, request, title or staff',
    day: 'Day',
    dayHint: 'YYYY-MM-DD',
    dayWrong: 'Write the day as year-month-day, for example 2025-11-23.',
    anyDay: 'Any day',
    today: 'Today',
    earlier: 'Day before',
    later: 'Day after',
    results: 'Scans found',
    none: 'No scan found. Cancelled and refused scans would be listed here too.',
    found: { one: (count: string) => `${count} scan`, other: (count: string) => `${count} scans` },
    foundMore: (count: string) => `The newest ${count} scans`,
    pick: 'Choose a scan to see what Carrel said.',
    whileLocked: 'The screen was locked then: the name is of whoever had it open before.',
    scannedAt: (when: string, desk: string, staff: string) =>
      `Scanned ${when}${desk === '' ? '' : ` at ${desk}`}${staff === '' ? '' : ` by ${staff}`}`,
    rawIs: (raw: string) => `As read: ${raw}`,
  },

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

  agreement: {
    title: 'Do the systems agree?',
    results: 'Where they disagree',
    looking: 'Looking at the requests, one after the other.',
    lookedAt: (age: string) => `Looked ${age}.`,
    notYet: 'Carrel has not looked yet.',
    nothingYet: 'What Carrel finds appears here.',
    calm: (system: string) => `ReShare and ${system} agree about everything Carrel has touched.`,
    calmWhy: (system: string) =>
      `That is what ReShare’s history, item statuses and settings say; nobody can see into ${system} from here. What is refused there, or left to the library, appears here until somebody says that it is mended.`,
    circulation: 'your circulation system',
    kinds: agreementKinds,
    actions: {
      confirm: 'Confirm it is mended',
      again: 'Try again',
      say: 'It did not happen',
    } satisfies Record<AgreementAction, string>,
    happened: 'It happened',
    tidied: {
      'delete-temporary-item': 'Confirm it is deleted',
      'hold-expiring': 'Confirm it is seen to',
    } as Readonly<Partial<Record<AgreementKind, string>>>,
    tidyTitle: 'To tidy up',
    tidyCount: { one: (count: string) => `${count} left`, other: (count: string) => `${count} left` },
    openRequest: 'Open the request',
    lookAgain: 'Look again',
    mended: 'Confirmed by staff',
    confirmedBy: (by: string, desk: string, when: string) =>
      `Confirmed by ${by}${desk === '' ? '' : ` at ${desk}`}, ${when}`,
    since: 'Since',
    mender: 'Who can mend it',
    menders: agreementMenders,
    sure: 'What it rests on',
    bases: agreementBases,
    seen: (age: string) => `read ${age}`,
    evidence: 'As it was written there',
    count: { one: (count: string) => `${count} to settle`, other: (count: string) => `${count} to settle` },
  },

  readiness,
  setup,
  alma,
  almaLists,
  profile,
  worklists,
  piles,
  keep,

  settings: {
    title: 'Settings',
    loading: 'Reading the settings',
    managed: 'Set by your administrator',
    connection: 'ReShare',
    connectionIntro: 'Your system administrator or consortium office knows these.',
    okapiUrl: 'Okapi address',
    tenant: 'Tenant',
    username: 'User name',
    inventory: 'Shared Inventory',
    inventoryIntro: 'Leave empty if your consortium has none.',
    inventoryTenant: 'Shared Inventory tenant',
    inventoryUsername: 'Shared Inventory user name',
    openUrlAddress: 'OpenURL address (optional)',
    openUrlHint: 'The consortium’s resolver, without your symbol. Requests are placed through it.',
    placing: place.settings,
    password: 'Password',
    inventoryPassword: 'Shared Inventory password',
    parallel: 'Things done at once',
    parallelHint: '1 to 8. Empty: 4. What is done to one thing always keeps its order.',
    secretStates,
    test: 'Test connection',
    testing: 'Testing',
    testTitle: 'What the test found',
    checks,
    saveConnection: 'Save connection',
    connectionSaved: 'The connection is saved.',
    restartNeeded: 'Carrel uses the new connection after a restart. Scans already made stay saved.',
    restart: 'Restart Carrel',
    restartWaits: 'Carrel can restart when the scans that are not saved yet are saved.',
    usePractice: 'Use the practice library instead',
    wms: {
      title: 'WMS',
      intro:
        'With it Carrel checks the library’s own items in and says where they go. Without it, prompts send you to your circulation system.',
      registryId: 'Registry id of the institution',
      registryIdHint: 'OCLC’s number of your library.',
      branch: 'Registry id of this branch',
      branchHint: 'The branch where this desk stands.',
      hereCodes: 'Holding codes that mean “here”',
      hereCodesHint: 'An item WMS sends to one of them stays at this desk. Several with a space between them.',
      branches: 'Branches',
      branchesHint: 'One a line, as WMS’s holding code = the name on the prompt. For example: MAINSTK = Main Library',
      illBranch: 'Branch where borrowed items live',
      illBranchHint:
        'The branch of the temporary item holding location in WMS’s ILL settings, by code or name. Other desks send borrowed items there when their patrons bring them back. Empty: they go back from any desk.',
      pickups: 'Pickup branches for holds',
      pickupsHint:
        'One a line, as WMS’s pickup id (usually the branch’s registry id) = the name. Empty: this branch only.',
      callsPerDay: 'Calls a day',
      parallelHint: '1 to 8. Empty: 2, which suits OCLC.',
      callsPerDayHint: 'How many OCLC allows the WSKey. Empty: 50,000, its general rule.',
      keyId: 'WSKey',
      secret: 'WSKey secret',
      secretStates: {
        kept: 'A secret is kept, protected by this computer. Leave this empty to keep it.',
        session: 'A secret is kept until Carrel closes. Leave this empty to keep it.',
        none: 'No secret yet.',
        rejected: 'OCLC refused the secret that was kept. Type it anew.',
      } satisfies Record<SecretState, string>,
      uses: 'What else the WSKey may be used for',
      availability: 'Copies of a title (WMS_Availability)',
      patrons: 'Patrons by their card (SCIM:read_user)',
      usesHint: 'Choose only what OCLC granted: it gives no access at all to who asks for more.',
      addresses: 'Addresses other than OCLC’s',
      addressesHint: 'Leave empty unless OCLC gave you others.',
      addressOf: {
        tokenAddress: 'Sign-in address',
        ncipAddress: 'Circulation (NCIP) address',
        availabilityAddress: 'Availability address',
        identityAddress: 'Patron look-up address',
      },
      special: 'Sign-in, header and waits other than usual',
      specialHint: 'Leave all of it as it is unless OCLC told you otherwise.',
      signIn: 'How calls are signed in',
      signIns: {
        token: 'With a token (OAuth 2 client credentials)',
        hmac: 'Each call signed with the WSKey (HMAC)',
      },
      context: 'The WSKey serves several institutions: ask for a token of this one',
      specialOf: {
        principalId: {
          label: 'Principal id',
          hint: 'The user OCLC takes the calls for. Empty: none, which suits most keys.',
        },
        principalNamespace: {
          label: 'Principal namespace',
          hint: 'Goes with the principal id, such as urn:oclc:wms:da',
        },
        toAgency: {
          label: 'Agency that is asked (ToAgencyId)',
          hint: 'Empty: the branch, as the staff profile wants it.',
        },
        agencyScheme: { label: 'Scheme of the agencies', hint: 'Empty: the staff profile’s.' },
        profile: { label: 'Profile (ApplicationProfileType)', hint: 'Empty: Version 2011' },
        profileScheme: { label: 'Scheme of the profile', hint: 'Empty: the staff profile’s.' },
        perSecond: { label: 'Calls a second', hint: 'Empty: 5' },
        updateSeconds: { label: 'Wait for an answer to a change, in seconds', hint: '5 to 300. Empty: 60' },
        lookupSeconds: { label: 'Wait for an answer to a look-up, in seconds', hint: '1 to 120. Empty: 20' },
      },
      test: 'Test WMS',
      save: 'Save WMS',
      isSaved: 'WMS is saved.',
      remove: 'Remove WMS',
      isRemoved: 'WMS is removed.',
      waitsForReshare: 'Carrel stays in training until ReShare is set up as well.',
      mistakes: {
        registryId: 'Digits only, at most 12.',
        branch: 'Digits only, at most 12.',
        hereCodes: 'Write at least one code, each at most 60 characters; without one every item would be sent away.',
        branches: 'Each line needs a code, = and a name, and no code may stand there twice.',
        illBranch: 'Write one of the codes or names above, or nothing.',
        pickups: 'Each line needs an id, = and a name, and no id may stand there twice.',
        callsPerDay: 'A whole number, at least 1.',
        parallel: 'A number from 1 to 8.',
        keyId: 'Write the WSKey.',
        tokenAddress: 'Write the whole address, beginning with https://',
        ncipAddress: 'Write the whole address, beginning with https://',
        availabilityAddress: 'Write the whole address, beginning with https://',
        identityAddress: 'Write the whole address, beginning with https://',
        principalId: 'Id and namespace go together; at most 100 characters each.',
        principalNamespace: 'Id and namespace go together; at most 100 characters each.',
        toAgency: 'At most 100 characters.',
        agencyScheme: 'At most 300 characters.',
        profile: 'At most 100 characters.',
        profileScheme: 'At most 300 characters.',
        perSecond: 'A number from 0.1 to 50.',
        updateSeconds: 'A whole number from 5 to 300.',
        lookupSeconds: 'A whole number from 1 to 120.',
      },
    },
    desk: 'This desk',
    deskName: 'Desk name',
    branch: 'Branch',
    doubleScan: 'Double scan, in seconds',
    doubleScanHint: 'The same label again within this time does nothing.',
    settle: 'Second step offered, in minutes',
    settleHint: 'A second step on something this desk has just handled is offered, not done, for this long.',
    returnMargin: 'Way back to the lender, in days',
    returnMarginHint: 'A borrowed item is due here this many days before its lender wants it back.',
    holdShelf: 'Time on the hold shelf, in days',
    holdShelfHint: 'As your circulation system has it. The agreement list names borrowed items whose time runs out.',
    itemPrefixes: 'Item labels begin with',
    patronPrefixes: 'Library cards begin with',
    prefixesHint: 'Several with a space between them. Empty: any.',
    stepsTitle: 'Steps this desk does by itself',
    stepsIntro: 'When a scan makes the next step obvious: do it at once, or offer it with a function key.',
    steps,
    modes: { do: 'Do it', offer: 'Offer it' },
    soundsTitle: 'Sounds',
    soundsIntro:
      'Switch off the beep of the scanner itself, so that the sound you hear is the truth. That a scan could not be saved always sounds, whatever is chosen here.',
    sounds,
    listen: 'Listen',
    listenTo: (name: string) => `Listen to “${name}”`,
    saveDesk: 'Save desk',
    deskSaved: 'The desk is saved.',
    mistakes: {
      okapiUrl: 'Write the whole address, beginning with https://',
      tenant: 'Only small letters, digits and _, beginning with a letter.',
      username: 'Write the user name.',
      inventoryTenant: 'Only small letters, digits and _, beginning with a letter.',
      inventoryUsername: 'Write the user name, at most 200 characters.',
      openUrlAddress: 'Write the whole address, beginning with https://',
      inventoryKind: 'Choose one of the two.',
      openUrlDoor: 'Choose one of the two.',
      pickupNames: 'Each line needs a slug, = and a name, and no slug may stand there twice.',
      parallel: 'A number from 1 to 8.',
      name: 'At most 80 characters.',
      branch: 'At most 80 characters.',
      doubleScanSeconds: 'A whole number from 1 to 120.',
      settleMinutes: 'A whole number from 0 to 240.',
      returnMarginDays: 'A whole number from 0 to 60.',
      holdShelfDays: 'A whole number from 1 to 365.',
      itemPrefixes: 'Letters and digits only, at most 14 each.',
      patronPrefixes: 'Letters and digits only, at most 14 each.',
    },
  },

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
