import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { fail, ok, type Result } from '../../src-main/contract/result.ts';
import type { PatronFacts } from '../../src-main/desk/check-out-types.ts';
import { CARD, deskWith, ITEM, MISREAD_CARD, OTHER_CARD, OTHER_ITEM } from '../fixtures/lending-desk.ts';

/** A patron's session at the desk: begun by a card, ended, and forgotten. */

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
