import type { Codec } from './codec.ts';
import type { MakeBridge } from './inpage-bridge.ts';

/** What the isolated world is told by the main process at injection. */
export interface IsolatedSetup {
  readonly secret: string;
  readonly binding: string;
  readonly hasPreload: boolean;
  readonly process: object;
}

/** Runs the preload's text as the body of a CommonJS module. */
export type Preload = (exports: object, require: (id: string) => unknown, module: object, process: object) => void;

/**
 * The preload's surroundings, injected as source text into the world "Electron Isolated Context"; it may refer to nothing outside
 * itself. Offers `contextBridge`, `ipcRenderer` and the few globals of a sandboxed preload.
 */
export function isolatedWorld(codec: Codec, makeBridge: MakeBridge, setup: IsolatedSetup, preload: Preload): void {
  const { secret } = setup;
  const world = globalThis as unknown as Record<string, unknown>;
  const toMain = world[setup.binding] as (message: string) => void;
  Reflect.deleteProperty(world, setup.binding);

  const emit = (kind: string, detail: string): void => {
    document.dispatchEvent(new CustomEvent(`${secret}<${kind}`, { detail }));
  };
  const listen = (kind: string, listener: (detail: string) => void): void => {
    document.addEventListener(`${secret}>${kind}`, (event) => listener(String((event as CustomEvent).detail)));
  };
  const post = (kind: string, id: number, channel: string, payload: string): void => {
    toMain(`${kind}:${id}:${channel.length}:${channel}${payload}`);
  };

  listen('open', (detail) => post('open', 0, '', detail));
  // Electron's default (`nodeIntegrationInSubFrames: false`): no preload below the main frame.
  if (window !== window.top) return;

  // --- Context bridge
  const bridge = makeBridge(codec, emit, listen);
  let lastCall = 0;
  const taken = new Set<string>();
  listen('taken', (key) => taken.add(key));

  const notCarried = (name: string, members: object): object =>
    new Proxy(members, {
      get(target, key, receiver): unknown {
        if (key in target || typeof key === 'symbol' || key === 'then' || key === '__esModule' || key === 'default') {
          return Reflect.get(target, key, receiver);
        }
        throw new Error(`NotCarried: ${name}.${key}`);
      },
    });

  const contextBridge = notCarried('electron.contextBridge', {
    exposeInMainWorld(key: string, api: unknown): void {
      emit('expose', codec.encode([key, api], bridge));
      if (taken.delete(key)) {
        throw new Error('Cannot bind an API on top of an existing property on the window object');
      }
    },
  });

  // --- IPC
  type Listener = (event: object, ...values: unknown[]) => void;
  const listeners = new Map<string, Listener[]>();
  const calls = new Map<number, (reply: { error?: string; result?: unknown }) => void>();

  const ipcMembers = {
    async invoke(channel: string, ...values: unknown[]): Promise<unknown> {
      const payload = codec.encode(values);
      const id = (lastCall += 1);
      const reply = await new Promise<{ error?: string; result?: unknown }>((resolve) => {
        calls.set(id, resolve);
        post('invoke', id, channel, payload);
      });
      if (reply.error !== undefined) throw new Error(`Error invoking remote method '${channel}': ${reply.error}`);
      return reply.result;
    },
    send(channel: string, ...values: unknown[]): void {
      post('send', 0, channel, codec.encode(values));
    },
    on(channel: string, listener: Listener): unknown {
      listeners.set(channel, [...(listeners.get(channel) ?? []), listener]);
      return ipcRenderer;
    },
    once(channel: string, listener: Listener): unknown {
      const once: Listener & { listener?: Listener } = (event, ...values) => {
        ipcMembers.off(channel, once);
        listener(event, ...values);
      };
      once.listener = listener;
      return ipcMembers.on(channel, once);
    },
    off(channel: string, listener: Listener): unknown {
      const all = listeners.get(channel) ?? [];
      const index = all.findLastIndex(
        (one) => one === listener || (one as { listener?: Listener }).listener === listener,
      );
      listeners.set(
        channel,
        all.filter((_, position) => position !== index),
      );
      return ipcRenderer;
    },
    addListener: (channel: string, listener: Listener): unknown => ipcMembers.on(channel, listener),
    removeListener: (channel: string, listener: Listener): unknown => ipcMembers.off(channel, listener),
    removeAllListeners(channel?: string): unknown {
      if (channel === undefined) listeners.clear();
      else listeners.delete(channel);
      return ipcRenderer;
    },
    listenerCount: (channel: string): number => listeners.get(channel)?.length ?? 0,
  };
  const ipcRenderer = notCarried('electron.ipcRenderer', ipcMembers);

  world[`${setup.binding}Deliver`] = (messages: readonly string[]): void => {
    for (const message of messages) {
      const [kind = '', id = '', length = ''] = message.split(':', 3);
      const start = kind.length + id.length + length.length + 3;
      const channel = message.slice(start, start + Number(length));
      const value = codec.decode(message.slice(start + Number(length)));
      if (kind === 'reply') {
        calls.get(Number(id))?.(value as { error?: string; result?: unknown });
        calls.delete(Number(id));
        continue;
      }
      for (const listener of listeners.get(channel) ?? []) {
        try {
          listener({ sender: ipcRenderer, ports: [], type: 'frame' }, ...(value as unknown[]));
        } catch (error) {
          reportError(error);
        }
      }
    }
  };

  // --- Focus, as the window sees it (a person's real window; a headless one has only what the main process does)
  const reportFocus = (): void => post('focus', document.hasFocus() ? 1 : 0, '', '');
  window.addEventListener('focus', reportFocus);
  window.addEventListener('blur', reportFocus);

  // --- Title
  document.addEventListener('DOMContentLoaded', () => {
    const reportTitle = (): void => post('title', 0, '', document.title);
    reportTitle();
    new MutationObserver(reportTitle).observe(document.head, { childList: true, subtree: true, characterData: true });
  });

  // --- Preload
  if (!setup.hasPreload) return;
  const electron = notCarried('electron', { contextBridge, ipcRenderer });
  const require = (id: string): unknown => {
    const name = id.replace(/^node:/, '');
    if (name === 'electron' || name === 'electron/renderer' || name === 'electron/common') return electron;
    if (['events', 'timers', 'url'].includes(name)) throw new Error(`NotCarried: require('${name}') in a preload`);
    throw new Error(`module not found: ${id}`);
  };
  try {
    const module = { exports: {} };
    preload.call(undefined, module.exports, require, module, notCarried('process', setup.process));
  } catch (error) {
    console.error('Unable to load preload script');
    console.error(error);
  }
}
