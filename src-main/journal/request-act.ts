import type { RecordBody, ScanLine, StepBody, StoredRecord } from '../contract/journal.ts';
import type { RequestSystem } from '../contract/outcome.ts';
import type { Prompt } from '../contract/prompt.ts';
import type { RequestView } from '../contract/request.ts';
import { fail, ok, type Result } from '../contract/result.ts';
import { actionWords } from '../desk/data/actions.ts';
import { actedPrompt, actingPrompt } from '../desk/request-prompt.ts';
import type { DeskRules, StepPlan, StepResult } from '../desk/types.ts';
import type { Doubts } from './doubts.ts';
import type { JustDone } from './just-done.ts';
import { itemLanes, requestLane } from './lane-names.ts';
import type { Lanes } from './lanes.ts';
import { judge, nameOf, type Verdict } from './look.ts';
import type { Settler } from './settler.ts';
import { runStep } from './steps.ts';

export interface RequestActsOptions {
  /** Acts as the screen's forms want it; looks take the same place in the line as a scan's. */
  readonly system: RequestSystem;
  readonly lanes: Lanes;
  readonly doubts: Doubts;
  readonly justDone: JustDone;
  readonly settler: Settler;
  readonly rules: () => DeskRules;
  /** Begins a line of the shift; the line as it stands for an id that is there already. */
  readonly begin: (
    scanId: string,
    label: string,
  ) => Promise<Result<{ readonly line: ScanLine; readonly fresh: boolean }>>;
  readonly record: (scanId: string, body: RecordBody) => Promise<Result<StoredRecord>>;
  /** Writes and shows a line's new prompt. */
  readonly show: (line: ScanLine, prompt: Prompt) => Promise<void>;
  readonly cache: (view: RequestView) => Promise<void>;
  readonly onActed: (requestId: string) => void;
  readonly onFault: (error: unknown) => void;
  /** Whether a look at the whole request shows what no state shows: a message, a note, changed fields, read marks. */
  readonly shown: (step: StepBody) => Promise<boolean>;
  readonly newId: () => string;
  readonly now: () => Date;
}

export interface RequestAct {
  /** Chosen by the screen: the same twice is one action. */
  readonly scanId: string;
  readonly action: string;
  /** What it is called. */
  readonly label: string;
  readonly params: Readonly<Record<string, unknown>>;
  /** The request as the screen showed it. */
  readonly seen: RequestView;
}

export interface Acted {
  readonly line: ScanLine;
  readonly state: StepResult['state'];
}

interface Begun {
  readonly line: ScanLine;
  readonly prompt: Prompt;
  readonly label: string;
}

/** Not among the valid actions although they may be done (mod-rs system actions, and PUT). */
const ALWAYS: ReadonlySet<string> = new Set(['messagesAllSeen', 'messageSeen', 'edit', 'editLocalNote']);
const BUSY: ReadonlySet<string> = new Set(['Waiting', 'Retry']);

/**
 * Actions from the office's screen. Each is a line of the shift like a scan's, and a step with the same life: recorded,
 * looked at, `sending` on disk, sent once; a lost answer is settled by looking.
 */
export class RequestActs {
  readonly #o: RequestActsOptions;
  /** Requests with an action on its way from this screen. */
  readonly #busy = new Set<string>();
  readonly #running = new Set<Promise<unknown>>();

  constructor(options: RequestActsOptions) {
    this.#o = options;
  }

  act(act: RequestAct): Promise<Result<Acted>> {
    const work = this.#act(act);
    this.#running.add(work);
    const over = (): void => void this.#running.delete(work);
    work.then(over, over);
    return work;
  }

  /** Resolves when nothing is on its way. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.allSettled(this.#running);
  }

  async #act(act: RequestAct): Promise<Result<Acted>> {
    const { seen, scanId } = act;
    if (this.#busy.has(seen.id)) {
      return fail('refused', 'An action on this request is on its way. Wait for its answer.', { mender: 'desk' });
    }
    this.#busy.add(seen.id);
    try {
      const begun = await this.#o.begin(scanId, seen.hrid ?? seen.id);
      if (!begun.ok) return begun;
      const { line, fresh } = begun.value;
      if (!fresh) return ok({ line, state: 'recorded' });
      const plan: StepPlan = {
        system: 'reshare',
        step: act.action === 'undo' ? 'undo' : (actionWords(act.action, seen.side)?.step ?? 'other'),
        action: act.action,
        requestId: seen.id,
        side: seen.side,
        params: act.params,
      };
      const scene = { rules: this.#o.rules(), now: this.#o.now().toISOString() };
      const before: Begun = { line, prompt: actingPrompt(seen, act.label, scene), label: act.label };
      await this.#o.show(line, before.prompt);
      const result = await this.#run(before, plan, seen);
      return ok({ line: await this.#tell(before, result), state: result.state });
    } finally {
      this.#busy.delete(seen.id);
    }
  }

  async #run(begun: Begun, plan: StepPlan, seen: RequestView): Promise<StepResult> {
    const { line } = begun;
    const { lanes, doubts, justDone, system, newId, now, record } = this.#o;
    const lane = requestLane(plan.system, plan.requestId);
    const joins = itemLanes([], seen);
    let last: StepBody | undefined;
    const result = await lanes.run([lane, ...joins], (signal) =>
      runStep({
        plan,
        scanId: line.scanId,
        lane,
        joins,
        record: async (body, scanId = line.scanId) => {
          const stored = await record(scanId, body);
          if (stored.ok && body.type === 'step' && scanId === line.scanId) last = body;
          return stored;
        },
        newId,
        system,
        now,
        signal,
        doubts,
        justDone,
        seen,
        judge: judgeInOffice,
      }),
    );
    if (result.after !== undefined) await this.#o.cache(result.after);
    this.#o.onActed(plan.requestId);
    if (result.state !== 'unknown' || last === undefined) return result;
    if (await this.#o.shown(last)) return this.#settled(line, last, result);
    this.#watch(begun, result, last);
    return result;
  }

  /** The whole request shows that it happened. */
  async #settled(line: ScanLine, body: StepBody, result: StepResult): Promise<StepResult> {
    const sentence = 'ReShare did not answer, but the request shows that it happened.';
    const stored = await this.#o.record(line.scanId, { ...body, state: 'done', sentence, settledBy: 'look' });
    if (!stored.ok) return result;
    this.#o.doubts.remove(body.stepId);
    return { ...result, state: 'done', sentence };
  }

  /** Looks on while the screen goes on; what a look or the last one says becomes the line's prompt. */
  #watch(begun: Begun, result: StepResult, body: StepBody): void {
    const { line } = begun;
    const watching = async (): Promise<void> => {
      const settled = await this.#o.settler.watch({ scanId: line.scanId, body });
      if (settled === undefined || settled.state === 'unknown') return;
      const late = settled.state === 'needs-person' && (await this.#o.shown(body));
      const end: StepResult = late ? await this.#settled(line, body, result) : { ...result, ...settled };
      await this.#tell(begun, end.state === 'needs-person' ? { ...end, asks: body.stepId } : end);
    };
    watching().catch(this.#o.onFault);
  }

  async #tell({ line, prompt, label }: Begun, result: StepResult): Promise<ScanLine> {
    const scene = { rules: this.#o.rules(), now: this.#o.now().toISOString() };
    const told = actedPrompt(prompt, label, result, scene);
    await this.#o.show(line, told);
    return { ...line, prompt: told };
  }
}

/** The look before sending, in the words of somebody who sits before the request. */
function judgeInOffice(view: RequestView, action: string, params: StepBody['params'] = {}): Verdict {
  if (BUSY.has(view.networkStatus ?? '')) {
    return {
      verdict: 'needs-person',
      sentence: `ReShare is still passing a message about ${nameOf(view)} to the other library and takes no action until that is through. Nothing was sent: try again in a minute.`,
    };
  }
  if (ALWAYS.has(action)) return { verdict: 'send' };
  const verdict = judge(view, action, params);
  if (verdict.verdict !== 'needs-person') return verdict;
  return {
    verdict: 'needs-person',
    sentence: `${nameOf(view)} is now “${view.state.label}”: somebody changed it meanwhile, and this is not possible any more. Nothing was sent. The screen shows it as it is now.`,
  };
}
