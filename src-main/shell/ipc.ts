import { ipcMain } from 'electron';
import { CALL_CHANNEL } from '../contract/channels.ts';
import type { Handlers } from '../contract/methods.ts';
import { dispatch, type CallingFrame, type DispatchLog } from './dispatch.ts';

function callingFrame(event: Electron.IpcMainInvokeEvent): CallingFrame | undefined {
  // Null once the frame has navigated away or been destroyed (electron.d.ts: `WebFrameMain | null`).
  const frame = event.senderFrame;
  if (frame === null) return undefined;
  return { url: frame.url, isMainFrame: frame.parent === null };
}

/** Listens on the one call channel. Calls that come before the parts are built wait for them. */
export function serveCalls(handlers: () => Promise<Handlers>, log: DispatchLog): void {
  ipcMain.handle(CALL_CHANNEL, async (event, method: unknown, input: unknown) => {
    const frame = callingFrame(event);
    return dispatch(await handlers(), frame, method, input, log);
  });
}
