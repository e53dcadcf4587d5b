import { describe, expect, test } from 'vitest';
import { createHttpClient } from '../../src-main/systems/http/client.ts';
import { createOkapiSession } from '../../src-main/systems/okapi/session.ts';
import {
  bench,
  statusOf,
  granted,
  latest,
  LOGIN,
  LEGACY,
  REFRESH,
  LOGOUT,
  NEVER,
  INVALID,
  GET,
  POST,
  type Bench,
  type Handler,
} from './systems-okapi-bench.ts';
import { type Reply } from './systems-loopback.ts';

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
      const before = latest();
      pass(400);
      expect(await Promise.all([statusOf(session), statusOf(session), statusOf(session)])).toEqual([200, 200, 200]);
      expect([count(LOGIN), count(REFRESH)]).toEqual([1, 1]);
      const refresh = server.seen.find((entry) => entry.path === REFRESH);
      expect(refresh?.headers.cookie).toBe(`folioRefreshToken=refresh-${before}`);
      expect(refresh?.headers).not.toHaveProperty('x-okapi-token');
      expect(refresh?.body).toBe('');
      expect(server.seen.at(-1)?.headers['x-okapi-token']).toBe(`access-${latest()}`);
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
    const before = latest();
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
      headers: { cookie: `folioRefreshToken=refresh-${latest()}`, 'x-okapi-token': `access-${latest()}` },
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
