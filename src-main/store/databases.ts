import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Opening } from './calls.ts';
import { CacheStore } from './cache-store.ts';
import type { SlowStatementLog } from './db.ts';
import { StoreError } from './errors.ts';
import type { StoreErrorKind } from './errors.ts';
import { JournalStore } from './journal-store.ts';
import { CACHE_MIGRATIONS, JOURNAL_MIGRATIONS } from './migrations/index.ts';
import { onFiles } from './files.ts';
import { openDatabase, removeDatabase } from './open.ts';
import { rescueReport } from './rescue-report.ts';
import { assertNothingMissing, finishRescue, rescueJournal } from './rescue.ts';
import { Soundness } from './soundness.ts';

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

/** What is wrong with a journal that a backup and a patient reading can mend. Nothing else may replace the file. */
const DAMAGED: ReadonlySet<StoreErrorKind> = new Set(['corrupted', 'not-a-database']);

/**
 * Opens `journal.db`. One that is damaged, or gone while there are backups of it, is set aside whole and made anew from
 * its newest sound backup and what can be read of it (`opening.rescue`); one that cannot be opened for any other reason
 * stays as it is.
 */
export async function openJournal(
  options: DatabaseOptions,
): Promise<{ readonly journal: JournalStore; readonly opening: Opening }> {
  makeFolder(options.directory);
  const file = journalFile(options.directory);
  const open = async (soundness: Soundness) => {
    const isSound = soundness.isKnown(options.now);
    const opened = await openDatabase({ ...options, file, role: 'journal', migrations: JOURNAL_MIGRATIONS, isSound });
    // A new file has no page that could be damaged.
    soundness.opened(options.now, opened.report.checked === true || opened.report.foundVersion === 0);
    return { ...opened, soundness };
  };
  finishRescue(file);
  try {
    assertNothingMissing(file);
    const { db, report, soundness } = await open(new Soundness(file));
    // Version 1 did not overwrite what it replaced; this leaves nothing of it behind.
    if (report.foundVersion === 1) db.script('VACUUM');
    const rescue = rescueReport(file);
    return {
      journal: new JournalStore(db, soundness),
      opening: { ...report, ...(rescue === undefined ? {} : { rescue }) },
    };
  } catch (error) {
    if (!(error instanceof StoreError) || !DAMAGED.has(error.kind)) throw error;
    const rescue = await rescueJournal({ ...options, file });
    const { db, report, soundness } = await open(new Soundness(file));
    return { journal: new JournalStore(db, soundness), opening: { ...report, rescue, rescuedFrom: error.kind } };
  }
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
  onFiles(`The folder ${directory} cannot be made`, () => mkdirSync(directory, { recursive: true }));
}
