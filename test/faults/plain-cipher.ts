import type { SecretCipher } from '../../src-main/settings/vault.ts';

const TAG = 'plain:';

/** A cipher that hides nothing, where no operating system's protected store is and only invented secrets are kept. */
export const plainCipher: SecretCipher = {
  available: () => Promise.resolve(true),
  encrypt: (text) => Promise.resolve(Buffer.from(TAG + text)),
  decrypt: (bytes) => Promise.resolve({ text: Buffer.from(bytes).toString('utf8').slice(TAG.length), again: false }),
};
