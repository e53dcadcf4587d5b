/** What every fault of a practice server says of itself. */
export interface FaultRule {
  readonly where: string | RegExp;
  readonly kind: string;
  /** How often it strikes; absent: until cleared. */
  readonly times?: number;
}

/** The faults of one practice server that are switched on now; each strike uses one up. */
export class ArmedFaults<Rule extends FaultRule> {
  #armed: { readonly rule: Rule; left: number }[] = [];
  #struck = 0;

  add(rule: Rule): void {
    this.#armed.push({ rule, left: rule.times ?? Number.POSITIVE_INFINITY });
  }

  clear(): void {
    this.#armed = [];
  }

  list(): readonly { readonly where: string; readonly kind: Rule['kind']; readonly left: number | 'until cleared' }[] {
    return this.#armed.map(({ rule, left }) => ({
      where: String(rule.where),
      kind: rule.kind,
      left: Number.isFinite(left) ? left : 'until cleared',
    }));
  }

  /** How many faults have struck so far. */
  get struck(): number {
    return this.#struck;
  }

  /** The oldest fault that matches, used up once, if there is one. */
  protected strike(matches: (rule: Rule) => boolean): Rule | undefined {
    const armed = this.#armed.find(({ rule, left }) => left > 0 && matches(rule));
    if (armed === undefined) return undefined;
    armed.left -= 1;
    if (armed.left === 0) this.#armed = this.#armed.filter((other) => other !== armed);
    this.#struck += 1;
    return armed.rule;
  }
}
