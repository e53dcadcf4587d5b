import type { IpcMain, IpcMainEvent, IpcMainInvokeEvent } from 'electron';
import { codec } from '../codec.ts';
import { CarriedEmitter } from '../not-carried.ts';

type Handler = (event: IpcMainInvokeEvent, ...values: unknown[]) => unknown;

/** Channels are the app's own, so any event name is allowed here. */
class StandinIpcMain extends CarriedEmitter {
  readonly #handlers = new Map<string, Handler>();

  constructor() {
    super('electron.ipcMain');
  }

  handle(channel: string, handler: Handler): void {
    if (this.#handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    if (typeof handler !== 'function') {
      throw new TypeError(`Expected handler to be a function, but found type '${typeof handler}'`);
    }
    this.#handlers.set(channel, handler);
  }

  handleOnce(channel: string, handler: Handler): void {
    this.handle(channel, (event, ...values) => {
      this.removeHandler(channel);
      return handler(event, ...values);
    });
  }

  removeHandler(channel: string): void {
    this.#handlers.delete(channel);
  }

  handlerOf(channel: string): Handler | undefined {
    return this.#handlers.get(channel);
  }
}

export const ipcMain = new StandinIpcMain() satisfies Pick<IpcMain, 'handle' | 'handleOnce' | 'removeHandler'>;

/**
 * Runs the handler of `ipcRenderer.invoke` and encodes its answer. A failure is logged in Electron's words and travels as its
 * `toString()` alone.
 */
export async function answerInvoke(event: IpcMainInvokeEvent, channel: string, payload: string): Promise<string> {
  try {
    const handler = ipcMain.handlerOf(channel);
    if (!handler) throw new Error(`No handler registered for '${channel}'`);
    const result = await handler(event, ...(codec.decode(payload) as unknown[]));
    return codec.encode({ result });
  } catch (error) {
    console.error(`Error occurred in handler for '${channel}':`, error);
    return codec.encode({ error: (error as Error).toString() });
  }
}

/** Hands a message of `ipcRenderer.send` to the app's listeners. */
export function receiveSend(event: IpcMainEvent, channel: string, payload: string): void {
  ipcMain.emit(channel, event, ...(codec.decode(payload) as unknown[]));
}
