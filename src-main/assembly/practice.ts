import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import type { AlmaConnection } from '../contract/alma-connection.ts';
import type { WmsConnection } from '../contract/settings.ts';
import { PileEntry } from '../contract/shift.ts';
import { TwoSystems } from '../contract/two-systems.ts';

/** What the practice consortium says of itself when it is up. It shares no code with the rest; its word is checked. */
const Ready = z.object({
  ready: z.object({
    url: z.string(),
    resolverUrl: z.url(),
    tenants: z.array(z.object({ id: z.string(), name: z.string(), username: z.string(), password: z.string() })),
    cast: z.array(PileEntry),
    wms: z
      .object({
        urls: z.object({ token: z.url(), staff: z.url(), availability: z.url(), identity: z.url() }),
        institution: z.object({ registryId: z.string() }),
        branches: z.array(z.object({ id: z.string(), name: z.string(), holdings: z.array(z.string()) })),
        temporary: z.object({ holding: z.string() }),
        keys: z.object({ full: z.object({ key: z.string(), secret: z.string() }) }),
      })
      .optional(),
    alma: z
      .object({
        address: z.url(),
        keys: z.object({ full: z.string() }),
        library: z.string(),
        partner: z.string(),
        scanDesk: z.object({ library: z.string(), desk: z.string() }),
        cancelReason: z.string(),
      })
      .optional(),
    relais: z.object({ url: z.url(), symbol: z.string(), partnership: z.string(), key: z.string() }).optional(),
  }),
});

type ReadyWords = z.infer<typeof Ready>['ready'];
type WmsWords = NonNullable<ReadyWords['wms']>;

interface PracticeTenant {
  readonly id: string;
  readonly name: string;
  readonly username: string;
  readonly password: string;
}

export interface Practice {
  readonly url: string;
  /** The consortium's OpenURL resolver. */
  readonly resolverUrl: string;
  /** What the desk's branch is called. */
  readonly branch: string;
  readonly tenant: PracticeTenant;
  /** The Shared Inventory's tenant. */
  readonly inventory: PracticeTenant | undefined;
  readonly pile: readonly PileEntry[];
  readonly wms: WmsConnection | undefined;
  readonly wmsSecret: string | undefined;
  /** The law library's Alma. */
  readonly alma: AlmaConnection | undefined;
  readonly almaKey: string | undefined;
  readonly relais: { readonly url: string; readonly symbol: string; readonly partnership: string } | undefined;
  readonly relaisKey: string | undefined;
  stop(): Promise<void>;
}

/** Where a practice desk stands. Both are for a program that plays several desks of one library. */
export const PracticePlace = z.object({
  /** Name of the branch the desk belongs to; the first branch when left out. */
  desk: z.string().optional(),
  /** Address of a practice consortium that runs already, with a WMS: this desk joins it instead of starting its own. */
  join: z.url().optional(),
});
export type PracticePlace = z.infer<typeof PracticePlace>;

/**
 * Starts the practice consortium in a thread of its own, which ends with Carrel however Carrel ends; or joins one that
 * another Carrel started.
 */
export async function openPractice(workerFile: string, place: PracticePlace, options: unknown): Promise<Practice> {
  return place.join === undefined ? startPractice(workerFile, place, options) : joinPractice(place.join, place);
}

async function startPractice(workerFile: string, place: PracticePlace, options: unknown): Promise<Practice> {
  const worker = new Worker(workerFile, { workerData: options, name: 'practice-consortium' });
  const message = await new Promise<unknown>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
  return practiceOf(Ready.parse(message).ready, place, async () => {
    await worker.terminate();
  });
}

/** A consortium tells over its own controls what its worker tells when it is up. */
async function joinPractice(url: string, place: PracticePlace): Promise<Practice> {
  const ask = async (command: string): Promise<unknown> => {
    const answer = await fetch(`${url}/_practice/${command}`);
    // A consortium without an Alma has no command of that name.
    return answer.status === 404 ? undefined : answer.json();
  };
  const [resolverUrl, tenants, cast, wms, alma, relais] = await Promise.all([
    ask('resolver'),
    ask('tenants'),
    ask('cast'),
    ask('wms'),
    ask('alma'),
    ask('relais'),
  ]);
  return practiceOf(Ready.shape.ready.parse({ url, resolverUrl, tenants, cast, wms, alma, relais }), place, () =>
    Promise.resolve(),
  );
}

function practiceOf(ready: ReadyWords, place: PracticePlace, stop: () => Promise<void>): Practice {
  const tenant = ready.tenants[0];
  if (tenant === undefined) throw new Error('the practice consortium has no library');
  const { wms } = ready;
  const here = wms?.branches.find(({ name }) => place.desk === undefined || name === place.desk);
  if (place.desk !== undefined && here === undefined) throw new Error(`the practice library has no ${place.desk}`);
  return {
    url: ready.url,
    resolverUrl: ready.resolverUrl,
    tenant,
    inventory: ready.tenants.find(({ id }) => id === 'consortium'),
    branch: place.desk === undefined ? PRACTICE_BRANCH : place.desk,
    pile: ready.cast,
    wms: wms === undefined || here === undefined ? undefined : wmsConnection(wms, here),
    wmsSecret: wms?.keys.full.secret,
    alma: ready.alma === undefined ? undefined : almaConnection(ready.alma),
    almaKey: ready.alma?.keys.full,
    relais: ready.relais,
    relaisKey: ready.relais?.key,
    stop,
  };
}

/** What the desk’s branch is called where nothing says at which of the practice library’s branches it stands. */
const PRACTICE_BRANCH = 'Riverside';

/** The desk stands in one branch; the other branches' items are sent on. */
function wmsConnection(wms: WmsWords, here: WmsWords['branches'][number]): WmsConnection {
  return {
    registryId: wms.institution.registryId,
    branch: here.id,
    hereCodes: [...here.holdings],
    branches: wms.branches.flatMap(({ holdings, name }) => holdings.map((code) => ({ code, name }))),
    illBranch: wms.temporary.holding,
    pickups: wms.branches.map(({ id, name }) => ({ id, name })),
    keyId: wms.keys.full.key,
    tokenAddress: wms.urls.token,
    ncipAddress: wms.urls.staff,
    availabilityAddress: wms.urls.availability,
    identityAddress: wms.urls.identity,
    scopes: ['WMS_Availability', 'SCIM:read_user'],
  };
}

function almaConnection({ keys: _keys, ...access }: NonNullable<ReadyWords['alma']>): AlmaConnection {
  return { region: 'na', ...access, lenderSystem: 'worldshare-ill', patronTravels: false };
}

/** Addresses that lead nowhere: the guided steps are played, and no real system is opened. */
export function practiceTwoSystems({ relais }: Practice): TwoSystems {
  return TwoSystems.parse({
    ...(relais === undefined
      ? {}
      : {
          relais: {
            portalUrl: `https://practice.invalid/user/login.html?group=staff&LS=${relais.symbol}`,
            serviceUrl: relais.url,
            symbol: relais.symbol,
            partnership: relais.partnership,
          },
        }),
    worldshareUrl: 'https://practice.invalid/wms/cmnd/{request}',
    temporaryItems: { holding: 'RVRILL', shelving: 'ILL shelf' },
  });
}
