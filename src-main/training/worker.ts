import { parentPort, workerData } from 'node:worker_threads';
import { startConsortium, type ConsortiumOptions } from './consortium.ts';
import { command } from './control.ts';
import { isObject, type JsonObject } from './http.ts';

/**
 * Runs the practice consortium beside the app. `workerData` are {@link ConsortiumOptions}. It posts `{ready: {url, resolverUrl, tenants, cast, wms?, alma?, relais?}}` once;
 * a message `{id, command, args}` is answered `{id, ok: true, value}` or `{id, ok: false, error}`; `{command: 'stop'}` ends it. It
 * ends with its parent, because a worker never outlives the thread that made it.
 */
async function run(): Promise<void> {
  const port = parentPort;
  if (port === null) throw new Error('The practice consortium worker was not started as a worker thread');
  const consortium = await startConsortium((workerData ?? {}) as ConsortiumOptions);
  port.on('message', (message: unknown) => {
    if (!isObject(message) || typeof message['command'] !== 'string') return;
    const {
      id,
      command: name,
      args,
    } = message as { readonly id?: unknown; readonly command: string; readonly args?: unknown };
    if (name === 'stop') {
      void consortium.stop().then(() => {
        port.postMessage({ id, ok: true, value: 'stopped' });
        port.close();
      });
      return;
    }
    port.postMessage({ id, ...answer(consortium.controls, name, isObject(args) ? args : {}) });
  });
  const { url, resolverUrl, tenants, cast, wms, alma, relais } = consortium;
  port.postMessage({
    ready: {
      url,
      resolverUrl,
      tenants,
      cast,
      ...(wms === undefined ? {} : { wms: wms.access }),
      ...(alma === undefined ? {} : { alma: alma.access }),
      ...(relais === undefined ? {} : { relais: { url: relais.url, ...relais.access } }),
    },
  });
}

function answer(controls: Parameters<typeof command>[0], name: string, args: JsonObject) {
  try {
    const value = command(controls, { name, args });
    return value === undefined ? { ok: false, error: `No command ${name}` } : { ok: true, value };
  } catch (error) {
    if (!(error instanceof RangeError || error instanceof SyntaxError)) throw error;
    return { ok: false, error: error.message };
  }
}

void run();
