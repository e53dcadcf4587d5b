import type { CallbackResponse, OnBeforeRequestListenerDetails } from 'electron';
import type { Session } from './cdp.ts';
import { ignoreGone } from './cdp.ts';
import type { Frames } from './api/web-frame.ts';
import type { StandinSession } from './api/session.ts';
import { PreventableEvent } from './not-carried.ts';
import { fromWire, policyToWire, toWire } from './wire-url.ts';

type Paused = Parameters<Parameters<typeof listenPaused>[1]>[0];
function listenPaused(session: Session, listener: (paused: PausedRequest) => void): void {
  session.on('Fetch.requestPaused', listener);
}

interface PausedRequest {
  readonly requestId: string;
  readonly frameId: string;
  readonly resourceType: string;
  readonly redirectedRequestId?: string;
  readonly request: {
    readonly url: string;
    readonly method: string;
    readonly headers: Record<string, string>;
    readonly postDataEntries?: readonly { readonly bytes?: string }[];
  };
}

/** The page these requests belong to. */
export interface RequestingPage {
  readonly session: StandinSession;
  readonly id: number;
  emit(event: string, ...values: unknown[]): boolean;
}

const RESOURCE_TYPES: Readonly<Record<string, OnBeforeRequestListenerDetails['resourceType']>> = {
  Stylesheet: 'stylesheet',
  Script: 'script',
  Image: 'image',
  Font: 'font',
  XHR: 'xhr',
  Fetch: 'xhr',
  Ping: 'ping',
  CSPViolationReport: 'cspReport',
  Media: 'media',
};

let lastRequest = 0;

/**
 * Answers every request of one page: navigation events first, then `webRequest.onBeforeRequest`, then the session's scheme handler.
 * Nothing is ever let out to a network, whatever the app decides.
 */
export class PageRequests {
  readonly #session: Session;
  readonly #page: RequestingPage;
  readonly #frames: Frames;
  /** Frames whose page asked to go elsewhere, as opposed to being sent there by the main process. */
  readonly #asked = new Set<string>();

  constructor(session: Session, page: RequestingPage, frames: Frames) {
    this.#session = session;
    this.#page = page;
    this.#frames = frames;
    session.on('Page.frameRequestedNavigation', ({ frameId, disposition }) => {
      if (disposition === 'currentTab') this.#asked.add(frameId);
    });
    listenPaused(session, (paused) => void this.#answer(paused).catch(ignoreGone));
  }

  async #answer(paused: Paused): Promise<void> {
    const url = fromWire(paused.request.url);
    // A browser asks every site for its icon; Electron does not.
    if (paused.resourceType === 'Other' && url.endsWith('/favicon.ico')) return this.#fail(paused, 'Aborted');
    if (paused.resourceType === 'Document' && this.#navigationPrevented(paused, url)) {
      return this.#fail(paused, 'Aborted');
    }
    const verdict = await this.#askListener(paused, url);
    if (verdict.cancel) return this.#fail(paused, 'BlockedByClient');
    if (verdict.redirectURL !== undefined) {
      return this.#fulfill(paused, Response.redirect(toWire(verdict.redirectURL), 307));
    }
    const handler = this.#page.session.protocol.handlers.get(url.slice(0, url.indexOf(':')));
    if (!handler) return this.#fail(paused, 'InternetDisconnected');
    let response: Response;
    try {
      response = await handler(asRequest(paused, url));
    } catch (error) {
      console.error(error);
      return this.#fail(paused, 'Failed');
    }
    if (typeof response !== 'object' || response.type === 'error') return this.#fail(paused, 'Failed');
    return this.#fulfill(paused, response);
  }

  #navigationPrevented(paused: Paused, url: string): boolean {
    const frame = this.#frames.get(paused.frameId);
    const isMainFrame = frame === this.#frames.main;
    const redirected = paused.redirectedRequestId !== undefined;
    const asked = this.#asked.delete(paused.frameId);
    if (!redirected && !asked) return false;
    const event = new PreventableEvent({ url, isSameDocument: false, isMainFrame, frame, initiator: frame });
    const positions = [url, false, isMainFrame, frame?.processId, frame?.routingId];
    if (redirected) {
      this.#page.emit('will-redirect', event, ...positions);
      return event.defaultPrevented;
    }
    this.#page.emit('will-frame-navigate', event);
    if (!event.defaultPrevented && isMainFrame) this.#page.emit('will-navigate', event, ...positions);
    return event.defaultPrevented;
  }

  async #askListener(paused: Paused, url: string): Promise<CallbackResponse> {
    const listener = this.#page.session.webRequest.listenerFor(url);
    if (!listener) return {};
    const frame = this.#frames.get(paused.frameId);
    lastRequest += 1;
    const details = {
      id: lastRequest,
      url,
      method: paused.request.method,
      webContentsId: this.#page.id,
      webContents: this.#page,
      frame,
      resourceType:
        paused.resourceType === 'Document'
          ? frame === this.#frames.main
            ? 'mainFrame'
            : 'subFrame'
          : (RESOURCE_TYPES[paused.resourceType] ?? 'other'),
      referrer: fromWire(paused.request.headers['Referer'] ?? ''),
      timestamp: Date.now(),
      uploadData: [],
    };
    return new Promise((resolve) => listener(details as never, resolve));
  }

  async #fulfill(paused: Paused, response: Response): Promise<void> {
    const body = Buffer.from(await response.arrayBuffer());
    const responseHeaders = [...response.headers].map(([name, value]) => {
      if (name === 'location') return { name, value: toWire(value) };
      return { name, value: name.startsWith('content-security-policy') ? policyToWire(value) : value };
    });
    await this.#session.send('Fetch.fulfillRequest', {
      requestId: paused.requestId,
      responseCode: response.status,
      responseHeaders,
      body: body.toString('base64'),
    });
  }

  async #fail(
    paused: Paused,
    errorReason: 'Aborted' | 'BlockedByClient' | 'InternetDisconnected' | 'Failed',
  ): Promise<void> {
    await this.#session.send('Fetch.failRequest', { requestId: paused.requestId, errorReason });
  }
}

function asRequest({ request }: Paused, url: string): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) headers.set(name, fromWire(value));
  const body = request.postDataEntries?.map(({ bytes }) => Buffer.from(bytes ?? '', 'base64'));
  return new Request(url, {
    method: request.method,
    headers,
    ...(body ? { body: Buffer.concat(body) } : {}),
  });
}
