import type { Call, Reply } from '../http.ts';
import type { Tenant } from '../world.ts';
import type { Account } from './accounts.ts';

/** One call after the gateway let it through. */
export interface Visit {
  readonly call: Call;
  readonly tenant: Tenant;
  /** The user of the token; absent on routes that need none and got none. */
  readonly user?: Account;
  /** The token as sent, for routes that end sessions. */
  readonly token?: string;
  /** Path parameters by name. */
  readonly params: Readonly<Record<string, string>>;
}

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** `{name}` stands for one path segment. */
  readonly path: string;
  /** Absent: the route is open, but a bad token is refused all the same (mod-authtoken looks at any token that is there). */
  readonly permission?: string;
  /** A token of the tenant must be there, any will do. */
  readonly anyToken?: boolean;
  readonly handle: (visit: Visit) => Reply | Promise<Reply>;
}

/** A back-end module of the platform, enabled per tenant. */
export interface BackendModule {
  /** Product and version as `/_/proxy/tenants/{t}/modules` lists it, e.g. `mod-rs-2.19.0`. */
  readonly id: string;
  readonly interfaces: readonly { readonly id: string; readonly version: string }[];
  readonly routes: readonly Route[];
}

interface Compiled {
  readonly route: Route;
  readonly pattern: RegExp;
  readonly names: readonly string[];
}

/** Routes of one module, compiled once; the first that fits wins, so fixed paths stand before `{id}`. */
export class RouteTable {
  readonly #compiled: readonly Compiled[];

  constructor(routes: readonly Route[]) {
    this.#compiled = routes.map((route) => ({
      route,
      pattern: new RegExp(`^${route.path.replace(/\{\w+\}/g, '([^/]+)')}$`),
      names: [...route.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? ''),
    }));
  }

  find(method: string, path: string): { readonly route: Route; readonly params: Record<string, string> } | undefined {
    for (const { route, pattern, names } of this.#compiled) {
      if (route.method !== method) continue;
      const match = pattern.exec(path);
      if (match !== null) {
        return {
          route,
          params: Object.fromEntries(names.map((name, i) => [name, decodeURIComponent(match[i + 1] ?? '')])),
        };
      }
    }
    return undefined;
  }
}
