import type { CallReport } from '../../contract/outcome.ts';
import { fail, ok, type AppError, type Failure, type Result } from '../../contract/result.ts';
import { isRecord, jsonOf, plainWords } from '../http/bodies.ts';
import { createHttpClient, type HttpAnswer, type HttpRequest, type HttpSettings } from '../http/client.ts';
import type { HttpFault } from '../http/faults.ts';
import type { CallLine } from '../http/redact.ts';
import { faultError } from '../http/sentences.ts';
import { fields, records, text, type Json } from '../http/tolerant.ts';

/** A request as its patron's own list shows it. */
export interface RelaisRequestStatus {
  /** `ENTERED, IN_PROCESS, SHIPPED, ON_LOAN, OVERDUE, COMPLETE…`, as it came: an open list. */
  readonly status: string;
  /** `ISO8601RequestStatusDate`, `yyyymmddhhmmss` in the server's own time. */
  readonly at?: string;
}

/**
 * Relais D2D's patron-scoped web service (OCLC help: *Authentication*, *Request Query*). There is nothing in it for what staff
 * do; it only shows what a patron would see of a request. No call rejects.
 */
export interface Relais {
  /** Undefined when this patron's list has no such request. */
  statusOf(request: string, patron: string, signal?: AbortSignal): Promise<Result<RelaisRequestStatus | undefined>>;
  close(): Promise<void>;
}

export interface RelaisOptions {
  /** Origin of the consortium's service, such as `https://example.relais-host.com`. */
  readonly address: string;
  readonly symbol: string;
  readonly partnership: string;
  /** The library's API key; asked for with every use. */
  readonly key: () => Promise<string | undefined>;
  readonly http?: Partial<HttpSettings>;
  readonly onCall?: (line: CallLine) => void;
  /** Feeds the system's light. */
  readonly onReport?: (report: CallReport) => void;
  /** Wall clock, epoch milliseconds. */
  readonly now?: () => number;
}

/** Answers take tens of seconds. */
const TIMEOUTS = { headersTimeoutMs: 60_000, deadlineMs: 120_000, maxResponseBytes: 4 * 1024 * 1024 };

/** An authorization is bound to the user agent that asked for it. */
const USER_AGENT = 'Carrel';

export function createRelais(options: RelaisOptions): Relais {
  const http = createHttpClient(options.address, {
    settings: { ...TIMEOUTS, ...options.http },
    ...(options.onCall === undefined ? {} : { onCall: options.onCall }),
  });

  const now = options.now ?? Date.now;

  async function ask(request: HttpRequest): Promise<Result<Json>> {
    const began = now();
    const answer = await http.send({
      ...request,
      headers: { accept: 'application/json', 'user-agent': USER_AGENT, ...request.headers },
    });
    options.onReport?.(reportOf(answer, began, now()));
    return answer.kind === 'answer' ? readAnswer(answer) : silent(faultError(answer, 'Relais D2D'));
  }

  /** The authorization of a patron, for one look. */
  async function authorize(patron: string, signal: AbortSignal | undefined): Promise<Result<string>> {
    const key = await options.key();
    if (key === undefined || key === '') {
      return fail('configuration', 'No key for Relais D2D is kept on this computer. Look in Relais D2D itself.', {
        mender: 'library-administrator',
      });
    }
    const answer = await ask({
      method: 'POST',
      path: '/portal-service/user/authentication',
      template: '/portal-service/user/authentication',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        ApiKey: key,
        UserGroup: 'patron',
        PartnershipId: options.partnership,
        LibrarySymbol: options.symbol,
        PatronId: patron,
      }),
      ...(signal === undefined ? {} : { signal }),
    });
    if (!answer.ok) return answer;
    const aid = text(answer.value['AuthorizationId']);
    return aid === undefined ? unreadable() : ok(aid);
  }

  return {
    async statusOf(number, patron, signal) {
      const aid = await authorize(patron, signal);
      if (!aid.ok) return aid;
      const query = new URLSearchParams({ aid: aid.value, type: 'all', fullRecord: '0' });
      const answer = await ask({
        method: 'GET',
        path: `/portal-service/request/query/my?${query.toString()}`,
        // The authorization stands in the query and is never logged.
        template: '/portal-service/request/query/my',
        ...(signal === undefined ? {} : { signal }),
      });
      if (!answer.ok) return answer;
      if (fields(answer.value['AuthorizationState'])['State'] === false) return signedOut();
      if (!Array.isArray(answer.value['MyRequestRecords'])) return unreadable();
      const wanted = number.trim().toUpperCase();
      const found = records(answer.value['MyRequestRecords']).find(
        (one) => text(one['RequestNumber'])?.toUpperCase() === wanted,
      );
      if (found === undefined) return ok(undefined);
      const at = text(found['ISO8601RequestStatusDate']);
      return ok({ status: text(found['RequestStatus']) ?? 'UNKNOWN', ...(at === undefined ? {} : { at }) });
    },
    close: () => http.close(),
  };
}

/**
 * What an answer holds. Relais says HTTP 200 with a `Problem` inside; its services name the parts differently
 * (`Code`/`Message`, `ErrorCode`/`ErrorMessage`).
 */
function readAnswer(answer: HttpAnswer): Result<Json> {
  const body = jsonOf(answer);
  if (!isRecord(body)) return unreadable();
  const problem = body['Problem'];
  if (problem !== undefined) return refusalOf(fields(problem));
  if (answer.status < 200 || answer.status >= 300) {
    return fail(
      'unreadable-answer',
      `Relais D2D answered ${String(answer.status)} and not what was asked. Look there.`,
      {
        mender: 'host',
        retry: 'later',
      },
    );
  }
  return ok(body);
}

/** A Relais that says no is a Relais that works. */
function reportOf(answer: HttpAnswer | HttpFault, began: number, ended: number): CallReport {
  const when = { at: new Date(began).toISOString(), ms: ended - began };
  if (answer.kind !== 'answer') return { ...when, ok: false, error: faultError(answer, 'Relais D2D') };
  return answer.status < 500 ? { ...when, ok: true } : { ...when, ok: false, stumbled: true };
}

/** Signing in is a POST, and yet a lost answer to it leaves nothing in doubt: all of this only looks. */
function silent(error: AppError): Failure {
  if (error.code !== 'unknown-outcome') return { ok: false, error };
  return fail('not-sent', 'Relais D2D did not answer, so nothing is known. Look again later.', {
    mender: 'host',
    retry: 'later',
  });
}

function refusalOf(problem: Json): Failure {
  const code = text(problem['Code']) ?? text(problem['ErrorCode']);
  const message = text(problem['Message']) ?? text(problem['ErrorMessage']);
  const theirWords = plainWords([code, message].filter((part) => part !== undefined).join(': '));
  return fail('refused', 'Relais D2D answered with an error, so nothing is known. Look in Relais D2D itself.', {
    mender: 'ill-office',
    theirWords,
  });
}

function signedOut(): Failure {
  return fail('credentials-refused', 'Relais D2D no longer accepts the sign-in of this look. Look again.', {
    mender: 'host',
    retry: 'now',
  });
}

function unreadable(): Failure {
  return fail('unreadable-answer', 'Relais D2D answered something Carrel cannot read. Look in Relais D2D itself.', {
    mender: 'host',
    retry: 'later',
  });
}
