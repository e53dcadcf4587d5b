import type { Clipboard, CrashReporter, Dialog, NativeTheme, Screen, Shell } from 'electron';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { isHeadful } from '../chromium.ts';
import { CarriedEmitter, carried } from '../not-carried.ts';
import { testHook } from '../test-hook.ts';

/** The parts of the system around the app. None of it is real except opening a link or a file for a person who sees the window. */

const OPENERS: Readonly<Partial<Record<NodeJS.Platform, string>>> = {
  linux: 'xdg-open',
  darwin: 'open',
  win32: 'explorer',
};

export const shell = carried('electron.shell', {
  async openExternal(url: string): Promise<void> {
    testHook.openedExternally.push(url);
    await handToSystem(url);
  },
  async openPath(path: string): Promise<string> {
    testHook.openedFiles.push(path);
    if (!existsSync(path)) return 'Failed to open path';
    await handToSystem(path);
    return '';
  },
} satisfies Pick<Shell, 'openExternal' | 'openPath'>);

async function handToSystem(what: string): Promise<void> {
  const opener = OPENERS[process.platform];
  if (!isHeadful() || opener === undefined) return;
  await new Promise<void>((resolve, reject) => {
    spawn(opener, [what], { stdio: 'ignore', detached: true }).once('error', reject).once('spawn', resolve).unref();
  });
}

/** Electron's dialogs may be given a window first; the options come last. */
function recordDialog(kind: string, values: readonly unknown[]): { readonly cancelId?: number } {
  const options = values.at(-1) ?? {};
  testHook.dialogs.push({ kind, options });
  return options;
}

export const dialog = carried('electron.dialog', {
  showErrorBox(title: string, content: string): void {
    recordDialog('error', [{ title, content }]);
    console.error(`${title}\n${content}`);
  },
  showMessageBox: (...values: unknown[]) =>
    Promise.resolve({ response: recordDialog('message', values).cancelId ?? 0, checkboxChecked: false }),
  showOpenDialog(...values: unknown[]) {
    recordDialog('open', values);
    return Promise.resolve({ canceled: true, filePaths: [] });
  },
  showSaveDialog(...values: unknown[]) {
    recordDialog('save', values);
    return Promise.resolve({ canceled: true, filePath: '' });
  },
} satisfies Pick<Dialog, 'showErrorBox' | 'showMessageBox' | 'showOpenDialog' | 'showSaveDialog'>);

/** Never fires by itself: tests emit. */
export const powerMonitor = new CarriedEmitter('electron.powerMonitor', [
  'lock-screen',
  'on-ac',
  'on-battery',
  'resume',
  'shutdown',
  'suspend',
  'unlock-screen',
]);

class StandinNativeTheme extends CarriedEmitter implements Pick<NativeTheme, 'themeSource' | 'shouldUseDarkColors'> {
  #source: NativeTheme['themeSource'] = 'system';

  constructor() {
    super('electron.nativeTheme', ['updated']);
  }

  get shouldUseDarkColors(): boolean {
    return this.#source === 'dark';
  }

  get themeSource(): NativeTheme['themeSource'] {
    return this.#source;
  }

  set themeSource(source: NativeTheme['themeSource']) {
    if (source === this.#source) return;
    this.#source = source;
    this.emit('updated');
  }
}
export const nativeTheme = new StandinNativeTheme();

let copied = '';
export const clipboard = carried('electron.clipboard', {
  writeText(text: string): Promise<void> {
    copied = text;
    return Promise.resolve();
  },
  readText: () => Promise.resolve(copied),
} satisfies Pick<Clipboard, 'writeText' | 'readText'>);

export const crashReporter = carried('electron.crashReporter', {
  start(options) {
    testHook.crashReporter.push(options);
  },
} satisfies Pick<CrashReporter, 'start'>);

const DISPLAY = { x: 0, y: 0, width: 1920, height: 1080 };
const primaryDisplay = {
  id: 1,
  bounds: DISPLAY,
  workArea: DISPLAY,
  size: DISPLAY,
  workAreaSize: DISPLAY,
  scaleFactor: 1,
};

export const screen = carried('electron.screen', {
  getPrimaryDisplay: () => primaryDisplay,
  getAllDisplays: () => [primaryDisplay],
} satisfies Record<keyof Pick<Screen, 'getPrimaryDisplay' | 'getAllDisplays'>, unknown>);
