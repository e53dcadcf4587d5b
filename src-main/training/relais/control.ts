import type { JsonObject } from '../http.ts';
import { RELAIS_FAULTS, type PracticeRelais } from './practice-relais.ts';

/**
 * Runs one command of the practice Relais; undefined when there is none of that name: `relais` (address and what a client is
 * set up with), `relaisMark {number, status}` (what staff do in the portal), `relaisFail {fault}` (what the next call answers
 * instead).
 */
export function relaisCommand(relais: PracticeRelais, name: string, args: JsonObject): unknown {
  switch (name) {
    case 'relais':
      return { url: relais.url, ...relais.access };
    case 'relaisMark':
      relais.mark(String(args['number']), String(args['status']));
      return {};
    case 'relaisFail': {
      const fault = RELAIS_FAULTS.find((one) => one === args['fault']);
      if (fault === undefined) throw new RangeError(`No fault ${String(args['fault'])}`);
      relais.fail(fault);
      return {};
    }
    default:
      return undefined;
  }
}
