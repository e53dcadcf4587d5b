import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Readiness } from '../../src-main/assembly/readiness.ts';

/** What people confirmed, as it is kept on disk. */

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'carrel-ready-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const path = () => join(folder, 'readiness.json');
const open = () =>
  Readiness.open({
    ports: {},
    scope: { wms: true },
    path: path(),
    identity: () => ({ account: 'desk', desk: 'Main desk' }),
    now: () => new Date('2026-11-23T09:00:00Z'),
  });

test('keeps name, account, desk and time over a restart; a withdrawal is added, and nothing is overwritten', async () => {
  const first = await open();
  // Two at once: the second is added to the first, not written over it.
  await Promise.all([
    first.confirm('authorization-form', 'R. Osei', 'sent'),
    first.confirm('temporary-locations', 'L. Brandt', undefined),
  ]);
  await first.withdraw('authorization-form', 'L. Brandt');
  const second = await open();
  const outcome = (id: string) => second.list.lines.find((line) => line.id === id)?.outcome;
  expect(outcome('authorization-form')).toBe('unconfirmed');
  expect(outcome('temporary-locations')).toBe('confirmed');
  const { words } = JSON.parse(readFileSync(path(), 'utf8')) as {
    words: { said: string; by: string; account: string }[];
  };
  expect(words.map(({ said, by, account }) => [said, by, account])).toEqual([
    ['confirmed', 'R. Osei', 'desk'],
    ['confirmed', 'L. Brandt', 'desk'],
    ['withdrawn', 'L. Brandt', 'desk'],
  ]);
});

test('a line that is looked up cannot be confirmed, nor one that is not on the list', async () => {
  const readiness = await open();
  expect(await readiness.confirm('log-in', 'R. Osei', undefined)).toMatchObject({
    ok: false,
    error: { code: 'refused' },
  });
  expect(await readiness.confirm('no-such-line', 'R. Osei', undefined)).toMatchObject({ error: { code: 'not-found' } });
  expect(await readiness.withdraw('authorization-form', 'R. Osei')).toMatchObject({ error: { code: 'not-found' } });
  expect(readdirSync(folder)).toEqual([]);
});

test.each(['{ not json', '{"version":1,"words":[{"line":"x"}]}'])(
  'a damaged file is set aside and said: %s',
  async (text) => {
    writeFileSync(path(), text);
    const readiness = await open();
    expect(readiness.list.notes[0]).toMatch(/set-aside.*confirmed again/);
    const [aside] = readdirSync(folder);
    expect(readFileSync(join(folder, aside!), 'utf8')).toBe(text);
  },
);
