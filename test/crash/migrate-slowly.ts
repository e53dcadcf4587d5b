import { openDatabase } from '../../src-main/store/open.ts';
import { journalFile } from '../../src-main/store/databases.ts';
import { JOURNAL_MIGRATIONS } from '../../src-main/store/migrations/index.ts';

/**
 * A program that is there to be killed: opens the journal in a folder with one more migration, which takes its time.
 *
 *     node migrate-slowly.ts <folder>
 */
const SLOW = {
  version: JOURNAL_MIGRATIONS.length + 1,
  name: 'slow',
  sql: `
    ALTER TABLE line ADD COLUMN note TEXT;
    CREATE TABLE half (n INTEGER PRIMARY KEY, filler TEXT NOT NULL) STRICT;
    INSERT INTO half (n, filler)
      WITH RECURSIVE counter(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counter WHERE n < 100000000)
      SELECT n, hex(randomblob(200)) FROM counter;
  `,
};

await openDatabase({
  file: journalFile(process.argv[2] ?? ''),
  role: 'journal',
  migrations: [...JOURNAL_MIGRATIONS, SLOW],
  appVersion: '0.2.0',
  now: new Date().toISOString(),
});
