import { isObject, json, objectBody, type Reply } from '../http.ts';
import { holds, type Account } from '../okapi/accounts.ts';
import type { Route, Visit } from '../okapi/modules.ts';
import { list } from '../query/list.ts';
import { effective, type Setting } from '../settings.ts';
import { isoSeconds, type Tenant, type World } from '../world.ts';
import { stateCodes, stateData } from './machine.ts';
import { REFDATA } from './refdata.ts';
import { PLACE, REFDATA_CATEGORY, SETTING, STATUS } from './schema.ts';
import { pickLocationView, shelvingLocationView, stateView } from './view.ts';

/** Settings, reference data, places, counts, and what is asked about patrons. */
export function configRoutes(world: World): readonly Route[] {
  return [
    { method: 'GET', path: '/rs/settings/appSettings', permission: 'rs.settings.get', handle: settings },
    {
      method: 'GET',
      path: '/rs/refdata',
      permission: 'rs.refdata.get',
      handle: ({ call }) => list({ entity: REFDATA_CATEGORY, rows: REFDATA, cap: 100, view: (row) => row }, call.query),
    },
    {
      method: 'GET',
      path: '/rs/status',
      permission: 'rs.status.get',
      handle: ({ call }) => list({ entity: STATUS, rows: stateCodes(), cap: 1000, view: stateView }, call.query),
    },
    {
      method: 'GET',
      path: '/rs/hostLMSLocations',
      permission: 'rs.hostlmslocations.get',
      handle: ({ call, tenant }) =>
        list(
          { entity: PLACE, rows: tenant.pickLocations, cap: 1000, view: (one) => pickLocationView(tenant, one) },
          call.query,
        ),
    },
    {
      method: 'GET',
      path: '/rs/shelvingLocations',
      permission: 'rs.shelvingLocations.read',
      handle: ({ call, tenant }) =>
        list({ entity: PLACE, rows: tenant.shelvingLocations, cap: 1000, view: shelvingLocationView }, call.query),
    },
    {
      method: 'GET',
      path: '/rs/statistics',
      permission: 'rs.statistics.get',
      handle: ({ tenant }) => json(200, statistics(world, tenant)),
    },
    {
      method: 'GET',
      path: '/rs/externalApi/statistics',
      handle: ({ tenant }) => json(200, statistics(world, tenant)),
    },
    {
      method: 'GET',
      path: '/rs/patron/{patronIdentifier}/canCreateRequest',
      permission: 'rs.patronrequests.item.post',
      handle: canCreate,
    },
    { method: 'POST', path: '/rs/patron/validate', permission: 'rs.patron.validate', handle: validatePatron },
  ];
}

/** Cut to the sections the token may see; without any, an empty list and no error. Hidden ones only when a filter says `hidden`. */
function settings({ call, tenant, user }: Visit): Reply {
  const filters = [...call.query.getAll('filters'), ...call.query.getAll('filters[]')];
  const askedForHidden = filters.some((one) => one.includes('hidden'));
  const visible = tenant.settings.filter((one) => (askedForHidden || !one.hidden) && maySee(user, one));
  return list({ entity: SETTING, rows: visible, cap: 1000, view: (one) => one }, call.query);
}

function maySee(user: Account | undefined, setting: Setting): boolean {
  if (user === undefined) return false;
  const section = setting.section.toLowerCase();
  return holds(user, 'rs.settings.getsection.all') || holds(user, `rs.settings.getsection.${section}`);
}

function statistics(world: World, tenant: Tenant) {
  const byState: Record<string, number> = {};
  const byTag: Record<string, number> = {};
  for (const request of tenant.requests.values()) {
    const key = `${request.model}:${request.state}`;
    byState[key] = (byState[key] ?? 0) + 1;
    for (const tag of stateData(request.state).tags) byTag[tag] = (byTag[tag] ?? 0) + 1;
  }
  return { asAt: isoSeconds(world.clock.now()), requestsByState: byState, requestsByTag: byTag };
}

/** Whether the patron may ask for more (`max_requests`), as PatronController answers it. */
function canCreate({ tenant, params }: Visit): Reply {
  const id = params['patronIdentifier'] ?? '';
  const patron = tenant.patrons.find((one) => one.barcode === id);
  if (patron === undefined) {
    return json(200, { patronValid: false, problems: ['Unknown User'], status: 'FAIL' });
  }
  const limit = Number(effective(tenant.settings, 'max_requests') ?? Number.NaN);
  const active = [...tenant.requests.values()].filter(
    (one) => one.patronIdentifier === id && stateData(one.state).tags.includes('ACTIVE_PATRON'),
  ).length;
  const under = Number.isNaN(limit) || active < limit;
  return json(200, {
    patronValid: under,
    problems: under ? null : [`Patron has ${active} active requests, the limit is ${limit}`],
    status: 'OK',
  });
}

function validatePatron({ call, tenant }: Visit): Reply {
  const body = objectBody(call);
  const barcode = isObject(body) ? body['barcode'] : undefined;
  if (typeof barcode !== 'string') return json(400, { message: 'No barcode supplied' });
  const patron = tenant.patrons.find((one) => one.barcode === barcode);
  return patron === undefined ? json(401, {}) : json(200, { userid: patron.barcode });
}
