import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron as electron, type ElectronApplication, type Page } from '@playwright/test';
import { ROOT } from '../launch/environment.ts';
import type { MethodName, Bridge, InputOf, OutputOf } from '../../src-main/contract/methods.ts';
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

/** Calls a method of the contract from the page, as the renderer does. */
export function call<M extends MethodName>(page: Page, method: M, input: InputOf<M>): Promise<Result<OutputOf<M>>> {
  return page.evaluate(
    ([name, value]) => (window as unknown as { carrel: Bridge }).carrel.call(name as MethodName, value as never),
    [method, input] as const,
  ) as Promise<Result<OutputOf<M>>>;
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

/** What a scanner does: the characters in one burst, then its suffix. */
export async function scan(page: Page, label: string, suffix: 'Enter' | 'Tab' | '' = 'Enter'): Promise<void> {
  await page.keyboard.type(label, { delay: 0 });
  if (suffix !== '') await page.keyboard.press(suffix);
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

/** Talks to the practice consortium’s own controls. */
export async function practice(page: Page, path: string, body?: unknown): Promise<unknown> {
  const { practiceUrl } = await snapshot(page);
  if (practiceUrl === undefined) throw new Error('not in training');
  const response = await fetch(
    `${practiceUrl}/_practice/${path}`,
    body === undefined
      ? {}
      : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
  );
  if (!response.ok) throw new Error(`practice ${path}: ${String(response.status)}`);
  return response.json();
}
