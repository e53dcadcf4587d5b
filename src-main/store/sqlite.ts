import Database from 'better-sqlite3';
import { readable, writable } from './db.ts';
import type { Bindable, Changes, Db, ReadStatement, Row, SlowStatementLog, WriteStatement } from './db.ts';
import { toStoreError } from './errors.ts';

/** Statements slower than this are reported, milliseconds. */
export const SLOW_MS = 40;

/** Pages copied per step of a backup; between steps other calls have their turn. 256 pages are 1 MB. */
const PAGES_PER_STEP = 256;

export interface SqliteOptions {
  /** Open an existing file without any right to change it. */
  readonly readOnly?: boolean;
  /** How long to wait for another process's lock, milliseconds. */
  readonly busyTimeoutMs: number;
  readonly onSlow?: SlowStatementLog | undefined;
}

/**
 * Opens a file with better-sqlite3; no other file knows the driver. Sets nothing: see `pragmas.ts`.
 * Errors leave as `StoreError` where they have a kind.
 */
export function openSqlite(file: string, options: SqliteOptions): Db {
  const open = () =>
    new Database(file, {
      readonly: options.readOnly ?? false,
      fileMustExist: options.readOnly ?? false,
      timeout: options.busyTimeoutMs,
    });
  return new SqliteDb(file, translated(open), options.onSlow);
}

function translated<T>(call: () => T): T {
  try {
    return call();
  } catch (error) {
    throw toStoreError(error);
  }
}

class SqliteDb implements Db {
  readonly [readable] = true;
  readonly [writable] = true;
  readonly file: string;
  readonly #native: Database.Database;
  readonly #onSlow: SlowStatementLog | undefined;
  readonly #reads = new Map<string, ReadStatement<Row>>();
  readonly #writes = new Map<string, WriteStatement>();

  constructor(file: string, native: Database.Database, onSlow: SlowStatementLog | undefined) {
    this.file = file;
    this.#native = native;
    this.#onSlow = onSlow;
  }

  read<R extends Row>(sql: string): ReadStatement<R> {
    let statement = this.#reads.get(sql);
    if (statement === undefined) {
      statement = this.#prepareRead(sql);
      this.#reads.set(sql, statement);
    }
    // The columns are named in the statement's text; the row type is its author's word for them.
    return statement as ReadStatement<R>;
  }

  write(sql: string): WriteStatement {
    let statement = this.#writes.get(sql);
    if (statement === undefined) {
      statement = this.#prepareWrite(sql);
      this.#writes.set(sql, statement);
    }
    return statement;
  }

  pragma(name: string): string | number | undefined {
    const value = translated(() => this.#native.pragma(name, { simple: true }));
    return typeof value === 'string' || typeof value === 'number' ? value : undefined;
  }

  setPragma(name: string, value: string | number): void {
    translated(() => this.#native.pragma(`${name} = ${value}`));
  }

  script(sql: string): void {
    translated(() => this.#native.exec(sql));
  }

  transaction<T>(work: () => T): T {
    this.script('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.script('COMMIT');
      return result;
    } catch (error) {
      // SQLite itself rolls back on some errors (full disk, I/O); a second ROLLBACK would hide the first error.
      if (this.#native.inTransaction) this.script('ROLLBACK');
      throw error;
    }
  }

  async copyTo(file: string): Promise<void> {
    try {
      await this.#native.backup(file, { progress: () => PAGES_PER_STEP });
    } catch (error) {
      throw toStoreError(error);
    }
  }

  close(): void {
    translated(() => this.#native.close());
  }

  #prepareRead(sql: string): ReadStatement<Row> {
    const native = translated(() => this.#native.prepare<Bindable[], Row>(sql));
    if (!native.readonly) throw new Error(`Not a reading statement: ${sql}`);
    return {
      get: (...parameters) => this.#timed(sql, () => native.get(...parameters)),
      all: (...parameters) => this.#timed(sql, () => native.all(...parameters)),
      iterate: (...parameters) => translatedRows(native.iterate(...parameters)),
    };
  }

  #prepareWrite(sql: string): WriteStatement {
    const native = translated(() => this.#native.prepare<Bindable[], Row>(sql));
    if (native.readonly) throw new Error(`Not a writing statement: ${sql}`);
    return {
      run: (...parameters): Changes => {
        const result = this.#timed(sql, () => native.run(...parameters));
        return { changes: result.changes, lastRowid: Number(result.lastInsertRowid) };
      },
    };
  }

  #timed<T>(sql: string, call: () => T): T {
    if (this.#onSlow === undefined) return translated(call);
    const start = performance.now();
    const result = translated(call);
    const ms = performance.now() - start;
    if (ms > SLOW_MS) this.#onSlow({ sql, ms: Math.round(ms) });
    return result;
  }
}

/** Rows one by one; an error in the middle is translated as well. */
function* translatedRows(rows: IterableIterator<Row>): IterableIterator<Row> {
  for (;;) {
    const next = translated(() => rows.next());
    if (next.done === true) return;
    yield next.value;
  }
}
