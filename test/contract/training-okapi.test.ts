import { afterEach, describe, expect, it } from 'vitest';
import { startConsortium, type Consortium, type ConsortiumOptions } from '../../src-main/training/consortium.ts';
import { call, cases, JSON_HEADERS, samples, standing, tokenFor, type Answer } from './training-desk.ts';

/** The gateway's clock in these tests; tokens age only when a test moves it. */
let gatewayTime = Date.UTC(2026, 10, 23, 9);
let consortium: Consortium;

const open = async (options: ConsortiumOptions = {}): Promise<void> => {
  consortium = await startConsortium(
    { time: 'stands', startAt: Date.UTC(2026, 10, 23, 9), size: 60, ...options },
    () => gatewayTime,
  );
};
afterEach(() => consortium.stop());

const tenant = { 'x-okapi-tenant': 'riverside' };
const post = (path: string, headers: Record<string, string> = {}, body?: unknown) =>
  call(
    consortium,
    'POST',
    path,
    { ...JSON_HEADERS, ...tenant, ...headers },
    body === undefined ? undefined : JSON.stringify(body),
  );
const get = (path: string, headers: Record<string, string> = {}) =>
  call(consortium, 'GET', path, { ...tenant, ...headers });
const login = (username = 'desk', password = 'practice-riverside') =>
  post('/authn/login-with-expiry', {}, { username, password });

const cookie = (answer: { headers: Headers }, name: string): string =>
  answer.headers
    .getSetCookie()
    .find((line) => line.startsWith(`${name}=`))!
    .split(';')[0]!
    .slice(name.length + 1);
/** A Set-Cookie line with its value and dates taken out, so that the attributes can be compared. */
const attributes = (lines: readonly string[]) =>
  lines.map((line) => line.replace(/=[^;]*/, '=').replace(/Expires=[^;]+ GMT/, 'Expires='));
const keysOf = (value: unknown): readonly string[] => Object.keys(value as object);
const codeIn = (answer: Answer): string =>
  (answer.json as { readonly errors: readonly { readonly code: string }[] }).errors[0]!.code;
const idsIn = (rows: unknown): string[] => (rows as readonly { readonly id: string }[]).map((one) => one.id);
const settingsIn = (answer: Answer) => answer.json as readonly { readonly section: string; readonly hidden: boolean }[];
const refresh = (value: string) => post('/authn/refresh', { cookie: `folioRefreshToken=${value}` });

const FAILURES = cases('okapi', '05-login-failures.json');
const GATEWAY = cases('okapi', '06-gateway-errors.json');

describe('log-in', () => {
  it('with expiry sets the two cookies as documented', async () => {
    await open({ accessTokenSeconds: 600 });
    const sample = samples('okapi', '02-login-with-expiry.json')['response']!;
    const answer = await login();
    expect(answer.status).toBe(sample.status);
    expect(attributes(answer.headers.getSetCookie())).toEqual(attributes(sample.setCookie));
    expect(keysOf(answer.json)).toEqual(keysOf(sample.body));
    expect(answer.headers.get('content-length')).toBeNull();
    const payload = Buffer.from(cookie(answer, 'folioAccessToken').split('.')[1]!, 'base64url').toString();
    const claims = JSON.parse(payload) as { exp: number; iat: number };
    expect(claims).toMatchObject({ type: 'access', tenant: 'riverside', sub: 'desk' });
    expect(claims.exp - claims.iat).toBe(600);
    expect(cookie(answer, 'folioRefreshToken').split('.')).toHaveLength(5);
  });

  it('legacy answers the token in header and body, and 404 where it is switched off', async () => {
    await open({ legacyOff: ['riverside'] });
    const sample = samples('okapi', '01-login-legacy.json');
    const off = await post('/authn/login', {}, { username: 'desk', password: 'practice-riverside' });
    expect([off.status, off.type, off.text]).toEqual([404, 'text/plain', sample['disabledResponse']!.bodyText]);
    const on = await post(
      '/authn/login',
      { 'x-okapi-tenant': 'northfield' },
      { username: 'desk', password: 'practice-northfield' },
    );
    expect([on.status, on.json]).toEqual([sample['response']!.status, { okapiToken: on.headers.get('x-okapi-token') }]);
  });

  it('with expiry can be missing, as before mod-login 7.10', async () => {
    await open({ expiryLogin: false });
    const answer = await login();
    expect([answer.status, answer.text]).toEqual([404, 'No suitable module found for path and tenant']);
  });

  it('through bl-users says who the user is', async () => {
    await open();
    const sample = samples('okapi', '09-bl-users-login-with-expiry.json')['response']!;
    const answer = await post(
      '/bl-users/login-with-expiry?expandPermissions=true',
      {},
      { username: 'desk', password: 'practice-riverside' },
    );
    expect(answer.status).toBe(sample.status);
    expect(keysOf(answer.json)).toEqual(keysOf(sample.body));
    const { user, permissions } = answer.json as { user: object; permissions: { permissions: readonly object[] } };
    expect(keysOf(user)).toEqual(keysOf((sample.body as { user: object }).user));
    expect(permissions.permissions).toContainEqual({
      permissionName: 'rs.patronrequests.item.performaction',
    });
    const self = await get('/bl-users/_self', { 'x-okapi-token': cookie(answer, 'folioAccessToken') });
    expect(self.json).toMatchObject({ user: { username: 'desk' } });
  });

  it('refuses in one sentence, and locks the account after five failures', async () => {
    await open();
    const sample = FAILURES.find((one) => one.name.includes('>= 7.13.1'))!;
    for (let i = 0; i < 5; i += 1) {
      const answer = await login('desk', 'wrong');
      expect([answer.status, answer.json]).toEqual([sample.status, sample.body]);
    }
    expect((await login()).status).toBe(422);
    expect(consortium.ledger().filter((one) => one.result === 'refused')).toHaveLength(6);
  });

  it('an older mod-login says more, also when it locks', async () => {
    await open({ loginWording: '7.13.0' });
    const codes: string[] = [];
    for (let i = 0; i < 6; i += 1) codes.push(codeIn(await login('desk', 'wrong')));
    expect(codes).toEqual([
      'password.incorrect',
      'password.incorrect',
      'password.incorrect.warn.user',
      'password.incorrect.warn.user',
      'password.incorrect.block.user',
      'user.blocked',
    ]);
    expect(codeIn(await login('nobody', 'x'))).toBe('username.incorrect');
  });

  it('refuses bodies it cannot use', async () => {
    await open();
    expect((await post('/authn/login', {}, { password: 'x' })).text).toBe('You must provide a username or userId');
    expect((await post('/authn/login', {}, { username: 'x' })).text).toBe('You must provide a password');
    expect((await post('/authn/login', { 'content-type': 'text/plain' }, {})).text).toBe(
      FAILURES.find((one) => one.name === 'wrong request content type')!.bodyText,
    );
  });
});

describe('refresh', () => {
  const sample = samples('okapi', '03-refresh.json');

  it('gives a new pair and uses up the old one', async () => {
    await open();
    const first = await login();
    const second = await refresh(cookie(first, 'folioRefreshToken'));
    expect(second.status).toBe(sample['response']!.status);
    expect(attributes(second.headers.getSetCookie())).toEqual(attributes(sample['response']!.setCookie));
    expect(cookie(second, 'folioRefreshToken')).not.toBe(cookie(first, 'folioRefreshToken'));
  });

  it('a second use revokes every refresh token of the user, other sessions included', async () => {
    await open();
    const first = await login();
    const otherDesk = await login();
    const second = await refresh(cookie(first, 'folioRefreshToken'));
    const replay = await refresh(cookie(first, 'folioRefreshToken'));
    expect([replay.status, replay.json]).toEqual([422, sample['reusedOrExpiredRefreshToken']!.body]);
    expect((await refresh(cookie(second, 'folioRefreshToken'))).status).toBe(422);
    expect((await refresh(cookie(otherDesk, 'folioRefreshToken'))).status).toBe(422);
    const still = await get('/rs/patronrequests', { 'x-okapi-token': cookie(second, 'folioAccessToken') });
    expect(still.status).toBe(200);
  });

  it('a token that merely expired harms nobody else', async () => {
    await open({ refreshTokenSeconds: 60 });
    const old = await login();
    gatewayTime += 50_000;
    const fresh = await login();
    gatewayTime += 20_000;
    expect((await refresh(cookie(old, 'folioRefreshToken'))).status).toBe(422);
    expect((await refresh(cookie(fresh, 'folioRefreshToken'))).status).toBe(201);
  });

  it('wants exactly one cookie', async () => {
    await open();
    const none = await post('/authn/refresh');
    expect([none.status, none.json]).toEqual([400, sample['missingOrDuplicateCookie']!.body]);
    const twice = await post('/authn/refresh', { cookie: 'folioRefreshToken=a; folioRefreshToken=b' });
    expect(twice.status).toBe(400);
  });

  it('is refused with 401 when an expired access token comes along, and so is a new log-in', async () => {
    await open({ accessTokenSeconds: 2 });
    const first = await login();
    gatewayTime += 3000;
    const headers = {
      'x-okapi-token': cookie(first, 'folioAccessToken'),
      cookie: `folioRefreshToken=${cookie(first, 'folioRefreshToken')}`,
    };
    const answer = await post('/authn/refresh', headers);
    expect([answer.status, answer.type, answer.text]).toEqual([401, 'text/plain', 'Invalid token']);
    const again = await post('/authn/login-with-expiry', headers, { username: 'desk', password: 'practice-riverside' });
    expect(again.status).toBe(401);
    expect((await refresh(cookie(first, 'folioRefreshToken'))).status).toBe(201);
  });
});

describe('log-out', () => {
  const sample = samples('okapi', '04-logout.json');

  it('ends one session with the cookie, all without any cookie', async () => {
    await open();
    const [one, two, three] = [await login(), await login(), await login()];
    const out = (answer: { headers: Headers }, withCookie: string | undefined) =>
      post('/authn/logout', {
        'x-okapi-token': cookie(answer, 'folioAccessToken'),
        ...(withCookie === undefined ? {} : { cookie: withCookie }),
      });
    const gone = await out(one, `folioRefreshToken=${cookie(one, 'folioRefreshToken')}`);
    expect([gone.status, gone.text]).toEqual([204, '']);
    expect(gone.headers.getSetCookie()).toEqual(sample['response']!.setCookie);
    const kept = await refresh(cookie(two, 'folioRefreshToken'));
    expect(kept.status).toBe(201);
    expect((await out(three, undefined)).status).toBe(204);
    expect((await refresh(cookie(kept, 'folioRefreshToken'))).status).toBe(422);
    const wrong = await out(three, 'something=else');
    expect([wrong.status, wrong.text]).toEqual([500, sample['cookieHeaderWithoutRefreshToken']!.bodyText]);
    const twice = await out(three, `folioRefreshToken=${cookie(one, 'folioRefreshToken')}`);
    expect([twice.status, twice.json]).toEqual([422, sample['authServerRefused']!.body]);
  });
});

describe('the gateway refuses in its own words', () => {
  const wording = (meaning: string) => GATEWAY.find((one) => one.meaning === meaning)!;
  const matches = (
    answer: { status: number; type: string | undefined; text: string },
    meaning: string,
    change = (t: string) => t,
  ) => {
    const sample = wording(meaning);
    expect([answer.status, answer.type ?? null, answer.text]).toEqual([
      sample.status,
      sample.contentType,
      change(sample.bodyText),
    ]);
  };

  it('about tenants and paths', async () => {
    await open();
    matches(await get('/rs/patronrequests', { 'x-okapi-tenant': 'northlibb' }), 'unknown tenant id');
    matches(await get('/rs/nothing'), 'no enabled module handles method and path');
    const elsewhere = await get('/rs/patronrequests', { 'x-okapi-tenant': 'consortium' });
    expect([elsewhere.status, elsewhere.text]).toEqual([404, 'No suitable module found for path and tenant']);
    const nowhere = await call(consortium, 'GET', '/rs/patronrequests', {});
    expect(nowhere.status).toBe(404);
    const notJwt = await call(consortium, 'GET', '/rs/patronrequests', { 'x-okapi-token': 'rubbish' });
    matches(notJwt, 'no X-Okapi-Tenant and the token is not a JWT');
  });

  it('about tokens', async () => {
    await open();
    const ours = await tokenFor(consortium, 'riverside');
    const theirs = await tokenFor(consortium, 'northfield');
    expect((await get('/rs/patronrequests')).text).toBe(
      'Token missing, access requires permission: rs.patronrequests.collection.get',
    );
    matches(
      await get('/rs/patronrequests', { 'x-okapi-token': `${ours}x` }),
      'expired access token, bad signature, or not a token',
    );
    matches(
      await get('/rs/patronrequests', { 'x-okapi-token': theirs }),
      'token belongs to another tenant or another user id than the headers say',
    );
    matches(
      await get('/rs/patronrequests', { 'x-okapi-token': ours, authorization: `Bearer ${theirs}` }),
      'header, Authorization and folioAccessToken cookie disagree, or the cookie occurs twice',
    );
    expect((await get('/rs/patronrequests', { authorization: `Bearer ${ours}` })).status).toBe(200);
    expect((await get('/rs/patronrequests', { cookie: `folioAccessToken=${ours}` })).status).toBe(200);
    const newcomer = await tokenFor(consortium, 'riverside', { username: 'newcomer', password: 'practice-newcomer' });
    const refused = await get('/rs/patronrequests', { 'x-okapi-token': newcomer });
    expect(refused.status).toBe(403);
    expect(refused.text).toMatch(
      /^Access for user 'newcomer' \([0-9a-f-]{36}\) requires permission: rs\.patronrequests\.collection\.get$/,
    );
    for (let i = 0; i < 5; i += 1) await login('desk', 'wrong');
    const locked = await get('/rs/patronrequests', { 'x-okapi-token': ours });
    matches(locked, 'user was locked or made inactive; refreshing does not help', (text) =>
      text.replace(/with id \S+/, /with id \S+/.exec(locked.text)?.[0] ?? ''),
    );
  });

  it('about size', async () => {
    await open();
    matches(
      await get(`/rs/patronrequests?term=${'x'.repeat(8200)}`),
      'request line over 8192 bytes (4096 before 6.1.1); connection closed',
    );
    matches(await get('/rs/patronrequests', { 'x-long': 'y'.repeat(9000) }), 'connection closed');
  });

  it('about itself', async () => {
    await open();
    const sample = samples('okapi', '08-discovery.json');
    const token = { 'x-okapi-token': await tokenFor(consortium, 'riverside') };
    const health = await call(consortium, 'GET', '/_/proxy/health', {});
    expect([health.status, health.text]).toEqual([200, sample['health']!.bodyText]);
    const version = await get('/_/version', token);
    expect([version.status, version.type, version.text]).toEqual([200, 'text/plain', sample['version']!.bodyText]);
    const modules = await get('/_/proxy/tenants/riverside/modules', token);
    expect(idsIn(modules.json)).toEqual(expect.arrayContaining(idsIn(sample['tenantModules']!.body)));
    const interfaces = await get('/_/proxy/tenants/riverside/interfaces', token);
    expect(idsIn(interfaces.json)).toEqual(expect.arrayContaining(idsIn(sample['tenantInterfaces']!.body)));
    expect((await get('/_/version')).status).toBe(401);
  });
});

describe('settings', () => {
  it('are cut to the sections the token may see, and hidden ones want to be asked for', async () => {
    consortium = await standing();
    const reader = await tokenFor(consortium, 'riverside', { username: 'reader', password: 'practice-reader' });
    const seen = await get('/rs/settings/appSettings?perPage=1000', { 'x-okapi-token': reader });
    expect([...new Set(settingsIn(seen).map((one) => one.section))]).toEqual(['state_action_config']);
    const desk = await tokenFor(consortium, 'riverside');
    const all = await get('/rs/settings/appSettings?perPage=1000', { 'x-okapi-token': desk });
    expect(settingsIn(all).some((one) => one.hidden)).toBe(false);
    expect(settingsIn(all).map((one) => one.section)).not.toContain('localNCIP');
  });
});
