import type { JsonObject } from '../http.ts';
import type { Broker } from './broker.ts';

/**
 * Commands of the practice broker: `brokerMessage {request, event}` lets the other library's message arrive (`loaned`,
 * `received`, `shipped-return`, `completed`, `cancel-request`, …), `brokerHangUp` ends every listening connection, and
 * `broker {request?}` tells how many listen and, of a request, its state.
 */
export function brokerCommand(broker: Broker, name: string, args: JsonObject): unknown {
  switch (name) {
    case 'brokerMessage':
      broker.message(broker.find(String(args['request'])), String(args['event']));
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
