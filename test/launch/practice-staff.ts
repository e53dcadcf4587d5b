import { practice } from '../e2e/support.ts';

interface Tenant {
  readonly id: string;
  readonly username: string;
  readonly password: string;
}

/** A library of the practice consortium; the first is the one Carrel stands in. */
export type PracticeLibrary = 'riverside' | 'northfield' | 'eastport';

/** How far practice time is moved after each act, so that the other library has heard of it, milliseconds. */
const HEARD_MS = 10_000;

/** People of all libraries who work in ReShare itself, beside Carrel: they play the other libraries' parts. */
export class PracticeStaff {
  readonly #url: string;
  readonly #tokens = new Map<string, Promise<string>>();
  #serial = 700_000;

  /** @param url address of the practice consortium */
  constructor(url: string) {
    this.#url = url;
  }

  /** Does something with a request and lets the network carry it. */
  async act(library: PracticeLibrary, requestId: string, action: string, actionParams: object = {}): Promise<void> {
    await this.#ask(library, 'POST', `/rs/patronrequests/${requestId}/performAction`, { action, actionParams });
    await this.pass();
  }

  /** Lets practice time pass. */
  async pass(): Promise<void> {
    await practice(this.#url, 'clock', { advanceMs: HEARD_MS });
  }

  /** The lending library's copy of a request, by the number both have. */
  async copyOf(library: PracticeLibrary, hrid: string): Promise<string> {
    const path = `/rs/patronrequests?filters=hrid==${hrid}&filters=isRequester==false`;
    const found = (await this.#ask(library, 'GET', path)) as readonly { id: string; hrid: string }[];
    const copy = found.find((one) => one.hrid === hrid);
    if (copy === undefined) throw new Error(`${library} has no copy of ${hrid}`);
    return copy.id;
  }

  /** The code of a place of that library from where books are fetched. */
  async pickLocation(library: PracticeLibrary): Promise<string> {
    const places = (await this.#ask(library, 'GET', '/rs/hostLMSLocations')) as readonly { code: string }[];
    return places[0]?.code ?? '';
  }

  /** Finds a book on the library's shelf; answers its label. */
  async fetchBook(library: PracticeLibrary): Promise<string> {
    this.#serial += 1;
    const barcode = `3420200${this.#serial}0`;
    await practice(this.#url, 'shelve', { tenant: library, barcode });
    return barcode;
  }

  async #ask(library: PracticeLibrary, method: string, path: string, body?: object): Promise<unknown> {
    const headers = {
      'content-type': 'application/json',
      'x-okapi-tenant': library,
      'x-okapi-token': await this.#token(library),
    };
    const init = body === undefined ? { method, headers } : { method, headers, body: JSON.stringify(body) };
    const response = await fetch(this.#url + path, init);
    const text = await response.text();
    if (!response.ok)
      throw new Error(`${library}: ${method} ${path} ${JSON.stringify(body)}: ${response.status} ${text}`);
    return text === '' ? undefined : (JSON.parse(text) as unknown);
  }

  #token(library: PracticeLibrary): Promise<string> {
    const token = this.#tokens.get(library) ?? this.#logIn(library);
    this.#tokens.set(library, token);
    return token;
  }

  async #logIn(library: PracticeLibrary): Promise<string> {
    const tenants = (await practice(this.#url, 'tenants')) as readonly Tenant[];
    const account = tenants.find(({ id }) => id === library);
    if (account === undefined) throw new Error(`the practice consortium has no ${library}`);
    const { username, password } = account;
    const login = await fetch(`${this.#url}/authn/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-okapi-tenant': library },
      body: JSON.stringify({ username, password }),
    });
    return login.headers.get('x-okapi-token') ?? '';
  }
}
