import Database from 'better-sqlite3';
import { writeSync } from 'node:fs';
import { openJournal } from '../../src-main/store/databases.ts';
import { StoreError } from '../../src-main/store/errors.ts';

/**
 * Gives up root's rights, for which no file is write-protected, and tries to open the journal in a folder. Prints
 * `opened`, or the kind of the refusal.
 *
 *     node open-unprivileged.ts <folder>
 */
// Loads the native part while its file may still be read.
new Database(':memory:').close();
const NOBODY = 65534;
if (process.getuid?.() === 0) {
  process.setgid?.(NOBODY);
  process.setuid?.(NOBODY);
}
try {
  await openJournal({ directory: process.argv[2] ?? '', appVersion: '0.1.0', now: new Date().toISOString() });
  writeSync(1, 'opened\n');
} catch (error) {
  if (!(error instanceof StoreError)) throw error;
  writeSync(1, `${error.kind}\n`);
}
