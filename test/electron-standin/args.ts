import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { ELECTRON_VERSION } from './version.ts';

/** The stand-in cannot start; the message is one sentence for a person. */
export class LaunchError extends Error {
  override readonly name = 'LaunchError';
}

/** What the command line asked for, read the way Electron's default app reads it. */
export interface Arguments {
  /** Files of `-r file`, run before the app. */
  readonly preloads: readonly string[];
  /** The app's folder or file; undefined when none was given. */
  readonly app: string | undefined;
  /** Every `--name[=value]` on the line, before or after the app, names lower-cased as Chromium does. */
  readonly switches: ReadonlyMap<string, string>;
}

/** The app to run, from its package.json. */
export interface AppPackage {
  readonly main: string;
  readonly appPath: string;
  readonly name: string;
  readonly version: string;
}

/** Splits a command line (without the executable). Never fails: unknown switches are kept for `app.commandLine`. */
export function parseArguments(line: readonly string[]): Arguments {
  const preloads: string[] = [];
  const switches = new Map<string, string>();
  let app: string | undefined;
  for (let index = 0; index < line.length; index += 1) {
    const argument = line[index] ?? '';
    if (argument === '--') break;
    if (app === undefined && (argument === '-r' || argument === '--require')) {
      index += 1;
      preloads.push(line[index] ?? '');
    } else if (argument.startsWith('--')) {
      const [name = '', ...value] = argument.slice(2).split('=');
      switches.set(name.toLowerCase(), value.join('='));
    } else if (!argument.startsWith('-')) {
      app ??= argument;
    }
  }
  return { preloads, app, switches };
}

/**
 * Finds the app's main file, name and version (`productName` before `name`, as Electron's default app does).
 *
 * @throws LaunchError when there is no app at that place.
 */
export function readAppPackage(path: string): AppPackage {
  const appPath = resolve(path);
  const manifestPath = join(appPath, 'package.json');
  const require = createRequire(join(appPath, 'package.json'));
  let main: string;
  try {
    main = require.resolve(appPath);
  } catch {
    throw new LaunchError(`Unable to find Electron app at ${appPath}`);
  }
  if (!existsSync(manifestPath)) return { main, appPath: dirname(main), name: 'Electron', version: ELECTRON_VERSION };
  const manifest = JSON.parse(readFileSync(manifestPath, 'utf8')) as {
    name?: string;
    productName?: string;
    version?: string;
  };
  return {
    main,
    appPath,
    name: manifest.productName ?? manifest.name ?? 'Electron',
    version: manifest.version ?? ELECTRON_VERSION,
  };
}
