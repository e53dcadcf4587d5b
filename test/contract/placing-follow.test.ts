import { describe, expect, test } from 'vitest';
import type { RequestView } from '../../src-main/contract/request.ts';
import { office } from './placing-office.ts';
import { value } from './systems-desk.ts';

/** A placed request followed by poll through the states of the guide to its end, with a notice on each change. */
const ID = '6a1b7c4e-0d4e-4aaa-b10b-cd605d57a473';

async function placed() {
  const at = await office();
  const { flow, send } = at.run('never');
  value(await send({}, ID));
  const { clock } = at.consortium;
  const poll = async (): Promise<string | undefined> => {
    clock.advance(10_000);
    await flow.learn(async (id) => {
      const got = await at.reshare.get(id);
      return got.ok ? got.value : undefined;
    });
    return flow.list[0]?.state?.code;
  };
  /** The lending library's copy, by the number both have. */
  const lender = async (tenant: 'northfield' | 'eastport') => {
    const world = at.consortium.controls.world.tenants.get(tenant)!;
    const copy = [...world.requests.values()].find((one) => one.peerRequestIdentifier === ID)!;
    const desk = await at.other(tenant);
    return {
      act: async (action: string, params: object = {}) => {
        const answer = await desk.act(copy.id, action, params);
        expect([action, answer.status]).toEqual([action, 200]);
        clock.advance(10_000);
      },
      pick: world.pickLocations[0]!.code,
      shelf: () => {
        const barcode = '34202009900017';
        world.lms.add({ barcode, title: 'Tide tables', home: '', status: 'available' });
        return { itemBarcodes: [{ itemId: barcode }] };
      },
    };
  };
  const borrower = async (action: string, params = {}) => {
    const done = await at.reshare.act(ID, action, params);
    expect([action, done.outcome]).toEqual([action, 'done']);
  };
  return { ...at, flow, poll, lender, borrower };
}

describe('to its end', () => {
  test('expects to supply, shipped, return shipped, complete', async () => {
    const { flow, poll, lender, borrower, heard } = await placed();
    expect(await poll()).toBe('REQ_REQUEST_SENT_TO_SUPPLIER');
    const north = await lender('northfield');
    await north.act('respondYes', { pickLocation: north.pick });
    expect(await poll()).toBe('REQ_EXPECTS_TO_SUPPLY');
    await north.act('supplierPrintPullSlip');
    await north.act('supplierCheckInToReshare', north.shelf());
    await north.act('supplierMarkShipped');
    expect(await poll()).toBe('REQ_SHIPPED');
    await borrower('requesterReceived');
    expect(await poll()).toBe('REQ_CHECKED_IN');
    await borrower('patronReturnedItem');
    await borrower('shippedReturn');
    expect(await poll()).toBe('REQ_SHIPPED_TO_SUPPLIER');
    expect(flow.list[0]?.state?.terminal).toBe(false);
    await north.act('supplierCheckOutOfReshare');
    expect(await poll()).toBe('REQ_REQUEST_COMPLETE');
    expect(flow.list[0]?.state).toMatchObject({ label: 'Complete', terminal: true });
    // Each change is told once; after the end nothing more.
    const told = heard.flatMap(({ state }) => state?.code ?? []);
    expect(told).toEqual([...new Set(told)]);
    const before = heard.length;
    await poll();
    expect(heard).toHaveLength(before);
  });

  test('end of rota: nobody supplies it, and a sentence says so', async () => {
    const { flow, poll, lender } = await placed();
    await poll();
    for (const tenant of ['northfield', 'eastport'] as const) {
      await (await lender(tenant)).act('supplierCannotSupply', { reason: 'unavailable' });
      await poll();
    }
    expect(flow.list[0]?.state).toMatchObject({ code: 'REQ_END_OF_ROTA', terminal: true });
    expect(flow.list[0]?.sentences.join(' ')).toMatch(/No library could be found that supplies it/);
  });

  test('cancelled by the requester, agreed by the supplier', async () => {
    const { poll, lender, borrower } = await placed();
    await poll();
    await borrower('requesterCancel', { reason: 'unavailable' });
    expect(await poll()).toBe('REQ_CANCEL_PENDING');
    await (await lender('northfield')).act('supplierRespondToCancel', { cancelResponse: 'yes' });
    expect(await poll()).toBe('REQ_CANCELLED');
  });

  test('conditions rejected: the lender agrees to cancel, and the next library is asked', async () => {
    const { poll, lender, borrower } = await placed();
    await poll();
    const north = await lender('northfield');
    const offer = { pickLocation: north.pick, loanCondition: 'libraryuseonly', holdingState: 'yes' };
    await north.act('supplierConditionalSupply', offer);
    expect(await poll()).toBe('REQ_CONDITIONAL_ANSWER_RECEIVED');
    await borrower('requesterRejectConditions');
    expect(await poll()).toBe('REQ_CANCEL_PENDING');
    await north.act('supplierRespondToCancel', { cancelResponse: 'yes' });
    expect(await poll()).toBe('REQ_REQUEST_SENT_TO_SUPPLIER');
    const east = await lender('eastport');
    await east.act('respondYes', { pickLocation: east.pick });
    expect(await poll()).toBe('REQ_EXPECTS_TO_SUPPLY');
  });

  test('a state that nobody knows is shown as ReShare writes it, followed on, and nothing is sent', async () => {
    const at = await placed();
    await at.poll();
    const view = value(await at.reshare.get(ID));
    const odd: RequestView = {
      ...view,
      state: { ...view.state, code: 'REQ_LOCAL_TWIST', label: 'REQ_LOCAL_TWIST', terminal: false },
      validActions: [{ code: 'doTheTwist', primary: true, primaryOnly: false }],
      seenAt: new Date(Date.parse(view.seenAt) + 1000).toISOString(),
    };
    await at.flow.learn(() => Promise.resolve(odd));
    expect(at.flow.list[0]).toMatchObject({
      state: { code: 'REQ_LOCAL_TWIST', label: 'REQ_LOCAL_TWIST' },
      again: false,
    });
    expect(at.created()).toBe(1);
  });
});

describe('what staff are told', () => {
  test('a change that a poll finds is news until somebody looks; the steps before a library is asked are none', async () => {
    const { flow, poll, lender, told } = await placed();
    await poll();
    expect([flow.list[0]?.state?.code, told]).toEqual(['REQ_REQUEST_SENT_TO_SUPPLIER', []]);
    const north = await lender('northfield');
    await north.act('respondYes', { pickLocation: north.pick });
    await poll();
    expect(told).toEqual([['REQ_EXPECTS_TO_SUPPLY']]);
    expect(flow.news.map(({ id }) => id)).toEqual([ID]);
    await poll();
    expect(told).toHaveLength(1);
    flow.looked();
    expect([flow.news, told.at(-1)]).toEqual([[], []]);
    flow.looked();
    expect(told).toHaveLength(2);
  });

  test('what staff read themselves is on the list at once, without a poll, and is no news to them', async () => {
    const { flow, poll, lender, borrower, reshare, told, journal } = await placed();
    await poll();
    const north = await lender('northfield');
    await north.act('respondYes', { pickLocation: north.pick });
    const view = value(await reshare.get(ID));
    // By two ways at the same moment: one change, written down once.
    flow.read([view]);
    flow.read([view]);
    await expect.poll(() => flow.list[0]?.state?.code).toBe('REQ_EXPECTS_TO_SUPPLY');
    await flow.learn(() => Promise.resolve(view));
    const states = journal.recordsOf(ID).flatMap(({ body }) => (body.type === 'step' ? [body.evidence.state] : []));
    expect(states.filter((state) => state === 'REQ_EXPECTS_TO_SUPPLY')).toHaveLength(1);
    expect(told).toEqual([]);
    // Read after it was told, it is news no more.
    await borrower('requesterCancel', { reason: 'unavailable' });
    await poll();
    expect(told).toEqual([['REQ_CANCEL_PENDING']]);
    flow.read([value(await reshare.get(ID))]);
    expect(flow.news).toEqual([]);
  });
});
