import type { JsonObject } from '../http.ts';
import type { Random } from '../random.ts';
import type { BrokerRequest, Notification } from './request.ts';

/** What a message carries beside its event: words, and the terms of an offer. */
export interface Words {
  readonly note?: string;
  readonly condition?: string;
  readonly cost?: number;
  readonly currency?: string;
}

/** Keeps what a message says; one that says nothing leaves none (`extractSamNotifications`). */
export function keepWords(
  request: BrokerRequest,
  direction: Notification['direction'],
  { note, condition, cost, currency }: Words,
  at: number,
  random: Random,
): Notification | undefined {
  if (note === undefined && condition === undefined && cost === undefined) return undefined;
  const kept: Notification = {
    id: random.uuid(),
    direction,
    kind: condition === undefined && cost === undefined ? 'note' : 'condition',
    createdAt: at,
    ...(note === undefined ? {} : { note }),
    ...(condition === undefined ? {} : { condition }),
    ...(cost === undefined ? {} : { cost }),
    ...(currency === undefined ? {} : { currency }),
  };
  request.notifications.push(kept);
  return kept;
}

/** What became of the conditions that came, or that were sent. */
export function answerConditions(
  { notifications }: BrokerRequest,
  direction: Notification['direction'],
  receipt: 'ACCEPTED' | 'REJECTED',
  at: number,
): void {
  for (const one of notifications) {
    if (one.kind !== 'condition' || one.direction !== direction) continue;
    one.receipt = receipt;
    one.acknowledgedAt ??= at;
  }
}

export function notificationView(request: BrokerRequest, one: Notification): JsonObject {
  const sentByBorrower = (one.direction === 'sent') === (request.side === 'borrowing');
  const [fromSymbol, toSymbol] = sentByBorrower
    ? [request.requester, request.supplier]
    : [request.supplier, request.requester];
  const { createdAt, acknowledgedAt, ...rest } = one;
  return {
    ...rest,
    fromSymbol,
    toSymbol,
    createdAt: new Date(createdAt).toISOString(),
    ...(acknowledgedAt === undefined ? {} : { acknowledgedAt: new Date(acknowledgedAt).toISOString() }),
  };
}
