import {
  Agent,
  createServer,
  request as httpRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/**
 * What goes wrong on the way. `drop-before`: the connection breaks before the request is passed on. `sign-in-page`: a captive
 * portal answers 200 with HTML in the server's place. `stale-token`: 401 in its place. `drop-after`: the server acted, its
 * answer is dropped. `half-close`: the answer ends in the middle with FIN; `reset`: with RST. `failed-after`: the server acted,
 * a gateway says 500; `bad-gateway-after`: 502 with HTML. `slow`: passed on after a while.
 */
export type Mishap =
  | 'drop-before'
  | 'sign-in-page'
  | 'stale-token'
  | 'drop-after'
  | 'half-close'
  | 'reset'
  | 'failed-after'
  | 'bad-gateway-after'
  | 'slow';

/** What the proxy sees of a request before it decides. */
export interface Passing {
  readonly method: string;
  /** Path without the query. */
  readonly path: string;
  readonly body: string;
}

/** A moment on the way of a request; whoever watches may pull the plug then. */
export type Moment = 'arrived' | 'acted' | 'answered';

export interface ProxyOptions {
  /** Origin of the real server. */
  readonly upstream: string;
  /** Asked once for each request; undefined lets it pass. */
  readonly mishap: (passing: Passing) => Mishap | undefined;
  /** How long `slow` holds a request back, milliseconds. */
  readonly slowMs: () => number;
  readonly onMoment: (moment: Moment, passing: Passing) => void;
  /** For the proof that the books notice: passes requests that change something on twice. */
  readonly doubles?: boolean;
}

export interface FaultProxy {
  readonly origin: string;
  /** Nobody listens for a while: connections are refused. */
  refuse(ms: number): Promise<void>;
  /** Requests that came in and have neither been passed on and answered nor gone astray. */
  readonly underWay: number;
  stop(): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Stands on 127.0.0.1 between Carrel and one server, and lets things go wrong. */
export async function startProxy(options: ProxyOptions): Promise<FaultProxy> {
  const agent = new Agent({ keepAlive: true });
  let underWay = 0;
  const server = createServer({ keepAliveTimeout: 5_000 }, (request, response) => {
    const { socket } = request;
    const handle = async (): Promise<void> => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const body = Buffer.concat(chunks);
      const passing = {
        method: request.method ?? 'GET',
        path: (request.url ?? '/').split('?', 1)[0] ?? '/',
        body: body.toString('utf8'),
      };
      const mishap = options.mishap(passing);
      options.onMoment('arrived', passing);
      const instead = insteadOf(mishap);
      if (mishap === 'drop-before') {
        socket.resetAndDestroy();
        return;
      }
      if (instead !== undefined) {
        response.writeHead(instead.status, { 'content-type': instead.type });
        response.end(instead.body);
        return;
      }
      if (mishap === 'slow') await wait(options.slowMs());
      if (isStream(passing)) {
        stream(options.upstream, request, response);
        return;
      }
      const pass = (): Promise<Answer> =>
        forward(agent, options.upstream, passing.method, request.url ?? '/', request.headers, body);
      if (options.doubles === true && passing.method !== 'GET') await pass();
      const answer = await pass();
      options.onMoment('acted', passing);
      deliver(answer, mishap, socket, response);
      options.onMoment('answered', passing);
    };
    underWay += 1;
    handle()
      .catch(() => {
        // Either side has gone: what the client sees is a broken connection, and that is what a proxy is to show.
        socket.destroy();
      })
      .finally(() => {
        underWay -= 1;
      });
  });
  const port = await listen(server, 0);
  let outage: Promise<unknown> = Promise.resolve();
  return {
    origin: `http://127.0.0.1:${port}`,
    refuse: async (ms) => {
      const mine = outage.then(async () => {
        await close(server);
        await wait(ms);
        await listen(server, port);
      });
      outage = mine;
      await mine;
    },
    get underWay() {
      return underWay;
    },
    stop: async () => {
      agent.destroy();
      await close(server);
    },
  };
}

/** CrossLink's news: it has no end, so it is passed on as it comes and counts as no request under way. */
function isStream({ method, path }: Passing): boolean {
  return method === 'GET' && path.endsWith('/sse/events');
}

function stream(upstream: string, request: IncomingMessage, response: ServerResponse): void {
  const { host: _host, connection: _connection, ...headers } = request.headers;
  const onward = httpRequest(new URL(request.url ?? '/', upstream), { method: 'GET', headers }, (answer) => {
    const { connection: _kept, 'transfer-encoding': _encoding, ...rest } = answer.headers;
    response.writeHead(answer.statusCode ?? 502, rest);
    response.flushHeaders();
    answer.on('error', () => response.destroy());
    answer.pipe(response);
  });
  onward.on('error', () => response.destroy());
  response.on('close', () => onward.destroy());
  onward.end();
}

function insteadOf(
  mishap: Mishap | undefined,
): { readonly status: number; readonly type: string; readonly body: string } | undefined {
  if (mishap === 'stale-token') return { status: 401, type: 'text/plain', body: 'Invalid token' };
  if (mishap !== 'sign-in-page') return undefined;
  return { status: 200, type: 'text/html', body: '<html><body>Sign in to the campus network</body></html>' };
}

function deliver(answer: Answer, mishap: Mishap | undefined, socket: Socket, response: ServerResponse): void {
  if (mishap === 'drop-after') {
    socket.destroy();
    return;
  }
  if (mishap === 'half-close' || mishap === 'reset') {
    const half = answer.body.subarray(0, Math.floor(answer.body.length / 2));
    const head = `HTTP/1.1 ${answer.status} OK\r\ncontent-type: ${answer.headers['content-type'] ?? 'text/plain'}\r\ncontent-length: ${Math.max(2, answer.body.length)}\r\n\r\n`;
    socket.write(Buffer.concat([Buffer.from(head), half]), () => {
      if (mishap === 'reset') socket.resetAndDestroy();
      else socket.end();
    });
    return;
  }
  if (mishap === 'failed-after') {
    response.writeHead(500, { 'content-type': 'text/plain' });
    response.end('proxyClient failure: mod-rs-2.19.0 http://mod-rs:8081: Connection was closed');
    return;
  }
  if (mishap === 'bad-gateway-after') {
    response.writeHead(502, { 'content-type': 'text/html' });
    response.end('<html><body>502 Bad Gateway</body></html>');
    return;
  }
  const { connection: _connection, 'transfer-encoding': _encoding, ...headers } = answer.headers;
  response.writeHead(answer.status, { ...headers, 'content-length': answer.body.length });
  response.end(answer.body);
}

function forward(
  agent: Agent,
  upstream: string,
  method: string,
  path: string,
  headers: IncomingHttpHeaders,
  body: Buffer,
): Promise<Answer> {
  const { host: _host, connection: _connection, 'transfer-encoding': _encoding, ...rest } = headers;
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      new URL(path, upstream),
      { agent, method, headers: { ...rest, 'content-length': body.length } },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          resolve({ status: response.statusCode ?? 502, headers: response.headers, body: Buffer.concat(chunks) });
        });
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeAllConnections();
  });
}
