import { startPracticeAlma, type PracticeAlma } from './alma/practice-alma.ts';
import { PracticeClock } from './clock.ts';
import type { Controls } from './control.ts';
import { adoptStory } from './crosslink/adopt.ts';
import { startBrokerLife } from './crosslink/life.ts';
import { crosslinkBroker } from './crosslink/module.ts';
import { modDirectory } from './directory-api.ts';
import { Faults, type FaultRule } from './faults.ts';
import { modGraphql } from './inventory/graphql.ts';
import { reservoir } from './inventory/reservoir.ts';
import { stockInventory } from './inventory/stock.ts';
import { InventoryTroubles } from './inventory/troubles.ts';
import { Ledger, type LedgerEntry } from './ledger.ts';
import { modRs } from './modrs/module.ts';
import { Gateway } from './okapi/gateway.ts';
import { LoginModule } from './okapi/login.ts';
import { Tokens } from './okapi/tokens.ts';
import { startResolver } from './openurl/resolver.ts';
import { Random } from './random.ts';
import { startPracticeRelais, type PracticeRelais } from './relais/practice-relais.ts';
import { listen } from './server.ts';
import { buildStory } from './story/build.ts';
import type { CastMember } from './story/cast-types.ts';
import { startLife, startOverdueTimer } from './story/life.ts';
import { addTenants } from './story/tenants.ts';
import type { PracticeWms } from './wms/practice-wms.ts';
import { startRiversideWms, type WmsChoices } from './wms/riverside.ts';
import type { World } from './world.ts';

export type { CastMember } from './story/cast-types.ts';
export type { FaultKind, FaultPlace, FaultRule } from './faults.ts';
export type { LedgerEntry } from './ledger.ts';
export { OTHER_ACCOUNTS } from './story/tenants.ts';

/** Everything that can be chosen; all of it can be passed to a worker as data. */
export interface ConsortiumOptions {
  /** Same seed, same story. Default 1. */
  readonly seed?: number;
  /** Practice time at the start, epoch milliseconds. Default: the real now. */
  readonly startAt?: number;
  /** About how many requests there shall be over all libraries. Default 400. */
  readonly size?: number;
  /** `moving`: the other libraries act by themselves. Default `still`. */
  readonly story?: 'still' | 'moving';
  /** `stands`: nothing happens later except by advancing the clock. Default `flows`. */
  readonly time?: 'flows' | 'stands';
  /** How long `networkStatus` stays Waiting after an action that tells the other library. Default 200 ms; 0: never. */
  readonly acknowledgeMs?: number;
  /** How long until the other library's copy has changed. Default 3000 ms. */
  readonly peerMs?: number;
  /** How long until a new request has its number. Default 2000 ms. */
  readonly numberMs?: number;
  /** Time between two things the other libraries do. Default 20 000 ms. */
  readonly tickMs?: number;
  /** How long the circulation system behind ReShare takes, real milliseconds. Default 0. */
  readonly hostLmsMs?: number;
  /** Life of access tokens, seconds. Default 600. */
  readonly accessTokenSeconds?: number;
  /** Life of refresh tokens, seconds. Default 604 800. */
  readonly refreshTokenSeconds?: number;
  /** Tenants where the legacy log-in is switched off. Default none. */
  readonly legacyOff?: readonly string[];
  /** Whether log-in with expiry exists. Default true. */
  readonly expiryLogin?: boolean;
  /** Wording of refused log-ins by mod-login version. Default `7.13.2`. */
  readonly loginWording?: '7.13.2' | '7.13.0';
  /** Gives Riverside a practice WMS: with `true`, or with what is to be different there. Default false. */
  readonly wms?: boolean | WmsChoices;
  /** Gives Riverside's law library a practice Alma, with WorldShare ILL as a partner. Default false. */
  readonly alma?: boolean;
  /**
   * What Riverside has for its requests. With `crosslink`, ReShare's successor tells the same story; the other libraries then
   * act only when they are told to. Default `mod-rs`.
   */
  readonly requests?: 'mod-rs' | 'crosslink';
  /** Puts a practice Relais D2D beside it. Default false. */
  readonly relais?: boolean;
}

/** A tenant with the account a client may use there. */
export interface PracticeTenant {
  readonly id: string;
  /** Empty for the consortium's own tenant. */
  readonly symbol: string;
  readonly name: string;
  readonly username: string;
  readonly password: string;
}

export interface Consortium {
  /** Base address of the Okapi gateway; controls are at `<url>/_practice/…`. */
  readonly url: string;
  /** Base address of the consortium's OpenURL resolver; a library's symbol follows it. */
  readonly resolverUrl: string;
  readonly tenants: readonly PracticeTenant[];
  readonly cast: readonly CastMember[];
  /** The thing of that name. @throws RangeError when the cast has none. */
  thing(key: string): CastMember;
  readonly faults: { add(rule: FaultRule): void; clear(): void };
  readonly clock: { now(): number; advance(ms: number): void };
  /** What really happened, oldest first; with a number, only what came after it. */
  ledger(afterSeq?: number): readonly LedgerEntry[];
  /** Requests per tenant. */
  counts(): Readonly<Record<string, number>>;
  readonly controls: Controls;
  /** Riverside's practice WMS, when it was asked for; its pile is part of the cast. */
  readonly wms?: PracticeWms;
  /** The law library's practice Alma, when it was asked for. */
  readonly alma?: PracticeAlma;
  readonly relais?: PracticeRelais;
  stop(): Promise<void>;
}

/**
 * Starts the practice consortium: three libraries that lend to each other and a tenant for the shared inventory, behind one Okapi
 * gateway on 127.0.0.1, with an OpenURL resolver beside it. `now` replaces the gateway's clock for token expiry (epoch milliseconds); it is for tests.
 */
export async function startConsortium(
  options: ConsortiumOptions = {},
  now: () => number = Date.now,
): Promise<Consortium> {
  const seed = options.seed ?? 1;
  const clock = new PracticeClock({ startAt: options.startAt ?? Date.now(), time: options.time ?? 'flows' });
  const ledger = new Ledger(() => clock.now());
  const faults = new Faults();
  const world: World = {
    clock,
    ledger,
    faults,
    random: new Random(seed),
    network: {
      acknowledgeMs: options.acknowledgeMs ?? 200,
      peerMs: options.peerMs ?? 3000,
      numberMs: options.numberMs ?? 2000,
    },
    tenants: new Map(),
    inventory: new Map(),
    reserved: new Set(),
    unserved: new Set(),
  };
  const tokens = new Tokens(now);
  const login = new LoginModule(
    tokens,
    {
      accessTokenSeconds: options.accessTokenSeconds ?? 600,
      refreshTokenSeconds: options.refreshTokenSeconds ?? 604_800,
      legacyOff: options.legacyOff ?? [],
      expiryLogin: options.expiryLogin ?? true,
      wording: options.loginWording ?? '7.13.2',
    },
    ledger,
  );
  const loginModule = login.module();
  addTenants(world, loginModule.id);
  const story = buildStory(world, options.size ?? 400);
  const adopted = options.requests === 'crosslink' ? adoptStory(world, 'riverside', story) : undefined;
  const things = adopted?.cast ?? story;
  for (const [id, instance] of stockInventory(world, seed)) world.inventory.set(id, instance);
  const { wms: choices = false } = options;
  const wms =
    choices === false ? undefined : await startRiversideWms(world, seed, choices === true ? {} : choices, now);
  const alma = options.alma === true ? await startLawAlma(world, seed, now) : undefined;
  const relais = options.relais === true ? await startPracticeRelais(() => clock.now()) : undefined;
  const cast: readonly CastMember[] = [...things, ...(wms?.pile ?? [])];
  startOverdueTimer(world);
  if (options.story === 'moving') {
    const tickMs = options.tickMs ?? 20_000;
    if (adopted === undefined) startLife(world, seed, tickMs);
    else startBrokerLife(adopted.broker, seed, tickMs);
  }

  const gateway = new Gateway(world, tokens);
  const inventoryTroubles = new InventoryTroubles();
  for (const module of [
    loginModule,
    login.usersModule(),
    modRs(world, options.hostLmsMs ?? 0),
    ...(adopted === undefined ? [] : [crosslinkBroker(adopted.broker)]),
    modDirectory(),
    modGraphql(world.inventory, inventoryTroubles),
    reservoir(world.inventory),
  ]) {
    gateway.deploy(module);
  }
  const tenants = [...world.tenants.values()].map((tenant): PracticeTenant => {
    const [account] = tenant.accounts;
    return {
      id: tenant.id,
      symbol: tenant.symbol ?? '',
      name: tenant.name,
      username: account?.username ?? '',
      password: account?.password ?? '',
    };
  });
  const counts = (): Readonly<Record<string, number>> =>
    Object.fromEntries([...world.tenants.values()].map((tenant) => [tenant.id, tenant.requests.size]));
  const resolver = await startResolver(world);
  const controls: Controls = {
    world,
    clock,
    faults,
    ledger,
    cast,
    tenants,
    counts,
    resolverUrl: resolver.url,
    inventoryTroubles,
    expireTokens: () => tokens.expireAll(),
    ...(wms === undefined ? {} : { wms }),
    ...(alma === undefined ? {} : { alma }),
    ...(adopted === undefined ? {} : { broker: adopted.broker }),
    ...(relais === undefined ? {} : { relais }),
  };
  const server = await listen(gateway, controls);
  return {
    url: server.url,
    resolverUrl: resolver.url,
    tenants,
    cast,
    thing: (key) => {
      const found = cast.find((one) => one.key === key);
      if (found === undefined) throw new RangeError(`The cast has no ${key}`);
      return found;
    },
    faults,
    clock,
    ledger: (afterSeq) => ledger.since(afterSeq),
    counts,
    controls,
    ...(wms === undefined ? {} : { wms }),
    ...(alma === undefined ? {} : { alma }),
    ...(relais === undefined ? {} : { relais }),
    stop: async () => {
      clock.stop();
      await Promise.all([server.stop(), resolver.stop(), wms?.stop(), alma?.stop(), relais?.stop()]);
    },
  };
}

/** What happens there is in the consortium's ledger under `alma`. */
function startLawAlma(world: World, seed: number, now: () => number): Promise<PracticeAlma> {
  return startPracticeAlma({
    seed,
    now,
    practiceNow: () => world.clock.now(),
    record: ({ from, to, told, ...effect }) => {
      world.ledger.record({
        tenant: 'riverside',
        kind: 'alma',
        ...effect,
        ...(told === true ? { action: `${effect.action}, patron told` } : {}),
        ...(from === undefined ? {} : { fromState: from }),
        ...(to === undefined ? {} : { toState: to }),
      });
    },
  });
}
