import type { RecordBody, ScanLine, StepBody, StoredRecord } from '../contract/journal.ts';
import type { HeldBody, ReleasedBody } from '../contract/offline.ts';
import type { Prompt } from '../contract/prompt.ts';
import type { RequestView } from '../contract/request.ts';
import type { Result } from '../contract/result.ts';
import type { DownSystem, Hold } from '../desk/offline.ts';
import { heldPrompt } from '../desk/offline-words.ts';
import { asksForWord } from '../desk/unanswered.ts';
import type { DeskRules, Evidence, Reading } from '../desk/types.ts';

/** A scan that waits for a system, with what became of it since. */
export interface HeldEntry {
  readonly line: ScanLine;
  readonly held: HeldBody;
  /** Server clock minus ours when it was scanned, milliseconds. */
  readonly serverOffsetMs?: number;
  /** The newest record of the step that was made of it, if one was begun. */
  readonly step?: StepBody;
}

/** As the journal tells of a held scan; see the store's `held`. */
export interface HeldRecords {
  readonly line: ScanLine;
  readonly records: readonly StoredRecord[];
  readonly scannedAgain: string | undefined;
}

export interface OfflineOptions {
  readonly rules: () => DeskRules;
  readonly now: () => Date;
  /** The systems that are not reached now. */
  readonly down: () => readonly DownSystem[];
  readonly append: (scanId: string, body: RecordBody) => Promise<Result<StoredRecord>>;
  /** The highest number given at this desk on a local day. */
  readonly lastNumber: (day: string, desk: string) => Promise<number>;
  readonly onChanged: () => void;
  /** A line left the list without having been done from it; its prompt should say so. */
  readonly onReleased?: (line: ScanLine, how: ReleasedBody['how'], staff: string) => Promise<void>;
}

/** What is known of a scan because its thing waits on the list. */
export type RescanEvidence = Pick<Evidence, 'rescans' | 'checkedIn'>;

/**
 * The offline list: scans that wait for a system, each with its number. A thing leaves it only when it is scanned again or
 * a person says why not; both are records. While a thing is being scanned again nothing is replayed for it, and while it is
 * being replayed its new scan waits: so nothing is done from both sides.
 */
export class Offline {
  readonly #o: OfflineOptions;
  readonly #entries = new Map<string, HeldEntry>();
  readonly #numbers = new Map<string, number>();
  /** Held scans whose things are being scanned again, by the new scan. */
  readonly #claims = new Map<string, string>();
  readonly #running = new Map<string, Promise<void>>();

  constructor(options: OfflineOptions) {
    this.#o = options;
  }

  /** Takes over what earlier runs left. A thing that was scanned again and acted on is done with, whatever was written. */
  async load(scans: readonly HeldRecords[]): Promise<void> {
    for (const { line, records, scannedAgain } of scans) {
      const entry = entryOf(line, records);
      if (entry === undefined) continue;
      this.#entries.set(line.scanId, entry);
      if (scannedAgain !== undefined) await this.release(line.scanId, { kind: 'rescanned', by: scannedAgain });
    }
  }

  /** In the order in which they were scanned. */
  get entries(): readonly HeldEntry[] {
    return [...this.#entries.values()].sort((a, b) => a.line.seq - b.line.seq);
  }

  entry(scanId: string): HeldEntry | undefined {
    return this.#entries.get(scanId);
  }

  get down(): readonly DownSystem[] {
    return this.#o.down();
  }

  /** A label is scanned, or chosen about, anew: replay leaves its thing alone until {@link leave}. */
  async arrive(line: Pick<ScanLine, 'scanId' | 'barcode'>): Promise<void> {
    for (const { line: its } of this.#labelled(line.barcode)) {
      this.#claims.set(its.scanId, line.scanId);
      await this.#running.get(its.scanId);
    }
  }

  /** What the rules should know of a thing on the list. */
  evidence(reading: Reading, requests: readonly RequestView[]): RescanEvidence {
    const ids = new Set(requests.map(({ id }) => id));
    const rescans = this.entries.flatMap(({ held: { no, plan } }) =>
      plan.kind === 'step' && ids.has(plan.requestId) ? [{ no, requestId: plan.requestId, action: plan.action }] : [],
    );
    const own = this.#labelled(reading.barcode).findLast(({ held }) => held.plan.kind === 'check-in');
    const checkedIn = own === undefined ? undefined : this.#checkedIn(own);
    return {
      rescans,
      ...(checkedIn === undefined ? {} : { checkedIn }),
    };
  }

  /**
   * Writes a scan down for later, durably, before its prompt is shown.
   * @returns its prompt; undefined when the journal did not take it
   */
  async hold(line: ScanLine, reading: Reading, hold: Hold): Promise<Prompt | undefined> {
    const now = this.#o.now();
    const scene = {
      rules: this.#o.rules(),
      now: now.toISOString(),
      down: this.#o.down(),
      scannedAt: line.at,
      said: hold.said,
    };
    const before = this.#labelled(line.barcode).find(({ held }) => samePlan(held, hold));
    if (before !== undefined) {
      return heldPrompt(reading, before.held, scene, before.line.scanId !== line.scanId);
    }
    const held = await this.#write(line, hold);
    return held === undefined ? undefined : heldPrompt(reading, held, scene);
  }

  /** The number and what waits, durably; undefined when the journal did not take it. */
  async #write(line: ScanLine, { mode, system, plan, basis }: Hold): Promise<HeldBody | undefined> {
    const day = localDay(this.#o.now());
    const no = await this.#number(day);
    const held: HeldBody = { type: 'held', no, day, mode, system, plan, basis };
    const stored = await this.#o.append(line.scanId, held);
    if (!stored.ok) return undefined;
    const { serverOffsetMs } = stored.value;
    this.#entries.set(line.scanId, { line, held, ...(serverOffsetMs === undefined ? {} : { serverOffsetMs }) });
    this.#o.onChanged();
    return held;
  }

  /** A scan of an earlier run that was never decided: its thing is to be scanned again. */
  async interrupted(line: ScanLine): Promise<number | undefined> {
    // An action from a request's screen is no thing that could be scanned again.
    if (line.barcode === '' || line.source === 'screen' || !THINGS.has(line.kind)) return undefined;
    const earlier = this.#entries.get(line.scanId);
    if (earlier !== undefined) return earlier.held.no;
    const hold: Hold = { mode: 'look', system: 'reshare', plan: { kind: 'look' }, basis: {}, expectation: 'keep' };
    return (await this.#write(line, hold))?.no;
  }

  /** A scan is over: what waited for its label or its request is done with, unless the scan waits itself. */
  async settled(line: ScanLine, live: boolean, requestId: string | undefined): Promise<void> {
    const { prompt } = line;
    if (!line.cancelled && (!live || prompt === undefined)) return;
    const waits = !line.cancelled && prompt?.kind === 'saved';
    const of = (entry: HeldEntry): boolean =>
      fold(entry.line.barcode) === fold(line.barcode) ||
      (requestId !== undefined && entry.held.plan.kind === 'step' && entry.held.plan.requestId === requestId);
    for (const entry of this.entries.filter(of)) {
      if (line.cancelled && entry.line.scanId !== line.scanId) continue;
      // What is known to be done is over with its thing in the hand, also where only the system can say where it goes.
      if (waits && (entry.step === undefined || !DONE.has(entry.step.state))) continue;
      await this.release(entry.line.scanId, { kind: 'rescanned', by: line.scanId });
    }
  }

  /** A scan is no longer worked on, however that ended: what it claimed is free again. */
  leave(scanId: string): void {
    for (const [held, by] of this.#claims) if (by === scanId) this.#claims.delete(held);
  }

  /** Takes a line off the list, durably. */
  async release(scanId: string, how: ReleasedBody['how']): Promise<Result<StoredRecord>> {
    const stored = await this.#o.append(scanId, { type: 'released', how });
    if (!stored.ok) return stored;
    const entry = this.#entries.get(scanId);
    this.#entries.delete(scanId);
    this.#o.onChanged();
    const other = how.kind === 'dismissed' || how.by !== scanId;
    // What was done from the list keeps the prompt that says so.
    if (entry !== undefined && other && (entry.step === undefined || entry.step.state === 'not-sent')) {
      await this.#o.onReleased?.(entry.line, how, stored.value.staff);
    }
    return stored;
  }

  /** Replays one line, unless its thing is being scanned again or has left the list meanwhile. */
  async replay(scanId: string, work: (entry: HeldEntry) => Promise<void>): Promise<void> {
    const entry = this.#entries.get(scanId);
    if (entry === undefined || this.#claims.has(scanId)) return;
    const running = work(entry);
    const quiet = running.catch(() => undefined);
    this.#running.set(scanId, quiet);
    try {
      await running;
    } finally {
      this.#running.delete(scanId);
    }
  }

  /** What became of a line's step, and what its prompt says now. */
  became(scanId: string, step: StepBody, line: ScanLine): void {
    const entry = this.#entries.get(scanId);
    if (entry === undefined) return;
    this.#entries.set(scanId, { ...entry, line, step });
    this.#o.onChanged();
  }

  /** Staff said what became of a line's step, wherever they were asked; `prompt` is what they were told then. */
  said(scanId: string, step: StepBody, prompt: Prompt): void {
    const entry = this.#entries.get(scanId);
    if (entry !== undefined) this.became(scanId, step, { ...entry.line, prompt });
  }

  #labelled(barcode: string): readonly HeldEntry[] {
    return this.entries.filter(({ line }) => fold(line.barcode) === fold(barcode));
  }

  /** A check-in that was sent from the list is not sent again by the scan that takes the thing off it. */
  #checkedIn({ step, line }: HeldEntry): Evidence['checkedIn'] {
    if (step === undefined || NOTHING_HAPPENED.has(step.state)) return undefined;
    const minutesAgo = (this.#o.now().getTime() - Date.parse(step.evidence.seenAt)) / 60_000;
    const { prompt } = line;
    const told = prompt !== undefined && (prompt.kind !== 'saved' || step.settledBy === 'staff');
    if (step.state === 'done' && told) return { minutesAgo, prompt };
    return { minutesAgo, unknown: true, ...(asksForWord(step) ? { asks: step.stepId } : {}) };
  }

  async #number(day: string): Promise<number> {
    const desk = this.#o.rules().desk.name;
    const key = `${day} ${desk}`;
    const known = this.#numbers.get(key) ?? (await this.#o.lastNumber(day, desk));
    // Another scan may have got its number while the journal was asked.
    const no = Math.max(known, this.#numbers.get(key) ?? 0) + 1;
    this.#numbers.set(key, no);
    return no;
  }
}

/** How a step ended that changed nothing in its system. */
const NOTHING_HAPPENED: ReadonlySet<StepBody['state']> = new Set(['not-sent', 'refused', 'not-done']);

const DONE: ReadonlySet<StepBody['state']> = new Set(['done', 'confirmed']);

/** Kinds of label that stand for a thing in the hand. */
const THINGS: ReadonlySet<ScanLine['kind']> = new Set(['item', 'request', 'temporary-item']);

/** The entry that records of a held scan come to; undefined where none of them holds it. */
function entryOf(line: ScanLine, records: readonly StoredRecord[]): HeldEntry | undefined {
  const at = records.findLastIndex(({ body }) => body.type === 'held');
  const body = records[at]?.body;
  if (body?.type !== 'held') return undefined;
  const step = records.slice(at).findLast((record) => record.body.type === 'step')?.body;
  const serverOffsetMs = records[at]?.serverOffsetMs;
  return {
    line,
    held: body,
    ...(serverOffsetMs === undefined ? {} : { serverOffsetMs }),
    ...(step?.type === 'step' ? { step } : {}),
  };
}

function samePlan(held: HeldBody, { plan }: Hold): boolean {
  if (held.plan.kind === 'step' && plan.kind === 'step') return held.plan.requestId === plan.requestId;
  return held.plan.kind === plan.kind;
}

function localDay(now: Date): string {
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${String(now.getFullYear())}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

function fold(barcode: string): string {
  return barcode.toUpperCase();
}
