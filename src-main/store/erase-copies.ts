import { existsSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { listBackups, passesCheck, timeOfName } from './backup.ts';
import type { Db } from './db.ts';
import { eraseDue } from './erase.ts';
import type { EraseRules } from './erase.ts';
import { deleteScansInCopy } from './journal-keep.ts';
import { onFiles } from './files.ts';
import { schemaVersion } from './migrate.ts';
import { JOURNAL_MIGRATIONS } from './migrations/index.ts';
import { BUSY_TIMEOUT_MS } from './pragmas.ts';
import { openSqlite } from './sqlite.ts';

const SCANS_AT_ONCE = 1000;

/** Backups, and damaged files that were set aside, by their paths. */
export function copiesOf(file: string): readonly string[] {
  return [...listBackups(file).map(({ path }) => path), ...asideFiles(file)];
}

/**
 * Does to a copy what the rules do to the journal itself, so that nothing comes back from it and nobody finds in it what
 * is gone from here. A backup that cannot be worked on, being damaged or of an older version, is removed when what it
 * holds would be reduced; damaged files set aside are kept until all they hold would have been dropped.
 */
export function eraseInCopy(file: string, copy: string, rules: EraseRules): void {
  const backup = listBackups(file).find(({ path }) => path === copy);
  if (backup === undefined) {
    const at = timeOfName(copy);
    if (asideFiles(file).includes(copy) && at !== undefined && at < rules.dropBefore) remove(copy);
    return;
  }
  if (!passesCheck(backup, 'quick')) {
    if (backup.at < rules.reduceBefore) remove(copy);
    return;
  }
  if (!eraseInSound(copy, rules) && backup.at < rules.reduceBefore) remove(copy);
}

/**
 * Deletes scans in a backup. One that cannot be worked on, being damaged or of an older version, is removed; damaged files
 * set aside stay as they are until their time.
 */
export function deleteInCopy(file: string, copy: string, scanIds: readonly string[]): void {
  const backup = listBackups(file).find(({ path }) => path === copy);
  if (backup === undefined) return;
  const worked =
    passesCheck(backup, 'quick') &&
    inSound(copy, (db) => {
      deleteScansInCopy(db, scanIds);
    });
  if (!worked) remove(copy);
}

function eraseInSound(copy: string, rules: EraseRules): boolean {
  return inSound(copy, (db) => {
    while (eraseDue(db, rules, SCANS_AT_ONCE).length > 0);
  });
}

/** @returns false when the copy is of another version, and nothing was done */
function inSound(copy: string, work: (db: Db) => void): boolean {
  const db = openSqlite(copy, { busyTimeoutMs: BUSY_TIMEOUT_MS });
  try {
    if (schemaVersion(db) !== JOURNAL_MIGRATIONS.length) return false;
    db.setPragma('secure_delete', 'ON');
    db.setPragma('synchronous', 'FULL');
    work(db);
    return true;
  } finally {
    db.close();
  }
}

function asideFiles(file: string): readonly string[] {
  const folder = join(dirname(file), 'damaged');
  return existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
}

function remove(path: string): void {
  onFiles('A copy of the journal cannot be removed', () => {
    rmSync(path, { force: true });
  });
}
