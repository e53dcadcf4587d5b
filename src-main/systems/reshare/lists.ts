import type { RequestView } from '../../contract/request.ts';
import { fail, ok, type Result } from '../../contract/result.ts';
import { isRecord } from '../http/bodies.ts';
import { unreadable, type Api, type Got } from './api.ts';
import { filterInstant, listPath, type QueryPart } from './query.ts';
import { readRequest } from './record.ts';

/** mod-rs's own cap on `/rs/patronrequests`. */
const PAGE = 100;

/** Pages after which a list is taken to be endless. */
const PAGE_LIMIT = 500;

/** One page of a list, read whole or not at all: a row without an id says that the answer is not mod-rs's. */
export async function readPage(
  api: Api,
  parts: readonly QueryPart[],
  signal?: AbortSignal,
): Promise<Got<readonly RequestView[]>> {
  return api.read(listPath(parts), '/rs/patronrequests', (body) => viewsOf(body, api.nowIso()), signal);
}

function viewsOf(body: unknown, seenAt: string): readonly RequestView[] | undefined {
  const views = rowsOf(body)?.map((row) => (isRecord(row) ? readRequest(row, seenAt) : undefined));
  const whole = views?.filter((view) => view !== undefined);
  return whole?.length === views?.length ? whole : undefined;
}

/** One request in full. */
export async function getRequest(api: Api, id: string, signal?: AbortSignal): Promise<Result<RequestView>> {
  if (!isId(id)) return badId();
  const shape = (body: unknown): RequestView | undefined => {
    const view = isRecord(body) ? readRequest(body, api.nowIso()) : undefined;
    // A record with another id is somebody else's.
    return view?.id === id ? view : undefined;
  };
  const got = await api.read(`/rs/patronrequests/${id}`, '/rs/patronrequests/{id}', shape, signal);
  return !got.ok && got.error.code === 'not-found' ? gone(api.session.system) : got;
}

/** Ids in a path are UUIDs; anything else would be another path. */
export function isId(id: string): boolean {
  return /^[A-Za-z0-9-]{1,64}$/.test(id);
}

export function badId() {
  return fail('bad-input', 'This is no request id.');
}

export function gone(system: string) {
  return fail('not-found', `${system} no longer has this request.`, { mender: 'ill-office' });
}

/** A bare array, or the envelope that `stats=true` gives. */
function rowsOf(value: unknown): readonly unknown[] | undefined {
  if (Array.isArray(value)) return value as readonly unknown[];
  return isRecord(value) && Array.isArray(value['results']) ? value['results'] : undefined;
}

/**
 * A whole list in order of a moment. Rows move while pages are read (a changed request goes to the end), and counting
 * pages would then step over one; so each page is asked from the last moment seen, and page numbers are used only to get
 * through a crowd with one and the same moment.
 */
export async function readAll(
  api: Api,
  key: 'lastUpdated' | 'dateCreated',
  filters: readonly string[],
  since: string | undefined,
  signal?: AbortSignal,
): Promise<Result<readonly RequestView[]>> {
  const found = new Map<string, RequestView>();
  let from = since === undefined ? undefined : filterInstant(since);
  let page = 1;
  for (let count = 0; count < PAGE_LIMIT; count += 1) {
    const got = await readPage(api, allParts(key, filters, from, page), signal);
    if (!got.ok) return got;
    for (const view of got.value) found.set(view.id, view);
    if (got.value.length < PAGE) return ok(inOrder([...found.values()], key, since));
    const last = got.value.at(-1)?.[key];
    const next = last === undefined ? undefined : filterInstant(last);
    if (next !== undefined && (from === undefined || next > from)) {
      from = next;
      page = 1;
    } else {
      page += 1;
    }
  }
  return unreadable(api.session.system);
}

function allParts(
  key: string,
  filters: readonly string[],
  from: string | undefined,
  page: number,
): readonly QueryPart[] {
  const all = from === undefined ? filters : [...filters, `${key}>=${from}`];
  return [
    ...all.map((filter): QueryPart => ['filters', filter]),
    ['sort', key],
    ['perPage', String(PAGE)],
    ['page', String(page)],
  ];
}

/** Oldest first, without what is older than asked: a server that drops a filter sends everything. */
function inOrder(views: RequestView[], key: 'lastUpdated' | 'dateCreated', since: string | undefined): RequestView[] {
  const floor = since === undefined ? '' : new Date(filterInstant(since)).toISOString();
  return views
    .filter((view) => view[key] === undefined || view[key] >= floor)
    .sort((a, b) => (a[key] ?? '').localeCompare(b[key] ?? ''));
}
