import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { StepBody } from '../../src-main/contract/journal.ts';
import type { CheckOutAnswer } from '../../src-main/desk/check-out-types.ts';
import type { CirculationOutcome } from '../../src-main/journal/ports.ts';
import { borrowed, CARD, deskWith, DUE, ITEM, OTHER_CARD, refuse } from '../fixtures/lending-desk.ts';
import { request } from './desk-cases.ts';

/** What is lent at the desk: each item once, whatever became of the answer, and borrowed items to their patron. */

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

describe('what an earlier run sent', () => {
  const sent = (action: string, ended: Pick<StepBody, 'state' | 'held'>): StepBody => ({
    type: 'step',
    stepId: action,
    ...ended,
    lane: `item:${ITEM}`,
    system: 'wms',
    action,
    requestId: `item:${ITEM}`,
    params: { barcode: ITEM },
    evidence: { state: 'on no request', seenAt: '' },
  });

  it('is not undone by scanning the item once more, since Carrel’s end was the end of the patron’s session', async () => {
    const desk = deskWith();
    desk.flow.recall({ body: sent('CheckOutItem', { state: 'done' }), line: undefined, minutesAgo: 0 });
    const again = await desk.scan(ITEM);
    expect([again.prompt.destination.verb, desk.sent]).toEqual(['Already lent', []]);
    await desk.press(again.scanId, 'F10');
    expect(desk.sent).toEqual([`in ${ITEM}`]);
  });

  it('is not sent again by a scan when its answer was lost, in a session or without', async () => {
    const desk = deskWith();
    for (const action of ['CheckOutItem', 'CheckInItem']) {
      desk.flow.hold({ scanId: randomUUID(), body: sent(action, { state: 'needs-person', held: true }) });
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
