'use strict';
const { app, BrowserWindow, ipcMain, protocol } = require('electron');
const { readFile } = require('node:fs/promises');
const path = require('node:path');
protocol.registerSchemesAsPrivileged([
  { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
]);
ipcMain.handle('echo', (_e, ...v) => v);
app.whenReady().then(async () => {
  protocol.handle('app', async (request) => {
    const { pathname } = new URL(request.url);
    return new Response(await readFile(path.join(__dirname, 'pages', pathname)), {
      headers: { 'content-type': 'text/html' },
    });
  });
  const w = new BrowserWindow({
    width: 900,
    height: 640,
    webPreferences: { preload: path.join(__dirname, 'preload.js') },
  });
  await w.loadURL('app://desk/index.html');
});
