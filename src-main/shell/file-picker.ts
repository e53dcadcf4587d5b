import { BrowserWindow, app, dialog, shell, type OpenDialogOptions, type SaveDialogOptions } from 'electron';
import { join } from 'node:path';
import type { FilePicker } from '../contract/keep.ts';

const FILTERS = [
  { name: 'Carrel', extensions: ['carrel', 'jsonl', 'csv', 'pdf'] },
  { name: '*', extensions: ['*'] },
];

/** The operating system's own dialogs, in front of the window that has the keyboard. They begin in the documents. */
export const filePicker: FilePicker = {
  forSaving: async (name) => {
    const options: SaveDialogOptions = { defaultPath: join(app.getPath('documents'), name), filters: FILTERS };
    const window = BrowserWindow.getFocusedWindow();
    const { canceled, filePath } = await (window === null
      ? dialog.showSaveDialog(options)
      : dialog.showSaveDialog(window, options));
    return canceled || filePath === '' ? undefined : filePath;
  },
  forReading: async () => {
    const options: OpenDialogOptions = {
      defaultPath: app.getPath('documents'),
      properties: ['openFile'],
      filters: FILTERS,
    };
    const window = BrowserWindow.getFocusedWindow();
    const { canceled, filePaths } = await (window === null
      ? dialog.showOpenDialog(options)
      : dialog.showOpenDialog(window, options));
    return canceled ? undefined : filePaths[0];
  },
  // Electron answers with the operating system's words for what went wrong, and with none when nothing did.
  open: async (path) => (await shell.openPath(path)) === '',
};
