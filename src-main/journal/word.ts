import type { RecordBody, ScanLine, StepBody, StoredRecord } from '../contract/journal.ts';
import type { Prompt } from '../contract/prompt.ts';
import { fail, ok, type Result } from '../contract/result.ts';
import { saidPrompt } from '../desk/interim.ts';
import type { Doubts } from './doubts.ts';
import { wordOf } from './held.ts';

export interface WordParts {
  readonly doubts: Doubts;
  readonly append: (scanId: string, body: RecordBody) => Promise<Result<StoredRecord>>;
  /** The circulation side of the desk forgets that it does not know. */
  readonly said: (body: StepBody, happened: boolean, prompt: Prompt) => void;
  readonly show: (line: ScanLine, prompt: Prompt) => Promise<ScanLine>;
}

/**
 * Staff looked and say what became of a step that nothing else could settle. The choice and the step's end are records of
 * their own, with who and when; the lanes it held are free once both are on disk. Shown as staff's word, not a system's.
 */
export async function takeWord(
  { doubts, append, said, show }: WordParts,
  line: ScanLine,
  { offerId, stepId, happened }: { readonly offerId: string; readonly stepId: string; readonly happened: boolean },
): Promise<Result<ScanLine>> {
  const doubt = doubts.step(stepId);
  if (doubt === undefined) {
    return fail('refused', 'That has been settled meanwhile. Scan the label again to see what is next.', {
      mender: 'desk',
    });
  }
  const chosen = await append(line.scanId, { type: 'choice', offerId });
  if (!chosen.ok) return chosen;
  const stored = await append(doubt.scanId, wordOf(doubt, happened));
  if (!stored.ok) return stored;
  doubts.remove(stepId);
  const prompt = saidPrompt(line, happened, { by: chosen.value.staff, at: chosen.value.at });
  said(doubt.body, happened, prompt);
  return ok(await show(line, prompt));
}
