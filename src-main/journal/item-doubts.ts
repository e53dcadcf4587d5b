import type { ScanLine, StepBody } from '../contract/journal.ts';
import type { Prompt } from '../contract/prompt.ts';
import { readScan } from '../desk/barcodes.ts';
import { seenCheckIn, seenCheckOut } from '../desk/item-look-prompt.ts';
import { withLook, type LookSeen } from '../desk/item-look.ts';
import { offerId } from '../desk/offers.ts';
import type { DeskRules } from '../desk/types.ts';
import type { Doubt } from './doubts.ts';
import { ItemLooks, type ItemLooksOptions, type ItemSeen } from './item-looks.ts';
import { itemLane } from './lane-names.ts';

export interface ItemDoubtsOptions extends Pick<ItemLooksOptions, 'port' | 'doubts' | 'record' | 'after' | 'onFault'> {
  readonly rules: () => DeskRules;
  /** The line of a scan as it is now. */
  readonly line: (scanId: string) => Promise<ScanLine | undefined>;
  readonly show: (line: ScanLine, prompt: Prompt) => Promise<ScanLine>;
  /** A look showed that a message was taken; `prompt` is what the desk shows of it from then on. */
  readonly onSettled: (doubt: Doubt, prompt: Prompt) => void;
}

/** Items of which nobody knows whether the circulation system took a message: looked at, and told on every prompt that asks. */
export class ItemDoubts {
  readonly #o: ItemDoubtsOptions;
  readonly #looks: ItemLooks;
  /** The newest scan whose prompt asks what became of a step, by that step. */
  readonly #askedBy = new Map<string, string>();

  constructor(options: ItemDoubtsOptions) {
    this.#o = options;
    this.#looks = new ItemLooks({
      ...options,
      scene: () => ({ system: this.#system, timeZone: options.rules().timeZone }),
      told: (seen) => this.#told(seen),
    });
  }

  /** Looks when the prompt that asks will have been shown. */
  soon(doubt: Doubt): void {
    this.#looks.soon(doubt);
  }

  /** A scan's prompt is shown: where it asks what became of a step, the item is looked at. */
  async shown(scanId: string): Promise<void> {
    const line = await this.#o.line(scanId);
    const doubt = this.#o.doubts.all().find(({ body }) => asksOf(line?.prompt, body.stepId));
    if (doubt === undefined) return;
    this.#askedBy.set(doubt.body.stepId, scanId);
    await this.#looks.watch(doubt);
  }

  /** More is known of an item's title: where something of the item is in doubt, a look may now show it. */
  async lookAgain(barcode: string): Promise<void> {
    const doubt = this.#o.doubts.of(itemLane(barcode));
    if (doubt !== undefined) await this.#looks.watch(doubt);
  }

  stop(): void {
    this.#looks.stop();
  }

  /** A look is over: every prompt that asks says what it showed, or that it is settled. */
  async #told({ doubt, look, judged }: ItemSeen): Promise<void> {
    const { scanId, body } = doubt;
    const { stepId } = body;
    const asked = this.#askedBy.get(stepId);
    for (const id of new Set([scanId, ...(asked === undefined ? [] : [asked])])) {
      const line = await this.#o.line(id);
      if (line?.prompt === undefined) continue;
      const asks = asksOf(line.prompt, stepId);
      const prompt = judged.happened
        ? this.#seen(line, body, { look, judged })
        : withLook(line.prompt, { look, judged }, this.#system);
      if (prompt === undefined) continue;
      if (judged.happened && id === scanId) this.#o.onSettled(doubt, prompt);
      // What staff put aside keeps the words they put it aside with.
      if (!line.cancelled && (asks || (judged.happened && id === scanId))) await this.#o.show(line, prompt);
    }
    if (judged.happened) this.#askedBy.delete(stepId);
  }

  #seen(line: ScanLine, body: StepBody, seen: LookSeen): Prompt | undefined {
    const rules = this.#o.rules();
    const reading = readScan(line.raw, rules.desk);
    if (body.action === 'CheckOutItem') return seenCheckOut(reading, String(body.params['session']), seen, rules);
    return rules.circulation === undefined ? undefined : seenCheckIn(reading, seen, rules.circulation);
  }

  get #system(): string {
    return this.#o.rules().circulation?.name ?? 'the circulation system';
  }
}

/** Whether a prompt asks staff what became of a step. */
function asksOf(prompt: Prompt | undefined, stepId: string): boolean {
  return prompt?.offers.some(({ id }) => id === offerId({ kind: 'happened', stepId })) === true;
}
