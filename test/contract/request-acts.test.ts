import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { PracticeRequest } from '../../src-main/training/modrs/request.ts';
import { requestOffice } from './request-office.ts';
import { value } from './systems-desk.ts';

/** What staff do on the screen of one request, down to what the practice ReShare then has. */

const PUT = 'PUT /rs/patronrequests/{id}';
const ACT = 'POST /rs/patronrequests/{id}/performAction';

/** Fills every field that may be edited, so that one which is left out of a change is missed. */
function fillIn(request: PracticeRequest): void {
  request.bib = {
    title: 'Fog over the estuary',
    subtitle: 'a pilot’s notes',
    author: 'Brandt, Ilse',
    publisher: 'Harbour Press',
    placeOfPublication: 'Emden',
    publicationDate: '1987',
    edition: '2nd',
    isbn: '9780000000026',
    issn: '0000-0019',
    oclcNumber: '1000000001',
    volume: '3',
    issue: '7',
    pagesRequested: '12-30',
    titleOfComponent: 'The bar',
    authorOfComponent: 'Brandt, Jan',
    systemInstanceIdentifier: request.bib.systemInstanceIdentifier ?? 'f1b4f7b0-0000-4000-8000-000000000001',
  };
  Object.assign(request, {
    patronNote: 'Please the second edition',
    localNote: 'Asked at the desk',
    neededBy: '2026-12-20',
    serviceLevel: 'rush',
    copyrightType: 'us-ccg',
    pickupLocation: request.pickupLocation ?? 'Main desk',
  });
}

/** Everything of a request that is not history. */
function substance({ audit: _audit, lastAuditNo: _no, updatedAt: _at, ...rest }: PracticeRequest): unknown {
  return structuredClone(rest);
}

describe('changing the request', () => {
  test('one field changes; everything else, also of the patron, goes with it and stays', async () => {
    const at = await requestOffice();
    const request = at.inState('REQ_EXPECTS_TO_SUPPLY', ({ isRequester }) => isRequester);
    fillIn(request);
    const before = substance(request) as PracticeRequest;
    const form = await at.form(request.id, 'edit');
    const acted = value(await at.act(request.id, 'edit', { ...form, title: 'Fog over the delta' }));
    expect([acted.state, at.sent()]).toEqual(['done', [PUT]]);
    expect(substance(at.kept(request.id))).toEqual({ ...before, bib: { ...before.bib, title: 'Fog over the delta' } });
    expect(at.effects(request.id).map(({ kind }) => kind)).toEqual(['edit']);
    // What is kept of it names no field that was not changed.
    expect(at.steps(acted.line.scanId).map(({ state, params }) => [state, params])).toEqual(
      ['recorded', 'sending', 'done'].map((state) => [state, { title: 'Fog over the delta' }]),
    );
    expect(JSON.stringify(at.journal.recordsOf(acted.line.scanId))).not.toContain(request.patronIdentifier);
  });

  test('a field that is emptied is cleared, alone', async () => {
    const at = await requestOffice();
    const request = at.inState('REQ_EXPECTS_TO_SUPPLY', ({ isRequester }) => isRequester);
    fillIn(request);
    const before = substance(request) as PracticeRequest;
    const form = await at.form(request.id, 'edit');
    expect(value(await at.act(request.id, 'edit', { ...form, edition: '', neededBy: '2027-01-15' })).state).toBe(
      'done',
    );
    expect(substance(at.kept(request.id))).toEqual({
      ...before,
      neededBy: '2027-01-15',
      bib: { ...before.bib, edition: undefined },
    });
  });

  test('what a colleague changed while the form was open stays, where this form did not touch it', async () => {
    const at = await requestOffice();
    const request = at.inState('REQ_EXPECTS_TO_SUPPLY', ({ isRequester }) => isRequester);
    fillIn(request);
    const note = await at.form(request.id, 'editLocalNote');
    request.bib.author = 'Brandt, Ilse Marie';
    expect(value(await at.act(request.id, 'editLocalNote', { ...note, localNote: 'Call first' })).state).toBe('done');
    expect(at.kept(request.id)).toMatchObject({ localNote: 'Call first', bib: { author: 'Brandt, Ilse Marie' } });
  });

  test('the note of a borrowing request: written, emptied, and the rest of the record as it was', async () => {
    const at = await requestOffice();
    const request = at.inState('REQ_SHIPPED', ({ isRequester }) => isRequester);
    fillIn(request);
    const before = substance(request) as PracticeRequest;
    expect(value(await at.act(request.id, 'editLocalNote', { localNote: 'Call first' })).state).toBe('done');
    expect(substance(at.kept(request.id))).toEqual({ ...before, localNote: 'Call first' });
    expect(value(await at.act(request.id, 'editLocalNote', { localNote: '' })).state).toBe('done');
    expect(substance(at.kept(request.id))).toEqual({ ...before, localNote: undefined });
    expect(at.sent()).toEqual([PUT, PUT]);
  });

  test('nothing changed, or a title left out: said in words, and nothing is sent or written down', async () => {
    const at = await requestOffice();
    const request = at.inState('REQ_SHIPPED', ({ isRequester }) => isRequester);
    const form = await at.form(request.id, 'edit');
    const scanId = randomUUID();
    expect(await at.act(request.id, 'edit', form, scanId)).toMatchObject({
      ok: false,
      error: { code: 'bad-input', sentence: 'Nothing was changed, so nothing was sent.' },
    });
    expect(await at.act(request.id, 'edit', { ...form, title: ' ' }, scanId)).toMatchObject({
      error: { sentence: '“Title” is needed. Nothing was sent.' },
    });
    expect([at.sent(), at.journal.lineOf(scanId)]).toEqual([[], undefined]);
  });

  test('the note of a lending request is an action of its own and touches nothing else', async () => {
    const at = await requestOffice();
    const request = at.inState('RES_AWAIT_SHIP');
    const before = substance(request) as PracticeRequest;
    expect(value(await at.act(request.id, 'localNote', { localNote: 'Fragile spine' })).state).toBe('done');
    expect(substance(at.kept(request.id))).toEqual({ ...before, localNote: 'Fragile spine' });
    expect(at.sent()).toEqual([ACT]);
  });

  test('changed and sent again: all fields go with the action, and the request is checked once more', async () => {
    const at = await requestOffice();
    const request = at.inState('REQ_BLANK_FORM_REVIEW');
    fillIn(request);
    request.bib.systemInstanceIdentifier = undefined;
    const before = substance(request) as PracticeRequest;
    const form = await at.form(request.id, 'requesterRetryValidation');
    const values = { ...form, systemInstanceIdentifier: 'f1b4f7b0-0000-4000-8000-000000000001' };
    expect(value(await at.act(request.id, 'requesterRetryValidation', values)).state).toBe('done');
    expect(substance(at.kept(request.id))).toEqual({
      ...before,
      state: 'REQ_IDLE',
      bib: { ...before.bib, systemInstanceIdentifier: 'f1b4f7b0-0000-4000-8000-000000000001' },
    });
    expect(at.sent()).toEqual([ACT]);
  });

  test('a changed request placed anew: for the same patron and place, with what was changed', async () => {
    const at = await requestOffice();
    const request = at.inState('REQ_END_OF_ROTA');
    fillIn(request);
    const form = await at.form(request.id, 'rerequest');
    const acted = value(await at.act(request.id, 'rerequest', { ...form, edition: '1st' }));
    expect([acted.state, at.sent()]).toEqual(['done', [ACT]]);
    const { succeededBy, state } = at.kept(request.id);
    expect(state).toBe('REQ_END_OF_ROTA_REVIEWED');
    const fresh = at.kept(succeededBy!);
    expect(fresh.bib).toEqual({ ...request.bib, edition: '1st' });
    for (const name of [
      'patronIdentifier',
      'patronNote',
      'localNote',
      'neededBy',
      'serviceLevel',
      'serviceType',
      'copyrightType',
      'pickupLocationSlug',
      'requestingInstitutionSymbol',
    ] as const) {
      expect([name, fresh[name]]).toEqual([name, request[name]]);
    }
  });
});

describe('what a scan learns of it', () => {
  test('the thing was just handled, so its next scan does not move it on; a message about it says nothing', async () => {
    const at = await requestOffice();
    const id = at.consortium.thing('conditional-answer').requestId!;
    const told = async () => at.justDone.of([value(await at.detail(id)).request])[0]?.action;
    value(await at.act(id, 'message', { note: 'Any news?' }));
    expect(await told()).toBeUndefined();
    value(await at.act(id, 'requesterAgreeConditions'));
    expect(await told()).toBe('requesterAgreeConditions');
  });
});

describe('messages', () => {
  test('sent: in the thread of both libraries, once', async () => {
    const at = await requestOffice();
    const request = at.inState('REQ_SHIPPED', ({ peerRequestIdentifier }) => peerRequestIdentifier !== undefined);
    const scanId = randomUUID();
    const note = 'Is the map in the pocket?';
    expect(value(await at.act(request.id, 'message', { note }, scanId)).state).toBe('done');
    // The same once more, as a second press of a slow button: nothing happens.
    value(await at.act(request.id, 'message', { note }, scanId));
    at.consortium.clock.advance(60_000);
    const theirs = [...at.consortium.controls.world.tenants.values()].flatMap(
      ({ requests }) => requests.get(request.peerRequestIdentifier!) ?? [],
    );
    const told = (one: PracticeRequest | undefined) => one?.notifications.filter(({ content }) => content === note);
    expect([told(at.kept(request.id))?.length, told(theirs[0])?.length, at.sent()]).toEqual([1, 1, [ACT]]);
    expect(value(await at.detail(request.id)).messages.at(-1)).toMatchObject({ mine: true, text: note, failed: false });
    expect(await at.act(request.id, 'message', { note: ' ' })).toMatchObject({
      error: { sentence: '“Message to the other library” is needed. Nothing was sent.' },
    });
  });

  test('one is marked read, then all; the other stays unread until then', async () => {
    const at = await requestOffice();
    const request = at.inState('REQ_SHIPPED', ({ peerRequestIdentifier }) => peerRequestIdentifier !== undefined);
    for (const content of ['One', 'Two', 'Three']) {
      request.notifications.push({
        id: randomUUID(),
        at: at.consortium.clock.now(),
        seen: false,
        isSender: false,
        attachedAction: 'Notification',
        sender: request.supplyingInstitutionSymbol!,
        receiver: request.requestingInstitutionSymbol,
        content,
      });
    }
    const unread = async () =>
      value(await at.detail(request.id)).messages.flatMap(({ mine, seen, text }) => (mine || seen ? [] : [text]));
    const all = await unread();
    const id = request.notifications.find(({ content }) => content === 'Two')!.id;
    expect(value(await at.act(request.id, 'messageSeen', { id })).state).toBe('done');
    expect(await unread()).toEqual(all.filter((text) => text !== 'Two'));
    expect(value(await at.act(request.id, 'messagesAllSeen')).state).toBe('done');
    expect([await unread(), value(await at.detail(request.id)).unread]).toEqual([[], 0]);
    expect(at.sent()).toEqual([ACT, ACT]);
  });
});

describe('conditions', () => {
  test('agreed: the request goes on, and the lender learns of it with the note', async () => {
    const at = await requestOffice();
    const id = at.consortium.thing('conditional-answer').requestId!;
    expect(value(await at.detail(id)).conditions[0]).toMatchObject({ accepted: false });
    expect(value(await at.act(id, 'requesterAgreeConditions', { note: 'With pleasure' })).state).toBe('done');
    expect(at.kept(id).state).toBe('REQ_EXPECTS_TO_SUPPLY');
    const detail = value(await at.detail(id));
    expect(detail.conditions.map(({ accepted }) => accepted)).toEqual([true]);
    expect(detail.messages.at(-1)).toMatchObject({ mine: true, text: 'With pleasure' });
  });

  test('rejected: the lender is asked to cancel, and the conditions were not agreed to', async () => {
    const at = await requestOffice();
    const id = at.consortium.thing('conditional-answer').requestId!;
    expect(value(await at.act(id, 'requesterRejectConditions')).state).toBe('done');
    expect(at.kept(id).state).toBe('REQ_CANCEL_PENDING');
    expect(at.kept(id).conditions.map(({ accepted }) => accepted)).toEqual([false]);
    // It is not possible any more, and is not tried.
    const again = value(await at.act(id, 'requesterAgreeConditions'));
    expect([again.state, at.sent()]).toEqual(['needs-person', [ACT]]);
    expect(again.sentences.join(' ')).toMatch(/this is not possible any more. Nothing was sent/);
  });
});

describe('closing and cancelling', () => {
  test('closed by hand into a state that is offered', async () => {
    const at = await requestOffice();
    const request = at.inState('RES_AWAIT_SHIP');
    const form = value(await at.detail(request.id)).actions.find(({ action }) => action === 'manualClose');
    const [state] = form?.fields.find(({ name }) => name === 'terminalState')?.options ?? [];
    expect(value(await at.act(request.id, 'manualClose', { terminalState: state!.value })).state).toBe('done');
    expect(at.kept(request.id).state).toBe(state!.value);
  });

  test('a state that is not offered, or not any more, is refused in words', async () => {
    const at = await requestOffice();
    const request = at.inState('RES_AWAIT_SHIP');
    expect(await at.act(request.id, 'manualClose', { terminalState: 'RES_ITEM_SHIPPED' })).toMatchObject({
      ok: false,
      error: { code: 'bad-input', sentence: '“Close as” must be one of the list. Nothing was sent.' },
    });
    expect([at.sent(), at.kept(request.id).state]).toEqual([[], 'RES_AWAIT_SHIP']);
  });

  test('a library that refuses the state: their refusal in words, the request as it was', async () => {
    const at = await requestOffice();
    const request = at.inState('RES_AWAIT_SHIP');
    const outcome = await at.reshare.act(request.id, 'manualClose', { terminalState: 'RES_ITEM_SHIPPED' });
    expect(outcome).toMatchObject({ outcome: 'refused', error: { sentence: expect.stringContaining('refused this') } });
    expect(at.kept(request.id).state).toBe('RES_AWAIT_SHIP');
  });

  test('cancelled with a reason of the tenant’s own list, and with none of another', async () => {
    const at = await requestOffice();
    const request = at.inState('REQ_EXPECTS_TO_SUPPLY', ({ isRequester }) => isRequester);
    const form = value(await at.detail(request.id)).actions.find(({ action }) => action === 'requesterCancel');
    expect(form?.fields.find(({ name }) => name === 'reason')?.options?.map((one) => one.value)).toEqual([
      'patron_requested',
      'available_locally',
      'invalid_user',
    ]);
    expect(await at.act(request.id, 'requesterCancel', { reason: 'no_idea' })).toMatchObject({ ok: false });
    expect(await at.act(request.id, 'requesterCancel', {})).toMatchObject({
      error: { sentence: '“Reason” is needed. Nothing was sent.' },
    });
    expect(at.sent()).toEqual([]);
    expect(value(await at.act(request.id, 'requesterCancel', { reason: 'available_locally' })).state).toBe('done');
    expect(at.kept(request.id)).toMatchObject({ state: 'REQ_CANCEL_PENDING', cancellationReason: 'available_locally' });
  });

  test.each([
    ['yes', 'RES_CANCELLED'],
    ['no', undefined],
  ] as const)('asked whether they may cancel: %s', async (cancelResponse, ends) => {
    const at = await requestOffice();
    const id = at.consortium.thing('cancel-received').requestId!;
    const earlier = at.kept(id).previousStates['RES_CANCEL_REQUEST_RECEIVED'];
    expect(earlier).toMatch(/^RES_/);
    const acted = value(await at.act(id, 'supplierRespondToCancel', { cancelResponse, note: 'Our answer' }));
    expect([acted.state, at.sent()]).toEqual(['done', [ACT]]);
    expect(at.kept(id).state).toBe(ends ?? earlier);
    expect(value(await at.detail(id)).messages.at(-1)).toMatchObject({ mine: true, text: 'Our answer' });
  });
});

/** A message of the other library that nobody has read. Answers its id. */
function unreadMessage(request: PracticeRequest, content: string): string {
  const id = randomUUID();
  request.notifications.push({
    id,
    at: request.updatedAt,
    seen: false,
    isSender: false,
    attachedAction: 'Notification',
    sender: request.supplyingInstitutionSymbol ?? 'RESHARE:NFD',
    receiver: request.requestingInstitutionSymbol,
    content,
  });
  return id;
}

/** The clocks of the desk and of ReShare need not agree. */
const HOUR = 3_600_000;
const SHOWN = 'ReShare did not answer, but the request shows that it happened.';

describe('an answer that is lost', () => {
  test.each([
    ['requesterAgreeConditions', 'conditional-answer', {}],
    ['requesterRejectConditions', 'conditional-answer', {}],
    ['requesterCancel', 'conditional-answer', { reason: 'patron_requested' }],
    ['supplierRespondToCancel', 'cancel-received', { cancelResponse: 'yes' }],
    ['supplierRespondToCancel', 'cancel-received', { cancelResponse: 'no' }],
  ] as const)('%s (%s): shown by the history, sent once', async (action, key, values) => {
    const at = await requestOffice();
    const id = at.consortium.thing(key).requestId!;
    at.consortium.faults.add({ where: 'performAction', kind: 'drop-after', times: 1 });
    const { state } = value(await at.act(id, action, values));
    expect([state, at.effects(id).length]).toEqual(['done', 1]);
    // Pressed again by somebody who saw no answer.
    await at.act(id, action, values);
    expect([at.sent(), at.effects(id).length]).toEqual([[ACT], 1]);
  });

  test('one that never arrived is not taken for done, and stays with a person after the last look', async () => {
    const at = await requestOffice();
    const id = at.consortium.thing('conditional-answer').requestId!;
    at.consortium.faults.add({ where: 'performAction', kind: 'drop-before', times: 1 });
    expect(value(await at.act(id, 'requesterAgreeConditions')).state).toBe('unknown');
    await at.looks();
    await expect.poll(() => at.doubts.all().map(({ body }) => body.state)).toEqual(['needs-person']);
    expect([at.sent(), at.effects(id), at.kept(id).state]).toEqual([[ACT], [], 'REQ_CONDITIONAL_ANSWER_RECEIVED']);
  });

  test.each([
    ['behind', -HOUR],
    ['ahead', HOUR],
  ])('a message, ReShare’s clock %s: shown by its thread, sent once', async (_how, ms) => {
    const at = await requestOffice({ startAt: Date.now() + ms });
    const request = at.inState('REQ_SHIPPED', ({ peerRequestIdentifier }) => peerRequestIdentifier !== undefined);
    at.consortium.faults.add({ where: 'performAction', kind: 'drop-after', times: 1 });
    const scanId = randomUUID();
    const acted = value(await at.act(request.id, 'message', { note: 'Lost on the way?' }, scanId));
    expect(acted).toMatchObject({ state: 'done', sentences: expect.arrayContaining([SHOWN]) });
    expect(at.steps(scanId).map(({ state }) => state)).toEqual(['recorded', 'sending', 'unknown', 'done']);
    expect(at.steps(scanId).at(-1)?.settledBy).toBe('look');
    expect([at.sent(), at.doubts.all(), at.faults]).toEqual([[ACT], [], []]);
    expect(request.notifications.filter(({ content }) => content === 'Lost on the way?')).toHaveLength(1);
  });

  test('the same words said before do not stand for a message that never arrived', async () => {
    const at = await requestOffice({ startAt: Date.now() + HOUR });
    const request = at.inState('REQ_SHIPPED', ({ peerRequestIdentifier }) => peerRequestIdentifier !== undefined);
    value(await at.act(request.id, 'message', { note: 'Any news?' }));
    at.consortium.clock.advance(60_000);
    at.consortium.faults.add({ where: 'performAction', kind: 'drop-before', times: 1 });
    expect(value(await at.act(request.id, 'message', { note: 'Any news?' })).state).toBe('unknown');
    // While nobody knows, nothing else of the request is sent.
    expect(value(await at.detail(request.id)).doubt).toBeDefined();
    const held = value(await at.act(request.id, 'editLocalNote', { localNote: 'x' }));
    expect([held.state, at.sent()]).toEqual(['needs-person', [ACT, ACT]]);
    await at.looks();
    await expect.poll(() => at.doubts.all().map(({ body }) => body.state)).toEqual(['needs-person']);
    expect([at.sent(), at.faults]).toEqual([[ACT, ACT], []]);
    expect(request.notifications.filter(({ content }) => content === 'Any news?')).toHaveLength(1);
  });

  test('a changed field: shown by the record, sent once', async () => {
    const at = await requestOffice();
    const request = at.inState('REQ_SHIPPED', ({ isRequester }) => isRequester);
    const form = await at.form(request.id, 'edit');
    at.consortium.faults.add({ where: /^PUT \/rs\/patronrequests/, kind: 'drop-after', times: 1 });
    const acted = value(await at.act(request.id, 'edit', { ...form, author: 'Brandt, Ilse' }));
    expect(acted).toMatchObject({ state: 'done', sentences: expect.arrayContaining([SHOWN]) });
    expect([at.sent(), at.effects(request.id).length, at.doubts.all()]).toEqual([[PUT], 1, []]);
  });

  /** Actions whose answers lead away from the state they were taken in. */
  test.each([
    ['rerequest', 'REQ_END_OF_ROTA', { edition: '1st' }],
    ['requesterMarkEndOfRotaReviewed', 'REQ_END_OF_ROTA', {}],
    [
      'requesterRetryValidation',
      'REQ_BLANK_FORM_REVIEW',
      { systemInstanceIdentifier: 'f1b4f7b0-0000-4000-8000-000000000001' },
    ],
    ['requesterBypassValidation', 'REQ_DUPLICATE_REVIEW', {}],
    ['fillLocally', 'REQ_LOCAL_REVIEW', {}],
    ['localSupplierCannotSupply', 'REQ_LOCAL_REVIEW', {}],
    ['manualClose', 'REQ_SHIPPED', { terminalState: 'REQ_CANCELLED' }],
  ] as const)(
    '%s from %s: shown by the record, sent once, also when it is pressed again',
    async (action, state, given) => {
      const at = await requestOffice();
      const { id } = at.inState(state, ({ isRequester }) => isRequester);
      const values = { ...(await at.form(id, action)), ...given };
      at.consortium.faults.add({ where: 'performAction', kind: 'drop-after', times: 1 });
      const acted = value(await at.act(id, action, values));
      expect([acted.state, acted.sentences.includes(SHOWN)]).toEqual(['done', true]);
      await at.act(id, action, values);
      expect([at.sent(), at.effects(id).length, at.doubts.all(), at.faults]).toEqual([[ACT], 1, [], []]);
    },
  );

  test('a request that was cancelled is placed anew once: ReShare would make a second one', async () => {
    const at = await requestOffice();
    const { id } = at.inState('REQ_CANCELLED', ({ isRequester }) => isRequester);
    const values = await at.form(id, 'rerequest');
    const count = () => at.consortium.controls.world.tenants.get('riverside')?.requests.size ?? 0;
    const before = count();
    at.consortium.faults.add({ where: 'performAction', kind: 'drop-after', times: 1 });
    expect(value(await at.act(id, 'rerequest', values)).state).toBe('done');
    expect(value(await at.detail(id)).succeededBy).toBeDefined();
    expect(await at.act(id, 'rerequest', values)).toMatchObject({
      ok: false,
      error: { sentence: 'It was placed anew already. Open the newer request and go on there.' },
    });
    expect([at.sent(), count()]).toEqual([[ACT], before + 1]);
  });

  test.each([
    ['rerequest', 'REQ_END_OF_ROTA'],
    ['requesterRetryValidation', 'REQ_BLANK_FORM_REVIEW'],
    ['manualClose', 'REQ_SHIPPED'],
    ['messagesAllSeen', 'REQ_SHIPPED'],
  ] as const)(
    '%s that never arrived is not taken for done and not sent again: a person is asked',
    async (action, state) => {
      const at = await requestOffice();
      const request = at.inState(state, ({ isRequester }) => isRequester);
      unreadMessage(request, 'Fragile');
      const { id } = request;
      const values =
        action === 'manualClose'
          ? { terminalState: 'REQ_CANCELLED' }
          : action === 'messagesAllSeen'
            ? {}
            : { ...(await at.form(id, action)), edition: '7th' };
      at.consortium.faults.add({ where: 'performAction', kind: 'drop-before', times: 1 });
      expect(value(await at.act(id, action, values)).state).toBe('unknown');
      expect(value(await at.detail(id)).doubt).toBeDefined();
      await at.looks();
      await expect.poll(() => at.doubts.all().map(({ body }) => body.state)).toEqual(['needs-person']);
      expect(at.shown.at(-1)?.why.join(' ')).not.toBe('');
      expect([at.sent(), at.effects(id), at.kept(id).state]).toEqual([[ACT], [], state]);
    },
  );

  test.each(['messageSeen', 'messagesAllSeen'] as const)('%s: shown by the thread, sent once', async (action) => {
    const at = await requestOffice();
    const request = at.inState('REQ_SHIPPED', ({ isRequester }) => isRequester);
    const message = unreadMessage(request, 'Fragile');
    at.consortium.faults.add({ where: 'performAction', kind: 'drop-after', times: 1 });
    const acted = value(await at.act(request.id, action, action === 'messageSeen' ? { id: message } : {}));
    expect([acted.state, at.sent(), at.doubts.all()]).toEqual(['done', [ACT], []]);
    expect(value(await at.detail(request.id)).messages.find(({ id }) => id === message)?.seen).toBe(true);
  });

  test('closed by hand: shown by the state, sent once', async () => {
    const at = await requestOffice();
    const request = at.inState('RES_AWAIT_SHIP');
    at.consortium.faults.add({ where: 'performAction', kind: 'status-500-after', times: 1 });
    expect(value(await at.act(request.id, 'manualClose', { terminalState: 'RES_COMPLETE' })).state).toBe('done');
    expect([at.sent(), at.kept(request.id).state, at.doubts.all()]).toEqual([[ACT], 'RES_COMPLETE', []]);
  });
});

describe('an action of the tenant’s own', () => {
  test('shown by its code with what is not known about it, and its note sent as it was typed', async () => {
    const at = await requestOffice();
    const request = at.inState('REQ_SHIPPED', ({ peerRequestIdentifier }) => peerRequestIdentifier !== undefined);
    request.ownActions = ['sendToBindery'];
    const form = value(await at.detail(request.id)).actions.find(({ action }) => action === 'sendToBindery');
    expect(form).toMatchObject({ label: 'sendToBindery', known: false, fields: [{ name: 'note', required: false }] });
    expect(form?.caution).toContain('Carrel does not know this action');
    const scanId = randomUUID();
    const acted = value(await at.act(request.id, 'sendToBindery', { note: 'Spine is loose', invented: 'x' }, scanId));
    expect([acted.state, at.sent(), request.state]).toEqual(['done', [ACT], 'REQ_SHIPPED']);
    expect(at.steps(scanId).at(-1)?.params).toEqual({ note: 'Spine is loose' });
    expect(value(await at.detail(request.id)).messages.at(-1)).toMatchObject({ mine: true, text: 'Spine is loose' });
    expect(at.effects(request.id).map(({ action, result }) => [action, result])).toEqual([['sendToBindery', 'done']]);
  });

  test('one that is not offered any more is not sent', async () => {
    const at = await requestOffice();
    const request = at.inState('REQ_SHIPPED', ({ isRequester }) => isRequester);
    expect(value(await at.act(request.id, 'sendToBindery')).state).toBe('needs-person');
    expect(at.sent()).toEqual([]);
  });
});

describe('reviews', () => {
  test('a possible duplicate shows the other request of the same patron, and nobody else’s', async () => {
    const at = await requestOffice();
    const request = at.inState('REQ_DUPLICATE_REVIEW');
    const twin = at.inState('REQ_SHIPPED', ({ isRequester }) => isRequester);
    const stranger = at.inState('REQ_EXPECTS_TO_SUPPLY', ({ isRequester }) => isRequester);
    twin.patronIdentifier = request.patronIdentifier;
    stranger.patronIdentifier = `${request.patronIdentifier}9`;
    twin.bib = { ...twin.bib, title: request.bib.title };
    stranger.bib = { ...stranger.bib, title: request.bib.title };
    const { review, notes } = value(await at.detail(request.id));
    expect(review?.others.map(({ id }) => id)).toEqual([twin.id]);
    expect(review?.others[0]?.said).toContain(twin.hrid);
    expect(review?.actions).toEqual(['requesterBypassValidation', 'requesterCancel']);
    expect(notes).toEqual([]);
    // Who the patron is stays in ReShare.
    expect(JSON.stringify(review)).not.toContain(request.patronIdentifier);
    expect(value(await at.detail(twin.id)).review).toBeUndefined();
  });

  test('where the other requests cannot be read it says so, and the rest is there', async () => {
    const at = await requestOffice();
    const request = at.inState('REQ_DUPLICATE_REVIEW');
    at.consortium.faults.add({ where: /^GET \/rs\/patronrequests\?/, kind: 'status-500' });
    const { review, notes } = value(await at.detail(request.id));
    expect(review?.others).toEqual([]);
    expect(notes).toEqual([expect.stringMatching(/^The patron’s other requests could not be read\. /)]);
    at.consortium.faults.clear();
  });
});
