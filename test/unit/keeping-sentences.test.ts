import { expect, test } from 'vitest';
import type { Store } from '../../src-main/store/client.ts';
import { Keeping, rescueSentence } from '../../src-main/assembly/keeping.ts';

const AT = '2026-11-23T12:00:00.000Z';

test('a rescue is told with its counts, the place of the damaged file and whose job the rest is', () => {
  const sentence = rescueSentence(
    { at: AT, aside: 'damaged/journal-1.db', backupAt: AT, restored: 30, salvaged: 1, unreadable: 2 },
    'en-GB',
  );
  expect(sentence).toMatch(/was damaged on 23 Nov 2026/);
  expect(sentence).toMatch(/30 records came back from the backup of 23 Nov 2026/);
  expect(sentence).toMatch(/1 record more was read from the damaged file/);
  expect(sentence).toMatch(/2 records could not be read: look for things at this desk that have no line here/);
  expect(sentence).toMatch(/kept as damaged\/journal-1\.db\. Tell IT/);
});

test('a rescue without a sound backup says so, and one that lost nothing says that', () => {
  const sentence = rescueSentence({ at: AT, aside: 'a', restored: 0, salvaged: 5, unreadable: 0 }, 'en-GB');
  expect(sentence).toMatch(/No sound backup was found\. 5 records more were read/);
  expect(sentence).toMatch(/As far as can be told, nothing is missing/);
});

test('damage that is met while the journal is open is told at once, and stays until it is read', async () => {
  const damage = Promise.withResolvers<undefined>();
  const published: unknown[] = [];
  const keeping = new Keeping({
    store: {
      journal: {} as Store['journal'],
      journalOpening: { foundVersion: 1, version: 1 },
      damaged: damage.promise,
    },
    events: { publish: (event) => void published.push(event) },
  });
  expect(keeping.notices).toEqual([]);
  damage.resolve(undefined);
  await damage.promise;
  expect(keeping.notices[0]?.sentence).toMatch(/is damaged\. Close Carrel now and open it again/);
  expect(published).toEqual([{ type: 'keeping', notices: keeping.notices }]);
  expect(await keeping.handlers['keeping.dismiss']({ id: keeping.notices[0]!.id })).toEqual({ ok: true, value: [] });
});
