import { createHmac, timingSafeEqual } from 'node:crypto';

/** An Authorization header of WSKey HMAC version 1, taken apart. */
export interface HmacHeader {
  readonly key: string;
  readonly timestamp: string;
  readonly nonce: string;
  readonly signature: string;
}

const PREFIX = 'http://www.worldcat.org/wskey/v2/hmac/v1';

/** undefined when the header is of another kind or lacks a part. Names are compared without regard to case: OCLC's own code differs. */
export function readHmac(authorization: string): HmacHeader | undefined {
  if (!authorization.startsWith(PREFIX)) return undefined;
  const parts = new Map<string, string>();
  for (const [, name = '', text = ''] of authorization.slice(PREFIX.length).matchAll(/(\w+)\s*=\s*"([^"]*)"/g)) {
    parts.set(name.toLowerCase(), text);
  }
  const key = parts.get('clientid');
  const timestamp = parts.get('timestamp');
  const nonce = parts.get('nonce');
  const signature = parts.get('signature');
  if (key === undefined || timestamp === undefined || nonce === undefined || signature === undefined) return undefined;
  return { key, timestamp, nonce, signature };
}

export function isHmac(authorization: string): boolean {
  return authorization.startsWith(PREFIX);
}

/**
 * The signature WSKey HMAC v1 wants. Host, port and path in the string are constants whatever the real address is, the body does not
 * count, and each query parameter is decoded (plus is a space), encoded by RFC 3986 and sorted (OCLC developer pages; the vectors
 * of OCLC's libraries are in the tests).
 */
export function signatureOf(
  header: Pick<HmacHeader, 'key' | 'timestamp' | 'nonce'>,
  secret: string,
  method: string,
  query: string,
): string {
  const lines = [
    header.key,
    header.timestamp,
    header.nonce,
    '',
    method.toUpperCase(),
    'www.oclc.org',
    '443',
    '/wskey',
    ...parameters(query),
  ];
  const signed = lines.map((line) => `${line}\n`).join('');
  return createHmac('sha256', secret).update(signed, 'utf8').digest('base64');
}

export function sameSignature(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function parameters(query: string): readonly string[] {
  if (query === '') return [];
  const pairs = query.split('&').map((pair) => {
    const split = pair.indexOf('=');
    const [name, text] = split < 0 ? [pair, ''] : [pair.slice(0, split), pair.slice(split + 1)];
    return `${recode(name)}=${recode(text)}`;
  });
  return pairs.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

function recode(text: string): string {
  const plain = decodeURIComponent(text.replaceAll('+', ' '));
  return encodeURIComponent(plain).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}
