import { closeSync, existsSync, fsyncSync, openSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { StoreError } from './errors.ts';
import type { StoreErrorKind } from './errors.ts';

/** A database, its write-ahead log and its shared memory. */
export const SUFFIXES = ['', '-wal', '-shm'] as const;

export function syncFile(file: string): void {
  const descriptor = openSync(file, 'r+');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Makes a rename in the folder durable. Windows has no such call and does not need it. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Moves a file if it is there. */
export function moveIfThere(from: string, to: string): void {
  if (existsSync(from)) renameSync(from, to);
}

/** Writes a small file whole or not at all, durable on return. */
export function writeWhole(file: string, text: string): void {
  writeFileSync(`${file}.part`, text);
  syncFile(`${file}.part`);
  renameSync(`${file}.part`, file);
  syncFolder(dirname(file));
}

/** A time as part of a file's name; sorts as time does. */
export function timeInName(at: string): string {
  return at.replace(/[-:.]/g, '');
}

/** The kind of a file system's refusal, for what is done to files without SQLite. */
export function fileErrorKind(error: unknown): StoreErrorKind {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return 'readonly';
  return code === 'ENOSPC' || code === 'EDQUOT' ? 'full' : 'io';
}

/** Runs something that works on files; what the file system refuses leaves as a {@link StoreError}. */
export function onFiles<T>(what: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof StoreError || (error as NodeJS.ErrnoException).syscall === undefined) throw error;
    throw new StoreError(fileErrorKind(error), what, { cause: error });
  }
}
