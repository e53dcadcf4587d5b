import type { RecordMessage } from '../../contract/request-record.ts';
import type { LoanCondition, RequestView } from '../../contract/request.ts';
import { isRecord } from '../http/bodies.ts';
import { fields, instant, integer, number, present, records, text, type Json } from '../http/tolerant.ts';
import { unreadable, type Api, type Got } from './api.ts';

/** Notifications asked for at once. */
const PAGE = 100;
/** Pages after which a list is taken to be endless. */
const PAGE_LIMIT = 20;

/** Every notification of a request (`GET …/notifications`), oldest first; `kind` narrows to conditions. */
export async function readNotifications(
  api: Api,
  path: string,
  kind?: 'condition',
  signal?: AbortSignal,
): Promise<Got<readonly Json[]>> {
  const found = new Map<string, Json>();
  for (let offset = 0, page = 0; page < PAGE_LIMIT; page += 1) {
    const query = new URLSearchParams({ limit: String(PAGE), offset: String(offset) });
    if (kind !== undefined) query.set('kind', kind);
    const template = '/broker/patron_requests/{id}/notifications';
    const got = await api.read(`${path}/notifications?${query.toString()}`, template, pageOf, signal);
    if (!got.ok) return got;
    for (const entry of got.value.items) found.set(text(entry['id']) ?? '', entry);
    offset += got.value.items.length;
    if (got.value.items.length === 0 || offset >= got.value.count) {
      return { ok: true, value: [...found.values()].toSorted(byTime) };
    }
  }
  return unreadable(api.session.system);
}

function pageOf(body: unknown): { readonly items: readonly Json[]; readonly count: number } | undefined {
  if (!isRecord(body)) return undefined;
  const { items } = body;
  const count = integer(fields(body['about'])['count']);
  return count !== undefined && (items === null || Array.isArray(items)) ? { items: records(items), count } : undefined;
}

function byTime(a: Json, b: Json): number {
  return (instant(a['createdAt']) ?? '').localeCompare(instant(b['createdAt']) ?? '');
}

/**
 * The thread: notes of both sides, and conditions as what came with an offer (`PrNotification` in indexdata/crosslink
 * `broker/oapi/open-api.yaml`). One that came in counts as read once it was acknowledged.
 */
export function messagesOf(notifications: readonly Json[]): readonly RecordMessage[] {
  return notifications.flatMap((entry): readonly RecordMessage[] => {
    const id = text(entry['id']);
    const at = instant(entry['createdAt']);
    if (id === undefined || at === undefined) return [];
    const mine = entry['direction'] === 'sent';
    const offer = entry['kind'] === 'condition';
    return [
      {
        id,
        at,
        mine,
        seen: mine || instant(entry['acknowledgedAt']) !== undefined,
        failed: entry['receipt'] === 'FAILED_TO_SEND',
        action: offer ? 'StatusChange' : 'Notification',
        ...present({ text: text(entry['note']), status: offer ? 'Conditional' : undefined }),
      },
    ];
  });
}

/** The lender's conditions, as the borrower got them or as the lender sent them, with what became of each. */
export function conditionsOf(notifications: readonly Json[], { side }: Pick<RequestView, 'side'>): LoanCondition[] {
  const direction = side === 'borrowing' ? 'received' : 'sent';
  return notifications
    .filter((entry) => entry['kind'] === 'condition' && entry['direction'] === direction)
    .map((entry) => ({
      code: text(entry['condition']) ?? 'other',
      accepted: entry['receipt'] === 'ACCEPTED',
      ...present({
        rejected: entry['receipt'] === 'REJECTED' ? true : undefined,
        note: text(entry['note']),
        cost: number(entry['cost']),
        currency: text(entry['currency']),
      }),
    }));
}
