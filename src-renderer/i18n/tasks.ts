import type {
  CapabilityMode,
  LegStanding,
  TaskCapability,
  TaskFlow,
  TaskKind,
  TaskStanding,
} from '../../src-main/contract/tasks.ts';

import { tasksSettings } from './tasks-settings.ts';

const standings: Readonly<Record<TaskStanding, string>> = {
  'half-done': 'Half done',
  open: 'To do',
  'waiting-on-lender': 'Lender’s turn',
  'waiting-on-patron': 'With its patron',
  done: 'Done',
  abandoned: 'Ended',
};

const legs: Readonly<Record<LegStanding, string>> = {
  todo: 'to do',
  sending: 'being sent',
  unknown: 'no answer',
  'done-by-api': 'done by Carrel',
  verified: 'seen there',
  'confirmed-by-staff': 'confirmed by staff',
  refused: 'refused',
  skipped: 'does not apply',
};

const kinds: Readonly<Record<TaskKind, string>> = {
  renewal: 'Renew a loan',
  exported: 'Track an exported request',
  loan: 'Track a borrowed item',
  return: 'A borrowed item came back',
  'temporary-item': 'The temporary item was not made',
  'home-again': 'A lent item is home again',
  tidy: 'A temporary item is left over',
};

const flows: Readonly<Record<TaskFlow, string>> = {
  'reshare-wms': 'ReShare and WMS',
  'alma-worldshare': 'Alma and WorldShare ILL',
  'relais-wms': 'Relais D2D and WMS',
};

const modes: Readonly<Record<CapabilityMode, string>> = {
  api: 'Carrel does it',
  'api-unproven': 'staff do it; Carrel could, unproven',
  guided: 'staff do it, Carrel says how',
  none: 'not set up',
};

const capabilities: Readonly<Record<TaskCapability, string>> = {
  'read-request': 'look at a request',
  'ask-lender-to-renew': 'ask the lender for more time',
  'record-renewal': 'record a renewal',
  'read-patron-date': 'look at the patron’s date',
  'change-patron-date': 'change the patron’s date',
  receive: 'receive',
  'make-temporary-item': 'make a temporary item',
  'check-in': 'check in',
  'mark-returned': 'mark returned',
  'cancel-quietly': 'cancel without telling the patron',
  'delete-temporary-item': 'delete a temporary item',
};

/** English words of the screen for work in two systems. */
export const tasks = {
  settings: tasksSettings,
  title: 'Two systems',
  count: {
    one: (count: string) => `${count} half done`,
    other: (count: string) => `${count} half done`,
  },
  summary: (half: string, open: string) => `${half} half done, ${open} open.`,
  lights: 'Systems of the office',
  calm: 'Nothing is half done',
  calmWhy: 'Whatever Carrel keeps together between two systems is done in both, or has not begun.',
  nothing: 'Nothing is kept together between two systems yet. F7 begins a piece of work, F3 shows the loans.',
  results: 'Work in two systems',
  standings,
  legs,
  legBy: (by: string, when: string) => `${by}, ${when}`,
  kinds,
  flows,
  steps: 'What belongs together',
  now: 'Now',
  typed: 'Typed by staff',
  lenderDate: 'The lender wants it',
  patronDate: 'The patron has it until',
  dateFrom: (source: string, age: string) => `${source}, ${age}`,
  noDate: 'not known',
  patron: 'Patron',
  started: 'Begun',
  startedBy: (by: string, age: string) => `${by}, ${age}`,
  choose: 'Choose',
  keys: {
    new: 'Begin',
    list: 'The list',
    loans: 'Loans and dates',
    look: 'Look again',
    happened: 'It happened',
    notHappened: 'It did not happen',
    skip: 'Does not apply',
    end: 'End it',
    sure: 'Yes, with this reason',
    cleanUp: 'Clean up',
    renew: 'Renew this loan',
    who: 'Who is it for?',
    batch: 'Cancel all of these quietly',
    row: 'Choose',
  },
  reason: 'Why',
  reasonHint: 'Kept with your name.',
  staleTag: 'Clean up?',
  stale: (days: string) => `Exported more than ${days} days ago, and nothing came.`,
  form: 'Begin a piece of work',
  kind: 'What is it about?',
  label: 'Item or request number',
  labelHint: 'As on the label or the slip. The last scan stands here already.',
  bookTitle: 'Title (optional)',
  relaisRequest: 'Relais request number',
  lender: 'Lending library (optional)',
  almaRequest: 'Alma request id',
  almaExternal: 'External identifier in Alma (optional)',
  worldshareRequest: 'WorldShare request number (optional)',
  patronId: 'Patron’s primary id in Alma',
  patronHint: 'Alma asks for it with every look at the request. It is kept encrypted, or not at all.',
  report: 'Or paste a report',
  reportHint:
    'One request a line: Alma’s request id, the patron’s primary id and, if you have them, WorldShare’s number and the title.',
  reportKey: 'Track all of these',
  reportDone: {
    one: (count: string) => `${count} request is tracked.`,
    other: (count: string) => `${count} requests are tracked.`,
  },
  begun: (name: string) => `${name} stands on the list.`,
  loans: 'Loans and their dates',
  noLoans: 'No borrowed item is out here, as far as Carrel knows.',
  loanLender: 'Lender',
  loanPatron: 'Patron',
  renewing: 'A renewal is open',
  batch: 'Closed in WorldShare ILL, still open in Alma',
  batchReason: 'Reason, as Alma lists them',
  batchCount: {
    one: (count: string) => `${count} request`,
    other: (count: string) => `${count} requests`,
  },
  batchQuiet: 'The patrons are not told. Each is looked up in Alma once more right before.',
  rowDone: 'cancelled',
  rowLeft: 'left alone',
  modesTitle: 'Who does what',
  modes,
  capabilities,
  modeLine: (system: string, what: string, how: string) => `${system}, ${what}: ${how}`,
};
