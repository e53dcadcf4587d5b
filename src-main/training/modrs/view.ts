import { briefPickup, resolvedSymbol } from '../directory.ts';
import { namedUuid } from '../random.ts';
import { isoSeconds, type Place, type Tenant } from '../world.ts';
import { actionData, MODEL_NAMES, modelData, stateData, type ModelCode } from './machine.ts';
import { refdata } from './refdata.ts';
import type { AuditLine, Condition, Notification, PracticeRequest, Volume } from './request.ts';
import { temporaryItemBarcode, unreadCount } from './request.ts';
import { validActions } from './valid-actions.ts';

/** Ids of state tags are small numbers in mod-rs. */
const TAG_IDS: Readonly<Record<string, number>> = { ACTIVE_BORROW: 8, ACTIVE_LOAN: 9, ACTIVE_PATRON: 10 };

const tagsOf = (code: string) =>
  stateData(code).tags.map((value) => ({ id: TAG_IDS[value] ?? 11, normValue: value.toLowerCase(), value }));

export const stateId = (code: string): string => namedUuid(`state:${code}`);

/** A state as the grails-views templates write it. */
export function stateView(code: string) {
  const data = stateData(code);
  return {
    id: stateId(code),
    code,
    presSeq: data.presSeq ?? undefined,
    visible: data.visible ?? undefined,
    needsAttention: data.needsAttention || undefined,
    terminal: data.terminal,
    stage: data.stage,
    terminalSequence: data.terminalSequence ?? undefined,
    tags: tagsOf(code),
  };
}

/** A state as the Grails JSON converter writes it: nulls are there and an enum is an object (manualCloseStates). */
export function convertedState(code: string) {
  const data = stateData(code);
  return {
    id: stateId(code),
    code,
    needsAttention: data.needsAttention ? true : null,
    presSeq: data.presSeq,
    stage: { enumType: 'org.olf.rs.statemodel.StatusStage', name: data.stage },
    tags: tagsOf(code),
    terminal: data.terminal,
    terminalSequence: data.terminalSequence,
    visible: data.visible,
  };
}

function volumeView(request: PracticeRequest, volume: Volume) {
  return {
    id: volume.id,
    name: volume.name,
    itemId: volume.itemId,
    status: refdata('RequestVolume.Status', volume.status),
    temporaryItemBarcode: temporaryItemBarcode(request, volume),
    callNumber: volume.callNumber,
  };
}

/** Dates the practice library gives its places; nothing depends on them. */
const PLACE_CREATED = '2025-01-15T09:00:00Z';
const PLACE_UPDATED = '2026-02-01T11:20:00Z';

export function pickLocationView(tenant: Tenant, place: Place) {
  const entry = tenant.directory.find((one) => one.status.value === 'managed' && one.type.value === 'branch');
  const symbol = entry?.symbols[0];
  return {
    id: place.id,
    code: place.code,
    name: place.name,
    dateCreated: PLACE_CREATED,
    lastUpdated: PLACE_UPDATED,
    supplyPreference: place.supplyPreference,
    hidden: place.hidden,
    correspondingDirectoryEntry:
      entry === undefined || symbol === undefined
        ? undefined
        : {
            id: entry.id,
            name: entry.name,
            symbols: [{ id: symbol.id, symbol: symbol.symbol, priority: symbol.priority, authority: symbol.authority }],
          },
  };
}

export function shelvingLocationView(place: Place) {
  return {
    id: place.id,
    code: place.code,
    name: place.name,
    dateCreated: PLACE_CREATED,
    lastUpdated: PLACE_CREATED,
    supplyPreference: place.supplyPreference,
    hidden: place.hidden,
  };
}

const iso = (at: number | undefined): string | undefined => (at === undefined ? undefined : isoSeconds(at));
const idOnly = (category: string, value: string | undefined) =>
  value === undefined ? undefined : { id: refdata(category, value).id };
const whole = (category: string, value: string | undefined) =>
  value === undefined ? undefined : refdata(category, value);

/** The brief record of the lists (`_patronRequest.gson`, brief view). Undefined properties are left out when written. */
export function briefView(tenant: Tenant, request: PracticeRequest) {
  const pick = tenant.pickLocations.find((one) => one.id === request.pickLocation);
  const shelf = tenant.shelvingLocations.find((one) => one.id === request.pickShelvingLocation);
  return {
    id: request.id,
    hrid: request.hrid,
    isRequester: request.isRequester,
    ...request.bib,
    supplierUniqueRecordId: request.supplierUniqueRecordId,
    patronIdentifier: request.patronIdentifier,
    patronGivenName: request.patronGivenName,
    patronSurname: request.patronSurname,
    patronEmail: request.patronEmail,
    patronType: request.patronType,
    patronNote: request.patronNote,
    localNote: request.localNote,
    pickupLocation: request.pickupLocation,
    pickupLocationSlug: request.pickupLocationSlug,
    neededBy: request.neededBy,
    requestingInstitutionSymbol: request.requestingInstitutionSymbol,
    supplyingInstitutionSymbol: request.supplyingInstitutionSymbol,
    peerRequestIdentifier: request.peerRequestIdentifier,
    serviceType: refdata('request.serviceType', request.serviceType),
    state: stateView(request.state),
    rotaPosition: request.rotaPosition,
    activeLoan: request.activeLoan,
    awaitingProtocolResponse: request.networkStatus === 'Waiting',
    requestToContinue: request.requestToContinue !== false,
    needsAttention: request.needsAttention,
    unreadMessageCount: unreadCount(request),
    hasUnreadMessages: unreadCount(request) > 0,
    localCallNumber: request.localCallNumber,
    dateCreated: isoSeconds(request.createdAt),
    lastUpdated: isoSeconds(request.updatedAt),
    bibRecord: request.isRequester ? bibRecord(request) : undefined,
    customIdentifiers: request.isRequester ? (request.customIdentifiers ?? '{}') : request.customIdentifiers,
    pickLocation: pick === undefined ? undefined : pickLocationView(tenant, pick),
    pickShelvingLocation: shelf === undefined ? undefined : shelvingLocationView(shelf),
    selectedItemBarcode: request.selectedItemBarcode,
    dueDateFromLMS: iso(request.dueDateFromLMS),
    parsedDueDateFromLMS: iso(request.dueDateFromLMS),
    dueDateRS: iso(request.dueDateRS),
    parsedDueDateRS: iso(request.dueDateRS),
    overdue: request.overdue,
    cost: request.cost,
    costCurrency: idOnly('CurrencyCodes', request.costCurrency),
    serviceLevel: idOnly('ServiceLevels', request.serviceLevel),
    deliveryMethod: idOnly('deliveryMethod', request.deliveryMethod),
    precededBy: request.precededBy === undefined ? undefined : { id: request.precededBy },
    succeededBy: request.succeededBy === undefined ? undefined : { id: request.succeededBy },
    resolvedSupplier: resolvedSymbol(tenant.directory, request.supplyingInstitutionSymbol),
    lastAuditNo: request.lastAuditNo === 0 ? undefined : request.lastAuditNo,
    volumes: [...request.volumes]
      .sort((a, b) => a.name.localeCompare(b.name) || a.itemId.localeCompare(b.itemId))
      .map((volume) => volumeView(request, volume)),
  };
}

function bibRecord(request: PracticeRequest): string | undefined {
  const id = request.bib.systemInstanceIdentifier;
  return id === undefined ? undefined : JSON.stringify({ id, title: request.bib.title });
}

/** The full record of GET /rs/patronrequests/{id} and of lists with `fullRecord=true`. */
export function fullView(tenant: Tenant, request: PracticeRequest) {
  const patron = tenant.patrons.find((one) => one.barcode === request.patronIdentifier);
  const pickup = tenant.directory.find((one) => one.slug === request.pickupLocationSlug);
  return {
    ...briefView(tenant, request),
    serviceLevel: whole('ServiceLevels', request.serviceLevel),
    deliveryMethod: whole('deliveryMethod', request.deliveryMethod),
    costCurrency: whole('CurrencyCodes', request.costCurrency),
    publicationType: whole('PatronRequest.PublicationType', request.publicationType),
    copyrightType: whole('copyrightType', request.copyrightType),
    cancellationReason: whole('cancellationReasons', request.cancellationReason),
    stateModel: modelView(request.model),
    networkStatus: request.networkStatus,
    previousStates: request.previousStates,
    customProperties: { id: 10_231 },
    tags: [],
    rota: rotaView(tenant, request),
    conditions: request.conditions.map((condition) => conditionView(tenant, condition)),
    notifications: request.notifications.map((one) => notificationView(tenant, one)),
    protocolAudit: request.protocolAudit.map((one) => ({
      id: one.id,
      dateCreated: isoSeconds(one.at),
      protocolType: one.type,
      protocolMethod: 'POST',
      url: one.url,
      requestBody: '<ISO18626Message>…</ISO18626Message>',
      responseStatus: 'OK',
      responseBody: '<ISO18626Message>…</ISO18626Message>',
      duration: one.duration,
    })),
    requestIdentifiers: request.identifiers.map(({ id, type, value }) => ({
      id,
      identifierType: type,
      identifier: value,
    })),
    audit: request.audit.map((line) => auditView(request, line)),
    resolvedRequester: resolvedSymbol(tenant.directory, request.requestingInstitutionSymbol),
    validActions: validActions(request),
    resolvedPatron:
      patron === undefined || !request.isRequester
        ? undefined
        : {
            id: patron.id,
            hostSystemIdentifier: patron.barcode,
            givenname: patron.givenName,
            surname: patron.surname,
            userProfile: patron.profile,
            dateCreated: PLACE_CREATED,
            lastUpdated: isoSeconds(request.createdAt),
          },
    resolvedPickupLocation: pickup === undefined || !request.isRequester ? undefined : briefPickup(pickup),
  };
}

function modelView(model: ModelCode) {
  return {
    id: namedUuid(`model:${model}`),
    shortcode: model,
    name: MODEL_NAMES[model],
    initialState: { id: stateId(modelData(model).initialState) },
  };
}

function rotaView(tenant: Tenant, request: PracticeRequest) {
  return request.rota.map((symbol, position) => {
    const resolved = resolvedSymbol(tenant.directory, symbol);
    const current = position === request.rotaPosition;
    return {
      id: namedUuid(`rota:${request.id}:${position}`),
      rotaPosition: position,
      directoryId: resolved?.owner.id,
      state: current ? stateView(request.state) : undefined,
      peerSymbol: resolved === undefined ? undefined : { id: resolved.id },
      instanceIdentifier: request.bib.systemInstanceIdentifier,
      copyIdentifier: current ? request.selectedItemBarcode : undefined,
      availability: 'Available',
      normalisedAvailability: 'Available',
      loadBalancingScore: 60 - position,
      loadBalancingReason: 'Ratio of borrows to loans',
      dateCreated: isoSeconds(request.createdAt),
      lastUpdated: isoSeconds(request.updatedAt),
    };
  });
}

function conditionView(tenant: Tenant, condition: Condition) {
  return {
    id: condition.id,
    accepted: condition.accepted,
    code: condition.code,
    cost: condition.cost,
    costCurrency: whole('CurrencyCodes', condition.costCurrency),
    note: condition.note,
    relevantSupplier: resolvedSymbol(tenant.directory, condition.supplier),
    supplyingInstitutionSymbol: condition.supplier,
    dateCreated: isoSeconds(condition.at),
    lastUpdated: isoSeconds(condition.at),
  };
}

function notificationView(tenant: Tenant, one: Notification) {
  return {
    id: one.id,
    // A number, unlike every other time in the record.
    timestamp: Math.floor(one.at / 1000) * 1000,
    seen: one.seen,
    isSender: one.isSender,
    attachedAction: one.attachedAction,
    actionStatus: one.actionStatus,
    actionData: one.actionData,
    messageSender: resolvedSymbol(tenant.directory, one.sender),
    messageReceiver: resolvedSymbol(tenant.directory, one.receiver),
    senderSymbol: one.sender,
    messageContent: one.content,
    messageStatus: one.messageStatus,
    dateCreated: isoSeconds(one.at),
    lastUpdated: isoSeconds(one.at),
  };
}

function auditView(request: PracticeRequest, line: AuditLine) {
  return {
    id: line.id,
    dateCreated: isoSeconds(line.at),
    fromStatus: stateView(line.from),
    toStatus: stateView(line.to),
    message: line.message,
    user: line.user,
    auditNo: line.auditNo,
    actionEvent: line.action === undefined ? undefined : { id: namedUuid(`action:${line.action}`) },
    rotaPosition: request.rotaPosition ?? 0,
    undoPerformed: line.undone,
    patronRequest: { id: request.id },
    showInAuditTrail: line.action === undefined ? true : (actionData(line.action)?.showInAuditTrail ?? true),
  };
}
