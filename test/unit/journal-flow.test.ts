import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { describe, expect, it, test } from 'vitest';
import type { NewRecord, RecordBody, ScanLine } from '../../src-main/contract/journal.ts';
import type { ActOutcome, RequestSystem } from '../../src-main/contract/outcome.ts';
import type { RequestView } from '../../src-main/contract/request.ts';
import { fail, ok, type Result } from '../../src-main/contract/result.ts';
import { DEFAULT_SETTINGS } from '../../src-main/contract/settings.ts';
import { DeskFlow } from '../../src-main/journal/desk-flow.ts';
import { createDoubts } from '../../src-main/journal/doubts.ts';
import { JustDone } from '../../src-main/journal/just-done.ts';
import { createLanes } from '../../src-main/journal/lanes.ts';
import { Settler } from '../../src-main/journal/settler.ts';

const START = Date.parse('2026-11-23T09:00:00Z');

function view(given: Partial<RequestView> & { hrid: string }): RequestView {
  return {
    id: `id-${given.hrid}`,
    side: 'borrowing',
    state: { code: 'REQ_SHIPPED', label: 'Shipped', terminal: false, needsAttention: false },
    needsAttention: false,
    validActions: [{ code: 'requesterReceived', primary: true, primaryOnly: false }],
    title: `Title of ${given.hrid}`,
    partner: { symbol: 'RESHARE:NFD', name: 'Northfield' },
    volumes: [],
    overdue: false,
    unreadMessages: false,
    conditions: [],
    otherIdentifiers: [],
    audit: [],
    seenAt: new Date(START).toISOString(),
    ...given,
  };
}

const NEXT: Readonly<Record<string, { state: string; actions: string[] }>> = {
  requesterReceived: { state: 'REQ_CHECKED_IN', actions: ['patronReturnedItem'] },
  patronReturnedItem: { state: 'REQ_AWAITING_RETURN_SHIPPING', actions: ['shippedReturn'] },
  supplierPrintPullSlip: { state: 'RES_AWAIT_PICKING', actions: ['supplierCheckInToReshare'] },
  supplierCheckInToReshare: { state: 'RES_AWAIT_SHIP', actions: ['supplierMarkShipped', 'undo'] },
};

/** A desk with a journal in memory and a request system that does what it is asked. */
function deskWith(requests: readonly RequestView[], given: { readonly failingSettler?: boolean } = {}) {
  const faults: unknown[] = [];
  const held = new Map(requests.map((request) => [request.id, request]));
  const records: NewRecord[] = [];
  const acts: { id: string; action: string; params: Readonly<Record<string, unknown>> }[] = [];
  const told: ScanLine[] = [];
  let clock = START;
  let journalDown = false;
  let lookUp: (candidates: readonly string[]) => Promise<Result<readonly RequestView[]>> = (candidates) =>
    Promise.resolve(
      ok(
        [...held.values()].filter((request) =>
          [request.hrid, request.selectedItemBarcode].some((own) => own !== undefined && candidates.includes(own)),
        ),
      ),
    );
  let outcome: ActOutcome = { outcome: 'done' };
  let answers: Promise<unknown> | undefined;
  const system: RequestSystem = {
    findByScan: (candidates) => lookUp(candidates),
    get: (id) => Promise.resolve(held.has(id) ? ok(held.get(id)!) : fail('not-found', 'gone')),
    act: async (id, action, params) => {
      acts.push({ id, action, params });
      const next = NEXT[action];
      const old = held.get(id);
      if (outcome.outcome === 'done' && next !== undefined && old !== undefined) {
        held.set(id, {
          ...old,
          state: { ...old.state, code: next.state, label: next.state },
          validActions: next.actions.map((code, index) => ({ code, primary: index === 0, primaryOnly: false })),
        });
      }
      await answers;
      return outcome;
    },
    listChanged: () => Promise.resolve(ok([])),
    listOpen: () => Promise.resolve(ok([])),
    tenantRules: () => Promise.resolve(ok({ combineFillAndShip: false, combineReturnedAndShipped: false })),
  };
  const doubts = createDoubts();
  const flow = new DeskFlow({
    journal: {
      append: (record) => {
        if (journalDown) return Promise.resolve(fail('journal-closed', 'The disk is full.'));
        records.push(record);
        return Promise.resolve(ok({ ...record, seq: records.length }));
      },
      line: () => Promise.resolve(undefined),
    },
    cache: { findByIdentifier: () => Promise.resolve([]), upsert: () => Promise.resolve() },
    system,
    circulation: undefined,
    lanes: createLanes(),
    doubts,
    justDone: new JustDone(() => clock - START),
    settler:
      given.failingSettler === true
        ? new Settler({
            system,
            doubts,
            record: () => Promise.reject(new Error('the journal broke')),
            sleep: () => Promise.resolve(),
          })
        : undefined,
    rules: () => ({ desk: DEFAULT_SETTINGS.desk, combineFillAndShip: false, combineReturnedAndShipped: false }),
    identity: () => ({
      workstation: 'w',
      desk: 'Main desk',
      branch: 'b',
      staff: 's',
      appVersion: '0',
      serverOffsetMs: -1500,
    }),
    now: () => new Date(clock),
    mono: () => clock - START,
    newId: randomUUID,
    protect: (text) => ({ masked: `•••• ${text.slice(-4)}`, sealed: 'sealed' }),
    after: () => () => undefined,
    onSession: () => undefined,
    onRecorded: () => undefined,
    onLine: (line) => told.push(line),
    onActed: () => undefined,
    onFault: (error) => {
      faults.push(error);
      if (given.failingSettler === true) return;
      throw error instanceof Error ? error : new Error(JSON.stringify(error));
    },
  });
  const submit = async (raw: string, id: string = randomUUID()) => {
    const result = await flow.submit({ id, raw, source: 'wedge' });
    if (!result.ok) throw new Error(result.error.sentence);
    return result.value;
  };
  const lastOf = (scanId: string) => told.findLast((line) => line.scanId === scanId);
  return {
    flow,
    records,
    acts,
    faults,
    told,
    submit,
    lastOf,
    scan: async (raw: string) => {
      const line = await submit(raw);
      await flow.idle();
      return lastOf(line.scanId)!;
    },
    pass: (ms: number) => {
      clock += ms;
    },
    breakJournal: () => {
      journalDown = true;
    },
    answer: (given: ActOutcome) => {
      outcome = given;
    },
    /** ReShare does what it is asked, and its answers are long under way. */
    holdAnswers: (): (() => void) => {
      const held = new AbortController();
      answers = once(held.signal, 'abort');
      return () => {
        answers = undefined;
        held.abort();
      };
    },
    lookUpBy: (given: typeof lookUp) => {
      lookUp = given;
    },
    lookUpNormally: lookUp,
    types: (scanId: string) => records.filter((record) => record.scanId === scanId).map(({ body }) => label(body)),
  };
}

async function until(isSo: () => boolean): Promise<void> {
  for (let turn = 0; turn < 1_000 && !isSo(); turn += 1) await Promise.resolve();
  expect(isSo()).toBe(true);
}

function label(body: RecordBody): string {
  return body.type === 'step' ? `step ${body.state}` : body.type;
}

describe('what the journal keeps of a decision', () => {
  it('is the rule, what was seen and when, and what was planned, with the first prompt after it', async () => {
    const desk = deskWith([view({ hrid: 'RVR-1' })]);
    const { scanId } = await desk.scan('RVR-1');
    const prompts = desk.records.filter((record) => record.scanId === scanId).map(({ body }) => body);
    const decisions = prompts.flatMap((body) => (body.type === 'prompt' ? [body.decision] : []));
    expect(decisions).toEqual([
      {
        rule: expect.stringContaining('REQ_SHIPPED') as string,
        source: 'live',
        requests: [{ id: 'id-RVR-1', hrid: 'RVR-1', state: 'REQ_SHIPPED', seenAt: '2026-11-23T09:00:00.000Z' }],
        facts: expect.arrayContaining([{ what: 'Label read as request', source: 'the label' }]) as unknown,
        planned: ['reshare:requesterReceived'],
      },
      undefined,
    ]);
  });

  it('says that ReShare did not answer, and writes the server’s clock into every record', async () => {
    const desk = deskWith([]);
    desk.lookUpBy(() => Promise.resolve(fail('not-sent', 'ReShare does not answer.')));
    await desk.scan('30234000517861');
    const decision = desk.records.flatMap(({ body }) => (body.type === 'prompt' ? [body.decision] : []))[0];
    expect(decision).toMatchObject({ source: 'cache', outage: 'ReShare does not answer.', requests: [], planned: [] });
    expect(desk.records.map((record) => record.serverOffsetMs)).toEqual(desk.records.map(() => -1500));
  });
});

describe('two volumes of one request, scanned in the same breath', () => {
  const [FIRST, SECOND] = ['39404000111222', '39404000111230'] as const;
  const SET = view({
    hrid: 'RVR-1',
    volumes: [FIRST, SECOND].map((itemId, index) => ({ id: `v-${String(index)}`, itemId })),
  });

  it('take one step together: the second does not take the next one while the answer is under way', async () => {
    const desk = deskWith([SET]);
    desk.lookUpBy(() => desk.lookUpNormally(['RVR-1']));
    const release = desk.holdAnswers();
    const first = await desk.submit(FIRST);
    await until(() => desk.acts.length === 1);
    const second = await desk.submit(SECOND);
    await until(() => desk.lastOf(second.scanId)?.prompt?.working === false);
    expect(desk.lastOf(second.scanId)?.prompt).toMatchObject({
      why: [
        'Marked received at this desk just now.',
        expect.stringContaining('Press F10 only if your patron has had it'),
      ],
    });
    release();
    await desk.flow.idle();
    expect(desk.acts.map(({ action }) => action)).toEqual(['requesterReceived']);
    expect(desk.lastOf(first.scanId)?.prompt).toMatchObject({ working: false, destination: { verb: 'Hold shelf' } });
  });

  it('and what was refused holds the second one back from nothing', async () => {
    const desk = deskWith([SET]);
    desk.lookUpBy(() => desk.lookUpNormally(['RVR-1']));
    desk.answer({ outcome: 'refused', error: fail('refused', 'ReShare refused.').error });
    await desk.scan(FIRST);
    desk.answer({ outcome: 'done' });
    await desk.scan(SECOND);
    expect(desk.acts.map(({ action }) => action)).toEqual(['requesterReceived', 'requesterReceived']);
  });
});

test('what was just done to a request whose item is waited for hides nothing of what was done to another', async () => {
  const volume = { id: 'v-1', itemId: '39404000111222', temporaryItemBarcode: 'RVR-1-5678' };
  const slip = view({
    hrid: 'RVR-2',
    side: 'lending',
    state: { code: 'RES_NEW_AWAIT_PULL_SLIP', label: 'Pull', terminal: false, needsAttention: false },
    validActions: [{ code: 'supplierPrintPullSlip', primary: true, primaryOnly: false }],
  });
  const desk = deskWith([view({ hrid: 'RVR-1', volumes: [volume] }), slip]);
  await desk.scan('RVR-1');
  await desk.scan('RVR-2');
  desk.pass(60_000);
  expect((await desk.scan('RVR-2')).prompt?.destination.verb).toBe('Scan the item');
  expect((await desk.scan('RVR-1-5678')).prompt?.why[0]).toBe('Marked received at this desk 1 minute ago.');
  expect(desk.acts.map(({ action }) => action)).toEqual(['requesterReceived', 'supplierPrintPullSlip']);
});

describe('scans of one label', () => {
  it('are decided in the order they were made, however late an earlier look-up answers', async () => {
    const desk = deskWith([view({ hrid: 'RVR-1' }), view({ hrid: 'RVR-2' })]);
    const answers: (() => void)[] = [];
    desk.lookUpBy(async (candidates) => {
      if (answers.length === 0) await new Promise<void>((resolve) => answers.push(resolve));
      return desk.lookUpNormally(candidates);
    });
    const first = await desk.submit('RVR-1');
    desk.pass(60_000);
    const second = await desk.submit('rvr-1');
    await Promise.resolve();
    expect(desk.acts).toEqual([]);
    answers[0]?.();
    await desk.flow.idle();
    const steps = desk.records.filter(({ body }) => body.type === 'step' && body.state === 'sending');
    expect(steps[0]?.scanId).toBe(first.scanId);
    expect(desk.lastOf(second.scanId)?.prompt?.working).toBe(false);
  });
});

describe('one scan', () => {
  it('is on disk before anything is asked or done', async () => {
    const desk = deskWith([view({ hrid: 'RVR-1' })]);
    let onDisk = -1;
    desk.lookUpBy((candidates) => {
      onDisk = desk.records.length;
      return desk.lookUpNormally(candidates);
    });
    await desk.scan('RVR-1');
    expect(onDisk).toBe(1);
    expect(desk.records[0]!.body).toMatchObject({ type: 'scan', raw: 'RVR-1', barcode: 'RVR-1', kind: 'request' });
  });

  it('goes record, prompt, step recorded, sending, done, prompt', async () => {
    const desk = deskWith([view({ hrid: 'RVR-1' })]);
    const line = await desk.scan('RVR-1');
    expect(desk.types(line.scanId)).toEqual(['scan', 'prompt', 'step recorded', 'step sending', 'step done', 'prompt']);
    expect(desk.acts).toEqual([{ id: 'id-RVR-1', action: 'requesterReceived', params: {} }]);
    expect(line.prompt).toMatchObject({ working: false, destination: { verb: 'Hold shelf' } });
  });

  it('is refused loudly when the journal cannot be written, and nothing else happens', async () => {
    const desk = deskWith([view({ hrid: 'RVR-1' })]);
    desk.breakJournal();
    const result = await desk.flow.submit({ id: randomUUID(), raw: 'RVR-1', source: 'wedge' });
    await desk.flow.idle();
    expect(result).toMatchObject({ ok: false, error: { code: 'journal-closed' } });
    expect(desk.acts).toEqual([]);
    expect(desk.told).toEqual([]);
  });

  it('handed over twice is one scan', async () => {
    const desk = deskWith([view({ hrid: 'RVR-1' })]);
    const id = randomUUID();
    await desk.submit('RVR-1', id);
    await desk.submit('RVR-1', id);
    await desk.flow.idle();
    expect(desk.records.filter(({ body }) => body.type === 'scan')).toHaveLength(1);
    expect(desk.acts).toHaveLength(1);
  });

  it('of a library card leaves no whole number on disk in the clear', async () => {
    const desk = deskWith([]);
    await desk.scan('24101001002003');
    expect(JSON.stringify(desk.records)).not.toContain('24101001002003');
    expect(desk.records[0]!.body).toMatchObject({ raw: '•••• 2003', sealed: 'sealed', kind: 'patron-card' });
  });
});

describe('the same label again', () => {
  it('within the window is a double scan and does nothing', async () => {
    const desk = deskWith([view({ hrid: 'RVR-1' })]);
    await desk.scan('RVR-1');
    desk.pass(1000);
    const second = await desk.scan('rvr-1');
    expect(desk.acts).toHaveLength(1);
    expect(second.prompt?.destination.verb).toBe('Already scanned');
  });

  it('later is a scan of its own, whose step is offered because this desk has just done one', async () => {
    const desk = deskWith([view({ hrid: 'RVR-1' })]);
    await desk.scan('RVR-1');
    desk.pass(60_000);
    const second = await desk.scan('RVR-1');
    expect(desk.acts).toHaveLength(1);
    expect(second.prompt?.offers.map(({ key }) => key)).toContain('F10');
    desk.pass(30 * 60_000);
    await desk.scan('RVR-1');
    expect(desk.acts.map(({ action }) => action)).toEqual(['requesterReceived', 'patronReturnedItem']);
  });

  it('at once is no double when the first ended with "scan again"', async () => {
    const desk = deskWith([view({ hrid: 'RVR-1' })]);
    desk.lookUpBy(() => Promise.resolve(fail('not-sent', 'ReShare was not reached.', { retry: 'later' })));
    const first = await desk.scan('RVR-1');
    expect(first.prompt?.kind).toBe('saved');
    desk.lookUpBy(desk.lookUpNormally);
    desk.pass(500);
    await desk.scan('RVR-1');
    expect(desk.acts).toHaveLength(1);
  });
});

describe('a slip and its item', () => {
  const slip = view({
    hrid: 'NFD-9',
    side: 'lending',
    state: { code: 'RES_AWAIT_PICKING', label: 'Searching', terminal: false, needsAttention: false },
    validActions: [{ code: 'supplierCheckInToReshare', primary: true, primaryOnly: true }],
  });

  it('fill the request, though the slip is looked up slowly and the item at once', async () => {
    const desk = deskWith([slip]);
    let release: () => void = () => undefined;
    desk.lookUpBy(async (candidates) => {
      if (candidates.includes('NFD-9')) await new Promise<void>((resolve) => (release = resolve));
      return desk.lookUpNormally(candidates);
    });
    await desk.submit('NFD-9');
    const item = await desk.submit('30234000517861');
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(desk.acts).toEqual([]);
    release();
    await desk.flow.idle();
    expect(desk.acts).toEqual([
      { id: 'id-NFD-9', action: 'supplierCheckInToReshare', params: { itemBarcodes: [{ itemId: '30234000517861' }] } },
    ]);
    expect(desk.lastOf(item.scanId)?.prompt?.destination).toMatchObject({ verb: 'Ship to', to: 'Northfield' });
  });

  it('are not taken for each other when the item was scanned before the slip and only its look-up is slow', async () => {
    const desk = deskWith([slip]);
    let release: () => void = () => undefined;
    desk.lookUpBy(async (candidates) => {
      if (candidates.includes('33191000105864')) await new Promise<void>((resolve) => (release = resolve));
      return desk.lookUpNormally(candidates);
    });
    await desk.submit('33191000105864');
    const request = await desk.submit('NFD-9');
    await expect.poll(() => desk.lastOf(request.scanId)?.prompt?.working).toBe(false);
    release();
    await desk.flow.idle();
    expect(desk.acts).toEqual([]);
    const item = await desk.scan('30234000517861');
    expect(desk.acts).toHaveLength(1);
    expect(item.prompt?.destination).toMatchObject({ verb: 'Ship to', to: 'Northfield' });
  });

  it('do not wait for each other when nothing is expected: a stuck item holds nobody back', async () => {
    const desk = deskWith([view({ hrid: 'RVR-1', selectedItemBarcode: '30234000517861' })]);
    desk.lookUpBy((candidates) =>
      candidates.includes('33191000105864') ? new Promise(() => undefined) : desk.lookUpNormally(candidates),
    );
    await desk.submit('33191000105864');
    const other = await desk.submit('30234000517861');
    await expect.poll(() => desk.lastOf(other.scanId)?.prompt?.working).toBe(false);
    expect(desk.acts).toHaveLength(1);
  });

  it('put aside, the slip expects nothing any more', async () => {
    const desk = deskWith([slip]);
    const line = await desk.scan('NFD-9');
    const cancelled = await desk.flow.choose(line.scanId, 'cancel');
    expect(cancelled).toMatchObject({ ok: true, value: { cancelled: true } });
    await desk.scan('30234000517861');
    expect(desk.acts).toEqual([]);
  });

  it('forget each other after five minutes', async () => {
    const desk = deskWith([slip]);
    await desk.scan('NFD-9');
    desk.pass(5 * 60_000 + 1);
    await desk.scan('30234000517861');
    expect(desk.acts).toEqual([]);
  });
});

describe('a key pressed on a prompt', () => {
  const offering = view({
    hrid: 'RVR-7',
    state: {
      code: 'REQ_CONDITIONAL_ANSWER_RECEIVED',
      label: 'Conditions received',
      terminal: false,
      needsAttention: true,
    },
    validActions: [{ code: 'requesterAgreeConditions', primary: true, primaryOnly: true }],
  });

  it('does what it said, once, and takes the offers away at once', async () => {
    const desk = deskWith([offering]);
    const line = await desk.scan('RVR-7');
    const offer = line.prompt?.offers.find(({ key }) => key === 'F10');
    expect(offer).toBeDefined();
    const pressed = await desk.flow.choose(line.scanId, offer!.id);
    expect(pressed).toMatchObject({ ok: true, value: { prompt: { offers: [], working: true } } });
    expect(await desk.flow.choose(line.scanId, offer!.id)).toMatchObject({ ok: false, error: { code: 'refused' } });
    await desk.flow.idle();
    expect(desk.acts.map(({ action }) => action)).toEqual(['requesterAgreeConditions']);
  });

  it('is refused for an offer the prompt never made, and for a scan nobody knows', async () => {
    const desk = deskWith([offering]);
    const line = await desk.scan('RVR-7');
    expect(await desk.flow.choose(line.scanId, 'do:manualClose:id-RVR-7')).toMatchObject({ ok: false });
    expect(await desk.flow.choose(randomUUID(), 'cancel')).toMatchObject({ ok: false, error: { code: 'not-found' } });
    expect(desk.acts).toEqual([]);
  });
});

describe('a burst of two labels', () => {
  it('becomes two scans beside the burst’s own line', async () => {
    const desk = deskWith([]);
    await desk.scan('3023400051786133191000105864');
    const scans = desk.records
      .filter(({ body }) => body.type === 'scan')
      .map(({ body }) => (body as { barcode: string }).barcode);
    expect(scans.slice(1)).toEqual(['30234000517861', '33191000105864']);
  });
});

describe('an answer that never came', () => {
  it('is unknown, and the thing stays', async () => {
    const desk = deskWith([view({ hrid: 'RVR-1' })]);
    const lost = fail('unknown-outcome', 'No answer came.', { retry: 'unknown-outcome' });
    desk.answer({ outcome: 'unknown', error: lost.error });
    const line = await desk.scan('RVR-1');
    expect(desk.types(line.scanId)).toContain('step unknown');
    expect(line.prompt?.legs.some(({ state }) => state === 'unknown')).toBe(true);
    expect(line.prompt?.kind).toBe('saved');
  });

  it('is told as a fault, and ends nothing, when looking after it breaks', async () => {
    const desk = deskWith([view({ hrid: 'RVR-1' })], { failingSettler: true });
    const lost = fail('unknown-outcome', 'No answer came.', { retry: 'unknown-outcome' });
    desk.answer({ outcome: 'unknown', error: lost.error });
    await desk.scan('RVR-1');
    await expect.poll(() => desk.faults.length).toBe(1);
  });

  it('holds its request: a further step is not sent while it is open', async () => {
    const desk = deskWith([view({ hrid: 'RVR-1' })]);
    const lost = fail('unknown-outcome', 'No answer came.', { retry: 'unknown-outcome' });
    desk.answer({ outcome: 'unknown', error: lost.error });
    await desk.scan('RVR-1');
    desk.answer({ outcome: 'done' });
    desk.pass(60_000);
    await desk.scan('RVR-1');
    expect(desk.acts).toHaveLength(1);
  });
});
