import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setImmediate as othersTurn } from 'node:timers/promises';
import { superseded } from './backup-rotation.ts';
import type { Backup } from './backup-rotation.ts';
import { assertPages, assertSums, checkSums } from './checks.ts';
import type { Db, ReadableDb } from './db.ts';
import { StoreError } from './errors.ts';
import { syncFile, syncFolder, timeInName } from './files.ts';
import { BUSY_TIMEOUT_MS } from './pragmas.ts';
import { openSqlite } from './sqlite.ts';

/**
 * Copies a database to `backup/<name>-<label>-<time>.db` beside it, checks the copy, syncs it, and only then gives it its
 * name. Then removes the backups that have served their time.
 * @param label why it was made, e.g. `v1` before leaving version 1, `hourly` or `close`
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
  await assertSound(part);
  syncFile(part);
  renameSync(part, target);
  syncFolder(folder);
  const all = listBackups(db.file).map((backup) => ({ ...backup, bytes: statSync(backup.path).size }));
  for (const old of superseded(all)) rmSync(old.path);
  return target;
}

/** All backups of a database, newest first by the time in their names. */
export function listBackups(file: string): readonly Backup[] {
  const folder = backupFolder(file);
  if (!existsSync(folder)) return [];
  const stem = `${basename(file, '.db')}-`;
  return readdirSync(folder)
    .filter((name) => name.startsWith(stem))
    .flatMap((name) => {
      const label = LABELLED.exec(name.slice(stem.length))?.[1];
      const at = timeOfName(name);
      return label === undefined || at === undefined ? [] : [{ path: join(folder, name), label, at }];
    })
    .sort((a, b) => (a.at < b.at ? 1 : -1));
}

const LABELLED = /^([a-z]\w*)-\d{8}T\d{9}Z\.db$/;

/** The moment a file's name tells, ISO 8601 UTC. */
export function timeOfName(name: string): string | undefined {
  const parts = /-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z\.db(?:-wal|-shm)?$/.exec(name);
  if (parts === null) return undefined;
  const [year, month, day, hour, minute, second, ms] = parts.slice(1);
  return `${year}-${month}-${day}T${hour}:${minute}:${second}.${ms}Z`;
}

function backupFolder(file: string): string {
  return join(dirname(file), 'backup');
}

/** How far the records of an open journal go. */
export function highestSeq(db: ReadableDb): number {
  return db.read<{ seq: number }>('SELECT coalesce(max(seq), 0) AS seq FROM record').get()?.seq ?? 0;
}

/** How far the records of a backup go; undefined for one that is itself damaged. */
export function reachOf(backup: Backup): number | undefined {
  return readingBackup(backup, highestSeq);
}

/** @param depth `whole` for a backup that is to be restored: it is opened only if it passes that */
export function passesCheck(backup: Backup, depth: 'quick' | 'whole'): boolean {
  const isSound = readingBackup(backup, (db) => {
    assertPages(db, depth);
    assertSums(db);
    return true;
  });
  return isSound ?? false;
}

/** Whether something was appended since the newest backup. */
export function isBehind(db: Db): boolean {
  const [newest] = listBackups(db.file);
  return highestSeq(db) > (newest === undefined ? 0 : (reachOf(newest) ?? 0));
}

/** @returns undefined when the backup itself is damaged */
function readingBackup<T>(backup: Backup, read: (db: ReadableDb) => T): T | undefined {
  let db: Db | undefined;
  try {
    db = openSqlite(backup.path, { readOnly: true, busyTimeoutMs: BUSY_TIMEOUT_MS });
    return read(db);
  } catch (error) {
    if (error instanceof StoreError || isBrokenSchema(error)) return undefined;
    throw error;
  } finally {
    db?.close();
  }
}

/** A damaged schema page can make a table seem not to be there. */
function isBrokenSchema(error: unknown): boolean {
  return error instanceof Error && (error as { readonly code?: unknown }).code === 'SQLITE_ERROR';
}

/** Checks the copy, and makes it one file that stands alone: a copy of a WAL database begins as one. */
async function assertSound(file: string): Promise<void> {
  const copy = openSqlite(file, { busyTimeoutMs: BUSY_TIMEOUT_MS });
  try {
    assertPages(copy, 'quick');
    for (const _some of checkSums(copy)) await othersTurn();
    copy.setPragma('journal_mode', 'delete');
  } finally {
    copy.close();
  }
}
