import { rmSync } from 'node:fs';
import { createRequire, registerHooks } from 'node:module';
import { join, resolve } from 'node:path';
import { LaunchError, parseArguments, readAppPackage } from './args.ts';
import { app, appendedSwitches } from './api/app.ts';
import { electron } from './api/electron.ts';
import { webContents } from './api/web-contents.ts';
import { startChromium } from './chromium.ts';
import type { Chromium } from './chromium.ts';
import { Targets, host } from './host.ts';
import { testHook } from './test-hook.ts';
import { ELECTRON_VERSION } from './version.ts';

const SELF = Symbol.for('carrel.standin.electron');
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Runs the app named on the command line as Electron would; what keeps it from starting is said in one sentence. */
export async function run(line: readonly string[]): Promise<void> {
  try {
    await start(line);
  } catch (error) {
    if (!(error instanceof LaunchError)) throw error;
    console.error(error.message);
    process.exit(1);
  }
}

async function start(line: readonly string[]): Promise<void> {
  host.arguments = parseArguments(line);
  process.argv = [join(import.meta.dirname, 'electron'), ...line];
  if (host.arguments.app === undefined) throw new LaunchError('The stand-in needs the app to run: electron <folder>');
  host.appPackage = readAppPackage(host.arguments.app);
  offerElectron();
  for (const signal of SIGNALS) process.on(signal, () => app.quit());

  const require = createRequire(join(process.cwd(), 'package.json'));
  for (const preload of host.arguments.preloads) require(resolve(preload));

  // The browser starts while the app's modules load. Should the app then ask for other switches, it starts again with them.
  const port = host.arguments.switches.has('remote-debugging-port');
  const switchesAtStart = JSON.stringify([...appendedSwitches]);
  let chromium = startChromium(appendedSwitches, port);
  tidyUpAfter(chromium);
  createRequire(host.appPackage.main)(host.appPackage.main);
  if (JSON.stringify([...appendedSwitches]) !== switchesAtStart) {
    chromium.process.removeAllListeners('exit').kill('SIGKILL');
    chromium = startChromium(appendedSwitches, port);
    tidyUpAfter(chromium);
  }
  host.chromium = chromium;
  if (port) process.stderr.write(`${await chromium.devToolsLine}\n`);
  await connect(chromium);
  app.becomeReady();
}

/** Makes `require('electron')` answer the stand-in, for the app, its dependencies and Playwright's evaluations. */
function offerElectron(): void {
  Object.assign(globalThis, { [SELF]: electron, carrelStandin: testHook });
  Object.assign(process, { type: 'browser', defaultApp: true, resourcesPath: import.meta.dirname });
  Object.defineProperty(process.versions, 'electron', { value: ELECTRON_VERSION, enumerable: true });
  registerHooks({
    resolve(specifier, context, nextResolve) {
      const ours = specifier === 'electron' || specifier === 'electron/main' || specifier === 'electron/common';
      return ours
        ? { url: 'standin:electron', format: 'commonjs', shortCircuit: true }
        : nextResolve(specifier, context);
    },
    load(url, context, nextLoad) {
      if (url !== 'standin:electron') return nextLoad(url, context);
      const source = "module.exports = globalThis[Symbol.for('carrel.standin.electron')];";
      return { format: 'commonjs', source, shortCircuit: true };
    },
  });
}

/** The browser and this process end together; the browser by itself when its pipe closes, should this one be killed. */
function tidyUpAfter({ process: browser, profile }: Chromium): void {
  browser.once('error', (error) => {
    console.error(`Chromium could not be started: ${error.message}`);
    process.exit(1);
  });
  browser.once('exit', (code, signal) => {
    console.error(`Chromium ended by itself (${signal ?? String(code)}); the stand-in ends with it.`);
    process.exit(1);
  });
  process.once('exit', () => {
    browser.kill('SIGKILL');
    rmSync(profile, { recursive: true, force: true, maxRetries: 3, retryDelay: 20 });
  });
}

async function connect(chromium: Chromium): Promise<void> {
  const { root } = chromium.connection;
  const targets = new Targets(chromium);
  host.targets = targets;
  root.on('Target.targetDestroyed', ({ targetId }) => webContents.fromDevToolsTargetId(targetId)?.markDestroyed());
  const [{ product }] = await Promise.all([root.send('Browser.getVersion'), targets.start()]);
  Object.defineProperty(process.versions, 'chrome', { value: product.replace(/^[^/]*\//, ''), enumerable: true });
}
