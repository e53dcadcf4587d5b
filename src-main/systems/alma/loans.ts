import type { AlmaLoan, AlmaOutcome } from '../../contract/alma.ts';
import { fail, ok, type Result } from '../../contract/result.ts';
import type { Json } from '../http/tolerant.ts';
import type { AlmaApi, ReadFailure } from './api.ts';
import { itemByBarcode, itemPath } from './items.ts';
import { everyPage, readList, unreadable } from './pages.ts';
import { loanOf } from './read.ts';

/** `GET /users/{id}/loans`, all pages. */
export function loansOfUser(api: AlmaApi, user: string, signal?: AbortSignal): Promise<Result<readonly AlmaLoan[]>> {
  return everyPage(
    api,
    { path: `/users/${encodeURIComponent(user)}/loans`, template: '/users/{user}/loans', signal },
    'item_loan',
    loanOf,
  );
}

/** The loan of an item, whoever has it (`GET …/items/{pid}/loans`); undefined when it is not on loan. */
export async function loanOfItem(
  api: AlmaApi,
  barcode: string,
  signal?: AbortSignal,
): Promise<Result<AlmaLoan | undefined>> {
  const item = await itemByBarcode(api, barcode, signal);
  if (!item.ok) return item;
  const { path, template } = itemPath(item.value);
  const answer = await api.read({ path: `${path}/loans`, template: `${template}/loans`, signal });
  if (!answer.ok) return answer;
  const loans = readList(answer.value, 'item_loan', loanOf);
  if (!loans.ok) return loans;
  const [loan] = loans.value;
  if (loan === undefined) return ok(undefined);
  return loan.barcode.toLowerCase() === item.value.barcode.toLowerCase() ? ok(loan) : unreadable();
}

type LoanId = Pick<AlmaLoan, 'user' | 'loanId'>;

/**
 * `PUT /users/{id}/loans/{loan_id}`, once. A PUT of Alma's replaces the whole loan, so it is read, given the new date and sent
 * back; then read again, because what Alma made of the date counts and not what was sent. `notify_user=false` is said though it
 * is the default here: it is not for cancelling.
 */
export async function setDueDate(api: AlmaApi, loan: LoanId, due: string, now: number): Promise<AlmaOutcome<AlmaLoan>> {
  const wanted = Date.parse(due);
  if (Number.isNaN(wanted) || wanted < now) {
    return {
      outcome: 'refused',
      error: fail('refused', 'A due date in the past cannot be set.', { mender: 'desk' }).error,
    };
  }
  const before = await readLoan(api, loan);
  if (!before.ok) return notChanged(before);
  if (isDue(before.loan, wanted)) return { outcome: 'done', value: before.loan };
  const sent = await api.change({
    method: 'PUT',
    ...at(loan),
    query: { notify_user: 'false' },
    body: { ...before.whole, due_date: new Date(wanted).toISOString().replace(/\.\d+Z$/, 'Z') },
  });
  if (sent.outcome === 'refused' || sent.outcome === 'not-sent') return sent;
  const after = await readLoan(api, loan);
  if (sent.outcome === 'done') {
    const answered = loanOf(sent.value);
    return { outcome: 'done', value: after.ok ? after.loan : (answered ?? before.loan) };
  }
  return after.ok && isDue(after.loan, wanted) ? { outcome: 'done', value: after.loan } : sent;
}

/** Alma writes a due date with or without milliseconds. */
function isDue({ due }: AlmaLoan, wanted: number): boolean {
  return due !== undefined && Date.parse(due) === Math.floor(wanted / 1000) * 1000;
}

type LoanRead = { readonly ok: true; readonly loan: AlmaLoan; readonly whole: Json } | ReadFailure;

async function readLoan(api: AlmaApi, loan: LoanId): Promise<LoanRead> {
  const answer = await api.read(at(loan));
  if (!answer.ok) return answer;
  const read = loanOf(answer.value);
  return read?.loanId === loan.loanId ? { ok: true, loan: read, whole: answer.value } : { ...unreadable(), codes: [] };
}

function at({ user, loanId }: LoanId) {
  return {
    path: `/users/${encodeURIComponent(user)}/loans/${encodeURIComponent(loanId)}`,
    template: '/users/{user}/loans/{loan}',
  };
}

/** Nothing was sent, because the look before it failed. */
export function notChanged({ error, codes }: ReadFailure): {
  readonly outcome: 'refused' | 'not-sent';
  readonly error: ReadFailure['error'];
} {
  return { outcome: codes.length > 0 && error.code !== 'not-sent' ? 'refused' : 'not-sent', error };
}
