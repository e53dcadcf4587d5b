import type { StepState } from '../contract/journal.ts';

/** What a patron waits for: this copy, or any copy of a title by its OCLC number. */
export type HoldWhat = { readonly barcode: string } | { readonly oclcNumber: string };

/** NCIP services by which holds are placed and cancelled. */
export const HOLD_ACTIONS = { place: 'RequestItem', cancel: 'CancelRequestItem' } as const;
export type HoldAction = keyof typeof HOLD_ACTIONS;

/** A hold that was placed or cancelled, or was meant to be, as the journal has it. */
export interface HoldStep {
  readonly stepId: string;
  readonly action: HoldAction;
  readonly state: StepState;
  /** The patron's card, masked. */
  readonly card: string;
  /** What the system calls the hold, once it has said so. */
  readonly request?: string;
  /** Pickup branch as the system names it. */
  readonly pickup?: string;
  /** What a look after a lost answer showed. */
  readonly looked?: string;
  /** Why it did not happen, or who said how it ended. */
  readonly sentence?: string;
  /** ISO 8601 UTC. */
  readonly at: string;
}
