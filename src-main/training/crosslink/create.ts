import { isObject, json, type JsonObject, type Reply } from '../http.ts';
import type { Broker } from './broker.ts';
import type { BrokerRequest } from './request.ts';
import { stateOf } from './state-model.ts';
import { requestView } from './view.ts';

/** States in which the borrower may still change the request (`editable` in `misc/state-models.yaml` 3.0.0). */
const EDITABLE: ReadonlySet<string> = new Set(['NEW', 'INVALID_PATRON', 'NEEDS_REVIEW', 'DUPLICATE', 'LOCAL_SUPPLY']);

const SERVICES: readonly unknown[] = ['Loan', 'Copy', 'CopyOrLoan'];

/** `POST /broker/patron_requests`: kept under the id that was given, which is its number too; the same id once only. */
export function createRequest(broker: Broker, body: JsonObject | undefined, host: string, user: string): Reply {
  const asked = body === undefined ? 'body is required' : askedIn(body);
  if (body === undefined || typeof asked === 'string') return json(400, { error: asked });
  const { tenant, world } = broker;
  const { id, patron, internalNote } = body;
  const number = typeof id === 'string' && id !== '' ? id : `${tenant.prefix}${String(tenant.nextNumber++)}`;
  if (broker.requests.has(number)) return json(400, { error: 'a patron request with this ID already exists' });
  const now = world.clock.now();
  const request: BrokerRequest = {
    id: number,
    side: 'borrowing',
    number,
    state: 'NEW',
    asked,
    patron: typeof patron === 'string' ? patron : '',
    pickup: '',
    requester: tenant.symbol ?? '',
    supplier: '',
    requesterName: tenant.name,
    supplierName: '',
    items: [],
    needsAttention: true,
    createdAt: now,
    updatedAt: now,
    events: [],
    notifications: [],
    ...(typeof internalNote === 'string' ? { internalNote } : {}),
  };
  broker.add(request);
  broker.noted(request, 'create', user);
  broker.settle(request);
  return json(201, requestView(request, host));
}

/** `PUT /broker/patron_requests/{id}`: replaces what is asked for, as long as the request has not been sent. */
export function changeRequest(
  broker: Broker,
  request: BrokerRequest,
  body: JsonObject | undefined,
  host: string,
  user: string,
): Reply {
  if (request.side !== 'borrowing') return json(400, { error: 'only borrower-side patron requests can be updated' });
  if (!EDITABLE.has(request.state)) {
    return json(400, { error: `patron request is not editable in state "${request.state}"` });
  }
  const asked = body === undefined ? 'body is required' : askedIn(body);
  if (typeof asked === 'string') return json(400, { error: asked });
  request.asked = asked;
  request.needsAttention = stateOf(request.side, request.state).needsAttention === true;
  broker.noted(request, 'edit', user);
  return json(200, requestView(request, host));
}

/** The ISO 18626 request of a body, without what the broker writes itself; or what is wrong with it. */
function askedIn({ illRequest }: JsonObject): JsonObject | string {
  if (!isObject(illRequest) || Object.keys(illRequest).length === 0) {
    return 'invalid patron request: illRequest must not be empty';
  }
  const { header: _header, patronInfo: _patron, ...asked } = illRequest;
  const service = asked['serviceInfo'];
  if (isObject(service) && !SERVICES.includes(service['serviceType'])) {
    return 'invalid patron request: invalid illRequest: serviceType';
  }
  return asked;
}
