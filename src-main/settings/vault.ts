import { z } from 'zod';
import type { SecretName, SecretState } from '../contract/settings.ts';
import { readJson, writeJson } from './json-file.ts';

/** The operating system's encryption, as the shell provides it. */
export interface SecretCipher {
  available(): Promise<boolean>;
  encrypt(text: string): Promise<Uint8Array>;
  /** `again`: the key has changed and the text should be encrypted anew. Rejects with {@link CipherBusy} when only later. */
  decrypt(bytes: Uint8Array): Promise<{ readonly text: string; readonly again: boolean }>;
}

/** The key store is there but not open yet (locked keychain, portal not answering): a reason to try later, not a loss. */
export class CipherBusy extends Error {}

const Entry = z.object({
  blob: z.base64(),
  /** First three bytes of the ciphertext: which provider made it. */
  tag: z.string(),
  appVersion: z.string(),
  createdAt: z.string(),
  /** The server refused it; it is not sent again until it is typed anew. */
  rejected: z.boolean().optional(),
});
const VaultFile = z.object({ version: z.literal(1), entries: z.record(z.string(), Entry), setAside: z.array(Entry) });
type VaultFile = z.infer<typeof VaultFile>;

export interface VaultOptions {
  readonly path: string;
  readonly cipher: SecretCipher;
  readonly platform: NodeJS.Platform;
  /** By managed setting only. */
  readonly allowWeak: boolean;
  readonly appVersion: string;
  readonly now: () => Date;
  /** Secrets that live until Carrel closes; given from outside, so that they outlive a change of settings. */
  readonly session: SessionSecrets;
}

/** Secrets by name as they are held in memory. */
export type SessionSecrets = Map<string, { readonly value: string; readonly rejected: boolean }>;

const EMPTY: VaultFile = { version: 1, entries: {}, setAside: [] };

/**
 * Keeps passwords and keys. On Linux Chromium always registers a provider with a fixed key, so "available" proves
 * nothing: a probe is encrypted and its tag read, and `v10` (the fixed key) counts as unprotected. Unprotected secrets
 * stay in memory for the session; there is no plain-text fallback.
 */
export class Vault {
  readonly #options: VaultOptions;
  readonly #session: SessionSecrets;
  #file: VaultFile;
  readonly protection: 'protected' | 'weak' | 'unavailable';

  private constructor(options: VaultOptions, file: VaultFile, protection: Vault['protection']) {
    this.#options = options;
    this.#session = options.session;
    this.#file = file;
    this.protection = protection;
  }

  static async open(options: VaultOptions): Promise<Vault> {
    const read = await readJson(options.path);
    const parsed = read.found ? VaultFile.safeParse(read.value) : undefined;
    return new Vault(options, parsed?.success ? parsed.data : EMPTY, await Vault.#probe(options));
  }

  static async #probe({ cipher, platform }: VaultOptions): Promise<Vault['protection']> {
    if (!(await cipher.available())) return 'unavailable';
    if (platform !== 'linux') return 'protected';
    return tagOf(await cipher.encrypt('probe')) === 'v10' ? 'weak' : 'protected';
  }

  get keeps(): boolean {
    return this.protection === 'protected' || (this.protection === 'weak' && this.#options.allowWeak);
  }

  /** Why secrets are not kept, in a sentence; undefined when they are. */
  get sentence(): string | undefined {
    if (this.keeps) return undefined;
    return 'This computer offers no protected place for passwords, so Carrel keeps them only until it closes. Type them in each shift, or ask IT to set up a secret service (keyring).';
  }

  /** Stores a secret and forgets any refusal of the one before. */
  async set(name: SecretName | 'journal-key' | 'lock-pin', value: string): Promise<void> {
    if (!this.keeps) {
      this.#session.set(name, { value, rejected: false });
      return;
    }
    const blob = await this.#options.cipher.encrypt(value);
    await this.#write({
      ...this.#file,
      entries: {
        ...this.#file.entries,
        [name]: {
          blob: Buffer.from(blob).toString('base64'),
          tag: tagOf(blob),
          appVersion: this.#options.appVersion,
          createdAt: this.#options.now().toISOString(),
        },
      },
    });
    this.#session.set(name, { value, rejected: false });
  }

  /** The secret, or undefined when there is none, it was rejected, or it cannot be opened now. */
  async get(name: SecretName | 'journal-key' | 'lock-pin'): Promise<string | undefined> {
    const held = this.#session.get(name);
    if (held !== undefined) return held.rejected ? undefined : held.value;
    const entry = this.#file.entries[name];
    if (entry === undefined || entry.rejected === true) return undefined;
    try {
      const { text, again } = await this.#options.cipher.decrypt(Buffer.from(entry.blob, 'base64'));
      if (again) await this.set(name, text);
      else this.#session.set(name, { value: text, rejected: false });
      return text;
    } catch (error) {
      if (error instanceof CipherBusy) return undefined;
      // Made with a key that is gone. Kept aside, so that it can be examined, and asked for anew: never tried in a loop.
      const { [name]: lost, ...entries } = this.#file.entries;
      await this.#write({ ...this.#file, entries, setAside: lost === undefined ? [] : [...this.#file.setAside, lost] });
      return undefined;
    }
  }

  /** Marks a secret as refused by its server; it is not handed out again until it is set anew. */
  async reject(name: SecretName): Promise<void> {
    const held = this.#session.get(name);
    if (held !== undefined) this.#session.set(name, { ...held, rejected: true });
    const entry = this.#file.entries[name];
    if (entry !== undefined) {
      await this.#write({ ...this.#file, entries: { ...this.#file.entries, [name]: { ...entry, rejected: true } } });
    }
  }

  state(name: SecretName): SecretState {
    const held = this.#session.get(name);
    const entry = this.#file.entries[name];
    if (held?.rejected === true || entry?.rejected === true) return 'rejected';
    if (entry !== undefined) return 'kept';
    return held === undefined ? 'none' : 'session';
  }

  async #write(file: VaultFile): Promise<void> {
    await writeJson(this.#options.path, file);
    this.#file = file;
  }
}

function tagOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.subarray(0, 3)).toString('latin1');
}
