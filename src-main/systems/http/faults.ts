/** Why a call brought no usable answer, in our own words; independent of the library underneath. */
export type FaultCause =
  | 'host-not-found'
  | 'connection-refused'
  | 'connect-timeout'
  | 'network-down'
  | 'tls'
  | 'headers-timeout'
  | 'body-timeout'
  | 'deadline'
  | 'connection-closed'
  | 'truncated'
  | 'too-large'
  | 'bad-http'
  | 'redirect'
  | 'cancelled'
  | 'shut-down'
  | 'bad-request'
  | 'other';

/**
 * What a fault means for the thing asked:
 * - `not-sent`: no byte of the request was handed to the socket;
 * - `unreachable`: a reading call (GET, HEAD) was sent and brought no usable answer; nothing changed anywhere;
 * - `unknown-outcome`: a changing call was sent, in whole or in part, and how it ended is not known;
 * - `cancelled`: the caller gave up before anything that changes something was sent.
 */
export type FaultKind = 'not-sent' | 'unreachable' | 'unknown-outcome' | 'cancelled';

export interface HttpFault {
  readonly kind: FaultKind;
  readonly cause: FaultCause;
  /** The runtime's own code, e.g. `ECONNREFUSED` or `UND_ERR_HEADERS_TIMEOUT`; for the log. */
  readonly code?: string;
  /** Host and port asked. */
  readonly host: string;
  /** For `redirect`: the host the answer pointed at. */
  readonly redirectHost?: string;
  /** For `redirect`: path and query there. May name a record: not for the log. */
  readonly redirectPath?: string;
  /** Status, when at least the head of an answer came. */
  readonly status?: number;
  readonly ms: number;
}

/**
 * Every code undici 8 or Node's sockets and TLS raise on this path. What the code is called says why; whether the call
 * was sent is never read from here but from what was handed to the socket.
 */
export const CAUSE_OF_CODE: ReadonlyMap<string, FaultCause> = new Map<string, FaultCause>([
  ['ENOTFOUND', 'host-not-found'],
  ['EAI_AGAIN', 'host-not-found'],
  ['EAI_FAIL', 'host-not-found'],
  ['EAI_NODATA', 'host-not-found'],
  ['EAI_NONAME', 'host-not-found'],
  ['ECONNREFUSED', 'connection-refused'],
  ['UND_ERR_CONNECT_TIMEOUT', 'connect-timeout'],
  ['ETIMEDOUT', 'connect-timeout'],
  ['ENETDOWN', 'network-down'],
  ['ENETUNREACH', 'network-down'],
  ['EHOSTDOWN', 'network-down'],
  ['EHOSTUNREACH', 'network-down'],
  ['EADDRNOTAVAIL', 'network-down'],
  ['UND_ERR_HEADERS_TIMEOUT', 'headers-timeout'],
  ['UND_ERR_BODY_TIMEOUT', 'body-timeout'],
  ['UND_ERR_SOCKET', 'connection-closed'],
  ['UND_ERR_INFO', 'connection-closed'],
  ['ECONNRESET', 'connection-closed'],
  ['ECONNABORTED', 'connection-closed'],
  ['EPIPE', 'connection-closed'],
  ['UND_ERR_RES_CONTENT_LENGTH_MISMATCH', 'truncated'],
  ['UND_ERR_RES_EXCEEDED_MAX_SIZE', 'too-large'],
  ['UND_ERR_HEADERS_OVERFLOW', 'too-large'],
  ['UND_ERR_ABORTED', 'cancelled'],
  ['ABORT_ERR', 'cancelled'],
  ['UND_ERR_DESTROYED', 'shut-down'],
  ['UND_ERR_CLOSED', 'shut-down'],
  ['UND_ERR_INVALID_ARG', 'bad-request'],
  ['UND_ERR_REQ_CONTENT_LENGTH_MISMATCH', 'bad-request'],
  ['UND_ERR_NOT_SUPPORTED', 'bad-request'],
]);

/** OpenSSL's verdicts on a certificate carry their own names as codes (Node `tls`, "X509 certificate error codes"). */
const CERTIFICATE_CODES: ReadonlySet<string> = new Set([
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_REVOKED',
  'CERT_UNTRUSTED',
  'CERT_REJECTED',
  'CERT_SIGNATURE_FAILURE',
  'CERT_CHAIN_TOO_LONG',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'HOSTNAME_MISMATCH',
  'INVALID_CA',
  'INVALID_PURPOSE',
  'PATH_LENGTH_EXCEEDED',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_CRL',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'EPROTO',
]);

const PARSER_ERROR = 'HTTPParserError';

/** The runtime's code of an error, or of the error it wraps. */
export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const own = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  // undici's parser errors often carry no code; their name says as much.
  return own ?? (error.name === PARSER_ERROR ? PARSER_ERROR : codeOf(error.cause));
}

/** Names the cause of a code. Parser errors (`HPE_…`) and TLS errors (`ERR_TLS_…`, `ERR_SSL_…`) go by their family. */
export function causeOf(code: string | undefined): FaultCause {
  if (code === undefined) return 'other';
  const known = CAUSE_OF_CODE.get(code);
  if (known !== undefined) return known;
  if (code.startsWith('ERR_TLS_') || code.startsWith('ERR_SSL_') || CERTIFICATE_CODES.has(code)) return 'tls';
  if (code.startsWith('HPE_') || code === PARSER_ERROR) return 'bad-http';
  return 'other';
}

/** Methods that change nothing (RFC 9110 §9.2.1), as far as Carrel uses them. */
export function isSafe(method: string): boolean {
  return method === 'GET' || method === 'HEAD';
}

/** Draws the border: what was handed to the socket decides, then whether the call could have changed anything. */
export function kindOf(cause: FaultCause, written: boolean, safe: boolean): FaultKind {
  if (written && !safe) return 'unknown-outcome';
  if (cause === 'cancelled') return 'cancelled';
  return written ? 'unreachable' : 'not-sent';
}
