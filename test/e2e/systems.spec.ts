import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@playwright/test';
import { startConsortium, type Consortium } from '../../src-main/training/consortium.ts';
import { launchCarrel, scan, settledLine, snapshot, value, type Carrel } from './support.ts';

/** Carrel at a configured library, which here is a practice consortium in this process; and what bad servers do to it. */
let carrel: Carrel;
let library: Consortium;
test.beforeEach(async () => {
  library = await startConsortium();
  carrel = await launchCarrel();
});
test.afterEach(async () => {
  await carrel.remove();
  await library.stop();
});

function connection(okapiUrl: string) {
  const [tenant] = library.tenants;
  return { okapiUrl, tenant: tenant!.id, username: tenant!.username };
}

/** Enters a connection in the settings as a person does, and lets Carrel take it. */
async function configure(okapiUrl: string, password = library.tenants[0]!.password): Promise<void> {
  const { page } = carrel;
  const { tenant, username } = connection(okapiUrl);
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByLabel('Okapi address').fill(okapiUrl);
  await page.getByLabel('Tenant', { exact: true }).fill(tenant);
  await page.getByLabel('User name', { exact: true }).fill(username);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Save connection' }).click();
  await page.getByRole('button', { name: 'Restart Carrel' }).click();
  await expect
    .poll(async () => (await snapshot(page).catch(() => ({ training: true }))).training, { timeout: 20_000 })
    .toBe(false);
  await page.locator('html[data-ready="true"]').waitFor();
}

test('set up by a person, it works at a real address and forgets training', async () => {
  await configure(library.url);
  expect(await snapshot(carrel.page)).toMatchObject({ training: false, pile: [], lines: [] });
  await expect(carrel.page.getByText('TRAINING')).toBeHidden();
  const { barcode } = library.thing('arrival-1');
  await scan(carrel.page, barcode);
  expect((await settledLine(carrel.page, barcode)).prompt).toMatchObject({ destination: { verb: 'Hold shelf' } });
  const received = library.ledger().filter(({ action, result }) => action === 'requesterReceived' && result === 'done');
  expect(received).toHaveLength(1);
});

test('"Test connection" says in words what works', async () => {
  const { page } = carrel;
  await page.getByRole('button', { name: 'Settings' }).click();
  const { tenant, username } = connection(library.url);
  await page.getByLabel('Okapi address').fill(library.url);
  await page.getByLabel('Tenant', { exact: true }).fill(tenant);
  await page.getByLabel('User name', { exact: true }).fill(username);
  await page.getByLabel('Password', { exact: true }).fill('not the password');
  await page.getByRole('button', { name: 'Test connection' }).click();
  await expect(page.getByText('What the test found')).toBeVisible({ timeout: 20_000 });
  await expect(page.getByText(/user name .* or .* password/i).first()).toBeVisible();
  const logins = library.ledger().filter(({ kind, result }) => kind === 'session' && result !== 'done');
  expect(logins.length).toBeLessThanOrEqual(1);
});

test('a wrong password is sent once, however much is scanned', async () => {
  await configure(library.url, 'not the password');
  for (const key of ['arrival-1', 'arrival-2', 'arrival-3', 'return-by-number', 'ship-1', 'complete-1']) {
    await scan(carrel.page, library.thing(key).barcode);
  }
  const line = await settledLine(carrel.page, library.thing('complete-1').barcode);
  expect(line.prompt).toMatchObject({ kind: 'saved' });
  expect((await snapshot(carrel.page)).lights).toMatchObject([{ state: 'needs-login' }]);
  expect(library.ledger().filter(({ kind }) => kind === 'session')).toHaveLength(1);
});

for (const [what, answer] of [
  ['HTML', { status: 200, type: 'text/html', body: '<html><title>Sign in to the guest network</title></html>' }],
  ['truncated JSON', { status: 200, type: 'application/json', body: '[{"id":"1","hrid":"RV' }],
  ['wrong types', { status: 200, type: 'application/json', body: '{"results":"none","total":[]}' }],
  ['nothing', { status: 200, type: 'application/json', body: '' }],
  ['a server error', { status: 500, type: 'text/plain', body: 'proxyClient failure: mod-rs' }],
] as const) {
  test(`a server that answers ${what}: a clear sentence, and the scan is kept`, async () => {
    const server = await serve((path) =>
      path.startsWith('/authn/') ? { status: 201, type: 'application/json', body: '{}', token: true } : answer,
    );
    await configure(addressOf(server));
    await scan(carrel.page, 'RVR-1201');
    const { prompt } = await settledLine(carrel.page, 'RVR-1201');
    expect(prompt?.kind).toBe('saved');
    expect(prompt?.why.join(' ')).toMatch(/ReShare|answer/);
    expect(prompt?.why.join(' ')).not.toMatch(/undefined|\[object|<html|SyntaxError|JSON\.parse/);
    expect((await value(carrel.page, 'scan.search', { text: 'RVR-1201', limit: 5 })).length).toBe(1);
    server.close();
  });
}

test('an unreachable host: the scan is kept, the light says so, and F10 tries again', async () => {
  await configure('http://127.0.0.1:9');
  await scan(carrel.page, 'RVR-1201');
  const line = await settledLine(carrel.page, 'RVR-1201');
  expect(line.prompt).toMatchObject({ kind: 'saved', offers: [{ key: 'F7' }, { key: 'F10' }] });
  expect((await snapshot(carrel.page)).lights).toMatchObject([{ state: 'down' }]);
});

test('ReShare goes away in the middle: what the cache knows is shown with its age, and nothing is sent', async () => {
  await configure(library.url);
  await expect.poll(async () => (await snapshot(carrel.page)).cachedRequests).toBeGreaterThan(100);
  const before = library.ledger().length;
  library.faults.add({ where: 'everything', kind: 'drop-before' });
  const { barcode } = library.thing('arrival-1');
  await scan(carrel.page, barcode);
  const { prompt } = await settledLine(carrel.page, barcode);
  expect(prompt).toMatchObject({ kind: 'saved', title: expect.any(String) });
  expect(prompt?.legs.map(({ state }) => state)).not.toContain('done');
  library.faults.clear();
  expect(
    library
      .ledger()
      .slice(before)
      .filter(({ kind }) => kind === 'action'),
  ).toEqual([]);
  await carrel.page.keyboard.press('F10');
  await expect
    .poll(async () => (await settledLine(carrel.page, barcode)).prompt?.destination.verb, { timeout: 15_000 })
    .toBe('Hold shelf');
});

interface Canned {
  readonly status: number;
  readonly type: string;
  readonly body: string;
  readonly token?: boolean;
}

async function serve(answer: (path: string) => Canned): Promise<Server> {
  const server = createServer((request, response) => {
    const { status, type, body, token } = answer(request.url ?? '/');
    if (token === true) {
      response.setHeader('set-cookie', [
        'folioAccessToken=a.b.c; Max-Age=600; Path=/',
        'folioRefreshToken=r; Max-Age=6000; Path=/authn',
      ]);
    }
    response.writeHead(status, { 'content-type': type });
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

function addressOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
