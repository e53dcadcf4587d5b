import { createRequire } from 'node:module';

/** The Electron whose API is stood in for: the one whose typings are installed. */
export const ELECTRON_VERSION = (createRequire(import.meta.url)('electron/package.json') as { version: string })
  .version;
