import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LightKeeper } from '../../src-main/assembly/lights.ts';
import { openAlma, type AlmaOptions } from '../../src-main/assembly/alma.ts';
import type { LogFile } from '../../src-main/shell/log-file.ts';
import { startPracticeAlma, type PracticeAlma } from '../../src-main/training/alma/practice-alma.ts';

/** Alma as the app holds it: the day's calls are written down and go on after a restart. */

let folder: string;
let practice: PracticeAlma;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'carrel-alma-'));
  practice = await startPracticeAlma();
});
afterEach(async () => {
  await practice.stop();
  rmSync(folder, { recursive: true, force: true });
});

const logged: unknown[] = [];
const log = {
  write: (...line: unknown[]) => void logged.push(line),
  fault: (...line: unknown[]) => void logged.push(line),
} as unknown as LogFile;

const light = new LightKeeper(
  'alma',
  'Alma',
  () => undefined,
  () => 0,
);

function options(): AlmaOptions {
  return {
    light,
    settings: { region: 'na', address: practice.access.address, library: 'RSLIB' },
    key: () => Promise.resolve(practice.access.keys.full),
    path: join(folder, 'alma-calls.json'),
    log,
    now: () => new Date('2026-11-23T12:00:00Z'),
    mono: () => 0,
  };
}

test('the count goes on after a restart, and its file names nobody', async () => {
  const first = await openAlma(options());
  await first.system!.requester('D0001234');
  await first.close();
  const kept = readFileSync(join(folder, 'alma-calls.json'), 'utf8');
  expect(JSON.parse(kept)).toMatchObject({ day: '2026-11-23', made: 1, remaining: { count: 19_999 } });
  expect(kept).not.toContain('D0001234');
  const second = await openAlma(options());
  expect(second.system!.calls()).toMatchObject({ made: 1, remaining: { count: 19_999 } });
  await second.close();
  expect(JSON.stringify(logged)).not.toContain('D0001234');
});

test('a damaged count begins anew', async () => {
  writeFileSync(join(folder, 'alma-calls.json'), '{"day":"yesterday"}');
  const alma = await openAlma(options());
  expect(alma.system!.calls()).toEqual({ made: 0, state: 'fine' });
  await alma.close();
});

test('without settings there is no Alma, and no file', async () => {
  const alma = await openAlma({ ...options(), settings: undefined });
  expect(alma.system).toBeUndefined();
  await alma.close();
});

test('its light goes by what became of its calls, with the time of the last good answer', async () => {
  const alma = await openAlma(options());
  await alma.system!.requester('D0001234');
  expect(light.light).toMatchObject({ state: 'good', lastGoodAt: '2026-11-23T12:00:00.000Z' });
  await practice.reach(false);
  await alma.system!.requester('D0001234');
  expect(light.light).toMatchObject({
    state: 'down',
    lastGoodAt: '2026-11-23T12:00:00.000Z',
    sentence: expect.stringContaining('Alma') as string,
  });
  await practice.reach(true);
  await alma.system!.requester('X');
  expect(light.light).toMatchObject({ state: 'good' });
  await alma.close();
});
