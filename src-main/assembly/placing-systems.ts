import type { PatronCheck, PickupChoice } from '../contract/place.ts';
import { fail, ok, type Result } from '../contract/result.ts';
import type { ReshareSettings } from '../contract/settings.ts';
import type { LendingPort } from '../journal/ports.ts';
import type { LogFile } from '../shell/log-file.ts';
import { createHttpClient, type HttpClient } from '../systems/http/client.ts';
import { folioGraphql } from '../systems/inventory/folio-graphql.ts';
import { reservoirSru } from '../systems/inventory/reservoir-sru.ts';
import type { SharedInventory } from '../systems/inventory/port.ts';
import { createOkapiSession, type OkapiSession } from '../systems/okapi/session.ts';
import type { OpenUrlDoor, PlacingOutcome } from '../systems/openurl/door.ts';
import { crosslinkDoor } from '../systems/openurl/place-crosslink.ts';
import { modRsDoor } from '../systems/openurl/place-modrs.ts';
import { resolverDoor } from '../systems/openurl/place-resolver.ts';
import { createApi } from '../systems/reshare/api.ts';
import type { BackendKind } from '../systems/reshare/backend.ts';
import { canCreateRequest } from '../systems/reshare/patron.ts';
import { pickupChoices } from '../systems/reshare/pickups.ts';
import { readManagedEntries, readSetUp, type ManagedEntry } from '../systems/reshare/set-up.ts';
import { logCall } from './call-log.ts';
import type { InventoryAccess } from './readiness-ports.ts';

/** A front door, with what people should know of it. */
export type PlacingDoor = OpenUrlDoor & { readonly dateHint?: string; readonly pickupHint?: string };

/** What the library's directory says about itself. */
export interface Directory {
  pickups(): Promise<Result<readonly PickupChoice[]>>;
}

export interface PlacingSystems {
  readonly inventory: Result<SharedInventory>;
  /** Which it is depends on the system the tenant turns out to have. */
  readonly door: Result<PlacingDoor>;
  readonly directory: Directory;
  readonly checkPatron: (patron: string) => Promise<PatronCheck>;
  close(): Promise<void>;
}

export interface PlacingSystemsOptions {
  readonly reshare: ReshareSettings | undefined;
  readonly session: OkapiSession | undefined;
  /** Which of both systems called ReShare it is, as far as that is known. */
  readonly kind: () => BackendKind | undefined;
  readonly inventory: InventoryAccess | undefined;
  readonly openUrlAddress: string | undefined;
  /** The circulation system's look-up of patrons, where one is allowed. */
  readonly lookUpPatron: LendingPort['patron'];
  readonly log: LogFile;
}

const NO_RESHARE = 'No ReShare is set up on this computer yet. Enter the connection in Settings.';
const NO_INVENTORY =
  'No Shared Inventory is set up, so nothing can be searched for. A library administrator enters its tenant and account in Settings.';
const NO_RESOLVER =
  'No OpenURL resolver is set up, so nothing can be placed. A library administrator enters its address in Settings.';
const CROSSLINK_PICKUP =
  'ReShare puts the item on hold where its own settings say, for every request. The place chosen here goes with the request as words.';
const MOD_RS_DATE = 'ReShare’s own door takes no date: the day goes into the note.';

/** The systems a request is placed through, by the settings. Everything is asked at its first use. */
export function createPlacingSystems(options: PlacingSystemsOptions): PlacingSystems {
  const { reshare, session, lookUpPatron } = options;
  const clients: HttpClient[] = [];
  const client = (address: string): HttpClient => {
    const http = createHttpClient(address, { onCall: (line) => logCall(options.log, line) });
    clients.push(http);
    return http;
  };
  const inventory = inventoryOf(options, client);
  const inventorySession = inventory.ok ? inventory.value.session : undefined;
  const api = session === undefined ? undefined : createApi({ session });
  const entries = (): Promise<Result<readonly ManagedEntry[]>> =>
    api === undefined ? Promise.resolve(notSetUp(NO_RESHARE)) : readManagedEntries(api);

  const openUrl = intoModRs(options, client, async () => {
    const symbol = await symbolOf(entries);
    if (symbol !== undefined || api === undefined) return symbol;
    const settings = await readSetUp(api, 'requests', ['default_request_symbol']);
    return settings.ok ? settings.value.get('default_request_symbol') : undefined;
  });
  const own = session === undefined ? undefined : ok({ ...crosslinkDoor(session), pickupHint: CROSSLINK_PICKUP });

  return {
    inventory: inventory.ok ? ok(inventory.value.port) : inventory,
    get door() {
      return options.kind() === 'crosslink' && own !== undefined ? own : openUrl;
    },
    directory: {
      pickups: async () => {
        const found = await entries();
        return found.ok ? ok(pickupChoices(found.value, reshare?.pickupNames ?? [])) : found;
      },
    },
    checkPatron: async (patron) => {
      if (lookUpPatron !== undefined) {
        const found = await lookUpPatron(patron);
        if (found.ok) return standingOf(found.value);
      }
      return api === undefined ? NOT_ASKED : checkOf(await canCreateRequest(api, patron));
    },
    close: async () => {
      await inventorySession?.logout();
      await Promise.all(clients.map((http) => http.close()));
    },
  };
}

function notSetUp(sentence: string): Result<never> {
  return fail('configuration', sentence, { mender: 'library-administrator' });
}

interface OpenInventory {
  readonly port: SharedInventory;
  readonly session?: OkapiSession;
}

function inventoryOf(
  { inventory }: PlacingSystemsOptions,
  client: (address: string) => HttpClient,
): Result<OpenInventory> {
  if (inventory === undefined) return notSetUp(NO_INVENTORY);
  const { okapiUrl, rejected, kind, ...account } = inventory;
  if (kind === 'reservoir-sru') return ok({ port: reservoirSru(client(okapiUrl), account.tenant) });
  const session = createOkapiSession({
    http: client(okapiUrl),
    system: 'the Shared Inventory',
    rejected: rejected(),
    ...account,
  });
  return ok({ port: folioGraphql(session), session });
}

/** Both doors for an OpenURL lead into mod-rs: CrossLink's tenant would not get what goes through them. */
function intoModRs(...given: Parameters<typeof doorOf>): Result<PlacingDoor> {
  const [{ kind }] = given;
  const door = doorOf(...given);
  if (!door.ok) return door;
  return ok({
    ...door.value,
    place: (order) => (kind() === 'crosslink' ? Promise.resolve(JUST_FOUND) : door.value.place(order)),
  });
}

/** It answered for the first time while this was on its way to the other door. */
const JUST_FOUND: PlacingOutcome = {
  outcome: 'not-sent',
  error: fail('configuration', 'ReShare has only just said that it is CrossLink. Nothing was sent: try again.', {
    mender: 'desk',
    retry: 'now',
  }).error,
};

function doorOf(
  { reshare, session, openUrlAddress }: PlacingSystemsOptions,
  client: (address: string) => HttpClient,
  symbol: () => Promise<string | undefined>,
): Result<PlacingDoor> {
  if (session === undefined) return notSetUp(NO_RESHARE);
  if (reshare?.openUrlDoor === 'mod-rs') return ok({ ...modRsDoor(session), dateHint: MOD_RS_DATE });
  if (openUrlAddress === undefined) return notSetUp(NO_RESOLVER);
  const http = client(openUrlAddress);
  return ok({
    kind: 'resolver',
    keepsId: true,
    place: async (order) => {
      const known = await symbol();
      if (known === undefined) {
        const { error } = fail(
          'configuration',
          'The directory does not say the library’s symbol, which the resolver’s address ends with. Nothing was sent.',
          { mender: 'library-administrator' },
        );
        return { outcome: 'not-sent', error };
      }
      return resolverDoor(http, known).place(order);
    },
  });
}

/** The symbol of the library's own institution entry, which the resolver's address ends with. */
async function symbolOf(entries: () => Promise<Result<readonly ManagedEntry[]>>): Promise<string | undefined> {
  const found = await entries();
  return found.ok ? found.value.find(({ kind }) => kind === 'institution')?.symbols[0] : undefined;
}

const NOT_ASKED: PatronCheck = {
  standing: 'not-asked',
  sentence: 'The patron could not be checked beforehand; ReShare checks when the request arrives.',
};

function standingOf(facts: { readonly blocked?: boolean; readonly illBlocked?: boolean } | undefined): PatronCheck {
  if (facts === undefined) {
    return {
      standing: 'unknown',
      sentence: 'The circulation system knows no patron with this number. Check the number.',
    };
  }
  if (facts.blocked === true)
    return { standing: 'stopped', sentence: 'The circulation system has blocked this patron.' };
  if (facts.illBlocked === true) {
    return { standing: 'stopped', sentence: 'Interlibrary loan is blocked for this patron in the circulation system.' };
  }
  return { standing: 'good', sentence: 'The circulation system knows the patron.' };
}

function checkOf(asked: Awaited<ReturnType<typeof canCreateRequest>>): PatronCheck {
  if (!asked.ok) return NOT_ASKED;
  const { mayAsk, known, problems } = asked.value;
  if (mayAsk) return { standing: 'good', sentence: 'ReShare takes requests for this patron.' };
  const said = problems.length === 0 ? '' : ` It says: ${problems.join('; ')}.`;
  return known
    ? { standing: 'stopped', sentence: `ReShare takes no request for this patron now.${said}` }
    : { standing: 'unknown', sentence: `ReShare does not know this patron. Check the number.${said}` };
}
