import type { AlmaPort } from '../contract/alma.ts';
import { ok } from '../contract/result.ts';
import type { SeenDate, Task } from '../contract/tasks.ts';
import type { RemoteJournal } from '../store/calls.ts';
import { isOut, type LentDates } from '../tasks/loans.ts';
import type { TaskSystems } from '../tasks/ports.ts';
import { isOver } from '../tasks/standing.ts';
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

/** A date Alma gave is believed this long, milliseconds: a look at a loan costs three of the institution's daily calls. */
const BELIEVED_MS = 10 * 60_000;

/** When loans of Alma are due, as Alma says: each asked for when somebody looks at the list, and kept for a while. */
export class AlmaDates {
  readonly #known = new Map<string, { readonly label: string; readonly date: SeenDate }>();

  async of(tasks: readonly Task[], alma: AlmaPort | undefined, now: Date): Promise<ReadonlyMap<string, SeenDate>> {
    const dates = new Map<string, SeenDate>();
    const loans = tasks.filter(
      (task) => task.flow === 'alma-worldshare' && (isOut(task) || (task.kind === 'renewal' && !isOver(task))),
    );
    for (const { id, subject } of loans) {
      const date = await this.#dateOf(id, subject.label, alma, now);
      if (date !== undefined) dates.set(id, date);
    }
    return dates;
  }

  async #dateOf(id: string, label: string, alma: AlmaPort | undefined, now: Date): Promise<SeenDate | undefined> {
    const known = this.#known.get(id);
    const last = known?.label === label ? known.date : undefined;
    const isFresh = last !== undefined && now.getTime() - Date.parse(last.at) < BELIEVED_MS;
    if (alma === undefined || label === '' || isFresh) return last;
    const loan = await alma.loanOf(label);
    // No answer is no news: the date that was seen last stands there with its age.
    if (!loan.ok) return last;
    const due = loan.value?.due;
    if (due === undefined) {
      this.#known.delete(id);
      return undefined;
    }
    const date = { date: due, source: 'Alma', at: now.toISOString() };
    this.#known.set(id, { label, date });
    return date;
  }
}
