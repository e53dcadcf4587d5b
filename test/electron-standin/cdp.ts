import { EventEmitter } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import type { CDPSession } from '@playwright/test';

/** A command Chromium refused, with the protocol's own words. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError';
}

/** Refusals that only say "what you speak to has gone": navigation, closed window, browser shutting down. */
const GONE =
  /Session with given id not found|Cannot find (default execution )?context|Target closed|Target crashed|navigated or closed|No target with given id|Invalid InterceptionId|No web contents|Not attached|context with specified id|Execution context was destroyed|Browser window not found/i;

/** One conversation with the browser (no id) or with one of its targets. Types come from Playwright's copy of the protocol. */
export class Session {
  readonly id: string | undefined;
  readonly send: CDPSession['send'];
  readonly on: CDPSession['on'];
  readonly events = new EventEmitter();

  constructor(connection: Connection, id: string | undefined) {
    this.id = id;
    this.events.setMaxListeners(0);
    this.send = ((method: string, params?: object) => connection.send(id, method, params)) as CDPSession['send'];
    this.on = ((event: string, listener: (payload: unknown) => void) => {
      this.events.on(event, listener);
      return this;
    }) as unknown as CDPSession['on'];
  }

  /** Sends without waiting; "it has gone" is not a failure, anything else is thrown where it will be seen. */
  readonly post: (...message: Parameters<CDPSession['send']>) => void = (method, params) => {
    this.send(method, params).catch(ignoreGone);
  };
}

/** For promises whose target may close at any moment. */
export function ignoreGone(error: unknown): void {
  if (!(error instanceof ProtocolError && GONE.test(error.message))) throw error;
}

interface Pending {
  readonly method: string;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

interface Message {
  readonly id?: number;
  readonly sessionId?: string;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly message: string; readonly data?: string };
}

/** Chromium's `--remote-debugging-pipe`: JSON messages ended by a zero byte. The browser exits when the pipe closes. */
export class Connection {
  readonly root: Session;
  readonly #output: Writable;
  readonly #sessions = new Map<string, Session>();
  readonly #pending = new Map<number, Pending>();
  #lastId = 0;
  #partial: Buffer[] = [];

  constructor(output: Writable, input: Readable) {
    this.#output = output;
    this.root = new Session(this, undefined);
    input.on('data', (chunk: Buffer) => this.#receive(chunk));
    // The browser has just died; the stand-in is about to end with it (run.ts), so nobody is told twice.
    output.on('error', () => undefined);
  }

  session(id: string): Session {
    let session = this.#sessions.get(id);
    if (!session) this.#sessions.set(id, (session = new Session(this, id)));
    return session;
  }

  send(sessionId: string | undefined, method: string, params: object = {}): Promise<unknown> {
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { method, resolve, reject });
      this.#output.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    });
  }

  #receive(chunk: Buffer): void {
    let start = 0;
    for (let end = chunk.indexOf(0); end !== -1; end = chunk.indexOf(0, start)) {
      this.#partial.push(chunk.subarray(start, end));
      const text = Buffer.concat(this.#partial).toString();
      this.#partial = [];
      start = end + 1;
      this.#dispatch(JSON.parse(text) as Message);
    }
    if (start < chunk.length) this.#partial.push(chunk.subarray(start));
  }

  #dispatch(message: Message): void {
    if (message.id === undefined) {
      const session = message.sessionId === undefined ? this.root : this.session(message.sessionId);
      try {
        session.events.emit(message.method ?? '', message.params);
      } catch (error) {
        // A listener of the app threw. As in Electron that is an uncaught exception, and no reason to lose the next message.
        process.nextTick(() => {
          throw error;
        });
      }
      return;
    }
    const pending = this.#pending.get(message.id);
    if (!pending) return;
    this.#pending.delete(message.id);
    if (message.error) {
      const { message: text, data } = message.error;
      pending.reject(new ProtocolError(`${pending.method}: ${text}${data ? ` ${data}` : ''}`));
    } else {
      pending.resolve(message.result);
    }
  }
}
