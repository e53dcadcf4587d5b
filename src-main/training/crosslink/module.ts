import { json, JSON_TYPE, objectBody, text, type Reply } from '../http.ts';
import { CqlError } from '../inventory/cql.ts';
import type { BackendModule, Route, Visit } from '../okapi/modules.ts';
import { pullSlipPdf } from '../pdf.ts';
import type { Broker } from './broker.ts';
import { allowedActions, type BrokerRequest } from './request.ts';
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
  return [{ method: 'GET', path: '/broker/patron_requests', permission: 'broker.patron_requests.get', handle: list }];
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
    {
      method: 'POST',
      path: `${one}/notifications`,
      permission: 'broker.patron_requests.item.notifications.post',
      handle: about((request, visit) => notify(broker, request, visit)),
    },
    {
      method: 'POST',
      path: `${one}/action`,
      permission: 'broker.patron_requests.item.action.post',
      handle: about((request, visit) => act(broker, request, visit)),
    },
  ];
}

function notify(broker: Broker, request: BrokerRequest, { call, user }: Visit): Reply {
  const note = objectBody(call)?.['note'];
  if (typeof note !== 'string' || note.trim() === '') return json(400, { error: 'note is required' });
  return json(201, broker.write(request, note, user?.username ?? 'unknown'));
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
  const action = objectBody(call)?.['action'];
  if (typeof action !== 'string') return json(400, { error: 'body is required' });
  const fromState = request.state;
  const ran = broker.act(request, action, user?.username ?? 'unknown');
  if (ran.end === 'not-allowed') {
    const error = `Action ${action} is not allowed for patron request ${request.id} in state ${fromState}`;
    return json(400, { error });
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
      const pages = found.map(({ number, bib, items, requesterName }) => ({
        heading: `${tenant.name} · Pull slip`,
        code: number,
        lines: [
          `Title: ${bib.title}`,
          `Author: ${bib.author ?? ''}`,
          `Call number: ${items[0]?.callNumber ?? ''}`,
          `Requester: ${requesterName}`,
        ],
      }));
      return { status: 200, type: 'application/pdf', body: pullSlipPdf(pages) };
    },
  };
}
