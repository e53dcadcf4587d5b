import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Consortium } from '../../src-main/training/consortium.ts';
import { namedUuid } from '../../src-main/training/random.ts';
import { call, cases, deskAt, fixture, JSON_HEADERS, standing, tokenFor, type Desk } from './training-desk.ts';

/** The practice consortium's shared inventory against the recorded exchanges with a real mod-graphql and with Reservoir. */
interface GraphqlSample {
  readonly request: { readonly body: { readonly query: string; readonly variables: Record<string, unknown> } };
  readonly response: { readonly body: { readonly data: Record<string, unknown> } };
}
interface Found {
  readonly data: {
    readonly instance_storage_instances: {
      readonly totalRecords: number;
      readonly instances: readonly { readonly id: string; readonly holdingsRecords2: readonly unknown[] | null }[];
    };
  };
  readonly errors?: readonly { readonly message: string; readonly path?: readonly (string | number)[] }[];
}

const SEARCH = fixture('okapi', '10-graphql-search.json') as GraphqlSample;
const DETAIL = fixture('okapi', '11-graphql-detail.json') as GraphqlSample;
const idOf = (name: string): string => namedUuid(`instance:${name}`);

let consortium: Consortium;
let inventory: Desk;
beforeAll(async () => {
  consortium = await standing();
  inventory = await deskAt(consortium, 'consortium');
});
afterAll(() => consortium.stop());

async function search(cql: string, more: Record<string, unknown> = {}): Promise<Found> {
  const answer = await inventory.post('/graphql', {
    query: SEARCH.request.body.query,
    variables: { cql, offset: 0, limit: 50, holdings: 100, ...more },
  });
  expect(answer.status).toBe(200);
  return answer.json as Found;
}

async function ids(cql: string): Promise<readonly string[]> {
  return (await search(cql)).data.instance_storage_instances.instances.map(({ id }) => id);
}

/** The keys of a value, all the way down; of a list, those of its first entry. */
function keys(value: unknown, path = ''): readonly string[] {
  if (Array.isArray(value)) return value.length === 0 ? [] : keys(value[0], `${path}[]`);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [`${path}.${key}`, ...keys(inner, `${path}.${key}`)]);
}

describe('GraphQL', () => {
  it('answers the recorded search and detail with the recorded fields', async () => {
    const found = await search('isbn="9780000810014"');
    expect(new Set(keys(found.data))).toEqual(new Set(keys(SEARCH.response.body.data)));
    const detail = await inventory.post('/graphql', {
      query: DETAIL.request.body.query,
      variables: { ...DETAIL.request.body.variables, id: idOf('duplicate-2') },
    });
    const { data } = detail.json as { readonly data: unknown };
    const recorded = keys(DETAIL.response.body.data).filter((key) => !key.includes('holdingsStatements'));
    expect(new Set(keys(data))).toEqual(
      new Set([...recorded, ...keys(data).filter((key) => key.includes('Statements'))]),
    );
  });

  it.each([
    ['an ISBN, with or without hyphens', 'isbn="978-0-00-081001-4"', ['duplicate-1', 'duplicate-2', 'duplicate-3']],
    ['an ISBN of ten digits is not made one of thirteen', 'isbn="9780000860015"', []],
    ['the ten digits as recorded', 'isbn="0000860018" or isbn="9780000860015"', []],
    ['an exact comparison of an ISBN finds nothing', 'isbn=="9780000810014"', []],
    ['a wrong ISBN', 'invalidIsbn="9780000870019"', ['wrong-isbn']],
    [
      'an ISSN',
      'identifiers =/@value/@identifierTypeId="913300b2-03ed-469a-8179-c1092c991227" "2049-3630"',
      ['journal'],
    ],
    [
      'an identifier of another type',
      'identifiers =/@value/@identifierTypeId="439bfbae-75bc-4f74-9fc7-b2a2d47ce3ef" "2049-3630"',
      [],
    ],
    ['words of a title, in any case', 'title all "WEATHER its winter"', ['ten-digits-only']],
    ['a word cut short', 'title all "weath* wheat"', ['ten-digits-only']],
    ['an author without accents', 'contributors =/@name "maldonado" and title="Atlas"', ['many-holdings']],
    ['ids in a list', `id==("${idOf('journal')}" or "${idOf('online')}")`, ['online', 'journal']],
    [
      'only what lends',
      'title all "charter rolls" and holdingsRecords.illPolicyId=="46970b40-918e-47a4-a45d-b1677a2d3d46"',
      [],
    ],
  ])('finds by %s', async (_what, cql, names) => {
    expect(await ids(cql)).toEqual(names.map(idOf));
  });

  it('has the ten-digit number only with what is written around it', async () => {
    // The normaliser takes out hyphens and blanks and nothing else.
    expect(await ids('isbn="0000860018(PBK.)"')).toEqual([idOf('ten-digits-only')]);
  });

  it('gives ten linked records unless a limit is asked for', async () => {
    const title = 'title all "atlas of chalk streams"';
    const few = await search(title, { holdings: undefined });
    const all = await search(title);
    expect(few.data.instance_storage_instances.instances[0]?.holdingsRecords2).toHaveLength(10);
    expect(all.data.instance_storage_instances.instances[0]?.holdingsRecords2).toHaveLength(12);
  });

  it('pages', async () => {
    const first = await search('title="The Odyssey"', { limit: 10 });
    const last = await search('title="The Odyssey"', { limit: 10, offset: 30 });
    expect(first.data.instance_storage_instances.totalRecords).toBeGreaterThanOrEqual(30);
    expect(first.data.instance_storage_instances.instances).toHaveLength(10);
    expect(last.data.instance_storage_instances.instances.length).toBeLessThan(10);
  });

  it.each([
    ['field unknown to this server version', '{ instance_storage_instances { instances { nope } } }', undefined],
    ['query text does not parse', '{ instance_storage_instances {', undefined],
  ])('refuses as recorded: %s', async (name, query) => {
    const recorded = cases('okapi', '12-graphql-errors.json').find((one) => one.name === name) as unknown as {
      readonly httpStatus: number;
      readonly body: { readonly errors: readonly { readonly extensions: { readonly code: string } }[] };
    };
    const answer = await inventory.post('/graphql', { query });
    expect(answer.status).toBe(recorded.httpStatus);
    const { errors } = answer.json as typeof recorded.body;
    expect(errors[0]?.extensions.code).toBe(recorded.body.errors[0]?.extensions.code);
  });

  it('refuses a query storage cannot read inside HTTP 200', async () => {
    const found = await search('title all');
    expect(found.errors?.[0]?.message).toMatch(/^400 Bad Request: /);
    expect(found.data.instance_storage_instances).toBeNull();
  });

  it('names the missing permission inside HTTP 200', async () => {
    const token = await tokenFor(consortium, 'consortium', { username: 'newcomer', password: 'practice-newcomer' });
    const headers = { ...JSON_HEADERS, 'x-okapi-tenant': 'consortium', 'x-okapi-token': token };
    const body = JSON.stringify({ query: '{ instance_storage_instances { totalRecords } }' });
    const answer = await call(consortium, 'POST', '/graphql', headers, body);
    expect(answer.status).toBe(200);
    expect((answer.json as Found).errors?.[0]?.message).toMatch(
      /^403 Forbidden: Access for user .* requires permission: inventory-storage\.instances\.collection\.get$/,
    );
  });

  it('gives partial data with errors when a part of it fails', async () => {
    const { inventoryTroubles } = consortium.controls;
    inventoryTroubles.arm('holdings', 1);
    const found = await search('isbn="9780000810014"');
    expect(found.errors?.[0]?.path).toEqual(['instance_storage_instances', 'instances', 0, 'holdingsRecords2']);
    expect(found.data.instance_storage_instances.instances.map((one) => one.holdingsRecords2 === null)).toEqual([
      true,
      false,
      false,
    ]);
  });
});

describe('Reservoir', () => {
  it('finds by id and by ISBN, with one 999 a copy', async () => {
    const byId = await inventory.get(`/reservoir/sru?query=rec.id%3D${idOf('duplicate-2')}&recordSchema=marcxml`);
    expect(byId.text).toContain('<numberOfRecords>1</numberOfRecords>');
    expect(byId.text.match(/<datafield tag="999" ind1="1" ind2="1">/g)).toHaveLength(3);
    expect(byId.text).toContain('<subfield code="s">ISIL:LRK</subfield>');
    const byIsbn = await inventory.get('/reservoir/sru?query=isbn%3D9780000810014');
    expect(byIsbn.text).toContain('<numberOfRecords>3</numberOfRecords>');
  });

  it('answers what it cannot do with a diagnostic and HTTP 200', async () => {
    const answer = await inventory.get('/reservoir/sru?query=title%3Dodyssey');
    expect(answer.status).toBe(200);
    expect(answer.text).toContain('info:srw/diagnostic/1/16');
  });

  it('needs no log-in, by the tenant in the path', async () => {
    const path = `/_/invoke/tenant/consortium/reservoir/oai?verb=GetRecord&identifier=oai:${idOf('journal')}&metadataPrefix=marcxml`;
    const answer = await call(consortium, 'GET', path, {});
    expect(answer.status).toBe(200);
    expect(answer.text).toContain(`<controlfield tag="001">${idOf('journal')}</controlfield>`);
  });
});
