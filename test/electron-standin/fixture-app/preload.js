'use strict';
const { contextBridge, ipcRenderer } = require('electron');
contextBridge.exposeInMainWorld('fixture', { echo: (...v) => ipcRenderer.invoke('echo', ...v) });
