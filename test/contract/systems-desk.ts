import { afterEach } from 'vitest';
import type { CallReport } from '../../src-main/contract/outcome.ts';
import type { Result } from '../../src-main/contract/result.ts';
import { createHttpClient, type HttpClient, type HttpSettings } from '../../src-main/systems/http/client.ts';
import type { CallLine } from '../../src-main/systems/http/redact.ts';
import {
  createOkapiSession,
  type OkapiSession,
  type OkapiSessionOptions,
} from '../../src-main/systems/okapi/session.ts';
import { createReshare, type Reshare } from '../../src-main/systems/reshare/reshare.ts';
import { startConsortium, type Consortium, type ConsortiumOptions } from '../../src-main/training/consortium.ts';

/** Both sides are written from the same public pages by different hands; here they meet over real sockets. */

export const HTTP: Partial<HttpSettings> = { retries: 0, headersTimeoutMs: 5_000, connectTimeoutMs: 2_000 };
export const OKAPI = { tenant: 'riverside', username: 'desk', password: 'practice-riverside' };

export interface Desk {
  readonly consortium: Consortium;
  readonly http: HttpClient;
  readonly session: OkapiSession;
  readonly reshare: Reshare;
  readonly reports: CallReport[];
  readonly lines: CallLine[];
  readonly rejected: () => number;
}

/** What a test opened, closed after it in reverse order. */
export const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

export async function desk(
  options: ConsortiumOptions = {},
  more: Partial<OkapiSessionOptions> = {},
  http = HTTP,
): Promise<Desk> {
  const consortium = await startConsortium({ size: 60, time: 'stands', acknowledgeMs: 0, ...options });
  const lines: CallLine[] = [];
  const client = createHttpClient(consortium.url, { settings: http, onCall: (line) => lines.push(line) });
  closers.push(
    () => consortium.stop(),
    () => client.close(),
  );
  let rejected = 0;
  const session = createOkapiSession({
    http: client,
    system: 'ReShare',
    tenant: OKAPI.tenant,
    username: OKAPI.username,
    password: () => Promise.resolve(OKAPI.password),
    onRejected: () => (rejected += 1),
    ...more,
  });
  const reports: CallReport[] = [];
  const reshare = createReshare({ session, onCall: (report) => reports.push(report) });
  return { consortium, http: client, session, reshare, reports, lines, rejected: () => rejected };
}

export function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.sentence} ${result.error.theirWords ?? ''}`);
  return result.value;
}

export function codeOf(result: Result<unknown>): string {
  return result.ok ? 'ok' : result.error.code;
}
