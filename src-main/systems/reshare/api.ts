import type { CallReport } from '../../contract/outcome.ts';
import { fail, type AppError } from '../../contract/result.ts';
import { isRecord, jsonOf, plainWords } from '../http/bodies.ts';
import type { HttpAnswer, HttpRequest } from '../http/client.ts';
import { readGatewayError } from '../okapi/gateway-errors.ts';
import type { OkapiFailure, OkapiSession } from '../okapi/session.ts';

/** What a reading call brought. `status` is there when mod-rs itself answered. */
export type Got<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: AppError; readonly status?: number };

export interface Api {
  readonly session: OkapiSession;
  /**
   * Reads JSON. `template` is the path as it may be logged; `shape` takes from the body what is wanted, and undefined
   * means that this is no body mod-rs would send.
   */
  read<T>(
    path: string,
    template: string,
    shape: (body: unknown) => T | undefined,
    signal?: AbortSignal,
  ): Promise<Got<T>>;
  /** Sends a changing call, once, and gives back the bare answer; the caller says how it went with `report`. */
  send(request: HttpRequest): Promise<{ readonly end: HttpAnswer | OkapiFailure; readonly report: Report }>;
  /** Wall clock, ISO 8601 UTC. */
  nowIso(): string;
}

/**
 * Tells the owner how a call went; without an error it speaks for the system's health.
 * @param stumbled mod-rs itself answered, with an error of its own
 */
type Report = (error?: AppError, stumbled?: boolean) => void;

export interface ApiOptions {
  readonly session: OkapiSession;
  readonly onCall?: (report: CallReport) => void;
  /** Wall clock, epoch milliseconds. */
  readonly now?: () => number;
  /** Monotonic clock, milliseconds. */
  readonly mono?: () => number;
}

export function createApi(options: ApiOptions): Api {
  const { session, onCall } = options;
  const now = options.now ?? Date.now;
  const mono = options.mono ?? (() => performance.now());
  const nowIso = (): string => new Date(now()).toISOString();

  async function call(
    request: HttpRequest,
  ): Promise<{ readonly end: HttpAnswer | OkapiFailure; readonly report: Report }> {
    const at = nowIso();
    const began = mono();
    const end = await session.call(request);
    // An answer knows its own time; waiting for a free place or a log-in is not the system's slowness.
    const ms = end.kind === 'answer' ? end.ms : mono() - began;
    const report: Report = (error, stumbled = false) => {
      // A call its caller gave up says nothing about anybody's health.
      if (request.signal?.aborted === true) return;
      const health = error === undefined ? { ok: true } : { ok: false, error };
      onCall?.({ at, ms, ...health, ...(stumbled ? { stumbled } : {}) });
    };
    return { end, report };
  }

  return {
    session,
    nowIso,
    async read(path, template, shape, signal) {
      const request: HttpRequest = { method: 'GET', path, template, ...(signal === undefined ? {} : { signal }) };
      const { end, report } = await call(request);
      const got = readAnswer(end, shape, session);
      report(healthOf(got), !got.ok && got.status !== undefined && got.status >= 500);
      return got;
    },
    send: call,
  };
}

/**
 * What an answer says against the system's health. mod-rs saying no, and the gateway missing a permission, come from
 * healthy servers; only what never arrived, or made no sense, speaks against them.
 */
function healthOf(got: Got<unknown>): AppError | undefined {
  if (got.ok || got.error.code === 'no-permission') return undefined;
  return got.status !== undefined && got.status < 500 ? undefined : got.error;
}

function readAnswer<T>(
  end: HttpAnswer | OkapiFailure,
  shape: (body: unknown) => T | undefined,
  session: OkapiSession,
): Got<T> {
  if (end.kind === 'failed') return { ok: false, error: end.error };
  const gateway = readGatewayError(end, session);
  if (gateway !== undefined) return { ok: false, error: gateway.error };
  if (end.status === 200) {
    const value = shape(jsonOf(end));
    return value === undefined ? unreadable(session.system) : { ok: true, value };
  }
  return { ...refusal(end, session.system), status: end.status };
}

function refusal(answer: HttpAnswer, system: string) {
  const theirWords = moduleWords(answer);
  if (answer.status === 404) return fail('not-found', `${system} does not have this (any more).`, { mender: 'nobody' });
  if (answer.status >= 500) {
    return fail('refused', `${system} met an error of its own. Try again in a minute; if it lasts, tell the host.`, {
      mender: 'host',
      retry: 'later',
      theirWords,
    });
  }
  return fail('refused', `${system} refused this question.`, { mender: 'host', theirWords });
}

/** An answer that is no JSON, or JSON of another shape than mod-rs's. */
export function unreadable(system: string) {
  return fail(
    'unreadable-answer',
    `${system}'s answer was cut short or is not one that Carrel understands. Try again; if it lasts, tell the host.`,
    { mender: 'host', retry: 'later' },
  );
}

/** What mod-rs said, fit to show: `message` or `error` of a JSON body, else the first line of plain text. */
export function moduleWords(answer: Pick<HttpAnswer, 'text'>): string | undefined {
  const body = jsonOf(answer);
  if (body === undefined) return plainWords(answer.text);
  if (!isRecord(body)) return undefined;
  const said = body['message'] ?? body['error'];
  return typeof said === 'string' ? plainWords(said) : undefined;
}
