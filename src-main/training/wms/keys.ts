import { json, type Reply } from '../http.ts';
import type { WmsCall } from './call.ts';
import { isHmac, readHmac, sameSignature, signatureOf } from './hmac.ts';
import { escapeXml } from './xml.ts';

/** A WSKey: whose it is does not matter here, what it may do does. */
export interface WsKey {
  readonly key: string;
  readonly secret: string;
  readonly scopes: readonly string[];
  /** Registry ids it may act for. */
  readonly institutions: readonly string[];
  /** Refusals in the wording of OCLC's older host. */
  readonly olderWording?: true;
}

/** How far a client's clock may be off; what OCLC allows is not published. */
const CLOCK_DRIFT_SECONDS = 900;

interface Grant {
  readonly key: WsKey;
  readonly scopes: readonly string[];
  /** Epoch milliseconds. */
  readonly expires: number;
}

/** The keys and the access tokens given out for them. */
export class WsKeys {
  readonly #keys = new Map<string, WsKey>();
  readonly #tokens = new Map<string, Grant>();
  readonly #nonces = new Set<string>();
  readonly #now: () => number;
  readonly #token: () => string;

  /** `token` makes a fresh token's text. */
  constructor(keys: readonly WsKey[], now: () => number, token: () => string) {
    for (const key of keys) this.#keys.set(key.key, key);
    this.#now = now;
    this.#token = token;
  }

  /** HTTP Basic: the key, or the refusal. */
  byBasic(authorization: string): WsKey | Reply {
    const [id = '', ...rest] = Buffer.from(authorization.slice('Basic '.length), 'base64').toString('utf8').split(':');
    const key = this.#keys.get(id);
    return key?.secret === rest.join(':') ? key : invalidKey(id);
  }

  /** HMAC: the key, or the refusal. A nonce counts once. */
  byHmac(call: WmsCall): WsKey | Reply {
    const header = readHmac(call.headers.authorization ?? '');
    if (header === undefined) return badSignature('request is missing parts of the signature');
    const key = this.#keys.get(header.key);
    if (key === undefined) return invalidKey(header.key);
    const expected = signatureOf(header, key.secret, call.method, call.search);
    const drift = Math.abs(this.#now() / 1000 - Number(header.timestamp));
    if (!sameSignature(header.signature, expected)) return badSignature('request has invalid signature');
    if (!(drift <= CLOCK_DRIFT_SECONDS)) return badSignature('request has invalid timestamp');
    const used = `${header.key}:${header.timestamp}:${header.nonce}`;
    if (this.#nonces.has(used)) return badSignature('request has a nonce that was used before');
    this.#nonces.add(used);
    return key;
  }

  grant(
    key: WsKey,
    scopes: readonly string[],
    lifeSeconds: number,
  ): { readonly token: string; readonly expires: number } {
    const token = this.#token();
    const expires = this.#now() + lifeSeconds * 1000;
    this.#tokens.set(token, { key, scopes, expires });
    return { token, expires };
  }

  /** Takes a scope from a key, or the key itself. @throws RangeError when there is none of that id. */
  revoke(id: string, scope: string | undefined): void {
    const key = this.#keys.get(id);
    if (key === undefined) throw new RangeError(`No WSKey ${id}`);
    if (scope === undefined) this.#keys.delete(id);
    else this.#keys.set(id, { ...key, scopes: key.scopes.filter((one) => one !== scope) });
  }

  /** Every token given out so far is good for nothing from now on. */
  revokeAll(): void {
    this.#tokens.clear();
  }

  /** The key behind a call that may use the scope, or the refusal. */
  allow(call: WmsCall, scope: string): WsKey | Reply {
    const authorization = call.headers.authorization ?? '';
    if (isHmac(authorization)) {
      const key = this.byHmac(call);
      if ('status' in key) return key;
      return key.scopes.includes(scope) ? key : notAllowed(key);
    }
    const token = /^Bearer\s+(\S+)$/i.exec(authorization)?.[1];
    const grant = token === undefined ? undefined : this.#tokens.get(token);
    if (grant === undefined || this.#now() >= grant.expires) return invalidToken();
    return grant.scopes.includes(scope) ? grant.key : notAllowed(grant.key);
  }
}

const older = (status: number, value: unknown): Reply => ({
  ...json(status, value),
  type: 'application/json;charset=ISO-8859-1',
});

export function invalidKey(id: string): Reply {
  return older(401, { code: { type: 'http', value: '401' }, message: `WSKey ${id} is invalid` });
}

export function notAllowed(key: WsKey): Reply {
  return key.olderWording === true
    ? older(403, { error: { errorMessage: 'unauthorized_client', errorCode: 403 } })
    : json(403, { code: 403, message: 'unauthorized_client' });
}

export function invalidToken(): Reply {
  return {
    status: 401,
    type: 'application/xml;charset=UTF-8',
    body: '<?xml version="1.0" encoding="UTF-8"?>\n<error><code type="http">401</code><message>AccessToken is not valid</message></error>\n',
  };
}

function badSignature(why: string): Reply {
  const words = `WSKeyV2 error="invalid_request" error_description="${why}"`;
  return {
    status: 401,
    type: 'text/html;charset=utf-8',
    headers: { 'www-authenticate': words },
    body: `<html><head><title>Error 401</title></head><body><h1>HTTP Status 401</h1><p>${escapeXml(words)}</p></body></html>`,
  };
}
