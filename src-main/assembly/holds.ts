import type { Result } from '../contract/result.ts';
import type { CopyFacts } from '../desk/copy-words.ts';
import type { HoldsPort } from '../journal/ports.ts';
import type { CirculationSystem } from '../systems/wms/circulation-system.ts';
import type { CopyAvailability } from '../systems/wms/availability/read.ts';
import { dueOf } from './lending.ts';

/** The copies of a title as the desk's rules want them. */
export interface TitleFacts {
  readonly oclcNumber: string;
  readonly at: string;
  readonly copies: readonly CopyFacts[];
}

/** Holds as the desk uses them; undefined where Carrel does not place and cancel them by itself. */
export function holdsThrough(system: CirculationSystem): HoldsPort | undefined {
  if (system.modes.hold !== 'api' || system.modes['cancel-hold'] !== 'api') return undefined;
  return {
    place: async (what, card, pickup) => {
      const wanted = 'barcode' in what ? { barcode: what.barcode } : { titleNumber: what.oclcNumber };
      const outcome = await system.placeHold({ patron: card, what: wanted, pickup });
      if (outcome.outcome !== 'done') return outcome;
      const { requestId } = outcome.value;
      return { outcome: 'done', value: requestId === undefined ? {} : { request: requestId } };
    },
    cancel: (request, card) => system.cancelHold({ requestId: request, patron: card }),
  };
}

/** The copies of a title by its OCLC number; a look-up. */
export async function titleThrough(
  system: CirculationSystem,
  oclcNumber: string,
  signal?: AbortSignal,
): Promise<Result<TitleFacts>> {
  const found = await system.titleAvailability(oclcNumber, signal);
  if (!found.ok) return found;
  const { copies, at } = found.value;
  return { ok: true, value: { oclcNumber: found.value.oclcNumber, at, copies: copies.map(factsOf) } };
}

function factsOf({ due, renewable: _, ...copy }: CopyAvailability): CopyFacts {
  return { ...copy, ...(due === undefined ? {} : { due: dueOf(due) }) };
}
