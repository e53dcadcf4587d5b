import type { App } from 'electron';
import { mkdirSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { host } from '../host.ts';
import { CarriedEmitter, PreventableEvent, carried } from '../not-carried.ts';
import { SingleInstance } from '../single-instance.ts';

const EVENTS = [
  'activate',
  'before-quit',
  'browser-window-blur',
  'browser-window-created',
  'browser-window-focus',
  'child-process-gone',
  'open-file',
  'open-url',
  'quit',
  'ready',
  'render-process-gone',
  'second-instance',
  'web-contents-created',
  'will-finish-launching',
  'will-quit',
  'window-all-closed',
];

/** Switches the app added for Chromium. */
export const appendedSwitches = new Map<string, string>();

const commandLine = carried('electron.app.commandLine', {
  appendSwitch(name: string, value = ''): void {
    appendedSwitches.set(name.toLowerCase(), value);
  },
  hasSwitch: (name: string): boolean => appendedSwitches.has(name) || host.arguments.switches.has(name),
  getSwitchValue: (name: string): string => appendedSwitches.get(name) ?? host.arguments.switches.get(name) ?? '',
});

/** What `app` must be able to do with windows, without knowing them. */
interface Windows {
  all(): readonly { close(): void; destroy(): void }[];
}

class StandinApp extends CarriedEmitter {
  readonly commandLine = commandLine;
  readonly isPackaged = false;
  /** macOS only, and absent elsewhere in Electron too. */
  readonly dock = undefined;
  #name: string | undefined;
  readonly #paths = new Map<string, string>();
  readonly #becameReady = Promise.withResolvers<undefined>();
  #singleInstance: SingleInstance | undefined;
  #windows: Windows = { all: () => [] };
  #quitting = false;
  #exiting = false;
  #shutDown = false;
  #exitCode = 0;

  constructor() {
    super('electron.app', EVENTS);
  }

  /** Given once by the assembly of the API; a direct import would be circular. */
  connectWindows(windows: Windows): void {
    this.#windows = windows;
  }

  get name(): string {
    return this.#name ?? host.appPackage.name;
  }

  set name(name: string) {
    this.#name = name;
  }

  getName(): string {
    return this.name;
  }

  setName(name: string): void {
    this.name = name;
  }

  getVersion(): string {
    return host.appPackage.version;
  }

  getAppPath(): string {
    return host.appPackage.appPath;
  }

  getLocale(): string {
    return Intl.DateTimeFormat().resolvedOptions().locale;
  }

  getPath(name: string): string {
    const set = this.#paths.get(name);
    if (set !== undefined) return set;
    const path = this.#defaultPath(name);
    if (path === undefined) throw new Error(`Failed to get '${name}' path`);
    if (name === 'userData' || name === 'logs' || name === 'crashDumps') mkdirSync(path, { recursive: true });
    return path;
  }

  #defaultPath(name: string): string | undefined {
    const home = homedir();
    switch (name) {
      case 'home':
        return home;
      case 'temp':
        return tmpdir();
      case 'exe':
        return process.argv[0];
      case 'appData':
        if (process.platform === 'win32') return process.env['APPDATA'] ?? join(home, 'AppData', 'Roaming');
        if (process.platform === 'darwin') return join(home, 'Library', 'Application Support');
        return process.env['XDG_CONFIG_HOME'] ?? join(home, '.config');
      case 'userData':
        return host.arguments.switches.get('user-data-dir') || join(this.getPath('appData'), this.name);
      case 'sessionData':
        return this.getPath('userData');
      case 'logs':
        return join(this.getPath('userData'), 'logs');
      case 'crashDumps':
        return join(this.getPath('userData'), 'Crashpad');
      case 'desktop':
      case 'documents':
      case 'downloads':
      case 'music':
      case 'pictures':
      case 'videos':
        return join(home, name.charAt(0).toUpperCase() + name.slice(1));
      default:
        return undefined;
    }
  }

  setPath(name: string, path: string): void {
    if (this.#defaultPath(name) === undefined) throw new Error(`Failed to set path '${name}'`);
    this.#paths.set(name, path);
  }

  setAppLogsPath(path?: string): void {
    if (path !== undefined) this.setPath('logs', path);
  }

  isReady(): boolean {
    return host.ready;
  }

  whenReady(): Promise<void> {
    return this.#becameReady.promise;
  }

  /** Called once, when the browser answers. Playwright's loader replaces `emit` and the two methods above to hold this back. */
  becomeReady(): void {
    host.ready = true;
    this.#becameReady.resolve(undefined);
    this.emit('will-finish-launching');
    this.emit('ready', new PreventableEvent(), {});
  }

  /** Renderers are always sandboxed here. */
  enableSandbox(): void {
    if (host.ready) throw new Error('app.enableSandbox() can only be called before app is ready');
  }

  setAppUserModelId(_id: string): void {
    return undefined;
  }

  focus(): void {
    this.emit('activate', {}, this.#windows.all().length > 0);
  }

  requestSingleInstanceLock(additionalData: Record<string, unknown> = {}): boolean {
    this.#singleInstance ??= new SingleInstance(this.getPath('userData'), (message) => {
      const { argv, workingDirectory, additionalData: data } = message;
      void this.whenReady().then(() => this.emit('second-instance', {}, argv, workingDirectory, data));
    });
    return this.#singleInstance.acquire({ argv: process.argv, workingDirectory: process.cwd(), additionalData });
  }

  hasSingleInstanceLock(): boolean {
    return this.#singleInstance?.held ?? false;
  }

  releaseSingleInstanceLock(): void {
    this.#singleInstance?.release();
  }

  // --- Ending, in the order of Electron's shell/browser/browser.cc

  quit(): void {
    if (this.#quitting) return;
    const event = new PreventableEvent();
    this.emit('before-quit', event);
    if (event.defaultPrevented) return;
    this.#quitting = true;
    const windows = this.#windows.all();
    if (windows.length === 0) this.#notifyAndShutDown();
    else for (const window of windows) window.close();
  }

  exit(code = 0): void {
    this.#exitCode = code;
    this.#quitting = true;
    this.#exiting = true;
    const windows = this.#windows.all();
    if (windows.length === 0) this.#finish();
    else for (const window of windows) window.destroy();
  }

  /** A window refused to close while the app was quitting. */
  closeCancelled(): void {
    this.#quitting = false;
  }

  /** The last window has gone. */
  allWindowsClosed(): void {
    if (this.#exiting) this.#finish();
    else if (this.#quitting) this.#notifyAndShutDown();
    else if (this.listenerCount('window-all-closed') > 0) this.emit('window-all-closed');
    else this.quit();
  }

  #notifyAndShutDown(): void {
    if (this.#shutDown) return;
    const event = new PreventableEvent();
    this.emit('will-quit', event);
    if (event.defaultPrevented) this.#quitting = false;
    else this.#finish();
  }

  #finish(): void {
    if (this.#shutDown) return;
    this.#shutDown = true;
    this.emit('quit', new PreventableEvent(), this.#exitCode);
    const leave = (): void => process.exit(this.#exitCode);
    // The message to the first instance goes out before this one ends.
    void (this.#singleInstance?.notified ?? Promise.resolve()).then(leave, leave);
  }
}

type Carried =
  | 'commandLine'
  | 'isPackaged'
  | 'name'
  | 'getName'
  | 'setName'
  | 'getVersion'
  | 'getAppPath'
  | 'getLocale'
  | 'getPath'
  | 'setPath'
  | 'setAppLogsPath'
  | 'isReady'
  | 'whenReady'
  | 'enableSandbox'
  | 'setAppUserModelId'
  | 'focus'
  | 'hasSingleInstanceLock'
  | 'releaseSingleInstanceLock'
  | 'quit'
  | 'exit';

export const app = new StandinApp();
app satisfies Pick<Omit<App, 'commandLine'>, Exclude<Carried, 'commandLine'>>;
