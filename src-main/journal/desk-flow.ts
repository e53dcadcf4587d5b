import type { DecisionEvidence, NewRecord, RecordBody, ScanLine, StoredRecord } from '../contract/journal.ts';
import type { Prompt } from '../contract/prompt.ts';
import type { RequestView } from '../contract/request.ts';
import { fail, ok, type Result } from '../contract/result.ts';
import type { ScanInput } from '../contract/scan.ts';
import type { PatronSession } from '../contract/shift.ts';
import { readScan } from '../desk/barcodes.ts';
import type { SetDue } from '../desk/check-out-types.ts';
import { decide } from '../desk/decide.ts';
import type { Decision, Evidence, Expectation, Reading } from '../desk/types.ts';
import { faultPrompt, provisionalPrompt, putAside } from '../desk/interim.ts';
import { decideInOutage, type Hold } from '../desk/offline.ts';
import { offerId, parseOfferId } from '../desk/offers.ts';
import { glance } from '../desk/outlook.ts';
import { CirculationFlow } from './circulation-flow.ts';
import type { DeskFlowOptions } from './desk-flow-options.ts';
import type { Doubt } from './doubts.ts';
import { Expecting } from './expecting.ts';
import { keepNewest, LINES_AT_HAND, renew } from './forget.ts';
import type { OpenSession } from './patron-session.ts';
import { isSure, type EarlierStep } from './earlier.ts';
import type { JournalPort } from './ports.ts';
import { decisionRecord } from './decision-record.ts';
import { receivedOf } from './received.ts';
import { RecentScans } from './recent-scans.ts';
import { RequestActs } from './request-acts.ts';
import { lookUp, NOTHING_FOUND, readNamed } from './scan-look.ts';
import { Turns, type Turn } from './turns.ts';
import { takeWord, type Said, type WordParts } from './word.ts';

/**
 * One scan from the journal to its prompt: record, look, decide, act in the request's lane, tell. Scans are looked up
 * side by side; only their decisions keep the order in which they were scanned, and only where one can change the next.
 */
export class DeskFlow {
  readonly #o: DeskFlowOptions;
  readonly #lines = new Map<string, ScanLine>();
  readonly #recent: RecentScans;
  readonly #turns = new Turns();
  readonly #running = new Set<Promise<void>>();
  readonly #ports: Pick<WordParts, 'append' | 'show'>;
  readonly #acts: RequestActs;
  readonly #circulation: CirculationFlow;
  readonly #expecting: Expecting;
  /** Scans and choices so far, in the order in which they came. */
  #arrivals = 0;

  constructor(options: DeskFlowOptions) {
    this.#o = options;
    this.#expecting = new Expecting(options.mono);
    const windowSeconds = (): number => options.rules().desk.doubleScanSeconds;
    this.#recent = new RecentScans({ ...options, windowSeconds });
    this.#ports = {
      append: (scanId, body) => this.#append(scanId, body),
      show: (line, prompt) => this.#show(line, prompt),
    };
    const hold = (line: ScanLine, reading: Reading, wanted: Hold | undefined) => this.#hold(line, reading, wanted);
    this.#acts = new RequestActs({ ...options, ...this.#ports, hold });
    this.#circulation = new CirculationFlow({
      ...options,
      ...this.#ports,
      hold,
      line: async (scanId) => this.#lines.get(scanId) ?? (await this.#stored(scanId)),
      onSettled: () => options.onSaid?.(),
    });
  }

  /** The patron's session at this desk, or how the last one ended. */
  get session(): PatronSession | undefined {
    return this.#circulation.session;
  }

  /** Ends the patron's session of that id, if it is the open one. */
  endSession(id: string): void {
    this.#circulation.endSession(id);
    this.#recent.forgetCards();
  }

  /** Staff set a date for everything lent in that session from now on; false when it is over. */
  setDue(sessionId: string, due: SetDue): boolean {
    return this.#circulation.setDue(sessionId, due);
  }

  /** No scan comes any more: the patron's session is over, without a word. */
  close(): void {
    this.#circulation.close();
  }

  /** A step of an earlier run that was done, or may have been: no scan does it again, or takes the next, by itself. */
  recall(step: EarlierStep): void {
    const { body, minutesAgo } = step;
    if (body.system !== 'reshare') this.#circulation.recall(step);
    else this.#o.justDone.note(body.requestId, body.action, isSure(body), minutesAgo);
  }

  /** A step that was sent without an answer, by an earlier run or from the offline list: a look or staff must settle it. */
  hold(doubt: Doubt): void {
    this.#o.doubts.add(doubt);
    if (doubt.body.system !== 'reshare') this.#circulation.hold(doubt);
  }

  /** Staff looked up the copies of an item's title: what is in doubt about the item is looked at. */
  lookAgain(barcode: string): Promise<void> {
    return this.#circulation.itemDoubts.lookAgain(barcode);
  }

  /** A check-in that was sent from the offline list, so that no scan sends it again. */
  checkedIn(barcode: string, prompt: Prompt): void {
    this.#circulation.checkedIn(barcode, prompt);
  }

  /** Records a scan; answers once it is on disk. Looking it up and acting on it go on by themselves. */
  async submit(input: ScanInput): Promise<Result<ScanLine>> {
    const begun = await this.#begin(input);
    if (begun.ok && begun.value.fresh !== undefined) {
      this.#start(input.id, this.#work(begun.value.line, begun.value.fresh));
    }
    return begun.ok ? ok(begun.value.line) : begun;
  }

  /**
   * A step ordered from a list instead of by a thing in the hand: recorded like a scan of the request's number and the
   * choice of that step, and worked on like these. Answers once both are on disk; the same id twice is one order.
   */
  async order(input: ScanInput, offerId: string): Promise<Result<ScanLine>> {
    const begun = await this.#begin(input);
    if (!begun.ok) return begun;
    const { line, fresh } = begun.value;
    if (fresh === undefined) return ok(line);
    const stored = await this.#append(line.scanId, { type: 'choice', offerId });
    if (!stored.ok) return stored;
    this.#start(line.scanId, this.#work(line, fresh, offerId));
    return ok(line);
  }

  /** A line of the shift; `fresh` is what was read, where the line was not there before. */
  async #begin(input: ScanInput): Promise<Result<{ readonly line: ScanLine; readonly fresh?: Reading }>> {
    const known = this.#lines.get(input.id);
    if (known !== undefined) return ok({ line: known });
    const reading = readScan(input.raw, this.#o.rules().desk);
    const names = reading.kind === 'patron-card' ? this.#o.protect(input.raw, input.id) : undefined;
    const record = this.#record(input.id, input.id, {
      type: 'scan',
      raw: names?.masked ?? input.raw,
      barcode: names?.masked ?? reading.barcode,
      ...(names?.sealed === undefined ? {} : { sealed: names.sealed }),
      kind: reading.kind,
      source: input.source,
    });
    const stored = await this.#o.journal.append(record);
    if (!stored.ok) return stored;
    const earlier =
      this.#lines.get(input.id) ?? (stored.value.at === record.at ? undefined : await this.#stored(input.id));
    if (earlier !== undefined) return ok({ line: earlier });
    const line: ScanLine = {
      scanId: input.id,
      seq: stored.value.seq,
      at: record.at,
      barcode: names?.masked ?? reading.barcode,
      raw: names?.masked ?? input.raw,
      kind: reading.kind,
      source: input.source,
      desk: record.desk,
      staff: record.staff,
      ...(record.locked === undefined ? {} : { locked: record.locked }),
      cancelled: false,
    };
    this.#o.onRecorded();
    this.#tell(line);
    return ok({ line, fresh: reading });
  }

  /** Staff pressed the function key of an offer. Answers once the choice is on disk. */
  async choose(scanId: string, offerId: string): Promise<Result<ScanLine>> {
    const line = this.#lines.get(scanId) ?? (await this.#stored(scanId));
    if (line === undefined)
      return fail('not-found', 'That scan is not in the list any more. Scan the label again.', { mender: 'desk' });
    if (line.prompt?.offers.some((offer) => offer.id === offerId) !== true) {
      return fail('refused', 'That is no longer on offer for this scan. Scan the label again to see what is.', {
        mender: 'desk',
      });
    }
    if (line.importedFrom !== undefined)
      return fail('refused', `That scan was made on ${line.importedFrom}. Scan the thing again here.`, {
        mender: 'desk',
      });
    const choice = parseOfferId(offerId);
    if (choice?.kind === 'cancel') return this.#cancel(line, offerId);
    if (choice !== undefined && 'stepId' in choice) {
      const word = await this.#takeWord(line, choice.stepId, choice.kind === 'happened');
      if (word.ok) this.#o.onSaid?.();
      return word.ok ? ok(word.value.line) : word;
    }
    const stored = await this.#append(scanId, { type: 'choice', offerId });
    if (!stored.ok) return stored;
    // The offers go away at once: pressing the key twice is one choice.
    const pressed: ScanLine = { ...line, prompt: { ...line.prompt, offers: [], working: true } };
    this.#tell(pressed);
    this.#start(scanId, this.#work(pressed, readScan(line.raw, this.#o.rules().desk), offerId));
    return ok(pressed);
  }

  /** Staff say what became of an unanswered step, wherever they were asked. */
  async say(stepId: string, happened: boolean): Promise<Result<StoredRecord>> {
    const scanId = this.#o.doubts.step(stepId)?.scanId;
    const line = scanId === undefined ? undefined : (this.#lines.get(scanId) ?? (await this.#stored(scanId)));
    if (line === undefined) {
      return fail('not-found', 'That has been settled meanwhile. Look again.', { mender: 'desk' });
    }
    const word = await this.#takeWord(line, stepId, happened);
    return word.ok ? ok(word.value.said) : word;
  }

  #takeWord(line: ScanLine, stepId: string, happened: boolean): Promise<Result<Said>> {
    const parts = { ...this.#o, ...this.#ports, said: this.#circulation.said.bind(this.#circulation) };
    const offer = offerId({ kind: happened ? 'happened' : 'not-happened', stepId });
    return takeWord(parts, line, { offerId: offer, stepId, happened });
  }

  /** Resolves when nothing is being worked on. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.allSettled(this.#running);
  }

  /** Makes lines known that were read from the journal at start. */
  remember(lines: readonly ScanLine[]): void {
    for (const line of lines.toReversed()) this.#keep(line);
  }

  /** Writes a prompt for a scan from outside the flow, such as after a restart. */
  async present(line: ScanLine, prompt: Prompt): Promise<void> {
    await this.#show(line, prompt);
  }

  async #cancel(line: ScanLine, offerId: string): Promise<Result<ScanLine>> {
    const stored = await this.#append(line.scanId, { type: 'cancelled', reason: 'Staff said: not this one.' });
    if (!stored.ok) return stored;
    this.#expecting.forget(line.scanId);
    this.#recent.forget(line.barcode);
    const rules = this.#o.rules();
    const reading = readScan(line.raw, rules.desk);
    const now = this.#o.now().toISOString();
    const { prompt } = decide({ reading, hits: [], source: 'none', choice: offerId, now }, rules);
    const shown = await this.#show({ ...line, cancelled: true }, putAside(line, prompt));
    await this.#o.offline?.settled(shown, false, undefined);
    return ok(shown);
  }

  async #work(line: ScanLine, reading: Reading, choice?: string): Promise<void> {
    const place = ++this.#arrivals;
    const doubleOf = choice === undefined ? this.#recent.double(line, reading) : undefined;
    const arrival = this.#circulation.arrive(line.scanId, reading, choice);
    const turn: Turn = {
      seq: line.seq,
      label: line.barcode.toUpperCase(),
      mayExpect: reading.kind === 'request' || choice !== undefined || this.#circulation.mayBegin(reading),
    };
    const settle = this.#turns.take(turn);
    let decision: Decision;
    let evidence: Evidence;
    let session: OpenSession | undefined;
    let hold: Hold | undefined;
    let live: boolean;
    try {
      await this.#o.offline?.arrive(line);
      session = await arrival.session;
      const cached = (hits: readonly RequestView[]): void => {
        this.#provisional(line, reading, hits, session, this.#expecting.before(place));
      };
      const found = doubleOf === undefined ? await lookUp(this.#o, reading, cached) : NOTHING_FOUND;
      await this.#turns.wait(turn, this.#expecting.waits);
      const expectation = this.#expecting.before(place);
      const named = doubleOf === undefined ? await readNamed(this.#o, choice, expectation, found) : [];
      const requests = [...named, ...found.hits];
      const justDone = this.#o.justDone.of(requests);
      const received = await receivedOf(this.#o.received, requests, this.#o.rules());
      const circulation = await this.#circulation.evidence(line.scanId, reading, session);
      evidence = {
        reading,
        scanId: line.scanId,
        ...found,
        ...(expectation === undefined ? {} : { expectation }),
        ...(named.length === 0 ? {} : { named }),
        ...(doubleOf === undefined ? {} : { doubleOf }),
        justDone,
        received,
        ...circulation,
        ...this.#o.offline?.evidence(reading, requests),
        ...(arrival.over ? { lendingOver: true } : {}),
        ...(choice === undefined ? {} : { choice }),
        now: this.#o.now().toISOString(),
      };
      const outage = this.#o.offline === undefined ? undefined : decideInOutage(evidence, this.#o.rules());
      live = found.source === 'live';
      hold = outage?.kind === 'hold' ? outage.hold : undefined;
      decision = outage?.kind === 'ask' ? outage.decision : decide(evidence, this.#o.rules());
      if (hold !== undefined) decision = { ...decision, steps: [], expectation: hold.expectation };
      this.#expecting.decided(decision, line.scanId, place);
      this.#circulation.decided(line, reading, decision);
    } finally {
      settle();
      arrival.decided();
    }
    if (hold === undefined || !(await this.#hold(line, reading, hold, decisionRecord(evidence, decision)))) {
      // What a step records comes after the prompt on disk, because the journal keeps the order; so nobody waits for it here.
      // Its place in the lanes is taken at once, so that no later decision comes before it.
      const shown = { ...line, prompt: decision.prompt };
      const acting = async (): Promise<void> => {
        if (decision.steps.length > 0) await this.#acts.act(shown, reading, decision);
        await this.#circulation.act(shown, reading, decision, session);
      };
      await Promise.all([this.#show(line, decision.prompt, decisionRecord(evidence, decision)), acting()]);
      await this.#circulation.itemDoubts.shown(line.scanId);
      if (decision.split !== undefined) await this.#split(line, decision.split);
    }
    await this.#o.offline?.settled(this.#lines.get(line.scanId) ?? line, live, decision.request?.id);
  }

  /** Writes a scan down for when a system is back; false where that is not possible or not wanted. */
  async #hold(line: ScanLine, reading: Reading, hold: Hold | undefined, decision?: DecisionEvidence): Promise<boolean> {
    const prompt = hold === undefined ? undefined : await this.#o.offline?.hold(line, reading, hold);
    if (prompt === undefined) return false;
    await this.#show(line, prompt, decision);
    return true;
  }

  /** The two labels of a burst that ran together become two scans, in the order they were scanned. */
  async #split(line: ScanLine, halves: readonly [string, string]): Promise<void> {
    for (const raw of halves) {
      const result = await this.submit({ id: this.#o.newId(), raw, source: line.source });
      if (!result.ok) return;
    }
  }

  #provisional(
    line: ScanLine,
    reading: Reading,
    hits: readonly RequestView[],
    session: OpenSession | undefined,
    expectation: Expectation | undefined,
  ): void {
    const now = this.#o.now().toISOString();
    const lending = session === undefined ? {} : { lending: { sessionId: session.id, stopped: false } };
    const seen = glance(
      { reading, hits, scanId: line.scanId, ...(expectation === undefined ? {} : { expectation }), ...lending, now },
      this.#o.rules(),
    );
    this.#tell({ ...line, prompt: provisionalPrompt(seen, hits[0]?.seenAt, now) });
  }

  /** Journals a prompt and tells the window. A scan whose prompt wants a person may be scanned again at once. */
  async #show(line: ScanLine, prompt: Prompt, decision?: DecisionEvidence): Promise<ScanLine> {
    const shown: ScanLine = { ...line, prompt };
    const stored = await this.#append(line.scanId, {
      type: 'prompt',
      prompt,
      ...(decision === undefined ? {} : { decision }),
    });
    if (!prompt.working && (prompt.kind === 'stop' || prompt.kind === 'saved')) {
      this.#recent.forget(line.barcode, line.scanId);
    }
    if (!stored.ok) this.#o.onFault(stored.error);
    this.#tell(shown);
    return shown;
  }

  #tell(line: ScanLine): void {
    this.#keep(line);
    this.#o.onLine(line);
  }

  #keep(line: ScanLine): void {
    renew(this.#lines, line.scanId, line);
    keepNewest(this.#lines, LINES_AT_HAND);
  }

  #start(scanId: string, work: Promise<void>): void {
    const running = work.catch(async (error: unknown) => {
      this.#o.onFault(error);
      const line = this.#lines.get(scanId) ?? (await this.#stored(scanId));
      if (line !== undefined) await this.#show(line, faultPrompt(line, this.#o.now().toISOString()));
    });
    this.#running.add(running);
    void running.finally(() => {
      this.#running.delete(running);
      this.#o.offline?.leave(scanId);
    });
  }

  async #stored(scanId: string): Promise<ScanLine | undefined> {
    const line = await this.#o.journal.line(scanId);
    if (line !== undefined) this.#keep(line);
    return line;
  }

  #append(scanId: string, body: RecordBody): ReturnType<JournalPort['append']> {
    return this.#o.journal.append(this.#record(this.#o.newId(), scanId, body));
  }

  #record(id: string, scanId: string, body: RecordBody): NewRecord {
    return { id, scanId, at: this.#o.now().toISOString(), mono: this.#o.mono(), ...this.#o.identity(), body };
  }
}
