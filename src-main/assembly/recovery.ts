import type { RecordBody, ScanLine, StoredRecord } from '../contract/journal.ts';
import type { Prompt } from '../contract/prompt.ts';
import type { Result } from '../contract/result.ts';
import { interruptedPrompt, lostAnswerPrompt, settledPrompt } from '../desk/interim.ts';
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

/** NCIP has no call that tells what became of another. */
const NO_WAY_TO_ASK = 'Carrel was closed before the answer came, and the system cannot be asked. A person must look.';

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
  const sent = new Map<string, string>();
  for (const step of await store.journal.unsettledSteps()) {
    if (step.body.state === 'recorded') {
      await record(step.scanId, neverSent(step.body));
      continue;
    }
    sent.set(step.scanId, step.body.system);
    if (step.body.system !== 'reshare') {
      flow.doubtCirculation(step.body);
      await record(step.scanId, { ...step.body, state: 'needs-person', sentence: NO_WAY_TO_ASK });
      continue;
    }
    const doubt = { scanId: step.scanId, body: step.body };
    doubts.add(doubt);
    void lookAfter(parts, doubt).catch(parts.onFault);
  }
  const lines = await store.journal.lines({ since: parts.since, limit: LOOKED_AT });
  flow.remember(lines);
  for (const line of lines) {
    if (isOpen(line)) await flow.present(line, openPrompt(line, sent.get(line.scanId), now().toISOString()));
  }
}

/** What an open scan of an earlier run says now. `system`: where something had been sent. */
function openPrompt(line: ScanLine, system: string | undefined, now: string): Prompt {
  if (system === undefined || system === 'reshare') return interruptedPrompt(line, system !== undefined, now);
  return lostAnswerPrompt(line, system.toUpperCase(), now);
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
