import { Retention } from './contract.ts';
import { wholeNumber, type Reading } from './settings-drafts.ts';

/** The days as they stand in the fields. */
export interface RetentionDraft {
  reduceAfterDays: string;
  dropAfterDays: string;
}

export function retentionDraft({ reduceAfterDays, dropAfterDays }: Retention): RetentionDraft {
  return { reduceAfterDays: String(reduceAfterDays), dropAfterDays: String(dropAfterDays) };
}

/** Fewer days to dropping than to reducing is a mistake in the second field. */
export function readRetention(draft: RetentionDraft): Reading<Retention, keyof RetentionDraft> {
  const result = Retention.safeParse({
    reduceAfterDays: wholeNumber(draft.reduceAfterDays),
    dropAfterDays: wholeNumber(draft.dropAfterDays),
  });
  if (result.success) return { ok: true, value: result.data };
  const fields = result.error.issues.map(({ path: [field] }) =>
    field === 'reduceAfterDays' ? 'reduceAfterDays' : 'dropAfterDays',
  );
  return { ok: false, mistakes: [...new Set(fields)] };
}
