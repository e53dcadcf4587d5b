import { buildSchema, execute, GraphQLError, parse, validate, type DocumentNode } from 'graphql';
import { isObject, json, objectBody, type Call, type JsonObject, type Reply } from '../http.ts';
import { holds } from '../okapi/accounts.ts';
import type { BackendModule, Visit } from '../okapi/modules.ts';
import { CqlError, fits, parseCql } from './cql.ts';
import { judge } from './match.ts';
import { IDENTIFIER_TYPES, ILL_POLICIES, INSTANCE_TYPES, locationCode } from './records.ts';
import type { StockHolding, StockInstance, StockItem } from './records.ts';
import { SHARED_INVENTORY_SDL } from './sdl.ts';
import type { InventoryTroubles } from './troubles.ts';

const INSTANCES = 'inventory-storage.instances.collection.get';
const HOLDINGS = 'inventory-storage.holdings.collection.get';
const ITEMS = 'inventory-storage.items.collection.get';

/** What the account of a shared inventory needs; each is asked for by the field that uses it, not by the endpoint. */
export const INVENTORY_PERMISSIONS: readonly string[] = [INSTANCES, HOLDINGS, ITEMS];

interface Context {
  readonly visit: Visit;
  readonly troubles: InventoryTroubles;
}

interface ListArguments {
  readonly offset?: number;
  readonly limit?: number;
  readonly query?: string;
}

/** Every list of linked records stops at ten unless a limit is given. */
const linked = <T>(records: readonly T[], limit: number | undefined): readonly T[] => records.slice(0, limit ?? 10);

/** A sub-request inside the platform failed: its status and body become the message. */
function downstream(status: string, body: string): GraphQLError {
  return new GraphQLError(`${status}: ${body}`, { extensions: { code: 'INTERNAL_SERVER_ERROR' } });
}

function allow({ visit }: Context, permission: string): void {
  const { user } = visit;
  if (user !== undefined && holds(user, permission)) return;
  const who = user === undefined ? `'UNDEFINED_USER__practice' (null)` : `'${user.username}' (${user.id})`;
  throw downstream('403 Forbidden', `Access for user ${who} requires permission: ${permission}`);
}

function itemFields(item: StockItem) {
  const { id, barcode, enumeration, status } = item;
  return { id, barcode, enumeration, status: { name: status, date: undefined } };
}

function holdingFields(instance: StockInstance, holding: StockHolding) {
  const { id, symbol, library, place, callNumber, policy, statement, items } = holding;
  const institution = { id: symbol, code: symbol, name: library };
  const itemList = ({ limit }: ListArguments, context: Context) => {
    allow(context, ITEMS);
    context.troubles.strike('items');
    return linked(items, limit).map(itemFields);
  };
  return {
    id,
    instanceId: instance.id,
    callNumber,
    illPolicyId: policy === undefined ? undefined : ILL_POLICIES[policy],
    illPolicy: policy === undefined ? undefined : { id: ILL_POLICIES[policy], name: policy, source: 'folio' },
    permanentLocationId: `${symbol}-${place}`,
    permanentLocation: {
      id: `${symbol}-${place}`,
      code: locationCode(holding),
      name: `${library} - ${place}`,
      institution,
      campus: institution,
      library: institution,
    },
    holdingsStatements: statement === undefined ? [] : [{ statement }],
    bareHoldingsItems: itemList,
    holdingsItems: itemList,
  };
}

function instanceFields(instance: StockInstance) {
  const { id, title, author, edition, publisher, publishedAt, year, extent, online, identifiers, holdings } = instance;
  return {
    id,
    title,
    indexTitle: title,
    source: 'MARC',
    instanceTypeId: online ? INSTANCE_TYPES.online : INSTANCE_TYPES.text,
    editions: edition === undefined ? [] : [edition],
    matchKey: [title, year ?? '', extent, online ? 'e' : 'p'].join('|').toLowerCase().replace(/\s+/g, '_'),
    contributors: author === undefined ? [] : [{ name: author, contributorNameTypeId: 'personal', primary: true }],
    identifiers: identifiers.map(({ type, value }) => ({
      value,
      identifierTypeId: IDENTIFIER_TYPES[type],
      identifierTypeObject: { id: IDENTIFIER_TYPES[type], name: type, source: 'folio' },
    })),
    publication: [{ publisher, place: publishedAt, dateOfPublication: year }],
    physicalDescriptions: [extent],
    holdingsRecords2: ({ limit }: ListArguments, context: Context) => {
      allow(context, HOLDINGS);
      context.troubles.strike('holdings');
      return linked(holdings, limit).map((holding) => holdingFields(instance, holding));
    },
  };
}

/** The two root fields over the stock. */
function rootOf(stock: ReadonlyMap<string, StockInstance>) {
  return {
    instance_storage_instances: ({ offset = 0, limit = 10, query = '' }: ListArguments, context: Context) => {
      allow(context, INSTANCES);
      context.troubles.strike('search');
      const found = search(stock, query);
      return {
        totalRecords: found.length,
        instances: found.slice(offset, offset + limit).map(instanceFields),
        resultInfo: { totalRecords: found.length },
      };
    },
    instance_storage_instances_SINGLE: ({ instanceId }: { readonly instanceId: string }, context: Context) => {
      allow(context, INSTANCES);
      const instance = stock.get(instanceId.toLowerCase());
      if (instance === undefined) throw downstream('404 Not Found', 'Not found');
      return instanceFields(instance);
    },
  };
}

function search(stock: ReadonlyMap<string, StockInstance>, query: string): readonly StockInstance[] {
  try {
    const cql = parseCql(query);
    return [...stock.values()].filter((instance) => fits(cql, instance, judge));
  } catch (error) {
    if (!(error instanceof CqlError)) throw error;
    throw downstream('400 Bad Request', error.message);
  }
}

/** POST /graphql as mod-graphql answers it: errors of the platform inside HTTP 200, those of the query itself as 400. */
export function modGraphql(stock: ReadonlyMap<string, StockInstance>, troubles: InventoryTroubles): BackendModule {
  const schema = buildSchema(SHARED_INVENTORY_SDL);
  const rootValue = rootOf(stock);

  async function answer(visit: Visit): Promise<Reply> {
    const body = jsonBody(visit.call);
    if (body === undefined) return badRequest('POST body missing, invalid Content-Type, or JSON object has no keys.');
    const { query, variables } = body;
    if (typeof query !== 'string') return badRequest('GraphQL operations must contain a non-empty `query`.');
    let document: DocumentNode;
    try {
      document = parse(query);
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error;
      return refused([error], 'GRAPHQL_PARSE_FAILED');
    }
    const invalid = validate(schema, document);
    if (invalid.length > 0) return refused(invalid, 'GRAPHQL_VALIDATION_FAILED');
    const result = await execute({
      schema,
      document,
      rootValue,
      variableValues: isObject(variables) ? variables : {},
      contextValue: { visit, troubles } satisfies Context,
    });
    return json(200, result);
  }

  return {
    id: 'mod-graphql-1.15.1',
    interfaces: [{ id: 'graphql', version: '1.15' }],
    routes: [{ method: 'POST', path: '/graphql', handle: answer }],
  };
}

function jsonBody(call: Call): JsonObject | undefined {
  const type = call.headers['content-type'] ?? '';
  return type.startsWith('application/json') ? objectBody(call) : undefined;
}

function badRequest(message: string): Reply {
  return json(400, { errors: [{ message, extensions: { code: 'BAD_REQUEST' } }] });
}

function refused(errors: readonly GraphQLError[], code: string): Reply {
  const listed = errors.map(({ message, locations }) => ({ message, locations, extensions: { code } }));
  return json(400, { errors: listed });
}
