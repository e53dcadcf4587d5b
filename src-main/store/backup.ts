import { closeSync, fsyncSync, mkdirSync, openSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Db } from './db.ts';
import { StoreError } from './errors.ts';
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
  const folder = join(dirname(db.file), 'backup');
  mkdirSync(folder, { recursive: true });
  const stem = `${basename(db.file, '.db')}-${label}-`;
  const target = join(folder, `${stem}${at.replace(/[-:.]/g, '')}.db`);
  const part = `${target}.part`;
  rmSync(part, { force: true });
  await db.copyTo(part);
  assertSound(part);
  sync(part);
  renameSync(part, target);
  syncFolder(folder);
  for (const old of backupsOf(folder, stem).slice(BACKUPS_KEPT)) rmSync(join(folder, old));
  return target;
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

function sync(file: string): void {
  const descriptor = openSync(file, 'r+');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Makes a rename in the folder durable. Windows has no such call and does not need it. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
