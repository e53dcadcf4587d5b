import type { RecordBody, StepBody, StoredRecord } from '../contract/journal.ts';
import { fail, ok, type Failure, type Result } from '../contract/result.ts';
import type { CancelRow, Task, TaskLeg } from '../contract/tasks.ts';
import { isCall, readyCall } from './calls.ts';
import { runCallStep, taskLane } from './call-step.ts';
import { abandoned, legAfter, withLeg, withLegs, type Doer } from './change.ts';
import type { Clock } from './days.ts';
import { lookAt, type LookScene } from './looks.ts';
import { modesOf } from './modes.ts';
import { sameThing, type TaskOrder } from './order.ts';
import { cleanUpLegs, legsOf } from './plans.ts';
import type { Look, TaskSettings, TaskSystems } from './ports.ts';
import { inOrder, isClosed, isDone, isInDoubt, isOver, nextLeg } from './standing.ts';
import { readTyped } from './typed.ts';

/** When to look again at a call without an answer, seconds after it: as after every action of ReShare (stripes-reshare). */
const LOOK_AFTER_SECONDS = [15, 45, 90] as const;

export interface TaskEngineOptions {
  readonly systems: TaskSystems;
  readonly settings: () => TaskSettings;
  /** Appends a record of a task; a success means that it is on disk. */
  readonly record: (taskId: string, body: RecordBody) => Promise<Result<StoredRecord>>;
  /** Every task of the journal that is open, and those that ended a short while ago, by its newest record. */
  readonly rows: () => Promise<readonly Task[]>;
  readonly recordsOf: (taskId: string) => Promise<readonly StoredRecord[]>;
  /** Runs one thing of a lane after the other. */
  readonly run: <T>(lane: string, work: (signal: AbortSignal) => Promise<T>) => Promise<T>;
  readonly doer: () => Doer;
  readonly clock: () => Clock;
  readonly newId: () => string;
  readonly seal: (text: string, row: string) => string | undefined;
  readonly open: (sealed: string, row: string) => string | undefined;
  readonly mask: (text: string) => string;
  /** Waits; rejects when the signal is aborted. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly onChange: () => void;
  readonly onFault: (error: unknown) => void;
}

/**
 * Work in two systems: each piece is a task whose every change is a journal record, so that a restart goes on with it. What
 * is half done stays until both systems have it; no time ends it.
 */
export class TaskEngine {
  readonly #o: TaskEngineOptions;
  readonly #tasks = new Map<string, Task>();
  /** Ids of patrons that could not be kept encrypted: for this run alone. */
  readonly #patrons = new Map<string, string>();
  readonly #stop = new AbortController();
  readonly #running = new Set<Promise<unknown>>();

  constructor(options: TaskEngineOptions) {
    this.#o = options;
  }

  /** Half-done first. */
  get list(): readonly Task[] {
    return inOrder([...this.#tasks.values()]);
  }

  get(id: string): Task | undefined {
    return this.#tasks.get(id);
  }

  /** The patron's whole id, while the task is open and where it is kept. */
  patronOf(id: string): string | undefined {
    const task = this.#tasks.get(id);
    return task === undefined ? undefined : this.#scene(task).patron;
  }

  /** Reads the journal and goes on: calls without an answer are looked after. Sends nothing. */
  async recover(): Promise<void> {
    for (const task of await this.#o.rows()) {
      this.#tasks.set(task.id, task);
      if (!isOver(task)) await this.#recoverCalls(task);
    }
    this.#o.onChange();
  }

  /** Begins a task. One that is open for the same thing is the answer instead: it is never begun twice. */
  async start(order: TaskOrder): Promise<Result<Task>> {
    const whole = this.#filled(order);
    const key = sameThing(whole);
    return this.#o.run(`tasks:${key}`, async () => {
      const there = [...this.#tasks.values()].find(
        (one) => !isOver(one) && sameThing({ ...one, label: one.subject.label, refs: one.subject.refs }) === key,
      );
      if (there !== undefined) return ok(there);
      const made = this.#made(whole);
      return made.ok ? this.#put(made.value) : made;
    });
  }

  /** Does the next leg: sends what it sends, or writes down what staff did and typed, and looks whether it shows. */
  act(id: string, seq: number, typed: Readonly<Record<string, string>>): Promise<Result<Task>> {
    return this.#change(id, async (task, signal) => {
      const leg = nextLeg(task);
      if (leg?.seq !== seq) return ok(task);
      if (isInDoubt(leg)) return fail('refused', STILL_IN_DOUBT, { mender: 'desk' });
      const read = readTyped(task, leg, typed, { ...this.#o.settings(), ...this.#o.clock() });
      if (!read.ok) return read;
      return isCall(leg) ? this.#send(task, leg, read.value, signal) : this.#confirm(task, leg, read.value);
    });
  }

  /** A person says how a call ended that got no answer. */
  settle(id: string, seq: number, happened: boolean): Promise<Result<Task>> {
    return this.#change(id, async (task) => {
      const leg = task.legs.find((one) => one.seq === seq);
      if (leg === undefined || !isInDoubt(leg)) return ok(task);
      const step = (await this.#steps(task)).get(seq);
      const { by, at } = this.#o.doer();
      if (step !== undefined) {
        const sentence = happened ? `It happened, says ${by}.` : `It did not happen, says ${by}.`;
        const body: StepBody = { ...step, state: happened ? 'done' : 'not-done', settledBy: 'staff', sentence };
        const stored = await this.#o.record(id, body);
        if (!stored.ok) return stored;
        return this.#put(withLeg(task, seq, { ...legAfter(body), ...(happened ? { by, at } : {}) }, at));
      }
      return this.#put(withLeg(task, seq, happened ? { state: 'confirmed-by-staff', by, at } : { state: 'todo' }, at));
    });
  }

  /** Carrel itself did or saw what a leg is about, in a call of its own that the journal has. */
  seenDone(id: string, seq: number, sentence: string): Promise<Result<Task>> {
    return this.#change(id, async (task) => {
      const leg = task.legs.find((one) => one.seq === seq);
      if (leg === undefined || isClosed(leg) || isInDoubt(leg)) return ok(task);
      const { by, at } = this.#o.doer();
      return this.#put(withLeg(task, seq, { state: 'done-by-api', by, at, sentence }, at));
    });
  }

  /** A person says that a leg does not apply. */
  skip(id: string, seq: number, reason: string): Promise<Result<Task>> {
    return this.#change(id, async (task) => {
      const leg = task.legs.find((one) => one.seq === seq);
      if (leg === undefined || isClosed(leg)) return ok(task);
      if (isInDoubt(leg)) return fail('refused', STILL_IN_DOUBT, { mender: 'desk' });
      if (reason.trim() === '') return fail('bad-input', SAY_WHY, { mender: 'desk', retry: 'now' });
      const { by, at } = this.#o.doer();
      return this.#put(withLeg(task, seq, { state: 'skipped', by, at, sentence: reason.trim() }, at));
    });
  }

  /** Ends a task before anything was done. What is half done cannot be ended so: its legs are settled one by one. */
  abandon(id: string, reason: string): Promise<Result<Task>> {
    return this.#change(id, async (task) => {
      if (isOver(task)) return ok(task);
      if (reason.trim() === '') return fail('bad-input', SAY_WHY, { mender: 'desk', retry: 'now' });
      if (task.overall === 'half-done' || task.legs.some(isInDoubt)) {
        return fail('refused', 'It is half done, so it stays until both systems have it. Settle what is open.', {
          mender: 'desk',
        });
      }
      return this.#put(abandoned(task, this.#o.doer(), reason.trim()));
    });
  }

  /** Looks how the next leg stands: settles what is in doubt, and closes what a system shows to be done. Sends nothing. */
  look(id: string): Promise<Result<Task>> {
    return this.#change(id, (task) => this.#look(task, false));
  }

  /** Begins the clean-up of an exported request that nobody received. */
  cleanUp(id: string): Promise<Result<Task>> {
    return this.#change(id, async (task) => {
      const isOpen = task.legs.some((leg) => leg.step === 'cancel-quietly' && !isClosed(leg));
      if (task.kind !== 'exported' || isOver(task) || isOpen) return ok(task);
      if (task.legs.some((leg) => leg.part === 'receive' && (isDone(leg) || isInDoubt(leg)))) {
        return fail('refused', 'The item was received, so the request is not cleaned up.', { mender: 'desk' });
      }
      const { at } = this.#o.doer();
      const more = cleanUpLegs(task.legs, modesOf(this.#o.systems));
      // What is still to come of a loan stands behind: first it is seen whether there will be one.
      const [look, cancel] = more;
      const legs = task.legs.filter((leg) => isClosed(leg));
      const rest = task.legs.filter((leg) => !isClosed(leg));
      const ordered = [...legs, ...[look, cancel].filter((leg) => leg !== undefined), ...rest];
      return this.#put(withLegs({ ...task, legs: ordered }, [], at));
    });
  }

  /** Cancels requests that staff saw closed in WorldShare ILL, one after the other; each row says how it ended. */
  async cancelQuietly(ids: readonly string[], reason: string): Promise<readonly CancelRow[]> {
    const rows: CancelRow[] = [];
    for (const id of ids) {
      const before = this.#tasks.get(id);
      const title = before?.subject.title ?? before?.subject.label ?? '';
      const leg = before === undefined ? undefined : nextLeg(before);
      if (leg?.step !== 'cancel-quietly' || isInDoubt(leg)) {
        rows.push({ id, title, done: false, sentence: NOT_LOOKED_UP });
        continue;
      }
      const after = await this.act(id, leg.seq, { reason });
      const ended = after.ok ? after.value.legs.find(({ seq }) => seq === leg.seq) : undefined;
      const done = ended !== undefined && isDone(ended);
      const sentence = after.ok
        ? (ended?.sentence ?? (done ? 'Cancelled; the patron was not told.' : ''))
        : after.error.sentence;
      rows.push({ id, title, done, sentence });
    }
    return rows;
  }

  stop(): void {
    this.#stop.abort();
  }

  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.allSettled(this.#running);
  }

  #filled(order: TaskOrder): TaskOrder {
    const base = order.from === undefined ? undefined : this.#tasks.get(order.from);
    if (base === undefined) return order;
    const { subject, lenderDate } = base;
    return {
      ...order,
      label: order.label === '' ? subject.label : order.label,
      title: order.title ?? subject.title,
      lender: order.lender ?? subject.lender,
      refs: { ...subject.refs, ...order.refs },
      patron: order.patron ?? this.#scene(base).patron,
      lenderDate: order.lenderDate ?? lenderDate?.date,
    };
  }

  #made(order: TaskOrder): Result<Task> {
    const legs = legsOf(order.kind, order.flow, modesOf(this.#o.systems), this.#o.settings());
    if (legs === undefined)
      return fail('bad-input', 'There is no such work between these two systems.', { mender: 'desk' });
    const id = this.#o.newId();
    const { by, at } = this.#o.doer();
    const { label, title, lender, refs, patron, lenderDate, since } = order;
    const sealed = patron === undefined ? undefined : this.#o.seal(patron, id);
    if (patron !== undefined && sealed === undefined) this.#patrons.set(id, patron);
    const kept =
      patron === undefined
        ? {}
        : { patron: { masked: this.#o.mask(patron), ...(sealed === undefined ? {} : { sealed }) } };
    const named = {
      ...(title === undefined ? {} : { title }),
      ...(lender === undefined ? {} : { lender }),
      ...(since === undefined ? {} : { since }),
    };
    const task: Task = {
      id,
      kind: order.kind,
      flow: order.flow,
      subject: { label, refs, ...named, ...kept },
      ...(lenderDate === undefined ? {} : { lenderDate: { date: lenderDate, source: 'when it was begun', at } }),
      legs: [...legs],
      overall: 'open',
      openedAt: at,
      openedBy: by,
      changedAt: at,
    };
    return ok(withLegs(task, [], at));
  }

  async #send(
    task: Task,
    leg: TaskLeg,
    typed: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<Result<Task>> {
    const scene = this.#scene(task);
    const { by, at } = this.#o.doer();
    const ended = await runCallStep({
      body: {
        type: 'step',
        stepId: this.#o.newId(),
        lane: taskLane(task.id),
        system: leg.system,
        action: leg.step,
        requestId: task.id,
        params: { seq: leg.seq, ...typed },
        evidence: { state: leg.state, seenAt: at },
      },
      record: (body) => this.#o.record(task.id, body),
      ready: () => readyCall(task, leg, typed, scene),
      look: (step) => lookAt(task, leg, typed, { ...scene, step }),
      signal,
    });
    if (!ended.ok) return ended;
    const after = { typed: { ...typed }, ...legAfter(ended.value), by, at: this.#o.doer().at };
    const put = await this.#put(withLeg(task, leg.seq, after, after.at));
    if (put.ok && after.state === 'unknown') this.#background(this.#lookAfter(task.id));
    return put;
  }

  /** Staff did it, or answered: looked for at once. A system that shows otherwise keeps it open, unless staff insist. */
  async #confirm(task: Task, leg: TaskLeg, typed: Readonly<Record<string, string>>): Promise<Result<Task>> {
    const { by, at } = this.#o.doer();
    const found = await lookAt(task, leg, typed, this.#scene(task));
    const { look, sentence, seen } = found;
    const told = { typed: { ...typed }, ...(seen === undefined ? {} : { seen: [...seen] }) };
    if (look === 'no' && leg.typed === undefined) {
      const open = `${sentence ?? ''} It stays open. Do it there and confirm again; a second time it counts on your word.`;
      return this.#put(withLeg(task, leg.seq, { ...told, state: 'todo', sentence: open.trim() }, at));
    }
    const state = look === 'yes' ? 'verified' : 'confirmed-by-staff';
    const said = sentence === undefined ? {} : { sentence };
    return this.#put(withLeg(labelled(task, found), leg.seq, { ...told, ...said, state, by, at }, at));
  }

  /** @param last no look follows: what still does not show did not happen */
  async #look(task: Task, last: boolean): Promise<Result<Task>> {
    const leg = nextLeg(task);
    if (leg === undefined) return ok(task);
    const step = isInDoubt(leg) ? (await this.#steps(task)).get(leg.seq) : undefined;
    const found = await lookAt(task, leg, leg.typed ?? {}, { ...this.#scene(task), step });
    const { by, at } = this.#o.doer();
    if (isInDoubt(leg)) return this.#settleByLook(task, leg, { found, step, last, at });
    const told = { ...(found.seen === undefined ? {} : { seen: [...found.seen] }), ...saying(found) };
    if (found.look !== 'yes') {
      // What a look said without a change is no news for the journal.
      const shown = withLeg(labelled(task, found), leg.seq, told, task.changedAt);
      this.#tasks.set(task.id, shown);
      return ok(shown);
    }
    return this.#put(withLeg(labelled(task, found), leg.seq, { ...told, state: 'verified', by, at }, at));
  }

  async #settleByLook(
    task: Task,
    leg: TaskLeg,
    { found, step, last, at }: { found: Look; step: StepBody | undefined; last: boolean; at: string },
  ): Promise<Result<Task>> {
    if (found.look === 'unknown' || (found.look === 'no' && !last) || step === undefined) return ok(task);
    const state = found.look === 'yes' ? 'done' : 'not-done';
    const body: StepBody = { ...step, state, settledBy: 'look', ...saying(found) };
    const stored = await this.#o.record(task.id, body);
    if (!stored.ok) return stored;
    return this.#put(withLeg(task, leg.seq, { ...legAfter(body), at }, at));
  }

  /** Looks after a call without an answer, until a look tells what became of it. What none can tell waits for a person. */
  async #lookAfter(id: string): Promise<void> {
    let waited = 0;
    for (const after of LOOK_AFTER_SECONDS) {
      try {
        await this.#o.sleep((after - waited) * 1000, this.#stop.signal);
      } catch {
        // Aborted: only stop() does that, and the next start looks.
        return;
      }
      waited = after;
      const last = after === LOOK_AFTER_SECONDS.at(-1);
      const looked = await this.#change(id, (task) => {
        const leg = nextLeg(task);
        return leg === undefined || !isInDoubt(leg) ? Promise.resolve(ok(task)) : this.#look(task, last);
      });
      const leg = looked.ok ? nextLeg(looked.value) : undefined;
      if (leg === undefined || !isInDoubt(leg)) return;
    }
  }

  /** Brings the task up to what its calls' records say, which may be newer than its own. */
  async #recoverCalls(task: Task): Promise<void> {
    for (const [seq, step] of await this.#steps(task)) {
      const leg = task.legs.find((one) => one.seq === seq);
      if (leg === undefined || isClosed(leg)) continue;
      const now = this.#tasks.get(task.id) ?? task;
      const { at } = this.#o.doer();
      if (step.state === 'recorded') {
        await this.#o.record(task.id, { ...step, state: 'not-sent', sentence: NEVER_SENT });
        continue;
      }
      const after = legAfter(step);
      if (after === undefined || after.state === leg.state) continue;
      if (after.state === 'todo' && leg.state !== 'sending' && leg.state !== 'unknown') continue;
      await this.#put(withLeg(now, seq, { ...after, at }, at));
    }
    if (this.#tasks.get(task.id)?.legs.some(isInDoubt) === true) this.#background(this.#lookAfter(task.id));
  }

  /** The newest record of each leg's newest call. */
  async #steps(task: Task): Promise<ReadonlyMap<number, StepBody>> {
    const steps = new Map<number, StepBody>();
    for (const { body } of await this.#o.recordsOf(task.id)) {
      if (body.type === 'step' && typeof body.params['seq'] === 'number') steps.set(body.params['seq'], body);
    }
    return steps;
  }

  #scene(task: Task): LookScene {
    const sealed = task.subject.patron?.sealed;
    const patron = sealed === undefined ? this.#patrons.get(task.id) : this.#o.open(sealed, task.id);
    const { timeZone } = this.#o.clock();
    return { systems: this.#o.systems, settings: this.#o.settings(), patron, timeZone };
  }

  async #put(task: Task): Promise<Result<Task>> {
    const stored = await this.#o.record(task.id, { type: 'task', task });
    if (!stored.ok) return stored;
    this.#tasks.set(task.id, task);
    this.#o.onChange();
    return ok(task);
  }

  #change(id: string, work: (task: Task, signal: AbortSignal) => Promise<Result<Task>>): Promise<Result<Task>> {
    const done = this.#o.run(taskLane(id), (signal): Promise<Result<Task>> => {
      const task = this.#tasks.get(id);
      return task === undefined ? Promise.resolve(gone()) : work(task, signal);
    });
    return this.#tracked(done);
  }

  #background(work: Promise<void>): void {
    void this.#tracked(work).catch((error: unknown) => {
      if (!this.#stop.signal.aborted) this.#o.onFault(error);
    });
  }

  async #tracked<T>(work: Promise<T>): Promise<T> {
    this.#running.add(work);
    try {
      return await work;
    } finally {
      this.#running.delete(work);
    }
  }
}

const STILL_IN_DOUBT = 'It was sent and no answer came. First say whether it happened, or look again.';
const SAY_WHY = 'Type why: it is kept with your name.';
const NOT_LOOKED_UP = 'Left alone: look it up at OCLC first. Only what is closed there is cancelled.';
const NEVER_SENT = 'Carrel was closed before this was sent. Nothing was sent.';

function gone(): Failure {
  return fail('not-found', 'This is no longer on the list.', { mender: 'nobody' });
}

function saying({ sentence }: Look): { sentence?: string } {
  return sentence === undefined ? {} : { sentence };
}

/** The item's name as the system has it, where nobody typed one yet. */
function labelled(task: Task, { label }: Look): Task {
  if (label === undefined || task.subject.label !== '') return task;
  return { ...task, subject: { ...task.subject, label } };
}
