import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron as electron, type CDPSession, type ElectronApplication, type Page } from '@playwright/test';
import { ROOT } from '../launch/environment.ts';
import type { MethodName, InputOf, OutputOf } from '../../src-main/contract/methods.ts';
import type { Result } from '../../src-main/contract/result.ts';
import type { Snapshot } from '../../src-main/contract/shift.ts';

/** Carrel as a person has it: the built app in a window, with files of its own. */
export interface Carrel {
  readonly app: ElectronApplication;
  readonly page: Page;
  /** This user's files. */
  readonly userData: string;
  /** Closes the app as a person would; the files stay until {@link Carrel.remove}. */
  close(): Promise<void>;
  /** Closes the app and removes its files. */
  remove(): Promise<void>;
}

export interface LaunchOptions {
  /** Files of an earlier run; a new folder when left out. */
  readonly userData?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts the built app and waits until its window has drawn the first snapshot. */
export async function launchCarrel(options: LaunchOptions = {}): Promise<Carrel> {
  const userData = options.userData ?? mkdtempSync(join(tmpdir(), 'carrel-e2e-'));
  const env = {
    CARREL_PRACTICE: JSON.stringify({ story: 'still' }),
    ...(process.env as Record<string, string>),
    ...options.env,
  };
  const app = await electron.launch({ args: [ROOT, `--user-data-dir=${userData}`], env, cwd: ROOT });
  const page = await app.firstWindow();
  await page.locator('html[data-ready="true"]').waitFor({ timeout: 30_000 });
  const close = async (): Promise<void> => {
    await app.close();
  };
  return {
    app,
    page,
    userData,
    close,
    remove: async () => {
      await close();
      rmSync(userData, { recursive: true, force: true });
    },
  };
}

/** The page's bridge, as seen by a test that knows which method it calls. */
interface PageBridge<M extends MethodName> {
  readonly carrel: { call(method: M, input: InputOf<M>): Promise<Result<OutputOf<M>>> };
}

/** Calls a method of the contract from the page, as the renderer does. */
export function call<M extends MethodName>(page: Page, method: M, input: InputOf<M>): Promise<Result<OutputOf<M>>> {
  const asked: { readonly method: M; readonly input: InputOf<M> } = { method, input };
  return page.evaluate((it) => {
    const call = it as typeof asked;
    return (window as unknown as PageBridge<M>).carrel.call(call.method, call.input);
  }, asked);
}

/** The value of a call that is expected to succeed. */
export async function value<M extends MethodName>(page: Page, method: M, input: InputOf<M>): Promise<OutputOf<M>> {
  const result = await call(page, method, input);
  if (!result.ok) throw new Error(`${method}: ${result.error.sentence}`);
  return result.value;
}

export function snapshot(page: Page): Promise<Snapshot> {
  return value(page, 'app.snapshot', {});
}

/** Milliseconds between two keys of a usual USB scanner. */
const KEY_GAP_MS = 6;

/** When the newest scan of a page ended, by the clock its keys carry. */
const scannedUntil = new WeakMap<Page, number>();

/** The scanner stays plugged in: one session for each page, which ends with it. */
const keyboards = new WeakMap<Page, Promise<CDPSession>>();

function keyboardOf(page: Page): Promise<CDPSession> {
  const plugged = keyboards.get(page) ?? page.context().newCDPSession(page);
  keyboards.set(page, plugged);
  return plugged;
}

/** One key, with the time at which it went down, epoch milliseconds. */
async function press(cdp: CDPSession, key: string, at: number): Promise<void> {
  const named = key.length > 1;
  const text = key === 'Enter' ? '\r' : key === 'Tab' ? '' : key;
  const common = {
    key,
    timestamp: at / 1000,
    ...(named ? { code: key, windowsVirtualKeyCode: key === 'Enter' ? 13 : 9 } : {}),
  };
  await Promise.all([
    cdp.send('Input.dispatchKeyEvent', {
      ...common,
      type: text === '' ? 'rawKeyDown' : 'keyDown',
      ...(text === '' ? {} : { text }),
    }),
    cdp.send('Input.dispatchKeyEvent', { ...common, type: 'keyUp' }),
  ]);
}

/**
 * What a scanner does: the characters in one burst, then its suffix. Each key carries the time at which a scanner would
 * have sent it, as the operating system would say, so that a busy test machine does not turn a scanner into a hand.
 */
export async function scan(page: Page, label: string, suffix: 'Enter' | 'Tab' | '' = 'Enter'): Promise<void> {
  const cdp = await keyboardOf(page);
  const keys = [...Array.from(label), ...(suffix === '' ? [] : [suffix])];
  // The last key carries the present; a scan right after another begins after its end.
  const began = Math.max(Date.now() - (keys.length - 1) * KEY_GAP_MS, (scannedUntil.get(page) ?? 0) + 4 * KEY_GAP_MS);
  scannedUntil.set(page, began + keys.length * KEY_GAP_MS);
  await Promise.all(keys.map((key, index) => press(cdp, key, began + index * KEY_GAP_MS)));
}

/**
 * The same with an Enter that goes out only when the characters have arrived, at the moment it says: for measuring what
 * comes after the terminator key.
 */
export async function scanAndTime(page: Page, label: string): Promise<void> {
  const cdp = await keyboardOf(page);
  const keys = Array.from(label);
  const began = Date.now() - (keys.length - 1) * KEY_GAP_MS;
  await Promise.all(keys.map((key, index) => press(cdp, key, began + index * KEY_GAP_MS)));
  await press(cdp, 'Enter', Date.now());
}

/** Waits until the newest line of a label has a prompt that is no longer being worked on. */
export async function settledLine(page: Page, label: string, timeoutMs = 20_000): Promise<Snapshot['lines'][number]> {
  const until = Date.now() + timeoutMs;
  for (;;) {
    const { lines } = await snapshot(page);
    const line = lines.find((candidate) => candidate.raw === label || candidate.barcode === label);
    if (line?.prompt !== undefined && !line.prompt.working) return line;
    if (Date.now() > until)
      throw new Error(`no settled prompt for ${label}: ${JSON.stringify(line?.prompt?.destination)}`);
    await page.waitForTimeout(30);
  }
}

/** Runs one of the practice consortium’s own commands (see `src-main/training/control.ts`). */
export async function practice(url: string, name: string, args?: object): Promise<unknown> {
  const init =
    args === undefined
      ? {}
      : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(args) };
  const response = await fetch(`${url}/_practice/${name}`, init);
  if (!response.ok) throw new Error(`practice ${name}: ${response.status}`);
  return response.json();
}

/** Another desk of the same library, which acts in ReShare without Carrel. */
export async function otherDesk(url: string, requestId: string, action: string): Promise<void> {
  const [library] = (await practice(url, 'tenants')) as { id: string; username: string; password: string }[];
  if (library === undefined) throw new Error('the practice consortium has no library');
  const headers = { 'x-okapi-tenant': library.id, 'content-type': 'application/json' };
  const login = await fetch(`${url}/authn/login`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ username: library.username, password: library.password }),
  });
  const token = login.headers.get('x-okapi-token') ?? '';
  const done = await fetch(`${url}/rs/patronrequests/${requestId}/performAction`, {
    method: 'POST',
    headers: { ...headers, 'x-okapi-token': token },
    body: JSON.stringify({ action, actionParams: {} }),
  });
  if (!done.ok) throw new Error(`the other desk could not ${action}: ${done.status} ${await done.text()}`);
}
