import { accessSync, constants, existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { backUp } from './backup.ts';
import { assertPages, assertSums } from './checks.ts';
import type { Db, ReadableDb, SlowStatementLog, WritableDb } from './db.ts';
import { StoreError } from './errors.ts';
import { assertKnown, migrate, schemaVersion } from './migrate.ts';
import type { Migration } from './migrate.ts';
import { onFiles } from './files.ts';
import { applyPragmas, BUSY_TIMEOUT_MS } from './pragmas.ts';
import type { Role } from './pragmas.ts';
import { openSqlite } from './sqlite.ts';

/** `PRAGMA application_id` of each file: `CRLJ` and `CRLC` in ASCII. `file(1)` and SQLite's tools show it. */
export const APPLICATION_IDS: Readonly<Record<Role, number>> = { journal: 0x43_52_4c_4a, cache: 0x43_52_4c_43 };

export interface OpenOptions {
  readonly file: string;
  readonly role: Role;
  readonly migrations: readonly Migration[];
  readonly appVersion: string;
  /** ISO 8601 UTC. */
  readonly now: string;
  /** The file is itself made from a backup: no other is made before migrating it. */
  readonly isCopy?: boolean;
  /** Every page is known to be sound and need not be read; a file that is to be migrated is checked all the same. */
  readonly isSound?: boolean;
  readonly onSlow?: SlowStatementLog | undefined;
}

/** How a file was found. */
export interface OpenReport {
  /** Schema version before opening; 0 when the file is new. */
  readonly foundVersion: number;
  readonly version: number;
  /** The backup made before migrating. */
  readonly backup?: string;
  /** Every page was read and found sound; absent when it was known to be. */
  readonly checked?: true;
}

/**
 * Opens one of Carrel's databases: looks before touching, applies and asserts the settings, checks its pages, and a journal's
 * indexes and records, unless they are known to be sound, backs the file up if its schema is to change, and migrates.
 * @throws StoreError; the file is then as it was.
 */
export async function openDatabase(options: OpenOptions): Promise<{ readonly db: Db; readonly report: OpenReport }> {
  const exists = hasContent(options.file);
  if (exists) {
    rollBack(options.file);
    inspect(options);
  }
  const db = reached(options.file, () =>
    openSqlite(options.file, { busyTimeoutMs: BUSY_TIMEOUT_MS, onSlow: options.onSlow }),
  );
  try {
    reached(options.file, () => {
      assertWritable(db);
    });
    applyPragmas(db, options.role);
    const foundVersion = schemaVersion(db);
    const version = options.migrations.length;
    const isToCheck = exists && (options.isSound !== true || foundVersion !== version);
    if (isToCheck) assertSound(db, options.role);
    const leaving = foundVersion > 0 && foundVersion < version && options.isCopy !== true;
    const backup = leaving ? await backUp(db, `v${foundVersion}`, options.now) : undefined;
    migrate(db, options.migrations, {
      applicationId: APPLICATION_IDS[options.role],
      appVersion: options.appVersion,
      at: options.now,
    });
    const told = { ...(backup === undefined ? {} : { backup }), ...(isToCheck ? { checked: true as const } : {}) };
    return { db, report: { foundVersion, version, ...told } };
  } catch (error) {
    db.close();
    throw error;
  }
}

/** A file of no bytes is one that never got past its creation. */
export function hasContent(file: string): boolean {
  return existsSync(file) && statSync(file).size > 0;
}

/** Removes a database with its WAL and shared-memory file. Only ever called for the cache. */
export function removeDatabase(file: string): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
}

/**
 * The very first commit of a file, which makes it a WAL database, goes by way of a rollback journal. Where the power went
 * in the middle of it, that must be taken back first, and a connection that only reads may not.
 */
function rollBack(file: string): void {
  if (!hasContent(`${file}-journal`)) return;
  const db = reached(file, () => openSqlite(file, { busyTimeoutMs: BUSY_TIMEOUT_MS }));
  try {
    reached(file, () => db.pragma('schema_version'));
  } finally {
    db.close();
  }
}

/** Looks at an existing file through a read-only connection, which cannot change even its WAL. */
function inspect(options: OpenOptions): void {
  const db = reached(options.file, () =>
    openSqlite(options.file, { readOnly: true, busyTimeoutMs: BUSY_TIMEOUT_MS, onSlow: options.onSlow }),
  );
  try {
    const id = reached(options.file, () => db.pragma('application_id'));
    // A kill before the first commit leaves a file without id and without tables: that one is still ours to fill.
    if (id !== APPLICATION_IDS[options.role] && !(id === 0 && hasNoTables(db))) {
      throw new StoreError('not-a-database', `Not a Carrel ${options.role}: application_id is ${String(id)}`);
    }
    assertKnown(db, options.migrations);
  } finally {
    db.close();
  }
}

/**
 * SQLite says "cannot open" (SQLITE_CANTOPEN) both for a missing right and for a failing disk, and "read-only"
 * (SQLITE_READONLY) both for a missing right and for a header that went bad and now names a later file format. The rights are
 * asked for here to tell which, because the person who mends it differs.
 */
function reached<T>(file: string, call: () => T): T {
  try {
    return call();
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    if (error.kind === 'io' && !mayWrite(file)) {
      throw new StoreError('readonly', `No right to write ${file}`, { cause: error });
    }
    if (error.kind === 'readonly' && mayWrite(file) && !isKnownFormat(file)) {
      throw new StoreError('corrupted', `The header of ${file} names no file format of SQLite`, { cause: error });
    }
    throw error;
  }
}

/** Bytes 18 and 19 of the header: 1 for a rollback journal, 2 for a write-ahead log (https://sqlite.org/fileformat2.html). */
function isKnownFormat(file: string): boolean {
  const [write, read] = onFiles('The header cannot be read', () => readFileSync(file).subarray(18, 20));
  return write === read && (write === 1 || write === 2);
}

function mayWrite(file: string): boolean {
  try {
    accessSync(dirname(file), constants.W_OK);
    if (existsSync(file)) accessSync(file, constants.R_OK | constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function hasNoTables(db: ReadableDb): boolean {
  return db.read('SELECT 1 AS found FROM sqlite_schema LIMIT 1').get() === undefined;
}

/** A cache is thrown away and fetched again when it is not what it was, so its pages are enough. */
function assertSound(db: ReadableDb, role: Role): void {
  if (role === 'cache') {
    assertPages(db, 'quick');
    return;
  }
  assertPages(db, 'whole');
  assertSums(db);
}

/** SQLite opens a write-protected file without a word and fails at the first write; ask now instead. */
function assertWritable(db: WritableDb): void {
  db.transaction(() => undefined);
}
