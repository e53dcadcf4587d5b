import type { AppEvent } from '../../src-main/contract/events.ts';
import type { ScanLine } from '../../src-main/contract/journal.ts';
import { METHODS, type Bridge, type InputOf, type MethodName, type OutputOf } from '../../src-main/contract/methods.ts';
import { fail, resultOf, type Result } from '../../src-main/contract/result.ts';
import type { Snapshot } from '../../src-main/contract/shift.ts';
import { t } from '../i18n/index.ts';
import { Feed } from './feed.ts';

/**
 * The one connection to main. Main is the only truth: what is shown is its snapshot and the events since, replaced and
 * never changed in place, and all of it is fetched again after a reload.
 */
export class DeskClient {
  /** Undefined until the first snapshot. */
  state = $state.raw<Snapshot | undefined>();
  /** Why there is no picture of main yet, while there is none. */
  trouble = $state.raw<string | undefined>();

  private readonly bridge: Bridge;
  private readonly feed: Feed;

  constructor(bridge: Bridge, applied: (event: AppEvent, before: Snapshot) => void) {
    this.bridge = bridge;
    this.feed = new Feed({
      snapshot: () => this.call('app.snapshot', {}),
      changed: (state) => {
        this.state = state;
        this.trouble = undefined;
      },
      applied,
      failed: (sentence) => {
        this.trouble = sentence;
      },
      after: (ms, callback) => void setTimeout(callback, ms),
    });
  }

  /** Listens first, then asks for the picture, so that nothing falls between the two. */
  start(): void {
    this.bridge.onEvent((envelope) => this.feed.receive(envelope));
    void this.feed.refresh();
  }

  /** Asks main; an answer that does not have the promised shape is a failure like any other. */
  async call<M extends MethodName>(method: M, input: InputOf<M>): Promise<Result<OutputOf<M>>> {
    const answer: unknown = await this.bridge.call(method, input);
    const read = resultOf(METHODS[method].output).safeParse(answer);
    if (!read.success) return fail('unreadable-answer', t.trouble.unreadable, { retry: 'later' });
    return read.data as Result<OutputOf<M>>;
  }

  /** Asks for the whole picture anew. */
  refresh(): void {
    void this.feed.refresh();
  }

  answered(line: ScanLine): void {
    this.feed.answered(line);
  }
}
