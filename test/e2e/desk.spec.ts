import { expect, test } from '@playwright/test';
import { launchCarrel, practice, scan, settledLine, snapshot, value, type Carrel } from './support.ts';

/** The desk as a person with a scanner has it. */
let carrel: Carrel;
let barcodes: Readonly<Record<string, string>>;
test.beforeEach(async () => {
  carrel = await launchCarrel();
  const { pile } = await snapshot(carrel.page);
  barcodes = Object.fromEntries(pile.map(({ key, barcode }) => [key, barcode]));
});
test.afterEach(() => carrel.remove());

/** The barcode of a thing of the practice pile. */
function thing(key: string): string {
  const barcode = barcodes[key];
  if (barcode === undefined) throw new Error(`the practice pile has no ${key}`);
  return barcode;
}

for (const suffix of ['Enter', 'Tab', ''] as const) {
  test(`a burst with ${suffix === '' ? 'no suffix' : suffix} becomes a scan`, async () => {
    await scan(carrel.page, thing('arrival-1'), suffix);
    const line = await settledLine(carrel.page, thing('arrival-1'));
    expect(line).toMatchObject({ source: 'wedge', prompt: { destination: { verb: 'Hold shelf' } } });
    await expect(carrel.page.getByRole('region', { name: 'What to do' })).toContainText('Hold shelf');
    await expect(carrel.page.getByLabel('Scan box')).toHaveValue('');
  });
}

test('typing shows in the box and Enter submits it', async () => {
  const label = thing('ship-back-1');
  await carrel.page.keyboard.type(label, { delay: 150 });
  await expect(carrel.page.getByLabel('Scan box')).toHaveValue(label);
  expect((await snapshot(carrel.page)).lines).toHaveLength(0);
  await carrel.page.keyboard.press('Enter');
  expect(await settledLine(carrel.page, label)).toMatchObject({ source: 'typed' });
});

test('the next scan is taken while others are in flight: ten labels without a pause', async () => {
  const keys = [
    'arrival-1',
    'arrival-2',
    'arrival-3',
    'return-by-number',
    'return-overdue',
    'ship-back-1',
    'ship-back-2',
    'ship-1',
    'complete-1',
    'own-item-1',
  ];
  for (const key of keys) await scan(carrel.page, thing(key));
  for (const key of keys) await settledLine(carrel.page, thing(key));
  const { lines } = await snapshot(carrel.page);
  expect(lines.map(({ raw }) => raw).reverse()).toEqual(keys.map(thing));
});

test('a burst while the cursor is in another field becomes a scan and never lands in the field', async () => {
  const { page } = carrel;
  await page.getByRole('button', { name: 'Settings' }).click();
  const name = page.getByLabel('Desk name');
  await name.fill('North desk');
  await name.focus();
  await scan(page, thing('arrival-1'));
  await settledLine(page, thing('arrival-1'));
  await expect(name).toHaveValue('North desk');
  const password = page.getByLabel('Password', { exact: true });
  await password.focus();
  await scan(page, thing('arrival-3'));
  await settledLine(page, thing('arrival-3'));
  await expect(password).toHaveValue('');
  await name.focus();
  await page.keyboard.press('End');
  await page.keyboard.type(' 2', { delay: 150 });
  await expect(name).toHaveValue('North desk 2');
});

test('a burst with the focus on a button presses nothing', async () => {
  const { page } = carrel;
  await page.getByRole('button', { name: 'Settings' }).focus();
  await scan(page, thing('arrival-1'));
  await settledLine(page, thing('arrival-1'));
  await expect(page.getByRole('button', { name: 'Desk', exact: true })).toHaveAttribute('aria-current', 'page');
});

test('Enter and letters choose nothing; the function key does', async () => {
  const { page } = carrel;
  await scan(page, thing('both-sides'));
  const asked = await settledLine(page, thing('both-sides'));
  expect(asked.prompt?.offers.map(({ key }) => key)).toEqual(['F7', 'F10', 'F11']);
  for (const key of ['Enter', 'Enter', 'y', 'Escape']) await page.keyboard.press(key);
  await page.waitForTimeout(300);
  expect((await settledLine(page, thing('both-sides'))).prompt?.offers).toHaveLength(3);
  await page.keyboard.press('F10');
  await expect
    .poll(async () => (await settledLine(page, thing('both-sides'))).prompt?.destination.verb)
    .not.toBe('Which one?');
});

test('F7 puts a scan aside; it stays in the list and can be found', async () => {
  const { page } = carrel;
  await scan(page, thing('both-sides'));
  await settledLine(page, thing('both-sides'));
  await page.keyboard.press('F7');
  await expect.poll(async () => (await settledLine(page, thing('both-sides'))).cancelled).toBe(true);
  await page.keyboard.press('F6');
  await page.keyboard.type(thing('both-sides'), { delay: 150 });
  await expect(page.getByRole('main')).toContainText(thing('both-sides'));
  const found = await value(page, 'scan.search', { text: thing('both-sides'), limit: 10 });
  expect(found).toMatchObject([{ cancelled: true }]);
});

test('a fill can be undone while ReShare allows it', async () => {
  const { page } = carrel;
  await scan(page, thing('fill-request-1'));
  await settledLine(page, thing('fill-request-1'));
  await scan(page, thing('fill-item-1'));
  const filled = await settledLine(page, thing('fill-item-1'));
  expect(filled.prompt?.offers).toMatchObject([{ key: 'F9' }]);
  await page.keyboard.press('F9');
  await expect.poll(async () => (await settledLine(page, thing('fill-item-1'))).prompt?.tag).toBe('Fill undone');
});

test('F9 on what ReShare cannot take back says what to do instead', async () => {
  const { page } = carrel;
  await scan(page, thing('ship-back-1'));
  await settledLine(page, thing('ship-back-1'));
  const prompt = page.getByRole('region', { name: 'What to do' });
  await expect(prompt).not.toContainText('ReShare cannot take this back');
  await page.keyboard.press('F9');
  await expect(prompt).toContainText('ReShare cannot take this back');
  await page.keyboard.press('F9');
  await expect(prompt).not.toContainText('ReShare cannot take this back');
});

test('the window says NOT LISTENING when it loses the keyboard, and listens again', async () => {
  const { page } = carrel;
  // A headless window always has the keyboard; what the document says of itself is what the page goes by.
  const become = (focused: boolean) =>
    page.evaluate((has) => {
      document.hasFocus = () => has;
      window.dispatchEvent(new Event(has ? 'focus' : 'blur'));
    }, focused);
  await become(false);
  await expect(page.getByText('NOT LISTENING')).toBeVisible();
  await become(true);
  await expect(page.getByText('NOT LISTENING')).toBeHidden();
  await become(false);
  await page.getByText('NOT LISTENING').click();
  await expect(page.getByText('NOT LISTENING')).toBeHidden();
});

test('results are announced without moving the focus', async () => {
  const { page } = carrel;
  await scan(page, thing('arrival-accept-fails'));
  await settledLine(page, thing('arrival-accept-fails'));
  await expect(page.locator('[role="alert"]').filter({ hasText: /ILL office/ })).toHaveCount(1);
  await expect(page.getByLabel('Scan box')).toBeFocused();
});

test('the session list survives a restart, and so do its prompts', async () => {
  await scan(carrel.page, thing('arrival-1'));
  await settledLine(carrel.page, thing('arrival-1'));
  const before = (await snapshot(carrel.page)).lines;
  await carrel.close();
  carrel = await launchCarrel({ userData: carrel.userData });
  expect((await snapshot(carrel.page)).lines).toEqual(before);
  await expect(carrel.page.getByText(before[0]!.prompt!.rowTitle).first()).toBeVisible();
});

test('everything acknowledged is there after kill -9, and an unfinished scan says so', async () => {
  const { practiceUrl } = await snapshot(carrel.page);
  await fetch(`${practiceUrl!}/_practice/addFault`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ where: 'performAction', kind: 'slow', ms: 20_000 }),
  });
  const labels = ['own-item-1', 'own-item-2', 'arrival-1'].map(thing);
  for (const label of labels) await scan(carrel.page, label);
  await expect.poll(async () => (await snapshot(carrel.page)).lines.length).toBe(3);
  await expect
    .poll(
      async () => (await snapshot(carrel.page)).lines.find(({ raw }) => raw === thing('arrival-1'))?.prompt?.working,
    )
    .toBe(true);
  await carrel.page.waitForTimeout(300);
  carrel.app.process().kill('SIGKILL');
  await new Promise((resolve) => carrel.app.process().once('exit', resolve));
  carrel = await launchCarrel({ userData: carrel.userData });
  const { lines } = await snapshot(carrel.page);
  expect(lines.map(({ raw }) => raw).sort()).toEqual([...labels].sort());
  const unfinished = lines.find(({ raw }) => raw === thing('arrival-1'));
  expect(unfinished?.prompt).toMatchObject({ working: false, destination: { verb: 'Scan again' } });
});

test('a WMS check-in whose answer was lost to kill -9 is left to a person, not repeated', async () => {
  const { practiceUrl } = await snapshot(carrel.page);
  await practice(practiceUrl!, 'addWmsFault', { where: 'CheckInItem', kind: 'slow', ms: 20_000 });
  await scan(carrel.page, thing('own-item-1'));
  await expect.poll(async () => (await snapshot(carrel.page)).lines[0]?.prompt?.tag).toBe('Checking in');
  await carrel.page.waitForTimeout(300);
  carrel.app.process().kill('SIGKILL');
  await new Promise((resolve) => carrel.app.process().once('exit', resolve));
  carrel = await launchCarrel({ userData: carrel.userData });
  const { lines } = await snapshot(carrel.page);
  expect(lines[0]?.prompt).toMatchObject({
    working: false,
    destination: { verb: 'Keep here' },
  });
  // What a look at the item shows is added a moment later.
  expect(lines[0]?.prompt?.legs[0]).toMatchObject({ system: 'WMS', state: 'unknown' });
});

test('any text up to 10 kB is a line with a clear sentence', async () => {
  const odd = [
    '\u0000\u0001\u0002',
    '<script>alert(1)</script>',
    '💥'.repeat(50),
    'ſ\u202eevil\ud800',
    "'; DROP TABLE record; --",
    '%_\\',
    ' '.repeat(40),
    'x'.repeat(10_240),
    '0'.repeat(5000),
  ];
  for (const raw of odd) {
    const line = await value(carrel.page, 'scan.submit', { id: crypto.randomUUID(), raw, source: 'typed' });
    await expect
      .poll(
        async () => (await snapshot(carrel.page)).lines.find(({ scanId }) => scanId === line.scanId)?.prompt?.working,
      )
      .toBe(false);
  }
  const { lines } = await snapshot(carrel.page);
  expect(lines).toHaveLength(odd.length);
  for (const { prompt } of lines) expect(prompt?.why.join(' ').length).toBeGreaterThan(10);
  expect(await carrel.page.evaluate(() => document.querySelectorAll('main script').length)).toBe(0);
});
