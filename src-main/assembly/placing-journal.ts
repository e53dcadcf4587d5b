import { StepState } from '../contract/journal.ts';
import { PLACING_LANES, placingLane, PLACING_SYSTEM } from '../desk/placing.ts';
import type { PlacingRow } from '../journal/placing-flow.ts';
import type { RemoteJournal } from '../store/calls.ts';

/** How long a placed request stays on the list, days; loans take weeks. */
const LISTED_DAYS = 120;
const DAY_MS = 86_400_000;
const LISTED = 500;

/** What was placed, from the journal: each by its newest record, oldest first. */
export async function listedPlacings(journal: Pick<RemoteJournal, 'steps'>, now: Date): Promise<readonly PlacingRow[]> {
  const records = await journal.steps({
    states: StepState.options,
    since: new Date(now.getTime() - LISTED_DAYS * DAY_MS).toISOString(),
    limit: LISTED,
    lanes: PLACING_LANES,
  });
  const newest = new Map<string, PlacingRow>();
  for (const { scanId, body, at } of records) {
    // A second try is a step of its own; the newest tells how it stands.
    if (!newest.has(scanId)) newest.set(scanId, { id: scanId, body, changedAt: at });
  }
  return [...newest.values()].reverse();
}

/** What the journal has of one id, however long ago. */
export async function placingOf(
  journal: Pick<RemoteJournal, 'recordsOf'>,
  id: string,
): Promise<PlacingRow | undefined> {
  for (const { body, at } of (await journal.recordsOf(id)).toReversed()) {
    if (body.type === 'step' && body.system === PLACING_SYSTEM && body.lane === placingLane(id)) {
      return { id, body, changedAt: at };
    }
  }
  return undefined;
}
