import { fail } from '../contract/result.ts';
import type { Failure, Mender } from '../contract/result.ts';
import { StoreError } from './errors.ts';
import type { StoreErrorKind } from './errors.ts';

/** What to tell the person whose scan could not be recorded, and who mends it. */
const SENTENCES: Readonly<Record<StoreErrorKind, readonly [sentence: string, mender: Mender]>> = {
  full: ['The disk of this computer is full. Nothing was recorded: set the item aside and call IT.', 'it'],
  readonly: ['Carrel may not write to its folder. Nothing was recorded: set the item aside and call IT.', 'it'],
  io: ['The disk of this computer gave an error. Nothing was recorded: set the item aside and call IT.', 'it'],
  corrupted: ["Carrel's scan journal is damaged. Nothing was recorded: set the item aside and call IT.", 'it'],
  'not-a-database': [
    "The file in the place of Carrel's scan journal is something else. Nothing was recorded: call IT.",
    'it',
  ],
  'newer-version': [
    "Carrel's scan journal was written by a newer Carrel. Nothing was recorded: have IT update Carrel here.",
    'it',
  ],
  locked: [
    'Another program holds the scan journal. Nothing was recorded: close other copies of Carrel and scan again.',
    'desk',
  ],
  closed: ['Carrel is closing, so nothing was recorded. Open Carrel again and scan again.', 'desk'],
};

/**
 * A journal that cannot be written, as a failed result.
 * @throws the error itself when it is none of the store's kinds: a fault in Carrel must not pass for a full disk
 */
export function journalFailure(error: unknown): Failure {
  if (!(error instanceof StoreError)) throw error;
  const [sentence, mender] = SENTENCES[error.kind];
  return fail('journal-closed', sentence, { mender, retry: error.kind === 'locked' ? 'now' : 'later' });
}
