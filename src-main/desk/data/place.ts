import type { PromptKind } from '../../contract/prompt.ts';

/** Where the thing in the hand goes; turned into the large words of the prompt by `destination`. */
export type Place =
  | 'hold-shelf'
  | 'ship-back'
  | 'ship-to'
  | 'home-branch'
  | 'ill-office'
  | 'fetch'
  | 'scan-item'
  | 'sequester'
  | 'shelve'
  | 'own'
  | 'no-item'
  | 'no-longer'
  | 'keep'
  | 'ask';

/**
 * What a state means at a desk when there is nothing (more) to press. Sentences may hold `{partner}`, the other library;
 * `{hrid}`, the request number; `{pickup}`, "at Main Library Desk" or nothing; `{checkIn}`, how to learn where an item of ours goes next.
 */
export interface StateWords {
  /** After "Interlibrary loan · ". */
  readonly event: string;
  readonly place: Place;
  readonly kind: PromptKind;
  /** Two or three words for the list. */
  readonly tag: string;
  readonly why: readonly string[];
}
