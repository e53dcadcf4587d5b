import type { AppError, ErrorCode, Mender, Retry } from '../base.ts';
import { isRecord, jsonOf, plainWords } from '../../http/bodies.ts';
import type { HttpAnswer } from '../../http/client.ts';
import { defined } from '../defined.ts';
import { textOf } from '../xml/find.ts';
import { parseXml } from '../xml/parse.ts';

/** The ways OCLC's gateway says no, before any service was asked. */
export type RefusalCase =
  'key-invalid' | 'token-invalid' | 'signature-invalid' | 'not-allowed' | 'quota' | 'unauthorized' | 'forbidden';

export interface Refusal {
  readonly case: RefusalCase;
  readonly error: AppError;
}

/** What a gateway's error body says, whichever of its shapes it has. */
export interface GatewayWords {
  readonly code?: number;
  readonly message?: string;
}

interface Rule {
  readonly case: RefusalCase;
  readonly status: number;
  readonly when?: RegExp;
  readonly code: ErrorCode;
  readonly mender: Mender;
  readonly retry: Retry;
  readonly say: (service: string) => string;
}

/** In order of trial; the first that fits is the answer. Bodies as recorded in the tests of OCLC's client libraries. */
const RULES: readonly Rule[] = [
  {
    case: 'quota',
    status: 429,
    code: 'refused',
    mender: 'host',
    retry: 'later',
    say: (service) =>
      `OCLC takes no more calls from this library’s key for now (its daily number is used up), so ${service} did nothing. Do this one in WMS by hand and try Carrel again later.`,
  },
  {
    case: 'quota',
    status: 403,
    when: /limit exceeded/i,
    code: 'refused',
    mender: 'host',
    retry: 'later',
    say: (service) =>
      `OCLC takes no more calls from this library’s key for now (its daily number is used up), so ${service} did nothing. Do this one in WMS by hand and try Carrel again later.`,
  },
  {
    case: 'signature-invalid',
    status: 401,
    when: /signature|timestamp|nonce/i,
    code: 'credentials-refused',
    mender: 'it',
    retry: 'later',
    say: () =>
      'OCLC did not accept the signature Carrel sent, so nothing was done. IT should check this computer’s clock first; if it is right, a library administrator must check the secret of the WSKey in Settings.',
  },
  {
    case: 'token-invalid',
    status: 401,
    when: /access ?token/i,
    code: 'credentials-refused',
    mender: 'nobody',
    retry: 'now',
    say: (service) =>
      `OCLC no longer accepts the access it gave Carrel, so ${service} did nothing. Carrel asks for a new one at the next try; if that fails too, a library administrator must check the WSKey.`,
  },
  {
    case: 'key-invalid',
    status: 401,
    when: /wskey|invalid_client|client/i,
    code: 'credentials-refused',
    mender: 'library-administrator',
    retry: 'never',
    say: () =>
      'OCLC does not know this library’s WSKey or its secret, so nothing was done. A library administrator must check both in Settings, and ask OCLC whether the key is still active.',
  },
  {
    case: 'unauthorized',
    status: 401,
    code: 'credentials-refused',
    mender: 'library-administrator',
    retry: 'later',
    say: () =>
      'OCLC refused Carrel’s sign-in, so nothing was done. A library administrator must check the WSKey in Settings; IT should check this computer’s clock.',
  },
  {
    case: 'not-allowed',
    status: 403,
    when: /unauthorized_client|scope|not allowed/i,
    code: 'no-permission',
    mender: 'library-administrator',
    retry: 'never',
    say: (service) =>
      `This library’s WSKey is not allowed to use ${service}, so nothing was done. A library administrator must ask OCLC to add that service and this institution to the key.`,
  },
  {
    case: 'forbidden',
    status: 403,
    code: 'no-permission',
    mender: 'library-administrator',
    retry: 'never',
    say: (service) =>
      `OCLC does not let Carrel use ${service}, so nothing was done. A library administrator must ask OCLC what the WSKey lacks.`,
  },
];

/**
 * Reads a gateway's refusal by its content: JSON in three shapes, XML, or a web page; the content type is often wrong.
 * The body's own code wins over the status, because a proxy may answer 200. Undefined when this is no refusal.
 * @param service what staff call the service that was asked, e.g. "WMS circulation".
 */
export function readRefusal(
  answer: Pick<HttpAnswer, 'status' | 'headers' | 'text'>,
  service: string,
): Refusal | undefined {
  const words = gatewayWords(answer.text);
  const status = words?.code ?? answer.status;
  const said = words?.message ?? `${answer.headers['www-authenticate'] ?? ''}\n${answer.text}`;
  const rule = RULES.find((r) => r.status === status && (r.when === undefined || r.when.test(said)));
  if (rule === undefined) return undefined;
  const theirWords = plainWords(said);
  return {
    case: rule.case,
    error: defined({
      code: rule.code,
      sentence: rule.say(service),
      mender: rule.mender,
      retry: rule.retry,
      theirWords,
    }),
  };
}

/** The error body of OCLC's gateway; undefined for any other text. */
export function gatewayWords(text: string): GatewayWords | undefined {
  return jsonWords(jsonOf({ text })) ?? xmlWords(text);
}

function jsonWords(body: unknown): GatewayWords | undefined {
  if (!isRecord(body)) return undefined;
  if (isRecord(body['error'])) {
    return words(body['error']['errorCode'], body['error']['errorMessage']);
  }
  if (isRecord(body['code'])) return words(body['code']['value'], body['message']);
  if (body['code'] !== undefined && body['message'] !== undefined) return words(body['code'], body['message']);
  // RFC 6749 §5.2, as newer gateways answer.
  if (typeof body['error'] === 'string') return words(undefined, body['error_description'] ?? body['error']);
  // RFC 7644 §3.12 (SCIM): the status is a string.
  if (body['status'] !== undefined && body['detail'] !== undefined) return words(body['status'], body['detail']);
  return undefined;
}

/** `<error><code type="http">401</code><message>…</message></error>`: the names matter, and it is no NCIP. */
function xmlWords(text: string): GatewayWords | undefined {
  const document = parseXml(text);
  if (!document.ok || document.root.name !== 'error') return undefined;
  return words(textOf(document.root, 'code'), textOf(document.root, 'message'));
}

function words(code: unknown, message: unknown): GatewayWords {
  const number = typeof code === 'number' ? code : typeof code === 'string' ? Number(code.trim()) : Number.NaN;
  return defined({
    code: Number.isInteger(number) ? number : undefined,
    message: typeof message === 'string' && message.trim() !== '' ? message.trim() : undefined,
  });
}
