import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';
import { promisify } from 'node:util';
import { z } from 'zod';

/**
 * A file under a passphrase: one line of JSON that says how, then the encrypted bytes, then the 16 bytes that prove that
 * nothing was changed. The key is scrypt (RFC 7914) of the passphrase in Unicode's NFC; the cipher AES-256-GCM (NIST SP
 * 800-38D) with the line of JSON, its newline included, as associated data.
 */
const Head = z.object({
  carrel: z.literal('sealed-file'),
  version: z.literal(1),
  kdf: z.literal('scrypt'),
  N: z.literal(131_072),
  r: z.literal(8),
  p: z.literal(1),
  salt: z.base64(),
  cipher: z.literal('aes-256-gcm'),
  iv: z.base64(),
  /** Length of what is inside, bytes: so that a file cut short is not taken for a wrong passphrase. */
  bytes: z.number().int().min(0),
});

const BEGINS = '{"carrel":"sealed-file",';
const LONGEST_HEAD = 1000;
const TAG_BYTES = 16;
const KEY_BYTES = 32;
/** N · r · 128 bytes are what scrypt works in; Node wants leave for more than 32 MiB. */
const WORKING_BYTES = 256 * 1024 * 1024;

export type Opened =
  | { readonly ok: true; readonly content: Buffer }
  | { readonly ok: false; readonly why: 'truncated' | 'other-version' | 'wrong-passphrase' };

export async function sealFile(content: Buffer, passphrase: string): Promise<Buffer> {
  const salt = randomBytes(16);
  const iv = randomBytes(12);
  const head = Head.parse({
    carrel: 'sealed-file',
    version: 1,
    kdf: 'scrypt',
    N: 131_072,
    r: 8,
    p: 1,
    salt: salt.toString('base64'),
    cipher: 'aes-256-gcm',
    iv: iv.toString('base64'),
    bytes: content.length,
  });
  const line = Buffer.from(`${JSON.stringify(head)}\n`, 'utf8');
  const cipher = createCipheriv('aes-256-gcm', await keyOf(passphrase, salt), iv).setAAD(line);
  return Buffer.concat([line, cipher.update(content), cipher.final(), cipher.getAuthTag()]);
}

/** True for what {@link sealFile} wrote, in this or another version, whole or cut short. */
export function isSealedFile(file: Buffer): boolean {
  return file.subarray(0, BEGINS.length).toString('utf8') === BEGINS;
}

/** @param file one of which {@link isSealedFile} is true */
export async function openSealedFile(file: Buffer, passphrase: string): Promise<Opened> {
  const end = file.subarray(0, LONGEST_HEAD).indexOf('\n');
  if (end === -1) return { ok: false, why: 'truncated' };
  const line = file.subarray(0, end + 1);
  const head = Head.safeParse(jsonOf(line));
  if (!head.success) return { ok: false, why: 'other-version' };
  const { salt, iv, bytes } = head.data;
  if (file.length !== line.length + bytes + TAG_BYTES) return { ok: false, why: 'truncated' };
  const key = await keyOf(passphrase, Buffer.from(salt, 'base64'));
  const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(iv, 'base64'))
    .setAAD(line)
    .setAuthTag(file.subarray(-TAG_BYTES));
  const content = decipher.update(file.subarray(line.length, -TAG_BYTES));
  try {
    return { ok: true, content: Buffer.concat([content, decipher.final()]) };
  } catch {
    // The proof does not hold: another passphrase, or bytes that were changed. Nothing can tell which.
    return { ok: false, why: 'wrong-passphrase' };
  }
}

function jsonOf(line: Buffer): unknown {
  try {
    return JSON.parse(line.toString('utf8'));
  } catch {
    // Whatever it is, it is no head of ours.
    return undefined;
  }
}

const derived = promisify<string, Buffer, number, object, Buffer>(scrypt);

function keyOf(passphrase: string, salt: Buffer): Promise<Buffer> {
  return derived(passphrase.normalize('NFC'), salt, KEY_BYTES, { N: 131_072, r: 8, p: 1, maxmem: WORKING_BYTES });
}
