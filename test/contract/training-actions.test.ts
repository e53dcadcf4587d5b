import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Consortium } from '../../src-main/training/consortium.ts';
import {
  call,
  cases,
  deskAt,
  JSON_HEADERS,
  messageIn,
  recordsIn,
  samples,
  standing,
  tokenFor,
  fixture,
  type Desk,
  type SampleAnswer,
} from './training-desk.ts';

/** The answers of performAction, each against its case in the sample file. */
const CASES = cases('reshare', '12-performAction.json');
const sampleCase = (name: string) => CASES.find((one) => one.name === name)!;
const UNKNOWN = '8b07bf6a-ce61-587b-97fa-1c92c23a42d8';

describe('performAction answers what the samples say', () => {
  let consortium: Consortium;
  let desk: Desk;
  const idOf = (key: string): string => consortium.thing(key).requestId!;
  const barcode = (key: string): string => consortium.thing(key).barcode;
  const tried = new Set<string>();

  const expectCase = (name: string, answer: { status: number; json: unknown; text: string }): void => {
    tried.add(name);
    const sample = sampleCase(name);
    expect(answer.status).toBe(sample.status);
    if (sample.responseText === undefined) expect(answer.json).toEqual(sample.response);
    else expect(answer.text.replace(/'.*?' \(.*?\)/, '')).toBe(sample.responseText.replace(/'.*?' \(.*?\)/, ''));
  };

  beforeAll(async () => {
    consortium = await standing();
    desk = await deskAt(consortium);
  });
  afterAll(() => consortium.stop());

  it('receives, and says nothing', async () => {
    expectCase('requesterReceived ok', await desk.act(idOf('arrival-1'), 'requesterReceived'));
    const after = await desk.record(idOf('arrival-1'));
    expect(after.state.code).toBe('REQ_CHECKED_IN');
    expect(after.audit.at(-1)!.message).toMatch(
      /^Receive succeeded for item id: 35202\d{9} \(title: .*, requestId: RVR-1201\)\. Host LMS integration: AcceptItem call succeeded\.$/,
    );
    expect(after.volumes[0]!.status.value).toBe('temporary_item_created_in_host_lms');
  });

  it('refuses a second receive by the state guard', async () => {
    consortium.clock.advance(1000);
    const again = await desk.act(idOf('arrival-1'), 'requesterReceived');
    expect(again.status).toBe(400);
    expect(messageIn(again)).toBe(
      'A valid action was not supplied, isRequester: true Current state: REQ_CHECKED_IN, network status: Idle Action being performed: requesterReceived',
    );
  });

  it('answers 400 when the circulation system refuses AcceptItem, and tells why in the audit only', async () => {
    expectCase(
      'requesterReceived: NCIP AcceptItem failed',
      await desk.act(idOf('arrival-accept-fails'), 'requesterReceived'),
    );
    const after = await desk.record(idOf('arrival-accept-fails'));
    expect([after.state.code, after.needsAttention]).toEqual(['REQ_SHIPPED', true]);
    expect(after.audit.at(-1)!.message).toBe(
      'Host LMS integration: NCIP AcceptItem call failed for temporary item barcode: RVR-1205. Review configuration and try again or deconfigure host LMS integration in settings. Item already exists',
    );
  });

  it('marks a pull slip printed', async () => {
    expectCase('supplierPrintPullSlip ok', await desk.act(idOf('pull-slip-1'), 'supplierPrintPullSlip'));
  });

  it('fills, offers undo, and undoes', async () => {
    const id = idOf('fill-request-1');
    const before = await desk.record(id);
    expectCase(
      'supplierCheckInToReshare ok',
      await desk.act(id, 'supplierCheckInToReshare', { itemBarcodes: [{ itemId: barcode('fill-item-1') }] }),
    );
    const filled = await desk.record(id);
    expect(filled.state.code).toBe('RES_AWAIT_SHIP');
    expect(filled.audit.at(-1)!.message).toBe(
      `Fill request succeeded for item id: ${barcode('fill-item-1')}. Host LMS integration: CheckoutItem call succeeded.`,
    );
    expect(filled.audit.at(-1)!.auditNo).toBe(before.lastAuditNo + 1);
    const { json } = await desk.get(`/rs/patronrequests/${id}/validActions`);
    expect(json).toEqual(samples('reshare', '11-validActions.json')['responder RES_AWAIT_SHIP after a fill']);
    expect((await desk.act(id, 'undo')).json).toEqual({ status: true });
    const undone = await desk.record(id);
    expect([undone.state.code, undone.volumes]).toEqual(['RES_AWAIT_PICKING', []]);
    const taken = undone.audit.filter((one) => one.undoPerformed === true);
    expect(taken.map((one) => one.auditNo)).toEqual([filled.lastAuditNo]);
    expect(undone.validActions.map((one) => one.actionCode)).not.toContain('undo');
  });

  it('removes a volume that is marked for deletion', async () => {
    const id = idOf('fill-request-multi');
    expectCase(
      'supplierCheckInToReshare multi-volume, one removed',
      await desk.act(id, 'supplierCheckInToReshare', {
        itemBarcodes: [
          { itemId: barcode('fill-item-multi-1'), name: 'v.1' },
          { itemId: barcode('fill-item-multi-2'), name: 'v.2', _delete: true },
        ],
      }),
    );
    expect((await desk.record(id)).volumes.map((one) => one.name)).toEqual(['v.1']);
  });

  it('answers 500 {} when every check-out failed, 400 without barcodes', async () => {
    const id = idOf('fill-request-fails');
    const fill = (itemBarcodes: unknown) => desk.act(id, 'supplierCheckInToReshare', { itemBarcodes });
    expectCase(
      'supplierCheckInToReshare: every NCIP CheckOutItem failed',
      await fill([{ itemId: barcode('fill-item-fails') }]),
    );
    const after = await desk.record(id);
    expect([after.state.code, after.needsAttention]).toEqual(['RES_AWAIT_PICKING', true]);
    expect(after.audit.at(-1)!.message).toMatch(
      /CheckoutItem call failed for itemId: \d{14}\. .* Item is not loanable$/,
    );
    expectCase('supplierCheckInToReshare: some failed, or no barcodes sent', await fill([]));
    const good = consortium.thing('own-item-2').barcode;
    consortium.controls.world.tenants.get('riverside')!.lms.items.get(good)!.status = 'available';
    const some = await fill([{ itemId: barcode('fill-item-fails') }, { itemId: good }]);
    expectCase('supplierCheckInToReshare: some failed, or no barcodes sent', some);
    const statuses = (await desk.record(id)).volumes.map((one) => one.status.value);
    expect(statuses.sort()).toEqual(['awaiting_lms_check_out', 'lms_check_out_complete']);
  });

  it('answers 400 with status false when the check-in of a returned item fails', async () => {
    expectCase(
      'supplierCheckOutOfReshare: NCIP CheckInItem failed',
      await desk.act(idOf('complete-checkin-fails'), 'supplierCheckOutOfReshare'),
    );
    expect((await desk.act(idOf('complete-1'), 'supplierCheckOutOfReshare')).json).toEqual({ status: true });
  });

  it('reports success for a return the circulation system refused; only the audit knows', async () => {
    const id = idOf('return-checkin-fails');
    expect((await desk.act(id, 'patronReturnedItem')).json).toEqual({ status: true });
    const after = await desk.record(id);
    expect(after.state.code).toBe('REQ_AWAITING_RETURN_SHIPPING');
    expect(after.audit.at(-1)!.message).toContain('NCIP CheckinItem call failed for item: RVR-1226');
  });

  it('wants a pick location', async () => {
    const answer = await desk.act(idOf('new-request'), 'respondYes', { callnumber: 'HF3640 .L56 2014' });
    expectCase('respondYes without a pick location', answer);
    const blank = await desk.act(idOf('new-request'), 'respondYes', { pickLocation: ' ' });
    expect(blank).toMatchObject({ status: 400, json: { code: -2 } });
  });

  it('refuses what the state does not allow, what the network holds up, and what does not exist', async () => {
    expectCase('action not valid in this state', await desk.act(idOf('arrival-2'), 'supplierMarkShipped'));
    expectCase('unknown request id', await desk.act(UNKNOWN, 'requesterReceived'));
    const request = consortium.controls.world.tenants.get('riverside')!.requests.get(idOf('ship-back-1'))!;
    request.networkStatus = 'Retry';
    expectCase('network busy', await desk.act(idOf('ship-back-1'), 'shippedReturn'));
    const busy = await desk.get(`/rs/patronrequests/${idOf('ship-back-1')}/validActions`);
    expect(busy.json).toEqual(
      samples('reshare', '11-validActions.json')['network busy (networkStatus Waiting or Retry)'],
    );
  });

  it('answers 500 with the request id when the parameters make the server stumble', async () => {
    const id = idOf('fill-request-2');
    const answer = await desk.act(id, 'supplierCheckInToReshare', { itemBarcodes: 'not a list' });
    tried.add('unexpected exception on the server');
    expect([answer.status, answer.json]).toEqual([
      500,
      { message: `System error occurred while trying to process request ${id}` },
    ]);
  });

  it('is guarded by the gateway', async () => {
    const path = `/rs/patronrequests/${idOf('arrival-2')}/performAction`;
    const body = JSON.stringify({ action: 'requesterReceived', actionParams: {} });
    const reader = await tokenFor(consortium, 'riverside', { username: 'reader', password: 'practice-reader' });
    const headers = { ...JSON_HEADERS, 'x-okapi-tenant': 'riverside' };
    expectCase(
      'gateway: permission missing (text/plain)',
      await call(consortium, 'POST', path, { ...headers, 'x-okapi-token': reader }, body),
    );
    expectCase(
      'gateway: bad or expired token (text/plain)',
      await call(consortium, 'POST', path, { ...headers, 'x-okapi-token': 'a.b.c' }, body),
    );
  });

  it('has tried every case of the sample file', () => {
    expect(CASES.map((one) => one.name).filter((name) => !tried.has(name))).toEqual([]);
  });

  it('acts in bulk as the sample shows, and only with bulk actions', async () => {
    const { response, errorExample } = fixture('reshare', '13-bulkAction.json') as {
      response: object;
      errorExample: SampleAnswer;
    };
    const requestIds = [idOf('ship-back-2'), idOf('arrival-3'), UNKNOWN];
    const bulk = await desk.post('/rs/patronrequests/bulkAction', {
      requestIds,
      action: 'shippedReturn',
      actionParams: {},
    });
    const json = bulk.json as { successful: unknown; failed: readonly { requestId: string }[] };
    expect(Object.keys(json)).toEqual(Object.keys(response));
    expect(json.successful).toEqual([{ status: true, requestId: requestIds[0] }]);
    expect(json.failed.map((one) => one.requestId)).toEqual(requestIds.slice(1));
    const fill = await desk.post('/rs/patronrequests/bulkAction', { requestIds, action: 'supplierCheckInToReshare' });
    expect([fill.status, fill.json]).toEqual([errorExample.status, errorExample.response]);
  });

  it('makes a pull-slip batch, a real PDF, and marks it printed', async () => {
    const sample = samples('reshare', '15-pullslip-batch.json');
    const filters = `filters=${encodeURIComponent('hrid==EPT-1303||hrid==NFD-1304')}`;
    const made = await desk.get(`/rs/patronrequests/generatePickListBatch?${filters}`);
    const { batchId } = made.json as { batchId: string };
    const pdf = await desk.get(`/rs/report/generatePicklist?batchId=${batchId}`);
    expect([pdf.status, pdf.type]).toEqual([200, sample['report generatePicklist']!.contentType]);
    expect(pdf.text.startsWith('%PDF-1.4')).toBe(true);
    expect(pdf.text).toContain('(EPT-1303)');
    const found = await desk.get(`/rs/patronrequests?filters=batches.id==${batchId}`);
    expect(recordsIn(found)).toHaveLength(2);
    const marked = await desk.get(`/rs/patronrequests/markBatchAsPrinted?batchId=${batchId}`);
    expect(marked.json).toEqual({
      successful: [idOf('pull-slip-2')],
      failed: [],
      notValid: [idOf('fill-request-1')],
    });
    const unknown = await desk.get('/rs/patronrequests/markBatchAsPrinted?batchId=1234');
    expect([unknown.status, unknown.json]).toEqual([400, sample['markBatchAsPrinted unknown batch']!.response]);
    const none = await desk.get('/rs/patronrequests/generatePickListBatch?filters=hrid==NOTHING-1');
    expect(none.json).toEqual(sample['generatePickListBatch nothing matched']!.response);
  });

  it('keeps messages, read marks, notes and manual close', async () => {
    const id = idOf('arrival-2');
    expect((await desk.act(id, 'message')).json).toEqual({});
    expect((await desk.act(id, 'message', { note: 'Where is it?' })).json).toEqual({ status: true });
    consortium.clock.advance(5000);
    const peer = (await desk.record(id)).peerRequestIdentifier;
    const northfield = await deskAt(consortium, 'northfield');
    const theirs = await northfield.record(peer);
    expect([theirs.unreadMessageCount, theirs.notifications.at(-1)!.messageContent]).toEqual([1, 'Where is it?']);
    expect((await northfield.act(peer, 'messagesAllSeen', { seenStatus: true, excludes: false })).json).toEqual({
      status: true,
    });
    const seen = await northfield.record(peer);
    expect([seen.hasUnreadMessages, seen.lastUpdated]).toEqual([false, theirs.lastUpdated]);
    const lending = idOf('lent-and-out');
    await desk.act(lending, 'localNote', { localNote: 'Look behind the desk' });
    expect((await desk.record(lending)).localNote).toBe('Look behind the desk');
    const wrong = await desk.act(lending, 'manualClose', { terminalState: 'RES_IDLE' });
    expect([wrong.status, wrong.json]).toEqual([400, { status: false }]);
    await desk.act(lending, 'manualClose', { terminalState: 'RES_COMPLETE' });
    expect((await desk.record(lending)).state.code).toBe('RES_COMPLETE');
  });
});
