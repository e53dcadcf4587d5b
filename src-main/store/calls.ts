import type { RescueReport } from '../contract/keeping.ts';
import type { CacheStore } from './cache-store.ts';
import type { JournalStore } from './journal-store.ts';
import type { OpenReport } from './open.ts';
import type { Role } from './pragmas.ts';
import type { StoreErrorKind } from './errors.ts';

/** What a worker is told when it is started. */
export interface WorkerSetup {
  readonly role: Role;
  readonly directory: string;
  readonly appVersion: string;
  /** How often the journal is backed up while it is open, milliseconds. */
  readonly backUpEveryMs: number;
}

/** Methods main may call, by the class that has them; `close` is a message of its own. */
export const METHODS = {
  journal: [
    'append',
    'appendMany',
    'lines',
    'lineOf',
    'searchLines',
    'recordsOf',
    'unsettledSteps',
    'steps',
    'held',
    'heldNumber',
    'tasks',
    'recover',
    'counts',
    'countSince',
    'repair',
    'dismissRescue',
    'erase',
    'copies',
    'eraseCopy',
    'scansOf',
    'recordsOfScans',
    'importRecords',
    'archiveScans',
    'deleteScans',
    'deleteInCopy',
  ],
  cache: [
    'upsertMany',
    'get',
    'findByIdentifier',
    'current',
    'search',
    'worklists',
    'countQueries',
    'choices',
    'rows',
    'counts',
    'removeMissing',
    'fact',
    'setFact',
  ],
} as const satisfies {
  readonly journal: readonly (keyof JournalStore)[];
  readonly cache: readonly (keyof CacheStore)[];
};

type Calls<Store, Names extends keyof Store> = {
  readonly [Name in Names]: Store[Name] extends (...input: infer Input) => infer Output
    ? (...input: Input) => Promise<Output>
    : never;
};

/** The journal as main has it: the same methods, answered by its worker. They reject with a `StoreError`. */
export type RemoteJournal = Calls<JournalStore, (typeof METHODS.journal)[number]>;

/** The cache as main has it. */
export type RemoteCache = Calls<CacheStore, (typeof METHODS.cache)[number]>;

/** Main to worker. `close` takes no more calls afterwards. */
export type Call = { readonly seq: number; readonly method: string; readonly input: readonly unknown[] };

/** An error on its way between threads. */
export interface CarriedError {
  readonly kind: StoreErrorKind | undefined;
  readonly message: string;
}

/** The cache tells when it had to be made anew, and why; the journal, what became of a damaged one. */
export type Opening = OpenReport & {
  readonly remade?: StoreErrorKind;
  /** Until it is dismissed; `rescuedFrom` only at the start at which it happened. */
  readonly rescue?: RescueReport;
  readonly rescuedFrom?: StoreErrorKind;
};

/** Worker to main. */
export type Reply =
  | { readonly type: 'opened'; readonly opening: Opening }
  | { readonly type: 'failed'; readonly error: CarriedError }
  | { readonly type: 'value'; readonly seq: number; readonly value: unknown }
  | { readonly type: 'error'; readonly seq: number; readonly error: CarriedError }
  | { readonly type: 'trouble'; readonly what: 'checkpoint-failed' | 'backup-failed'; readonly error: CarriedError }
  /** Damage was met in the open journal, for the first time. */
  | { readonly type: 'damaged'; readonly error: CarriedError }
  | { readonly type: 'backup'; readonly path: string }
  | { readonly type: 'slow'; readonly sql: string; readonly ms: number };
