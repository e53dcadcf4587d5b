import type { IpcMainEvent, IpcMainInvokeEvent } from 'electron';
import { answerInvoke, receiveSend } from './api/ipc-main.ts';
import type { Frames } from './api/web-frame.ts';
import type { Session } from './cdp.ts';
import { codec } from './codec.ts';
import { PreventableEvent } from './not-carried.ts';

export const ISOLATED_WORLD = 'Electron Isolated Context';
export const BINDING = '__carrelStandin';

/** Messages of the isolated world that are not IPC of the app. */
export interface IpcPage {
  send(channel: string, ...values: unknown[]): void;
  windowOpenRequested(url: string, name: string, features: string): void;
  focusReported(focused: boolean): void;
  titleReported(title: string): void;
}

/** `ipcRenderer` of one page, seen from the main process: a binding carries messages in, evaluation carries them out. */
export class PageIpc {
  readonly #session: Session;
  readonly #frames: Frames;
  readonly #page: IpcPage;
  /** Isolated worlds that exist now → the frame each belongs to. */
  readonly #worlds = new Map<number, string>();
  /** Messages of this turn of the event loop, by world. */
  readonly #outgoing = new Map<number, string[]>();

  constructor(session: Session, frames: Frames, page: IpcPage) {
    this.#session = session;
    this.#frames = frames;
    this.#page = page;
    session.on('Runtime.executionContextCreated', ({ context }) => {
      const frameId = (context.auxData as { frameId?: string } | undefined)?.frameId;
      if (context.name === ISOLATED_WORLD && frameId !== undefined) this.#worlds.set(context.id, frameId);
    });
    session.on('Runtime.executionContextDestroyed', ({ executionContextId }) =>
      this.#worlds.delete(executionContextId),
    );
    session.on('Runtime.executionContextsCleared', () => this.#worlds.clear());
    session.on('Runtime.bindingCalled', ({ payload, executionContextId }) =>
      this.#receive(payload, executionContextId),
    );
  }

  /** Sends to the main frame. What no preload is there to hear is lost, as in Electron. */
  send(channel: string, values: readonly unknown[]): void {
    const payload = codec.encode(values);
    for (const [world, frameId] of this.#worlds) {
      if (frameId === this.#frames.main.frameId)
        this.#deliver(world, `event:0:${String(channel.length)}:${channel}${payload}`);
    }
  }

  #receive(message: string, world: number): void {
    const [kind = '', idText = '', length = ''] = message.split(':', 3);
    const start = kind.length + idText.length + length.length + 3;
    const channel = message.slice(start, start + Number(length));
    const payload = message.slice(start + Number(length));
    switch (kind) {
      case 'invoke':
        void answerInvoke(this.#event(world) as unknown as IpcMainInvokeEvent, channel, payload).then((reply) =>
          this.#deliver(world, `reply:${idText}:0:${reply}`),
        );
        break;
      case 'send':
        receiveSend(this.#event(world) as unknown as IpcMainEvent, channel, payload);
        break;
      case 'focus':
        this.#page.focusReported(idText === '1');
        break;
      case 'title':
        this.#page.titleReported(payload);
        break;
      case 'open': {
        const [url = '', name = '', features = ''] = JSON.parse(payload) as string[];
        this.#page.windowOpenRequested(url, name, features);
        break;
      }
    }
  }

  #event(world: number): PreventableEvent {
    const worlds = this.#worlds;
    const frameId = worlds.get(world) ?? '';
    const frame = this.#frames.get(frameId);
    return new PreventableEvent({
      type: 'frame',
      sender: this.#page,
      frameId: frame?.routingId ?? -1,
      processId: frame?.processId ?? -1,
      ports: [],
      reply: (channel: string, ...values: unknown[]) => this.#page.send(channel, ...values),
    }).withGetter('senderFrame', () => (worlds.has(world) && frame && !frame.detached ? frame : null));
  }

  #deliver(world: number, message: string): void {
    const queue = this.#outgoing.get(world);
    if (queue) {
      queue.push(message);
      return;
    }
    if (this.#outgoing.size === 0) setImmediate(() => this.#flush());
    this.#outgoing.set(world, [message]);
  }

  #flush(): void {
    for (const [world, messages] of this.#outgoing) {
      this.#session.post('Runtime.evaluate', {
        contextId: world,
        expression: `${BINDING}Deliver(${JSON.stringify(messages)})`,
        silent: true,
      });
    }
    this.#outgoing.clear();
  }
}
