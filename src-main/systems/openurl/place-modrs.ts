import { fail } from '../../contract/result.ts';
import { isRecord, jsonOf, plainWords } from '../http/bodies.ts';
import type { HttpAnswer } from '../http/client.ts';
import { readGatewayError } from '../okapi/gateway-errors.ts';
import type { OkapiSession } from '../okapi/session.ts';
import { queryOf, type OpenUrlDoor, type OpenUrlOrder, type PlacingOutcome } from './door.ts';

const PATH = '/rs/patronrequests/openURL';
const PLACE_TIMEOUT_MS = 45_000;

/**
 * mod-rs's own OpenURL door (OpenUrlService.groovy): dotted keys, HTTP 200 whatever happened, an id of its own. It puts the text
 * of `svc.neededBy` and `svc.id` where a date and a reference value belong and fails, so neither is sent; a date goes into the note.
 */
export function modRsDoor(session: OkapiSession): OpenUrlDoor {
  return {
    kind: 'mod-rs',
    keepsId: false,
    async place(order) {
      const end = await session.call({
        method: 'GET',
        changes: true,
        path: `${PATH}?${modRsQuery(order)}`,
        template: PATH,
        headersTimeoutMs: PLACE_TIMEOUT_MS,
      });
      return end.kind === 'failed' ? { outcome: end.outcome, error: end.error } : readResult(end, session);
    },
  };
}

export function modRsQuery(order: OpenUrlOrder): string {
  const date = order.neededBy === undefined ? undefined : `Needed by ${order.neededBy}.`;
  return queryOf([
    ['rft.id', order.instance],
    ['req.id', order.patron],
    ['svc.pickupLocation', order.pickup],
    ['rft.title', order.title],
    ['rft.au', order.author],
    ['rft.isbn', order.isbn],
    ['svc.note', [date, order.note].filter((part) => part !== undefined).join(' ')],
    ['rft.identifier.illiad', order.identifier],
  ]);
}

function readResult(answer: HttpAnswer, session: OkapiSession): PlacingOutcome {
  const gateway = readGatewayError(answer, session);
  if (gateway !== undefined) {
    if (!gateway.beforeModule) return unknown(gateway.error.sentence);
    const plain = gateway.error.code === 'no-permission' || gateway.error.code === 'configuration';
    return { outcome: plain ? 'refused' : 'not-sent', error: gateway.error };
  }
  const body = jsonOf(answer);
  if (answer.status !== 200 || !isRecord(body)) return unknown('ReShare met an error of its own.');
  const { result, id, messages } = body;
  // As text, or as the object Grails' converter makes of an enum.
  const name = isRecord(result) ? result['name'] : result;
  if (name === 'SUCCESS' && typeof id === 'string') return { outcome: 'done', request: id };
  if (name === 'SUCCESS') return unknown('ReShare said yes without saying which request.');
  const said = Array.isArray(messages) ? messages.filter((one) => typeof one === 'string').join('; ') : '';
  return {
    outcome: 'refused',
    error: fail('refused', `ReShare refused the request: ${plainWords(said) ?? 'it gave no reason'}.`, {
      mender: 'ill-office',
      theirWords: plainWords(said),
    }).error,
  };
}

function unknown(what: string): PlacingOutcome {
  const sentence = `${what} The request may or may not have been created: Carrel looks before anything is sent again.`;
  return {
    outcome: 'unknown',
    error: fail('unknown-outcome', sentence, { mender: 'host', retry: 'unknown-outcome' }).error,
  };
}
