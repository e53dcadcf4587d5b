import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { CandidatePage, InventoryQuery } from '../../src-main/contract/inventory.ts';
import { judge } from '../../src-main/desk/eligibility.ts';
import { createHttpClient } from '../../src-main/systems/http/client.ts';
import { parseXml } from '../../src-main/systems/http/xml/parse.ts';
import { folioGraphql } from '../../src-main/systems/inventory/folio-graphql.ts';
import { diagnosticOf, marcRecords, readCluster } from '../../src-main/systems/inventory/marc-record.ts';
import type { SharedInventory } from '../../src-main/systems/inventory/port.ts';
import { reservoirAnswers, reservoirSru } from '../../src-main/systems/inventory/reservoir-sru.ts';
import { createOkapiSession } from '../../src-main/systems/okapi/session.ts';
import type { Consortium } from '../../src-main/training/consortium.ts';
import { namedUuid } from '../../src-main/training/random.ts';
import { closers, codeOf, HTTP, value } from './systems-desk.ts';
import { standing } from './training-desk.ts';

/** Both kinds of Shared Inventory against the practice consortium, in the inventory's own tenant. */
const idOf = (name: string): string => namedUuid(`instance:${name}`);

async function opened() {
  const consortium = await standing();
  const http = createHttpClient(consortium.url, { settings: HTTP });
  closers.push(
    () => consortium.stop(),
    () => http.close(),
  );
  return { consortium, http };
}

async function graphql(): Promise<{ consortium: Consortium; inventory: SharedInventory }> {
  const { consortium, http } = await opened();
  const account = consortium.tenants.find(({ id }) => id === 'consortium')!;
  const session = createOkapiSession({
    http,
    system: 'the Shared Inventory',
    tenant: account.id,
    username: account.username,
    password: () => Promise.resolve(account.password),
  });
  return { consortium, inventory: folioGraphql(session) };
}

async function sru() {
  const { consortium, http } = await opened();
  return { consortium, http, inventory: reservoirSru(http, 'consortium') };
}

const ids = (page: CandidatePage): readonly string[] => page.candidates.map(({ id }) => id).toSorted();
const TIDES: InventoryQuery = { by: 'isbn', forms: ['9780000810014', '0000810010'] };

describe.each([
  ['FOLIO’s GraphQL', graphql],
  ['Reservoir’s SRU', sru],
])('%s', (_name, open) => {
  test('finds every record of an ISBN, whichever form it has', async () => {
    const { inventory } = await open();
    const found = value(await inventory.search(TIDES, 0, 20));
    expect(ids(found)).toEqual(['duplicate-1', 'duplicate-2', 'duplicate-3'].map(idOf).toSorted());
    expect(found.total).toBe(3);
    const second = value(await inventory.search(TIDES, 1, 2));
    expect(second.candidates).toHaveLength(1);
  });

  test('one record with all its holdings, beyond the first ten', async () => {
    const { inventory } = await open();
    const whole = value(await inventory.detail(idOf('many-holdings')));
    expect(whole).toMatchObject({ title: 'Atlas of chalk streams', author: 'Maldonado, Inés', complete: true });
    expect(whole.holdings).toHaveLength(12);
    const { eligible, lenders } = judge(whole, inventory.capabilities.rota);
    expect([eligible, [...lenders].toSorted()]).toEqual([true, ['EPT', 'NFD']]);
  });

  test('a record that is not there, and one that lends nowhere', async () => {
    const { inventory } = await open();
    expect(codeOf(await inventory.detail(namedUuid('nothing')))).toBe('not-found');
    const serial = value(await inventory.detail(idOf('online')));
    expect(serial.electronic).toBe(true);
    const found = value(await inventory.search({ by: 'issn', forms: ['2049-3630', '20493630'] }, 0, 20));
    expect(ids(found)).toEqual([idOf('journal')]);
  });
});

const SEARCHES: readonly (readonly [string, InventoryQuery, string])[] = [
  ['title', { by: 'title', words: 'winter wheat and its weather' }, 'ten-digits-only'],
  ['author', { by: 'title-and-author', title: 'atlas of chalk', author: 'maldonado' }, 'many-holdings'],
  ['LCCN', { by: 'lccn', forms: ['69012345'] }, 'wrong-isbn'],
  ['wrong ISBN', { by: 'isbn', forms: ['9780000870019'] }, 'wrong-isbn'],
  ['any word', { by: 'anything', words: 'estuarine history' }, 'journal'],
];

describe('FOLIO’s GraphQL alone', () => {
  test.each(SEARCHES)('finds by %s', async (_what, query, name) => {
    const { inventory } = await graphql();
    expect(ids(value(await inventory.search(query, 0, 20)))).toEqual([idOf(name)]);
  });

  test('turns pages beyond the default ten', async () => {
    const { inventory } = await graphql();
    const query: InventoryQuery = { by: 'title', words: 'Odyssey' };
    const pages = [value(await inventory.search(query, 0, 20)), value(await inventory.search(query, 1, 20))];
    expect(pages.map(({ candidates }) => candidates.length)).toEqual([20, pages[0]!.total - 20]);
    expect(pages[0]!.total).toBeGreaterThanOrEqual(30);
    expect(new Set(pages.flatMap(ids)).size).toBe(pages[0]!.total);
  });

  test('partial data with errors inside HTTP 200 is never “nobody lends it”', async () => {
    const { consortium, inventory } = await graphql();
    consortium.controls.inventoryTroubles.arm('holdings', 3);
    const found = value(await inventory.search(TIDES, 0, 20));
    expect(found.incomplete).toMatch(/answered only in part.*does not mean that nobody holds it/s);
    expect(found.candidates.map((one) => judge(one, 'folio').eligible)).toEqual([undefined, undefined, undefined]);
  });

  test('a search that fails inside HTTP 200 fails with a sentence', async () => {
    const { consortium, inventory } = await graphql();
    consortium.controls.inventoryTroubles.arm('search', 1);
    const failed = await inventory.search(TIDES, 0, 20);
    expect(failed.ok ? '' : failed.error.sentence).toMatch(/could not get an answer from the Shared Inventory/);
  });

  test('its tenant and its account are its own: the library’s account opens nothing there', async () => {
    const { consortium, http } = await opened();
    const { username, password } = consortium.tenants.find(({ id }) => id === 'riverside')!;
    const session = createOkapiSession({
      http,
      system: 'the Shared Inventory',
      tenant: 'consortium',
      username,
      password: () => Promise.resolve(password),
    });
    expect(codeOf(await folioGraphql(session).search(TIDES, 0, 20))).toBe('credentials-refused');
  });

  test('a token that ran out is renewed, and the search goes on', async () => {
    const { consortium, inventory } = await graphql();
    value(await inventory.search(TIDES, 0, 20));
    consortium.controls.expireTokens();
    expect(value(await inventory.search(TIDES, 0, 20)).total).toBe(3);
  });
});

describe('Reservoir’s SRU alone', () => {
  test('says what it cannot search by, and that a diagnostic is no empty answer', async () => {
    const { inventory, http } = await sru();
    const title = await inventory.search({ by: 'title', words: 'Odyssey' }, 0, 20);
    expect(title.ok ? '' : title.error.sentence).toMatch(/by ISBN, ISSN or record id only/);
    expect(codeOf(await inventory.search({ by: 'isbn', forms: ['none'] }, 0, 20))).toBe('bad-input');
    expect((await reservoirAnswers(http, 'consortium')).ok).toBe(true);
    expect(codeOf(await reservoirAnswers(http, 'nobody'))).toBe('configuration');
  });

  test('reads the recorded answer: one copy lends, one does not', () => {
    const recorded = readFileSync(new URL('../fixtures/okapi/16-reservoir-sru-response.xml', import.meta.url));
    const read = parseXml(recorded);
    if (!read.ok) throw new Error(read.reason);
    const [record] = marcRecords(read.root);
    const candidate = readCluster(record!)!;
    expect(candidate).toMatchObject({
      id: '0b7c3a52-51a8-4d43-9a0c-2f6e6f0f9a11',
      title: 'A wholly invented history of lending',
      author: 'Invented, Author',
      publisher: 'Invented Press',
      year: '2001',
      isbns: ['9781402894626'],
      oclcNumbers: ['(OCoLC)12345'],
    });
    expect(candidate.holdings?.map(({ library, policy }) => `${library}: ${policy}`)).toEqual([
      'Aardvark College: Will lend',
      'Badger University: Will not lend',
    ]);
    expect(judge(candidate, 'oai').lenders).toEqual(['XX-AAA']);
  });

  test('reads the recorded diagnostic', () => {
    const recorded = readFileSync(new URL('../fixtures/okapi/17-reservoir-sru-diagnostic.xml', import.meta.url));
    const read = parseXml(recorded);
    expect(read.ok ? diagnosticOf(read.root)?.number : '').toMatch(/^\d+$/);
  });

  test('an answer that is no XML is unreadable, and nothing more', async () => {
    const { consortium, inventory } = await sru();
    consortium.faults.add({ where: /reservoir\/sru/, kind: 'html-200', times: 1 });
    expect(['unreadable-answer', 'configuration']).toContain(codeOf(await inventory.search(TIDES, 0, 20)));
  });
});
