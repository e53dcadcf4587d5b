import { createHash } from 'node:crypto';
import type { ReadableDb, WritableDb } from './db.ts';
import { StoreError } from './errors.ts';

/** One step of a schema's history: its SQL, the same for every user for ever. */
export interface Migration {
  readonly version: number;
  readonly name: string;
  readonly sql: string;
}

/** What is written beside the schema: whose file it is, and for `schema_log` who migrated and when. */
export interface MigrationContext {
  readonly applicationId: number;
  readonly appVersion: string;
  /** ISO 8601 UTC. */
  readonly at: string;
}

const SCHEMA_LOG = `
CREATE TABLE IF NOT EXISTS schema_log (
  version INTEGER PRIMARY KEY,
  app_version TEXT NOT NULL,
  at TEXT NOT NULL,
  sha256 TEXT NOT NULL
) STRICT;
`;

export function checksum(migration: Migration): string {
  return createHash('sha256').update(migration.sql).digest('hex');
}

export function schemaVersion(db: ReadableDb): number {
  return Number(db.pragma('user_version'));
}

/**
 * Refuses a file this version of Carrel did not make or cannot know: a higher version, or a history that is not a prefix
 * of the known one; and one whose version number and history disagree, which only damage does. Reads only.
 */
export function assertKnown(db: ReadableDb, known: readonly Migration[]): void {
  const version = schemaVersion(db);
  if (version === 0) return;
  const applied = history(db);
  if (applied.length !== version || applied.some((row, place) => row.version !== place + 1)) {
    throw new StoreError('corrupted', `The file says it has schema version ${version}; its history says otherwise`);
  }
  if (version > known.length) {
    throw new StoreError('newer-version', `The file has schema version ${version}; this program knows ${known.length}`);
  }
  for (const [place, row] of applied.entries()) {
    const migration = known[place];
    const differing = migration === undefined ? 0 : charactersApart(checksum(migration), row.sha256);
    if (differing > DAMAGE_AT_MOST) {
      throw new StoreError(
        'newer-version',
        `The history of schema version ${version} is not the one this program knows`,
      );
    }
    if (differing > 0) throw new StoreError('corrupted', `The history of schema version ${version} is damaged`);
  }
}

/** Two checksums of different texts differ nearly everywhere; one that differs in so few characters is the same, gone bad. */
const DAMAGE_AT_MOST = 8;

function charactersApart(ours: string, theirs: string): number {
  const found = Buffer.from(theirs);
  return Math.abs(ours.length - found.length) + Buffer.from(ours).filter((byte, place) => byte !== found[place]).length;
}

function history(db: ReadableDb): readonly { readonly version: number; readonly sha256: string }[] {
  if (db.read("SELECT 1 AS found FROM sqlite_schema WHERE name = 'schema_log'").get() === undefined) return [];
  return db.read<{ version: number; sha256: string }>('SELECT version, sha256 FROM schema_log ORDER BY version').all();
}

/**
 * Brings the schema up to date in one transaction, version number included: a kill at any moment leaves the file as it
 * was, or fully migrated.
 */
export function migrate(db: WritableDb, known: readonly Migration[], context: MigrationContext): void {
  const pending = known.slice(schemaVersion(db));
  if (pending.length === 0) return;
  db.transaction(() => {
    db.setPragma('application_id', context.applicationId);
    db.script(SCHEMA_LOG);
    const log = db.write('INSERT INTO schema_log (version, app_version, at, sha256) VALUES (?, ?, ?, ?)');
    for (const migration of pending) {
      db.script(migration.sql);
      log.run(migration.version, context.appVersion, context.at, checksum(migration));
      db.setPragma('user_version', migration.version);
    }
  });
}
