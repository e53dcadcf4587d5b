import { describe, expect, it } from 'vitest';
import { createHmacAuthorizer, hmacHeader, hmacSignature, hmacText } from '../../src-main/systems/wms/auth/hmac.ts';

const published = { key: 'api-key', secret: 'api-key-secret' };
const example = { key: 'example-key', secret: 'example-secret' };
const call = (method: string, url: string, timestamp: number, nonce: string) => ({
  method,
  url: new URL(url),
  timestamp,
  nonce,
});
const first = (url: string) => call('GET', url, 1386264196, 'as7shfn3');
const later = (method: string, url: string) => call(method, url, 1700000000, '0badc0de');

describe('WSKey HMAC signature', () => {
  // The first three are published with OCLC's client libraries; the others were made for this project with two
  // independent implementations.
  it.each([
    [
      published,
      first('https://worldcat.org/circ/availability/sru/service?x-registryId=91475&query=no:+ocm42692282'),
      'iuWyElIi0pvb2ahNyzDK1kRj+qE0Wr4eCRwPrLhwXcI=',
    ],
    [
      published,
      first('https://128807.share.worldcat.org/ncip/circ-patron'),
      'zzKvqg051OgLuTcE8HqPUjF1TaHyBk+iUnfBr9xMngY=',
    ],
    [
      { key: 'test', secret: 'secret' },
      call('GET', 'http://www.oclc.org/test', 1386968102, '2382dbb7'),
      'y0avD+LN2+UwehWjnezKgtECVcpD6a9ff7HBldQfKUQ=',
    ],
    [example, later('POST', 'https://circ.sd00.worldcat.org/ncip'), 'm894jR6b69owSYa1503eMbrr+ISqrn9M8Z7FeDB2tGw='],
    [
      example,
      later(
        'POST',
        'https://circ.sd00.worldcat.org/ncip?inst=900001&principalID=11111111-2222-3333-4444-555555555555&principalIDNS=urn:oclc:wms:da',
      ),
      'w443CN7joX1kNWjU7y2deiKY1BASgNNjeNzkhfouzm0=',
    ],
    [
      example,
      later('GET', 'https://worldcat.org/circ/availability/sru/service?x-registryId=900001&query=no:ocm00000042'),
      'kYTYvoN7dHe8uA3C/4NjrqLSUifPGDv2I8eBbKdssnA=',
    ],
    [
      example,
      later(
        'GET',
        "https://worldcat.org/circ/availability/sru/service?x-registryId=900001&query=no:%2042&z=%7E!*'()&a=%C3%A9",
      ),
      's2twkRVotiUQlzdlbTrH6x5vkvqBjjyKn59ZQp0wark=',
    ],
    [
      example,
      later('POST', 'https://oauth.oclc.org/token?grant_type=client_credentials&scope=WMS_NCIP%20context:900001'),
      '0Xbih1Wcbgw0iO9chuCUO/7N5A0LdXn+kpBLjZELlr0=',
    ],
  ])('%# signs as the vector says', (key, request, signature) => {
    expect(hmacSignature(key, request)).toBe(signature);
  });

  it('ends the signed text in a newline, with and without a query', () => {
    expect(hmacText('k', later('post', 'https://x.example/ncip'))).toBe(
      'k\n1700000000\n0badc0de\n\nPOST\nwww.oclc.org\n443\n/wskey\n',
    );
    expect(hmacText('k', later('GET', 'https://x.example/?b=2&a=%&a&c=+'))).toMatch(
      /\/wskey\na=\na=%25\nb=2\nc=%20\n$/,
    );
  });

  it('puts the fields, and a principal when there is one, into one header', () => {
    const request = later('POST', 'https://circ.sd00.worldcat.org/ncip');
    const signed =
      'http://www.worldcat.org/wskey/v2/hmac/v1 clientId="example-key", timestamp="1700000000", nonce="0badc0de", signature="m894jR6b69owSYa1503eMbrr+ISqrn9M8Z7FeDB2tGw="';
    expect(hmacHeader(example, request)).toBe(signed);
    expect(hmacHeader(example, request, { id: 'p', namespace: 'urn:n' })).toBe(
      `${signed}, principalID="p", principalIDNS="urn:n"`,
    );
  });

  it('signs each call with the seconds of the clock and a nonce of its own', async () => {
    const authorizer = createHmacAuthorizer({ key: () => example, now: () => 1700000000_999 });
    const url = new URL('https://circ.sd00.worldcat.org/ncip');
    const headers = await Promise.all([authorizer.authorize('POST', url), authorizer.authorize('POST', url)]);
    const texts = headers.map((header) => (header.ok ? header.value : ''));
    expect(texts[0]).toMatch(/timestamp="1700000000", nonce="[0-9a-f]{8}"/);
    expect(texts[0]).not.toBe(texts[1]);
    expect(authorizer.refused(texts[0] ?? '')).toBe(false);
    const none = createHmacAuthorizer({ key: () => undefined, now: () => 0 });
    expect(await none.authorize('POST', url)).toMatchObject({
      ok: false,
      error: { code: 'configuration', mender: 'library-administrator' },
    });
  });
});
