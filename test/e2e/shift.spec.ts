import { join } from 'node:path';
import { mkdirSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { ROOT } from '../launch/environment.ts';
import { playShift } from '../launch/shift-script.ts';
import { launchCarrel, practice, snapshot, type Carrel } from './support.ts';

/** Pictures for the README come from here, when asked for (`CARREL_PICTURES=1`). */
const PICTURES = process.env['CARREL_PICTURES'] === undefined ? undefined : join(ROOT, 'docs', 'pictures');

let carrel: Carrel;
test.beforeAll(async () => {
  carrel = await launchCarrel();
});
test.afterAll(() => carrel.remove());

interface Effect {
  readonly seq: number;
  readonly kind?: string;
  readonly action?: string;
  readonly requestId?: string;
  readonly result?: string;
  readonly items?: readonly string[];
}

test('a morning at the desk: every prompt right, every effect once', async ({}, info) => {
  test.setTimeout(180_000);
  const { practiceUrl, pile } = await snapshot(carrel.page);
  if (practiceUrl === undefined) throw new Error('not in training');
  if (PICTURES !== undefined) mkdirSync(PICTURES, { recursive: true });

  const played = await playShift({ page: carrel.page, practiceUrl, pile }, async ({ scan }) => {
    if (scan.picture === undefined) return;
    const picture = await carrel.page.screenshot(
      PICTURES === undefined ? {} : { path: join(PICTURES, `${scan.picture}.png`) },
    );
    await info.attach(scan.picture, { body: picture, contentType: 'image/png' });
  });
  expect(played.flatMap(({ scan, wrong }) => wrong.map((text) => `${scan.story} ${text}`))).toEqual([]);

  // Every scan is in the journal, the two halves of the burst included.
  const { lines, journal } = await snapshot(carrel.page);
  expect(lines).toHaveLength(played.length + 2);
  expect(journal).toMatchObject({ writable: true, saved: played.length + 2 });

  // The servers’ own truth: no action took effect twice on any request.
  const effects = (await practice(practiceUrl, 'ledger')) as Effect[];
  const actions = effects.filter((effect) => effect.kind === 'action' && effect.requestId !== undefined);
  const times = new Map<string, number>();
  for (const { action, requestId } of actions) {
    const key = `${action} ${requestId}`;
    times.set(key, (times.get(key) ?? 0) + 1);
  }
  expect(actions.length).toBeGreaterThan(15);
  expect([...times].filter(([, count]) => count > 1)).toEqual([]);
  const checkedIn = effects
    .filter((effect) => effect.kind === 'wms' && effect.action === 'CheckInItem' && effect.result === 'done')
    .map((effect) => effect.items?.join());
  expect(checkedIn.length).toBeGreaterThanOrEqual(7);
  expect(new Set(checkedIn).size).toBe(checkedIn.length);
});
