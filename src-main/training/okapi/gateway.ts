import type { Reply } from '../http.ts';
import { cookies, json, JSON_TYPE, text, type Call } from '../http.ts';
import type { Tenant, World } from '../world.ts';
import { holds, type Account } from './accounts.ts';
import { RouteTable, type BackendModule, type Route } from './modules.ts';
import type { Tokens } from './tokens.ts';

const OKAPI = 'okapi-7.0.7';

/** Header, bearer and cookie name different tokens. */
const DIFFERENT = Symbol('different tokens');

/**
 * The front door: finds the tenant, the module and the user, and refuses in Okapi's and mod-authtoken's own words (okapi 7.0.7
 * and mod-authtoken 2.17 sources). Its own answers are always text/plain.
 */
export class Gateway {
  readonly #world: World;
  readonly #tokens: Tokens;
  readonly #modules = new Map<string, { readonly module: BackendModule; readonly table: RouteTable }>();

  constructor(world: World, tokens: Tokens) {
    this.#world = world;
    this.#tokens = tokens;
  }

  /** Deploys a module; a tenant sees it when its `modules` name it. */
  deploy(module: BackendModule): void {
    this.#modules.set(module.id, { module, table: new RouteTable(module.routes) });
  }

  async answer(call: Call): Promise<Reply> {
    if (call.method === 'GET' && call.path === '/_/proxy/health') {
      return { status: 200, type: JSON_TYPE, body: '[ ]' };
    }
    const invoked = /^\/_\/invoke\/tenant\/([^/]+)(\/.*)$/.exec(call.path);
    if (invoked !== null) {
      const [, tenant = '', path = '/'] = invoked;
      return this.answer({ ...call, path, headers: { ...call.headers, 'x-okapi-tenant': tenant } });
    }
    const sent = tokensOf(call);
    if (sent === DIFFERENT) {
      return text(400, 'Different tokens in Authentication and X-Okapi-Token. Use only one of them');
    }
    const tenantId = tenantOf(call, sent);
    if (tenantId === undefined) return text(400, 'Invalid Token: Missing . separator for token');
    if (tenantId === 'supertenant') return text(404, 'No suitable module found for path and tenant');
    const tenant = this.#world.tenants.get(tenantId);
    if (tenant === undefined) return text(400, `No such Tenant ${tenantId}`);

    if (call.path.startsWith('/_/')) return this.#discovery(call, tenant, sent);
    const found = this.#route(call, tenant);
    if (found === undefined) return text(404, 'No suitable module found for path and tenant');
    const filtered = this.#filter(found.route, tenant, sent);
    if ('refusal' in filtered) return filtered.refusal;
    return found.route.handle({
      call,
      tenant,
      params: found.params,
      ...(filtered.user === undefined ? {} : { user: filtered.user }),
      ...(sent === undefined ? {} : { token: sent }),
    });
  }

  #route(call: Call, tenant: Tenant) {
    for (const id of tenant.modules) {
      const found = this.#modules.get(id)?.table.find(call.method, call.path);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** mod-authtoken's filter: it judges any token that is there, even where none is needed. */
  #filter(
    route: Pick<Route, 'permission' | 'anyToken'>,
    tenant: Tenant,
    sent: string | undefined,
  ): { readonly user?: Account } | { readonly refusal: Reply } {
    const { permission } = route;
    if (sent === undefined) {
      if (permission !== undefined) {
        return { refusal: text(400, `Token missing, access requires permission: ${permission}`) };
      }
      return route.anyToken === true ? { refusal: text(401, 'Invalid token') } : {};
    }
    const claims = this.#tokens.read(sent);
    if (claims === undefined) return { refusal: text(401, 'Invalid token') };
    if (claims.tenant !== tenant.id) return { refusal: text(403, 'Invalid token') };
    const user = tenant.accounts.find((candidate) => candidate.id === claims.user_id);
    if (user === undefined)
      return { refusal: text(401, `Invalid token: User with id ${claims.user_id} does not exist`) };
    if (!user.active) return { refusal: text(401, `Invalid token: user with id ${user.id} is not active`) };
    if (permission !== undefined && !holds(user, permission)) {
      return {
        refusal: text(403, `Access for user '${user.username}' (${user.id}) requires permission: ${permission}`),
      };
    }
    return { user };
  }

  #discovery(call: Call, tenant: Tenant, sent: string | undefined): Reply {
    const listing = /^\/_\/proxy\/tenants\/([^/]+)\/(modules|interfaces)$/.exec(call.path);
    const known = call.method === 'GET' && (call.path === '/_/version' || listing !== null);
    if (!known) return text(404, 'No suitable module found for path and tenant');
    const filtered = this.#filter({ anyToken: true }, tenant, sent);
    if ('refusal' in filtered) return filtered.refusal;
    if (listing === null) return text(200, OKAPI.slice('okapi-'.length));
    const [, subject = '', what] = listing;
    if (subject !== tenant.id) return text(403, 'Invalid token');
    if (what === 'modules') {
      const wanted = call.query.get('filter');
      const ids = ['mod-authtoken-2.17.0', ...tenant.modules, OKAPI];
      return json(
        200,
        ids.filter((id) => wanted === null || id.startsWith(wanted)).map((id) => ({ id })),
      );
    }
    const provided = tenant.modules.flatMap((id) => this.#modules.get(id)?.module.interfaces ?? []);
    return json(200, [{ id: 'authtoken2', version: '1.1' }, ...provided, { id: 'okapi', version: '2.0' }]);
  }
}

/** The one token of a call, wherever it came; {@link DIFFERENT} when header, bearer and cookie disagree or the cookie is doubled. */
function tokensOf(call: Call): string | typeof DIFFERENT | undefined {
  const header = call.headers['x-okapi-token'];
  const bearer = /^Bearer\s+(.+)$/i.exec(call.headers.authorization ?? '')?.[1];
  const jar = cookies(call.headers.cookie)
    .filter(([name]) => name === 'folioAccessToken')
    .map(([, value]) => value);
  const sent = [typeof header === 'string' ? header : undefined, bearer, ...jar].filter((token) => token !== undefined);
  if (jar.length > 1 || new Set(sent).size > 1) return DIFFERENT;
  return sent[0];
}

/** X-Okapi-Tenant, else the tenant claim of the token, else supertenant; undefined when the token is no JWT. */
function tenantOf(call: Call, token: string | undefined): string | undefined {
  const header = call.headers['x-okapi-tenant'];
  if (typeof header === 'string' && header !== '') return header;
  if (token === undefined) return 'supertenant';
  const payload = token.split('.')[1];
  if (payload === undefined) return undefined;
  try {
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as { readonly tenant?: string };
    return claims.tenant ?? 'supertenant';
  } catch {
    // Not JSON inside: Okapi words every unreadable token the same way.
    return undefined;
  }
}
