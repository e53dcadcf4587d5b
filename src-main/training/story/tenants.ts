import { directoryFor } from '../directory.ts';
import { INVENTORY_PERMISSIONS } from '../inventory/graphql.ts';
import { HostLms } from '../lms.ts';
import { account, type Account } from '../okapi/accounts.ts';
import { namedUuid } from '../random.ts';
import { settingsOf } from '../settings.ts';
import type { Place, Tenant, World } from '../world.ts';
import { LIBRARIES, type StoryLibrary } from './libraries.ts';
import { people } from './people.ts';

/** Permissions the desk account of each library holds, and those a look-only account holds. */
const READ: readonly string[] = [
  'rs.patronrequests.collection.get',
  'rs.patronrequests.item.get',
  'rs.patronrequests.item.validactions',
  'rs.refdata.get',
  'rs.status.get',
  'rs.hostlmslocations.get',
  'rs.shelvingLocations.read',
  'rs.settings.get',
  'rs.settings.getsection.state_action_config',
  'directory.entry.collection.get',
  'users-bl.collection.get',
];

const WORK: readonly string[] = [
  ...READ,
  'rs.patronrequests.item.performaction',
  'rs.patronrequests.item.put',
  'rs.patronrequests.item.post',
  'rs.patronrequests.bulkaction',
  'rs.patronrequests.generateBatch',
  'rs.patronrequests.markBatchPrinted',
  'rs.report.execute',
  'rs.batch.get',
  'rs.statistics.get',
  'rs.patron.validate',
  'rs.settings.getsection.requests',
  'rs.settings.getsection.hostlmsintegration',
  'rs.settings.getsection.routing',
  'rs.settings.getsection.autoresponder',
  'rs.settings.getsection.other',
];

/** What the desk account may, and every section of the settings besides: the passwords in them too. */
const ADMINISTER: readonly string[] = [...WORK, 'rs.settings.getsection.all'];

/** Further accounts every library has: one that may only look, one that may do nothing in ReShare, and its administrator. */
export const OTHER_ACCOUNTS = {
  lookOnly: { username: 'reader', password: 'practice-reader' },
  noPermissions: { username: 'newcomer', password: 'practice-newcomer' },
  administrator: { username: 'administrator', password: 'practice-administrator' },
} as const;

function accounts(tenant: string, username: string, password: string): readonly Account[] {
  const { lookOnly, noPermissions, administrator } = OTHER_ACCOUNTS;
  return [
    account(tenant, username, password, ['Circulation', 'Desk'], WORK),
    account(tenant, lookOnly.username, lookOnly.password, ['Rhea', 'Reader'], READ),
    account(tenant, noPermissions.username, noPermissions.password, ['Noel', 'Newcomer'], []),
    account(tenant, administrator.username, administrator.password, ['Ada', 'Administrator'], ADMINISTER),
  ];
}

const MODULES = ['mod-users-bl-8.0.0', 'mod-rs-2.19.0', 'mod-directory-2.5.0'];

function places(tenant: string, kind: string, rows: readonly (readonly [string, string, number?])[]): Place[] {
  return rows.map(([code, name, preference]) => ({
    id: namedUuid(`${kind}:${tenant}:${code}`),
    code,
    name,
    ...(preference === undefined ? {} : { supplyPreference: preference }),
    hidden: false,
  }));
}

function libraryTenant(world: World, plan: StoryLibrary, loginModule: string): Tenant {
  const symbol = `RESHARE:${plan.symbol}`;
  return {
    id: plan.tenant,
    name: plan.name,
    symbol,
    prefix: plan.prefix,
    modules: [loginModule, ...MODULES],
    accounts: accounts(plan.tenant, plan.username, plan.password),
    grantable: WORK,
    requests: new Map(),
    batches: new Map(),
    settings: settingsOf(plan.tenant, {
      request_id_prefix: plan.prefix,
      default_request_symbol: symbol,
      default_institutional_patron_id: '90000001',
      host_lms_integration: plan.hostLms,
      borrower_check: 'ncip',
      accept_item: 'ncip',
      check_out_item: 'ncip',
      check_in_item: 'ncip',
      check_in_on_return: 'on',
      use_request_item: 'none',
      auto_responder_status: 'off',
      auto_responder_cancel: 'off',
      ncip_server_address: `https://ncip.${plan.tenant}.example.edu/circ`,
      ncip_from_agency: plan.symbol,
      ncip_to_agency: plan.symbol,
      shared_index_base_url: 'https://inventory.example.org',
      shared_index_tenant: 'consortium',
      shared_index_user: 'inventory',
      shared_index_pass: 'practice-inventory',
    }),
    directory: directoryFor(plan.tenant, LIBRARIES),
    patrons: people(world.random, plan.tenant, plan.barcodeCode, 40),
    pickLocations: places(plan.tenant, 'location', plan.pickLocations),
    shelvingLocations: places(plan.tenant, 'shelving', plan.shelving),
    lms: new HostLms(plan.tenant, world.ledger, world.faults, () => world.clock.now()),
    nextNumber: 2001,
  };
}

/** The tenant of the consortium's shared inventory: its own accounts, no ReShare. */
function consortiumTenant(world: World, loginModule: string): Tenant {
  return {
    id: 'consortium',
    name: 'Three Rivers Consortium (shared inventory)',
    prefix: '',
    modules: [loginModule, 'mod-users-bl-8.0.0', 'mod-graphql-1.15.1', 'reservoir-2.4.0'],
    accounts: [
      account('consortium', 'inventory', 'practice-inventory', ['Shared', 'Inventory'], INVENTORY_PERMISSIONS),
      account('consortium', 'newcomer', 'practice-newcomer', ['Noel', 'Newcomer'], []),
    ],
    grantable: INVENTORY_PERMISSIONS,
    requests: new Map(),
    batches: new Map(),
    settings: [],
    directory: [],
    patrons: [],
    pickLocations: [],
    shelvingLocations: [],
    lms: new HostLms('consortium', world.ledger, world.faults, () => world.clock.now()),
    nextNumber: 1,
  };
}

/** Puts the three libraries and the consortium's own tenant into the world, without requests. */
export function addTenants(world: World, loginModule: string): void {
  for (const plan of LIBRARIES) world.tenants.set(plan.tenant, libraryTenant(world, plan, loginModule));
  world.tenants.set('consortium', consortiumTenant(world, loginModule));
}
