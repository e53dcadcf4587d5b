import { Worker } from 'node:worker_threads';
import { METHODS } from './calls.ts';
import type { Call, CarriedError, Opening, RemoteCache, RemoteJournal, Reply, WorkerSetup } from './calls.ts';
import { StoreError } from './errors.ts';

/** Told of what IT may want to know. Never carries a value from a database. */
export type StoreLog = (entry: {
  readonly what:
    | 'slow-statement'
    | 'cache-remade'
    | 'journal-rescued'
    | 'journal-damaged'
    | 'backup-made'
    | 'backup-failed'
    | 'checkpoint-failed';
  readonly detail: string;
  readonly ms?: number;
}) => void;

export interface StoreOptions {
  /** Folder of `journal.db` and `cache.db`; made when missing. */
  readonly directory: string;
  readonly appVersion: string;
  /** The built `store-worker.cjs`, or `worker.ts` where Node runs TypeScript. */
  readonly workerFile: string | URL;
  readonly log: StoreLog;
  /** How often the journal is backed up if something was appended, milliseconds; hourly when left out. */
  readonly backUpEveryMs?: number;
}

const HOUR_MS = 3_600_000;

/** Both databases, each in a worker of its own, so that a long search never holds up a scan. */
export interface Store {
  readonly journal: RemoteJournal;
  /** Calls made before the cache is open wait for it. */
  readonly cache: RemoteCache;
  readonly journalOpening: Opening;
  /** Rejects with a `StoreError` when the cache cannot be opened; the journal works all the same. */
  readonly cacheOpening: Promise<Opening>;
  /** Fulfilled when damage is met in the open journal; the next start mends it. */
  readonly damaged: Promise<void>;
  /** Finishes what was asked, backs the journal up, closes both files and ends the workers. */
  close(): Promise<void>;
}

/**
 * Starts both workers and waits for the journal to be open, not for the cache: scans can be taken at once.
 * @throws StoreError when the journal cannot be opened; the file is left as it is
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const journal = new StoreWorker('journal', options);
  const cache = new StoreWorker('cache', options);
  const cacheOpening = cache.opening.then((opening) => {
    if (opening.remade !== undefined) options.log({ what: 'cache-remade', detail: opening.remade });
    return opening;
  });
  // Whoever asks gets the rejection; nobody has to ask.
  cacheOpening.catch(() => undefined);
  try {
    const journalOpening = await journal.opening;
    const { rescue, rescuedFrom } = journalOpening;
    if (rescue !== undefined && rescuedFrom !== undefined)
      options.log({ what: 'journal-rescued', detail: `${rescuedFrom}: ${JSON.stringify(rescue)}` });
    if (journalOpening.backup !== undefined) options.log({ what: 'backup-made', detail: journalOpening.backup });
    return {
      journal: callsTo(journal, METHODS.journal) as RemoteJournal,
      cache: callsTo(cache, METHODS.cache) as RemoteCache,
      journalOpening,
      cacheOpening,
      damaged: journal.damaged,
      close: async () => {
        const outcomes = await Promise.allSettled([journal.close(), cache.close()]);
        const failed = outcomes.find((outcome) => outcome.status === 'rejected');
        if (failed !== undefined) throw failed.reason;
      },
    };
  } catch (error) {
    await cache.close();
    throw error;
  }
}

function callsTo(worker: StoreWorker, names: readonly string[]): unknown {
  return Object.fromEntries(names.map((name) => [name, (...input: readonly unknown[]) => worker.call(name, input)]));
}

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** One worker and the calls that wait for its answers. */
class StoreWorker {
  readonly opening: Promise<Opening>;
  readonly damaged: Promise<void>;
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  readonly #exited: Promise<void>;
  #seq = 0;
  #ended: Error | undefined;

  constructor(role: WorkerSetup['role'], options: StoreOptions) {
    const { directory, appVersion, log, backUpEveryMs = HOUR_MS } = options;
    this.#worker = new Worker(options.workerFile, {
      name: `store-${role}`,
      workerData: { role, directory, appVersion, backUpEveryMs } satisfies WorkerSetup,
    });
    const { promise, resolve, reject } = Promise.withResolvers<Opening>();
    this.opening = promise;
    const damage = Promise.withResolvers<undefined>();
    this.damaged = damage.promise;
    this.#worker.on('message', (message: Reply) => {
      switch (message.type) {
        case 'opened':
          resolve(message.opening);
          return;
        case 'failed':
          this.#end(received(message.error));
          reject(received(message.error));
          return;
        case 'value':
          this.#take(message.seq)?.resolve(message.value);
          return;
        case 'error':
          this.#take(message.seq)?.reject(received(message.error));
          return;
        case 'trouble':
          log({ what: message.what, detail: message.error.message });
          return;
        case 'damaged':
          log({ what: 'journal-damaged', detail: message.error.message });
          damage.resolve(undefined);
          return;
        case 'backup':
          log({ what: 'backup-made', detail: message.path });
          return;
        case 'slow':
          log({ what: 'slow-statement', detail: message.sql, ms: message.ms });
          return;
      }
    });
    this.#worker.on('error', (error) => {
      this.#end(new StoreError('closed', `The ${role} worker failed`, { cause: error }));
    });
    this.#exited = new Promise((exited) => {
      this.#worker.on('exit', () => {
        this.#end(new StoreError('closed', `The ${role} worker has ended`));
        reject(this.#ended);
        exited();
      });
    });
  }

  call(method: string, input: readonly unknown[]): Promise<unknown> {
    if (this.#ended !== undefined) return Promise.reject(this.#ended);
    const seq = ++this.#seq;
    return new Promise((resolve, reject) => {
      this.#waiting.set(seq, { resolve, reject });
      this.#worker.postMessage({ seq, method, input } satisfies Call);
    });
  }

  /** Safe to call twice, and on a worker that never opened. */
  async close(): Promise<void> {
    if (this.#ended === undefined) {
      const closing = this.call('close', []);
      this.#ended = new StoreError('closed', 'The store is closed');
      await closing;
    }
    await this.#exited;
  }

  #take(seq: number): Waiting | undefined {
    const waiting = this.#waiting.get(seq);
    this.#waiting.delete(seq);
    return waiting;
  }

  /** From here on every call, waiting or new, gets this error. */
  #end(error: Error): void {
    this.#ended ??= error;
    for (const waiting of this.#waiting.values()) waiting.reject(this.#ended);
    this.#waiting.clear();
  }
}

function received(error: CarriedError): Error {
  return error.kind === undefined ? new Error(error.message) : new StoreError(error.kind, error.message);
}
