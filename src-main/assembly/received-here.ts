import { actionWords } from '../desk/data/actions.ts';
import { itemLanes, requestLane } from '../journal/lane-names.ts';
import type { ReceivedHere } from '../journal/received.ts';
import type { RemoteJournal } from '../store/calls.ts';

export interface ReceivedHereParts {
  readonly journal: Pick<RemoteJournal, 'steps'>;
  readonly now: () => Date;
  readonly onFault: (error: unknown) => void;
}

/** No loan is looked for longer than the journal keeps its steps, days. */
const DAYS = 90;
const DAY_MS = 86_400_000;
/** Most steps of one lane looked through; an item has a handful. */
const STEPS = 50;

/** Whether this computer received a borrowed item and lent it since, by its own journal; one that cannot be read knows nothing. */
export function receivedHere({ journal, now, onFault }: ReceivedHereParts): ReceivedHere {
  return async (request) => {
    const since = new Date(now().getTime() - DAYS * DAY_MS).toISOString();
    const done = async (lane: string) => {
      const steps = await journal.steps({ states: ['done'], since, lanes: lane, limit: STEPS });
      return steps.map(({ body }) => body).filter((body) => body.lane === lane);
    };
    try {
      const received = (await done(requestLane('reshare', request.id))).some(
        ({ action }) => actionWords(action, 'borrowing')?.step === 'receive',
      );
      if (!received) return undefined;
      const lanes = itemLanes(request.hrid === undefined ? [] : [request.hrid], request);
      const steps = (await Promise.all(lanes.map(done))).flat();
      return { lent: steps.some(({ action }) => action === 'CheckOutItem') };
    } catch (error) {
      onFault(error);
      return undefined;
    }
  };
}
