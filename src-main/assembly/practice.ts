import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import type { WmsConnection } from '../contract/settings.ts';
import { PileEntry } from '../contract/shift.ts';

/** What the practice consortium says of itself when it is up. It shares no code with the rest; its word is checked. */
const Ready = z.object({
  ready: z.object({
    url: z.string(),
    tenants: z.array(z.object({ id: z.string(), name: z.string(), username: z.string(), password: z.string() })),
    cast: z.array(PileEntry),
    wms: z
      .object({
        urls: z.object({ token: z.url(), staff: z.url(), availability: z.url(), identity: z.url() }),
        institution: z.object({ registryId: z.string() }),
        branches: z.array(z.object({ id: z.string(), name: z.string(), holdings: z.array(z.string()) })),
        keys: z.object({ full: z.object({ key: z.string(), secret: z.string() }) }),
      })
      .optional(),
  }),
});

export interface Practice {
  readonly url: string;
  readonly tenant: { readonly id: string; readonly name: string; readonly username: string; readonly password: string };
  readonly pile: readonly PileEntry[];
  readonly wms: WmsConnection | undefined;
  readonly wmsSecret: string | undefined;
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
    wms: ready.wms === undefined ? undefined : wmsConnection(ready.wms),
    wmsSecret: ready.wms?.keys.full.secret,
    stop: async () => {
      await worker.terminate();
    },
  };
}

/** The practice desk stands in the first branch; the other branches' items are sent on. */
function wmsConnection(wms: NonNullable<z.infer<typeof Ready>['ready']['wms']>): WmsConnection | undefined {
  const [here] = wms.branches;
  if (here === undefined) return undefined;
  return {
    registryId: wms.institution.registryId,
    branch: here.id,
    hereCodes: [...here.holdings],
    branches: wms.branches.flatMap(({ holdings, name }) => holdings.map((code) => ({ code, name }))),
    keyId: wms.keys.full.key,
    tokenAddress: wms.urls.token,
    ncipAddress: wms.urls.staff,
    availabilityAddress: wms.urls.availability,
    identityAddress: wms.urls.identity,
    scopes: ['WMS_Availability', 'SCIM:read_user'],
  };
}
