import { describe, expect, test } from 'vitest';
import { AppError } from '../../src-main/contract/result.ts';
import { looksLikeHtml, plainWords } from '../../src-main/systems/http/bodies.ts';
import { CAUSE_OF_CODE, causeOf, codeOf, kindOf } from '../../src-main/systems/http/faults.ts';
import { faultError } from '../../src-main/systems/http/sentences.ts';

describe('codes and causes', () => {
  test.each([...CAUSE_OF_CODE])('%s is %s', (code, cause) => {
    expect(causeOf(code)).toBe(cause);
    expect(causeOf(codeOf(Object.assign(new Error('x'), { code })))).toBe(cause);
  });

  test.each([
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls'],
    ['CERT_HAS_EXPIRED', 'tls'],
    ['HPE_INVALID_CONSTANT', 'bad-http'],
    ['E_SOMETHING_NEW', 'other'],
    [undefined, 'other'],
  ])('%s is %s', (code, cause) => expect(causeOf(code)).toBe(cause));

  test('a code is also found in the error that was wrapped', () => {
    expect(codeOf(new Error('outer', { cause: Object.assign(new Error('inner'), { code: 'EPIPE' }) }))).toBe('EPIPE');
    expect(codeOf('no error')).toBeUndefined();
  });

  test.each([
    ['connection-closed', true, false, 'unknown-outcome'],
    ['cancelled', true, false, 'unknown-outcome'],
    ['cancelled', true, true, 'cancelled'],
    ['cancelled', false, false, 'cancelled'],
    ['headers-timeout', true, true, 'unreachable'],
    ['connection-refused', false, false, 'not-sent'],
  ] as const)('%s, written %s, safe %s: %s', (cause, written, safe, kind) => {
    expect(kindOf(cause, written, safe)).toBe(kind);
  });

  test('each cause has a sentence, for calls that read and calls that change', () => {
    const causes = new Set([...CAUSE_OF_CODE.values(), causeOf('HPE_X'), causeOf('ERR_TLS_X'), causeOf(undefined)]);
    for (const cause of [...causes, 'deadline', 'redirect'] as const) {
      for (const kind of ['not-sent', 'unreachable', 'unknown-outcome', 'cancelled'] as const) {
        const error = AppError.parse(faultError({ kind, cause, host: 'okapi.example.org', ms: 1 }, 'ReShare'));
        expect(error.sentence).toMatch(/^[A-Zo].*\.$/);
        expect(error.retry === 'unknown-outcome').toBe(kind === 'unknown-outcome');
      }
    }
  });
});

describe('bodies', () => {
  test.each([
    ['text/html; charset=utf-8', 'anything', true],
    ['application/json', '<!DOCTYPE html><p>', true],
    [undefined, '\n <html>', true],
    ['application/json', '{"a":"<html>"}', false],
    ['text/plain', 'Invalid token', false],
  ])('%s %j is a web page: %s', (type, text, expected) => {
    expect(looksLikeHtml({ headers: type === undefined ? {} : { 'content-type': type }, text })).toBe(expected);
  });

  test('their words are one line, without markup or control characters, and short', () => {
    expect(plainWords('<html><head><title>502 Bad</title></head><body>x')).toBe('502 Bad');
    expect(plainWords('<script>alert(1)</script>\r\n  a\u0007b\u0000c\n more')).toBe('a b c');
    expect(plainWords(' \n<p> ')).toBeUndefined();
    expect(plainWords('x'.repeat(500))).toHaveLength(200);
  });
});
