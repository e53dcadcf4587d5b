import { carried } from '../not-carried.ts';
import { app } from './app.ts';
import { StandinBrowserWindow } from './browser-window.ts';
import { ipcMain } from './ipc-main.ts';
import { StandinMenu } from './menu.ts';
import { safeStorage } from './safe-storage.ts';
import { protocol, session } from './session.ts';
import { clipboard, crashReporter, dialog, nativeTheme, powerMonitor, screen, shell } from './system.ts';
import { webContents } from './web-contents.ts';

app.connectWindows({ all: () => StandinBrowserWindow.getAllWindows() });

/** What `require('electron')` answers in the main process. */
export const electron = carried('electron', {
  app,
  BrowserWindow: carried('electron.BrowserWindow', StandinBrowserWindow),
  clipboard,
  crashReporter,
  dialog,
  ipcMain,
  Menu: carried('electron.Menu', StandinMenu),
  nativeTheme,
  powerMonitor,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
  webContents: carried('electron.webContents', webContents),
});
