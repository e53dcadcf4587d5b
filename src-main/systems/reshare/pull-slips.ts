import { fail, ok, type Result } from '../../contract/result.ts';
import { isRecord, jsonOf } from '../http/bodies.ts';
import { readGatewayError } from '../okapi/gateway-errors.ts';
import { moduleWords, unreadable, type Api } from './api.ts';
import { badId, isId } from './lists.ts';

/** Ids in one filter; Okapi before 6.1.1 takes 4096 bytes of address. */
const BATCH_MOST = 60;

/** `%PDF` */
const PDF = [0x25, 0x50, 0x44, 0x46] as const;

/**
 * The tenant's own pull slips as a PDF: of one request, or of a batch made for these (mod-rs ReportController and
 * BatchService). Making a batch and its report changes no state: what was printed is marked afterwards.
 */
export async function pullSlipReport(api: Api, ids: readonly string[]): Promise<Result<Uint8Array>> {
  if (ids.length === 0 || ids.length > BATCH_MOST || !ids.every(isId)) {
    return ids.length > BATCH_MOST ? tooMany() : badId();
  }
  const [single] = ids;
  if (ids.length === 1 && single !== undefined) return report(api, 'requestId', single);
  const batch = await makeBatch(api, ids);
  return batch.ok ? report(api, 'batchId', batch.value) : batch;
}

/** A batch of these requests, by its id. It changes none of them. */
export async function makeBatch(api: Api, ids: readonly string[]): Promise<Result<string>> {
  const query = new URLSearchParams({ filters: ids.map((id) => `id==${id}`).join('||') });
  const { end, report: told } = await api.send({
    method: 'GET',
    path: `/rs/patronrequests/generatePickListBatch?${query.toString()}`,
    template: '/rs/patronrequests/generatePickListBatch',
  });
  if (end.kind === 'failed') {
    told(end.error);
    return { ok: false, error: end.error };
  }
  told();
  const gateway = readGatewayError(end, api.session);
  if (gateway !== undefined) return { ok: false, error: gateway.error };
  const body = jsonOf(end);
  const id = isRecord(body) ? body['batchId'] : undefined;
  if (typeof id === 'string' && isId(id)) return ok(id);
  return refused(api.session.system, moduleWords(end));
}

async function report(api: Api, by: 'requestId' | 'batchId', id: string): Promise<Result<Uint8Array>> {
  const { end, report: told } = await api.send({
    method: 'GET',
    path: `/rs/report/generatePicklist?${by}=${id}`,
    template: '/rs/report/generatePicklist',
  });
  if (end.kind === 'failed') {
    told(end.error);
    return { ok: false, error: end.error };
  }
  told();
  const gateway = readGatewayError(end, api.session);
  if (gateway !== undefined) return { ok: false, error: gateway.error };
  if (end.status !== 200) return refused(api.session.system, moduleWords(end));
  return PDF.every((byte, at) => end.bytes[at] === byte) ? ok(end.bytes) : unreadable(api.session.system);
}

function refused(system: string, theirWords: string | undefined) {
  return fail('refused', `${system} made no pull slips. Print Carrel’s own instead.`, {
    mender: 'library-administrator',
    theirWords,
  });
}

function tooMany() {
  return fail('refused', `Choose at most ${String(BATCH_MOST)} requests for one PDF.`, { mender: 'desk' });
}
