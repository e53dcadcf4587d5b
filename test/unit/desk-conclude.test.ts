import { describe, expect, it } from 'vitest';
import type { AuditLine, RequestView } from '../../src-main/contract/request.ts';
import type { Prompt } from '../../src-main/contract/prompt.ts';
import { conclude } from '../../src-main/desk/conclude.ts';
import { decide } from '../../src-main/desk/decide.ts';
import type { Evidence, StepResult } from '../../src-main/desk/types.ts';
import { NOW, RULES, evidence, request } from './desk-cases.ts';

const SLIP = 'RVR-3184';
const OURS = '30234000517861';
const SECOND = '30234000871044';
const ADVICE = 'Review configuration and try again or deconfigure host LMS integration in settings.';

function audit(...messages: string[]): AuditLine[] {
  return messages.map((message, i) => ({ no: 10 + i, at: NOW, message }));
}

interface Ending extends Partial<Pick<StepResult, 'after' | 'newAudit' | 'sentence'>> {
  readonly state?: StepResult['state'];
}

/** Decides a scan, lets its step end in the given way, and returns the last prompt. */
function ended(scan: string, before: RequestView, ending: Ending, more: Partial<Evidence> = {}): Prompt {
  const decision = decide(evidence(scan, [before], more), RULES);
  const [plan] = decision.steps;
  if (plan === undefined) throw new Error(`no step for ${before.state.code}`);
  const result: StepResult = { plan, state: 'done', newAudit: [], at: NOW, ...ending };
  return conclude(decision, [result], RULES, NOW);
}

function legs(prompt: Prompt): string[] {
  return prompt.legs.map((l) => `${l.system} ${l.state}: ${l.text}`);
}

const expectation = {
  kind: 'item-for-fill',
  requestId: 'r-3184',
  hrid: SLIP,
  title: '',
  collected: [OURS, SECOND],
  several: true,
  scanId: 's',
} as const;

describe('receiving', () => {
  const before = request('REQ_SHIPPED');
  const after = request('REQ_CHECKED_IN');

  it('tells of the temporary item', () => {
    const newAudit = audit('Receive succeeded for item id: X1. Host LMS integration: AcceptItem call succeeded.');
    const prompt = ended(SLIP, before, { after, newAudit });
    expect(legs(prompt)).toEqual([
      'ReShare done: Marked received',
      'Circulation done: Temporary item created',
      'Circulation none: Its hold: its own screen alone tells',
    ]);
    expect(prompt).toMatchObject({ destination: { verb: 'Hold shelf' }, sound: 'accepted', working: false });
  });

  it('asks for the temporary item by hand where nothing is connected', () => {
    const newAudit = audit(
      'Receive succeeded for item id: X1. (No host LMS integration configured for accept item call)',
    );
    const prompt = ended(SLIP, before, { after, newAudit });
    expect(legs(prompt)[1]).toBe('Circulation by-hand: Not connected to ReShare: create the temporary item there');
    expect(prompt.why[1]).toBe('ReShare is not connected to your circulation system: create the temporary item there.');
    expect(prompt.sound).toBe('attention');
  });

  it('refused by the circulation system goes to the ILL office with its words', () => {
    const newAudit = audit(
      `Host LMS integration: NCIP AcceptItem call failed for temporary item barcode: RVR-3184. ${ADVICE} Item already exists`,
    );
    const prompt = ended(SLIP, before, { state: 'refused', after: before, newAudit, sentence: 'unused' });
    expect(prompt).toMatchObject({
      kind: 'stop',
      destination: { verb: 'ILL office' },
      tag: 'Refused',
      sound: 'refused',
    });
    expect(prompt.why).toEqual([
      'ReShare did not mark it received: your circulation system refused the temporary item RVR-3184, saying “Item already exists”.',
      'Give it to the ILL office with its slip.',
    ]);
    expect(legs(prompt)).toEqual([
      'ReShare not-done: Refused: mark received',
      'Circulation not-done: Refused the temporary item',
    ]);
  });

  it('refused for another reason shows that, and the newest line of the history as it came', () => {
    const newAudit = audit('Something only the server understands');
    const prompt = ended(SLIP, before, {
      state: 'refused',
      after: before,
      newAudit,
      sentence: 'ReShare refused this.',
    });
    expect(prompt.why).toEqual([
      'ReShare refused this.',
      'ReShare’s history says: “Something only the server understands”',
    ]);
  });

  it('accepted but not moved is said to be so', () => {
    const prompt = ended(SLIP, before, { after: before });
    expect(legs(prompt)[0]).toBe('ReShare done: Marked received · still says Shipped');
    expect(prompt.why.at(-1)).toBe(
      'ReShare accepted it but does not show it yet. Scan it again in a minute to be sure.',
    );
    expect(prompt.sound).toBe('attention');
  });

  it('that could not be looked at afterwards does not claim more than it knows', () => {
    expect(legs(ended(SLIP, before, {}))).toEqual([
      'ReShare done: Marked received',
      'Circulation unknown: Not known: the request could not be read again',
    ]);
  });

  it('seen by a later look is called seen; done before is called so', () => {
    expect(legs(ended(SLIP, before, { after, sentence: 'got no clear answer' }))[0]).toBe(
      'ReShare seen: Marked received',
    );
    expect(legs(ended(SLIP, before, { state: 'confirmed', after }))[0]).toBe('ReShare seen: Already: marked received');
  });
});

describe('a return by the patron', () => {
  const before = request('REQ_CHECKED_IN');
  const after = request('REQ_AWAITING_RETURN_SHIPPING', { more: { needsAttention: true } });

  it('that the circulation system did not take still goes back, and says what is left to do', () => {
    const newAudit = audit(
      `Host LMS integration: NCIP CheckinItem call failed for item: RVR-3184. ${ADVICE} [Time-out]`,
    );
    const prompt = ended(SLIP, before, { after, newAudit });
    expect(prompt.destination).toEqual({ verb: 'Ship back', to: 'Northfield' });
    expect(legs(prompt)).toEqual([
      'ReShare done: Marked returned by patron',
      'Circulation not-done: Refused the check-in',
    ]);
    expect(prompt.why.slice(1)).toEqual([
      'Your circulation system did not check it in, saying “[Time-out]”. Check it in there by hand.',
    ]);
    expect(prompt.sound).toBe('attention');
  });

  it('of an item the circulation system does not know is not called checked in', () => {
    const newAudit = audit(
      'NCIP CheckinItem call succeeded for item: RVR-3184. Host LMS integration: CheckinItem not performed because the item was already checked in.',
    );
    expect(legs(ended(SLIP, before, { after, newAudit }))[1]).toBe(
      'Circulation by-hand: Was not out there, or is not known: look it up',
    );
  });
});

describe('a fill', () => {
  const before = request('RES_AWAIT_PICKING', { more: { selectedItemBarcode: OURS } });
  const after = request('RES_AWAIT_SHIP', { actions: ['supplierMarkShipped', 'undo'] });

  it('that worked can be undone while ReShare offers it', () => {
    const newAudit = audit(
      `Fill request succeeded for item id: ${OURS}. Host LMS integration: CheckoutItem call succeeded.`,
    );
    const prompt = ended(OURS, before, { after, newAudit });
    expect(legs(prompt)).toEqual([
      'ReShare done: Filled',
      'Circulation done: Checked out',
      'Circulation none: On whose account: its own screen alone tells',
    ]);
    expect(prompt.offers.map((o) => [o.key, o.id])).toEqual([['F9', 'undo:r-3184']]);
    expect(prompt.destination).toEqual({ verb: 'Ship to', to: 'Northfield' });
  });

  it('of several volumes tells which went and which did not', () => {
    const newAudit = audit(
      `Fill request succeeded for item id: ${OURS}. Host LMS integration: CheckoutItem call succeeded.`,
      `Host LMS integration: NCIP CheckoutItem call failed for itemId: ${SECOND}. ${ADVICE} Item is not loanable`,
    );
    const ending = { state: 'refused', after: before, newAudit } as const;
    const prompt = ended(SECOND, before, ending, { expectation, named: [before], choice: 'fill:r-3184' });
    expect(prompt.why).toEqual([
      `Your circulation system refused to check out ${SECOND} for Northfield, saying “Item is not loanable”.`,
      `Done for ${OURS}.`,
      'Do not send it. Give it to the ILL office with its slip.',
    ]);
    expect(legs(prompt)[1]).toBe('Circulation not-done: Checked out (1 of 2)');
  });

  it('that filled but did not ship is half done', () => {
    const rules = { ...RULES, combineFillAndShip: true };
    const decision = decide(evidence(OURS, [before]), rules);
    const [plan] = decision.steps;
    if (plan === undefined) throw new Error('no step');
    const prompt = conclude(decision, [{ plan, state: 'refused', after, newAudit: [], at: NOW }], rules, NOW);
    expect(prompt.destination).toEqual({ verb: 'Ship to', to: 'Northfield' });
    expect(prompt.why[0]).toBe('It is filled, but ReShare did not mark it shipped.');
  });

  it('taken back sends the item home', () => {
    const picking = request('RES_AWAIT_PICKING');
    const prompt = ended(OURS, { ...after, selectedItemBarcode: OURS }, { after: picking }, { choice: 'undo:r-3184' });
    expect(prompt.tag).toBe('Fill undone');
    expect(prompt.why[1]).toBe('To fill RVR-3184 with another item, scan its slip again.');
  });
});

describe('a loan that cannot be closed', () => {
  it('says why', () => {
    const before = request('RES_ITEM_RETURNED');
    const newAudit = audit(
      `Host LMS integration: NCIP CheckinItem call failed for item: ${OURS}. ${ADVICE} Unknown user`,
    );
    expect(ended(SLIP, before, { state: 'refused', after: before, newAudit }).why[0]).toBe(
      `ReShare did not close the loan: your circulation system refused to check in ${OURS}, saying “Unknown user”.`,
    );
  });
});

describe('when nothing is certain', () => {
  const before = request('REQ_SHIPPED');

  it('not sent: saved, kept here, F10 for the same thing', () => {
    const prompt = ended(SLIP, before, { state: 'not-sent', sentence: 'ReShare could not be reached.' });
    expect(prompt).toMatchObject({ kind: 'saved', sound: 'saved', destination: { verb: 'Keep here' }, working: false });
    expect(prompt.offers.map((o) => [o.key, o.id])).toEqual([
      ['F7', 'cancel'],
      ['F10', 'do:requesterReceived:r-3184'],
    ]);
  });

  it('not sent with several volumes: the pile has to be scanned again', () => {
    const picking = request('RES_AWAIT_PICKING');
    const more = { expectation, named: [picking], choice: 'fill:r-3184' };
    const prompt = ended(SECOND, picking, { state: 'not-sent' }, more);
    expect(prompt.offers.map((o) => o.key)).toEqual(['F7']);
    expect(prompt.why[1]).toBe('When ReShare answers again, scan the slip and then the items once more.');
  });

  it('nothing begun counts as not sent', () => {
    const decision = decide(evidence(SLIP, [before]), RULES);
    expect(conclude(decision, [], RULES, NOW)).toMatchObject({ tag: 'Keep here', legs: [{ text: 'Not sent' }] });
  });

  it('no answer: kept here while Carrel looks, and no key that would send it again', () => {
    const prompt = ended(SLIP, before, { state: 'unknown' });
    expect(prompt).toMatchObject({ destination: { verb: 'Keep here' }, offers: [], working: true });
    expect(prompt.legs[0]?.state).toBe('unknown');
  });

  it('a person has to look: the sentence says at what', () => {
    const prompt = ended(SLIP, before, { state: 'needs-person', sentence: 'Look at RVR-3184 in ReShare.' });
    expect(prompt).toMatchObject({ kind: 'stop', why: ['Look at RVR-3184 in ReShare.'], tag: 'Needs you' });
  });

  it.each(['recorded', 'sending'] as const)('%s: still under way', (state) => {
    expect(ended(SLIP, before, { state })).toMatchObject({ working: true, legs: [{ state: 'waiting' }] });
  });
});
