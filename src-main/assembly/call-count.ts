import { z } from 'zod';
import { readJson } from '../settings/json-file.ts';
import { createMemoryCounter, type CallCounter } from '../systems/wms/quota.ts';
import { createLateFile } from './late-file.ts';

/** How the count is written down: the public half of the WSKey it belongs to, and the calls of each hour since the epoch. */
const Kept = z.object({ keyId: z.string(), hours: z.record(z.string().regex(/^\d+$/), z.number().int().min(0)) });

export interface KeptCounter {
  readonly counter: CallCounter;
  /** Writes what is not written yet. */
  close(): Promise<void>;
}

/**
 * The count of a WSKey's calls in a small file of its own, so that it outlives a restart and a cache thrown away. A file
 * that is damaged or another key's begins anew: the count is a lower bound in any case.
 */
export async function openCallCount(options: {
  readonly path: string;
  readonly keyId: string;
  readonly onFault: (error: unknown) => void;
}): Promise<KeptCounter> {
  const { path, keyId, onFault } = options;
  const read = await readJson(path);
  const kept = Kept.safeParse(read.found ? read.value : undefined);
  const memory = createMemoryCounter(kept.success && kept.data.keyId === keyId ? kept.data.hours : {});
  const file = createLateFile({ path, content: () => ({ keyId, hours: memory.hours() }), onFault });
  return {
    counter: {
      add: (at) => {
        memory.add(at);
        file.changed();
      },
      since: (at) => memory.since(at),
    },
    close: () => file.close(),
  };
}
