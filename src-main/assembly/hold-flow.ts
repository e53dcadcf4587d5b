import { randomUUID } from 'node:crypto';
import type { RecordBody, StoredRecord } from '../contract/journal.ts';
import { ok, type Result } from '../contract/result.ts';
import { HoldFlow, type HoldFlowOptions, type OpenStep } from '../journal/hold-flow.ts';
import type { RemoteJournal } from '../store/calls.ts';
import type { Circulation } from './circulation.ts';
import { journalFailure } from './store-ports.ts';

export interface HoldFlowParts extends Pick<HoldFlowOptions, 'lanes' | 'now' | 'protect' | 'show' | 'timeZone'> {
  readonly circulation: Circulation;
  readonly journal: Pick<RemoteJournal, 'steps' | 'lineOf'>;
  readonly record: (scanId: string, body: RecordBody) => Promise<Result<StoredRecord>>;
}

/** Most open steps looked through; each is a question for a person, so there are few. */
const OPEN_STEPS = 1_000;

/** The flow of holds over the journal's store and the library's circulation system. */
export function createHoldFlow({ circulation, journal, ...rest }: HoldFlowParts): HoldFlow {
  return new HoldFlow({
    ...rest,
    holds: circulation.port?.holds,
    look: circulation.port?.look,
    system: circulation.rules?.name ?? 'your circulation system',
    newId: randomUUID,
    line: (scanId) => journal.lineOf(scanId),
    openSteps: async (): Promise<Result<readonly OpenStep[]>> => {
      try {
        // However old: until a person has spoken it stands in the way of the same hold, and its card is kept for that.
        const records = await journal.steps({
          states: ['sending', 'unknown', 'needs-person'],
          since: '',
          limit: OPEN_STEPS,
        });
        return ok(records.map(({ scanId, body, at }) => ({ scanId, body, at })));
      } catch (error) {
        return journalFailure(error);
      }
    },
  });
}
