import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { parseArguments, readAppPackage } from '../electron-standin/args.ts';
import { chromiumArguments, findChromium } from '../electron-standin/chromium.ts';
import { launchEnv, target } from '../electron-standin/target.ts';
import { fromWire, originOf, policyToWire, registerScheme, toWire } from '../electron-standin/wire-url.ts';

const folder = mkdtempSync(join(tmpdir(), 'carrel-standin-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the command line', () => {
  test('is read as Playwright writes it', () => {
    const line = [
      '-r',
      '/x/loader.js',
      '--no-sandbox',
      '--inspect=0',
      '--remote-debugging-port=0',
      '.',
      '--User-Data-Dir=/a=b',
    ];
    const { preloads, app, switches } = parseArguments(line);
    expect([preloads, app]).toEqual([['/x/loader.js'], '.']);
    expect([...switches]).toEqual([
      ['no-sandbox', ''],
      ['inspect', '0'],
      ['remote-debugging-port', '0'],
      ['user-data-dir', '/a=b'],
    ]);
  });

  test('leads to the app, or to one sentence', () => {
    writeFileSync(join(folder, 'package.json'), '{"name":"desk","productName":"Desk","version":"2.0.1","main":"m.js"}');
    writeFileSync(join(folder, 'm.js'), '');
    expect(readAppPackage(folder)).toMatchObject({ name: 'Desk', version: '2.0.1', main: join(folder, 'm.js') });
    expect(() => readAppPackage(join(folder, 'nowhere'))).toThrow('Unable to find Electron app at');
  });
});

describe('the browser', () => {
  test('is the one asked for, or one that is installed, or a sentence says what to do', () => {
    expect(findChromium({ CARREL_CHROMIUM: '/opt/chrome' })).toBe('/opt/chrome');
  });

  test('reaches no network, keeps its sandbox except for root, and joins feature lists', () => {
    const line = chromiumArguments(
      new Map([
        ['disable-features', 'Mine'],
        ['no-sandbox', ''],
      ]),
      '/p',
      false,
    );
    expect(line).toContain('--host-resolver-rules=MAP * ~NOTFOUND');
    expect(line).toContain('--remote-debugging-pipe');
    expect(line.some((part) => part.startsWith('--remote-debugging-port'))).toBe(false);
    expect(line.includes('--no-sandbox')).toBe(process.getuid?.() === 0);
    expect(line.find((part) => part.startsWith('--disable-features='))).toMatch(/Translate.*,Mine$/);
  });
});

describe('addresses', () => {
  registerScheme('app');

  test.each([
    ['app://desk/index.html?a=1#b', 'https://desk.app.standin.invalid/index.html?a=1#b'],
    ['app://desk/', 'https://desk.app.standin.invalid/'],
    ['https://example.com/', 'https://example.com/'],
    ['data:text/html,app://desk/', 'data:text/html,app://desk/'],
  ])('%s is shown to Chromium as %s and mapped back', (url, wire) => {
    expect(toWire(url)).toBe(wire);
    expect(fromWire(wire)).toBe(url);
  });

  test('an address without a path gets one, as in a browser', () => {
    expect(toWire('app://desk')).toBe('https://desk.app.standin.invalid/');
    expect(originOf('app://desk/x')).toBe('app://desk');
  });

  test('the scheme in a policy is mapped too', () => {
    expect(policyToWire("default-src 'self' app://desk; img-src app: data:")).toBe(
      "default-src 'self' https://desk.app.standin.invalid; img-src https://*.app.standin.invalid data:",
    );
  });
});

describe('the target', () => {
  test('is named, and chosen by the environment', () => {
    expect(target()).toMatch(/^(stand-in on Chromium \d+|electron \d+\.\d+\.\d+)$/);
    expect(launchEnv({ A: '1' })['ELECTRON_OVERRIDE_DIST_PATH']).toMatch(/electron-standin$/);
    expect(launchEnv({ CARREL_ELECTRON: 'real', ELECTRON_OVERRIDE_DIST_PATH: '/x' })).toEqual({
      CARREL_ELECTRON: 'real',
    });
  });
});
