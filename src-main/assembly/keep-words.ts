import { fail, type Failure } from '../contract/result.ts';

interface FileWords {
  readonly exists: string;
  readonly full: string;
  readonly refused: string;
  readonly other: (code: string) => string;
}

export const EXPORT_TROUBLE = {
  nothing: 'There is no scan to export there. Choose another range.',
  exists: 'There is a file of that name already, and Carrel overwrites none. Choose another name.',
  full: 'There is no room for the file there. Nothing was written. Choose another place.',
  refused: 'Carrel may not write there. Choose another folder, or ask IT.',
  other: (code: string) => `The file could not be written there (${code}). Choose another place, or ask IT.`,
} as const satisfies FileWords & { nothing: string };

export const SHEET_TROUBLE = {
  nothing: 'There is no scan to print there. Choose another range.',
  tooMany: (scans: number, most: number) =>
    `Those are ${String(scans)} scans, and a sheet takes ${String(most)}. Choose a day, or tick the scans.`,
  notPrinted: (reason: string) => `Not printed: ${reason}`,
  notKnown: (reason: string) => `Not known whether it was printed: ${reason}`,
  notDrawn: 'Carrel could not draw it; tell IT.',
} as const;

/** Each ends the import before anything was taken in. */
export const IMPORT_TROUBLE = {
  'needs-passphrase': 'This file is protected. Type its passphrase, then choose it again.',
  'wrong-passphrase': 'The passphrase does not open this file, or the file was changed. Type the passphrase again.',
  truncated: 'This file was cut short, so nothing was taken in. Copy it again from where it was exported.',
  'other-version': 'This file was written by another version of Carrel. Export it again with this version, or ask IT.',
  foreign: 'This is no export of Carrel’s journal as JSON Lines, so nothing was taken in. Choose another file.',
  damaged: (line: number) => `Line ${String(line)} is damaged, so nothing was taken in. Export it again.`,
  exists: 'That name is not a file. Choose another.',
  full: 'The file could not be read. Choose it again, or ask IT.',
  refused: 'Carrel may not read that file. Choose another, or ask IT.',
  other: (code: string) => `The file could not be read (${code}). Choose it again, or ask IT.`,
} as const;

/** What the file system refused, in words; anything else is a fault in Carrel. */
export function fileTrouble(error: unknown, words: FileWords): Failure {
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (code === undefined || syscall === undefined) throw error;
  return fail('refused', sentenceOf(code, words), { mender: 'desk' });
}

function sentenceOf(code: string, words: FileWords): string {
  if (code === 'EEXIST' || code === 'EISDIR') return words.exists;
  if (code === 'ENOSPC' || code === 'EDQUOT') return words.full;
  return code === 'EACCES' || code === 'EPERM' || code === 'EROFS' ? words.refused : words.other(code);
}
