import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { NewRecord, RecordBody, ScanLine, StoredRecord } from '../../src-main/contract/journal.ts';
import type { ActOutcome, RequestSystem } from '../../src-main/contract/outcome.ts';
import type { RequestView } from '../../src-main/contract/request.ts';
import { fail, ok } from '../../src-main/contract/result.ts';
import { DEFAULT_SETTINGS } from '../../src-main/contract/settings.ts';
import type { DownSystem } from '../../src-main/desk/offline.ts';
import type { DeskRules } from '../../src-main/desk/types.ts';
import { DeskFlow } from '../../src-main/journal/desk-flow.ts';
import { createDoubts } from '../../src-main/journal/doubts.ts';
import { createLanes } from '../../src-main/journal/lanes.ts';
import { Offline, type HeldRecords } from '../../src-main/journal/offline.ts';
import type { CirculationPort } from '../../src-main/journal/ports.ts';
import { Replay } from '../../src-main/journal/replay.ts';

const START = Date.parse('2026-11-23T09:00:00Z');
const OWN = '30234991000018';

function view(hrid: string, code: string, actions: readonly string[], more: Partial<RequestView> = {}): RequestView {
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

const shipped = (hrid: string): RequestView => view(hrid, 'REQ_SHIPPED', ['requesterReceived']);

const NEXT: Readonly<Record<string, readonly [state: string, actions: readonly string[]]>> = {
  requesterReceived: ['REQ_CHECKED_IN', ['patronReturnedItem']],
  patronReturnedItem: ['REQ_AWAITING_RETURN_SHIPPING', ['shippedReturn']],
};

/** A server and a journal that outlive the runs of the desk. */
function world(requests: readonly RequestView[]) {
  const served = new Map(requests.map((request) => [request.id, request]));
  const cached = new Map(served);
  const records: StoredRecord[] = [];
  const lines = new Map<string, ScanLine>();
  const acts: string[] = [];
  const checkIns: string[] = [];
  const down = new Set<'reshare' | 'wms'>();
  let clock = START;
  /** Everything after this many more appended records is refused, as if the power were gone. */
  let power = Number.POSITIVE_INFINITY;

  const away = fail('not-sent', 'ReShare was not reached.');
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
      const old = served.get(id);
      const next = NEXT[action];
      if (old !== undefined && next !== undefined) served.set(id, { ...view(old.hrid ?? '', ...next), id });
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
    mend: () => {
      down.clear();
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

describe('a scan while ReShare is away', () => {
  it('gets a number, durably, before its prompt; the next gets the next', async () => {
    const w = world([shipped('RVR-1')]);
    w.cut('reshare');
    const desk = await w.run();
    const first = await desk.scan('RVR-1');
    expect(first.prompt).toMatchObject({ kind: 'saved', destination: { verb: 'Saved', to: 'Offline cart, No. 1' } });
    const types = w.records.map(({ body }) => body.type);
    expect(types.indexOf('held')).toBeLessThan(types.lastIndexOf('prompt'));
    expect((await desk.scan(OWN)).prompt?.destination.to).toBe('Offline cart, No. 2');
    expect((await desk.scan('RVR-1')).prompt?.destination.to).toBe('Offline cart, No. 1');
    expect(w.records.filter(({ body }) => body.type === 'held')).toHaveLength(2);
    expect(w.acts).toEqual([]);
    expect(w.checkIns).toEqual([]);
  });

  it('says what only WMS could know, when only WMS is away', async () => {
    const w = world([shipped('RVR-1')]);
    w.cut('wms');
    const desk = await w.run();
    const line = await desk.scan(OWN);
    expect(line.prompt?.why.join(' ')).toContain('Holds and routing are unknown until WMS is back.');
    expect(line.prompt?.slip).toMatchObject({ kind: 'offline', destination: 'No. 1', barcode: { text: OWN } });
    await desk.scan('RVR-1');
    expect(w.acts).toEqual(['id-RVR-1 requesterReceived']);
  });

  it('notes a fill and keeps the item at the desk; the replay never sends it', async () => {
    const w = world([view('RVR-5', 'RES_AWAIT_PICKING', ['supplierCheckInToReshare'], { side: 'lending' })]);
    w.cut('reshare');
    const desk = await w.run();
    expect((await desk.scan('RVR-5')).prompt?.destination.verb).toBe('Scan the item');
    const item = await desk.scan(OWN);
    expect(item.prompt).toMatchObject({ destination: { verb: 'Keep at the desk', to: 'No. 1' } });
    w.mend();
    expect(await desk.run()).toMatchObject([{ mode: 'intent', what: 'Fill' }]);
    expect(w.acts).toEqual([]);
  });

  it('goes on counting after a restart', async () => {
    const w = world([]);
    w.cut('reshare');
    await (await w.run()).scan(OWN);
    const line = await (await w.run()).scan('30234991000026');
    expect(line.prompt?.destination.to).toBe('Offline cart, No. 2');
  });
});

describe('replay', () => {
  it('does each recorded thing once, and its thing leaves with a scan that does nothing more', async () => {
    const w = world([shipped('RVR-1')]);
    w.cut('reshare', 'wms');
    const desk = await w.run();
    await desk.scan('RVR-1');
    await desk.scan(OWN);
    w.mend();
    expect((await desk.preview()).map(({ state }) => state)).toEqual(['would-do', 'would-do']);
    expect((await desk.run()).map(({ state }) => state)).toEqual(['done', 'done']);
    expect(await desk.run()).toHaveLength(2);
    expect(w.acts).toEqual(['id-RVR-1 requesterReceived']);
    expect(w.checkIns).toEqual([OWN]);
    expect((await desk.scan('RVR-1')).prompt?.offers.map(({ key }) => key)).toContain('F10');
    expect((await desk.scan(OWN)).prompt?.destination.verb).toBe('Shelve');
    expect(w.acts).toHaveLength(1);
    expect(w.checkIns).toHaveLength(1);
    expect(desk.replay.list.lines).toEqual([]);
  });

  it('leaves to people what was called off or handled since, and says which', async () => {
    const w = world([shipped('RVR-1'), shipped('RVR-2'), shipped('RVR-3')]);
    w.cut('reshare');
    const desk = await w.run();
    for (const hrid of ['RVR-1', 'RVR-2', 'RVR-3']) await desk.scan(hrid);
    w.served.set('id-RVR-1', view('RVR-1', 'REQ_CANCELLED', []));
    w.served.set('id-RVR-2', view('RVR-2', 'REQ_SHIPPED_TO_SUPPLIER', []));
    w.served.set('id-RVR-3', view('RVR-3', 'REQ_CHECKED_IN', ['patronReturnedItem']));
    w.mend();
    const lines = await desk.run();
    expect(lines.map(({ state, todo }) => [state, todo])).toEqual([
      ['conflict', 'call'],
      ['conflict', 'rescan'],
      ['already', 'slip'],
    ]);
    expect(lines[0]?.sentence).toMatch(/cancelled meanwhile/);
    expect(lines[1]?.sentence).toMatch(/handled it since/);
    expect(w.acts).toEqual([]);
    // The scan that takes a received thing off the list must not mark it returned.
    await desk.scan('RVR-3');
    expect(w.acts).toEqual([]);
  });

  it('does not check an item in that turns out to be on a request', async () => {
    const w = world([]);
    w.cut('reshare');
    const desk = await w.run();
    await desk.scan(OWN);
    w.served.set('id-RVR-9', view('RVR-9', 'RES_ITEM_SHIPPED', [], { side: 'lending', selectedItemBarcode: OWN }));
    w.mend();
    expect(await desk.run()).toMatchObject([{ state: 'conflict', todo: 'rescan' }]);
    expect(w.checkIns).toEqual([]);
  });

  it('a thing scanned again before the replay is done by that scan, and only by it', async () => {
    const w = world([shipped('RVR-1')]);
    w.cut('reshare', 'wms');
    const desk = await w.run();
    await desk.scan('RVR-1');
    await desk.scan(OWN);
    w.mend();
    await desk.scan('RVR-1');
    await desk.scan(OWN);
    expect(await desk.run()).toEqual([]);
    expect(w.acts).toHaveLength(1);
    expect(w.checkIns).toHaveLength(1);
  });

  it('a dismissal keeps who and why', async () => {
    const w = world([]);
    w.cut('reshare');
    const desk = await w.run();
    const line = await desk.scan(OWN);
    const left = await desk.replay.dismiss(line.scanId, 'shelved by hand');
    expect(left).toMatchObject({ ok: true, value: { lines: [] } });
    expect(w.records.at(-1)).toMatchObject({
      staff: 'sam',
      body: { type: 'released', how: { kind: 'dismissed', reason: 'shelved by hand' } },
    });
  });
});

describe('a crash at any record of scanning, replaying and scanning again', () => {
  it('loses no acknowledged scan and does nothing twice', async () => {
    for (let records = 0; records < 60; records += 1) {
      const w = world([shipped('RVR-1')]);
      w.cut('reshare', 'wms');
      w.powerFor(records);
      const first = await w.run();
      const kept: string[] = [];
      const scan = async (desk: typeof first, raw: string): Promise<void> => {
        const line = await desk.scan(raw).catch(() => undefined);
        if (line?.prompt?.kind === 'saved') kept.push(raw);
      };
      await scan(first, 'RVR-1');
      await scan(first, OWN);
      w.mend();
      await first.run();
      await scan(first, OWN);
      w.powerFor(Number.POSITIVE_INFINITY);
      const second = await w.run();
      // What recovery does at start with scans for which nothing was decided.
      for (const line of w.undecided()) await second.offline.interrupted(line);
      const listed = second.replay.list.lines.map(({ barcode }) => barcode);
      const acted = [...w.acts.map(() => 'RVR-1'), ...w.checkIns];
      for (const raw of kept) expect([...listed, ...acted], `${raw} after ${records} records`).toContain(raw);
      await second.run();
      expect(w.acts.length, `acts after ${records} records`).toBeLessThanOrEqual(1);
      expect(w.checkIns.length, `check-ins after ${records} records`).toBeLessThanOrEqual(1);
    }
  });
});
