import { fail, ok, type Result } from '../base.ts';
import { isRecord, jsonOf } from '../../http/bodies.ts';
import type { HttpClient } from '../../http/client.ts';
import { faultError } from '../../http/sentences.ts';
import { noKey } from './hmac.ts';
import type { Authorizer, OclcKey } from './key.ts';
import { readRefusal } from './refusals.ts';

/** What Carrel asks OCLC for; only what is used. */
export type OclcScope = 'WMS_NCIP' | 'WMS_Availability' | 'SCIM:read_user';

/** An access token as it came. `lifetimeS` is `expires_in`, a number or, as OCLC sends it, a string. */
export interface AccessToken {
  readonly token: string;
  readonly lifetimeS: number;
  /** What the token allows, as the server says; may be less than what was asked for. */
  readonly scopes: readonly string[];
}

/** Lifetime assumed when the answer names none: the shortest OCLC has ever given (1199 s), rounded down. */
const UNSAID_LIFETIME_S = 1_000;
/** A token is renewed when this part of its life is over. */
const RENEW_AT = 0.9;

export interface TokenParts {
  /** For the origin of the token endpoint. */
  readonly http: HttpClient;
  /** Path of the token endpoint, e.g. `/token`. */
  readonly path: string;
  readonly key: () => OclcKey | undefined;
  readonly scopes: readonly OclcScope[];
  /** Registry id to act for, where one key serves several institutions: scope `context:{id}`. */
  readonly context?: string;
  /** Monotonic clock, milliseconds: a token's life must not depend on this computer's date. */
  readonly mono: () => number;
}

interface Held {
  readonly token: AccessToken;
  readonly renewAt: number;
  readonly key: OclcKey;
}

/**
 * Tokens by OAuth 2 client credentials (RFC 6749 §4.4) as OCLC offers them: parameters in the query, key and secret in
 * Basic. One request is in flight at a time and everybody waits for it. A key that was refused is not tried again until a
 * different one is entered.
 */
export function createTokenAuthorizer(parts: TokenParts): Authorizer {
  let held: Held | undefined;
  let inFlight: Promise<Result<Held>> | undefined;
  let rejected: { readonly key: OclcKey; readonly result: Result<Held> } | undefined;

  async function fetchToken(key: OclcKey): Promise<Result<Held>> {
    const scope = [...parts.scopes, ...(parts.context === undefined ? [] : [`context:${parts.context}`])].join(' ');
    const began = parts.mono();
    const answer = await parts.http.send({
      method: 'POST',
      path: `${parts.path}?grant_type=client_credentials&scope=${encodeURIComponent(scope)}`,
      template: parts.path,
      headers: {
        authorization: `Basic ${Buffer.from(`${key.key}:${key.secret}`, 'utf8').toString('base64')}`,
        accept: 'application/json',
      },
    });
    // A token request changes nothing that matters: however it ended, no work was sent.
    if (answer.kind !== 'answer') {
      return { ok: false, error: faultError({ ...answer, kind: 'unreachable' }, 'OCLC’s sign-in') };
    }
    const token = answer.status === 200 ? readToken(answer.text) : undefined;
    if (token !== undefined) {
      return ok({ token, renewAt: began + token.lifetimeS * 1000 * RENEW_AT, key });
    }
    const refusal = readRefusal(answer, 'WMS');
    if (refusal !== undefined) {
      const result: Result<Held> = { ok: false, error: refusal.error };
      // Told no for good: asking again would only lock the key sooner.
      if (refusal.error.retry === 'never') rejected = { key, result };
      return result;
    }
    return fail(
      answer.status >= 500 ? 'not-sent' : 'unreadable-answer',
      'OCLC’s sign-in answered something Carrel does not understand, so nothing was sent to WMS. If it lasts, a library administrator should check the sign-in address in Settings.',
      { mender: answer.status >= 500 ? 'host' : 'library-administrator', retry: 'later' },
    );
  }

  async function current(): Promise<Result<Held>> {
    const key = parts.key();
    if (key === undefined) return noKey();
    if (held !== undefined && sameKey(held.key, key) && parts.mono() < held.renewAt) return ok(held);
    if (rejected !== undefined && sameKey(rejected.key, key)) return rejected.result;
    inFlight ??= fetchToken(key).then((result) => {
      inFlight = undefined;
      if (result.ok) held = result.value;
      return result;
    });
    return inFlight;
  }

  return {
    async authorize() {
      const got = await current();
      return got.ok ? ok(`Bearer ${got.value.token.token}`) : got;
    },
    refused(header) {
      if (held !== undefined && header === `Bearer ${held.token.token}`) held = undefined;
      return true;
    },
  };
}

function sameKey(a: OclcKey, b: OclcKey): boolean {
  return a.key === b.key && a.secret === b.secret;
}

/** Reads the body of a successful token request; undefined when it holds no token. */
export function readToken(text: string): AccessToken | undefined {
  const body = jsonOf({ text });
  if (!isRecord(body) || typeof body['access_token'] !== 'string' || body['access_token'] === '') return undefined;
  const lifetime = Number(body['expires_in']);
  const scopes = body['scopes'] ?? body['scope'];
  return {
    token: body['access_token'],
    lifetimeS: Number.isFinite(lifetime) && lifetime > 0 ? lifetime : UNSAID_LIFETIME_S,
    scopes: typeof scopes === 'string' ? scopes.split(/\s+/).filter((scope) => scope !== '') : [],
  };
}
