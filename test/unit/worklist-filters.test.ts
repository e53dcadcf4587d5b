import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { SavedFilterFile } from '../../src-main/assembly/saved-filters.ts';
import { queryOf } from '../../src-main/assembly/worklists.ts';
import type { SavedFilter } from '../../src-main/contract/worklists.ts';

const NOW = new Date('2026-11-23T09:30:45Z');
const SAVED: SavedFilter = { id: '1', name: 'Annex', filter: { location: 'Annex' }, text: '', onTiles: true };

function newFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'carrel-saved-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  return join(folder, 'saved-filters.json');
}

test('days of a filter become times, and what is not given stays out', () => {
  const filter = { worklist: 'arriving', olderThanDays: 5, dueBefore: '2026-12-01', side: undefined } as const;
  expect(queryOf({ filter, text: 'x', sort: 'due' }, NOW)).toEqual({
    parts: [{ states: ['REQ_SHIPPED', 'SLNP_REQ_SHIPPED'] }],
    sinceBefore: '2026-11-18T09:30:00.000Z',
    dueBefore: '2026-12-01T00:00:00.000Z',
    text: 'x',
    sort: 'due',
  });
});

test('saved filters are there after a restart', async () => {
  const path = newFile();
  await (await SavedFilterFile.open(path)).save([SAVED]);
  expect((await SavedFilterFile.open(path)).saved).toEqual([SAVED]);
});

test.each(['not JSON', '{"version":7}', '[{"id":"1"}]'])(
  'a file that is no list of filters is begun anew: %s',
  async (text) => {
    const path = newFile();
    writeFileSync(path, text);
    const file = await SavedFilterFile.open(path);
    expect(file.saved).toEqual([]);
    await file.save([SAVED]);
    expect((await SavedFilterFile.open(path)).saved).toEqual([SAVED]);
  },
);
