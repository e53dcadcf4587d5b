import { afterEach, describe, expect, test } from 'vitest';
import type { AppError } from '../../src-main/contract/result.ts';
import { createHttpClient, type HttpRequest } from '../../src-main/systems/http/client.ts';
import {
  createOkapiSession,
  type OkapiSession,
  type OkapiSessionOptions,
} from '../../src-main/systems/okapi/session.ts';
import { fixture, httpServer, type HttpLoopback, type Reply, type Seen } from './systems-loopback.ts';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

type Handler = (seen: Seen) => Reply | Promise<Reply> | undefined;

interface Bench {
  readonly server: HttpLoopback;
  readonly session: OkapiSession;
  /** Moves the monotonic clock, in seconds. */
  readonly pass: (seconds: number) => void;
  readonly rejections: AppError[];
  readonly count: (path: string) => number;
}

const LOGIN = '/authn/login-with-expiry';
const LEGACY = '/authn/login';
const REFRESH = '/authn/refresh';
const LOGOUT = '/authn/logout';
const NEVER: Promise<Reply> = new Promise(() => undefined);
const INVALID: Reply = { status: 401, headers: { 'content-type': 'text/plain' }, text: 'Invalid token' };

const GET: HttpRequest = { method: 'GET', path: '/rs/x', template: '/rs/x' };
const POST: HttpRequest = { method: 'POST', path: '/rs/x', template: '/rs/x', body: '{}' };

let serial = 0;

/** A login answer with new tokens, as mod-login gives it. */
function granted(): Reply {
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

async function bench(handler: Handler, options: Partial<OkapiSessionOptions> = {}): Promise<Bench> {
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

async function statusOf(session: OkapiSession, request: HttpRequest = GET): Promise<number | string> {
  const end = await session.call(request);
  return end.kind === 'answer' ? end.status : `${end.outcome} ${end.error.code}`;
}

describe('logging in', () => {
  test('with expiry; tenant and token go with every call, nothing but the tenant with the login', async () => {
    const { server, session } = await bench(() => undefined);
    expect(await statusOf(session)).toBe(200);
    expect(server.seen.map((entry) => entry.path)).toEqual([LOGIN, '/rs/x']);
    const [login, call] = server.seen;
    expect(login?.headers).toMatchObject({
      'x-okapi-tenant': 'northlib',
      'content-type': 'application/json',
      accept: '*/*',
    });
    expect(login?.headers).not.toHaveProperty('x-okapi-token');
    expect(login?.headers).not.toHaveProperty('cookie');
    expect(JSON.parse(login?.body ?? '')).toEqual({ username: 'circ.desk', password: 'secret' });
    expect(call?.headers).toMatchObject({ 'x-okapi-tenant': 'northlib', 'x-okapi-token': `access-${serial}` });
    expect(call?.headers).not.toHaveProperty('cookie');
    expect(session.credential()).toBe('accepted');
  });

  test('one login for everybody who waits', async () => {
    const { session, count } = await bench(() => undefined);
    const ends = await Promise.all(Array.from({ length: 9 }, () => statusOf(session)));
    expect(new Set(ends)).toEqual(new Set([200]));
    expect(count(LOGIN)).toBe(1);
  });

  test('404 leads to the older login, which is then asked first', async () => {
    const sample = fixture('okapi/01-login-legacy.json') as { response: { headers: { 'x-okapi-token': string } } };
    const token = sample.response.headers['x-okapi-token'];
    const { server, session, count } = await bench((seen) => {
      if (seen.path === LOGIN) return { status: 404, text: 'No suitable module found for path and tenant' };
      if (seen.path === LEGACY) return { status: 201, headers: { 'x-okapi-token': token }, json: {} };
      if (seen.path === '/rs/once' && count('/rs/once') === 1) return INVALID;
      return undefined;
    });
    expect(await statusOf(session)).toBe(200);
    expect(server.seen.at(-1)?.headers['x-okapi-token']).toBe(token);
    expect(await statusOf(session, { ...GET, path: '/rs/once' })).toBe(200);
    expect([count(LOGIN), count(LEGACY)]).toEqual([1, 2]);
  });

  test('404 from both is a matter of settings', async () => {
    const { session, server } = await bench((seen) =>
      seen.path.startsWith('/authn') ? { status: 404, text: 'Not found' } : undefined,
    );
    expect(await statusOf(session)).toBe('not-sent configuration');
    expect(server.seen).toHaveLength(2);
    expect(session.credential()).toBe('untried');
  });

  test('without a password nothing is sent', async () => {
    const { session, server } = await bench(() => undefined, { password: () => Promise.resolve(undefined) });
    expect(await statusOf(session)).toBe('not-sent configuration');
    expect(server.seen).toEqual([]);
  });

  test('a password store that fails is said and sends nothing', async () => {
    const { session, server } = await bench(() => undefined, { password: () => Promise.reject(new Error('keyring')) });
    expect(await statusOf(session)).toBe('not-sent internal');
    expect(server.seen).toEqual([]);
  });

  test.each([
    ['nothing', {}],
    ['no cookie', { json: {} }],
    ['truncated JSON', { text: '{"acc' }],
    ['a web page', { headers: { 'content-type': 'text/html' }, text: '<html>' }],
    ['500', { status: 500, text: 'boom' }],
  ] as const)('%s for a login: a failure that says nothing about the password', async (_what, reply) => {
    const { session, rejections } = await bench((seen) => (seen.path === LOGIN ? reply : undefined));
    expect(await statusOf(session)).toBe('not-sent unreadable-answer');
    expect(rejections).toEqual([]);
    expect(session.credential()).toBe('untried');
  });
});

describe('a refused password', () => {
  interface Failure {
    readonly name: string;
    readonly status: number;
    readonly contentType: string;
    readonly body?: unknown;
    readonly bodyText?: string;
  }
  const cases = (fixture('okapi/05-login-failures.json') as { cases: Failure[] }).cases;
  /** Refusals of a request whose password was never looked at. */
  const aboutTheRequest = new Set([
    'no username and no userId',
    'no password',
    'tenant has no auth filter, so mod-login saw no module token',
    'wrong request content type',
  ]);

  test.each(cases.map((entry) => [entry.name, entry] as const))('%s', async (name, entry) => {
    const reply: Reply = {
      status: entry.status,
      headers: { 'content-type': entry.contentType },
      ...(entry.body === undefined ? { text: entry.bodyText ?? '' } : { json: entry.body }),
    };
    const { session, rejections, count } = await bench((seen) => (seen.path === LOGIN ? reply : undefined));
    const refused = !aboutTheRequest.has(name);
    for (let n = 0; n < 3; n += 1) {
      expect(await statusOf(session)).toBe(refused ? 'not-sent credentials-refused' : 'not-sent unreadable-answer');
    }
    expect(count(LOGIN)).toBe(1);
    expect(count(LEGACY)).toBe(0);
    expect(rejections).toHaveLength(refused ? 1 : 0);
    if (refused) expect(rejections[0]?.sentence).toContain('"circ.desk"');
    expect(session.credential()).toBe(refused ? 'rejected' : 'untried');
  });

  test('stays unsent in the next run until it is typed anew', async () => {
    const { session, server } = await bench(() => undefined, { rejected: true });
    expect(await statusOf(session)).toBe('not-sent credentials-refused');
    expect(server.seen).toEqual([]);
    session.passwordChanged();
    expect(await statusOf(session)).toBe(200);
  });

  test('the fate of an old password is not written on a new one', async () => {
    let answer: (reply: Reply) => void = () => undefined;
    const first = new Promise<Reply>((resolve) => (answer = resolve));
    const { session, rejections, count } = await bench((seen) =>
      seen.path === LOGIN && count(LOGIN) === 1 ? first : undefined,
    );
    const waiting = statusOf(session);
    await expect.poll(() => count(LOGIN)).toBe(1);
    session.passwordChanged();
    answer({ status: 422, json: {} });
    expect(await waiting).toBe('not-sent not-sent');
    expect(rejections).toEqual([]);
    expect(await statusOf(session)).toBe(200);
  });

  test.each([
    { status: 400, text: 'No such Tenant northlib' },
    { status: 400, json: { errors: [{ code: 'tenant_not_enabled', message: 'x' }] } },
  ])('an unknown tenant is no refusal of the password', async (reply) => {
    const { session, rejections } = await bench((seen) => (seen.path === LOGIN ? reply : undefined));
    expect(await statusOf(session)).toBe('not-sent configuration');
    expect(rejections).toEqual([]);
  });
});

describe('logins that bring no verdict', () => {
  test('a burst tries once, and again after a pause', async () => {
    const { session, count, pass } = await bench((seen) =>
      seen.path === LOGIN ? { status: 503, text: '' } : undefined,
    );
    for (let n = 0; n < 5; n += 1) await statusOf(session);
    expect(count(LOGIN)).toBe(1);
    pass(1.1);
    await statusOf(session);
    expect(count(LOGIN)).toBe(2);
  });

  test('an unproven password is not sent a fifth time within the ten minutes that lock an account', async () => {
    const { session, count, pass } = await bench((seen) =>
      seen.path === LOGIN ? { status: 504, text: '' } : undefined,
    );
    for (let second = 0; second < 600; second += 1) {
      await statusOf(session);
      pass(1);
    }
    expect(count(LOGIN)).toBe(4);
    pass(200);
    await statusOf(session);
    expect(count(LOGIN)).toBe(5);
    session.wake();
    await statusOf(session);
    expect(count(LOGIN)).toBe(6);
  });
});

describe('renewing', () => {
  test('at sixty percent of Max-Age, by a fresh login', async () => {
    const { session, count, pass } = await bench(() => undefined);
    await statusOf(session);
    pass(359);
    await statusOf(session);
    expect(count(LOGIN)).toBe(1);
    pass(2);
    await Promise.all([statusOf(session), statusOf(session)]);
    expect([count(LOGIN), count(REFRESH)]).toEqual([2, 0]);
  });

  test('a token that says no end is kept', async () => {
    const { session, count, pass } = await bench((seen) =>
      seen.path === LOGIN ? { status: 201, headers: { 'set-cookie': 'folioAccessToken=opaque' }, json: {} } : undefined,
    );
    await statusOf(session);
    pass(1e7);
    await statusOf(session);
    expect(count(LOGIN)).toBe(1);
  });

  test('while the old token lives, a failed renewal stops nobody; when it is dead, it does', async () => {
    let down = false;
    const { server, session, pass } = await bench((seen) =>
      seen.path === LOGIN && down ? { status: 503, text: '' } : undefined,
    );
    await statusOf(session);
    const token = server.seen.at(-1)?.headers['x-okapi-token'];
    down = true;
    pass(400);
    expect(await statusOf(session)).toBe(200);
    expect(server.seen.at(-1)?.headers['x-okapi-token']).toBe(token);
    pass(300);
    expect(await statusOf(session)).toBe('not-sent not-sent');
  });

  test('after the computer slept, before the next use', async () => {
    const { session, count } = await bench(() => undefined);
    await statusOf(session);
    session.wake();
    await statusOf(session);
    expect(count(LOGIN)).toBe(2);
  });

  describe('where no password is kept', () => {
    async function typedOnce(handler: Handler): Promise<Bench> {
      const passwords = ['secret'];
      return bench(handler, { password: () => Promise.resolve(passwords.pop()) });
    }

    test('by refresh: one in flight, the cookie and no access token with it', async () => {
      const { server, session, count, pass } = await typedOnce((seen) =>
        seen.path === REFRESH ? granted() : undefined,
      );
      await statusOf(session);
      const before = serial;
      pass(400);
      expect(await Promise.all([statusOf(session), statusOf(session), statusOf(session)])).toEqual([200, 200, 200]);
      expect([count(LOGIN), count(REFRESH)]).toEqual([1, 1]);
      const refresh = server.seen.find((entry) => entry.path === REFRESH);
      expect(refresh?.headers.cookie).toBe(`folioRefreshToken=refresh-${before}`);
      expect(refresh?.headers).not.toHaveProperty('x-okapi-token');
      expect(refresh?.body).toBe('');
      expect(server.seen.at(-1)?.headers['x-okapi-token']).toBe(`access-${serial}`);
    });

    test.each([
      ['a lost answer', () => NEVER],
      ['a refusal', () => ({ status: 422, json: { errors: [{ code: 'token.refresh.unprocessable', message: 'x' }] } })],
      ['an answer without tokens', () => ({ status: 201, json: {} })],
    ] as const)('%s: the refresh token is never presented twice', async (_what, reply) => {
      const { session, count, pass } = await typedOnce((seen) => (seen.path === REFRESH ? reply() : undefined));
      await statusOf(session);
      pass(700);
      expect(await statusOf(session)).toMatch(/^not-sent /);
      pass(60);
      expect(await statusOf(session)).toBe('not-sent configuration');
      expect([count(LOGIN), count(REFRESH)]).toEqual([1, 1]);
    });
  });
});

describe('401', () => {
  test('"Invalid token": renewed once, repeated once, also for a changing call, which the filter stopped', async () => {
    for (const request of [GET, POST]) {
      const { session, count } = await bench((seen) =>
        seen.path === '/rs/x' && count('/rs/x') === 1 ? INVALID : undefined,
      );
      expect(await statusOf(session, request)).toBe(200);
      expect([count(LOGIN), count('/rs/x')]).toEqual([2, 2]);
    }
  });

  test('Eureka’s words for the same', async () => {
    const reply = { status: 401, json: { errors: [{ code: 'authorization_error', message: 'Unauthorized' }] } };
    const { session, count } = await bench((seen) =>
      seen.path === '/rs/x' && count('/rs/x') === 1 ? reply : undefined,
    );
    expect(await statusOf(session, POST)).toBe(200);
    expect(count('/rs/x')).toBe(2);
  });

  test('still refused with a new token: that is the answer', async () => {
    const { session, count } = await bench((seen) => (seen.path === '/rs/x' ? INVALID : undefined));
    expect(await statusOf(session)).toBe(401);
    expect([count(LOGIN), count('/rs/x')]).toEqual([2, 2]);
  });

  test('unknown words: a reading call is repeated, a changing one is not', async () => {
    const { session, count } = await bench((seen) =>
      seen.path.startsWith('/rs/') ? { status: 401, text: 'Go away' } : undefined,
    );
    expect(await statusOf(session, POST)).toBe(401);
    expect(count('/rs/x')).toBe(1);
    expect(await statusOf(session, { ...GET, path: '/rs/y' })).toBe(401);
    expect(count('/rs/y')).toBe(2);
  });

  test('an account that is switched off is not logged in again', async () => {
    const text = 'Invalid token: user with id 5b0f is not active';
    const { session, count } = await bench((seen) => (seen.path === '/rs/x' ? { status: 401, text } : undefined));
    expect(await statusOf(session)).toBe(401);
    expect(count(LOGIN)).toBe(1);
  });

  test('several calls refused together share one renewal', async () => {
    const { session, count } = await bench((seen) =>
      seen.path === '/rs/x' && seen.headers['x-okapi-token'] === firstToken() ? INVALID : undefined,
    );
    const before = serial;
    const firstToken = (): string => `access-${before + 1}`;
    expect(await Promise.all([GET, GET, GET].map((request) => statusOf(session, request)))).toEqual([200, 200, 200]);
    expect(count(LOGIN)).toBe(2);
  });

  test('403 and permission texts never renew', async () => {
    const text = "Access for user 'u' (5b0f) requires permission: rs.x";
    const { session, count } = await bench((seen) => (seen.path === '/rs/x' ? { status: 403, text } : undefined));
    expect(await statusOf(session)).toBe(403);
    expect(count(LOGIN)).toBe(1);
  });
});

describe('outcomes', () => {
  test('a changing call without an answer is unknown; one that could not log in was not sent', async () => {
    const { session } = await bench((seen) => (seen.path === '/rs/x' ? NEVER : undefined));
    expect(await statusOf(session, POST)).toBe('unknown unknown-outcome');
    expect(await statusOf(session, GET)).toBe('not-sent not-sent');
  });

  test('giving up while others log in leaves them to it', async () => {
    let answer: (reply: Reply) => void = () => undefined;
    const login = new Promise<Reply>((resolve) => (answer = resolve));
    const { session, count } = await bench((seen) => (seen.path === LOGIN ? login : undefined));
    const stop = new AbortController();
    const leaving = statusOf(session, { ...POST, signal: stop.signal });
    const staying = statusOf(session);
    await expect.poll(() => count(LOGIN)).toBe(1);
    stop.abort();
    expect(await leaving).toBe('not-sent not-sent');
    answer(granted());
    expect(await staying).toBe(200);
    expect(await statusOf(session, { ...GET, signal: stop.signal })).toBe('not-sent not-sent');
  });

  test('at most four calls are in flight, and the server’s clock is kept', async () => {
    let running = 0;
    let most = 0;
    const { session } = await bench(async (seen) => {
      if (seen.path === LOGIN) return granted();
      most = Math.max(most, ++running);
      await new Promise((resolve) => setTimeout(resolve, 10));
      running -= 1;
      return { json: {}, headers: { date: new Date(Date.now() + 3_600_000).toUTCString() } };
    });
    await Promise.all(Array.from({ length: 12 }, () => statusOf(session)));
    expect(most).toBe(4);
    expect(session.serverOffsetMs()).toBeGreaterThan(3_500_000);
  });
});

describe('logging out', () => {
  test('sends the refresh cookie with the token, so that only this session ends', async () => {
    const { server, session, count } = await bench((seen) => (seen.path === LOGOUT ? { status: 204 } : undefined));
    await statusOf(session);
    await session.logout();
    expect(server.seen.at(-1)).toMatchObject({
      path: LOGOUT,
      headers: { cookie: `folioRefreshToken=refresh-${serial}`, 'x-okapi-token': `access-${serial}` },
    });
    await session.logout();
    expect(count(LOGOUT)).toBe(1);
    expect(server.seen.some((entry) => entry.path.includes('logout-all'))).toBe(false);
    expect(await statusOf(session)).toBe(200);
    expect(count(LOGIN)).toBe(2);
  });

  test('a legacy token is only forgotten', async () => {
    const { session, count } = await bench((seen) => {
      if (seen.path === LOGIN) return { status: 404, text: 'No suitable module found for path and tenant' };
      return seen.path === LEGACY ? { status: 201, json: { okapiToken: 'legacy' } } : undefined;
    });
    await statusOf(session);
    await session.logout();
    expect(count(LOGOUT)).toBe(0);
  });

  test('with a dead token the pair is renewed first; when that fails, nothing is sent', async () => {
    for (const works of [true, false]) {
      const { session, count, pass } = await bench((seen) =>
        seen.path === REFRESH ? (works ? granted() : { status: 422, json: {} }) : undefined,
      );
      await statusOf(session);
      pass(601);
      await session.logout();
      expect([count(REFRESH), count(LOGOUT)]).toEqual([1, works ? 1 : 0]);
    }
  });
});

test('two sessions at one gateway know nothing of each other', async () => {
  const { server, session } = await bench(() => undefined);
  const other = createOkapiSession({
    http: createHttpClient(server.url),
    system: 'the Shared Inventory',
    tenant: 'shared',
    username: 'reader',
    password: () => Promise.resolve('other'),
  });
  expect(await Promise.all([statusOf(session), statusOf(other)])).toEqual([200, 200]);
  const logins = server.seen.filter((entry) => entry.path === LOGIN);
  expect(logins.map((entry) => entry.headers['x-okapi-tenant']).sort()).toEqual(['northlib', 'shared']);
  const calls = server.seen.filter((entry) => entry.path === '/rs/x');
  expect(new Set(calls.map((entry) => entry.headers['x-okapi-token'])).size).toBe(2);
  await session.logout();
  expect(await statusOf(other)).toBe(200);
  expect(server.seen.filter((entry) => entry.path === LOGIN)).toHaveLength(2);
});
