import { tenantBySymbol, type World } from '../world.ts';
import { audit } from './audit.ts';
import type { ModelCode } from './machine.ts';
import type { PracticeRequest } from './request.ts';

/** The lending model that answers a borrowing one in this consortium. */
const LENDING_MODEL: Partial<Readonly<Record<ModelCode, ModelCode>>> = {
  PatronRequest: 'Responder',
  DigitalReturnableRequester: 'CDLResponder',
  NonreturnableRequester: 'NonreturnableResponder',
};

/**
 * What a borrowing request does by itself once the other library has answered: an unfilled one goes on to the next library of its
 * rota or to the end of it; one that was cancelled closes, and goes on where only this library’s conditions were rejected
 * (mod-rs EventStatusReq…IndService).
 */
export function settleRequester(world: World, request: PracticeRequest): void {
  if (request.state === 'REQ_CANCELLED_WITH_SUPPLIER' && request.requestToContinue !== false) {
    move(world, request, 'REQ_UNFILLED', 'Request to continue, sending to next lender');
  }
  if (request.state === 'REQ_UNFILLED') {
    const next = request.rotaPosition === undefined ? 0 : request.rotaPosition + 1;
    if (next < request.rota.length) sendTo(world, request, next);
    else move(world, request, 'REQ_END_OF_ROTA', 'End of rota reached');
  } else if (request.state === 'REQ_CANCELLED_WITH_SUPPLIER') {
    move(world, request, 'REQ_CANCELLED', 'Request cancelled');
  }
}

/** A validated request finds its first library and is sent there a little later. */
export function sourceLater(world: World, request: PracticeRequest): void {
  world.clock.after(world.network.numberMs, () => {
    if (request.state !== 'REQ_VALIDATED') return;
    if (request.rota.length > 0) move(world, request, 'REQ_SUPPLIER_IDENTIFIED', 'Supplier identified');
    sendTo(world, request, 0);
  });
}

/** Sends the request to the library at this place of its rota, where a lending copy appears after the network's delay. */
export function sendTo(world: World, request: PracticeRequest, position: number): void {
  const symbol = request.rota[position];
  const supplier = tenantBySymbol(world, symbol);
  if (symbol === undefined || supplier === undefined) {
    move(world, request, 'REQ_END_OF_ROTA', 'End of rota reached');
    return;
  }
  request.rotaPosition = position;
  request.supplyingInstitutionSymbol = symbol;
  const peerId = world.random.uuid();
  request.peerRequestIdentifier = peerId;
  move(world, request, 'REQ_REQUEST_SENT_TO_SUPPLIER', `Sent to next supplier ${symbol}`);
  world.clock.after(world.network.peerMs, () => {
    const copy = lendingCopy(world, request, supplier.id, peerId, symbol);
    supplier.requests.set(copy.id, copy);
    audit(world, copy, {
      message: 'Executing action: Resp_New_Patron_Request_ind',
      action: 'Resp_New_Patron_Request_ind',
    });
    world.ledger.record({
      tenant: supplier.id,
      kind: 'network',
      action: 'ISO18626Request',
      result: 'done',
      requestId: copy.id,
      ...(copy.hrid === undefined ? {} : { hrid: copy.hrid }),
      toState: copy.state,
    });
  });
}

export function move(world: World, request: PracticeRequest, to: string, message: string): void {
  const from = request.state;
  request.state = to;
  audit(world, request, { from, message });
}

function lendingCopy(
  world: World,
  request: PracticeRequest,
  tenant: string,
  id: string,
  supplierSymbol: string,
): PracticeRequest {
  const now = world.clock.now();
  return {
    id,
    tenant,
    isRequester: false,
    model: LENDING_MODEL[request.model] ?? 'Responder',
    // The supplier's copy keeps the requester's number (EventMessageRequestIndService).
    ...(request.hrid === undefined ? {} : { hrid: request.hrid }),
    state: 'RES_IDLE',
    bib: { ...request.bib },
    ...(request.patronIdentifier === undefined ? {} : { patronIdentifier: request.patronIdentifier }),
    ...(request.patronGivenName === undefined ? {} : { patronGivenName: request.patronGivenName }),
    ...(request.patronSurname === undefined ? {} : { patronSurname: request.patronSurname }),
    ...(request.patronNote === undefined ? {} : { patronNote: request.patronNote }),
    ...(request.pickupLocation === undefined ? {} : { pickupLocation: request.pickupLocation }),
    ...(request.neededBy === undefined ? {} : { neededBy: request.neededBy }),
    ...(request.serviceLevel === undefined ? {} : { serviceLevel: request.serviceLevel }),
    requestingInstitutionSymbol: request.requestingInstitutionSymbol,
    supplyingInstitutionSymbol: supplierSymbol,
    peerRequestIdentifier: request.id,
    serviceType: request.serviceType,
    rota: [],
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
  };
}
