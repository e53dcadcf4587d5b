import type { HostSettings } from '../contract/agreement.ts';
import type { RequestOffice } from '../contract/request-record.ts';
import type { RequestView } from '../contract/request.ts';
import type { BulkOutcome, CallReport, RequestSystem, TenantRules, WordsFound } from '../contract/outcome.ts';
import { ok, type Result } from '../contract/result.ts';
import { DEFAULT_PARALLEL, type CheckLine, type ReshareSettings, type SecretName } from '../contract/settings.ts';
import type { Vault } from '../settings/vault.ts';
import type { LogFile } from '../shell/log-file.ts';
import type { RemoteCache } from '../store/calls.ts';
import { createSlots, type Slots } from '../journal/slots.ts';
import { createSync, type Sync, type SyncOptions } from '../sync/sync.ts';
import { createHttpClient, type HttpSettings } from '../systems/http/client.ts';
import { reservoirAnswers } from '../systems/inventory/reservoir-sru.ts';
import { createOkapiSession, type OkapiSession } from '../systems/okapi/session.ts';
import { createDetectedBackend, detectBackend, type BackendKind } from '../systems/reshare/backend.ts';
import { createCrosslink } from '../systems/reshare/crosslink.ts';
import { testConnection as testReshare } from '../systems/reshare/probe.ts';
import { createReshare } from '../systems/reshare/reshare.ts';
import { logCall } from './call-log.ts';
import { knownRequests } from './known-requests.ts';
import type { LightKeeper } from './lights.ts';
import { notConnected } from './not-connected.ts';

/** How long ReShare is waited for where that is not the usual. */
export interface Patience {
  readonly http: Partial<HttpSettings>;
  /** How long an action may take, milliseconds. */
  readonly actTimeoutMs: number;
}

export interface ConnectionOptions {
  /** Undefined while nothing is configured. */
  readonly settings: ReshareSettings | undefined;
  readonly password: () => Promise<string | undefined>;
  /** The password was refused in an earlier run and has not been typed anew. */
  readonly rejected: boolean;
  readonly onRejected: () => void;
  readonly cache: RemoteCache;
  readonly light: LightKeeper;
  readonly log: LogFile;
  readonly now: () => Date;
  readonly patience?: Patience | undefined;
  /** The cache holds something new. */
  readonly onCache: () => void;
}

/** ReShare as the desk uses it: asked directly, and synced into the cache. */
export interface Connection {
  readonly system: RequestSystem | undefined;
  /** What the office's screen of one request needs. */
  readonly office: RequestOffice | undefined;
  /** For looks beside the desk's work, as the same account. */
  readonly session: OkapiSession | undefined;
  /** Which of both systems called ReShare it is; undefined until it has answered. */
  kind(): BackendKind | undefined;
  /** What ReShare does in the library's circulation system by itself. */
  hostSettings(): Promise<Result<HostSettings>>;
  /** What this library borrowed and is over, changed at or after `since` (ISO 8601 UTC), in brief form. */
  closedLoans(since: string, signal: AbortSignal): Promise<Result<readonly RequestView[]>>;
  /** Server clock minus ours, milliseconds, when known. */
  serverOffsetMs(): number | undefined;
  /** Begins syncing, and asks for the tenant's settings now and hourly. */
  start(onRules: (rules: TenantRules) => void): void;
  /** Reads a request again a few times after an action that has been looked at. */
  follow(requestId: string): void;
  /** Requests that have every typed word, asked of ReShare. */
  search(text: string): Promise<Result<WordsFound>>;
  /** One action on several requests in one call, sent once. */
  actOnMany(ids: readonly string[], action: string): Promise<BulkOutcome>;
  /** The tenant's own pull slips of these requests, as a PDF. */
  pullSlips(ids: readonly string[]): Promise<Result<Uint8Array>>;
  /** Asks for changes now rather than at the next turn. */
  refresh(): void;
  /** The computer woke: tokens may be stale, and changes were missed. */
  wake(): void;
  /** Asks nothing further. */
  stop(): Promise<void>;
  /** Logs out and ends the connections. */
  close(): Promise<void>;
}

/** Polls and reads behind the desk's back: at most so many at once, so that they never stand in the way of things. */
const BACKGROUND_CALLS = 2;
/** A look at a label asks its questions side by side (see `findByScan`), so a thing has about two calls in flight. */
const CALLS_A_THING = 2;

/**
 * Calls to ReShare in flight at once. `parallel` things may be worked on side by side; were there room for only as many
 * calls, their looks, the polls and the later reads would take turns with the actions, and the things would wait for each
 * other.
 * @param parallel how many things are worked on side by side
 */
export function callsAtOnce(parallel: number = DEFAULT_PARALLEL.reshare): number {
  return parallel * CALLS_A_THING + BACKGROUND_CALLS;
}

const RULES_EVERY_MS = 60 * 60_000;
/** Logging out is a courtesy to the server; closing Carrel does not wait longer for it, milliseconds. */
const LOGOUT_MS = 1_500;

const UNCONNECTED: Connection = {
  system: undefined,
  office: undefined,
  session: undefined,
  kind: () => undefined,
  hostSettings: () => Promise.resolve(ok({ known: false })),
  closedLoans: () => Promise.resolve(ok([])),
  serverOffsetMs: () => undefined,
  start: () => undefined,
  follow: () => undefined,
  search: () => Promise.resolve(notConnected()),
  actOnMany: () => Promise.resolve('not-offered'),
  pullSlips: () => Promise.resolve(notConnected()),
  refresh: () => undefined,
  wake: () => undefined,
  stop: () => Promise.resolve(),
  close: () => Promise.resolve(),
};

export function createConnection(options: ConnectionOptions): Connection {
  const { settings, cache, light, log, patience } = options;
  if (settings === undefined) {
    light.set('down', 'No ReShare is set up on this computer yet. Enter the connection in Settings.');
    return UNCONNECTED;
  }
  const limit = callsAtOnce(settings.parallel);
  const http = createHttpClient(settings.okapiUrl, {
    // What is let through is on its way at once, a log-in and a stream of events too: nothing waits out of the breaker’s reach.
    settings: { connections: limit + 2, ...patience?.http },
    onCall: (line) => logCall(log, line),
  });
  const session = createOkapiSession({
    http,
    system: 'ReShare',
    tenant: settings.tenant,
    username: settings.username,
    password: options.password,
    rejected: options.rejected,
    onRejected: options.onRejected,
    limit,
  });
  const common = {
    session,
    ...(patience === undefined ? {} : { actTimeoutMs: patience.actTimeoutMs }),
    onCall: (report: CallReport) => {
      light.report(report);
      if (report.ok) sync.answered();
    },
  };
  const system = createDetectedBackend(() => detectReported(session, options), {
    'mod-rs': createReshare(common),
    crosslink: createCrosslink({ ...common, known: knownRequests(options) }),
  });
  const sync: Sync = createSync({
    system: inBackground(system, createSlots(BACKGROUND_CALLS)),
    cache,
    now: options.now,
    schedule: (ms, callback) => {
      const timer = setTimeout(callback, ms);
      return () => {
        clearTimeout(timer);
      };
    },
    random: Math.random,
    onChanged: options.onCache,
    onTelling: (telling) => {
      log.write('info', telling ? 'ReShare tells of changes' : 'ReShare tells of changes no longer', { area: 'sync' });
    },
    onTrouble: (error) => {
      log.fault('sync', error);
    },
  });
  let rulesTimer: NodeJS.Timeout | undefined;

  return {
    system,
    office: system.office,
    session,
    kind: () => system.kind(),
    hostSettings: () => system.hostSettings(),
    closedLoans: (since, signal) => system.listClosedLoans(since, signal),
    serverOffsetMs: () => session.serverOffsetMs(),
    start: (onRules) => {
      const ask = async (): Promise<void> => {
        const rules = await system.tenantRules();
        if (rules.ok) onRules(rules.value);
      };
      const askAndLog = (): void => {
        ask().catch((error: unknown) => {
          log.fault('tenant settings', error);
        });
      };
      askAndLog();
      rulesTimer = setInterval(askAndLog, RULES_EVERY_MS).unref();
      sync.start();
    },
    follow: (requestId) => {
      options.onCache();
      sync.follow(requestId, options.onCache);
    },
    search: (text) => system.searchWords(text),
    actOnMany: (ids, action) => system.actOnMany(ids, action),
    pullSlips: (ids) => system.pullSlips(ids),
    refresh: () => {
      sync.refresh();
    },
    wake: () => {
      session.wake();
      sync.pause();
      sync.resume();
    },
    stop: () => {
      clearInterval(rulesTimer);
      return sync.stop();
    },
    close: async () => {
      let waited: NodeJS.Timeout | undefined;
      const patience = new Promise<void>((resolve) => {
        waited = setTimeout(resolve, LOGOUT_MS);
      });
      await Promise.race([session.logout(), patience]);
      clearTimeout(waited);
      await http.close();
    },
  };
}

/** Detection speaks for ReShare's health as any other question does: until it is answered nothing else is asked. */
async function detectReported(session: OkapiSession, { light, now }: ConnectionOptions) {
  const began = performance.now();
  const at = now().toISOString();
  const found = await detectBackend(session);
  const ms = performance.now() - began;
  light.report(found.ok ? { at, ok: true, ms } : { at, ok: false, ms, error: found.error });
  return found;
}

/** The same questions, each waiting for a slot; one given up meanwhile gets its turn, and then sends nothing. */
export function inBackground(system: SyncOptions['system'], slots: Slots): SyncOptions['system'] {
  return {
    listChanged: (since, signal) => slots.take(() => system.listChanged(since, signal)),
    listOpen: (signal) => slots.take(() => system.listOpen(signal)),
    get: (id, signal) => slots.take(() => system.get(id, signal)),
    // Listening lasts: it has a connection of its own and takes nobody's turn.
    ...(system.watch === undefined ? {} : { watch: system.watch }),
  };
}

/** Tries a connection without saving it; a password left out is the one that is kept. */
export async function testConnection(
  settings: ReshareSettings,
  typed: Partial<Record<SecretName, string>>,
  vault: Vault,
): Promise<readonly CheckLine[]> {
  const password = (name: SecretName) => async (): Promise<string | undefined> => {
    const given = typed[name];
    return given === undefined || given === '' ? vault.get(name) : given;
  };
  const lines = await testReshare({
    settings,
    password: password('reshare-password'),
    inventoryPassword: password('inventory-password'),
    onRejected: (which) => {
      // A refused password that was only typed for this test is not the kept one.
      if (typed[which] === undefined || typed[which] === '') void vault.reject(which);
    },
  });
  return [...lines, ...(await testReservoir(settings))];
}

/** Whether Reservoir answers, where the Shared Inventory is one. */
async function testReservoir({ okapiUrl, inventoryKind, inventoryTenant }: ReshareSettings): Promise<CheckLine[]> {
  if (inventoryKind !== 'reservoir-sru' || inventoryTenant === undefined) return [];
  const http = createHttpClient(okapiUrl);
  try {
    const answer = await reservoirAnswers(http, inventoryTenant);
    const what = 'Shared Inventory: Reservoir';
    return [
      answer.ok
        ? { what, outcome: 'ok', sentence: 'Reservoir answers for this tenant, without a log-in.' }
        : { what, outcome: 'failed', sentence: answer.error.sentence, code: answer.error.code },
    ];
  } finally {
    await http.close();
  }
}
