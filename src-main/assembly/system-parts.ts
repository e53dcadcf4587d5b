import { join } from 'node:path';
import type { RequestView } from '../contract/request.ts';
import type { CachePort, JournalPort } from '../journal/ports.ts';
import type { Base } from './base-parts.ts';
import type { BuildOptions } from './build-options.ts';
import { openCallCount, type KeptCounter } from './call-count.ts';
import { createCirculation, type Circulation } from './circulation.ts';
import { createConnection, type Connection } from './connection.ts';
import { ShiftView } from './shift-view.ts';
import { storePorts } from './store-ports.ts';

/** Told to parts that are built later. */
export interface SystemEvents {
  /** The cache holds something new. */
  onCache(): void;
  /** Somebody at this computer has just read these requests. */
  onRead(views: readonly RequestView[]): void;
  /** The circulation system checked this item in; its words say where the item goes, where it said so. */
  onCheckedIn(barcode: string, words: string | undefined): void;
}

/** The systems a desk works with, the lights that show how they are, and the store as the journal sees it. */
export interface Systems {
  readonly shift: ShiftView;
  readonly ports: { readonly journal: JournalPort; readonly cache: CachePort };
  readonly connection: Connection;
  readonly circulation: Circulation;
  /** The calls to WMS of today; undefined where no WMS is configured. */
  readonly callCount: KeptCounter | undefined;
}

/** Puts ReShare and the circulation system together with their settings and passwords; nothing is asked of them yet. */
export async function openSystems(options: BuildOptions, base: Base, later: SystemEvents): Promise<Systems> {
  const { events, log } = options;
  const { now, mono, directory, store, vault, practice, reshare, wms } = base;

  const shift = new ShiftView({ store, events, now, mono });
  const ports = storePorts(store, {
    journal: (failure) => {
      shift.journalSaid(failure?.error);
    },
    cacheFault: (error) => {
      log.fault('cache', error);
    },
    read: (views) => {
      later.onRead(views);
    },
  });

  const connection = createConnection({
    settings: reshare,
    password:
      practice === undefined ? () => vault.get('reshare-password') : () => Promise.resolve(practice.tenant.password),
    rejected: practice === undefined && vault.state('reshare-password') === 'rejected',
    onRejected: () => {
      if (practice !== undefined) return;
      vault.reject('reshare-password').catch((error: unknown) => {
        log.fault('vault', error);
      });
    },
    cache: store.cache,
    light: shift.light,
    log,
    now,
    patience: options.hurry?.patience,
    onCache: () => {
      shift.cacheChanged();
      later.onCache();
    },
  });

  const callCount =
    wms === undefined
      ? undefined
      : await openCallCount({
          path: join(directory, 'wms-calls.json'),
          keyId: wms.keyId,
          onFault: (error) => {
            log.fault('wms-calls', error);
          },
        });
  const circulation = createCirculation({
    settings: wms,
    counter: callCount?.counter,
    requestsOf: (barcode) => ports.cache.findByIdentifier([barcode]),
    onCheckedIn: (barcode, words) => {
      later.onCheckedIn(barcode, words);
    },
    secret: practice === undefined ? await vault.get('wms-secret') : practice.wmsSecret,
    light: shift.wmsLight,
    log,
    now,
    mono,
    timeouts: options.hurry?.wmsTimeouts,
  });
  if (wms !== undefined) shift.show('wms');

  return { shift, ports, connection, circulation, callCount };
}
