import { fail, ok, type AppError, type Result } from '../../contract/result.ts';
import { jsonOf, plainWords } from '../http/bodies.ts';
import type { HttpAnswer, HttpClient } from '../http/client.ts';
import type { HttpFault } from '../http/faults.ts';
import { faultError } from '../http/sentences.ts';
import { firstFolioError, readGatewayError, type GatewayCase, type GatewayContext } from './gateway-errors.ts';
import { tokenFromLegacyLogin, tokensFromCookies, type Tokens } from './tokens.ts';

/** `expiry`: `/authn/login-with-expiry` (mod-login 7.10.0 and newer). `legacy`: `/authn/login`. */
export type LoginWay = 'expiry' | 'legacy';

export type LoginEnd =
  | { readonly end: 'in'; readonly tokens: Tokens; readonly way: LoginWay }
  /** The server looked at the user name and password and said no. They must not be sent again. */
  | { readonly end: 'refused'; readonly error: AppError }
  /** Nothing is known about the password. `mayCount`: the server may have counted an attempt. */
  | { readonly end: 'failed'; readonly error: AppError; readonly mayCount: boolean; readonly case?: GatewayCase };

export interface LoginPlace extends GatewayContext {
  readonly http: HttpClient;
  readonly username: string;
}

const PATHS: Readonly<Record<LoginWay, string>> = {
  expiry: '/authn/login-with-expiry',
  legacy: '/authn/login',
};

/**
 * Logs in once: the way that worked last time first (the one with expiry when nothing is known), the other one when that
 * answers 404. Sends no access token, because the auth filter refuses even open endpoints when an expired one comes along.
 */
export async function login(place: LoginPlace, password: string, known: LoginWay | undefined): Promise<LoginEnd> {
  const ways: readonly LoginWay[] = known === 'legacy' ? ['legacy', 'expiry'] : ['expiry', 'legacy'];
  for (const way of ways) {
    const answer = await place.http.send({
      method: 'POST',
      path: PATHS[way],
      template: PATHS[way],
      headers: { ...tenantHeaders(place), 'content-type': 'application/json' },
      body: JSON.stringify({ username: place.username, password }),
    });
    if (answer.kind !== 'answer') return faulty(answer, place);
    if (answer.status === 404 && isAbsent(answer, place)) continue;
    return judge(answer, way, place);
  }
  const missing = fail(
    'configuration',
    `Nothing at ${place.http.host} takes a log-in for tenant "${place.tenant}". A library administrator must check the address and the tenant in Settings.`,
    { mender: 'library-administrator' },
  );
  return { end: 'failed', error: missing.error, mayCount: false, case: 'no-module' };
}

/**
 * Exchanges the single-use refresh token for a new pair (mod-login `POST /authn/refresh`). A failure of any kind means
 * the old refresh token must be forgotten: presenting it twice revokes every session of the account.
 */
export async function refresh(place: LoginPlace, token: string): Promise<Result<Tokens>> {
  const answer = await place.http.send({
    method: 'POST',
    path: '/authn/refresh',
    template: '/authn/refresh',
    headers: { ...tenantHeaders(place), cookie: `folioRefreshToken=${token}` },
  });
  if (answer.kind !== 'answer') return { ok: false, error: faultError(answer, place.system) };
  const tokens = answer.status === 201 ? tokensFromCookies(answer) : undefined;
  if (tokens !== undefined) return ok(tokens);
  const gateway = readGatewayError(answer, place);
  if (gateway !== undefined && gateway.case !== 'token-invalid') return { ok: false, error: gateway.error };
  return fail('credentials-refused', `Carrel’s log-in at ${place.system} has ended. Enter the password again.`, {
    mender: 'desk',
  });
}

/**
 * Ends one session at the server. The cookie is always sent: without a `Cookie` header mod-login ends every session of
 * the account, on every desk.
 */
export async function logout(place: LoginPlace, tokens: Tokens & { readonly refresh: string }): Promise<void> {
  await place.http.send({
    method: 'POST',
    path: '/authn/logout',
    template: '/authn/logout',
    headers: {
      ...tenantHeaders(place),
      'x-okapi-token': tokens.access,
      cookie: `folioRefreshToken=${tokens.refresh}`,
    },
  });
}

/** Any media type is accepted, because modules refuse an `Accept` that is narrower than what they produce. */
export function tenantHeaders(place: GatewayContext): Record<string, string> {
  return { 'x-okapi-tenant': place.tenant, accept: '*/*' };
}

function faulty(fault: HttpFault, place: LoginPlace): LoginEnd {
  return { end: 'failed', error: faultError(fault, place.system), mayCount: fault.kind === 'unknown-outcome' };
}

/** A 404 that says "there is no such login here": Okapi's own words, or mod-login's with the legacy login switched off. */
function isAbsent(answer: HttpAnswer, place: LoginPlace): boolean {
  const gateway = readGatewayError(answer, place);
  return gateway === undefined || gateway.case === 'no-module';
}

function judge(answer: HttpAnswer, way: LoginWay, place: LoginPlace): LoginEnd {
  if (answer.status === 200 || answer.status === 201) {
    const tokens = way === 'expiry' ? tokensFromCookies(answer) : tokenFromLegacyLogin(answer);
    if (tokens !== undefined) return { end: 'in', tokens, way };
  }
  const gateway = readGatewayError(answer, place);
  const refusedByLogin = answer.status === 401 || answer.status === 422 || answer.status === 400;
  const byGateway = gateway !== undefined && !REFUSED_BY_LOGIN.has(gateway.case);
  if (refusedByLogin && !byGateway && !NOT_ABOUT_THE_PASSWORD.test(answer.text)) {
    return { end: 'refused', error: refusal(answer, place) };
  }
  if (gateway !== undefined) {
    const mayCount = MAY_HAVE_COUNTED.has(answer.status);
    return { end: 'failed', error: gateway.error, mayCount, case: gateway.case };
  }
  const words = NOT_ABOUT_THE_PASSWORD.test(answer.text) ? plainWords(answer.text) : undefined;
  const unreadable = fail(
    'unreadable-answer',
    `${place.system} answered the log-in in a way Carrel does not understand. Tell whoever runs it.`,
    { mender: 'host', retry: 'later', theirWords: words },
  );
  return { end: 'failed', error: unreadable.error, mayCount: words === undefined };
}

/** Statuses after which the log-in may have been counted as a failed one: too slow, or broken on the way back. */
const MAY_HAVE_COUNTED: ReadonlySet<number> = new Set([408, 500, 504]);

/** At a login, a 401 is about the password: Carrel sends no token that could be invalid. */
const REFUSED_BY_LOGIN: ReadonlySet<GatewayCase> = new Set<GatewayCase>([
  'token-invalid',
  'token-refused',
  'user-inactive',
  'user-gone',
]);

/** mod-login's plain-text refusals of a request whose password it never looked at. */
const NOT_ABOUT_THE_PASSWORD =
  /^(You must provide |Missing Okapi token header|Content-type header must be|Accept header must be)/;

function refusal(answer: HttpAnswer, place: LoginPlace): AppError {
  const code = firstFolioError(jsonOf(answer))?.code;
  const blocked = code === 'password.incorrect.block.user' || code === 'user.blocked';
  const sentence = blocked
    ? `${place.system} has locked the account "${place.username}". A library administrator must unlock it there; then type the password again in Settings.`
    : `${place.system} refused the user name "${place.username}" or its password. Carrel does not send it again, so that the account is not locked. Type the password again in Settings.`;
  return fail('credentials-refused', sentence, { mender: 'library-administrator' }).error;
}
