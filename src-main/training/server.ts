import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { practiceReply, type Controls } from './control.ts';
import { answerInstead, spoil, type FaultRule } from './faults.ts';
import type { Call, Reply } from './http.ts';
import type { Gateway } from './okapi/gateway.ts';

/** Vert.x limits of Okapi 7: request line and headers, bytes. */
const MAX_REQUEST_LINE = 8192;
const MAX_HEADERS = 8192;

export interface Listening {
  readonly url: string;
  stop(): Promise<void>;
}

/** Serves the gateway on 127.0.0.1, any free port, and lets faults strike around it. */
export async function listen(gateway: Gateway, controls: Controls): Promise<Listening> {
  const server = createServer({ maxHeaderSize: 65_536, keepAliveTimeout: 5_000 }, (request, response) => {
    handle(gateway, controls, request, response).catch((error: unknown) => {
      // A mistake of the practice server itself: say so loudly instead of hanging the caller.
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' });
      response.end(error instanceof Error ? (error.stack ?? error.message) : String(error));
    });
  });
  server.on('clientError', (_error, socket) => {
    if (socket.writable) {
      socket.end(
        'HTTP/1.1 431 Request Header Fields Too Large\r\nConnection: close\r\n\r\nYour HTTP request header fields are too large.',
      );
    }
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
  gateway: Gateway,
  controls: Controls,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = request.url ?? '/';
  const method = request.method ?? 'GET';
  const tooLarge = oversize(request, `${method} ${url} HTTP/1.1`);
  if (tooLarge !== undefined) {
    response.shouldKeepAlive = false;
    write(response, tooLarge);
    return;
  }
  const body = await read(request);
  const parsed = new URL(url, 'http://localhost');
  const call: Call = { method, path: parsed.pathname, query: parsed.searchParams, headers: request.headers, body };
  if (call.path.startsWith('/_practice/')) {
    write(response, practiceReply(controls, call));
    return;
  }
  const tenant = request.headers['x-okapi-tenant'];
  const fault = controls.faults.take(typeof tenant === 'string' ? tenant : undefined, method, url);
  if (fault === undefined) {
    write(response, await gateway.answer(call));
    return;
  }
  await strike(fault, gateway, call, request, response);
}

async function strike(
  fault: FaultRule,
  gateway: Gateway,
  call: Call,
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
  const reply = await gateway.answer(call);
  if (fault.kind === 'drop-after') request.socket.destroy();
  else if (fault.kind === 'half-close') writeHalf(request, reply);
  else write(response, spoil(fault.kind, reply));
}

function write(response: ServerResponse, reply: Reply): void {
  const headers: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(reply.headers ?? {})) {
    headers[name] = typeof value === 'string' ? value : [...value];
  }
  if (reply.type !== undefined) headers['content-type'] = reply.type;
  // Okapi answers without Content-Length: headers first, then the body in chunks.
  response.writeHead(reply.status, headers);
  if (reply.body !== undefined && reply.body.length > 0) response.write(reply.body);
  response.end();
}

/** Announces the whole body, sends half of it, and closes the connection. */
function writeHalf(request: IncomingMessage, reply: Reply): void {
  const body = Buffer.from(reply.body ?? '');
  const head = `HTTP/1.1 ${reply.status} OK\r\ncontent-type: ${reply.type ?? 'text/plain'}\r\ncontent-length: ${Math.max(2, body.length)}\r\n\r\n`;
  request.socket.end(Buffer.concat([Buffer.from(head), body.subarray(0, Math.floor(body.length / 2))]));
}

function oversize(request: IncomingMessage, line: string): Reply | undefined {
  if (line.length > MAX_REQUEST_LINE) return { status: 414, body: 'Your request URI is too long.' };
  const headers = request.rawHeaders.reduce((sum, part) => sum + part.length + 2, 0);
  if (headers > MAX_HEADERS) return { status: 431, body: 'Your HTTP request header fields are too large.' };
  return undefined;
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
