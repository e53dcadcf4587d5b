import { describe, expect, it } from 'vitest';
import { decide } from '../../src-main/desk/decide.ts';
import { glance, outlook } from '../../src-main/desk/outlook.ts';
import { undoAdvice } from '../../src-main/desk/undo.ts';
import { DESK, NOW, RULES, evidence, request, rulesWith } from './desk-cases.ts';

const SLIP = 'RVR-3184';
const OURS = '30234000517861';

describe('several requests with one label', () => {
  const borrowing = request('REQ_SHIPPED', { id: 'b' });
  const lending = request('RES_ITEM_SHIPPED', { id: 'l', more: { side: 'lending', partner: { name: 'Westport' } } });

  it('on both sides are asked about by role, and nothing is done', () => {
    const { prompt, steps } = decide(evidence(SLIP, [borrowing, lending]), RULES);
    expect(steps).toEqual([]);
    expect(prompt.destination.verb).toBe('Which one?');
    expect(prompt.offers.map((o) => [o.id, o.key, o.label])).toEqual([
      ['cancel', 'F7', 'Not this one'],
      ['as:b', 'F10', 'Borrowed from Northfield'],
      ['as:l', 'F11', 'Lent to Westport'],
    ]);
  });

  it('go on with the chosen one', () => {
    const chosen = decide(evidence(SLIP, [borrowing, lending], { choice: 'as:b' }), RULES);
    expect(chosen.steps.map((s) => [s.action, s.requestId])).toEqual([['requesterReceived', 'b']]);
  });

  it('of which one is open need no question', () => {
    const old = request('RES_COMPLETE', { id: 'old', more: { selectedItemBarcode: OURS } });
    const open = request('RES_ITEM_RETURNED', { id: 'open', more: { selectedItemBarcode: OURS } });
    expect(decide(evidence(OURS, [old, open]), RULES).steps[0]?.requestId).toBe('open');
  });

  it('on one side are listed with the likeliest first', () => {
    const idle = request('RES_ITEM_SHIPPED', {
      id: 'a',
      more: { hrid: 'RVR-1', selectedItemBarcode: OURS, lastUpdated: '2026-11-22T00:00:00Z' },
    });
    const ready = request('RES_ITEM_RETURNED', { id: 'z', more: { hrid: 'RVR-2', selectedItemBarcode: OURS } });
    const { prompt } = decide(evidence(OURS, [idle, ready]), RULES);
    expect(prompt.offers.map((o) => o.label)).toEqual(['Not this one', 'RVR-2: Return shipped', 'RVR-1: Shipped']);
  });
});

describe('answers that do not carry the label', () => {
  it('are left aside, whatever state they are in', () => {
    const stranger = request('REQ_SHIPPED', { more: { hrid: 'RVR-31840' } });
    const decision = decide(evidence(SLIP, [stranger]), RULES);
    expect(decision.steps).toEqual([]);
    expect(decision.prompt.tag).toBe('Not found');
    expect(decision.facts.map((f) => f.what)).toContain('1 answers left aside: they do not carry the label');
  });

  it('a temporary label finds its request by the number inside it', () => {
    const one = request('REQ_CHECKED_IN');
    expect(decide(evidence('rvr-3184-5864', [one]), RULES).steps[0]?.action).toBe('patronReturnedItem');
  });
});

describe('a step that is valid but not obvious here', () => {
  it('is offered within the settle time of this desk, and done after it', () => {
    const shipped = request('RES_AWAIT_SHIP');
    const soon = { justDone: [{ requestId: shipped.id, action: 'supplierCheckInToReshare', minutesAgo: 9.9 }] };
    const later = { justDone: [{ requestId: shipped.id, action: 'supplierCheckInToReshare', minutesAgo: 10 }] };
    const asked = decide(evidence(SLIP, [shipped], soon), RULES);
    expect(asked.steps).toEqual([]);
    expect(asked.prompt.why).toEqual([
      'Filled at this desk 9 minutes ago.',
      'Press F10 when it leaves for Northfield.',
    ]);
    expect(decide(evidence(SLIP, [shipped], later), RULES).steps).toHaveLength(1);
    const other = { requestId: 'another', action: 'supplierPrintPullSlip', minutesAgo: 0 };
    expect(decide(evidence(SLIP, [shipped], { justDone: [other] }), RULES).steps).toHaveLength(1);
    // The slip of another request was scanned just before, and waits for its item.
    expect(decide(evidence(SLIP, [shipped], { justDone: [other, ...soon.justDone] }), RULES).steps).toEqual([]);
  });

  it('is offered for what waited on the offline list for the step before, also when another request does', () => {
    const here = request('REQ_CHECKED_IN');
    const mine = { no: 4, requestId: here.id, action: 'requesterReceived' };
    const other = { no: 5, requestId: 'another', action: 'requesterReceived' };
    const asked = decide(evidence(SLIP, [here], { rescans: [mine, other] }), RULES);
    expect(asked.steps).toEqual([]);
    expect(asked.prompt.why[0]).toBe('It was No. 4 on the offline list. Marked received: that is settled.');
    expect(decide(evidence(SLIP, [here], { rescans: [other] }), RULES).steps).toHaveLength(1);
  });

  it('is not a return when anybody has only just received it', () => {
    const at = '2026-11-23T13:58:00Z';
    const audit = [{ no: 4, at, from: 'REQ_SHIPPED', to: 'REQ_CHECKED_IN', message: '' }];
    const fresh = decide(evidence(SLIP, [request('REQ_CHECKED_IN', { more: { audit } })]), RULES);
    expect(fresh.steps).toEqual([]);
    expect(fresh.prompt.destination).toEqual({ verb: 'Hold shelf', to: 'Law Library' });
    expect(fresh.prompt.why[0]).toBe('It was received 4 minutes ago.');
    const old = [{ no: 4, at: '2026-11-20T13:58:00Z', from: 'REQ_SHIPPED', to: 'REQ_CHECKED_IN', message: '' }];
    expect(decide(evidence(SLIP, [request('REQ_CHECKED_IN', { more: { audit: old } })]), RULES).steps).toHaveLength(1);
  });

  it('is done once its key was pressed, and nothing else in its place when it is no longer valid', () => {
    const choice = 'do:patronReturnedItem:r-3184';
    const justDone = [{ requestId: 'r-3184', action: 'requesterReceived', minutesAgo: 1 }];
    const pressed = decide(evidence(SLIP, [request('REQ_CHECKED_IN')], { choice, justDone }), RULES);
    expect(pressed.steps.map((s) => s.action)).toEqual(['patronReturnedItem']);
    const late = decide(evidence(SLIP, [request('REQ_AWAITING_RETURN_SHIPPING')], { choice }), RULES);
    expect(late.steps).toEqual([]);
    expect(late.prompt.why[0]).toBe(
      'ReShare does not allow “Mark returned by patron” now: it says “Awaiting return shipping”. Nothing was done.',
    );
  });

  it('waits for a request that could not be read', () => {
    const lost = decide(evidence(OURS, [], { choice: 'do:supplierMarkShipped:gone' }), RULES);
    expect(lost).toMatchObject({ steps: [], prompt: { tag: 'Try again', sound: 'refused' } });
  });
});

describe('an overdue borrowed item', () => {
  const overdue = (from: string): ReturnType<typeof request> =>
    request('REQ_OVERDUE', {
      actions: ['requesterReceived', 'patronReturnedItem', 'shippedReturn'],
      more: { audit: [{ no: 9, at: '2026-11-20T00:00:00Z', from, to: 'REQ_OVERDUE', message: 'Overdue' }] },
    });

  it.each([
    ['REQ_SHIPPED', 'requesterReceived'],
    ['REQ_CHECKED_IN', 'patronReturnedItem'],
    ['REQ_AWAITING_RETURN_SHIPPING', 'shippedReturn'],
  ])('that became so in %s: %s', (from, action) => {
    expect(decide(evidence(SLIP, [overdue(from)]), RULES).steps.map((s) => s.action)).toEqual([action]);
  });

  it('that may never have arrived is asked about', () => {
    const unsure = request('REQ_OVERDUE', {
      actions: ['requesterReceived', 'patronReturnedItem', 'shippedReturn'],
      more: { volumes: [{ id: 'v', itemId: 'X1', status: 'awaiting_temporary_item_creation' }] },
    });
    const { prompt, steps } = decide(evidence(SLIP, [unsure]), RULES);
    expect(steps).toEqual([]);
    expect(prompt.destination.verb).toBe('Which step?');
    expect(prompt.offers.map((o) => o.label)).toEqual([
      'Not this one',
      'Mark returned by patron',
      'Mark received',
      'Mark return shipped',
    ]);
  });
});

describe('what the other library and the circulation system add', () => {
  it('conditions, lateness, trouble and messages, each in a sentence', () => {
    const full = request('REQ_SHIPPED', {
      more: {
        overdue: true,
        needsAttention: true,
        unreadMessages: true,
        dueDate: '2026-11-20T23:59:59Z',
        conditions: [{ code: 'libraryuseonly', accepted: true, note: 'Reading room only', cost: 15, currency: 'USD' }],
        audit: [
          {
            no: 3,
            at: NOW,
            message:
              'Host LMS integration: NCIP AcceptItem call failed for temporary item barcode: RVR-3184. Review configuration and try again or deconfigure host LMS integration in settings. Item already exists',
          },
        ],
      },
    });
    expect(decide(evidence(SLIP, [full]), RULES).prompt.why.slice(1)).toEqual([
      'Northfield’s conditions: use in the library only, cost 15 USD, “Reading room only”.',
      'It was due at Northfield on 20 November.',
      'Your circulation system had trouble with this request. It said: “Item already exists”. The ILL office should know.',
      'There is an unread message from Northfield; the ILL office reads it.',
    ]);
  });

  it('the day of a due date is that of the library', () => {
    const at = request('REQ_SHIPPED', { more: { dueDate: '2026-12-05T04:59:59Z' } });
    const line = (timeZone?: string): string | undefined =>
      decide(evidence(SLIP, [at]), rulesWith(timeZone === undefined ? {} : { timeZone })).prompt.byline;
    expect(line()).toContain('5 December');
    expect(line('America/New_York')).toContain('4 December');
    const next = request('REQ_SHIPPED', { more: { dueDate: '2027-01-04T12:00:00Z' } });
    expect(decide(evidence(SLIP, [next]), RULES).prompt.byline).toContain('4 January 2027');
  });

  it('the hold shelf needs no name where the desk is at the pickup place', () => {
    const rules = rulesWith({ desk: { ...DESK, branch: 'law library' } });
    expect(decide(evidence(SLIP, [request('REQ_SHIPPED')]), rules).prompt.destination).toEqual({ verb: 'Hold shelf' });
  });
});

describe('nothing is done', () => {
  it.each(['Waiting', 'Retry'])('while ReShare talks to the other library (%s)', (networkStatus) => {
    const busy = request('REQ_SHIPPED', { more: { networkStatus } });
    const { prompt, steps } = decide(evidence(SLIP, [busy]), RULES);
    expect(steps).toEqual([]);
    expect(prompt.destination.verb).toBe('Keep here');
    expect(prompt.why.join(' ')).toContain('Scan it again in a minute.');
    expect(prompt.offers).toEqual([]);
    for (const choice of ['do:requesterReceived:r-3184', 'as:r-3184']) {
      expect(decide(evidence(SLIP, [busy], { choice }), RULES).steps).toEqual([]);
    }
  });

  it('from memory: the prompt says how old it is', () => {
    const cached = request('REQ_SHIPPED', { more: { seenAt: '2026-11-23T11:00:00Z' } });
    const { prompt, steps } = decide(
      evidence(SLIP, [cached], { source: 'cache', outage: 'ReShare does not answer.' }),
      RULES,
    );
    expect(steps).toEqual([]);
    expect(prompt).toMatchObject({ kind: 'saved', sound: 'saved', destination: { verb: 'Keep here' } });
    expect(prompt.why[1]).toContain('3 hours ago ReShare had it as “Shipped”.');
  });

  it('on a record without its valid actions', () => {
    const { validActions, ...brief } = request('REQ_SHIPPED');
    expect(validActions).toBeDefined();
    expect(decide(evidence(SLIP, [brief]), RULES)).toMatchObject({ steps: [], prompt: { sound: 'attention' } });
  });

  it('after “not this one”', () => {
    const { prompt, steps } = decide(evidence(SLIP, [request('REQ_SHIPPED')], { choice: 'cancel' }), RULES);
    expect(steps).toEqual([]);
    expect(prompt.tag).toBe('Not this one');
  });

  it('with an action Carrel does not know, but it is named', () => {
    const strange = request('RES_ITEM_SHIPPED', { actions: ['message', 'frobnicate'] });
    const { prompt } = decide(evidence(SLIP, [strange]), RULES);
    expect(prompt.offers).toEqual([]);
    expect(prompt.why.at(-1)).toBe(
      'ReShare also offers “frobnicate”, which Carrel does not know: that is done in ReShare itself.',
    );
  });
});

describe('the borrower wants to cancel', () => {
  it.each([
    ['cancel-yes:r-3184', 'yes'],
    ['cancel-no:r-3184', 'no'],
  ])('%s answers %s', (choice, cancelResponse) => {
    const { steps } = decide(evidence(SLIP, [request('RES_CANCEL_REQUEST_RECEIVED')], { choice }), RULES);
    expect(steps.map((s) => [s.action, s.params])).toEqual([['supplierRespondToCancel', { cancelResponse }]]);
  });
});

describe('undo', () => {
  const filled = request('RES_AWAIT_SHIP', { actions: ['supplierMarkShipped', 'undo'] });
  const closed = request('RES_AWAIT_SHIP', { actions: ['supplierMarkShipped'] });

  it('has F9 only where ReShare offers it', () => {
    const justDone = [{ requestId: filled.id, action: 'supplierCheckInToReshare', minutesAgo: 1 }];
    const keys = (r: typeof filled): string[] =>
      decide(evidence(SLIP, [r], { justDone }), RULES).prompt.offers.map((o) => o.key);
    expect(keys(filled)).toContain('F9');
    expect(keys(closed)).not.toContain('F9');
  });

  it('is a step of its own', () => {
    const { steps } = decide(evidence(SLIP, [filled], { choice: 'undo:r-3184' }), RULES);
    expect(steps.map((s) => [s.step, s.action])).toEqual([['undo', 'undo']]);
    expect(decide(evidence(SLIP, [closed], { choice: 'undo:r-3184' }), RULES).steps).toEqual([]);
  });

  it('or says what to do instead', () => {
    expect(undoAdvice(filled, 'supplierCheckInToReshare')).toContain('Press F9');
    expect(undoAdvice(closed, 'supplierCheckInToReshare')).toContain('can no longer be undone');
    expect(undoAdvice(request('REQ_CHECKED_IN'), 'requesterReceived')).toContain('they message Northfield');
    expect(undoAdvice(undefined, 'shippedReturn')).toContain('the other library has been told');
    expect(undoAdvice(undefined, 'frobnicate')).toContain('no way to undo');
  });
});

describe('looks', () => {
  it('a later look says the state and offers nothing', () => {
    const prompt = outlook(request('RES_COMPLETE'), RULES, NOW);
    expect(prompt).toMatchObject({ offers: [], working: false, tag: 'Complete', legs: [{ state: 'seen' }] });
  });

  it('a first glance from memory shows the likely prompt of a record read in brief', () => {
    const { validActions, ...brief } = request('REQ_CHECKED_IN');
    expect(validActions).toBeDefined();
    const prompt = glance(evidence(SLIP, [brief]), RULES);
    expect(prompt).toMatchObject({ destination: { verb: 'Ship back', to: 'Northfield' }, offers: [], working: true });
  });
});
