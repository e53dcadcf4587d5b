import { ok } from '../contract/result.ts';
import type { RemoteJournal } from '../store/calls.ts';
import type { LentDates } from '../tasks/loans.ts';
import type { TaskSystems } from '../tasks/ports.ts';
import type { Circulation } from './circulation.ts';

/** Most check-outs looked through. */
const STEPS = 5_000;

/**
 * WMS's date of a loan, from the copies of its title: the staff profile has no look-up of a loan. Temporary items are in no
 * title, so for most borrowed things WMS has nothing to say, and the date is staff's word.
 */
export function dueThrough({ titles }: Circulation): NonNullable<TaskSystems['wms']> {
  if (titles === undefined) return {};
  return {
    dueOf: async (label, oclcNumber) => {
      const found = await titles(oclcNumber);
      if (!found.ok) return found;
      const copy = found.value.copies.find(({ barcode }) => barcode?.toUpperCase() === label.toUpperCase());
      const due = copy?.due;
      if (due === undefined || due.kind === 'words') return ok(undefined);
      return ok(due.kind === 'day' ? due.day : due.utc);
    },
  };
}

/** When what was lent through Carrel is due, as the check-out was answered, by label in capitals: of these labels alone. */
export async function lentDates(
  journal: Pick<RemoteJournal, 'steps' | 'lineOf'>,
  labels: ReadonlySet<string>,
): Promise<ReadonlyMap<string, LentDates>> {
  const dates = new Map<string, LentDates>();
  for (const { scanId, body, at } of await journal.steps({ states: ['done'], since: '', limit: STEPS })) {
    const { barcode } = body.params;
    if (body.action !== 'CheckOutItem' || typeof barcode !== 'string') continue;
    const label = barcode.toUpperCase();
    if (!labels.has(label) || dates.has(label)) continue;
    const due = (await journal.lineOf(scanId))?.prompt?.due;
    const date = due?.day ?? due?.system;
    if (date !== undefined) dates.set(label, { due: date, at });
  }
  return dates;
}
