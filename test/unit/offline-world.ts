import { randomUUID } from 'node:crypto';
import type { NewRecord, RecordBody, ScanLine, StoredRecord } from '../../src-main/contract/journal.ts';
import type { ActOutcome, RequestSystem } from '../../src-main/contract/outcome.ts';
import type { RequestView } from '../../src-main/contract/request.ts';
import { fail, ok } from '../../src-main/contract/result.ts';
import { DEFAULT_SETTINGS } from '../../src-main/contract/settings.ts';
import type { DownSystem } from '../../src-main/desk/offline.ts';
import type { DeskRules } from '../../src-main/desk/types.ts';
import { DeskFlow } from '../../src-main/journal/desk-flow.ts';
import { createDoubts } from '../../src-main/journal/doubts.ts';
import { JustDone } from '../../src-main/journal/just-done.ts';
import { createLanes } from '../../src-main/journal/lanes.ts';
import { Offline, type HeldRecords } from '../../src-main/journal/offline.ts';
import type { CirculationPort } from '../../src-main/journal/ports.ts';
import { Replay } from '../../src-main/journal/replay.ts';

/** A desk with an offline list over a server and a journal in memory, both of which outlive its runs. */

const START = Date.parse('2026-11-23T09:00:00Z');
export const OWN = '30234991000018';

export function view(
  hrid: string,
  code: string,
  actions: readonly string[],
  more: Partial<RequestView> = {},
): RequestView {
  return {
    id: `id-${hrid}`,
    hrid,
    side: 'borrowing',
    state: { code, label: code, terminal: false, needsAttention: false },
    needsAttention: false,
    validActions: actions.map((action, index) => ({ code: action, primary: index === 0, primaryOnly: false })),
    title: `Title of ${hrid}`,
    partner: { symbol: 'RESHARE:NFD', name: 'Northfield' },
    volumes: [],
    overdue: false,
    unreadMessages: false,
    conditions: [],
    otherIdentifiers: [],
    audit: [],
    seenAt: new Date(START).toISOString(),
    ...more,
  };
}

export const shipped = (hrid: string): RequestView => view(hrid, 'REQ_SHIPPED', ['requesterReceived']);

const NEXT: Readonly<Record<string, readonly [state: string, actions: readonly string[]]>> = {
  requesterReceived: ['REQ_CHECKED_IN', ['patronReturnedItem']],
  patronReturnedItem: ['REQ_AWAITING_RETURN_SHIPPING', ['shippedReturn']],
};

/** A server and a journal that outlive the runs of the desk. */
export function world(requests: readonly RequestView[]) {
  const served = new Map(requests.map((request) => [request.id, request]));
  const cached = new Map(served);
  const records: StoredRecord[] = [];
  const lines = new Map<string, ScanLine>();
  const acts: string[] = [];
  const checkIns: string[] = [];
  const down = new Set<'reshare' | 'wms'>();
  /** The answers of that system get lost, once each. */
  const lost: string[] = [];
  let clock = START;
  /** The server's clock less the desk's, milliseconds, as it is told in records from now on. */
  let offset: number | undefined;
  /** Everything after this many more appended records is refused, as if the power were gone. */
  let power = Number.POSITIVE_INFINITY;

  const away = fail('not-sent', 'ReShare was not reached.');
  const noAnswer = fail('unknown-outcome', 'No answer came.');
  const carries = (request: RequestView, labels: readonly string[]): boolean =>
    [request.hrid, request.selectedItemBarcode].some((own) => own !== undefined && labels.includes(own));
  const system: RequestSystem = {
    findByScan: (labels) =>
      Promise.resolve(down.has('reshare') ? away : ok([...served.values()].filter((one) => carries(one, labels)))),
    get: (id) => {
      const found = served.get(id);
      if (down.has('reshare')) return Promise.resolve(away);
      return Promise.resolve(found === undefined ? fail('not-found', 'gone') : ok(found));
    },
    act: (id, action): Promise<ActOutcome> => {
      if (down.has('reshare')) return Promise.resolve({ outcome: 'not-sent', error: away.error });
      acts.push(`${id} ${action}`);
      if (lost.shift() !== undefined) return Promise.resolve({ outcome: 'unknown', error: noAnswer.error });
      const old = served.get(id);
      const next = NEXT[action];
      if (old !== undefined && next !== undefined) {
        const { state, validActions } = view('', ...next);
        served.set(id, { ...old, state, ...(validActions === undefined ? {} : { validActions }) });
      }
      return Promise.resolve({ outcome: 'done' });
    },
    listChanged: () => Promise.resolve(ok([])),
    listOpen: () => Promise.resolve(ok([])),
    tenantRules: () => Promise.resolve(ok({ combineFillAndShip: false, combineReturnedAndShipped: false })),
  };
  const circulation: CirculationPort = {
    checkIn: (barcode) => {
      if (down.has('wms')) {
        return Promise.resolve({ outcome: 'not-sent', error: fail('not-sent', 'WMS was not reached.').error });
      }
      checkIns.push(barcode);
      if (lost.shift() !== undefined) return Promise.resolve({ outcome: 'unknown', error: noAnswer.error });
      return Promise.resolve({
        outcome: 'done',
        value: { routing: { kind: 'reshelve', raw: 'Re-shelve' }, title: 'Ours' },
      });
    },
  };
  const rules = (): DeskRules => ({
    desk: DEFAULT_SETTINGS.desk,
    combineFillAndShip: false,
    combineReturnedAndShipped: false,
    circulation: { name: 'WMS', hereCodes: [], branches: [] },
  });

  function append(record: NewRecord) {
    if (power <= 0) return Promise.resolve(fail('journal-closed', 'No power.'));
    power -= 1;
    const stored = { ...record, seq: records.length + 1 };
    records.push(stored);
    const line = lines.get(record.scanId);
    if (line !== undefined && record.body.type === 'prompt') {
      lines.set(record.scanId, { ...line, prompt: record.body.prompt });
    }
    return Promise.resolve(ok(stored));
  }

  /** What the store answers: held scans that nobody released. */
  function held(): readonly HeldRecords[] {
    const of = (scanId: string): readonly StoredRecord[] => records.filter((record) => record.scanId === scanId);
    return [...new Set(records.filter(({ body }) => body.type === 'held').map(({ scanId }) => scanId))]
      .filter((scanId) => !of(scanId).some(({ body }) => body.type === 'released' || body.type === 'cancelled'))
      .flatMap((scanId) => {
        const line = lines.get(scanId);
        const later = records.find(
          ({ body, scanId: other }) =>
            body.type === 'step' &&
            body.state === 'sending' &&
            lines.get(other)?.barcode === line?.barcode &&
            (lines.get(other)?.seq ?? 0) > (line?.seq ?? 0),
        );
        return line === undefined ? [] : [{ line, records: of(scanId), scannedAgain: later?.scanId }];
      });
  }

  async function run() {
    const doubts = createDoubts();
    const justDone = new JustDone(() => clock - START);
    const lanes = createLanes();
    const make = (scanId: string, body: RecordBody): NewRecord => ({
      id: randomUUID(),
      scanId,
      at: new Date(clock).toISOString(),
      mono: clock - START,
      workstation: 'w',
      desk: 'Main desk',
      branch: 'b',
      staff: 'sam',
      appVersion: '0',
      ...(offset === undefined ? {} : { serverOffsetMs: offset }),
      body,
    });
    const offline = new Offline({
      rules,
      now: () => new Date(clock),
      down: () => [...down].map((id): DownSystem => ({ system: id, name: id === 'wms' ? 'WMS' : 'ReShare' })),
      append: (scanId, body) => append(make(scanId, body)),
      lastNumber: () =>
        Promise.resolve(Math.max(0, ...records.map(({ body }) => (body.type === 'held' ? body.no : 0)))),
      onChanged: () => undefined,
    });
    await offline.load(held());
    const faults: unknown[] = [];
    const onFault = (error: unknown): void => {
      faults.push(error);
    };
    const flow = new DeskFlow({
      journal: { append, line: (scanId) => Promise.resolve(lines.get(scanId)) },
      cache: {
        findByIdentifier: (labels) => Promise.resolve([...cached.values()].filter((one) => carries(one, labels))),
        upsert: (views) => {
          for (const one of views) cached.set(one.id, one);
          return Promise.resolve();
        },
      },
      system,
      circulation,
      offline,
      lanes,
      doubts,
      justDone,
      settler: undefined,
      rules,
      identity: () => ({ workstation: 'w', desk: 'Main desk', branch: 'b', staff: 'sam', appVersion: '0' }),
      now: () => new Date(clock),
      mono: () => clock - START,
      newId: randomUUID,
      protect: (text) => ({ masked: text }),
      after: () => () => undefined,
      onSession: () => undefined,
      onRecorded: () => undefined,
      onLine: (line) => {
        lines.set(line.scanId, line);
      },
      onActed: () => undefined,
      onFault,
    });
    const replay = new Replay({
      offline,
      system,
      circulation,
      lanes,
      doubts,
      justDone,
      settler: undefined,
      cache: { findByIdentifier: () => Promise.resolve([]), upsert: () => Promise.resolve() },
      rules,
      now: () => new Date(clock),
      newId: randomUUID,
      append: (scanId, body) => append(make(scanId, body)),
      show: (line, prompt) => flow.present(line, prompt),
      onCheckedIn: (barcode, prompt) => {
        flow.checkedIn(barcode, prompt);
      },
      onAsks: (doubt) => {
        flow.hold(doubt);
      },
      onActed: () => undefined,
      onChanged: () => undefined,
      onFault,
    });
    return {
      replay,
      offline,
      scan: async (raw: string): Promise<ScanLine> => {
        clock += 60_000;
        const result = await flow.submit({ id: randomUUID(), raw, source: 'wedge' });
        if (!result.ok) throw new Error(result.error.sentence);
        await flow.idle();
        return lines.get(result.value.scanId)!;
      },
      say: (stepId: string, happened: boolean) => flow.say(stepId, happened),
      press: async (line: ScanLine, key: string): Promise<ScanLine> => {
        const offer = line.prompt?.offers.find((one) => one.key === key);
        const chosen = await flow.choose(line.scanId, offer?.id ?? `nothing on ${key}`);
        if (!chosen.ok) throw new Error(chosen.error.sentence);
        await flow.idle();
        return lines.get(line.scanId)!;
      },
      run: async () => {
        replay.run();
        await replay.idle();
        return replay.list.lines;
      },
      preview: async () => {
        replay.preview();
        await replay.idle();
        return replay.list.lines;
      },
    };
  }
  return {
    run,
    served,
    records,
    acts,
    checkIns,
    cut: (...systems: readonly ('reshare' | 'wms')[]) => {
      for (const one of systems) down.add(one);
    },
    mend: (...systems: readonly ('reshare' | 'wms')[]) => {
      for (const one of systems.length === 0 ? [...down] : systems) down.delete(one);
    },
    /** The desk's clock is wrong, as far as the server's answers have shown. */
    clockOff: (ms: number) => {
      offset = ms;
    },
    /** By the desk's clock, ISO 8601 UTC. */
    at: (minutes: number) => new Date(clock + minutes * 60_000).toISOString(),
    /** The next change happens, or not, and nobody hears of it. */
    loseAnswer: () => {
      lost.push('one');
    },
    undecided: (): readonly ScanLine[] =>
      [...lines.values()].filter(({ scanId }) => {
        const types = records.filter((record) => record.scanId === scanId).map(({ body }) => body.type);
        return types.includes('scan') && !types.some((type) => type === 'held' || type === 'step' || type === 'prompt');
      }),
    powerFor: (appended: number) => {
      power = appended;
    },
  };
}
