import type { ActOutcome } from './outcome.ts';
import type { AuditLine, RequestView } from './request.ts';
import type { Result } from './result.ts';

/** A message of a request as its system has it (mod-rs `notifications[]`), without the machine's own marks. */
export interface RecordMessage {
  readonly id: string;
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly mine: boolean;
  readonly seen: boolean;
  readonly from?: string;
  readonly text?: string;
  /** ISO 18626 message it came with (`attachedAction`, `actionStatus`). */
  readonly action?: string;
  readonly status?: string;
  readonly failed: boolean;
}

/** A library of the rota (mod-rs `rota[]`, requester only). */
export interface RecordRotaEntry {
  readonly position: number;
  readonly library?: string;
  readonly state?: string;
  readonly availability?: string;
  /** Where it stands there. */
  readonly shelfmark?: string;
  readonly current: boolean;
}

/**
 * A full record beyond {@link RequestView}. `editable` holds the fields staff may change (mod-rs `editableFields/edit`)
 * except those that name the patron, which stay in the request system.
 */
export interface RequestRecord {
  readonly view: RequestView;
  /** Every history line, oldest first. */
  readonly history: readonly AuditLine[];
  readonly messages: readonly RecordMessage[];
  readonly rota: readonly RecordRotaEntry[];
  readonly publicationDate?: string;
  /** Due date of the lender's own circulation system (`parsedDueDateFromLMS`). ISO 8601 UTC. */
  readonly lenderSystemDue?: string;
  readonly cost?: number;
  readonly currency?: string;
  readonly localNote?: string;
  readonly editable: Readonly<Record<string, string>>;
  /** What of the record itself may be changed now: its fields, and the note that only this library sees. */
  readonly edits: readonly ('fields' | 'note')[];
  /** Last four characters of the patron's identifier. */
  readonly patronEnding?: string;
  readonly precededBy?: string;
  readonly succeededBy?: string;
}

export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** What the forms choose from. A list that may not be read is missing. */
export interface TenantChoices {
  /** By mod-rs reference-data category, e.g. `cannotSupplyReasons`. */
  readonly reference: Readonly<Record<string, readonly Choice[]>>;
  readonly locations?: readonly Choice[];
  readonly shelvingLocations?: readonly Choice[];
  /** Why something is missing, in sentences. */
  readonly notes: readonly string[];
}

/** What the office's screen needs of a request system beside acting. */
export interface RequestOffice {
  record(id: string, signal?: AbortSignal): Promise<Result<RequestRecord>>;
  choices(signal?: AbortSignal): Promise<TenantChoices>;
  /** States `manualClose` may end in. */
  closeStates(id: string, signal?: AbortSignal): Promise<Result<readonly Choice[]>>;
  /**
   * Other borrowing requests of the same patron, newest first: what a review of a possible duplicate or of the patron's limit
   * is about. Who the patron is stays with the system; one that cannot tell says so.
   */
  samePatron(id: string, signal?: AbortSignal): Promise<Result<readonly RequestView[]>>;
  /**
   * Sends the complete set of editable fields: reads the record, lays the changes over it and sends all, once, because the
   * system clears what is left out. `action` undefined edits the record itself (PUT); a local note may go by itself.
   */
  sendEdited(id: string, action: string | undefined, changes: Readonly<Record<string, string>>): Promise<ActOutcome>;
}
