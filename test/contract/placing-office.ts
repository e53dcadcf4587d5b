import { randomUUID } from 'node:crypto';
import { sendOrder, type PlacingParts } from '../../src-main/assembly/place.ts';
import { listedPlacings, placingOf } from '../../src-main/assembly/placing-journal.ts';
import { createPlacingSystems, type PlacingSystemsOptions } from '../../src-main/assembly/placing-systems.ts';
import type { RecordBody, StepState, StoredRecord } from '../../src-main/contract/journal.ts';
import type { PlacedRequest, PlaceOrder } from '../../src-main/contract/place.ts';
import { ok, type Result } from '../../src-main/contract/result.ts';
import { createLanes } from '../../src-main/journal/lanes.ts';
import { PlacingFlow } from '../../src-main/journal/placing-flow.ts';
import { maskCard, Sealer } from '../../src-main/settings/seal.ts';
import { LogFile } from '../../src-main/shell/log-file.ts';
import type { ConsortiumOptions } from '../../src-main/training/consortium.ts';
import { namedUuid } from '../../src-main/training/random.ts';
import { newFolder } from '../fixtures/store-folder.ts';
import { record } from '../fixtures/store-records.ts';
import { memoryJournal } from '../fixtures/store-stores.ts';
import { crosslinkDesk } from './crosslink-desk.ts';
import { closers, desk, OKAPI } from './systems-desk.ts';
import { deskAt } from './training-desk.ts';

/** An ILL office that places requests through the real clients, on a practice consortium whose time stands unless waited for. */
export async function office(
  options: {
    readonly consortium?: ConsortiumOptions;
    readonly door?: 'resolver' | 'mod-rs' | 'crosslink';
    readonly lookUpPatron?: PlacingSystemsOptions['lookUpPatron'];
  } = {},
) {
  const crosslink = options.door === 'crosslink' ? await crosslinkDesk(options.consortium) : undefined;
  const at = crosslink?.at ?? (await desk(options.consortium));
  const { consortium, session } = at;
  const reshare = crosslink?.crosslink ?? at.reshare;
  const { username, password } = consortium.tenants.find(({ id }) => id === 'consortium')!;
  const systems = createPlacingSystems({
    reshare: {
      okapiUrl: consortium.url,
      tenant: OKAPI.tenant,
      username: OKAPI.username,
      openUrlDoor: options.door === 'mod-rs' ? 'mod-rs' : 'resolver',
    },
    session,
    inventory: {
      kind: 'folio-graphql',
      okapiUrl: consortium.url,
      tenant: 'consortium',
      username,
      password: () => Promise.resolve(password),
      rejected: () => false,
      onRejected: () => undefined,
    },
    kind: () => (crosslink === undefined ? 'mod-rs' : 'crosslink'),
    openUrlAddress: consortium.resolverUrl,
    lookUpPatron: options.lookUpPatron,
    log: new LogFile(newFolder()),
  });
  closers.push(() => systems.close());
  const { journal } = memoryJournal();
  const order: PlaceOrder = {
    instance: instance('duplicate-2'),
    patron: consortium.cast.find(({ what }) => what === 'patron card')!.barcode,
    pickup: 'riverside-main-desk',
    note: 'For a reading group',
  };
  const sealer = new Sealer(Sealer.newKey());
  const heard: PlacedRequest[] = [];
  const told: (readonly string[])[] = [];
  const faults: unknown[] = [];
  const now = (): Date => new Date(consortium.clock.now());

  /**
   * A run of Carrel on the same journal; waiting lets practice time pass.
   * @param diesAfter the state of a step after whose record the run writes nothing more
   */
  function run(sleep: 'waits' | 'never' = 'waits', diesAfter?: StepState) {
    let dead = false;
    const write = (scanId: string, body: RecordBody): Promise<Result<StoredRecord>> => {
      if (dead) return new Promise(() => undefined);
      dead = body.type === 'step' && body.state === diesAfter;
      return Promise.resolve(ok(journal.append(record(body, { scanId, at: now().toISOString() })).record));
    };
    const flow = new PlacingFlow({
      door: systems.door.ok ? systems.door.value : undefined,
      system: reshare,
      lanes: createLanes(),
      record: write,
      rows: () => listedPlacings({ steps: (query) => Promise.resolve(journal.steps(query)) }, now()),
      earlier: (id) => placingOf({ recordsOf: (scanId) => Promise.resolve(journal.recordsOf(scanId)) }, id),
      newId: randomUUID,
      now,
      seal: (text, row) => sealer.seal(text, row),
      open: (sealed, row) => sealer.open(sealed, row),
      mask: maskCard,
      sleep: (ms) => {
        if (sleep === 'never') return new Promise(() => undefined);
        consortium.clock.advance(ms);
        return Promise.resolve();
      },
      onChange: (placed) => heard.push(placed),
      onNews: (news) => told.push(news.map(({ state }) => state?.code ?? '')),
      onFault: (error) => faults.push(error),
    });
    const parts: PlacingParts = { ...systems, flow };
    return {
      flow,
      parts,
      send: (more: Partial<PlaceOrder> = {}, id: string = randomUUID()): Promise<Result<PlacedRequest>> =>
        sendOrder(parts, { ...order, ...more }, id),
    };
  }

  return {
    ...at,
    reshare,
    systems,
    order,
    journal,
    heard,
    /** What staff were told of, each time that it changed: states, newest first. */
    told,
    faults,
    run,
    /** Requests that were created at Riverside, whatever Carrel was told. */
    created: (): number =>
      consortium.ledger().filter(({ kind, tenant }) => kind === 'create' && tenant === 'riverside').length,
    /** States of a placing in the order they were written. */
    written: (id: string): readonly string[] =>
      journal.recordsOf(id).flatMap(({ body }) => (body.type === 'step' ? [body.state] : [])),
    other: (tenant: 'northfield' | 'eastport') => deskAt(consortium, tenant),
  };
}

/** The id of a record of the practice inventory, by its name in the stock. */
export function instance(name: string): string {
  return namedUuid(`instance:${name}`);
}
