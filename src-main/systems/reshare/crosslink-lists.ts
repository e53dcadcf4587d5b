import type { AuditLine, RequestView } from '../../contract/request.ts';
import { fail, ok, type Result } from '../../contract/result.ts';
import { isRecord } from '../http/bodies.ts';
import { fields, integer, records, type Json } from '../http/tolerant.ts';
import { unreadable, type Api, type Got } from './api.ts';
import { gone } from './lists.ts';
import { readActions } from './crosslink-actions.ts';
import { AUDIT_KEPT, readHistory } from './crosslink-history.ts';
import { conditionsOf, readNotifications } from './crosslink-notifications.ts';
import { readCrosslink, withMore } from './crosslink-record.ts';

/** Requests asked for at once; CrossLink's own default is 10. */
export const PAGE = 100;

/** Pages after which a list is taken to be endless. */
const PAGE_LIMIT = 500;

export const LIST = '/broker/patron_requests';

/** One page of a list with how many there are in all, read whole or not at all. */
interface Page {
  readonly views: readonly RequestView[];
  readonly count: number;
}

/** A term of CQL between its quotes. `\ " * ? ^` mean something there (CQL 1.2, "Search term"). */
export function cqlTerm(value: string): string {
  return `"${value.replace(/[\\"*?^]/g, '\\$&')}"`;
}

/** One page in the order of creation, which is the only order CrossLink lists in (`pr_query.sql`). */
export function readPage(api: Api, cql: string, offset = 0, signal?: AbortSignal): Promise<Got<Page>> {
  const query = new URLSearchParams({ cql, limit: String(PAGE), offset: String(offset) });
  return api.read(`${LIST}?${query.toString()}`, LIST, (body) => pageOf(body, api.nowIso()), signal);
}

/** An empty list is written as `null` (a Go slice without elements). */
function pageOf(body: unknown, seenAt: string): Page | undefined {
  if (!isRecord(body)) return undefined;
  const { items } = body;
  const count = integer(fields(body['about'])['count']);
  if (count === undefined || !(items === null || Array.isArray(items))) return undefined;
  const rows = records(items);
  const views = rows.map((row) => readCrosslink(row, seenAt)).filter((view) => view !== undefined);
  return views.length === (items?.length ?? 0) ? { views, count } : undefined;
}

/**
 * A whole list. Rows leave it while pages are read (a request that is closed is no longer open), and counting on would then
 * step over one; so each page is asked from the last moment of creation seen, and offsets are used only to get through a
 * crowd with one and the same moment.
 */
export async function readAll(api: Api, cql: string, signal?: AbortSignal): Promise<Result<readonly RequestView[]>> {
  const found = new Map<string, RequestView>();
  let from: string | undefined;
  let offset = 0;
  for (let count = 0; count < PAGE_LIMIT; count += 1) {
    const asked = from === undefined ? cql : `${cql} and created_at >= ${cqlTerm(from)}`;
    const got = await readPage(api, asked, offset, signal);
    if (!got.ok) return got;
    for (const view of got.value.views) found.set(view.id, view);
    // A server may give shorter pages than asked for, so its count says whether there is more.
    if (got.value.views.length === 0 || offset + got.value.views.length >= got.value.count) {
      return ok([...found.values()]);
    }
    const last = got.value.views.at(-1)?.dateCreated;
    if (last !== undefined && (from === undefined || last > from)) {
      from = last;
      offset = 0;
    } else {
      offset += got.value.views.length;
    }
  }
  return unreadable(api.session.system);
}

/** One request as it is now, with its whole history. */
export interface Whole {
  /** As CrossLink keeps it. */
  readonly record: Json;
  readonly view: RequestView;
  /** Oldest first; empty where the account may not read events. */
  readonly history: readonly AuditLine[];
}

/** One request in full: its record, what may be done with it now, and its history. */
export async function readWhole(api: Api, id: string, history: History, signal?: AbortSignal): Promise<Result<Whole>> {
  const path = pathOf(id);
  if (path === undefined) return fail('bad-input', 'This is no request id.');
  const [record, events] = await Promise.all([
    api.read(path, `${LIST}/{id}`, (body) => (isRecord(body) ? body : undefined), signal),
    history.read(path, signal),
  ]);
  if (!record.ok) return record.error.code === 'not-found' ? gone(api.session.system) : record;
  const view = readCrosslink(record.value, api.nowIso());
  // A record with another id is somebody else's.
  if (view?.id !== id) return unreadable(api.session.system);
  if (!events.ok) return events;
  const shape = (body: unknown) => (isRecord(body) ? readActions(body, view.side) : undefined);
  const allowed = await api.read(`${path}/actions`, `${LIST}/{id}/actions`, shape, signal);
  if (!allowed.ok) return allowed.error.code === 'not-found' ? gone(api.session.system) : allowed;
  const lines = events.value === undefined ? [] : readHistory(events.value, view);
  return ok({ record: record.value, view: withMore(view, allowed.value, lines.slice(-AUDIT_KEPT)), history: lines });
}

/** The same as a desk looks at it: with the newest of the history, and with the conditions where there are any. */
export async function getRequest(
  api: Api,
  id: string,
  history: History,
  signal?: AbortSignal,
): Promise<Result<RequestView>> {
  const whole = await readWhole(api, id, history, signal);
  if (!whole.ok) return whole;
  const { view } = whole.value;
  const path = pathOf(id);
  if (path === undefined || !CONDITIONAL.has(view.state.own ?? '')) return ok(view);
  const offered = await readNotifications(api, path, 'condition', signal);
  if (offered.ok) return ok({ ...view, conditions: conditionsOf(offered.value, view) });
  return offered.error.code === 'no-permission' ? ok(view) : offered;
}

/** States in which a desk has to know the conditions. */
const CONDITIONAL: ReadonlySet<string> = new Set(['CONDITION_PENDING', 'CONDITION_ACCEPTED']);

/** Events of a request; undefined where the account may not read them. */
export interface History {
  read(path: string, signal?: AbortSignal): Promise<Got<readonly Json[] | undefined>>;
}

/** An account that may not read events reads none: the record and its actions are enough to work with. */
export function createHistory(api: Api): History {
  let permitted = true;
  return {
    read: async (path, signal) => {
      if (!permitted) return { ok: true, value: undefined };
      const shape = (body: unknown) =>
        isRecord(body) && (body['items'] === null || Array.isArray(body['items'])) ? records(body['items']) : undefined;
      const got = await api.read(`${path}/events`, `${LIST}/{id}/events`, shape, signal);
      if (got.ok || got.error.code !== 'no-permission') return got;
      permitted = false;
      return { ok: true, value: undefined };
    },
  };
}

/** Path of a request; its id may be its number (`MPL-2001`). Undefined for what can be no id. */
export function pathOf(id: string): string | undefined {
  const usable = /^[\p{L}\p{N}][\p{L}\p{N}._:-]{0,99}$/u.test(id);
  return usable ? `${LIST}/${encodeURIComponent(id)}` : undefined;
}
