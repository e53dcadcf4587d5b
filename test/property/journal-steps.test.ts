import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SETTLED } from '../../src-main/contract/journal.ts';
import type { RecordBody, StoredRecord } from '../../src-main/contract/journal.ts';
import type { ActOutcome, RequestSystem } from '../../src-main/contract/outcome.ts';
import type { AuditLine, RequestView } from '../../src-main/contract/request.ts';
import { ok } from '../../src-main/contract/result.ts';
import { createDoubts } from '../../src-main/journal/doubts.ts';
import { JustDone } from '../../src-main/journal/just-done.ts';
import { createLanes } from '../../src-main/journal/lanes.ts';
import { neverSent, settleUnknown } from '../../src-main/journal/settle.ts';
import { runStep } from '../../src-main/journal/steps.ts';
import { createSlots, boundedSystem } from '../../src-main/journal/slots.ts';
import type { JournalStore } from '../../src-main/store/journal-store.ts';
import { CHECKED_IN, OUTCOMES, receivePlan, SHIPPED, UNREACHED } from '../fixtures/journal-model.ts';
import { CONTEXT, record, scanBody } from '../fixtures/store-records.ts';
import { memoryJournal } from '../fixtures/store-stores.ts';

/** What becomes of one action: whether it has its effect (at once, or only after later looks), and what is answered. */
const fate = fc.record({
  effect: fc.constantFrom('now', 'late', 'never'),
  answer: fc.constantFrom('done', 'refused', 'unknown', 'throws'),
});
type Fate = { readonly effect: string; readonly answer: string };

const world = fc.record({
  /** Each scan is of an item on one of a few requests. */
  scans: fc.array(fc.record({ request: fc.nat(2), fate }), { minLength: 1, maxLength: 8 }),
  /** Whether each look, in order, gets an answer; beyond the list it does. */
  looks: fc.array(fc.boolean(), { maxLength: 20 }),
  /** The program is killed at this append: before or after it is on disk. Beyond the last append: not at all. */
  killAt: fc.nat(45),
  killAfterWrite: fc.boolean(),
});

interface Act {
  readonly request: string;
  readonly scan: number;
  readonly sendingOnDisk: boolean;
}

/** A server that keeps its own ledger, guards its states, and answers as the fates say. */
class Server {
  readonly acts: Act[] = [];
  readonly effects: string[] = [];
  readonly #states = new Map<string, { view: RequestView; readonly audit: AuditLine[]; late: number }>();
  readonly #fates: readonly Fate[];
  readonly #journal: JournalStore;
  readonly #looks: boolean[];

  constructor(fates: readonly Fate[], looks: readonly boolean[], journal: JournalStore) {
    this.#fates = fates;
    this.#looks = [...looks];
    this.#journal = journal;
  }

  look(id: string): RequestView | undefined {
    if (this.#looks.shift() === false) return undefined;
    const state = this.#of(id);
    if (state.late > 0) {
      state.late -= 1;
      if (state.late === 0) this.#receive(id);
    }
    return { ...state.view, id, audit: [...state.audit] };
  }

  act(id: string, scan: number): Fate['answer'] {
    const sending = this.#journal
      .unsettledSteps()
      .some(({ body }) => body.state === 'sending' && body.params['tag'] === String(scan));
    this.acts.push({ request: id, scan, sendingOnDisk: sending });
    const state = this.#of(id);
    if (state.view.state.code !== 'REQ_SHIPPED') return 'refused';
    const { effect, answer } = this.#fates[scan]!;
    if (effect === 'now') this.#receive(id);
    if (effect === 'late') state.late = 2;
    return answer === 'done' && effect !== 'now' ? 'unknown' : answer;
  }

  isReceived(id: string): boolean {
    return this.#of(id).view.state.code === 'REQ_CHECKED_IN';
  }

  #receive(id: string): void {
    const state = this.#of(id);
    if (state.view.state.code !== 'REQ_SHIPPED') return;
    this.effects.push(id);
    state.view = CHECKED_IN;
    state.audit.push({ no: state.audit.length + 1, at: '', from: 'REQ_SHIPPED', to: 'REQ_CHECKED_IN', message: '' });
  }

  #of(id: string) {
    const state = this.#states.get(id) ?? { view: SHIPPED, audit: [], late: 0 };
    this.#states.set(id, state);
    return state;
  }
}

class Killed extends Error {}

/** One run of the program: after the kill nothing it does has any effect. */
function startProgram(
  journal: JournalStore,
  server: Server,
  kill: { readonly at: number; readonly afterWrite: boolean } | undefined,
  delay: (label: string) => Promise<void>,
) {
  const acknowledged: StoredRecord[] = [];
  let appends = 0;
  let dead = false;

  async function alive(label: string): Promise<void> {
    await delay(label);
    if (dead) throw new Killed();
  }

  async function append(scanId: string, body: RecordBody) {
    await alive(`append ${body.type}`);
    const killed = kill !== undefined && appends === kill.at;
    appends += 1;
    if (killed) {
      dead = true;
      if (kill.afterWrite) journal.append(record(body, { scanId, id: randomUUID() }));
      throw new Killed();
    }
    const stored = journal.append(record(body, { scanId, id: randomUUID() })).record;
    acknowledged.push(stored);
    return ok(stored);
  }

  const system: RequestSystem = {
    findByScan: () => Promise.resolve(ok([])),
    listChanged: () => Promise.resolve(ok([])),
    listOpen: () => Promise.resolve(ok([])),
    tenantRules: () => Promise.resolve(ok({ combineFillAndShip: false, combineReturnedAndShipped: false })),
    get: async (id) => {
      await alive(`look ${id}`);
      const seen = server.look(id);
      await alive(`seen ${id}`);
      return seen === undefined ? UNREACHED : ok(seen);
    },
    act: async (id, _action, params): Promise<ActOutcome> => {
      await alive(`act ${id}`);
      const answer = server.act(id, Number(params['tag']));
      await alive(`answer ${id}`);
      if (answer === 'throws') throw new Error('fault');
      return OUTCOMES[answer as keyof typeof OUTCOMES];
    },
  };
  return { acknowledged, append, system: boundedSystem(system, createSlots(2)) };
}

/** The death of the program and the faults put into it end a task; anything else is a finding. */
function expected(error: unknown): void {
  if (!(error instanceof Killed) && (error as Error).message !== 'fault') throw error;
}

test('no action is sent twice or unrecorded, nothing acknowledged is lost, and everything ends settled', async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), world, async (scheduler, { scans, looks, killAt, killAfterWrite }) => {
      const { journal } = memoryJournal();
      const server = new Server(
        scans.map((scan) => scan.fate),
        looks,
        journal,
      );
      const delay = (label: string) => scheduler.schedule(Promise.resolve(), label);
      const first = startProgram(journal, server, { at: killAt, afterWrite: killAfterWrite }, delay);
      const lanes = createLanes();
      const doubts = createDoubts();
      const justDone = new JustDone(() => 0);
      const work = scans.map(async ({ request }, n) => {
        const scanId = randomUUID();
        const requestId = `request-${request}`;
        const lane = `reshare:${requestId}`;
        await lanes.run(lane, async (signal) => {
          await first.append(scanId, scanBody());
          await runStep({
            plan: receivePlan(requestId, String(n)),
            scanId,
            lane,
            record: (body) => first.append(scanId, body),
            newId: randomUUID,
            system: first.system,
            now: () => new Date(),
            signal,
            doubts,
            justDone,
          });
        });
      });
      await scheduler.waitFor(Promise.all(work.map((task) => task.catch(expected))));

      // The next start: what was sending is unknown, what was only recorded was never sent, and looks settle the rest.
      const second = startProgram(journal, server, undefined, () => Promise.resolve());
      journal.recover(CONTEXT);
      for (const { scanId, body } of journal.unsettledSteps()) {
        if (body.state === 'recorded') await second.append(scanId, neverSent(body));
        for (const last of [false, false, true]) {
          const open = journal.unsettledSteps().find((step) => step.body.stepId === body.stepId);
          if (open === undefined) break;
          await settleUnknown({
            doubt: open,
            record: (end) => second.append(scanId, end),
            system: second.system,
            last,
          });
        }
      }

      const places = server.acts.map((act) => act.scan);
      expect(new Set(places).size, 'an action was sent twice').toBe(places.length);
      expect(
        server.acts.every((act) => act.sendingOnDisk),
        'an action was sent without a record',
      ).toBe(true);
      expect(new Set(server.effects).size, 'a request was received twice').toBe(server.effects.length);
      for (const request of new Set(server.acts.map((act) => act.request))) {
        const sent = server.acts.filter((act) => act.request === request).map((act) => act.scan);
        expect(sent, 'a lane was not in order').toEqual([...sent].sort((a, b) => a - b));
      }
      for (const { scanId, id } of first.acknowledged) {
        expect(
          journal.recordsOf(scanId).map((kept) => kept.id),
          'an acknowledged record is lost',
        ).toContain(id);
      }
      expect(journal.unsettledSteps(), 'a step is left open').toEqual([]);
      for (const line of journal.lines({ limit: 100 })) {
        const steps = journal.recordsOf(line.scanId).flatMap(({ body }) => (body.type === 'step' ? [body] : []));
        const end = steps.at(-1);
        if (end === undefined) continue;
        expect(SETTLED.has(end.state)).toBe(true);
        const sent = places.includes(Number(end.params['tag']));
        if (end.state === 'done') expect(server.isReceived(end.requestId), 'done that is not').toBe(true);
        if (end.state === 'confirmed') expect(server.isReceived(end.requestId) && !sent).toBe(true);
        if (end.state === 'not-sent') expect(sent, 'sent, but recorded as not sent').toBe(false);
      }
    }),
    { numRuns: 150 },
  );
});
