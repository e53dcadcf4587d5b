import { join } from 'node:path';
import { mkdirSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { ROOT } from '../launch/environment.ts';
import { DAY } from '../launch/shift-day.ts';
import { BranchDesks } from '../launch/shift-desks.ts';
import { WAYS } from '../launch/office-ends.ts';
import { officeStage, playOffice } from '../launch/shift-office.ts';
import { playShift } from '../launch/shift-script.ts';
import { launchCarrel, practice, snapshot, type Carrel } from './support.ts';

/** Pictures for the README come from here, when asked for (`CARREL_PICTURES=1`). */
const PICTURES = process.env['CARREL_PICTURES'] === undefined ? undefined : join(ROOT, 'docs', 'pictures');

let carrel: Carrel;
const branches = new BranchDesks();
test.beforeAll(async () => {
  carrel = await launchCarrel();
});
test.afterAll(async () => {
  await branches.close();
  await carrel.remove();
});

interface Effect {
  readonly seq: number;
  readonly kind?: string;
  readonly action?: string;
  readonly requestId?: string;
  readonly result?: string;
  readonly items?: readonly string[];
}

test('a whole day at the desk: every prompt right, every effect once', async ({}, info) => {
  test.setTimeout(180_000);
  const { practiceUrl, pile } = await snapshot(carrel.page);
  if (practiceUrl === undefined) throw new Error('not in training');
  if (PICTURES !== undefined) mkdirSync(PICTURES, { recursive: true });

  const deskAt = (branch: string): Promise<Page> => branches.page(practiceUrl, branch);
  const played = await playShift({ page: carrel.page, practiceUrl, pile, deskAt }, DAY, async ({ scan, page }) => {
    if (scan.picture === undefined) return;
    const picture = await page.screenshot(
      PICTURES === undefined ? {} : { path: join(PICTURES, `${scan.picture}.png`) },
    );
    await info.attach(scan.picture, { body: picture, contentType: 'image/png' });
  });
  expect(played.flatMap(({ scan, wrong }) => wrong.map((text) => `${scan.story} ${text}`))).toEqual([]);

  // Every scan is in the journal, the two halves of the burst included.
  const here = played.filter(({ scan }) => scan.at === undefined).length + 2;
  const { lines, journal } = await snapshot(carrel.page);
  expect(lines).toHaveLength(here);
  expect(journal).toMatchObject({ writable: true, saved: here });

  // The servers’ own truth: no action took effect twice on any request.
  const effects = (await practice(practiceUrl, 'ledger')) as Effect[];
  const actions = effects.filter((effect) => effect.kind === 'action' && effect.requestId !== undefined);
  const times = new Map<string, number>();
  for (const { action, requestId } of actions) {
    const key = `${action} ${requestId}`;
    times.set(key, (times.get(key) ?? 0) + 1);
  }
  expect(actions.length).toBeGreaterThan(25);
  expect([...times].filter(([, count]) => count > 1)).toEqual([]);

  // The library’s own items: WMS checked in what was to be checked in, once at each desk, whatever became of its answer.
  const checkIns = effects.filter(({ kind, action }) => kind === 'wms' && action === 'CheckInItem');
  const done = (barcode: string) =>
    checkIns.filter(({ result, items }) => result === 'done' && items?.includes(barcode)).length;
  const own = pile.filter(({ key, what }) => what === 'own item' && DAY.some(({ thing }) => thing === key));
  const wanted = (key: string) => DAY.filter(({ thing, checksIn }) => thing === key && checksIn === true).length;
  expect(own.length).toBeGreaterThan(20);
  expect(own.map(({ key, barcode }) => `${key}: ${done(barcode)}`)).toEqual(
    own.map(({ key }) => `${key}: ${wanted(key)}`),
  );
  const refused = checkIns.filter(({ result }) => result === 'refused').map(({ items }) => items?.join());
  expect(new Set(refused).size).toBe(refused.length);
});

test('the office upstairs: forty arrivals and returns as one pile, ten requests placed once each and followed to their ends', async ({}, info) => {
  test.setTimeout(300_000);
  const { practiceUrl = '' } = await snapshot(carrel.page);
  // Another window of the same library, after the desk's day.
  const office = await launchCarrel({ env: { CARREL_PRACTICE: JSON.stringify({ join: practiceUrl }) } });
  const { page } = office;
  const [{ seq: before } = { seq: 0 }] = ((await practice(practiceUrl, 'ledger')) as Effect[]).toReversed();
  const shoot = async (name: string): Promise<void> => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      const path = PICTURES === undefined ? {} : { path: join(PICTURES, `${name}-${colorScheme}.png`) };
      await info.attach(`${name}-${colorScheme}`, { body: await page.screenshot(path), contentType: 'image/png' });
    }
    await page.emulateMedia({ colorScheme: null });
  };
  const stage = await officeStage(page, shoot);
  const told = await playOffice(stage, async ({ picture }) => {
    if (picture !== undefined) await shoot(picture);
  });
  expect(told.flatMap(({ story, wrong }) => wrong.map((text) => `${story} ${text}`))).toEqual([]);

  // What the office did itself happened once; what came through the resolver was created once.
  const ledger = (await practice(stage.practiceUrl, 'ledger')) as (Effect & { readonly user?: string })[];
  const effects = ledger.filter(({ seq }) => seq > before);
  const placed = effects.filter(({ kind, user }) => kind === 'create' && user === 'openurl-resolver');
  expect(placed).toHaveLength(WAYS.length);
  expect(new Set(placed.map(({ requestId }) => requestId)).size).toBe(WAYS.length);
  const actions = effects.filter(({ kind, result }) => kind === 'action' && result === 'done');
  const keys = actions.filter(({ action }) => action !== 'message').map((one) => `${one.action} ${one.requestId}`);
  expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([]);
  await office.remove();
});

test('the office’s ten requests end in seven ways and more, with conditions, messages and cancels on the way', () => {
  expect(WAYS).toHaveLength(10);
  expect(new Set(WAYS.map(({ end }) => end)).size).toBeGreaterThanOrEqual(7);
});

test('the day has in it what a day has', () => {
  expect(DAY.length).toBeGreaterThanOrEqual(60);
  expect(new Set(DAY.map(({ at }) => at)).size).toBe(3);
  const expected = DAY.map(({ expect: words }) => words).join('\n');
  for (const place of ['Main Library Desk', 'Science Library', 'Music and Arts Library', 'Northfield', 'Eastport']) {
    expect(expected).toContain(place);
  }
  for (const verb of ['Hold shelf', 'Send to', 'Shelve', 'Staff', 'Withdrawn', 'Keep here', 'Ship back', 'Ship to']) {
    expect(expected).toContain(verb);
  }
});
