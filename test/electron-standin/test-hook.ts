/** How the fake secret storage behaves. */
export type SecretMode =
  | 'v10' // works, but with a fixed key: Electron on a Linux without a secret service
  | 'v11' // works, protected by a (pretended) secret service
  | 'unavailable'
  | 'temporarily-unavailable' // encrypts, cannot decrypt just now
  | 're-encrypt'; // decrypts, and asks for the data to be encrypted again

/**
 * What tests may look at and change from Playwright's `app.evaluate()`, as `globalThis.carrelStandin`. Absent on real Electron, so a
 * test that uses it is for the stand-in only.
 */
export interface TestHook {
  secretMode: SecretMode;
  /** Addresses given to `shell.openExternal`. */
  readonly openedExternally: string[];
  /** Files given to `shell.openPath`. */
  readonly openedFiles: string[];
  /** Dialogs that would have been shown, and were cancelled. */
  readonly dialogs: { readonly kind: string; readonly options: unknown }[];
  /** Options of `crashReporter.start`. */
  readonly crashReporter: unknown[];
}

const MODES: readonly SecretMode[] = ['v10', 'v11', 'unavailable', 'temporarily-unavailable', 're-encrypt'];

export const testHook: TestHook = {
  secretMode: MODES.find((mode) => mode === process.env['CARREL_STANDIN_SAFE_STORAGE']) ?? 'v10',
  openedExternally: [],
  openedFiles: [],
  dialogs: [],
  crashReporter: [],
};
