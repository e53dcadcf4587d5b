import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { NewRecord, ScanLine, StepBody } from '../../src-main/contract/journal.ts';
import type { RequestView } from '../../src-main/contract/request.ts';
import { fail, ok, type AppError, type Result } from '../../src-main/contract/result.ts';
import type { PatronSession } from '../../src-main/contract/shift.ts';
import type { CheckOutAnswer, PatronFacts } from '../../src-main/desk/check-out-types.ts';
import { DeskFlow } from '../../src-main/journal/desk-flow.ts';
import { createDoubts } from '../../src-main/journal/doubts.ts';
import { createLanes } from '../../src-main/journal/lanes.ts';
import type { CirculationOutcome, LendingPort } from '../../src-main/journal/ports.ts';
import { request, rulesWith } from './desk-cases.ts';

/** A patron's session at the desk: begun by a card, lending each item once, ended, and forgotten. */

const START = Date.parse('2026-11-23T14:00:00Z');
const CARD = '24101001002003';
const OTHER_CARD = '24101001002375';
const MISREAD_CARD = '24101001002004';
const ITEM = '34101009014610';
const OTHER_ITEM = '34101009018405';

const ERROR: AppError = { code: 'refused', sentence: 'This item may not be lent.', mender: 'desk', retry: 'never' };
const DUE: CheckOutAnswer = { due: { kind: 'instant', utc: '2026-12-21T23:59:59Z' } };

interface Choices {
  readonly requests?: readonly RequestView[];
  readonly patron?: (card: string) => Promise<Result<PatronFacts | undefined>>;
  readonly lends?: boolean;
  /** Someone presses F2 as soon as there is a session. */
  readonly hasty?: boolean;
}

function deskWith({ requests = [], patron, lends = true, hasty = false }: Choices = {}) {
  const records: NewRecord[] = [];
  const told: ScanLine[] = [];
  const sessions: (PatronSession | undefined)[] = [];
  const sent: string[] = [];
  const acts: string[] = [];
  const timers: { readonly at: number; readonly run: () => void; stopped: boolean }[] = [];
  let clock = START;
  let outage = false;
  let checkOut: LendingPort['checkOut'] = () => Promise.resolve({ outcome: 'done', value: DUE });
  const held = (candidates: readonly string[]): readonly RequestView[] =>
    requests.filter((one) =>
      [one.hrid, one.selectedItemBarcode, ...one.volumes.flatMap((v) => [v.itemId, v.temporaryItemBarcode])].some(
        (own) => own !== undefined && candidates.includes(own),
      ),
    );
  const lending: LendingPort = {
    checkOut: (barcode, card) => {
      sent.push(`out ${barcode} ${card}`);
      return checkOut(barcode, card);
    },
    ...(patron === undefined ? {} : { patron }),
  };
  const flow = new DeskFlow({
    journal: {
      append: (record) => {
        records.push(record);
        return Promise.resolve(ok({ ...record, seq: records.length }));
      },
      line: () => Promise.resolve(undefined),
    },
    cache: { findByIdentifier: () => Promise.resolve([]), upsert: () => Promise.resolve() },
    system: {
      findByScan: (candidates) =>
        Promise.resolve(outage ? fail('not-sent', 'ReShare does not answer.') : ok(held(candidates))),
      get: (id) => {
        const found = requests.find((one) => one.id === id);
        return Promise.resolve(found === undefined ? fail('not-found', 'gone') : ok(found));
      },
      act: (_id, action) => {
        acts.push(action);
        return Promise.resolve({ outcome: 'done' });
      },
      listChanged: () => Promise.resolve(ok([])),
      listOpen: () => Promise.resolve(ok([])),
      tenantRules: () => Promise.resolve(ok({ combineFillAndShip: false, combineReturnedAndShipped: false })),
    },
    circulation: {
      checkIn: (barcode) => {
        sent.push(`in ${barcode}`);
        return Promise.resolve({ outcome: 'done', value: { routing: { kind: 'reshelve', raw: 'Re-shelve' } } });
      },
      ...(lends ? { lending } : {}),
    },
    lanes: createLanes(),
    doubts: createDoubts(),
    settler: undefined,
    rules: () => rulesWith({ circulation: { name: 'WMS', hereCodes: ['RVRM'], branches: [], lends } }),
    identity: () => ({ workstation: 'w', desk: 'Main desk', branch: 'b', staff: 's', appVersion: '0' }),
    now: () => new Date(clock),
    mono: () => clock - START,
    newId: randomUUID,
    protect: (text) => ({ masked: `•••• ${text.slice(-4)}`, sealed: 'sealed' }),
    after: (ms, run) => {
      const timer = { at: clock + ms, run, stopped: false };
      timers.push(timer);
      return () => {
        timer.stopped = true;
      };
    },
    onSession: (session) => {
      sessions.push(session);
      if (hasty && session?.state === 'open') flow.endSession(session.id);
    },
    onRecorded: () => undefined,
    onLine: (line) => told.push(line),
    onActed: () => undefined,
    onFault: (error) => {
      throw error instanceof Error ? error : new Error(JSON.stringify(error));
    },
  });
  const submit = async (raw: string): Promise<string> => {
    const result = await flow.submit({ id: randomUUID(), raw, source: 'wedge' });
    if (!result.ok) throw new Error(result.error.sentence);
    return result.value.scanId;
  };
  const promptOf = (scanId: string) => told.findLast((line) => line.scanId === scanId)!.prompt!;
  return {
    flow,
    records,
    sent,
    acts,
    sessions,
    submit,
    promptOf,
    scan: async (raw: string) => {
      const scanId = await submit(raw);
      await flow.idle();
      return { scanId, prompt: promptOf(scanId) };
    },
    press: async (scanId: string, key: string) => {
      const offer = promptOf(scanId).offers.find((one) => one.key === key)!;
      const result = await flow.choose(scanId, offer.id);
      if (!result.ok) throw new Error(result.error.sentence);
      await flow.idle();
      return promptOf(scanId);
    },
    pass: (ms: number) => {
      clock += ms;
      for (const timer of timers.filter(({ at, stopped }) => !stopped && at <= clock)) {
        timer.stopped = true;
        timer.run();
      }
    },
    sleep: (ms: number) => {
      clock += ms;
    },
    answer: (given: LendingPort['checkOut']) => {
      checkOut = given;
    },
    cutReShare: () => {
      outage = true;
    },
  };
}

function borrowed(more: Partial<RequestView> = {}): RequestView {
  return request('REQ_CHECKED_IN', {
    id: 'r-1',
    more: {
      hrid: 'RVR-2069',
      dueDate: '2026-12-04T12:00:00Z',
      volumes: [{ id: 'v-1', itemId: '39404000111222', temporaryItemBarcode: 'RVR-2069' }],
      ...more,
    },
  });
}

const refuse = (outcome: 'refused' | 'not-sent' | 'unknown') => (): Promise<CirculationOutcome<CheckOutAnswer>> =>
  Promise.resolve({ outcome, error: ERROR });

describe('a patron’s session', () => {
  it('lends items scanned after the card, in whatever speed they come, and checks in those before it', async () => {
    const desk = deskWith();
    await desk.submit(OTHER_ITEM);
    await desk.submit(CARD);
    await desk.submit(ITEM);
    await desk.flow.idle();
    expect(desk.sent.toSorted()).toEqual([`in ${OTHER_ITEM}`, `out ${ITEM} ${CARD}`]);
    expect(desk.flow.session).toMatchObject({ state: 'open', card: '2003', items: 1, standing: 'not-asked' });
  });

  it('changes nothing where Carrel does not lend', async () => {
    const desk = deskWith({ lends: false });
    const { prompt } = await desk.scan(CARD);
    expect(prompt.destination.verb).toBe('Library card');
    await desk.scan(ITEM);
    expect(desk.sent).toEqual([`in ${ITEM}`]);
    expect(desk.flow.session).toBeUndefined();
  });

  it('ends by its key; what is scanned then is checked in', async () => {
    const desk = deskWith();
    const { scanId } = await desk.scan(CARD);
    desk.flow.endSession(randomUUID());
    expect(desk.flow.session?.state).toBe('open');
    desk.flow.endSession(scanId);
    expect(desk.flow.session).toEqual({ state: 'ended', by: 'staff', items: 0, at: '2026-11-23T14:00:00.000Z' });
    await desk.scan(ITEM);
    expect(desk.sent).toEqual([`in ${ITEM}`]);
    expect(desk.flow.session).toBeUndefined();
  });

  it('is begun again at once by its card after another card, or after its key; the card twice running is one scan', async () => {
    const desk = deskWith();
    await desk.scan(CARD);
    expect((await desk.scan(CARD)).prompt.destination.verb).toBe('Already scanned');
    const other = await desk.scan(OTHER_CARD);
    const again = await desk.scan(CARD);
    expect(again.prompt.destination.verb).toBe('Scan the items');
    expect(desk.flow.session).toMatchObject({ state: 'open', id: again.scanId, card: CARD.slice(-4) });
    desk.flow.endSession(other.scanId);
    desk.flow.endSession(again.scanId);
    const later = await desk.scan(CARD);
    expect(later.prompt.destination.verb).toBe('Scan the items');
    await desk.scan(ITEM);
    expect(desk.sent).toEqual([`out ${ITEM} ${CARD}`]);
  });

  it('ends five minutes after its last scan, also when the computer slept and no timer ran', async () => {
    for (const wait of ['pass', 'sleep'] as const) {
      const desk = deskWith();
      await desk.scan(CARD);
      desk[wait](4 * 60_000);
      await desk.scan(ITEM);
      desk[wait](4 * 60_000);
      await desk.scan(OTHER_ITEM);
      desk[wait](5 * 60_000);
      await desk.scan('34101009018793');
      expect(desk.sent, wait).toEqual([`out ${ITEM} ${CARD}`, `out ${OTHER_ITEM} ${CARD}`, 'in 34101009018793']);
      expect(desk.sessions, wait).toContainEqual(expect.objectContaining({ state: 'ended', by: 'time', items: 2 }));
    }
  });

  it('is over without a word when Carrel closes', async () => {
    const desk = deskWith();
    await desk.scan(CARD);
    const told = desk.sessions.length;
    desk.flow.close();
    desk.pass(6 * 60_000);
    expect([desk.flow.session, desk.sessions.length]).toEqual([undefined, told]);
  });

  it('gives way to another card, and to a misread one at once', async () => {
    const desk = deskWith();
    await desk.scan(CARD);
    await desk.scan(OTHER_CARD);
    await desk.scan(ITEM);
    const misread = await desk.scan(MISREAD_CARD);
    await desk.scan(OTHER_ITEM);
    expect(desk.sent).toEqual([`out ${ITEM} ${OTHER_CARD}`, `in ${OTHER_ITEM}`]);
    expect(misread.prompt.destination.verb).toBe('Scan the card again');
  });

  it('lends to the patron whose card was scanned before the item, although the item’s look-ups end later', async () => {
    const desk = deskWith();
    for (const label of [CARD, ITEM, OTHER_CARD, OTHER_ITEM]) await desk.submit(label);
    await desk.flow.idle();
    expect(desk.sent.toSorted()).toEqual([`out ${ITEM} ${CARD}`, `out ${OTHER_ITEM} ${OTHER_CARD}`]);
  });

  it('finishes what was scanned before its key was pressed', async () => {
    const desk = deskWith();
    const { scanId } = await desk.scan(CARD);
    await desk.submit(ITEM);
    desk.flow.endSession(scanId);
    await desk.flow.idle();
    expect(desk.sent).toEqual([`out ${ITEM} ${CARD}`]);
  });

  it('shows first name and initial while it lasts, and leaves nothing of the patron in the journal or behind', async () => {
    const desk = deskWith({ patron: () => Promise.resolve(ok({ name: 'Klara Sommerfeld', blocked: false })) });
    const { scanId } = await desk.scan(CARD);
    expect(desk.flow.session).toMatchObject({ name: 'Klara S.', standing: 'good' });
    await desk.scan(ITEM);
    desk.flow.endSession(scanId);
    const kept = JSON.stringify([desk.records, desk.flow.session]);
    for (const secret of [CARD, 'Klara', 'Sommerfeld']) expect(kept).not.toContain(secret);
    const step = desk.records.find(({ body }) => body.type === 'step')?.body;
    expect(step).toMatchObject({ params: { barcode: ITEM, session: scanId } });
  });
});

describe('an account that may not borrow', () => {
  it.each([
    ['blocked', { name: 'Klara Sommerfeld', blocked: true }, 'The account is blocked in WMS.'],
    ['lapsed', { expires: '2026-11-03T12:00:00Z' }, 'The membership ended on 3 November: renew it in WMS first.'],
    ['unknown', undefined, 'WMS knows nobody with this card.'],
  ])('is told before anything is lent: %s', async (_, facts, sentence) => {
    const desk = deskWith({ patron: () => Promise.resolve(ok(facts)) });
    const card = await desk.scan(CARD);
    expect(card.prompt.destination.verb).toBe('Do not lend');
    expect(desk.flow.session).toMatchObject({ standing: 'stopped', sentence });
    const item = await desk.scan(ITEM);
    expect(desk.sent).toEqual([]);
    expect(item.prompt.destination.verb).toBe('Do not hand out');
    await desk.press(item.scanId, 'F10');
    expect(desk.sent).toEqual([`out ${ITEM} ${CARD}`]);
  });

  it('is told on its card’s line although the session ended at once', async () => {
    const desk = deskWith({ patron: () => Promise.resolve(ok({ blocked: true })), hasty: true });
    const { prompt } = await desk.scan(CARD);
    expect(desk.flow.session?.state).toBe('ended');
    expect(prompt).toMatchObject({ working: false, destination: { verb: 'Do not lend' } });
  });

  it('holds back an item scanned before the look-up has answered', async () => {
    let answer: (facts: Result<PatronFacts>) => void = () => undefined;
    const desk = deskWith({
      patron: () =>
        new Promise((resolve) => {
          answer = resolve;
        }),
    });
    await desk.submit(CARD);
    const scanId = await desk.submit(ITEM);
    await new Promise((resolve) => setImmediate(resolve));
    expect(desk.sent).toEqual([]);
    answer(ok({ blocked: true }));
    await desk.flow.idle();
    expect(desk.sent).toEqual([]);
    expect(desk.promptOf(scanId).destination.verb).toBe('Do not hand out');
  });

  it('is left to WMS where the look-up fails', async () => {
    const desk = deskWith({ patron: () => Promise.resolve(fail('not-sent', 'OCLC does not answer.')) });
    await desk.scan(CARD);
    expect(desk.flow.session).toMatchObject({ standing: 'not-asked' });
    await desk.scan(ITEM);
    expect(desk.sent).toEqual([`out ${ITEM} ${CARD}`]);
  });
});

describe('each item once', () => {
  it('has `sending` on disk before it is sent', async () => {
    const desk = deskWith();
    await desk.scan(CARD);
    let before: string[] = [];
    desk.answer(() => {
      before = desk.records.flatMap(({ body }) => (body.type === 'step' ? [body.state] : []));
      return Promise.resolve({ outcome: 'done', value: DUE });
    });
    await desk.scan(ITEM);
    expect(before).toEqual(['recorded', 'sending']);
  });

  it('is lent once by a double scan, a later scan, and a scan after the card again', async () => {
    const desk = deskWith();
    await desk.scan(CARD);
    await desk.scan(ITEM);
    expect((await desk.scan(ITEM)).prompt.destination.verb).toBe('Already scanned');
    desk.pass(20_000);
    expect((await desk.scan(ITEM)).prompt.destination.verb).toBe('Already lent');
    await desk.scan(CARD);
    expect((await desk.scan(ITEM)).prompt.kindText).toBe('Double scan');
    desk.pass(20_000);
    const again = await desk.scan(ITEM);
    expect(desk.sent).toHaveLength(1);
    await desk.press(again.scanId, 'F10');
    expect(desk.sent).toHaveLength(2);
  });

  it('is not sent twice while the first answer is still out', async () => {
    const desk = deskWith();
    let answer: (outcome: CirculationOutcome<CheckOutAnswer>) => void = () => undefined;
    desk.answer(
      () =>
        new Promise((resolve) => {
          answer = resolve;
        }),
    );
    await desk.scan(CARD);
    await desk.submit(ITEM);
    await new Promise((resolve) => setImmediate(resolve));
    desk.pass(20_000);
    const second = await desk.submit(ITEM);
    await new Promise((resolve) => setImmediate(resolve));
    expect(desk.promptOf(second).destination.verb).toBe('One moment');
    answer({ outcome: 'done', value: DUE });
    await desk.flow.idle();
    expect(desk.sent).toHaveLength(1);
  });

  it('is not sent again after a lost answer until a person says that it did not happen', async () => {
    const desk = deskWith();
    desk.answer(refuse('unknown'));
    await desk.scan(CARD);
    const first = await desk.scan(ITEM);
    expect(first.prompt.legs.at(-1)?.state).toBe('unknown');
    const second = await desk.scan(ITEM);
    expect(second.prompt.kindText).toBe('Not known whether it was lent');
    desk.pass(60 * 60_000);
    await desk.scan(CARD);
    await desk.scan(ITEM);
    expect(desk.sent).toHaveLength(1);
    desk.answer(() => Promise.resolve({ outcome: 'done', value: DUE }));
    const third = await desk.scan(ITEM);
    expect(third.prompt.offers.map((offer) => [offer.key, offer.label])).toEqual([
      ['F7', 'Not this one'],
      ['F10', 'It did not happen'],
      ['F11', 'It happened'],
    ]);
    expect((await desk.press(third.scanId, 'F10')).legs.at(-1)?.text).toBe('Did not happen, says s');
    expect(desk.sent).toHaveLength(1);
    const fourth = await desk.scan(ITEM);
    expect(fourth.prompt.destination.verb).toBe('Hand it out');
    expect(desk.sent).toHaveLength(2);
  });

  it('is lent, and not sent again, once a person says that it happened', async () => {
    const desk = deskWith();
    desk.answer(refuse('unknown'));
    await desk.scan(CARD);
    const first = await desk.scan(ITEM);
    const said = await desk.press(first.scanId, 'F11');
    expect([said.tag, said.legs.at(-1)?.state]).toEqual(['Done, says staff', 'confirmed']);
    desk.pass(20_000);
    expect((await desk.scan(ITEM)).prompt.kindText).toBe('Lent before');
    expect(desk.sent).toHaveLength(1);
    const bodies = desk.records.flatMap(({ body, staff }) => (body.type === 'scan' ? [] : [{ body, staff }]));
    expect(bodies.find(({ body }) => body.type === 'choice')).toMatchObject({ staff: 's' });
    expect(bodies.findLast(({ body }) => body.type === 'step')?.body).toMatchObject({
      state: 'done',
      settledBy: 'staff',
    });
  });

  it('can be tried again after a refusal and when nothing was sent', async () => {
    const desk = deskWith();
    await desk.scan(CARD);
    desk.answer(refuse('refused'));
    const refused = await desk.scan(ITEM);
    expect([refused.prompt.destination.verb, refused.prompt.sound]).toEqual(['Do not hand out', 'refused']);
    desk.answer(refuse('not-sent'));
    const kept = await desk.scan(ITEM);
    expect(kept.prompt.destination.verb).toBe('Keep here');
    desk.answer(() => Promise.resolve({ outcome: 'done', value: DUE }));
    expect((await desk.press(kept.scanId, 'F10')).destination).toEqual({ verb: 'Hand it out', to: 'due 21 December' });
    expect(desk.flow.session).toMatchObject({ items: 1 });
  });

  it('a key pressed after the session does not lend to the next patron, nor check in', async () => {
    const desk = deskWith();
    await desk.scan(CARD);
    desk.answer(refuse('not-sent'));
    const kept = await desk.scan(ITEM);
    await desk.scan(OTHER_CARD);
    expect((await desk.press(kept.scanId, 'F10')).kindText).toBe('Not lent');
    expect(desk.sent).toHaveLength(1);
  });

  it('lent and scanned again a moment later is checked in only when staff say that it comes back; then it may be lent again', async () => {
    const desk = deskWith();
    const { scanId } = await desk.scan(CARD);
    await desk.scan(ITEM);
    desk.flow.endSession(scanId);
    desk.pass(20_000);
    const again = await desk.scan(ITEM);
    expect(desk.sent).toEqual([`out ${ITEM} ${CARD}`]);
    await desk.press(again.scanId, 'F10');
    desk.pass(20_000);
    await desk.scan(OTHER_CARD);
    await desk.scan(ITEM);
    expect(desk.sent).toEqual([`out ${ITEM} ${CARD}`, `in ${ITEM}`, `out ${ITEM} ${OTHER_CARD}`]);
  });

  it('lent and brought back later the same day is checked in without a question', async () => {
    const desk = deskWith();
    const { scanId } = await desk.scan(CARD);
    await desk.scan(ITEM);
    desk.flow.endSession(scanId);
    desk.pass(60 * 60_000);
    await desk.scan(ITEM);
    expect(desk.sent).toEqual([`out ${ITEM} ${CARD}`, `in ${ITEM}`]);
  });
});

describe('what an earlier run sent without an answer', () => {
  const lost = (action: string): StepBody => ({
    type: 'step',
    stepId: action,
    state: 'needs-person',
    held: true,
    lane: `item:${ITEM}`,
    system: 'wms',
    action,
    requestId: `item:${ITEM}`,
    params: { barcode: ITEM },
    evidence: { state: 'on no request', seenAt: '' },
  });

  it('is not sent again by a scan, in a session or without', async () => {
    const desk = deskWith();
    for (const action of ['CheckOutItem', 'CheckInItem']) {
      desk.flow.hold({ scanId: randomUUID(), body: lost(action) });
    }
    desk.pass(60 * 60_000);
    const back = await desk.scan(ITEM);
    expect(back.prompt.kindText).toBe('Not known whether it was checked in');
    await desk.scan(CARD);
    const out = await desk.scan(ITEM);
    expect(out.prompt.kindText).toBe('Not known whether it was lent');
    expect(desk.sent).toEqual([]);
    await desk.press(out.scanId, 'F10');
    expect((await desk.scan(ITEM)).prompt.why.join(' ')).toContain('“Check in” for this item was sent earlier');
    await desk.press(back.scanId, 'F10');
    desk.pass(20_000);
    await desk.scan(ITEM);
    expect(desk.sent).toEqual([`out ${ITEM} ${CARD}`]);
  });
});

describe('a borrowed item for its patron', () => {
  it('is checked out by its temporary barcode, and nothing is pressed in ReShare', async () => {
    for (const label of ['RVR-2069', '39404000111222']) {
      const desk = deskWith({ requests: [borrowed()] });
      await desk.scan(CARD);
      const { prompt } = await desk.scan(label);
      expect(desk.sent, label).toEqual([`out RVR-2069 ${CARD}`]);
      expect(desk.acts, label).toEqual([]);
      expect(prompt.destination, label).toEqual({ verb: 'Change the date', to: '29 November' });
    }
  });

  it('means what it always means without a session, or by the number of a request whose item has another label', async () => {
    const alone = deskWith({ requests: [borrowed()] });
    await alone.scan('RVR-2069');
    expect(alone.acts).toEqual(['patronReturnedItem']);
    const slip = deskWith({ requests: [borrowed({ volumes: [{ id: 'v-1', itemId: '39404000111222' }] })] });
    await slip.scan(CARD);
    await slip.scan('RVR-2069');
    expect([slip.acts, slip.sent]).toEqual([['patronReturnedItem'], []]);
  });

  it('is kept while ReShare does not answer, and lent when staff insist', async () => {
    const desk = deskWith();
    await desk.scan(CARD);
    desk.cutReShare();
    const kept = await desk.scan(ITEM);
    expect([kept.prompt.destination.verb, desk.sent]).toEqual(['Keep here', []]);
    await desk.press(kept.scanId, 'F10');
    expect(desk.sent).toEqual([`out ${ITEM} ${CARD}`]);
  });

  it('gives way to a request that waits for an item, and says so', async () => {
    const slip = request('RES_AWAIT_PICKING', { id: 'l-1', more: { hrid: 'NFD-77' } });
    const desk = deskWith({ requests: [slip] });
    await desk.scan('NFD-77');
    await desk.scan(CARD);
    const { prompt } = await desk.scan(ITEM);
    expect([desk.acts, desk.sent]).toEqual([['supplierCheckInToReshare'], []]);
    expect(prompt.why.join(' ')).toContain('not lent to the patron');
  });
});
