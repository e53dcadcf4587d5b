/** A scan whose decision is still to come. */
export interface Turn {
  readonly seq: number;
  /** Folded label: scans of one label are decided in the order they were made. */
  readonly label: string;
  /** Its decision may make later scans mean something else, so those wait for it. */
  readonly mayExpect: boolean;
}

interface Undecided extends Turn {
  readonly decided: Promise<void>;
}

/** Keeps the order of decisions, but only where one can change another; everything else is decided as soon as it can be. */
export class Turns {
  readonly #undecided = new Set<Undecided>();

  /** @returns to be called once it is decided, however that ended */
  take(turn: Turn): () => void {
    let settle: () => void = () => undefined;
    const mine: Undecided = {
      ...turn,
      decided: new Promise((resolve) => {
        settle = resolve;
      }),
    };
    this.#undecided.add(mine);
    return () => {
      this.#undecided.delete(mine);
      settle();
    };
  }

  /**
   * Waits for earlier scans whose decision can change what this one means, and for those of the same label.
   * @param all the desk is in the middle of something: every earlier scan counts
   */
  async wait({ seq, label }: Turn, all: boolean): Promise<void> {
    const before = [...this.#undecided].filter((other) => other.seq < seq);
    const ordered = all || before.some((other) => other.mayExpect);
    const awaited = ordered ? before : before.filter((other) => other.label === label);
    await Promise.all(awaited.map((other) => other.decided));
  }
}
