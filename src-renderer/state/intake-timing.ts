/**
 * Every number the scan intake judges by, in one place; milliseconds unless said otherwise. Measured scanners send a
 * key every 7 to 16 ms, slow ones every 50 ms; practised typists stay above 70 ms with single faster pairs.
 */
export const TIMING = {
  /** Median gap below which keys are a machine's, before this scanner has been met. */
  machineGap: 40,
  /** The learned threshold stays between these. */
  machineGapFloor: 30,
  machineGapCeiling: 55,
  /** The threshold is this many times the scanner's own usual gap. */
  machineGapFactor: 2.5,
  /** How much one more scan moves what is believed of the scanner, from 0 to 1. */
  learningRate: 0.3,
  /** Keys are kept from a field this long while it is not yet known what they are. */
  hold: 60,
  /** A pause up to this long inside a burst does not end it; a longer one always begins something new. */
  slowGap: 500,
  /** A single key belongs to the burst after it only if the pause between them is not longer than this. */
  loneGap: 250,
  /** A burst may hold one pause, and one more for every so many keys; with a pause in it, it must have at least so many. */
  keysPerPause: 5,
  minWithPause: 8,
  /** Fewer characters than this before an Enter or Tab are a person's, unless they are all within `certainGap`. */
  minWithSuffix: 4,
  certainGap: 15,
  /** Fewer characters than this with nothing after them are a person's. */
  minWithoutSuffix: 6,
  /** Silence that ends a burst without Enter or Tab: before the scanner is known, when it is known to send one, not to. */
  idleUnknown: 200,
  idleSuffix: 500,
  idleNoSuffix: 120,
  /** Enter and Tab this soon after a scan still belong to it (CR LF, or Tab and Enter). */
  trailing: 120,
  /** The same, counted from the last character, when the scan was made without waiting for its suffix. */
  trailingIdle: 700,
  /** A typed line this even (spread of the middle half, as a share of the median) came from a slow scanner. */
  evenSpread: 0.25,
  evenKeys: 8,
} as const;

export type Timing = { readonly [K in keyof typeof TIMING]: number };

/** Middle value of the gaps; the lower one of two. */
export function median(gaps: readonly number[]): number {
  if (gaps.length === 0) return Number.POSITIVE_INFINITY;
  const sorted = [...gaps].sort((a, b) => a - b);
  return sorted[(sorted.length - 1) >> 1] ?? Number.POSITIVE_INFINITY;
}

/** What is believed of the scanner at this desk, learned from its scans: how fast it sends and whether it ends with a key. */
export class ScannerHabits {
  private usualGap: number | undefined;
  private suffix: 'unknown' | 'yes' | 'no' = 'unknown';
  private readonly timing: Timing;

  constructor(timing: Timing = TIMING) {
    this.timing = timing;
  }

  /** Keys with a median gap up to this are a machine's. */
  get machineGap(): number {
    const { machineGap, machineGapFactor, machineGapFloor, machineGapCeiling } = this.timing;
    if (this.usualGap === undefined) return machineGap;
    return Math.min(machineGapCeiling, Math.max(machineGapFloor, this.usualGap * machineGapFactor));
  }

  /** Silence after which a burst without a suffix is complete. */
  get idle(): number {
    if (this.suffix === 'yes') return this.timing.idleSuffix;
    return this.suffix === 'no' ? this.timing.idleNoSuffix : this.timing.idleUnknown;
  }

  /** Learns from a burst that became a scan. */
  met(gaps: readonly number[], hadSuffix: boolean): void {
    this.learn(median(gaps));
    this.suffix = hadSuffix ? 'yes' : this.suffix === 'yes' ? 'unknown' : 'no';
  }

  /** A line whose keys came too evenly for a hand teaches that this scanner is a slow one. */
  line(gaps: readonly number[]): void {
    if (gaps.length < this.timing.evenKeys) return;
    const usual = median(gaps);
    if (usual > this.timing.machineGapCeiling) return;
    const sorted = [...gaps].sort((a, b) => a - b);
    const quarter = sorted[Math.floor(sorted.length / 4)] ?? 0;
    const threeQuarters = sorted[Math.floor((sorted.length * 3) / 4)] ?? 0;
    if (threeQuarters - quarter <= usual * this.timing.evenSpread) this.learn(usual);
  }

  private learn(gap: number): void {
    if (!Number.isFinite(gap)) return;
    const rate = this.timing.learningRate;
    this.usualGap = this.usualGap === undefined ? gap : this.usualGap * (1 - rate) + gap * rate;
  }
}
