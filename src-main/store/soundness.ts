import { existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { uptime } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { onFiles, syncFolder, writeWhole } from './files.ts';

/** What is noted beside the journal of its last check and its last run. */
const Note = z.object({
  /** Which file it was: a copy that was put in its place is another one. */
  identity: z.string(),
  /** When every page was last read and found sound, ISO 8601 UTC. */
  checkedAt: z.string(),
  /** When Carrel last opened it, ISO 8601 UTC. */
  openedAt: z.string(),
  /** When the computer was started in which that happened, by its clock, milliseconds since 1970. */
  bootedAt: z.number(),
  /** Carrel closed it in order and left it like this; absent while it is open. */
  closed: z.object({ size: z.number(), mtimeMs: z.number() }).optional(),
});
type Note = z.infer<typeof Note>;

/** A journal is not opened on the strength of a check older than this, milliseconds. */
const CHECK_LASTS_MS = 7 * 24 * 3_600_000;

/** By so much may the start of the computer seem to move while its clock is set right, milliseconds. */
const CLOCK_SETTLES_MS = 60_000;

/** When this computer was started, milliseconds since 1970. */
function startOfComputer(): number {
  return Date.now() - uptime() * 1000;
}

/**
 * Whether every page of the journal must be read before it is used, which takes the longer the more is in it. Not after an
 * orderly close that nobody touched the file since, and not when only Carrel went down: what it had written is with the
 * operating system, and SQLite's log makes the rest good. After a power cut, a copy put in its place, damage that was met,
 * or a week without a check, every page is read. Each backup is such a check, so a journal in use has one every hour.
 */
export class Soundness {
  readonly #file: string;
  readonly #bootedAt: number;
  #note: Note | undefined;
  #damaged = false;

  /** @param bootedAt for tests: when the computer was started */
  constructor(file: string, bootedAt = startOfComputer()) {
    this.#file = file;
    this.#bootedAt = bootedAt;
    this.#note = readNote(noteFile(file));
  }

  /**
   * True when the file is known to be sound without reading it.
   * @param now ISO 8601 UTC
   */
  isKnown(now: string): boolean {
    const note = this.#note;
    if (note === undefined || !existsSync(this.#file)) return false;
    const { identity, size, mtimeMs } = statOf(this.#file);
    const age = Date.parse(now) - Date.parse(note.checkedAt);
    if (note.identity !== identity || !(age >= 0 && age < CHECK_LASTS_MS)) return false;
    if (note.closed !== undefined) {
      return note.closed.size === size && note.closed.mtimeMs === mtimeMs && !existsSync(`${this.#file}-wal`);
    }
    const openedAt = Date.parse(note.openedAt);
    return (
      Math.abs(note.bootedAt - this.#bootedAt) < CLOCK_SETTLES_MS &&
      this.#bootedAt <= openedAt &&
      openedAt <= Date.parse(now)
    );
  }

  /**
   * The journal is open, and nothing was appended yet. Durable on return.
   * @param checked every page was read just now
   */
  opened(now: string, checked: boolean): void {
    const checkedAt = checked ? now : (this.#note?.checkedAt ?? '');
    this.#write({ identity: statOf(this.#file).identity, checkedAt, openedAt: now, bootedAt: this.#bootedAt });
  }

  /** Every page was read and found sound. */
  checked(now: string): void {
    if (this.#note !== undefined && !this.#damaged) this.#write({ ...this.#note, checkedAt: now });
  }

  /** Damage was met while the journal was open: the next start reads every page, and mends what it finds. */
  damaged(): void {
    this.#damaged = true;
    onFiles('What is known of the journal cannot be withdrawn', () => {
      rmSync(noteFile(this.#file), { force: true });
      syncFolder(dirname(this.#file));
    });
  }

  /** The journal was closed in order, and the file is as it stays. */
  closed(): void {
    if (this.#note === undefined || this.#damaged) return;
    const { size, mtimeMs } = statOf(this.#file);
    this.#write({ ...this.#note, closed: { size, mtimeMs } });
  }

  #write(note: Note): void {
    this.#note = note;
    onFiles('What is known of the journal cannot be noted', () => {
      writeWhole(noteFile(this.#file), JSON.stringify(note));
    });
  }
}

function noteFile(file: string): string {
  return join(dirname(file), 'journal-sound.json');
}

/** A note that cannot be read says nothing. */
function readNote(file: string): Note | undefined {
  if (!existsSync(file)) return undefined;
  const text = onFiles('What is known of the journal cannot be read', () => readFileSync(file, 'utf8'));
  try {
    return Note.parse(JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return undefined;
    throw error;
  }
}

interface Stat {
  /** The file's number and birth, because a number is given out again. */
  readonly identity: string;
  readonly size: number;
  readonly mtimeMs: number;
}

function statOf(file: string): Stat {
  const { ino, birthtimeNs, size, mtimeNs } = onFiles('The journal cannot be looked at', () =>
    statSync(file, { bigint: true }),
  );
  return { identity: `${ino}-${birthtimeNs}`, size: Number(size), mtimeMs: Number(mtimeNs) / 1e6 };
}
