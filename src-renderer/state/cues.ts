import type { AppEvent } from '../../src-main/contract/events.ts';
import type { ScanLine } from '../../src-main/contract/journal.ts';
import type { Prompt, Sound } from '../../src-main/contract/prompt.ts';
import type { Snapshot } from '../../src-main/contract/shift.ts';

/** Whether this prompt is an outcome, and another one than the line had before. */
export function settledAnew(before: ScanLine | undefined, after: ScanLine): Prompt | undefined {
  const prompt = after.prompt;
  if (!prompt || prompt.working) return undefined;
  const old = before?.prompt;
  const same =
    old !== undefined &&
    !old.working &&
    old.sound === prompt.sound &&
    old.destination.verb === prompt.destination.verb &&
    old.destination.to === prompt.destination.to;
  return same ? undefined : prompt;
}

/** The sound of an outcome. `accepted` was already played when the scan was written. */
export function soundOf(prompt: Prompt): Sound | undefined {
  return prompt.sound === 'accepted' ? undefined : prompt.sound;
}

/** Must somebody act now? Decides between the two live regions. */
export function isUrgent(prompt: Prompt): boolean {
  return prompt.kind === 'stop' || prompt.sound === 'refused' || prompt.sound === 'attention';
}

/**
 * Why the journal takes nothing any more, when an event tells that first: something that follows a scan, such as a step,
 * could not be written. A scan or a choice that is refused says so itself.
 */
export function refusingAnew(event: AppEvent, before: Pick<Snapshot, 'journal'>): string | undefined {
  if (event.type !== 'journal' || event.journal.writable || !before.journal.writable) return undefined;
  return event.journal.sentence;
}
