import AxeBuilder from '@axe-core/playwright';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { ROOT } from '../launch/environment.ts';
import { launchCarrel, practice, scan, settledLine, snapshot, value, type Carrel } from './support.ts';

/** Alma with WorldShare ILL, and Relais D2D with WMS, in the built app on the practice systems. Pictures on request. */
const PICTURES = process.env['CARREL_PICTURES'] === undefined ? undefined : join(ROOT, 'docs', 'pictures');

/** What the practice Alma's story is about. */
interface AlmaStory {
  readonly things: {
    readonly loans: readonly { readonly barcode: string; readonly requestId: string; readonly user: string }[];
    readonly stale: readonly { readonly requestId: string; readonly user: string; readonly title: string }[];
    readonly fresh: readonly { readonly requestId: string; readonly user: string; readonly title: string }[];
    readonly received: { readonly requestId: string; readonly user: string };
  };
}

let carrel: Carrel;
let url: string;
let things: AlmaStory['things'];
test.beforeAll(async () => {
  if (PICTURES !== undefined) mkdirSync(PICTURES, { recursive: true });
  carrel = await launchCarrel();
  url = (await snapshot(carrel.page)).practiceUrl ?? '';
  ({ things } = (await practice(url, 'alma', {})) as AlmaStory);
});
test.afterAll(() => carrel.remove());

async function openTasks(page: Page): Promise<void> {
  await page
    .getByRole('navigation')
    .getByRole('button', { name: /^Two systems/ })
    .click();
}

/** A day so many days from now, `YYYY-MM-DD`. */
function day(later: number): string {
  return new Date(Date.now() + later * 86_400_000).toISOString().slice(0, 10);
}

function now(page: Page) {
  return page.getByRole('group', { name: 'Now' });
}

function legs(page: Page) {
  return page.getByRole('list', { name: 'What belongs together' }).getByRole('listitem');
}

test('a loan of Alma is renewed in both: asked and answered by hand, the patron’s date changed by a call and seen', async () => {
  const { page } = carrel;
  const [loan] = things.loans;
  const refs = { almaRequest: loan?.requestId ?? '', worldshareRequest: '234567890' };
  const label = loan?.barcode ?? '';
  await openTasks(page);
  const begun = { kind: 'renewal', flow: 'alma-worldshare', label, refs, patron: loan?.user ?? '' } as const;
  const task = await value(page, 'tasks.start', begun);
  await expect(now(page)).toContainText('In WorldShare ILL, open the request and ask the lender');
  await expect(now(page)).toContainText('234567890');
  // The export carries no patron; who it is for is asked of Alma, and shown alone.
  await page.keyboard.press('Shift+F9');
  await expect(page.getByRole('main').getByText(`(${loan?.user ?? ''})`)).toBeVisible();
  await page.keyboard.press('F10');
  await now(page).getByLabel('The lender’s answer').selectOption('granted');
  await now(page).getByLabel('The lender’s new date').fill(day(60));
  await page.keyboard.press('F10');
  await expect(now(page)).toContainText('Request Renewal');
  expect((await snapshot(page)).tasks?.halfDone).toBe(1);
  await page.keyboard.press('F10');
  await expect(legs(page).nth(2)).toContainText('confirmed by staff');
  await expect(now(page).getByLabel('Patron’s new date')).toHaveValue(day(55));
  await page.keyboard.press('F10');
  await expect(legs(page).nth(3)).toContainText('seen there');
  expect((await snapshot(page)).tasks?.halfDone).toBe(0);
  const changed = (await practice(url, 'almaLoan', { barcode: label })) as { readonly due_date: string };
  expect(changed.due_date.slice(0, 10)).toBe(day(55));
  const { tasks } = await value(page, 'tasks.list', {});
  expect(tasks.find(({ id }) => id === task.id)).toMatchObject({ overall: 'done', patronDate: { date: day(55) } });
});

test('a refusal of Alma is said and loses nothing; the next try ends it', async () => {
  const { page } = carrel;
  await openTasks(page);
  const [, loan] = things.loans;
  const refs = { almaRequest: loan?.requestId ?? '' };
  const begun = { kind: 'renewal', flow: 'alma-worldshare', label: loan?.barcode ?? '', refs } as const;
  const { id } = await value(page, 'tasks.start', { ...begun, patron: loan?.user ?? '' });
  for (const typed of [{}, { outcome: 'granted', date: day(60) }, {}]) {
    const task = (await value(page, 'tasks.list', {})).tasks.find((one) => one.id === id);
    await value(page, 'tasks.act', { id, seq: task?.guide?.seq ?? 0, typed });
  }
  await practice(url, 'addAlmaFault', { where: '/^PUT/', kind: 'html-500', times: 1 });
  const spoiled = await value(page, 'tasks.act', { id, seq: 4, typed: {} });
  expect(spoiled.overall).toBe('half-done');
  expect(spoiled.legs[3]?.state).toMatch(/^(refused|unknown)$/);
  await practice(url, 'clearAlmaFaults', {});
  if (spoiled.legs[3]?.state === 'unknown') await value(page, 'tasks.settle', { id, seq: 4, happened: false });
  expect(await value(page, 'tasks.act', { id, seq: 4, typed: {} })).toMatchObject({ overall: 'done' });
});

test('clean-up: a report is tracked, old ones are looked up in WorldShare, and what is closed there is cancelled quietly', async () => {
  const { page } = carrel;
  await openTasks(page);
  const old = things.stale.slice(0, 3);
  const report = [...old, things.fresh[0]].map((one) => `${one?.requestId ?? ''},${one?.user ?? ''}`).join('\n');
  await page.keyboard.press('F7');
  await page
    .getByLabel('What is it about?')
    .selectOption({ label: 'Track an exported request · Alma and WorldShare ILL' });
  await page.getByLabel('Or paste a report').fill(report);
  await page.keyboard.press('Shift+F10');
  await expect(page.getByText('4 requests are tracked.')).toBeVisible();
  const tracked = async () =>
    (await value(page, 'tasks.list', {})).tasks.filter(
      ({ kind, overall }) => kind === 'exported' && overall !== 'done',
    );
  expect((await tracked()).map(({ stale }) => stale).sort()).toEqual([false, true, true, true]);
  await page.keyboard.press('F7');

  for (const [index, status] of ['Closed: Expired', 'Considering', 'Closed: Cancelled'].entries()) {
    const task = (await tracked()).find(({ subject }) => subject.refs.almaRequest === old[index]?.requestId);
    await page.locator(`#task-${task?.id ?? ''}`).click();
    await page.keyboard.press('F5');
    await now(page).getByLabel('What WorldShare ILL says').selectOption(status);
    await page.keyboard.press('F10');
    await expect(legs(page).filter({ hasText: 'Look the request up' })).toContainText('confirmed by staff');
  }
  expect((await snapshot(page)).tasks?.halfDone).toBe(2);
  const batch = page.getByRole('region', { name: 'Closed in WorldShare ILL, still open in Alma' });
  await expect(batch).toContainText('2 requests. The patrons are not told.');
  // The library's usual reason is chosen already; to choose none is refused, and nothing is sent.
  await expect(batch.getByRole('combobox')).toHaveValue('HandledInWorldShare');
  await batch.getByRole('combobox').selectOption('');
  await page.keyboard.press('Shift+F10');
  await expect(batch.getByRole('status')).toContainText('Choose a reason first.');
  await batch.getByRole('combobox').selectOption('HandledInWorldShare');
  if (PICTURES !== undefined) await page.screenshot({ path: join(PICTURES, 'tasks-clean-up.png') });
  await page.keyboard.press('Shift+F10');
  await expect(batch.getByRole('status')).toContainText('cancelled');
  await expect.poll(async () => (await snapshot(page)).tasks?.halfDone).toBe(0);
  const left = await practice(url, 'almaRequest', { requestId: old[1]?.requestId ?? '' });
  expect(JSON.stringify(left)).toContain('Request sent to partner');
  const gone = await practice(url, 'almaRequest', { requestId: old[0]?.requestId ?? '' });
  expect(JSON.stringify(gone)).toMatch(/Cancel/);
});

test('an exported request from its export to its return: each half seen in Alma or on somebody’s word, with both dates', async () => {
  const { page } = carrel;
  const one = things.fresh[1];
  const { requestId = '', user = '' } = one ?? {};
  const staff = (what: string, more = {}) => practice(url, 'almaStaff', { what, requestId, ...more });
  const half = async () => (await snapshot(page)).tasks?.halfDone;
  await openTasks(page);
  await page.keyboard.press('F7');
  await page
    .getByLabel('What is it about?')
    .selectOption({ label: 'Track an exported request · Alma and WorldShare ILL' });
  await page.getByLabel('Alma request id').fill(requestId);
  await page.getByLabel('Patron’s primary id in Alma').fill(user);
  await page.getByLabel('WorldShare request number (optional)').fill('234567891');
  await page.keyboard.press('F10');
  await expect(now(page)).toContainText('Lending Library “WorldShare ILL”');
  await page.keyboard.press('F9');
  await expect(legs(page).nth(0)).toContainText('seen there');
  await expect(now(page)).toContainText('WorldShare ILL does not name the patron');

  // Staff say received, and Alma shows nothing of it: it stays open, and a look says so.
  await now(page).getByLabel('Temporary barcode').fill('LAW-TMP-000790');
  await now(page).getByLabel('The lender’s due date').fill(day(40));
  await page.keyboard.press('F10');
  await expect(legs(page).nth(1)).toContainText('It stays open');
  expect(await half()).toBe(0);
  await staff('receive', { barcode: 'LAW-TMP-000790' });
  await now(page).getByLabel('Temporary barcode').fill('LAW-TMP-000790');
  await now(page).getByLabel('The lender’s due date').fill(day(40));
  await page.keyboard.press('F10');
  await expect(legs(page).nth(1)).toContainText('seen there');
  expect(await half()).toBe(1);
  await expect(now(page)).toContainText('In WorldShare ILL, open the request and mark it received.');
  await page.keyboard.press('F10');
  await expect(legs(page).nth(2)).toContainText(/confirmed by staff · \S+/);
  expect(await half()).toBe(0);
  await expect(page.getByRole('main').getByText('Received in both systems. The patron has it.')).toBeVisible();

  // Alma lends it for longer than the lender does: both dates stand side by side, and the row says what does not fit.
  await staff('lend', { days: 50 });
  await page.keyboard.press('F3');
  const row = page.getByRole('list', { name: 'Loans and their dates' }).getByRole('button', { name: /LAW-TMP-000790/ });
  await row.click();
  await expect(page.getByRole('main').getByText(/^The patron has it until .*; the lender wants it on/)).toBeVisible();
  await page.keyboard.press('F3');

  // Staff say that it is back, and Alma still has it on loan.
  await page.keyboard.press('F10');
  await expect(legs(page).nth(3)).toContainText('Alma still has it on loan. It stays open');
  await staff('return');
  await page.keyboard.press('F10');
  await expect(legs(page).nth(3)).toContainText('seen there');
  expect(await half()).toBe(1);
  await page.keyboard.press('F10');
  await expect(page.getByRole('main').getByText('Both systems have it.')).toBeVisible();
  expect(await half()).toBe(0);
  const { tasks } = await value(page, 'tasks.list', {});
  const done = tasks.find(({ subject }) => subject.refs.almaRequest === requestId);
  // Every half says who ended it and when.
  expect(done?.legs.map(({ state }) => state)).toEqual([
    'verified',
    'verified',
    'confirmed-by-staff',
    'verified',
    'confirmed-by-staff',
  ]);
  for (const leg of done?.legs ?? []) expect([leg.by, Date.parse(leg.at ?? '') > 0]).toEqual(['desk', true]);
});

test('Relais: the desk’s check-in begins the return, half done at once, and staff end it by name', async () => {
  const { page } = carrel;
  const pile = (await snapshot(page)).pile;
  const label =
    pile.find(({ key }) => key === 'own-reshelve')?.barcode ?? pile.find(({ what }) => /own/i.test(what))?.barcode;
  const barcode = label ?? '';
  await practice(url, 'wmsWords', { barcode, words: 'Update Relais D2D request EXA-90000042' });
  await page.keyboard.press('Escape');
  await scan(page, barcode);
  const line = await settledLine(page, barcode);
  expect(JSON.stringify(line.prompt)).toContain('Update Relais D2D request EXA-90000042');
  await expect.poll(async () => (await snapshot(page)).tasks?.halfDone).toBe(1);
  await openTasks(page);
  await expect(legs(page).nth(0)).toContainText('done by Carrel');
  await expect(now(page)).toContainText('mark it Returned');
  await expect(now(page)).toContainText('EXA-90000042');
  await expect(now(page).getByRole('button', { name: /Open Relais D2D/ })).toBeVisible();
  if (PICTURES !== undefined) await page.screenshot({ path: join(PICTURES, 'tasks-relais.png') });
  await page.keyboard.press('F10');
  await expect(legs(page).nth(1)).toContainText('confirmed by staff');
  expect((await snapshot(page)).tasks?.halfDone).toBe(0);
});

test('Relais: a failed temporary item is made by hand, field by field', async () => {
  const { page } = carrel;
  await openTasks(page);
  await page.keyboard.press('F7');
  await page
    .getByLabel('What is it about?')
    .selectOption({ label: 'The temporary item was not made · Relais D2D and WMS' });
  await page.getByLabel('Relais request number').fill('EXA-90000045');
  await page.getByLabel('Item or request number').fill('EXA-TMP-000777');
  await page.getByLabel('Title (optional)').fill('Rivers as Legal Persons');
  await page.getByLabel('Lending library (optional)').fill('Northfield');
  await page.keyboard.press('F10');
  await expect(now(page)).toContainText('Answer Yes to continue in Relais');
  await page.keyboard.press('F10');
  for (const field of ['Title: Rivers as Legal Persons', 'Barcode: EXA-TMP-000777', 'Request ID: EXA-90000045']) {
    await expect(now(page)).toContainText(field);
  }
  await page.keyboard.press('F10');
  await expect(now(page)).toContainText('item-level hold');
  await page.keyboard.press('F10');
  await expect(page.getByRole('main').getByText('Both systems have it.')).toBeVisible();
});

test('the clean-up form and the half-done list: WCAG 2.2 AA as axe sees it', async () => {
  const { page } = carrel;
  await openTasks(page);
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await page.keyboard.press('F7');
    await page
      .getByLabel('What is it about?')
      .selectOption({ label: 'Track an exported request · Alma and WorldShare ILL' });
    const { violations } = await new AxeBuilder({ page })
      .setLegacyMode(true)
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
      .analyze();
    expect(violations.map(({ id, nodes }) => `${id} ${nodes.map((node) => node.target.join(' ')).join(', ')}`)).toEqual(
      [],
    );
    await page.keyboard.press('F7');
  }
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
});
