import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What a program asked of its disk, in order. Files by their name. */
export type DiskEvent =
  | { readonly type: 'write'; readonly file: string; readonly at: number; readonly bytes: Buffer }
  | { readonly type: 'truncate'; readonly file: string; readonly length: number }
  | { readonly type: 'sync'; readonly file: string }
  | { readonly type: 'removed'; readonly file: string }
  /** The program said that this is safe. */
  | { readonly type: 'acknowledged'; readonly id: string };

/** What a drive writes whole or not at all, bytes. */
const SECTOR = 512;

/** Chooses among what was not synced: whether a sector written got to the disk before the power went. */
export type Survives = () => boolean;

interface Pending {
  readonly at: number;
  readonly bytes: Buffer;
}

/**
 * A disk with a cache that is lost with the power: what was synced is there, of what was not each sector may be or not,
 * in any order, as POSIX allows. Names of files count as written at once.
 */
export class Disk {
  readonly #synced = new Map<string, Buffer>();
  readonly #pending = new Map<string, Pending[]>();

  apply(event: DiskEvent): void {
    switch (event.type) {
      case 'write':
        this.#queue(event.file).push(event);
        return;
      case 'sync':
        this.#synced.set(event.file, written(this.#of(event.file), this.#queue(event.file)));
        this.#pending.set(event.file, []);
        return;
      case 'truncate':
        this.#synced.set(event.file, this.#of(event.file).subarray(0, event.length));
        return;
      case 'removed':
        this.#synced.delete(event.file);
        this.#pending.delete(event.file);
        return;
      case 'acknowledged':
        return;
    }
  }

  /** The files as they are found when the power comes back. */
  cutPower(folder: string, survives: Survives): void {
    for (const file of new Set([...this.#synced.keys(), ...this.#pending.keys()])) {
      const sectors = this.#queue(file).flatMap(sectorsOf).filter(survives);
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), written(this.#of(file), sectors));
    }
  }

  #of(file: string): Buffer {
    return this.#synced.get(file) ?? Buffer.alloc(0);
  }

  #queue(file: string): Pending[] {
    const queue = this.#pending.get(file) ?? [];
    this.#pending.set(file, queue);
    return queue;
  }
}

function written(content: Buffer, writes: readonly Pending[]): Buffer {
  const length = Math.max(content.length, ...writes.map(({ at, bytes }) => at + bytes.length));
  const result = Buffer.alloc(length);
  content.copy(result);
  for (const { at, bytes } of writes) bytes.copy(result, at);
  return result;
}

/** A write, cut where the drive's sectors end. */
function sectorsOf({ at, bytes }: Pending): readonly Pending[] {
  const parts: Pending[] = [];
  for (let from = 0; from < bytes.length;) {
    const end = Math.min(bytes.length, (Math.floor((at + from) / SECTOR) + 1) * SECTOR - at);
    parts.push({ at: at + from, bytes: bytes.subarray(from, end) });
    from = end;
  }
  return parts;
}

/** The sectors in which a file changed between two moments, as writes. */
export function changes(file: string, before: Buffer, after: Buffer): readonly DiskEvent[] {
  const events: DiskEvent[] = after.length < before.length ? [{ type: 'truncate', file, length: after.length }] : [];
  for (let at = 0; at < after.length; at += SECTOR) {
    const bytes = after.subarray(at, at + SECTOR);
    if (!bytes.equals(before.subarray(at, at + SECTOR))) events.push({ type: 'write', file, at, bytes });
  }
  return events;
}
