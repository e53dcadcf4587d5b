import { BrowserWindow, type BrowserWindowConstructorOptions } from 'electron';
import { EVENT_CHANNEL } from '../contract/channels.ts';
import { APP_ORIGIN } from './dispatch.ts';
import type { EventStream } from './event-stream.ts';
import { PARTITION, guardNavigation } from './guards.ts';

/** The window's options; a test holds them to the security list (sandboxed, isolated, no Node, no webview). */
export function windowOptions(preload: string): BrowserWindowConstructorOptions {
  return {
    width: 1280,
    height: 800,
    minWidth: 480,
    minHeight: 480,
    show: false,
    title: 'Carrel',
    autoHideMenuBar: true,
    webPreferences: {
      preload,
      partition: PARTITION,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
    },
  };
}

/** Opens the one window and keeps it supplied with events. */
export async function openWindow(preload: string, events: EventStream): Promise<BrowserWindow> {
  const window = new BrowserWindow(windowOptions(preload));
  guardNavigation(window.webContents);
  window.once('ready-to-show', () => {
    window.show();
  });
  const unsubscribe = events.subscribe((envelope) => {
    if (!window.isDestroyed()) window.webContents.send(EVENT_CHANNEL, envelope);
  });
  window.once('closed', unsubscribe);
  // A crashed page is rebuilt once from main's truth; a second crash leaves the window for the person to close.
  let reloaded = false;
  window.webContents.on('render-process-gone', () => {
    if (reloaded || window.isDestroyed()) return;
    reloaded = true;
    window.webContents.reload();
  });
  await window.loadURL(`${APP_ORIGIN}/index.html`);
  return window;
}
