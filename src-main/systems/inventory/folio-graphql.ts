import type { Candidate, CandidatePage } from '../../contract/inventory.ts';
import { fail, ok, type AppError, type Result } from '../../contract/result.ts';
import { number, records, type Json } from '../http/tolerant.ts';
import type { OkapiSession } from '../okapi/session.ts';
import { cqlOf } from './cql.ts';
import { readInstance } from './folio-record.ts';
import { askGraphql, rootOf, type GraphqlData } from './graphql.ts';
import type { SharedInventory } from './port.ts';
import { DETAIL, DETAIL_WITHOUT_LIMITS, SEARCH, SEARCH_WITHOUT_LIMITS } from './queries.ts';

/** Holdings of one record, and items of one holding, that are read; more than any title of a consortium has. */
const HOLDINGS = 200;
const ITEMS = 100;

/**
 * The Shared Inventory as FOLIO's mod-inventory behind mod-graphql (guide "Integrating external services with ReShare",
 * Shared Inventory API).
 * @param session of the inventory's own tenant
 */
export function folioGraphql(session: OkapiSession): SharedInventory {
  /** This server refused `limit` on linked records before. */
  let old = false;

  async function ask(query: string, plain: string, variables: Json): Promise<Result<GraphqlData>> {
    if (!old) {
      const answer = await askGraphql(session, query, variables);
      if (answer.ok || answer.unknownLimit === undefined) return answer;
      old = true;
    }
    const { holdings: _holdings, items: _items, ...rest } = variables;
    return askGraphql(session, plain, rest);
  }

  const reach = (broken: AppError | undefined) => ({
    limit: old ? undefined : HOLDINGS,
    broken: broken !== undefined,
  });

  return {
    capabilities: { titleSearch: true, isbnSearch: true, policyKnown: true, itemStatusKnown: true, rota: 'folio' },

    async search(query, page, pageSize): Promise<Result<CandidatePage>> {
      const variables = { cql: cqlOf(query), offset: page * pageSize, limit: pageSize, holdings: HOLDINGS };
      const answer = await ask(SEARCH, SEARCH_WITHOUT_LIMITS, variables);
      if (!answer.ok) return answer;
      const root = rootOf(answer.value.data, 'instance_storage_instances');
      if (!root.ok) return root;
      const { broken } = answer.value;
      const candidates = records(root.value['instances']).flatMap((one) => readInstance(one, reach(broken)) ?? []);
      return ok({
        candidates,
        total: number(root.value['totalRecords']) ?? candidates.length,
        ...(broken === undefined ? {} : { incomplete: incomplete(broken) }),
      });
    },

    async detail(id): Promise<Result<Candidate>> {
      const answer = await ask(DETAIL, DETAIL_WITHOUT_LIMITS, { id, holdings: HOLDINGS, items: ITEMS });
      if (!answer.ok) return answer;
      const root = rootOf(answer.value.data, 'instance_storage_instances_SINGLE');
      if (!root.ok) return root;
      const candidate = readInstance(root.value, reach(answer.value.broken));
      return candidate?.id === id
        ? ok(candidate)
        : fail('not-found', 'The Shared Inventory has no such record.', { mender: 'nobody' });
    },
  };
}

function incomplete(broken: AppError): string {
  return `The Shared Inventory answered only in part: ${broken.sentence} What is missing below is not known; it does not mean that nobody holds it.`;
}
