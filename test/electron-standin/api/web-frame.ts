import type { WebFrameMain } from 'electron';
import { Carried } from '../not-carried.ts';
import { fromWire, originOf } from '../wire-url.ts';

/** What the protocol says of a frame. */
export interface FrameState {
  readonly id: string;
  readonly parentId?: string;
  readonly url: string;
  readonly name?: string;
}

let lastRoutingId = 0;

/** One frame of a page, as `webContents.mainFrame` and `event.senderFrame` give it. */
export class StandinFrame
  extends Carried
  implements Pick<WebFrameMain, 'url' | 'origin' | 'name' | 'routingId' | 'processId' | 'isDestroyed'>
{
  readonly routingId: number;
  readonly processId = 1;
  readonly frameId: string;
  readonly parent: StandinFrame | null;
  url = '';
  name = '';
  detached = false;

  constructor(frameId: string, parent: StandinFrame | null) {
    super('electron.WebFrameMain');
    this.frameId = frameId;
    this.parent = parent;
    lastRoutingId += 1;
    this.routingId = lastRoutingId;
  }

  get origin(): string {
    return originOf(this.url);
  }

  get top(): StandinFrame {
    return this.parent?.top ?? this;
  }

  isDestroyed(): boolean {
    return this.detached;
  }
}

/** The frames of one page. */
export class Frames {
  readonly main: StandinFrame;
  readonly #byId = new Map<string, StandinFrame>();

  /** In Chromium the main frame's id is the target's. */
  constructor(mainFrameId: string) {
    this.main = new StandinFrame(mainFrameId, null);
    this.#byId.set(mainFrameId, this.main);
  }

  get(id: string): StandinFrame | undefined {
    return this.#byId.get(id);
  }

  attached(id: string, parentId: string): void {
    if (!this.#byId.has(id)) this.#byId.set(id, new StandinFrame(id, this.#byId.get(parentId) ?? this.main));
  }

  navigated(state: FrameState): void {
    if (state.parentId !== undefined) this.attached(state.id, state.parentId);
    const frame = this.#byId.get(state.id);
    if (frame) Object.assign(frame, { url: fromWire(state.url), name: state.name ?? '' });
  }

  detached(id: string): void {
    const frame = this.#byId.get(id);
    if (frame) frame.detached = true;
    this.#byId.delete(id);
  }
}
