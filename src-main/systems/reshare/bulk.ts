import type { ActOutcome, BulkOutcome } from '../../contract/outcome.ts';
import { isRecord, jsonOf } from '../http/bodies.ts';
import type { HttpAnswer } from '../http/client.ts';
import { readGatewayError } from '../okapi/gateway-errors.ts';
import type { Api } from './api.ts';
import { isId } from './lists.ts';
import { MARK_PRINTED, markManyPrinted, untold } from './mark-printed.ts';
import { readActAnswer } from './outcome.ts';
import { records, text } from '../http/tolerant.ts';

/** Actions of the desk that mod-rs does for many requests at once (ActionEventData, `bulkEnabled`). */
const BULK: ReadonlySet<string> = new Set([
  'requesterReceived',
  'patronReturnedItem',
  'shippedReturn',
  'supplierMarkShipped',
  'supplierCheckOutOfReshare',
]);

/** Whether mod-rs has a call for many requests for it. */
export function isBulkAction(action: string): boolean {
  return action === MARK_PRINTED || BULK.has(action);
}

/**
 * One action on several requests in one call (mod-rs `bulkAction`; for pull slips a batch), sent once. mod-rs does them one after the other inside
 * it, so it may take as long as that many single ones. What it refuses as a whole, before doing any, is `not-offered`.
 */
export async function actOnMany(
  api: Api,
  ids: readonly string[],
  action: string,
  actTimeoutMs: number,
): Promise<BulkOutcome> {
  if (!isBulkAction(action) || !ids.every(isId)) return 'not-offered';
  if (action === MARK_PRINTED) return markManyPrinted(api, ids, actTimeoutMs);
  const { end, report } = await api.send({
    method: 'POST',
    path: '/rs/patronrequests/bulkAction',
    template: '/rs/patronrequests/bulkAction',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ requestIds: ids, action, actionParams: {} }),
    headersTimeoutMs: actTimeoutMs * ids.length,
  });
  const each = (outcome: ActOutcome): BulkOutcome => new Map(ids.map((id) => [id, outcome]));
  if (end.kind === 'failed') {
    report(end.error);
    return each({ outcome: end.outcome, error: end.error });
  }
  const gateway = readGatewayError(end, api.session);
  // Most accounts may act but have no leave for bulk: then nothing has happened, and single calls do.
  if (gateway?.beforeModule === true && gateway.error.code === 'no-permission') {
    report();
    return 'not-offered';
  }
  const body = jsonOf(end);
  if (gateway !== undefined || end.status !== 200 || !isRecord(body)) {
    const whole = readActAnswer(end, action, api.session);
    report(whole.outcome === 'refused' || whole.outcome === 'done' ? undefined : whole.error);
    if (whole.outcome === 'refused') return 'not-offered';
    return each(whole.outcome === 'done' ? untold(api.session.system) : whole);
  }
  report();
  const done = new Set(records(body['successful']).map((entry) => text(entry['requestId'])));
  const failed = new Map(records(body['failed']).map((entry) => [text(entry['requestId']), entry]));
  return new Map(
    ids.map((id): [string, ActOutcome] => {
      if (done.has(id)) return [id, { outcome: 'done' }];
      const entry = failed.get(id);
      return [
        id,
        entry === undefined ? untold(api.session.system) : readActAnswer(single(end, entry), action, api.session),
      ];
    }),
  );
}

/** What a single call would have answered for one that failed. */
function single(answer: HttpAnswer, entry: unknown): HttpAnswer {
  return { ...answer, status: 400, text: JSON.stringify(entry) };
}
