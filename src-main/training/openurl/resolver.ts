import type { IncomingMessage, ServerResponse } from 'node:http';
import { answerInstead, spoil } from '../faults.ts';
import { html, json, text, type Reply } from '../http.ts';
import { listenOnLoopback, strike, writeReply, type Listening } from '../loopback.ts';
import { create } from '../modrs/create.ts';
import { tenantBySymbol, type World } from '../world.ts';
import { contextObject, isEnough, reshareRequest } from './context-object.ts';

/** The account of the resolver in each library's ReShare. */
const SERVICE_ACCOUNT = 'openurl-resolver';

/**
 * The consortium's OpenURL resolver (listener-openurl 1.6): one address for all, the library's symbol as its path, no log-in.
 * A GET creates a request. Faults of the place `resolver` strike here.
 */
export function startResolver(world: World): Promise<Listening> {
  return listenOnLoopback((request, response) => handle(world, request, response));
}

async function handle(world: World, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const method = request.method ?? 'GET';
  const url = request.url ?? '/';
  const act = (): Promise<Reply> => Promise.resolve(answer(world, method, new URL(url, 'http://localhost')));
  const fault = world.faults.take(undefined, method, `/_resolver${url}`);
  if (fault === undefined) {
    writeReply(response, await act(), false);
    return;
  }
  const { kind, ms } = fault;
  await strike(
    { kind, ms, instead: answerInstead(kind), act, spoil: (reply) => spoil(kind, reply), chunked: false },
    request,
    response,
  );
}

function answer(world: World, method: string, { pathname, searchParams }: URL): Reply {
  if (method !== 'GET') return text(405, 'Method Not Allowed');
  const given = decodeURIComponent(pathname.slice(1)) || (searchParams.get('res.org') ?? '');
  const symbol = given.includes(':') ? given : `RESHARE:${given}`;
  const tenant = world.unserved.has(symbol) ? undefined : tenantBySymbol(world, symbol);
  if (tenant === undefined) return text(404, `unsupported service '${given}'`);

  const context = contextObject(searchParams);
  const { id: output } = context.admindata['svc'] ?? {};
  const request = reshareRequest(context, symbol, context.admindata['ctx']?.['id'] ?? world.random.uuid());
  if (output === 'contextObject') return json(200, context);
  if (output === 'reshareRequest') return json(200, request);
  // Even where JSON was asked for: a person is to fill in what is missing.
  if (!isEnough(request, context)) return html(200, 'Request an item');

  const created = create(world, tenant, request, SERVICE_ACCOUNT);
  if (output === 'json') {
    const wrapped = {
      status: created.status,
      message: String(created.body),
      contextObject: context,
      reshareRequest: request,
    };
    return { status: 200, type: 'text/json', body: JSON.stringify(wrapped) };
  }
  return created.status === 201 ? html(200, 'Request sent') : html(500, 'Request failed');
}
