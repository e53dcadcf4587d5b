import { BrowserWindow, Menu, app, crashReporter, dialog, powerMonitor, protocol } from 'electron';
import type { Handlers } from '../contract/methods.ts';
import { serveAppFile } from './app-files.ts';
import { CannotStart } from './cannot-start.ts';
import type { DispatchLog } from './dispatch.ts';
import type { EventStream } from './event-stream.ts';
import { guardedSession } from './guards.ts';
import { serveCalls } from './ipc.ts';
import { openWindow } from './window.ts';

/** What the composition root builds once Electron is ready. */
export interface Parts {
  readonly handlers: Handlers;
  /** Called when the computer wakes: clocks and tokens may be stale. */
  woke(): void;
  /** Flushes and closes everything; called once, before Carrel ends. */
  close(): Promise<void>;
}

export interface ShellOptions {
  readonly preload: string;
  readonly rendererRoot: string;
  readonly events: EventStream;
  readonly log: DispatchLog & { fatal(error: unknown): void };
  /** Builds the parts. `userData` is where this user's files are; `rebuild` closes them all and builds them anew. */
  build(shell: { readonly userData: string; readonly version: string; rebuild(): Promise<void> }): Promise<Parts>;
}

const UNEXPECTED =
  'Something went wrong while Carrel was starting. Nothing was deleted. Tell IT; the log file says more.';

/**
 * Runs Carrel: one instance, one window on our own scheme, calls through the contract. The window loads while the parts
 * are being built, so that a person sees it early and the first call waits only for what it needs.
 */
export function runShell(options: ShellOptions): void {
  app.enableSandbox();
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  crashReporter.start({ uploadToServer: false });
  Menu.setApplicationMenu(null);

  app.on('second-instance', () => {
    const [window] = BrowserWindow.getAllWindows();
    if (window === undefined) return;
    if (window.isMinimized()) window.restore();
    window.focus();
  });

  const fatal = (error: unknown): void => {
    options.log.fatal(error);
  };
  let closed = false;
  // Not only once Electron is ready: databases open while the browser starts.
  let parts = orExit(buildParts());
  async function buildParts(): Promise<Parts> {
    return options.build({ userData: app.getPath('userData'), version: app.getVersion(), rebuild });
  }
  /** Closes the parts and builds them anew, then has the window rebuild itself from them. */
  async function rebuild(): Promise<void> {
    parts = orExit(
      parts.then(async (old) => {
        await old.close();
        return buildParts();
      }),
    );
    await parts;
    for (const window of BrowserWindow.getAllWindows()) window.webContents.reload();
  }
  /** Without parts there is nothing to show: the person is told why, and Carrel ends. */
  function orExit(building: Promise<Parts>): Promise<Parts> {
    building.catch((error: unknown) => {
      fatal(error);
      dialog.showErrorBox('Carrel cannot start', error instanceof CannotStart ? error.message : UNEXPECTED);
      app.exit(1);
    });
    return building;
  }
  serveCalls(async () => (await parts).handlers, options.log);

  app.on('will-quit', (event) => {
    if (closed) return;
    event.preventDefault();
    void parts
      .then((built) => built.close())
      .catch(fatal)
      .finally(() => {
        closed = true;
        app.quit();
      });
  });
  app.on('window-all-closed', () => {
    app.quit();
  });

  void app.whenReady().then(async () => {
    guardedSession().protocol.handle('app', (request) => serveAppFile(request, options.rendererRoot));
    powerMonitor.on('resume', () => {
      void parts.then((built) => built.woke());
    });
    await openWindow(options.preload, options.events);
  }, fatal);
}
