import type { ReadinessLine, ReadinessWord } from '../../src-main/contract/readiness.ts';
import type { WmsConnection } from '../../src-main/contract/settings.ts';
import { readinessPorts } from '../../src-main/assembly/readiness-ports.ts';
import { gather } from '../../src-main/readiness/facts.ts';
import { linesFor, readinessLines } from '../../src-main/readiness/list.ts';
import { NOTHING } from '../../src-main/readiness/facts.ts';
import { OTHER_ACCOUNTS } from '../../src-main/training/consortium.ts';
import { command } from '../../src-main/training/control.ts';
import type { PracticeWms } from '../../src-main/training/wms/practice-wms.ts';
import { desk, type Desk } from './systems-desk.ts';

/** The practice library as its administrator looks at it, with everything a person has to confirm confirmed. */
export interface Library {
  readonly at: Desk;
  readonly wms: PracticeWms;
  /** One command of the practice consortium, for this library. */
  practice(name: string, args: Readonly<Record<string, string>>): void;
  look(key?: KeyPair): Promise<readonly ReadinessLine[]>;
  /** The person who confirmed a line takes it back. */
  withdraw(line: string): void;
}

interface KeyPair {
  readonly key: string;
  readonly secret: string;
}

export async function library(
  account: { readonly username: string; readonly password: string } = OTHER_ACCOUNTS.administrator,
  words = EVERY_WORD,
  inventoryPassword = 'practice-inventory',
): Promise<Library> {
  const at = await desk(
    { wms: true },
    { username: account.username, password: () => Promise.resolve(account.password) },
  );
  const withdrawn: ReadinessWord[] = [];
  const { wms } = at.consortium;
  if (wms === undefined) throw new Error('no practice WMS');
  return {
    at,
    wms,
    practice: (name, args) => {
      command(at.consortium.controls, { name, args: { tenant: 'riverside', ...args } });
    },
    withdraw: (line) => {
      withdrawn.push({ ...wordOn(line), said: 'withdrawn', at: '2026-11-21T09:00:00.000Z' });
    },
    look: async (key = wms.keys.full) => {
      const ports = readinessPorts({
        reshare: at.session,
        inventory: {
          kind: 'folio-graphql',
          okapiUrl: at.consortium.url,
          tenant: 'consortium',
          username: 'inventory',
          password: () => Promise.resolve(inventoryPassword),
          rejected: () => false,
          onRejected: () => undefined,
        },
        pickupNames: [{ slug: 'riverside-main-desk', name: 'Main Library' }],
        openUrlAddress: at.consortium.resolverUrl,
        wms: {
          settings: wmsOf(wms, key.key),
          secret: () => Promise.resolve(key.secret),
          onRejected: () => undefined,
        },
      });
      return readinessLines(await gather(ports), [...words, ...withdrawn], { wms: true });
    },
  };
}

export function wmsOf(wms: PracticeWms, keyId: string): WmsConnection {
  const [here] = wms.branches;
  if (here === undefined) throw new Error('the practice WMS has no branch');
  return {
    registryId: wms.institution.registryId,
    branch: here.id,
    hereCodes: [...here.holdings],
    branches: [],
    keyId,
    tokenAddress: wms.urls.token,
    ncipAddress: wms.urls.staff,
    availabilityAddress: wms.urls.availability,
    identityAddress: wms.urls.identity,
    scopes: ['WMS_Availability', 'SCIM:read_user'],
  };
}

/** Every line of which only a person can tell, confirmed. */
export const EVERY_WORD: readonly ReadinessWord[] = linesFor(NOTHING, { wms: true })
  .filter((line) => !('look' in line))
  .map(({ id }) => wordOn(id));

function wordOn(line: string): ReadinessWord {
  return {
    line,
    said: 'confirmed',
    by: 'R. Osei',
    account: 'desk',
    desk: 'Main desk',
    at: '2026-11-20T09:00:00.000Z',
  };
}

export function idsOf(lines: readonly ReadinessLine[], ...outcomes: ReadinessLine['outcome'][]): readonly string[] {
  return lines.filter(({ outcome }) => outcomes.includes(outcome)).map(({ id }) => id);
}
