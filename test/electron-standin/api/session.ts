import type { CustomScheme, Protocol, Session, WebRequest, WebRequestFilter } from 'electron';
import { browser, host } from '../host.ts';
import { Carried, NotCarried, carried } from '../not-carried.ts';
import { registerScheme } from '../wire-url.ts';

type SchemeHandler = Parameters<Protocol['handle']>[1];
type BeforeRequest = Exclude<Parameters<WebRequest['onBeforeRequest']>[0], WebRequestFilter | null>;

let privilegesRegistered = false;

/** `protocol` of one session. */
export class StandinProtocol
  extends Carried
  implements Pick<Protocol, 'registerSchemesAsPrivileged' | 'handle' | 'unhandle' | 'isProtocolHandled'>
{
  readonly handlers = new Map<string, SchemeHandler>();

  constructor() {
    super('electron.protocol');
  }

  registerSchemesAsPrivileged(customSchemes: CustomScheme[]): void {
    if (host.ready) throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
    if (privilegesRegistered) throw new NotCarried('a second call of electron.protocol.registerSchemesAsPrivileged');
    privilegesRegistered = true;
    for (const { scheme, privileges = {} } of customSchemes) {
      // The mapped address is an https: one, which has these privileges and no others.
      const { standard, secure, supportFetchAPI, ...others } = privileges;
      const surplus = Object.entries(others).find(([, granted]) => granted);
      if (surplus) throw new NotCarried(`privilege ${surplus[0]} of scheme ${scheme}`);
      if (!standard || !secure || !supportFetchAPI) {
        throw new NotCarried(`scheme ${scheme} without standard, secure and supportFetchAPI`);
      }
      registerScheme(scheme);
    }
  }

  handle(scheme: string, handler: SchemeHandler): void {
    if (this.handlers.has(scheme)) throw new Error(`Failed to register protocol: ${scheme}`);
    this.handlers.set(scheme, handler);
  }

  unhandle(scheme: string): void {
    if (!this.handlers.delete(scheme)) throw new Error(`Failed to unhandle protocol: ${scheme}`);
  }

  isProtocolHandled(scheme: string): boolean {
    return this.handlers.has(scheme);
  }
}

class StandinWebRequest extends Carried {
  listener: BeforeRequest | undefined;
  #patterns: readonly RegExp[] = [];

  constructor() {
    super('electron.webRequest');
  }

  onBeforeRequest(filter: WebRequestFilter | BeforeRequest | null, listener?: BeforeRequest | null): void {
    const urls = typeof filter === 'object' && filter !== null ? filter.urls : ['<all_urls>'];
    this.#patterns = urls.map((url) =>
      url === '<all_urls>' ? /^/ : new RegExp(`^${url.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`),
    );
    this.listener = (typeof filter === 'function' ? filter : listener) ?? undefined;
  }

  /** The listener, when its filter covers this address. */
  listenerFor(url: string): BeforeRequest | undefined {
    return this.#patterns.some((pattern) => pattern.test(url)) ? this.listener : undefined;
  }
}

/** Electron's names of the permissions Chromium lets a tool grant. */
const PERMISSIONS = [
  ['clipboard-read', 'clipboardReadWrite'],
  ['clipboard-sanitized-write', 'clipboardSanitizedWrite'],
  ['geolocation', 'geolocation'],
  ['idle-detection', 'idleDetection'],
  ['midi', 'midi'],
  ['midiSysex', 'midiSysex'],
  ['notifications', 'notifications'],
  ['storage-access', 'storageAccess'],
  ['window-management', 'windowManagement'],
] as const;

type CheckHandler = Parameters<Session['setPermissionCheckHandler']>[0];

/**
 * A session. All sessions share one browser context: Playwright sees only the default one, so storage is not kept apart by partition.
 * Nothing outlives the process in any of them, persistent or not.
 *
 * Chromium does not tell a tool when a page asks for a permission, so request handlers are kept but never called. Unlike Electron,
 * everything is refused unless the *check* handler says otherwise.
 */
export class StandinSession extends Carried {
  readonly protocol = new StandinProtocol();
  readonly webRequest = new StandinWebRequest();
  readonly partition: string;
  #check: CheckHandler = null;

  constructor(partition: string) {
    super('electron.Session');
    this.partition = partition;
  }

  setPermissionRequestHandler(handler: Parameters<Session['setPermissionRequestHandler']>[0]): void {
    requireFunction(handler);
  }

  setPermissionCheckHandler(handler: CheckHandler): void {
    requireFunction(handler);
    this.#check = handler;
  }

  setDevicePermissionHandler(handler: Parameters<Session['setDevicePermissionHandler']>[0]): void {
    requireFunction(handler);
  }

  setDisplayMediaRequestHandler(handler: Parameters<Session['setDisplayMediaRequestHandler']>[0]): void {
    requireFunction(handler);
  }

  /** Grants what the check handler allows to the app's pages and refuses everything else. */
  grantPermissions(): void {
    const allowed = PERMISSIONS.filter(([name]) =>
      this.#check?.(null, name as never, '', { isMainFrame: true, requestingUrl: '' }),
    );
    browser().root.post('Browser.grantPermissions', { permissions: allowed.map(([, name]) => name) });
  }

  async clearStorageData(): Promise<void> {
    const origins = new Set([...this.origins]);
    const clear = (origin: string): Promise<unknown> =>
      browser().root.send('Storage.clearDataForOrigin' as never, { origin, storageTypes: 'all' } as never);
    await Promise.all([browser().root.send('Storage.clearCookies'), ...[...origins].map(clear)]);
  }

  /** Answers at once: the app's own scheme is answered without a cache. */
  async clearCache(): Promise<void> {
    await Promise.resolve();
  }

  async resolveProxy(): Promise<string> {
    return Promise.resolve('DIRECT');
  }

  /** Origins (as Chromium knows them) this session has shown. */
  readonly origins = new Set<string>();
}

function requireFunction(handler: unknown): void {
  if (handler !== null && typeof handler !== 'function') throw new TypeError('Must pass null or function');
}

const partitions = new Map<string, StandinSession>();
const defaultSession = new StandinSession('');

/** The session of a partition name; the empty name is the default session. */
export function sessionFor(partition: string): StandinSession {
  if (partition === '') return defaultSession;
  let found = partitions.get(partition);
  if (!found) partitions.set(partition, (found = new StandinSession(partition)));
  return found;
}

export const session = carried('electron.session', { defaultSession, fromPartition: sessionFor });
export const protocol = defaultSession.protocol;
