import { fail, type Mender } from '../../contract/result.ts';
import { isRecord, jsonOf, looksLikeHtml, plainWords } from '../http/bodies.ts';
import type { HttpAnswer, HttpClient } from '../http/client.ts';
import { faultError } from '../http/sentences.ts';
import { queryOf, type OpenUrlDoor, type OpenUrlOrder, type PlacingOutcome } from './door.ts';
import { resolverPath } from './resolver.ts';

const NAME = 'The OpenURL resolver';

/** The resolver waits for ReShare, which waits for its database. */
const PLACE_TIMEOUT_MS = 45_000;

/**
 * The consortium's OpenURL resolver (listener-openurl). A GET creates the request; `svc_id=json` asks for an answer a program
 * can read, which is text/json with the real status inside. `svc_id` is the service type as well, so ReShare is told `json`.
 */
export function resolverDoor(http: HttpClient, symbol: string): OpenUrlDoor {
  return {
    kind: 'resolver',
    keepsId: true,
    async place(order) {
      const answer = await http.send({
        method: 'GET',
        changes: true,
        path: `${resolverPath(symbol)}?${resolverQuery(order)}`,
        template: '/{symbol}',
        headers: { accept: 'application/json' },
        headersTimeoutMs: PLACE_TIMEOUT_MS,
      });
      if (answer.kind !== 'answer') {
        const error = faultError(answer, NAME);
        return { outcome: answer.kind === 'unknown-outcome' ? 'unknown' : 'not-sent', error };
      }
      return readResolver(answer, order, symbol);
    },
  };
}

/** The OpenURL's keys as listener-openurl reads them: `_` for admindata, `.` for metadata. */
export function resolverQuery(order: OpenUrlOrder): string {
  return queryOf([
    ['svc_id', 'json'],
    ['ctx_id', order.id],
    ['rft_id', order.instance],
    ['req_id', order.patron],
    ['svc.pickupLocation', order.pickup],
    ['rft.title', order.title],
    ['rft.au', order.author],
    ['rft.isbn', order.isbn],
    ['svc.neededBy', order.neededBy],
    ['svc.note', order.note],
    // The documentation writes a second dot; the code reads the underscore.
    ['rft.identifier_illiad', order.identifier],
  ]);
}

function readResolver(answer: HttpAnswer, order: OpenUrlOrder, symbol: string): PlacingOutcome {
  if (answer.status === 404) {
    return refused(
      `${NAME} knows no library “${symbol}”. Nothing was placed. Your ReShare support desk can have it added.`,
      'library-administrator',
    );
  }
  if (answer.status >= 500) return unknown(`${NAME} met an error of its own.`, 'host');
  if (looksLikeHtml(answer)) {
    return refused(
      `${NAME} answered with a web form instead of placing the request: something it needs is missing, or the patron is over the limit. Check pickup location and patron, and if they are right tell your ReShare support desk.`,
      'ill-office',
    );
  }
  const body = jsonOf(answer);
  if (answer.status !== 200 || !isRecord(body) || typeof body['status'] !== 'number') {
    return unknown(`${NAME} answered in a way Carrel does not understand.`, 'host');
  }
  const { status, message } = body;
  const record = typeof message === 'string' ? jsonOf({ text: message }) : message;
  if (status >= 200 && status < 300) {
    // The record in it has the id that was kept; one that cannot be read has the one that was chosen.
    const id = isRecord(record) && typeof record['id'] === 'string' ? record['id'] : order.id;
    return { outcome: 'done', request: id };
  }
  if (status >= 500) return unknown('ReShare met an error of its own while taking the request.', 'host');
  return refused(`ReShare refused the request: ${wordsOf(record, message)}`, 'ill-office');
}

/** What mod-rs said, of one error or of several. */
function wordsOf(record: unknown, message: unknown): string {
  if (!isRecord(record)) return plainWords(typeof message === 'string' ? message : '') ?? 'it gave no reason.';
  const embedded = isRecord(record['_embedded']) ? record['_embedded']['errors'] : undefined;
  const all = Array.isArray(embedded) ? (embedded as readonly unknown[]) : [record];
  const words = all.flatMap((one) => (isRecord(one) && typeof one['message'] === 'string' ? [one['message']] : []));
  return plainWords(words.join('; ')) ?? 'it gave no reason.';
}

function refused(sentence: string, mender: Mender): PlacingOutcome {
  return { outcome: 'refused', error: fail('refused', sentence, { mender }).error };
}

function unknown(what: string, mender: Mender): PlacingOutcome {
  const sentence = `${what} The request may or may not have been created: Carrel looks before anything is sent again.`;
  return { outcome: 'unknown', error: fail('unknown-outcome', sentence, { mender, retry: 'unknown-outcome' }).error };
}
