import { describe, expect, test } from 'vitest';
import { AppError } from '../../src-main/contract/result.ts';
import type { HttpAnswer } from '../../src-main/systems/http/client.ts';
import { readGatewayError, type GatewayCase } from '../../src-main/systems/okapi/gateway-errors.ts';
import { fixture } from './systems-loopback.ts';

interface Sample {
  readonly status: number;
  readonly contentType?: string | null;
  readonly bodyText?: string;
  readonly body?: unknown;
}

const CONTEXT = { system: 'ReShare', tenant: 'northlib' };

function answer(sample: Sample): HttpAnswer {
  const type = sample.contentType ?? (sample.body === undefined ? undefined : 'application/json');
  return {
    kind: 'answer',
    status: sample.status,
    headers: type === undefined ? {} : { 'content-type': type },
    setCookies: [],
    bytes: new Uint8Array(),
    text: sample.bodyText ?? JSON.stringify(sample.body),
    host: 'okapi.example.org',
    ms: 1,
  };
}

const gateway = (fixture('okapi/06-gateway-errors.json') as { cases: Sample[] }).cases;
const eureka = (fixture('okapi/07-eureka-errors.json') as { cases: Sample[] }).cases;

/** case, a new token helps, the module was certainly not reached, code, whose job, when to try again */
type Row = readonly [GatewayCase, boolean, boolean, AppError['code'], AppError['mender'], AppError['retry']];

const OKAPI_ROWS: readonly Row[] = [
  ['unknown-tenant', false, true, 'configuration', 'library-administrator', 'never'],
  ['token-malformed', false, true, 'internal', 'it', 'never'],
  ['token-conflict', false, true, 'internal', 'it', 'never'],
  ['token-missing', true, true, 'not-sent', 'it', 'later'],
  ['token-missing', true, true, 'not-sent', 'it', 'later'],
  ['permissions-unavailable', false, true, 'not-sent', 'host', 'later'],
  ['token-invalid', true, true, 'credentials-refused', 'host', 'later'],
  ['user-inactive', false, true, 'credentials-refused', 'library-administrator', 'never'],
  ['user-gone', false, true, 'credentials-refused', 'library-administrator', 'never'],
  ['token-of-other-tenant', false, true, 'configuration', 'library-administrator', 'never'],
  ['no-permission', false, true, 'no-permission', 'library-administrator', 'never'],
  ['no-module', false, true, 'configuration', 'library-administrator', 'never'],
  ['no-module', false, true, 'configuration', 'library-administrator', 'never'],
  ['module-down', false, true, 'not-sent', 'host', 'later'],
  ['request-too-long', false, true, 'internal', 'it', 'never'],
  ['request-too-long', false, true, 'internal', 'it', 'never'],
  ['module-unreachable', false, false, 'not-sent', 'host', 'later'],
  ['proxy', false, false, 'not-sent', 'host', 'later'],
  ['proxy', false, false, 'not-sent', 'host', 'later'],
];

const EUREKA_ROWS: readonly (Row | undefined)[] = [
  ['token-invalid', true, true, 'credentials-refused', 'host', 'later'],
  ['no-permission', false, true, 'no-permission', 'library-administrator', 'never'],
  ['unknown-tenant', false, true, 'configuration', 'library-administrator', 'never'],
  ['module-slow', false, false, 'not-sent', 'host', 'later'],
  ['busy', false, false, 'not-sent', 'host', 'later'],
  ['token-conflict', false, true, 'internal', 'it', 'never'],
  // A refused refresh is mod-login's own answer, not the gateway's.
  undefined,
];

test('the tables cover every sample', () => {
  expect(gateway).toHaveLength(OKAPI_ROWS.length);
  expect(eureka).toHaveLength(EUREKA_ROWS.length);
});

const rows = [
  ...gateway.map((s, i) => [s, OKAPI_ROWS[i]] as const),
  ...eureka.map((s, i) => [s, EUREKA_ROWS[i]] as const),
];

test.each(
  rows.map(([sample, row]) => [sample.status, sample.bodyText ?? JSON.stringify(sample.body), sample, row] as const),
)('%i %s', (_status, _text, sample, row) => {
  const seen = readGatewayError(answer(sample), CONTEXT);
  if (row === undefined) {
    expect(seen).toBeUndefined();
    return;
  }
  const [name, renew, beforeModule, code, mender, retry] = row;
  expect(seen).toMatchObject({ case: name, renew, beforeModule, error: { code, mender, retry } });
  expect(AppError.parse(seen?.error).sentence).toMatch(/^[A-Z].*\.$/);
  // Inner host names, user names and ids stay out of what people read.
  expect(seen?.error.sentence).not.toMatch(/10\.0\.0\.7|circ\.desk|5b0f3a5e|proxyClient/);
});

describe('words that matter', () => {
  test('the permission is named', () => {
    const seen = readGatewayError(answer(gateway[10]!), CONTEXT);
    expect(seen?.permission).toBe('rs.patronrequests.item.performaction');
    expect(seen?.error.sentence).toContain('rs.patronrequests.item.performaction');
  });

  test('the tenant is named', () => {
    expect(readGatewayError(answer(gateway[0]!), CONTEXT)?.error.sentence).toContain('"northlib"');
  });

  test('newer words for an invalid token are understood as well', () => {
    const seen = readGatewayError(answer({ status: 401, bodyText: 'Invalid token: expired' }), CONTEXT);
    expect(seen).toMatchObject({ case: 'token-invalid', renew: true, beforeModule: true });
  });

  test('a 401 in unknown words does not prove that the module was not reached', () => {
    const seen = readGatewayError(answer({ status: 401, bodyText: 'Go away' }), CONTEXT);
    expect(seen).toMatchObject({ case: 'token-refused', renew: true, beforeModule: false });
  });
});

describe('what is not the gateway’s', () => {
  test.each([
    { status: 200, body: [] },
    { status: 201, body: {} },
    { status: 400, body: { message: 'A valid action was not supplied' } },
    { status: 400, contentType: 'text/plain', bodyText: 'CQL syntax error' },
    { status: 404, body: { message: 'Not Found', error: 404 } },
    { status: 404, bodyText: '' },
    { status: 422, body: { errors: [{ message: 'x', code: 'y' }] } },
    { status: 500, body: {} },
    { status: 500, contentType: 'text/plain', bodyText: 'Internal Server error' },
  ])('$status is left to the module', (sample) => {
    expect(readGatewayError(answer(sample), CONTEXT)).toBeUndefined();
  });

  test.each([200, 400, 403, 404])('a web page with status %i is nobody’s answer', (status) => {
    const seen = readGatewayError(
      answer({ status, contentType: 'text/html', bodyText: '<html>Sign in</html>' }),
      CONTEXT,
    );
    expect(seen).toMatchObject({ case: 'web-page', error: { code: 'unreadable-answer' } });
  });
});
