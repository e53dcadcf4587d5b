import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Call, Reply } from '../http.ts';
import { listenOnLoopback, readBody, strike, writeReply } from '../loopback.ts';
import { Random } from '../random.ts';
import { answerAlma } from './api.ts';
import { errorReply } from './errors.ts';
import { AlmaFaults, answerInstead, spoil } from './faults.ts';
import { mayCall, type AlmaKey } from './keys.ts';
import { AlmaLimits, type AlmaAllowance } from './limits.ts';
import type { AlmaContext, AlmaEffect, AlmaStore } from './model.ts';
import { PARTNERS, tellAlma, type AlmaThings } from './story.ts';

export type { AlmaFaultKind, AlmaFaultRule } from './faults.ts';
export type { AlmaEffect } from './model.ts';

/** Where the interface begins, below the host. */
const BASE = '/almaws/v1';

export interface PracticeAlmaOptions {
  /** Same seed, same story. Default 1. */
  readonly seed?: number;
  /** Practice time, epoch milliseconds: due dates. Default: the real now. */
  readonly practiceNow?: () => number;
  /** The clock the limits go by, epoch milliseconds. Default: the real one. */
  readonly now?: () => number;
  /** Default: 25 a second, 20,000 a day. */
  readonly allowance?: Partial<AlmaAllowance>;
  /** Hears of everything that really happens. */
  readonly record?: (effect: AlmaEffect) => void;
}

/** What a client is set up with; plain data. */
export interface AlmaAccess {
  /** Without `/almaws/v1`. */
  readonly address: string;
  /** `full` may do everything the practice offers; `readOnly` changes nothing; `usersOnly` lacks all other areas. */
  readonly keys: Readonly<Record<'full' | 'readOnly' | 'usersOnly', string>>;
  readonly library: string;
  readonly partner: string;
  readonly scanDesk: { readonly library: string; readonly desk: string };
  readonly cancelReason: string;
  readonly things: AlmaThings;
}

export interface PracticeAlma {
  readonly access: AlmaAccess;
  readonly context: AlmaContext;
  readonly store: AlmaStore;
  readonly faults: AlmaFaults;
  readonly limits: AlmaLimits;
  /** Everything that happened, oldest first. */
  readonly effects: readonly AlmaEffect[];
  /** Whether it can be reached at all. */
  reach(reached: boolean): Promise<void>;
  stop(): Promise<void>;
}

const KEYS: Readonly<Record<keyof AlmaAccess['keys'], AlmaKey>> = {
  full: {
    key: 'practice-alma-key',
    areas: { users: 'rw', bibs: 'rw', partners: 'r', conf: 'r', 'task-lists': 'rw' },
  },
  readOnly: {
    key: 'practice-alma-key-read',
    areas: { users: 'r', bibs: 'r', partners: 'r', conf: 'r', 'task-lists': 'r' },
  },
  usersOnly: { key: 'practice-alma-key-users', areas: { users: 'rw' } },
};

/** Starts a practice Alma: one institution's public interface on 127.0.0.1, any free port. */
export async function startPracticeAlma(options: PracticeAlmaOptions = {}): Promise<PracticeAlma> {
  const now = options.now ?? Date.now;
  const practiceNow = options.practiceNow ?? Date.now;
  const store: AlmaStore = {
    users: new Map(),
    partners: PARTNERS,
    items: new Map(),
    loans: new Map(),
    requests: new Map(),
    printouts: new Map(),
  };
  const things = tellAlma(store, new Random((options.seed ?? 1) * 7919 + 3), practiceNow());
  const faults = new AlmaFaults();
  const limits = new AlmaLimits({ perSecond: 25, perDay: 20_000, ...options.allowance });
  const effects: AlmaEffect[] = [];
  let address = '';
  const context: AlmaContext = {
    store,
    now: practiceNow,
    record: (effect) => {
      effects.push(effect);
      options.record?.(effect);
    },
    base: () => address + BASE,
  };
  const server = await listenOnLoopback((request, response) =>
    handle({ context, faults, limits, now }, request, response),
  );
  address = server.url;
  return {
    access: {
      address,
      keys: { full: KEYS.full.key, readOnly: KEYS.readOnly.key, usersOnly: KEYS.usersOnly.key },
      library: 'RSLIB',
      partner: 'WSILL',
      scanDesk: { library: 'RSLIB', desk: 'ILLDESK' },
      cancelReason: 'HandledInWorldShare',
      things,
    },
    context,
    store,
    faults,
    limits,
    effects,
    reach: (reached) => server.reach(reached),
    stop: () => server.stop(),
  };
}

interface Parts {
  readonly context: AlmaContext;
  readonly faults: AlmaFaults;
  readonly limits: AlmaLimits;
  readonly now: () => number;
}

async function handle(parts: Parts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await readBody(request);
  const url = new URL(request.url ?? '/', 'http://localhost');
  const call: Call = {
    method: request.method ?? 'GET',
    path: url.pathname.startsWith(`${BASE}/`) ? url.pathname.slice(BASE.length) : '',
    query: url.searchParams,
    headers: request.headers,
    body,
  };
  const fault = parts.faults.take(`${call.method} ${call.path}${url.search}`);
  if (fault === undefined) {
    writeReply(response, answer(parts, call), false);
    return;
  }
  const { kind, ms } = fault;
  const instead = answerInstead(kind);
  await strike(
    {
      kind,
      ms,
      instead,
      act: () => Promise.resolve(answer(parts, call)),
      spoil: (reply) => spoil(kind, reply),
      chunked: false,
    },
    request,
    response,
  );
}

/** The limits stand before the key, and the key before everything else. */
function answer({ context, limits, now }: Parts, call: Call): Reply {
  const over = limits.take(now());
  const reply =
    over !== undefined
      ? errorReply(429, over === 'daily' ? 'DAILY_THRESHOLD' : 'PER_SECOND_THRESHOLD')
      : mayCall(Object.values(KEYS), call)
        ? answerAlma(context, call)
        : errorReply(403, 'UNAUTHORIZED');
  return {
    ...reply,
    headers: {
      ...reply.headers,
      'X-Exl-Api-Remaining': String(limits.remaining),
      'X-Request-ID': `practice-${String(limits.made)}`,
    },
  };
}
