import { readFileSync } from 'node:fs';
import { startConsortium, type Consortium, type ConsortiumOptions } from '../../src-main/training/consortium.ts';

/** A request as these tests read it off the wire. */
export interface WireRecord {
  readonly id: string;
  readonly hrid: string;
  readonly isRequester: boolean;
  readonly title: string;
  readonly author?: string;
  readonly patronNote?: string;
  readonly localNote?: string;
  readonly pickupLocation: string;
  readonly pickupLocationSlug?: string;
  readonly peerRequestIdentifier: string;
  readonly supplyingInstitutionSymbol: string;
  readonly selectedItemBarcode: string;
  readonly parsedDueDateRS: string;
  readonly rotaPosition: number;
  readonly needsAttention: boolean;
  readonly hasUnreadMessages: boolean;
  readonly unreadMessageCount: number;
  readonly dateCreated: string;
  readonly lastUpdated: string;
  readonly lastAuditNo: number;
  readonly networkStatus: string;
  readonly state: { readonly code: string };
  readonly validActions: readonly { readonly actionCode: string }[];
  readonly audit: readonly { readonly auditNo: number; readonly message: string; readonly undoPerformed?: boolean }[];
  readonly volumes: readonly {
    readonly name: string;
    readonly status: { readonly value: string };
    readonly temporaryItemBarcode: string;
  }[];
  readonly notifications: readonly { readonly timestamp: number; readonly messageContent: string }[];
  readonly conditions: readonly { readonly accepted: boolean }[];
}

export interface Answer {
  readonly status: number;
  readonly type: string | undefined;
  readonly text: string;
  /** The parsed body; undefined when it is not JSON. */
  readonly json: unknown;
  readonly headers: Headers;
}

/** The answer's body as one request, or as a list of requests. */
export const recordIn = (answer: Answer): WireRecord => answer.json as WireRecord;
export const recordsIn = (answer: Answer): readonly WireRecord[] => answer.json as readonly WireRecord[];

/** The text mod-rs gives with a refusal. */
export const messageIn = (answer: Answer): string => (answer.json as { readonly message: string }).message;

/** A status with a body, as the sample files hold them. */
export interface SampleAnswer {
  readonly name: string;
  readonly meaning: string;
  readonly status: number;
  readonly contentType: string | null;
  readonly body: unknown;
  readonly response: unknown;
  readonly responseText?: string;
  readonly bodyText: string;
  readonly setCookie: readonly string[];
}

export interface Sample {
  readonly [name: string]: SampleAnswer;
}

/** One logged-in person at one library's ReShare, speaking plain HTTP. */
export interface Desk {
  readonly consortium: Consortium;
  get(path: string): Promise<Answer>;
  post(path: string, body: unknown): Promise<Answer>;
  put(path: string, body: unknown): Promise<Answer>;
  act(requestId: string, action: string, actionParams?: unknown): Promise<Answer>;
  record(requestId: string): Promise<WireRecord>;
}

export function fixture(folder: 'reshare' | 'okapi', name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../fixtures/${folder}/${name}`, import.meta.url), 'utf8'));
}

/** A sample file that holds several answers under descriptive names. */
export const samples = (folder: 'reshare' | 'okapi', name: string): Sample => fixture(folder, name) as Sample;

/** A sample file that holds a list of cases. */
export const cases = (folder: 'reshare' | 'okapi', name: string): readonly SampleAnswer[] =>
  (fixture(folder, name) as { readonly cases: readonly SampleAnswer[] }).cases;

export async function call(
  consortium: Consortium,
  method: string,
  path: string,
  headers: Record<string, string>,
  body?: string,
): Promise<Answer> {
  const response = await fetch(consortium.url + path, { method, headers, ...(body === undefined ? {} : { body }) });
  const text = await response.text();
  const type = response.headers.get('content-type') ?? undefined;
  return {
    status: response.status,
    type,
    text,
    json: type === 'application/json' && text !== '' ? (JSON.parse(text) as unknown) : undefined,
    headers: response.headers,
  };
}

export const JSON_HEADERS = { 'content-type': 'application/json', accept: '*/*' };

/** Legacy log-in: one token that does not expire, so that a test about something else never meets expiry. */
export async function tokenFor(consortium: Consortium, tenant: string, who?: { username: string; password: string }) {
  const known = consortium.tenants.find((one) => one.id === tenant)!;
  const { username, password } = who ?? known;
  const answer = await call(
    consortium,
    'POST',
    '/authn/login',
    { ...JSON_HEADERS, 'x-okapi-tenant': tenant },
    JSON.stringify({ username, password }),
  );
  return answer.headers.get('x-okapi-token')!;
}

export async function deskAt(consortium: Consortium, tenant = 'riverside'): Promise<Desk> {
  const token = await tokenFor(consortium, tenant);
  const headers = { ...JSON_HEADERS, 'x-okapi-tenant': tenant, 'x-okapi-token': token };
  const send = (method: string, path: string, body?: unknown) =>
    call(consortium, method, path, headers, body === undefined ? undefined : JSON.stringify(body));
  return {
    consortium,
    get: (path) => send('GET', path),
    post: (path, body) => send('POST', path, body),
    put: (path, body) => send('PUT', path, body),
    act: (id, action, actionParams = {}) =>
      send('POST', `/rs/patronrequests/${id}/performAction`, { action, actionParams }),
    record: async (id) => recordIn(await send('GET', `/rs/patronrequests/${id}`)),
  };
}

/** A consortium whose time stands still unless moved, so that every test decides when the network has answered. */
export function standing(options: ConsortiumOptions = {}): Promise<Consortium> {
  return startConsortium({ time: 'stands', startAt: Date.UTC(2026, 10, 23, 9), size: 60, ...options });
}
