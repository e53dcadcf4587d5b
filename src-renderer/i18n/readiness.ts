import type { ReadinessGroup, ReadinessMender, ReadinessOutcome } from '../../src-main/contract/readiness.ts';

const groups: Readonly<Record<ReadinessGroup, string>> = {
  access: 'Carrel’s own access',
  reshare: 'ReShare’s configuration',
  before: 'WMS: before you begin',
  borrowing: 'WMS: borrowing',
  lending: 'WMS: lending',
  enable: 'WMS: enable it last',
  services: 'Requests from outside',
};

const outcomes: Readonly<Record<ReadinessOutcome, string>> = {
  found: 'Found',
  'not-needed': 'Not needed',
  confirmed: 'Confirmed by a person',
  missing: 'Missing',
  'not-permitted': 'Not permitted to look',
  unconfirmed: 'Not confirmed yet',
  'not-looked': 'Not looked at',
};

const menders: Readonly<Record<ReadinessMender, string>> = {
  'library-administrator': 'The library administrator',
  'reshare-support': 'Your ReShare support desk',
  oclc: 'OCLC',
  it: 'IT',
};

/** English words of the readiness list. */
export const readiness = {
  title: 'Readiness',
  intro: 'Whether everything is set up, in the order in which it is to be done.',
  open: 'Check readiness',
  openHint: 'Looks at what ReShare and WMS need, line by line, and says who can mend what is missing.',
  looking: 'Looking at ReShare and WMS',
  notYet: 'Carrel has not looked yet.',
  count: {
    one: (open: string, all: string) => `${open} of ${all} lines is open.`,
    other: (open: string, all: string) => `${open} of ${all} lines are open.`,
  },
  ready: (all: string) => `All ${all} lines are settled.`,
  lookedAt: (age: string) => `Looked ${age}.`,
  lookAgain: 'Look again',
  list: 'What has to be set up',
  groups,
  outcomes,
  menders,
  asked: 'Asked for by',
  mender: 'Who can mend it',
  lookMissing: 'Choose a line.',
  confirmTitle: 'Confirm it',
  confirmIntro: 'Your name and the time are kept. It is shown as a person’s word, never as something Carrel saw.',
  name: 'Name',
  note: 'Note (optional)',
  nameMissing: 'Write the name of the person who confirms it.',
  confirm: 'Confirm',
  withdraw: 'Take it back',
  confirmedBy: (by: string, when: string) => `Confirmed by ${by}, ${when}`,
  account: (account: string, desk: string) =>
    `Said at ${desk === '' ? 'this desk' : desk}, signed in as ${account === '' ? 'nobody' : account}.`,
  said: (outcome: string) => `${outcome}.`,
};
