import type { RecordBody, ScanLine, StepBody, StoredRecord } from '../contract/journal.ts';
import type { HeldPlan, OfflineList } from '../contract/offline.ts';
import type { RequestSystem } from '../contract/outcome.ts';
import type { Prompt } from '../contract/prompt.ts';
import { fail, ok, type Result } from '../contract/result.ts';
import { DeskStep } from '../contract/settings.ts';
import { readScan } from '../desk/barcodes.ts';
import { concludeCheckIn } from '../desk/circulation.ts';
import { conclude } from '../desk/conclude.ts';
import { decide } from '../desk/decide.ts';
import { offerId } from '../desk/offers.ts';
import type { DeskRules, Reading, StepResult } from '../desk/types.ts';
import { runCheckIn } from './check-in-step.ts';
import type { Doubt, Doubts } from './doubts.ts';
import type { JustDone } from './just-done.ts';
import type { Lanes } from './lanes.ts';
import type { HeldEntry, Offline } from './offline.ts';
import type { CachePort, CirculationPort } from './ports.ts';
import { itemLane, itemLanes, requestLane } from './lane-names.ts';
import { findingOf, mayRun, neededBy, offlineLine, type Finding, type ReplayLook } from './replay-verdict.ts';
import type { Settler } from './settler.ts';
import { createSlots } from './slots.ts';
import type { RecordStep } from './ports.ts';
import { runStep } from './steps.ts';

export interface ReplayOptions {
  readonly offline: Offline;
  readonly system: RequestSystem;
  readonly circulation: CirculationPort | undefined;
  readonly lanes: Lanes;
  readonly doubts: Doubts;
  readonly justDone: JustDone;
  readonly settler: Settler | undefined;
  readonly cache: CachePort;
  readonly rules: () => DeskRules;
  readonly now: () => Date;
  readonly newId: () => string;
  /** How many lanes are worked on side by side. */
  readonly lanesAtOnce?: number | undefined;
  readonly append: (scanId: string, body: RecordBody) => Promise<Result<StoredRecord>>;
  /** Journals a prompt of a scan and shows it. */
  readonly show: (line: ScanLine, prompt: Prompt) => Promise<void>;
  /** An item was checked in from the list, and this is said of it. */
  readonly onCheckedIn: (barcode: string, prompt: Prompt) => void;
  /** The answer to a step from the list was lost, and only staff can say what became of it. */
  readonly onAsks: (doubt: Doubt) => void;
  readonly onActed: (requestId: string) => void;
  readonly onChanged: () => void;
  readonly onFault: (error: unknown) => void;
}

/** A look this old is taken again before something is sent, milliseconds. */
const FRESH_MS = 30_000;

/**
 * The offline list once the systems are back: looked at line by line, then done in order for each thing and side by side for
 * different ones. Every step goes through its lane with a look, a durable `sending` and one call, like any other; what is
 * noted as an intent is never sent.
 */
export class Replay {
  readonly #o: ReplayOptions;
  readonly #findings = new Map<string, Finding>();
  readonly #running = new Set<string>();
  #busy: { readonly what: 'looking' | 'running'; through: number; stopped: boolean } | undefined;
  /** Asked for while something was under way: done after it. */
  #runNext = false;
  #work: Promise<void> = Promise.resolve();

  constructor(options: ReplayOptions) {
    this.#o = options;
  }

  get list(): OfflineList {
    const { offline } = this.#o;
    const { down } = offline;
    const busy = this.#busy;
    return {
      lines: offline.entries.map((entry) =>
        offlineLine(entry, {
          finding: this.#findings.get(entry.line.scanId),
          running: this.#running.has(entry.line.scanId),
          down,
        }),
      ),
      ...(busy === undefined ? {} : { busy: busy.what, through: busy.through }),
      down: down.map(({ name }) => name),
    };
  }

  /** Looks at every line that is not settled and whose systems are reached; nothing is sent. */
  preview(): void {
    this.#begin(
      'looking',
      (entry) => (entry.step === undefined || mayRun(entry)) && this.#reached(entry),
      async (entry) => {
        await this.#look(entry);
      },
    );
  }

  /** Does what may be done with the systems that are reached, now or when what is under way is through. */
  run(): void {
    this.#runNext = this.#busy !== undefined;
    this.#begin(
      'running',
      (entry) => mayRun(entry) && this.#reached(entry),
      (entry) => this.#o.offline.replay(entry.line.scanId, (now) => this.#runEntry(now)),
    );
  }

  /** Nothing more is begun; what was begun is waited for. */
  stop(): void {
    this.#runNext = false;
    if (this.#busy !== undefined) this.#busy.stopped = true;
  }

  /** Resolves when nothing is under way. */
  idle(): Promise<void> {
    return this.#work;
  }

  async dismiss(scanId: string, reason: string): Promise<Result<OfflineList>> {
    if (this.#o.offline.entry(scanId) === undefined || this.#running.has(scanId)) {
      return fail('refused', 'That line is not on the list any more, or is being worked on.', { mender: 'desk' });
    }
    const released = await this.#o.offline.release(scanId, { kind: 'dismissed', reason });
    return released.ok ? ok(this.list) : released;
  }

  #begin(
    what: 'looking' | 'running',
    wanted: (entry: HeldEntry) => boolean,
    each: (entry: HeldEntry) => Promise<void>,
  ): void {
    if (this.#busy !== undefined) return;
    const busy = { what, through: 0, stopped: false };
    this.#busy = busy;
    this.#o.onChanged();
    const slots = createSlots(this.#o.lanesAtOnce);
    const lanes = Map.groupBy(this.#o.offline.entries.filter(wanted), laneOf);
    const work = [...lanes.values()].map((entries) =>
      slots.take(async () => {
        for (const entry of entries) {
          if (busy.stopped) return;
          await each(entry);
          busy.through += 1;
          this.#o.onChanged();
        }
      }),
    );
    this.#work = Promise.allSettled(work).then((ends) => {
      for (const end of ends) if (end.status === 'rejected') this.#o.onFault(end.reason);
      this.#busy = undefined;
      this.#o.onChanged();
      if (!this.#runNext) return undefined;
      this.run();
      return this.#work;
    });
  }

  /** The systems a line needs are there, as far as is known. */
  #reached({ held }: HeldEntry): boolean {
    const needed = neededBy(held);
    return !this.#o.offline.down.some(({ system }) => needed.includes(system));
  }

  async #look(entry: HeldEntry): Promise<Finding> {
    const { rules, now } = this.#o;
    const reading = this.#reading(entry);
    const look = await this.#ask(entry, reading);
    const finding = findingOf(entry, reading, look, { rules: rules(), now: now().toISOString() });
    this.#findings.set(entry.line.scanId, finding);
    return finding;
  }

  async #ask({ held }: HeldEntry, reading: Reading): Promise<ReplayLook> {
    const { system, cache } = this.#o;
    const hits = await system.findByScan(reading.candidates);
    if (hits.ok) await cache.upsert(hits.value);
    const { plan } = held;
    if (!hits.ok || plan.kind !== 'step' || hits.value.some(({ id }) => id === plan.requestId)) return { hits };
    return { hits, planned: await system.get(plan.requestId) };
  }

  async #runEntry(entry: HeldEntry): Promise<void> {
    const { scanId } = entry.line;
    this.#running.add(scanId);
    try {
      const known = this.#findings.get(scanId);
      const fresh = known !== undefined && this.#o.now().getTime() - Date.parse(known.at) < FRESH_MS;
      const finding = fresh ? known : await this.#look(entry);
      if (finding.state !== 'would-do' && finding.state !== 'already') return;
      const { plan } = entry.held;
      if (plan.kind === 'step') await this.#step(entry, plan, finding);
      if (plan.kind === 'check-in') await this.#checkIn(entry, plan.barcode);
    } finally {
      this.#running.delete(scanId);
    }
  }

  async #step(entry: HeldEntry, held: Extract<HeldPlan, { kind: 'step' }>, finding: Finding): Promise<void> {
    const { system, lanes, doubts, justDone, settler, newId, now, rules, cache } = this.#o;
    const { line } = entry;
    const lane = laneOf(entry);
    const step = DeskStep.parse(held.step);
    const plan = {
      system: 'reshare',
      step,
      action: held.action,
      requestId: held.requestId,
      side: held.side,
      params: held.params,
    } as const;
    const reading = this.#reading(entry);
    const trace = this.#tracing(line.scanId);
    const before = finding.request === undefined ? [] : [finding.request];
    const at = now().toISOString();
    const choice = offerId({ kind: 'do', action: held.action, requestId: held.requestId });
    const decision = decide(
      {
        reading,
        scanId: line.scanId,
        hits: before,
        named: before,
        source: 'live',
        choice,
        now: at,
      },
      rules(),
    );
    const joins = itemLanes(reading.candidates, finding.request);
    const result = await lanes.run([lane, ...joins], (signal) =>
      runStep({
        plan,
        scanId: line.scanId,
        lane,
        joins,
        record: trace.record,
        newId,
        system,
        now,
        signal,
        doubts,
        justDone,
      }),
    );
    if (result.after !== undefined) await cache.upsert([result.after]);
    const told = (end: StepResult): Promise<void> =>
      this.#told(entry, trace.last(), conclude(decision, [end], rules(), now().toISOString()));
    this.#o.onActed(held.requestId);
    await told(result);
    const doubt = result.state === 'unknown' ? doubts.of(lane) : undefined;
    if (doubt?.scanId !== line.scanId || settler === undefined) return;
    settler
      .watch(doubt)
      .then(async (settled) => {
        if (settled === undefined || settled.state === 'unknown') return;
        const { state, sentence, after } = settled;
        await this.#told(
          entry,
          { ...doubt.body, state, ...(sentence === undefined ? {} : { sentence }) },
          conclude(
            decision,
            [
              {
                ...result,
                state,
                at: now().toISOString(),
                ...(sentence === undefined ? {} : { sentence }),
                ...(after === undefined ? {} : { after }),
              },
            ],
            rules(),
            now().toISOString(),
          ),
        );
      })
      .catch(this.#o.onFault);
  }

  async #checkIn(entry: HeldEntry, barcode: string): Promise<void> {
    const { circulation, lanes, doubts, system, newId, now, rules } = this.#o;
    const names = rules().circulation;
    if (circulation === undefined || names === undefined) return;
    const lane = laneOf(entry);
    const { scanId } = entry.line;
    const trace = this.#tracing(scanId);
    const plan = { system: 'wms', action: 'CheckInItem', barcode } as const;
    const joins = itemLanes(this.#reading(entry).candidates, undefined).filter((one) => one !== lane);
    const step = { scanId, lane, joins, record: trace.record, newId, now, doubts, requests: system };
    const result = await lanes.run([lane, ...joins], (signal) => runCheckIn({ ...step, plan, circulation, signal }));
    const prompt = concludeCheckIn(this.#reading(entry), result, names);
    if (result.state === 'done') this.#o.onCheckedIn(barcode, prompt);
    const asks = result.state === 'unknown' ? doubts.of(lane) : undefined;
    if (asks !== undefined) this.#o.onAsks(asks);
    await this.#told(entry, trace.last(), prompt);
  }

  /** A step that was not sent leaves the line as it was: its thing waits on. */
  async #told(entry: HeldEntry, step: StepBody | undefined, prompt: Prompt): Promise<void> {
    if (step === undefined || step.state === 'not-sent') return;
    const { scanId } = entry.line;
    const line = { ...(this.#o.offline.entry(scanId)?.line ?? entry.line), prompt: { ...prompt, offers: [] } };
    this.#o.offline.became(scanId, step, line);
    await this.#o.show(line, line.prompt);
  }

  /** Appends records of a scan and remembers the newest of its step. */
  #tracing(scanId: string): {
    readonly record: RecordStep;
    readonly last: () => StepBody | undefined;
  } {
    let last: StepBody | undefined;
    return {
      record: (body, of = scanId) => {
        if (body.type === 'step' && of === scanId) last = body;
        return this.#o.append(of, body);
      },
      last: () => last,
    };
  }

  #reading({ line }: HeldEntry): Reading {
    return readScan(line.raw, this.#o.rules().desk);
  }
}

/** The lane of the step itself, so that nothing else is done to the same thing meanwhile. */
function laneOf({ held, line }: HeldEntry): string {
  return held.plan.kind === 'step' ? requestLane('reshare', held.plan.requestId) : itemLane(line.barcode);
}
