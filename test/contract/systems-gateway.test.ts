import { describe, expect, test } from 'vitest';
import { createHttpClient } from '../../src-main/systems/http/client.ts';
import { createOkapiSession } from '../../src-main/systems/okapi/session.ts';
import { testConnection } from '../../src-main/systems/reshare/probe.ts';
import { createReshare } from '../../src-main/systems/reshare/reshare.ts';
import { OTHER_ACCOUNTS, startConsortium, type Consortium } from '../../src-main/training/consortium.ts';
import { closedPort } from '../unit/systems-loopback.ts';
import { closers, codeOf, desk, HTTP, OKAPI } from './systems-desk.ts';

/** How often something happened, by the practice consortium's own account of it. */
function happened(consortium: Consortium, kind: RegExp): number {
  return consortium.ledger().filter((entry) => kind.test(JSON.stringify(entry))).length;
}

describe('logging in at the practice gateway', () => {
  test('a refused password is sent exactly once, however many scans come', async () => {
    const at = await desk({}, { password: () => Promise.resolve('wrong') });
    const results = await Promise.all(Array.from({ length: 8 }, () => at.reshare.findByScan(['RVR-1202'])));
    expect(new Set(results.map(codeOf))).toEqual(new Set(['credentials-refused']));
    expect(at.lines.map((line) => line.template)).toEqual(['/authn/login-with-expiry']);
    expect(at.rejected()).toBe(1);
  });

  test.each([{ loginWording: '7.13.0' }, { loginWording: '7.13.2' }] as const)(
    'refused in the words of mod-login $loginWording',
    async (options) => {
      const at = await desk(options, { username: 'nobody' });
      expect(codeOf(await at.reshare.listOpen())).toBe('credentials-refused');
    },
  );

  test('an older site without expiry', async () => {
    const at = await desk({ expiryLogin: false });
    expect(codeOf(await at.reshare.tenantRules())).toBe('ok');
    await at.session.logout();
    expect(at.lines.some((line) => line.template.includes('logout'))).toBe(false);
  });

  test('neither way: settings', async () => {
    const at = await desk({ expiryLogin: false, legacyOff: ['riverside'] });
    expect(codeOf(await at.reshare.listOpen())).toBe('configuration');
  });

  test('tokens that really expire are renewed, by login with a password and by one refresh without', async () => {
    let seconds = 0;
    const mono = (): number => seconds * 1000;
    const at = await desk({ accessTokenSeconds: 2 }, { mono });
    expect(codeOf(await at.reshare.tenantRules())).toBe('ok');
    seconds = 1.5;
    expect(codeOf(await at.reshare.tenantRules())).toBe('ok');
    expect(at.lines.filter((line) => line.template.startsWith('/authn/login'))).toHaveLength(2);

    const once = ['practice-riverside'];
    const other = await desk(
      { accessTokenSeconds: 2 },
      { mono: () => seconds * 1000, password: () => Promise.resolve(once.pop()) },
    );
    expect(codeOf(await other.reshare.tenantRules())).toBe('ok');
    seconds = 3;
    expect(await Promise.all([1, 2, 3].map(async () => codeOf(await other.reshare.listOpen())))).toEqual([
      'ok',
      'ok',
      'ok',
    ]);
    expect(other.lines.filter((line) => line.template === '/authn/refresh')).toHaveLength(1);
    // The new pair works, so the old refresh token was not presented a second time.
    seconds = 4.5;
    expect(codeOf(await other.reshare.listOpen())).toBe('ok');
  });

  test('a clock that stood still during sleep: the 401 renews and the call goes through', async () => {
    let ahead = 0;
    const consortium = await startConsortium({ size: 20, time: 'stands' }, () => Date.now() + ahead);
    const http = createHttpClient(consortium.url, { settings: HTTP });
    closers.push(
      () => consortium.stop(),
      () => http.close(),
    );
    const session = createOkapiSession({
      ...OKAPI,
      http,
      system: 'ReShare',
      password: () => Promise.resolve(OKAPI.password),
    });
    const reshare = createReshare({ session });
    expect(codeOf(await reshare.tenantRules())).toBe('ok');
    ahead = 3_600_000;
    const id = consortium.thing('arrival-1').requestId ?? '';
    expect(await reshare.act(id, 'requesterReceived', {})).toEqual({ outcome: 'done' });
    expect(happened(consortium, /requesterReceived/)).toBe(1);
  });

  test('logging out ends this session and no other', async () => {
    const at = await desk();
    const second = createOkapiSession({
      ...OKAPI,
      http: at.http,
      system: 'ReShare',
      password: () => Promise.resolve(OKAPI.password),
    });
    expect((await second.ensure()).ok).toBe(true);
    expect(codeOf(await at.reshare.tenantRules())).toBe('ok');
    await at.session.logout();
    expect(at.lines.at(-1)).toMatchObject({ template: '/authn/logout', status: 204 });
    expect(codeOf(await createReshare({ session: second }).tenantRules())).toBe('ok');
    expect(at.lines.filter((line) => line.template.startsWith('/authn/login'))).toHaveLength(2);
  });

  test('the log of a whole morning holds no label, no name, no token and no password', async () => {
    const at = await desk();
    await at.reshare.findByScan(['RVR-1202', '35202000400524']);
    const id = at.consortium.thing('arrival-1').requestId ?? '';
    await at.reshare.act(id, 'requesterReceived', {});
    const text = JSON.stringify(at.lines);
    expect(text).not.toMatch(/RVR-|352020|practice-|eyJ|folio|Osei/);
    expect(text).not.toContain(id);
  });
});

describe('test connection', () => {
  const settings = (consortium: Consortium, more: object = {}) => ({
    okapiUrl: consortium.url,
    tenant: 'riverside',
    username: 'desk',
    ...more,
  });
  const say = (password: string | undefined) => () => Promise.resolve(password);
  const outcomes = (lines: Awaited<ReturnType<typeof testConnection>>) =>
    lines.map((line) => `${line.what}: ${line.outcome}`);

  test('everything in order, the Shared Inventory included', async () => {
    const { consortium } = await desk();
    const lines = await testConnection({
      settings: settings(consortium, { inventoryTenant: 'consortium', inventoryUsername: 'inventory' }),
      password: say('practice-riverside'),
      inventoryPassword: say('practice-inventory'),
      http: HTTP,
    });
    expect(outcomes(lines)).toEqual([
      'Address: ok',
      'Tenant: ok',
      'Log-in: ok',
      'ReShare: ok',
      'Listing requests: ok',
      'Reading a request: ok',
      'Acting on requests: ok',
      'ReShare settings: ok',
      'Shared Inventory: Tenant: ok',
      'Shared Inventory: Log-in: ok',
    ]);
  });

  test('a wrong password costs one attempt', async () => {
    const { consortium } = await desk();
    const rejected: string[] = [];
    const lines = await testConnection({
      settings: settings(consortium),
      password: say('wrong'),
      http: HTTP,
      onRejected: (which) => rejected.push(which),
    });
    expect(outcomes(lines)).toEqual(['Address: ok', 'Log-in: failed', 'Listing requests: skipped']);
    expect(rejected).toEqual(['reshare-password']);
    // Five failures lock the account. Four tests cost four attempts, so the right password still opens it.
    for (let n = 0; n < 3; n += 1)
      await testConnection({ settings: settings(consortium), password: say('wrong'), http: HTTP });
    const right = await testConnection({
      settings: settings(consortium),
      password: say('practice-riverside'),
      http: HTTP,
    });
    expect(outcomes(right)).toContain('Log-in: ok');
  });

  test('a tenant the gateway does not know: said before any password is sent', async () => {
    const { consortium } = await desk();
    let asked = 0;
    const password = (): Promise<string> => Promise.resolve(`x${(asked += 1)}`);
    const lines = await testConnection({ settings: settings(consortium, { tenant: 'nowhere' }), password, http: HTTP });
    expect(outcomes(lines)).toEqual(['Address: ok', 'Tenant: failed', 'Log-in: skipped']);
    expect(lines[1]?.sentence).toContain('"nowhere"');
    expect(asked).toBe(0);
  });

  test('a tenant without ReShare', async () => {
    const { consortium } = await desk();
    const lines = await testConnection({
      settings: settings(consortium, { tenant: 'consortium', username: 'inventory' }),
      password: say('practice-inventory'),
      http: HTTP,
    });
    expect(outcomes(lines).slice(2)).toEqual(['Log-in: ok', 'ReShare: failed', 'Listing requests: skipped']);
    expect(lines[3]?.sentence).toMatch(/has no ReShare|lacks/);
  });

  test('accounts that may less', async () => {
    const { consortium } = await desk();
    const { lookOnly, noPermissions } = OTHER_ACCOUNTS;
    const reader = await testConnection({
      settings: settings(consortium, { username: lookOnly.username }),
      password: say(lookOnly.password),
      http: HTTP,
    });
    expect(outcomes(reader)).toContain('Acting on requests: warning');
    expect(outcomes(reader)).toContain('Reading a request: ok');
    const none = await testConnection({
      settings: settings(consortium, { username: noPermissions.username }),
      password: say(noPermissions.password),
      http: HTTP,
    });
    expect(outcomes(none)).toContain('Listing requests: failed');
    expect(none.map((line) => line.sentence).join()).toContain('rs.patronrequests.collection.get');
  });

  test.each([
    ['html-200', 'Address: failed', /web page/],
    ['status-503-html', 'Address: failed', /front door/],
    ['drop-before', 'Address: failed', /broke/],
  ] as const)('%s', async (kind, first, words) => {
    const { consortium } = await desk();
    consortium.faults.add({ where: 'everything', kind });
    const lines = await testConnection({
      settings: settings(consortium),
      password: say('practice-riverside'),
      http: HTTP,
    });
    expect(outcomes(lines)).toEqual([first, 'Log-in: skipped']);
    expect(lines[0]?.sentence).toMatch(words);
  });

  test('no host at all, and no password', async () => {
    const { consortium } = await desk();
    const nobody = settings(consortium, { okapiUrl: `http://127.0.0.1:${await closedPort()}` });
    const unreachable = await testConnection({ settings: nobody, password: say('x'), http: HTTP });
    expect(unreachable[0]).toMatchObject({
      what: 'Address',
      outcome: 'failed',
      sentence: expect.stringContaining('refused'),
    });
    const silent = await testConnection({ settings: settings(consortium), password: say(undefined), http: HTTP });
    expect(outcomes(silent)).toEqual(['Address: ok', 'Log-in: failed', 'Listing requests: skipped']);
    expect(silent[1]?.sentence).toContain('no password');
  });
});
