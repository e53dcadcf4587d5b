import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { RequestDesk } from '../../src-main/assembly/request-detail.ts';
import type { StepBody } from '../../src-main/contract/journal.ts';
import type { ActedOn } from '../../src-main/contract/request-detail.ts';
import type { RequestSystem } from '../../src-main/contract/outcome.ts';
import type { RequestOffice } from '../../src-main/contract/request-record.ts';
import { ok, type Result } from '../../src-main/contract/result.ts';
import { DEFAULT_SETTINGS } from '../../src-main/contract/settings.ts';
import { createDoubts } from '../../src-main/journal/doubts.ts';
import { JustDone } from '../../src-main/journal/just-done.ts';
import { createLanes } from '../../src-main/journal/lanes.ts';
import { LOOK_AFTER_SECONDS } from '../../src-main/journal/settle.ts';
import { Settler, type SettlerOptions } from '../../src-main/journal/settler.ts';
import type { ConsortiumOptions } from '../../src-main/training/consortium.ts';
import type { BrokerRequest } from '../../src-main/training/crosslink/request.ts';
import type { LedgerEntry } from '../../src-main/training/ledger.ts';
import type { PracticeRequest } from '../../src-main/training/modrs/request.ts';
import { record } from '../fixtures/store-records.ts';
import { memoryJournal, newCache } from '../fixtures/store-stores.ts';
import { crosslinkDesk } from './crosslink-desk.ts';
import { closers, desk, type Desk } from './systems-desk.ts';

type Values = Readonly<Record<string, string>>;

/** The screen of one request on a real journal, against the practice ReShare, whose time stands unless a test moves it. */
export async function requestOffice(options: ConsortiumOptions = {}) {
  const at = await desk({ size: 400, ...options });
  const { consortium } = at;
  const screen = await officeScreen(at, at.reshare);
  const riverside = consortium.controls.world.tenants.get('riverside')!;
  return {
    ...at,
    ...screen,
    /** Riverside's own copy of a request, as the server keeps it. */
    kept: (id: string): PracticeRequest => riverside.requests.get(id)!,
    /** The first request of Riverside's in that state. */
    inState: (state: string, such: (request: PracticeRequest) => boolean = () => true): PracticeRequest => {
      const found = [...riverside.requests.values()].find((request) => request.state === state && such(request));
      if (found === undefined) throw new RangeError(`The story has no request in ${state}`);
      return found;
    },
  };
}

/** The same against the practice CrossLink. */
export async function crosslinkOffice(options: ConsortiumOptions = {}) {
  const at = await crosslinkDesk({ size: 400, ...options });
  const { broker } = at.at.consortium.controls;
  if (broker === undefined) throw new Error('this consortium has no CrossLink');
  const screen = await officeScreen(at.at, at.crosslink);
  return {
    ...at,
    ...screen,
    broker,
    /** The first request of that side in that state. */
    inState: (side: BrokerRequest['side'], state: string): BrokerRequest => {
      const found = [...broker.requests.values()].find((request) => request.side === side && request.state === state);
      if (found === undefined) throw new RangeError(`The story has no ${side} request in ${state}`);
      return found;
    },
  };
}

/** The screen of one request over a system. */
async function officeScreen(at: Desk, system: RequestSystem & { readonly office: RequestOffice }) {
  const { consortium } = at;
  const { journal } = memoryJournal();
  const { cache } = await newCache();
  const doubts = createDoubts();
  const justDone = new JustDone(() => performance.now());
  const faults: unknown[] = [];
  /** Prompts in the order the lines got them. */
  const shown: { readonly scanId: string; readonly rule: string; readonly why: readonly string[] }[] = [];
  /** Kept back until a test lets time pass, so that it sees what stands before the next look. */
  const sleeping: (() => void)[] = [];
  const now = (): Date => new Date(consortium.clock.now());
  const write: SettlerOptions['record'] = (scanId, body) =>
    Promise.resolve(ok(journal.append(record(body, { scanId, at: now().toISOString() })).record));
  const settler = new Settler({
    system,
    doubts,
    record: write,
    sleep: () =>
      new Promise((resolve) => {
        sleeping.push(resolve);
      }),
  });
  closers.push(() => {
    settler.stop();
    return Promise.resolve();
  });
  const screen = new RequestDesk({
    system,
    office: system.office,
    settler,
    lanes: createLanes(),
    doubts,
    rules: () => ({
      desk: { ...DEFAULT_SETTINGS.desk, settleMinutes: 0 },
      combineFillAndShip: false,
      combineReturnedAndShipped: false,
      circulation: { name: 'WMS', hereCodes: [], branches: [] },
    }),
    now,
    journal: {
      append: (made) => Promise.resolve(ok(journal.append(made).record)),
      line: (scanId) => Promise.resolve(journal.lineOf(scanId)),
    },
    steps: { steps: (query) => Promise.resolve(journal.steps(query)) },
    cache: {
      upsert: (views) => {
        cache.upsertMany(views);
        return Promise.resolve();
      },
    },
    newRecord: (scanId, body) => record(body, { scanId, at: now().toISOString() }),
    circulationName: undefined,
    onRecorded: () => undefined,
    show: ({ scanId }, { rule, why }) => {
      shown.push({ scanId, rule, why });
      return Promise.resolve();
    },
    justDone,
    onActed: () => undefined,
    onFault: (error) => faults.push(error),
  });

  return {
    screen,
    journal,
    cache,
    doubts,
    justDone,
    faults,
    shown,
    /** Lets the looks after an unanswered action happen, to the last. */
    looks: async (): Promise<void> => {
      for (const _after of LOOK_AFTER_SECONDS) {
        await expect.poll(() => sleeping.length).toBeGreaterThan(0);
        sleeping.shift()?.();
      }
    },
    act: (id: string, action: string, values: Values = {}, scanId: string = randomUUID()): Promise<Result<ActedOn>> =>
      Promise.resolve(screen.handlers['request.act']({ scanId, id, action, values: { ...values } })),
    detail: (id: string) => screen.handlers['request.detail']({ id }),
    /** Effects of Riverside's on a request. */
    effects: (id: string): readonly LedgerEntry[] =>
      consortium
        .ledger()
        .filter(
          ({ tenant, kind, requestId }) =>
            tenant === 'riverside' && requestId === id && (kind === 'action' || kind === 'edit'),
        ),
    /** Calls that change something and left the desk. */
    sent: (): readonly string[] =>
      at.lines.flatMap(({ method, template }) =>
        method !== 'GET' && /^\/(rs|broker)\//.test(template) ? [`${method} ${template}`] : [],
      ),
    /** Steps of a line in the order they were written. */
    steps: (scanId: string): readonly StepBody[] =>
      journal.recordsOf(scanId).flatMap(({ body }) => (body.type === 'step' ? [body] : [])),
    /** What a request's editing form begins with, by field. */
    form: async (id: string, action: string): Promise<Values> => {
      const detail = await screen.handlers['request.detail']({ id });
      const form = detail.ok ? detail.value.actions.find((one) => one.action === action) : undefined;
      if (form === undefined) throw new RangeError(`The screen does not offer ${action}`);
      return Object.fromEntries(form.fields.map((field) => [field.name, field.value]));
    },
  };
}
