import type { RecordBody, ScanLine, StoredRecord } from '../contract/journal.ts';
import type { Result } from '../contract/result.ts';
import { interruptedPrompt, settledPrompt } from '../desk/interim.ts';
import type { DeskFlow } from '../journal/desk-flow.ts';
import type { Doubt, Doubts } from '../journal/doubts.ts';
import { neverSent } from '../journal/settle.ts';
import type { Settler } from '../journal/settler.ts';
import type { Store } from '../store/client.ts';
import type { RecordContext } from '../store/journal-store.ts';

export interface RecoveryParts {
  readonly store: Store;
  readonly flow: DeskFlow;
  readonly doubts: Doubts;
  readonly settler: Settler | undefined;
  readonly record: (scanId: string, body: RecordBody) => Promise<Result<StoredRecord>>;
  readonly context: () => RecordContext;
  readonly now: () => Date;
  /** Start of the shift, ISO 8601 UTC. */
  readonly since: string;
  readonly onFault: (error: unknown) => void;
}

/** A shift is a local calendar day: what was scanned since midnight. */
export function startOfShift(now: Date): string {
  const start = new Date(now);
  start.setHours(0, 0, 0, 0);
  return start.toISOString();
}

/** Most lines looked at after a start; a shift has fewer. */
const LOOKED_AT = 2_000;

/**
 * What an earlier run left open. Steps that were being sent become *unknown* and are looked after; steps that were only
 * recorded are written down as not sent; every scan whose prompt was still being worked on says so. Nothing is sent: the
 * thing may be anywhere by now, and whoever scans it again starts with a look.
 */
export async function recoverShift(parts: RecoveryParts): Promise<void> {
  const { store, flow, doubts, record, now } = parts;
  await store.journal.recover(parts.context());
  const sent = new Set<string>();
  for (const step of await store.journal.unsettledSteps()) {
    if (step.body.state === 'recorded') {
      await record(step.scanId, neverSent(step.body));
      continue;
    }
    sent.add(step.scanId);
    const doubt = { scanId: step.scanId, body: step.body };
    doubts.add(doubt);
    void lookAfter(parts, doubt).catch(parts.onFault);
  }
  const lines = await store.journal.lines({ since: parts.since, limit: LOOKED_AT });
  flow.remember(lines);
  for (const line of lines) {
    if (isOpen(line)) await flow.present(line, interruptedPrompt(line, sent.has(line.scanId), now().toISOString()));
  }
}

async function lookAfter(parts: RecoveryParts, doubt: Doubt): Promise<void> {
  const settled = await parts.settler?.watch(doubt);
  if (settled === undefined || settled.state === 'unknown') return;
  const line = await parts.store.journal.lineOf(doubt.scanId);
  if (line === undefined) return;
  await parts.flow.present(
    line,
    settledPrompt(line, settled.state === 'done', settled.sentence, parts.now().toISOString()),
  );
}

function isOpen(line: ScanLine): boolean {
  return !line.cancelled && (line.prompt === undefined || line.prompt.working);
}
