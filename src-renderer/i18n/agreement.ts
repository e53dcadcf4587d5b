import type { AgreementAction, AgreementBasis, AgreementKind } from '../../src-main/contract/agreement.ts';
import type { Mender } from '../../src-main/contract/result.ts';

const kinds: Readonly<Record<AgreementKind, string>> = {
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

const menders: Readonly<Record<Mender, string>> = {
  desk: 'This desk',
  'ill-office': 'The ILL office',
  'library-administrator': 'The library administrator',
  it: 'IT',
  host: 'The host of the system',
  nobody: 'Nobody',
};

const bases: Readonly<Record<AgreementBasis, string>> = {
  history: 'ReShare’s history',
  status: 'The item’s status in ReShare',
  settings: 'ReShare’s settings',
  carrel: 'Carrel’s own journal',
};

/** Where the systems disagree, and what is left to people there. */
export const agreement = {
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
  kinds,
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
  menders,
  sure: 'What it rests on',
  bases,
  seen: (age: string) => `read ${age}`,
  evidence: 'As it was written there',
  count: { one: (count: string) => `${count} to settle`, other: (count: string) => `${count} to settle` },
};
