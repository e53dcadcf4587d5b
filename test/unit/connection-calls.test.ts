import { afterEach, describe, expect, it } from 'vitest';
import { callsAtOnce, createConnection, inBackground } from '../../src-main/assembly/connection.ts';
import { LightKeeper } from '../../src-main/assembly/lights.ts';
import { ok } from '../../src-main/contract/result.ts';
import type { LogFile } from '../../src-main/shell/log-file.ts';
import { createSlots } from '../../src-main/journal/slots.ts';
import type { RemoteCache } from '../../src-main/store/calls.ts';
import { httpServer, type Loopback, type Reply } from './systems-loopback.ts';

/** How many calls ReShare gets at once: enough that things worked on side by side do not wait for each other, and no more. */

let server: Loopback | undefined;
afterEach(() => server?.close());

const LOGIN = { status: 201, headers: { 'set-cookie': 'folioAccessToken=t; Max-Age=600' }, json: {} } as const;

async function most(parallel: number | undefined, calls: number): Promise<number> {
  let running = 0;
  let highest = 0;
  const held: (() => void)[] = [];
  server = await httpServer(async (seen): Promise<Reply> => {
    if (seen.path.startsWith('/authn')) return LOGIN;
    if (seen.path.startsWith('/_/proxy')) return { json: [{ id: 'rs', version: '1.0' }] };
    running += 1;
    highest = Math.max(highest, running);
    await new Promise<void>((resolve) => held.push(resolve));
    running -= 1;
    return { json: { id: seen.path.split('/').at(-1) } };
  });
  const connection = createConnection({
    settings: {
      okapiUrl: server.url,
      tenant: 'riverside',
      username: 'desk',
      ...(parallel === undefined ? {} : { parallel }),
    },
    password: () => Promise.resolve('secret'),
    rejected: false,
    onRejected: () => undefined,
    cache: {} as RemoteCache,
    light: new LightKeeper(
      'reshare',
      'ReShare',
      () => undefined,
      () => 0,
    ),
    log: { write: () => undefined, fault: () => undefined } as unknown as LogFile,
    now: () => new Date(),
    onCache: () => undefined,
  });
  const all = Promise.all(Array.from({ length: calls }, (_, n) => connection.system!.get(`id-${String(n)}`)));
  const wanted = Math.min(calls, callsAtOnce(parallel));
  await expect.poll(() => running, { timeout: 20_000 }).toBe(wanted);
  for (let answered = 0; answered < calls; answered += 1) {
    await expect.poll(() => held.length, { timeout: 20_000 }).toBeGreaterThan(0);
    held.shift()?.();
  }
  await all;
  await connection.close();
  return highest;
}

describe('calls to ReShare in flight', () => {
  it.each([
    [1, 4],
    [undefined, 10],
    [8, 18],
  ])(
    '%s things at once: as many as their looks and actions need, and two behind the desk’s back',
    async (parallel, n) => {
      expect(callsAtOnce(parallel)).toBe(n);
      expect(await most(parallel, n + 5)).toBe(n);
    },
  );

  it('polls and later reads are two at most, and one given up meanwhile still gets its turn', async () => {
    let running = 0;
    let highest = 0;
    const stop = new AbortController();
    const seen: boolean[] = [];
    const work = async (signal?: AbortSignal) => {
      running += 1;
      highest = Math.max(highest, running);
      seen.push(signal?.aborted === true);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      return ok([]);
    };
    const quiet = inBackground(
      {
        listChanged: (_since, signal) => work(signal),
        listOpen: work,
        get: async (_id, signal) => {
          await work(signal);
          return ok({} as never);
        },
      },
      createSlots(2),
    );
    const all = [
      quiet.listChanged('2026-11-23T08:00:00.000Z'),
      quiet.listOpen(),
      ...['a', 'b', 'c'].map((id) => quiet.get(id, stop.signal)),
    ];
    stop.abort();
    expect(await Promise.all(all)).toHaveLength(5);
    expect(highest).toBe(2);
    expect(seen).toEqual([false, false, true, true, true]);
  });

  it('listening takes no turn, and is there only where the system tells', async () => {
    const never = () => new Promise<never>(() => undefined);
    const asks = { listChanged: never, listOpen: never, get: never };
    const slots = createSlots(1);
    const watched: string[] = [];
    const telling = inBackground(
      {
        ...asks,
        watch: () => {
          watched.push('now');
          return Promise.resolve({ end: 'closed' as const });
        },
      },
      slots,
    );
    void telling.listOpen();
    await telling.watch?.({ signal: new AbortController().signal, opened: () => undefined, changed: () => undefined });
    expect(watched).toEqual(['now']);
    expect(inBackground(asks, slots).watch).toBeUndefined();
  });
});
