import { describe, expect, it } from 'vitest';
import type { HostSettings } from '../../src-main/contract/agreement.ts';
import type { StepBody } from '../../src-main/contract/journal.ts';
import type { AuditLine, RequestView, Volume } from '../../src-main/contract/request.ts';
import { lastWords, toldCalls } from '../../src-main/desk/agreement-calls.ts';
import { confirmedPrompt, endsInTrouble, leavesByHand, leftToLibrary } from '../../src-main/desk/agreement-legs.ts';
import { namesRequest } from '../../src-main/desk/agreement-number.ts';
import { agreementOfStep } from '../../src-main/desk/agreement-steps.ts';
import { agreementOf, worthReading } from '../../src-main/desk/agreement.ts';
import { hostLegs, leftUndone } from '../../src-main/desk/host.ts';
import type { StepResult } from '../../src-main/desk/types.ts';
import { NOW, request } from './desk-cases.ts';
import { prompt as samplePrompt } from './renderer-samples.ts';

const ADVICE = 'Review configuration and try again or deconfigure host LMS integration in settings.';
const ON: HostSettings = {
  known: true,
  acceptItem: 'ncip',
  checkOutItem: 'ncip',
  checkInItem: 'ncip',
  checkInOnReturn: 'on',
};

function audit(...messages: readonly string[]): readonly AuditLine[] {
  return messages.map((message, index) => ({ no: index + 1, at: `2026-11-23T13:0${String(index)}:00.000Z`, message }));
}

function volume(status: string, itemId = '33191000105864'): Volume {
  return { id: itemId, itemId, status, temporaryItemBarcode: 'RVR-3184' };
}

function kinds(code: string, more: Partial<RequestView>, host: HostSettings = ON): readonly string[] {
  return agreementOf(request(code, { more }), { host, systemName: 'WMS' }).map(({ kind }) => kind);
}

const ACCEPT_FAILED = `Host LMS integration: NCIP AcceptItem call failed for temporary item barcode: RVR-3184. ${ADVICE} Item already exists`;
const OUT_FAILED = `Host LMS integration: NCIP CheckoutItem call failed for itemId: 30234000517861. ${ADVICE} Item is not loanable`;
const IN_FAILED = `Host LMS integration: NCIP CheckinItem call failed for item: RVR-3184. ${ADVICE} Item Access Denied`;
const IN_DONE = 'NCIP CheckinItem call succeeded for item: RVR-3184. Host LMS integration: CheckinItem call succeeded.';
const ALREADY_IN =
  'NCIP CheckinItem call succeeded for item: RVR-3184. Host LMS integration: CheckinItem not performed because the item was already checked in.';

// prettier-ignore
const CASES: readonly [what: string, code: string, more: Partial<RequestView>, host: HostSettings, expected: readonly string[]][] = [
  ['nothing happened', 'REQ_SHIPPED', {}, ON, []],
  ['temporary item refused', 'REQ_SHIPPED',
    { audit: [...audit(ACCEPT_FAILED)], volumes: [volume('awaiting_temporary_item_creation')], needsAttention: true }, ON, ['temporary-item-refused']],
  ['… and made at the second try', 'REQ_CHECKED_IN',
    { audit: [...audit(ACCEPT_FAILED)], volumes: [volume('temporary_item_created_in_host_lms')] }, ON, []],
  ['… and the request went on another way', 'REQ_CHECKED_IN', { needsAttention: true, volumes: [volume('awaiting_temporary_item_creation')],
    audit: [...audit(ACCEPT_FAILED), { no: 9, at: NOW, message: 'x', from: 'REQ_SHIPPED', to: 'REQ_CHECKED_IN' }] }, ON, []],
  ['check-out refused', 'RES_AWAIT_PICKING', { audit: [...audit(OUT_FAILED)] }, ON, ['check-out-refused']],
  ['… and another item filled it', 'RES_AWAIT_SHIP',
    { audit: [...audit(OUT_FAILED)], volumes: [volume('lms_check_out_complete')] }, ON, []],
  ['returned, check-in refused', 'REQ_AWAITING_RETURN_SHIPPING', { audit: [...audit(IN_FAILED)] }, ON, ['check-in-refused']],
  ['… and checked in later', 'REQ_AWAITING_RETURN_SHIPPING', { audit: [...audit(IN_FAILED, IN_DONE)] }, ON, []],
  ['completed although the check-in was refused', 'RES_COMPLETE', { audit: [...audit(IN_FAILED)] }, ON, ['check-in-refused']],
  ['“Unknown Item” counted as checked in', 'REQ_AWAITING_RETURN_SHIPPING', { audit: [...audit(ALREADY_IN)] }, ON, ['verify-check-in']],
  ['made by hand', 'REQ_CHECKED_IN', { volumes: [volume('temporary_item_creation_(no_integration)')] }, ON, ['create-by-hand']],
  ['… and on its way home', 'REQ_SHIPPED_TO_SUPPLIER',
    { volumes: [volume('temporary_item_creation_(no_integration)')], audit: [...audit(IN_DONE)] }, ON, []],
  ['checked out by hand, two volumes', 'RES_ITEM_SHIPPED',
    { volumes: [volume('lms_check_out_(no_integration)', 'A1'), volume('lms_check_out_(no_integration)', 'B2')] }, ON,
    ['check-out-by-hand', 'check-out-by-hand']],
  ['checked in by hand', 'RES_COMPLETE', { volumes: [volume('lms_check_in_(no_integration)')] }, ON, ['check-in-by-hand']],
  ['returned, check_in_on_return off', 'REQ_AWAITING_RETURN_SHIPPING', {}, { ...ON, checkInOnReturn: 'off' }, ['check-in-by-hand']],
  ['returned, check_in_item none', 'REQ_SHIPPED_TO_SUPPLIER', {}, { ...ON, checkInItem: 'none' }, ['check-in-by-hand']],
  ['returned, settings not permitted', 'REQ_SHIPPED_TO_SUPPLIER', {}, { known: false }, []],
  ['off now, but it was told at the time', 'REQ_SHIPPED_TO_SUPPLIER', { audit: [...audit(IN_DONE)] }, { ...ON, checkInItem: 'off' }, []],
  ['still with the patron', 'REQ_CHECKED_IN', {}, { ...ON, checkInOnReturn: 'off' }, []],
  ['cancelled after the fill', 'RES_CANCELLED', { volumes: [volume('lms_check_out_complete')] }, ON, ['cancelled-after-fill']],
  ['… and checked in', 'RES_CANCELLED', { volumes: [volume('completed')] }, ON, []],
  ['no system chosen', 'REQ_SHIPPED',
    { audit: [...audit('Host LMS integration not configured: Choose Host LMS in settings.')], needsAttention: true }, ON, ['no-system']],
  ['a flag nobody explains', 'REQ_SHIPPED', { audit: [...audit('Shipped')], needsAttention: true }, ON, ['unexplained']],
];

describe('where a request and the circulation system disagree', () => {
  it.each(CASES)('%s', (_what, code, more, host, expected) => {
    expect(kinds(code, more, host)).toEqual(expected);
  });

  it('says the words of the system, what to do, what cannot be seen, and what it rests on', () => {
    const [item] = agreementOf(request('REQ_AWAITING_RETURN_SHIPPING', { more: { audit: [...audit(IN_FAILED)] } }), {
      host: ON,
      systemName: 'WMS',
    });
    expect(item).toMatchObject({
      label: 'RVR-3184',
      since: '2026-11-23T13:00:00.000Z',
      basis: 'history',
      mender: 'desk',
      action: 'confirm',
      evidence: [IN_FAILED],
      look: 'WMS gives no way to look up a temporary item; check on its screen.',
    });
    expect(item?.reason).toContain('saying “Item Access Denied”');
  });

  it('the same trouble has the same key at every look, and new trouble another', () => {
    const keyOf = (...messages: readonly string[]): string | undefined =>
      agreementOf(request('REQ_AWAITING_RETURN_SHIPPING', { more: { audit: [...audit(...messages)] } }), {
        host: ON,
      })[0]?.key;
    expect(keyOf(IN_FAILED)).toBe(keyOf(IN_FAILED));
    expect(keyOf(IN_FAILED)).not.toBe(keyOf(IN_FAILED, IN_FAILED));
  });

  it('a line about the whole request is the last word on each of its items', () => {
    const calls = toldCalls(
      audit(IN_FAILED, 'Complete request succeeded. (No host LMS integration configured for check in item call)'),
    );
    expect(lastWords(calls).map(({ outcome }) => outcome)).toEqual(['not-connected']);
  });

  it.each([
    ['flagged', request('REQ_SHIPPED', { more: { needsAttention: true } }), true],
    [
      'to do by hand',
      request('RES_ITEM_SHIPPED', { more: { volumes: [volume('lms_check_out_(no_integration)')] } }),
      true,
    ],
    ['returned', request('REQ_AWAITING_RETURN_SHIPPING'), true],
    ['on its way', request('REQ_SHIPPED'), false],
    ['closed without an item', request('RES_UNFILLED'), false],
  ])('is the whole record worth reading: %s', (_what, view, expected) => {
    expect(worthReading(view)).toBe(expected);
  });
});

describe('request numbers as WMS knows them', () => {
  it.each([
    ['ReShareRequestRVR-12', 'RVR-12', true],
    ['Request:reshare request rvr-12', 'RVR-12', true],
    ['Update ReShare request [RVR-12]', 'RVR-12', true],
    ['RVR-12', 'RVR-12', true],
    ['ReShareRequestRVR-123', 'RVR-12', false],
    ['RVR-12-5678', 'RVR-12', false],
    ['XRVR-12', 'RVR-12', false],
    ['', '', false],
  ])('%j names %j: %j', (text, hrid, expected) => {
    expect(namesRequest(text, hrid)).toBe(expected);
  });
});

function step(state: StepBody['state'], more: Partial<StepBody> = {}) {
  const body: StepBody = {
    type: 'step',
    stepId: 's-1',
    state,
    lane: 'reshare:r-1',
    system: 'reshare',
    action: 'requesterReceived',
    requestId: 'r-1',
    params: {},
    evidence: { state: 'REQ_SHIPPED', seenAt: NOW },
    ...more,
  };
  return agreementOfStep({ scanId: 'scan-1', body, at: NOW, label: 'RVR-1' }, 'WMS');
}

describe('steps of Carrel that did not end well', () => {
  it('a lost answer is a person’s to look at, and nothing is sent again', () => {
    expect(step('unknown')).toMatchObject({ kind: 'step-unknown', action: 'confirm', requestId: 'r-1' });
    expect(step('unknown', { system: 'wms', action: 'CheckInItem' })?.look).toBe(
      'WMS gives no way to look whether it happened; check on its screen.',
    );
  });

  it('a refusal in ReShare can be tried again, a question goes to a person, what is done is not listed', () => {
    expect(step('refused')).toMatchObject({ kind: 'step-refused', action: 'again' });
    expect(step('needs-person')).toMatchObject({ kind: 'step-needs-person', action: 'confirm' });
    expect(step('done')).toBeUndefined();
  });
});

function result(stepName: StepResult['plan']['step'], newAudit: readonly AuditLine[]): StepResult {
  const plan = {
    system: 'reshare',
    step: stepName,
    action: 'x',
    requestId: 'r',
    side: 'borrowing',
    params: {},
  } as const;
  return { plan, state: 'done', newAudit, after: request('REQ_CHECKED_IN'), at: NOW };
}

describe('what ReShare leaves to the library', () => {
  it.each([
    ['receive', 'AcceptItem', { ...ON, acceptItem: 'off' }],
    ['fill', 'CheckoutItem', { ...ON, checkOutItem: 'none' }],
    ['returned', 'CheckinItem', { ...ON, checkInOnReturn: 'off' }],
    ['returned', 'CheckinItem', { ...ON, checkInItem: 'none' }],
    ['complete', 'CheckinItem', { ...ON, checkInItem: 'off' }],
    ['complete', undefined, { ...ON, checkInOnReturn: 'off' }],
    ['ship', undefined, { ...ON, checkOutItem: 'none' }],
    ['receive', undefined, ON],
    ['receive', undefined, { known: false }],
  ] as const)('%s: %s', (name, call, host) => {
    expect(leftToLibrary(result(name, []), host)).toBe(call);
  });

  it('is said on the prompt, and not where the history tells of the call', () => {
    const host: HostSettings = { ...ON, checkInItem: 'none' };
    expect(hostLegs(result('returned', []), { host })).toMatchObject([{ system: 'Circulation', state: 'by-hand' }]);
    expect(leftUndone(result('returned', []), host).join(' ')).toContain('check it in there too');
    expect(hostLegs(result('returned', audit(IN_DONE)), { host })).toMatchObject([
      { state: 'done' },
      { state: 'none' },
    ]);
    expect(leftUndone(result('returned', audit(IN_DONE)), host)).toEqual([]);
  });

  it('is confirmed by name, line by line, and never shown as done by a system', () => {
    const prompt = samplePrompt();
    const open = {
      ...prompt,
      legs: [
        { system: 'ReShare', state: 'done', text: 'Closed the loan' },
        { system: 'Circulation', state: 'by-hand', text: 'Not connected to ReShare: check the item in there' },
        { system: 'Circulation', state: 'by-hand', text: 'Not connected to ReShare: check the item out there' },
      ] satisfies typeof prompt.legs,
    };
    expect(leavesByHand(open)).toBe(true);
    expect(endsInTrouble(open)).toBe(true);
    const said = confirmedPrompt(open, 'check-in-by-hand', 'msmith', NOW);
    expect(said.legs.map(({ state }) => state)).toEqual(['done', 'confirmed', 'by-hand']);
    expect(said.legs[1]).toEqual({
      system: 'Circulation',
      state: 'confirmed',
      text: 'Done by hand, says msmith',
      at: NOW,
    });
  });
});
