import { BORROWING } from './borrowing-states.ts';
import { CROSSLINK } from './crosslink-states.ts';
import { LENDING } from './lending-states.ts';
import type { StateWords } from './place.ts';

const STATES: ReadonlyMap<string, StateWords> = new Map(Object.entries({ ...BORROWING, ...LENDING, ...CROSSLINK }));

/** Codes these tables name; a tenant may have others, which are shown as they come. */
export const KNOWN_STATES: readonly string[] = [...STATES.keys()];

export function stateWords(code: string): StateWords | undefined {
  return STATES.get(code);
}
