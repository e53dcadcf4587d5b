import { describe, expect, test } from 'vitest';
import type { FaultKind } from '../../src-main/training/faults.ts';
import { askedOf } from '../../src-main/training/crosslink/request.ts';
import { crosslinkOffice } from './request-office.ts';
import { value } from './systems-desk.ts';

/** What staff see and do on the screen of one request where ReShare is CrossLink, down to what the practice broker then has. */

const REQUEST = '/broker/patron_requests/{id}';
const ACT = `POST ${REQUEST}/action`;
const WRITE = `POST ${REQUEST}/notifications`;

describe('what is shown', () => {
  test('the way between both libraries with its moments, the thread, the conditions and the history in words', async () => {
    const at = await crosslinkOffice();
    const { id } = at.inState('borrowing', 'WILL_SUPPLY');
    const terms = { note: 'Reading room only', condition: 'LibraryUseOnly', cost: 15, currency: 'USD' };
    at.practice('brokerMessage', { request: id, event: 'will-supply-conditional', ...terms });
    at.practice('brokerMessage', { request: id, event: 'notification', note: 'The spine is fragile' });
    const detail = value(await at.detail(id));
    expect(detail.timeline.marks.at(-2)).toMatchObject({ lane: 'theirs', label: 'Conditions', state: 'done' });
    expect(detail.timeline.marks.at(-2)?.at).toBeDefined();
    expect(detail.timeline.marks.at(-1)).toMatchObject({ lane: 'ours', label: 'Agree or reject', state: 'next' });
    expect(detail.conditions).toEqual([
      { said: 'Use in the library only, “Reading room only”', cost: '15.00 USD', accepted: false },
    ]);
    expect(detail.cost).toBe('15.00 USD');
    expect(detail.messages.slice(-2)).toMatchObject([
      { mine: false, seen: false, text: 'Reading room only', about: 'Supplies it under conditions' },
      { mine: false, seen: false, text: 'The spine is fragile' },
    ]);
    expect(detail.unread).toBeGreaterThanOrEqual(2);
    expect(detail.timeline.messages.length).toBe(detail.messages.length);
    const said = detail.history.map((line) => line.said).join('\n');
    expect(said).toMatch(/supplies it under conditions\. Now: Conditions\./);
    expect(said).toContain('Will lend');
    expect(detail.review?.heading).toBe('Conditions to answer');
    // The patron is nobody's business here, not even in the words of a message's envelope.
    expect(JSON.stringify(detail)).not.toContain(at.broker.find(id).patron);
  });

  test('an account that may read neither messages nor events sees the rest', async () => {
    const at = await crosslinkOffice();
    const { id } = at.inState('borrowing', 'SHIPPED');
    for (const what of ['notifications.get', 'events.get']) {
      at.practice('permission', {
        tenant: 'riverside',
        username: 'desk',
        revoke: `broker.patron_requests.item.${what}`,
      });
    }
    const detail = value(await at.detail(id));
    expect([detail.messages, detail.history]).toEqual([[], []]);
    expect(detail.actions.map(({ action }) => action)).toContain('requesterReceived');
    expect(detail.timeline.marks.at(-2)?.label).toBe('Shipped');
  });

  test('a thread longer than a page is read to its end', async () => {
    const at = await crosslinkOffice();
    const { id, notifications } = at.inState('borrowing', 'SHIPPED');
    const before = notifications.length;
    for (let i = 0; i < 120; i += 1) {
      at.practice('brokerMessage', { request: id, event: 'notification', note: `News ${String(i)}` });
    }
    const { messages } = value(await at.detail(id));
    expect(messages).toHaveLength(before + 120);
    expect(messages.at(-1)?.text).toBe('News 119');
  });

  test('each action as a form of what CrossLink says it takes', async () => {
    const at = await crosslinkOffice();
    const { id } = at.inState('lending', 'WILL_SUPPLY');
    const { actions } = value(await at.detail(id));
    expect(actions.every(({ known, caution, obstacle }) => known && caution !== '' && obstacle === undefined)).toBe(
      true,
    );
    const fields = (action: string) =>
      actions.find((one) => one.action === action)?.fields.map(({ name, kind, required }) => [name, kind, required]);
    expect(fields('ship')).toEqual([['note', 'note', false]]);
    expect(fields('supplierCannotSupply')).toEqual([
      ['reasonUnfilled', 'choice', true],
      ['note', 'note', false],
    ]);
    expect(fields('supplierAddCondition')?.map(([name]) => name)).toEqual([
      'loanCondition',
      'cost',
      'currency',
      'note',
    ]);
    expect(fields('ask-retry')).toContainEqual(['itemId', 'text', true]);
    expect(fields('manualClose')).toEqual([]);
    expect(actions[0]).toMatchObject({ action: 'ship', main: true });
  });

  test('the labels of a borrowed item: the lender’s own, and the one it has here', async () => {
    const at = await crosslinkOffice();
    const request = at.inState('borrowing', 'SHIPPED');
    request.items = [{ id: 'x', barcode: request.id, itemId: '39111001234567', title: '', createdAt: 0 }];
    const { volumes } = value(await at.detail(request.id));
    expect(volumes[0]?.barcodes).toEqual(['39111001234567', request.id]);
    expect(value(await at.crosslink.findByScan([request.id])).map(({ id }) => id)).toEqual([request.id]);
  });
});

describe('conditions', () => {
  test('agreed: the request goes on, and they are marked as agreed', async () => {
    const at = await crosslinkOffice();
    const { id } = at.inState('borrowing', 'CONDITION_PENDING');
    expect(value(await at.act(id, 'requesterAgreeConditions')).state).toBe('done');
    const { request, conditions } = value(await at.detail(id));
    expect(request.state.own).toBe('WILL_SUPPLY');
    expect(conditions.map(({ accepted }) => accepted)).toEqual(conditions.map(() => true));
    expect(at.sent()).toEqual([ACT]);
  });

  test('rejected: the lender is asked to cancel, and they are shown as turned down', async () => {
    const at = await crosslinkOffice();
    const { id } = at.inState('borrowing', 'CONDITION_PENDING');
    expect(value(await at.act(id, 'requesterRejectConditions')).state).toBe('done');
    const { request, conditions } = value(await at.detail(id));
    expect(request.state.own).toBe('CANCEL_PENDING');
    expect(conditions[0]).toMatchObject({ accepted: false });
    expect(conditions[0]?.said).toMatch(/, turned down$/);
  });

  test('ours, with a cost as a number and its currency; without words and cost, or a cost alone, nothing is sent', async () => {
    const at = await crosslinkOffice();
    const { id } = at.inState('lending', 'WILL_SUPPLY');
    const add = (values: Readonly<Record<string, string>>) => at.act(id, 'supplierAddCondition', values);
    expect(await add({ note: 'With care' })).toMatchObject({ ok: false, error: { code: 'bad-input' } });
    expect(await add({ cost: '12.50' })).toMatchObject({
      ok: false,
      error: { sentence: expect.stringContaining('Currency') },
    });
    expect(at.sent()).toEqual([]);
    expect(value(await add({ cost: '12.50', currency: 'EUR', note: 'Insurance' })).state).toBe('done');
    const { conditions, request } = value(await at.detail(id));
    expect(conditions.at(-1)).toEqual({
      said: '“Insurance”',
      cost: '12.50 EUR',
      accepted: false,
    });
    expect(request.state.own).toBe('CONDITION_PENDING');
    expect(at.broker.find(id).notifications.at(-1)).toMatchObject({ cost: 12.5, direction: 'sent', kind: 'condition' });
  });
});

describe('messages', () => {
  test('sent: in the thread, once; one is marked read, then all', async () => {
    const at = await crosslinkOffice();
    const { id, notifications } = at.inState('borrowing', 'SHIPPED');
    expect(value(await at.act(id, 'message', { note: 'Thank you' })).state).toBe('done');
    expect(at.sent()).toEqual([WRITE]);
    for (const note of ['One', 'Two', 'Three'])
      at.practice('brokerMessage', { request: id, event: 'notification', note });
    const [first] = notifications.filter(({ note }) => note === 'One');
    expect(value(await at.act(id, 'messageSeen', { id: first?.id ?? '' })).state).toBe('done');
    const unread = () =>
      notifications.filter(({ direction, acknowledgedAt }) => direction === 'received' && !acknowledgedAt);
    expect(unread().map(({ note }) => note)).toEqual(expect.arrayContaining(['Two', 'Three']));
    expect(unread().map(({ note }) => note)).not.toContain('One');
    expect(value(await at.act(id, 'messagesAllSeen')).state).toBe('done');
    expect(unread()).toEqual([]);
    expect(value(await at.detail(id))).toMatchObject({ unread: 0, request: { unreadMessages: false } });
  });
});

describe('the record', () => {
  test('the note that only this library sees: written, emptied, on both sides', async () => {
    const at = await crosslinkOffice();
    for (const side of ['borrowing', 'lending'] as const) {
      const { id } = at.inState(side, 'WILL_SUPPLY');
      expect(value(await at.act(id, 'editLocalNote', { localNote: 'Call first' })).state).toBe('done');
      expect(value(await at.detail(id)).localNote).toBe('Call first');
      expect(value(await at.act(id, 'editLocalNote', { localNote: '' })).state).toBe('done');
      expect(value(await at.detail(id)).localNote).toBeUndefined();
    }
  });

  test('fields, as long as it was not sent: everything else goes with it and stays; then only the note may be changed', async () => {
    const at = await crosslinkOffice();
    const request = at.inState('borrowing', 'NEEDS_REVIEW');
    const before = structuredClone(request);
    const form = await at.form(request.id, 'edit');
    const changed = { ...form, title: 'Fog over the delta', issn: '0000-0019', neededBy: '2026-12-20' };
    expect(value(await at.act(request.id, 'edit', changed)).state).toBe('done');
    expect(request.patron).toBe(before.patron);
    expect(askedOf(request).title).toBe('Fog over the delta');
    expect(request.asked).toMatchObject({
      serviceInfo: { serviceType: askedOf(before).serviceType, needBeforeDate: '2026-12-20T23:59:59Z' },
      bibliographicInfo: {
        author: askedOf(before).author,
        bibliographicItemId: expect.arrayContaining([
          { bibliographicItemIdentifier: '0000-0019', bibliographicItemIdentifierCode: { '#text': 'ISSN' } },
        ]),
      },
    });
    const sent = at.inState('borrowing', 'SHIPPED');
    expect(value(await at.detail(sent.id)).actions.map(({ action }) => action)).not.toContain('edit');
  });

  test('closed by hand: it ends where CrossLink says', async () => {
    const at = await crosslinkOffice();
    const lent = at.inState('lending', 'WILL_SUPPLY');
    expect(value(await at.act(lent.id, 'manualClose')).state).toBe('done');
    expect(lent.state).toBe('UNFILLED');
    const borrowed = at.inState('borrowing', 'SENT');
    expect(value(await at.act(borrowed.id, 'manualClose')).state).toBe('done');
    expect(borrowed.state).toBe('MANUALLY_CLOSED');
    const again = value(await at.act(borrowed.id, 'manualClose'));
    expect(again.state).toBe('needs-person');
    expect(at.effects(borrowed.id)).toHaveLength(1);
  });
});

describe('HTTP 200 with a failure inside', () => {
  test('is a failure in CrossLink’s own words, stands in the history, and is not sent again', async () => {
    const at = await crosslinkOffice();
    const { requestId = '' } = at.at.consortium.thing('arrival-accept-fails');
    const acted = value(await at.act(requestId, 'requesterReceived'));
    expect(acted.state).toBe('refused');
    expect(acted.sentences.join(' ')).toMatch(/refused the temporary item \d+, saying “Item already exists”/);
    const { history, request } = value(await at.detail(requestId));
    expect(request.state.own).toBe('SHIPPED');
    expect(history.filter(({ trouble }) => trouble).map(({ said, host }) => host ?? said)).toEqual([
      'Item already exists',
      'Mark received: this failed. ReShare says “LMS AcceptItem failed”.',
    ]);
    expect(at.sent()).toEqual([ACT]);
  });
});

/** What may come in place of an answer after the server acted. */
const LOST: readonly FaultKind[] = [
  'drop-after',
  'half-close',
  'status-500-after',
  'truncated-json',
  'wrong-types',
  'empty',
];

describe('an answer that is lost', () => {
  /** Each kind of change, with where its call goes. */
  const CHANGES: [string, RegExp, 'borrowing' | 'lending', string, Readonly<Record<string, string>>?][] = [
    ['requesterReceived', /\/action$/, 'borrowing', 'SHIPPED'],
    ['requesterAgreeConditions', /\/action$/, 'borrowing', 'CONDITION_PENDING'],
    ['requesterRejectConditions', /\/action$/, 'borrowing', 'CONDITION_PENDING'],
    ['requesterCancel', /\/action$/, 'borrowing', 'WILL_SUPPLY'],
    ['send-request', /\/action$/, 'borrowing', 'NEEDS_REVIEW'],
    ['supplierAddCondition', /\/action$/, 'lending', 'CONDITION_PENDING', { loanCondition: 'NoReproduction' }],
    ['supplierCannotSupply', /\/action$/, 'lending', 'WILL_SUPPLY', { reasonUnfilled: 'NotOnShelf' }],
    ['manualClose', /\/terminate$/, 'borrowing', 'SENT'],
    ['message', /^POST .*\/notifications$/, 'borrowing', 'SHIPPED', { note: 'Thank you' }],
    ['editLocalNote', /\/internal_note$/, 'lending', 'WILL_SUPPLY', { localNote: 'Call first' }],
  ];

  test.each(CHANGES)(
    '%s is shown to have happened by the request and its events, and is sent once',
    async (...change) => {
      const [action, where, side, state, values] = change;
      const at = await crosslinkOffice();
      const { id, notifications } = at.inState(side, state);
      at.at.consortium.faults.add({ where, kind: 'drop-after', times: 1 });
      const known = notifications.length;
      expect(value(await at.act(id, action, values)).state).toBe('done');
      expect(at.effects(id)).toHaveLength(1);
      expect(at.sent()).toHaveLength(1);
      expect(notifications.length - known).toBe(action === 'message' || action === 'supplierAddCondition' ? 1 : 0);
      expect(at.doubts.all()).toEqual([]);
    },
  );

  test.each(LOST)('%s: a shipment and a message, neither sent again', async (kind) => {
    const at = await crosslinkOffice();
    const { requestId = '' } = at.at.consortium.thing('fill-request-1');
    at.at.consortium.faults.add({ where: /\/(action|notifications)$/, kind, times: 2 });
    at.at.consortium.clock.advance(1_000);
    expect(value(await at.act(requestId, 'ship', { note: 'Padded box' })).state).toBe('done');
    expect(value(await at.act(requestId, 'message', { note: 'On its way' })).state).toBe('done');
    expect(at.effects(requestId).map(({ action, result }) => `${action} ${result}`)).toEqual([
      'ship done',
      'notification done',
    ]);
  });

  test('of a call that never arrived: not taken for done, and left to a person after the last look', async () => {
    const at = await crosslinkOffice();
    const { id } = at.inState('borrowing', 'CONDITION_PENDING');
    at.at.consortium.faults.add({ where: /\/action$/, kind: 'status-500', times: 1 });
    expect(value(await at.act(id, 'requesterAgreeConditions')).state).toBe('unknown');
    await at.looks();
    await at.screen.idle();
    await expect.poll(() => at.doubts.all().map(({ body }) => body.state)).toEqual(['needs-person']);
    expect(at.effects(id)).toEqual([]);
    expect(at.sent()).toEqual([ACT]);
  });

  test('of a failure: the events show that it was tried and failed', async () => {
    const at = await crosslinkOffice();
    const { requestId = '' } = at.at.consortium.thing('arrival-accept-fails');
    at.at.consortium.faults.add({ where: 'performAction', kind: 'drop-after', times: 1 });
    const acted = value(await at.act(requestId, 'requesterReceived'));
    expect(acted.state).toBe('refused');
    expect(acted.sentences.join(' ')).toContain('saying “Item already exists”');
    expect(at.steps(acted.line.scanId).at(-1)).toMatchObject({ state: 'refused', settledBy: 'look' });
    expect(at.doubts.all()).toEqual([]);
    expect(at.effects(requestId)).toHaveLength(1);
  });
});
