import type { IncomingMessage, ServerResponse } from 'node:http';
import { practiceReply, type Controls } from './control.ts';
import { answerInstead, spoil } from './faults.ts';
import type { Call, Reply } from './http.ts';
import { listenOnLoopback, readBody, strike, writeReply, type Listening } from './loopback.ts';
import type { Gateway } from './okapi/gateway.ts';

/** Vert.x limits of Okapi 7: request line and headers, bytes. */
const MAX_REQUEST_LINE = 8192;
const MAX_HEADERS = 8192;

/** Serves the gateway on 127.0.0.1, any free port, and lets faults strike around it. */
export function listen(gateway: Gateway, controls: Controls): Promise<Listening> {
  return listenOnLoopback(
    (request, response) => handle(gateway, controls, request, response),
    { maxHeaderSize: 65_536 },
    (server) => {
      server.on('clientError', (_error, socket) => {
        if (socket.writable) {
          socket.end(
            'HTTP/1.1 431 Request Header Fields Too Large\r\nConnection: close\r\n\r\nYour HTTP request header fields are too large.',
          );
        }
      });
    },
  );
}

/** Okapi answers without Content-Length. */
function write(response: ServerResponse, reply: Reply): void {
  writeReply(response, reply, true);
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
  const body = await readBody(request);
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
  const { kind, ms } = fault;
  await strike(
    {
      kind,
      ms,
      instead: answerInstead(kind),
      act: async () => gateway.answer(call),
      spoil: (reply) => spoil(kind, reply),
      chunked: true,
    },
    request,
    response,
  );
}

function oversize(request: IncomingMessage, line: string): Reply | undefined {
  if (line.length > MAX_REQUEST_LINE) return { status: 414, body: 'Your request URI is too long.' };
  const headers = request.rawHeaders.reduce((sum, part) => sum + part.length + 2, 0);
  if (headers > MAX_HEADERS) return { status: 431, body: 'Your HTTP request header fields are too large.' };
  return undefined;
}
