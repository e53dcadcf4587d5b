import type { CallReport, RequestBackend, RequestSystem } from '../../contract/outcome.ts';
import type { RequestOffice } from '../../contract/request-record.ts';
import type { RequestView } from '../../contract/request.ts';
import { fail, ok, type Result } from '../../contract/result.ts';
import type { OkapiSession } from '../okapi/session.ts';
import { createApi, type Api } from './api.ts';
import { cleanCandidates } from './query.ts';
import { isNamedBy, ranked } from './search.ts';
import { createActing } from './crosslink-act.ts';
import { cqlTerm, createHistory, getRequest, PAGE, readAll, readPage } from './crosslink-lists.ts';
import { createCrosslinkOffice } from './crosslink-office.ts';
import { crosslinkSlips } from './crosslink-pull-slips.ts';
import { watchCrosslink } from './crosslink-push.ts';

/**
 * What is known of requests beside CrossLink. It has no index of item barcodes (`prcql.go`), so a barcode is matched in what
 * is kept here, and that is brought up to date first.
 */
export interface KnownRequests {
  /**
   * Requests that carry one of the candidates, ignoring case, after the system was asked what has changed since it was last
   * asked. A failure means that what is kept may be out of date.
   */
  find(
    candidates: readonly string[],
    system: Pick<RequestSystem, 'listChanged' | 'listOpen'>,
    signal?: AbortSignal,
  ): Promise<Result<readonly RequestView[]>>;
}

export interface CrosslinkOptions {
  readonly session: OkapiSession;
  readonly known: KnownRequests;
  /** How long an action may take: the broker calls the library's circulation system inside it. Milliseconds. */
  readonly actTimeoutMs?: number;
  readonly onCall?: (report: CallReport) => void;
  /** Wall clock, epoch milliseconds. */
  readonly now?: () => number;
  /** Monotonic clock, milliseconds. */
  readonly mono?: () => number;
}

const ACT_TIMEOUT_MS = 45_000;

/** CrossLink with what the office's screen of one request needs. */
export interface Crosslink extends RequestBackend {
  readonly office: RequestOffice;
}

/** ReShare's successor: CrossLink's broker behind Okapi (indexdata/crosslink, Okapi interface `crosslink-broker` 1.0). */
export function createCrosslink(options: CrosslinkOptions): Crosslink {
  const { session, known, actTimeoutMs = ACT_TIMEOUT_MS } = options;
  const api = createApi(options);
  const history = createHistory(api);

  const lists: Pick<RequestSystem, 'listChanged' | 'listOpen'> = {
    listChanged: async (since, signal) => {
      const from = momentOf(since);
      if (from === undefined) return fail('bad-input', `"${since}" is no moment in time.`);
      const all = await readAll(api, `updated_at >= ${cqlTerm(from)}`, signal);
      return all.ok ? ok(changedSince(all.value, from)) : all;
    },
    listOpen: async (signal) => {
      const all = await readAll(api, 'terminal_state = false', signal);
      return all.ok ? ok(all.value.filter((view) => !view.state.terminal)) : all;
    },
  };
  const get: RequestSystem['get'] = (id, signal) => getRequest(api, id, history, signal);

  return {
    ...lists,
    get,
    office: createCrosslinkOffice(api, history, actTimeoutMs),
    findByScan: async (candidates, signal) => {
      const wanted = cleanCandidates(candidates);
      if (wanted.length === 0) return ok([]);
      const [numbered, kept] = await Promise.all([byNumber(api, wanted, signal), known.find(wanted, lists, signal)]);
      if (!numbered.ok) return numbered;
      if (!kept.ok) return kept;
      const ids = new Set([...numbered.value, ...kept.value].map(({ id }) => id));
      return readEach([...ids], wanted, get, signal);
    },
    listClosedLoans: async (since, signal) => {
      const from = momentOf(since);
      if (from === undefined) return fail('bad-input', `"${since}" is no moment in time.`);
      const cql = `terminal_state = true and side = borrowing and updated_at >= ${cqlTerm(from)}`;
      const all = await readAll(api, cql, signal);
      if (!all.ok) return all;
      return ok(changedSince(all.value, from).filter(({ state, side }) => state.terminal && side === 'borrowing'));
    },
    searchWords: async (words, signal) => {
      const term = words.replaceAll(/[\p{C}"]+/gu, ' ').trim();
      if (!/[\p{L}\p{N}]/u.test(term)) return ok({ views: [], more: false });
      const got = await readPage(api, `cql.serverChoice all ${cqlTerm(term)}`, 0, signal);
      if (!got.ok) return got;
      return ok({ views: got.value.views, more: got.value.count > Math.min(PAGE, got.value.views.length) });
    },
    hostSettings: () => Promise.resolve(ok({ known: false, elsewhere: true })),
    // Shipping is the one step that takes the item out of the building: there is no fill before it.
    tenantRules: () => Promise.resolve(ok({ combineFillAndShip: true, combineReturnedAndShipped: false })),
    pullSlips: (ids) => crosslinkSlips(api, ids),
    watch: watchCrosslink(session),

    act: createActing(api, actTimeoutMs),
  };
}

/** Requests whose number is one of the candidates, ignoring case (`requester_req_id` is compared in lower case). */
async function byNumber(
  api: Api,
  wanted: readonly string[],
  signal: AbortSignal | undefined,
): Promise<Result<readonly RequestView[]>> {
  const cql = wanted.map((candidate) => `requester_req_id = ${cqlTerm(candidate)}`).join(' or ');
  const got = await readPage(api, cql, 0, signal);
  return got.ok ? ok(got.value.views) : got;
}

/** Each in full, and only those that really carry the label; one that is gone meanwhile is left out. */
async function readEach(
  ids: readonly string[],
  wanted: readonly string[],
  get: RequestSystem['get'],
  signal: AbortSignal | undefined,
): Promise<Result<readonly RequestView[]>> {
  const keys = new Set(wanted.map((candidate) => candidate.toLowerCase()));
  const views: RequestView[] = [];
  for (const got of await Promise.all(ids.map((id) => get(id, signal)))) {
    if (!got.ok && got.error.code !== 'not-found') return got;
    if (got.ok && isNamedBy(got.value, keys)) views.push(got.value);
  }
  return ok(ranked(views));
}

function momentOf(iso: string): string | undefined {
  const ms = Date.parse(iso);
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString();
}

/** Oldest change first, without what is older than asked. */
function changedSince(views: readonly RequestView[], from: string): readonly RequestView[] {
  return views
    .filter((view) => (view.lastUpdated ?? from) >= from)
    .toSorted((a, b) => (a.lastUpdated ?? '').localeCompare(b.lastUpdated ?? ''));
}
