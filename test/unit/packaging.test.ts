import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import Ajv from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const root = join(import.meta.dirname, '..', '..');
const require = createRequire(import.meta.url);
const builder = createRequire(require.resolve('electron-builder/package.json'));
const scheme = JSON.parse(
  readFileSync(join(dirname(builder.resolve('app-builder-lib/package.json')), 'scheme.json'), 'utf8'),
);
const config = parse(readFileSync(join(root, 'electron-builder.yml'), 'utf8'));
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const lock = readFileSync(join(root, 'package-lock.json'), 'utf8');

describe('packaging', () => {
  const validate = new Ajv({ strict: false, allErrors: true, validateFormats: false }).compile(scheme);

  it('fits the builder’s own schema', () => {
    expect(validate(config), JSON.stringify(validate.errors)).toBe(true);
  });

  it('would be refused by that schema with a misspelt key', () => {
    expect(validate({ ...config, electronFuzes: {} })).toBe(false);
  });

  it('hardens every fuse of the release', () => {
    expect(config.electronFuses).toEqual({
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      loadBrowserProcessSpecificV8Snapshot: false,
      grantFileProtocolExtraPrivileges: false,
    });
  });

  it('packs the built bundles and the native addon outside the archive', () => {
    expect(config.files).toContain('out/**');
    expect(config.asarUnpack).toContain('**/*.node');
    expect(manifest.main).toMatch(/^out\//);
  });
});

describe('the manifest', () => {
  it('pins every version exactly', () => {
    for (const version of Object.values({ ...manifest.dependencies, ...manifest.devDependencies })) {
      expect(version).toMatch(/^\d+\.\d+\.\d+$/);
    }
  });

  it('locks without naming a registry', () => {
    expect(lock).not.toMatch(/"resolved"/);
    expect(lock).not.toMatch(/registry\./);
  });

  it('ships few dependencies', () => {
    expect(Object.keys(manifest.dependencies).sort()).toEqual(['better-sqlite3', 'saxes', 'undici', 'zod']);
  });
});
