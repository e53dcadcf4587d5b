import { json, type JsonObject, type Reply } from '../http.ts';
import type { Route, Visit } from '../okapi/modules.ts';
import type { World } from '../world.ts';
import { create } from './create.ts';

/** GET /rs/patronrequests/openURL: mod-rs's own front door, without a permission (OpenUrlService.groovy). */
export function openUrlRoutes(world: World): readonly Route[] {
  return [{ method: 'GET', path: '/rs/patronrequests/openURL', handle: (visit) => place(world, visit) }];
}

const FIELDS: readonly (readonly [field: string, ...keys: readonly string[]])[] = [
  ['title', 'rft.title', 'rft.btitle', 'rft.jtitle', 'title'],
  ['author', 'rft.au', 'aulast'],
  ['isbn', 'rft.isbn', 'isbn'],
  ['issn', 'rft.issn', 'issn'],
  ['oclcNumber', 'rft.oclc'],
  ['publicationDate', 'rft.date', 'date'],
  ['systemInstanceIdentifier', 'rft.id'],
  ['patronIdentifier', 'req.id'],
  ['patronNote', 'svc.note'],
  ['pickupLocationSlug', 'svc.pickupLocation', 'pickupLocation'],
];

function place(world: World, { call, tenant }: Visit): Reply {
  const { query } = call;
  // The server assigns these texts to a date and to a reference value, and fails.
  if (query.has('svc.neededBy') || query.has('svc.id')) return json(500, { message: 'Internal Server Error' });
  const slug = query.get('svc.pickupLocation') ?? query.get('pickupLocation');
  if (slug === null) return refused('No pickup location supplied');
  if (!tenant.directory.some((entry) => entry.slug === slug)) return refused('Invalid pickup location supplied');
  const body: Record<string, unknown> = { isRequester: true, requestingInstitutionSymbol: tenant.symbol };
  for (const [field, ...keys] of FIELDS) {
    const value = keys.map((key) => query.get(key)).find((one) => one !== null);
    if (value !== undefined) body[field] = value;
  }
  const illiad = query.get('rft.identifier.illiad');
  if (illiad !== null) body['requestIdentifiers'] = [{ identifierType: 'illiad', identifier: illiad }];
  const created = create(world, tenant, body, undefined);
  if (created.status !== 201) return refused('Failed to create request');
  const { id } = JSON.parse(String(created.body)) as JsonObject;
  return result('SUCCESS', 'Successfully created request', id);
}

const refused = (message: string): Reply => result('ERROR', message, null);

/** As the Grails JSON converter writes it, the enum as an object. */
function result(name: string, message: string, id: unknown): Reply {
  return json(200, {
    errorCode: null,
    id,
    messages: [message],
    responseResult: {},
    result: { enumType: 'org.olf.rs.statemodel.ActionResult', name },
  });
}
