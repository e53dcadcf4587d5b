import type { DirectoryEntry } from '../directory.ts';
import { date, flag, instant, link, number, text, type Entity } from '../query/entity.ts';
import type { Setting } from '../settings.ts';
import type { Place, Tenant } from '../world.ts';
import { stateData } from './machine.ts';
import { refdata, type RefdataCategory, type RefdataRecord } from './refdata.ts';
import type { Condition, Notification, PracticeRequest, Volume } from './request.ts';
import { temporaryItemBarcode, unreadCount } from './request.ts';
import { stateId } from './view.ts';

const REFDATA: Entity = {
  id: text<RefdataRecord>((one) => one.id),
  value: text<RefdataRecord>((one) => one.value),
  label: text<RefdataRecord>((one) => one.label),
};

const STATE: Entity = {
  id: text<string>((code) => stateId(code)),
  code: text<string>((code) => code),
  stage: text<string>((code) => stateData(code).stage),
  terminal: flag<string>((code) => stateData(code).terminal),
  needsAttention: flag<string>((code) => stateData(code).needsAttention || undefined),
  visible: flag<string>((code) => stateData(code).visible ?? undefined),
  presSeq: text<string>((code) => stateData(code).presSeq ?? undefined),
};

const TAG: Entity = {
  value: text<{ readonly value: string }>((one) => one.value),
  normValue: text<{ readonly normValue: string }>((one) => one.normValue),
};

export const PLACE: Entity = {
  id: text<Place>((one) => one.id),
  code: text<Place>((one) => one.code),
  name: text<Place>((one) => one.name),
  hidden: flag<Place>((one) => one.hidden),
  supplyPreference: number<Place>((one) => one.supplyPreference),
};

export const DIRECTORY_ENTRY: Entity = {
  id: text<DirectoryEntry>((one) => one.id),
  name: text<DirectoryEntry>((one) => one.name),
  slug: text<DirectoryEntry>((one) => one.slug),
  lmsLocationCode: text<DirectoryEntry>((one) => one.lmsLocationCode),
  type: link<DirectoryEntry>(REFDATA, (one) => one.type),
  status: link<DirectoryEntry>(REFDATA, (one) => one.status),
  tags: link<DirectoryEntry>(TAG, (one) => one.tags),
  symbols: link<DirectoryEntry>(
    {
      id: text<{ readonly id: string }>((one) => one.id),
      symbol: text<{ readonly symbol: string }>((one) => one.symbol),
      priority: text<{ readonly priority: string }>((one) => one.priority),
    },
    (one) => one.symbols,
  ),
  parent: link<DirectoryEntry>(
    {
      id: text<{ readonly id: string }>((one) => one.id),
      slug: text<{ readonly slug: string }>((one) => one.slug),
      name: text<{ readonly name: string }>((one) => one.name),
    },
    (one) => one.parent,
  ),
};

export const SETTING: Entity = {
  id: text<Setting>((one) => one.id),
  section: text<Setting>((one) => one.section),
  key: text<Setting>((one) => one.key),
  settingType: text<Setting>((one) => one.settingType),
  value: text<Setting>((one) => one.value),
  hidden: flag<Setting>((one) => one.hidden),
};

export const REFDATA_CATEGORY: Entity = {
  id: text<RefdataCategory>((one) => one.id),
  desc: text<RefdataCategory>((one) => one.desc),
  internal: flag<RefdataCategory>((one) => one.internal),
};

export const STATUS: Entity = STATE;

/** A batch of pull slips. */
export interface BatchRow {
  readonly id: string;
  readonly description: string;
}

export const BATCH: Entity = {
  id: text<BatchRow>((one) => one.id),
  description: text<BatchRow>((one) => one.description),
};

interface VolumeRow {
  readonly request: PracticeRequest;
  readonly volume: Volume;
}

const VOLUME: Entity = {
  id: text<VolumeRow>((row) => row.volume.id),
  name: text<VolumeRow>((row) => row.volume.name),
  itemId: text<VolumeRow>((row) => row.volume.itemId),
  callNumber: text<VolumeRow>((row) => row.volume.callNumber),
  temporaryItemBarcode: text<VolumeRow>((row) => temporaryItemBarcode(row.request, row.volume)),
  status: link<VolumeRow>(REFDATA, (row) => refdata('RequestVolume.Status', row.volume.status)),
};

const coded = (category: string, get: (one: PracticeRequest) => string | undefined) =>
  link<PracticeRequest>(REFDATA, (one) => {
    const value = get(one);
    return value === undefined ? undefined : refdata(category, value);
  });

/** What filters, `match` and `sort` may name on a request of this tenant (PatronRequest.groovy and its sub-domains). */
function requestEntity(tenant: Tenant): Entity {
  const bySymbol = (symbol: string | undefined) =>
    symbol === undefined ? undefined : tenant.directory.find((one) => one.symbolSummary === symbol);
  const symbolEntity: Entity = {
    id: text<DirectoryEntry>((one) => one.symbols[0]?.id),
    symbol: text<DirectoryEntry>((one) => one.symbols[0]?.symbol),
    owner: link<DirectoryEntry>(DIRECTORY_ENTRY, (one) => one),
  };
  type R = PracticeRequest;
  return {
    id: text<R>((one) => one.id),
    hrid: text<R>((one) => one.hrid),
    isRequester: flag<R>((one) => one.isRequester),
    title: text<R>((one) => one.bib.title),
    subtitle: text<R>((one) => one.bib.subtitle),
    author: text<R>((one) => one.bib.author),
    publisher: text<R>((one) => one.bib.publisher),
    publicationDate: text<R>((one) => one.bib.publicationDate),
    edition: text<R>((one) => one.bib.edition),
    volume: text<R>((one) => one.bib.volume),
    issue: text<R>((one) => one.bib.issue),
    isbn: text<R>((one) => one.bib.isbn),
    issn: text<R>((one) => one.bib.issn),
    oclcNumber: text<R>((one) => one.bib.oclcNumber),
    titleOfComponent: text<R>((one) => one.bib.titleOfComponent),
    systemInstanceIdentifier: text<R>((one) => one.bib.systemInstanceIdentifier),
    supplierUniqueRecordId: text<R>((one) => one.supplierUniqueRecordId),
    patronIdentifier: text<R>((one) => one.patronIdentifier),
    patronGivenName: text<R>((one) => one.patronGivenName),
    patronSurname: text<R>((one) => one.patronSurname),
    patronEmail: text<R>((one) => one.patronEmail),
    patronNote: text<R>((one) => one.patronNote),
    localNote: text<R>((one) => one.localNote),
    localCallNumber: text<R>((one) => one.localCallNumber),
    pickupLocation: text<R>((one) => one.pickupLocation),
    pickupLocationSlug: text<R>((one) => one.pickupLocationSlug),
    selectedItemBarcode: text<R>((one) => one.selectedItemBarcode),
    requestingInstitutionSymbol: text<R>((one) => one.requestingInstitutionSymbol),
    supplyingInstitutionSymbol: text<R>((one) => one.supplyingInstitutionSymbol),
    peerRequestIdentifier: text<R>((one) => one.peerRequestIdentifier),
    networkStatus: text<R>((one) => one.networkStatus),
    neededBy: date<R>((one) => one.neededBy),
    dateCreated: instant<R>((one) => seconds(one.createdAt)),
    lastUpdated: instant<R>((one) => seconds(one.updatedAt)),
    dueDateRS: text<R>((one) => (one.dueDateRS === undefined ? undefined : new Date(one.dueDateRS).toISOString())),
    parsedDueDateRS: instant<R>((one) => one.dueDateRS),
    parsedDueDateFromLMS: instant<R>((one) => one.dueDateFromLMS),
    overdue: flag<R>((one) => one.overdue),
    activeLoan: flag<R>((one) => one.activeLoan),
    needsAttention: flag<R>((one) => one.needsAttention),
    hasUnreadMessages: flag<R>((one) => unreadCount(one) > 0),
    unreadMessageCount: number<R>((one) => unreadCount(one)),
    cost: number<R>((one) => one.cost),
    rotaPosition: number<R>((one) => one.rotaPosition),
    lastAuditNo: number<R>((one) => one.lastAuditNo),
    state: link<R>(STATE, (one) => one.state),
    stateModel: link<R>({ shortcode: text<string>((code) => code) }, (one) => one.model),
    serviceType: coded('request.serviceType', (one) => one.serviceType),
    serviceLevel: coded('ServiceLevels', (one) => one.serviceLevel),
    deliveryMethod: coded('deliveryMethod', (one) => one.deliveryMethod),
    volumes: link<R>(VOLUME, (request) => request.volumes.map((volume) => ({ request, volume }))),
    requestIdentifiers: link<R>(
      {
        identifierType: text<{ readonly type: string }>((one) => one.type),
        identifier: text<{ readonly value: string }>((one) => one.value),
      },
      (one) => one.identifiers,
    ),
    batches: link<R>({ id: text<string>((id) => id) }, (one) => one.batches),
    pickLocation: link<R>(PLACE, (one) => tenant.pickLocations.find((place) => place.id === one.pickLocation)),
    pickShelvingLocation: link<R>(PLACE, (one) =>
      tenant.shelvingLocations.find((place) => place.id === one.pickShelvingLocation),
    ),
    resolvedSupplier: link<R>(symbolEntity, (one) => bySymbol(one.supplyingInstitutionSymbol)),
    resolvedRequester: link<R>(symbolEntity, (one) => bySymbol(one.requestingInstitutionSymbol)),
    conditions: link<R>(
      {
        code: text<Condition>((one) => one.code),
        accepted: flag<Condition>((one) => one.accepted),
      },
      (one) => one.conditions,
    ),
    notifications: link<R>(
      {
        seen: flag<Notification>((one) => one.seen),
        isSender: flag<Notification>((one) => one.isSender),
        messageContent: text<Notification>((one) => one.content),
      },
      (one) => one.notifications,
    ),
  };
}

/** Moments are stored to the second on the wire, and a client compares with what it was shown. */
const seconds = (at: number): number => Math.floor(at / 1000) * 1000;

const entities = new WeakMap<Tenant, Entity>();

/** The schema of one tenant's requests, made once. */
export function requestsOf(tenant: Tenant): Entity {
  let found = entities.get(tenant);
  if (found === undefined) {
    found = requestEntity(tenant);
    entities.set(tenant, found);
  }
  return found;
}
