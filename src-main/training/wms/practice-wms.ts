import { randomBytes } from 'node:crypto';
import type { LmsCalls } from '../lms.ts';
import { Random } from '../random.ts';
import { addAccounts } from './accounts.ts';
import { adopt, type Story } from './adopt.ts';
import { QuotaCounter } from './availability.ts';
import { riversideInstitution, type WmsBranch } from './branches.ts';
import { Circulation } from './circulation.ts';
import { WmsFaults } from './faults.ts';
import { IllDesk } from './ill.ts';
import { WsKeys, type WsKey } from './keys.ts';
import type { WmsContext, WmsEffect, WmsStore } from './model.ts';
import { buildPile } from './pile.ts';
import type { WmsThing } from './pile-types.ts';
import { reshareCalls } from './reshare.ts';
import { startHost, type Host } from './server.ts';
import { endpoints, PATHS } from './services.ts';
import { Stock } from './stock.ts';

export type { WmsThing } from './pile-types.ts';
export type { WmsFaultKind, WmsFaultRule } from './faults.ts';
export type { WmsEffect } from './model.ts';

export interface PracticeWmsOptions {
  /** Same seed, same items and people. Default 1. */
  readonly seed?: number;
  /** Practice time, epoch milliseconds: due dates, fines, quota. Default: the real now. */
  readonly practiceNow?: () => number;
  /** The clock tokens and signatures are measured by, epoch milliseconds. Default: the real one. */
  readonly now?: () => number;
  /** The library of the ReShare story whose patrons and items this WMS keeps. Default: none, with patrons of its own. */
  readonly story?: Story;
  /** Life of access tokens, seconds. Default 1199. */
  readonly tokenSeconds?: number;
  /** Availability calls a day. Default 50 000. */
  readonly availabilityPerDay?: number;
  /** Status of the refusal when they are used up: 429, or 403 as older hosts say it. Default 429. */
  readonly quotaRefusal?: 429 | 403;
  /** Hears of everything that really happens. */
  readonly record?: (effect: WmsEffect) => void;
}

/** Addresses, keys and ids a client is set up with; plain data. */
export interface WmsAccess {
  readonly urls: Readonly<Record<keyof typeof PATHS, string>>;
  readonly institution: { readonly registryId: string; readonly symbol: string; readonly name: string };
  readonly branches: readonly WmsBranch[];
  readonly temporary: { readonly holding: string; readonly shelving: string };
  readonly keys: {
    /** May do everything the practice offers. */
    readonly full: KeyPair;
    /** NCIP only: availability and identity refuse it. */
    readonly ncipOnly: KeyPair;
    /** No scopes at all, refused in the words of OCLC's older host. */
    readonly older: KeyPair;
  };
}

export interface KeyPair {
  readonly key: string;
  readonly secret: string;
}

export interface PracticeWms extends WmsAccess {
  /** Addresses, keys and ids alone, to be passed on as data. */
  readonly access: WmsAccess;
  readonly pile: readonly WmsThing[];
  /** The thing of that name. @throws RangeError when the pile has none. */
  thing(key: string): WmsThing;
  /** What WMS keeps, for tests and for stories. */
  readonly store: WmsStore;
  readonly circulation: Circulation;
  readonly ill: IllDesk;
  /** ReShare's own NCIP calls, answered by the resource sharing service of this WMS. */
  readonly reshare: LmsCalls;
  readonly faults: WmsFaults;
  /** Whether its hosts can be reached at all. */
  reach(reached: boolean): Promise<void>;
  /** Every token given out so far stops working. */
  revokeTokens(): void;
  /** Takes a scope from a key; without one OCLC does not know the key any more. @throws RangeError when there is none. */
  revokeKey(key: string, scope?: string): void;
  readonly quota: { used(): number; allow(perDay: number): void };
  stop(): Promise<void>;
}

const SCOPES = ['WMS_NCIP', 'WMS_Availability', 'SCIM:read_user'];

/** Starts a practice WMS for Riverside: four hosts on 127.0.0.1, as OCLC spreads its services. */
export async function startPracticeWms(options: PracticeWmsOptions = {}): Promise<PracticeWms> {
  const random = new Random((options.seed ?? 1) * 104_729 + 7);
  const now = options.now ?? Date.now;
  const institution = riversideInstitution();
  const context: WmsContext = {
    store: { institution, items: new Map(), patrons: new Map(), holds: new Map(), bills: [] },
    now: options.practiceNow ?? Date.now,
    uuid: () => random.uuid(),
    record: options.record ?? (() => undefined),
  };
  const circulation = new Circulation(context);
  const ill = new IllDesk(context, circulation);
  const pile = tellStory(context, random, ill, options.story);

  const key = (name: string, scopes: readonly string[], older?: true): WsKey => ({
    key: `practice-${name}`,
    secret: `practice-${name}-secret`,
    scopes,
    institutions: [institution.registryId],
    ...(older === undefined ? {} : { olderWording: older }),
  });
  const wskeys = {
    full: key('wskey', SCOPES),
    ncipOnly: key('wskey-ncip', ['WMS_NCIP']),
    older: key('wskey-older', [], true),
  };
  const tokenText = (): string => `tk_${randomBytes(14).toString('hex')}`;
  const keys = new WsKeys(Object.values(wskeys), now, tokenText);
  const counter = new QuotaCounter({
    perDay: options.availabilityPerDay ?? 50_000,
    refusal: options.quotaRefusal ?? 429,
  });
  const times = { lifeSeconds: options.tokenSeconds ?? 1199, now };
  const routes = endpoints({ context, circulation, ill, keys, counter, times });

  const faults = new WmsFaults();
  const surroundings = {
    faults,
    otherThan: (content: string) => [...context.store.items.keys()].find((barcode) => !content.includes(barcode)) ?? '',
  };
  const oauth = await startHost(surroundings, routes.oauth);
  const circ = await startHost(surroundings, routes.circ);
  const share = await startHost(surroundings, routes.share);
  const worldcat = await startHost(surroundings, routes.worldcat);
  const hosts: readonly Host[] = [oauth, circ, share, worldcat];
  const access: WmsAccess = {
    urls: {
      token: oauth.url + PATHS.token,
      staff: circ.url + PATHS.staff,
      patron: share.url + PATHS.patron,
      sharing: share.url + PATHS.sharing,
      identity: share.url + PATHS.identity,
      availability: worldcat.url + PATHS.availability,
    },
    institution: { registryId: institution.registryId, symbol: institution.symbol, name: institution.name },
    branches: institution.branches,
    temporary: institution.temporary,
    keys: { full: pair(wskeys.full), ncipOnly: pair(wskeys.ncipOnly), older: pair(wskeys.older) },
  };
  return {
    ...access,
    access,
    pile,
    thing: (name) => {
      const found = pile.find((one) => one.key === name);
      if (found === undefined) throw new RangeError(`The pile has no ${name}`);
      return found;
    },
    store: context.store,
    circulation,
    ill,
    reshare: reshareCalls(routes.sharing, institution),
    faults,
    revokeTokens: () => {
      keys.revokeAll();
      context.record({ action: 'revoke', result: 'done' });
    },
    revokeKey: (key, scope) => {
      keys.revoke(key, scope);
    },
    quota: {
      used: () => counter.used(context.now()),
      allow: (perDay) => {
        counter.quota.perDay = perDay;
      },
    },
    reach: async (reached) => {
      await Promise.all(hosts.map((host) => host.reach(reached)));
    },
    stop: async () => {
      await Promise.all(hosts.map((host) => host.stop()));
    },
  };
}

function pair({ key, secret }: WsKey): KeyPair {
  return { key, secret };
}

/** People, then the pile, then what the story of the library brings. */
function tellStory(context: WmsContext, random: Random, ill: IllDesk, story?: Story): readonly WmsThing[] {
  const cards = addAccounts(context, random, story?.library.patrons);
  const [main, science, music] = context.store.institution.branches;
  if (main === undefined || science === undefined || music === undefined) throw new RangeError('Three branches wanted');
  const stock = new Stock(context, random);
  const pile = buildPile({ context, stock, main, science, music, ...cards });
  return story === undefined ? pile : [...pile, ...adopt(context, ill, stock, story)];
}
