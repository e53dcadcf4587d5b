import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';

const ENTRY = new URL('../../src-main/training/worker.ts', import.meta.url);

interface Ready {
  readonly ready: {
    readonly url: string;
    readonly tenants: readonly { id: string }[];
    readonly cast: readonly unknown[];
  };
}

const next = <T>(worker: Worker): Promise<T> =>
  new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });

describe('the worker', () => {
  it('starts the consortium, takes commands, and ends when told', async () => {
    const worker = new Worker(ENTRY, { workerData: { size: 60, time: 'stands' } });
    const { ready } = await next<Ready>(worker);
    expect(ready.tenants.map((one) => one.id)).toEqual(['riverside', 'northfield', 'eastport', 'consortium']);
    expect(ready.cast.length).toBeGreaterThanOrEqual(40);
    expect((await fetch(`${ready.url}/_/proxy/health`)).status).toBe(200);

    const ask = (id: number, command: string, args: object = {}) => {
      const answer = next<unknown>(worker);
      worker.postMessage({ id, command, args });
      return answer;
    };
    expect(await ask(1, 'addFault', { where: 'everything', kind: 'status-503-html', times: 1 })).toMatchObject({
      id: 1,
      ok: true,
    });
    expect((await fetch(`${ready.url}/_/version`)).status).toBe(503);
    expect(await ask(2, 'nothing')).toEqual({ id: 2, ok: false, error: 'No command nothing' });
    expect(await ask(3, 'setting', { tenant: 'nowhere' })).toEqual({ id: 3, ok: false, error: 'No tenant nowhere' });

    const ended = new Promise<number>((resolve) => worker.once('exit', resolve));
    expect(await ask(4, 'stop')).toMatchObject({ id: 4, ok: true });
    expect(await ended).toBe(0);
    await expect(fetch(`${ready.url}/_/proxy/health`)).rejects.toThrow();
  });
});
