import { describe, expect, it } from 'vitest';
import { readRefusal } from '../../src-main/systems/wms/auth/refusals.ts';
import { createTokenAuthorizer, readToken, type TokenParts } from '../../src-main/systems/wms/auth/tokens.ts';
import { scriptedHttp, textOfFile, type Script } from './wms-samples.ts';

const url = new URL('https://circ.sd00.worldcat.org/ncip');

function tokens(script: Script, more: Partial<TokenParts> = {}) {
  const clock = { ms: 0 };
  const key = { key: 'example-key', secret: 'example-secret' };
  const http = scriptedHttp(script);
  const authorizer = createTokenAuthorizer({
    http,
    path: '/token',
    key: () => key,
    scopes: ['WMS_NCIP', 'WMS_Availability'],
    mono: () => clock.ms,
    ...more,
  });
  const header = async (): Promise<string> => {
    const got = await authorizer.authorize('POST', url);
    return got.ok ? got.value : got.error.code;
  };
  return { authorizer, http, clock, key, header };
}

const granted: Script = (_, nth) => ({ text: JSON.stringify({ access_token: `tk_${nth}`, expires_in: '1000' }) });

describe('tokens by client credentials', () => {
  it('are asked for in the query, with key and secret in Basic', async () => {
    const { http, header } = tokens(() => ({ text: textOfFile('oclc/token-ok.json') }), { context: '900001' });
    expect(await header()).toBe('Bearer tk_exampleexampleexampleexample');
    expect(http.sent).toEqual([
      {
        method: 'POST',
        path: '/token?grant_type=client_credentials&scope=WMS_NCIP%20WMS_Availability%20context%3A900001',
        template: '/token',
        headers: {
          authorization: `Basic ${Buffer.from('example-key:example-secret').toString('base64')}`,
          accept: 'application/json',
        },
      },
    ]);
  });

  it('live as long as expires_in says, string or number', () => {
    expect(readToken(textOfFile('oclc/token-ok.json'))).toEqual({
      token: 'tk_exampleexampleexampleexample',
      lifetimeS: 1199,
      scopes: ['WMS_NCIP', 'WMS_Availability'],
    });
    expect(readToken(textOfFile('oclc/token-ok-with-refresh.json'))?.lifetimeS).toBe(3599);
    expect(readToken('{"access_token":"t","expires_in":60}')?.lifetimeS).toBe(60);
    expect(readToken('{"access_token":"t","expires_in":"soon"}')?.lifetimeS).toBe(1000);
    expect(readToken('{"access_token":""}')).toBeUndefined();
    expect(readToken('<html>')).toBeUndefined();
  });

  it('are kept, and renewed when nine tenths of their life are over', async () => {
    const { http, header, clock } = tokens(granted);
    expect([await header(), await header()]).toEqual(['Bearer tk_1', 'Bearer tk_1']);
    clock.ms = 899_999;
    expect(await header()).toBe('Bearer tk_1');
    clock.ms = 900_000;
    expect(await header()).toBe('Bearer tk_2');
    expect(http.sent).toHaveLength(2);
  });

  it('are asked for once by everybody who waits', async () => {
    const { http, header } = tokens(granted);
    expect(await Promise.all([header(), header(), header()])).toEqual(['Bearer tk_1', 'Bearer tk_1', 'Bearer tk_1']);
    expect(http.sent).toHaveLength(1);
  });

  it('are dropped when refused, once: a late refusal does not drop the next one', async () => {
    const { http, header, authorizer } = tokens(granted);
    await header();
    expect(authorizer.refused('Bearer tk_1')).toBe(true);
    expect(await header()).toBe('Bearer tk_2');
    expect(authorizer.refused('Bearer tk_1')).toBe(true);
    expect(await header()).toBe('Bearer tk_2');
    expect(http.sent).toHaveLength(2);
  });

  it('a refused key is not tried again until another one is entered', async () => {
    const keys = [
      { key: 'bad', secret: 's' },
      { key: 'good', secret: 's' },
    ] as const;
    const at = { index: 0 as 0 | 1 };
    const { http, header } = tokens(
      (_, nth) => (nth === 1 ? { status: 401, text: textOfFile('oclc/token-401.json') } : granted(_, nth)),
      { key: () => keys[at.index] },
    );
    expect([await header(), await header(), await header()]).toEqual(Array(3).fill('credentials-refused'));
    expect(http.sent).toHaveLength(1);
    at.index = 1;
    expect(await header()).toBe('Bearer tk_2');
  });

  it('another key gets a token of its own', async () => {
    const given = { key: { key: 'a', secret: 's' } };
    const { header } = tokens(granted, { key: () => given.key });
    expect(await header()).toBe('Bearer tk_1');
    given.key = { key: 'a', secret: 'new' };
    expect(await header()).toBe('Bearer tk_2');
  });

  it('a lost or broken sign-in sends nothing and is tried again', async () => {
    const fault = { kind: 'unknown-outcome', cause: 'headers-timeout', host: 'oauth.oclc.org', ms: 1 } as const;
    const { authorizer, header } = tokens((_, nth) =>
      nth === 1
        ? fault
        : nth === 2
          ? { status: 503, text: '<html>busy' }
          : nth === 3
            ? { text: '{}' }
            : granted(_, nth),
    );
    expect(await authorizer.authorize('POST', url)).toMatchObject({
      ok: false,
      error: { code: 'not-sent', sentence: expect.not.stringContaining('may not have happened') },
    });
    expect([await header(), await header(), await header()]).toEqual(['not-sent', 'unreadable-answer', 'Bearer tk_4']);
  });

  it('without a key nothing is asked', async () => {
    const { http, header } = tokens(granted, { key: () => undefined });
    expect(await header()).toBe('configuration');
    expect(http.sent).toHaveLength(0);
  });
});

describe('a gateway’s refusal', () => {
  const html =
    '<html><head><title>401</title></head><body>WSKeyV2 error="invalid_request" error_description="request has invalid signature"</body></html>';
  const seen = (status: number, text: string, headers: Record<string, string> = {}) =>
    readRefusal({ status, text, headers }, 'WMS circulation');

  it.each([
    ['token-401.json', 401, 'key-invalid', 'credentials-refused', 'library-administrator', 'never'],
    ['token-401.xml', 401, 'token-invalid', 'credentials-refused', 'nobody', 'now'],
    ['token-403.json', 403, 'not-allowed', 'no-permission', 'library-administrator', 'never'],
    ['token-403-older.json', 403, 'not-allowed', 'no-permission', 'library-administrator', 'never'],
    ['scim-error-403.json', 403, 'not-allowed', 'no-permission', 'library-administrator', 'never'],
  ])('%s is read by its content', (file, status, kind, code, mender, retry) => {
    const text = textOfFile(`oclc/${file}`);
    expect(seen(status, text)).toMatchObject({ case: kind, error: { code, mender, retry } });
    // The body's own code counts, whatever the proxy says.
    expect(seen(200, text)?.case).toBe(kind);
  });

  it('of a signature points at the clock as well as at the key', () => {
    expect(seen(401, html)).toMatchObject({ case: 'signature-invalid', error: { mender: 'it' } });
    expect(seen(401, html)?.error.sentence).toMatch(/clock.*secret/);
    expect(seen(401, '', { 'www-authenticate': 'WSKeyV2 error_description="invalid signature"' })?.case).toBe(
      'signature-invalid',
    );
  });

  it('tells quota, bare statuses and everything else apart', () => {
    expect(seen(429, '')).toMatchObject({ case: 'quota', error: { code: 'refused', retry: 'later' } });
    expect(seen(403, '{"code":403,"message":"limit exceeded"}')?.case).toBe('quota');
    expect(seen(401, '')?.case).toBe('unauthorized');
    expect(seen(403, '<html>Forbidden')?.case).toBe('forbidden');
    expect(seen(401, '{"error":"invalid_client","error_description":"Bad client credentials"}')?.case).toBe(
      'key-invalid',
    );
    for (const status of [200, 400, 404, 500, 502]) expect(seen(status, '<html>x')).toBeUndefined();
    expect(seen(200, '<error><code>401</code>')).toBeUndefined();
  });

  it('quotes the words and never the whole page', () => {
    expect(seen(401, textOfFile('oclc/token-401.json'))?.error.theirWords).toBe('WSKey example-key is invalid');
    expect(seen(403, `<html>${'x'.repeat(5000)}`)?.error.theirWords?.length).toBeLessThanOrEqual(200);
  });
});
