import type { Call, Reply } from '../http.ts';
import { cookies, json, moduleError, objectBody, text } from '../http.ts';
import type { Ledger } from '../ledger.ts';
import type { Tenant } from '../world.ts';
import { holds, type Account } from './accounts.ts';
import type { BackendModule, Route, Visit } from './modules.ts';
import type { Tokens } from './tokens.ts';

export interface LoginOptions {
  /** Max-Age of folioAccessToken, seconds (mod-authtoken's default is 600). */
  readonly accessTokenSeconds: number;
  /** Max-Age of folioRefreshToken, seconds (604800). */
  readonly refreshTokenSeconds: number;
  /** Tenants where the legacy log-in is switched off (mod-authtoken `legacy.token.tenants`). */
  readonly legacyOff: readonly string[];
  /** Whether /authn/login-with-expiry exists (mod-login before 7.10.0 had none). */
  readonly expiryLogin: boolean;
  /** How refusals are worded: mod-login 7.13.1 and later say one thing for everything. */
  readonly wording: '7.13.2' | '7.13.0';
}

const FAILURES_BEFORE_LOCK = 5;

type Verdict = { readonly account: Account } | { readonly refusal: Reply };

/** mod-login 7.13: log in, refresh, log out (okapi-inventory: APIs of mod-login and mod-authtoken). */
export class LoginModule {
  readonly #tokens: Tokens;
  readonly #options: LoginOptions;
  readonly #ledger: Ledger;

  constructor(tokens: Tokens, options: LoginOptions, ledger: Ledger) {
    this.#tokens = tokens;
    this.#options = options;
    this.#ledger = ledger;
  }

  module(): BackendModule {
    const withExpiry: readonly Route[] = [
      { method: 'POST', path: '/authn/login-with-expiry', handle: (visit) => this.#withExpiry(visit) },
      { method: 'POST', path: '/authn/refresh', handle: (visit) => this.#refresh(visit) },
    ];
    return {
      id: `mod-login-${this.#options.wording}`,
      interfaces: [{ id: 'login', version: '7.3' }],
      routes: [
        { method: 'POST', path: '/authn/login', handle: (visit) => this.#legacy(visit) },
        { method: 'POST', path: '/authn/logout', anyToken: true, handle: (visit) => this.#logout(visit) },
        { method: 'POST', path: '/authn/logout-all', anyToken: true, handle: (visit) => this.#logoutAll(visit) },
        ...(this.#options.expiryLogin ? withExpiry : []),
      ],
    };
  }

  /** mod-users-bl 8: the same log-ins plus who the user is. */
  usersModule(): BackendModule {
    return {
      id: 'mod-users-bl-8.0.0',
      interfaces: [{ id: 'users-bl', version: '6.2' }],
      routes: [
        { method: 'POST', path: '/bl-users/login-with-expiry', handle: (visit) => this.#composite(visit) },
        {
          method: 'GET',
          path: '/bl-users/_self',
          permission: 'users-bl.collection.get',
          handle: (visit) =>
            visit.user === undefined ? text(401, 'Invalid token') : json(200, this.#who(visit, visit.user)),
        },
      ],
    };
  }

  #legacy(visit: Visit): Reply {
    const verdict = this.#judge(visit, 'authn');
    if ('refusal' in verdict) return verdict.refusal;
    if (this.#options.legacyOff.includes(visit.tenant.id)) return text(404, 'Not found');
    const token = this.#tokens.access(visit.tenant.id, verdict.account.username, verdict.account.id);
    this.#note(visit.tenant, 'login', verdict.account, 'done');
    return { ...json(201, { okapiToken: token }), headers: { 'x-okapi-token': token } };
  }

  #withExpiry(visit: Visit): Reply {
    const verdict = this.#judge(visit, 'authn');
    if ('refusal' in verdict) return verdict.refusal;
    this.#note(visit.tenant, 'login-with-expiry', verdict.account, 'done');
    const { headers, times } = this.#issue(visit.tenant, verdict.account);
    return { ...json(201, times), headers };
  }

  #composite(visit: Visit): Reply {
    const verdict = this.#judge(visit, 'bl-users');
    if ('refusal' in verdict) return verdict.refusal;
    this.#note(visit.tenant, 'login-with-expiry', verdict.account, 'done');
    const { headers, times } = this.#issue(visit.tenant, verdict.account);
    return {
      ...json(201, { ...this.#who(visit, verdict.account), tokenExpiration: times, tenant: visit.tenant.id }),
      headers,
    };
  }

  #refresh(visit: Visit): Reply {
    const sent = refreshCookies(visit.call);
    const [first] = sent;
    if (first === undefined || first === '' || sent.length > 1) {
      return moduleError(400, 'token.parse.failure', 'Bad request');
    }
    const userId = this.#tokens.redeem(first, visit.tenant.id);
    const account = visit.tenant.accounts.find((candidate) => candidate.id === userId);
    if (account === undefined || !account.active) {
      this.#note(visit.tenant, 'refresh', account, 'refused');
      return moduleError(
        422,
        'token.refresh.unprocessable',
        'Authorization server unable to process token refresh request',
      );
    }
    this.#note(visit.tenant, 'refresh', account, 'done');
    const { headers, times } = this.#issue(visit.tenant, account);
    return { ...json(201, times), headers };
  }

  #logout(visit: Visit): Reply {
    // mod-login takes a call without any Cookie header for a log-out of every session of the user.
    if (visit.call.headers.cookie === undefined) return this.#logoutAll(visit);
    const [sent] = refreshCookies(visit.call);
    if (sent === undefined) return text(500, 'Internal Server error');
    const legacy = this.#tokens.read(visit.token ?? '')?.type === 'legacy-access';
    if (legacy || !this.#tokens.revoke(sent, visit.tenant.id)) {
      this.#note(visit.tenant, 'logout', visit.user, 'refused');
      return moduleError(
        422,
        'token.logout.unprocessable',
        'Authorization server unable to process token logout request',
      );
    }
    this.#note(visit.tenant, 'logout', visit.user, 'done');
    return goodbye();
  }

  #logoutAll(visit: Visit): Reply {
    if (visit.user !== undefined) this.#tokens.revokeAll(visit.user.id);
    this.#note(visit.tenant, 'logout-all', visit.user, 'done');
    return goodbye();
  }

  #issue(tenant: Tenant, account: Account) {
    const { accessTokenSeconds, refreshTokenSeconds } = this.#options;
    const now = this.#tokens.seconds() * 1000;
    const access = this.#tokens.access(tenant.id, account.username, account.id, accessTokenSeconds);
    const refresh = this.#tokens.refresh(tenant.id, account.id, refreshTokenSeconds);
    const cookie = (name: string, value: string, life: number, path: string): string =>
      `${name}=${value}; Max-Age=${life}; Expires=${new Date(now + life * 1000).toUTCString()}; Path=${path}; Secure; HTTPOnly; SameSite=Lax`;
    const iso = (seconds: number): string => `${new Date(now + seconds * 1000).toISOString().slice(0, 19)}Z`;
    return {
      headers: {
        'set-cookie': [
          cookie('folioAccessToken', access, accessTokenSeconds, '/'),
          cookie('folioRefreshToken', refresh, refreshTokenSeconds, '/authn'),
        ],
      },
      times: { accessTokenExpiration: iso(accessTokenSeconds), refreshTokenExpiration: iso(refreshTokenSeconds) },
    };
  }

  #judge(visit: Visit, door: 'authn' | 'bl-users'): Verdict {
    const { call, tenant } = visit;
    const type = call.headers['content-type'] ?? '';
    if (!type.startsWith('application/json')) {
      return { refusal: text(400, `Content-type header must be ["application/json"] but it is "${type}"`) };
    }
    const body = objectBody(call) ?? {};
    const { username, userId, password } = body;
    if (door === 'bl-users') {
      if (typeof username !== 'string' || typeof password !== 'string') {
        return { refusal: text(400, 'Improperly formatted request') };
      }
    } else if (typeof username !== 'string' && typeof userId !== 'string') {
      return { refusal: text(400, 'You must provide a username or userId') };
    } else if (typeof password !== 'string') {
      return { refusal: text(400, 'You must provide a password') };
    }
    const account = tenant.accounts.find((one) => one.username === username || one.id === userId);
    if (account?.active === true && account.password === password) {
      account.failures = 0;
      return { account };
    }
    this.#note(tenant, 'login', account, 'refused');
    return { refusal: this.#refuse(account, String(username ?? userId)) };
  }

  #refuse(account: Account | undefined, name: string): Reply {
    const wasActive = account?.active === true;
    if (account !== undefined && wasActive) {
      account.failures += 1;
      if (account.failures >= FAILURES_BEFORE_LOCK) account.active = false;
    }
    if (this.#options.wording === '7.13.2') {
      return moduleError(
        422,
        'wrong.username.or.wrong.password.or.account.blocked',
        'Wrong username or wrong password or account blocked',
      );
    }
    const parameters = [{ key: 'username', value: name }];
    if (account === undefined) {
      const message = `Error verifying user existence: No user found by username ${name}`;
      return moduleError(422, 'username.incorrect', message, parameters);
    }
    if (!wasActive) return moduleError(422, 'user.blocked', 'User must be flagged as active');
    if (account.failures >= FAILURES_BEFORE_LOCK) {
      return moduleError(422, 'password.incorrect.block.user', 'Fifth failed attempt');
    }
    const code = account.failures >= 3 ? 'password.incorrect.warn.user' : 'password.incorrect';
    return moduleError(422, code, 'Password does not match', parameters);
  }

  #who(visit: Visit, account: Account) {
    const expand = visit.call.query.get('expandPermissions') === 'true';
    const names = visit.tenant.grantable.filter((permission) => holds(account, permission));
    return {
      user: {
        username: account.username,
        id: account.id,
        active: account.active,
        patronGroup: '3684a786-6671-4268-8ed0-9db82ebca60b',
        personal: { lastName: account.lastName, firstName: account.firstName },
      },
      permissions: {
        userId: account.id,
        permissions: expand ? names.map((permissionName) => ({ permissionName })) : names,
      },
    };
  }

  #note(tenant: Tenant, action: string, account: Account | undefined, result: 'done' | 'refused'): void {
    this.#ledger.record({
      tenant: tenant.id,
      kind: 'session',
      action,
      result,
      ...(account === undefined ? {} : { user: account.username }),
    });
  }
}

function refreshCookies(call: Call): readonly string[] {
  return cookies(call.headers.cookie)
    .filter(([name]) => name === 'folioRefreshToken')
    .map(([, value]) => value);
}

function goodbye(): Reply {
  const gone = 'Expires=Thu, 01 Jan 1970 00:00:00 GMT';
  return {
    status: 204,
    headers: {
      'set-cookie': [
        `folioAccessToken=; SameSite=None; Secure; Path=/; ${gone}`,
        `folioRefreshToken=; SameSite=None; Secure; Path=/authn; ${gone}`,
      ],
    },
  };
}
