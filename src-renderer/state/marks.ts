/**
 * Marks on the browser's performance timeline, for the benches: `carrel:terminator:<scan id>` at the key that ended a
 * scan, `carrel:row:<scan id>` and `carrel:prompt:<scan id>` when its row and its prompts are painted.
 */
export function markTerminator(scanId: string, at: number): void {
  performance.mark(`carrel:terminator:${scanId}`, { startTime: at });
}

/** Marks in the frame that draws what was just changed. */
export function markPainted(what: 'row' | 'prompt', scanId: string, detail?: { readonly working: boolean }): void {
  requestAnimationFrame(() => performance.mark(`carrel:${what}:${scanId}`, detail ? { detail } : {}));
}
