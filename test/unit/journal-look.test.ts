import { describe, expect, it } from 'vitest';
import { actionLabel, wantedStates } from '../../src-main/journal/actions.ts';
import { judge, type Verdict } from '../../src-main/journal/look.ts';
import { MODELS, request, staffActions } from './desk-cases.ts';

/**
 * The look before a step, over the reference data of the ten state models: every staff action in every state of every
 * model. Whether an action's effect is there is read from the data's transitions, not from Carrel's own table.
 */

interface Outcome {
  readonly success: boolean;
  readonly qualifier: string | null;
  readonly to: string | null;
}

const TRANSITIONS = Object.values(MODELS.models).flatMap(({ transitions }) => transitions);

/** Where an action leads when it succeeds whole; a qualifier is a partial success, brackets a state of the past. */
function leadsTo(action: string): ReadonlySet<string> {
  const all = TRANSITIONS.filter((t) => t.action === action && t.trigger === 'manual');
  const ends = all.flatMap((t) => (t as unknown as { readonly outcomes: readonly Outcome[] }).outcomes);
  return new Set(
    ends.flatMap(({ success, qualifier, to }) => (success && qualifier === null && to !== null ? [to] : [])),
  );
}

/** Every action that moves a request to a state of its own, whatever the past. */
const MOVING = [...new Set(TRANSITIONS.filter((t) => t.trigger === 'manual').map((t) => t.action))].filter(
  (action) => wantedStates(action).length > 0,
);
const STATES = Object.entries(MODELS.models).flatMap(([model, { states }]) =>
  states.map(({ code }) => ({ model, code })),
);
const REPEATED = { action: 'supplierPrintPullSlip', code: 'SLNP_RES_AWAIT_PICKING' };

function expected(action: string, code: string, listed: boolean): Verdict['verdict'] {
  const repeated = action === REPEATED.action && code === REPEATED.code;
  if (leadsTo(action).has(code) && !(repeated && listed)) return 'confirmed';
  return listed ? 'send' : 'needs-person';
}

describe.each(MOVING)('%s', (action) => {
  it('is known to lead where the reference data says', () => {
    expect(new Set(wantedStates(action))).toEqual(leadsTo(action));
  });

  it('is sent only where it is listed and its effect is not there, in every state of the ten models', () => {
    for (const { model, code } of STATES) {
      const codes = staffActions(code, model).map((t) => t.action);
      const verdict = judge(request(code, { actions: codes, more: { stateModel: model } }), action);
      expect([model, code, verdict.verdict]).toEqual([model, code, expected(action, code, codes.includes(action))]);
      if (verdict.verdict === 'confirmed') expect(verdict.sentence).toMatch(/^Already done: .+ Nothing was sent\.$/u);
      if (verdict.verdict === 'needs-person') {
        expect(verdict.sentence).toContain(`“${actionLabel(action)}”`);
        expect(verdict.sentence).toMatch(/Scan the item again|Give the item to|Keep the item/u);
      }
    }
  });

  it('is not sent again by a model that lists it everywhere', () => {
    for (const { model, code } of STATES) {
      const verdict = judge(request(code, { actions: [action], more: { stateModel: model } }), action);
      expect([model, code, verdict.verdict]).toEqual([model, code, expected(action, code, true)]);
    }
  });
});

it('covers the desk: at least every action a desk does by itself', () => {
  expect(MOVING.length).toBeGreaterThanOrEqual(19);
  expect(STATES.length).toBeGreaterThan(100);
});

describe('what a state alone does not tell', () => {
  const audit = (to: string, from: string) => [{ no: 4, at: '2026-11-20T09:00:00Z', message: '', from, to }];
  const overdue = (to: string, from: string) =>
    request('REQ_OVERDUE', {
      more: {
        audit: [...audit(to, from), { no: 5, at: '2026-11-22T00:10:00Z', message: '', from: to, to: 'REQ_OVERDUE' }],
      },
    });

  it.each([
    ['requesterReceived', 'REQ_CHECKED_IN', 'REQ_SHIPPED', 'confirmed'],
    ['requesterReceived', 'REQ_SHIPPED', 'REQ_EXPECTS_TO_SUPPLY', 'send'],
    ['patronReturnedItem', 'REQ_CHECKED_IN', 'REQ_SHIPPED', 'send'],
    ['patronReturnedItem', 'REQ_AWAITING_RETURN_SHIPPING', 'REQ_CHECKED_IN', 'confirmed'],
    ['shippedReturn', 'REQ_AWAITING_RETURN_SHIPPING', 'REQ_CHECKED_IN', 'send'],
    ['shippedReturn', 'REQ_SHIPPED_TO_SUPPLIER', 'REQ_AWAITING_RETURN_SHIPPING', 'confirmed'],
  ])('%s of an item that became overdue after %s: %s', (action, to, from, verdict) => {
    expect(judge(overdue(to, from), action).verdict).toBe(verdict);
  });

  it('an undo takes one step back, and not the one before it as well', () => {
    expect(judge(request('RES_AWAIT_SHIP', { actions: ['undo'] }), 'undo').verdict).toBe('send');
    expect(judge(request('RES_AWAIT_PICKING', { actions: ['undo'] }), 'undo').verdict).toBe('confirmed');
  });

  it('a further volume is filled where the model lists it; the same volume is not filled twice', () => {
    const filled = request('RES_AWAIT_SHIP', {
      actions: ['supplierCheckInToReshare'],
      more: { volumes: [{ id: 'v-1', itemId: '30234000517861', status: 'lms_check_out_complete' }] },
    });
    const fill = (...items: readonly object[]) =>
      judge(filled, 'supplierCheckInToReshare', { itemBarcodes: items }).verdict;
    expect(fill({ itemId: '30234000517861' })).toBe('confirmed');
    expect(fill({ itemId: '30234000517861' }, { itemId: '30234000517862' })).toBe('send');
    expect(fill({ itemId: '30234000517863', _delete: true })).toBe('confirmed');
  });

  it('what leads to no state of its own, such as a message, is sent wherever it is listed', () => {
    for (const { code } of STATES) {
      expect(judge(request(code, { actions: ['message'] }), 'message').verdict).toBe('send');
    }
  });

  it('says so when the system did not say what may be done, and when it is still busy', () => {
    const { validActions: _none, ...brief } = request('REQ_SHIPPED');
    expect(judge(brief, 'requesterReceived').verdict).toBe('not-sent');
    const busy = judge(
      request('REQ_SHIPPED', { actions: [], more: { networkStatus: 'Waiting' } }),
      'requesterReceived',
    );
    expect(busy).toMatchObject({ verdict: 'needs-person' });
    expect(busy.verdict === 'needs-person' && busy.sentence).toContain('in a minute');
  });
});
