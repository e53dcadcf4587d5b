import { json, type Reply } from '../http.ts';
import type { WmsCall } from './call.ts';
import { isHmac } from './hmac.ts';
import { invalidKey, notAllowed, type WsKey, type WsKeys } from './keys.ts';
import type { WmsContext } from './model.ts';

const REFRESH_SECONDS = 604_799;
const CONTEXT = 'context:';

export interface TokenTimes {
  /** Life of an access token, seconds. */
  readonly lifeSeconds: number;
  /** The wall clock tokens are measured by, epoch milliseconds. */
  now(): number;
}

/**
 * POST /token: OAuth 2 client credentials. Parameters in the query or the form; the key by Basic or by HMAC. `expires_in` is a
 * string and `expires_at` has a space, as OCLC writes them.
 */
export function answerToken(keys: WsKeys, context: WmsContext, times: TokenTimes, call: WmsCall): Reply {
  if (call.method !== 'POST') return json(405, { code: 405, message: 'Method Not Allowed' });
  const authorization = call.headers.authorization ?? '';
  const key = identify(keys, call, authorization);
  if ('status' in key) return refused(context, key);
  const form = new URLSearchParams(call.body);
  const grantType = call.query.get('grant_type') ?? form.get('grant_type');
  if (grantType !== 'client_credentials') {
    return refused(context, json(400, { code: 400, message: 'unsupported_grant_type' }));
  }
  const asked = (call.query.get('scope') ?? form.get('scope') ?? '').split(' ').filter((scope) => scope !== '');
  const institution = contextOf(asked) ?? key.institutions[0] ?? '';
  const scopes = asked.filter((scope) => !scope.startsWith(CONTEXT));
  const allowed = scopes.every((scope) => scope === 'refresh_token' || key.scopes.includes(scope));
  if (scopes.length === 0 || !allowed || !key.institutions.includes(institution)) {
    return refused(context, notAllowed(key));
  }
  const { token, expires } = keys.grant(key, scopes, times.lifeSeconds);
  context.record({ action: 'token', result: 'done' });
  return json(200, {
    access_token: token,
    token_type: 'bearer',
    expires_in: String(times.lifeSeconds),
    ...(scopes.includes('refresh_token') ? refresh(token, times.now()) : {}),
    principalID: '',
    principalIDNS: '',
    scopes: scopes.join(' '),
    contextInstitutionId: institution,
    expires_at: stamp(expires),
  });
}

function identify(keys: WsKeys, call: WmsCall, authorization: string): WsKey | Reply {
  if (isHmac(authorization)) return keys.byHmac(call);
  return /^Basic /.test(authorization) ? keys.byBasic(authorization) : invalidKey('');
}

function refused(context: WmsContext, reply: Reply): Reply {
  context.record({ action: 'token', result: 'refused' });
  return reply;
}

function contextOf(scopes: readonly string[]): string | undefined {
  return scopes.find((scope) => scope.startsWith(CONTEXT))?.slice(CONTEXT.length);
}

function refresh(token: string, now: number) {
  return {
    refresh_token: token.replace(/^tk_/, 'rt_'),
    refresh_token_expires_in: String(REFRESH_SECONDS),
    refresh_token_expires_at: stamp(now + REFRESH_SECONDS * 1000),
  };
}

/** `2031-02-10 15:24:05Z`: a space where ISO 8601 has a T. */
function stamp(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19).replace('T', ' ')}Z`;
}
