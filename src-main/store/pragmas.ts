import type { WritableDb } from './db.ts';
import { StoreError } from './errors.ts';

/** How long SQLite waits for a lock of another process (a backup tool, a second window) before it gives up. */
export const BUSY_TIMEOUT_MS = 5000;

export type Role = 'journal' | 'cache';

/** `reads` is what the PRAGMA answers once `set` has taken hold. */
interface Setting {
  readonly pragma: string;
  readonly set: string | number;
  readonly reads: string | number;
}

function settingsFor(role: Role, platform: NodeJS.Platform): readonly Setting[] {
  const settings: Setting[] = [
    // Readers never wait for the writer, and a commit is one append and one sync instead of two files and two syncs.
    { pragma: 'journal_mode', set: 'wal', reads: 'wal' },
    role === 'journal'
      ? // Every commit is synced before it is acknowledged: a scan that was beeped for survives a power cut.
        { pragma: 'synchronous', set: 'FULL', reads: 2 }
      : // The cache may lose its last commits to a power cut, never its consistency; it is fetched again anyway.
        { pragma: 'synchronous', set: 'NORMAL', reads: 1 },
    // A checkpoint inside a commit is the one slow thing an append can meet. It is done in pauses (see serve.ts); only a
    // WAL of 16 MB, four times the usual, makes a commit do it.
    { pragma: 'wal_autocheckpoint', set: 4000, reads: 4000 },
    // Off by default in SQLite for the sake of old files; ours are new, and references must hold.
    { pragma: 'foreign_keys', set: 'ON', reads: 1 },
    // The driver sets it too; read back because an unexpected 0 would turn every lock into an error at once.
    { pragma: 'busy_timeout', set: BUSY_TIMEOUT_MS, reads: BUSY_TIMEOUT_MS },
    // Sorting must not leave pieces of records in a temporary folder.
    { pragma: 'temp_store', set: 'MEMORY', reads: 2 },
    // A file someone prepared must not run functions through its views, triggers or generated columns.
    { pragma: 'trusted_schema', set: 'OFF', reads: 0 },
    // What is erased is overwritten, not only forgotten.
    { pragma: 'secure_delete', set: 'ON', reads: 1 },
    // Damage is noticed when a page is read, not when its garbage has been acted on.
    { pragma: 'cell_size_check', set: 'ON', reads: 1 },
  ];
  // On a Mac fsync() only hands the data to the drive; F_FULLFSYNC makes the drive write it. SQLite uses it when asked:
  // at checkpoints (so that the WAL is not reset before its content is safe) and, for the journal, at every commit.
  if (platform === 'darwin') {
    settings.push({ pragma: 'checkpoint_fullfsync', set: 'ON', reads: 1 });
    if (role === 'journal') settings.push({ pragma: 'fullfsync', set: 'ON', reads: 1 });
  }
  return settings;
}

/**
 * Sets every PRAGMA and reads it back. A setting that did not take hold (WAL on a network drive, for one) is an error:
 * the promise behind the "accepted" sound rests on it.
 */
export function applyPragmas(db: WritableDb, role: Role, platform: NodeJS.Platform = process.platform): void {
  for (const { pragma, set, reads } of settingsFor(role, platform)) {
    db.setPragma(pragma, set);
    const value = db.pragma(pragma);
    if (value !== reads) {
      throw new StoreError('io', `PRAGMA ${pragma} = ${set} did not take hold: it reads ${String(value)}`);
    }
  }
}
