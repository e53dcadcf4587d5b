import { fail, ok, type AppError, type CallReport, type Result } from '../base.ts';
import { looksLikeHtml } from '../../http/bodies.ts';
import type { HttpAnswer, HttpClient } from '../../http/client.ts';
import { faultError } from '../../http/sentences.ts';
import type { Authorizer } from '../auth/key.ts';
import { defined } from '../defined.ts';
import type { NcipHeader } from './blocks/header.ts';
import type { Scoped } from './blocks/ids.ts';
import type { NcipHost } from './hosts.ts';
import { judge } from './judge.ts';
import { buildNcip } from './message.ts';
import type { NcipService } from './messages/service.ts';
import type { LookUp, NcipOutcome } from './outcome.ts';
import type { Pacer } from '../../http/pace.ts';

/** Secrets of a host that is no OCLC service; in memory only. */
export interface NcipSecrets {
  /** Stands in the address for `{secret}`. */
  readonly address?: string;
  /** `FromAgencyAuthentication`. */
  readonly agencyPassword?: string;
}

export interface NcipClientParts {
  readonly host: NcipHost;
  /** For the origin of the host's address; with the host's largest answer as its limit. */
  readonly http: HttpClient;
  /** Undefined where the host wants none. */
  readonly authorizer?: Authorizer;
  readonly secrets?: () => NcipSecrets;
  readonly pacer: Pacer;
  /** Wall clock, epoch milliseconds. */
  readonly now: () => number;
  readonly onCall?: (report: CallReport) => void;
}

export interface AskOptions {
  /** The agency acting, when it is not the host's usual one: in WMS, the branch where it happens. */
  readonly agency?: Scoped;
  readonly signal?: AbortSignal;
}

/** One NCIP 2 host. */
export interface NcipClient {
  readonly host: NcipHost;
  /** Sends a message that changes something: once, whatever happens. Never rejects. */
  change<Q, A>(service: NcipService<Q, A>, ask: Q, options?: AskOptions): Promise<NcipOutcome<A>>;
  /** Looks something up. A token that was refused is renewed and the look-up sent once more. Never rejects. */
  lookUp<Q, A>(service: NcipService<Q, A>, ask: Q, options?: AskOptions): Promise<LookUp<A>>;
}

export function createNcipClient(parts: NcipClientParts): NcipClient {
  const { host, http, pacer } = parts;

  /** One message, once. */
  async function once<Q, A>(service: NcipService<Q, A>, ask: Q, options: AskOptions): Promise<Once<A>> {
    const stop = (error: AppError) => ({ end: { outcome: 'not-sent' as const, error }, renewable: false });
    const secrets = parts.secrets?.() ?? {};
    const url = urlOf(host, secrets);
    if (!url.ok) return stop(url.error);
    const header = headerOf(host, secrets, options.agency);
    if (!header.ok) return stop(header.error);
    const body = buildNcip(service, ask, header.value, { version: host.version, style: host.style });
    if (!body.ok) return stop(body.error);
    if (host.auth !== 'none' && parts.authorizer === undefined) return stop(noSignIn(host));

    let authorization: string | undefined;
    const answer = await pacer.run(async () => {
      // Asked when the turn has come: a wait may have outlived a token, or brought a "not now".
      const heldMs = pacer.heldMs();
      if (heldMs > 0) return { kind: 'stopped' as const, error: heldError(host, heldMs) };
      const authorized = await parts.authorizer?.authorize('POST', url.value);
      if (authorized?.ok === false) return { kind: 'stopped' as const, error: authorized.error };
      authorization = authorized?.value;
      if (options.signal?.aborted === true) return { kind: 'stopped' as const, error: cancelled(host) };
      return http.send({
        method: 'POST',
        path: url.value.pathname + url.value.search,
        template: `(NCIP) ${service.name}`,
        headers: {
          'content-type': host.contentType,
          accept: 'application/xml, text/xml',
          ...(authorization === undefined ? {} : { authorization }),
        },
        body: body.value,
        headersTimeoutMs: service.changes ? host.updateMs : host.lookupMs,
        ...(options.signal === undefined ? {} : { signal: options.signal }),
      });
    }, options.signal);
    if (answer === undefined) return stop(cancelled(host));
    if (answer.kind === 'stopped') return stop(answer.error);
    if (answer.kind !== 'answer') {
      if (service.changes && answer.kind === 'unknown-outcome') {
        return {
          end: { outcome: 'unknown', error: faultError(answer, host.name, cannotLook(host)) },
          renewable: false,
        };
      }
      // A look-up that was sent and lost changed nothing.
      const kind = answer.kind === 'unknown-outcome' ? 'unreachable' : answer.kind;
      return stop(faultError({ ...answer, kind }, host.name));
    }
    if (answer.status === 429 || answer.status === 503) pacer.backOff(retryAfterS(answer.headers['retry-after']));
    else pacer.recovered();
    const end = judge(host, service, ask, answer);
    const tokenRefused =
      end.outcome === 'refused' && end.problems.length === 0 && end.error.code === 'credentials-refused';
    const renewable = tokenRefused && authorization !== undefined && parts.authorizer?.refused(authorization) === true;
    return { end, renewable, ...(hasStumbled(answer) ? { stumbled: true } : {}) };
  }

  async function reported<A>(work: () => Promise<Once<A>>): Promise<NcipOutcome<A>> {
    const began = parts.now();
    const { end, stumbled } = await work();
    // A host that says no is a host that works.
    const works = end.outcome === 'done' || (end.outcome === 'refused' && end.problems.length > 0);
    parts.onCall?.(
      defined({
        at: new Date(began).toISOString(),
        ok: works,
        ms: parts.now() - began,
        error: end.outcome === 'done' ? undefined : end.error,
        stumbled: works ? undefined : stumbled,
      }),
    );
    return end;
  }

  return {
    host,
    change: (service, ask, options = {}) => reported(() => once(service, ask, options)),
    async lookUp(service, ask, options = {}) {
      const end = await reported(async () => {
        const first = await once(service, ask, options);
        return first.renewable ? once(service, ask, options) : first;
      });
      return end.outcome === 'unknown' ? { outcome: 'not-sent', error: end.error } : end;
    },
  };
}

/** One message and its end. */
interface Once<A> {
  readonly end: NcipOutcome<A>;
  /** It was refused for its token, and a new token may be accepted. */
  readonly renewable: boolean;
  /** The host itself answered, with an error of its own. */
  readonly stumbled?: true;
}

/** 502, 503 and 504, and web pages, come from whatever stands in front of the host (RFC 9110 §15.6). */
function hasStumbled({ status, headers, text }: HttpAnswer): boolean {
  return status >= 500 && (status < 502 || status > 504) && !looksLikeHtml({ headers, text });
}

function urlOf(host: NcipHost, secrets: NcipSecrets): Result<URL> {
  const marked = /\{secret\}|%7Bsecret%7D/i;
  if (marked.test(host.address) && secrets.address === undefined) {
    return fail(
      'configuration',
      `Carrel lacks the secret that belongs into the address of ${host.name}, so nothing was sent. A library administrator must enter it in Settings.`,
      { mender: 'library-administrator' },
    );
  }
  return ok(new URL(host.address.replace(marked, () => encodeURIComponent(secrets.address ?? ''))));
}

function headerOf(host: NcipHost, secrets: NcipSecrets, agency: Scoped | undefined): Result<NcipHeader> {
  if (host.agencyPassword && secrets.agencyPassword === undefined) {
    return fail(
      'configuration',
      `Carrel lacks this library’s password for ${host.name}, so nothing was sent. A library administrator must enter it in Settings.`,
      { mender: 'library-administrator' },
    );
  }
  // WMS wants both agencies equal: the branch that acts is also the one asked.
  const both = host.kind === 'wms-staff' ? agency : undefined;
  return ok(
    defined({
      fromSystem: host.fromSystem,
      fromAgency: agency ?? host.fromAgency,
      fromAgencyAuthentication: host.agencyPassword ? secrets.agencyPassword : undefined,
      toSystem: host.toSystem,
      toAgency: both ?? host.toAgency,
      profile: host.profile,
    }),
  );
}

/** `Retry-After` in seconds (RFC 9110 §10.2.3); a date is left to the pacer's own wait. */
export function retryAfterS(value: string | undefined): number | undefined {
  return value !== undefined && /^\d{1,6}$/.test(value.trim()) ? Number(value) : undefined;
}

function noSignIn(host: NcipHost): AppError {
  return {
    code: 'configuration',
    sentence: `Carrel has no sign-in for ${host.name}, so nothing was sent. A library administrator must enter the key in Settings.`,
    mender: 'library-administrator',
    retry: 'never',
  };
}

function heldError(host: NcipHost, ms: number): AppError {
  return {
    code: 'not-sent',
    sentence: `${host.name} asked Carrel to wait, so nothing was sent. Try again in ${Math.ceil(ms / 1000)} seconds, or do it on ${host.name}'s own screen.`,
    mender: 'host',
    retry: 'later',
  };
}

/** NCIP has no message that asks what became of another (staff profiles have no LookupItem either). */
function cannotLook({ name }: NcipHost): string {
  return `NCIP has no message that asks, so nothing is sent again by itself: somebody has to look in ${name}, unless a look at the item settles it.`;
}

function cancelled(host: NcipHost): AppError {
  return {
    code: 'not-sent',
    sentence: `The call to ${host.name} was cancelled before it was sent.`,
    mender: 'nobody',
    retry: 'now',
  };
}
