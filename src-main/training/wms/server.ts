import type { IncomingMessage, ServerResponse } from 'node:http';
import { html, type Reply } from '../http.ts';
import { listenOnLoopback, readBody, strike, writeReply, type Listening } from '../loopback.ts';
import type { WmsCall } from './call.ts';
import { answerInstead, spoil, type WmsFaults, type WmsService } from './faults.ts';

/** One service at one path. */
export interface Route {
  readonly path: string;
  readonly service: WmsService;
  answer(call: WmsCall): Reply;
}

export interface HostContext {
  readonly faults: WmsFaults;
  /** Barcode of an item the call is not about, for right-looking answers about another item. */
  otherThan(content: string): string;
}

export type Host = Listening;

/** Serves some paths on 127.0.0.1, any free port: OCLC's services live on different hosts, and so do these. */
export function startHost(context: HostContext, routes: readonly Route[]): Promise<Host> {
  return listenOnLoopback((request, response) => handle(context, routes, request, response));
}

async function handle(
  context: HostContext,
  routes: readonly Route[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await readBody(request);
  const url = new URL(request.url ?? '/', 'http://localhost');
  const call: WmsCall = {
    method: request.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    search: url.search.slice(1),
    headers: request.headers,
    body,
  };
  const route = routes.find((one) => one.path === call.path);
  if (route === undefined) {
    writeReply(response, html(404, '404 Not Found'), false);
    return;
  }
  const content = body === '' ? call.search : body;
  const fault = context.faults.take(route.service, content);
  if (fault === undefined) {
    writeReply(response, route.answer(call), false);
    return;
  }
  const { kind, ms } = fault;
  const otherBarcode = context.otherThan(content);
  await strike(
    {
      kind,
      ms,
      instead: answerInstead(kind),
      act: () => Promise.resolve(route.answer(call)),
      spoil: (reply) => spoil(kind, reply, otherBarcode),
      chunked: false,
    },
    request,
    response,
  );
}
