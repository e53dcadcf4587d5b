import { fail } from '../../contract/result.ts';
import { isRecord, jsonOf, plainWords } from '../http/bodies.ts';
import type { HttpAnswer } from '../http/client.ts';
import { readGatewayError } from '../okapi/gateway-errors.ts';
import type { OkapiSession } from '../okapi/session.ts';
import type { OpenUrlDoor, OpenUrlOrder, PlacingOutcome } from './door.ts';

const PATH = '/broker/patron_requests';
const PLACE_TIMEOUT_MS = 45_000;

/** Letters and digits that nobody mistakes for each other (Crockford's base 32). */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LETTERS = 12;

/**
 * The request's id in CrossLink, which is its number on slips in both libraries and the label of its item: sixty bits of the
 * UUID that was chosen, short enough to be read out.
 */
export function crosslinkNumber(uuid: string): string {
  const bits = BigInt(`0x${uuid.replaceAll('-', '').slice(-16)}`);
  const letters = Array.from({ length: LETTERS }, (_, at) => ALPHABET[Number((bits >> BigInt(5 * at)) & 31n)]);
  return `CRL-${letters.join('')}`;
}

/**
 * CrossLink's own door (indexdata/crosslink `PostPatronRequests`): an ISO 18626 request under an id that the client chooses.
 * The broker keeps each id once, so what was sent twice could not be two requests; it is sent once all the same.
 */
export function crosslinkDoor(session: OkapiSession): OpenUrlDoor {
  return {
    kind: 'crosslink',
    keepsId: true,
    idOf: crosslinkNumber,
    async place(order) {
      const end = await session.call({
        method: 'POST',
        path: PATH,
        template: PATH,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(bodyOf(order)),
        headersTimeoutMs: PLACE_TIMEOUT_MS,
      });
      if (end.kind === 'failed') return { outcome: end.outcome, error: end.error };
      return readCreated(end, crosslinkNumber(order.id), session);
    },
  };
}

/** As CrossLink's staff interface writes it (indexdata/reshare-ui `formMapping.js`, `CreateRoute.js`). */
function bodyOf(order: OpenUrlOrder): Readonly<Record<string, unknown>> {
  const { author, isbn, neededBy, note } = order;
  const isbns = [{ bibliographicItemIdentifier: isbn, bibliographicItemIdentifierCode: { '#text': 'ISBN' } }];
  return {
    id: crosslinkNumber(order.id),
    patron: order.patron,
    illRequest: {
      bibliographicInfo: {
        supplierUniqueRecordId: order.instance,
        title: order.title,
        ...(author === undefined ? {} : { author }),
        ...(isbn === undefined ? {} : { bibliographicItemId: isbns }),
      },
      serviceInfo: {
        serviceType: 'Loan',
        serviceLevel: { '#text': 'Standard' },
        ...(neededBy === undefined ? {} : { needBeforeDate: `${neededBy}T23:59:59Z` }),
        ...(note === undefined ? {} : { note }),
      },
      patronInfo: { patronId: order.patron },
      requestedDeliveryInfo: [{ sortOrder: 1, address: { physicalAddress: { line1: order.pickup } } }],
    },
  };
}

function readCreated(answer: HttpAnswer, id: string, session: OkapiSession): PlacingOutcome {
  const gateway = readGatewayError(answer, session);
  if (gateway !== undefined) {
    if (!gateway.beforeModule) return unknown(gateway.error.sentence);
    const plain = gateway.error.code === 'no-permission' || gateway.error.code === 'configuration';
    return { outcome: plain ? 'refused' : 'not-sent', error: gateway.error };
  }
  const body = jsonOf(answer);
  if (answer.status >= 500 || !isRecord(body)) return unknown('ReShare met an error of its own.');
  if (answer.status >= 400) {
    const said = typeof body['error'] === 'string' ? plainWords(body['error']) : undefined;
    // Somebody has this id: a look tells whether it is this one.
    if (said !== undefined && / with this ID already exists/.test(said)) {
      return unknown('ReShare has a request with this id already.');
    }
    const error = fail('refused', `ReShare refused the request: ${said ?? 'it gave no reason'}.`, {
      mender: 'ill-office',
      theirWords: said,
    });
    return { outcome: 'refused', error: error.error };
  }
  return body['id'] === id ? { outcome: 'done', request: id } : unknown('ReShare answered about another request.');
}

function unknown(what: string): PlacingOutcome {
  const sentence = `${what} The request may or may not have been created: Carrel looks before anything is sent again.`;
  return {
    outcome: 'unknown',
    error: fail('unknown-outcome', sentence, { mender: 'host', retry: 'unknown-outcome' }).error,
  };
}
