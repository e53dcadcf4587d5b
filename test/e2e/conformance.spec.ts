/**
 * States every semantic of Electron the app relies on, against a small fixture app. The same file runs on the stand-in (default) and on
 * real Electron (`CARREL_ELECTRON=real`); what is not stated here may not be relied on.
 *
 * Tags: `@stand-in-only` for the stand-in's own switches, `@electron-only` for what needs the real binary.
 */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { _electron, test as base, expect } from '@playwright/test';
import type { ElectronApplication, JSHandle, Page } from '@playwright/test';
import { appPath, isStandIn, launchEnv, target, useStandIn } from '../electron-standin/target.ts';
import type { TestHook } from '../electron-standin/test-hook.ts';
import { ELECTRON_VERSION } from '../electron-standin/version.ts';

const FIXTURE = resolve(import.meta.dirname, '../electron-standin/fixture-app');

/** What the fixture's preload offers its page. */
interface FixtureApi {
  atStart(): { readyState: string; pageGlobal: string };
  echo(...values: unknown[]): Promise<unknown[]>;
  invoke(channel: string, ...values: unknown[]): Promise<unknown>;
  send(channel: string, ...values: unknown[]): void;
  notes(): unknown[][];
  onNote(listener: (...values: unknown[]) => void): () => void;
  throwsRangeError(): void;
  throwsText(): void;
  rejects(): Promise<never>;
  callWith<T>(callback: (value: T) => unknown, value: T): unknown;
  tooDeep(): { error?: string };
  exposeAgain(): { error?: string };
  requireFs(): { error?: string };
  readonly nested: { readonly list: unknown[]; readonly date: Date };
}

declare global {
  var fixture: FixtureApi;
  var violations: string[];
  var inlineScriptRan: boolean | undefined;
  // Of the fixture's main process, for `evaluate`.
  var seen: {
    messages: unknown[][];
    secondInstances: { marked: boolean; workingDirectory: string; additionalData: unknown }[];
    requests: { url: string; resourceType: string }[];
    navigations: { name: string; url: string; isMainFrame: boolean }[];
    opened: { url: string; frameName: string }[];
    windowEvents: string[];
  };
  var openWindow: (options?: object) => Promise<Electron.BrowserWindow>;
  var release: (() => void) | undefined;
  var laterFrame: unknown;
  var carrelStandin: TestHook;
}

/** Starts the fixture in a profile of its own. */
function launch(userData: string, ...options: string[]): Promise<ElectronApplication> {
  return _electron.launch({ args: [FIXTURE, `--user-data-dir=${userData}`, ...options] });
}

/** Waits for the first window's page to be loaded. */
async function firstPage(app: ElectronApplication): Promise<Page> {
  const page = await app.firstWindow();
  await page.waitForFunction(() => 'fixture' in window && document.readyState === 'complete');
  return page;
}

function newFolder(): string {
  return mkdtempSync(join(tmpdir(), 'carrel-conformance-'));
}

interface Running {
  readonly app: ElectronApplication;
  readonly page: Page;
}

const test = base.extend<Running, { shared: Running }>({
  // One app for all tests that leave it as they found it.
  shared: [
    async ({ playwright }, use) => {
      useStandIn();
      const folder = newFolder();
      const app = await playwright._electron.launch({ args: [FIXTURE, `--user-data-dir=${folder}`] });
      await use({ app, page: await firstPage(app) });
      await app.close();
      remove(folder);
    },
    { scope: 'worker' },
  ],
  app: ({ shared }, use) => use(shared.app),
  page: ({ shared }, use) => use(shared.page),
});

test.beforeEach(() => {
  const info = test.info();
  info.annotations.push({ type: 'target', description: target() });
  test.skip(info.tags.includes('@electron-only') && isStandIn(), `needs Electron's own binary; this is ${target()}`);
  test.skip(info.tags.includes('@stand-in-only') && !isStandIn(), `a switch of the stand-in; this is ${target()}`);
});

/** The window that shows a page. */
function windowOf(app: ElectronApplication, page: Page): Promise<JSHandle<Electron.BrowserWindow>> {
  return app.browserWindow(page) as Promise<JSHandle<Electron.BrowserWindow>>;
}

let visits = 0;

/** Loads a page of the fixture from the main process and waits until Playwright, which watches by a channel of its own, has seen it. */
async function visit({ app, page }: Running, file: string): Promise<string> {
  visits += 1;
  const path = `/${file}?visit=${String(visits)}`;
  const window = await windowOf(app, page);
  await window.evaluate((one, url) => one.loadURL(url), `app://desk${path}`);
  await expect.poll(() => appPath(page)).toBe(path);
  await page.waitForLoadState();
  return path;
}

/** Runs an action in the page's main world and answers the error it fails with. */
async function failure(page: Page, action: () => unknown): Promise<{ name: string; message: string; own: string[] }> {
  const outcome = await page.evaluate<{ name: string; message: string; own: string[] } | undefined>(
    `(async () => {
      try { await (${action.toString()})(); } catch (error) {
        return { name: error.name, message: error.message, own: Object.keys(error) };
      }
    })()`,
  );
  if (!outcome) throw new Error(`did not fail: ${action.toString()}`);
  return outcome;
}

function remove(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
}

/** A process without Playwright, as a person starts a second instance. */
function spawnApp(userData: string, ...options: string[]): ChildProcess {
  const environment = launchEnv();
  const require = createRequire(import.meta.url);
  const executable = isStandIn()
    ? join(String(environment['ELECTRON_OVERRIDE_DIST_PATH']), 'electron')
    : require('electron');
  return spawn(String(executable), [FIXTURE, `--user-data-dir=${userData}`, ...options], {
    env: environment,
    stdio: 'pipe',
  });
}

test.describe('windows and pages', () => {
  test('the page is as large as asked', async ({ page }) => {
    expect(await page.evaluate(() => [innerWidth, innerHeight])).toEqual([900, 640]);
  });

  test('the page is a secure context and sees nothing of Node or the preload', async ({ page }) => {
    const globals = await page.evaluate(() =>
      ['require', 'process', 'module', 'Buffer', 'leftByPreload', '__carrelStandin'].filter((name) => name in window),
    );
    expect(globals).toEqual([]);
    expect(await page.evaluate(() => isSecureContext)).toBe(true);
  });

  test('addresses the app sees have its own scheme', async ({ app, page }) => {
    const window = await windowOf(app, page);
    const path = await visit({ app, page }, 'index.html');
    expect(await window.evaluate((one) => one.webContents.getURL())).toBe(`app://desk${path}`);
  });

  test('main and page answer each other about windows', async ({ app, page }) => {
    const window = await windowOf(app, page);
    const found = await window.evaluate((one) => [one.isDestroyed(), one.isVisible(), one.getTitle(), typeof one.id]);
    expect(found).toEqual([false, true, 'Conformance fixture', 'number']);
    expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  });

  test('show, hide, focus and blur are told in order', async ({ app }) => {
    const events = await app.evaluate(async () => {
      seen.windowEvents.length = 0;
      const window = await openWindow({ show: false });
      window.show();
      window.hide();
      window.destroy();
      return seen.windowEvents.map((line) => line.split(':')[1]).filter((name) => name === 'show' || name === 'hide');
    });
    expect(events).toEqual(['show', 'hide']);
  });

  test('focus moves between windows', async ({ app }) => {
    const result = await app.evaluate(async ({ BrowserWindow }) => {
      const [first] = BrowserWindow.getAllWindows();
      const second = await openWindow();
      seen.windowEvents.length = 0;
      first?.focus();
      const before = [first?.isFocused(), second.isFocused()];
      const events = seen.windowEvents.map((line) => line.replace(`${String(second.id)}:`, 'second:'));
      const closed = new Promise((resolve) => second.once('closed', () => resolve(undefined)));
      second.destroy();
      await closed;
      return { before, blurred: events.includes('second:blur'), destroyed: second.isDestroyed() };
    });
    expect(result).toEqual({ before: [true, false], blurred: true, destroyed: true });
  });

  test('close can be prevented, destroy cannot', async ({ app }) => {
    const result = await app.evaluate(async () => {
      const window = await openWindow();
      window.once('close', (event) => event.preventDefault());
      window.close();
      const survived = !window.isDestroyed();
      const closed = new Promise((resolve) => window.once('closed', () => resolve(undefined)));
      window.destroy();
      await closed;
      return [survived, window.isDestroyed()];
    });
    expect(result).toEqual([true, true]);
  });

  test('ready-to-show comes once the page is there', async ({ app }) => {
    const names = await app.evaluate(async () => {
      seen.windowEvents.length = 0;
      const window = await openWindow({ show: false });
      if (!seen.windowEvents.some((line) => line.endsWith('ready-to-show'))) {
        await new Promise<void>((resolve) => window.once('ready-to-show', () => resolve()));
      }
      const found = seen.windowEvents.filter((line) => line === `${String(window.id)}:ready-to-show`);
      window.destroy();
      return found.length;
    });
    expect(names).toBe(1);
  });

  test('executeJavaScript answers clones and hides what was thrown', async ({ app, page }) => {
    const window = await windowOf(app, page);
    const answers = await window.evaluate(async ({ webContents }) => {
      const date: unknown = await webContents.executeJavaScript('new Date(5)');
      const map: unknown = await webContents.executeJavaScript('Promise.resolve(new Map([[1, 2]]))');
      const thrown = await webContents.executeJavaScript('(() => { throw new Error("secret") })()').catch(String);
      const sum: unknown = await webContents.executeJavaScript('1 + 1');
      return [date instanceof Date, map instanceof Map, sum, thrown as unknown];
    });
    expect(answers.slice(0, 3)).toEqual([true, true, 2]);
    expect(answers[3]).toContain('Script failed to execute, this normally means an error was thrown.');
  });

  test('printToPDF and capturePage answer files', async ({ app, page }) => {
    const window = await windowOf(app, page);
    const heads = await window.evaluate(async ({ webContents }) => {
      const pdf = await webContents.printToPDF({ printBackground: true, pageSize: { width: 3, height: 5 } });
      const picture = (await webContents.capturePage()).toPNG();
      const box = /\/MediaBox \[([^\]]*)\]/.exec(pdf.toString('latin1'))?.[1];
      return [pdf.toString('latin1', 0, 5), box, picture.toString('latin1', 1, 4)];
    });
    expect(heads).toEqual(['%PDF-', '0 0 216 360', 'PNG']);
  });

  test('console messages of the page reach the main process', async ({ app, page }) => {
    const window = await windowOf(app, page);
    const heard = window.evaluate(
      ({ webContents }) =>
        new Promise((done) =>
          webContents.once('console-message', (details: { level?: string; message?: string }) =>
            done({ level: details.level, message: details.message }),
          ),
        ),
    );
    await expect(async () => {
      await page.evaluate(`console.warn('shelf is full')`);
      expect(await Promise.race([heard, Promise.resolve('nothing yet')])).toEqual({
        level: 'warning',
        message: 'shelf is full',
      });
    }).toPass();
  });

  test('a crashed page is told and can be reloaded', async ({ app }) => {
    const result = await app.evaluate(async () => {
      const window = await openWindow();
      const gone = new Promise<string>((done) =>
        window.webContents.once('render-process-gone', (_event, { reason }) => done(reason)),
      );
      window.webContents.forcefullyCrashRenderer();
      const reason = await gone;
      const loaded = new Promise((done) => window.webContents.once('did-finish-load', () => done(undefined)));
      window.webContents.reload();
      await loaded;
      const title: unknown = await window.webContents.executeJavaScript('typeof fixture.echo');
      window.destroy();
      return [['crashed', 'killed'].includes(reason), title];
    });
    expect(result).toEqual([true, 'function']);
  });
});

test.describe('the preload', () => {
  test('runs before the page, in a world of its own, in a sandbox', async ({ page }) => {
    expect(await page.evaluate(() => fixture.atStart())).toEqual({ readyState: 'loading', pageGlobal: 'undefined' });
    expect((await page.evaluate(() => fixture.requireFs())).error).toContain('module not found');
  });

  test('does not run in subframes', async ({ app, page }) => {
    await visit({ app, page }, 'frames.html');
    const heading = page.frameLocator('iframe').getByRole('heading', { name: 'Other page' });
    expect(await heading.evaluate(() => 'fixture' in globalThis)).toBe(false);
    expect(await page.evaluate(() => 'fixture' in window)).toBe(true);
    await visit({ app, page }, 'index.html');
  });

  test('exposes one frozen object that cannot be replaced', async ({ page }) => {
    const state = await page.evaluate(() => {
      const descriptor = Object.getOwnPropertyDescriptor(window, 'fixture');
      return {
        writable: descriptor?.writable,
        configurable: descriptor?.configurable,
        frozen: [fixture, fixture.nested, fixture.nested.list, fixture.nested.list[1]].map((one) =>
          Object.isFrozen(one),
        ),
        date: fixture.nested.date instanceof Date && fixture.nested.date.getTime(),
      };
    });
    expect(state).toEqual({ writable: false, configurable: false, frozen: [true, true, true, true], date: 86_400_000 });
  });

  test('cannot expose over an existing name, nor deeper than 1000', async ({ page }) => {
    expect(await page.evaluate(() => fixture.exposeAgain())).toEqual({
      error: 'Error: Cannot bind an API on top of an existing property on the window object',
    });
    expect((await page.evaluate(() => fixture.tooDeep())).error).toBe(
      'TypeError: Electron contextBridge recursion depth exceeded.  Nested objects deeper than 1000 are not supported.',
    );
  });
});

test.describe('the context bridge', () => {
  test('carries callbacks and their answers', async ({ page }) => {
    expect(await page.evaluate(() => fixture.callWith((value: number) => value * 2, 21))).toBe(42);
  });

  test('keeps nothing of an error but its message', async ({ page }) => {
    expect(await failure(page, () => fixture.throwsRangeError())).toEqual({
      name: 'Error',
      message: 'too far',
      own: [],
    });
    expect(await failure(page, () => fixture.rejects())).toEqual({ name: 'Error', message: 'no such item', own: [] });
  });

  test('replaces a thrown non-error by a fixed sentence', async ({ page }) => {
    expect((await failure(page, () => fixture.throwsText())).message).toBe(
      'An unknown exception occurred in the isolated context, an error occurred but a valid exception was not thrown.',
    );
  });

  test('refuses a JavaScript Proxy, which reactive state often is', async ({ page }) => {
    const proxy = await failure(page, () => fixture.echo(new Proxy({ a: 1 }, {})));
    expect(proxy.message).toContain('could not be cloned');
  });
});

test.describe('cloning', () => {
  const VALUES: readonly [name: string, check: () => Promise<boolean>][] = [
    ['Date', async () => ((await fixture.echo(new Date(5)))[0] as Date).getTime() === 5],
    ['Map', async () => ((await fixture.echo(new Map([[{ a: 1 }, 'x']])))[0] as Map<unknown, unknown>).size === 1],
    ['Set', async () => ((await fixture.echo(new Set([1, 'two'])))[0] as Set<unknown>).has('two')],
    ['RegExp', async () => String((await fixture.echo(/a[b]/gi))[0]) === '/a[b]/gi'],
    ['BigInt', async () => (await fixture.echo(2n ** 70n))[0] === 2n ** 70n],
    ['NaN', async () => Number.isNaN((await fixture.echo(Number.NaN))[0])],
    ['Infinity', async () => (await fixture.echo(-Infinity))[0] === -Infinity],
    ['minus zero', async () => Object.is((await fixture.echo(-0))[0], -0)],
    [
      'undefined',
      async () => {
        const [value, object] = (await fixture.echo(undefined, { here: undefined })) as [unknown, object];
        return value === undefined && 'here' in object;
      },
    ],
    ['null', async () => (await fixture.echo(null))[0] === null],
    [
      'typed arrays',
      async () => {
        const [bytes, floats] = await fixture.echo(new Uint8Array([1, 255]), new Float64Array([0.5]));
        return bytes instanceof Uint8Array && bytes[1] === 255 && floats instanceof Float64Array && floats[0] === 0.5;
      },
    ],
    ['ArrayBuffer', async () => ((await fixture.echo(new ArrayBuffer(3)))[0] as ArrayBuffer).byteLength === 3],
    [
      'cycles',
      async () => {
        const loop: { self?: unknown; list: unknown[] } = { list: [] };
        loop.self = loop;
        loop.list.push(loop);
        const [back] = (await fixture.echo(loop)) as [typeof loop];
        return back.self === back && back.list[0] === back;
      },
    ],
    [
      'Error',
      async () => {
        const [error] = (await fixture.echo(new TypeError('odd label'))) as [Error];
        return error instanceof Error && error.message === 'odd label';
      },
    ],
    [
      'text of every kind',
      async () => {
        const text = 'é 中 😀 \u2028 \u0000 \ud800 </script> $& `${x}` \\';
        return (await fixture.echo(text))[0] === text;
      },
    ],
    [
      'awkward keys',
      async () => {
        const [back] = (await fixture.echo(JSON.parse('{"$":["date",5],"__proto__":{"x":1},"":2}'))) as [object];
        return JSON.stringify(back) === '{"$":["date",5],"__proto__":{"x":1},"":2}' && !('x' in back);
      },
    ],
    [
      '100 kB',
      async () => {
        const rows = Array.from({ length: 1000 }, (_, id) => ({ id, title: 'x'.repeat(80), open: id % 2 === 0 }));
        return JSON.stringify((await fixture.echo(rows))[0]) === JSON.stringify(rows);
      },
    ],
  ];
  for (const [name, check] of VALUES) {
    test(`${name} survives the way to main and back`, async ({ page }) => {
      expect(await page.evaluate(check)).toBe(true);
    });
  }

  test('functions, nodes and symbols are refused', async ({ page }) => {
    for (const action of [
      () => fixture.echo(() => 1),
      () => fixture.echo(document.body),
      () => fixture.echo({ deep: [() => 1] }),
      () => fixture.echo(new WeakMap()),
    ]) {
      expect((await failure(page, action)).message).toContain('could not be cloned');
    }
  });
});

test.describe('IPC', () => {
  test('a handler that throws rejects with its text alone', async ({ page }) => {
    expect(await failure(page, () => fixture.invoke('boom'))).toEqual({
      name: 'Error',
      message: "Error invoking remote method 'boom': TypeError: bad barcode",
      own: [],
    });
  });

  test('a failing handler is logged in the main process', async ({ app, page }) => {
    const logged = app.waitForEvent('console', (message) =>
      message.text().includes("Error occurred in handler for 'boom'"),
    );
    await failure(page, () => fixture.invoke('boom'));
    expect((await logged).type()).toBe('error');
  });

  test('a channel without a handler rejects', async ({ page }) => {
    expect((await failure(page, () => fixture.invoke('zzz'))).message).toBe(
      "Error invoking remote method 'zzz': Error: No handler registered for 'zzz'",
    );
  });

  test('an answer that cannot be cloned rejects', async ({ page }) => {
    expect((await failure(page, () => fixture.invoke('uncloneable'))).message).toBe(
      "Error invoking remote method 'uncloneable': Error: An object could not be cloned.",
    );
  });

  test('a handler that answers nothing resolves with undefined', async ({ page }) => {
    expect(await page.evaluate(async () => (await fixture.invoke('nothing')) === undefined)).toBe(true);
  });

  test('a channel takes one handler', async ({ app }) => {
    const message = await app.evaluate(({ ipcMain }) => {
      try {
        ipcMain.handle('echo', () => 1);
        return 'accepted';
      } catch (error) {
        return String(error);
      }
    });
    expect(message).toBe("Error: Attempted to register a second handler for 'echo'");
  });

  test('handleOnce answers once', async ({ app, page }) => {
    await app.evaluate(({ ipcMain }) => ipcMain.handleOnce('once', () => 'first'));
    expect(await page.evaluate(() => fixture.invoke('once'))).toBe('first');
    expect((await failure(page, () => fixture.invoke('once'))).message).toContain("No handler registered for 'once'");
  });

  test('messages keep their order, and reply reaches the page', async ({ app, page }) => {
    await visit({ app, page }, 'index.html');
    await app.evaluate(() => (seen.messages.length = 0));
    await page.evaluate(() => {
      for (let number = 0; number < 100; number += 1) fixture.send('message', number);
    });
    await expect.poll(() => page.evaluate(() => fixture.notes().length)).toBe(100);
    const numbers = Array.from({ length: 100 }, (_, number) => number);
    expect(await app.evaluate(() => seen.messages.map(([number]) => number))).toEqual(numbers);
    expect(await page.evaluate(() => fixture.notes().map(([, number]) => number))).toEqual(numbers);
  });

  test('a listener can be taken off', async ({ app, page }) => {
    const window = await windowOf(app, page);
    await page.evaluate(() => {
      const heard: unknown[] = [];
      const off = fixture.onNote((value) => {
        heard.push(value);
        off();
      });
      Object.assign(window, { heard });
    });
    await window.evaluate(({ webContents }) => {
      webContents.send('note', 'one');
      webContents.send('note', 'two');
    });
    await expect.poll(() => page.evaluate(() => fixture.notes().at(-1))).toEqual(['two']);
    expect(await page.evaluate(() => Reflect.get(window, 'heard') as unknown)).toEqual(['one']);
  });

  test('what is sent before the page is there is lost', async ({ app }) => {
    const notes = await app.evaluate(async () => {
      const window = await openWindow({ page: '' });
      window.webContents.send('note', 'too early');
      await window.loadURL('app://desk/index.html');
      window.webContents.send('note', 'in time');
      const heard: unknown = await window.webContents.executeJavaScript(
        'new Promise((done) => { const look = () => (fixture.notes().length ? done(fixture.notes()) : setTimeout(look, 5)); look(); })',
      );
      window.destroy();
      return heard;
    });
    expect(notes).toEqual([['in time']]);
  });

  test('the sender is known: its frame, its address, its window', async ({ page }) => {
    expect(await page.evaluate(() => fixture.invoke('sender'))).toEqual({
      frame: { url: `app://desk${appPath(page)}`, origin: 'app://desk', isTop: true },
      sameAsMainFrame: true,
      isWindow: true,
    });
  });

  test('the sender frame is null once its page has gone', async ({ app }) => {
    const frame = await app.evaluate(async () => {
      const window = await openWindow();
      void window.webContents.executeJavaScript('void fixture.invoke("sender-later")');
      while (!globalThis.release) await new Promise((done) => setTimeout(done, 5));
      await window.loadURL('app://desk/other.html');
      globalThis.release();
      await new Promise((done) => setTimeout(done, 20));
      window.destroy();
      return globalThis.laterFrame;
    });
    expect(frame).toBe(null);
  });
});

test.describe('navigation', () => {
  let home = '';
  test.beforeEach(async ({ app, page }) => {
    home = await visit({ app, page }, 'index.html');
    await app.evaluate(() => {
      seen.navigations.length = 0;
      seen.opened.length = 0;
    });
  });

  const navigations = (app: ElectronApplication): Promise<{ name: string; url: string; isMainFrame: boolean }[]> =>
    app.evaluate(() => seen.navigations);

  test('what the main process starts is not asked about', async ({ app, page }) => {
    home = await visit({ app, page }, 'index.html');
    const window = await windowOf(app, page);
    const reloaded = page.waitForEvent('load');
    await window.evaluate(({ webContents }) => webContents.reload());
    await reloaded;
    await page.reload();
    await page.evaluate(() => {
      location.hash = 'row-3';
    });
    expect(appPath(page)).toBe(`${home}#row-3`);
    expect(await navigations(app)).toEqual([]);
  });

  test('a link of the page is asked about, frame first, and may go on', async ({ app, page }) => {
    await page.locator('#other').click();
    await expect(page.getByRole('heading', { name: 'Other page' })).toBeVisible();
    const url = 'app://desk/other.html';
    expect(await navigations(app)).toEqual([
      { name: 'will-frame-navigate', url, isMainFrame: true },
      { name: 'will-navigate', url, isMainFrame: true },
    ]);
  });

  test('a prevented navigation leaves the page where it is', async ({ app, page }) => {
    await page.locator('#forbidden').click();
    await page.evaluate(() => {
      location.href = 'https://example.com/script';
    });
    await page.locator('#away').click();
    await expect.poll(async () => (await navigations(app)).length).toBeGreaterThanOrEqual(3);
    expect(appPath(page)).toBe(home);
    expect(await page.evaluate(() => fixture.echo('alive'))).toEqual(['alive']);
    expect(new Set((await navigations(app)).map(({ url }) => url))).toEqual(
      new Set(['app://desk/forbidden.html', 'https://example.com/script', 'https://example.com/away']),
    );
  });

  test('a frame that navigates is asked about as a frame', async ({ app, page }) => {
    await visit({ app, page }, 'frames.html');
    const heading = page.frameLocator('iframe').getByRole('heading', { name: 'Other page' });
    await heading.waitFor();
    await app.evaluate(() => (seen.navigations.length = 0));
    await heading.evaluate(() => {
      location.href = '/forbidden.html';
    });
    await expect
      .poll(() => navigations(app))
      .toEqual([{ name: 'will-frame-navigate', url: 'app://desk/forbidden.html', isMainFrame: false }]);
  });

  test('redirects are followed and told', async ({ app, page }) => {
    const window = await windowOf(app, page);
    await window.evaluate((one) => one.loadURL('app://desk/moved'));
    expect(await window.evaluate((one) => one.webContents.getURL())).toBe('app://desk/other.html');
    expect(await navigations(app)).toEqual([
      { name: 'will-redirect', url: 'app://desk/other.html', isMainFrame: true },
    ]);
  });

  test('window.open goes to the handler and answers null', async ({ app, page }) => {
    expect(await page.evaluate(() => window.open('https://example.com/popup', 'help') === null)).toBe(true);
    await expect
      .poll(() => app.evaluate(() => seen.opened))
      .toEqual([{ url: 'https://example.com/popup', frameName: 'help' }]);
  });

  test('a _blank link goes to the handler and opens nothing', async ({ app, page }) => {
    await page.locator('#blank').click();
    await expect
      .poll(() => app.evaluate(() => seen.opened.map(({ url }) => url)))
      .toEqual(['https://example.com/help']);
    expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
    await expect.poll(() => app.windows().length).toBe(1);
    expect(await page.evaluate(() => fixture.echo('alive'))).toEqual(['alive']);
  });

  test('a page that may not be loaded rejects with the reason', async ({ app }) => {
    const failed = await app.evaluate(async () => {
      const window = await openWindow({ page: '' });
      const error: unknown = await window.loadURL('https://example.com/').catch((reason: unknown) => reason);
      window.destroy();
      return { ...(error as object), message: (error as Error).message };
    });
    expect(failed).toEqual({
      message: "ERR_BLOCKED_BY_CLIENT (-20) loading 'https://example.com/'",
      errno: -20,
      code: 'ERR_BLOCKED_BY_CLIENT',
      url: 'https://example.com/',
    });
  });
});

test.describe('requests and permissions', () => {
  test('every request is asked about, and a cancelled one fails', async ({ app, page }) => {
    await app.evaluate(() => (seen.requests.length = 0));
    const path = await visit({ app, page }, 'index.html');
    expect(await app.evaluate(() => seen.requests)).toEqual([
      { url: `app://desk${path}`, resourceType: 'mainFrame' },
      { url: 'app://desk/page.js', resourceType: 'script' },
    ]);
  });

  test('bodies and answers pass through the scheme', async ({ page }) => {
    const text = await page.evaluate(async () =>
      (await fetch('/posted?a=1', { method: 'POST', body: 'ä slip' })).text(),
    );
    expect(text).toBe('POST ä slip to desk?a=1');
    expect(await page.evaluate(async () => (await fetch('/missing.txt')).status)).toBe(404);
  });

  test('the policy of the answer is kept', async ({ page }) => {
    const outcome = await page.evaluate(async () => {
      const told = new Promise((done) => document.addEventListener('securitypolicyviolation', done, { once: true }));
      const foreign = await fetch('https://example.com/').then(String, () => 'refused');
      await told;
      return { foreign, inline: globalThis.inlineScriptRan, violations };
    });
    expect(outcome.foreign).toBe('refused');
    expect(outcome.inline).toBe(undefined);
    expect(outcome.violations).toEqual(expect.arrayContaining(['script-src-elem', 'connect-src']));
  });

  test('permissions are refused', async ({ page }) => {
    const states = await page.evaluate(async () => {
      const names = ['geolocation', 'notifications', 'midi'] as PermissionName[];
      return Promise.all(names.map(async (name) => (await navigator.permissions.query({ name })).state));
    });
    expect(states).toEqual(['denied', 'denied', 'denied']);
  });
});

test.describe('the app', () => {
  test('knows its name, version and folders', async ({ app }) => {
    const facts = await app.evaluate(({ app: electronApp }) => [
      electronApp.getName(),
      electronApp.getVersion(),
      electronApp.isPackaged,
      electronApp.isReady(),
      electronApp.getPath('userData').includes('carrel-conformance-'),
    ]);
    expect(facts).toEqual(['Conformance', '1.2.3', false, true, true]);
    expect(await app.evaluate(() => [process.type, process.versions.electron])).toEqual(['browser', ELECTRON_VERSION]);
  });

  test('schemes are registered before it is ready or not at all', async ({ app }) => {
    const outcome = await app.evaluate(({ protocol }) => {
      try {
        protocol.registerSchemesAsPrivileged([{ scheme: 'late' }]);
        return 'accepted';
      } catch (error) {
        return (error as Error).message;
      }
    });
    expect(outcome).toBe('protocol.registerSchemesAsPrivileged should be called before app is ready');
  });

  test('system events, dialogs and links can be replaced by a test', async ({ app }) => {
    const heard = await app.evaluate(async ({ powerMonitor, dialog, shell, clipboard }) => {
      const resumed = new Promise<string>((done) => powerMonitor.once('resume', () => done('resumed')));
      powerMonitor.emit('resume');
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: ['/tmp/chosen.csv'] });
      const opened: string[] = [];
      shell.openExternal = (url) => Promise.resolve(void opened.push(url));
      await shell.openExternal('https://example.com/');
      const { filePaths } = await dialog.showOpenDialog({});
      await clipboard.writeText('31000000000001');
      return [await resumed, ...filePaths, ...opened, await clipboard.readText()];
    });
    expect(heard).toEqual(['resumed', '/tmp/chosen.csv', 'https://example.com/', '31000000000001']);
  });

  test('secrets come back as they were', async ({ app }) => {
    const back = await app.evaluate(async ({ safeStorage }) => {
      if (!(await safeStorage.isAsyncEncryptionAvailable())) return 'unavailable';
      const sealed = await safeStorage.encryptStringAsync('pass word');
      const { result } = await safeStorage.decryptStringAsync(sealed);
      return [result, sealed.includes('pass word')];
    });
    expect(back).toEqual(['pass word', false]);
  });

  test('every state of the secret storage can be had', { tag: '@stand-in-only' }, async ({ app }) => {
    const outcome = await app.evaluate(async ({ safeStorage }) => {
      const results: Record<string, unknown> = {};
      const sealed = await safeStorage.encryptStringAsync('x');
      for (const mode of ['v10', 'v11', 'unavailable', 'temporarily-unavailable', 're-encrypt'] as const) {
        carrelStandin.secretMode = mode;
        const tag = await safeStorage.encryptStringAsync('x').then(
          (bytes) => bytes.toString('latin1', 0, 3),
          () => 'refused',
        );
        const read = await safeStorage.decryptStringAsync(sealed).then(
          ({ result, shouldReEncrypt }) => `${result} ${String(shouldReEncrypt)}`,
          (error: unknown) => (error as Error).message,
        );
        results[mode] = [await safeStorage.isAsyncEncryptionAvailable(), tag, read];
      }
      carrelStandin.secretMode = 'v10';
      return results;
    });
    expect(outcome).toEqual({
      v10: [true, 'v10', 'x false'],
      v11: [true, 'v11', 'x false'],
      unavailable: [
        false,
        'refused',
        'Error while decrypting the ciphertext provided to safeStorage.decryptStringAsync.',
      ],
      'temporarily-unavailable': [
        true,
        'v10',
        'safeStorage.decryptStringAsync is temporarily unavailable. Please try again.',
      ],
      're-encrypt': [true, 'v10', 'x true'],
    });
  });

  test('what is not carried throws by name', { tag: '@stand-in-only' }, async ({ app }) => {
    const texts = await app.evaluate((electron) => {
      const attempts: (() => unknown)[] = [
        () => electron.net,
        () => Reflect.get(electron.app, 'getGPUInfo'),
        () => electron.app.on('login' as 'activate', () => undefined),
        () => electron.BrowserWindow.getAllWindows()[0]?.setProgressBar(1),
        () => electron.BrowserWindow.getAllWindows()[0]?.webContents.print(),
        () => Reflect.get(electron.safeStorage, 'encryptString'),
        () => new electron.BrowserWindow({ webPreferences: { nodeIntegration: true } }),
      ];
      return attempts.map((attempt) => {
        try {
          attempt();
          return 'nothing thrown';
        } catch (error) {
          return String(error);
        }
      });
    });
    expect(texts).toEqual([
      'NotCarried: electron.net',
      'NotCarried: electron.app.getGPUInfo',
      "NotCarried: event 'login' of electron.app",
      'NotCarried: electron.BrowserWindow.setProgressBar',
      'NotCarried: electron.webContents.print (electron-only)',
      'NotCarried: electron.safeStorage.encryptString',
      'NotCarried: webPreferences.nodeIntegration = true',
    ]);
  });
});

test.describe('beginning and ending', () => {
  let folder = '';
  test.beforeEach(() => {
    useStandIn();
    folder = newFolder();
  });
  test.afterEach(() => remove(folder));

  const logged = (): string[] => readFileSync(join(folder, 'log'), 'utf8').trim().split('\n');

  test('quit closes windows, waits for an asynchronous flush and keeps the order', async () => {
    const app = await launch(folder, `--log-file=${join(folder, 'log')}`);
    await firstPage(app);
    const ended = once(app.process(), 'exit');
    await app.close();
    const flush = ['before-quit', 'close', 'closed', 'will-quit', 'flushed'];
    expect(logged()).toEqual([...flush, 'before-quit', 'will-quit', 'quit 0']);
    expect(await ended).toEqual([0, null]);
  });

  test('exit asks nobody and keeps its code', async () => {
    const app = await launch(folder, `--log-file=${join(folder, 'log')}`);
    await firstPage(app);
    const ended = once(app.process(), 'exit');
    await app.evaluate(({ app: electronApp }) => setTimeout(() => electronApp.exit(7), 0));
    expect(await ended).toEqual([7, null]);
    expect(logged()).toEqual(['closed', 'quit 7']);
  });

  test('a last window that closes is told, and the app goes on if it listens', async () => {
    const app = await launch(folder, `--log-file=${join(folder, 'log')}`);
    await firstPage(app);
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
    await expect.poll(logged).toEqual(['close', 'closed', 'window-all-closed']);
    await app.close();
    expect(logged().at(-1)).toBe('quit 0');
  });

  test('SIGTERM quits in order', async () => {
    test.skip(process.platform === 'win32', 'there is no SIGTERM on Windows');
    const child = spawnApp(folder, `--log-file=${join(folder, 'log')}`);
    const ended = once(child, 'exit');
    await waitForWindow(folder, child);
    child.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
    expect(logged().slice(0, 4)).toEqual(['before-quit', 'close', 'closed', 'will-quit']);
  });

  test('a second instance is refused and tells the first; kill -9 frees the lock', async () => {
    const first = await launch(folder);
    await firstPage(first);
    const second = spawnApp(folder, '--mark=second');
    expect(await once(second, 'exit')).toEqual([0, null]);
    await expect
      .poll(() => first.evaluate(() => seen.secondInstances))
      .toEqual([{ marked: true, workingDirectory: process.cwd(), additionalData: { from: 'fixture' } }]);
    const ended = once(first.process(), 'exit');
    first.process().kill('SIGKILL');
    await ended;
    const third = await launch(folder);
    expect(await third.evaluate(({ app }) => app.hasSingleInstanceLock())).toBe(true);
    await third.close();
  });

  test('kill -9 leaves no browser behind', { tag: '@stand-in-only' }, async () => {
    test.skip(!existsSync('/proc/self/task'), 'needs /proc to list processes');
    const app = await launch(folder);
    await firstPage(app);
    const pid = String(app.process().pid);
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
    expect(children.length).toBeGreaterThan(0);
    const ended = once(app.process(), 'exit');
    app.process().kill('SIGKILL');
    await ended;
    await expect.poll(() => children.filter((child) => existsSync(`/proc/${child}`))).toEqual([]);
  });
});

test.describe('only on Electron', () => {
  test('printers can be listed', { tag: '@electron-only' }, async ({ app, page }) => {
    const window = await windowOf(app, page);
    expect(Array.isArray(await window.evaluate((one) => one.webContents.getPrintersAsync()))).toBe(true);
  });

  test('the safe storage names its backend', { tag: '@electron-only' }, async ({ app }) => {
    test.skip(process.platform !== 'linux', 'the backend has a name on Linux only');
    expect(await app.evaluate(({ safeStorage }) => safeStorage.getSelectedStorageBackend())).not.toBe('unknown');
  });
});

/** Waits until an app started without Playwright has written that its window is open. */
async function waitForWindow(userData: string, child: ChildProcess): Promise<void> {
  await expect
    .poll(() => {
      if (child.exitCode !== null) throw new Error(`ended with ${String(child.exitCode)}`);
      return existsSync(join(userData, 'started'));
    })
    .toBe(true);
}
