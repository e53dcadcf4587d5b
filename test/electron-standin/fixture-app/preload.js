'use strict';
const { contextBridge, ipcRenderer } = require('electron');

const atStart = { readyState: document.readyState, pageGlobal: typeof window.pageGlobal };
window.leftByPreload = true;

const notes = [];
ipcRenderer.on('note', (_event, ...values) => notes.push(values));

const attempt = (action) => {
  try {
    return { value: action() };
  } catch (error) {
    return { error: `${error.name}: ${error.message}` };
  }
};

let deep = {};
for (let level = 0; level < 1100; level += 1) deep = { deep };

contextBridge.exposeInMainWorld('fixture', {
  atStart: () => atStart,
  echo: (...values) => ipcRenderer.invoke('echo', ...values),
  invoke: (channel, ...values) => ipcRenderer.invoke(channel, ...values),
  send: (channel, ...values) => ipcRenderer.send(channel, ...values),
  notes: () => notes,
  onNote(listener) {
    const wrapped = (_event, ...values) => listener(...values);
    ipcRenderer.on('note', wrapped);
    return () => ipcRenderer.off('note', wrapped);
  },
  throwsRangeError() {
    throw Object.assign(new RangeError('too far'), { code: 'E_FAR' });
  },
  throwsText() {
    throw 'just text';
  },
  rejects: () => Promise.reject(Object.assign(new TypeError('no such item'), { code: 'E_ITEM' })),
  callWith: (callback, value) => callback(value),
  tooDeep: () => attempt(() => contextBridge.exposeInMainWorld('deep', deep)),
  exposeAgain: () => attempt(() => contextBridge.exposeInMainWorld('fixture', {})),
  requireFs: () => attempt(() => require('node:fs')),
  nested: { list: [1, { two: 2 }], date: new Date(86_400_000) },
});
