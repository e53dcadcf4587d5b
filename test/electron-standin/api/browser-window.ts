import type { BrowserWindow, BrowserWindowConstructorOptions, Rectangle } from 'electron';
import { ignoreGone } from '../cdp.ts';
import { isHeadful } from '../chromium.ts';
import { browser, host } from '../host.ts';
import type { PageTarget } from '../host.ts';
import { CarriedEmitter, NotCarried, PreventableEvent } from '../not-carried.ts';
import { app } from './app.ts';
import { StandinWebContents } from './web-contents.ts';

const EVENTS = [
  'blur',
  'close',
  'closed',
  'focus',
  'hide',
  'maximize',
  'minimize',
  'page-title-updated',
  'ready-to-show',
  'resize',
  'responsive',
  'restore',
  'show',
  'unmaximize',
  'unresponsive',
];

/** Preferences whose unsafe value the stand-in could not honour: renderers here are sandboxed and isolated. */
const REQUIRED_PREFERENCES = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInSubFrames: false,
  nodeIntegrationInWorker: false,
  webviewTag: false,
  webSecurity: true,
} as const;

const windows = new Set<StandinBrowserWindow>();
/** What Chromium's own bars take of a headless window. Only a first guess: the page's size is set exactly afterwards. */
const BARS_HEIGHT = 87;

type Carried =
  | 'id'
  | 'loadURL'
  | 'show'
  | 'showInactive'
  | 'hide'
  | 'focus'
  | 'blur'
  | 'isFocused'
  | 'isVisible'
  | 'isMinimized'
  | 'isMaximized'
  | 'isFullScreen'
  | 'minimize'
  | 'maximize'
  | 'unmaximize'
  | 'restore'
  | 'close'
  | 'destroy'
  | 'isDestroyed'
  | 'setTitle'
  | 'getTitle'
  | 'getBounds'
  | 'getContentBounds'
  | 'setBounds'
  | 'getSize'
  | 'setSize'
  | 'setMenuBarVisibility'
  | 'setMenu'
  | 'removeMenu';

/** A window of Chromium with one page. Width and height are those of the page: the stand-in's window has no frame of its own. */
export class StandinBrowserWindow extends CarriedEmitter implements Pick<BrowserWindow, Carried> {
  readonly id: number;
  readonly webContents: StandinWebContents;
  #bounds: Rectangle;
  #title: string;
  #visible: boolean;
  #state: 'normal' | 'minimized' | 'maximized' = 'normal';
  #destroyed = false;
  #windowId: number | undefined;

  constructor(options: BrowserWindowConstructorOptions = {}) {
    super('electron.BrowserWindow', EVENTS);
    if (!host.ready) throw new Error('Cannot create BrowserWindow before app is ready');
    const preferences = options.webPreferences ?? {};
    for (const [name, required] of Object.entries(REQUIRED_PREFERENCES)) {
      const asked = preferences[name as keyof typeof REQUIRED_PREFERENCES];
      if (asked !== undefined && asked !== required) throw new NotCarried(`webPreferences.${name} = ${String(asked)}`);
    }
    this.#bounds = {
      x: options.x ?? 0,
      y: options.y ?? 0,
      width: Math.max(options.width ?? 800, options.minWidth ?? 0),
      height: Math.max(options.height ?? 600, options.minHeight ?? 0),
    };
    this.#title = options.title ?? app.getName();
    this.#visible = options.show ?? true;
    this.webContents = new StandinWebContents(preferences, () => this.#open());
    this.id = this.webContents.id;
    windows.add(this);
    this.webContents.once('did-finish-load', () => this.emit('ready-to-show', {}));
    this.webContents.once('destroyed', () => this.#closed());
    this.webContents.on('render-process-gone', (_event: object, details: object) => {
      app.emit('render-process-gone', {}, this.webContents, details);
    });
    this.webContents.on('page-title-updated', (event: PreventableEvent, title: string, explicit: boolean) => {
      const own = new PreventableEvent();
      this.emit('page-title-updated', own, title, explicit);
      if (!own.defaultPrevented && !event.defaultPrevented) this.#title = title;
    });
    // A headless window has the focus the app gives it, a person's window the focus the person gives it.
    if (isHeadful()) {
      // A bar that a real window shows while it opens changes what is left for the page.
      this.webContents.once('did-finish-load', () => this.#applySize());
      this.webContents.onFocus = (has) => {
        if (has) focusOn(this);
        else this.blur();
      };
    }
    app.emit('web-contents-created', {}, this.webContents);
    app.emit('browser-window-created', {}, this);
    if (this.#visible) focusOn(this);
  }

  static getAllWindows(): StandinBrowserWindow[] {
    return [...windows];
  }

  static getFocusedWindow(): StandinBrowserWindow | null {
    return focused ?? null;
  }

  static fromWebContents(contents: StandinWebContents): StandinBrowserWindow | null {
    return [...windows].find((window) => window.webContents === contents) ?? null;
  }

  static fromId(id: number): StandinBrowserWindow | null {
    return [...windows].find((window) => window.id === id) ?? null;
  }

  async #open(): Promise<PageTarget> {
    const { targets } = host;
    if (!targets) throw new Error('The browser is not running');
    const { width, height } = this.#bounds;
    const target = await targets.open(width, height + BARS_HEIGHT);
    const { windowId } = await browser().root.send('Browser.getWindowForTarget', { targetId: target.targetId });
    this.#windowId = windowId;
    this.#applySize();
    if (isHeadful() && !this.#visible) {
      browser().root.post('Browser.setWindowBounds', { windowId, bounds: { windowState: 'minimized' } });
    }
    return target;
  }

  #applySize(): void {
    if (this.#windowId === undefined) return;
    const { width, height } = this.#bounds;
    browser().root.post('Browser.setContentsSize', { windowId: this.#windowId, width, height });
  }

  #setState(windowState: 'normal' | 'minimized' | 'maximized'): void {
    const apply = (): void => {
      if (this.#windowId === undefined || !isHeadful()) return;
      browser().root.post('Browser.setWindowBounds', { windowId: this.#windowId, bounds: { windowState } });
    };
    void this.webContents.prepared.then(apply).catch(ignoreGone);
  }

  loadURL(url: string): Promise<void> {
    return this.webContents.loadURL(url);
  }

  show(): void {
    this.showInactive();
    this.focus();
  }

  showInactive(): void {
    if (this.#visible) return;
    this.#visible = true;
    this.#setState('normal');
    this.emit('show', {});
  }

  hide(): void {
    if (!this.#visible) return;
    this.#visible = false;
    this.#setState('minimized');
    this.blur();
    this.emit('hide', {});
  }

  focus(): void {
    if (!this.#visible) return;
    this.webContents.focus();
    focusOn(this);
  }

  blur(): void {
    if (focused === this) focusOn(undefined);
  }

  isFocused(): boolean {
    return focused === this;
  }

  isVisible(): boolean {
    return this.#visible && this.#state !== 'minimized';
  }

  isMinimized(): boolean {
    return this.#state === 'minimized';
  }

  isMaximized(): boolean {
    return this.#state === 'maximized';
  }

  isFullScreen(): boolean {
    return false;
  }

  minimize(): void {
    this.#changeState('minimized', 'minimize');
    this.blur();
  }

  maximize(): void {
    this.#changeState('maximized', 'maximize');
  }

  unmaximize(): void {
    if (this.#state === 'maximized') this.#changeState('normal', 'unmaximize');
  }

  restore(): void {
    if (this.#state !== 'normal') this.#changeState('normal', 'restore');
  }

  #changeState(state: 'normal' | 'minimized' | 'maximized', event: string): void {
    if (this.#state === state) return;
    this.#state = state;
    this.#setState(state);
    this.emit(event, {});
  }

  close(): void {
    if (this.#destroyed) return;
    const event = new PreventableEvent();
    this.emit('close', event);
    if (event.defaultPrevented) app.closeCancelled();
    else this.destroy();
  }

  destroy(): void {
    this.webContents.close();
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  #closed(): void {
    if (this.#destroyed) return;
    // A person closed the window. It has gone already, so nothing can prevent it.
    if (!this.webContents.closeRequested) this.emit('close', new PreventableEvent());
    this.#destroyed = true;
    windows.delete(this);
    if (focused === this) focused = undefined;
    this.emit('closed', {});
    if (windows.size === 0) app.allWindowsClosed();
  }

  setTitle(title: string): void {
    this.#title = title;
  }

  getTitle(): string {
    return this.#title;
  }

  getBounds(): Rectangle {
    return { ...this.#bounds };
  }

  getContentBounds(): Rectangle {
    return this.getBounds();
  }

  setBounds(bounds: Partial<Rectangle>): void {
    this.#bounds = { ...this.#bounds, ...bounds };
    this.#applySize();
    this.emit('resize', {});
  }

  getSize(): number[] {
    return [this.#bounds.width, this.#bounds.height];
  }

  setSize(width: number, height: number): void {
    this.setBounds({ width, height });
  }

  /** There is no menu bar to show or hide. */
  setMenuBarVisibility(): void {
    return undefined;
  }

  setMenu(): void {
    return undefined;
  }

  removeMenu(): void {
    return undefined;
  }
}

let focused: StandinBrowserWindow | undefined;

/** Moves the focus and tells both windows and the app, the one that loses it first. */
export function focusOn(window: StandinBrowserWindow | undefined): void {
  if (window === focused) return;
  const before = focused;
  focused = window;
  if (before) {
    before.emit('blur', {});
    app.emit('browser-window-blur', {}, before);
  }
  if (window) {
    window.emit('focus', {});
    app.emit('browser-window-focus', {}, window);
  }
}
