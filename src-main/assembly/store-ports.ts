import { fail, ok, type Failure } from '../contract/result.ts';
import type { RequestView } from '../contract/request.ts';
import type { CachePort, JournalPort } from '../journal/ports.ts';
import { CannotStart } from '../shell/cannot-start.ts';
import type { Store } from '../store/client.ts';
import { groupedAppends } from '../store/grouped.ts';
import { StoreError, type StoreErrorKind } from '../store/errors.ts';

const SENTENCES: Readonly<Record<StoreErrorKind, string>> = {
  full: 'The disk is full, so scans cannot be saved. Stop scanning, put the things aside and tell IT.',
  readonly: 'Carrel may not write its journal on this computer, so scans cannot be saved. Stop scanning and tell IT.',
  io: 'The disk does not take what Carrel writes, so scans cannot be saved. Stop scanning and tell IT at once.',
  corrupted:
    'The journal is damaged, so scans cannot be saved. Nothing was deleted. Put the thing aside, close Carrel and open it again: it then restores what can be read. Tell IT.',
  'newer-version': 'The journal was written by a newer Carrel. Use that version, or ask IT to update this computer.',
  'not-a-database': 'The journal file is not Carrel’s, so scans cannot be saved. Stop scanning and tell IT.',
  locked: 'Another program holds Carrel’s journal, so scans cannot be saved. Close the other Carrel, then try again.',
  closed: 'Carrel is closing, so this scan was not saved. Scan it again when Carrel is open.',
};

/** Opening the journal failed: told in words where a person can do something about it. */
export function refusalToStart(error: unknown): unknown {
  return error instanceof StoreError ? new CannotStart(SENTENCES[error.kind], { cause: error }) : error;
}

/** A failure of the journal in words; only for what a person can do something about. */
export function journalFailure(error: unknown): Failure {
  if (!(error instanceof StoreError)) throw error;
  return fail('journal-closed', SENTENCES[error.kind], {
    mender: 'it',
    retry: error.kind === 'locked' ? 'now' : 'later',
  });
}

export interface PortWatch {
  /** Told after every append whether the journal took it. */
  journal(failure: Failure | undefined): void;
  cacheFault(error: unknown): void;
  /** Somebody at this computer has just read these requests: by a scan, on their screen, or after an action. */
  read(views: readonly RequestView[]): void;
}

/** The store as the journal's ports: a journal that cannot write answers so; a cache that fails merely knows nothing. */
export function storePorts(store: Store, watch: PortWatch): { journal: JournalPort; cache: CachePort } {
  const append = groupedAppends(store.journal);
  return {
    journal: {
      append: async (record) => {
        try {
          const { record: stored } = await append(record);
          watch.journal(undefined);
          return ok(stored);
        } catch (error) {
          const failure = journalFailure(error);
          watch.journal(failure);
          return failure;
        }
      },
      line: (scanId) => store.journal.lineOf(scanId),
    },
    cache: {
      findByIdentifier: async (candidates) => {
        try {
          return await store.cache.findByIdentifier(candidates);
        } catch (error) {
          watch.cacheFault(error);
          return [];
        }
      },
      upsert: async (views) => {
        if (views.length === 0) return;
        try {
          await store.cache.upsertMany(views);
        } catch (error) {
          watch.cacheFault(error);
        }
        watch.read(views);
      },
    },
  };
}
