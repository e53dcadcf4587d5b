import { describe, expect, it } from 'vitest';
import { decide } from '../../src-main/desk/decide.ts';
import { namedRequests } from '../../src-main/desk/offers.ts';
import type { Decision, Evidence, Expectation } from '../../src-main/desk/types.ts';
import { DESK, RULES, evidence, request, rulesWith } from './desk-cases.ts';

const OURS = '30234000517861';
const SECOND = '30234000871044';
const THEIRS = '33191000105864';

const waiting = request('RES_AWAIT_PICKING', { more: { callNumber: 'QB65 .W45' } });

const EXPECTED: Expectation = {
  kind: 'item-for-fill',
  requestId: waiting.id,
  hrid: 'RVR-3184',
  title: 'The mapping of the heavens',
  collected: [],
  several: false,
  scanId: 'scan-0',
};

function scanned(raw: string, hits: Evidence['hits'] = [], more: Partial<Evidence> = {}): Decision {
  return decide(evidence(raw, hits, { expectation: EXPECTED, named: [waiting], ...more }), RULES);
}

function items(decision: Decision): unknown {
  return decision.steps[0]?.params['itemBarcodes'];
}

describe('a slip to fill', () => {
  it('asks for the item as the next scan, with its call number', () => {
    const { expectation, prompt, steps } = decide(evidence('RVR-3184', [waiting]), RULES);
    expect(steps).toEqual([]);
    expect(expectation).toEqual({ ...EXPECTED, scanId: 'scan-1' });
    expect(prompt.destination).toEqual({ verb: 'Scan the item' });
    expect(prompt.why).toEqual(['Now scan the barcode of the item that goes to Northfield.', 'Call number QB65 .W45.']);
  });

  it('tells of an earlier fill that failed', () => {
    const tried = request('RES_AWAIT_PICKING', {
      more: { volumes: [{ id: 'v', itemId: OURS, status: 'awaiting_lms_check_out' }] },
    });
    const { prompt } = decide(evidence('RVR-3184', [tried]), RULES);
    expect(prompt.why).toContain(`A fill with ${OURS} did not go through before.`);
  });
});

describe('the scan after it', () => {
  it('is the item that goes out', () => {
    const decision = scanned(OURS);
    expect(decision.steps).toEqual([
      {
        system: 'reshare',
        step: 'fill',
        action: 'supplierCheckInToReshare',
        requestId: waiting.id,
        side: 'lending',
        params: { itemBarcodes: [{ itemId: OURS }] },
      },
    ]);
    expect(decision.expectation).toBeUndefined();
    expect(decision.prompt.destination).toEqual({ verb: 'Ship to', to: 'Northfield' });
  });

  it('fills and ships in one where the tenant combines them and this desk does both', () => {
    const both = rulesWith({ combineFillAndShip: true });
    const ev = evidence(OURS, [], { expectation: EXPECTED, named: [waiting] });
    expect(decide(ev, both).steps[0]?.action).toBe('supplierCheckInToReshareAndSupplierMarkShipped');
    const desk = { ...DESK, steps: { ...DESK.steps, ship: 'offer' as const } };
    expect(decide(ev, rulesWith({ combineFillAndShip: true, desk })).steps[0]?.action).toBe('supplierCheckInToReshare');
  });

  it('takes a wrong barcode off that failed before, so that it is not tried again', () => {
    const tried = request('RES_AWAIT_PICKING', {
      more: { volumes: [{ id: 'v', itemId: SECOND, status: 'awaiting_lms_check_out' }] },
    });
    expect(items(scanned(OURS, [], { named: [tried] }))).toEqual([{ itemId: OURS }, { itemId: SECOND, _delete: true }]);
    const out = { ...tried, volumes: [{ id: 'v', itemId: SECOND, status: 'lms_check_out_complete' }] };
    expect(items(scanned(OURS, [], { named: [out] }))).toEqual([{ itemId: OURS }]);
  });

  it('may be another copy than the one ReShare picked, and says so', () => {
    const picked = { ...waiting, selectedItemBarcode: SECOND };
    const { prompt, steps } = scanned(OURS, [], { named: [picked] });
    expect(steps).toHaveLength(1);
    expect(prompt.why).toContain(`ReShare had picked another copy, ${SECOND}; this one goes instead.`);
  });

  it('goes on however often something else is scanned: the ISBN, a card, the slip itself, nothing readable', () => {
    for (const raw of ['9780571364879', '20234000517863', '***', 'NFD-9999']) {
      const decision = scanned(raw);
      expect(decision.steps).toEqual([]);
      expect(decision.expectation).toBe('keep');
    }
    const again = scanned('RVR-3184', [waiting]);
    expect(again.steps).toEqual([]);
    expect(again.expectation).toMatchObject({ requestId: waiting.id });
  });

  it('is asked about when its check digit is wrong or it is not labelled like ours', () => {
    const misread = scanned('30234000517862');
    expect(misread.steps).toEqual([]);
    expect(misread.prompt.offers.map((o) => o.id)).toEqual(['cancel', `fill:${waiting.id}`]);
    expect(misread.expectation).toBe('keep');
    const desk = { ...DESK, itemPrefixes: ['3023'] };
    const foreign = decide(evidence(THEIRS, [], { expectation: EXPECTED, named: [waiting] }), rulesWith({ desk }));
    expect(foreign.steps).toEqual([]);
    expect(foreign.prompt.why[0]).toBe(`${THEIRS} does not begin like our item labels.`);
    const pressed = scanned('30234000517862', [], { choice: `fill:${waiting.id}` });
    expect(items(pressed)).toEqual([{ itemId: '30234000517862' }]);
  });

  it('is refused when it is borrowed itself, and may be handled instead', () => {
    const borrowed = request('REQ_CHECKED_IN', {
      id: 'r-77',
      more: { hrid: 'RVR-77', volumes: [{ id: 'v', itemId: THEIRS }] },
    });
    const conflict = scanned(THEIRS, [borrowed]);
    expect(conflict.steps).toEqual([]);
    expect(conflict.expectation).toBe('keep');
    expect(conflict.prompt.why[0]).toBe(`${THEIRS} is borrowed from Northfield on RVR-77, so it cannot be lent.`);
    expect(conflict.prompt.offers.map((o) => o.id)).toEqual(['cancel', 'as:r-77']);
    const chosen = scanned(THEIRS, [borrowed], { choice: 'as:r-77' });
    expect(chosen.steps[0]?.action).toBe('patronReturnedItem');
  });

  it('is asked about when it is on another open request of ours, and ignores finished ones', () => {
    const elsewhere = request('RES_ITEM_SHIPPED', {
      id: 'r-9',
      more: { hrid: 'RVR-9', volumes: [{ id: 'v', itemId: OURS }] },
    });
    expect(scanned(OURS, [elsewhere]).prompt.offers.map((o) => o.id)).toEqual([
      'cancel',
      'as:r-9',
      `fill:${waiting.id}`,
    ]);
    const finished = request('RES_COMPLETE', { id: 'r-9', more: { volumes: [{ id: 'v', itemId: OURS }] } });
    expect(scanned(OURS, [finished]).steps).toHaveLength(1);
  });

  it('takes over when it is another slip', () => {
    const other = request('RES_NEW_AWAIT_PULL_SLIP', { id: 'r-2', more: { hrid: 'RVR-2' } });
    const decision = scanned('RVR-2', [other]);
    expect(decision.steps[0]?.requestId).toBe('r-2');
    expect(decision.expectation).toBeUndefined();
  });

  it('does nothing while the request cannot be read, or no longer allows a fill', () => {
    expect(scanned(OURS, [], { named: [] })).toMatchObject({ steps: [], expectation: 'keep' });
    const busy = { ...waiting, networkStatus: 'Waiting' };
    expect(scanned(OURS, [], { named: [busy] })).toMatchObject({ steps: [], expectation: 'keep' });
    const gone = request('RES_CANCEL_REQUEST_RECEIVED');
    const late = scanned(OURS, [], { named: [gone] });
    expect(late.steps).toEqual([]);
    expect(late.prompt.why[0]).toBe(
      'RVR-3184 can no longer be filled: ReShare says “Cancel request received”. The item was not used.',
    );
    const away = scanned(OURS, [], { source: 'none', outage: 'ReShare does not answer.' });
    expect(away).toMatchObject({ steps: [], expectation: 'keep', prompt: { sound: 'saved' } });
  });
});

describe('several volumes', () => {
  const pile: Expectation = { ...EXPECTED, several: true, collected: [OURS] };

  it('begin with F11 on the slip and collect until F10', () => {
    const begun = scanned('RVR-3184', [waiting], { choice: `several:${waiting.id}` });
    expect(begun.prompt.destination).toEqual({ verb: 'Scan the first volume' });
    expect(begun.expectation).toMatchObject({ several: true, collected: [] });
    const second = scanned(SECOND, [], { expectation: pile });
    expect(second.steps).toEqual([]);
    expect(second.expectation).toMatchObject({ collected: [OURS, SECOND] });
    expect(second.prompt.offers.at(-1)).toEqual({ id: `fill:${waiting.id}`, key: 'F10', label: 'Fill with 2 volumes' });
  });

  it('count a volume scanned twice once', () => {
    expect(scanned(OURS, [], { expectation: pile }).expectation).toMatchObject({ collected: [OURS] });
  });

  it('go out together', () => {
    const both = { ...pile, collected: [OURS, SECOND] };
    const done = scanned(SECOND, [], { expectation: both, choice: `fill:${waiting.id}` });
    expect(items(done)).toEqual([{ itemId: OURS }, { itemId: SECOND }]);
    expect(done.expectation).toBeUndefined();
  });
});

describe('requests the flow has to read', () => {
  it('are the chosen and the awaited one, each once', () => {
    expect(namedRequests(undefined, undefined)).toEqual([]);
    expect(namedRequests('do:supplierMarkShipped:a:b', EXPECTED)).toEqual(['a:b', waiting.id]);
    expect(namedRequests(`fill:${waiting.id}`, EXPECTED)).toEqual([waiting.id]);
    expect(namedRequests('split', undefined)).toEqual([]);
  });
});
