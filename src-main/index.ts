import { join } from 'node:path';
import { buildParts } from './assembly/parts.ts';
import type { SessionSecrets } from './settings/vault.ts';
import { EventStream } from './shell/event-stream.ts';
import { systemCipher } from './shell/cipher.ts';
import { filePicker } from './shell/file-picker.ts';
import { sheetPrinter, slipPrinter } from './shell/printing.ts';
import { runShell } from './shell/app.ts';
import { ShellLog } from './shell/shell-log.ts';

const events = new EventStream();
const log = new ShellLog();
const session: SessionSecrets = new Map();

runShell({
  preload: join(import.meta.dirname, '..', 'preload', 'index.cjs'),
  rendererRoot: join(import.meta.dirname, '..', 'renderer'),
  events,
  log,
  build: (shell) =>
    buildParts({
      ...shell,
      events,
      log: log.open(shell.userData),
      cipher: systemCipher,
      printer: slipPrinter,
      sheetPrinter,
      picker: filePicker,
      session,
      programs: import.meta.dirname,
    }),
});
