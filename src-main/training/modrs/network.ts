import { peerOf, type World } from '../world.ts';
import { audit } from './audit.ts';
import { outcomeOf } from './machine.ts';
import type { PracticeRequest } from './request.ts';
import { settleRequester } from './rota.ts';

/** ISO 18626 message events of the state models. */
export type NetworkEvent =
  | 'ISO18626StatusChange'
  | 'ISO18626RequestResponse'
  | 'ISO18626CancelResponse'
  | 'ISO18626Notification'
  | 'ISO18626Received'
  | 'ISO18626ShippedReturn'
  | 'ISO18626Cancel';

export interface NetworkMessage {
  readonly event: NetworkEvent;
  /** The ISO 18626 status or the qualifier of the state model, e.g. `Loaned`. */
  readonly qualifier?: string;
  /** Note to the other library, as typed. */
  readonly note?: string;
  /** Machine prefix mod-rs puts before the note, e.g. `#ReShareAddLoanCondition#`. */
  readonly prefix?: string;
  readonly data?: string;
  /** What the message brings besides the state: volumes, a due date, a condition. */
  readonly bring?: (peer: PracticeRequest) => void;
}

/**
 * Sends an ISO 18626 message. The sender is busy until it is acknowledged; the other library's copy changes later still. Messages
 * of one request arrive in the order they were sent.
 */
export function tell(world: World, from: PracticeRequest, message: NetworkMessage): void {
  const content = contentOf(message);
  if (content !== undefined) {
    from.notifications.push(notice(world, from, message, content, true));
  }
  const peer = peerOf(world, from);
  if (peer === undefined) return;
  if (world.network.acknowledgeMs > 0) {
    from.networkStatus = 'Waiting';
    world.clock.after(world.network.acknowledgeMs, () => {
      from.networkStatus = 'Idle';
    });
  }
  world.clock.after(world.network.peerMs, () => {
    deliver(world, peer, message);
  });
}

/** What the receiving library's server does with a message. */
export function deliver(world: World, peer: PracticeRequest, message: NetworkMessage): void {
  const from = peer.state;
  message.bring?.(peer);
  const outcome = outcomeOf(peer.model, from, message.event, true, message.qualifier);
  const restored = outcome?.saveRestore === 'restore' ? peer.previousStates[from] : undefined;
  const target = restored ?? (outcome?.saveRestore === 'restore' ? undefined : (outcome?.to ?? undefined));
  // RES_AWAITING_RETURN_SHIPPING is named as a target but is not seeded as a state: nothing changes.
  if (target !== undefined && target !== 'RES_AWAITING_RETURN_SHIPPING') {
    if (outcome?.saveRestore === 'save') peer.previousStates[target] = from;
    peer.state = target;
  }
  const content = contentOf(message);
  if (content !== undefined || message.qualifier === 'Conditional') {
    peer.notifications.push(notice(world, peer, message, content, false));
  }
  const verb = message.event.replace('ISO18626', '');
  const subject = message.qualifier === undefined ? '' : `: ${message.qualifier}`;
  audit(world, peer, { from, message: `${verb} message received${subject}`, action: message.event });
  world.ledger.record({
    tenant: peer.tenant,
    kind: 'network',
    action: `${message.event}${message.qualifier === undefined ? '' : `/${message.qualifier}`}`,
    result: 'done',
    requestId: peer.id,
    ...(peer.hrid === undefined ? {} : { hrid: peer.hrid }),
    fromState: from,
    toState: peer.state,
  });
  settleRequester(world, peer);
}

function contentOf(message: NetworkMessage): string | undefined {
  if (message.note === undefined && message.prefix === undefined) return undefined;
  return [message.prefix, message.note].filter((part) => part !== undefined).join(' ');
}

function notice(
  world: World,
  request: PracticeRequest,
  message: NetworkMessage,
  content: string | undefined,
  isSender: boolean,
): PracticeRequest['notifications'][number] {
  const requester = request.requestingInstitutionSymbol;
  const supplier = request.supplyingInstitutionSymbol ?? '';
  // On the borrower's copy an incoming message comes from the supplier, and the other way round.
  const fromRequester = isSender === request.isRequester;
  return {
    id: world.random.uuid(),
    at: world.clock.now(),
    seen: isSender,
    isSender,
    attachedAction: message.event.replace('ISO18626', ''),
    ...(message.qualifier === undefined ? {} : { actionStatus: message.qualifier }),
    ...(message.data === undefined ? {} : { actionData: message.data }),
    sender: fromRequester ? requester : supplier,
    receiver: fromRequester ? supplier : requester,
    ...(content === undefined ? {} : { content }),
    ...(isSender ? { messageStatus: 'OK' } : {}),
  };
}
