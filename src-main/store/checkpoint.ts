import type { WritableDb } from './db.ts';

/** Passive: takes what it can without waiting for a reader, and never fails because somebody reads. */
export function checkpoint(db: WritableDb): void {
  db.setPragma('wal_checkpoint', 'PASSIVE');
}
