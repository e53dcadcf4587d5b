import { sql as cacheRequests } from './cache/0001-requests.ts';
import { sql as cacheWorklists } from './cache/0002-worklists.ts';
import { sql as journalRecords } from './journal/0001-records.ts';
import { sql as journalErasing } from './journal/0002-erasing.ts';
import { sql as journalKeeping } from './journal/0003-keeping.ts';
import { sql as journalSums } from './journal/0004-sums.ts';
import type { Migration } from '../migrate.ts';

/** In order, without gaps; the version is the place in the list. A released one is never edited: add the next. */
export const JOURNAL_MIGRATIONS: readonly Migration[] = [
  { version: 1, name: '0001-records', sql: journalRecords },
  { version: 2, name: '0002-erasing', sql: journalErasing },
  { version: 3, name: '0003-keeping', sql: journalKeeping },
  { version: 4, name: '0004-sums', sql: journalSums },
];

export const CACHE_MIGRATIONS: readonly Migration[] = [
  { version: 1, name: '0001-requests', sql: cacheRequests },
  { version: 2, name: '0002-worklists', sql: cacheWorklists },
];
