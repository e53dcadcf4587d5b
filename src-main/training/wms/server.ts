import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { html, type Reply } from '../http.ts';
import type { WmsCall } from './call.ts';
import { answerInstead, spoil, type WmsFaultRule, type WmsFaults, type WmsService } from './faults.ts';

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

export interface Host {
  readonly url: string;
  stop(): Promise<void>;
}

/** Serves some paths on 127.0.0.1, any free port: OCLC's services live on different hosts, and so do these. */
export async function startHost(context: HostContext, routes: readonly Route[]): Promise<Host> {
  const server = createServer({ keepAliveTimeout: 5_000 }, (request, response) => {
    handle(context, routes, request, response).catch((error: unknown) => {
      // A mistake of the practice server itself: say so loudly instead of hanging the caller.
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' });
      response.end(error instanceof Error ? (error.stack ?? error.message) : String(error));
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, stop: () => close(server) };
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeAllConnections();
  });
}

async function handle(
  context: HostContext,
  routes: readonly Route[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await read(request);
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
    write(response, html(404, '404 Not Found'));
    return;
  }
  const content = body === '' ? call.search : body;
  const fault = context.faults.take(route.service, content);
  if (fault === undefined) write(response, route.answer(call));
  else await strike(fault, context.otherThan(content), route, call, request, response);
}

async function strike(
  fault: WmsFaultRule,
  otherBarcode: string,
  route: Route,
  call: WmsCall,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (fault.kind === 'drop-before') {
    request.socket.destroy();
    return;
  }
  const instead = answerInstead(fault.kind);
  if (instead !== undefined) {
    write(response, instead);
    return;
  }
  if (fault.kind === 'slow') await wait(fault.ms ?? 1000);
  const reply = route.answer(call);
  if (fault.kind === 'drop-after') request.socket.destroy();
  else if (fault.kind === 'half-close') writeHalf(request, reply);
  else write(response, spoil(fault.kind, reply, otherBarcode));
}

function write(response: ServerResponse, reply: Reply): void {
  const headers: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(reply.headers ?? {})) {
    headers[name] = typeof value === 'string' ? value : [...value];
  }
  if (reply.type !== undefined) headers['content-type'] = reply.type;
  response.writeHead(reply.status, headers);
  response.end(reply.body ?? '');
}

/** Announces the whole body, sends half of it, and closes the connection. */
function writeHalf(request: IncomingMessage, reply: Reply): void {
  const body = Buffer.from(reply.body ?? '');
  const head = `HTTP/1.1 ${reply.status} OK\r\ncontent-type: ${reply.type ?? 'text/plain'}\r\ncontent-length: ${Math.max(2, body.length)}\r\n\r\n`;
  request.socket.end(Buffer.concat([Buffer.from(head), body.subarray(0, Math.floor(body.length / 2))]));
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
