/**
 * Response headers that may be written to a log. An allow-list, so that a header nobody thought of (a token, a cookie, a
 * user name) stays out by itself.
 */
const LOGGABLE_HEADERS: ReadonlySet<string> = new Set([
  'content-type',
  'content-length',
  'date',
  'retry-after',
  'server',
  'via',
]);

/** The headers that may be logged, by lower-case name. */
export function loggableHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => LOGGABLE_HEADERS.has(name.toLowerCase())));
}

/** One call as it may be logged: the path as a template, so no query, no identifier, no body. */
export interface CallLine {
  /** ISO 8601 UTC, when the call began. */
  readonly at: string;
  readonly method: string;
  readonly host: string;
  /** E.g. `/rs/patronrequests/{id}`. */
  readonly template: string;
  readonly status?: number;
  /** `<kind>/<cause>` when there was no usable answer. */
  readonly fault?: string;
  readonly ms: number;
  /** 1, or more when a reading call was tried again. */
  readonly attempts: number;
  readonly headers: Readonly<Record<string, string>>;
}

/** The line as text, e.g. `GET okapi.example.org /rs/patronrequests/{id} 200 132 ms`. */
export function callLineText(line: CallLine): string {
  const end = line.fault ?? String(line.status);
  const again = line.attempts > 1 ? ` (${String(line.attempts)} attempts)` : '';
  return `${line.method} ${line.host} ${line.template} ${end} ${String(Math.round(line.ms))} ms${again}`;
}
