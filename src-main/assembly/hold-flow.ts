import { randomUUID } from 'node:crypto';
import type { RecordBody, StoredRecord } from '../contract/journal.ts';
import { ok, type Result } from '../contract/result.ts';
import { HoldFlow, type HoldFlowOptions, type OpenStep } from '../journal/hold-flow.ts';
import type { RemoteJournal } from '../store/calls.ts';
import type { Circulation } from './circulation.ts';
import { journalFailure } from './store-ports.ts';

export interface HoldFlowParts extends Pick<HoldFlowOptions, 'lanes' | 'now' | 'protect' | 'show'> {
  readonly circulation: Circulation;
  readonly journal: Pick<RemoteJournal, 'steps' | 'lineOf'>;
  readonly record: (scanId: string, body: RecordBody) => Promise<Result<StoredRecord>>;
}

/** A lost answer stands in the way of the same hold for this long, in days; by then the agreement list has told of it. */
const DOUBT_DAYS = 60;
const DAY_MS = 86_400_000;
/** Most open steps looked through; each is a question for a person, so there are few. */
const OPEN_STEPS = 1_000;

/** The flow of holds over the journal's store and the library's circulation system. */
export function createHoldFlow({ circulation, journal, ...rest }: HoldFlowParts): HoldFlow {
  return new HoldFlow({
    ...rest,
    holds: circulation.port?.holds,
    system: circulation.rules?.name ?? 'your circulation system',
    newId: randomUUID,
    line: (scanId) => journal.lineOf(scanId),
    openSteps: async (): Promise<Result<readonly OpenStep[]>> => {
      const since = new Date(rest.now().getTime() - DOUBT_DAYS * DAY_MS).toISOString();
      try {
        const records = await journal.steps({
          states: ['sending', 'unknown', 'needs-person'],
          since,
          limit: OPEN_STEPS,
        });
        return ok(records.map(({ scanId, body, at }) => ({ scanId, body, at })));
      } catch (error) {
        return journalFailure(error);
      }
    },
  });
}
