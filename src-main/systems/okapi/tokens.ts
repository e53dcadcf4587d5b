import { isRecord, jsonOf } from '../http/bodies.ts';
import type { HttpAnswer } from '../http/client.ts';
import { cookieNamed } from './cookies.ts';

/** Access to one tenant for one user. Lives in memory only. */
export interface Tokens {
  readonly access: string;
  /** Single use; undefined for the legacy login. */
  readonly refresh?: string;
  /** Seconds the access token lives from its arrival; undefined when it says no end. */
  readonly lifetimeS?: number;
}

/** `iat` and `exp` of a JWT (RFC 7519 §4.1), unverified: the signature is the server's business. */
export function jwtTimes(token: string): { readonly iat?: number; readonly exp?: number } {
  const payload = token.split('.')[1];
  if (payload === undefined) return {};
  const claims = jsonOf({ text: Buffer.from(payload, 'base64url').toString('utf8') });
  if (!isRecord(claims)) return {};
  return {
    ...(typeof claims['iat'] === 'number' ? { iat: claims['iat'] } : {}),
    ...(typeof claims['exp'] === 'number' ? { exp: claims['exp'] } : {}),
  };
}

/**
 * Tokens of a successful `login-with-expiry` or `refresh` (mod-login): two cookies. The lifetime is the cookie's
 * `Max-Age`, else `exp - iat` of the token, else the body's expiry against the server's own `Date`; never a comparison
 * with this computer's clock. Undefined when the answer carries no access token.
 */
export function tokensFromCookies(answer: HttpAnswer): Tokens | undefined {
  const access = cookieNamed(answer.setCookies, 'folioAccessToken');
  if (access === undefined) return undefined;
  const refresh = cookieNamed(answer.setCookies, 'folioRefreshToken');
  const lifetimeS = access.maxAge ?? jwtLifetime(access.value) ?? bodyLifetime(answer);
  return {
    access: access.value,
    ...(refresh === undefined ? {} : { refresh: refresh.value }),
    ...(lifetimeS === undefined ? {} : { lifetimeS }),
  };
}

/**
 * Token of a successful legacy login: header first, body second. mod-authtoken's legacy token says no end; Keycloak's,
 * issued at the same path, does, so `exp` is read before "never expires" is believed.
 */
export function tokenFromLegacyLogin(answer: HttpAnswer): Tokens | undefined {
  const body = jsonOf(answer);
  const fromBody = isRecord(body) && typeof body['okapiToken'] === 'string' ? body['okapiToken'] : undefined;
  const access = answer.headers['x-okapi-token'] ?? fromBody;
  if (access === undefined || access === '') return undefined;
  const lifetimeS = jwtLifetime(access);
  return { access, ...(lifetimeS === undefined ? {} : { lifetimeS }) };
}

function jwtLifetime(token: string): number | undefined {
  const { iat, exp } = jwtTimes(token);
  return iat === undefined || exp === undefined ? undefined : exp - iat;
}

function bodyLifetime(answer: HttpAnswer): number | undefined {
  const body = jsonOf(answer);
  if (!isRecord(body) || typeof body['accessTokenExpiration'] !== 'string') return undefined;
  const end = Date.parse(body['accessTokenExpiration']);
  const now = Date.parse(answer.headers['date'] ?? '');
  return Number.isNaN(end) || Number.isNaN(now) ? undefined : (end - now) / 1000;
}
