import { fail, ok, type Result } from '../../contract/result.ts';
import { readGatewayError } from '../okapi/gateway-errors.ts';
import { moduleWords, unreadable, type Api } from './api.ts';
import { pathOf } from './crosslink-lists.ts';

/** `%PDF` */
const PDF = [0x25, 0x50, 0x44, 0x46] as const;

/** The broker's pull slips of these requests (`POST /broker/pullslips`), a PDF. Making it changes no request. */
export async function crosslinkSlips(api: Api, ids: readonly string[]): Promise<Result<Uint8Array>> {
  if (ids.length === 0 || ids.some((id) => pathOf(id) === undefined)) {
    return fail('bad-input', 'This is no request id.');
  }
  const { system } = api.session;
  const { end, report } = await api.send({
    method: 'POST',
    path: '/broker/pullslips',
    template: '/broker/pullslips',
    headers: { 'content-type': 'application/json', accept: 'application/pdf, application/json' },
    body: JSON.stringify({ illTransactionIds: ids }),
  });
  if (end.kind === 'failed') {
    report(end.error);
    return { ok: false, error: end.error };
  }
  report();
  const gateway = readGatewayError(end, api.session);
  if (gateway !== undefined) return { ok: false, error: gateway.error };
  if (end.status !== 200) {
    return fail('refused', `${system} made no pull slips. Print Carrel’s own instead.`, {
      mender: 'library-administrator',
      theirWords: moduleWords(end),
    });
  }
  return PDF.every((byte, at) => end.bytes[at] === byte) ? ok(end.bytes) : unreadable(system);
}
