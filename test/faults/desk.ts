import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { InputOf, MethodName, OutputOf } from '../../src-main/contract/methods.ts';
import type { Result } from '../../src-main/contract/result.ts';
import type { CarrelStart, FromCarrel, ToCarrel } from './carrel-messages.ts';

const PROGRAM = fileURLToPath(new URL('carrel.ts', import.meta.url));

/** Without it each of the many starts would read and strip every file anew. */
const COMPILED = join(tmpdir(), 'carrel-faults-compiled');

/** The process was gone before it answered. */
export class Gone extends Error {}

interface Waiting {
  readonly resolve: (result: Result<unknown>) => void;
  readonly reject: (error: Error) => void;
}

/** One Carrel process, from its start to its end by whatever means. */
export class Desk {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, Waiting>();
  readonly #ended: Promise<void>;
  /** Resolves when it takes scans; rejects with {@link Gone} when it ended first. */
  readonly ready: Promise<void>;
  #next = 0;
  #gone = false;

  constructor(start: CarrelStart) {
    this.#child = fork(PROGRAM, [JSON.stringify(start)], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      execArgv: ['--disable-warning=ExperimentalWarning'],
      env: { ...process.env, NODE_COMPILE_CACHE: COMPILED },
    });
    const { promise, resolve, reject } = Promise.withResolvers<undefined>();
    this.ready = promise;
    // Whoever starts one and kills it at once does not wait for it.
    promise.catch(() => undefined);
    this.#child.on('message', (message) => {
      const told = message as FromCarrel;
      if (told.type === 'ready') {
        resolve(undefined);
        return;
      }
      this.#waiting.get(told.id)?.resolve(told.result);
      this.#waiting.delete(told.id);
    });
    this.#ended = once(this.#child, 'exit').then(() => {
      this.#gone = true;
      reject(new Gone('Carrel ended before it was ready'));
      for (const { reject: fail } of this.#waiting.values()) fail(new Gone('Carrel ended before it answered'));
      this.#waiting.clear();
    });
  }

  get gone(): boolean {
    return this.#gone;
  }

  /** @throws Gone when the process ends before the answer has come */
  call<M extends MethodName>(method: M, input: InputOf<M>): Promise<Result<OutputOf<M>>> {
    return this.#ask((id) => ({ type: 'call', id, method, input })) as Promise<Result<OutputOf<M>>>;
  }

  /** How many looks after unanswered actions are still to come. */
  async looksToCome(): Promise<number> {
    const result = await this.#ask((id) => ({ type: 'waiting', id }));
    return result.ok ? (result.value as number) : 0;
  }

  jump(offMs: number): void {
    if (!this.#gone) this.#child.send({ type: 'clock', offMs } satisfies ToCarrel);
  }

  /** SIGKILL: nothing in the process learns of it. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#ended;
  }

  async close(): Promise<void> {
    if (!this.#gone) this.#child.send({ type: 'close' } satisfies ToCarrel);
    await this.#ended;
  }

  #ask(message: (id: number) => ToCarrel): Promise<Result<unknown>> {
    if (this.#gone) return Promise.reject(new Gone('Carrel has ended'));
    const id = ++this.#next;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#child.send(message(id), (error) => {
        if (error !== null) reject(new Gone('Carrel ended before it was asked'));
      });
    });
  }
}
