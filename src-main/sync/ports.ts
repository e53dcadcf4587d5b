import type { RequestView } from '../contract/request.ts';

/** A complete list of open requests, and when listing it began (ISO 8601 UTC). */
export interface OpenList {
  readonly openIds: readonly string[];
  readonly listedAt: string;
}

/** What syncing needs of the cache. Calls may reject; syncing then reports it and tries again later. */
export interface SyncCachePort {
  /** Keeps readings; older ones than those stored are passed over. Returns how many were new or changed. */
  upsertMany(views: readonly RequestView[]): Promise<number>;
  /** Takes out requests believed open that the list does not have. Returns their ids. */
  removeMissing(list: OpenList): Promise<readonly string[]>;
  fact(key: string): Promise<string | undefined>;
  setFact(key: string, value: string): Promise<void>;
}

/** Calls back once after some milliseconds. Returns what cancels it. */
export type Schedule = (ms: number, callback: () => void) => () => void;
