import { fail, ok, type Result } from '../../contract/result.ts';
import type { Api } from './api.ts';
import { records, refdata, text, texts, type Json } from '../http/tolerant.ts';

/** A section of mod-rs's settings as it is asked for here (SettingsData.groovy). */
export type SetUpSection = 'requests' | 'hostLMSIntegration' | 'localNCIP' | 'sharedIndex';

/**
 * The permission that shows a section. mod-rs takes `rs.settings.getsection.<section in lower case>`, but its descriptor
 * declares none for the last two: there only `…all` helps, which shows passwords in clear as well.
 */
const PERMISSIONS: Readonly<Record<SetUpSection, string>> = {
  requests: 'rs.settings.getsection.requests',
  hostLMSIntegration: 'rs.settings.getsection.hostlmsintegration',
  localNCIP: 'rs.settings.getsection.all',
  sharedIndex: 'rs.settings.getsection.all',
};

/**
 * Values in force of some keys of a section (`GET /rs/settings/appSettings`); empty ones are left out. Only these keys are
 * asked for, so that no password of the section travels. mod-rs cuts its answer to what the account may see: an empty list
 * with status 200 means that it may not, and is answered as `no-permission`.
 */
export async function readSetUp(
  api: Api,
  section: SetUpSection,
  keys: readonly string[],
  signal?: AbortSignal,
): Promise<Result<ReadonlyMap<string, string>>> {
  const query = new URLSearchParams({ perPage: '1000' });
  query.append('filters', `section==${section}`);
  query.append('filters', keys.map((key) => `key==${key}`).join('||'));
  // A dropped filter would bring other settings, some with passwords in clear: they go no further.
  const shape = (body: unknown): readonly Json[] | undefined =>
    Array.isArray(body)
      ? records(body).filter((one) => one['section'] === section && keys.includes(text(one['key']) ?? ''))
      : undefined;
  const path = '/rs/settings/appSettings';
  const got = await api.read(`${path}?${query.toString()}`, path, shape, signal);
  if (!got.ok) return got;
  if (got.value.length === 0) return notShown(section, api.session.system);
  const values = got.value.flatMap((one): [string, string][] => {
    const key = text(one['key']);
    const value = refdata(one['value']) ?? refdata(one['defValue']);
    return key === undefined || value === undefined ? [] : [[key, value]];
  });
  return ok(new Map(values));
}

function notShown(section: SetUpSection, system: string) {
  const permission = PERMISSIONS[section];
  const all = permission.endsWith('.all') ? ', which shows passwords too and is not for a desk’s account' : '';
  return fail(
    'no-permission',
    `${system} does not show the section ${section} of its settings to this account; that needs ${permission}${all}.`,
    { mender: 'library-administrator' },
  );
}

/** A directory entry as far as set-up is concerned. */
export interface ManagedEntry {
  readonly name: string;
  readonly kind: 'institution' | 'branch' | 'other';
  readonly slug?: string;
  /** With the authority: `RESHARE:ABC`. */
  readonly symbols: readonly string[];
  readonly pickup: boolean;
}

/** The directory entries this library manages itself (mod-directory `GET /directory/entry`, status `managed`). */
export async function readManagedEntries(api: Api, signal?: AbortSignal): Promise<Result<readonly ManagedEntry[]>> {
  const query = new URLSearchParams({ perPage: '1000', filters: 'status.value==managed' }).toString();
  const shape = (body: unknown): readonly ManagedEntry[] | undefined =>
    Array.isArray(body)
      ? records(body)
          .filter((entry) => refdata(entry['status'])?.toLowerCase() === 'managed')
          .map(entryOf)
      : undefined;
  return api.read(`/directory/entry?${query}`, '/directory/entry', shape, signal);
}

function entryOf(entry: Json): ManagedEntry {
  const kind = refdata(entry['type'])?.toLowerCase();
  const slug = text(entry['slug']);
  return {
    name: text(entry['name']) ?? 'an entry without a name',
    kind: kind === 'institution' || kind === 'branch' ? kind : 'other',
    ...(slug === undefined ? {} : { slug }),
    symbols: records(entry['symbols']).flatMap(symbolOf),
    pickup: tagsOf(entry['tags']).includes('pickup'),
  };
}

function symbolOf(symbol: Json): readonly string[] {
  const name = text(symbol['symbol']);
  const [authority] = records([symbol['authority']]);
  const prefix = text(authority?.['symbol']);
  if (name === undefined) return [];
  return [prefix === undefined ? name : `${prefix}:${name}`];
}

/** Tags are objects with a value, or bare words. */
function tagsOf(tags: unknown): readonly string[] {
  return [...records(tags).map((tag) => text(tag['value']) ?? ''), ...texts(tags)].map((tag) => tag.toLowerCase());
}
