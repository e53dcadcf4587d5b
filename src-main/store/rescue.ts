import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { RescueReport } from '../contract/keeping.ts';
import { highestSeq, listBackups, passesCheck, reachOf } from './backup.ts';
import type { Backup } from './backup-rotation.ts';
import type { Db, ReadableDb } from './db.ts';
import { StoreError } from './errors.ts';
import { moveIfThere, onFiles, SUFFIXES, syncFile, syncFolder, timeInName } from './files.ts';
import { insertRow } from './journal-append.ts';
import { rebuildDerived } from './journal-derived.ts';
import type { RecordRow } from './journal-rows.ts';
import { JOURNAL_MIGRATIONS } from './migrations/index.ts';
import { hasContent, openDatabase, removeDatabase } from './open.ts';
import { rescueReport, writeRescueReport } from './rescue-report.ts';
import { salvage } from './salvage.ts';
import type { Salvage } from './salvage.ts';
import { isDamaged, readWal } from './wal.ts';

export interface RescueOptions {
  /** The damaged `journal.db`. */
  readonly file: string;
  readonly appVersion: string;
  /** ISO 8601 UTC. */
  readonly now: string;
}

/**
 * Looks for losses that SQLite does not tell of: a journal that is gone or empty while there are backups of it, and a
 * write-ahead log that went bad in the middle, after which SQLite would quietly begin with less.
 */
export function assertNothingMissing(file: string): void {
  if (!hasContent(file) && listBackups(file).length > 0) {
    throw new StoreError('corrupted', 'The journal is gone or empty, and there are backups of it');
  }
  const wal = onFiles('The write-ahead log cannot be read', () => readWal(`${file}-wal`));
  if (wal !== undefined && isDamaged(wal)) throw new StoreError('corrupted', 'The write-ahead log is damaged');
}

/**
 * Makes a damaged journal anew: the newest sound backup, and every record beyond it that can still be read. The damaged
 * files are moved aside whole and never deleted; a kill at any moment leaves either them in place, or a finished journal
 * that {@link finishRescue} puts there.
 */
export async function rescueJournal(options: RescueOptions): Promise<RescueReport> {
  const { file, now } = options;
  const work = `${file}.rescuing`;
  removeDatabase(work);
  const backup = newestSound(file);
  if (backup !== undefined) onFiles('No backup can be copied', () => copyFileSync(backup.path, work));
  const { db } = await openDatabase({
    ...options,
    file: work,
    role: 'journal',
    migrations: JOURNAL_MIGRATIONS,
    isCopy: true,
  });
  let report: RescueReport;
  try {
    const restored = countOf(db);
    const floor = highestSeq(db);
    const found = onFiles('The damaged journal cannot be read', () => salvage(file, (id) => has(db, id)));
    const salvaged = mergeInto(db, found);
    report = {
      at: now,
      aside: join('damaged', `journal-${timeInName(now)}.db`),
      ...(backup === undefined ? {} : { backupAt: backup.at }),
      restored,
      salvaged,
      unreadable: gaps(db, floor, found),
    };
  } finally {
    // The last connection to close takes the write-ahead log into the file.
    db.close();
  }
  onFiles('The journal made anew cannot be put in place', () => {
    syncFile(work);
    writeRescueReport(file, report);
    moveIfThere(work, readyFile(file));
    syncFolder(dirname(file));
    finishRescue(file);
  });
  return report;
}

/** Puts a journal that was made anew in place of the damaged one; does nothing when there is none. */
export function finishRescue(file: string): void {
  if (!existsSync(readyFile(file))) return;
  const report = rescueReport(file);
  if (report === undefined) throw new StoreError('io', 'A journal made anew lies there, and nothing tells of what');
  const aside = join(dirname(file), report.aside);
  onFiles('The damaged journal cannot be set aside', () => {
    mkdirSync(dirname(aside), { recursive: true });
    for (const suffix of SUFFIXES) moveIfThere(file + suffix, aside + suffix);
    syncFolder(dirname(aside));
    moveIfThere(readyFile(file), file);
    syncFolder(dirname(file));
  });
}

function readyFile(file: string): string {
  return `${file}.rescued`;
}

/** The sound backup that goes furthest: by its records, because a clock that jumped makes the names lie. */
function newestSound(file: string): Backup | undefined {
  const byReach = listBackups(file)
    .map((backup) => ({ backup, seq: reachOf(backup) ?? -1 }))
    .sort((a, b) => b.seq - a.seq);
  return byReach.find(({ backup, seq }) => seq >= 0 && passesCheck(backup, 'whole'))?.backup;
}

function countOf(db: ReadableDb): number {
  return db.read<{ n: number }>('SELECT count(*) AS n FROM record').get()?.n ?? 0;
}

function has(db: ReadableDb, id: string): boolean {
  return db.read('SELECT 1 AS found FROM record WHERE id = ?').get(id) !== undefined;
}

/**
 * Inserts records at the place they had, or at the end where another stands there; each says that it was rescued. No
 * number that was ever given out is given out again.
 */
function mergeInto(db: Db, { rows, highestSeq }: Salvage): number {
  db.transaction(() => {
    const taken = rows.filter((row) => !insertAt(db, row, row.seq));
    db.write('DELETE FROM sqlite_sequence WHERE name = ? AND seq < ?').run('record', highestSeq);
    db.write(
      'INSERT INTO sqlite_sequence (name, seq) SELECT ?, ? WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = ?)',
    ).run('record', highestSeq, 'record');
    for (const row of taken) insertAt(db, row, null);
  });
  if (rows.length > 0) rebuildDerived(db);
  return rows.length;
}

/** @returns false when another record has that number */
function insertAt(db: Db, row: RecordRow, seq: number | null): boolean {
  if (seq !== null && db.read('SELECT 1 AS found FROM record WHERE seq = ?').get(seq) !== undefined) return false;
  const context = { ...(JSON.parse(row.context) as object), origin: { how: 'rescued', seq: row.seq } };
  insertRow(db, { ...row, context: JSON.stringify(context) }, seq);
  return true;
}

/** Numbers given out after the backup under which there is no record now. */
function gaps(db: ReadableDb, floor: number, found: Salvage): number {
  const given = Math.max(found.highestSeq - floor, 0);
  const there = db
    .read<{ n: number }>('SELECT count(*) AS n FROM record WHERE seq > ? AND seq <= ?')
    .get(floor, found.highestSeq)?.n;
  return given - (there ?? 0);
}
