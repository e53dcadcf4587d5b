import type { RecordBody, ScanLine, StepBody, StoredRecord } from '../contract/journal.ts';
import type { RequestSystem } from '../contract/outcome.ts';
import type { Prompt } from '../contract/prompt.ts';
import type { Result } from '../contract/result.ts';
import type { PatronSession } from '../contract/shift.ts';
import { concludeCheckOut } from '../desk/check-out-outcome.ts';
import { concludeCard, standingOf } from '../desk/check-out-patron.ts';
import type { CheckOutPlan, Lending, LentBefore, PatronStanding, SetDue } from '../desk/check-out-types.ts';
import { concludeCheckIn } from '../desk/circulation.ts';
import type { CheckedInBefore, CheckInPlan } from '../desk/circulation-types.ts';
import { holdUnsent, type Hold } from '../desk/offline.ts';
import type { Decision, DeskRules, Evidence, Reading } from '../desk/types.ts';
import { runCheckIn } from './check-in-step.ts';
import { runCheckOut } from './check-out-step.ts';
import type { Doubt, Doubts } from './doubts.ts';
import { itemLane, itemLanes, requestLane } from './lane-names.ts';
import { isSure, type EarlierStep } from './earlier.ts';
import { forgetOld, keepNewest, renew } from './forget.ts';
import { ItemDoubts } from './item-doubts.ts';
import type { Lanes } from './lanes.ts';
import type { Offline } from './offline.ts';
import { PatronSessions, type OpenSession } from './patron-session.ts';
import type { CirculationPort } from './ports.ts';

export interface CirculationFlowOptions {
  /** Undefined where the library's own items do not go through Carrel. */
  readonly circulation: CirculationPort | undefined;
  /** The request system, where steps that hold an item's lane can be looked at. */
  readonly system: Pick<RequestSystem, 'get'> | undefined;
  readonly lanes: Lanes;
  readonly doubts: Doubts;
  readonly rules: () => DeskRules;
  readonly now: () => Date;
  /** Monotonic milliseconds. */
  readonly mono: () => number;
  readonly newId: () => string;
  /** Calls back once after so many milliseconds; returns what stops it. */
  readonly after: (ms: number, run: () => void) => () => void;
  readonly append: (scanId: string, body: RecordBody) => Promise<Result<StoredRecord>>;
  /** The line of a scan as it is now. */
  readonly line: (scanId: string) => Promise<ScanLine | undefined>;
  /** Journals a prompt and tells the window. */
  readonly show: (line: ScanLine, prompt: Prompt) => Promise<ScanLine>;
  /** Writes a scan down for when a system is back; false where that is not possible or not wanted. */
  readonly hold: (line: ScanLine, reading: Reading, hold: Hold | undefined) => Promise<boolean>;
  readonly offline?: Offline;
  readonly onSession: (session: PatronSession | undefined) => void;
  /** A look showed what became of a message without an answer; other lists may show it as open. */
  readonly onSettled: () => void;
  readonly onFault: (error: unknown) => void;
}

/** The patron's session a scan belongs to, settled when it was scanned and not when its look-ups are done. */
export interface Arrival {
  readonly session: Promise<OpenSession | undefined>;
  /** The scan was made in a session that has ended since; only for choices made later. */
  readonly over: boolean;
  /** Of a card: it is decided whether a session begins, and scans after it may go on. */
  readonly decided: () => void;
}

/** Most scans whose session is remembered for a choice made on their prompt later. */
const CHOICES_AT_HAND = 2_000;

/** What this desk did to an item: known with a prompt or as `done`, else in doubt. */
interface Known {
  readonly mono: number;
  readonly prompt?: Prompt;
  readonly state?: LentBefore['state'];
}

interface Lent {
  readonly state: LentBefore['state'];
  readonly mono: number;
  /** Of `unknown`: the step staff can say of what became of it. */
  readonly asks?: string;
}

/** The part of the desk that talks to the library's circulation system: check in, check out, and the patron's session. */
export class CirculationFlow {
  readonly #o: CirculationFlowOptions;
  readonly #sessions: PatronSessions;
  /** Without a prompt its answer was lost, and staff can say of the step `asks` what became of it. */
  readonly #checkedIn = new Map<string, { readonly prompt?: Prompt; readonly mono: number; readonly asks?: string }>();
  readonly #lent = new Map<string, Lent>();
  /** Looks at the items whose message got no answer. */
  readonly itemDoubts: ItemDoubts;
  /** In which session a scan was made, for what staff choose on its prompt later. Ids only. */
  readonly #scannedIn = new Map<string, string>();
  /** Sessions whose card's prompt still waits for the look-up, by the scan of the card. */
  readonly #begun = new Map<string, OpenSession>();
  /** The session as it will be once the newest undecided card is decided. */
  #cards: Promise<OpenSession | undefined> | undefined;

  constructor(options: CirculationFlowOptions) {
    this.#o = options;
    const { now, mono, after } = options;
    this.#sessions = new PatronSessions({ now, mono, after, onChange: options.onSession });
    this.itemDoubts = new ItemDoubts({
      ...options,
      port: options.circulation?.look,
      record: options.append,
      onSettled: ({ scanId, body }, prompt) => {
        this.said(body, true, prompt);
        options.offline?.said(scanId, body, prompt);
        options.onSettled();
      },
    });
  }

  get session(): PatronSession | undefined {
    return this.#sessions.view;
  }

  /** Staff pressed the key of the session they saw; a newer one goes on. */
  endSession(id: string): void {
    if (this.#sessions.current?.id === id) this.#sessions.end('staff');
  }

  /** Staff set a date for everything lent in that session from now on; false when it is over. */
  setDue(id: string, due: SetDue): boolean {
    return this.#sessions.setDue(id, due);
  }

  /** Carrel closes, and with it the patron's session. */
  close(): void {
    this.#sessions.close();
    this.itemDoubts.stop();
  }

  /** True when the scan may begin a session, so that scans after it wait for its decision. */
  mayBegin(reading: Reading): boolean {
    return reading.kind === 'patron-card' && this.#o.rules().circulation?.lends === true;
  }

  /** A scan has come in, or staff chose something on its prompt. Called before anything else is waited for. */
  arrive(scanId: string, reading: Reading, choice: string | undefined): Arrival {
    const { current } = this.#sessions;
    if (choice !== undefined) {
      const its = this.#scannedIn.get(scanId);
      const mine = its !== undefined && current?.id === its;
      return { session: Promise.resolve(mine ? current : undefined), over: its !== undefined && !mine, decided };
    }
    this.#sessions.forgetEnd();
    const session = this.#cards ?? Promise.resolve(current);
    if (!this.mayBegin(reading)) return { session, over: false, decided };
    let settle: (open: OpenSession | undefined) => void = decided;
    const next = new Promise<OpenSession | undefined>((resolve) => {
      settle = resolve;
    });
    this.#cards = next;
    return {
      session,
      over: false,
      decided: () => {
        settle(this.#sessions.current);
        if (this.#cards === next) this.#cards = undefined;
      },
    };
  }

  /** A message of an earlier run that was carried out, or may have been: no scan sends it again by itself. */
  recall({ body, line, minutesAgo }: EarlierStep): void {
    const { barcode } = body.params;
    if (typeof barcode !== 'string') return;
    const mono = this.#o.mono() - minutesAgo * 60_000;
    const done = isSure(body);
    for (const name of new Set([fold(barcode), fold(line?.barcode ?? barcode)])) {
      if (body.action === 'CheckOutItem') {
        this.#lent.set(name, { state: done ? 'done' : 'unknown', mono });
        if (done) this.#checkedIn.delete(name);
      }
      if (body.action === 'CheckInItem') {
        this.#checkedIn.set(name, done && line?.prompt !== undefined ? { prompt: line.prompt, mono } : { mono });
        if (done) this.#lent.delete(name);
      }
    }
  }

  /** A message whose answer was lost: the item stays in doubt until staff say of the step what became of it. */
  hold({ scanId, body }: Doubt): void {
    const { barcode } = body.params;
    if (typeof barcode !== 'string') return;
    const mono = this.#o.mono();
    const asks = body.stepId;
    if (body.action === 'CheckOutItem') this.#lent.set(fold(barcode), { state: 'unknown', mono, asks });
    if (body.action === 'CheckInItem') this.#checkedIn.set(fold(barcode), { mono, asks });
    this.itemDoubts.soon({ scanId, body });
  }

  /** Staff said what became of a message without an answer; `prompt` is what the desk shows of it from then on. */
  said(body: StepBody, happened: boolean, prompt: Prompt): void {
    const mono = this.#o.mono();
    for (const [barcode, lent] of this.#lent) {
      if (lent.asks !== body.stepId) continue;
      if (happened) this.#lent.set(barcode, { state: 'done', mono });
      else this.#lent.delete(barcode);
    }
    for (const [barcode, checkedIn] of this.#checkedIn) {
      if (checkedIn.asks !== body.stepId) continue;
      if (happened) this.#checkedIn.set(barcode, { prompt, mono });
      else this.#checkedIn.delete(barcode);
    }
  }

  /** An item was checked in from elsewhere. */
  checkedIn(barcode: string, prompt: Prompt): void {
    this.#remember(this.#checkedIn, barcode, { prompt, mono: this.#o.mono() });
  }

  /** What the rules should know of the session and of what this desk did to the item before. */
  async evidence(
    scanId: string,
    reading: Reading,
    session: OpenSession | undefined,
  ): Promise<Pick<Evidence, 'checkedIn' | 'lending' | 'lentBefore'>> {
    const lends = session !== undefined && !this.mayBegin(reading);
    const standing = lends ? await session.standing : undefined;
    if (lends) {
      this.#scannedIn.set(scanId, session.id);
      keepNewest(this.#scannedIn, CHOICES_AT_HAND);
      this.#sessions.touch(session.id);
    }
    const checkedIn = this.#checkedInBefore(reading);
    const lentBefore = this.#lentBefore(reading);
    return {
      ...(checkedIn === undefined ? {} : { checkedIn }),
      ...(lentBefore === undefined ? {} : { lentBefore }),
      ...(lends ? { lending: lendingOf(session.id, standing) } : {}),
    };
  }

  /** Called at once with each decision, before anything else can be decided. */
  decided(line: ScanLine, reading: Reading, decision: Decision): void {
    if (decision.session === 'start') {
      const open = this.#sessions.start(line.scanId, reading.barcode, () => this.#lookUp(reading.barcode));
      this.#begun.set(line.scanId, open);
    }
    if (decision.session === 'end') this.#sessions.end('card');
    if (decision.checkOut === undefined) return;
    // From here on another scan of the same item finds it being lent.
    const sending: Lent = { state: 'sending', mono: this.#o.mono() };
    this.#lent.set(fold(reading.barcode), sending);
    this.#lent.set(fold(decision.checkOut.barcode), sending);
  }

  /** Carries out what a decision plans in the circulation system, and shows how it ended. */
  async act(line: ScanLine, reading: Reading, decision: Decision, session: OpenSession | undefined): Promise<void> {
    if (decision.session === 'start') await this.#meet(line, reading);
    if (decision.checkIn !== undefined) await this.#checkIn(line, reading, decision.checkIn);
    if (decision.checkOut !== undefined && session !== undefined) {
      await this.#checkOut(line, reading, decision.checkOut, decision.request, session);
    }
  }

  /** Shows whether the patron of a card may borrow, once that is known; the session may be over by then. */
  async #meet(line: ScanLine, reading: Reading): Promise<void> {
    const { circulation } = this.#o.rules();
    const open = this.#begun.get(line.scanId);
    this.#begun.delete(line.scanId);
    if (circulation === undefined || open === undefined) return;
    await this.#o.show(line, concludeCard(reading, await open.standing, circulation));
  }

  async #lookUp(card: string): Promise<PatronStanding> {
    const { circulation, timeZone } = this.#o.rules();
    const patron = this.#o.circulation?.lending?.patron;
    if (patron === undefined || circulation === undefined) return { state: 'not-asked' };
    return standingOf(await patron(card), circulation, this.#o.now().toISOString(), timeZone);
  }

  /** Tells the circulation system of one of the library's own items, once, and shows where it goes. */
  async #checkIn(line: ScanLine, reading: Reading, plan: CheckInPlan): Promise<void> {
    const { circulation } = this.#o;
    const rules = this.#o.rules().circulation;
    if (circulation === undefined || rules === undefined) return;
    const lanes = lanesOf(plan.barcode, reading, undefined);
    const result = await this.#o.lanes.run(lanes, (signal) =>
      runCheckIn({ ...this.#step(line.scanId, lanes, signal), plan, circulation }),
    );
    if (result.state === 'not-sent' && this.#isDown()) {
      const hold = holdUnsent({ kind: 'check-in', barcode: plan.barcode }, 'wms', undefined, this.#o.rules());
      if (await this.#o.hold(line, reading, hold)) return;
    }
    const prompt = concludeCheckIn(reading, result, rules);
    if (result.state === 'done') {
      this.#remember(this.#checkedIn, plan.barcode, { prompt, mono: this.#o.mono() });
      this.#lent.delete(fold(plan.barcode));
    }
    if (result.state === 'unknown') {
      const { asks } = result;
      this.#checkedIn.set(fold(plan.barcode), { mono: this.#o.mono(), ...(asks === undefined ? {} : { asks }) });
    }
    await this.#o.show(line, prompt);
  }

  /** Lends an item to the patron of the session in which it was scanned, once. */
  async #checkOut(
    line: ScanLine,
    reading: Reading,
    plan: CheckOutPlan,
    request: Decision['request'],
    session: OpenSession,
  ): Promise<void> {
    const lending = this.#o.circulation?.lending;
    const system = this.#o.rules().circulation?.name;
    if (lending === undefined || system === undefined) return;
    const lanes = lanesOf(plan.barcode, reading, request);
    const look = this.#o.circulation?.look;
    const step = {
      plan,
      lending,
      card: session.card,
      requestState: request?.state.code,
      ...(look === undefined ? {} : { look }),
    };
    const result = await this.#o.lanes.run(lanes, (signal) =>
      runCheckOut({ ...this.#step(line.scanId, lanes, signal), ...step }),
    );
    for (const barcode of new Set([fold(reading.barcode), fold(plan.barcode)])) {
      if (result.state === 'done') this.#remember(this.#lent, barcode, { state: 'done', mono: this.#o.mono() });
      else if (result.state === 'unknown') {
        const { asks } = result;
        this.#lent.set(barcode, { state: 'unknown', mono: this.#o.mono(), ...(asks === undefined ? {} : { asks }) });
      } else this.#lent.delete(barcode);
      if (result.state === 'done') this.#checkedIn.delete(barcode);
    }
    if (result.state === 'done') this.#sessions.lent(session.id);
    if (result.state === 'not-sent' && this.#isDown()) {
      const held = { kind: 'check-out', barcode: plan.barcode, session: session.id } as const;
      if (await this.#o.hold(line, reading, holdUnsent(held, 'wms', request, this.#o.rules()))) return;
    }
    const at = this.#o.now().toISOString();
    await this.#o.show(
      line,
      concludeCheckOut({ reading, plan, result, request, system, now: at, chosen: session.due }, this.#o.rules()),
    );
  }

  /** What every message to the circulation system is run with. `lanes`: the item's own lane first. */
  #step(scanId: string, lanes: readonly string[], signal: AbortSignal) {
    const { now, newId, doubts, system } = this.#o;
    const [lane = '', ...joins] = lanes;
    const record = (body: RecordBody, of = scanId): Promise<Result<StoredRecord>> => this.#o.append(of, body);
    return {
      scanId,
      lane,
      joins,
      record,
      newId,
      now,
      signal,
      doubts,
      ...(system === undefined ? {} : { requests: system }),
    };
  }

  #checkedInBefore(reading: Reading): CheckedInBefore | undefined {
    const before = this.#checkedIn.get(fold(reading.barcode));
    if (before === undefined) return undefined;
    if (before.prompt === undefined) {
      const { asks } = before;
      const minutesAgo = (this.#o.mono() - before.mono) / 60_000;
      return { minutesAgo, unknown: true, ...(asks === undefined ? {} : { asks }) };
    }
    const minutesAgo = this.#recently(before.mono);
    return minutesAgo === undefined ? undefined : { minutesAgo, prompt: before.prompt };
  }

  /** What is not known stays in doubt for as long as Carrel runs; what is known only matters for a while. */
  #lentBefore(reading: Reading): LentBefore | undefined {
    const before = this.#lent.get(fold(reading.barcode));
    if (before === undefined) return undefined;
    const minutesAgo = (this.#o.mono() - before.mono) / 60_000;
    const counts = before.state !== 'done' || this.#recently(before.mono) !== undefined;
    if (!counts) return undefined;
    return { minutesAgo, state: before.state, ...(before.asks === undefined ? {} : { asks: before.asks }) };
  }

  /** What is in doubt stays; what is known is forgotten when it does not matter any more. */
  #remember<V extends Known>(entries: Map<string, V>, barcode: string, value: V): void {
    renew(entries, fold(barcode), value);
    forgetOld(
      entries,
      ({ mono }) => this.#recently(mono) === undefined,
      ({ prompt, state }) => prompt === undefined && state !== 'done',
    );
  }

  #isDown(): boolean {
    return this.#o.offline?.down.some(({ system }) => system === 'wms') === true;
  }

  #recently(mono: number): number | undefined {
    const minutesAgo = (this.#o.mono() - mono) / 60_000;
    return minutesAgo < this.#o.rules().desk.settleMinutes ? minutesAgo : undefined;
  }
}

function lendingOf(sessionId: string, standing: PatronStanding | undefined): Lending {
  const stopped = standing?.state === 'stopped';
  return { sessionId, stopped, ...(standing?.illBlocked === true ? { illBlocked: true } : {}) };
}

/** The lane of the item as the circulation system knows it, then those of its other labels and of its request. */
function lanesOf(barcode: string, reading: Reading, request: Decision['request']): readonly string[] {
  const others = itemLanes(reading.candidates, request);
  const its = request === undefined ? [] : [requestLane('reshare', request.id)];
  return [...new Set([itemLane(barcode), ...others, ...its])];
}

/** Nothing waits for it. */
const decided = (): void => undefined;

function fold(barcode: string): string {
  return barcode.toUpperCase();
}
