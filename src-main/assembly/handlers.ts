import type { Handlers } from '../contract/methods.ts';
import { ok } from '../contract/result.ts';
import { SecretName, type DeskSettings, type SecretState } from '../contract/settings.ts';
import { parseOfferId } from '../desk/offers.ts';
import type { FilePicker } from '../contract/keep.ts';
import type { DeskFlow } from '../journal/desk-flow.ts';
import type { DueFlow } from '../journal/due-flow.ts';
import type { CachePort } from '../journal/ports.ts';
import type { Profile } from '../settings/profile.ts';
import type { Vault } from '../settings/vault.ts';
import type { EventStream } from '../shell/event-stream.ts';
import type { LogFile } from '../shell/log-file.ts';
import type { Store } from '../store/client.ts';
import { almaHandlers, type AlmaAccess } from './alma.ts';
import { almaListHandlers } from './alma-lists.ts';
import type { Agreement } from './agreement.ts';
import { testConnection, type Connection } from './connection.ts';
import { behindLock, lockHandlers, type ScreenLock } from './lock.ts';
import type { Keep } from './keep.ts';
import type { Keeping } from './keeping.ts';
import { itemHandlers, type ItemParts } from './item.ts';
import { placeBatchHandlers } from './place-batch.ts';
import { libraryProfileHandlers } from './library-profile.ts';
import { placeHandlers } from './place.ts';
import type { Placing } from './placing.ts';
import { pileHandlers } from './pile.ts';
import { pullSlipHandlers, type PullSlipParts } from './pull-slips.ts';
import type { Practice } from './practice.ts';
import type { Printing } from './printing.ts';
import { readinessHandlers, type Readiness } from './readiness.ts';
import type { Outage } from './replay.ts';
import type { RequestDesk } from './request-detail.ts';
import type { Setup } from './setup.ts';
import type { ShiftView } from './shift-view.ts';
import { journalFailure } from './store-ports.ts';
import type { Tasks } from './tasks.ts';
import { twoSystemsHandlers } from './relais.ts';
import type { PileRun } from '../journal/pile-run.ts';
import { notConnected } from './not-connected.ts';
import { saving } from './saving.ts';
import { testWmsConnection } from './wms-test.ts';
import { worklistHandlers, type WorklistsParts } from './worklists.ts';

export interface HandlerParts {
  readonly version: string;
  readonly training: boolean;
  readonly practice: Practice | undefined;
  readonly notices: readonly string[];
  readonly flow: DeskFlow;
  readonly printing: Printing;
  readonly dues: DueFlow;
  readonly store: Store;
  /** Takes what was read of requests. */
  readonly cache: Pick<CachePort, 'upsert'>;
  readonly shift: ShiftView;
  readonly connection: Connection;
  readonly agreement: Agreement;
  readonly alma: AlmaAccess;
  readonly keep: Keep;
  readonly keeping: Keeping;
  readonly lock: ScreenLock;
  readonly readiness: Readiness;
  readonly setup: Setup;
  readonly item: ItemParts;
  readonly requestDesk: RequestDesk;
  readonly worklists: WorklistsParts;
  readonly pile: PileRun;
  readonly pullSlips: PullSlipParts;
  readonly outage: Outage;
  readonly tasks: Tasks;
  readonly place: Placing;
  readonly profile: Profile;
  /** Asks people for files. */
  readonly picker: FilePicker;
  readonly vault: Vault;
  readonly desk: () => DeskSettings;
  readonly events: EventStream;
  readonly log: LogFile;
  rebuild(): Promise<void>;
}

/** What main offers the window, method by method. */
export function createHandlers(parts: HandlerParts): Handlers {
  const { flow, store, shift, connection, profile, vault, events } = parts;

  const handlers: Handlers = {
    'app.snapshot': async () => {
      // The revision is read first: whatever changes while the rest is gathered comes again as an event.
      const revision = events.revision;
      const [lines, cachedRequests] = await Promise.all([shift.lines(), shift.cachedRequests()]);
      return ok({
        revision,
        version: parts.version,
        training: parts.training,
        desk: parts.desk(),
        lights: [...shift.lights],
        journal: shift.journal,
        lines: [...lines],
        ...(flow.session === undefined ? {} : { session: flow.session }),
        cachedRequests,
        agreement: parts.agreement.list,
        placedNews: [...parts.place.flow.news],
        tasks: parts.tasks.counts,
        offline: parts.outage.whole(),
        pile: [...(parts.practice?.pile ?? [])],
        ...(parts.practice === undefined ? {} : { practiceUrl: parts.practice.url }),
        notices: [...parts.notices],
        keeping: [...parts.keeping.notices],
        lock: parts.lock.state,
      });
    },

    'scan.submit': (input) => flow.submit(input),

    'scan.choose': ({ scanId, offerId }) => {
      if (parts.dues.takes(offerId)) return parts.dues.changed(scanId, offerId);
      // A person who asks to try again is not told what earlier calls came to.
      if (parseOfferId(offerId)?.kind === 'again') parts.outage.woke();
      return flow.choose(scanId, offerId);
    },

    'due.set': ({ scanId, date }) => parts.dues.set(scanId, date),

    'slip.print': ({ scanId }) => parts.printing.print(scanId),

    'slip.pdf': ({ scanId }) => parts.printing.pdf(scanId),

    'session.end': ({ id }) => {
      flow.endSession(id);
      return Promise.resolve(ok({}));
    },

    'scan.search': async ({ text, day, limit }) => {
      try {
        return ok([...(await store.journal.searchLines({ text, limit, ...(day ?? {}) }))]);
      } catch (error) {
        return journalFailure(error);
      }
    },

    'request.search': async ({ text, limit }) => ok([...(await store.cache.search(text, limit))]),

    'request.get': async ({ id }) => {
      if (connection.system === undefined) return notConnected();
      const read = await connection.system.get(id);
      if (read.ok) await parts.cache.upsert([read.value]);
      return read;
    },

    'agreement.look': ({ whole }) => Promise.resolve(ok(parts.agreement.look(whole))),

    'agreement.confirm': ({ key }) => parts.agreement.confirm(key),
    'agreement.say': ({ key, happened }) => parts.agreement.say(key, happened),

    ...readinessHandlers(parts.readiness),
    ...parts.setup.handlers,

    ...itemHandlers(parts.item),

    ...parts.requestDesk.handlers,
    ...parts.outage.handlers(),

    ...worklistHandlers(parts.worklists),

    ...placeHandlers(parts.place),
    ...placeBatchHandlers(parts.place.batch),

    ...pileHandlers(parts.pile, parts.worklists.cache),

    ...pullSlipHandlers(parts.pullSlips),

    ...parts.tasks.handlers(),
    ...almaListHandlers({ ...parts.pullSlips, alma: parts.alma.system }),
    ...twoSystemsHandlers(parts),

    'settings.get': () => {
      const states = SecretName.options.map((name): [SecretName, SecretState] => [name, vault.state(name)]);
      return Promise.resolve(
        ok({
          settings: profile.state.settings,
          secrets: Object.fromEntries(states) as Record<SecretName, SecretState>,
          managed: [...profile.state.managed],
          ...(vault.sentence === undefined ? {} : { secretsSentence: vault.sentence }),
        }),
      );
    },

    'settings.saveDesk': ({ desk }) =>
      saving(async () => {
        const settings = await profile.save((old) => ({ ...old, desk }));
        events.publish({ type: 'desk', desk: parts.desk() });
        return settings;
      }),

    'settings.saveReshare': ({ reshare, passwords }) =>
      saving(async () => {
        for (const [name, value] of Object.entries(passwords)) {
          if (value !== '') await vault.set(SecretName.parse(name), value);
        }
        const settings = await profile.save(({ reshare: _old, ...rest }) =>
          reshare === undefined ? rest : { ...rest, reshare },
        );
        return { settings, restartNeeded: true };
      }),

    'settings.test': async ({ reshare, passwords }) => ok([...(await testConnection(reshare, passwords, vault))]),

    'settings.saveWms': ({ wms, secret }) =>
      saving(async () => {
        if (secret !== undefined && secret !== '') await vault.set('wms-secret', secret);
        const settings = await profile.save(({ wms: _old, ...rest }) => (wms === undefined ? rest : { ...rest, wms }));
        return { settings, restartNeeded: true };
      }),

    'settings.testWms': async ({ wms, secret }) =>
      ok([...(await testWmsConnection(wms, secret, { vault, saved: profile.state.settings.wms }))]),

    ...parts.keep.handlers,

    ...almaHandlers(parts),

    ...libraryProfileHandlers(parts),

    ...parts.keeping.handlers,
    ...lockHandlers(parts.lock),

    'app.restart': async () => {
      // Answered before it happens: the window that asked is about to be reloaded.
      setTimeout(() => {
        parts.rebuild().catch((error: unknown) => {
          parts.log.fault('rebuild', error);
        });
      }, 0);
      return Promise.resolve(ok({}));
    },
  };
  return behindLock(handlers, parts.lock);
}
