/**
 * Why a database could not be opened, read or written, as far as a person can do something about it. Anything else (a
 * broken rule of the schema, a slip in a statement) is a fault in Carrel and stays an ordinary error.
 */
export type StoreErrorKind =
  /** The file is damaged (SQLITE_CORRUPT, or a check found something). */
  | 'corrupted'
  /** The file or its folder cannot be written. */
  | 'readonly'
  /** No room on the disk. */
  | 'full'
  /** The disk or the file system failed, or the file cannot be opened. */
  | 'io'
  /** Written by a later or another version of Carrel; this one must not touch it. */
  | 'newer-version'
  /** Not a SQLite file, or one that is not Carrel's. */
  | 'not-a-database'
  /** Another process holds it. */
  | 'locked'
  /** The store was closed, or its worker has ended. */
  | 'closed';

export class StoreError extends Error {
  readonly kind: StoreErrorKind;

  constructor(kind: StoreErrorKind, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StoreError';
    this.kind = kind;
  }
}

/** SQLite's primary result codes that are a matter of the file or the disk (https://sqlite.org/rescode.html). */
const KINDS: Readonly<Record<string, StoreErrorKind>> = {
  SQLITE_CORRUPT: 'corrupted',
  SQLITE_READONLY: 'readonly',
  SQLITE_PERM: 'readonly',
  SQLITE_FULL: 'full',
  SQLITE_IOERR: 'io',
  SQLITE_CANTOPEN: 'io',
  SQLITE_NOTADB: 'not-a-database',
  SQLITE_BUSY: 'locked',
  SQLITE_LOCKED: 'locked',
};

/**
 * Gives a driver's error its kind; an error of any other sort comes back as it is. Extended codes
 * (`SQLITE_IOERR_FSYNC`, `SQLITE_READONLY_DBMOVED`) count as their primary code.
 */
export function toStoreError(error: unknown): unknown {
  if (error instanceof StoreError || !(error instanceof Error)) return error;
  const code = (error as { readonly code?: unknown }).code;
  if (typeof code !== 'string') return error;
  const primary = code.split('_').slice(0, 2).join('_');
  const kind = KINDS[primary];
  return kind === undefined ? error : new StoreError(kind, `${code}: ${error.message}`, { cause: error });
}
