import { fail, ok, type AppError, type Result } from '../../contract/result.ts';
import { isRepeatable, type HttpAnswer, type HttpClient, type HttpRequest } from '../http/client.ts';
import { faultError } from '../http/sentences.ts';
import { readGatewayError } from './gateway-errors.ts';
import { createLimiter } from './limiter.ts';
import { login, logout, refresh, tenantHeaders, type LoginPlace, type LoginWay } from './login.ts';
import type { Tokens } from './tokens.ts';

export interface OkapiSessionOptions {
  readonly http: HttpClient;
  /** What staff call the system behind the gateway, for sentences. */
  readonly system: string;
  readonly tenant: string;
  readonly username: string;
  /** The password, when one is kept. Asked for at each log-in and never held. */
  readonly password: () => Promise<string | undefined>;
  /** True when this password was refused in an earlier run: it is not sent until `passwordChanged`. */
  readonly rejected?: boolean;
  /** The server refused the password; the owner remembers that on disk. */
  readonly onRejected?: (error: AppError) => void;
  /** Calls in flight at once to this tenant. */
  readonly limit?: number;
  /** Monotonic clock, milliseconds. */
  readonly mono?: () => number;
}

/** A call that brought no answer. `outcome` is `unknown` only for a changing call that was sent. */
export interface OkapiFailure {
  readonly kind: 'failed';
  readonly outcome: 'not-sent' | 'unknown';
  readonly error: AppError;
}

export type CredentialState = 'untried' | 'accepted' | 'rejected';

/** One user's access to one tenant of one gateway. Several may exist side by side. */
export interface OkapiSession {
  readonly tenant: string;
  readonly system: string;
  readonly host: string;
  /**
   * Sends a request with the tenant and a living token, logging in first where needed. Never rejects. An answer may be a
   * refusal of the gateway: see `readGatewayError`.
   */
  call(request: HttpRequest): Promise<HttpAnswer | OkapiFailure>;
  /** As {@link call}, for an answer that goes on and on: it takes none of the places that other calls wait for. */
  listen(request: HttpRequest & { readonly stream: object }): Promise<HttpAnswer | OkapiFailure>;
  /** The server is not reached: calls that only wait for their turn end at once, as not sent. */
  turnAway(): void;
  /** Makes sure there is a living token; at most one log-in, shared with whoever else is waiting. */
  ensure(): Promise<Result<{ readonly way: LoginWay | undefined }>>;
  /** Ends this session, and only this one, at the server; then forgets the tokens. */
  logout(): Promise<void>;
  /** A person typed the password anew: it may be sent again. */
  passwordChanged(): void;
  /** The computer slept, or someone wants another try now: tokens are renewed before their next use. */
  wake(): void;
  credential(): CredentialState;
  /** Server clock minus ours, milliseconds, from the last answer that had a `Date`. */
  serverOffsetMs(): number | undefined;
}

type Held = Tokens & { readonly since: number };

/** Share of a token's life after which it is renewed: early enough for a slow log-in, late enough to be rare. */
const RENEW_AT = 0.6;

/** Least pause after a log-in that failed without a verdict on the password, so that a burst of scans tries once. */
const PAUSE_MS = 1_000;

/**
 * Pauses after log-ins that the server may have counted as failures without telling us, while the password has never
 * been accepted. mod-login locks an account after five failures each within ten minutes of the one before, so the fifth
 * comes after eleven.
 */
const UNPROVEN_PAUSES_MS = [2_000, 15_000, 60_000, 660_000] as const;

export function createOkapiSession(options: OkapiSessionOptions): OkapiSession {
  const { http, system, tenant, username } = options;
  const place: LoginPlace = { http, system, tenant, username };
  const mono = options.mono ?? (() => performance.now());
  const limiter = createLimiter(options.limit ?? 4);

  let held: Held | undefined;
  let way: LoginWay | undefined;
  let credential: CredentialState = options.rejected === true ? 'rejected' : 'untried';
  let rejection: AppError = rejectedEarlier(place);
  let renewing: Promise<Result<Held>> | undefined;
  let pause: { readonly until: number; readonly error: AppError } | undefined;
  let uncounted = 0;
  /** Rises with each new password, so that the fate of an old one is not written on the new one. */
  let generation = 0;
  let offset: number | undefined;

  const age = (tokens: Held): number => (mono() - tokens.since) / 1000;
  const isDue = (tokens: Held): boolean => age(tokens) >= (tokens.lifetimeS ?? Infinity) * RENEW_AT;
  const isDead = (tokens: Held): boolean => age(tokens) >= (tokens.lifetimeS ?? Infinity);

  function hold(tokens: Tokens): Result<Held> {
    held = { ...tokens, since: mono() };
    pause = undefined;
    uncounted = 0;
    return ok(held);
  }

  async function readPassword(): Promise<Result<string | undefined>> {
    try {
      return ok(await options.password());
    } catch {
      return fail('internal', `The kept password for ${system} could not be read. Type it again in Settings.`);
    }
  }

  /** With a password at hand a fresh log-in is safer than a refresh, whose token may be used only once ever. */
  async function renew(): Promise<Result<Held>> {
    if (pause !== undefined && mono() < pause.until) return { ok: false, error: pause.error };
    const password = await readPassword();
    if (!password.ok) return password;
    if (password.value !== undefined && credential !== 'rejected') return logIn(password.value);
    if (held?.refresh !== undefined) return useRefreshToken(held.refresh);
    if (credential === 'rejected') return { ok: false, error: rejection };
    return fail('configuration', `Carrel has no password for ${system}. Type it in Settings.`, {
      mender: 'library-administrator',
    });
  }

  async function logIn(password: string): Promise<Result<Held>> {
    const started = generation;
    const end = await login(place, password, way);
    if (started !== generation) {
      return fail('not-sent', `The password for ${system} was changed meanwhile. Try again.`, { retry: 'now' });
    }
    switch (end.end) {
      case 'in':
        way = end.way;
        credential = 'accepted';
        return hold(end.tokens);
      case 'refused':
        credential = 'rejected';
        rejection = end.error;
        options.onRejected?.(end.error);
        return { ok: false, error: end.error };
      case 'failed':
        pause = { until: mono() + pauseMs(end.mayCount), error: end.error };
        return { ok: false, error: end.error };
    }
  }

  function pauseMs(mayCount: boolean): number {
    if (!mayCount || credential === 'accepted') return PAUSE_MS;
    const pauses = UNPROVEN_PAUSES_MS[Math.min(uncounted, UNPROVEN_PAUSES_MS.length - 1)] ?? PAUSE_MS;
    uncounted += 1;
    return pauses;
  }

  async function useRefreshToken(token: string): Promise<Result<Held>> {
    // Forgotten before it is sent: whatever comes of it, it is never presented a second time.
    if (held !== undefined) held = withoutRefresh(held);
    const result = await refresh(place, token);
    return result.ok ? hold(result.value) : result;
  }

  function renewShared(): Promise<Result<Held>> {
    renewing ??= renew().finally(() => {
      renewing = undefined;
    });
    return renewing;
  }

  async function token(): Promise<Result<Held>> {
    if (held !== undefined && !isDue(held)) return ok(held);
    const renewed = await renewShared();
    // The old token still lives: renewing failed, working need not.
    if (!renewed.ok && held !== undefined && !isDead(held)) return ok(held);
    return renewed;
  }

  async function tokenAfterRefusal(refused: Held): Promise<Result<Held>> {
    if (held !== undefined && held.access !== refused.access) return ok(held);
    if (held !== undefined) held = { ...held, lifetimeS: 0 };
    return renewShared();
  }

  async function sendWith(tokens: Held, request: HttpRequest): Promise<HttpAnswer | OkapiFailure> {
    const headers = { ...tenantHeaders(place), ...request.headers, 'x-okapi-token': tokens.access };
    const end = await http.send({ ...request, headers });
    if (end.kind === 'answer') {
      offset = end.serverOffsetMs ?? offset;
      return end;
    }
    const outcome = end.kind === 'unknown-outcome' ? 'unknown' : 'not-sent';
    return { kind: 'failed', outcome, error: faultError(end, system) };
  }

  async function attempt(request: HttpRequest): Promise<HttpAnswer | OkapiFailure> {
    const first = await orCancelled(token(), request.signal);
    if (!first.ok) return notSent(first.error);
    const answer = await sendWith(first.value, request);
    if (answer.kind === 'failed') return answer;
    const gateway = readGatewayError(answer, place);
    if (gateway?.renew !== true) return answer;
    // A changing call is repeated only when the words prove that the auth filter stopped it.
    if (!isRepeatable(request) && !gateway.beforeModule) return answer;
    const second = await orCancelled(tokenAfterRefusal(first.value), request.signal);
    return second.ok ? sendWith(second.value, request) : notSent(second.error);
  }

  /** Waits for a shared renewal, or for the caller's patience to end; the renewal itself goes on for the others. */
  function orCancelled(work: Promise<Result<Held>>, signal: AbortSignal | undefined): Promise<Result<Held>> {
    if (signal === undefined) return work;
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        resolve({ ok: false, error: cancelled(system) });
      };
      if (signal.aborted) leave();
      signal.addEventListener('abort', leave, { once: true });
      work
        .finally(() => {
          signal.removeEventListener('abort', leave);
        })
        .then(resolve, reject);
    });
  }

  return {
    tenant,
    system,
    host: http.host,
    async call(request) {
      const end = await limiter.run(() => attempt(request), request.signal);
      return end ?? notSent(request.signal?.aborted === true ? cancelled(system) : turnedAway(system));
    },
    turnAway() {
      limiter.turnAway();
    },
    listen: (request) => attempt(request),
    async ensure() {
      const tokens = await token();
      return tokens.ok ? ok({ way }) : tokens;
    },
    async logout() {
      // The server wants a living access token with it; the refresh token about to end can provide one.
      if (held?.refresh !== undefined && isDead(held)) await useRefreshToken(held.refresh);
      const last = held;
      held = undefined;
      if (last?.refresh !== undefined && !isDead(last)) await logout(place, { ...last, refresh: last.refresh });
    },
    passwordChanged() {
      generation += 1;
      credential = 'untried';
      held = undefined;
      pause = undefined;
      uncounted = 0;
    },
    wake() {
      pause = undefined;
      if (held?.lifetimeS !== undefined) {
        // Due, not dead: where a log-in fails because the network is not back yet, the old token is still tried.
        held = { ...held, since: Math.min(held.since, mono() - held.lifetimeS * 1000 * RENEW_AT) };
      }
    },
    credential: () => credential,
    serverOffsetMs: () => offset,
  };
}

function withoutRefresh(tokens: Held): Held {
  const { access, since, lifetimeS } = tokens;
  return { access, since, ...(lifetimeS === undefined ? {} : { lifetimeS }) };
}

function notSent(error: AppError): OkapiFailure {
  return { kind: 'failed', outcome: 'not-sent', error };
}

function cancelled(system: string): AppError {
  return fail('not-sent', `The call to ${system} was cancelled before it was sent.`, { mender: 'nobody', retry: 'now' })
    .error;
}

function turnedAway(system: string): AppError {
  return fail('not-sent', `${system} is not reached, so nothing was sent.`, { mender: 'it', retry: 'later' }).error;
}

function rejectedEarlier(place: LoginPlace): AppError {
  return fail(
    'credentials-refused',
    `${place.system} refused the user name "${place.username}" or its password before. Carrel does not send it again, so that the account is not locked. Type the password again in Settings.`,
    { mender: 'library-administrator' },
  ).error;
}
