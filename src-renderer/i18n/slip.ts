import type { SlipKind, SlipMode, SlipName, SlipPaper } from '../../src-main/contract/slip.ts';

const kinds: Readonly<Record<SlipKind, { readonly name: string; readonly what: string }>> = {
  hold: { name: 'Hold slip', what: 'Goes with an item to the hold shelf' },
  routing: { name: 'Routing slip', what: 'Goes with an item to a branch, a lender or a borrower' },
  offline: { name: 'Offline slip', what: 'Carries the number of a thing that waits for a system' },
};

const modes: Readonly<Record<SlipMode, string>> = { print: 'Print it', offer: 'Offer it with F8', off: 'None' };

const papers: Readonly<Record<SlipPaper, string>> = {
  '80mm': 'Roll, 80 mm',
  '58mm': 'Roll, 58 mm',
  a6: 'Sheet, A6',
};

const names: Readonly<Record<SlipName, string>> = {
  none: 'Not at all',
  initials: 'Initials, “M. S.”',
  'first-name-initial': 'First name and initial, “Maria S.”',
};

/** Slips: paper that goes with the item. */
export const slip = {
  forPatron: (name: string) => `For ${name}`,
  preview: (heading: string, destination: string, code: string) => `Slip: ${heading}, ${destination}, ${code}`,
  print: 'Print slip',
  printAgain: 'Print slip again',
  printing: 'Printing slip',
  news: (outcome: string) => `Slip. ${outcome}`,
  title: 'Slips',
  intro: 'Paper that goes with the item. Everybody can read it, so it names nobody unless you choose otherwise.',
  kinds,
  modes,
  paper: 'Paper',
  papers,
  printer: 'Printer',
  printerHint: 'Its name on this computer. Empty: the computer’s default printer.',
  printerWrong: 'At most 200 characters.',
  name: 'Name of the patron on hold slips',
  nameHint:
    'For the library’s own items, where the WSKey may look patrons up. ReShare’s requests name nobody to this desk.',
  names,
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
};
