import type { MessagePort } from 'node:worker_threads';
import { METHODS } from './calls.ts';
import type { Call, CarriedError, Opening, Reply, WorkerSetup } from './calls.ts';
import { openCache, openJournal } from './databases.ts';
import type { SlowStatementLog } from './db.ts';
import { StoreError } from './errors.ts';

interface Served {
  readonly opening: Opening;
  readonly methods: ReadonlyMap<string, (...input: readonly unknown[]) => unknown>;
  readonly rest: () => void;
  /** Backs up if there is something new; the path of the backup made. */
  readonly backUp: () => Promise<string | undefined>;
  readonly close: () => Promise<void>;
  /** Damage was met; absent where the file may be thrown away. */
  readonly damaged?: () => void;
}

/** A pause between calls after which a burst of scans is taken to be over, milliseconds. */
const PAUSE_MS = 1000;

/**
 * Opens the database, says so, and answers calls one after the other until `close`. Calls that arrive while it is still
 * opening wait in the port.
 */
export async function serve(port: MessagePort, setup: WorkerSetup): Promise<void> {
  const reply = (message: Reply) => {
    port.postMessage(message);
  };
  let served: Served;
  try {
    served = await open(setup, (statement) => {
      reply({ type: 'slow', ...statement });
    });
  } catch (error) {
    reply({ type: 'failed', error: carried(error) });
    port.close();
    return;
  }
  reply({ type: 'opened', opening: served.opening });
  let isDamaged = false;
  const look = (error: unknown): CarriedError => {
    const seen = carried(error);
    if (seen.kind !== 'corrupted' || served.damaged === undefined || isDamaged) return seen;
    isDamaged = true;
    served.damaged();
    reply({ type: 'damaged', error: seen });
    return seen;
  };
  let pause: NodeJS.Timeout | undefined;
  let backingUp = Promise.resolve();
  const backups = setInterval(() => {
    backingUp = backingUp.then(served.backUp).then(
      (path) => {
        if (path !== undefined) reply({ type: 'backup', path });
      },
      (error: unknown) => {
        reply({ type: 'trouble', what: 'backup-failed', error: look(error) });
      },
    );
  }, setup.backUpEveryMs);
  port.on('message', (call: Call) => {
    clearTimeout(pause);
    if (call.method === 'close') {
      clearInterval(backups);
      void backingUp.then(() => close(port, served, call.seq, look));
      return;
    }
    reply(answer(served, call, look));
    pause = setTimeout(() => {
      try {
        served.rest();
      } catch (error) {
        // Nothing is lost by it, and the next append says for itself whether the disk takes it.
        reply({ type: 'trouble', what: 'checkpoint-failed', error: look(error) });
      }
    }, PAUSE_MS);
  });
}

async function open(setup: WorkerSetup, onSlow: SlowStatementLog): Promise<Served> {
  const { directory, appVersion } = setup;
  const options = { directory, appVersion, now: new Date().toISOString(), onSlow };
  if (setup.role === 'journal') {
    const { journal, opening } = await openJournal(options);
    return {
      opening,
      methods: methodsOf(journal, METHODS.journal),
      rest: () => {
        journal.checkpoint();
      },
      backUp: () => journal.backUpIfBehind('hourly', new Date().toISOString()),
      close: () => journal.close(new Date().toISOString()),
      damaged: () => {
        journal.damaged();
      },
    };
  }
  const { cache, opening } = await openCache(options);
  return {
    opening,
    methods: methodsOf(cache, METHODS.cache),
    rest: () => {
      cache.checkpoint();
    },
    // It may be thrown away and fetched again.
    backUp: () => Promise.resolve(undefined),
    close: () =>
      Promise.resolve().then(() => {
        cache.close();
      }),
  };
}

/** The listed methods, bound. Their input was typed on the other side of the port, from the same classes. */
function methodsOf<Store>(
  store: Store,
  names: readonly (keyof Store & string)[],
): ReadonlyMap<string, (...input: readonly unknown[]) => unknown> {
  return new Map(
    names.map((name) => {
      const method = store[name] as (...input: readonly unknown[]) => unknown;
      return [name, method.bind(store)];
    }),
  );
}

function answer(served: Served, call: Call, look: (error: unknown) => CarriedError): Reply {
  try {
    const method = served.methods.get(call.method);
    if (method === undefined) throw new Error(`No such method: ${call.method}`);
    return { type: 'value', seq: call.seq, value: method(...call.input) };
  } catch (error) {
    return { type: 'error', seq: call.seq, error: look(error) };
  }
}

async function close(
  port: MessagePort,
  served: Served,
  seq: number,
  look: (error: unknown) => CarriedError,
): Promise<void> {
  let message: Reply = { type: 'value', seq, value: undefined };
  try {
    await served.close();
  } catch (error) {
    message = { type: 'error', seq, error: look(error) };
  }
  port.postMessage(message);
  port.close();
}

function carried(error: unknown): CarriedError {
  return {
    kind: error instanceof StoreError ? error.kind : undefined,
    message: error instanceof Error ? error.message : String(error),
  };
}
