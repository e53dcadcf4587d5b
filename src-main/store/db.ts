/**
 * What the store asks of a SQLite driver, and no more, so that a change of driver touches `sqlite.ts` alone. Reading and
 * writing are different types: a function that takes a {@link ReadableDb} cannot write, and this is also checked when a
 * statement is prepared.
 */

/** What may be bound to a statement's parameters. */
export type Bindable = string | number | null;

/** A row as SQLite gives it; each query names its own columns. */
export type Row = Readonly<Record<string, string | number | null>>;

export interface ReadStatement<R extends Row> {
  get(...parameters: readonly Bindable[]): R | undefined;
  all(...parameters: readonly Bindable[]): readonly R[];
  iterate(...parameters: readonly Bindable[]): IterableIterator<R>;
}

export interface Changes {
  readonly changes: number;
  readonly lastRowid: number;
}

export interface WriteStatement {
  run(...parameters: readonly Bindable[]): Changes;
}

/** Marks of the two types; without them a structural type check could not tell a reader from a writer's subset. */
export const readable: unique symbol = Symbol('readable');
export const writable: unique symbol = Symbol('writable');

export interface ReadableDb {
  readonly [readable]: true;
  /** Prepares a statement that does not write; throws on any other. Prepared once per text. */
  read<R extends Row>(sql: string): ReadStatement<R>;
  /** The value of a PRAGMA, read only. */
  pragma(name: string): string | number | undefined;
}

export interface WritableDb extends ReadableDb {
  readonly [writable]: true;
  /** Prepares a statement that writes. Prepared once per text. */
  write(sql: string): WriteStatement;
  /** Runs a script of several statements; for schema changes. */
  script(sql: string): void;
  setPragma(name: string, value: string | number): void;
  /** Runs `work` in one BEGIN IMMEDIATE … COMMIT; anything thrown rolls all of it back. Not to be nested. */
  transaction<T>(work: () => T): T;
}

/** An open file. Whoever opened it closes it. */
export interface Db extends WritableDb {
  readonly file: string;
  /** Copies the whole database, as of one moment, into a new file, in small steps between other calls. */
  copyTo(file: string): Promise<void>;
  close(): void;
}

/** Told of a statement that took long, by its text: parameters stand as `?`, so no value is in it. */
export type SlowStatementLog = (statement: { readonly sql: string; readonly ms: number }) => void;
