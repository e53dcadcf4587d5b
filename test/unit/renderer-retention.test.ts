import { expect, test } from 'vitest';
import { DEFAULT_RETENTION } from '../../src-main/contract/keeping.ts';
import { readRetention, retentionDraft } from '../../src-renderer/state/retention-draft.ts';

test('the days come back from the fields as they went in, with spaces around them', () => {
  const draft = retentionDraft(DEFAULT_RETENTION);
  expect(draft).toEqual({ reduceAfterDays: '7', dropAfterDays: '90' });
  expect(readRetention(draft)).toEqual({ ok: true, value: DEFAULT_RETENTION });
  expect(readRetention({ reduceAfterDays: ' 365 ', dropAfterDays: '3650' })).toMatchObject({ ok: true });
});

test.each<[string, string, string[]]>([
  ['0', '90', ['reduceAfterDays']],
  ['366', '400', ['reduceAfterDays']],
  ['7', '3651', ['dropAfterDays']],
  ['8', '7', ['dropAfterDays']],
  ['', 'x', ['reduceAfterDays', 'dropAfterDays']],
  ['1.5', '90', ['reduceAfterDays']],
])('%s and %s: the fields that are wrong are named', (reduceAfterDays, dropAfterDays, mistakes) => {
  expect(readRetention({ reduceAfterDays, dropAfterDays })).toEqual({ ok: false, mistakes });
});
