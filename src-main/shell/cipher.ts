import { app, safeStorage } from 'electron';
import { CipherBusy, type SecretCipher } from '../settings/vault.ts';

/** The operating system's encryption through Electron's asynchronous interface (the synchronous one is deprecated in 45). */
export const systemCipher: SecretCipher = {
  // Safe storage exists once Electron is ready; whoever asks earlier waits.
  available: () => app.whenReady().then(() => safeStorage.isAsyncEncryptionAvailable()),
  encrypt: (text) => safeStorage.encryptStringAsync(text),
  async decrypt(bytes) {
    try {
      const { result, shouldReEncrypt } = await safeStorage.decryptStringAsync(Buffer.from(bytes));
      return { text: result, again: shouldReEncrypt };
    } catch (error) {
      if (error instanceof Error && /temporarily unavailable/i.test(error.message)) throw new CipherBusy(error.message);
      throw error;
    }
  },
};
