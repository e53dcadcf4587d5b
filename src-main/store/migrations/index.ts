import { sql as cacheRequests } from './cache/0001-requests.ts';
import { sql as journalRecords } from './journal/0001-records.ts';
import type { Migration } from '../migrate.ts';

/** In order, without gaps; the version is the place in the list. A released one is never edited: add the next. */
export const JOURNAL_MIGRATIONS: readonly Migration[] = [{ version: 1, name: '0001-records', sql: journalRecords }];

export const CACHE_MIGRATIONS: readonly Migration[] = [{ version: 1, name: '0001-requests', sql: cacheRequests }];
