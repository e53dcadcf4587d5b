import type { Dispatcher } from 'undici';

/** One request as it goes on the wire. */
export interface Wire {
  readonly origin: string;
  readonly path: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly headersTimeoutMs: number;
  readonly bodyTimeoutMs: number;
  readonly signal: AbortSignal;
  readonly stream?: StreamReader;
}

/** Takes an answer that goes on and on, as it comes. */
export interface StreamReader {
  /** The server has begun to answer, with a status of 200. */
  readonly onOpen: () => void;
  readonly onText: (text: string) => void;
}

export type ExchangeEnd =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
      readonly body: Buffer;
    }
  | {
      readonly kind: 'error';
      readonly error: unknown;
      /** True when a byte of the request may have reached the socket. */
      readonly written: boolean;
      /** True when our own signal ended it. */
      readonly aborted: boolean;
      /** Status, when the head of an answer came before the error. */
      readonly status?: number;
    };

/**
 * One request and its answer, once, with the border marked. undici calls `onRequestStart` on the connected socket
 * (behind the TLS handshake) immediately before it writes the request line; leaving that callback without an abort is
 * therefore the last moment at which nothing was sent. `undici:client:sendHeaders` is published at the same place.
 */
export function exchange(dispatcher: Dispatcher, wire: Wire): Promise<ExchangeEnd> {
  return new Promise((resolve) => {
    let controller: Dispatcher.DispatchController | undefined;
    let status: number | undefined;
    let headers: Readonly<Record<string, string | readonly string[] | undefined>> = {};
    const chunks: Buffer[] = [];
    const decoder = new TextDecoder('utf-8');

    const settle = (end: ExchangeEnd): void => {
      wire.signal.removeEventListener('abort', onAbort);
      resolve(end);
    };
    const settleError = (error: unknown): void => {
      const written = controller !== undefined;
      settle({
        kind: 'error',
        error,
        written,
        aborted: wire.signal.aborted,
        ...(status === undefined ? {} : { status }),
      });
    };
    const onAbort = (): void => {
      // Still waiting for a connection: the request stays in undici's queue and is aborted when it is taken from it.
      if (controller === undefined) settleError(wire.signal.reason);
      else controller.abort(abortReason(wire.signal));
    };

    if (wire.signal.aborted) {
      settleError(wire.signal.reason);
      return;
    }
    wire.signal.addEventListener('abort', onAbort, { once: true });

    dispatcher.dispatch(
      {
        origin: wire.origin,
        path: wire.path,
        method: wire.method,
        headers: { ...wire.headers },
        headersTimeout: wire.headersTimeoutMs,
        bodyTimeout: wire.bodyTimeoutMs,
        ...(wire.body === undefined ? {} : { body: wire.body }),
      },
      {
        onRequestStart(started) {
          if (wire.signal.aborted) started.abort(abortReason(wire.signal));
          else controller = started;
        },
        onResponseStart(_controller, statusCode, responseHeaders) {
          // An interim answer (RFC 9110 §15.2) says nothing about the end.
          if (statusCode < 200) return;
          status = statusCode;
          headers = responseHeaders;
          if (status === 200) wire.stream?.onOpen();
        },
        onResponseData(_controller, chunk) {
          // A refusal is an ordinary answer, read whole.
          if (wire.stream !== undefined && status === 200) wire.stream.onText(decoder.decode(chunk, { stream: true }));
          else chunks.push(chunk);
        },
        onResponseEnd() {
          if (status === undefined) settleError(new Error('The answer ended without a status.'));
          else settle({ kind: 'answer', status, headers, body: Buffer.concat(chunks) });
        },
        onResponseError(_controller, error) {
          settleError(error);
        },
      },
    );
  });
}

function abortReason(signal: AbortSignal): Error {
  return signal.reason instanceof Error ? signal.reason : new Error('aborted');
}
