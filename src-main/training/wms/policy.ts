import { Refusal } from './refusal.ts';
import type { WmsItem, WmsPatron, WmsStore } from './model.ts';

const DAY = 86_400_000;
const HOUR = 3_600_000;

/** Loan periods in days by borrower category; all invented, as a library sets them. */
const LOAN_DAYS: Readonly<Record<string, number>> = {
  UNDERGRAD: 28,
  GRAD: 90,
  FACULTY: 120,
  STAFF: 90,
  COMMUNITY: 21,
  INSTITUTION: 42,
};
const TEMPORARY_DAYS = 28;
const MAX_LOANS: Readonly<Record<string, number>> = { COMMUNITY: 5 };
const BILL_LIMIT = 2500;
const FINE_A_DAY = 25;
const MOST_FINE = 1000;

export const MAX_RENEWALS = 3;
export const SHELF_DAYS = 10;
export const CURRENCY = 'USD';

/** The last second of the library's day, five hours behind UTC: due dates come out as `…T04:59:59Z` of the next day. */
export function endOfLibraryDay(ms: number): number {
  return Math.floor((ms - 5 * HOUR) / DAY) * DAY + DAY + 5 * HOUR - 1000;
}

/** The due date policy gives; the stricter of it and the lender's date where WMS knows that one. */
export function dueDate(patron: WmsPatron, item: WmsItem, now: number): number {
  const days = item.temporary === undefined ? (LOAN_DAYS[patron.category] ?? 21) : TEMPORARY_DAYS;
  const policy = endOfLibraryDay(now + days * DAY);
  return Math.min(policy, item.temporary?.due ?? Number.POSITIVE_INFINITY);
}

/** A fine for coming back late, whole minor units; 0 when none arises. Libraries' accounts pay none. */
export function fine(patron: WmsPatron, due: number, now: number): number {
  if (now <= due || patron.symbol !== undefined) return 0;
  return Math.min(MOST_FINE, Math.ceil((now - due) / DAY) * FINE_A_DAY);
}

export function balance(store: WmsStore, patron: string): number {
  return store.bills.filter((bill) => bill.patron === patron).reduce((sum, bill) => sum + bill.amount, 0);
}

export function loansOf(store: WmsStore, patron: string): readonly WmsItem[] {
  return [...store.items.values()].filter((item) => item.loan?.patron === patron);
}

/** @throws Refusal when the account may not borrow, renew or request. */
export function mayUse(store: WmsStore, patron: WmsPatron, now: number): void {
  const about = { element: '//UserId', value: `${store.institution.registryId}/${patron.barcode}` };
  // OCLC's 2020 notice writes this type without the space.
  if (patron.expires <= now) {
    throw new Refusal({ type: 'UserBlocked', detail: 'PATRON_REQUIRES_MEMBERSHIP', ...about });
  }
  if (patron.blocked) throw new Refusal({ type: 'User Blocked', detail: 'PATRON_BLOCKED', ...about });
  if (balance(store, patron.barcode) > BILL_LIMIT) {
    throw new Refusal({ type: 'User Blocked', detail: 'PATRON_BILL_LIMIT_EXCEEDED', ...about });
  }
}

/** @throws Refusal when the account has as many loans as it may have. Institution accounts have no limit. */
export function mayTakeOneMore(store: WmsStore, patron: WmsPatron): void {
  const limit = MAX_LOANS[patron.category];
  if (limit === undefined || loansOf(store, patron.barcode).length < limit) return;
  throw new Refusal({
    type: 'Maximum Check Outs Exceeded',
    detail: 'MAXIMUM_CHECKOUTS_EXCEEDED',
    element: '//UserId',
    value: `${store.institution.registryId}/${patron.barcode}`,
  });
}

export function shelfUntil(now: number): number {
  return endOfLibraryDay(now + SHELF_DAYS * DAY);
}

/** E-mails leave at the top of the hour. */
export function nextFullHour(now: number): number {
  return Math.floor(now / HOUR) * HOUR + HOUR;
}
