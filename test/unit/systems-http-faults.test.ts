import { errors } from 'undici';
import { describe, expect, test } from 'vitest';
import { CAUSE_OF_CODE, causeOf, codeOf, kindOf, type FaultCause } from '../../src-main/systems/http/faults.ts';

/**
 * Every fault the HTTP layer can meet, row by row: its code, what Carrel calls it, and how it comes about. The same faults
 * are provoked on real sockets, as far as a loopback can, in systems-http.test.ts.
 */
const ROWS: readonly (readonly [code: string, cause: FaultCause, how: string])[] = [
  ['ENOTFOUND', 'host-not-found', 'no such name'],
  ['EAI_AGAIN', 'host-not-found', 'the name server does not answer'],
  ['EAI_FAIL', 'host-not-found', 'the name server failed'],
  ['EAI_NODATA', 'host-not-found', 'a name without an address'],
  ['EAI_NONAME', 'host-not-found', 'no such name, other resolvers'],
  ['ECONNREFUSED', 'connection-refused', 'nothing listens there'],
  ['UND_ERR_CONNECT_TIMEOUT', 'connect-timeout', 'no connection, or no TLS, in time'],
  ['ETIMEDOUT', 'connect-timeout', 'the operating system gave up connecting'],
  ['ENETDOWN', 'network-down', 'the cable is out'],
  ['ENETUNREACH', 'network-down', 'no way there'],
  ['EHOSTDOWN', 'network-down', 'the host is off'],
  ['EHOSTUNREACH', 'network-down', 'no way to the host'],
  ['EADDRNOTAVAIL', 'network-down', 'this computer has no address'],
  ['UND_ERR_HEADERS_TIMEOUT', 'headers-timeout', 'no answer began in time'],
  ['UND_ERR_BODY_TIMEOUT', 'body-timeout', 'an answer stopped half-way'],
  ['UND_ERR_SOCKET', 'connection-closed', 'the other side closed'],
  ['UND_ERR_INFO', 'connection-closed', 'reset while idle, or by undici itself'],
  ['ECONNRESET', 'connection-closed', 'reset'],
  ['ECONNABORTED', 'connection-closed', 'aborted by this computer'],
  ['EPIPE', 'connection-closed', 'written to a closed connection'],
  ['UND_ERR_RES_CONTENT_LENGTH_MISMATCH', 'truncated', 'shorter than announced'],
  ['UND_ERR_RES_EXCEEDED_MAX_SIZE', 'too-large', 'longer than is read'],
  ['UND_ERR_HEADERS_OVERFLOW', 'too-large', 'headers longer than are read'],
  ['UND_ERR_ABORTED', 'cancelled', 'the caller gave up'],
  ['ABORT_ERR', 'cancelled', 'the caller gave up, as Node says it'],
  ['UND_ERR_DESTROYED', 'shut-down', 'Carrel closes'],
  ['UND_ERR_CLOSED', 'shut-down', 'Carrel has closed'],
  ['UND_ERR_INVALID_ARG', 'bad-request', 'a header that cannot be sent'],
  ['UND_ERR_REQ_CONTENT_LENGTH_MISMATCH', 'bad-request', 'our own body is not as long as we said'],
  ['UND_ERR_NOT_SUPPORTED', 'bad-request', 'something undici does not do'],
];

/** Families, by an example of each. */
const FAMILIES: readonly (readonly [code: string | undefined, cause: FaultCause])[] = [
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls'],
  ['CERT_HAS_EXPIRED', 'tls'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'tls'],
  ['EPROTO', 'tls'],
  ['HPE_INVALID_CONSTANT', 'bad-http'],
  ['HTTPParserError', 'bad-http'],
  ['SOMETHING_NEW', 'other'],
  [undefined, 'other'],
];

/** Errors of undici that cannot come up: proxies, pools, redirects, retries and WebSockets are not used. */
const NOT_USED: ReadonlySet<string> = new Set([
  'BalancedPoolMissingUpstreamError',
  'InvalidReturnValueError',
  'MaxOriginsReachedError',
  'MaxRedirectsError',
  'MessageSizeExceededError',
  'ProxyConnectionError',
  'RequestRetryError',
  'ResponseError',
  'SecureProxyConnectionError',
  'Socks5ProxyError',
  'WebAssemblyNotSupportedError',
]);
/** Names from which others derive. */
const FAMILY_NAMES: ReadonlySet<string> = new Set(['UndiciError', 'AbortError', 'HTTPParserError']);

describe('every fault has a row', () => {
  test('and every row a fault', () => {
    expect(ROWS.map(([code]) => code).toSorted()).toEqual([...CAUSE_OF_CODE.keys()].toSorted());
  });

  test.each(Object.keys(errors).filter((name) => !NOT_USED.has(name) && !FAMILY_NAMES.has(name)))(
    'undici’s %s',
    (name) => {
      const Made = errors[name as keyof typeof errors] as new (message: string) => Error;
      const code = codeOf(new Made('x'));
      expect(ROWS.map(([known]) => known)).toContain(code);
    },
  );
});

describe('what it means is read from what was written to the socket, never from its name', () => {
  test.each([...ROWS, ...FAMILIES.map(([code, cause]) => [code, cause, 'a family'] as const)])(
    '%s is %s: %s',
    (code, cause) => {
      expect(causeOf(code)).toBe(cause);
      const given = cause === 'cancelled';
      for (const safe of [true, false]) {
        expect(kindOf(cause, false, safe), 'not a byte written').toBe(given ? 'cancelled' : 'not-sent');
      }
      expect(kindOf(cause, true, true), 'a reading call, written').toBe(given ? 'cancelled' : 'unreachable');
      expect(kindOf(cause, true, false), 'a changing call, written').toBe('unknown-outcome');
    },
  );

  test('the code of a wrapped error is found', () => {
    const inner = Object.assign(new Error('reset'), { code: 'ECONNRESET' });
    expect(codeOf(new Error('outer', { cause: inner }))).toBe('ECONNRESET');
    expect(codeOf('no error')).toBeUndefined();
  });
});
