import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** Cost of one try, so that a stolen hash of few digits is slow to guess: 2^15 rounds of 8 blocks, 32 MiB (RFC 7914). */
const COST = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 } as const;
const BYTES = 32;

/** A PIN as it may be kept: `scrypt:<salt>:<hash>`, base64. */
export async function hashPin(pin: string): Promise<string> {
  const salt = randomBytes(16);
  return `scrypt:${salt.toString('base64')}:${(await derive(pin, salt)).toString('base64')}`;
}

/** Whether it is that PIN; false also for something that is no hash of ours. */
export async function isPin(pin: string, kept: string): Promise<boolean> {
  const [kind, salt, hash] = kept.split(':');
  if (kind !== 'scrypt' || salt === undefined || hash === undefined) return false;
  const wanted = Buffer.from(hash, 'base64');
  const given = await derive(pin, Buffer.from(salt, 'base64'));
  return wanted.length === given.length && timingSafeEqual(wanted, given);
}

function derive(pin: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(pin, salt, BYTES, COST, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });
}
