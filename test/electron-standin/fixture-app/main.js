'use strict';
/*
 * A small app that does everything the conformance suite looks at. It is plain CommonJS and knows nothing of the stand-in: the same
 * files run on real Electron.
 */
const { appendFileSync, writeFileSync } = require('node:fs');
const { readFile } = require('node:fs/promises');
const path = require('node:path');
const { app, BrowserWindow, ipcMain, protocol, session } = require('electron');

const option = (name) => process.argv.find((argument) => argument.startsWith(`--${name}=`))?.slice(name.length + 3);
const logFile = option('log-file');
const log = (line) => logFile && appendFileSync(logFile, `${line}\n`);

/** What happened, for tests to read through `evaluate`. */
const seen = { messages: [], secondInstances: [], requests: [], navigations: [], opened: [], windowEvents: [] };
globalThis.seen = seen;

const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css' };
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-src 'self'; img-src 'self'; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'self'; object-src 'none'";

async function serve(request) {
  const { host, pathname, search } = new URL(request.url);
  if (pathname === '/moved') return new Response(null, { status: 302, headers: { location: 'app://desk/other.html' } });
  if (pathname === '/posted') return new Response(`${request.method} ${await request.text()} to ${host}${search}`);
  const body = await readFile(path.join(__dirname, 'pages', path.basename(pathname))).catch(() => undefined);
  if (body === undefined) return new Response('Not found', { status: 404 });
  const headers = { 'content-type': TYPES[path.extname(pathname)], 'content-security-policy': POLICY };
  return new Response(body, { headers });
}

function describeFrame(frame) {
  return frame && { url: frame.url, origin: frame.origin, isTop: frame.parent === null };
}

ipcMain.handle('echo', (_event, ...values) => values);
ipcMain.handle('nothing', () => undefined);
ipcMain.handle('boom', () => {
  throw Object.assign(new TypeError('bad barcode'), { code: 'E_BARCODE' });
});
ipcMain.handle('uncloneable', () => ({ callback: () => 1 }));
ipcMain.handle('sender', (event) => ({
  frame: describeFrame(event.senderFrame),
  sameAsMainFrame: event.senderFrame === event.sender.mainFrame,
  isWindow: BrowserWindow.fromWebContents(event.sender) !== null,
}));
ipcMain.handle('sender-later', async (event) => {
  await new Promise((resolve) => (globalThis.release = resolve));
  globalThis.laterFrame = event.senderFrame;
});
ipcMain.on('message', (event, ...values) => {
  seen.messages.push(values);
  event.reply('note', 'reply', ...values);
});

protocol.registerSchemesAsPrivileged([
  { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
]);
app.enableSandbox();

const sameApp = (url) => url.startsWith('app://desk/');

app.on('web-contents-created', (_event, contents) => {
  for (const name of ['will-navigate', 'will-frame-navigate', 'will-redirect']) {
    contents.on(name, (event) => {
      seen.navigations.push({ name, url: event.url, isMainFrame: event.isMainFrame });
      if (!sameApp(event.url) || event.url.includes('forbidden')) event.preventDefault();
    });
  }
  contents.setWindowOpenHandler(({ url, frameName }) => {
    seen.opened.push({ url, frameName });
    return { action: 'deny' };
  });
});

globalThis.openWindow = async (options = {}) => {
  const { page = 'index.html', ...rest } = options;
  const window = new BrowserWindow({
    width: 900,
    height: 640,
    useContentSize: true,
    ...rest,
    webPreferences: { preload: path.join(__dirname, 'preload.js'), partition: 'desk', ...rest.webPreferences },
  });
  for (const name of ['ready-to-show', 'show', 'hide', 'focus', 'blur', 'close', 'closed']) {
    window.on(name, () => {
      seen.windowEvents.push(`${window.id}:${name}`);
      if (name === 'close' || name === 'closed') log(name);
    });
  }
  if (page) await window.loadURL(`app://desk/${page}`);
  return window;
};

if (app.requestSingleInstanceLock({ from: 'fixture' })) start();
else app.quit();

function start() {
  app.on('second-instance', (_event, argv, workingDirectory, additionalData) => {
    seen.secondInstances.push({ marked: argv.includes('--mark=second'), workingDirectory, additionalData });
  });
  app.on('window-all-closed', () => log('window-all-closed'));
  app.on('before-quit', () => log('before-quit'));
  app.on('quit', (_event, code) => log(`quit ${code}`));
  let flushed = false;
  app.on('will-quit', (event) => {
    log('will-quit');
    if (flushed || logFile === undefined) return;
    event.preventDefault();
    setTimeout(() => {
      flushed = true;
      log('flushed');
      app.quit();
    }, 30);
  });
  void app.whenReady().then(async () => {
    const desk = session.fromPartition('desk');
    desk.protocol.handle('app', serve);
    desk.setPermissionRequestHandler((_contents, _permission, callback) => callback(false));
    desk.setPermissionCheckHandler(() => false);
    desk.webRequest.onBeforeRequest((details, callback) => {
      seen.requests.push({ url: details.url, resourceType: details.resourceType });
      callback({ cancel: !details.url.startsWith('app:') && !details.url.startsWith('devtools:') });
    });
    await globalThis.openWindow();
    writeFileSync(path.join(app.getPath('userData'), 'started'), '');
  });
}
