import { describe, expect, test } from 'vitest';
import { bench, statusOf, latest, LOGIN, LEGACY, INVALID, GET } from './systems-okapi-bench.ts';
import { fixture, type Reply } from './systems-loopback.ts';

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
    expect(call?.headers).toMatchObject({ 'x-okapi-tenant': 'northlib', 'x-okapi-token': `access-${latest()}` });
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
