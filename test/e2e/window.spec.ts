import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@playwright/test';
import { ROOT } from '../launch/environment.ts';
import { appPath } from '../electron-standin/target.ts';
import { launchCarrel, snapshot, value, type Carrel } from './support.ts';

/** The window’s security list, point by point, on the built app. */
let carrel: Carrel;
test.beforeAll(async () => {
  carrel = await launchCarrel();
});
test.afterAll(() => carrel.remove());

test('1: the page is sandboxed and isolated, without Node', async () => {
  const found = await carrel.page.evaluate(() => ({
    require: typeof (globalThis as { require?: unknown }).require,
    process: typeof (globalThis as { process?: unknown }).process,
    module: typeof (globalThis as { module?: unknown }).module,
    buffer: typeof (globalThis as { Buffer?: unknown }).Buffer,
  }));
  expect(found).toEqual({ require: 'undefined', process: 'undefined', module: 'undefined', buffer: 'undefined' });
});

test('2: the page comes from our scheme, and the scheme serves nothing else', async () => {
  expect(appPath(carrel.page)).toBe('/index.html');
  const statuses = await carrel.page.evaluate(async () => {
    const paths = ['/..%2f..%2fpackage.json', '/settings.json', '/nothing.js', '/index.html'];
    return Promise.all(paths.map(async (path) => (await fetch(path)).status));
  });
  expect(statuses).toEqual([404, 404, 404, 200]);
});

test('3: the content security policy stops inline script and eval, and Carrel itself never breaks it', async () => {
  const { page } = carrel;
  await page.evaluate(() => {
    const seen: string[] = [];
    (window as unknown as { violations: string[] }).violations = seen;
    document.addEventListener('securitypolicyviolation', (event) =>
      seen.push(`${event.violatedDirective} ${event.blockedURI}`),
    );
  });
  for (const name of ['Requests', 'All days', 'Settings', 'Desk']) {
    await page
      .getByRole('navigation')
      .getByRole('link', { name })
      .or(page.getByRole('navigation').getByRole('button', { name }))
      .click();
  }
  expect(await page.evaluate(() => (window as unknown as { violations: string[] }).violations)).toEqual([]);
  // In a task of its own: the debugger’s evaluate itself is exempt from the policy.
  const tried = await page.evaluate(
    () =>
      new Promise<string[]>((resolve) => {
        setTimeout(() => {
          const outcome: string[] = [];
          const attempt = (what: string, work: () => void): void => {
            try {
              work();
              outcome.push(`${what} ran`);
            } catch {
              outcome.push(`${what} refused`);
            }
          };
          attempt('eval', () => {
            (0, eval)('window.inlineRan = true');
          });
          attempt('script text', () => {
            const script = document.createElement('script');
            script.textContent = 'window.inlineRan = true';
            document.head.append(script);
          });
          attempt('markup', () => document.body.insertAdjacentHTML('beforeend', '<img src=x>'));
          resolve([...outcome, String((window as { inlineRan?: boolean }).inlineRan)]);
        }, 0);
      }),
  );
  expect(tried).toEqual(['eval refused', 'script text refused', 'markup refused', 'undefined']);
});

test('4 and 7: nothing foreign is ever loaded', async () => {
  let asked = 0;
  const server = createServer((_request, response) => {
    asked += 1;
    response.end('reached');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const outcome = await carrel.page.evaluate(async (url) => {
    const image = new Image();
    image.src = url;
    return fetch(url).then(
      () => 'loaded',
      () => 'refused',
    );
  }, address);
  await carrel.page.waitForTimeout(200);
  server.close();
  expect(outcome).toBe('refused');
  expect(asked).toBe(0);
});

test('5 and 10: the window stays on our pages; only https and mailto are handed to the system', async () => {
  const { app, page } = carrel;
  await app.evaluate(({ shell }) => {
    const opened: string[] = [];
    (globalThis as unknown as { opened: string[] }).opened = opened;
    shell.openExternal = (url: string) => {
      opened.push(url);
      return Promise.resolve();
    };
  });
  await page.evaluate(() => {
    for (const url of [
      'https://example.org/help',
      'mailto:ill@example.org',
      'file:///etc/passwd',
      'javascript:alert(1)',
      'http://example.org/',
      'app://other/',
    ]) {
      window.open(url);
    }
    location.href = 'https://example.org/away';
  });
  await page.waitForTimeout(300);
  expect(appPath(page)).toBe('/index.html');
  await expect.poll(() => app.windows().length).toBe(1);
  const opened = await app.evaluate(() => (globalThis as unknown as { opened: string[] }).opened);
  expect(opened.filter((url) => !url.endsWith('/away'))).toEqual([
    'https://example.org/help',
    'mailto:ill@example.org',
  ]);
});

test('6: every permission is denied', async () => {
  const states = await carrel.page.evaluate(async () => {
    const names = ['notifications', 'geolocation', 'camera', 'microphone'] as PermissionName[];
    return Promise.all(names.map(async (name) => (await navigator.permissions.query({ name })).state));
  });
  expect(new Set(states)).toEqual(new Set(['denied']));
});

test('9: the bridge is one frozen object with two functions and no way to Electron', async () => {
  const bridge = await carrel.page.evaluate(() => {
    const { carrel: it } = window as unknown as { carrel: object };
    let replaced: boolean;
    try {
      (window as unknown as { carrel: unknown }).carrel = 1;
      replaced = (window as unknown as { carrel: unknown }).carrel === 1;
    } catch {
      replaced = false;
    }
    return {
      keys: Object.keys(it).sort(),
      frozen: Object.isFrozen(it),
      replaced,
      electron: 'electron' in window || 'ipcRenderer' in window,
    };
  });
  expect(bridge).toEqual({ keys: ['call', 'onEvent'], frozen: true, replaced: false, electron: false });
});

test('9: no frame of any kind gets our page or the bridge', async () => {
  const found = await carrel.page.evaluate(async () => {
    const outcomes: string[] = [];
    for (const src of ['/index.html', 'about:blank']) {
      const frame = document.createElement('iframe');
      frame.src = src;
      document.body.append(frame);
      await new Promise((resolve) => setTimeout(resolve, 300));
      try {
        outcomes.push(frame.contentWindow !== null && 'carrel' in frame.contentWindow ? 'bridge' : 'no bridge');
      } catch {
        outcomes.push('out of reach');
      }
      frame.remove();
    }
    return outcomes;
  });
  expect(found).not.toContain('bridge');
});

test('11: there is no menu and no way to the developer tools', async () => {
  expect(await carrel.app.evaluate(({ Menu }) => Menu.getApplicationMenu())).toBeNull();
  for (const keys of ['Shift+F12', 'Control+Shift+I', 'Control+R']) await carrel.page.keyboard.press(keys);
  expect(
    await carrel.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.isDevToolsOpened()),
  ).toBe(false);
});

test('12: a second Carrel of the same person ends by itself, and the first stays', async () => {
  const executable = createRequire(import.meta.url)('electron') as string;
  const second = spawn(executable, [ROOT, `--user-data-dir=${carrel.userData}`], { stdio: 'ignore' });
  const code = await new Promise<number | null>((resolve) => second.once('exit', resolve));
  expect(code).toBe(0);
  await expect.poll(() => carrel.app.windows().length).toBe(1);
  expect((await snapshot(carrel.page)).training).toBe(true);
});

test('the window rebuilds itself after a reload', async () => {
  const before = await value(carrel.page, 'scan.submit', {
    id: crypto.randomUUID(),
    raw: '30234000517861',
    source: 'typed',
  });
  await carrel.page.reload();
  await carrel.page.locator('html[data-ready="true"]').waitFor();
  expect((await snapshot(carrel.page)).lines.map((line) => line.scanId)).toContain(before.scanId);
  await expect(carrel.page.getByText('30234000517861').first()).toBeVisible();
});
