import { spawnSync } from 'node:child_process';
import type { Page } from '@playwright/test';
import { findChromium } from './chromium.ts';
import { ELECTRON_VERSION } from './version.ts';

/** What the app runs on. Real Electron is asked for with CARREL_ELECTRON=real; everything else uses the stand-in. */
export function isStandIn(environment: NodeJS.ProcessEnv = process.env): boolean {
  return environment['CARREL_ELECTRON'] !== 'real';
}

let named: string | undefined;

/** The target's name for reports and traces: `electron 45.4.1` or `stand-in on Chromium 156`. */
export function target(): string {
  named ??= isStandIn() ? `stand-in on Chromium ${chromiumMajor()}` : `electron ${ELECTRON_VERSION}`;
  return named;
}

function chromiumMajor(): string {
  const { stdout } = spawnSync(findChromium(), ['--version'], { encoding: 'utf8' });
  return /(\d+)\.\d+\.\d+/.exec(stdout)?.[1] ?? 'of unknown version';
}

/** The environment to start the app with, for launchers that spawn it themselves. */
export function launchEnv(environment: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const { ELECTRON_OVERRIDE_DIST_PATH: _, ...rest } = environment;
  return isStandIn(environment) ? { ...rest, ELECTRON_OVERRIDE_DIST_PATH: import.meta.dirname } : rest;
}

/** Makes Playwright's `_electron.launch()` in this process start the target. Call before the first launch. */
export function useStandIn(): void {
  if (isStandIn()) process.env['ELECTRON_OVERRIDE_DIST_PATH'] = import.meta.dirname;
  else delete process.env['ELECTRON_OVERRIDE_DIST_PATH'];
}

/** The page's address without its origin, which differs between the targets: path, query and fragment. */
export function appPath(page: Page): string {
  const { pathname, search, hash } = new URL(page.url());
  return `${pathname}${search}${hash}`;
}
