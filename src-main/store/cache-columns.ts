import type { RequestView } from '../contract/request.ts';
import type { Bindable, Row } from './db.ts';
import { wordsOf } from './fold.ts';
import { shelfOrder } from './shelf-order.ts';

/** Columns of `request` that follow from a reading, in the order of {@link columnsOf}. */
const COLUMNS = [
  'hrid',
  'side',
  'state',
  'terminal',
  'last_updated',
  'seen_at',
  'title_folded',
  'since',
  'created',
  'attention',
  'overdue',
  'trouble_since',
  'unread_since',
  'due',
  'partner',
  'location',
  'shelf',
] as const;

export const INSERT_REQUEST = `INSERT INTO request (${COLUMNS.join(', ')}, id) VALUES (${COLUMNS.map(() => '?').join(', ')}, ?)`;

export const UPDATE_REQUEST = `UPDATE request SET ${COLUMNS.map((column) => `${column} = ?`).join(', ')} WHERE n = ?`;

/** What is taken over from the row as it stood before. */
export interface StandingRow extends Row {
  readonly state: string;
  readonly since: string;
  readonly trouble_since: string | null;
  readonly unread_since: string | null;
}

/**
 * @param view as it will be kept
 * @param read as it was read: with its history, where that was asked for
 * @param before the row as it stands, if it does
 */
export function columnsOf(view: RequestView, read: RequestView, before: StandingRow | undefined): readonly Bindable[] {
  const moment = view.lastUpdated ?? view.seenAt;
  return [
    view.hrid ?? null,
    view.side,
    view.state.code,
    view.state.terminal ? 1 : 0,
    view.lastUpdated ?? '',
    view.seenAt,
    wordsOf(view.title ?? '').join(' '),
    sinceOf(view, read, before) ?? moment,
    view.dateCreated ?? '',
    view.state.needsAttention ? 1 : 0,
    view.overdue ? 1 : 0,
    view.needsAttention ? (before?.trouble_since ?? moment) : null,
    view.unreadMessages ? (before?.unread_since ?? moment) : null,
    view.dueDate ?? null,
    view.partner.name ?? view.partner.symbol ?? '',
    view.pickLocation ?? '',
    `${wordsOf(view.shelvingLocation ?? '').join(' ')}\u0001${shelfOrder(view.callNumber ?? '')}`,
  ];
}

/** Since when it is in its state: what the history says, else what was kept as long as the state stayed the same. */
function sinceOf(view: RequestView, read: RequestView, before: StandingRow | undefined): string | undefined {
  const { code } = view.state;
  const told = read.audit.findLast((line) => line.to === code && line.from !== code)?.at;
  return told ?? (before?.state === code ? before.since : undefined);
}
