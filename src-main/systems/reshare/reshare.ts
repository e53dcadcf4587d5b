import type { RequestOffice } from '../../contract/request-record.ts';
import type { ActOutcome, BulkOutcome, CallReport, RequestBackend } from '../../contract/outcome.ts';
import type { AuditLine, RequestView } from '../../contract/request.ts';
import { fail, ok, type Result } from '../../contract/result.ts';
import { isRecord } from '../http/bodies.ts';
import { readGatewayError } from '../okapi/gateway-errors.ts';
import type { OkapiSession } from '../okapi/session.ts';
import { createApi } from './api.ts';
import { actOnMany } from './bulk.ts';
import { readHostSettings } from './host-settings.ts';
import { badId, getRequest, gone, isId, readAll } from './lists.ts';
import { createOffice } from './office.ts';
import { readActAnswer } from './outcome.ts';
import { pullSlipReport } from './pull-slips.ts';
import { readTenantRules } from './rules.ts';
import { findByScan } from './search.ts';
import { texts, type Json } from '../http/tolerant.ts';
import { searchByWords } from './words.ts';

export interface ReshareOptions {
  /** The library's own ReShare tenant. */
  readonly session: OkapiSession;
  /**
   * How long an action may take. mod-rs calls the library's circulation system inside it; the staff interface allows
   * the same 45 s (stripes-reshare `usePerformAction.js`).
   */
  readonly actTimeoutMs?: number;
  /** Told after every call to ReShare; feeds its light. */
  readonly onCall?: (report: CallReport) => void;
  /** Wall clock, epoch milliseconds. */
  readonly now?: () => number;
  /** Monotonic clock, milliseconds. */
  readonly mono?: () => number;
}

/** ReShare through mod-rs, with more looks than the port asks for. */
export interface Reshare extends RequestBackend {
  /** What the office's screen of one request needs. */
  readonly office: RequestOffice;
  /** One action on several requests in one call, sent once. */
  actOnMany(ids: readonly string[], action: string): Promise<BulkOutcome>;
  /** Codes of the actions allowed now, without reading the whole request. */
  validActions(id: string, signal?: AbortSignal): Promise<Result<readonly string[]>>;
  /** History lines newer than the given number, oldest first, with the state the request is in now. */
  auditSince(
    id: string,
    lastAuditNo: number,
    signal?: AbortSignal,
  ): Promise<Result<{ readonly request: RequestView; readonly lines: readonly AuditLine[] }>>;
}

const ACT_TIMEOUT_MS = 45_000;

export function createReshare(options: ReshareOptions): Reshare {
  const { session } = options;
  const api = createApi(options);

  return {
    office: createOffice(api, options.actTimeoutMs ?? ACT_TIMEOUT_MS),
    findByScan: (candidates, signal) => findByScan(api, candidates, signal),
    get: (id, signal) => getRequest(api, id, signal),
    listChanged: (since, signal) =>
      Number.isNaN(Date.parse(since))
        ? Promise.resolve(fail('bad-input', `"${since}" is no moment in time.`))
        : readAll(api, 'lastUpdated', [], since, signal),
    listOpen: async (signal) => {
      const all = await readAll(api, 'dateCreated', ['state.terminal==false'], undefined, signal);
      return all.ok ? ok(all.value.filter((view) => !view.state.terminal)) : all;
    },
    listClosedLoans: async (since, signal) => {
      const all = await readAll(api, 'lastUpdated', ['state.terminal==true', 'isRequester==true'], since, signal);
      // A filter the server cannot use is dropped in silence.
      return all.ok ? ok(all.value.filter(({ state, side }) => state.terminal && side === 'borrowing')) : all;
    },
    actOnMany: (ids, action) => actOnMany(api, ids, action, options.actTimeoutMs ?? ACT_TIMEOUT_MS),
    searchWords: (text, signal) => searchByWords(api, text, signal),
    hostSettings: (signal) => readHostSettings(api, signal),
    pullSlips: (ids) => pullSlipReport(api, ids),
    tenantRules: (signal) => readTenantRules(api, signal),

    async act(id, action, params, signal): Promise<ActOutcome> {
      if (!isId(id)) return { outcome: 'not-sent', error: badId().error };
      const { end, report } = await api.send({
        method: 'POST',
        path: `/rs/patronrequests/${id}/performAction`,
        template: '/rs/patronrequests/{id}/performAction',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ action, actionParams: params }),
        headersTimeoutMs: options.actTimeoutMs ?? ACT_TIMEOUT_MS,
        ...(signal === undefined ? {} : { signal }),
      });
      const outcome: ActOutcome =
        end.kind === 'failed' ? { outcome: end.outcome, error: end.error } : readActAnswer(end, action, session);
      // A refusal by mod-rs shows that mod-rs is well.
      if (outcome.outcome === 'done' || outcome.outcome === 'refused') report();
      else {
        const answered = end.kind === 'answer' && readGatewayError(end, session) === undefined;
        report(outcome.error, answered && end.status >= 500);
      }
      return outcome;
    },

    async validActions(id, signal) {
      if (!isId(id)) return badId();
      const path = `/rs/patronrequests/${id}/validActions`;
      const shape = (body: unknown): Json | undefined =>
        isRecord(body) && Array.isArray(body['actions']) ? body : undefined;
      const got = await api.read(path, '/rs/patronrequests/{id}/validActions', shape, signal);
      if (!got.ok) return got;
      // An unknown id is answered 200 with an empty list and a message.
      if (typeof got.value['message'] === 'string') return gone(session.system);
      return ok(texts(got.value['actions']));
    },

    async auditSince(id, lastAuditNo, signal) {
      const got = await getRequest(api, id, signal);
      if (!got.ok) return got;
      return ok({ request: got.value, lines: got.value.audit.filter((line) => line.no > lastAuditNo) });
    },
  };
}
