/** English words of the screen that takes scans out of the journal, brings them in and puts them away. */
export const keep = {
  title: 'Keep',
  intro: 'Take scans out of the journal, bring them in from another computer, put them away.',
  open: 'Export, import, put away',
  range: 'Which scans',
  ranges: {
    shift: 'This shift',
    day: 'One day',
    pending: 'Only what is open',
    all: 'All',
    archived: 'Archived',
  },
  day: 'Day',
  list: 'Scans of that range',
  none: 'No scan is in that range.',
  count: {
    one: (count: string) => `${count} scan in that range`,
    other: (count: string) => `${count} scans in that range`,
  },
  shown: (count: string) => `, the newest ${count} are listed`,
  chosen: {
    one: (count: string) => `${count} scan is ticked: only it is meant.`,
    other: (count: string) => `${count} scans are ticked: only they are meant.`,
  },
  whole: 'Tick scans to mean only them.',
  pendingTag: 'open',
  importedFrom: (workstation: string) => `Imported from ${workstation}. Nothing is done because of it here.`,
  archivedTag: 'Archived: in no list of the desk.',
  exportTitle: 'Export',
  exportIntro:
    'Whole numbers of library cards are never in it. Without its passphrase a protected file cannot be read by anybody.',
  format: 'Written as',
  formats: {
    jsonl: 'JSON Lines: every record; can be imported again',
    csv: 'CSV: a row for each scan, for a spreadsheet',
  },
  protection: 'Protection',
  protections: {
    passphrase: 'With a passphrase',
    none: 'None: whoever finds the file can read it',
  },
  passphrase: 'Passphrase of the new file',
  passphraseHint: (least: string) => `At least ${least} characters; a few words are best.`,
  passphraseAgain: 'The same again',
  passphraseShort: (least: string) => `Write at least ${least} characters.`,
  passphraseDiffers: 'The two are not the same.',
  exportKey: 'Export',
  exported: {
    one: (count: string, path: string) => `${count} scan was written to ${path}`,
    other: (count: string, path: string) => `${count} scans were written to ${path}`,
  },
  notExported: 'No place was chosen; nothing was written.',
  sheetTitle: 'Sheet',
  sheetIntro:
    'The same scans as a list on A4, on this computer’s default printer. Its bars can be scanned instead of the labels; nothing of a library card stands on it.',
  sheetKey: 'Print the sheet',
  sheetPrinted: {
    one: (count: string) => `${count} scan was sent to the printer.`,
    other: (count: string) => `${count} scans were sent to the printer.`,
  },
  importTitle: 'Import',
  importIntro:
    'What is here already is left as it is. Imported scans are kept to be looked at; nothing is done for them.',
  importPassphrase: 'Passphrase of the file, if it has one',
  importKey: 'Choose a file and import it',
  imported: {
    one: (count: string) => `${count} scan was taken in.`,
    other: (count: string) => `${count} scans were taken in.`,
  },
  importedWhence: (workstation: string, when: string) => `The file was written on ${workstation}, ${when}.`,
  importedKnown: {
    one: (count: string) => `${count} record was here already.`,
    other: (count: string) => `${count} records were here already.`,
  },
  importedDeleted: {
    one: (count: string) => `${count} record is of scans that were deleted here, and stays away.`,
    other: (count: string) => `${count} records are of scans that were deleted here, and stay away.`,
  },
  notImported: 'No file was chosen; nothing was taken in.',
  awayTitle: 'Put away',
  awayIntro:
    'Archived scans are in no list; “Did I scan this?” finds them by the word archived. What is open can be neither archived nor deleted.',
  archiveKey: 'Archive the ticked scans',
  unarchiveKey: 'Show the ticked scans again',
  archived: {
    one: (count: string) => `${count} scan was archived.`,
    other: (count: string) => `${count} scans were archived.`,
  },
  unarchived: {
    one: (count: string) => `${count} scan is in the lists again.`,
    other: (count: string) => `${count} scans are in the lists again.`,
  },
  reason: 'Why they are deleted',
  reasonHint:
    'Stays in the journal with your name, the time and how many. The scans are gone for good, also from backups.',
  reasonMissing: 'Write why, in a few words.',
  deleteKey: 'Delete the ticked scans',
  deleted: {
    one: (count: string) => `${count} scan was deleted.`,
    other: (count: string) => `${count} scans were deleted.`,
  },
  tickFirst: 'Tick the scans first.',
  working: 'Working',
};
