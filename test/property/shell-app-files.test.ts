import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CONTENT_SECURITY_POLICY, resolveAppFile, serveAppFile } from '../../src-main/shell/app-files.ts';

let root: string;
beforeAll(() => {
  const parent = mkdtempSync(join(tmpdir(), 'carrel-files-'));
  root = join(parent, 'renderer');
  mkdirSync(join(root, 'assets'), { recursive: true });
  writeFileSync(join(root, 'index.html'), '<!doctype html>');
  writeFileSync(join(parent, 'secret.html'), 'not ours');
  writeFileSync(join(parent, 'renderer-twin.html'), 'not ours');
});
afterAll(() => rmSync(join(root, '..'), { recursive: true, force: true }));

const piece = fc.oneof(
  fc.constantFrom(
    '..',
    '.',
    '%2e%2e',
    '%2E.',
    '..%2f',
    '%5c',
    '\\',
    '//',
    '/',
    '%00',
    'assets',
    'index.html',
    'secret.html',
    '....',
    '~',
    '%252e',
  ),
  fc.string({ maxLength: 8 }),
);

describe('files of our scheme', () => {
  it('never resolves outside the root, whatever the path', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), fc.constantFrom('/', ''), (pieces, joint) => {
        const found = resolveAppFile(`app://desk/${pieces.join(joint)}`, root);
        if (found !== undefined) expect(found.path.startsWith(root + sep)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    'app://other/index.html',
    'https://desk/index.html',
    'file:///etc/passwd',
    'app://desk/..%2fsecret.html',
    'app://desk/%2e%2e%2fsecret.html',
    'app://desk/..\\secret.html',
    'app://desk/index.html%00.js',
    'app://desk/%E0%A4%A',
    'not a url',
    'app://desk/assets/',
    'app://desk/settings.json',
  ])('does not serve %s', (url) => {
    expect(resolveAppFile(url, root)).toBeUndefined();
  });

  it('does not serve a neighbour whose name begins like the root', () => {
    expect(resolveAppFile('app://desk/../renderer-twin.html', root)?.path.startsWith(root + sep) ?? true).toBe(true);
  });

  it('serves our own page with the policy, and nothing by another method', async () => {
    const good = await serveAppFile({ url: 'app://desk/', method: 'GET' }, root);
    expect(good.status).toBe(200);
    expect(good.headers.get('content-security-policy')).toBe(CONTENT_SECURITY_POLICY);
    expect(good.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect((await serveAppFile({ url: 'app://desk/', method: 'POST' }, root)).status).toBe(404);
    const missing = await serveAppFile({ url: 'app://desk/nothing.js', method: 'GET' }, root);
    expect(missing.status).toBe(404);
    expect(missing.headers.get('content-security-policy')).toBe(CONTENT_SECURITY_POLICY);
  });

  it('has a policy without holes', () => {
    expect(CONTENT_SECURITY_POLICY).toContain("default-src 'none'");
    expect(CONTENT_SECURITY_POLICY).not.toMatch(/unsafe|\*|https?:|blob:/);
  });
});
