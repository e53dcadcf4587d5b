import type {
  HandlerDetails,
  PrintToPDFOptions,
  WebContents,
  WebPreferences,
  WindowOpenHandlerResponse,
} from 'electron';
import { readFileSync } from 'node:fs';
import type { Session } from '../cdp.ts';
import { ignoreGone } from '../cdp.ts';
import { codec, makeCodec } from '../codec.ts';
import { host } from '../host.ts';
import type { PageTarget } from '../host.ts';
import { makeBridge } from '../inpage-bridge.ts';
import { isolatedWorld } from '../inpage-isolated.ts';
import type { IsolatedSetup } from '../inpage-isolated.ts';
import { mainWorld } from '../inpage-main.ts';
import { netError } from '../net-errors.ts';
import { CarriedEmitter, NotCarried, PreventableEvent } from '../not-carried.ts';
import { BINDING, ISOLATED_WORLD, PageIpc } from '../page-ipc.ts';
import { PageRequests } from '../page-requests.ts';
import { fromWire, originOf, toWire } from '../wire-url.ts';
import { printParameters } from './print-options.ts';
import { sessionFor } from './session.ts';
import type { StandinSession } from './session.ts';
import { Frames } from './web-frame.ts';
import type { StandinFrame } from './web-frame.ts';

const EVENTS = [
  'console-message',
  'destroyed',
  'did-attach-webview',
  'did-create-window',
  'did-fail-load',
  'did-finish-load',
  'did-navigate',
  'dom-ready',
  'page-title-updated',
  'preload-error',
  'render-process-gone',
  'responsive',
  'unresponsive',
  'will-attach-webview',
  'will-frame-navigate',
  'will-navigate',
  'will-prevent-unload',
  'will-redirect',
];

const CONSOLE_LEVELS: Readonly<Record<string, 'info' | 'warning' | 'error' | 'debug'>> = {
  error: 'error',
  assert: 'error',
  warning: 'warning',
  debug: 'debug',
};

const allContents = new Map<number, StandinWebContents>();
let lastId = 0;

type Carried =
  | 'id'
  | 'getURL'
  | 'getTitle'
  | 'isDestroyed'
  | 'isLoading'
  | 'isDevToolsOpened'
  | 'isFocused'
  | 'loadURL'
  | 'reload'
  | 'close'
  | 'focus'
  | 'send'
  | 'executeJavaScript'
  | 'printToPDF'
  | 'getZoomFactor'
  | 'setZoomFactor'
  | 'forcefullyCrashRenderer'
  | 'openDevTools'
  | 'closeDevTools'
  | 'setWindowOpenHandler';

/** One page. Members that answer other carried objects (`session`, `mainFrame`) are typed by ours. */
export class StandinWebContents extends CarriedEmitter implements Pick<WebContents, Carried> {
  readonly id: number;
  readonly session: StandinSession;
  /** Settles when the page exists and is prepared; rejects when the browser could not open it. */
  readonly prepared: Promise<PageTarget>;
  /** Told when the page itself gains or loses the focus of the system. */
  onFocus: ((focused: boolean) => void) | undefined;
  /** True once the main process wants the page gone, as opposed to a person closing the window. */
  closeRequested = false;
  #target: PageTarget | undefined;
  #frames = new Frames('');
  #ipc: PageIpc | undefined;
  #url = '';
  #title = '';
  #loading = false;
  #destroyed = false;
  #zoom = 1;
  #focused = false;
  #failure: string | undefined;
  #openHandler: ((details: HandlerDetails) => WindowOpenHandlerResponse) | undefined;

  constructor(preferences: WebPreferences, open: () => Promise<PageTarget>) {
    super('electron.webContents', EVENTS);
    lastId += 1;
    this.id = lastId;
    this.session = preferences.session
      ? (preferences.session as unknown as StandinSession)
      : sessionFor(preferences.partition ?? '');
    allContents.set(this.id, this);
    this.prepared = this.#prepare(preferences, open);
    // Whoever loads a page hears of the failure; an unused page must not end the process.
    this.prepared.catch(ignoreGone);
  }

  async #prepare(preferences: WebPreferences, open: () => Promise<PageTarget>): Promise<PageTarget> {
    const preload = preferences.preload === undefined ? undefined : readFileSync(preferences.preload, 'utf8');
    const target = await open();
    const { session, targetId } = target;
    this.#target = target;
    this.#frames = new Frames(targetId);
    this.#ipc = new PageIpc(session, this.#frames, this);
    new PageRequests(session, this, this.#frames);
    this.#listen(session);
    const commands = [
      session.send('Page.enable'),
      session.send('Page.setLifecycleEventsEnabled', { enabled: true }),
      session.send('Runtime.addBinding', { name: BINDING, executionContextName: ISOLATED_WORLD }),
      session.send('Runtime.enable'),
      session.send('Log.enable'),
      session.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] }),
      ...injectedScripts(preload, preferences.additionalArguments ?? []).map((script) =>
        session.send('Page.addScriptToEvaluateOnNewDocument', script),
      ),
      session.send('Runtime.runIfWaitingForDebugger'),
    ];
    this.session.grantPermissions();
    await Promise.all(commands);
    return target;
  }

  #listen(session: Session): void {
    session.on('Page.frameAttached', ({ frameId, parentFrameId }) => this.#frames.attached(frameId, parentFrameId));
    session.on('Page.frameDetached', ({ frameId, reason }) => {
      if (reason === 'remove') this.#frames.detached(frameId);
    });
    session.on('Page.frameNavigated', ({ frame }) => {
      this.#frames.navigated(frame);
      if (frame.parentId === undefined) this.#navigated(frame.url, frame.unreachableUrl);
    });
    session.on('Page.navigatedWithinDocument', ({ frameId, url }) => {
      if (frameId === this.#frames.main.frameId) this.#frames.main.url = this.#url = fromWire(url);
    });
    session.on('Page.lifecycleEvent', ({ frameId, name }) => {
      if (frameId !== this.#frames.main.frameId || this.#url === '') return;
      if (name === 'DOMContentLoaded') this.emit('dom-ready', {});
      if (name === 'load') this.#loaded();
    });
    session.on('Runtime.consoleAPICalled', ({ type, args, stackTrace }) => {
      const message = args.map((part) => String(part.value ?? part.description ?? part.unserializableValue)).join(' ');
      const at = stackTrace?.callFrames[0];
      this.#consoleMessage(CONSOLE_LEVELS[type] ?? 'info', message, at?.lineNumber ?? 0, at?.url ?? '');
    });
    session.on('Runtime.exceptionThrown', ({ exceptionDetails: { exception, text, lineNumber, url } }) => {
      this.#consoleMessage('error', exception?.description ?? text, lineNumber, url ?? '');
    });
    session.on('Log.entryAdded', ({ entry }) => {
      const level = entry.level === 'verbose' ? 'debug' : entry.level;
      this.#consoleMessage(level, entry.text, entry.lineNumber ?? 0, entry.url ?? '');
    });
    session.on('Page.windowOpen', ({ url, windowName, windowFeatures }) => {
      this.windowOpenRequested(url, windowName, windowFeatures.join(','));
    });
    session.on('Inspector.targetCrashed', () => {
      this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 5 });
    });
  }

  #navigated(wireUrl: string, unreachable: string | undefined): void {
    if (unreachable !== undefined) {
      this.#url = this.#frames.main.url = fromWire(unreachable);
      return;
    }
    this.#url = fromWire(wireUrl);
    if (wireUrl.startsWith('https:')) this.session.origins.add(originOf(wireUrl));
    this.emit('did-navigate', {}, this.#url, 200, 'OK');
    if (this.#zoom !== 1) this.setZoomFactor(this.#zoom);
  }

  #loaded(): void {
    this.#loading = false;
    if (this.#failure === undefined) {
      this.emit('did-finish-load', {});
      return;
    }
    const { code, description } = netError(this.#failure);
    this.#failure = undefined;
    this.emit('did-fail-load', {}, code, description, this.#url, true, 1, this.#frames.main.routingId);
  }

  #consoleMessage(level: string, message: string, lineNumber: number, sourceId: string): void {
    const details = { level, message, lineNumber, sourceId: fromWire(sourceId), frame: this.#frames.main };
    this.emit('console-message', new PreventableEvent(details));
  }

  get mainFrame(): StandinFrame {
    return this.#frames.main;
  }

  /** Chromium's id of the page, by which Playwright names it. */
  get targetId(): string | undefined {
    return this.#target?.targetId;
  }

  async loadURL(url: string): Promise<void> {
    const { session } = await this.prepared;
    this.#loading = true;
    let settle: (failure: string | undefined) => void = () => undefined;
    const finished = new Promise<string | undefined>((resolve) => (settle = resolve));
    const succeed = (): void => settle(undefined);
    const fail = (_event: object, _code: number, description: string): void => settle(`net::${description}`);
    this.once('did-finish-load', succeed);
    this.once('did-fail-load', fail);
    this.once('destroyed', succeed);
    const { errorText } = await session.send('Page.navigate', { url: toWire(url) });
    if (errorText !== undefined) {
      this.#failure = errorText;
      // An aborted navigation leaves the page as it was and loads nothing, not even an error page.
      if (errorText === 'net::ERR_ABORTED') this.#loaded();
    }
    const failure = await finished;
    this.off('did-finish-load', succeed).off('did-fail-load', fail).off('destroyed', succeed);
    if (failure === undefined) return;
    const { code, description } = netError(failure);
    throw Object.assign(new Error(`${description} (${String(code)}) loading '${url.slice(0, 2048)}'`), {
      errno: code,
      code: description,
      url,
    });
  }

  reload(): void {
    this.#loading = true;
    this.#target?.session.post('Page.reload');
  }

  getURL(): string {
    return this.#url;
  }

  getTitle(): string {
    return this.#title;
  }

  isLoading(): boolean {
    return this.#loading;
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  send(channel: string, ...values: unknown[]): void {
    if (typeof channel !== 'string') throw new TypeError('Missing required channel argument');
    try {
      this.#ipc?.send(channel, values);
    } catch (error) {
      console.error('Error sending from webFrameMain: ', error);
    }
  }

  async executeJavaScript(code: string, userGesture = false): Promise<unknown> {
    const { session } = await this.prepared;
    const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
      expression: code,
      awaitPromise: true,
      userGesture,
    });
    if (exceptionDetails) {
      const rejection = exceptionDetails.text.includes('(in promise)');
      const [reason = ''] = (exceptionDetails.exception?.description ?? '').split('\n    at ');
      throw new Error(
        rejection
          ? reason.replace(/^\w*Error: /, '')
          : 'Script failed to execute, this normally means an error was thrown. Check the renderer console for the error.',
      );
    }
    if (result.objectId === undefined) {
      return result.unserializableValue === undefined
        ? result.value
        : codec.decode(specialNumber(result.unserializableValue));
    }
    const encoded = await session.send('Runtime.callFunctionOn', {
      objectId: result.objectId,
      functionDeclaration: `function () { return (${makeCodec.toString()})().encode(this); }`,
      returnByValue: true,
    });
    if (encoded.exceptionDetails) throw new Error('An object could not be cloned.');
    return codec.decode(String(encoded.result.value));
  }

  async printToPDF(options: PrintToPDFOptions): Promise<Buffer> {
    const { session } = await this.prepared;
    const { data } = await session.send('Page.printToPDF', printParameters(options));
    return Buffer.from(data, 'base64');
  }

  /** Answers the part of a NativeImage that can be had: its PNG. */
  async capturePage(): Promise<{ toPNG(): Buffer; isEmpty(): boolean }> {
    const { session } = await this.prepared;
    const { data } = await session.send('Page.captureScreenshot', { format: 'png' });
    return { toPNG: () => Buffer.from(data, 'base64'), isEmpty: () => data === '' };
  }

  /** Printers are not carried; `printToPDF` is the testable twin. */
  print(): never {
    throw new NotCarried('electron.webContents.print (electron-only)');
  }

  getZoomFactor(): number {
    return this.#zoom;
  }

  /** Browser zoom cannot be had over the protocol: this is CSS zoom of the root, so media queries do not notice it. */
  setZoomFactor(factor: number): void {
    if (!(factor > 0)) throw new Error("'zoomFactor' must be a double greater than 0.0");
    this.#zoom = factor;
    this.#target?.session.post('Runtime.evaluate', {
      expression: `document.documentElement.style.zoom = ${JSON.stringify(String(factor))}`,
    });
  }

  isDevToolsOpened(): boolean {
    return false;
  }

  /** Does nothing: Chromium's own tools would attach a third client. */
  openDevTools(): void {
    return undefined;
  }

  closeDevTools(): void {
    return undefined;
  }

  isFocused(): boolean {
    return this.#focused;
  }

  focus(): void {
    this.#target?.session.post('Page.bringToFront');
  }

  forcefullyCrashRenderer(): void {
    this.#target?.session.post('Page.crash');
  }

  setWindowOpenHandler(handler: (details: HandlerDetails) => WindowOpenHandlerResponse): void {
    this.#openHandler = handler;
  }

  close(): void {
    if (this.#destroyed) return;
    this.closeRequested = true;
    const { targetId } = this;
    if (targetId === undefined) {
      // Still being opened: wait, so that no window is left behind that nobody owns.
      void this.prepared.then((target) => host.targets?.close(target.targetId)).catch(ignoreGone);
    } else {
      host.targets?.close(targetId);
    }
  }

  /** Called when the page has gone, whoever closed it. */
  markDestroyed(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    allContents.delete(this.id);
    this.#frames.main.detached = true;
    this.emit('destroyed', {});
  }

  titleReported(title: string): void {
    if (title === this.#title) return;
    this.#title = title;
    this.emit('page-title-updated', new PreventableEvent(), title, true);
  }

  windowOpenRequested(url: string, frameName: string, features: string): void {
    const response = this.#openHandler?.({
      url: fromWire(url),
      frameName,
      features,
      disposition: frameName === '_blank' || features === '' ? 'foreground-tab' : 'new-window',
      referrer: { url: this.#url, policy: 'strict-origin-when-cross-origin' },
    });
    if (response?.action !== 'deny') throw new NotCarried('a child window (setWindowOpenHandler must answer "deny")');
  }

  focusReported(focused: boolean): void {
    this.#focused = focused;
    this.onFocus?.(focused);
  }
}

function specialNumber(text: string): string {
  return JSON.stringify({ $: text.endsWith('n') ? ['bigint', text.slice(0, -1)] : ['number', text] });
}

/** The two worlds' scripts for a page with this preload. */
function injectedScripts(
  preload: string | undefined,
  additionalArguments: readonly string[],
): { source: string; worldName?: string }[] {
  const secret = crypto.randomUUID();
  const shared = `(${makeCodec.toString()})(), ${makeBridge.toString()}`;
  const setup: IsolatedSetup = {
    secret,
    binding: BINDING,
    hasPreload: preload !== undefined,
    process: {
      type: 'renderer',
      sandboxed: true,
      contextIsolated: true,
      isMainFrame: true,
      platform: process.platform,
      arch: process.arch,
      versions: process.versions,
      argv: [process.argv[0], ...additionalArguments],
      env: {},
    },
  };
  const module = `function (exports, require, module, process) { ${preload ?? ''}\n}`;
  return [
    { source: `(${mainWorld.toString()})(${shared}, ${JSON.stringify(secret)});` },
    {
      worldName: ISOLATED_WORLD,
      source: `(${isolatedWorld.toString()})(${shared}, ${JSON.stringify(setup)}, ${module});`,
    },
  ];
}

/** `electron.webContents`: how the app and Playwright find pages. */
export const webContents = {
  fromId: (id: number): StandinWebContents | undefined => allContents.get(id),
  getAllWebContents: (): StandinWebContents[] => [...allContents.values()],
  fromDevToolsTargetId: (targetId: string): StandinWebContents | undefined =>
    [...allContents.values()].find((contents) => contents.targetId === targetId),
};
