import type { OfflineAction, OfflineMode, OfflineState, OfflineTodo } from '../../src-main/contract/offline.ts';

const states: Readonly<Record<OfflineState, string>> = {
  waiting: 'Waiting',
  'would-do': 'Would do',
  already: 'Already done',
  conflict: 'Conflict',
  unknown: 'Cannot tell',
  running: 'Being done',
  done: 'Done',
  refused: 'Refused',
  'in-doubt': 'Not known',
  again: 'Scan again',
};

const actions: Readonly<Record<OfflineAction, { readonly name: string; readonly what: string }>> = {
  'check-in': { name: 'Check in', what: 'An item of ours comes back' },
  receive: { name: 'Receive', what: 'A borrowed item arrives from its lender' },
  returned: { name: 'Returned by patron', what: 'A patron brings a borrowed item back' },
  'return-shipped': { name: 'Ship back', what: 'A borrowed item goes back to its lender' },
  complete: { name: 'Complete', what: 'A lent item comes home' },
  'pull-slip': { name: 'Pull slip', what: 'The slip of a lending request is scanned' },
  fill: { name: 'Fill', what: 'An item is found for a lending request' },
  ship: { name: 'Ship', what: 'A lent item leaves for the borrower' },
  'check-out': { name: 'Check out', what: 'An item is lent to a patron' },
};

const modes: Readonly<Record<OfflineMode, string>> = {
  record: 'Record it',
  intent: 'Note it, keep the item',
  off: 'Scan it again',
};

type ToDo = Exclude<OfflineTodo, 'wait'>;

const toDoNames: Readonly<Record<ToDo, string>> = {
  rescan: 'scan it again',
  card: 'scan card and item',
  slip: 'print its slip',
  call: 'call the library',
  look: 'look in the system',
};

const toDoCounts: Readonly<Record<ToDo, Readonly<Record<'one' | 'other', (count: string, whom: string) => string>>>> = {
  rescan: {
    one: (count) => `${count} to scan again`,
    other: (count) => `${count} to scan again`,
  },
  card: {
    one: (count) => `${count} to lend with its card`,
    other: (count) => `${count} to lend with their cards`,
  },
  slip: {
    one: (count) => `${count} slip to print`,
    other: (count) => `${count} slips to print`,
  },
  call: {
    one: (count, whom) => `${count} to call about${whom === '' ? '' : `: ${whom}`}`,
    other: (count, whom) => `${count} to call about${whom === '' ? '' : `: ${whom}`}`,
  },
  look: {
    one: (count) => `${count} to look up in the system`,
    other: (count) => `${count} to look up in the system`,
  },
};

/** English, for outages and the list of what waits. */
export const offline = {
  title: 'Waiting since an outage',
  results: 'Things that wait',
  count: { one: (count: string) => `${count} waiting`, other: (count: string) => `${count} waiting` },
  states,
  no: (no: number) => `No. ${no}`,
  noOfDay: (no: number, day: string) => `No. ${no} of ${day}`,
  calm: 'Nothing waits.',
  calmWhy:
    'While ReShare or your circulation system is not reached, Carrel writes down what you scan and gives each thing a number. It then stands here until it is scanned again.',
  looking: (through: string, all: string) => `Looking: ${through} of ${all}`,
  running: (through: string, all: string) => `Working: ${through} of ${all}`,
  stillDown: (systems: string) => `${systems} not reached. What waits for it stays here.`,
  preview: 'Look at all',
  run: 'Do what can be done',
  stop: 'Stop',
  slipsKey: 'Shift F8',
  slips: {
    one: (_count: string) => 'Print the slip that is to do',
    other: (count: string) => `Print all ${count} slips`,
  },
  dismiss: 'Take it off the list',
  dismissIntro: 'Only if the thing need not be scanned again. Your name and the reason are kept.',
  reason: 'Reason',
  reasonHint: 'At least three letters, for example “shelved by hand”.',
  dismissNow: 'Take it off',
  keep: 'Keep it',
  scanned: 'Scanned',
  whileLocked: (staff: string) => `while the screen was locked, after ${staff}`,
  place: 'Where it is',
  planned: 'Written down',
  label: 'Label',
  asOf: (age: string) => `looked ${age}`,
  toDo: 'To do now',
  toDoNames,
  toDoCounts,
  backTitle: 'The systems are back',
  back: { one: (count: string) => `${count} thing waits`, other: (count: string) => `${count} things wait` },
  open: 'Offline list',
  key: 'Shift F12',
  keyAbout: 'Opens the list of things that wait since an outage.',
  amber: {
    down: (name: string) => `${name} is not reached`,
    signIn: (name: string) => `${name} refuses the sign-in`,
    since: (clock: string) => `since ${clock}`,
    lastGood: (age: string) => `last good answer ${age}`,
    bothDown: 'Scan on: everything is written down, and each thing gets a number.',
    wmsDown:
      'ReShare works: interlibrary loans go on. Items of ours and loans are written down, and each gets a number.',
    reshareDown:
      'Scan on: each thing gets a number and waits. Nothing is told to WMS until ReShare says whose item it is.',
    onlyReshare: 'Scan on: everything is written down, and each thing gets a number.',
  },
  settings: {
    title: 'In an outage',
    intro:
      'What a scan does while a system is not reached. What is recorded is done later from the offline list; what is noted keeps its item at the desk and is never sent by itself.',
    actions,
    modes,
    byItself: 'When the systems are back, do what is recorded by itself',
    byItselfHint: 'Each step looks first. Otherwise somebody presses F10 on the offline list.',
    staleHours: 'Old, hours',
    staleHoursHint: 'What Carrel remembers and is older than this says so on the prompt.',
    staleHoursWrong: 'A whole number from 1 to 168.',
  },
} as const;
