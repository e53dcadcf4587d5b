import { SETTLED, type StepState } from '../../src-main/contract/journal.ts';
import type { Effect, JournalBook, JournalStep } from './books.ts';

/** What a day came to. Every finding is a sentence that says where to look. */
export interface Findings {
  /** Scans that were acknowledged and are not in the journal. */
  readonly lost: readonly string[];
  /** Effects beyond the one that was asked for. */
  readonly twice: readonly string[];
  /** Effects on one thing in another order than its scans. */
  readonly outOfOrder: readonly string[];
  /** Steps and prompts that neither ended nor reached a person. */
  readonly unsettled: readonly string[];
  /** Steps that are told otherwise than they went. */
  readonly untrue: readonly string[];
}

export interface AuditInput {
  /** Ids of the scans for which Carrel said that they are saved. */
  readonly acknowledged: readonly string[];
  /** Ids of the scans of one errand: a slip and its item, the volumes of a request. Each thing is acted on once. */
  readonly errands: readonly (readonly string[])[];
  /** Ids of scans meant as one: doubles, and a label read again because nothing seemed to have happened. */
  readonly labels: readonly (readonly string[])[];
  readonly book: JournalBook;
  /** What the servers did, in order for each thing. */
  readonly effects: readonly Effect[];
  /** What others did there. After a lost answer nobody can tell whose doing the state is that a look finds. */
  readonly others?: readonly Effect[];
}

/** Holds Carrel's journal against the servers' own books. */
export function audit({ acknowledged, errands, labels, book, effects, others = [] }: AuditInput): Findings {
  const twice: string[] = [];
  const untrue: string[] = [];
  const causes = new Map<Effect, JournalStep>();
  const groups = Map.groupBy(effects, keyOf);
  const stepsOf = Map.groupBy(book.steps, keyOf);
  const byOthers = Map.groupBy(others, keyOf);
  for (const key of new Set([...groups.keys(), ...stepsOf.keys()])) {
    const happened = groups.get(key) ?? [];
    const sent = (stepsOf.get(key) ?? []).filter(({ states }) => states.includes('sending'));
    const done = sent.filter((step) => endOf(step) === 'done');
    const open = sent.filter((step) => endOf(step) !== 'done' && isOpen(endOf(step)));
    if (happened.length > sent.length) twice.push(`${key}: ${happened.length} effects of ${sent.length} steps sent`);
    const seen = happened.length + (byOthers.get(key)?.length ?? 0);
    if (done.length > seen) untrue.push(`${key}: ${done.length} told done, ${seen} happened`);
    const most = done.length + open.length;
    if (happened.length > most && most < sent.length) {
      untrue.push(`${key}: ${happened.length} happened, only ${most} told done or not known`);
    }
    const left = Math.max(0, happened.length - done.length);
    const believed = sent.filter((step) => done.includes(step) || open.slice(0, left).includes(step));
    happened.forEach((effect, index) => {
      const step = believed[index] ?? sent[index];
      if (step !== undefined) causes.set(effect, step);
    });
  }
  twice.push(...meantOnce({ errands, labels }, [...causes.values()]));
  return {
    lost: acknowledged.filter((id) => !book.scans.has(id)).map((id) => `scan ${id} was acknowledged and is not there`),
    twice,
    outOfOrder: disorder(effects, causes),
    unsettled: unsettledIn(book),
    untrue: [...untrue, ...untruePrompts(book)],
  };
}

/** Whether the servers' books show the effect of one step, beside those of steps that are told done. */
export function hasHappened(stepId: string, book: JournalBook, effects: readonly Effect[]): boolean {
  const step = book.steps.find((one) => one.stepId === stepId);
  if (step === undefined) return false;
  const same = (one: Effect | JournalStep): boolean => keyOf(one) === keyOf(step);
  const told = book.steps.filter((one) => one !== step && same(one) && endOf(one) === 'done');
  return effects.filter(same).length > told.length;
}

function keyOf({ thing, action }: Effect | JournalStep): string {
  return `${action} ${thing}`;
}

function endOf(step: JournalStep): StepState {
  return step.states.at(-1) ?? 'recorded';
}

/** Told as not known: it may have happened. */
function isOpen(state: StepState): boolean {
  return state === 'needs-person' || state === 'unknown' || state === 'sending';
}

/** What a person meant once may take effect once; what they chose with a key was meant anew. */
function meantOnce(
  { errands, labels }: Pick<AuditInput, 'errands' | 'labels'>,
  acted: readonly JournalStep[],
): readonly string[] {
  const byScan = acted.filter(({ cause }) => cause.by === 'scan');
  const of = (scanIds: readonly string[]): readonly JournalStep[] =>
    byScan.filter(({ scanId }) => scanIds.includes(scanId));
  const groups = [
    ...labels.map(of),
    ...errands.flatMap((scanIds) => [...Map.groupBy(of(scanIds), ({ thing }) => thing).values()]),
  ];
  const found = groups
    .filter((steps) => new Set(steps.map(({ scanId }) => scanId)).size > 1)
    .map((steps) => `meant once, acted for each of its scans: ${steps.map(keyOf).join(', ')}`);
  return [...new Set(found)];
}

function disorder(effects: readonly Effect[], causes: ReadonlyMap<Effect, JournalStep>): readonly string[] {
  const found: string[] = [];
  for (const [thing, happened] of Map.groupBy(effects, (effect) => effect.thing)) {
    let last = 0;
    for (const effect of happened) {
      const seq = causes.get(effect)?.cause.seq ?? last;
      if (seq < last) found.push(`${thing}: ${effect.action} of record ${seq} came after that of record ${last}`);
      last = seq;
    }
  }
  return found;
}

/** Steps that have not ended, and prompts that are still being worked on, as the journal stands now. */
export function unsettledIn(book: JournalBook): readonly string[] {
  const steps = book.steps
    .filter((step) => !SETTLED.has(endOf(step)))
    .map((step) => `${keyOf(step)}: ${step.states.join(' → ')}`);
  const prompts = [...book.scans.values()]
    .filter(({ cancelled, prompt }) => !cancelled && (prompt === undefined || prompt.working))
    .map(({ scanId, prompt }) => `scan ${scanId}: ${prompt === undefined ? 'no prompt' : `still “${prompt.tag}”`}`);
  return [...steps, ...prompts];
}

/** Lines whose words about a system are not what became of the steps in it. */
function untruePrompts(book: JournalBook): readonly string[] {
  return [...Map.groupBy(book.steps, ({ scanId, system }) => `${scanId} ${system}`).values()].flatMap((steps) => {
    const [first] = steps;
    const prompt = first === undefined ? undefined : book.scans.get(first.scanId)?.prompt;
    if (first === undefined || prompt === undefined) return [];
    const legs = prompt.legs.filter((leg) => leg.system.toLowerCase() === first.system);
    const ends = steps.map(endOf);
    const told = (text: string): string => `scan ${first.scanId} shows “${text}”; its steps: ${ends.join(', ')}`;
    const boasts = legs.find((leg) => leg.state === 'done');
    if (boasts !== undefined && !ends.some((end) => end === 'done' || end === 'confirmed')) return [told(boasts.text)];
    const denies = legs.find((leg) => leg.state === 'not-done');
    const admits = legs.some((leg) => ['done', 'seen', 'confirmed'].includes(leg.state));
    if (denies !== undefined && !admits && ends.every((end) => end === 'done')) return [told(denies.text)];
    return [];
  });
}
