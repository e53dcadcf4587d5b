import type { ScanLine } from '../../src-main/contract/journal.ts';
import type { AppError, Result } from '../../src-main/contract/result.ts';
import { RAW_LIMIT, type ScanInput, type ScanSource } from '../../src-main/contract/scan.ts';

/** A scan that is not in the journal yet, or could not be put there. */
export interface PendingScan extends ScanInput {
  /** When it was scanned, ISO 8601 UTC. */
  readonly at: string;
  /** Why it was not accepted; undefined while it is on its way. */
  readonly error?: AppError;
}

export interface ScanQueuePort {
  submit(input: ScanInput): Promise<Result<ScanLine>>;
  /** The scan is on disk. */
  accepted(line: ScanLine): void;
  /** The scan is not on disk; it stays in the queue's list until it is handed over again. */
  failed(scan: PendingScan): void;
  /** Everything not on disk, oldest first. */
  changed(pending: readonly PendingScan[]): void;
  newId(): string;
  /** The time of day, ISO 8601 UTC. */
  now(): string;
}

/**
 * Hands scans over to the journal one after the other, in the order they were made, and forgets one only when main says
 * that it is on disk. A scan keeps its id, so handing it over twice makes one scan.
 */
export class ScanQueue {
  private pending: readonly PendingScan[] = [];
  private working: Promise<void> | undefined;
  private readonly port: ScanQueuePort;

  constructor(port: ScanQueuePort) {
    this.port = port;
  }

  /** Takes a scan and returns its id. Never refuses. */
  add(raw: string, source: ScanSource): string {
    const id = this.port.newId();
    const scan = { id, raw: raw.slice(0, RAW_LIMIT), source, at: this.port.now() };
    this.set([...this.pending, scan]);
    void this.work();
    return id;
  }

  /** Hands a refused scan over again, in its old place before later ones. */
  retry(id: string): void {
    const scan = this.pending.find((one) => one.id === id);
    if (!scan?.error) return;
    const { error: _refusal, ...again } = scan;
    this.set(this.pending.map((one) => (one.id === id ? again : one)));
    void this.work();
  }

  /** Hands every refused scan over again, oldest first; what comes after one that is refused once more stays as it is. */
  async retryAll(): Promise<void> {
    for (const { id } of this.pending.filter((scan) => scan.error)) {
      this.retry(id);
      await this.work();
      if (this.pending.some((scan) => scan.id === id)) return;
    }
  }

  private work(): Promise<void> {
    this.working ??= this.handOver().finally(() => (this.working = undefined));
    return this.working;
  }

  private async handOver(): Promise<void> {
    for (let scan = this.next(); scan; scan = this.next()) {
      const { id, raw, source } = scan;
      const answer = await this.port.submit({ id, raw, source });
      if (answer.ok) {
        this.set(this.pending.filter((one) => one.id !== id));
        this.port.accepted(answer.value);
      } else {
        const refused = { ...scan, error: answer.error };
        this.set(this.pending.map((one) => (one.id === id ? refused : one)));
        this.port.failed(refused);
      }
    }
  }

  private next(): PendingScan | undefined {
    return this.pending.find((scan) => !scan.error);
  }

  private set(pending: readonly PendingScan[]): void {
    this.pending = pending;
    this.port.changed(pending);
  }
}
