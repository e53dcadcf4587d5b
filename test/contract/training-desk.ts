import { readFileSync } from 'node:fs';
import { startConsortium, type Consortium, type ConsortiumOptions } from '../../src-main/training/consortium.ts';

export interface Answer {
  readonly status: number;
  readonly type: string | undefined;
  readonly text: string;
  readonly json: any;
  readonly headers: Headers;
}

/** One logged-in person at one library's ReShare, speaking plain HTTP. */
export interface Desk {
  readonly consortium: Consortium;
  get(path: string): Promise<Answer>;
  post(path: string, body: unknown): Promise<Answer>;
  put(path: string, body: unknown): Promise<Answer>;
  act(requestId: string, action: string, actionParams?: unknown): Promise<Answer>;
  record(requestId: string): Promise<any>;
}

export function fixture(folder: 'reshare' | 'okapi', name: string): any {
  return JSON.parse(readFileSync(new URL(`../fixtures/${folder}/${name}`, import.meta.url), 'utf8'));
}

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
    json: type === 'application/json' && text !== '' ? JSON.parse(text) : undefined,
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
    record: async (id) => (await send('GET', `/rs/patronrequests/${id}`)).json,
  };
}

/** A consortium whose time stands still unless moved, so that every test decides when the network has answered. */
export function standing(options: ConsortiumOptions = {}): Promise<Consortium> {
  return startConsortium({ time: 'stands', startAt: Date.UTC(2026, 10, 23, 9), size: 60, ...options });
}
