import type { JsonObject } from '../http.ts';
import type { Broker } from './broker.ts';
import type { Words } from './notifications.ts';

/**
 * Commands of the practice broker: `brokerMessage {request, event, note?, condition?, cost?, currency?}` lets the other
 * library's message arrive (`loaned`, `received`, `shipped-return`, `completed`, `cancel-request`, … or `notification`, which
 * is words only), `brokerSays {side, data}` tells who listens anything at all, `brokerHangUp` ends every listening connection, and
 * `broker {request?}` tells how many listen and, of a request, its state.
 */
export function brokerCommand(broker: Broker, name: string, args: JsonObject): unknown {
  switch (name) {
    case 'brokerMessage':
      broker.message(broker.find(String(args['request'])), String(args['event']), wordsOf(args));
      return {};
    case 'brokerSays':
      broker.say(args['side'] === 'lending' ? 'lending' : 'borrowing', String(args['data']));
      return {};
    case 'brokerHangUp':
      broker.hangUp();
      return {};
    case 'broker': {
      const { listening } = broker;
      const { request } = args;
      return typeof request === 'string' ? { listening, state: broker.find(request).state } : { listening };
    }
    default:
      return undefined;
  }
}

function wordsOf({ note, condition, cost, currency }: JsonObject): Words {
  return {
    ...(typeof note === 'string' ? { note } : {}),
    ...(typeof condition === 'string' ? { condition } : {}),
    ...(cost === undefined ? {} : { cost: Number(cost) }),
    ...(typeof currency === 'string' ? { currency } : {}),
  };
}
