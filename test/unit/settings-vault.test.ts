import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CipherBusy, Vault, type SecretCipher } from '../../src-main/settings/vault.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'carrel-vault-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A reversible cipher with the given provider tag; not secure, and not meant to be. */
function cipher(tag: string, more: Partial<SecretCipher> = {}): SecretCipher {
  return {
    available: () => Promise.resolve(true),
    encrypt: (text) => Promise.resolve(Buffer.from(tag + Buffer.from(text).toString('base64'))),
    decrypt: (bytes) =>
      Promise.resolve({ text: Buffer.from(Buffer.from(bytes).toString().slice(3), 'base64').toString(), again: false }),
    ...more,
  };
}

function open(given: { cipher: SecretCipher; platform?: NodeJS.Platform; allowWeak?: boolean }): Promise<Vault> {
  return Vault.open({
    path: join(folder, 'secrets.json'),
    platform: 'linux',
    allowWeak: false,
    session: new Map(),
    appVersion: '0.1.0',
    now: () => new Date('2026-11-23T09:00:00Z'),
    ...given,
  });
}

describe('where a password goes', () => {
  it('is kept when the system protects it, with the tag, version and time beside it', async () => {
    const vault = await open({ cipher: cipher('v11') });
    await vault.set('reshare-password', 'swordfish');
    expect(vault.state('reshare-password')).toBe('kept');
    const file = JSON.parse(readFileSync(join(folder, 'secrets.json'), 'utf8'));
    expect(file.entries['reshare-password']).toMatchObject({
      tag: 'v11',
      appVersion: '0.1.0',
      createdAt: '2026-11-23T09:00:00.000Z',
    });
    const later = await open({ cipher: cipher('v11') });
    expect(await later.get('reshare-password')).toBe('swordfish');
  });

  it('stays in memory on Linux where only the fixed key (v10) is there, and says so', async () => {
    const vault = await open({ cipher: cipher('v10') });
    await vault.set('reshare-password', 'swordfish');
    expect(vault.state('reshare-password')).toBe('session');
    expect(vault.sentence).toMatch(/only until it closes/);
    expect(await vault.get('reshare-password')).toBe('swordfish');
    const later = await open({ cipher: cipher('v10') });
    expect(await later.get('reshare-password')).toBeUndefined();
    expect(() => readFileSync(join(folder, 'secrets.json'))).toThrow(/ENOENT/);
  });

  it('is kept weakly only where an administrator allowed it', async () => {
    const vault = await open({ cipher: cipher('v10'), allowWeak: true });
    await vault.set('reshare-password', 'swordfish');
    expect(vault.state('reshare-password')).toBe('kept');
    expect(vault.sentence).toBeUndefined();
  });

  it('does not look at the tag on Windows, whose provider is the only one', async () => {
    expect((await open({ cipher: cipher('v10'), platform: 'win32' })).keeps).toBe(true);
  });

  it('stays in memory when there is no encryption at all', async () => {
    const vault = await open({ cipher: cipher('v11', { available: () => Promise.resolve(false) }) });
    await vault.set('inventory-password', 'x');
    expect(vault.state('inventory-password')).toBe('session');
  });

  it('never writes the text itself', async () => {
    const vault = await open({ cipher: cipher('v11') });
    await vault.set('reshare-password', 'swordfish');
    expect(readFileSync(join(folder, 'secrets.json'), 'utf8')).not.toContain('swordfish');
  });
});

describe('trouble', () => {
  it('keeps a refused password out of use until it is set anew, across starts', async () => {
    const vault = await open({ cipher: cipher('v11') });
    await vault.set('reshare-password', 'wrong');
    await vault.reject('reshare-password');
    expect(await vault.get('reshare-password')).toBeUndefined();
    const later = await open({ cipher: cipher('v11') });
    expect(later.state('reshare-password')).toBe('rejected');
    expect(await later.get('reshare-password')).toBeUndefined();
    await later.set('reshare-password', 'right');
    expect(await later.get('reshare-password')).toBe('right');
  });

  it('keeps a blob that cannot be opened aside and asks anew, without a loop', async () => {
    await (await open({ cipher: cipher('v11') })).set('reshare-password', 'swordfish');
    let tries = 0;
    const broken = cipher('v11', {
      decrypt: () => {
        tries += 1;
        return Promise.reject(new Error('key lost'));
      },
    });
    const vault = await open({ cipher: broken });
    expect(await vault.get('reshare-password')).toBeUndefined();
    expect(await vault.get('reshare-password')).toBeUndefined();
    expect(tries).toBe(1);
    expect(vault.state('reshare-password')).toBe('none');
    expect(JSON.parse(readFileSync(join(folder, 'secrets.json'), 'utf8')).setAside).toHaveLength(1);
  });

  it('takes "temporarily unavailable" for later, not for lost', async () => {
    await (await open({ cipher: cipher('v11') })).set('reshare-password', 'swordfish');
    let busy = true;
    const vault = await open({
      cipher: cipher('v11', {
        decrypt: () =>
          busy ? Promise.reject(new CipherBusy('locked')) : Promise.resolve({ text: 'swordfish', again: false }),
      }),
    });
    expect(await vault.get('reshare-password')).toBeUndefined();
    busy = false;
    expect(await vault.get('reshare-password')).toBe('swordfish');
  });

  it('encrypts anew when the key has changed', async () => {
    await (await open({ cipher: cipher('v11') })).set('reshare-password', 'swordfish');
    const vault = await open({
      cipher: cipher('v12', { decrypt: () => Promise.resolve({ text: 'swordfish', again: true }) }),
    });
    expect(await vault.get('reshare-password')).toBe('swordfish');
    expect(JSON.parse(readFileSync(join(folder, 'secrets.json'), 'utf8')).entries['reshare-password'].tag).toBe('v12');
  });
});
