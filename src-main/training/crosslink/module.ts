import { isObject, json, JSON_TYPE, objectBody, text, type Reply } from '../http.ts';
import { CqlError } from '../inventory/cql.ts';
import type { BackendModule, Route, Visit } from '../okapi/modules.ts';
import { pullSlipPdf } from '../pdf.ts';
import type { ActionEnd, Broker } from './broker.ts';
import { changeRequest, createRequest } from './create.ts';
import { notificationView } from './notifications.ts';
import { allowedActions, askedOf, type BrokerRequest } from './request.ts';
import { searchRequests } from './search.ts';
import { PARAMETERS } from './state-model.ts';
import { eventViews, itemView, requestView } from './view.ts';

/** Product and version as the gateway lists it. */
export const BROKER_MODULE = 'mod-broker-1.3.0';

/** The broker's default page size. */
const LIMIT = 10;

/** CrossLink's broker as a client meets it behind Okapi (indexdata/crosslink `descriptors/ModuleDescriptor-template.json`). */
export function crosslinkBroker(broker: Broker): BackendModule {
  return {
    id: BROKER_MODULE,
    interfaces: [{ id: 'crosslink-broker', version: '1.0' }],
    routes: [...listRoutes(broker), ...requestRoutes(broker), events(broker), slips(broker)],
  };
}

function listRoutes(broker: Broker): readonly Route[] {
  const list = ({ call, tenant }: Visit): Reply => {
    const { query } = call;
    const side = query.get('side');
    try {
      const found = searchRequests(broker.requests.values(), query.get('cql'), tenant.symbol ?? '').filter(
        (request) => (side !== 'borrowing' && side !== 'lending') || request.side === side,
      );
      const offset = Number(query.get('offset') ?? 0);
      const page = found.slice(offset, offset + Number(query.get('limit') ?? LIMIT));
      const host = call.headers.host ?? '';
      return json(200, {
        about: { count: found.length },
        // A Go slice without elements is written as null.
        items: page.length === 0 ? null : page.map((request) => requestView(request, host)),
      });
    } catch (error) {
      if (!(error instanceof CqlError)) throw error;
      return json(400, { error: error.message });
    }
  };
  const path = '/broker/patron_requests';
  return [
    { method: 'GET', path, permission: 'broker.patron_requests.get', handle: list },
    {
      method: 'POST',
      path,
      permission: 'broker.patron_requests.post',
      handle: ({ call, user }) => createRequest(broker, objectBody(call), call.headers.host ?? '', nameOf(user)),
    },
  ];
}

function requestRoutes(broker: Broker): readonly Route[] {
  const about =
    (answer: (request: BrokerRequest, visit: Visit) => Reply) =>
    (visit: Visit): Reply => {
      const request = broker.requests.get(visit.params['id'] ?? '');
      return request === undefined ? json(404, { error: 'not found' }) : answer(request, visit);
    };
  const one = '/broker/patron_requests/{id}';
  return [
    {
      method: 'GET',
      path: one,
      permission: 'broker.patron_requests.item.get',
      handle: about((request, { call }) => json(200, requestView(request, call.headers.host ?? ''))),
    },
    {
      method: 'GET',
      path: `${one}/actions`,
      permission: 'broker.patron_requests.item.actions.get',
      handle: about((request) => json(200, { actions: actionViews(request) })),
    },
    {
      method: 'GET',
      path: `${one}/events`,
      permission: 'broker.patron_requests.item.events.get',
      handle: about((request) =>
        json(200, {
          about: { count: request.events.length },
          items: request.events.flatMap((event) => eventViews(request, event)),
        }),
      ),
    },
    {
      method: 'GET',
      path: `${one}/items`,
      permission: 'broker.patron_requests.item.items.get',
      handle: about((request) =>
        json(200, { about: { count: request.items.length }, items: request.items.map(itemView) }),
      ),
    },
    ...changingRoutes(broker, one, about),
  ];
}

type About = (answer: (request: BrokerRequest, visit: Visit) => Reply) => Route['handle'];

function changingRoutes(broker: Broker, one: string, about: About): readonly Route[] {
  const permission = (what: string): string => `broker.patron_requests.item.${what}`;
  return [
    {
      method: 'PUT',
      path: one,
      permission: permission('put'),
      handle: about((request, { call, user }) =>
        changeRequest(broker, request, objectBody(call), call.headers.host ?? '', nameOf(user)),
      ),
    },
    {
      method: 'GET',
      path: `${one}/notifications`,
      permission: permission('notifications.get'),
      handle: about((request, { call }) => notifications(request, call.query)),
    },
    {
      method: 'POST',
      path: `${one}/notifications`,
      permission: permission('notifications.post'),
      handle: about((request, visit) => notify(broker, request, visit)),
    },
    {
      method: 'PUT',
      path: `${one}/notifications/{nid}/receipt`,
      permission: permission('notifications.item.receipt.put'),
      handle: about((request, visit) => acknowledge(broker, request, visit)),
    },
    {
      method: 'PUT',
      path: `${one}/internal_note`,
      permission: permission('internal_note.put'),
      handle: about((request, visit) => annotate(broker, request, visit)),
    },
    {
      method: 'POST',
      path: `${one}/action`,
      permission: permission('action.post'),
      handle: about((request, visit) => act(broker, request, visit)),
    },
    {
      method: 'POST',
      path: `${one}/terminate`,
      permission: permission('terminate.post'),
      handle: about((request, { user }) => {
        const ran = broker.terminate(request, nameOf(user));
        return ran === undefined
          ? json(400, { error: `patron request ${request.id} is already terminal` })
          : answerOf(ran, request, 'terminate');
      }),
    },
  ];
}

function nameOf(user: Visit['user']): string {
  return user?.username ?? 'unknown';
}

function notifications(request: BrokerRequest, query: URLSearchParams): Reply {
  const kind = query.get('kind');
  const all = request.notifications.filter((one) => kind === null || one.kind === kind);
  const offset = Number(query.get('offset') ?? 0);
  const page = all.slice(offset, offset + Number(query.get('limit') ?? LIMIT));
  return json(200, { about: { count: all.length }, items: page.map((one) => notificationView(request, one)) });
}

const RECEIPTS: readonly unknown[] = ['ACCEPTED', 'REJECTED', 'SEEN', 'SENT', 'FAILED_TO_SEND'];

function acknowledge(broker: Broker, request: BrokerRequest, { call, params }: Visit): Reply {
  const receipt = objectBody(call)?.['receipt'];
  if (typeof receipt !== 'string' || !RECEIPTS.includes(receipt)) return json(400, { error: 'invalid receipt' });
  const found = request.notifications.find(({ id }) => id === params['nid']);
  if (found === undefined) return json(404, { error: 'not found' });
  found.receipt = receipt;
  found.acknowledgedAt ??= broker.world.clock.now();
  return { status: 204 };
}

function annotate(broker: Broker, request: BrokerRequest, { call, user }: Visit): Reply {
  const body = objectBody(call);
  if (body === undefined) return json(400, { error: 'body is required' });
  const { internalNote = '' } = body;
  if (typeof internalNote === 'string' && internalNote.trim() !== '') request.internalNote = internalNote.trim();
  else delete request.internalNote;
  broker.noted(request, 'edit', nameOf(user));
  return { status: 204 };
}

function notify(broker: Broker, request: BrokerRequest, { call, user }: Visit): Reply {
  const note = objectBody(call)?.['note'];
  if (typeof note !== 'string' || note.trim() === '') return json(400, { error: 'note is required' });
  return json(201, notificationView(request, broker.write(request, note, nameOf(user))));
}

function actionViews(request: BrokerRequest) {
  return allowedActions(request).map(({ name, primary }) => ({
    name,
    parameters: PARAMETERS[name] ?? [],
    ...(primary === true ? { primary } : {}),
    available: true,
  }));
}

/** HTTP 200 whatever came of an action that was allowed; only `outcome` tells. */
function act(broker: Broker, request: BrokerRequest, { call, user }: Visit): Reply {
  const { action, actionParams } = objectBody(call) ?? {};
  if (typeof action !== 'string') return json(400, { error: 'body is required' });
  return answerOf(
    broker.act(request, action, nameOf(user), isObject(actionParams) ? actionParams : {}),
    request,
    action,
  );
}

function answerOf(ran: ActionEnd, { id, state }: BrokerRequest, action: string): Reply {
  if (ran.end === 'not-allowed') {
    return json(400, { error: `Action ${action} is not allowed for patron request ${id} in state ${state}` });
  }
  const { end: _end, ...answer } = ran;
  return json(200, answer);
}

function events(broker: Broker): Route {
  return {
    method: 'GET',
    path: '/broker/sse/events',
    permission: 'broker.sse.events.get',
    handle: ({ call }) => {
      const side = call.query.get('side');
      if (side !== 'borrowing' && side !== 'lending') {
        return text(
          400,
          side === null
            ? "query parameter 'side' must be specified"
            : "query parameter 'side' must be borrowing or lending",
        );
      }
      return {
        status: 200,
        type: 'text/event-stream',
        headers: { 'cache-control': 'no-cache' },
        stream: (write, hangUp) =>
          broker.listen(
            side,
            (data) => {
              write(`data: ${data}\n\n`);
            },
            hangUp,
          ),
      };
    },
  };
}

function slips(broker: Broker): Route {
  return {
    method: 'POST',
    path: '/broker/pullslips',
    permission: 'broker.pullslips.post',
    handle: ({ call, tenant }) => {
      const asked = objectBody(call)?.['illTransactionIds'];
      const ids: readonly unknown[] = Array.isArray(asked) ? asked : [];
      const found = [...broker.requests.values()].filter(({ id }) => ids.includes(id));
      if (found.length === 0) return { status: 400, type: JSON_TYPE, body: '{"error":"no patron requests found"}' };
      const pages = found.map((request) => ({
        heading: `${tenant.name} · Pull slip`,
        code: request.number,
        lines: [
          `Title: ${askedOf(request).title}`,
          `Author: ${askedOf(request).author ?? ''}`,
          `Call number: ${request.items[0]?.callNumber ?? ''}`,
          `Requester: ${request.requesterName}`,
        ],
      }));
      return { status: 200, type: 'application/pdf', body: pullSlipPdf(pages) };
    },
  };
}
