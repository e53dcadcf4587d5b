import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';

/**
 * Field encryption for what names a patron: AES-256-GCM (NIST SP 800-38D) with a random 96-bit nonce. The associated data
 * binds a text to its row, so that two rows cannot be swapped.
 */
export class Sealer {
  readonly #key: Buffer;

  /** @param key 32 bytes as base64 */
  constructor(key: string) {
    this.#key = Buffer.from(key, 'base64');
    if (this.#key.length !== 32) throw new RangeError('a data key has 32 bytes');
  }

  static newKey(): string {
    return randomBytes(32).toString('base64');
  }

  seal(text: string, row: string): string {
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce).setAAD(Buffer.from(row, 'utf8'));
    const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return `gcm1.${nonce.toString('base64url')}.${body.toString('base64url')}.${cipher.getAuthTag().toString('base64url')}`;
  }

  /** A keyed digest (HMAC-SHA-256): equal for equal texts, and telling nothing of them without the key. */
  mark(text: string): string {
    return createHmac('sha256', this.#key).update('mark').update(text, 'utf8').digest('hex');
  }

  /** The text, or undefined when it was sealed with another key or for another row. */
  open(sealed: string, row: string): string | undefined {
    const [form, nonce, body, tag] = sealed.split('.');
    if (form !== 'gcm1' || nonce === undefined || body === undefined || tag === undefined) return undefined;
    const decipher = createDecipheriv('aes-256-gcm', this.#key, Buffer.from(nonce, 'base64url'))
      .setAAD(Buffer.from(row, 'utf8'))
      .setAuthTag(Buffer.from(tag, 'base64url'));
    try {
      return Buffer.concat([decipher.update(Buffer.from(body, 'base64url')), decipher.final()]).toString('utf8');
    } catch {
      // Authentication failed: another key, another row, or altered.
      return undefined;
    }
  }
}

/** A library card number as it may be shown and stored in the clear: its last four characters. */
export function maskCard(barcode: string): string {
  return barcode.length <= 4 ? '••••' : `•••• ${barcode.slice(-4)}`;
}
