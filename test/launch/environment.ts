import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { findChromium } from '../electron-standin/chromium.ts';

export const ROOT = join(import.meta.dirname, '..', '..');

/** Runs a program of this project in the foreground; answers whether it succeeded. */
export function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): boolean {
  const bin = join(ROOT, 'node_modules', '.bin');
  const done = spawnSync(command, args, {
    stdio: 'inherit',
    cwd: ROOT,
    shell: process.platform === 'win32',
    env: {
      ...process.env,
      ...env,
      PATH: `${bin}${process.platform === 'win32' ? ';' : ':'}${process.env['PATH'] ?? ''}`,
    },
  });
  return done.status === 0;
}

/** Electron's own executable, when its binary has been installed on this machine (`npx install-electron`). */
export function electronBinary(): string | undefined {
  if (process.env['CARREL_TARGET'] === 'stand-in') return undefined;
  const folder = join(ROOT, 'node_modules', 'electron');
  if (!existsSync(join(folder, 'path.txt')) || !existsSync(join(folder, 'dist'))) return undefined;
  return createRequire(import.meta.url)(folder) as string;
}

/** True where a window could be shown. */
export function hasDisplay(): boolean {
  if (process.platform !== 'linux') return true;
  return Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);
}

/**
 * Makes sure that a browser for the stand-in is there: finds one, or installs Debian's when this is Debian and we are
 * root; otherwise says in one sentence what to install.
 */
export function ensureBrowser(): boolean {
  if (findChromium() !== undefined) return true;
  const debianRoot = existsSync('/etc/debian_version') && process.getuid?.() === 0;
  if (debianRoot) {
    console.log('No Chromium found; installing Debian’s packages chromium and xvfb.');
    const env = { DEBIAN_FRONTEND: 'noninteractive' };
    if (run('apt-get', ['update', '-qq'], env) && run('apt-get', ['install', '-y', '-qq', 'chromium', 'xvfb'], env)) {
      if (findChromium() !== undefined) return true;
    }
  }
  console.error(
    'Carrel needs Chromium here: install it (on Debian and Ubuntu: sudo apt-get install chromium xvfb), or set CARREL_CHROMIUM to its path.',
  );
  return false;
}
