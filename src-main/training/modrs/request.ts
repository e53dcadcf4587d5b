import type { ModelCode } from './machine.ts';

/** A reference value: `value` is the normalised code. */
export interface Refdata {
  readonly category: string;
  readonly value: string;
  readonly label: string;
}

export type NetworkStatus = 'Idle' | 'Waiting' | 'Retry' | 'Sent' | 'Timeout' | 'Error';

export interface Volume {
  readonly id: string;
  name: string;
  itemId: string;
  /** Code of VolumeStatus, e.g. `lms_check_out_complete`. */
  status: string;
  callNumber?: string;
}

export interface AuditLine {
  readonly id: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly auditNo: number;
  readonly from: string;
  readonly to: string;
  readonly message: string;
  readonly user?: string;
  readonly action?: string;
  undone?: true;
}

export interface Notification {
  readonly id: string;
  readonly at: number;
  seen: boolean;
  readonly isSender: boolean;
  readonly attachedAction: string;
  readonly actionStatus?: string;
  readonly actionData?: string;
  /** `AUTH:SYMBOL` of the writer and of the reader. */
  readonly sender: string;
  readonly receiver: string;
  readonly content?: string;
  readonly messageStatus?: string;
}

export interface Condition {
  readonly id: string;
  readonly at: number;
  accepted: boolean;
  readonly code: string;
  readonly cost?: number;
  readonly costCurrency?: string;
  readonly note?: string;
  readonly supplier: string;
}

export interface ProtocolLine {
  readonly id: string;
  readonly at: number;
  readonly type: 'ISO18626' | 'NCIP';
  readonly url: string;
  readonly duration: number;
}

/** What a title page says; copied between the two sides of a request. */
export interface Bib {
  title?: string | undefined;
  subtitle?: string | undefined;
  author?: string | undefined;
  publisher?: string | undefined;
  placeOfPublication?: string | undefined;
  publicationDate?: string | undefined;
  edition?: string | undefined;
  isbn?: string | undefined;
  issn?: string | undefined;
  oclcNumber?: string | undefined;
  volume?: string | undefined;
  issue?: string | undefined;
  pagesRequested?: string | undefined;
  titleOfComponent?: string | undefined;
  authorOfComponent?: string | undefined;
  systemInstanceIdentifier?: string | undefined;
}

/** One library's copy of a request (mod-rs PatronRequest.groovy), as the practice server keeps it. */
export interface PracticeRequest {
  readonly id: string;
  readonly tenant: string;
  readonly isRequester: boolean;
  readonly model: ModelCode;
  /** Absent for the first moments of a new request: mod-rs numbers it after the event was handled. */
  hrid?: string;
  state: string;
  bib: Bib;
  supplierUniqueRecordId?: string;
  patronIdentifier?: string | undefined;
  patronGivenName?: string;
  patronSurname?: string;
  patronEmail?: string;
  patronType?: string;
  patronNote?: string | undefined;
  localNote?: string | undefined;
  pickupLocation?: string | undefined;
  pickupLocationSlug?: string | undefined;
  /** `yyyy-MM-dd`. */
  neededBy?: string | undefined;
  requestingInstitutionSymbol: string;
  supplyingInstitutionSymbol?: string;
  peerRequestIdentifier?: string;
  serviceType: 'loan' | 'copy' | 'copyorloan';
  serviceLevel?: string | undefined;
  deliveryMethod?: string;
  publicationType?: string;
  copyrightType?: string | undefined;
  cancellationReason?: string;
  rotaPosition?: number;
  /** Symbols of the libraries to ask, in order; requester only. */
  rota: readonly string[];
  activeLoan?: boolean;
  dueDateFromLMS?: number;
  dueDateRS?: number;
  overdue?: boolean;
  needsAttention?: boolean;
  /** After a cancelling that the supplier agreed to, the next library is asked (`requestToContinue`). Left out: true. */
  requestToContinue?: boolean;
  cost?: number;
  costCurrency?: string;
  localCallNumber?: string;
  selectedItemBarcode?: string;
  pickLocation?: string;
  pickShelvingLocation?: string;
  customIdentifiers?: string;
  precededBy?: string;
  succeededBy?: string;
  networkStatus: NetworkStatus;
  readonly previousStates: Record<string, string>;
  readonly createdAt: number;
  updatedAt: number;
  lastAuditNo: number;
  volumes: Volume[];
  readonly audit: AuditLine[];
  readonly notifications: Notification[];
  readonly conditions: Condition[];
  readonly protocolAudit: ProtocolLine[];
  readonly identifiers: { readonly id: string; readonly type: string; readonly value: string }[];
  readonly batches: string[];
  /** Actions of the tenant's own making that may be done now; they send a note and move no state. */
  ownActions?: readonly string[];
}

/** mod-rs's rule for the label on a borrowed volume (RequestVolume.groovy). */
export function temporaryItemBarcode(request: PracticeRequest, volume: Volume): string {
  if (!request.isRequester) return volume.itemId;
  const hrid = request.hrid ?? '';
  return request.volumes.length > 1 ? `${hrid}-${volume.itemId.slice(-4)}` : hrid;
}

export function unreadCount(request: PracticeRequest): number {
  return request.notifications.filter((one) => !one.seen && !one.isSender).length;
}
