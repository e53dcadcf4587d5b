import { describe, expect, it } from 'vitest';
import { readHmac, signatureOf } from '../../src-main/training/wms/hmac.ts';

/** Vectors A are published in OCLC's own libraries; B were made for this project with two other implementations. */
const VECTORS: readonly (readonly [
  name: string,
  key: string,
  secret: string,
  timestamp: string,
  nonce: string,
  method: string,
  query: string,
  signature: string,
])[] = [
  [
    'A1',
    'api-key',
    'api-key-secret',
    '1386264196',
    'as7shfn3',
    'GET',
    'x-registryId=91475&query=no:+ocm42692282',
    'iuWyElIi0pvb2ahNyzDK1kRj+qE0Wr4eCRwPrLhwXcI=',
  ],
  [
    'A2',
    'api-key',
    'api-key-secret',
    '1386264196',
    'as7shfn3',
    'GET',
    '',
    'zzKvqg051OgLuTcE8HqPUjF1TaHyBk+iUnfBr9xMngY=',
  ],
  ['A3', 'test', 'secret', '1386968102', '2382dbb7', 'GET', '', 'y0avD+LN2+UwehWjnezKgtECVcpD6a9ff7HBldQfKUQ='],
  [
    'B1',
    'example-key',
    'example-secret',
    '1700000000',
    '0badc0de',
    'POST',
    '',
    'm894jR6b69owSYa1503eMbrr+ISqrn9M8Z7FeDB2tGw=',
  ],
  [
    'B2',
    'example-key',
    'example-secret',
    '1700000000',
    '0badc0de',
    'POST',
    'inst=900001&principalID=11111111-2222-3333-4444-555555555555&principalIDNS=urn:oclc:wms:da',
    'w443CN7joX1kNWjU7y2deiKY1BASgNNjeNzkhfouzm0=',
  ],
  [
    'B3',
    'example-key',
    'example-secret',
    '1700000000',
    '0badc0de',
    'GET',
    'x-registryId=900001&query=no:ocm00000042',
    'kYTYvoN7dHe8uA3C/4NjrqLSUifPGDv2I8eBbKdssnA=',
  ],
  [
    'B4',
    'example-key',
    'example-secret',
    '1700000000',
    '0badc0de',
    'GET',
    "x-registryId=900001&query=no:%2042&z=%7E!*'()&a=%C3%A9",
    's2twkRVotiUQlzdlbTrH6x5vkvqBjjyKn59ZQp0wark=',
  ],
  [
    'B5',
    'example-key',
    'example-secret',
    '1700000000',
    '0badc0de',
    'POST',
    'grant_type=client_credentials&scope=WMS_NCIP%20context:900001',
    '0Xbih1Wcbgw0iO9chuCUO/7N5A0LdXn+kpBLjZELlr0=',
  ],
];

describe('WSKey HMAC v1 of the practice WMS', () => {
  it.each(VECTORS)('signs vector %s', (_name, key, secret, timestamp, nonce, method, query, signature) => {
    expect(signatureOf({ key, timestamp, nonce }, secret, method, query)).toBe(signature);
  });

  it('reads the header whatever the case of its names, and refuses one that lacks a part', () => {
    const header = 'http://www.worldcat.org/wskey/v2/hmac/v1 clientID="k", timestamp="1", nonce="n", signature="s="';
    expect(readHmac(header)).toEqual({ key: 'k', timestamp: '1', nonce: 'n', signature: 's=' });
    expect(readHmac(header.replace('nonce', 'none'))).toBeUndefined();
    expect(readHmac('Bearer tk_x')).toBeUndefined();
  });
});
