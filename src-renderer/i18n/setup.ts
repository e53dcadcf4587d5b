import type { SetupStep } from '../../src-main/contract/setup.ts';
import type { Layout } from '../state/scanner-findings.ts';

const layouts: Readonly<Record<Layout, string>> = {
  german: 'The scanner sends for an English (US) keyboard, and this computer has a German one.',
  swiss: 'The scanner sends for an English (US) keyboard, and this computer has a Swiss one.',
  french: 'The scanner sends for an English (US) keyboard, and this computer has a French one.',
  nordic: 'The scanner sends for an English (US) keyboard, and this computer has a Nordic one.',
  southern: 'The scanner sends for an English (US) keyboard, and this computer has a Spanish or Italian one.',
  'scanner-german': 'The scanner sends for a German keyboard, and this computer has an English one.',
  'caps-lock': 'Small and capital letters are changed about: Caps Lock is on, here or in the scanner’s settings.',
};

/** Characters that do not print, by their usual names. */
const CONTROLS: Readonly<Record<string, string>> = {
  '\u0002': 'STX',
  '\u0003': 'ETX',
  '\t': 'Tab',
  '\n': 'LF',
  '\r': 'CR',
  '\u001d': 'GS',
  ' ': 'space',
};

/** Characters as they can be read on the screen. */
function visible(text: string): string {
  return Array.from(text, (one) => {
    if (one > ' ') return one;
    return `⟨${CONTROLS[one] ?? `control ${String(one.charCodeAt(0))}`}⟩`;
  }).join('');
}

/** English words of the set-up guide. */
export const setup = {
  title: 'Set-up guide',
  open: 'Open the set-up guide',
  openHint: 'Goes through everything a new library enters, step by step, and tries each out.',
  intro: 'Seven steps. Each can be tried out, left out and come back to; after a restart the guide goes on here.',
  steps: 'Steps',
  stepOf: (number: string, all: string) => `Step ${number} of ${all}`,
  states: { done: 'Done', skipped: 'Left out', open: 'Not done yet' },
  names: {
    systems: 'Systems',
    credentials: 'Accounts and keys',
    locations: 'Locations',
    branches: 'Branches',
    desk: 'This desk',
    scanner: 'Scanner test',
    print: 'Test print',
  } satisfies Record<SetupStep, string>,
  intros: {
    systems:
      'Where ReShare is, and which institution you are at OCLC and in Alma. The consortium office and OCLC know these.',
    credentials: 'Who Carrel is in these systems. A password or secret is sent once; a refused one is not sent again.',
    locations: 'Which places are “here”, and what your library calls the places where requests are picked up.',
    branches: 'What the branches are called on prompts, and where borrowed items live.',
    desk: 'What this desk is called, and how your labels begin.',
    scanner: 'Scan the label below from this screen. Whatever else you scan meanwhile is recorded as always.',
    print: 'Which paper slips are printed on, and by which printer.',
  } satisfies Record<SetupStep, string>,
  tests: {
    systems: 'Try the address',
    credentials: 'Test the accounts',
    locations: 'Test the locations',
    branches: 'Test the branches',
    desk: 'Play the sounds',
    scanner: 'Test anew',
    print: 'Print a test slip',
  } satisfies Record<SetupStep, string>,
  wmsTitle: 'WMS',
  wmsIntro: 'Leave these empty if your library does not use WMS.',
  testing: 'Trying',
  done: 'Done, go on',
  doneLast: 'Done, end the guide',
  skip: 'Leave it out',
  back: 'Step before',
  putAway: 'Put the guide away',
  restart: 'Restart Carrel',
  wrong: 'Something here needs another look; it says so at the field.',
  ended: 'The set-up guide is done. Settings opens it again.',
  away: 'The guide is put away. Settings opens it again.',
  played:
    'Four sounds were played: accepted, attention, refused, saved. If you heard none, look at the computer’s volume.',
  noWms: 'Without WMS there is nothing to test for branches.',
  printed: (outcome: 'printed' | 'failed' | 'unknown', reason: string | undefined): string => {
    if (outcome === 'printed') return 'The printer took the test slip. Scan its label in the step before, if you like.';
    return outcome === 'failed'
      ? `It was not printed: ${reason ?? 'the printer gave no reason'}`
      : `Nobody knows whether it was printed: ${reason ?? 'no answer came.'}`;
  },
  readiness: 'What readiness says of it',
  readinessLater: 'After the restart Carrel looks at your own systems here. Now it works with the practice library.',
  scanner: {
    label: (text: string) => `Test label: ${text}`,
    waiting: 'No scan of the label yet.',
    good: 'The scanner is set rightly.',
    notGood: 'The scanner came through, and something is to be set. Read below.',
    came: 'What came',
    other:
      'Something else was scanned, and recorded as always. If it was this label, nearly every character was changed: compare the keyboard languages of scanner and computer.',
    ending: {
      name: 'Key at the end',
      Enter: 'Enter. That is right.',
      Tab: 'Tab. That is right too.',
      none: 'None. It works, but each scan waits a moment: set the scanner to send Enter (CR) at the end.',
    },
    speed: {
      name: 'Speed',
      fast: (ms: string) => `A character every ${ms} milliseconds. That is fast enough.`,
      slow: (ms: string) =>
        `A character every ${ms} milliseconds. That is slow: set the delay between characters to 0 in the scanner.`,
      typed: 'So slow that it came as typing. Set the delay between characters to 0 in the scanner.',
    },
    characters: {
      name: 'Characters',
      right: 'All 24 came as they are on the label.',
      changed: (pairs: readonly { readonly sent: string; readonly came: string }[]) =>
        `Changed: ${pairs.map(({ sent, came }) => `${visible(sent)} came as ${visible(came)}`).join(', ')}.`,
      dropped: (characters: readonly string[]) =>
        `Missing: ${characters.map(visible).join(' ')}. Give the scanner a short delay between characters (5 ms).`,
      added: (characters: readonly string[]) => `Too many: ${characters.map(visible).join(' ')}.`,
      language: 'Set the scanner’s keyboard language (“keyboard country”) to this computer’s.',
    },
    layouts,
    around: {
      name: 'Before and after the label',
      none: 'Nothing. That is right.',
      prefix: (text: string) => `Before it came ${visible(text)}: switch the scanner’s prefix or code identifier off.`,
      suffix: (text: string) => `After it came ${visible(text)}: switch that suffix off in the scanner.`,
    },
    visible,
  },
};
