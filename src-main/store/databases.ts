import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Opening } from './calls.ts';
import { CacheStore } from './cache-store.ts';
import type { SlowStatementLog } from './db.ts';
import { StoreError } from './errors.ts';
import type { StoreErrorKind } from './errors.ts';
import { JournalStore } from './journal-store.ts';
import { CACHE_MIGRATIONS, JOURNAL_MIGRATIONS } from './migrations/index.ts';
import { openDatabase, removeDatabase } from './open.ts';

export interface DatabaseOptions {
  /** Folder of both files; made when missing. */
  readonly directory: string;
  readonly appVersion: string;
  /** ISO 8601 UTC. */
  readonly now: string;
  readonly onSlow?: SlowStatementLog | undefined;
}

export function journalFile(directory: string): string {
  return join(directory, 'journal.db');
}

export function cacheFile(directory: string): string {
  return join(directory, 'cache.db');
}

/** Opens `journal.db`. A file that cannot be opened stays as it is: it holds scans. */
export async function openJournal(
  options: DatabaseOptions,
): Promise<{ readonly journal: JournalStore; readonly opening: Opening }> {
  makeFolder(options.directory);
  const file = journalFile(options.directory);
  const { db, report } = await openDatabase({ ...options, file, role: 'journal', migrations: JOURNAL_MIGRATIONS });
  return { journal: new JournalStore(db), opening: report };
}

/** What is wrong with a cache file that throwing it away mends. */
const WORTHLESS: ReadonlySet<StoreErrorKind> = new Set(['corrupted', 'not-a-database', 'newer-version']);

/** Opens `cache.db`; one that is damaged or of another version is deleted and begun anew. */
export async function openCache(
  options: DatabaseOptions,
): Promise<{ readonly cache: CacheStore; readonly opening: Opening }> {
  makeFolder(options.directory);
  const file = cacheFile(options.directory);
  const open = () => openDatabase({ ...options, file, role: 'cache', migrations: CACHE_MIGRATIONS });
  try {
    const { db, report } = await open();
    return { cache: new CacheStore(db), opening: report };
  } catch (error) {
    if (!(error instanceof StoreError) || !WORTHLESS.has(error.kind)) throw error;
    removeDatabase(file);
    const { db, report } = await open();
    return { cache: new CacheStore(db), opening: { ...report, remade: error.kind } };
  }
}

function makeFolder(directory: string): void {
  try {
    mkdirSync(directory, { recursive: true });
  } catch (error) {
    throw new StoreError(folderErrorKind(error), `The folder ${directory} cannot be made`, { cause: error });
  }
}

function folderErrorKind(error: unknown): StoreErrorKind {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return 'readonly';
  return code === 'ENOSPC' ? 'full' : 'io';
}
