import type { ScanLine } from '../contract/journal.ts';
import { leavesByHand } from '../desk/agreement-legs.ts';
import { namesRequest } from '../desk/agreement-number.ts';
import type { StepSeen } from '../desk/agreement-steps.ts';
import { asksForWord, isOpenHoldStep } from '../desk/unanswered.ts';
import type { RemoteJournal } from '../store/calls.ts';

/** What the journal has to say for the agreement list. */
export interface TroubledScans {
  /** The newest step of each request and action that did not end well. */
  readonly steps: readonly StepSeen[];
  /** Requests of those steps, and of scans whose prompt left something to do by hand. */
  readonly requestIds: readonly string[];
  /** The scans of each of these requests. */
  readonly scansOf: ReadonlyMap<string, readonly string[]>;
}

/** Most steps and scans looked through. */
const STEPS = 200;
const LINES = 500;
const DONE = 5_000;
const WAITING = 2_000;
/** Carrel itself looks after a lost answer for a minute and a half; until then there is nothing for a person to do. */
const LOOKING_MS = 2 * 60_000;

/** Steps that ended refused, unknown or with a question, and scans that left something by hand, since a time (ISO 8601 UTC). */
export async function troubledScans(
  journal: Pick<RemoteJournal, 'steps' | 'searchLines' | 'recordsOf' | 'lineOf'>,
  since: string,
  now: Date,
): Promise<TroubledScans> {
  const settledBy = new Date(now.getTime() - LOOKING_MS).toISOString();
  const recent = await journal.steps({ states: ['refused', 'unknown', 'needs-person'], since, limit: STEPS });
  // What waits for a person's word stays on the list however old it is: until then it cannot be put away either.
  const waiting = await journal.steps({ states: ['needs-person'], since: '', limit: WAITING });
  const old = waiting.filter(({ body, at }) => at < since && (asksForWord(body) || isOpenHoldStep(body)));
  const records = [...recent, ...old];
  const scansOf = new Map<string, string[]>();
  const note = (requestId: string, scanId: string): void => {
    const known = scansOf.get(requestId) ?? [];
    if (!known.includes(scanId)) scansOf.set(requestId, [...known, scanId]);
  };
  const steps = new Map<string, StepSeen>();
  for (const { scanId, body, at } of records) {
    if (body.system === 'reshare') note(body.requestId, scanId);
    const key = `${body.requestId} ${body.action}`;
    if (steps.has(key) || (body.state === 'unknown' && at > settledBy)) continue;
    const line = await journal.lineOf(scanId);
    if (line === undefined || (line.cancelled && body.state === 'refused')) continue;
    steps.set(key, { scanId, body, at, ...namesOf(line) });
  }
  for (const line of await journal.searchLines({ text: '', from: since, limit: LINES })) {
    if (line.importedFrom !== undefined || line.prompt === undefined || !leavesByHand(line.prompt)) continue;
    for (const { body } of await journal.recordsOf(line.scanId)) {
      if (body.type === 'step' && body.system === 'reshare') note(body.requestId, line.scanId);
    }
  }
  return { steps: [...steps.values()], requestIds: [...scansOf.keys()], scansOf };
}

/** Barcodes, in capitals, of what was lent through Carrel on this computer since a time (ISO 8601 UTC). */
export async function lentBarcodes(journal: Pick<RemoteJournal, 'steps'>, since: string): Promise<ReadonlySet<string>> {
  const done = await journal.steps({ states: ['done'], since, limit: DONE });
  const lent = done.flatMap(({ body }) => {
    const { barcode } = body.params;
    return body.action === 'CheckOutItem' && typeof barcode === 'string' ? [barcode.toUpperCase()] : [];
  });
  return new Set(lent);
}

/** A scan of WMS's own form of a request number (`ReShareRequestRVR-12`) is listed by the request's. */
function namesOf({ prompt, barcode, raw }: ScanLine): Pick<StepSeen, 'label' | 'title'> {
  const scanned = barcode === '' ? raw : barcode;
  const label = prompt !== undefined && namesRequest(scanned, prompt.rowId) ? prompt.rowId : scanned;
  return { label, ...(prompt?.title === undefined ? {} : { title: prompt.title }) };
}
