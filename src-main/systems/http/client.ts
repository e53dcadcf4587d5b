import { setTimeout as sleep } from 'node:timers/promises';
import { Agent, type Dispatcher } from 'undici';
import { exchange, type ExchangeEnd, type StreamReader } from './exchange.ts';
import { causeOf, codeOf, isSafe, kindOf, type FaultCause, type HttpFault } from './faults.ts';
import { loggableHeaders, type CallLine } from './redact.ts';

/** Times in milliseconds. Every value has a default that suits a gateway on the public internet. */
export interface HttpSettings {
  readonly connections: number;
  readonly connectTimeoutMs: number;
  /** From the request's last byte to the answer's first header. */
  readonly headersTimeoutMs: number;
  /** Between two pieces of the answer's body. */
  readonly bodyTimeoutMs: number;
  /** For the whole call, further attempts included; ends a body that never does. */
  readonly deadlineMs: number;
  readonly keepAliveMs: number;
  readonly maxResponseBytes: number;
  /** Further attempts of a GET or HEAD. Anything else is sent once. */
  readonly retries: number;
  readonly retryMinMs: number;
  readonly retryMaxMs: number;
  /** Further certificate authorities, PEM. Undefined means the runtime's own. */
  readonly ca?: string;
}

export const HTTP_DEFAULTS: HttpSettings = {
  connections: 6,
  connectTimeoutMs: 5_000,
  headersTimeoutMs: 10_000,
  bodyTimeoutMs: 20_000,
  deadlineMs: 60_000,
  keepAliveMs: 10_000,
  maxResponseBytes: 16 * 1024 * 1024,
  retries: 2,
  retryMinMs: 200,
  retryMaxMs: 2_000,
};

export interface HttpRequest {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE';
  /** Path and query below the base address, beginning with `/`. */
  readonly path: string;
  /** The path as it may be logged. */
  readonly template: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal?: AbortSignal;
  /** For a call known to be slow: longer than the client's own `headersTimeoutMs`. */
  readonly headersTimeoutMs?: number;
  /** A GET that changes something at the server, such as an OpenURL: it is sent once, and a lost answer is unknown. */
  readonly changes?: true;
  /**
   * For an answer that goes on and on (server-sent events): its text is handed over as it comes, `send` resolves when it ends,
   * and there is neither a deadline nor another attempt.
   */
  readonly stream?: StreamReader & {
    /** Longest silence before the connection is taken to be dead, milliseconds. */
    readonly silenceMs: number;
  };
}

/** The request may be repeated: it changes nothing at the server. */
export function isRepeatable({ method, changes }: Pick<HttpRequest, 'method' | 'changes'>): boolean {
  return isSafe(method) && changes !== true;
}

export interface HttpAnswer {
  readonly kind: 'answer';
  readonly status: number;
  /** By lower-case name; of a repeated header the first. */
  readonly headers: Readonly<Record<string, string>>;
  /** The `Set-Cookie` lines, unparsed. */
  readonly setCookies: readonly string[];
  /** The body as it came, for readers that must judge its encoding themselves. */
  readonly bytes: Uint8Array;
  readonly text: string;
  /** The server's clock (`Date` header, whole seconds) minus ours. */
  readonly serverOffsetMs?: number;
  readonly host: string;
  readonly ms: number;
}

export interface HttpClient {
  /** Host and port. */
  readonly host: string;
  /** Sends a request; a GET or HEAD up to `retries` times more. Never rejects. */
  send(request: HttpRequest): Promise<HttpAnswer | HttpFault>;
  /** Ends every connection; calls under way end as faults. */
  close(): Promise<void>;
}

export interface HttpClientOptions {
  readonly settings?: Partial<HttpSettings>;
  /** Called once per `send`, with what may be logged. */
  readonly onCall?: (line: CallLine) => void;
  /** Wall clock, epoch milliseconds. */
  readonly now?: () => number;
  /** Monotonic clock, milliseconds. */
  readonly mono?: () => number;
}

/** Faults after which an immediate second look may well succeed. Time-outs are not: the person has waited already. */
const WORTH_ANOTHER_TRY: ReadonlySet<FaultCause> = new Set<FaultCause>([
  'host-not-found',
  'connection-refused',
  'network-down',
  'connection-closed',
  'truncated',
]);

/** A proxy's "not now": bad gateway, unavailable, gateway time-out. */
const PASSING_STATUS: ReadonlySet<number> = new Set([502, 503, 504]);

/**
 * The dispatcher for one origin. HTTP/2 is off because gateways that copy `Connection: keep-alive` from a module into an
 * HTTP/2 answer break it (RFC 9113 §8.2.2). There is no redirect, DNS, cache or retry interceptor: a redirect is a fault
 * here, and undici's retry resumes with range requests, which these servers do not know; {@link createHttpClient} repeats
 * whole reading calls instead.
 */
export function createDispatcher(settings: HttpSettings): Dispatcher {
  return new Agent({
    allowH2: false,
    connections: settings.connections,
    pipelining: 1,
    keepAliveTimeout: settings.keepAliveMs,
    headersTimeout: settings.headersTimeoutMs,
    bodyTimeout: settings.bodyTimeoutMs,
    maxResponseSize: settings.maxResponseBytes,
    connect: {
      timeout: settings.connectTimeoutMs,
      ...(settings.ca === undefined ? {} : { ca: settings.ca }),
    },
  });
}

/**
 * A client for one base address (which may have a path of its own, as in `https://folio.example.org/okapi`).
 * @throws TypeError when `baseUrl` is no URL; settings are checked before they come here.
 */
export function createHttpClient(baseUrl: string, options: HttpClientOptions = {}): HttpClient {
  const base = new URL(baseUrl);
  const basePath = base.pathname.replace(/\/+$/, '');
  const settings: HttpSettings = { ...HTTP_DEFAULTS, ...options.settings };
  const now = options.now ?? Date.now;
  const mono = options.mono ?? (() => performance.now());
  const dispatcher = createDispatcher(settings);
  const host = base.host;

  async function once(request: HttpRequest, signal: AbortSignal, began: number): Promise<HttpAnswer | HttpFault> {
    const end = await exchange(dispatcher, {
      origin: base.origin,
      path: basePath + request.path,
      method: request.method,
      headers: request.headers ?? {},
      headersTimeoutMs: request.headersTimeoutMs ?? settings.headersTimeoutMs,
      bodyTimeoutMs: request.stream?.silenceMs ?? settings.bodyTimeoutMs,
      signal,
      ...(request.stream === undefined ? {} : { stream: request.stream }),
      ...(request.body === undefined ? {} : { body: request.body }),
    });
    const ms = mono() - began;
    if (end.kind === 'error') return faultOf(end, request, host, ms);
    if (end.status >= 300 && end.status < 400) return redirectFault(end, request, base, ms);
    return answerOf(end, host, ms, now());
  }

  return {
    host,
    async send(request) {
      const at = new Date(now()).toISOString();
      const began = mono();
      const signal = signalOf(request, settings);
      let attempts = 1;
      let end = await once(request, signal, began);
      const repeats = isRepeatable(request) && request.stream === undefined ? settings.retries : 0;
      while (attempts <= repeats && worthAnotherTry(end)) {
        try {
          await sleep(pauseMs(end, attempts, settings), undefined, { signal });
        } catch {
          // The caller or the deadline ended the wait; what the last attempt brought stands.
          break;
        }
        attempts += 1;
        end = await once(request, signal, began);
      }
      options.onCall?.(lineOf(request, end, at, attempts));
      return end;
    },
    async close() {
      await dispatcher.destroy();
    },
  };
}

/** What ends a call: its caller, or its deadline where it has one. */
function signalOf(request: HttpRequest, settings: HttpSettings): AbortSignal {
  if (request.stream !== undefined) return request.signal ?? new AbortController().signal;
  const deadlineMs = Math.max(settings.deadlineMs, (request.headersTimeoutMs ?? 0) + settings.bodyTimeoutMs);
  const deadline = AbortSignal.timeout(deadlineMs);
  return request.signal === undefined ? deadline : AbortSignal.any([request.signal, deadline]);
}

function faultOf(end: ExchangeEnd & { kind: 'error' }, request: HttpRequest, host: string, ms: number): HttpFault {
  const code = codeOf(end.error);
  const cause = causeOfError(end, code, request);
  return {
    kind: kindOf(cause, end.written, isRepeatable(request)),
    cause,
    host,
    ms,
    ...(code === undefined ? {} : { code }),
    ...(end.status === undefined ? {} : { status: end.status }),
  };
}

function causeOfError(
  end: ExchangeEnd & { kind: 'error' },
  code: string | undefined,
  request: HttpRequest,
): FaultCause {
  if (end.aborted) return request.signal?.aborted === true ? 'cancelled' : 'deadline';
  const cause = causeOf(code);
  // TCP may also give up on a connection long after it was made.
  if (cause === 'connect-timeout' && end.written) return 'connection-closed';
  // The head came and the rest did not: the answer is cut, whichever way the connection ended.
  const cut = cause === 'connection-closed' || cause === 'bad-http';
  return cut && end.status !== undefined ? 'truncated' : cause;
}

function redirectFault(end: ExchangeEnd & { kind: 'answer' }, request: HttpRequest, base: URL, ms: number): HttpFault {
  const location = first(end.headers['location']);
  const target = location === undefined ? null : URL.parse(location, base.href);
  return {
    kind: kindOf('redirect', true, isRepeatable(request)),
    cause: 'redirect',
    host: base.host,
    status: end.status,
    ms,
    ...(target === null ? {} : { redirectHost: target.host, redirectPath: target.pathname + target.search }),
  };
}

function answerOf(end: ExchangeEnd & { kind: 'answer' }, host: string, ms: number, now: number): HttpAnswer {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(end.headers)) {
    const text = first(value);
    if (text !== undefined && name !== 'set-cookie') headers[name] = text;
  }
  const cookies = end.headers['set-cookie'];
  const date = Date.parse(headers['date'] ?? '');
  return {
    kind: 'answer',
    status: end.status,
    headers,
    setCookies: cookies === undefined ? [] : typeof cookies === 'string' ? [cookies] : cookies,
    bytes: end.body,
    text: new TextDecoder('utf-8').decode(end.body),
    host,
    ms,
    ...(Number.isNaN(date) ? {} : { serverOffsetMs: date - now }),
  };
}

function first(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === 'string' ? value : value?.[0];
}

function worthAnotherTry(end: HttpAnswer | HttpFault): boolean {
  return end.kind === 'answer' ? PASSING_STATUS.has(end.status) : WORTH_ANOTHER_TRY.has(end.cause);
}

/** Doubling pause, or what the server asked for with `Retry-After` in seconds, never above the maximum. */
function pauseMs(end: HttpAnswer | HttpFault, attempts: number, settings: HttpSettings): number {
  const asked = end.kind === 'answer' ? Number(end.headers['retry-after']) * 1000 : Number.NaN;
  const wanted = asked > 0 ? asked : settings.retryMinMs * 2 ** (attempts - 1);
  return Math.min(wanted, settings.retryMaxMs);
}

function lineOf(request: HttpRequest, end: HttpAnswer | HttpFault, at: string, attempts: number): CallLine {
  const answered = end.kind === 'answer';
  return {
    at,
    method: request.method,
    host: end.host,
    template: request.template,
    ms: end.ms,
    attempts,
    headers: answered ? loggableHeaders(end.headers) : {},
    ...(end.status === undefined ? {} : { status: end.status }),
    ...(answered ? {} : { fault: `${end.kind}/${end.cause}` }),
  };
}
