import type { ScanLine } from '../contract/journal.ts';
import type { Pile, PileOrder } from '../contract/pile.ts';
import type { Result } from '../contract/result.ts';

export interface PileRunOptions {
  /** Records an order as a line of the shift and works on it; the same id twice is one order. */
  readonly order: (order: PileOrder) => Promise<Result<ScanLine>>;
  /** Keeps the pile over a restart. Rejects where it cannot be written. */
  readonly save: (pile: Pile | undefined) => Promise<void>;
  readonly onChanged: (pile: Pile | undefined) => void;
  readonly onFault: (error: unknown) => void;
  readonly newId: () => string;
  readonly now: () => Date;
}

/** How many orders are worked on side by side; as many as a request system gets calls at once. */
const SIDE_BY_SIDE = 4;

/**
 * The newest pile, and the working through of one of orders: a few at a time, each begun only after an earlier one has come
 * to its end, so that it can be stopped with little on its way. What was handed over is written down before the next; after
 * a crash the same orders are handed over under the same ids, which the journal takes once.
 */
export class PileRun {
  readonly #o: PileRunOptions;
  #pile: Pile | undefined;
  #ended = new Map<string, () => void>();
  #run: Promise<void> | undefined;
  #stopping = false;

  /** @param kept as it was when Carrel was closed; nothing of it runs until somebody goes on */
  constructor(options: PileRunOptions, kept: Pile | undefined) {
    this.#o = options;
    this.#pile = kept === undefined ? undefined : { ...kept, running: false };
  }

  get pile(): Pile | undefined {
    return this.#pile;
  }

  /** Begins a pile of scans; one of orders that is running goes on to its end first. */
  async start(): Promise<void> {
    if (this.#run !== undefined) return;
    await this.#set(this.#fresh('scans', []));
  }

  /** An earlier pile of orders is still being worked through; no other can begin until it is done or stopped. */
  get busy(): boolean {
    return this.#run !== undefined;
  }

  /** False while an earlier pile is {@link busy}: then nothing was ordered. */
  async order(orders: readonly Omit<PileOrder, 'scanId' | 'sent'>[]): Promise<boolean> {
    if (this.busy) return false;
    const all = orders.map((order) => ({ ...order, scanId: this.#o.newId(), sent: false }));
    await this.#set(this.#fresh('orders', all));
    this.#begin();
    return true;
  }

  async end(): Promise<void> {
    this.#stopping = true;
    if (this.#pile?.kind === 'scans' && this.#pile.endedAt === undefined)
      await this.#change({ endedAt: this.#nowIso() });
  }

  resume(): void {
    if (this.#pile?.kind === 'orders' && this.#pile.endedAt === undefined) this.#begin();
  }

  async clear(): Promise<void> {
    if (this.#run === undefined) await this.#set(undefined);
  }

  /** A line of the shift changed: an order that came to its end makes room for the next. */
  lineChanged(line: ScanLine): void {
    if (line.prompt === undefined || line.prompt.working) return;
    this.#ended.get(line.scanId)?.();
  }

  /** Carrel closes: nothing further is handed over. Resolves when what is being handed over has been. */
  async stop(): Promise<void> {
    this.#stopping = true;
    for (const end of this.#ended.values()) end();
    await this.#run;
  }

  #fresh(kind: Pile['kind'], orders: PileOrder[]): Pile {
    return { id: this.#o.newId(), kind, startedAt: this.#nowIso(), orders, running: kind === 'orders' };
  }

  #begin(): void {
    if (this.#run !== undefined) return;
    this.#stopping = false;
    this.#run = this.#work()
      .catch(this.#o.onFault)
      .finally(() => {
        this.#run = undefined;
      });
  }

  async #work(): Promise<void> {
    await this.#change({ running: true });
    const waiting = this.#pile?.orders.filter((order) => !order.sent) ?? [];
    const next = waiting[Symbol.iterator]();
    const worker = async (): Promise<void> => {
      for (const order of next) {
        if (this.#isStopping() || !(await this.#hand(order))) return;
      }
    };
    await Promise.all(Array.from({ length: SIDE_BY_SIDE }, worker));
    const left = this.#pile?.orders.some((order) => !order.sent) ?? false;
    await this.#change({ running: false, ...(left ? {} : { endedAt: this.#nowIso() }) });
  }

  /** Hands an order over and waits for its end. False: it could not even be written down, and nothing further is tried. */
  async #hand(order: PileOrder): Promise<boolean> {
    const ended = new Promise<void>((resolve) => this.#ended.set(order.scanId, resolve));
    try {
      const taken = await this.#o.order(order);
      if (!taken.ok) return false;
      await this.#sent(order.scanId);
      const { prompt } = taken.value;
      if (prompt === undefined || prompt.working) await ended;
      return true;
    } finally {
      this.#ended.delete(order.scanId);
    }
  }

  #sent(scanId: string): Promise<void> {
    const orders = this.#pile?.orders ?? [];
    return this.#change({ orders: orders.map((one) => (one.scanId === scanId ? { ...one, sent: true } : one)) });
  }

  async #change(change: Partial<Pile>): Promise<void> {
    if (this.#pile !== undefined) await this.#set({ ...this.#pile, ...change });
  }

  async #set(pile: Pile | undefined): Promise<void> {
    this.#pile = pile;
    this.#o.onChanged(pile);
    await this.#o.save(pile);
  }

  #isStopping(): boolean {
    return this.#stopping;
  }

  #nowIso(): string {
    return this.#o.now().toISOString();
  }
}
