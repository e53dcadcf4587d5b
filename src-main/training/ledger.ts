/** One effect that really happened on the servers, whether or not the caller ever got the answer. */
export interface LedgerEntry {
  /** Rising from 1. */
  readonly seq: number;
  /** Practice time, ISO 8601 UTC. */
  readonly at: string;
  readonly tenant: string;
  /**
   * `action`: performAction ran (accepted or refused by the module); `network`: a message of the other library arrived;
   * `lms`: a call to the library's circulation system; `create` / `edit`: a request was created or edited;
   * `session`: log-in, refresh, log-out; `wms`: something happened in Riverside's practice WMS; `alma`: in its law library's Alma.
   */
  readonly kind: 'action' | 'network' | 'lms' | 'create' | 'edit' | 'session' | 'wms' | 'alma';
  /** Action code, ISO 18626 event, NCIP message name, or session verb. */
  readonly action: string;
  /** `done`: it had its effect. `refused`: nothing changed. `failed`: it ran, the circulation system said no. */
  readonly result: 'done' | 'refused' | 'failed';
  readonly requestId?: string;
  readonly hrid?: string;
  /** Item barcodes concerned. */
  readonly items?: readonly string[];
  /** User name of the account that asked; absent for what the network or the clock did. */
  readonly user?: string;
  readonly fromState?: string;
  readonly toState?: string;
  readonly httpStatus?: number;
}

/** The servers' own truth, for proofs that compare it with what a client believes. */
export class Ledger {
  readonly #entries: LedgerEntry[] = [];
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  record(entry: Omit<LedgerEntry, 'seq' | 'at'>): void {
    this.#entries.push({ seq: this.#entries.length + 1, at: new Date(this.#now()).toISOString(), ...entry });
  }

  /** Entries with a number above `afterSeq`, oldest first. */
  since(afterSeq = 0): readonly LedgerEntry[] {
    return this.#entries.slice(afterSeq);
  }
}
