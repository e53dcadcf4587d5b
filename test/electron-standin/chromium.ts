import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { accessSync, constants, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { LaunchError } from './args.ts';
import { Connection } from './cdp.ts';
import { isAlive } from './process-alive.ts';

const PROFILE_PREFIX = 'carrel-standin-';

/** A running browser and the pipe to it. */
export interface Chromium {
  readonly process: ChildProcess;
  readonly connection: Connection;
  readonly executable: string;
  /** Throw-away profile folder; nothing of it outlives the process. */
  readonly profile: string;
  /** Settles with the line Playwright waits for; only when a debugging port was asked for. */
  readonly devToolsLine: Promise<string>;
}

/**
 * The browser to show windows in: CARREL_CHROMIUM, then Debian's binary (not its wrapper, which adds flags and extensions), then
 * PATH, then the usual places of macOS and Windows.
 *
 * @throws LaunchError when there is none.
 */
export function findChromium(environment: NodeJS.ProcessEnv = process.env): string {
  const asked = environment['CARREL_CHROMIUM'];
  if (asked) return asked;
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
  const programs = [environment['ProgramFiles'], environment['ProgramFiles(x86)'], environment['LOCALAPPDATA']];
  const candidates = [
    '/usr/lib/chromium/chromium',
    ...(environment['PATH'] ?? '').split(delimiter).flatMap((folder) => names.map((name) => join(folder, name))),
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    ...programs.filter((folder) => folder !== undefined).map((f) => join(f, 'Google/Chrome/Application/chrome.exe')),
  ];
  const found = candidates.find((path) => isExecutable(path));
  if (found === undefined) {
    throw new LaunchError(
      'No Chromium was found: install the package "chromium", or set CARREL_CHROMIUM to its executable.',
    );
  }
  return found;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Opens a real window for a person instead of running headless. */
export function isHeadful(environment: NodeJS.ProcessEnv = process.env): boolean {
  return environment['CARREL_STANDIN_HEADFUL'] === '1';
}

/** Switches that make a browser of a person into a part of an app: no network of its own, no first run, no sync. */
const OWN_SWITCHES: ReadonlyMap<string, string> = new Map([
  ['no-startup-window', ''],
  ['no-first-run', ''],
  ['no-default-browser-check', ''],
  ['disable-background-networking', ''],
  ['disable-component-update', ''],
  ['disable-sync', ''],
  ['disable-quic', ''],
  ['disable-default-apps', ''],
  ['disable-extensions', ''],
  ['disable-breakpad', ''],
  ['disable-search-engine-choice-screen', ''],
  ['disable-dev-shm-usage', ''],
  ['password-store', 'basic'],
  ['use-mock-keychain', ''],
  // A second wall behind request interception: whatever slips past it (workers, sockets, prefetch) finds no host.
  ['host-resolver-rules', 'MAP * ~NOTFOUND'],
  // Electron's default for `webPreferences.autoplayPolicy`.
  ['autoplay-policy', 'no-user-gesture-required'],
  ['disable-features', 'Translate,MediaRouter,OptimizationHints,HttpsUpgrades,CalculateNativeWinOcclusion'],
]);

/** Chromium's command line: our own switches under those the app appended; lists of features are joined, not replaced. */
export function chromiumArguments(appended: ReadonlyMap<string, string>, profile: string, port: boolean): string[] {
  const switches = new Map([...OWN_SWITCHES, ...appended]);
  for (const list of ['disable-features', 'enable-features']) {
    const joined = [OWN_SWITCHES.get(list), appended.get(list)].filter((part) => part).join(',');
    if (joined) switches.set(list, joined);
  }
  switches.set('user-data-dir', profile);
  switches.set('remote-debugging-pipe', '');
  switches.delete('no-sandbox');
  if (port) switches.set('remote-debugging-port', '0');
  // Chromium warns of it in a bar across a person's window; the first wall, request interception, stands without it.
  if (isHeadful()) switches.delete('host-resolver-rules');
  else switches.set('headless', 'new');
  // Chromium refuses to sandbox as root; for anybody else the sandbox stays on.
  if (process.getuid?.() === 0) switches.set('no-sandbox', '');
  return [...switches].map(([name, value]) => (value === '' ? `--${name}` : `--${name}=${value}`));
}

/** Starts the browser. Nothing is shown until the first `BrowserWindow`. */
export function startChromium(appended: ReadonlyMap<string, string>, port: boolean): Chromium {
  sweepProfiles();
  const executable = findChromium();
  const profile = mkdtempSync(join(tmpdir(), `${PROFILE_PREFIX}${String(process.pid)}-`));
  const child = spawn(executable, chromiumArguments(appended, profile, port), {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
  });
  const pipes = child.stdio as unknown as [unknown, unknown, Readable, Writable, Readable];
  const devToolsLine = new Promise<string>((resolve) => {
    createInterface(pipes[2]).on('line', (line) => {
      if (line.startsWith('DevTools listening on ')) resolve(line);
      else if (process.env['CARREL_STANDIN_DEBUG']) process.stderr.write(`[chromium] ${line}\n`);
    });
  });
  const connection = new Connection(pipes[3], pipes[4]);
  return { process: child, connection, executable, profile, devToolsLine };
}

/** Starts the browser a second time, which hands its `--app` to the running one and ends. */
export function openAppWindow({ executable, profile }: Chromium, url: string, width: number, height: number): void {
  const size = `--window-size=${String(width)},${String(height)}`;
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  spawn(executable, [`--user-data-dir=${profile}`, `--app=${url}`, size, ...sandbox], { stdio: 'ignore' });
}

/** Removes profiles left by stand-ins that were killed before they could tidy up. */
function sweepProfiles(): void {
  for (const name of readdirSync(tmpdir())) {
    const owner = name.startsWith(PROFILE_PREFIX)
      ? Number(name.slice(PROFILE_PREFIX.length).split('-')[0])
      : Number.NaN;
    if (Number.isInteger(owner) && !isAlive(owner)) rmSync(join(tmpdir(), name), { recursive: true, force: true });
  }
}
