import { afterEach, describe, expect, test } from 'vitest';
import {
  createHttpClient,
  HTTP_DEFAULTS,
  type HttpClient,
  type HttpClientOptions,
  type HttpRequest,
  type HttpSettings,
} from '../../src-main/systems/http/client.ts';
import type { HttpFault } from '../../src-main/systems/http/faults.ts';
import { callLineText, loggableHeaders, type CallLine } from '../../src-main/systems/http/redact.ts';
import { faultError } from '../../src-main/systems/http/sentences.ts';
import { CERTIFICATE, closedPort, httpServer, tcpServer, tlsServer, type Loopback } from './systems-loopback.ts';

const QUICK: Partial<HttpSettings> = {
  connectTimeoutMs: 300,
  headersTimeoutMs: 150,
  bodyTimeoutMs: 150,
  retries: 0,
  retryMinMs: 1,
  retryMaxMs: 5,
};

const open: (HttpClient | Loopback)[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((thing) => thing.close()));
});

function keep<T extends HttpClient | Loopback>(thing: T): T {
  open.push(thing);
  return thing;
}

function client(url: string, settings: Partial<HttpSettings> = {}, more: HttpClientOptions = {}): HttpClient {
  return keep(createHttpClient(url, { ...more, settings: { ...QUICK, ...settings } }));
}

const GET: HttpRequest = { method: 'GET', path: '/a', template: '/a' };
const POST: HttpRequest = { method: 'POST', path: '/a', template: '/a', body: '{"action":"fill"}' };

async function faultOf(http: HttpClient, request: HttpRequest): Promise<HttpFault> {
  const end = await http.send(request);
  if (end.kind === 'answer') throw new Error(`expected a fault, got ${end.status}`);
  return end;
}

/** Runs the same fault for a reading and for a changing call. */
async function both(url: string, settings: Partial<HttpSettings> = {}): Promise<readonly [HttpFault, HttpFault]> {
  const http = client(url, settings);
  return [await faultOf(http, GET), await faultOf(http, POST)];
}

const HEAD = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n';

describe('where the border runs, against real sockets', () => {
  test('connection refused: nothing was sent', async () => {
    const [get, post] = await both(`http://127.0.0.1:${await closedPort()}`);
    expect(get).toMatchObject({ kind: 'not-sent', cause: 'connection-refused', code: 'ECONNREFUSED' });
    expect(post).toMatchObject({ kind: 'not-sent', cause: 'connection-refused' });
  });

  test('no such host: nothing was sent', async () => {
    const [get, post] = await both('http://no-such-host.invalid', { connectTimeoutMs: 10_000 });
    expect(get).toMatchObject({ kind: 'not-sent', cause: 'host-not-found', host: 'no-such-host.invalid' });
    expect(post.kind).toBe('not-sent');
  });

  test('a TLS handshake that never ends is a connect time-out: nothing was sent', async () => {
    const silent = keep(await tcpServer(() => undefined));
    const [get, post] = await both(`https://127.0.0.1:${silent.port}`);
    expect(get).toMatchObject({ kind: 'not-sent', cause: 'connect-timeout', code: 'UND_ERR_CONNECT_TIMEOUT' });
    expect(post.kind).toBe('not-sent');
  });

  test('a certificate nobody vouches for: nothing was sent, not even a header', async () => {
    let bytes = 0;
    const server = keep(await tlsServer((socket) => socket.on('data', (data) => (bytes += data.length))));
    const [get, post] = await both(server.url);
    expect(get).toMatchObject({ kind: 'not-sent', cause: 'tls', code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
    expect(post.kind).toBe('not-sent');
    expect(bytes).toBe(0);
  });

  test('plain HTTP where TLS was expected: nothing was sent', async () => {
    const server = keep(await tcpServer((socket) => socket.end(`${HEAD}Content-Length: 2\r\n\r\n{}`)));
    const [, post] = await both(`https://127.0.0.1:${server.port}`);
    expect(post).toMatchObject({ kind: 'not-sent', cause: 'tls' });
  });

  test('no headers in time: a changing call is unknown, a reading one merely unreachable', async () => {
    const server = keep(await tcpServer((socket) => socket.resume()));
    const [get, post] = await both(server.url);
    expect(get).toMatchObject({ kind: 'unreachable', cause: 'headers-timeout', code: 'UND_ERR_HEADERS_TIMEOUT' });
    expect(post).toMatchObject({ kind: 'unknown-outcome', cause: 'headers-timeout' });
  });

  test('no headers in time while the body is still being taken: unknown all the same', async () => {
    const server = keep(await tcpServer((socket) => socket.pause()));
    const fault = await faultOf(client(server.url), { ...POST, body: 'x'.repeat(8 * 1024 * 1024) });
    expect(fault).toMatchObject({ kind: 'unknown-outcome', cause: 'headers-timeout' });
  });

  test('a body that stops: body time-out, with the status that came', async () => {
    const server = keep(
      await tcpServer((socket) => socket.once('data', () => socket.write(`${HEAD}Content-Length: 9\r\n\r\n{"a`))),
    );
    const [get, post] = await both(server.url);
    expect(get).toMatchObject({ kind: 'unreachable', cause: 'body-timeout', status: 200 });
    expect(post).toMatchObject({ kind: 'unknown-outcome', cause: 'body-timeout', code: 'UND_ERR_BODY_TIMEOUT' });
  });

  test('a body that never ends is ended by the deadline', async () => {
    const server = keep(
      await tcpServer((socket) => {
        socket.once('data', () => {
          socket.write(`${HEAD}Transfer-Encoding: chunked\r\n\r\n`);
          const drip = setInterval(() => socket.write('1\r\n \r\n'), 20);
          socket.once('close', () => clearInterval(drip));
        });
      }),
    );
    const [get, post] = await both(server.url, { deadlineMs: 300 });
    expect(get).toMatchObject({ kind: 'unreachable', cause: 'deadline' });
    expect(post).toMatchObject({ kind: 'unknown-outcome', cause: 'deadline' });
  });

  test('reset before the request was written: nothing was sent', async () => {
    const server = keep(await tcpServer((socket) => socket.resetAndDestroy()));
    // Over TLS the reset falls into the handshake, so it is certain that no request byte was written.
    const [get, post] = await both(`https://127.0.0.1:${server.port}`);
    expect(get).toMatchObject({ kind: 'not-sent', cause: 'connection-closed', code: 'ECONNRESET' });
    expect(post.kind).toBe('not-sent');
  });

  test('reset after the request arrived: unknown', async () => {
    const server = keep(await tcpServer((socket) => socket.once('data', () => socket.resetAndDestroy())));
    const [get, post] = await both(server.url);
    expect(get).toMatchObject({ kind: 'unreachable', cause: 'connection-closed' });
    expect(post).toMatchObject({ kind: 'unknown-outcome', cause: 'connection-closed' });
  });

  test('half-close after the request arrived, without an answer: unknown', async () => {
    const server = keep(await tcpServer((socket) => socket.once('data', () => socket.end())));
    const [get, post] = await both(server.url);
    expect(get).toMatchObject({ kind: 'unreachable', cause: 'connection-closed', code: 'UND_ERR_SOCKET' });
    expect(post.kind).toBe('unknown-outcome');
  });

  test.each([
    ['by length', `${HEAD}Content-Length: 100\r\n\r\n{"a":`],
    ['by chunks, with the connection', `${HEAD}Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{"a":\r\n`],
    ['by chunks', `${HEAD}Transfer-Encoding: chunked\r\n\r\n5\r\n{"a":\r\n`],
  ])('a body cut short (%s)', async (_how, bytes) => {
    const server = keep(await tcpServer((socket) => socket.once('data', () => socket.end(bytes))));
    const [get, post] = await both(server.url);
    expect(get).toMatchObject({ kind: 'unreachable', cause: 'truncated', status: 200 });
    expect(post).toMatchObject({ kind: 'unknown-outcome', cause: 'truncated' });
  });

  test('an answer above the limit is not read on', async () => {
    const server = keep(await httpServer(() => ({ text: 'x'.repeat(5_000) })));
    const [get, post] = await both(server.url, { maxResponseBytes: 1_000 });
    expect(get).toMatchObject({ kind: 'unreachable', cause: 'too-large', code: 'UND_ERR_RES_EXCEEDED_MAX_SIZE' });
    expect(post.kind).toBe('unknown-outcome');
    expect(HTTP_DEFAULTS.maxResponseBytes).toBe(16 * 1024 * 1024);
  });

  test('headers without end are not read on: a changing call is unknown, a reading one unreachable', async () => {
    const endless = `HTTP/1.1 200 OK\r\nX-Long: ${'x'.repeat(64 * 1024)}\r\n`;
    const server = keep(await tcpServer((socket) => socket.once('data', () => socket.write(endless))));
    const [reading, changing] = await both(server.url);
    expect(reading).toMatchObject({ kind: 'unreachable', cause: 'too-large', code: 'UND_ERR_HEADERS_OVERFLOW' });
    expect(changing).toMatchObject({ kind: 'unknown-outcome', cause: 'too-large', code: 'UND_ERR_HEADERS_OVERFLOW' });
  });

  test('something that does not speak HTTP', async () => {
    const server = keep(
      await tcpServer((socket) => socket.once('data', () => socket.end('220 mail.example.org ESMTP\r\n'))),
    );
    const [get, post] = await both(server.url);
    expect(get).toMatchObject({ kind: 'unreachable', cause: 'bad-http' });
    expect(post.kind).toBe('unknown-outcome');
  });

  test.each([301, 302, 303, 307, 308])('redirect %i is not followed and its host is named', async (status) => {
    const server = keep(await httpServer(() => ({ status, headers: { location: 'https://wifi.example.net/login' } })));
    const [get, post] = await both(server.url);
    expect(get).toMatchObject({ kind: 'unreachable', cause: 'redirect', status, redirectHost: 'wifi.example.net' });
    expect(post.kind).toBe('unknown-outcome');
    expect(server.seen.map((entry) => entry.path)).toEqual(['/a', '/a']);
    expect(faultError(get, 'ReShare').sentence).toContain('wifi.example.net');
  });

  test('a redirect without a readable target is still a redirect', async () => {
    const server = keep(await httpServer(() => ({ status: 302 })));
    expect(await faultOf(client(server.url), GET)).toMatchObject({ cause: 'redirect' });
  });

  test('cancelled before anything was sent', async () => {
    const server = keep(await tcpServer((socket) => socket.resume()));
    const http = client(server.url);
    expect(await faultOf(http, { ...POST, signal: AbortSignal.abort() })).toMatchObject({ kind: 'cancelled' });
    const stop = new AbortController();
    // The connection is made in a later turn of the loop, so this abort finds the call still waiting for it.
    const waiting = faultOf(http, { ...POST, signal: stop.signal });
    stop.abort();
    expect(await waiting).toMatchObject({ kind: 'cancelled', cause: 'cancelled' });
  });

  test('cancelled after it was sent: a changing call is unknown, a reading one cancelled', async () => {
    const stops: AbortController[] = [];
    const server = keep(await tcpServer((socket) => socket.once('data', () => stops.shift()?.abort('enough'))));
    for (const [request, kind] of [
      [GET, 'cancelled'],
      [POST, 'unknown-outcome'],
    ] as const) {
      const stop = new AbortController();
      stops.push(stop);
      const fault = await faultOf(client(server.url, { headersTimeoutMs: 5_000 }), { ...request, signal: stop.signal });
      expect(fault).toMatchObject({ kind, cause: 'cancelled' });
    }
  });

  test('closing the client ends what is under way', async () => {
    const server = keep(await tcpServer((socket) => socket.once('data', () => void http.close())));
    const http = createHttpClient(server.url);
    expect(await faultOf(http, POST)).toMatchObject({ kind: 'unknown-outcome', cause: 'shut-down' });
    expect(await faultOf(http, POST)).toMatchObject({ kind: 'not-sent', cause: 'shut-down' });
  });

  test('a header that cannot be sent is Carrel’s own fault and leaves this computer never', async () => {
    const server = keep(await httpServer(() => ({})));
    const fault = await faultOf(client(server.url), { ...POST, headers: { 'x-bad': 'line\nbreak' } });
    expect(fault).toMatchObject({ kind: 'not-sent', cause: 'bad-request' });
    expect(server.seen).toEqual([]);
  });
});

describe('retries', () => {
  test('a reading call is tried at most twice more, a changing one never', async () => {
    let connections = 0;
    const server = keep(
      await tcpServer((socket) => {
        connections += 1;
        socket.once('data', () => socket.destroy());
      }),
    );
    const http = client(server.url, { retries: HTTP_DEFAULTS.retries });
    expect(HTTP_DEFAULTS.retries).toBe(2);
    await faultOf(http, GET);
    expect(connections).toBe(3);
    await faultOf(http, POST);
    expect(connections).toBe(4);
  });

  test.each([502, 503, 504])('%i passes for a reading call', async (status) => {
    const replies = [{ status }, { status, headers: { 'retry-after': '1' } }, { json: { ok: true } }];
    const server = keep(await httpServer(() => replies.shift() ?? {}));
    const end = await client(server.url, { retries: 2 }).send(GET);
    expect(end).toMatchObject({ kind: 'answer', status: 200, text: '{"ok":true}' });
  });

  test.each([400, 401, 404, 429, 500])('%i is an answer and is not asked for again', async (status) => {
    const server = keep(await httpServer(() => ({ status })));
    expect(await client(server.url, { retries: 2 }).send(GET)).toMatchObject({ kind: 'answer', status });
    expect(server.seen).toHaveLength(1);
  });

  test('a time-out is not repeated: somebody has waited already', async () => {
    const server = keep(await httpServer(() => new Promise(() => undefined)));
    await faultOf(client(server.url, { retries: 2 }), GET);
    expect(server.seen).toHaveLength(1);
  });

  test('giving up during the pause leaves what the last attempt brought', async () => {
    const stop = new AbortController();
    const server = keep(
      await httpServer(() => {
        setTimeout(() => stop.abort(), 30);
        return { status: 503 };
      }),
    );
    const http = client(server.url, { retries: 2, retryMinMs: 60_000, retryMaxMs: 60_000 });
    expect(await http.send({ ...GET, signal: stop.signal })).toMatchObject({ kind: 'answer', status: 503 });
    expect(server.seen).toHaveLength(1);
  });
});

describe('answers', () => {
  test('base path, headers, cookies, body and the server’s clock', async () => {
    const server = keep(
      await httpServer((seen) => ({
        status: 201,
        headers: {
          date: 'Sun, 22 Nov 2026 02:44:16 GMT',
          'x-okapi-token': 'tok',
          'set-cookie': ['a=1; Path=/', 'b=2'],
        },
        json: { body: seen.body, header: seen.headers['x-okapi-tenant'] },
      })),
    );
    const now = (): number => Date.parse('2026-11-22T02:44:10Z');
    const http = client(`${server.url}/okapi/`, {}, { now });
    const end = await http.send({
      ...POST,
      body: 'ü',
      path: '/rs/x?q=1%202',
      headers: { 'x-okapi-tenant': 'northlib' },
    });
    expect(server.seen[0]).toMatchObject({ method: 'POST', path: '/okapi/rs/x' });
    expect(server.seen[0]?.query.get('q')).toBe('1 2');
    expect(end).toMatchObject({
      kind: 'answer',
      status: 201,
      setCookies: ['a=1; Path=/', 'b=2'],
      serverOffsetMs: 6_000,
      text: '{"body":"ü","header":"northlib"}',
    });
    expect(end.kind === 'answer' && end.headers['x-okapi-token']).toBe('tok');
  });

  test('a single cookie and no readable date', async () => {
    const server = keep(await httpServer(() => ({ headers: { 'set-cookie': 'only=1', date: 'yesterday' } })));
    const end = await client(server.url).send(GET);
    expect(end).toMatchObject({ setCookies: ['only=1'] });
    expect(end).not.toHaveProperty('serverOffsetMs');
  });

  test('an interim answer is not the answer', async () => {
    const server = keep(
      await tcpServer((socket) =>
        socket.once('data', () => socket.end(`HTTP/1.1 103 Early Hints\r\n\r\n${HEAD}Content-Length: 2\r\n\r\n{}`)),
      ),
    );
    expect(await client(server.url).send(GET)).toMatchObject({ kind: 'answer', status: 200, text: '{}' });
  });

  test('an interim answer and then nothing is no answer', async () => {
    const server = keep(
      await tcpServer((socket) => socket.once('data', () => socket.end('HTTP/1.1 103 Early Hints\r\n\r\n'))),
    );
    const fault = await faultOf(client(server.url), GET);
    expect(fault).toMatchObject({ kind: 'unreachable', cause: 'connection-closed' });
    expect(fault).not.toHaveProperty('status');
  });

  test('only HTTP/1.1 is offered, even to a server that would rather speak HTTP/2', async () => {
    const offered: string[][] = [];
    const server = keep(
      await tlsServer((socket) => socket.once('data', () => socket.end(`${HEAD}Content-Length: 2\r\n\r\n{}`)), offered),
    );
    const end = await client(server.url, { ca: CERTIFICATE }).send(GET);
    expect(end).toMatchObject({ kind: 'answer', status: 200 });
    expect(offered).toEqual([['http/1.1']]);
  });
});

describe('what may be logged', () => {
  test('one line per call, with the template and without query, id, token, body or cookie', async () => {
    const lines: CallLine[] = [];
    const server = keep(
      await httpServer(() => ({
        status: 200,
        headers: { 'set-cookie': 'folioAccessToken=SECRET', 'x-okapi-token': 'SECRET', 'content-type': 'text/plain' },
        text: 'PATRON',
      })),
    );
    const http = client(server.url, {}, { onCall: (line) => lines.push(line) });
    await http.send({
      method: 'GET',
      path: '/rs/patronrequests/77aa?term=PATRON',
      template: '/rs/patronrequests/{id}',
      headers: { 'x-okapi-token': 'SECRET' },
    });
    expect(lines).toHaveLength(1);
    const text = JSON.stringify(lines) + lines.map(callLineText).join();
    expect(text).not.toMatch(/SECRET|PATRON|77aa/);
    expect(callLineText(lines[0]!)).toMatch(/^GET 127\.0\.0\.1:\d+ \/rs\/patronrequests\/\{id\} 200 \d+ ms$/);
    expect(lines[0]?.headers['content-type']).toBe('text/plain');
  });

  test('a fault says kind and cause, and how often it was tried', async () => {
    const lines: CallLine[] = [];
    const http = client(
      `http://127.0.0.1:${await closedPort()}`,
      { retries: 2 },
      { onCall: (line) => lines.push(line) },
    );
    await http.send(GET);
    expect(callLineText(lines[0]!)).toMatch(/ \/a not-sent\/connection-refused \d+ ms \(3 attempts\)$/);
  });

  test('headers by allow-list, whatever their case', () => {
    expect(loggableHeaders({ Date: 'x', 'Set-Cookie': 's', Authorization: 's', 'X-Unheard-Of': 's' })).toEqual({
      Date: 'x',
    });
  });
});
