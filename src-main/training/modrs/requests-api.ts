import { setTimeout as wait } from 'node:timers/promises';
import { isObject, json, objectBody, type JsonObject, type Reply } from '../http.ts';
import type { Route, Visit } from '../okapi/modules.ts';
import { list } from '../query/list.ts';
import type { World } from '../world.ts';
import { perform } from './actions.ts';
import { create, edit, EDITABLE } from './create.ts';
import { Locks } from './locks.ts';
import { actionData, closableStates, isTerminalIn } from './machine.ts';
import { requestsOf } from './schema.ts';
import { validActions } from './valid-actions.ts';
import { briefView, convertedState, fullView } from './view.ts';

const NOT_FOUND: Reply = json(404, { message: 'Not Found', error: 404 });

/** /rs/patronrequests: lists, records, what may be done, and doing it (PatronRequestController, UrlMappings.groovy). */
export function requestRoutes(world: World, hostLmsMs: number): readonly Route[] {
  const locks = new Locks();

  const act = (visit: Visit, id: string, action: string, params: JsonObject): Promise<Reply> =>
    locks.with(id, async () => {
      // The NCIP call happens inside the request, so a slow circulation system makes a slow answer.
      if (hostLmsMs > 0) await wait(hostLmsMs);
      return perform(world, visit.tenant.requests.get(id), id, action, params, visit.user);
    });

  const performAction = (visit: Visit): Reply | Promise<Reply> => {
    const body = objectBody(visit.call);
    const action = body?.['action'];
    const id = visit.params['id'] ?? '';
    if (typeof action !== 'string') return json(400, { message: 'No action supplied' });
    const params = body?.['actionParams'];
    return act(visit, id, action, isObject(params) ? params : {});
  };

  const bulkAction = async (visit: Visit): Promise<Reply> => {
    const body = objectBody(visit.call) ?? {};
    const { requestIds, action, actionParams } = body;
    if (!Array.isArray(requestIds) || requestIds.length === 0) {
      return json(400, { error: 'No request identifiers supplied to bulk action' });
    }
    if (typeof action !== 'string' || action === '') return json(400, { error: 'No action supplied' });
    if (actionData(action)?.bulkEnabled !== true) {
      return json(400, { error: 'The action supplied to perform the bulk action is not applicable' });
    }
    const successful: unknown[] = [];
    const failed: unknown[] = [];
    for (const requestId of requestIds.map(String)) {
      const reply = await act(visit, requestId, action, isObject(actionParams) ? actionParams : {});
      const answer = { ...(JSON.parse(String(reply.body)) as JsonObject), requestId };
      (reply.status === 200 ? successful : failed).push(answer);
    }
    return json(200, { successful, failed, action });
  };

  const record = (visit: Visit): Reply => {
    const request = visit.tenant.requests.get(visit.params['id'] ?? '');
    return request === undefined ? NOT_FOUND : json(200, fullView(visit.tenant, request));
  };

  const change = (visit: Visit): Reply => {
    const request = visit.tenant.requests.get(visit.params['id'] ?? '');
    if (request === undefined) return NOT_FOUND;
    return edit(world, visit.tenant, request, objectBody(visit.call) ?? {}, visit.user?.username);
  };

  const allowed = (visit: Visit): Reply => {
    const request = visit.tenant.requests.get(visit.params['id'] ?? '');
    if (request === undefined) return json(200, { actions: [], message: 'Unable to locate request' });
    return json(200, { actions: validActions(request).map((one) => one.actionCode) });
  };

  const closable = (visit: Visit): Reply => {
    const request = visit.tenant.requests.get(visit.params['id'] ?? '');
    if (request === undefined) return NOT_FOUND;
    const open = !isTerminalIn(request.model, request.state);
    return json(200, open ? closableStates(request.model).map(convertedState) : []);
  };

  return [
    {
      method: 'GET',
      path: '/rs/patronrequests',
      permission: 'rs.patronrequests.collection.get',
      handle: ({ call, tenant }) => {
        const view = call.query.get('_view');
        const full = view === 'full' || (view !== 'brief' && call.query.get('fullRecord') === 'true');
        return list(
          {
            entity: requestsOf(tenant),
            rows: tenant.requests.values(),
            cap: 100,
            view: (request) => (full ? fullView(tenant, request) : briefView(tenant, request)),
          },
          call.query,
        );
      },
    },
    {
      method: 'POST',
      path: '/rs/patronrequests',
      permission: 'rs.patronrequests.item.post',
      handle: ({ call, tenant, user }) => create(world, tenant, objectBody(call) ?? {}, user?.username),
    },
    {
      method: 'POST',
      path: '/rs/patronrequests/bulkAction',
      permission: 'rs.patronrequests.bulkaction',
      handle: bulkAction,
    },
    {
      method: 'GET',
      path: '/rs/patronrequests/editableFields/edit',
      permission: 'rs.patronrequests.item.put',
      handle: () => json(200, { fields: EDITABLE }),
    },
    { method: 'GET', path: '/rs/patronrequests/{id}', permission: 'rs.patronrequests.item.get', handle: record },
    { method: 'PUT', path: '/rs/patronrequests/{id}', permission: 'rs.patronrequests.item.put', handle: change },
    {
      method: 'GET',
      path: '/rs/patronrequests/{id}/validActions',
      permission: 'rs.patronrequests.item.validactions',
      handle: allowed,
    },
    {
      method: 'GET',
      path: '/rs/patronrequests/{id}/manualCloseStates',
      permission: 'rs.patronrequests.item.get',
      handle: closable,
    },
    {
      method: 'POST',
      path: '/rs/patronrequests/{id}/performAction',
      permission: 'rs.patronrequests.item.performaction',
      handle: performAction,
    },
  ];
}
