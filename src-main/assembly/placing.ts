import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RecordBody, StoredRecord } from '../contract/journal.ts';
import type { RequestSystem } from '../contract/outcome.ts';
import type { RequestView } from '../contract/request.ts';
import type { Result } from '../contract/result.ts';
import { PlacingFlow } from '../journal/placing-flow.ts';
import type { Lanes } from '../journal/lanes.ts';
import { maskCard, Sealer } from '../settings/seal.ts';
import type { EventStream } from '../shell/event-stream.ts';
import type { Store } from '../store/client.ts';
import { PlaceBatchRun } from './place-batch.ts';
import type { PlacingParts } from './place.ts';
import { listedPlacings, placingOf } from './placing-journal.ts';
import { createPlacingSystems, type PlacingSystemsOptions } from './placing-systems.ts';

export interface PlacingOptions extends PlacingSystemsOptions {
  readonly system: RequestSystem | undefined;
  readonly store: Store;
  readonly lanes: Lanes;
  readonly record: (id: string, body: RecordBody) => Promise<Result<StoredRecord>>;
  readonly sealer: Sealer | undefined;
  readonly events: Pick<EventStream, 'publish'>;
  readonly now: () => Date;
  readonly sleep: ((ms: number, signal: AbortSignal) => Promise<void>) | undefined;
}

/** Placing requests: its systems, and its part of the journal. */
export interface Placing extends PlacingParts {
  readonly batch: PlaceBatchRun;
  /** The cache learned something. */
  cacheChanged(): void;
  /** Somebody at this computer has just read these requests. */
  read(views: readonly RequestView[]): void;
  /** Logs out and ends the connections. */
  close(): Promise<void>;
}

export function createPlacing(options: PlacingOptions): Placing {
  const { store, sealer, now, log } = options;
  const systems = createPlacingSystems(options);
  const onFault = (error: unknown): void => {
    log.fault('placing', error);
  };
  const flow = new PlacingFlow({
    get door() {
      return systems.door.ok ? systems.door.value : undefined;
    },
    system: options.system,
    lanes: options.lanes,
    record: options.record,
    rows: () => listedPlacings(store.journal, now()),
    earlier: (id) => placingOf(store.journal, id),
    newId: randomUUID,
    now,
    seal: (text, row) => sealer?.seal(text, row),
    open: (sealed, row) => sealer?.open(sealed, row),
    mask: maskCard,
    sleep: options.sleep ?? ((ms, signal) => sleep(ms, undefined, { signal, ref: false })),
    onChange: (placed) => {
      options.events.publish({ type: 'placed', placed });
    },
    onNews: (news) => {
      options.events.publish({ type: 'placed-news', news: [...news] });
    },
    onFault,
  });
  // Without a key that is kept, the same row is known again only until Carrel ends.
  const marker = sealer ?? new Sealer(Sealer.newKey());
  const parts: PlacingParts = {
    ...systems,
    flow,
    get door() {
      return systems.door;
    },
  };
  return {
    ...systems,
    flow,
    get door() {
      return systems.door;
    },
    batch: new PlaceBatchRun(parts, (text) => marker.mark(text)),
    cacheChanged: () => {
      flow.learn((id) => store.cache.get(id)).catch(onFault);
    },
    read: (views) => {
      flow.read(views);
    },
    close: () => systems.close(),
  };
}
