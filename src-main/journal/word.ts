import type { RecordBody, ScanLine, StepBody, StoredRecord } from '../contract/journal.ts';
import type { Prompt } from '../contract/prompt.ts';
import { fail, ok, type Result } from '../contract/result.ts';
import { saidPrompt } from '../desk/interim.ts';
import type { Doubts } from './doubts.ts';
import { wordOf } from './held.ts';
import type { Offline } from './offline.ts';

export interface WordParts {
  readonly doubts: Doubts;
  readonly append: (scanId: string, body: RecordBody) => Promise<Result<StoredRecord>>;
  /** The circulation side of the desk forgets that it does not know. */
  readonly said: (body: StepBody, happened: boolean, prompt: Prompt) => void;
  /** Where the step was made of a thing on the offline list, that line is settled too. */
  readonly offline?: Pick<Offline, 'said'>;
  readonly show: (line: ScanLine, prompt: Prompt) => Promise<ScanLine>;
}

export interface Said {
  readonly line: ScanLine;
  /** The record of the choice: who, where and when. */
  readonly said: StoredRecord;
}

/**
 * Staff looked and say what became of a step that nothing else could settle. The choice and the step's end are records of
 * their own, with who and when; the lanes it held are free once both are on disk. Shown as staff's word, not a system's.
 */
export async function takeWord(
  { doubts, append, said, offline, show }: WordParts,
  line: ScanLine,
  { offerId, stepId, happened }: { readonly offerId: string; readonly stepId: string; readonly happened: boolean },
): Promise<Result<Said>> {
  const doubt = doubts.step(stepId);
  if (doubt === undefined || !doubts.claim(stepId)) {
    return fail('refused', 'That has been settled meanwhile. Scan the label again to see what is next.', {
      mender: 'desk',
    });
  }
  const end = wordOf(doubt, happened);
  const chosen = await append(line.scanId, { type: 'choice', offerId });
  const stored = chosen.ok ? await append(doubt.scanId, end) : chosen;
  if (!chosen.ok || !stored.ok) doubts.release(stepId);
  if (!chosen.ok) return chosen;
  if (!stored.ok) return stored;
  doubts.remove(stepId);
  const prompt = saidPrompt(line, end, { by: chosen.value.staff, at: chosen.value.at });
  said(doubt.body, happened, prompt);
  offline?.said(doubt.scanId, end, prompt);
  return ok({ line: await show(line, prompt), said: chosen.value });
}
