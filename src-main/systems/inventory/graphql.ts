import { fail, ok, type AppError, type Result } from '../../contract/result.ts';
import { jsonOf, plainWords } from '../http/bodies.ts';
import type { HttpAnswer } from '../http/client.ts';
import { fields, records, text, type Json } from '../http/tolerant.ts';
import { readGatewayError } from '../okapi/gateway-errors.ts';
import type { OkapiFailure, OkapiSession } from '../okapi/session.ts';
import { INVENTORY } from './port.ts';

export interface GraphqlData {
  readonly data: Json;
  /** Sub-requests that failed, as one error; undefined when all is there. */
  readonly broken?: AppError;
}

/** A refusal of the query itself; `unknownLimit`: this server does not know `limit` on linked records. */
export type GraphqlFailure = { readonly ok: false; readonly error: AppError; readonly unknownLimit?: true };

/**
 * Asks mod-graphql. Its errors of sub-requests come inside HTTP 200 with the status in front of the message; they go through
 * the gateway's own classifier, and one that means a dead token renews it and asks once more, since asking changes nothing.
 */
export async function askGraphql(
  session: OkapiSession,
  query: string,
  variables: Json,
): Promise<{ readonly ok: true; readonly value: GraphqlData } | GraphqlFailure> {
  const first = await once(session, query, variables);
  if (!('renew' in first)) return first;
  session.wake();
  const second = await once(session, query, variables);
  return 'renew' in second ? { ok: false, error: second.renew } : second;
}

async function once(session: OkapiSession, query: string, variables: Json) {
  const end = await session.call({
    method: 'POST',
    path: '/graphql',
    template: '/graphql',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  return read(end, session);
}

type Read = { readonly ok: true; readonly value: GraphqlData } | GraphqlFailure | { readonly renew: AppError };

function read(end: HttpAnswer | OkapiFailure, session: OkapiSession): Read {
  // Asking changes nothing, so an answer that was lost is merely not there.
  if (end.kind === 'failed') return { ok: false, error: { ...end.error, code: notUnknown(end.error.code) } };
  const gateway = readGatewayError(end, session);
  if (gateway !== undefined) return { ok: false, error: gateway.error };
  const body = fields(jsonOf(end));
  const errors = records(body['errors']);
  if (end.status === 400) return refusedQuery(errors);
  if (end.status !== 200 || !('data' in body)) return unreadable();
  const data = fields(body['data']);
  const nothing = Object.values(data).every((value) => value === null);
  const [worst] = errors;
  if (worst === undefined) return nothing ? unreadable() : { ok: true, value: { data } };
  const said = downstream(worst, session);
  if (said.renew) return { renew: said.error };
  return nothing ? { ok: false, error: said.error } : { ok: true, value: { data, broken: said.error } };
}

function notUnknown(code: AppError['code']): AppError['code'] {
  return code === 'unknown-outcome' ? 'not-sent' : code;
}

function refusedQuery(errors: readonly Json[]): GraphqlFailure {
  const unknownLimit = errors.some((one) => /unknown argument "limit"/i.test(text(one['message']) ?? ''));
  const { error } = fail('refused', 'The Shared Inventory does not understand what Carrel asks. Tell the host.', {
    mender: 'host',
    theirWords: plainWords(text(errors[0]?.['message']) ?? ''),
  });
  return { ok: false, error, ...(unknownLimit ? { unknownLimit } : {}) };
}

/** `<status> <reason>: <body>` of a call that failed inside the platform. */
function downstream(entry: Json, session: OkapiSession): { readonly error: AppError; readonly renew: boolean } {
  const message = text(entry['message']) ?? '';
  const [, status = '', body = ''] = /^(\d{3}) [^:]*: ?([\s\S]*)$/.exec(message) ?? [];
  const inner: HttpAnswer = {
    kind: 'answer',
    status: Number(status),
    headers: {},
    setCookies: [],
    bytes: new Uint8Array(),
    text: body,
    host: session.host,
    ms: 0,
  };
  const gateway = status === '' ? undefined : readGatewayError(inner, session);
  if (gateway !== undefined) return { error: gateway.error, renew: gateway.renew };
  if (status === '404') {
    return {
      error: fail('not-found', 'The Shared Inventory has no such record.', { mender: 'nobody' }).error,
      renew: false,
    };
  }
  const theirWords = plainWords(body === '' ? message : body);
  const { error } =
    status === '400'
      ? fail('bad-input', 'The Shared Inventory could not read this search. Write it in other words.', {
          mender: 'desk',
          theirWords,
        })
      : fail('refused', 'A part of the Shared Inventory failed. Try again in a minute; if it lasts, tell the host.', {
          mender: 'host',
          retry: 'later',
          theirWords,
        });
  return { error, renew: false };
}

function unreadable(): GraphqlFailure {
  return {
    ok: false,
    error: fail(
      'unreadable-answer',
      `The answer of ${INVENTORY} is not one that Carrel understands. If it lasts, tell the host.`,
      {
        mender: 'host',
        retry: 'later',
      },
    ).error,
  };
}

/** The value of a root field, when it is an object. */
export function rootOf(data: Json, name: string): Result<Json> {
  const value = data[name];
  return typeof value === 'object' && value !== null ? ok(fields(value)) : unreadable();
}
