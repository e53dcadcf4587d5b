import { createServer, type IncomingMessage, type Server, type ServerOptions, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { Reply } from './http.ts';

/** What every practice server shares: where it listens, how it writes, and the faults that strike below its wire format. */

export interface Listening {
  readonly url: string;
  /** Ends every connection and takes no more, like a server that is not there; `true` opens the same port again. */
  reach(reached: boolean): Promise<void>;
  stop(): Promise<void>;
}

/** Listens on 127.0.0.1, any free port. */
export async function listenOnLoopback(
  handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
  options: ServerOptions = {},
  prepare: (server: Server) => void = () => undefined,
): Promise<Listening> {
  const server = createServer({ keepAliveTimeout: 5_000, ...options }, (request, response) => {
    handle(request, response).catch((error: unknown) => {
      // A mistake of the practice server itself: say so loudly instead of hanging the caller.
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' });
      response.end(error instanceof Error ? (error.stack ?? error.message) : String(error));
    });
  });
  prepare(server);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    reach: async (reached) => {
      if (reached === server.listening) return;
      if (!reached) return close(server);
      await new Promise<void>((resolve) => {
        server.listen(port, '127.0.0.1', resolve);
      });
    },
    stop: () => close(server),
  };
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeAllConnections();
  });
}

export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

/** Writes an answer; without a Content-Length when `chunked`: headers first, then the body. */
export function writeReply(response: ServerResponse, reply: Reply, chunked: boolean): void {
  const headers: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(reply.headers ?? {})) {
    headers[name] = typeof value === 'string' ? value : [...value];
  }
  if (reply.type !== undefined) headers['content-type'] = reply.type;
  response.writeHead(reply.status, headers);
  if (reply.stream !== undefined) {
    response.flushHeaders();
    const left = reply.stream(
      (text) => response.write(text),
      () => response.destroy(),
    );
    response.once('close', left);
    return;
  }
  if (chunked && reply.body !== undefined && reply.body.length > 0) response.write(reply.body);
  response.end(chunked ? undefined : (reply.body ?? ''));
}

/** A fault that has struck, as far as it is the same for every wire format. */
export interface Strike {
  readonly kind: string;
  /** Of `slow`: how long, real milliseconds. */
  readonly ms?: number | undefined;
  /** An answer given in place of acting; undefined where the server acts. */
  readonly instead: Reply | undefined;
  /** Lets the server act. */
  act(): Promise<Reply>;
  /** What becomes of its answer. */
  spoil(reply: Reply): Reply;
  readonly chunked: boolean;
}

/** Lets a fault strike: before the server acts, after it, or in the middle of its answer. */
export async function strike(fault: Strike, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (fault.kind === 'drop-before') {
    request.socket.destroy();
    return;
  }
  if (fault.instead !== undefined) {
    writeReply(response, fault.instead, fault.chunked);
    return;
  }
  if (fault.kind === 'slow') await wait(fault.ms ?? 1000);
  const reply = await fault.act();
  if (fault.kind === 'drop-after') request.socket.destroy();
  else if (fault.kind === 'half-close') writeHalf(request, reply);
  else writeReply(response, fault.spoil(reply), fault.chunked);
}

/** Announces the whole body, sends half of it, and closes the connection. */
function writeHalf(request: IncomingMessage, reply: Reply): void {
  const body = Buffer.from(reply.body ?? '');
  const head = `HTTP/1.1 ${reply.status} OK\r\ncontent-type: ${reply.type ?? 'text/plain'}\r\ncontent-length: ${Math.max(2, body.length)}\r\n\r\n`;
  request.socket.end(Buffer.concat([Buffer.from(head), body.subarray(0, Math.floor(body.length / 2))]));
}
