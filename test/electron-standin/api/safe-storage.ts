import type { DecryptStringAsyncReturnValue, SafeStorage } from 'electron';
import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto';
import { host } from '../host.ts';
import { carried } from '../not-carried.ts';
import { testHook } from '../test-hook.ts';

/**
 * A labelled fake: real encryption with a key everybody can read here, tagged as Chromium tags its own (`v10` fixed key, `v11` secret
 * service). The error texts are those of Electron's shell/browser/api/electron_api_safe_storage.cc.
 */
const TAG_LENGTH = 3;
const NONCE_LENGTH = 12;
const SEAL_LENGTH = 16;
const keys = new Map<string, Buffer>();

function keyOf(tag: string): Buffer {
  let key = keys.get(tag);
  if (!key) keys.set(tag, (key = scryptSync(`stand-in ${tag}`, 'not a secret', 32, { N: 1024 })));
  return key;
}

function encrypt(plainText: string): Buffer {
  const tag = testHook.secretMode === 'v11' ? 'v11' : 'v10';
  const nonce = randomBytes(NONCE_LENGTH);
  const cipher = createCipheriv('aes-256-gcm', keyOf(tag), nonce);
  const text = Buffer.concat([cipher.update(plainText, 'utf8'), cipher.final()]);
  return Buffer.concat([Buffer.from(tag), nonce, cipher.getAuthTag(), text]);
}

function decrypt(encrypted: Buffer): string {
  const tag = encrypted.toString('latin1', 0, TAG_LENGTH);
  const nonce = encrypted.subarray(TAG_LENGTH, TAG_LENGTH + NONCE_LENGTH);
  const sealed = encrypted.subarray(TAG_LENGTH + NONCE_LENGTH);
  try {
    const decipher = createDecipheriv('aes-256-gcm', keyOf(tag), nonce);
    decipher.setAuthTag(sealed.subarray(0, SEAL_LENGTH));
    return Buffer.concat([decipher.update(sealed.subarray(SEAL_LENGTH)), decipher.final()]).toString('utf8');
  } catch (cause) {
    throw new Error('Error while decrypting the ciphertext provided to safeStorage.decryptStringAsync.', { cause });
  }
}

const members = {
  isAsyncEncryptionAvailable(): Promise<boolean> {
    return Promise.resolve(host.ready && testHook.secretMode !== 'unavailable');
  },

  async encryptStringAsync(plainText: string): Promise<Buffer> {
    await requireReady();
    if (testHook.secretMode === 'unavailable') {
      throw new Error('Error while encrypting the text provided to safeStorage.encryptStringAsync.');
    }
    return encrypt(plainText);
  },

  async decryptStringAsync(encrypted: Buffer): Promise<DecryptStringAsyncReturnValue> {
    await requireReady();
    if (!Buffer.isBuffer(encrypted)) {
      throw new Error('Expected the first argument of decryptStringAsync() to be a buffer');
    }
    switch (testHook.secretMode) {
      case 'unavailable':
        throw new Error('Error while decrypting the ciphertext provided to safeStorage.decryptStringAsync.');
      case 'temporarily-unavailable':
        throw new Error('safeStorage.decryptStringAsync is temporarily unavailable. Please try again.');
      default:
        return { result: decrypt(encrypted), shouldReEncrypt: testHook.secretMode === 're-encrypt' };
    }
  },
};

async function requireReady(): Promise<void> {
  if (!host.ready) throw new Error('safeStorage cannot be used before app is ready');
  await Promise.resolve();
}

export const safeStorage = carried(
  'electron.safeStorage',
  members satisfies Pick<SafeStorage, 'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync'>,
);
