import { contextBridge, ipcRenderer } from 'electron';
import { CALL_CHANNEL, EVENT_CHANNEL } from '../contract/channels.ts';
import type { Bridge } from '../contract/methods.ts';
import type { Failure } from '../contract/result.ts';

/** Electron reduces a failed invoke to its message; it is turned back into a refusal here, so `call` never rejects. */
const UNREACHABLE: Failure = {
  ok: false,
  error: {
    code: 'internal',
    sentence: 'Carrel could not pass this on inside itself. Close it and open it again; what was saved stays saved.',
    mender: 'it',
    retry: 'later',
  },
};

const bridge: Bridge = {
  call: (method, input) => ipcRenderer.invoke(CALL_CHANNEL, method, input).catch(() => UNREACHABLE),
  onEvent: (listener) => {
    const relay = (_event: unknown, envelope: unknown): void => listener(envelope);
    ipcRenderer.on(EVENT_CHANNEL, relay);
    return () => {
      ipcRenderer.off(EVENT_CHANNEL, relay);
    };
  },
};

contextBridge.exposeInMainWorld('carrel', bridge);
