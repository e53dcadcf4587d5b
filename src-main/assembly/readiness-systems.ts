import type { ReshareSettings, WmsConnection } from '../contract/settings.ts';
import type { Vault } from '../settings/vault.ts';
import type { OkapiSession } from '../systems/okapi/session.ts';
import type { Practice } from './practice.ts';
import type { InventoryAccess, ReadinessSystems } from './readiness-ports.ts';

interface DeskSystems {
  /** The session the desk works through. */
  readonly session: OkapiSession | undefined;
  readonly reshare: ReshareSettings | undefined;
  readonly wms: WmsConnection | undefined;
  readonly practice: Practice | undefined;
  readonly vault: Vault;
}

/** What readiness looks at from a desk, with the secrets the desk keeps; in training the practice library's. */
export function deskSystems({ session, reshare, wms, practice, vault }: DeskSystems): ReadinessSystems {
  const inventory = practice === undefined ? ownInventory(reshare, vault) : practiceInventory(practice);
  const openUrlAddress = practice === undefined ? reshare?.openUrlAddress : practice.resolverUrl;
  return {
    ...(session === undefined ? {} : { reshare: session }),
    ...(inventory === undefined ? {} : { inventory }),
    ...(openUrlAddress === undefined ? {} : { openUrlAddress }),
    ...(reshare?.pickupNames === undefined ? {} : { pickupNames: reshare.pickupNames }),
    ...(wms === undefined
      ? {}
      : {
          wms: {
            settings: wms,
            secret: () => (practice === undefined ? vault.get('wms-secret') : Promise.resolve(practice.wmsSecret)),
            onRejected: () => {
              if (practice === undefined) void vault.reject('wms-secret');
            },
          },
        }),
  };
}

function ownInventory(reshare: ReshareSettings | undefined, vault: Vault): InventoryAccess | undefined {
  if (reshare?.inventoryTenant === undefined) return undefined;
  const kind = reshare.inventoryKind ?? 'folio-graphql';
  if (kind === 'folio-graphql' && reshare.inventoryUsername === undefined) return undefined;
  return {
    kind,
    okapiUrl: reshare.okapiUrl,
    tenant: reshare.inventoryTenant,
    username: reshare.inventoryUsername ?? '',
    password: () => vault.get('inventory-password'),
    rejected: () => vault.state('inventory-password') === 'rejected',
    onRejected: () => void vault.reject('inventory-password'),
  };
}

function practiceInventory({ url, inventory }: Practice): InventoryAccess | undefined {
  if (inventory === undefined) return undefined;
  return {
    okapiUrl: url,
    kind: 'folio-graphql',
    tenant: inventory.id,
    username: inventory.username,
    password: () => Promise.resolve(inventory.password),
    rejected: () => false,
    onRejected: () => undefined,
  };
}
