import type { JsonObject, Reply } from '../http.ts';
import { isObject, json } from '../http.ts';
import { rotaOf } from '../inventory/records.ts';
import { effective } from '../settings.ts';
import type { Tenant, World } from '../world.ts';
import { audit } from './audit.ts';
import type { ActionJob } from './action-types.ts';
import type { ModelCode } from './machine.ts';
import type { Bib, PracticeRequest } from './request.ts';
import { move, sourceLater } from './rota.ts';
import { fullView } from './view.ts';

const BIB_FIELDS: readonly (keyof Bib)[] = [
  'title',
  'subtitle',
  'author',
  'publisher',
  'placeOfPublication',
  'publicationDate',
  'edition',
  'isbn',
  'issn',
  'oclcNumber',
  'volume',
  'issue',
  'pagesRequested',
  'titleOfComponent',
  'authorOfComponent',
  'systemInstanceIdentifier',
];

type TextField =
  | 'localNote'
  | 'neededBy'
  | 'patronNote'
  | 'patronIdentifier'
  | 'pickupLocation'
  | 'pickupLocationSlug'
  | 'serviceLevel'
  | 'copyrightType';

const TEXT_FIELDS: readonly TextField[] = [
  'localNote',
  'neededBy',
  'patronNote',
  'patronIdentifier',
  'pickupLocation',
  'pickupLocationSlug',
  'serviceLevel',
  'copyrightType',
];

/** Names GET …/editableFields/edit lists (ActionPatronRequestEditService). */
export const EDITABLE: readonly string[] = [
  ...BIB_FIELDS,
  ...TEXT_FIELDS,
  'maximumCostsMonetaryValue',
  'maximumCostsCurrencyCode',
].sort();

const UUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** Reference data may come as its code or as an object with `value`. */
function code(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return isObject(value) && typeof value['value'] === 'string' ? value['value'] : undefined;
}

function invalid(problems: readonly string[]): Reply {
  const errors = problems.map((message) => ({
    message,
    path: '/rs/patronrequests',
    _links: { self: { href: 'http://mod-rs:8081/rs/patronrequests' } },
  }));
  return json(422, errors.length === 1 ? errors[0] : { total: errors.length, _embedded: { errors } });
}

/**
 * POST /rs/patronrequests: 201 with the record, which has no number yet; numbering, validation and routing come later. A UUID may be
 * chosen by the caller.
 */
export function create(world: World, tenant: Tenant, body: JsonObject, user: string | undefined): Reply {
  const blank = (name: string): boolean => typeof body[name] !== 'string' || body[name] === '';
  const problems: string[] = [];
  const cannotBeBlank = (name: string): string =>
    `Property [${name}] of class [class org.olf.rs.PatronRequest] cannot be blank`;
  if (blank('title') && blank('systemInstanceIdentifier')) problems.push(cannotBeBlank('title'));
  if (blank('requestingInstitutionSymbol')) problems.push(cannotBeBlank('requestingInstitutionSymbol'));
  if (body['isRequester'] !== true) problems.push(cannotBeBlank('isRequester'));
  const given = body['id'];
  if (typeof given === 'string' && (!UUID.test(given) || tenant.requests.has(given))) {
    problems.push('Property [id] of class [class org.olf.rs.PatronRequest] must be unique');
  }
  if (problems.length > 0) return invalid(problems);
  const request = newRequest(world, tenant, body, typeof given === 'string' ? given : world.random.uuid());
  tenant.requests.set(request.id, request);
  world.ledger.record({
    tenant: tenant.id,
    kind: 'create',
    action: 'create',
    result: 'done',
    requestId: request.id,
    ...(user === undefined ? {} : { user }),
    toState: request.state,
  });
  numberLater(world, tenant, request);
  return {
    ...json(201, fullView(tenant, request)),
    headers: { location: `/rs/patronrequests/${request.id}` },
  };
}

function newRequest(world: World, tenant: Tenant, body: JsonObject, id: string): PracticeRequest {
  const serviceType = code(body['serviceType']);
  const copy = serviceType === 'copy';
  const url = code(body['deliveryMethod']) === 'url';
  const model: ModelCode = copy ? 'NonreturnableRequester' : url ? 'DigitalReturnableRequester' : 'PatronRequest';
  const patron = tenant.patrons.find((one) => one.barcode === body['patronIdentifier']);
  const now = world.clock.now();
  const request: PracticeRequest = {
    id,
    tenant: tenant.id,
    isRequester: true,
    model,
    state: 'REQ_IDLE',
    bib: {},
    requestingInstitutionSymbol: String(body['requestingInstitutionSymbol']),
    serviceType: copy ? 'copy' : 'loan',
    rota: rotaFor(world, tenant, body['systemInstanceIdentifier']),
    networkStatus: 'Idle',
    previousStates: {},
    createdAt: now,
    updatedAt: now,
    lastAuditNo: 0,
    volumes: [],
    audit: [],
    notifications: [],
    conditions: [],
    protocolAudit: [],
    identifiers: [],
    batches: [],
    ...(url ? { deliveryMethod: 'url' } : {}),
    ...(patron === undefined
      ? {}
      : {
          patronGivenName: patron.givenName,
          patronSurname: patron.surname,
          patronEmail: patron.email,
          patronType: patron.profile,
        }),
  };
  setFields(request, body);
  namePickup(tenant, request);
  if (Array.isArray(body['requestIdentifiers'])) {
    for (const one of body['requestIdentifiers'] as readonly unknown[]) {
      if (!isObject(one)) continue;
      request.identifiers.push({
        id: world.random.uuid(),
        type: String(one['identifierType']),
        value: String(one['identifier']),
      });
    }
  }
  return request;
}

/**
 * The libraries to ask, in order: those whose holdings in the shared inventory lend; for a record that is not from there, all
 * the others.
 */
function rotaFor(world: World, tenant: Tenant, instanceId: unknown): string[] {
  const others = [...world.tenants.values()].flatMap(({ id, symbol }) =>
    symbol === undefined || id === tenant.id ? [] : [symbol],
  );
  const instance = typeof instanceId === 'string' ? world.inventory.get(instanceId.toLowerCase()) : undefined;
  if (instance === undefined) return others;
  return rotaOf(instance)
    .map((symbol) => `RESHARE:${symbol}`)
    .filter((symbol) => others.includes(symbol));
}

/** Sets every editable field to what was sent; what was left out is cleared, as PUT does on the real server. */
function setFields(request: PracticeRequest, body: JsonObject): void {
  for (const name of BIB_FIELDS) {
    const value = body[name];
    request.bib[name] = typeof value === 'string' ? shorten(value) : undefined;
  }
  for (const name of TEXT_FIELDS) {
    request[name] = code(body[name]);
  }
}

/** Text longer than 255 is cut (PatronRequest.groovy, beforeValidate). */
const shorten = (value: string): string => (value.length > 255 ? `${value.slice(0, 252)}...` : value);

function namePickup(tenant: Tenant, request: PracticeRequest): void {
  const entry = tenant.directory.find((one) => one.slug === request.pickupLocationSlug);
  if (entry === undefined) return;
  const shipping = entry.symbols.some((one) => one.priority === 'shipping');
  request.pickupLocation = shipping ? `${entry.name} --> ${entry.symbolSummary}` : entry.name;
}

/** The number comes late, then the checks a new borrowing request goes through, then the first library of the rota. */
function numberLater(world: World, tenant: Tenant, request: PracticeRequest): void {
  world.clock.after(world.network.numberMs, () => {
    request.hrid = `${effective(tenant.settings, 'request_id_prefix') ?? tenant.prefix}${tenant.nextNumber++}`;
    audit(world, request, {
      message: 'Executing action: Req_New_Patron_Request_ind',
      action: 'Req_New_Patron_Request_ind',
    });
    validate(world, tenant, request);
  });
}

function validate(world: World, tenant: Tenant, request: PracticeRequest): void {
  const state = firstState(tenant, request);
  move(world, request, state, state === 'REQ_VALIDATED' ? 'Request validated' : `Validation ended in ${state}`);
  sourceLater(world, request);
}

/** "Update and resubmit": edited fields, if any were sent, then the checks of a new request once more. */
export function revalidate(job: ActionJob): void {
  const { world, tenant, request, params } = job;
  if (Object.keys(params).length > 0) {
    setFields(request, params);
    namePickup(tenant, request);
  }
  world.clock.after(world.network.numberMs, () => {
    if (request.state === 'REQ_IDLE') validate(world, tenant, request);
  });
}

function firstState(tenant: Tenant, request: PracticeRequest): string {
  const limit = Number(effective(tenant.settings, 'max_requests') ?? Number.NaN);
  const mine = [...tenant.requests.values()].filter(
    (one) => one !== request && one.isRequester && one.patronIdentifier === request.patronIdentifier,
  );
  const open = mine.filter((one) => !/COMPLETE|CANCELLED|END_OF_ROTA|FILLED/.test(one.state));
  if (!Number.isNaN(limit) && open.length >= limit) return 'REQ_OVER_LIMIT';
  if (effective(tenant.settings, 'borrower_check') === 'ncip') {
    const known = tenant.patrons.some((one) => one.barcode === request.patronIdentifier);
    if (!known) return 'REQ_INVALID_PATRON';
  }
  const hours = Number(effective(tenant.settings, 'check_duplicate_time') ?? '0');
  // Only what was asked for before: the check comes late, and a later request may be there by then.
  const duplicate = open.some((one) => {
    const age = request.createdAt - one.createdAt;
    return one.bib.title === request.bib.title && age >= 0 && age < hours * 3_600_000;
  });
  if (duplicate && request.model === 'PatronRequest') return 'REQ_DUPLICATE_REVIEW';
  return request.bib.systemInstanceIdentifier === undefined ? 'REQ_BLANK_FORM_REVIEW' : 'REQ_VALIDATED';
}

/** PUT /rs/patronrequests/{id}: borrowing side only, and every editable field left out is set to null. */
export function edit(
  world: World,
  tenant: Tenant,
  request: PracticeRequest,
  body: JsonObject,
  user: string | undefined,
): Reply {
  if (!request.isRequester) return json(400, { message: 'Only requests of the borrowing side can be edited' });
  setFields(request, body);
  namePickup(tenant, request);
  audit(world, request, { message: 'Record has been edited', action: 'edit' });
  world.ledger.record({
    tenant: tenant.id,
    kind: 'edit',
    action: 'edit',
    result: 'done',
    requestId: request.id,
    ...(request.hrid === undefined ? {} : { hrid: request.hrid }),
    ...(user === undefined ? {} : { user }),
  });
  return json(200, {});
}

/** A revised request made from a closed one; its id is `succeededBy` of the old record. */
export function rerequestOf(job: ActionJob): void {
  const { world, tenant, request } = job;
  const body: JsonObject = { requestingInstitutionSymbol: request.requestingInstitutionSymbol, ...job.params };
  const fresh = newRequest(world, tenant, body, world.random.uuid());
  fresh.precededBy = request.id;
  request.succeededBy = fresh.id;
  tenant.requests.set(fresh.id, fresh);
  job.lines.push('Re-requested');
  world.ledger.record({ tenant: tenant.id, kind: 'create', action: 'rerequest', result: 'done', requestId: fresh.id });
  numberLater(world, tenant, fresh);
}
