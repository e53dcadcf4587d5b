import { onTestFinished } from 'vitest';
import type { AlmaConnection } from '../../src-main/contract/alma-connection.ts';
import { createAlma, type AlmaParts, type AlmaSystem } from '../../src-main/systems/alma/alma.ts';
import type { CallLine } from '../../src-main/systems/http/redact.ts';
import {
  startPracticeAlma,
  type PracticeAlma,
  type PracticeAlmaOptions,
} from '../../src-main/training/alma/practice-alma.ts';

/** The real client with a practice Alma of its own. */
export interface AlmaDesk {
  readonly practice: PracticeAlma;
  readonly alma: AlmaSystem;
  readonly parts: AlmaParts;
  /** How long the client waited before it tried again, milliseconds. */
  readonly waits: readonly number[];
  /** What was logged of each call. */
  readonly lines: readonly CallLine[];
}

export async function almaDesk(
  options: PracticeAlmaOptions = {},
  changed: Partial<AlmaConnection> = {},
  key: keyof PracticeAlma['access']['keys'] = 'full',
  now: () => number = Date.now,
): Promise<AlmaDesk> {
  // The client's own pace is not waited for here, so the practice does not count by the second.
  const allowance = { perSecond: 10_000, ...options.allowance };
  const practice = await startPracticeAlma({ ...options, allowance });
  const { address, keys, library, partner, scanDesk, cancelReason } = practice.access;
  const waits: number[] = [];
  const lines: CallLine[] = [];
  const parts: AlmaParts = {
    connection: { region: 'na', address, library, partner, scanDesk, cancelReason, ...changed },
    key: () => Promise.resolve(keys[key]),
    // Waits are noted and not waited: the practice limits go by a clock of their own where a test needs one.
    sleep: (ms) => {
      waits.push(ms);
      return Promise.resolve();
    },
    random: () => 0,
    now,
    onLine: (line) => lines.push(line),
  };
  const alma = createAlma(parts);
  onTestFinished(async () => {
    await alma.close();
    await practice.stop();
  });
  return { practice, alma, parts, waits, lines };
}

/** The value of an answer that is expected to be one. */
export function got<T>(
  result: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: object },
): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}
