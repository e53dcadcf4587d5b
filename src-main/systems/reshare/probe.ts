import type { CheckLine, ReshareSettings } from '../../contract/settings.ts';
import { createHttpClient, type HttpSettings } from '../http/client.ts';
import { failed, fine, ownPermissions, probeClock, probeGateway, probeLogin } from '../okapi/probe.ts';
import { createOkapiSession, type OkapiSession } from '../okapi/session.ts';
import { createApi, type Api } from './api.ts';
import { backendSentence, detectBackend } from './backend.ts';
import { probeCrosslink } from './crosslink-probe.ts';
import { getRequest, readPage } from './lists.ts';
import { checkPickupNames } from './pickups.ts';
import { readSection } from './rules.ts';
import { readManagedEntries } from './set-up.ts';

/** Permissions by what a desk needs them for (mod-rs `ModuleDescriptor-template.json`). */
const ACT_PERMISSION = 'rs.patronrequests.item.performaction';
const SETTINGS_PERMISSION = 'rs.settings.getsection.state_action_config';

export interface ConnectionTest {
  readonly settings: ReshareSettings;
  readonly password: () => Promise<string | undefined>;
  /** Password of the Shared Inventory account; that tenant is tried only when it is configured. */
  readonly inventoryPassword?: () => Promise<string | undefined>;
  readonly http?: Partial<HttpSettings>;
  readonly onRejected?: (which: 'reshare-password' | 'inventory-password') => void;
}

/**
 * "Test connection": what works, in the order in which it has to, and whose job the rest is. A password is sent at most
 * once per account, whatever comes of it. Never rejects.
 */
export async function testConnection(test: ConnectionTest): Promise<readonly CheckLine[]> {
  const { settings, onRejected } = test;
  const http = createHttpClient(settings.okapiUrl, { settings: { retries: 0, ...test.http } });
  const session = createOkapiSession({
    http,
    system: 'ReShare',
    tenant: settings.tenant,
    username: settings.username,
    password: test.password,
    onRejected: () => onRejected?.('reshare-password'),
  });
  try {
    const gateway = await probeGateway(http, session);
    if (!gateway.goOn) return [...gateway.lines, skipped('Log-in', 'the step before')];
    const login = await probeLogin(session, settings.username);
    const lines = [...gateway.lines, ...login.lines];
    if (!login.goOn) return [...lines, skipped('Listing requests', 'the log-in')];
    lines.push(...(await probeBackend(session)), ...probeClock(session));
    lines.push(...(await probePickups(settings, session)), ...(await probeInventory(test, http)));
    await session.logout();
    return lines;
  } finally {
    await http.close();
  }
}

/** Which of both systems called ReShare the tenant has, and what the account may do there. */
async function probeBackend(session: OkapiSession): Promise<readonly CheckLine[]> {
  const found = await detectBackend(session);
  if (!found.ok) return [failed('ReShare', found.error.sentence), skipped('Listing requests', 'the step before')];
  const line = fine('ReShare', backendSentence(found.value));
  return [line, ...(found.value.kind === 'crosslink' ? await probeCrosslink(session) : await probeReshare(session))];
}

/** What the account may see and do in mod-rs. Reads at most one request; changes nothing. */
async function probeReshare(session: OkapiSession): Promise<readonly CheckLine[]> {
  const api = createApi({ session });
  const list = await readPage(api, [['perPage', '1']]);
  if (!list.ok)
    return [failed('Listing requests', list.error.sentence), skipped('Reading a request', 'the step before')];
  const lines = [fine('Listing requests', 'ReShare lists this tenant’s requests.')];
  const id = list.value[0]?.id;
  lines.push(id === undefined ? nothingToRead() : await probeRead(api, id));
  lines.push(await probeAct(session), await probeSettings(api));
  return lines;
}

async function probeRead(api: Api, id: string): Promise<CheckLine> {
  const one = await getRequest(api, id);
  return one.ok
    ? fine('Reading a request', 'ReShare shows a request in full.')
    : failed('Reading a request', one.error.sentence);
}

function nothingToRead(): CheckLine {
  const sentence = 'There is no request yet, so reading one could not be tried.';
  return { what: 'Reading a request', outcome: 'skipped', sentence };
}

/** The permission to act cannot be tried without acting, so the account's own list is asked, where it may be. */
async function probeAct(session: OkapiSession): Promise<CheckLine> {
  const what = 'Acting on requests';
  const permissions = await ownPermissions(session);
  if (permissions.ok && permissions.value?.has(ACT_PERMISSION) === true)
    return fine(what, 'The account may act on requests.');
  const sentence = `Whether the account may act on requests shows at the first scan; it needs ${ACT_PERMISSION}.`;
  return { what, outcome: 'warning', sentence };
}

async function probeSettings(api: Api): Promise<CheckLine> {
  const what = 'ReShare settings';
  const section = await readSection(api, 'state_action_config');
  if (section.ok && section.value.length > 0) return fine(what, 'ReShare’s settings for combined steps can be read.');
  const sentence = section.ok
    ? `The account may not see ReShare’s settings for combined steps, so Carrel takes each step singly. A library administrator can grant ${SETTINGS_PERMISSION}.`
    : section.error.sentence;
  return { what, outcome: 'warning', sentence };
}

/** Every pickup location the library named, looked for in the directory. */
async function probePickups(
  { pickupNames = [] }: ReshareSettings,
  session: OkapiSession,
): Promise<readonly CheckLine[]> {
  if (pickupNames.length === 0) return [];
  const entries = await readManagedEntries(createApi({ session }));
  return entries.ok
    ? checkPickupNames(entries.value, pickupNames)
    : [failed('Pickup locations', entries.error.sentence)];
}

/** The consortium's Shared Inventory: its own tenant and, usually, its own account. */
async function probeInventory(
  test: ConnectionTest,
  http: ReturnType<typeof createHttpClient>,
): Promise<readonly CheckLine[]> {
  const { inventoryTenant, inventoryUsername, inventoryKind } = test.settings;
  // Reservoir is open: there is no account to try.
  if (inventoryKind === 'reservoir-sru') return [];
  if (inventoryTenant === undefined || inventoryUsername === undefined || test.inventoryPassword === undefined)
    return [];
  const session = createOkapiSession({
    http,
    system: 'the Shared Inventory',
    tenant: inventoryTenant,
    username: inventoryUsername,
    password: test.inventoryPassword,
    onRejected: () => test.onRejected?.('inventory-password'),
  });
  const login = await probeLogin(session, inventoryUsername);
  await session.logout();
  return login.lines.map((line) => ({ ...line, what: `Shared Inventory: ${line.what}` }));
}

function skipped(what: string, because: string): CheckLine {
  return { what, outcome: 'skipped', sentence: `Not tried, because ${because} did not work.` };
}
