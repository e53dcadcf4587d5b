import type { Result } from '../../src-main/contract/result.ts';

/** How a Carrel is started that is there to be killed. */
export interface CarrelStart {
  readonly userData: string;
  /** Folder with `store-worker.cjs`. */
  readonly programs: string;
  /** How much sooner looks after unanswered actions come. */
  readonly faster: number;
  /** How long an answer of ReShare is waited for, milliseconds. */
  readonly patienceMs: number;
  /** Wall clock minus the real one, milliseconds. */
  readonly clockOffsetMs: number;
  /** Every third scan is acknowledged and forgotten; for the proof that this is noticed. */
  readonly forgets: boolean;
}

export type ToCarrel =
  | { readonly type: 'call'; readonly id: number; readonly method: string; readonly input: unknown }
  | { readonly type: 'clock'; readonly offMs: number }
  /** How many looks are waited for. */
  | { readonly type: 'waiting'; readonly id: number }
  | { readonly type: 'close' };

export type FromCarrel =
  { readonly type: 'ready' } | { readonly type: 'answer'; readonly id: number; readonly result: Result<unknown> };
