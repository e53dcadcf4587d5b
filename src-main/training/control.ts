import { almaCommand } from './alma/control.ts';
import type { PracticeAlma } from './alma/practice-alma.ts';
import type { Broker } from './crosslink/broker.ts';
import { brokerCommand } from './crosslink/control.ts';
import { relaisCommand } from './relais/control.ts';
import type { PracticeRelais } from './relais/practice-relais.ts';
import type { PracticeClock } from './clock.ts';
import { withoutPart } from './directory.ts';
import type { FaultKind, FaultPlace, FaultRule, Faults } from './faults.ts';
import { isObject, json, objectBody, type Call, type JsonObject, type Reply } from './http.ts';
import type { InventoryTroubles } from './inventory/troubles.ts';
import type { Ledger } from './ledger.ts';
import type { CastMember } from './story/cast-types.ts';
import { wmsCommand } from './wms/control.ts';
import type { PracticeWms } from './wms/practice-wms.ts';
import type { World } from './world.ts';

/** What can be steered from outside, over HTTP at `/_practice/…` and by messages to the worker. */
export interface Controls {
  readonly world: World;
  readonly clock: PracticeClock;
  readonly faults: Faults;
  readonly ledger: Ledger;
  readonly cast: readonly CastMember[];
  readonly tenants: readonly unknown[];
  readonly counts: () => Readonly<Record<string, number>>;
  /** Base address of the OpenURL resolver. */
  readonly resolverUrl: string;
  readonly inventoryTroubles: InventoryTroubles;
  readonly expireTokens: () => void;
  /** Riverside's practice WMS, when it was asked for. */
  readonly wms?: PracticeWms;
  /** The law library's practice Alma, when it was asked for. */
  readonly alma?: PracticeAlma;
  /** Riverside's CrossLink, when it was asked for. */
  readonly broker?: Broker;
  readonly relais?: PracticeRelais;
}

/** A control command with its arguments, the same over HTTP and in the worker. */
export interface Command {
  readonly name: string;
  readonly args: JsonObject;
}

/**
 * Runs one command; undefined when there is none of that name.
 *
 * `tenants`, `cast`, `resolver`, `counts`, `ledger {after?}`, `clock {advanceMs?}`, `faults`, `addFault {where, kind, times?, ms?, tenant?}`,
 * `clearFaults`, `setting {tenant, key, value}`, `directoryEntry {tenant, slug, lose}` (the entry loses its `symbols`, `tags` or `slug`, or is `all` gone),
 * `loseModule {tenant, module}` (modules whose id begins so are no longer enabled), `permission {tenant, username, revoke}`, `breakItem {tenant, barcode, operation, problem}`, `mendItem {tenant, barcode}`,
 * `shelve {tenant, barcode}` (the library has such a book on its shelf),
 * `lock` and `unlock {tenant, username}`, `resolverForgets {symbol}` (the resolver serves it no more), `expireTokens` (every access token becomes invalid at once), `inventoryTrouble {part, times?}` (a
 * part of the shared inventory's answers fails; without a part, none does any more), and those of
 * {@link wmsCommand} where there is a WMS, of {@link almaCommand} where there is an Alma, of {@link relaisCommand} where
 * there is a Relais D2D, and of {@link brokerCommand} where there is a CrossLink.
 */
export function command(controls: Controls, { name, args }: Command): unknown {
  const { clock, faults, ledger, world } = controls;
  switch (name) {
    case 'tenants':
      return controls.tenants;
    case 'resolver':
      return controls.resolverUrl;
    case 'cast':
      return controls.cast;
    case 'counts':
      return controls.counts();
    case 'ledger':
      return ledger.since(Number(args['after'] ?? 0));
    case 'clock':
      if (args['advanceMs'] !== undefined) clock.advance(Number(args['advanceMs']));
      return { now: new Date(clock.now()).toISOString(), waiting: clock.waiting };
    case 'faults':
      return { armed: faults.list(), struck: faults.struck };
    case 'addFault':
      faults.add(faultFrom(args));
      return { armed: faults.list(), struck: faults.struck };
    case 'clearFaults':
      faults.clear();
      return { armed: [], struck: faults.struck };
    case 'setting': {
      const setting = tenantOf(world, args).settings.find((one) => one.key === args['key']);
      if (setting === undefined) throw new RangeError(`No setting ${String(args['key'])}`);
      setting.value = String(args['value']);
      return setting;
    }
    case 'directoryEntry': {
      const tenant = tenantOf(world, args);
      tenant.directory = withoutPart(tenant.directory, String(args['slug']), String(args['lose']));
      return tenant.directory.length;
    }
    case 'loseModule': {
      const tenant = tenantOf(world, args);
      const modules = tenant.modules.filter((id) => !id.startsWith(String(args['module'])));
      world.tenants.set(tenant.id, { ...tenant, modules });
      return modules;
    }
    case 'permission': {
      const account = accountOf(world, args);
      account.permissions = account.permissions.filter((one) => one !== args['revoke']);
      return account.permissions;
    }
    case 'breakItem':
      tenantOf(world, args).lms.breakItem(
        String(args['barcode']),
        String(args['operation']) as 'acceptItem',
        typeof args['problem'] === 'string' ? args['problem'] : 'Temporary Processing Failure',
      );
      return {};
    case 'shelve':
      tenantOf(world, args).lms.add({ barcode: String(args['barcode']), title: '', home: '', status: 'available' });
      return {};
    case 'mendItem':
      tenantOf(world, args).lms.mend(String(args['barcode']));
      return {};
    case 'inventoryTrouble': {
      const { part, times } = args;
      if (typeof part === 'string') controls.inventoryTroubles.arm(part, Number(times ?? 1));
      else controls.inventoryTroubles.clear();
      return {};
    }
    case 'expireTokens':
      controls.expireTokens();
      return {};
    case 'lock':
      accountOf(world, args).active = false;
      return {};
    case 'resolverForgets':
      world.unserved.add(String(args['symbol']));
      return [...world.unserved];
    case 'unlock': {
      const account = accountOf(world, args);
      account.active = true;
      account.failures = 0;
      return {};
    }
    default:
      return (
        (controls.broker === undefined ? undefined : brokerCommand(controls.broker, name, args)) ??
        (controls.wms === undefined ? undefined : wmsCommand(controls.wms, name, args)) ??
        (controls.alma === undefined ? undefined : almaCommand(controls.alma, name, args)) ??
        (controls.relais === undefined ? undefined : relaisCommand(controls.relais, name, args))
      );
  }
}

function tenantOf(world: World, args: JsonObject) {
  const tenant = world.tenants.get(String(args['tenant']));
  if (tenant === undefined) throw new RangeError(`No tenant ${String(args['tenant'])}`);
  return tenant;
}

function accountOf(world: World, args: JsonObject) {
  const account = tenantOf(world, args).accounts.find((one) => one.username === args['username']);
  if (account === undefined) throw new RangeError(`No account ${String(args['username'])}`);
  return account;
}

/** `where` is a named place, or a regular expression written `/…/flags`. */
export function faultFrom(args: JsonObject): FaultRule {
  const { where, kind, times, ms, tenant } = args;
  if (typeof where !== 'string' || typeof kind !== 'string') throw new RangeError('A fault needs where and kind');
  const pattern = /^\/(.*)\/([a-z]*)$/s.exec(where);
  return {
    where: pattern === null ? (where as FaultPlace) : new RegExp(pattern[1] ?? '', pattern[2]),
    kind: kind as FaultKind,
    ...(typeof times === 'number' ? { times } : {}),
    ...(typeof ms === 'number' ? { ms } : {}),
    ...(typeof tenant === 'string' ? { tenant } : {}),
  };
}

/** GET /_practice/<command>?arg=… or POST with the arguments as JSON. Loopback only, no log-in: it is a practice server. */
export function practiceReply(controls: Controls, call: Call): Reply {
  const name = call.path.slice('/_practice/'.length);
  const fromQuery = Object.fromEntries(call.query);
  const body = call.method === 'POST' && call.body !== '' ? objectBody(call) : {};
  if (body === undefined) return json(400, { error: 'The body is not a JSON object' });
  try {
    const answer = command(controls, { name, args: { ...fromQuery, ...(isObject(body) ? body : {}) } });
    return answer === undefined ? json(404, { error: `No command ${name}` }) : json(200, answer);
  } catch (error) {
    if (!(error instanceof RangeError || error instanceof SyntaxError)) throw error;
    return json(400, { error: error.message });
  }
}
