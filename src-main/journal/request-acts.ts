import type { ScanLine } from '../contract/journal.ts';
import { conclude } from '../desk/conclude.ts';
import { heldStep, holdUnsent, type Hold } from '../desk/offline.ts';
import type { Decision, Reading, StepResult } from '../desk/types.ts';
import type { DeskFlowOptions } from './desk-flow-options.ts';
import { isSure } from './earlier.ts';
import { itemLanes, requestLane } from './lane-names.ts';
import type { WordParts } from './word.ts';
import { runStep } from './steps.ts';

export interface RequestActsOptions
  extends
    Pick<DeskFlowOptions, 'system' | 'lanes' | 'doubts' | 'justDone' | 'settler' | 'cache' | 'rules' | 'now' | 'newId'>,
    Pick<DeskFlowOptions, 'offline' | 'onActed' | 'onFault'>,
    Pick<WordParts, 'append' | 'show'> {
  /** Writes a scan down for when a system is back; false where that is not possible or not wanted. */
  readonly hold: (line: ScanLine, reading: Reading, wanted: Hold | undefined) => Promise<boolean>;
}

/** Carries out what decisions plan in the request system, and shows how it ended. */
export class RequestActs {
  readonly #o: RequestActsOptions;

  constructor(options: RequestActsOptions) {
    this.#o = options;
  }

  /** Acts in the lanes of the request and of its items. */
  async act(line: ScanLine, reading: Reading, decision: Decision): Promise<void> {
    const { system, lanes, append, newId, now, doubts, justDone, cache, rules } = this.#o;
    const first = decision.steps[0];
    if (system === undefined || first === undefined) return;
    const lane = requestLane(first.system, first.requestId);
    const joins = itemLanes(reading.candidates, decision.request);
    const results: StepResult[] = [];
    await lanes.run([lane, ...joins], async (signal) => {
      for (const plan of decision.steps) {
        const result = await runStep({
          plan,
          scanId: line.scanId,
          lane,
          joins,
          record: (body, scanId = line.scanId) => append(scanId, body),
          newId,
          system,
          now,
          signal,
          doubts,
          justDone,
          ...(decision.request === undefined ? {} : { seen: decision.request }),
        });
        results.push(result);
        if (result.after !== undefined) await cache.upsert([result.after]);
        if (!isSure(result)) break;
      }
    });
    const last = results.at(-1);
    if (last?.state === 'not-sent' && this.#o.offline?.down.some((one) => one.system === 'reshare') === true) {
      const hold = holdUnsent(heldStep(last.plan), 'reshare', decision.request, rules());
      if (await this.#o.hold(line, reading, hold)) return;
    }
    const shown = await this.#o.show(line, conclude(decision, results, rules(), now().toISOString()));
    this.#o.onActed(first.requestId);
    if (last?.state === 'unknown') {
      this.#settle(shown, decision, results.slice(0, -1), last).catch(this.#o.onFault);
    }
  }

  /** Watches a step that was sent without an answer; what a look or the last look says becomes the scan's prompt. */
  async #settle(line: ScanLine, decision: Decision, before: readonly StepResult[], unknown: StepResult): Promise<void> {
    const doubt = this.#o.doubts.all().find(({ scanId, body }) => scanId === line.scanId && body.state === 'unknown');
    if (doubt === undefined) return;
    const settled = await this.#o.settler?.watch(doubt);
    if (settled === undefined || settled.state === 'unknown') return;
    const now = this.#o.now().toISOString();
    const known: StepResult = {
      ...unknown,
      state: settled.state,
      at: now,
      ...(settled.state === 'needs-person' ? { asks: doubt.body.stepId } : {}),
      ...(settled.sentence === undefined ? {} : { sentence: settled.sentence }),
      ...(settled.after === undefined ? {} : { after: settled.after }),
    };
    if (settled.after !== undefined) await this.#o.cache.upsert([settled.after]);
    await this.#o.show(line, conclude(decision, [...before, known], this.#o.rules(), now));
  }
}
