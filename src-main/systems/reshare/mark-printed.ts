import type { ActOutcome, BulkOutcome } from '../../contract/outcome.ts';
import { fail, type AppError } from '../../contract/result.ts';
import { isRecord, jsonOf } from '../http/bodies.ts';
import { readGatewayError } from '../okapi/gateway-errors.ts';
import type { Api } from './api.ts';
import { readActAnswer } from './outcome.ts';
import { makeBatch } from './pull-slips.ts';

/** ReShare's action that says that a pull slip was printed. */
export const MARK_PRINTED = 'supplierPrintPullSlip';

/**
 * Marks the pull slips of several requests as printed in one call: a batch of just these, then `markBatchAsPrinted`
 * (mod-rs BatchService), which performs {@link MARK_PRINTED} on each that allows it. A GET that changes requests, so it is
 * sent once, and a lost answer is unknown. Making the batch changes no request: whatever stops it, nothing was marked.
 */
export async function markManyPrinted(api: Api, ids: readonly string[], actTimeoutMs: number): Promise<BulkOutcome> {
  const { session } = api;
  const each = (outcome: ActOutcome): BulkOutcome => new Map(ids.map((id) => [id, outcome]));
  const batch = await makeBatch(api, ids);
  if (!batch.ok) return isNoWay(batch.error) ? 'not-offered' : each({ outcome: 'not-sent', error: batch.error });
  const template = '/rs/patronrequests/markBatchAsPrinted';
  const { end, report } = await api.send({
    method: 'GET',
    path: `${template}?batchId=${batch.value}`,
    template,
    changes: true,
    headersTimeoutMs: actTimeoutMs * ids.length,
  });
  if (end.kind === 'failed') {
    report(end.error);
    return each({ outcome: end.outcome, error: end.error });
  }
  const gateway = readGatewayError(end, session);
  const body = jsonOf(end);
  if (gateway !== undefined || end.status !== 200 || !isRecord(body)) {
    const whole = readActAnswer(end, MARK_PRINTED, session);
    report(whole.outcome === 'refused' || whole.outcome === 'done' ? undefined : whole.error);
    if (whole.outcome === 'refused') return 'not-offered';
    return each(whole.outcome === 'done' ? untold(session.system) : whole);
  }
  report();
  const [done, failed, invalid] = [idsOf(body['successful']), idsOf(body['failed']), idsOf(body['notValid'])];
  return new Map(
    ids.map((id): [string, ActOutcome] => {
      if (done.has(id)) return [id, { outcome: 'done' }];
      if (invalid.has(id))
        return [
          id,
          refused(`${session.system} does not allow it now: it was marked already, or the request was changed.`),
        ];
      if (failed.has(id)) return [id, refused(`${session.system} could not mark it. The request’s history says why.`)];
      return [id, untold(session.system)];
    }),
  );
}

/** The account may not, or this ReShare does not: single calls may still do. */
function isNoWay({ code }: AppError): boolean {
  return code === 'no-permission' || code === 'refused' || code === 'configuration';
}

function idsOf(value: unknown): ReadonlySet<unknown> {
  return new Set(Array.isArray(value) ? value : []);
}

function refused(sentence: string): ActOutcome {
  return { outcome: 'refused', error: fail('refused', sentence, { mender: 'ill-office', retry: 'never' }).error };
}

/** Neither among what was done nor among what was not. */
export function untold(system: string): ActOutcome {
  const sentence = `${system} did not say what became of this one. Carrel looks before anything is sent again.`;
  return {
    outcome: 'unknown',
    error: fail('unknown-outcome', sentence, { mender: 'host', retry: 'unknown-outcome' }).error,
  };
}
