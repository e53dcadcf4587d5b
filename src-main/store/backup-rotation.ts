/** A backup as its name tells of it. */
export interface Backup {
  readonly path: string;
  readonly label: string;
  /** When it was made, ISO 8601 UTC. */
  readonly at: string;
}

/** A backup with its size, bytes. */
export type SizedBackup = Backup & { readonly bytes: number };

/** Kept of those made while Carrel runs and when it closes, whatever their day. */
const NEWEST = 24;
/** Of so many more days the last backup stays. */
const DAYS = 7;
/** Kept of those made before a migration, for each version left. */
const OF_EACH_VERSION = 3;
/** What all backups together may take, bytes; beyond it the oldest go, but never the newest three. */
const MOST_BYTES = 1024 * 1024 * 1024;
const NEVER_FEWER = 3;

/** Which backups have served their time. @param backups newest first */
export function superseded(backups: readonly SizedBackup[], mostBytes = MOST_BYTES): readonly Backup[] {
  const kept = keptByAge(backups);
  let bytes = 0;
  const within = kept.filter((backup, place) => {
    bytes += backup.bytes;
    return place < NEVER_FEWER || bytes <= mostBytes;
  });
  return backups.filter((backup) => !within.includes(backup));
}

function keptByAge(backups: readonly SizedBackup[]): readonly SizedBackup[] {
  const counts = new Map<string, number>();
  const days = new Set<string>();
  return backups.filter((backup) => {
    const isRoutine = !/^v\d+$/.test(backup.label);
    const kind = isRoutine ? 'routine' : backup.label;
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    if (!isRoutine) return count <= OF_EACH_VERSION;
    const day = backup.at.slice(0, 10);
    const isLastOfDay = !days.has(day);
    days.add(day);
    return count <= NEWEST || (isLastOfDay && days.size <= DAYS);
  });
}
