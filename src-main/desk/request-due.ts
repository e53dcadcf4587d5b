import type { DueDate } from '../contract/request-detail.ts';
import type { RequestRecord } from '../contract/request-record.ts';
import { borrowedDue } from './check-out-due.ts';
import { count } from './words.ts';

export interface DueScene {
  /** Days the library keeps for the way back. */
  readonly marginDays: number;
  /** ISO 8601 UTC. */
  readonly now: string;
  readonly timeZone?: string;
  /** The circulation system's own date of this loan, where Carrel lent it. */
  readonly circulation?: { readonly name: string; readonly at: string };
}

/**
 * Every due date of a request with its source. Borrowing: the lender's (mod-rs `parsedDueDateRS`), ours for the patron, the
 * circulation system's. Lending: what the borrower was told, and what our circulation system says (`parsedDueDateFromLMS`).
 */
export function dueDatesOf(record: RequestRecord, scene: DueScene): readonly DueDate[] {
  const { view, lenderSystemDue } = record;
  const { marginDays, circulation } = scene;
  const loan: readonly DueDate[] =
    circulation === undefined
      ? []
      : [{ what: 'Lent until', short: circulation.name, at: circulation.at, source: `${circulation.name}’s date` }];
  if (view.dueDate === undefined) return loan;
  if (view.side === 'lending') {
    const own: readonly DueDate[] =
      lenderSystemDue === undefined || lenderSystemDue === view.dueDate
        ? []
        : [{ what: 'Checked out until', short: 'loan', at: lenderSystemDue, source: 'your circulation system’s date' }];
    return [
      {
        what: 'Back here by',
        short: 'back',
        at: view.dueDate,
        source:
          lenderSystemDue === view.dueDate
            ? 'your circulation system’s date, sent to the borrower'
            : 'ReShare’s date, sent to the borrower',
      },
      ...own,
    ];
  }
  const ours = borrowedDue(view.dueDate, undefined, marginDays, scene.now, scene.timeZone);
  return [
    { what: 'At the lender by', short: 'lender', at: view.dueDate, source: 'lender’s date' },
    ...(ours === undefined || view.state.terminal
      ? []
      : [
          {
            what: 'Patron may keep it until',
            short: 'patron',
            at: ours.due,
            source: ours.tight
              ? 'no time left for the way back'
              : `${count(marginDays, 'day', 'days')} for the way back`,
          },
        ]),
    ...loan,
  ];
}
