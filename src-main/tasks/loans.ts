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
  const rows = [...reshareLoans(scene), ...trackedLoans(scene)].map((row) => withWarning(row, scene.timeZone));
  return rows.toSorted((a, b) => compare(soonest(a, scene.timeZone), soonest(b, scene.timeZone)));
}

function reshareLoans({ requests, lent, tasks }: LoansScene): readonly LoanDates[] {
  return requests
    .filter(({ side, state }) => side === 'borrowing' && HERE.has(state.code))
    .map((request) => {
      const about = tasks.filter(({ subject }) => subject.refs.reshareRequest === request.id);
      const label = labelOf(request);
      const first = atCheckOut(lent, label);
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

/** Loans of Alma and of Relais D2D, which neither lists: those that are tracked, and those whose renewal is open. */
function trackedLoans({ tasks, lent, alma }: LoansScene): readonly LoanDates[] {
  const out = tasks.filter(isOut);
  const alone = tasks.filter(
    (task) => isRenewal(task) && !isOver(task) && !out.some((loan) => isOf(loan, task)) && task.flow !== 'reshare-wms',
  );
  return [...out, ...alone].map((task) => {
    const { id, subject, flow, lenderDate, patronDate } = task;
    const about = tasks.filter((one) => isRenewal(one) && isOf(task, one));
    const dates = [patronDate, ...about.map((one) => one.patronDate)];
    const first = flow === 'relais-wms' ? atCheckOut(lent, subject.label) : alma.get(id);
    return {
      key: id,
      label: subject.label,
      ...(subject.title === undefined ? {} : { title: subject.title }),
      ...dated('lender', newest(lenderDate, ...about.map((one) => one.lenderDate))),
      ...dated('patron', newest(first, ...dates)),
      flow,
      ...openTask(about),
    };
  });
}

/** A tracked loan that came and is not back. */
export function isOut({ kind, overall }: Task): boolean {
  return (kind === 'exported' || kind === 'loan') && overall === 'waiting-on-patron';
}

function isRenewal({ kind }: Task): boolean {
  return kind === 'renewal';
}

/** Whether two tasks are about the same loan: the item where it has a label, else the request. */
function isOf(one: Task, other: Task): boolean {
  if (one.flow !== other.flow) return false;
  const [label, otherLabel] = [one.subject.label.toUpperCase(), other.subject.label.toUpperCase()];
  if (label !== '' && label === otherLabel) return true;
  const { almaRequest, relaisRequest } = one.subject.refs;
  const { refs } = other.subject;
  return (
    (almaRequest !== undefined && almaRequest === refs.almaRequest) ||
    (relaisRequest !== undefined && relaisRequest === refs.relaisRequest)
  );
}

/** WMS's date as it was answered when the item was lent through Carrel. */
function atCheckOut(lent: LoansScene['lent'], label: string): SeenDate | undefined {
  const out = lent.get(label.toUpperCase());
  return out === undefined ? undefined : { date: out.due, source: 'WMS, at check-out', at: out.at };
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
