import type { AlmaOutcome } from '../../contract/alma.ts';
import type { CallReport } from '../../contract/outcome.ts';
import { fail, ok, type AppError, type Failure, type Ok } from '../../contract/result.ts';
import { isRecord, jsonOf, looksLikeHtml } from '../http/bodies.ts';
import type { HttpAnswer, HttpClient, HttpRequest } from '../http/client.ts';
import type { HttpFault } from '../http/faults.ts';
import type { Pacer } from '../http/pace.ts';
import { faultError } from '../http/sentences.ts';
import type { Json } from '../http/tolerant.ts';
import type { CallCount } from './calls.ts';
import { errorsOf, refusalOf } from './errors.ts';

export interface ApiParts {
  /** For the base address, `…/almaws/v1`. */
  readonly http: HttpClient;
  /** The API key; asked for with every call, so a new one counts at once. */
  readonly key: () => Promise<string | undefined>;
  readonly pacer: Pacer;
  readonly count: CallCount;
  /** Never rejects; a signal ends it early. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** From 0 up to 1. */
  readonly random: () => number;
  /** Wall clock, epoch milliseconds. */
  readonly now: () => number;
  /** Feeds the system's light. */
  readonly onCall?: (report: CallReport) => void;
}

export interface Ask {
  /** Below the base address. */
  readonly path: string;
  /** The path as it may be logged. */
  readonly template: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
}

export interface Change extends Omit<Ask, 'signal'> {
  readonly method: 'POST' | 'PUT' | 'DELETE';
  readonly body?: unknown;
}

/** A read that failed, with Alma's codes, by which "not there" is told from "not known". */
export type ReadFailure = Failure & { readonly codes: readonly string[] };

export interface AlmaApi {
  /** Looks something up. A 429 is waited out twice; after that the failure means *not known*, never *not there*. */
  read(ask: Ask): Promise<Ok<Json> | ReadFailure>;
  /** Sends a change, once, whatever happens. An empty answer is an empty object. */
  change(ask: Change): Promise<AlmaOutcome<Json>>;
}

/** Creates took up to 20 seconds, and one more than 60 while it was saved all the same (public captures of 2026). */
const CHANGE_MS = 90_000;
const LOOK_MS = 30_000;
/** First wait after "not so fast"; the second is twice as long, and each up to half as long again by chance. */
const SLOW_DOWN_MS = 1_000;
const TRIES = 3;
/** One hop: Alma sends a look-up by barcode on to the item. */
const HOPS = 1;

export function createAlmaApi(parts: ApiParts): AlmaApi {
  const { http, pacer, count } = parts;

  async function send(request: Omit<HttpRequest, 'headers'>): Promise<HttpAnswer | HttpFault | Failure> {
    const key = await parts.key();
    if (key === undefined || key === '') return noKey();
    const began = parts.now();
    const answer = await pacer.run(
      () =>
        http.send({
          ...request,
          headers: {
            accept: 'application/json',
            // In the header and not in the query, which servers write into their logs.
            authorization: `apikey ${key}`,
            ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
          },
        }),
      request.signal,
    );
    if (answer === undefined) return cancelled();
    if (answer.kind === 'answer') count.note(0, answer.headers['x-exl-api-remaining']);
    report(parts, began, answer);
    return answer;
  }

  /** Follows a redirect that stays on the host, so that the key never travels to another one. */
  async function follow(request: Omit<HttpRequest, 'headers'>): Promise<HttpAnswer | HttpFault | Failure> {
    let answer = await send(request);
    for (let hops = 0; hops < HOPS; hops += 1) {
      const next = 'kind' in answer && answer.kind !== 'answer' ? sameHost(answer) : undefined;
      if (next === undefined) break;
      answer = await send({ ...request, path: next });
    }
    return answer;
  }

  return {
    async read({ path, template, query, signal }) {
      if (count.calls.state === 'used-up') return { ...noCallsLeft(), codes: ['DAILY_THRESHOLD'] };
      for (let attempt = 1; ; attempt += 1) {
        const answer = await follow({
          method: 'GET',
          path: path + search(query),
          template,
          headersTimeoutMs: LOOK_MS,
          ...(signal === undefined ? {} : { signal }),
        });
        if ('ok' in answer) return { ...answer, codes: [] };
        if (answer.kind !== 'answer') return { ok: false, error: faultError(answer, 'Alma'), codes: [] };
        const judged = judge(answer, count);
        if (judged.kind === 'fine') return ok(judged.body);
        if (judged.kind === 'slow-down' && attempt < TRIES && signal?.aborted !== true) {
          await parts.sleep(SLOW_DOWN_MS * attempt * (1 + parts.random() / 2), signal);
          continue;
        }
        return { ok: false, error: judged.error, codes: judged.codes };
      }
    },

    async change({ method, path, template, query, body }) {
      const answer = await send({
        method,
        path: path + search(query),
        template,
        headersTimeoutMs: CHANGE_MS,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      if ('ok' in answer) return { outcome: 'not-sent', error: answer.error };
      if (answer.kind !== 'answer') {
        const outcome = answer.kind === 'unknown-outcome' ? 'unknown' : 'not-sent';
        return { outcome, error: faultError(answer, 'Alma') };
      }
      const judged = judge(answer, count);
      switch (judged.kind) {
        case 'fine':
          return { outcome: 'done', value: judged.body };
        case 'slow-down':
        case 'used-up':
          // A threshold stands before everything else: what it turns away is not carried out.
          return { outcome: 'not-sent', error: judged.error };
        case 'refused':
          return { outcome: 'refused', error: judged.error };
        case 'broken':
          return { outcome: 'unknown', error: unknown(judged.error) };
      }
    },
  };
}

type Judged =
  | { readonly kind: 'fine'; readonly body: Json }
  | {
      /** `broken`: the answer says nothing about how it ended. */
      readonly kind: 'slow-down' | 'used-up' | 'refused' | 'broken';
      readonly error: AppError;
      readonly codes: readonly string[];
    };

function judge(answer: HttpAnswer, count: CallCount): Judged {
  const { status } = answer;
  const errors = errorsOf(answer);
  const codes = errors.map(({ code }) => code);
  const error = refusalOf(status, errors, answer.headers['x-request-id']);
  if (codes.includes('DAILY_THRESHOLD')) {
    count.usedUp();
    return { kind: 'used-up', error, codes };
  }
  if (status === 429 || codes.includes('PER_SECOND_THRESHOLD')) return { kind: 'slow-down', error, codes };
  const html = looksLikeHtml(answer);
  if (status >= 500 || (html && status < 400))
    return { kind: 'broken', error: brokenError(status, error, codes), codes };
  if (status >= 400 || codes.length > 0) return { kind: 'refused', error, codes };
  if (answer.text.trim() === '') return { kind: 'fine', body: {} };
  const body = jsonOf(answer);
  return isRecord(body) ? { kind: 'fine', body } : { kind: 'broken', error: brokenError(status, error, codes), codes };
}

/** What is no answer of Alma's: a web page, half a body, a server in trouble. */
function brokenError(status: number, error: AppError, codes: readonly string[]): AppError {
  const words =
    status >= 500 ? 'Alma has trouble of its own' : 'Something other than Alma answered, or only half of it';
  return {
    code: 'unreadable-answer',
    sentence: `${words} (HTTP ${status}). Try again later; if it lasts, tell the library administrator, who can look at Ex Libris’ status page.`,
    mender: 'host',
    retry: 'later',
    ...(codes.length === 0 || error.theirWords === undefined ? {} : { theirWords: error.theirWords }),
  };
}

function unknown(error: AppError): AppError {
  return {
    ...error,
    code: 'unknown-outcome',
    sentence: `${error.sentence} It may or may not have happened: Carrel looks before anything is sent again.`,
    retry: 'unknown-outcome',
  };
}

function sameHost({ cause, host, redirectHost, redirectPath }: HttpFault): string | undefined {
  if (cause !== 'redirect' || redirectHost !== host || redirectPath === undefined) return undefined;
  const base = redirectPath.indexOf('/almaws/v1/');
  return base < 0 ? undefined : redirectPath.slice(base + '/almaws/v1'.length);
}

function search(query: Readonly<Record<string, string>> | undefined): string {
  const text = new URLSearchParams(query).toString();
  return text === '' ? '' : `?${text}`;
}

function noKey(): Failure {
  return fail('configuration', 'There is no API key for Alma yet. A library administrator must enter it in Settings.', {
    mender: 'library-administrator',
  });
}

function noCallsLeft(): Failure {
  return { ok: false, error: refusalOf(429, [{ code: 'DAILY_THRESHOLD' }]) };
}

function cancelled(): Failure {
  return fail('not-sent', 'The call to Alma was cancelled before it was sent.', { mender: 'nobody', retry: 'now' });
}

/** An Alma that says no is an Alma that works. */
function report({ onCall, now }: ApiParts, began: number, answer: HttpAnswer | HttpFault): void {
  const fine = answer.kind === 'answer' && answer.status < 500;
  onCall?.({
    at: new Date(began).toISOString(),
    ok: fine,
    ms: now() - began,
    ...(fine ? {} : answer.kind === 'answer' ? { stumbled: true } : { error: faultError(answer, 'Alma') }),
  });
}
