import type { BatchRow } from '../../src-main/contract/place-batch.ts';
import type { PatronCheck, PlaceResult, SearchBy } from '../../src-main/contract/place.ts';
import type { StepState } from '../../src-main/contract/journal.ts';

const by: Readonly<Record<SearchBy, string>> = {
  anything: 'Anything',
  title: 'Title',
  author: 'Author',
  isbn: 'ISBN',
  issn: 'ISSN',
  oclc: 'OCLC number',
  lccn: 'LCCN',
};

const standings: Readonly<Record<PlaceResult['standing'], string>> = {
  eligible: 'Can be requested',
  'not-lendable': 'Nobody lends it',
  'not-known': 'Holdings not known',
};

const patronStandings: Readonly<Record<PatronCheck['standing'], string>> = {
  good: 'Known',
  stopped: 'Stopped',
  unknown: 'Not known',
  'not-asked': 'Not checked',
};

const steps: Readonly<Record<StepState, string>> = {
  recorded: 'Written down',
  sending: 'Being sent',
  done: 'Placed',
  confirmed: 'Placed',
  refused: 'Refused',
  'not-sent': 'Not sent',
  'not-done': 'Not done',
  unknown: 'Answer lost',
  'needs-person': 'Needs you',
};

const batchStates: Readonly<Record<BatchRow['state'], string>> = {
  waiting: 'Not looked at yet',
  ready: 'Ready',
  choose: 'Choose yourself',
  stopped: 'Not as it stands',
  placed: 'Placed',
  'not-placed': 'Not placed',
};

/** Requests from a file. */
const placeBatch = {
  title: 'From a file',
  intro:
    'A CSV file with one request a line. Its first line names the columns: patron, pickup (slug or name), and id, oclc, isbn, lccn, issn or title with author; if you like needed by and note. Everything is looked up first, and nothing is placed.',
  file: 'File of requests',
  open: 'Open a file',
  tooLarge: 'The file is too large to be a list of requests.',
  checking: 'Looking at each request',
  stop: 'Stop',
  goOn: 'Go on looking',
  place: { one: (count: string) => `Place ${count}`, other: (count: string) => `Place these ${count}` },
  placing: 'Placing',
  clear: 'Put the file away',
  rows: 'Requests of the file',
  line: (line: string) => `Line ${line}`,
  states: batchStates,
  dryRun: (parts: readonly string[]) => `Nothing was placed yet: ${parts.join(', ')}.`,
  summary: (parts: readonly string[]) => `${parts.join(', ')}.`,
  count: (state: BatchRow['state'], count: string) => `${count} ${batchStates[state].toLowerCase()}`,
};

/** English words of the screen where requests are placed. */
export const place = {
  title: 'Place a request',
  key: 'Place',
  keyAbout: 'Searches the consortium’s Shared Inventory and places a request.',
  field: 'Search the Shared Inventory',
  fieldHint:
    'Scan a book’s ISBN label here or in the scan box, or type words and press F9. Any other scan is taken as always.',
  by: 'Search by',
  byNames: by,
  search: 'Search',
  toSearch: 'To the search',
  searching: 'Searching',
  taken: (number: string) => `${number} went into the search.`,
  results: 'Records found',
  none: 'Nothing was found.',
  start: 'Nothing was searched for yet.',
  found: (readAs: string, from: string, to: string, total: string) => `${readAs}: ${from} to ${to} of ${total}`,
  next: 'Next',
  previous: 'Previous',
  pagesHint: 'Page Up and Page Down turn the page.',
  pick: 'Search, then choose a record with the arrow keys.',
  standings,
  duplicate: (place: string, alike: string) => `${place} of ${alike} alike`,
  tied: 'Compare',
  reading: 'Reading its holdings',
  holdings: 'Holdings',
  libraryUnknown: 'Library not named',
  noPolicy: 'no lending policy',
  form: 'Request it',
  patron: 'Patron’s number',
  patronHint:
    'As your library checks it, for example the barcode of the card. A scanned card goes here while the cursor does.',
  patronTaken: (last: string) => `Card •••• ${last} is in the patron field.`,
  patronStandings,
  patronMissing: 'Type or scan the patron’s number.',
  toPatron: 'To the patron',
  pickup: 'Pick up at',
  pickupMissing: 'Choose where it is to be picked up.',
  noPickups: 'The directory names no pickup location.',
  neededBy: 'Needed by (optional)',
  note: 'Note (optional)',
  send: 'Place the request',
  sending: 'Placing',
  notSent: (sentence: string) => sentence,
  placedNow: (number: string | undefined) =>
    number === undefined ? 'Placed. Its number comes in a moment.' : `Placed as ${number}.`,
  placed: 'Placed',
  nothingPlaced: 'Nothing was placed from this computer yet.',
  steps,
  number: 'Number',
  numberLater: 'comes in a moment',
  id: 'Id',
  patronShort: (masked: string) => `Patron ${masked}`,
  pickedUpAt: (name: string) => `Pick up at ${name}`,
  changed: (age: string) => `changed ${age}`,
  again: 'Try again',
  anew: 'Change and place anew',
  anewOf: (of: string) => `In place of ${of}`,
  anewHint: 'Change what is needed and scan the card again: F10 places it as a new request.',
  news: {
    one: (count: string) => `${count} placed request tells something new`,
    other: (count: string) => `${count} placed requests tell something new`,
  },
  notice: 'A placed request changed',
  more: { one: (count: string) => `and ${count} more`, other: (count: string) => `and ${count} more` },
  look: 'Look',
  lookKey: 'Shift F7',
  lookPlaced: 'Look at what was placed',
  changedNow: 'New',
  batch: placeBatch,
  settings: {
    inventoryKind: 'Kind of Shared Inventory',
    inventoryKinds: {
      'folio-graphql': 'FOLIO (GraphQL): title, author and numbers; needs the account',
      'reservoir-sru': 'Reservoir (SRU): ISBN, ISSN and record id; needs the tenant alone',
    },
    door: 'Requests are placed through',
    doors: {
      resolver: 'The consortium’s OpenURL resolver',
      'mod-rs': 'ReShare’s own door (takes no date)',
    },
    pickupNames: 'Pickup locations by your own names',
    pickupNamesHint:
      'One a line, as the slug of its directory entry = the name. “Test connection” looks for each of them in the directory. Empty: the directory’s names.',
  },
  said: (title: string, state: string, number: string | undefined) =>
    number === undefined ? `${title}: ${state}` : `${number}, ${title}: ${state}`,
};
