import type { AppPackage, Arguments } from './args.ts';
import type { Connection, Session } from './cdp.ts';
import type { Chromium } from './chromium.ts';

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
  appPackage: { main: '', appPath: '', name: 'Electron', version: '45.4.1' },
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
  readonly #connection: Connection;
  readonly #attached = new Map<string, Session>();
  readonly #awaited = new Map<string, (session: Session) => void>();
  #opening = 0;
  #strays: string[] = [];

  constructor(connection: Connection) {
    this.#connection = connection;
    connection.root.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
      const session = connection.session(sessionId);
      this.#attached.set(targetInfo.targetId, session);
      this.#strays.push(targetInfo.targetId);
      this.#awaited.get(targetInfo.targetId)?.(session);
      this.#closeStrays();
    });
    connection.root.on('Target.targetDestroyed', ({ targetId }) => this.#attached.delete(targetId));
  }

  async start(): Promise<void> {
    const { root } = this.#connection;
    const filter = [{ type: 'page' }];
    await Promise.all([
      root.send('Target.setDiscoverTargets', { discover: true, filter }),
      root.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: true, flatten: true, filter }),
    ]);
  }

  /** Opens a window with one empty page of the given outer size; the page stays paused until told to run. */
  async open(width: number, height: number, minimized: boolean): Promise<PageTarget> {
    this.#opening += 1;
    try {
      const { targetId } = await this.#connection.root.send('Target.createTarget', {
        url: 'about:blank',
        newWindow: true,
        width,
        height,
        ...(minimized ? { windowState: 'minimized' as const } : {}),
      });
      const session =
        this.#attached.get(targetId) ?? (await new Promise<Session>((resolve) => this.#awaited.set(targetId, resolve)));
      this.#awaited.delete(targetId);
      this.#strays = this.#strays.filter((stray) => stray !== targetId);
      return { targetId, session };
    } finally {
      this.#opening -= 1;
      this.#closeStrays();
    }
  }

  close(targetId: string): void {
    this.#connection.root.post('Target.closeTarget', { targetId });
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
