import type { RecordBody, StepBody, StoredRecord } from '../contract/journal.ts';
import type { Result } from '../contract/result.ts';
import type { HoldWhat } from '../desk/hold-types.ts';
import { judgeItemLook, type ItemLook, type LookJudged, type LookScene } from '../desk/item-look.ts';
import type { Doubt, Doubts } from './doubts.ts';
import type { ItemLookPort } from './ports.ts';
import { LOOK_AFTER_SECONDS } from './settle.ts';
import { cannotTellSentence } from './step-sentences.ts';

export interface ItemLooksOptions {
  /** Undefined where the circulation system offers no look. */
  readonly port: ItemLookPort | undefined;
  readonly doubts: Doubts;
  readonly scene: () => LookScene;
  readonly record: (scanId: string, body: RecordBody) => Promise<Result<StoredRecord>>;
  /** Calls back once after so many milliseconds; returns what stops it. */
  readonly after: (ms: number, run: () => void) => () => void;
  /** A look is over: the step as it stands now, and what was seen. */
  readonly told: (seen: ItemSeen) => Promise<void>;
  readonly onFault: (error: unknown) => void;
}

/** Until the prompt that asks is on the screen, after a start for instance. */
const SOON_SECONDS = 1;

/** What a look after a lost answer came to. */
export interface ItemSeen {
  readonly doubt: Doubt;
  readonly look: ItemLook;
  readonly judged: LookJudged;
}

/**
 * Looks after messages to the circulation system whose answer was lost: at once, and at 15, 45 and 90 seconds. A look only
 * looks; where it shows that the message was taken, the step is done by it. Otherwise what it showed is written down for the
 * person who is asked meanwhile, and who may speak at any moment.
 */
export class ItemLooks {
  readonly #o: ItemLooksOptions;
  /** What stops the next look at each step. */
  readonly #next = new Map<string, () => void>();
  #stopped = false;

  constructor(options: ItemLooksOptions) {
    this.#o = options;
  }

  /** Looks now, and goes on by its schedule unless that is running. Resolves after the first look. */
  async watch({ body: { stepId } }: Doubt): Promise<void> {
    if (this.#next.has(stepId)) await this.#once(stepId);
    else await this.#look(stepId, LOOK_AFTER_SECONDS, 0);
  }

  /** The same when the prompt that asks has been shown, a moment later. */
  soon({ body: { stepId } }: Doubt): void {
    this.#later(SOON_SECONDS, stepId, [...LOOK_AFTER_SECONDS], 0);
  }

  stop(): void {
    this.#stopped = true;
    for (const stop of this.#next.values()) stop();
    this.#next.clear();
  }

  async #look(stepId: string, later: readonly number[], waited: number): Promise<void> {
    const mayChange = await this.#once(stepId);
    const [next, ...rest] = later;
    if (next === undefined || !mayChange || this.#stopped) return;
    this.#later(next - waited, stepId, rest, next);
  }

  #later(seconds: number, stepId: string, rest: readonly number[], waited: number): void {
    this.#next.get(stepId)?.();
    const stop = this.#o.after(seconds * 1000, () => {
      this.#next.delete(stepId);
      void this.#look(stepId, rest, waited).catch(this.#o.onFault);
    });
    this.#next.set(stepId, stop);
  }

  /** Whether a later look may show something else. */
  async #once(stepId: string): Promise<boolean> {
    const { doubts, port, scene } = this.#o;
    const what = subjectOf(doubts.step(stepId)?.body);
    if (port === undefined || what === undefined) return false;
    const look = await port.after(what);
    const doubt = doubts.step(stepId);
    // Staff have spoken meanwhile, or are speaking now.
    if (doubt === undefined || doubts.isClaimed(stepId) || this.#stopped) return false;
    const judged = judgeItemLook(doubt.body, look, scene());
    const end = judged.happened ? await this.#settle(doubt, judged) : await this.#note(doubt, look, judged);
    if (end === undefined) return false;
    await this.#o.told({ doubt: end, look, judged });
    return !judged.happened && (look.kind === 'copy' || look.kind === 'failed');
  }

  async #settle(doubt: Doubt, judged: LookJudged): Promise<Doubt | undefined> {
    const { doubts, record } = this.#o;
    const { stepId } = doubt.body;
    if (!doubts.claim(stepId)) return undefined;
    const { held: _held, ...body } = doubt.body;
    const end: StepBody = { ...body, state: 'done', settledBy: 'look', sentence: judged.showed };
    const stored = await record(doubt.scanId, end);
    if (!stored.ok) {
      doubts.release(stepId);
      return undefined;
    }
    doubts.remove(stepId);
    return { scanId: doubt.scanId, body: end };
  }

  /** What was seen stays with the question; the same seen again is not written again. */
  async #note(doubt: Doubt, look: ItemLook, { showed }: LookJudged): Promise<Doubt | undefined> {
    const { doubts, record } = this.#o;
    const { body, scanId } = doubt;
    if (body.looked?.showed === showed) return doubt;
    const noted: StepBody = { ...body, looked: { at: look.at, showed }, sentence: cannotTellSentence(body, showed) };
    const stored = await record(scanId, noted);
    if (!stored.ok) return undefined;
    const now = { scanId, body: noted };
    if (doubts.step(body.stepId) !== undefined) doubts.add(now);
    return now;
  }
}

function subjectOf(body: StepBody | undefined): HoldWhat | undefined {
  const barcode = body?.params['barcode'];
  return body?.system === 'wms' && typeof barcode === 'string' ? { barcode } : undefined;
}
