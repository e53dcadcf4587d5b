import type { JsonObject } from '../http.ts';
import type { Tenant, World } from '../world.ts';
import type { PracticeRequest } from './request.ts';

/** One action under way. */
export interface ActionJob {
  readonly world: World;
  readonly tenant: Tenant;
  readonly request: PracticeRequest;
  readonly action: string;
  /** `actionParams` as sent. */
  readonly params: JsonObject;
  readonly userId?: string;
  /** Audit messages in order; the last one carries the change of state. */
  readonly lines: string[];
  /** Messages to the other library, sent once the state has changed. */
  readonly afterwards: (() => void)[];
}

/** What an action did, and the HTTP answer mod-rs gives for it (which says almost nothing). */
export interface ActionAnswer {
  readonly ok: boolean;
  readonly qualifier?: string;
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  /** A state the action chooses itself (undo, manualClose). */
  readonly moveTo?: string;
  /** No audit line: a refused parameter, or a read mark. */
  readonly silent?: true;
}

export type ActionHandler = (job: ActionJob) => ActionAnswer;

export const EMPTY: ActionAnswer = { ok: true, status: 200, body: {} };
export const STATUS_TRUE: ActionAnswer = { ok: true, status: 200, body: { status: true } };

/** HTTP 400 for parameters mod-rs refuses. */
export function badParameters(body: Readonly<Record<string, unknown>>): ActionAnswer {
  return { ok: false, status: 400, body, silent: true };
}

/** A text parameter; absent and null are the same, anything else than text is an exception on the server. */
export function textParam(params: JsonObject, name: string): string | undefined {
  const value = params[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw new TypeError(`${name} is not text`);
  return value;
}
