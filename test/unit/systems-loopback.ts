import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import net, { type AddressInfo, type Socket } from 'node:net';
import tls from 'node:tls';

const fixtures = new URL('../fixtures/', import.meta.url);

/** A JSON file of `test/fixtures`. */
export function fixture(name: string): unknown {
  return JSON.parse(readFileSync(new URL(name, fixtures), 'utf8'));
}

export const CERTIFICATE = readFileSync(new URL('tls/localhost-cert.pem', fixtures), 'utf8');
const KEY = readFileSync(new URL('tls/localhost-key.pem', fixtures), 'utf8');

export interface Loopback {
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

/** A TCP server that does with each connection what it is told; for what no HTTP library would send. */
export async function tcpServer(onConnection: (socket: Socket) => void): Promise<Loopback> {
  return listen(net.createServer(onConnection), 'http');
}

/** A TLS server with the test certificate; `offered` collects the protocols each client names (ALPN). */
export async function tlsServer(onConnection: (socket: Socket) => void, offered: string[][] = []): Promise<Loopback> {
  const options: tls.TlsOptions = {
    cert: CERTIFICATE,
    key: KEY,
    ALPNCallback({ protocols }) {
      offered.push(protocols);
      return protocols.includes('h2') ? 'h2' : protocols[0];
    },
  };
  return listen(tls.createServer(options, onConnection), 'https');
}

async function listen(server: net.Server, scheme: string): Promise<Loopback> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
  });
  server.on('secureConnection', (socket: Socket) => socket.on('error', () => undefined));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `${scheme}://127.0.0.1:${port}`,
    port,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  /** Sent as JSON. */
  readonly json?: unknown;
  readonly text?: string;
}

export interface HttpLoopback extends Loopback {
  /** Every request so far, in order of arrival. */
  readonly seen: readonly Seen[];
}

/** An HTTP server whose answers are values; a handler that never settles never answers. */
export async function httpServer(handler: (seen: Seen) => Reply | Promise<Reply>): Promise<HttpLoopback> {
  const seen: Seen[] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const url = new URL(request.url ?? '/', 'http://loopback');
    const entry: Seen = {
      method: request.method ?? '',
      path: url.pathname,
      query: url.searchParams,
      headers: request.headers,
      body: Buffer.concat(chunks).toString('utf8'),
    };
    seen.push(entry);
    const reply = await handler(entry);
    for (const [name, value] of Object.entries(reply.headers ?? {})) response.setHeader(name, value);
    if (reply.json !== undefined && !response.hasHeader('content-type')) {
      response.setHeader('content-type', 'application/json');
    }
    response.statusCode = reply.status ?? 200;
    response.end(reply.json === undefined ? (reply.text ?? '') : JSON.stringify(reply.json));
  };
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  return { ...(await listen(server, 'http')), seen };
}

/** A port on which nothing listens. */
export async function closedPort(): Promise<number> {
  const server = await tcpServer(() => undefined);
  await server.close();
  return server.port;
}
