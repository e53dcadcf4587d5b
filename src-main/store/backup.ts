import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Db } from './db.ts';
import { StoreError } from './errors.ts';
import { syncFile, syncFolder, timeInName } from './files.ts';
import { BUSY_TIMEOUT_MS } from './pragmas.ts';
import { openSqlite } from './sqlite.ts';

/** Backups kept of each kind; the oldest beyond that are removed. */
export const BACKUPS_KEPT = 3;

/**
 * Copies a database to `backup/<name>-<label>-<time>.db` beside it, checks the copy, syncs it, and only then gives it its
 * name. Keeps the newest three of the same label.
 * @param label why it was made, e.g. `v1` before leaving version 1, or `close`
 * @param at ISO 8601 UTC
 * @returns the path of the backup
 */
export async function backUp(db: Db, label: string, at: string): Promise<string> {
  const folder = backupFolder(db.file);
  mkdirSync(folder, { recursive: true });
  const stem = `${basename(db.file, '.db')}-${label}-`;
  const target = join(folder, `${stem}${timeInName(at)}.db`);
  const part = `${target}.part`;
  rmSync(part, { force: true });
  await db.copyTo(part);
  assertSound(part);
  syncFile(part);
  renameSync(part, target);
  syncFolder(folder);
  for (const old of backupsOf(folder, stem).slice(BACKUPS_KEPT)) rmSync(join(folder, old));
  return target;
}

/** A backup as its name tells of it. */
export interface Backup {
  readonly path: string;
  readonly label: string;
  /** When it was made, ISO 8601 UTC. */
  readonly at: string;
}

/** All backups of a database, newest first by the time in their names. */
export function listBackups(file: string): readonly Backup[] {
  const folder = backupFolder(file);
  if (!existsSync(folder)) return [];
  const stem = `${basename(file, '.db')}-`;
  return readdirSync(folder)
    .filter((name) => name.startsWith(stem))
    .flatMap((name) => {
      const parts = NAMED.exec(name.slice(stem.length));
      if (parts === null) return [];
      const [, label = '', date = '', time = '', ms = ''] = parts;
      const at = `${date.replace(/(....)(..)(..)/, '$1-$2-$3')}T${time.replace(/(..)(..)(..)/, '$1:$2:$3')}.${ms}Z`;
      return [{ path: join(folder, name), label, at }];
    })
    .sort((a, b) => (a.at < b.at ? 1 : -1));
}

const NAMED = /^([a-z]\w*)-(\d{8})T(\d{6})(\d{3})Z\.db$/;

function backupFolder(file: string): string {
  return join(dirname(file), 'backup');
}

/** Newest first; the time in the name sorts. */
function backupsOf(folder: string, stem: string): readonly string[] {
  const names = readdirSync(folder).filter((name) => name.startsWith(stem) && name.endsWith('.db'));
  return names.sort().reverse();
}

/** Checks the copy, and makes it one file that stands alone: a copy of a WAL database begins as one. */
function assertSound(file: string): void {
  const copy = openSqlite(file, { busyTimeoutMs: BUSY_TIMEOUT_MS });
  try {
    const verdict = copy.pragma('quick_check(1)');
    if (verdict !== 'ok') throw new StoreError('corrupted', `The backup did not pass its check: ${String(verdict)}`);
    copy.setPragma('journal_mode', 'delete');
  } finally {
    copy.close();
  }
}
