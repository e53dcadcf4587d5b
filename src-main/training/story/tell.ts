import type { PracticeRequest } from '../modrs/request.ts';
import type { World } from '../world.ts';

const HOUR = 3_600_000;

/** Puts a message of the other library into a request, as if it had come some hours ago. */
export function incoming(
  world: World,
  request: PracticeRequest,
  message: {
    readonly content: string;
    readonly status?: string;
    readonly data?: string;
    readonly hoursAgo: number;
    readonly seen?: boolean;
  },
): void {
  const supplier = request.supplyingInstitutionSymbol ?? '';
  const requester = request.requestingInstitutionSymbol;
  request.notifications.push({
    id: world.random.uuid(),
    at: world.clock.now() - message.hoursAgo * HOUR,
    seen: message.seen ?? false,
    isSender: false,
    attachedAction: message.status === 'Loaned' ? 'StatusChange' : 'Notification',
    ...(message.status === undefined ? {} : { actionStatus: message.status }),
    ...(message.data === undefined ? {} : { actionData: message.data }),
    sender: request.isRequester ? supplier : requester,
    receiver: request.isRequester ? requester : supplier,
    content: message.content,
  });
}

/** A loan condition, on this copy of the request. */
export function condition(
  world: World,
  request: PracticeRequest,
  terms: { readonly code: string; readonly note?: string; readonly cost?: number; readonly accepted?: boolean },
): void {
  request.conditions.push({
    id: world.random.uuid(),
    at: request.updatedAt,
    accepted: terms.accepted ?? false,
    code: terms.code,
    ...(terms.cost === undefined ? {} : { cost: terms.cost, costCurrency: 'usd' }),
    ...(terms.note === undefined ? {} : { note: terms.note }),
    supplier: request.supplyingInstitutionSymbol ?? '',
  });
  if (terms.cost !== undefined) {
    request.cost = terms.cost;
    request.costCurrency = 'usd';
  }
}
