import { expect, test } from '@playwright/test';
import { launchCarrel, otherDesk, practice, scan, settledLine, snapshot, value, type Carrel } from './support.ts';

/** An item on a request is handled in one system first and in Carrel afterwards, either way round. */

let carrel: Carrel;
let url: string;
let label: (key: string) => string;
test.beforeAll(async () => {
  carrel = await launchCarrel();
  const { pile, practiceUrl } = await snapshot(carrel.page);
  url = practiceUrl ?? '';
  label = (key) => pile.find((entry) => entry.key === key)?.barcode ?? key;
});
test.afterAll(() => carrel.remove());

interface Effect {
  readonly kind: string;
  readonly action?: string;
  readonly result?: string;
  readonly items?: readonly string[];
}

async function count(kind: string, action: string): Promise<number> {
  const all = (await practice(url, 'ledger')) as readonly Effect[];
  return all.filter((one) => one.kind === kind && one.action === action && one.result !== 'failed').length;
}

async function idOf(text: string): Promise<string> {
  const [found] = await value(carrel.page, 'request.search', { text, limit: 1 });
  if (found === undefined) throw new Error(`${text} is not in the cache`);
  return found.id;
}

test('our own book, checked in in WMS first: its scan names the request and closes it', async () => {
  const { page } = carrel;
  const book = label('complete-1');
  await practice(url, 'wmsCheckIn', { barcode: book });
  const before = await practice(url, 'wmsItem', { barcode: book });
  await scan(page, book);
  const { prompt } = await settledLine(page, book);
  expect(prompt?.destination.verb).toBe('Shelve');
  expect(prompt?.byline).toContain('request NFD-1310');
  expect(prompt?.rowId).toBe('NFD-1310');
  expect(prompt?.legs[0]).toMatchObject({ system: 'ReShare', state: 'done', text: 'Closed the loan' });
  // Nothing moved it on in WMS.
  expect(await practice(url, 'wmsItem', { barcode: book })).toMatchObject({
    status: (before as { status: string }).status,
  });
  expect(prompt?.offers).toEqual([
    expect.objectContaining({ key: 'F10', label: 'Check in in WMS', caution: 'Not if that was done there just now' }),
  ]);
});

test('our own book, closed in ReShare first: its scan offers the check-in that says where it goes', async () => {
  const { page } = carrel;
  const book = label('complete-overdue');
  await expect.poll(() => idOf('NFD-1312').catch(() => '')).not.toBe('');
  await otherDesk(url, await idOf('NFD-1312'), 'supplierCheckOutOfReshare');
  await scan(page, book);
  const { prompt } = await settledLine(page, book);
  expect(prompt?.destination.verb).toBe('No longer ILL');
  expect(prompt?.why.join(' ')).toContain('NFD-1312');
  expect(prompt?.why.join(' ')).toContain('Press F10 to check it in');
  await page.keyboard.press('F10');
  await expect.poll(async () => (await settledLine(page, book)).prompt?.destination.verb).toBe('Shelve');
  const line = await settledLine(page, book);
  expect(line.prompt?.legs).toContainEqual(
    expect.objectContaining({ system: 'WMS', state: 'done', text: 'Checked in' }),
  );
  // Offered once: another check-in would move it on.
  expect(line.prompt?.offers).toEqual([]);
});

test('a borrowed book, checked in in WMS first: its scan names the request and marks it returned', async () => {
  const { page } = carrel;
  const book = label('return-by-number');
  await practice(url, 'wmsCheckIn', { barcode: book });
  await scan(page, book);
  const { prompt } = await settledLine(page, book);
  expect(prompt?.destination.verb).toBe('Ship back');
  expect(prompt?.rowId).toBe('RVR-1221');
  expect(prompt?.legs[0]).toMatchObject({ system: 'ReShare', state: 'done', text: 'Marked returned by patron' });
  expect(prompt?.legs[1]).toMatchObject({ system: 'Circulation' });
  expect(await count('action', 'patronReturnedItem')).toBe(1);
});

test('a borrowed book, marked returned in ReShare first: its scan does only what is still to be done', async () => {
  const { page } = carrel;
  await otherDesk(url, await idOf('RVR-1223'), 'patronReturnedItem');
  const book = label('return-lender-barcode');
  await scan(page, book);
  const { prompt } = await settledLine(page, book);
  expect(prompt?.destination.verb).toBe('Ship back');
  expect(prompt?.legs[0]).toMatchObject({ system: 'ReShare', state: 'done', text: 'Marked return shipped' });
});
