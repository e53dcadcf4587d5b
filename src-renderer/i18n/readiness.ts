import {
  READINESS_GROUP_WORDS,
  READINESS_MENDER_WORDS,
  READINESS_OUTCOME_WORDS,
} from '../../src-main/contract/readiness-words.ts';

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
  groups: READINESS_GROUP_WORDS,
  outcomes: READINESS_OUTCOME_WORDS,
  menders: READINESS_MENDER_WORDS,
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
