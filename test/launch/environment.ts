import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { findChromium } from '../electron-standin/chromium.ts';

export const ROOT = join(import.meta.dirname, '..', '..');

/** Runs a program of this project in the foreground; answers whether it succeeded. */
export function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): boolean {
  const bin = join(ROOT, 'node_modules', '.bin');
  const done = spawnSync(command, args, {
    stdio: 'inherit',
    cwd: ROOT,
    shell: process.platform === 'win32',
    env: { ...process.env, ...env, PATH: `${bin}${delimiter}${process.env['PATH'] ?? ''}` },
  });
  return done.status === 0;
}

/** Electron's own executable, when its binary has been installed on this machine (`npx install-electron`). */
export function electronBinary(): string | undefined {
  const folder = join(ROOT, 'node_modules', 'electron');
  if (!existsSync(join(folder, 'path.txt')) || !existsSync(join(folder, 'dist'))) return undefined;
  return createRequire(import.meta.url)(folder) as string;
}

/** True where a window could be shown. */
export function hasDisplay(): boolean {
  if (process.platform !== 'linux') return true;
  return Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);
}

function chromiumOrReason(): { readonly found: true } | { readonly found: false; readonly reason: string } {
  try {
    findChromium();
    return { found: true };
  } catch (error) {
    return { found: false, reason: error instanceof Error ? error.message : String(error) };
  }
}

/**
 * Makes sure that a browser for the stand-in is there: finds one, or installs Debian's when this is Debian and we are
 * root; otherwise says in one sentence what to install.
 */
export function ensureBrowser(): boolean {
  if (chromiumOrReason().found) return true;
  if (existsSync('/etc/debian_version') && process.getuid?.() === 0) {
    console.log('No Chromium found; installing Debian’s packages chromium and xvfb.');
    const env = { DEBIAN_FRONTEND: 'noninteractive' };
    const installed =
      run('apt-get', ['update', '-qq'], env) && run('apt-get', ['install', '-y', '-qq', 'chromium', 'xvfb'], env);
    if (!installed) console.error('Debian’s packages could not be installed.');
  }
  const after = chromiumOrReason();
  if (!after.found) console.error(after.reason);
  return after.found;
}
