import { cpus, totalmem } from 'node:os';

/** One line of a benchmark's report. Times in the unit named. */
export interface Measured {
  readonly name: string;
  readonly n: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
  readonly unit: string;
}

/** The value below which the given share of the sorted samples lies (nearest rank). */
function percentile(sorted: readonly number[], share: number): number {
  const index = Math.max(0, Math.ceil(sorted.length * share) - 1);
  return sorted[Math.min(index, sorted.length - 1)] ?? Number.NaN;
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}

export function summarise(name: string, samples: readonly number[], unit = 'ms'): Measured {
  const sorted = [...samples].sort((a, b) => a - b);
  return {
    name,
    n: sorted.length,
    p50: rounded(percentile(sorted, 0.5)),
    p95: rounded(percentile(sorted, 0.95)),
    p99: rounded(percentile(sorted, 0.99)),
    max: rounded(sorted.at(-1) ?? Number.NaN),
    unit,
  };
}

/** Prints one JSON line. */
export function report(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

/** Prints how two measurements of the same run relate, since the machine itself is noisy. */
export function reportRatio(name: string, measured: Measured, baseline: Measured): void {
  report({
    name,
    of: measured.name,
    to: baseline.name,
    p50: rounded(measured.p50 / baseline.p50),
    p95: rounded(measured.p95 / baseline.p95),
    unit: 'ratio',
  });
}

export function machine(): object {
  return {
    machine: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    node: process.version,
  };
}

/** How often to repeat: everything, or a short form that only shows that it runs. */
export function times(full: number, short: number): number {
  return process.argv.includes('--short') ? short : full;
}

export async function timed(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}
