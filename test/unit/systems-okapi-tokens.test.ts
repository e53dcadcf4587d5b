import { describe, expect, test } from 'vitest';
import type { HttpAnswer } from '../../src-main/systems/http/client.ts';
import { cookieNamed, parseSetCookie } from '../../src-main/systems/okapi/cookies.ts';
import { createLimiter } from '../../src-main/systems/okapi/limiter.ts';
import { jwtTimes, tokenFromLegacyLogin, tokensFromCookies } from '../../src-main/systems/okapi/tokens.ts';
import { fixture } from './systems-loopback.ts';

function answer(parts: Partial<HttpAnswer>): HttpAnswer {
  return {
    kind: 'answer',
    status: 201,
    headers: {},
    setCookies: [],
    bytes: new Uint8Array(),
    text: '',
    host: 'h',
    ms: 0,
    ...parts,
  };
}

function jwt(claims: unknown): string {
  return `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.sig`;
}

interface LoginSample {
  readonly response: { readonly setCookie: string[]; readonly body: unknown; readonly headers: Record<string, string> };
}

describe('Set-Cookie by hand', () => {
  test.each([
    ['a=b; Max-Age=600; Path=/; HTTPOnly', { name: 'a', value: 'b', maxAge: 600 }],
    ['a=b=c==; max-age= 5 ', { name: 'a', value: 'b=c==', maxAge: 5 }],
    ['a=b; Max-Age=1; Max-Age=2', { name: 'a', value: 'b', maxAge: 2 }],
    ['a=b; Max-Age=soon', { name: 'a', value: 'b' }],
    ['a=', { name: 'a', value: '' }],
    ['=b', undefined],
    ['no pair', undefined],
    ['', undefined],
  ])('%j', (line, expected) => expect(parseSetCookie(line)).toEqual(expected));

  test('a deletion is no cookie, and the last one counts', () => {
    expect(cookieNamed(['t=; Path=/'], 't')).toBeUndefined();
    expect(cookieNamed(['t=1', 'x=3', 't=2', 'junk'], 't')?.value).toBe('2');
  });
});

describe('tokens of a login with expiry', () => {
  const sample = (fixture('okapi/02-login-with-expiry.json') as LoginSample).response;

  test('both cookies, and the life from Max-Age', () => {
    const tokens = tokensFromCookies(answer({ setCookies: sample.setCookie, text: JSON.stringify(sample.body) }));
    expect(tokens).toMatchObject({
      lifetimeS: 600,
      refresh: 'eyJlbmMiOiJBMjU2R0NNIiwiYWxnIjoiZGlyIn0..MADEUPIV.MADEUPCIPHERTEXT.MADEUPTAG',
    });
    expect(jwtTimes(tokens?.access ?? '')).toEqual({ iat: 1795315456, exp: 1795316056 });
  });

  test('without Max-Age the token’s own span counts, whatever this computer’s clock says', () => {
    const tokens = tokensFromCookies(answer({ setCookies: [`folioAccessToken=${jwt({ iat: 100, exp: 400 })}`] }));
    expect(tokens).toEqual({ access: expect.any(String), lifetimeS: 300 });
  });

  test('without either, the body’s end against the server’s own date', () => {
    const tokens = tokensFromCookies(
      answer({
        setCookies: ['folioAccessToken=opaque'],
        headers: { date: 'Sun, 22 Nov 2026 02:44:16 GMT' },
        text: JSON.stringify(sample.body),
      }),
    );
    expect(tokens?.lifetimeS).toBe(600);
  });

  test('nothing known about the end, or nothing there at all', () => {
    expect(
      tokensFromCookies(answer({ setCookies: ['folioAccessToken=opaque'], text: '{"accessTokenExpiration":7}' })),
    ).toEqual({
      access: 'opaque',
    });
    expect(tokensFromCookies(answer({ setCookies: ['folioRefreshToken=x'] }))).toBeUndefined();
  });
});

describe('token of a legacy login', () => {
  const sample = (fixture('okapi/01-login-legacy.json') as LoginSample).response;

  test('header first, and no end', () => {
    const headers = { 'x-okapi-token': sample.headers['x-okapi-token'] ?? '' };
    expect(tokenFromLegacyLogin(answer({ headers, text: '{"okapiToken":"other"}' }))).toEqual({
      access: headers['x-okapi-token'],
    });
  });

  test('body second, with the end that Keycloak writes into it', () => {
    const token = jwt({ iat: 10, exp: 70 });
    expect(tokenFromLegacyLogin(answer({ text: JSON.stringify({ okapiToken: token }) }))).toEqual({
      access: token,
      lifetimeS: 60,
    });
  });

  test.each(['', 'not json', '{}', '{"okapiToken":7}', '{"username":"u","password":"p"}'])('none in %j', (text) => {
    expect(tokenFromLegacyLogin(answer({ text }))).toBeUndefined();
  });

  test.each(['', 'a', 'a.b.c', `a.${Buffer.from('[]').toString('base64url')}.c`, jwt({ exp: 'x' })])(
    'no times in %j',
    (token) => {
      expect(jwtTimes(token)).toEqual({});
    },
  );
});

describe('limiter', () => {
  test('never more at once than allowed, in order, and a failing task gives its place back', async () => {
    const limiter = createLimiter(2);
    let running = 0;
    let most = 0;
    const order: number[] = [];
    const tasks = Array.from({ length: 7 }, (_, n) =>
      limiter.run(async () => {
        order.push(n);
        most = Math.max(most, ++running);
        await new Promise((resolve) => setImmediate(resolve));
        running -= 1;
        if (n === 1) throw new Error('one fails');
      }),
    );
    const ends = await Promise.allSettled(tasks);
    expect(most).toBe(2);
    expect(order).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(ends.filter((end) => end.status === 'rejected')).toHaveLength(1);
  });

  test('who gives up waiting runs nothing and holds nothing up', async () => {
    const limiter = createLimiter(1);
    let release = (): void => undefined;
    const first = limiter.run(() => new Promise<string>((resolve) => (release = () => resolve('first'))));
    const stop = new AbortController();
    const second = limiter.run(() => Promise.resolve('second'), stop.signal);
    const third = limiter.run(() => Promise.resolve('third'));
    stop.abort();
    expect(await second).toBeUndefined();
    release();
    expect(await first).toBe('first');
    expect(await third).toBe('third');
    expect(await limiter.run(() => Promise.resolve('late'), stop.signal)).toBeUndefined();
    expect(await limiter.run(() => Promise.resolve('still free'))).toBe('still free');
  });
});
