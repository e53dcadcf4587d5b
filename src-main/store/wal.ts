import { readFileSync } from 'node:fs';

/**
 * The write-ahead log, read without SQLite (https://sqlite.org/fileformat2.html#walformat). SQLite silently ends its log
 * at the first frame whose checksum is wrong: right for a tail that a power cut tore, and a silent loss when a byte in the
 * middle went bad, because whatever was committed after it is forgotten. This tells one from the other.
 */
export interface WalFrame {
  readonly page: number;
  readonly content: Buffer;
  /** Ends a transaction. */
  readonly commit: boolean;
  /** Its checksum continues that of the frame before it. */
  readonly sound: boolean;
}

export interface Wal {
  readonly pageSize: number;
  readonly headerSound: boolean;
  /** Frames of the newest round only; older ones behind them have been in the database for long. */
  readonly frames: readonly WalFrame[];
}

const HEADER = 32;
const FRAME_HEADER = 24;
const MAGIC = 0x377f0682;
/** Stands for the page of a frame that carries the salts of another round. */
const NOT_OURS = 0;

type Sums = readonly [number, number];

/** @returns undefined when there is no log, or nothing in it */
export function readWal(file: string): Wal | undefined {
  const bytes = bytesOf(file);
  if (bytes === undefined || bytes.length < HEADER + FRAME_HEADER) return undefined;
  const magic = bytes.readUInt32BE(0);
  const bigEndian = (magic & 1) === 1;
  const told = bytes.readUInt32BE(8);
  const headerSound =
    (magic & ~1) === MAGIC && same(checksum(bytes.subarray(0, 24), [0, 0], bigEndian), sumsAt(bytes, 24));
  const pageSize = headerSound ? told : 4096;
  // A header that went bad does not tell the salts; its first frame does.
  const salts = bytes.subarray(headerSound ? 16 : HEADER + 8, headerSound ? 24 : HEADER + 16);
  const frames: WalFrame[] = [];
  let sums = sumsAt(bytes, 24);
  for (let at = HEADER; at + FRAME_HEADER + pageSize <= bytes.length; at += FRAME_HEADER + pageSize) {
    const content = bytes.subarray(at + FRAME_HEADER, at + FRAME_HEADER + pageSize);
    const known = bytes.subarray(at + 8, at + 16).equals(salts);
    const counted = checksum(content, checksum(bytes.subarray(at, at + 8), sums, bigEndian), bigEndian);
    // From what stands there, not from what was counted: so a frame after a bad one can be told to be good.
    sums = sumsAt(bytes, at + 16);
    const page = known ? bytes.readUInt32BE(at) : NOT_OURS;
    const commit = known && bytes.readUInt32BE(at + 4) !== 0;
    frames.push({ page, content, commit, sound: known && same(counted, sums) });
  }
  const last = frames.findLastIndex((frame) => frame.page !== NOT_OURS);
  return { pageSize, headerSound, frames: frames.slice(0, last + 1) };
}

/**
 * Whether committed transactions would be forgotten. A power cut can tear only the newest transaction, because each one
 * was synced before the next began; so two ends of transactions at or after the first bad frame mean damage.
 */
export function isDamaged(wal: Wal): boolean {
  const bad = wal.headerSound ? wal.frames.findIndex((frame) => !frame.sound) : 0;
  if (bad === -1) return false;
  return wal.frames.slice(bad).filter((frame) => frame.commit).length >= 2;
}

/** The frames of transactions that came to their end. */
export function committedFrames(wal: Wal): readonly WalFrame[] {
  const end = wal.frames.findLastIndex((frame) => frame.commit);
  return wal.frames.slice(0, end + 1).filter((frame) => frame.page !== NOT_OURS);
}

function bytesOf(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function sumsAt(bytes: Buffer, at: number): Sums {
  return [bytes.readUInt32BE(at), bytes.readUInt32BE(at + 4)];
}

function same(a: Sums, b: Sums): boolean {
  return a[0] === b[0] && a[1] === b[1];
}

function checksum(bytes: Buffer, start: Sums, bigEndian: boolean): Sums {
  let [first, second] = start;
  for (let at = 0; at < bytes.length; at += 8) {
    const [one, two] = bigEndian
      ? [bytes.readUInt32BE(at), bytes.readUInt32BE(at + 4)]
      : [bytes.readUInt32LE(at), bytes.readUInt32LE(at + 4)];
    first = (first + one + second) >>> 0;
    second = (second + two + first) >>> 0;
  }
  return [first, second];
}
