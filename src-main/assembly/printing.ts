import type { ScanLine } from '../contract/journal.ts';
import type { Prompt } from '../contract/prompt.ts';
import { fail, ok, type Result } from '../contract/result.ts';
import type { PrintOutcome, Slip, SlipJob, SlipPrinter, SlipSettings } from '../contract/slip.ts';
import { slipName } from '../desk/slip-name.ts';
import { keepNewest, LINES_AT_HAND, renew } from '../journal/forget.ts';
import { triedBefore, withPrintOutcome } from '../desk/slips.ts';

export interface PrintingOptions {
  readonly printer: SlipPrinter;
  /** Asked anew for each slip. */
  readonly settings: () => SlipSettings;
  /** A scan's line as the journal has it; undefined when there is none. */
  readonly line: (scanId: string) => Promise<ScanLine | undefined>;
  /** Journals a prompt of a scan and shows it. */
  readonly show: (line: ScanLine, prompt: Prompt) => Promise<void>;
  /**
   * The name of the patron for whom an item waits, from memory and a look-up only. Asked when a hold slip may carry one.
   * Left out where no system says so: ReShare's requests as Carrel reads them do not.
   */
  readonly patron?: (barcode: string) => Promise<string | undefined>;
  readonly now: () => Date;
  readonly onFault: (error: unknown) => void;
}

/** A line whose slip can be printed now. */
interface Ready {
  readonly line: ScanLine;
  readonly prompt: Prompt;
  readonly slip: Slip;
}

/**
 * The slips of this desk: one at a time, in the order asked for, beside the work and never in its way. What came of
 * each is a line on the scan's prompt, on disk like every other.
 */
export class Printing {
  readonly #o: PrintingOptions;
  /** Newest lines of scans with slips: the journal may be a moment behind what the desk shows. */
  readonly #latest = new Map<string, ScanLine>();
  /** Scans whose slip was printed without being asked for; once each. */
  readonly #unasked = new Set<string>();
  readonly #waiting = new Map<string, Promise<Result<ScanLine>>>();
  #tail: Promise<unknown> = Promise.resolve();

  constructor(options: PrintingOptions) {
    this.#o = options;
  }

  /** Told of every new or changed line; prints its slip where the desk prints that kind by itself. */
  lineChanged(line: ScanLine): void {
    if (line.prompt?.slip === undefined && !this.#latest.has(line.scanId)) return;
    renew(this.#latest, line.scanId, line);
    keepNewest(this.#latest, LINES_AT_HAND);
    const ready = readyLine(line);
    if (ready === undefined || this.#unasked.has(line.scanId) || triedBefore(ready.prompt)) return;
    if (
      this.#o.settings().modes[ready.slip.kind] !== 'print' ||
      (ready.slip.kind !== 'offline' && asksSomething(ready.prompt))
    )
      return;
    this.#unasked.add(line.scanId);
    keepNewest(this.#unasked, LINES_AT_HAND);
    void this.print(line.scanId);
  }

  /** Prints the slip of a scan, again if need be. Answers when the printer has, with the line that says so. */
  print(scanId: string): Promise<Result<ScanLine>> {
    const waiting = this.#waiting.get(scanId);
    if (waiting !== undefined) return waiting;
    const job = this.#inTurn(() => this.#print(scanId)).finally(() => this.#waiting.delete(scanId));
    this.#waiting.set(scanId, job);
    return job;
  }

  /** The slip of a scan as a PDF, in base64. */
  async pdf(scanId: string): Promise<Result<{ readonly base64: string }>> {
    const ready = readyLine(await this.#line(scanId));
    if (ready === undefined) return noSlip();
    const bytes = await this.#inTurn(async () => this.#o.printer.pdf(await this.#job(ready)));
    return ok({ base64: Buffer.from(bytes).toString('base64') });
  }

  /** Resolves when nothing is being printed or waits for it. */
  async idle(): Promise<void> {
    while (this.#waiting.size > 0) await Promise.allSettled(this.#waiting.values());
  }

  #inTurn<T>(task: () => Promise<T>): Promise<T> {
    const turn = this.#tail.then(task);
    this.#tail = turn.catch(() => undefined);
    return turn;
  }

  async #print(scanId: string): Promise<Result<ScanLine>> {
    const ready = readyLine(await this.#line(scanId));
    if (ready === undefined) return noSlip();
    let outcome: PrintOutcome;
    try {
      outcome = await this.#o.printer.print(await this.#job(ready), this.#o.settings().printer);
    } catch (error) {
      this.#o.onFault(error);
      outcome = { outcome: 'failed', reason: 'Carrel could not draw it; tell IT.' };
    }
    // Staff may have gone on with the scan meanwhile: what is shown now keeps everything but this one line.
    const line = (await this.#line(scanId)) ?? ready.line;
    const shown: ScanLine = {
      ...line,
      prompt: withPrintOutcome(line.prompt ?? ready.prompt, outcome, this.#o.now().toISOString()),
    };
    await this.#o.show(shown, shown.prompt ?? ready.prompt);
    return ok(shown);
  }

  async #line(scanId: string): Promise<ScanLine | undefined> {
    return this.#latest.get(scanId) ?? (await this.#o.line(scanId));
  }

  async #job({ line, slip }: Ready): Promise<SlipJob> {
    const { paper, name: rule } = this.#o.settings();
    const named = slip.kind === 'hold' && rule !== 'none';
    const patron = named ? await this.#o.patron?.(line.barcode) : undefined;
    const name = patron === undefined ? undefined : slipName(patron, rule);
    return { slip, paper, ...(name === undefined ? {} : { name }) };
  }
}

function readyLine(line: ScanLine | undefined): Ready | undefined {
  const prompt = line?.prompt;
  if (line === undefined || prompt?.slip === undefined || prompt.working || line.cancelled) return undefined;
  // Where the thing of another workstation's scan goes is not known here.
  if (line.importedFrom !== undefined) return undefined;
  return { line, prompt, slip: prompt.slip };
}

/** Something is still for staff to decide, so the thing may go elsewhere. Taking a fill back is no such question. */
function asksSomething(prompt: Prompt): boolean {
  return prompt.offers.some((offer) => offer.key !== 'F9');
}

function noSlip(): Result<never> {
  return fail('refused', 'There is no slip for this scan now. Scan the label again to see where it goes.', {
    mender: 'desk',
  });
}
