import type { RecordBody, ScanLine, StoredRecord } from '../contract/journal.ts';
import type { Prompt } from '../contract/prompt.ts';
import { fail, ok, type Failure, type Result } from '../contract/result.ts';
import type { SetDue } from '../desk/check-out-types.ts';
import {
  dueChanged,
  mayChooseDue,
  readDueDay,
  withDue,
  withSessionDue,
  type DuePrompt,
  type DueScene,
} from '../desk/due-choice.ts';
import { offerId, parseOfferId } from '../desk/offers.ts';

export interface DueFlowOptions {
  /** What staff call the circulation system. */
  readonly system: string;
  readonly line: (scanId: string) => Promise<ScanLine | undefined>;
  readonly record: (scanId: string, body: RecordBody) => Promise<Result<StoredRecord>>;
  /** Journals a prompt and tells the window. */
  readonly show: (line: ScanLine, prompt: Prompt) => Promise<void>;
  /** From now on this date stands for everything lent in that session. @returns false when it is over */
  readonly setForSession: (sessionId: string, due: SetDue) => boolean;
  readonly now: () => Date;
  readonly timeZone: () => string | undefined;
}

type DueLine = ScanLine & { readonly prompt: DuePrompt };

/**
 * Staff set a due date for what they lend, or say that they changed it in the circulation system. Each is a `choice` on
 * disk, with who and when, before the prompt says so. Nothing is sent.
 */
export class DueFlow {
  readonly #o: DueFlowOptions;

  constructor(options: DueFlowOptions) {
    this.#o = options;
  }

  /** Sets the date of a lent item, or on a card's prompt of all that is lent in its session. */
  async set(scanId: string, text: string): Promise<Result<ScanLine>> {
    const line = await this.#line(scanId);
    if ('ok' in line) return line;
    const day = readDueDay(text, this.#o.now().toISOString(), this.#o.timeZone());
    if (!day.ok) return day;
    const stored = await this.#o.record(scanId, {
      type: 'choice',
      offerId: offerId({ kind: 'due', day: day.value }),
    });
    if (!stored.ok) return stored;
    const { staff: by } = stored.value;
    const scene = this.#scene(stored.value);
    if (line.kind !== 'patron-card') return this.#show(line, withDue(line.prompt, day.value, scene));
    if (!this.#o.setForSession(scanId, { day: day.value, by })) return over();
    return this.#show(line, withSessionDue(line.prompt, day.value, scene));
  }

  /** Whether an offer is one of these. */
  takes(offer: string): boolean {
    return parseOfferId(offer)?.kind === 'due-changed';
  }

  /** Staff say that the date is changed in the circulation system. */
  async changed(scanId: string, offer: string): Promise<Result<ScanLine>> {
    const line = await this.#line(scanId);
    if ('ok' in line) return line;
    const choice = parseOfferId(offer);
    if (choice?.kind !== 'due-changed' || !line.prompt.offers.some(({ id }) => id === offer)) return over();
    const stored = await this.#o.record(scanId, { type: 'choice', offerId: offer });
    if (!stored.ok) return stored;
    return this.#show(line, dueChanged(line.prompt, choice.day, this.#scene(stored.value)));
  }

  async #line(scanId: string): Promise<DueLine | Failure> {
    const line = await this.#o.line(scanId);
    if (line === undefined || line.cancelled || !mayChooseDue(line.prompt)) return over();
    return { ...line, prompt: line.prompt };
  }

  #scene({ staff, at }: StoredRecord): DueScene {
    return { system: this.#o.system, by: staff, at, timeZone: this.#o.timeZone() };
  }

  async #show(line: ScanLine, prompt: Prompt): Promise<Result<ScanLine>> {
    await this.#o.show(line, prompt);
    return ok({ ...line, prompt });
  }
}

function over(): Failure {
  return fail(
    'refused',
    'No date can be set for that scan now. Scan the item again while the patron’s session is open.',
    {
      mender: 'desk',
    },
  );
}
