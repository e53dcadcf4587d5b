import { describe, expect, test } from 'vitest';
import { AppError } from '../../src-main/contract/result.ts';
import type { HttpAnswer } from '../../src-main/systems/http/client.ts';
import { readActAnswer } from '../../src-main/systems/reshare/outcome.ts';
import { fixture } from './systems-loopback.ts';

const CONTEXT = { system: 'ReShare', tenant: 'northlib' };
const FILL = 'supplierCheckInToReshare';

function answer(status: number, text: string, type = 'application/json'): HttpAnswer {
  return {
    kind: 'answer',
    status,
    headers: { 'content-type': type },
    setCookies: [],
    bytes: new Uint8Array(),
    text,
    host: 'h',
    ms: 1,
  };
}

interface Sample {
  readonly name: string;
  readonly request: { readonly action: string };
  readonly status: number;
  readonly response?: unknown;
  readonly responseText?: string;
}

const samples = (fixture('reshare/12-performAction.json') as { cases: Sample[] }).cases;

/** By the sample's name: outcome, error code, whose job, when to try again, and words the sentence must hold. */
const EXPECTED: Readonly<Record<string, readonly [string, string?, string?, string?, RegExp?]>> = {
  'requesterReceived ok': ['done'],
  'supplierPrintPullSlip ok': ['done'],
  'supplierCheckInToReshare ok': ['done'],
  'supplierCheckInToReshare multi-volume, one removed': ['done'],
  'supplierCheckInToReshare: every NCIP CheckOutItem failed': [
    'refused',
    'refused',
    'ill-office',
    'never',
    /library system refused/,
  ],
  'supplierCheckInToReshare: some failed, or no barcodes sent': [
    'refused',
    'refused',
    'ill-office',
    'never',
    /some may have been checked out/,
  ],
  'requesterReceived: NCIP AcceptItem failed': ['refused', 'refused', 'ill-office', 'never', /library system refused/],
  'supplierCheckOutOfReshare: NCIP CheckInItem failed': [
    'refused',
    'refused',
    'ill-office',
    'never',
    /library system refused/,
  ],
  'respondYes without a pick location': ['refused', 'refused', 'ill-office', 'never', /pick location/],
  'action not valid in this state': ['refused', 'refused', 'desk', 'never', /done already/],
  'network busy': ['refused', 'refused', 'nobody', 'later', /still waiting for the other library/],
  'unknown request id': ['refused', 'not-found', 'ill-office', 'never', /no longer has this request/],
  'unexpected exception on the server': ['refused', 'refused', 'host', 'unknown-outcome', /Look at the request/],
  'gateway: permission missing (text/plain)': [
    'refused',
    'no-permission',
    'library-administrator',
    'never',
    /performaction/,
  ],
  'gateway: bad or expired token (text/plain)': ['not-sent', 'credentials-refused', 'host', 'later'],
};

test('the table covers every sample', () => {
  expect(samples.map((sample) => sample.name).toSorted()).toEqual(Object.keys(EXPECTED).toSorted());
});

function check(
  outcome: ReturnType<typeof readActAnswer>,
  expected: readonly [string, string?, string?, string?, RegExp?],
): void {
  const [name, code, mender, retry, words] = expected;
  expect(outcome.outcome).toBe(name);
  if (outcome.outcome === 'done') return;
  const error = AppError.parse(outcome.error);
  expect(error).toMatchObject({ code, mender, retry });
  expect(error.sentence).toMatch(/^[A-Z].*[.!]?$/);
  if (words !== undefined) expect(error.sentence).toMatch(words);
}

test.each(samples.map((sample) => [sample.name, sample] as const))('%s', (name, sample) => {
  const reply =
    sample.responseText === undefined
      ? answer(sample.status, JSON.stringify(sample.response))
      : answer(sample.status, sample.responseText, 'text/plain');
  check(readActAnswer(reply, sample.request.action, CONTEXT), EXPECTED[name]!);
});

describe('other answers', () => {
  test.each([
    [
      'a plain refusal',
      400,
      '{"status":false}',
      'manualClose',
      ['refused', 'refused', 'ill-office', 'never', /refused this\.$/],
    ],
    ['an empty refusal', 400, '{}', 'message', ['refused', 'refused', 'ill-office', 'never']],
    [
      'words nobody has listed',
      400,
      '{"message":"Not on a Sunday"}',
      FILL,
      ['refused', 'refused', 'ill-office', 'never', /Not on a Sunday/],
    ],
    [
      'a location that leads nowhere',
      400,
      '{"code":-2,"message":"Failed to route"}',
      'respondYes',
      ['refused', 'refused', 'ill-office', 'never', /pick location/],
    ],
    [
      'an action that failed',
      500,
      '{"status":false}',
      'borrowerCheck',
      ['refused', 'refused', 'ill-office', 'never', /tried and failed/],
    ],
    ['a validation error', 422, '{"message":"x"}', 'message', ['refused', 'refused', 'ill-office', 'never']],
    ['not found', 404, '{"message":"Not Found","error":404}', FILL, ['refused', 'not-found', 'ill-office', 'never']],
    ['too many', 429, '', FILL, ['refused', 'refused', 'host', 'later']],
    [
      'a page of Grails, after who knows what',
      500,
      '{"error":500,"message":"java.lang.NullPointerException","stackTrace":["x"]}',
      FILL,
      ['unknown', 'unknown-outcome', 'host', 'unknown-outcome', /looks before/],
    ],
    [
      'a 500 in other words',
      500,
      '{"message":"Something else"}',
      FILL,
      ['unknown', 'unknown-outcome', 'host', 'unknown-outcome'],
    ],
    ['a bare 500', 500, '', FILL, ['unknown', 'unknown-outcome', 'host', 'unknown-outcome']],
    ['yes, cut short', 200, '{"sta', FILL, ['unknown', 'unknown-outcome', 'host', 'unknown-outcome']],
    ['yes, with nothing', 200, '', FILL, ['unknown', 'unknown-outcome', 'host', 'unknown-outcome']],
    ['yes, of another type', 200, '[]', FILL, ['unknown', 'unknown-outcome', 'host', 'unknown-outcome']],
  ] as const)('%s', (_what, status, text, action, expected) => {
    check(readActAnswer(answer(status, text), action, CONTEXT), expected);
  });

  test.each([
    [
      'the gateway lost the module',
      500,
      'proxyClient failure: mod-rs-2.19.0 http://mod-rs:8081: Connection was closed',
      'text/plain',
    ],
    ['a proxy’s 502', 502, '<html>502</html>', 'text/html'],
    ['a proxy’s 503', 503, '<html>503</html>', 'text/html'],
    ['a proxy’s 504', 504, '<html>504</html>', 'text/html'],
    ['a sign-in page', 200, '<html>Sign in</html>', 'text/html'],
    ['a firewall’s page', 403, '<html>Blocked</html>', 'text/html'],
    ['Eureka’s time-out', 408, '{"errors":[{"code":"read_timeout_error","message":"x"}]}', 'application/json'],
    ['a 401 in unknown words', 401, 'Go away', 'text/plain'],
  ])('%s: unknown', (_what, status, text, type) => {
    const outcome = readActAnswer(answer(status, text, type), FILL, CONTEXT);
    expect(outcome).toMatchObject({ outcome: 'unknown', error: { code: 'unknown-outcome', retry: 'unknown-outcome' } });
  });

  test.each([
    ['the log-in got lost', 400, 'Token missing, access requires permission: x', 'not-sent'],
    ['not deployed', 404, 'No running module instance found for mod-rs-2.19.0', 'not-sent'],
    ['not there', 404, 'No suitable module found for path and tenant', 'refused'],
    ['wrong tenant', 400, 'No such Tenant x', 'refused'],
  ])('the gateway stopped it: %s', (_what, status, text, expected) => {
    expect(readActAnswer(answer(status, text, 'text/plain'), FILL, CONTEXT).outcome).toBe(expected);
  });
});
