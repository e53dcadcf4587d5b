import type { RecordBody, ScanLine, StepBody, StoredRecord } from '../contract/journal.ts';
import type { Prompt } from '../contract/prompt.ts';
import { fail, ok, type Result } from '../contract/result.ts';
import { HOLD_ACTIONS, type HoldStep, type HoldWhat } from '../desk/hold-types.ts';
import { stepOfHold, withHold } from '../desk/hold-words.ts';
import { judgeItemLook } from '../desk/item-look.ts';
import { runCirculationStep, type CirculationStepOptions } from './circulation-step.ts';
import type { Lanes } from './lanes.ts';
import type { HoldsPort, ItemLookPort } from './ports.ts';

/** A step of a scan, by its newest record. */
export interface OpenStep {
  readonly scanId: string;
  readonly body: StepBody;
  /** ISO 8601 UTC. */
  readonly at: string;
}

export interface HoldFlowOptions {
  /** Undefined where holds are not placed through Carrel. */
  readonly holds: HoldsPort | undefined;
  /** Looks at the copy or the title after a lost answer; left out where the system offers none. */
  readonly look?: ItemLookPort | undefined;
  /** What staff call the circulation system. */
  readonly system: string;
  readonly timeZone?: () => string | undefined;
  readonly lanes: Lanes;
  readonly record: (scanId: string, body: RecordBody) => Promise<Result<StoredRecord>>;
  /** Steps that left without an answer (`sending`, `unknown`, `needs-person`), of any scan. */
  readonly openSteps: () => Promise<Result<readonly OpenStep[]>>;
  readonly newId: () => string;
  readonly now: () => Date;
  /** Protects a card's number: what is kept of it in the clear, and the whole of it encrypted. */
  readonly protect: (text: string, row: string) => { readonly masked: string; readonly sealed?: string };
  /** The line of a scan as it is now; undefined for one nobody knows. */
  readonly line: (scanId: string) => Promise<ScanLine | undefined>;
  /** Writes and shows a scan's new prompt. */
  readonly show: (line: ScanLine, prompt: Prompt) => Promise<void>;
}

export interface HoldWish {
  readonly scanId: string;
  readonly what: HoldWhat;
  /** The whole number of the patron's card; in the journal it is masked, and whole only encrypted. */
  readonly card: string;
  readonly pickup: { readonly id: string; readonly name: string };
  /** A person looked after a lost answer and found that it had not happened. */
  readonly insisted: boolean;
}

export interface CancelWish {
  readonly scanId: string;
  readonly request: string;
  readonly card: string;
  readonly insisted: boolean;
}

/** One message about a hold, before it is sent. */
interface Sending<T> {
  readonly scanId: string;
  readonly action: HoldStep['action'];
  readonly lane: string;
  readonly card: string;
  readonly params: StepBody['params'];
  readonly insisted: boolean;
  /** What is looked at after a lost answer. */
  readonly what: HoldWhat | undefined;
  readonly send: CirculationStepOptions<T>['send'];
  readonly keep?: (answer: T) => StepBody['params'];
}

const REFUTED = 'Staff looked after the lost answer: it had not happened.';
const AFFIRMED = 'Staff looked after the lost answer: it had happened.';

/**
 * Holds placed and cancelled at the desk: each a step of its scan, recorded before it is sent, sent at most once. A lost
 * answer stays open in the journal, also over a restart, until a person says how it ended; until then the same wish of the
 * same patron is not sent again, and everything else about the item goes on
 * (NCIP 2.02 RequestItem has no key by which a system could know a repeat).
 */
export class HoldFlow {
  readonly #o: HoldFlowOptions;
  /** Wishes that are on their way now. */
  readonly #busy = new Set<string>();
  readonly #running = new Set<Promise<unknown>>();

  constructor(options: HoldFlowOptions) {
    this.#o = options;
  }

  place({ scanId, what, card, pickup, insisted }: HoldWish): Promise<Result<HoldStep>> {
    const { holds } = this.#o;
    if (holds === undefined) return Promise.resolve(this.#notOffered());
    return this.#track(
      this.#send({
        scanId,
        action: 'place',
        lane: laneOfHold(what),
        card,
        params: { ...what, pickup: pickup.id, pickupName: pickup.name },
        insisted,
        what,
        send: () => holds.place(what, card, pickup.id),
        keep: ({ request }) => (request === undefined ? {} : { request }),
      }),
    );
  }

  cancel({ scanId, request, card, insisted }: CancelWish): Promise<Result<HoldStep>> {
    const { holds } = this.#o;
    if (holds === undefined) return Promise.resolve(this.#notOffered());
    return this.#track(
      this.#send({
        scanId,
        action: 'cancel',
        lane: `hold:${request.toLowerCase()}`,
        card,
        params: { request },
        insisted,
        what: undefined,
        send: () => holds.cancel(request, card),
      }),
    );
  }

  /** A person says that a step without an answer happened. */
  async confirm(scanId: string, stepId: string): Promise<Result<HoldStep>> {
    const open = await this.#o.openSteps();
    if (!open.ok) return open;
    const step = open.value.find(({ body }) => body.stepId === stepId && !this.#isBusy(body));
    const action = step === undefined ? undefined : stepOfHold(step.body, step.at)?.action;
    if (step === undefined || action === undefined) {
      return fail('not-found', 'That is settled already. Open the item again to see how.', { mender: 'desk' });
    }
    const body: StepBody = { ...step.body, state: 'confirmed', sentence: AFFIRMED };
    const stored = await this.#o.record(step.scanId, body);
    if (!stored.ok) return stored;
    return this.#told(scanId, body, stored.value.at);
  }

  /** What was sent without an answer in any of the lanes, for whatever scan. */
  async openIn(lanes: readonly string[]): Promise<Result<readonly HoldStep[]>> {
    const open = await this.#o.openSteps();
    if (!open.ok) return open;
    const mine = open.value.filter(({ body }) => lanes.includes(body.lane));
    return ok(mine.map(({ body, at }) => stepOfHold(body, at)).filter((step) => step !== undefined));
  }

  /** Resolves when nothing is on its way. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.allSettled(this.#running);
  }

  async #send<T>(sending: Sending<T>): Promise<Result<HoldStep>> {
    const { scanId, action, lane, card, params } = sending;
    const { newId, now, record, lanes, protect } = this.#o;
    const line = await this.#o.line(scanId);
    if (line === undefined) {
      return fail('not-found', 'That scan is not in the list any more. Scan the label again.', { mender: 'desk' });
    }
    if (line.prompt === undefined || line.prompt.working) {
      return fail('refused', 'Carrel is still working on this scan. Wait until it is done, then press again.', {
        mender: 'desk',
        retry: 'now',
      });
    }
    const stepId = newId();
    const { masked, sealed } = protect(card, stepId);
    const key = keyOf(action, lane, masked);
    if (this.#busy.has(key)) return this.#onItsWay();
    this.#busy.add(key);
    try {
      const clear = await this.#settleDoubt(key, sending.insisted);
      if (!clear.ok) return clear;
      let last: { readonly body: StepBody; readonly at: string } | undefined;
      const result = await lanes.run(lane, (signal) =>
        runCirculationStep<T>({
          system: 'wms',
          scanId,
          action: HOLD_ACTIONS[action],
          lane,
          params: { ...params, card: masked, ...(sealed === undefined ? {} : { sealed }) },
          seen: 'staff asked for it',
          record: async (body) => {
            const stored = await record(scanId, body);
            if (stored.ok && body.type === 'step') last = { body, at: stored.value.at };
            return stored;
          },
          newId: () => stepId,
          send: sending.send,
          ...(sending.keep === undefined ? {} : { keep: sending.keep }),
          now,
          signal,
        }),
      );
      // Nothing was sent when the journal did not take it; its own words say why.
      if (last === undefined || (result.state === 'not-sent' && last.body.state !== 'not-sent')) {
        const sentence = result.state === 'done' ? '' : result.sentence;
        return fail('journal-closed', `${sentence} Nothing was sent.`.trim(), { mender: 'it', retry: 'later' });
      }
      const body: StepBody =
        result.state === 'done' ? last.body : { ...last.body, state: result.state, sentence: result.sentence };
      const what = sending.what ?? (line.kind === 'item' ? { barcode: line.barcode } : undefined);
      if (result.state === 'unknown')
        return await this.#told(scanId, await this.#lookAfter(scanId, body, what), result.at);
      return await this.#told(scanId, body, result.at);
    } finally {
      this.#busy.delete(key);
    }
  }

  /**
   * One look after a lost answer. WMS Availability tells that a copy is on hold and never for whom, so it settles nothing:
   * what it showed stays with the question.
   */
  async #lookAfter(scanId: string, body: StepBody, what: HoldWhat | undefined): Promise<StepBody> {
    const { look: port, system, timeZone, record } = this.#o;
    if (port === undefined || what === undefined) return body;
    const look = await port.after(what);
    const { showed } = judgeItemLook(body, look, { system, timeZone: timeZone?.() });
    const noted: StepBody = { ...body, looked: { at: look.at, showed } };
    await record(scanId, { ...noted, state: 'needs-person' });
    return noted;
  }

  /** Nothing is sent while an earlier sending of the same wish is open, unless a person looked and says it did not happen. */
  async #settleDoubt(key: string, insisted: boolean): Promise<Result<undefined>> {
    const open = await this.#o.openSteps();
    if (!open.ok) return open;
    const doubt = open.value.find(({ body }) => keyOfBody(body) === key);
    if (doubt === undefined) return ok(undefined);
    if (!insisted) {
      const { system } = this.#o;
      return fail(
        'unknown-outcome',
        `The same was sent to ${system} before and no answer came, so nothing was sent now. Look at the holds in ${system}, then press F9 if it is done there, or F8 if it is not.`,
        { mender: 'desk', retry: 'unknown-outcome' },
      );
    }
    const refuted = await this.#o.record(doubt.scanId, { ...doubt.body, state: 'refused', sentence: REFUTED });
    return refuted.ok ? ok(undefined) : refuted;
  }

  /** The step as staff see it, with a line of its own on the scan's prompt. */
  async #told(scanId: string, body: StepBody, at: string): Promise<Result<HoldStep>> {
    const step = stepOfHold(body, at);
    if (step === undefined) return fail('internal', 'Carrel lost sight of the hold. Open the item again.');
    const line = await this.#o.line(scanId);
    if (line?.prompt !== undefined) {
      await this.#o.show(line, { ...line.prompt, legs: [...withHold(line.prompt.legs, step, this.#o.system)] });
    }
    return ok(step);
  }

  #isBusy(body: StepBody): boolean {
    const key = keyOfBody(body);
    return key !== undefined && this.#busy.has(key);
  }

  #track<T>(work: Promise<T>): Promise<T> {
    this.#running.add(work);
    const done = (): void => void this.#running.delete(work);
    work.then(done, done);
    return work;
  }

  #onItsWay(): Result<never> {
    return fail('refused', `This was sent to ${this.#o.system} a moment ago. Wait for its answer.`, { mender: 'desk' });
  }

  #notOffered(): Result<never> {
    const { system } = this.#o;
    return fail('configuration', `Carrel does not place holds in ${system}. Use ${system}’s own screen.`, {
      mender: 'desk',
    });
  }
}

/** Holds on a copy keep the order of everything else that is done to it; holds on a title have a lane of their own. */
export function laneOfHold(what: HoldWhat): string {
  return 'barcode' in what ? `item:${what.barcode.toUpperCase()}` : `title:${what.oclcNumber}`;
}

/** The same wish of the same patron, as far as the journal shows it: cards are told apart by what is kept of them. */
function keyOf(action: HoldStep['action'], lane: string, card: string): string {
  return `${HOLD_ACTIONS[action]} ${lane} ${card}`;
}

function keyOfBody({ action, lane, params }: StepBody): string | undefined {
  const { card } = params;
  return typeof card === 'string' ? `${action} ${lane} ${card}` : undefined;
}
