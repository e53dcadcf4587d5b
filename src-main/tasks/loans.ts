import type { RequestView } from '../contract/request.ts';
import type { LoanDates, SeenDate, Task } from '../contract/tasks.ts';
import { dayWithYear } from '../desk/words.ts';
import { dayOf, type Clock } from './days.ts';
import { isOver } from './standing.ts';

/** What a check-out through Carrel said, by the item's label. */
export interface LentDates {
  readonly due: string;
  readonly at: string;
}

export interface LoansScene extends Clock {
  readonly requests: readonly RequestView[];
  /** By the label in capitals. */
  readonly lent: ReadonlyMap<string, LentDates>;
  readonly tasks: readonly Task[];
  /** Loan dates as Alma gave them, by task. */
  readonly alma: ReadonlyMap<string, SeenDate>;
}

/** States in which a borrowed item is here or with its patron (mod-rs and CrossLink state models). */
const HERE = new Set([
  'REQ_CHECKED_IN',
  'REQ_OVERDUE',
  'REQ_RECALLED',
  'SLNP_REQ_CHECKED_IN',
  'CROSSLINK_REQ_CHECKED_OUT',
]);

/** Every borrowed item that is here, with the lender's date and the patron's side by side; the soonest first. */
export function loanDates(scene: LoansScene): readonly LoanDates[] {
  const rows = [...reshareLoans(scene), ...almaLoans(scene)].map((row) => withWarning(row, scene.timeZone));
  return rows.toSorted((a, b) => compare(soonest(a, scene.timeZone), soonest(b, scene.timeZone)));
}

function reshareLoans({ requests, lent, tasks }: LoansScene): readonly LoanDates[] {
  return requests
    .filter(({ side, state }) => side === 'borrowing' && HERE.has(state.code))
    .map((request) => {
      const about = tasks.filter(({ subject }) => subject.refs.reshareRequest === request.id);
      const label = labelOf(request);
      const out = lent.get(label.toUpperCase());
      const first: SeenDate | undefined =
        out === undefined ? undefined : { date: out.due, source: 'WMS, at check-out', at: out.at };
      return {
        key: request.id,
        label,
        ...(request.title === undefined ? {} : { title: request.title }),
        ...dated('lender', newest(readDate(request), ...about.map(({ lenderDate }) => lenderDate))),
        ...dated('patron', newest(first, ...about.map(({ patronDate }) => patronDate))),
        flow: 'reshare-wms' as const,
        requestId: request.id,
        ...openTask(about),
      };
    });
}

function almaLoans({ tasks, alma }: LoansScene): readonly LoanDates[] {
  return tasks
    .filter((task) => task.kind === 'exported' && task.overall === 'waiting-on-patron')
    .map((task) => {
      const { label, title } = task.subject;
      const about = tasks.filter((one) => one.kind === 'renewal' && one.subject.label === label);
      return {
        key: task.id,
        label,
        ...(title === undefined ? {} : { title }),
        ...dated('lender', newest(task.lenderDate, ...about.map(({ lenderDate }) => lenderDate))),
        ...dated('patron', newest(alma.get(task.id), ...about.map(({ patronDate }) => patronDate))),
        flow: 'alma-worldshare' as const,
        ...openTask(about),
      };
    });
}

function openTask(about: readonly Task[]): { taskId?: string } {
  const open = about.find((task) => task.kind === 'renewal' && !isOver(task));
  return open === undefined ? {} : { taskId: open.id };
}

/** The item's label as its patron's loan knows it. */
export function labelOf(request: RequestView): string {
  const volume = request.volumes[0];
  return volume?.temporaryItemBarcode ?? volume?.itemId ?? request.hrid ?? '';
}

function readDate({ dueDate, seenAt }: RequestView): SeenDate | undefined {
  return dueDate === undefined ? undefined : { date: dueDate, source: 'ReShare', at: seenAt };
}

/** The one that was learned last. */
function newest(...dates: readonly (SeenDate | undefined)[]): SeenDate | undefined {
  return dates
    .filter((date) => date !== undefined)
    .toSorted((a, b) => compare(a.at, b.at))
    .at(-1);
}

function dated(name: 'lender' | 'patron', date: SeenDate | undefined): Partial<Pick<LoanDates, 'lender' | 'patron'>> {
  return date === undefined ? {} : { [name]: date };
}

function withWarning(row: LoanDates, timeZone: string | undefined): LoanDates {
  const lender = row.lender === undefined ? undefined : dayOf(row.lender.date, timeZone);
  const patron = row.patron === undefined ? undefined : dayOf(row.patron.date, timeZone);
  if (lender === undefined || patron === undefined || patron <= lender) return row;
  return {
    ...row,
    warning: `The patron has it until ${dayWithYear(patron)}; the lender wants it on ${dayWithYear(lender)}.`,
  };
}

/** What comes first of both; without any date a row stands last. */
function soonest({ lender, patron }: LoanDates, timeZone: string | undefined): string {
  const days = [lender, patron].map((date) => (date === undefined ? undefined : dayOf(date.date, timeZone)));
  return days.filter((day) => day !== undefined).toSorted(compare)[0] ?? '9999';
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
