import { copyFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { NewRecord } from '../../src-main/contract/journal.ts';
import { cacheFile, journalFile, openCache, openJournal } from '../../src-main/store/databases.ts';
import { newFolder } from '../fixtures/store-folder.ts';
import { CONTEXT } from '../fixtures/store-records.ts';

/** Files that earlier versions wrote, made by test/fixtures/store-make-released.ts at their time. */
const RELEASED = join(import.meta.dirname, '../fixtures/db');
const OPTIONS = { appVersion: '9.9.9', now: '2030-01-01T00:00:00.000Z' };

function versionsOf(name: string): readonly string[] {
  return readdirSync(RELEASED).filter((file) => file.startsWith(`${name}-v`));
}

test.each(versionsOf('journal'))('%s opens, with all that is in it', async (file) => {
  const directory = newFolder();
  copyFileSync(join(RELEASED, file), journalFile(directory));
  const { journal, opening } = await openJournal({ ...OPTIONS, directory });
  onTestFinished(() => journal.close(OPTIONS.now));
  expect(`journal-v${opening.foundVersion}.db`).toBe(file);
  expect(journal.counts()).toEqual({ records: 5, scans: 2 });
  const [newest, first] = journal.lines({ limit: 10 });
  expect(newest).toMatchObject({ raw: '\0\ud800', kind: 'unreadable' });
  expect(first).toMatchObject({ raw: '*39999000000017*\r', prompt: { rowId: 'RVR-3184' } });
  expect(journal.searchLines({ text: 'salt', limit: 5 })).toEqual([first]);
  // What was written before records carried more still is what the contract calls a record.
  for (const { scanId } of journal.lines({ limit: 10 })) {
    for (const { seq: _seq, ...written } of journal.recordsOf(scanId))
      expect(NewRecord.parse(written)).toEqual(written);
  }
  expect(journal.recover(CONTEXT).map(({ body }) => body.state)).toEqual(['unknown']);
});

test.each(versionsOf('cache'))('%s opens or is begun anew', async (file) => {
  const directory = newFolder();
  copyFileSync(join(RELEASED, file), cacheFile(directory));
  const { cache, opening } = await openCache({ ...OPTIONS, directory });
  onTestFinished(() => {
    cache.close();
  });
  expect(cache.counts().total).toBe(opening.remade === undefined ? 2 : 0);
  if (opening.remade === undefined) expect(cache.search('catch', 5).map(({ hrid }) => hrid)).toEqual(['OAK-77']);
});
