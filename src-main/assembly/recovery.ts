import type { RecordBody, ScanLine, StepBody, StoredRecord } from '../contract/journal.ts';
import type { Prompt } from '../contract/prompt.ts';
import type { Result } from '../contract/result.ts';
import { interruptedPrompt, lostAnswerPrompt, settledPrompt, untoldPrompt } from '../desk/interim.ts';
import { listedPrompt } from '../desk/offline-words.ts';
import { offerId } from '../desk/offers.ts';
import { PLACING_SYSTEM } from '../desk/placing.ts';
import { asksForWord } from '../desk/unanswered.ts';
import type { DeskFlow } from '../journal/desk-flow.ts';
import type { Doubt, Doubts } from '../journal/doubts.ts';
import { isSure, type EarlierStep } from '../journal/earlier.ts';
import { needsWord } from '../journal/circulation-step.ts';
import { neverSent } from '../journal/settle.ts';
import type { Settler } from '../journal/settler.ts';
import { isTaskStep } from '../tasks/call-step.ts';
import type { RemoteJournal } from '../store/calls.ts';
import type { RecordContext } from '../store/journal-store.ts';

export interface RecoveryParts {
  readonly store: {
    readonly journal: Pick<RemoteJournal, 'recover' | 'unsettledSteps' | 'steps' | 'lines' | 'lineOf' | 'recordsOf'>;
  };
  readonly flow: Pick<DeskFlow, 'present' | 'remember' | 'recall' | 'hold'>;
  readonly doubts: Doubts;
  readonly settler: Pick<Settler, 'watch'> | undefined;
  readonly record: (scanId: string, body: RecordBody) => Promise<Result<StoredRecord>>;
  /** Puts a scan that nothing was done for on the offline list; its number there, where it got one. */
  readonly hold?: (line: ScanLine) => Promise<number | undefined>;
  /** A look found out how a step of an earlier run ended; its line has the new prompt. */
  readonly onSettled?: (line: ScanLine, step: StepBody) => void;
  readonly context: () => RecordContext;
  readonly now: () => Date;
  /** For how many minutes a thing counts as just handled. */
  readonly settleMinutes: number;
  readonly onFault: (error: unknown) => void;
}

/** A shift is a local calendar day: what was scanned since midnight. */
export function startOfShift(now: Date): string {
  const start = new Date(now);
  start.setHours(0, 0, 0, 0);
  return start.toISOString();
}

/** More steps than ever wait for a person's word. */
const HELD = 100_000;

/** Most lines and steps looked at after a start; a shift has fewer. */
const LOOKED_AT = 2_000;

/** How far back steps are recalled: a shift, and a wall clock that is some hours off. */
const RECALLED_MS = 24 * 60 * 60_000;

const MAY_HAVE_HAPPENED = ['done', 'confirmed', 'unknown', 'needs-person'] as const;

/**
 * What an earlier run left open. Steps that were being sent become *unknown* and are looked after; steps that were only
 * recorded are written down as not sent; every scan whose prompt was still being worked on says so. Nothing is sent: the
 * thing may be anywhere by now, and whoever scans it again starts with a look.
 */
export async function recoverShift(parts: RecoveryParts): Promise<void> {
  const { store, flow, doubts, record } = parts;
  await store.journal.recover(parts.context());
  const sent = new Map<string, StepBody>();
  await recallHeld(parts);
  for (const step of await store.journal.unsettledSteps()) {
    // A request that was being placed has a look of its own, and so has work in two systems.
    if (step.body.system === PLACING_SYSTEM || isTaskStep(step.body)) continue;
    if (step.body.state === 'recorded') {
      await record(step.scanId, neverSent(step.body));
      continue;
    }
    sent.set(step.scanId, step.body);
    if (step.body.system !== 'reshare') {
      const open = needsWord(step.body);
      await record(step.scanId, open);
      if (asksForWord(open)) flow.hold({ scanId: step.scanId, body: open });
      continue;
    }
    const doubt = { scanId: step.scanId, body: step.body };
    doubts.add(doubt);
    void lookAfter(parts, doubt).catch(parts.onFault);
  }
  // Of any day: whatever the wall clock says now, a scan that was being worked on when Carrel ended is open.
  const lines = await store.journal.lines({ limit: LOOKED_AT });
  flow.remember(lines);
  for (const line of lines) {
    if (isOpen(line)) await flow.present(line, await openPrompt(parts, line, sent.get(line.scanId)));
  }
  await recall(parts);
}

/** Steps that wait for a person's word keep holding their lanes, however often Carrel is started. */
async function recallHeld({ store, flow, now }: RecoveryParts): Promise<void> {
  const waiting = await store.journal.steps({ states: ['needs-person'], since: '', limit: HELD });
  for (const { scanId, body } of waiting.toReversed()) {
    if (!asksForWord(body)) continue;
    flow.hold({ scanId, body });
    // The program may have ended between the step's record and the prompt that asks.
    const line = await store.journal.lineOf(scanId);
    if (line === undefined || line.cancelled || asks(line, body.stepId)) continue;
    await flow.present(line, heldPrompt(line, body, now().toISOString()));
  }
}

function asks(line: ScanLine, stepId: string): boolean {
  return line.prompt?.offers.some(({ id }) => id === offerId({ kind: 'happened', stepId })) === true;
}

function heldPrompt(line: ScanLine, { system, stepId, sentence }: StepBody, now: string): Prompt {
  if (system === 'reshare') return settledPrompt(line, false, sentence, now, stepId);
  return lostAnswerPrompt(line, system.toUpperCase(), stepId, now);
}

/** What an open scan of an earlier run says now. `sent`: the step that had been sent and not been answered. */
async function openPrompt(
  { store, now, hold }: RecoveryParts,
  line: ScanLine,
  sent: StepBody | undefined,
): Promise<Prompt> {
  const at = now().toISOString();
  if (sent?.system === 'reshare') return interruptedPrompt(line, true, at);
  if (sent !== undefined) return heldPrompt(line, sent, at);
  const records = await store.journal.recordsOf(line.scanId);
  const step = records.findLast(({ body }) => body.type === 'step')?.body;
  if (step?.type !== 'step' || step.state === 'not-sent') {
    const prompt = interruptedPrompt(line, false, at);
    // It may have got its number, and Carrel ended before its prompt was written.
    const no = heldAs(records) ?? (await hold?.(line));
    return no === undefined ? prompt : listedPrompt(prompt, no);
  }
  return untoldPrompt(line, step, at);
}

/** Its number on the offline list, where it is on it. */
function heldAs(records: readonly StoredRecord[]): number | undefined {
  const last = records.findLast(({ body }) => body.type === 'held' || body.type === 'released')?.body;
  return last?.type === 'held' ? last.no : undefined;
}

/** Tells the desk what earlier runs did a short while ago, oldest first, so that nothing is done again by itself. */
async function recall({ store, flow, now, settleMinutes }: RecoveryParts): Promise<void> {
  const since = new Date(now().getTime() - RECALLED_MS).toISOString();
  const steps = await store.journal.steps({ states: MAY_HAVE_HAPPENED, since, limit: LOOKED_AT });
  const recalled: EarlierStep[] = [];
  let minutesAgo = 0;
  let newer: number | undefined;
  for (const { scanId, body, mono } of steps) {
    // Within one run its monotonic clock tells how much later the next one was; between runs nothing reliable does.
    if (newer !== undefined && mono < newer) minutesAgo += (newer - mono) / 60_000;
    newer = mono;
    // What waits for a person's word is held already; a request that was placed is no thing in anybody's hand.
    if ((body.held === true && body.system !== 'reshare') || body.system === PLACING_SYSTEM) continue;
    if (isTaskStep(body)) continue;
    const matters = isSure(body) ? minutesAgo < settleMinutes : await wasSent(store, scanId, body.stepId);
    if (matters) {
      recalled.push({ body, line: await store.journal.lineOf(scanId), minutesAgo });
    }
  }
  for (const step of recalled.toReversed()) flow.recall(step);
}

async function wasSent(store: RecoveryParts['store'], scanId: string, stepId: string): Promise<boolean> {
  const records = await store.journal.recordsOf(scanId);
  return records.some(({ body }) => body.type === 'step' && body.stepId === stepId && body.state === 'sending');
}

async function lookAfter(parts: RecoveryParts, doubt: Doubt): Promise<void> {
  const settled = await parts.settler?.watch(doubt);
  if (settled === undefined || settled.state === 'unknown') return;
  const line = await parts.store.journal.lineOf(doubt.scanId);
  if (line === undefined) return;
  const { state, sentence } = settled;
  const prompt = settledPrompt(line, state === 'done', sentence, parts.now().toISOString(), doubt.body.stepId);
  const step: StepBody = { ...doubt.body, state, ...(sentence === undefined ? {} : { sentence }) };
  parts.onSettled?.({ ...line, prompt }, step);
  await parts.flow.present(line, prompt);
}

function isOpen(line: ScanLine): boolean {
  return !line.cancelled && (line.prompt === undefined || line.prompt.working);
}
