import { createHmac, randomBytes } from 'node:crypto';
import { fail, ok, type Result } from '../base.ts';
import type { Authorizer, OclcKey, Principal } from './key.ts';

/**
 * WSKey HMAC signature, version 1 (OCLC "HMAC Signature"). Host, port and path in the signed text are constants of the
 * scheme, so the signature covers neither the address nor the body; tokens are the better choice where they are offered.
 */
const SCHEME = 'http://www.worldcat.org/wskey/v2/hmac/v1';
const SIGNED_HOST = 'www.oclc.org';
const SIGNED_PORT = '443';
const SIGNED_PATH = '/wskey';

export interface HmacCall {
  readonly method: string;
  readonly url: URL;
  /** Unix time in whole seconds. */
  readonly timestamp: number;
  /** New for each call. */
  readonly nonce: string;
}

/** The text that is signed: every part ends in a newline, the last one too. The body hash is always empty. */
export function hmacText(key: string, call: HmacCall): string {
  const parts = [
    key,
    String(call.timestamp),
    call.nonce,
    '',
    call.method.toUpperCase(),
    SIGNED_HOST,
    SIGNED_PORT,
    SIGNED_PATH,
    ...normalisedQuery(call.url.search),
  ];
  return parts.map((part) => `${part}\n`).join('');
}

/** Base64 of HMAC-SHA256; the secret is used as the UTF-8 text it is, not decoded. */
export function hmacSignature(key: OclcKey, call: HmacCall): string {
  return createHmac('sha256', key.secret).update(hmacText(key.key, call), 'utf8').digest('base64');
}

/** The value of the `Authorization` header. */
export function hmacHeader(key: OclcKey, call: HmacCall, principal?: Principal): string {
  const fields: [string, string][] = [
    ['clientId', key.key],
    ['timestamp', String(call.timestamp)],
    ['nonce', call.nonce],
    ['signature', hmacSignature(key, call)],
  ];
  if (principal !== undefined) fields.push(['principalID', principal.id], ['principalIDNS', principal.namespace]);
  return `${SCHEME} ${fields.map(([name, value]) => `${name}="${value}"`).join(', ')}`;
}

/** Each `name=value` decoded (`+` is a space), encoded again by RFC 3986 §2.3, and the pairs sorted as text. */
function normalisedQuery(search: string): string[] {
  const query = search.replace(/^\?/, '');
  if (query === '') return [];
  return query
    .split('&')
    .map((pair) => {
      const at = pair.indexOf('=');
      const name = at < 0 ? pair : pair.slice(0, at);
      const value = at < 0 ? '' : pair.slice(at + 1);
      return `${recoded(name)}=${recoded(value)}`;
    })
    .sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

function recoded(part: string): string {
  const plain = part.replace(/\+/g, ' ');
  let decoded = plain;
  try {
    decoded = decodeURIComponent(plain);
  } catch (error) {
    // A `%` that begins no escape stands for itself.
    if (!(error instanceof URIError)) throw error;
  }
  return encodeURIComponent(decoded).replace(
    /[!'()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
}

export interface HmacParts {
  readonly key: () => OclcKey | undefined;
  readonly principal?: Principal;
  /** Wall clock, epoch milliseconds. */
  readonly now: () => number;
  readonly nonce?: () => string;
}

/** Signs each call by itself; there is nothing to renew. */
export function createHmacAuthorizer(parts: HmacParts): Authorizer {
  const nonce = parts.nonce ?? (() => randomBytes(4).toString('hex'));
  return {
    authorize(method, url): Promise<Result<string>> {
      const key = parts.key();
      if (key === undefined) return Promise.resolve(noKey());
      const call: HmacCall = { method, url, timestamp: Math.floor(parts.now() / 1000), nonce: nonce() };
      return Promise.resolve(ok(hmacHeader(key, call, parts.principal)));
    },
    refused: () => false,
  };
}

/** No key was entered: nothing can be sent to OCLC. */
export function noKey() {
  return fail(
    'configuration',
    'Carrel has no WSKey for OCLC, so nothing was sent to WMS. A library administrator must enter the key and its secret in Settings.',
    { mender: 'library-administrator' },
  );
}
