import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import { PileEntry } from '../contract/shift.ts';

/** What the practice consortium says of itself when it is up. It shares no code with the rest; its word is checked. */
const Ready = z.object({
  ready: z.object({
    url: z.string(),
    tenants: z.array(z.object({ id: z.string(), name: z.string(), username: z.string(), password: z.string() })),
    cast: z.array(PileEntry),
  }),
});

export interface Practice {
  readonly url: string;
  readonly tenant: { readonly id: string; readonly name: string; readonly username: string; readonly password: string };
  readonly pile: readonly PileEntry[];
  stop(): Promise<void>;
}

/** Starts the practice consortium in a thread of its own; it ends with Carrel, however Carrel ends. */
export async function startPractice(workerFile: string, options: unknown): Promise<Practice> {
  const worker = new Worker(workerFile, { workerData: options, name: 'practice-consortium' });
  const message = await new Promise<unknown>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
  const { ready } = Ready.parse(message);
  const tenant = ready.tenants[0];
  if (tenant === undefined) throw new Error('the practice consortium has no library');
  return {
    url: ready.url,
    tenant,
    pile: ready.cast,
    stop: async () => {
      await worker.terminate();
    },
  };
}
