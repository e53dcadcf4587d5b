import { afterEach } from 'vitest';
import type { AppError } from '../../src-main/contract/result.ts';
import { createHttpClient, type HttpRequest } from '../../src-main/systems/http/client.ts';
import {
  createOkapiSession,
  type OkapiSession,
  type OkapiSessionOptions,
} from '../../src-main/systems/okapi/session.ts';
import { httpServer, type HttpLoopback, type Reply, type Seen } from './systems-loopback.ts';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

export type Handler = (seen: Seen) => Reply | Promise<Reply> | undefined;

export interface Bench {
  readonly server: HttpLoopback;
  readonly session: OkapiSession;
  /** Moves the monotonic clock, in seconds. */
  readonly pass: (seconds: number) => void;
  readonly rejections: AppError[];
  readonly count: (path: string) => number;
}

export const LOGIN = '/authn/login-with-expiry';
export const LEGACY = '/authn/login';
export const REFRESH = '/authn/refresh';
export const LOGOUT = '/authn/logout';
export const NEVER: Promise<Reply> = new Promise(() => undefined);
export const INVALID: Reply = { status: 401, headers: { 'content-type': 'text/plain' }, text: 'Invalid token' };

export const GET: HttpRequest = { method: 'GET', path: '/rs/x', template: '/rs/x' };
export const POST: HttpRequest = { method: 'POST', path: '/rs/x', template: '/rs/x', body: '{}' };

let serial = 0;

/** Number of the newest tokens handed out. */
export function latest(): number {
  return serial;
}

/** A login answer with new tokens, as mod-login gives it. */
export function granted(): Reply {
  serial += 1;
  return {
    status: 201,
    headers: {
      'set-cookie': [
        `folioAccessToken=access-${serial}; Max-Age=600; Path=/`,
        `folioRefreshToken=refresh-${serial}; Path=/authn`,
      ],
    },
    json: { accessTokenExpiration: '2026-11-22T02:54:16Z', refreshTokenExpiration: '2026-11-29T02:44:16Z' },
  };
}

export async function bench(handler: Handler, options: Partial<OkapiSessionOptions> = {}): Promise<Bench> {
  const server = await httpServer((seen) => {
    const reply = handler(seen);
    if (reply !== undefined) return reply;
    return seen.path === LOGIN ? granted() : { json: { path: seen.path } };
  });
  const http = createHttpClient(server.url, { settings: { retries: 0, headersTimeoutMs: 300 } });
  closers.push(
    () => server.close(),
    () => http.close(),
  );
  let clock = 1_000;
  const rejections: AppError[] = [];
  const session = createOkapiSession({
    http,
    system: 'ReShare',
    tenant: 'northlib',
    username: 'circ.desk',
    password: () => Promise.resolve('secret'),
    onRejected: (error) => rejections.push(error),
    mono: () => clock,
    ...options,
  });
  return {
    server,
    session,
    rejections,
    pass: (seconds) => (clock += seconds * 1000),
    count: (path) => server.seen.filter((entry) => entry.path === path).length,
  };
}

export async function statusOf(session: OkapiSession, request: HttpRequest = GET): Promise<number | string> {
  const end = await session.call(request);
  return end.kind === 'answer' ? end.status : `${end.outcome} ${end.error.code}`;
}
