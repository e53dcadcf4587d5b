import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import type { LedgerEntry } from '../../src-main/training/consortium.ts';
import { launchCarrel, practice, scan, settledLine, snapshot, value, type Carrel } from './support.ts';

/** The desk on the practice library whose ReShare is CrossLink: the same story, the same prompts. */
let carrel: Carrel;
let url: string;
let label: (key: string) => string;
let requestOf: (key: string) => string;

test.beforeAll(async () => {
  carrel = await launchCarrel({
    env: { CARREL_PRACTICE: JSON.stringify({ story: 'still', requests: 'crosslink' }) },
  });
  const { pile, practiceUrl } = await snapshot(carrel.page);
  url = practiceUrl ?? '';
  const cast = (await practice(url, 'cast')) as { key: string; barcode: string; requestId?: string }[];
  label = (key) => pile.find((entry) => entry.key === key)?.barcode ?? key;
  requestOf = (key) => cast.find((entry) => entry.key === key)?.requestId ?? key;
  await expect.poll(async () => (await snapshot(carrel.page)).cachedRequests, { timeout: 30_000 }).toBeGreaterThan(20);
});
test.afterAll(() => carrel.remove());

async function scanned(key: string): Promise<Awaited<ReturnType<typeof settledLine>>> {
  await scan(carrel.page, label(key));
  return settledLine(carrel.page, label(key), 30_000);
}

/** What was really done to a request, in CrossLink's own words for it. */
async function done(key: string): Promise<readonly string[]> {
  const ledger = (await practice(url, 'ledger')) as LedgerEntry[];
  return ledger
    .filter(({ kind, requestId }) => kind === 'action' && requestId === requestOf(key))
    .map(({ action, result }) => `${action} ${result}`);
}

/** The state Carrel keeps, in CrossLink’s own words for it. */
async function keptState(id: string): Promise<string | undefined> {
  return (await value(carrel.page, 'request.kept', { id })).view?.state.own;
}

test('what arrives is received and goes to the hold shelf, by the item’s barcode and by the number', async () => {
  const { prompt } = await scanned('arrival-1');
  expect(prompt).toMatchObject({ kind: 'ill', destination: { verb: 'Hold shelf' }, sound: 'accepted' });
  expect(prompt?.legs.map(({ system, state }) => `${system} ${state}`).slice(0, 2)).toEqual([
    'ReShare done',
    'Circulation done',
  ]);
  expect(prompt?.rule).toContain('CrossLink state model SHIPPED');
  await scanned('arrival-2');
  expect(await done('arrival-1')).toEqual(['receive done']);
  expect(await done('arrival-2')).toEqual(['receive done']);
});

test('the prompt stands on the screen as for mod-rs, and anybody can read it', async () => {
  const { page } = carrel;
  await scanned('arrival-3');
  await expect(page.getByText('Hold shelf').first()).toBeVisible();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page })
      .setLegacyMode(true)
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
      .analyze();
    expect(violations.map(({ id }) => id)).toEqual([]);
    await page.screenshot({ path: test.info().outputPath(`crosslink-arrival-${colorScheme}.png`) });
  }
  await page.emulateMedia({ colorScheme: null });
});

test('CrossLink’s own check-out is a key, and the return follows it', async () => {
  const { page } = carrel;
  expect((await scanned('arrival-code39')).prompt?.destination.verb).toBe('Hold shelf');
  const { volumes } = (await value(page, 'request.kept', { id: 'RVR-1204' })).view ?? { volumes: [] };
  const barcode = volumes[0]?.itemId ?? '';
  await scan(page, barcode);
  const again = await settledLine(page, barcode);
  expect(again.prompt?.why.join(' ')).toContain('has brought it back already, press F10');
  expect(again.prompt?.offers.map(({ key, label: words }) => `${key} ${words}`)).toContain(
    'F10 Mark checked out to the patron',
  );
  await page.keyboard.press('F10');
  await expect.poll(() => done('arrival-code39')).toEqual(['receive done', 'check-out done']);
});

test('HTTP 200 with a failure inside is a failure, in the words the history has, and nothing is done twice', async () => {
  const { prompt } = await scanned('arrival-accept-fails');
  expect(prompt).toMatchObject({ kind: 'stop', destination: { verb: 'ILL office' }, tag: 'Refused', sound: 'refused' });
  expect(prompt?.why.join(' ')).toMatch(/refused the temporary item \d+, saying “Item already exists”/);
  expect(await done('arrival-accept-fails')).toEqual(['receive failed']);
});

test('a number and then its item: shipped in one step; a copy CrossLink did not choose is asked about', async () => {
  expect((await scanned('fill-request-1')).prompt?.destination.verb).toBe('Scan the item');
  const { prompt } = await scanned('fill-item-1');
  expect(prompt).toMatchObject({ kind: 'ill', destination: { verb: 'Ship to', to: 'Northfield College Library' } });
  expect(prompt?.legs[0]).toMatchObject({ state: 'done', text: 'Marked shipped' });
  expect(await done('fill-request-1')).toEqual(['ship done']);

  await scanned('fill-request-2');
  const other = await scanned('own-item-2');
  expect(other.prompt?.why.join(' ')).toContain(`ReShare has chosen another copy, ${label('fill-item-2')}`);
  expect(await done('fill-request-2')).toEqual([]);
  expect((await scanned('fill-item-2')).prompt?.destination.verb).toBe('Ship to');
  expect(await done('fill-request-2')).toEqual(['ship done']);
});

test('what patrons bring back is checked in, and goes home; what comes home is closed', async () => {
  const back = await scanned('return-by-number');
  expect(back.prompt).toMatchObject({ kind: 'ill', tag: 'Ship back' });
  expect(await done('return-by-number')).toEqual(['check-in done']);
  expect((await scanned('ship-back-1')).prompt?.destination.verb).toContain('Ship back');
  expect(await done('ship-back-1')).toEqual(['ship-return done']);
  expect((await scanned('complete-1')).prompt).toMatchObject({ kind: 'shelve' });
  expect(await done('complete-1')).toEqual(['mark-received done']);
});

test('a cancellation is answered by a person', async () => {
  const { prompt } = await scanned('cancel-received');
  expect(prompt?.offers.map(({ key }) => key)).toEqual(['F7', 'F10', 'F11']);
  await carrel.page.keyboard.press('F10');
  await expect.poll(() => done('cancel-received')).toEqual(['accept-cancel done']);
});

test('an answer lost on the way is settled by looking, and never sent again', async () => {
  await practice(url, 'addFault', { where: 'performAction', kind: 'drop-after', times: 1 });
  const { prompt } = await scanned('arrival-due-soon');
  expect(prompt).toMatchObject({ destination: { verb: 'Hold shelf' } });
  expect(prompt?.legs[0]?.state).toBe('seen');
  expect(await done('arrival-due-soon')).toEqual(['receive done']);
});

test('the office’s worklists count the same things', async () => {
  const { tiles } = await value(carrel.page, 'worklist.tiles', {});
  const count = (id: string) => tiles.find((tile) => tile.id === id)?.count ?? 0;
  expect(count('arriving')).toBeGreaterThan(0);
  expect(count('to-pull')).toBeGreaterThan(0);
  expect(count('conditions')).toBeGreaterThan(0);
  expect(count('other')).toBe(0);
});

test('"Test connection" and the readiness list say that it is CrossLink', async () => {
  const [tenant] = (await practice(url, 'tenants')) as { id: string; username: string; password: string }[];
  const lines = await value(carrel.page, 'settings.test', {
    reshare: { okapiUrl: url, tenant: tenant!.id, username: tenant!.username },
    passwords: { 'reshare-password': tenant!.password },
  });
  expect(lines.map(({ what, outcome }) => `${what}: ${outcome}`)).toContain('ReShare: ok');
  const sentence = 'CrossLink, the successor of mod-rs, was found (interface crosslink-broker 1.0).';
  expect(lines.find(({ what }) => what === 'ReShare')?.sentence).toBe(sentence);
  expect(lines.find(({ what }) => what === 'News of changes')?.outcome).toBe('ok');
  const readiness = await value(carrel.page, 'readiness.look', {});
  expect(readiness.lines.find(({ id }) => id === 'backend')).toMatchObject({ outcome: 'found', finding: sentence });
  expect(readiness.lines.find(({ id }) => id === 'permissions')).toMatchObject({ outcome: 'found' });
});

test('news comes by itself; a lost connection is taken up again; where the server no longer tells, Carrel asks', async () => {
  test.setTimeout(180_000);
  const telling = () => practice(url, 'broker');
  await expect.poll(telling, { timeout: 30_000 }).toEqual({ listening: 2 });
  await practice(url, 'brokerMessage', { request: 'RVR-1208', event: 'loaned' });
  await expect.poll(() => keptState('RVR-1208'), { timeout: 30_000 }).toBe('SHIPPED');
  await practice(url, 'brokerHangUp');
  await expect.poll(telling, { timeout: 30_000 }).toEqual({ listening: 2 });

  await scanned('ship-1');
  const out = requestOf('ship-1');
  expect(await done('ship-1')).toEqual(['ship done']);
  await practice(url, 'addFault', { where: 'brokerEvents', kind: 'status-503-html' });
  await practice(url, 'brokerHangUp');
  // Losing the connection is a reason to ask at once; what comes after that is found by asking now and then.
  for (const [event, state] of [
    ['received', 'RECEIVED'],
    ['shipped-return', 'SHIPPED_RETURN'],
  ]) {
    await practice(url, 'brokerMessage', { request: out, event });
    await expect.poll(() => keptState(out), { timeout: 90_000 }).toBe(state);
  }
  expect(await telling()).toEqual({ listening: 0 });
});
