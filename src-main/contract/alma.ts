import type { AppError, Result } from './result.ts';

/**
 * What Carrel asks of Alma (Ex Libris), as far as its public REST API has it. Alma's API has no call to receive an item from
 * a partner, to ask for a renewal, to change a borrowing request or to list them; those are guided. No call rejects.
 */
export interface AlmaPort {
  /**
   * `scanIn`: `api-unproven` until the library says that it proved in its sandbox what the call does to a borrowing request;
   * then `api`. `guided` where no scan-in desk is set.
   */
  readonly modes: { readonly scanIn: 'api' | 'api-unproven' | 'guided' };
  /** The loan of an item by its barcode, wherever it is; undefined when Alma knows the item and it is not on loan. */
  loanOf(barcode: string, signal?: AbortSignal): Promise<Result<AlmaLoan | undefined>>;
  /** Every loan of a patron, all pages (`GET /users/{id}/loans`). @param user primary id */
  loansOf(user: string, signal?: AbortSignal): Promise<Result<readonly AlmaLoan[]>>;
  /**
   * Changes the due date of a patron's loan, once: the whole loan is read and put back with the new date
   * (`PUT /users/{id}/loans/{loan_id}`). The partner's date and the request stay as they are.
   * @param due ISO 8601 UTC
   */
  setDueDate(loan: Pick<AlmaLoan, 'user' | 'loanId'>, due: string): Promise<AlmaOutcome<AlmaLoan>>;
  /** A borrowing request; undefined when this patron has none of that id. @param user primary id */
  borrowingRequest(user: string, requestId: string, signal?: AbortSignal): Promise<Result<AlmaRequest | undefined>>;
  /** The patron a borrowing request is for: name and primary id, for the screen alone (`GET /users/{id}?view=brief`). */
  requester(user: string, signal?: AbortSignal): Promise<Result<AlmaPatron | undefined>>;
  /** Lending work (`GET /task-lists/rs/lending-requests`), of the library in the settings. */
  lendingTasks(status?: string, signal?: AbortSignal): Promise<Result<readonly AlmaRequest[]>>;
  /** Reasons a request may be cancelled for (code table `RequestCancellationReasons`), the enabled ones. */
  cancellationReasons(signal?: AbortSignal): Promise<Result<readonly AlmaCode[]>>;
  /**
   * Cancels a borrowing request, once, and has Alma tell nobody: `notify_user=false`, never `remove_request`.
   * @param reason a code of {@link AlmaPort.cancellationReasons}
   */
  cancelQuietly(request: {
    readonly user: string;
    readonly requestId: string;
    readonly reason: string;
    readonly note?: string;
  }): Promise<AlmaOutcome<undefined>>;
  /** Scans an item in at the desk of the settings, once (`POST …/items/{pid}?op=scan`). */
  scanIn(barcode: string): Promise<AlmaOutcome<AlmaScan>>;
}

/** How a change in Alma ended; `unknown` is settled by looking and never sent again by itself. */
export type AlmaOutcome<T> =
  | { readonly outcome: 'done'; readonly value: T }
  | { readonly outcome: 'refused' | 'not-sent' | 'unknown'; readonly error: AppError };

export interface AlmaLoan {
  readonly loanId: string;
  /** The patron's primary id. Personal. */
  readonly user: string;
  readonly barcode: string;
  readonly title?: string;
  /** ISO 8601 UTC. */
  readonly due?: string;
  /** `process_status`, as it came: `NORMAL`, `RENEW`, `LOST`… */
  readonly status?: string;
}

/** A resource sharing request, borrowing or lending. It has no due date: Alma's object carries none. */
export interface AlmaRequest {
  readonly requestId: string;
  /** The number on the lender's paperwork. */
  readonly externalId?: string;
  /** The code is the tenant's own (code tables); the label is what its staff see. */
  readonly status: { readonly code: string; readonly label: string };
  readonly partner?: { readonly code: string; readonly name: string };
  /** Primary id of the requester. Personal. */
  readonly user?: string;
  readonly title?: string;
  readonly author?: string;
  /** Empty until the item was received. */
  readonly barcode?: string;
  readonly createdDate?: string;
  readonly lastModified?: string;
}

export interface AlmaPatron {
  readonly user: string;
  readonly name: string;
}

export interface AlmaCode {
  readonly code: string;
  readonly label: string;
}

/** What Alma says after a scan-in. */
export interface AlmaScan {
  readonly barcode: string;
  readonly title?: string;
  /** Where it goes, in Alma's words, when it says so. */
  readonly next?: string;
}
