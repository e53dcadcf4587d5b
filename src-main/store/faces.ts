import type { NewRecord, ScanLine, StoredRecord } from '../contract/journal.ts';
import type { RequestView } from '../contract/request.ts';
import { ok } from '../contract/result.ts';
import type { Result } from '../contract/result.ts';
import type { RemoteCache, RemoteJournal } from './calls.ts';
import { journalFailure } from './sentences.ts';

/** The journal as the desk's flow wants it: a refusal is a value with a sentence. */
export interface JournalFace {
  append(record: NewRecord): Promise<Result<StoredRecord>>;
  line(scanId: string): Promise<ScanLine | undefined>;
}

export function journalFace(journal: RemoteJournal): JournalFace {
  return {
    append: async (record) => {
      try {
        return ok((await journal.append(record)).record);
      } catch (error) {
        return journalFailure(error);
      }
    },
    line: (scanId) => journal.lineOf(scanId),
  };
}

/** The cache as the desk's flow wants it. */
export interface CacheFace {
  findByIdentifier(candidates: readonly string[]): Promise<readonly RequestView[]>;
  upsert(views: readonly RequestView[]): Promise<void>;
}

/**
 * The cache only helps: when it fails, the desk goes on as if it knew nothing.
 * @param onTrouble told of each failure
 */
export function cacheFace(cache: RemoteCache, onTrouble: (error: unknown) => void): CacheFace {
  return {
    findByIdentifier: async (candidates) => {
      try {
        return await cache.findByIdentifier(candidates);
      } catch (error) {
        onTrouble(error);
        return [];
      }
    },
    upsert: async (views) => {
      try {
        await cache.upsertMany(views);
      } catch (error) {
        onTrouble(error);
      }
    },
  };
}
