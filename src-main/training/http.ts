import type { IncomingHttpHeaders } from 'node:http';

/** What a module sees of one HTTP call. */
export interface Call {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What a module answers; kept as a value so that a fault can be applied to it before it is written. */
export interface Reply {
  readonly status: number;
  /** Absent: no content-type header. */
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string | Uint8Array;
  /**
   * An answer that goes on and on: begins it, and answers what is to be done when the caller leaves. `hangUp` ends the
   * connection from this side.
   */
  readonly stream?: (write: (text: string) => void, hangUp: () => void) => () => void;
}

export const JSON_TYPE = 'application/json';
export const TEXT_TYPE = 'text/plain';

export function json(status: number, value: unknown): Reply {
  return { status, type: JSON_TYPE, body: JSON.stringify(value) };
}

export function text(status: number, body: string): Reply {
  return { status, type: TEXT_TYPE, body };
}

export function html(status: number, title: string): Reply {
  return {
    status,
    type: 'text/html',
    body: `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n</body>\r\n</html>\r\n`,
  };
}

/** The error envelope of modules built with raml-module-builder (mod-login, mod-users-bl). */
export function moduleError(status: number, code: string, message: string, parameters: readonly unknown[] = []): Reply {
  return json(status, { errors: [{ message, type: 'error', code, parameters }] });
}

export type JsonObject = { readonly [key: string]: unknown };

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The body as a JSON object, or undefined when it is not one. */
export function objectBody(call: Call): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(call.body);
    return isObject(value) ? value : undefined;
  } catch {
    // Malformed JSON: the caller answers it the way its module does.
    return undefined;
  }
}

/** Cookie pairs in order, duplicates kept (Okapi refuses a doubled folioAccessToken). */
export function cookies(header: string | undefined): readonly (readonly [string, string])[] {
  if (header === undefined) return [];
  return header
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part.includes('='))
    .map((part) => [part.slice(0, part.indexOf('=')), part.slice(part.indexOf('=') + 1)] as const);
}
