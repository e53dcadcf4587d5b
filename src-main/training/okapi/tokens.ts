import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** Claims of an access token as mod-authtoken writes them; `exp` and `iat` are epoch seconds. */
export interface AccessClaims {
  readonly type: 'access' | 'legacy-access';
  readonly iat: number;
  readonly exp?: number;
  readonly tenant: string;
  readonly sub: string;
  readonly user_id: string;
}

interface RefreshRecord {
  readonly tenant: string;
  readonly userId: string;
  /** Epoch milliseconds. */
  readonly expires: number;
  revoked: boolean;
}

const b64 = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Makes and judges tokens the way mod-authtoken 2.17 does (its README and Api.java). */
export class Tokens {
  #key = randomBytes(32);
  readonly #refresh = new Map<string, RefreshRecord>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Seconds since 1970 by the gateway's clock. */
  seconds(): number {
    return Math.floor(this.#now() / 1000);
  }

  /** A signed JWT (HS256). Without `lifeSeconds` it is a legacy token: no `exp`, for ever. */
  access(tenant: string, username: string, userId: string, lifeSeconds?: number): string {
    const iat = this.seconds();
    const claims: AccessClaims =
      lifeSeconds === undefined
        ? { type: 'legacy-access', iat, tenant, sub: username, user_id: userId }
        : { type: 'access', iat, tenant, sub: username, user_id: userId, exp: iat + lifeSeconds };
    // A nonce in the header keeps two tokens of one second apart, as the real signatures' inputs do.
    const head = `${b64({ alg: 'HS256', jti: randomBytes(6).toString('hex') })}.${b64(claims)}`;
    return `${head}.${this.#sign(head)}`;
  }

  /** The claims of a good access token; undefined when it is expired, badly signed or no token at all. */
  read(token: string): AccessClaims | undefined {
    const [header, payload, signature] = token.split('.');
    if (header === undefined || payload === undefined || signature === undefined) return undefined;
    const expected = Buffer.from(this.#sign(`${header}.${payload}`));
    const given = Buffer.from(signature);
    if (expected.length !== given.length || !timingSafeEqual(expected, given)) return undefined;
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as AccessClaims;
    if (claims.exp !== undefined && this.#now() / 1000 > claims.exp) return undefined;
    return claims;
  }

  /** A new refresh token: five parts like a JWE, meaning nothing to anybody but this server. */
  refresh(tenant: string, userId: string, lifeSeconds: number): string {
    const part = (bytes: number): string => randomBytes(bytes).toString('base64url');
    const token = `${b64({ enc: 'A256GCM', alg: 'dir' })}..${part(12)}.${part(90)}.${part(16)}`;
    this.#refresh.set(token, { tenant, userId, expires: this.#now() + lifeSeconds * 1000, revoked: false });
    return token;
  }

  /**
   * Uses up a refresh token. Expiry is looked at first and harms nobody else; presenting one that was already used or revoked
   * revokes every refresh token of that user.
   */
  redeem(token: string, tenant: string): string | undefined {
    const found = this.#refresh.get(token);
    if (found === undefined || found.tenant !== tenant || this.#now() >= found.expires) return undefined;
    if (found.revoked) {
      this.revokeAll(found.userId);
      return undefined;
    }
    found.revoked = true;
    return found.userId;
  }

  /** Revokes one refresh token at log-out; a token that was used before brings the same punishment as {@link redeem}. */
  revoke(token: string, tenant: string): boolean {
    return this.redeem(token, tenant) !== undefined;
  }

  /** Changes the signing key: no access token that was given out is good any more, legacy ones included. */
  expireAll(): void {
    this.#key = randomBytes(32);
  }

  revokeAll(userId: string): void {
    for (const record of this.#refresh.values()) if (record.userId === userId) record.revoked = true;
  }

  #sign(text: string): string {
    return createHmac('sha256', this.#key).update(text).digest('base64url');
  }
}
