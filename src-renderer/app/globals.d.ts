import type { Bridge } from '../../src-main/contract/methods.ts';

declare global {
  interface Window {
    /** Put there by the preload; the only way out of the renderer. */
    readonly carrel: Bridge;
  }
}
