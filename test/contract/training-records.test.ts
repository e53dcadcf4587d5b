import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Consortium } from '../../src-main/training/consortium.ts';
import {
  deskAt,
  fixture,
  recordsIn,
  samples,
  standing,
  type Answer,
  type Desk,
  type WireRecord,
} from './training-desk.ts';

/**
 * The practice server's JSON against the sample bodies: no key a sample does not have (beyond the documented optional ones), the same
 * types, and every key that all samples of a kind share.
 */
const FULL = [
  '01-requester-REQ_SHIPPED-full.json',
  '02-requester-REQ_CHECKED_IN-full-multivolume.json',
  '03-requester-REQ_CONDITIONAL_ANSWER_RECEIVED-full.json',
  '04-responder-RES_NEW_AWAIT_PULL_SLIP-full.json',
  '05-responder-RES_AWAIT_PICKING-full-after-failed-checkout.json',
  '06-responder-RES_AWAIT_SHIP-full-undo-available.json',
  '07-responder-RES_ITEM_RETURNED-full-protocolaudit.json',
].map((name) => fixture('reshare', name) as WireRecord);

/** Documented on PatronRequest and its parts, but in none of the samples. */
const DOCUMENTED = new Set([
  'localNote',
  'needsAttention',
  'deliveryMethod',
  'titleOfComponent',
  'pagesRequested',
  'cancellationReason',
  'undoPerformed',
  'messageStatus',
  'cost',
  'costCurrency',
  'terminalSequence',
  'supplyPreference',
  'rotaPosition',
  'resolvedPickupLocation',
]);

type Shape = { readonly type: string; readonly keys?: Map<string, Shape>; readonly item?: Shape | undefined };

function shapeOf(values: readonly unknown[]): Shape {
  const types = new Set(
    values.map((value) => (Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value)),
  );
  const type = [...types].sort().join('|');
  if (type === 'array') {
    const items = values.flatMap((value) => value as unknown[]);
    return { type, item: items.length === 0 ? undefined : shapeOf(items) };
  }
  if (type !== 'object') return { type };
  const keys = new Map<string, Shape>();
  for (const key of new Set(values.flatMap((value) => Object.keys(value as object)))) {
    keys.set(
      key,
      shapeOf(
        values.filter((value) => key in (value as object)).map((value) => (value as Record<string, unknown>)[key]),
      ),
    );
  }
  return { type, keys };
}

/** Every way ours departs from the samples, as dotted paths. */
function departures(ours: Shape, sample: Shape, path = ''): readonly string[] {
  if (ours.type !== sample.type) return [`${path}: ${ours.type} instead of ${sample.type}`];
  if (ours.item !== undefined && sample.item !== undefined) return departures(ours.item, sample.item, `${path}[]`);
  return [...(ours.keys ?? [])].flatMap(([key, shape]) => {
    const known = sample.keys?.get(key);
    // previousStates maps state codes, which differ from request to request.
    if (path.endsWith('previousStates')) return [];
    if (known === undefined) return DOCUMENTED.has(key) ? [] : [`${path}.${key} is in no sample`];
    return departures(shape, known, `${path}.${key}`);
  });
}

const shared = (samples: readonly object[]): readonly string[] =>
  Object.keys(samples[0]!).filter((key) => samples.every((one) => key in one));

interface Envelope {
  readonly results: readonly WireRecord[];
  readonly total: number;
  readonly totalRecords: number;
  readonly totalPages: number;
}

const entriesIn = (answer: Answer) => answer.json as readonly { readonly slug: string }[];

describe('records of the practice server look like the samples', () => {
  let consortium: Consortium;
  let desk: Desk;
  let full: readonly WireRecord[];
  let brief: readonly WireRecord[];

  const everything = async (extra: string): Promise<readonly WireRecord[]> => {
    const found: WireRecord[] = [];
    for (let page = 1; ; page += 1) {
      const rows = recordsIn(await desk.get(`/rs/patronrequests?perPage=100&page=${page}&sort=id${extra}`));
      found.push(...rows);
      if (rows.length < 100) return found;
    }
  };

  beforeAll(async () => {
    consortium = await standing({ size: 400 });
    desk = await deskAt(consortium);
    full = await everything('&fullRecord=true');
    brief = await everything('');
  });
  afterAll(() => consortium.stop());

  it('full records have no key and no type the samples do not have', () => {
    expect(full.length).toBe(consortium.counts()['riverside']);
    expect(departures(shapeOf(full), shapeOf(FULL))).toEqual([]);
  });

  it('full records of each side have the keys all samples of that side share', () => {
    for (const isRequester of [true, false]) {
      const wanted = shared(FULL.filter((one) => one.isRequester === isRequester)).filter(
        // What only a request that has met a supplier, and a numbered patron, has.
        (key) =>
          !['supplyingInstitutionSymbol', 'peerRequestIdentifier', 'resolvedSupplier', 'rotaPosition'].includes(key),
      );
      // The samples share one patron note, one edition and one local call number; these are optional in the record.
      const optional = ['patronNote', 'edition', 'systemInstanceIdentifier', 'bibRecord', 'resolvedPatron'];
      const lendingOnly = isRequester ? [] : ['pickLocation', 'pickShelvingLocation', 'localCallNumber'];
      const missing = full
        .filter((one) => one.isRequester === isRequester)
        .flatMap((one) => wanted.filter((key) => !(key in one) && ![...optional, ...lendingOnly].includes(key)));
      expect([...new Set(missing)]).toEqual([]);
    }
  });

  it('brief records have only keys of the brief samples, and none of the full record', () => {
    const lists = ['08-list-without-stats.json', '10-hrid-lookup-two-matches.json'].flatMap(
      (name) => fixture('reshare', name) as WireRecord[],
    );
    const { results } = fixture('reshare', '09-list-with-stats.json') as Envelope;
    const briefInFull = new Set(['activeLoan', 'needsAttention', 'dueDateFromLMS', 'parsedDueDateFromLMS', 'overdue']);
    const odd = departures(shapeOf(brief), shapeOf([...lists, ...results])).filter(
      (line) => !briefInFull.has(/^\.(\w+) is in no sample$/.exec(line)?.[1] ?? ''),
    );
    expect(odd).toEqual([]);
    for (const key of ['audit', 'notifications', 'validActions', 'networkStatus', 'stateModel', 'conditions', 'rota']) {
      expect(brief.some((one) => key in one)).toBe(false);
    }
  });

  it('writes no null and no version anywhere', () => {
    const nulls: string[] = [];
    JSON.stringify(full, (key, value: unknown) => {
      if (value === null || key === 'version') nulls.push(key);
      return value;
    });
    expect(nulls).toEqual([]);
  });

  it('writes times in UTC to the second and message times as numbers', () => {
    for (const one of full) {
      expect(one.dateCreated).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
      for (const notice of one.notifications) expect(notice.timestamp % 1000).toBe(0);
    }
    expect(full.some((one) => one.notifications.length > 0)).toBe(true);
  });

  it('answers the envelope with stats and a bare array without', async () => {
    const sample = fixture('reshare', '09-list-with-stats.json') as Envelope;
    const answer = await desk.get('/rs/patronrequests?stats=true&perPage=1&filters=isRequester==false');
    const json = answer.json as Envelope;
    expect(Object.keys(json)).toEqual(Object.keys(sample));
    expect(json.total).toBe(json.totalRecords);
    expect(json.totalPages).toBe(json.total);
    expect(json.results).toHaveLength(1);
    expect(Array.isArray((await desk.get('/rs/patronrequests')).json)).toBe(true);
  });

  it('finds both sides of one number', async () => {
    const both = recordsIn(await desk.get('/rs/patronrequests?filters=hrid==RVR-1290'));
    expect(both.map((one) => one.isRequester).sort()).toEqual([false, true]);
    expect(both[0]!.peerRequestIdentifier).toBe(both[1]!.id);
  });

  it('answers 404 for an unknown record and 200 for its valid actions', async () => {
    const unknown = '8b07bf6a-ce61-587b-97fa-1c92c23a42d8';
    const missing = await desk.get(`/rs/patronrequests/${unknown}`);
    expect([missing.status, missing.json]).toEqual([404, samples('reshare', '23-errors.json')['GET unknown id']!.body]);
    const actions = await desk.get(`/rs/patronrequests/${unknown}/validActions`);
    expect([actions.status, actions.json]).toEqual([
      200,
      samples('reshare', '11-validActions.json')['unknown id (HTTP 200)'],
    ]);
  });

  it('lists the states a lending request may be closed in as the sample does', async () => {
    const thing = consortium.thing('ship-2');
    const { json } = await desk.get(`/rs/patronrequests/${thing.requestId}/manualCloseStates`);
    const without = (rows: unknown) => (rows as readonly { id: string }[]).map(({ id: _id, ...rest }) => rest);
    expect(without(json)).toEqual(without(fixture('reshare', '14-manualCloseStates.json')));
  });

  it('directory entries, settings, reference data and statistics have the samples’ shapes', async () => {
    const pickup = await desk.get(
      '/directory/entry?filters=tags.value=i=pickup&filters=status.value==managed&perPage=1000',
    );
    expect(
      departures(shapeOf([pickup.json]), shapeOf([fixture('reshare', '16-directory-pickup-entries.json')])),
    ).toEqual([]);
    expect(entriesIn(pickup).map((one) => one.slug)).toEqual([
      'riverside-main-desk',
      'riverside-science',
      'riverside-music',
    ]);
    const own = await desk.get('/directory/entry?filters=type.value==institution&filters=status.value==managed');
    expect(departures(shapeOf([own.json]), shapeOf([fixture('reshare', '17-directory-institution.json')]))).toEqual([]);
    expect(own.json).toMatchObject([{ symbols: [{ symbol: 'RVR', authority: { symbol: 'RESHARE' } }] }]);
    const settings = await desk.get('/rs/settings/appSettings?perPage=1000');
    expect(departures(shapeOf([settings.json]), shapeOf([fixture('reshare', '20-appSettings.json')]))).toEqual([]);
    const reasons = await desk.get('/rs/refdata?filters=desc==cancellationReasons');
    const plain = (rows: unknown) =>
      (rows as readonly { values: readonly { value: string; label: string }[] }[])[0]!.values.map((one) => [
        one.value,
        one.label,
      ]);
    expect(plain(reasons.json)).toEqual(plain(fixture('reshare', '21-refdata-cancellationReasons.json')));
    const counts = await desk.get('/rs/statistics');
    expect(Object.keys(counts.json as object)).toEqual(Object.keys(fixture('reshare', '22-statistics.json') as object));
  });
});
