import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startConsortium, type Consortium } from '../../src-main/training/consortium.ts';
import { deskAt, messageIn, recordIn, standing, type Desk } from './training-desk.ts';

const BOOK = {
  isRequester: true,
  requestingInstitutionSymbol: 'RESHARE:RVR',
  title: 'The salt road',
  systemInstanceIdentifier: '8231774',
  pickupLocationSlug: 'riverside-main-desk',
  serviceType: { value: 'loan' },
};

describe('what one library does reaches the other later', () => {
  let consortium: Consortium;
  let riverside: Desk;
  let northfield: Desk;
  const idOf = (key: string): string => consortium.thing(key).requestId!;
  const state = async (desk: Desk, id: string): Promise<string> => (await desk.record(id)).state.code;

  beforeAll(async () => {
    consortium = await standing({ acknowledgeMs: 200, peerMs: 3000, numberMs: 2000 });
    riverside = await deskAt(consortium);
    northfield = await deskAt(consortium, 'northfield');
  });
  afterAll(() => consortium.stop());

  it('first waits for the network, then the other side changes', async () => {
    const id = idOf('ship-back-1');
    const peer = (await riverside.record(id)).peerRequestIdentifier;
    await riverside.act(id, 'shippedReturn');
    const waiting = await riverside.record(id);
    expect([waiting.state.code, waiting.networkStatus, waiting.validActions]).toEqual([
      'REQ_SHIPPED_TO_SUPPLIER',
      'Waiting',
      [],
    ]);
    const refused = await riverside.act(id, 'message', { note: 'too early' });
    expect(messageIn(refused)).toBe(
      'Unable to perform action as we are waiting for existing network activity to complete, network status: Waiting, Action being performed: message',
    );
    consortium.clock.advance(200);
    expect((await riverside.record(id)).networkStatus).toBe('Idle');
    expect(await state(northfield, peer)).toBe('RES_ITEM_SHIPPED');
    consortium.clock.advance(2800);
    expect(await state(northfield, peer)).toBe('RES_ITEM_RETURNED');
    expect((await northfield.act(peer, 'supplierCheckOutOfReshare')).status).toBe(200);
    consortium.clock.advance(3000);
    expect(await state(riverside, id)).toBe('REQ_REQUEST_COMPLETE');
  });

  it('a shipment brings volumes, the item barcode and the due date', async () => {
    const id = idOf('ship-1');
    const ours = await riverside.record(id);
    await riverside.act(id, 'supplierMarkShipped', { note: 'Two straps' });
    consortium.clock.advance(3000);
    const theirs = await northfield.record(ours.peerRequestIdentifier);
    expect(theirs.state.code).toBe('REQ_SHIPPED');
    expect(theirs.selectedItemBarcode).toBe(consortium.thing('ship-1').barcode);
    expect(theirs.parsedDueDateRS).toBe(ours.parsedDueDateRS);
    expect(theirs.volumes.map((one) => [one.temporaryItemBarcode, one.status.value])).toEqual([
      ['NFD-1308', 'awaiting_temporary_item_creation'],
    ]);
    expect(theirs.notifications.at(-1)).toMatchObject({
      messageContent: 'Two straps',
      actionStatus: 'Loaned',
      seen: false,
    });
  });

  it('conditions go out, are agreed, and the lender goes on', async () => {
    const id = idOf('new-request');
    await riverside.act(id, 'supplierConditionalSupply', {
      pickLocation: 'RVRSTK',
      loanCondition: 'libraryuseonly',
      holdingState: 'yes',
      cost: '12.5',
      costCurrency: 'USD',
      note: 'Reading room only',
    });
    consortium.clock.advance(3000);
    const ours = await riverside.record(id);
    const peer = ours.peerRequestIdentifier;
    const theirs = await northfield.record(peer);
    expect([ours.state.code, theirs.state.code]).toEqual([
      'RES_PENDING_CONDITIONAL_ANSWER',
      'REQ_CONDITIONAL_ANSWER_RECEIVED',
    ]);
    expect(theirs.conditions.at(-1)).toMatchObject({ code: 'libraryuseonly', cost: 12.5, accepted: false });
    expect(theirs.notifications.at(-1)!.messageContent).toBe('#ReShareAddLoanCondition# Reading room only');
    await northfield.act(peer, 'requesterAgreeConditions');
    consortium.clock.advance(3000);
    const after = await riverside.record(id);
    expect([after.state.code, after.conditions.at(-1)!.accepted]).toEqual(['RES_NEW_AWAIT_PULL_SLIP', true]);
    expect(await state(northfield, peer)).toBe('REQ_EXPECTS_TO_SUPPLY');
  });

  it('a cancellation can be refused or accepted', async () => {
    const id = idOf('cancel-received');
    const peer = (await riverside.record(id)).peerRequestIdentifier;
    await riverside.act(id, 'supplierRespondToCancel', { cancelResponse: 'no' });
    expect(await state(riverside, id)).toBe('RES_AWAIT_PICKING');
    consortium.clock.advance(3000);
    expect(await state(northfield, peer)).toBe('REQ_EXPECTS_TO_SUPPLY');
    await northfield.act(peer, 'requesterCancel', { reason: 'patron_requested' });
    consortium.clock.advance(3000);
    expect(await state(riverside, id)).toBe('RES_CANCEL_REQUEST_RECEIVED');
    await riverside.act(id, 'supplierRespondToCancel', { cancelResponse: 'yes' });
    consortium.clock.advance(3000);
    expect(await state(northfield, peer)).toBe('REQ_CANCELLED');
  });

  it('an unfilled request goes to the next library of its rota', async () => {
    const id = idOf('pull-slip-1');
    const peer = (await riverside.record(id)).peerRequestIdentifier;
    await riverside.act(id, 'supplierCannotSupply', { reason: 'missing' });
    consortium.clock.advance(3000);
    const theirs = await northfield.record(peer);
    expect([theirs.state.code, theirs.supplyingInstitutionSymbol, theirs.rotaPosition]).toEqual([
      'REQ_REQUEST_SENT_TO_SUPPLIER',
      'RESHARE:EPT',
      1,
    ]);
    consortium.clock.advance(3000);
    const eastport = await deskAt(consortium, 'eastport');
    expect(await state(eastport, theirs.peerRequestIdentifier)).toBe('RES_IDLE');
  });

  it('a new request has no number at first, then one, then a supplier', async () => {
    const patronIdentifier = consortium.thing('patron-card-1').barcode;
    const id = 'c0ffee00-1111-4222-8333-444455556666';
    const made = await riverside.post('/rs/patronrequests', { ...BOOK, id, patronIdentifier, title: 'x'.repeat(300) });
    expect([made.status, made.headers.get('location'), recordIn(made).id]).toEqual([
      201,
      `/rs/patronrequests/${id}`,
      id,
    ]);
    expect(made.json).not.toHaveProperty('hrid');
    expect(recordIn(made).title).toHaveLength(255);
    expect(recordIn(made).pickupLocation).toBe('Main Library Desk --> RESHARE:RVRMAIN');
    consortium.clock.advance(2000);
    const numbered = await riverside.record(id);
    expect([numbered.hrid, numbered.state.code]).toEqual([expect.stringMatching(/^RVR-\d+$/), 'REQ_VALIDATED']);
    consortium.clock.advance(5000);
    const sent = await riverside.record(id);
    expect([sent.state.code, sent.supplyingInstitutionSymbol]).toEqual(['REQ_REQUEST_SENT_TO_SUPPLIER', 'RESHARE:NFD']);
    const theirs = await northfield.record(sent.peerRequestIdentifier);
    expect([theirs.hrid, theirs.isRequester, theirs.state.code]).toEqual([sent.hrid, false, 'RES_IDLE']);
    expect(theirs).not.toHaveProperty('pickupLocationSlug');
  });

  it.each([
    ['an unknown patron', { patronIdentifier: '24101000000000' }, 'REQ_INVALID_PATRON'],
    ['no instance id', { systemInstanceIdentifier: undefined }, 'REQ_BLANK_FORM_REVIEW'],
  ])('a new request with %s stops for review', async (_name, change, expected) => {
    const patronIdentifier = consortium.thing('patron-card-2').barcode;
    const made = await riverside.post('/rs/patronrequests', { ...BOOK, patronIdentifier, ...change });
    consortium.clock.advance(2000);
    expect(await state(riverside, recordIn(made).id)).toBe(expected);
  });

  it('refuses a request without title or symbol as the real validation does', async () => {
    const one = await riverside.post('/rs/patronrequests', {
      ...BOOK,
      title: undefined,
      systemInstanceIdentifier: undefined,
    });
    expect([one.status, messageIn(one)]).toEqual([
      422,
      'Property [title] of class [class org.olf.rs.PatronRequest] cannot be blank',
    ]);
    const two = await riverside.post('/rs/patronrequests', { isRequester: true });
    expect(two).toMatchObject({ status: 422, json: { total: 2, _embedded: { errors: [{}, {}] } } });
  });

  it('an edit clears every field that is left out, and lending copies cannot be edited', async () => {
    const id = idOf('arrival-2');
    const before = await riverside.record(id);
    const answer = await riverside.put(`/rs/patronrequests/${id}`, {
      title: before.title,
      patronNote: 'Ring the bell',
    });
    expect([answer.status, answer.json]).toEqual([200, {}]);
    const after = await riverside.record(id);
    expect([after.title, after.patronNote, after.author, after.pickupLocationSlug]).toEqual([
      before.title,
      'Ring the bell',
      undefined,
      undefined,
    ]);
    expect((await riverside.put(`/rs/patronrequests/${idOf('ship-2')}`, { title: 'No' })).status).toBe(400);
  });

  it('settings decide whether the circulation system is called at all', async () => {
    const setting = consortium.controls.world.tenants
      .get('riverside')!
      .settings.find((one) => one.key === 'accept_item')!;
    setting.value = 'none';
    await riverside.act(idOf('arrival-3'), 'requesterReceived');
    setting.value = 'ncip';
    const after = await riverside.record(idOf('arrival-3'));
    expect(after.audit.at(-1)!.message).toContain('(No host LMS integration configured for accept item call)');
    expect(after.volumes[0]!.status.value).toBe('temporary_item_creation_(no_integration)');
  });
});

describe('a library on its own', () => {
  it('serialises actions on one request: of many at once, one is done', async () => {
    const consortium = await standing({ hostLmsMs: 5 });
    const desk = await deskAt(consortium);
    const id = consortium.thing('arrival-1').requestId!;
    const answers = await Promise.all(Array.from({ length: 6 }, () => desk.act(id, 'requesterReceived')));
    expect(answers.map((one) => one.status).sort()).toEqual([200, 400, 400, 400, 400, 400]);
    const done = consortium.ledger().filter((one) => one.action === 'requesterReceived' && one.result === 'done');
    expect(done).toHaveLength(1);
    await consortium.stop();
  });

  it('says how much a patron may still ask for', async () => {
    const consortium = await standing();
    const desk = await deskAt(consortium);
    const card = consortium.thing('patron-card-1').barcode;
    expect((await desk.get(`/rs/patron/${card}/canCreateRequest`)).json).toMatchObject({
      patronValid: true,
      status: 'OK',
    });
    expect((await desk.get('/rs/patron/nobody/canCreateRequest')).json).toMatchObject({ status: 'FAIL' });
    await consortium.stop();
  });

  it('tells time by itself when time flows', async () => {
    const consortium = await startConsortium({ size: 60, acknowledgeMs: 5, peerMs: 20 });
    const desk = await deskAt(consortium);
    const id = consortium.thing('ship-back-1').requestId!;
    await desk.act(id, 'shippedReturn');
    const arrived = (): boolean => consortium.ledger().some((one) => one.action === 'ISO18626ShippedReturn');
    while (!arrived()) await new Promise((resolve) => setTimeout(resolve, 10));
    expect((await desk.record(id)).networkStatus).toBe('Idle');
    await consortium.stop();
  });
});
