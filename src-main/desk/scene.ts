import type { DeskRules } from './types.ts';

/** What a prompt is made for: the rules of the desk and the moment. */
export interface Scene {
  readonly rules: DeskRules;
  /** ISO 8601 UTC. */
  readonly now: string;
}
