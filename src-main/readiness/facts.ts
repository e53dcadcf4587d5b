import { fail, type Result } from '../contract/result.ts';
import type { FoundBackend, KeyUses, LendingAccount, OwnEntry, ReadinessPorts, SettingsSection } from './ports.ts';

/** What a look brought. Undefined: not looked at, because the system is not set up or something before it is open. */
export interface Facts {
  readonly logIn?: Result<unknown>;
  readonly backend?: Result<FoundBackend>;
  readonly permissions?: Result<ReadonlySet<string> | undefined>;
  readonly settings: Readonly<Partial<Record<SettingsSection, Result<ReadonlyMap<string, string>>>>>;
  readonly entries?: Result<readonly OwnEntry[]>;
  readonly keyUses?: KeyUses;
  /** The account that ReShare's default institutional patron id names. */
  readonly account?: Result<LendingAccount | undefined>;
  readonly inventory?: Result<unknown>;
  readonly openUrl?: Result<boolean>;
  /** The library's own names of its pickup locations. */
  readonly pickupNames?: ReadinessPorts['pickupNames'];
}

export const NOTHING: Facts = { settings: {} };

const UNCONNECTED: Facts = {
  logIn: fail('configuration', 'No ReShare is set up on this computer yet. Enter the connection in Settings.', {
    mender: 'library-administrator',
  }),
  settings: {},
};

/** What of each section is needed. Keys of secrets are not among them, so no secret travels. */
const KEYS: Readonly<Record<SettingsSection, readonly string[]>> = {
  requests: ['request_id_prefix', 'default_institutional_patron_id', 'default_request_symbol'],
  hostLMSIntegration: ['host_lms_integration', 'borrower_check', 'accept_item', 'check_out_item', 'check_in_item'],
  localNCIP: ['ncip_server_address', 'ncip_from_agency', 'ncip_to_agency'],
  sharedIndex: ['shared_index_base_url', 'shared_index_tenant', 'shared_index_user'],
};

/** Looks at everything there is a port for. Without a log-in nothing more is asked of ReShare. */
export async function gather(ports: ReadinessPorts): Promise<Facts> {
  const [reshare, keyUses, inventory] = await Promise.all([
    ports.reshare === undefined ? UNCONNECTED : gatherReshare(ports.reshare),
    ports.wms?.keyUses(),
    ports.inventory?.logIn(),
  ]);
  const barcode = settingOf(reshare, 'requests', 'default_institutional_patron_id');
  const symbol = symbolOf(reshare);
  const mayAsk = keyUses?.['SCIM:read_user']?.outcome === 'works';
  const [account, openUrl] = await Promise.all([
    mayAsk && barcode !== undefined && barcode !== NO_PATRON ? ports.wms?.account(barcode) : undefined,
    symbol === undefined ? undefined : ports.openUrl?.knows(symbol),
  ]);
  return {
    ...reshare,
    ...(keyUses === undefined ? {} : { keyUses }),
    ...(inventory === undefined ? {} : { inventory }),
    ...(account === undefined ? {} : { account }),
    ...(openUrl === undefined ? {} : { openUrl }),
    ...(ports.pickupNames === undefined ? {} : { pickupNames: ports.pickupNames }),
  };
}

/** What libraries with Alma write where no institutional patron is used. */
export const NO_PATRON = '-';

const UNREAD = fail(
  'no-permission',
  'CrossLink keeps this in its own directory, which Carrel does not read. Compare it there and confirm it here.',
);

/** CrossLink has neither mod-rs's settings nor its directory. */
const IN_CROSSLINK: Pick<Facts, 'settings' | 'entries'> = {
  entries: UNREAD,
  settings: { requests: UNREAD, hostLMSIntegration: UNREAD, localNCIP: UNREAD, sharedIndex: UNREAD },
};

async function gatherReshare(reshare: NonNullable<ReadinessPorts['reshare']>): Promise<Facts> {
  const logIn = await reshare.logIn();
  if (!logIn.ok) return { logIn, settings: {} };
  const backend = await reshare.backend();
  if (backend.ok && backend.value.kind === 'crosslink') {
    return { logIn, backend, permissions: await reshare.permissions(), ...IN_CROSSLINK };
  }
  // Without a module to answer them there is nothing to ask.
  if (!backend.ok && backend.error.code === 'configuration') {
    return { logIn, backend, permissions: await reshare.permissions(), settings: {} };
  }
  const sections = Object.keys(KEYS) as SettingsSection[];
  const [permissions, entries, ...settings] = await Promise.all([
    reshare.permissions(),
    reshare.directory(),
    ...sections.map((section) => reshare.settings(section, KEYS[section])),
  ]);
  return {
    logIn,
    backend,
    permissions,
    entries,
    settings: Object.fromEntries(sections.map((section, place) => [section, settings[place]])),
  };
}

export function settingOf(facts: Facts, section: SettingsSection, key: string): string | undefined {
  const read = facts.settings[section];
  return read?.ok === true ? read.value.get(key) : undefined;
}

/** The tenant's ReShare is CrossLink, which keeps its settings elsewhere and takes requests by an interface of its own. */
export function isCrosslink({ backend }: Facts): boolean {
  return backend?.ok === true && backend.value.kind === 'crosslink';
}

/** The library's own root entry. */
export function rootOf(facts: Facts): OwnEntry | undefined {
  return facts.entries?.ok === true ? facts.entries.value.find(({ kind }) => kind === 'institution') : undefined;
}

/** The symbol of the library: of its root entry, else the one ReShare's settings name. */
export function symbolOf(facts: Facts): string | undefined {
  return rootOf(facts)?.symbols[0] ?? settingOf(facts, 'requests', 'default_request_symbol');
}

/** The circulation system ReShare is connected to, by mod-rs's name of the adapter. */
export function adapterOf(facts: Facts): string | undefined {
  return settingOf(facts, 'hostLMSIntegration', 'host_lms_integration')?.toLowerCase();
}
