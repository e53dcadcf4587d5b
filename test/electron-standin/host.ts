import type { AppPackage, Arguments } from './args.ts';
import type { Connection, Session } from './cdp.ts';
import { isHeadful, openAppWindow } from './chromium.ts';
import type { Chromium } from './chromium.ts';
import { ELECTRON_VERSION } from './version.ts';

/** What the parts of the stand-in share. Filled by run.ts before the app's first line runs. */
interface Host {
  arguments: Arguments;
  appPackage: AppPackage;
  ready: boolean;
  chromium: Chromium | undefined;
  targets: Targets | undefined;
}

export const host: Host = {
  arguments: { preloads: [], app: undefined, switches: new Map() },
  appPackage: { main: '', appPath: '', name: 'Electron', version: ELECTRON_VERSION },
  ready: false,
  chromium: undefined,
  targets: undefined,
};

/** One page of ours and the conversation with it. */
export interface PageTarget {
  readonly targetId: string;
  readonly session: Session;
}

/**
 * The browser's pages. Every new page is attached to while it is still paused: ours are prepared before they may load anything, all
 * others (a click on a `_blank` link, a form with a target) are closed before their first request.
 */
export class Targets {
  readonly #chromium: Chromium;
  readonly #attached = new Map<string, Session>();
  readonly #awaited = new Map<string, (target: PageTarget) => void>();
  #opening = 0;
  #opened = 0;
  #strays: string[] = [];

  constructor(chromium: Chromium) {
    const { connection } = chromium;
    this.#chromium = chromium;
    connection.root.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
      const session = connection.session(sessionId);
      this.#attached.set(targetInfo.targetId, session);
      this.#strays.push(targetInfo.targetId);
      for (const name of [targetInfo.targetId, targetInfo.url]) {
        this.#awaited.get(name)?.({ targetId: targetInfo.targetId, session });
      }
      this.#closeStrays();
    });
    connection.root.on('Target.targetDestroyed', ({ targetId }) => this.#attached.delete(targetId));
  }

  async start(): Promise<void> {
    const { root } = this.#chromium.connection;
    const filter = [{ type: 'page' }];
    await Promise.all([
      root.send('Target.setDiscoverTargets', { discover: true, filter }),
      root.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: true, flatten: true, filter }),
    ]);
  }

  /** Opens a window with one empty page of the given outer size; the page stays paused until told to run. */
  async open(width: number, height: number): Promise<PageTarget> {
    this.#opening += 1;
    try {
      const target = isHeadful() ? await this.#openForPerson(width, height) : await this.#openHeadless(width, height);
      this.#strays = this.#strays.filter((stray) => stray !== target.targetId);
      return target;
    } finally {
      this.#opening -= 1;
      this.#closeStrays();
    }
  }

  async #openHeadless(width: number, height: number): Promise<PageTarget> {
    const options = { url: 'about:blank', newWindow: true, width, height };
    const { targetId } = await this.#chromium.connection.root.send('Target.createTarget', options);
    const session = this.#attached.get(targetId);
    return session ? { targetId, session } : this.#arrival(targetId);
  }

  /** The protocol opens browser windows only; a window without tabs and address bar comes from a second start with `--app`. */
  async #openForPerson(width: number, height: number): Promise<PageTarget> {
    this.#opened += 1;
    const url = `data:text/html,${String(this.#opened)}`;
    const arrival = this.#arrival(url);
    openAppWindow(this.#chromium, url, width, height);
    return arrival;
  }

  async #arrival(name: string): Promise<PageTarget> {
    const target = await new Promise<PageTarget>((resolve) => this.#awaited.set(name, resolve));
    this.#awaited.delete(name);
    return target;
  }

  close(targetId: string): void {
    this.#chromium.connection.root.post('Target.closeTarget', { targetId });
  }

  #closeStrays(): void {
    // While a window of ours is being opened its page cannot be told from others.
    if (this.#opening > 0) return;
    for (const targetId of this.#strays) this.close(targetId);
    this.#strays = [];
  }
}

/** The running browser. @throws Error before the app is ready. */
export function browser(): Connection {
  if (!host.chromium) throw new Error('The browser is not running yet: wait for app.whenReady()');
  return host.chromium.connection;
}
