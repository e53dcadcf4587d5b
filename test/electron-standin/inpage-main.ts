import type { MakeBridge } from './inpage-bridge.ts';
import type { Codec } from './codec.ts';

/**
 * The main-world half of `contextBridge`, injected as source text before any script of the page; it may refer to nothing
 * outside itself. It talks to the isolated world by synchronous DOM events under a name no page can guess: strings cross in
 * `detail`, objects would arrive as null.
 */
export function mainWorld(codec: Codec, makeBridge: MakeBridge, secret: string): void {
  // Kept before the page can replace them.
  const page = document;
  const dispatch = page.dispatchEvent.bind(page);
  const Detailed = CustomEvent;

  const emit = (kind: string, detail: string): void => {
    dispatch(new Detailed(`${secret}>${kind}`, { detail }));
  };
  const listen = (kind: string, listener: (detail: string) => void): void => {
    page.addEventListener(`${secret}<${kind}`, (event) => listener(String((event as CustomEvent).detail)));
  };

  const bridge = makeBridge(codec, emit, listen);

  const freezeDeeply = (value: unknown): unknown => {
    if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
      Object.freeze(value);
      for (const member of Object.values(value)) freezeDeeply(member);
    }
    return value;
  };

  listen('expose', (detail) => {
    const [key, api] = codec.decode(detail, bridge) as [string, unknown];
    if (key in window) {
      emit('taken', key);
      return;
    }
    Object.defineProperty(window, key, { value: freezeDeeply(api), enumerable: true });
  });
  window.open = (url, name, features) => {
    emit('open', JSON.stringify([new URL(String(url ?? ''), page.baseURI).href, name ?? '', features ?? '']));
    return null;
  };
  window.print = () => {
    throw new Error('NotCarried: window.print');
  };
}
